//! The shop's settings and its first start.

use domain::ids::OperatorId;
use domain::settings::{Language, Shop};
use domain::tender::TenderPolicy;

shapes! {
    /// Who this till is, before anybody signs on.
    pub struct Greeting {
        /// Whether the shop is set up; if not, `shop.set_up` is what to do.
        pub set_up: bool,
        /// The shop's name.
        pub shop_name: String,
        /// The till's name.
        pub till_name: String,
        /// The language of the screens.
        pub language: Language,
        /// The currency's code, and how many decimals it has.
        pub currency: String,
        /// 0, 2 or 3.
        pub currency_decimals: u32,
        /// Minutes without a key, a tap or a scan after which the till locks itself.
        pub lock_after_min: Option<u16>,
        /// Which tenders the shop takes.
        pub tenders: TenderPolicy,
        /// Who can sign on.
        pub operators: Vec<OperatorTile>,
        /// Whether this is the demo shop, whose PINs are no secret.
        pub demo: bool,
        /// The version of the program.
        pub version: String,
    }

    /// An operator on the sign-on screen.
    pub struct OperatorTile {
        /// Whom to sign on.
        pub id: OperatorId,
        /// What colleagues call them.
        pub name: String,
        /// What their role is called.
        pub role: String,
        /// The PIN, in the demo shop only.
        pub demo_pin: Option<String>,
    }

    /// Sets up a new shop.
    pub struct SetUpShop {
        /// The settings.
        pub shop: Shop,
        /// What the owner is called.
        pub owner_name: String,
        /// The owner's PIN.
        pub owner_pin: String,
    }

    /// The shop's settings as they stand.
    pub struct ShopView {
        /// The version to change from.
        pub version: u64,
        /// The settings.
        pub shop: Shop,
        /// Whether the currency can still change.
        pub currency_fixed: bool,
    }

    /// Changes the shop's settings.
    pub struct SaveShop {
        /// What the screen showed; fields that differ from it in `shop` are changed.
        pub base: Shop,
        /// As it should be.
        pub shop: Shop,
    }
}
