//! What can be sold.

use crate::code::Code;
use crate::ids::{CategoryId, PriceListId, ProductId, TaxCategoryId};
use crate::price::Price;
use crate::pricing::{PriceAt, in_force};
use crate::quantity::{Quantity, Unit};
use crate::time::BusinessDay;
use serde::{Deserialize, Deserializer, Serialize};

/// Something that can be sold. A field that is left out of what is stored is empty: facts say only what a product has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Product {
    /// What it is called on screen and paper.
    pub name: String,
    /// The merchant's own identifier, unique in the organisation.
    pub sku: Option<String>,
    /// Whose make it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub brand: Option<String>,
    /// The codes it is found by. Two products may claim one code: both stay sellable and the cashier picks.
    pub codes: Vec<Code>,
    /// Packs of it, each with a code of its own.
    #[serde(default, deserialize_with = "null_is_empty", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<Pack>>", optional))]
    pub packs: Vec<Pack>,
    /// What its quantity counts, and its price is for.
    pub unit: Unit,
    /// Its prices by list and the day each begins, in any order.
    pub prices: Vec<PriceFrom>,
    /// How it is taxed.
    pub tax_category: TaxCategoryId,
    /// Its reporting group.
    pub category: Option<CategoryId>,
    /// The content hash (hexadecimal SHA-256) of its picture.
    pub picture: Option<String>,
    /// The product this is a size or colour of. A variant sells, and is counted, as a product of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub variant_of: Option<ProductId>,
    /// What tells this variant from the others.
    #[serde(default, deserialize_with = "null_is_empty", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<VariantOption>>", optional))]
    pub options: Vec<VariantOption>,
    /// What is rung up with it: the deposit on its bottle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub deposit: Option<Deposit>,
    /// The age in years a customer must have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub age_min: Option<u8>,
    /// The quantity on hand at which it is to be ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub low_stock: Option<Quantity>,
    /// The product this one was found to be, when it had been entered twice: its codes lead there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub merged_into: Option<ProductId>,
    /// Whether it can still be sold.
    pub status: Status,
}

/// A list that was emptied is stored as null.
fn null_is_empty<'d, T: Deserialize<'d>, D: Deserializer<'d>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A price and the day it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PriceFrom {
    /// The first day of the price.
    pub from: BusinessDay,
    /// Per unit.
    pub price: Price,
    /// The price list it stands in; `None` is the price where no list has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub list: Option<PriceListId>,
}

/// Several of a product under one code: a six-pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Pack {
    /// The code on the pack.
    pub code: Code,
    /// How much of the product is in it.
    pub quantity: Quantity,
    /// What stands behind the product's name; `None` says how many there are in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub name: Option<String>,
    /// What one pack costs; `None` is the price of what is in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub price: Option<Price>,
}

/// One way in which variants differ, and which this one is: size L.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct VariantOption {
    /// The way: size, colour.
    pub name: String,
    /// Which it is: L, red.
    pub value: String,
}

/// A product that is rung up with another as a line of its own, and goes and comes back with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Deposit {
    /// What is rung up.
    pub product: ProductId,
    /// How much of it for each unit of the other.
    pub quantity: Quantity,
}

/// Prices for certain customers or times. Which prices stand in it, the products say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PriceList {
    /// What it is called.
    pub name: String,
    /// Whether it is in use.
    pub status: Status,
}

/// Whether a record is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Status {
    /// In use.
    #[default]
    Active,
    /// Kept for the history, not offered any more.
    Archived,
}

/// A reporting group of products; also a page of tiles on the sell screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Category {
    /// What it is called.
    pub name: String,
    /// Its place among the others, the smallest first.
    pub position: i32,
    /// Whether it is offered.
    pub status: Status,
}

impl Pack {
    /// What the product is called on a line of this pack.
    pub fn name_of(&self, product: &str) -> String {
        match &self.name {
            Some(name) => format!("{product} {name}"),
            None => format!("{product} ×{}", self.quantity),
        }
    }
}

/// Why a record of the catalogue cannot be saved as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ProductError {
    /// There is no such product.
    #[error("there is no such product")]
    Unknown {},
    /// There is no such category.
    #[error("there is no such category")]
    CategoryUnknown {},
    /// There is no such tax category.
    #[error("there is no such tax category")]
    TaxCategoryUnknown {},
    /// The name is missing or too long.
    #[error("a name has 1 to {max} characters")]
    NameInvalid {
        /// Characters at most.
        max: usize,
    },
    /// Another product has this SKU.
    #[error("another product has the SKU {sku}")]
    SkuTaken {
        /// The SKU both claim.
        sku: String,
    },
    /// There is no such price list.
    #[error("there is no such price list")]
    PriceListUnknown {},
    /// The price list is the shop's, or that of customers.
    #[error("the price list is in use: by the shop, or by {customers} customers")]
    PriceListInUse {
        /// Customers who have it, as far as they were counted; 0 when it is the shop's.
        customers: u32,
    },
    /// A pack holds nothing, or its code stands twice on the product.
    #[error("the pack with the code {code} holds nothing, or its code stands twice")]
    PackInvalid {
        /// The code of the pack.
        code: String,
    },
    /// The product it is to be a variant of is unknown, a variant itself, or this one; or its options are none.
    #[error("it cannot be a variant of that product")]
    VariantInvalid {},
    /// The deposit is unknown, nothing, or the product itself.
    #[error("that cannot be its deposit")]
    DepositInvalid {},
    /// A product cannot be merged into itself, one that was merged, or one counted in another unit.
    #[error("these two cannot be one product")]
    MergeInvalid {},
    /// No customer is that old.
    #[error("an age lies between 1 and {max}")]
    AgeInvalid {
        /// Years at most.
        max: u8,
    },
    /// There are too many pages or tiles, or one stands twice.
    #[error(
        "there are at most {pages} pages of {tiles} tiles, each with a name of its own and no tile twice"
    )]
    TilesInvalid {
        /// Pages at most.
        pages: usize,
        /// Tiles of a page at most.
        tiles: usize,
    },
    /// The picture is not an image a till can show.
    #[error("the picture is not a PNG, JPEG or WebP image")]
    PictureInvalid {},
}

/// Characters of a name at most.
pub const NAME_MAX: usize = 200;
/// Packs of a product at most.
pub const PACKS_MAX: usize = 20;
/// Ways in which variants differ at most.
pub const OPTIONS_MAX: usize = 8;
/// Characters of an option's name or value at most.
pub const OPTION_LENGTH_MAX: usize = 60;
/// The highest age that can be asked for.
pub const AGE_MAX: u8 = 99;

impl Product {
    /// A product by the piece, without codes, prices or anything else it may have.
    pub const fn new(name: String, tax_category: TaxCategoryId) -> Self {
        Self {
            name,
            sku: None,
            brand: None,
            codes: Vec::new(),
            packs: Vec::new(),
            unit: Unit::Each,
            prices: Vec::new(),
            tax_category,
            category: None,
            picture: None,
            variant_of: None,
            options: Vec::new(),
            deposit: None,
            age_min: None,
            low_stock: None,
            merged_into: None,
            status: Status::Active,
        }
    }

    /// The ordinary price in force on `day`; `None` before the first.
    pub fn price_on(&self, day: BusinessDay) -> Option<Price> {
        in_force(&self.prices, PriceAt { day, list: None }).map(|price| price.price)
    }

    /// Checks what a product must have, as far as it alone can say.
    ///
    /// # Errors
    /// `NameInvalid`, `PackInvalid`, `VariantInvalid`, `DepositInvalid`, `AgeInvalid`.
    pub fn check(&self) -> Result<(), ProductError> {
        check_name(&self.name)?;
        if let Some(brand) = &self.brand {
            check_name(brand)?;
        }
        self.check_packs()?;
        let fits = |text: &String| (1..=OPTION_LENGTH_MAX).contains(&text.trim().chars().count());
        let options_fit = self.options.iter().all(|option| fits(&option.name) && fits(&option.value));
        let has_reason = self.options.is_empty() || self.variant_of.is_some();
        if !options_fit || !has_reason || self.options.len() > OPTIONS_MAX {
            return Err(ProductError::VariantInvalid {});
        }
        if self.deposit.is_some_and(|deposit| deposit.quantity.is_zero()) {
            return Err(ProductError::DepositInvalid {});
        }
        match self.age_min {
            Some(age) if !(1..=AGE_MAX).contains(&age) => Err(ProductError::AgeInvalid { max: AGE_MAX }),
            Some(_) | None => Ok(()),
        }
    }

    fn check_packs(&self) -> Result<(), ProductError> {
        for (index, pack) in self.packs.iter().enumerate() {
            let key = pack.code.key();
            let before = self.packs.iter().take(index).map(|other| &other.code);
            let is_taken = self.codes.iter().chain(before).any(|code| code.key() == key);
            if pack.quantity.is_zero() || is_taken || index >= PACKS_MAX {
                return Err(ProductError::PackInvalid { code: pack.code.as_str().to_owned() });
            }
            if let Some(name) = &pack.name {
                check_name(name)?;
            }
        }
        Ok(())
    }
}

impl Category {
    /// Checks what a category must have.
    ///
    /// # Errors
    /// `NameInvalid`.
    pub fn check(&self) -> Result<(), ProductError> {
        check_name(&self.name)
    }
}

impl PriceList {
    /// Checks what a price list must have.
    ///
    /// # Errors
    /// `NameInvalid`.
    pub fn check(&self) -> Result<(), ProductError> {
        check_name(&self.name)
    }
}

fn check_name(name: &str) -> Result<(), ProductError> {
    let length = name.trim().chars().count();
    if length == 0 || length > NAME_MAX { Err(ProductError::NameInvalid { max: NAME_MAX }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn plain() -> Product {
        let codes = vec![Code::parse("5449000000996").unwrap()];
        Product { codes, ..Product::new("Cola".into(), TaxCategoryId(Uuid::from_u128(1))) }
    }

    fn pack(code: &str, units: i64) -> Pack {
        let (code, quantity) = (Code::parse(code).unwrap(), Quantity::each(units).unwrap());
        Pack { code, quantity, name: None, price: None }
    }

    #[test]
    fn a_product_says_only_what_it_has() {
        let text = serde_json::to_string(&plain()).unwrap();
        for field in ["brand", "packs", "variant_of", "options", "deposit", "age_min", "low_stock", "merged"]
        {
            assert!(!text.contains(field), "{field} in {text}");
        }
        assert_eq!(serde_json::from_str::<Product>(&text).unwrap(), plain());
    }

    #[test]
    fn a_list_that_was_emptied_reads_as_empty() {
        let mut fields = serde_json::to_value(plain()).unwrap();
        fields["packs"] = serde_json::Value::Null;
        fields["options"] = serde_json::Value::Null;
        assert_eq!(serde_json::from_value::<Product>(fields).unwrap(), plain());
    }

    #[test]
    fn packs_hold_something_under_a_code_of_their_own() {
        let with = |packs: Vec<Pack>| Product { packs, ..plain() }.check();
        assert_eq!(with(vec![pack("15449000000993", 6), pack("25449000000990", 24)]), Ok(()));
        let refused = |packs| matches!(with(packs), Err(ProductError::PackInvalid { .. }));
        assert!(refused(vec![pack("15449000000993", 0)]), "it holds nothing");
        assert!(refused(vec![pack("05449000000996", 6)]), "it is the code of the product itself");
        assert!(refused(vec![pack("15449000000993", 6), pack("15449000000993", 12)]), "it stands twice");
    }

    #[test]
    fn options_belong_to_variants() {
        let option = VariantOption { name: "size".into(), value: "L".into() };
        let alone = Product { options: vec![option.clone()], ..plain() };
        assert_eq!(alone.check(), Err(ProductError::VariantInvalid {}));
        let variant_of = Some(ProductId(Uuid::from_u128(2)));
        assert_eq!(Product { variant_of, ..alone.clone() }.check(), Ok(()));
        let nameless = VariantOption { name: " ".into(), ..option };
        let nameless = Product { variant_of, options: vec![nameless], ..plain() };
        assert_eq!(nameless.check(), Err(ProductError::VariantInvalid {}));
    }

    #[test]
    fn ages_and_deposits_are_of_this_world() {
        for (age, fits) in [(0, false), (1, true), (18, true), (99, true), (100, false)] {
            assert_eq!(Product { age_min: Some(age), ..plain() }.check().is_ok(), fits, "{age}");
        }
        let of = |quantity| Deposit { product: ProductId(Uuid::from_u128(3)), quantity };
        let nothing = Product { deposit: Some(of(Quantity::thousandths(0).unwrap())), ..plain() };
        assert_eq!(nothing.check(), Err(ProductError::DepositInvalid {}));
        assert_eq!(Product { deposit: Some(of(Quantity::ONE)), ..plain() }.check(), Ok(()));
    }

    #[test]
    fn a_pack_is_called_by_its_name_or_by_what_it_holds() {
        assert_eq!(pack("1", 6).name_of("Cola"), "Cola ×6");
        let tray = Pack { name: Some("tray".into()), ..pack("1", 24) };
        assert_eq!(tray.name_of("Cola"), "Cola tray");
    }
}
