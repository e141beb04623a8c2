//! The products of a seeded shop: a pure function of its plan, so that whoever needs a code makes the list again.

use super::draw::Draw;
use super::drawing::picture_of;
use super::words::{CATEGORIES, GOODS, SIZES, Script};
use super::{Plan, Stream};
use domain::code::Code;
use domain::ids::{CategoryId, ProductId, TaxCategoryId};
use domain::price::Price;
use domain::product::{Category, PriceFrom, Product, Status};
use domain::quantity::Unit;
use domain::tax::TaxRate;
use domain::time::BusinessDay;
use terminal::blob::BlobHash;

/// Tax rates of the shop, in parts per million: the standard one and the lower one.
pub const RATES_PPM: [i64; 2] = [200_000, 55_000];

/// Ids of the records that products point to.
pub struct Shelves {
    pub taxes: [TaxCategoryId; 2],
    pub categories: Vec<CategoryId>,
}

/// One product with its id.
pub struct Listed {
    pub id: ProductId,
    pub product: Product,
    /// Its place in `RATES_PPM`.
    pub tax: usize,
}

impl Listed {
    /// The rate that is charged on it.
    ///
    /// # Errors
    /// Never for the rates above.
    pub fn rate(&self) -> Result<TaxRate, String> {
        TaxRate::ppm(RATES_PPM[self.tax]).map_err(|error| error.to_string())
    }

    /// The code a scanner reads on it, when it is sold by the piece.
    pub fn scanned(&self) -> Option<&Code> {
        self.product.codes.first().filter(|_| self.product.unit == Unit::Each)
    }
}

/// The categories as records.
pub fn categories() -> Vec<Category> {
    let category = |(position, name): (usize, &&str)| Category {
        name: (*name).to_owned(),
        position: i32::try_from(position).unwrap_or(0),
        status: Status::Active,
    };
    CATEGORIES.iter().enumerate().map(category).collect()
}

/// The ids of the records that products point to.
pub fn shelves(plan: &Plan) -> Shelves {
    let mut draw = Draw::new(plan.seed, Stream::Shelves as u64);
    let opened = plan.opened().wall.0;
    let taxes = [(); 2].map(|()| TaxCategoryId(draw.uuid(opened)));
    let categories = CATEGORIES.iter().map(|_| CategoryId(draw.uuid(opened))).collect();
    Shelves { taxes, categories }
}

/// All products, in the order they were added. The first ones are not the ones that sell best.
///
/// # Errors
/// When a drawn value is none that a record may have.
pub fn products(plan: &Plan) -> Result<Vec<Listed>, String> {
    let shelves = shelves(plan);
    let mut draw = Draw::new(plan.seed, Stream::Products as u64);
    let pictures: Vec<String> =
        (0..GOODS.len()).map(|good| BlobHash::of(&picture_of(good)).to_string()).collect();
    let mut listed: Vec<Listed> = Vec::new();
    for number in 0..u64::from(plan.products) {
        // Somebody entered it before, under another number.
        let double = if number > 0 && draw.happens(10) { Some(draw.index(listed.len())) } else { None };
        let mut product = product(plan, &shelves, &pictures, &mut draw, number)?;
        let double = double.map(|double| &listed[double].product);
        if let Some(double) = double.filter(|double| double.unit == product.product.unit) {
            product.product.name = double.name.clone();
            // The code that a cashier scans leads to one product; a second one may lead to both.
            product.product.codes.extend(double.codes.get(1).cloned());
        }
        listed.push(product);
    }
    Ok(listed)
}

/// The script of the next product.
fn script(draw: &mut Draw) -> Script {
    let mut place = draw.below(Script::SHARES.iter().map(|(_, share)| share).sum());
    for (script, share) in Script::SHARES {
        match place.checked_sub(share) {
            Some(rest) => place = rest,
            None => return script,
        }
    }
    Script::Latin
}

fn product(
    plan: &Plan,
    shelves: &Shelves,
    pictures: &[String],
    draw: &mut Draw,
    number: u64,
) -> Result<Listed, String> {
    let place = draw.index(GOODS.len());
    let good = &GOODS[place];
    let script = script(draw);
    let unit = if good.by_weight { Unit::Kilogram } else { Unit::Each };
    let mut name =
        format!("{} {} {}", draw.one(script.makers()), good.name(script), draw.one(script.sorts()));
    if unit == Unit::Each {
        name.push(' ');
        name.push_str(draw.one::<&str>(SIZES));
    }
    let code = |digits: String| Code::parse(&digits).ok_or("a code of digits is a code");
    let mut codes = Vec::new();
    if good.by_weight {
        codes.push(code(format!("{:05}", 40_000 + number % 50_000))?);
    } else if number == 0 || !draw.happens(20) {
        codes.push(code(gtin13(number * 2))?);
        if draw.happens(50) {
            codes.push(code(gtin13(number * 2 + 1))?);
        }
    }
    let mut prices = vec![PriceFrom { from: plan.opened_day(), price: price(draw)?, list: None }];
    if draw.happens(200) {
        let days = i32::try_from(draw.between(30, plan.days().max(31))).unwrap_or(30);
        let from = BusinessDay::from_unix_day(plan.opened_day().unix_day() + days);
        prices.push(PriceFrom { from, price: price(draw)?, list: None });
    }
    let tax = usize::from(good.lower_tax);
    let product = Product {
        sku: Some(format!("P{number:07}")),
        codes,
        unit,
        prices,
        category: Some(shelves.categories[good.category]),
        picture: draw.happens(400).then(|| pictures[place].clone()),
        // What was given up stays in the records.
        status: if number > 0 && draw.happens(30) { Status::Archived } else { Status::Active },
        ..Product::new(name, shelves.taxes[tax])
    };
    Ok(Listed { id: ProductId(draw.uuid(plan.opened().wall.0)), product, tax })
}

/// A shelf price in euros: mostly small, often ending in 9.
fn price(draw: &mut Draw) -> Result<Price, String> {
    let tenths = 3 + draw.skewed(400) + if draw.happens(20) { draw.below(2_000) } else { 0 };
    let cents = tenths * 10 + if draw.happens(600) { 9 } else { 0 };
    Price::micros(i64::try_from(cents * 10_000).unwrap_or(0)).map_err(|error| error.to_string())
}

/// A thirteen-digit code with its check digit (GS1 General Specifications, 7.9), another for each number.
fn gtin13(number: u64) -> String {
    // Multiplying by a number without a common factor with 10¹¹ spreads the codes and keeps them apart.
    const SPREAD: u64 = 61_803_398_871;
    let scattered = u128::from(number) * u128::from(SPREAD) % 100_000_000_000;
    let digits = format!("5{scattered:011}");
    let sum: u32 = digits
        .bytes()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_apart_and_end_in_their_check_digit() {
        // 5 000112 637922 is a code on a bottle in the shops: its check digit is known from outside.
        let digits = "500011263792";
        let sum: u32 =
            digits.bytes().zip([1, 3].into_iter().cycle()).map(|(d, w)| u32::from(d - b'0') * w).sum();
        assert_eq!((10 - sum % 10) % 10, 2);
        let codes: BTreeSet<String> = (0..20_000).map(gtin13).collect();
        assert_eq!(codes.len(), 20_000);
        assert!(codes.iter().all(|code| code.len() == 13));
    }

    #[test]
    fn products_are_fit_to_be_saved_and_of_every_kind() {
        let plan = Plan { products: 2_000, sales: 0, years: 1, seed: 3 };
        let products = products(&plan).unwrap();
        assert_eq!(products.len(), 2_000);
        for listed in &products {
            listed.product.check().unwrap();
            assert!(listed.product.price_on(plan.opened_day()).is_some());
        }
        let count = |is: &dyn Fn(&Listed) -> bool| products.iter().filter(|listed| is(listed)).count();
        assert!(count(&|listed| listed.scanned().is_some()) > 1_200);
        assert!(count(&|listed| listed.product.picture.is_some()) > 600);
        assert!(count(&|listed| listed.product.unit == Unit::Kilogram) > 200);
        // A letter of each script, which no other has.
        for letters in ["a-z", "а-я", "一-龠", "ก-ฮ", "ء-ي", "α-ω"] {
            let (first, last) = letters.split_once('-').unwrap();
            let (first, last) = (first.chars().next().unwrap(), last.chars().next().unwrap());
            let has = |listed: &Listed| listed.product.name.chars().any(|c| (first..=last).contains(&c));
            assert!(count(&has) > 20, "{letters}: {}", count(&has));
        }
    }

    #[test]
    fn doubles_have_the_name_of_another_and_no_code_that_is_scanned_leads_to_two() {
        let plan = Plan { products: 5_000, sales: 0, years: 1, seed: 4 };
        let products = products(&plan).unwrap();
        let mut all: Vec<&Code> = products.iter().flat_map(|listed| &listed.product.codes).collect();
        all.sort_by_key(|code| code.key());
        let shared: BTreeSet<String> =
            all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].key()).collect();
        assert!(!shared.is_empty(), "some codes lead to two products");
        let scanned = products.iter().filter_map(Listed::scanned);
        assert!(scanned.into_iter().all(|code| !shared.contains(&code.key())));
        let names: BTreeSet<&str> = products.iter().map(|listed| listed.product.name.as_str()).collect();
        assert!(names.len() + 30 < products.len(), "{} names", names.len());
    }
}
