//! Codes: what they lead to, what they say, and the rules a shop reads its own numbers by.

use crate::product::Tile;
use domain::code::label::Imprint;
use domain::code::restricted::CodeRules;
use domain::ids::ProductId;
use domain::price::Price;
use domain::quantity::{Quantity, Unit};

shapes! {
    /// Asks what a code leads to.
    pub struct FindByCode {
        /// As read by a scanner or typed.
        pub code: String,
    }

    /// What a code leads to.
    pub struct FoundByCode {
        /// The code, without what it says beside it.
        pub code: String,
        /// The products that are sold, at most twenty; the cashier picks when there are several.
        pub products: Vec<FoundProduct>,
        /// Lot, dates and serial number, as far as the code says them.
        pub imprint: Imprint,
    }

    /// A product a code leads to.
    pub struct FoundProduct {
        /// The product, with its price today.
        pub tile: Tile,
        /// The merchant's own number.
        pub sku: Option<String>,
        /// What its category is called.
        pub category: Option<String>,
        /// What the shop should have of it; below zero when more was sold than is known to have come.
        pub on_hand_thousandths: i64,
        /// How much of it the code says; `None` when it says nothing or the product is not sold by that.
        pub quantity: Option<Quantity>,
        /// What it costs per unit by the code; `None` when that is the listed price.
        pub price: Option<Price>,
    }

    /// Asks about a code that is being typed into a product.
    pub struct CheckCode {
        /// As typed.
        pub code: String,
        /// The product it is typed into; `None` for a new one.
        #[serde(default)]
        pub product: Option<ProductId>,
    }

    /// What is to be said of a typed code. None of it keeps it from being saved.
    pub struct CodeChecked {
        /// Whether it can be a code at all.
        pub is_code: bool,
        /// The last digit it would have if it is a GTIN; `None` when it is right or the code is none.
        pub check_digit: Option<String>,
        /// Other products that have it; a cashier would have to pick.
        pub claimed_by: Vec<Tile>,
    }

    /// How numbers with a weight, a price or a count in them are read.
    pub struct CodeRulesView {
        /// The version to change from.
        pub version: u64,
        /// The rules.
        pub rules: CodeRules,
        /// Rules of countries to begin with.
        pub national: Vec<NationalRulesView>,
    }

    /// The rules of a country.
    pub struct NationalRulesView {
        /// ISO 3166-1.
        pub country: String,
        /// Where they are written down.
        pub source: String,
        /// The rules.
        pub rules: CodeRules,
    }

    /// Asks how a number would be read by rules that need not be saved.
    pub struct SampleCode {
        /// The rules, as they are typed.
        pub rules: CodeRules,
        /// The number.
        pub code: String,
    }

    /// How a number is read: by the first rule that fits.
    pub struct SampleRead {
        /// Of each rule, whether its layout says something.
        pub sound: Vec<bool>,
        /// The rule that reads it, from 0; `None` when none does, or its check digit is another's.
        pub rule: Option<u32>,
        /// The number of the product in it.
        pub item: Option<String>,
        /// How much it says there is.
        pub quantity: Option<Quantity>,
        /// Of what.
        pub unit: Option<Unit>,
        /// What it says the piece costs.
        pub price: Option<Price>,
    }

    /// Changes how numbers are read.
    pub struct SaveCodeRules {
        /// What the screen showed.
        pub base: CodeRules,
        /// As it should be.
        pub rules: CodeRules,
    }
}
