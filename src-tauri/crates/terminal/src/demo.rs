//! The demo shop: fills an empty data directory with the shop of `assets/demo`, through the same operations a person
//! would use. Started again after an interruption it goes on where it was: what is there already is left alone.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::{BeginUpload, BlobError, BlobHash, UploadKind};
use crate::error::Error;
use crate::{Caller, Door, Terminal};
use database::error::DatabaseError;
use domain::code::Code;
use domain::ids::{CategoryId, RequestId, RoleId, TaxCategoryId};
use domain::people::Role;
use domain::price::Price;
use domain::product::{Category, PriceFrom, Product, Status};
use domain::quantity::Unit;
use domain::settings::{SettingsError, Shop};
use domain::tax::TaxCategory;
use domain::time::BusinessDay;
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use wire::backup::Restoring;
use wire::envelope::{Envelope, Nothing, Topic};
use wire::error::ErrorBody;
use wire::operations::{Kind, find};
use wire::people::*;
use wire::product::*;
use wire::session::SignIn;
use wire::shop::{Greeting, SetUpShop};

/// In a data directory that holds the whole demo shop there is a file of this name.
const COMPLETE: &str = "demo-shop-complete";

/// In the data directory of a demo shop that was left for a shop of one's own there is a file of this name.
const LEFT: &str = "demo-shop-left";

/// Whether the demo shop in a data directory was left.
pub fn was_left(data_dir: &Path) -> bool {
    data_dir.join(LEFT).exists()
}

/// `shop.leave_demo`
pub fn leave(act: &Act<'_>, _: Nothing) -> Result<Left, Error> {
    let terminal = act.terminal;
    if !terminal.options.demo {
        return Err(SettingsError::NotDemo {}.into());
    }
    let data_dir = &terminal.options.data_dir;
    let marked = File::create(data_dir.join(LEFT)).and_then(|mark| mark.sync_all());
    marked.map_err(DatabaseError::Directory)?;
    let kept_in = data_dir.display().to_string();
    let left = act.commit(move |_| Ok(Left { kept_in }))?;
    terminal.restart();
    Ok(left)
}

/// The demo shop was left: the program starts again.
#[derive(Serialize, Deserialize)]
pub struct Left {
    kept_in: String,
}

impl Effect for Left {
    type Answer = Restoring;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Health]
    }

    fn answer(self, _: &Ask<'_>) -> Result<Restoring, Error> {
        Ok(Restoring { kept_in: self.kept_in })
    }
}

#[derive(RustEmbed)]
#[folder = "../../../assets/demo/pictures"]
struct Pictures;

/// `assets/demo/shop.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoShop {
    shop: Shop,
    tax_categories: Vec<TaxCategory>,
    roles: Vec<Role>,
    operators: Vec<DemoOperator>,
    categories: Vec<Category>,
    prices_from: BusinessDay,
    products: Vec<DemoProduct>,
}

/// An operator, with the PIN that is no secret. The first of the shop is its owner.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoOperator {
    name: String,
    role: String,
    pin: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DemoProduct {
    sku: String,
    barcode: Code,
    name: String,
    unit: Unit,
    price_micros: Price,
    category: String,
    tax_category: String,
    picture: String,
}

impl DemoShop {
    fn read() -> Self {
        serde_json::from_str(include_str!("../../../../assets/demo/shop.json"))
            .expect("the demo shop is part of the program, and a test reads it")
    }
}

/// Why the demo shop could not be filled in.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The data directory holds a shop that is not the demo shop.
    #[error("the data directory holds another shop; the demo shop needs one of its own")]
    AnotherShop,
    /// A call failed.
    #[error("{operation}: {error}")]
    Call {
        /// The operation.
        operation: &'static str,
        /// What it answered.
        error: ErrorBody,
    },
    /// A picture was not taken.
    #[error("picture {name}: {error}")]
    Picture {
        /// Its file.
        name: String,
        /// Why.
        error: BlobError,
    },
    /// Something the demo shop refers to is not in it, or an answer has another form than the list of operations says.
    #[error("the demo shop does not fit together: {0}")]
    Inconsistent(String),
    /// The data directory cannot be written to.
    #[error("the data directory cannot be written to: {0}")]
    Disk(#[from] io::Error),
}

/// The demo operators and their PINs, the owner first.
pub fn pins() -> Vec<(String, String)> {
    DemoShop::read().operators.into_iter().map(|operator| (operator.name, operator.pin)).collect()
}

/// Fills the data directory with the demo shop, unless that is done. Call it before anybody else calls the terminal.
///
/// # Errors
/// `AnotherShop` when the directory holds a shop that somebody set up; the others when something fails half-way, and
/// then the next start goes on.
pub fn fill(terminal: &Arc<Terminal>) -> Result<(), DemoError> {
    let complete = terminal.data_dir().join(COMPLETE);
    if complete.exists() {
        return Ok(());
    }
    let demo = DemoShop::read();
    let filling = Filling { terminal, caller: terminal.connect(Door::Script) };
    filling.open_shop(&demo)?;
    filling.operators(&demo)?;
    let tax_categories = filling.tax_categories(&demo)?;
    let categories = filling.categories(&demo)?;
    filling.products(&demo, &tax_categories, &categories)?;
    filling.call::<_, wire::session::CurrentSession>("session.sign_out", &Nothing {})?;
    File::create(&complete)?.sync_all()?;
    Ok(())
}

/// The terminal while it is filled, and the demo shop's owner who fills it.
struct Filling<'t> {
    terminal: &'t Arc<Terminal>,
    caller: Arc<Caller>,
}

impl Filling<'_> {
    /// Calls an operation. A command's request id comes from what it asks for: an interrupted filling that asks again
    /// repeats nothing.
    fn call<Q: Serialize, A: DeserializeOwned>(
        &self,
        operation: &'static str,
        request: &Q,
    ) -> Result<A, DemoError> {
        let inconsistent =
            |error: serde_json::Error| DemoError::Inconsistent(format!("{operation}: {error}"));
        let payload = serde_json::value::to_raw_value(request).map_err(inconsistent)?;
        let is_command = find(operation).is_some_and(|known| known.kind == Kind::Command);
        let request_id = is_command.then(|| request_id(operation, payload.get()));
        let envelope =
            Envelope { request_id, operation: operation.into(), payload, approval: None, screen: None };
        let answer = self
            .terminal
            .call(&self.caller, &envelope)
            .map_err(|error| DemoError::Call { operation, error })?;
        serde_json::from_str(answer.get()).map_err(inconsistent)
    }

    /// Sets the shop up, if nobody has, and signs its owner on.
    fn open_shop(&self, demo: &DemoShop) -> Result<(), DemoError> {
        let owner = demo.operators.first().ok_or_else(|| DemoError::Inconsistent("nobody owns it".into()))?;
        let mut greeting: Greeting = self.call("shop.greeting", &Nothing {})?;
        if !greeting.set_up {
            greeting = self.call(
                "shop.set_up",
                &SetUpShop {
                    shop: demo.shop.clone(),
                    owner_name: owner.name.clone(),
                    owner_pin: owner.pin.clone(),
                },
            )?;
        }
        let known = greeting.operators.iter().find(|operator| operator.name == owner.name);
        let known = known.filter(|_| greeting.shop_name == demo.shop.name).ok_or(DemoError::AnotherShop)?;
        let sign_in = SignIn { operator: known.id, pin: owner.pin.clone() };
        self.call::<_, wire::session::Session>("session.sign_in", &sign_in).map(|_| ())
    }

    fn operators(&self, demo: &DemoShop) -> Result<(), DemoError> {
        let roles = self.roles(demo)?;
        let here: OperatorList = self.call("operator.list", &Nothing {})?;
        for operator in &demo.operators {
            if here.operators.iter().any(|known| known.name == operator.name) {
                continue;
            }
            let save = SaveOperator {
                id: None,
                name: Some(operator.name.clone()),
                role: Some(*named(&roles, &operator.role)?),
                pin: Some(operator.pin.clone()),
                badge: None,
                status: Some(Status::Active),
            };
            self.call::<_, OperatorView>("operator.save", &save)?;
        }
        Ok(())
    }

    /// The roles by name. A new shop has some already; those of the same name get the demo shop's grants.
    fn roles(&self, demo: &DemoShop) -> Result<BTreeMap<String, RoleId>, DemoError> {
        let here: RoleList = self.call("role.list", &Nothing {})?;
        let mut ids = BTreeMap::new();
        for role in &demo.roles {
            let known = here.roles.iter().find(|known| known.role.name == role.name);
            let id = match known {
                Some(known) if known.role == *role => known.id,
                _ => {
                    let save = SaveRole {
                        id: known.map(|known| known.id),
                        base: known.map(|known| known.role.clone()),
                        role: role.clone(),
                    };
                    self.call::<_, RoleView>("role.save", &save)?.id
                }
            };
            ids.insert(role.name.clone(), id);
        }
        Ok(ids)
    }

    fn tax_categories(&self, demo: &DemoShop) -> Result<BTreeMap<String, TaxCategoryId>, DemoError> {
        let here: TaxCategoryList = self.call("tax_category.list", &Nothing {})?;
        let known = here.tax_categories.into_iter().map(|view| (view.tax_category.name, view.id));
        let mut ids: BTreeMap<_, _> = known.collect();
        for tax_category in &demo.tax_categories {
            if !ids.contains_key(&tax_category.name) {
                let save = SaveTaxCategory { id: None, base: None, tax_category: tax_category.clone() };
                let saved: TaxCategoryView = self.call("tax_category.save", &save)?;
                ids.insert(tax_category.name.clone(), saved.id);
            }
        }
        Ok(ids)
    }

    fn categories(&self, demo: &DemoShop) -> Result<BTreeMap<String, CategoryId>, DemoError> {
        let here: CategoryList = self.call("category.list", &ListCategories { status: Status::Active })?;
        let known = here.categories.into_iter().map(|view| (view.category.name, view.id));
        let mut ids: BTreeMap<_, _> = known.collect();
        for category in &demo.categories {
            if !ids.contains_key(&category.name) {
                let save = SaveCategory { id: None, base: None, category: category.clone() };
                let saved: CategoryView = self.call("category.save", &save)?;
                ids.insert(category.name.clone(), saved.id);
            }
        }
        Ok(ids)
    }

    fn products(
        &self,
        demo: &DemoShop,
        tax_categories: &BTreeMap<String, TaxCategoryId>,
        categories: &BTreeMap<String, CategoryId>,
    ) -> Result<(), DemoError> {
        let here = self.product_names()?;
        for product in demo.products.iter().filter(|product| !here.contains(&product.name)) {
            let tax_category = *named(tax_categories, &product.tax_category)?;
            let record = Product {
                sku: Some(product.sku.clone()),
                codes: vec![product.barcode.clone()],
                unit: product.unit,
                prices: vec![PriceFrom { from: demo.prices_from, price: product.price_micros, list: None }],
                category: Some(*named(categories, &product.category)?),
                picture: Some(self.picture(&product.picture)?.to_string()),
                ..Product::new(product.name.clone(), tax_category)
            };
            let save = SaveProduct { id: None, base: None, product: record };
            self.call::<_, ProductView>("product.save", &save)?;
        }
        Ok(())
    }

    fn product_names(&self) -> Result<BTreeSet<String>, DemoError> {
        let mut names = BTreeSet::new();
        let mut after = None;
        loop {
            let page: TilePage = self.call("product.tiles", &ListTiles { category: None, after })?;
            names.extend(page.tiles.into_iter().map(|tile| tile.name));
            after = page.next;
            if after.is_none() {
                return Ok(names);
            }
        }
    }

    /// Uploads a picture as a client would.
    fn picture(&self, path: &str) -> Result<BlobHash, DemoError> {
        let file = Path::new(path).file_name().and_then(|name| name.to_str()).and_then(Pictures::get);
        let bytes = file.ok_or_else(|| DemoError::Inconsistent(format!("there is no {path}")))?.data;
        let blobs = self.terminal.blobs().of(&self.caller);
        let uploaded = blobs
            .begin(BeginUpload::of(UploadKind::Picture, &bytes))
            .and_then(|upload| blobs.append(upload.upload, 0, &bytes))
            .and_then(|upload| blobs.finish(upload.upload));
        uploaded
            .map(|uploaded| uploaded.hash)
            .map_err(|error| DemoError::Picture { name: path.into(), error })
    }
}

fn named<'m, T>(ids: &'m BTreeMap<String, T>, name: &str) -> Result<&'m T, DemoError> {
    ids.get(name).ok_or_else(|| DemoError::Inconsistent(format!("there is no {name}")))
}

/// A request id made of what is asked for: a UUID of the custom kind (RFC 9562, version 8).
fn request_id(operation: &str, payload: &str) -> RequestId {
    let mut hash = Sha256::new();
    for part in ["tillkeeper demo shop", operation, payload] {
        hash.update(part);
        hash.update([0]);
    }
    let hash: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    RequestId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::PictureKind;

    #[test]
    fn the_demo_shop_fits_together() {
        let demo = DemoShop::read();
        demo.shop.check().unwrap();
        assert!(demo.operators.len() >= 3);
        for operator in &demo.operators {
            domain::people::check_pin(&operator.pin).unwrap();
            assert!(demo.roles.iter().any(|role| role.name == operator.role), "{}", operator.name);
        }
        for product in &demo.products {
            let name = &product.name;
            assert!(demo.tax_categories.iter().any(|known| known.name == product.tax_category), "{name}");
            assert!(demo.categories.iter().any(|known| known.name == product.category), "{name}");
            let file = Path::new(&product.picture).file_name().unwrap().to_str().unwrap();
            let picture = Pictures::get(file).unwrap_or_else(|| panic!("no picture of {name}"));
            assert_eq!(PictureKind::of(&picture.data), Some(PictureKind::Png), "{name}");
        }
    }

    #[test]
    fn skus_names_and_barcodes_are_unique_and_the_check_digits_right() {
        let demo = DemoShop::read();
        let count = demo.products.len();
        let unique = |values: Vec<&str>| values.into_iter().collect::<BTreeSet<_>>().len();
        assert_eq!(unique(demo.products.iter().map(|product| product.sku.as_str()).collect()), count);
        assert_eq!(unique(demo.products.iter().map(|product| product.name.as_str()).collect()), count);
        assert_eq!(unique(demo.products.iter().map(|product| product.barcode.as_str()).collect()), count);
        for product in &demo.products {
            let digits: Vec<u32> =
                product.barcode.as_str().chars().map(|digit| digit.to_digit(10).unwrap()).collect();
            assert_eq!(digits.len(), 13, "{}", product.name);
            // GS1 General Specifications, 7.9: weights 1 and 3 from the left, the sum divides by ten.
            let sum: u32 =
                digits.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
            assert_eq!(sum % 10, 0, "{}", product.name);
        }
    }

    #[test]
    fn the_same_wish_has_the_same_request_id() {
        assert_eq!(request_id("product.save", "{}"), request_id("product.save", "{}"));
        assert_ne!(request_id("product.save", "{}"), request_id("category.save", "{}"));
        assert_ne!(request_id("product.save", "{}"), request_id("product.save", "{ }"));
    }
}
