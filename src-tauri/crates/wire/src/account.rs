//! Customers' accounts with the shop.

use domain::account::Account;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::tender::TenderKind;
use uuid::Uuid;

shapes! {
    /// Asks for a customer's account.
    #[derive(Copy)]
    pub struct GetAccount {
        /// Whose.
        pub customer: CustomerId,
    }

    /// A customer's account as it stands.
    pub struct AccountView {
        /// Whose.
        pub customer: CustomerId,
        /// The version to change from; 0 where nobody agreed anything yet.
        pub version: u64,
        /// What was agreed.
        pub account: Account,
        /// What they owe the shop; below nothing where the shop owes them.
        pub owed: Money,
        /// What they have of store credit.
        pub credit: Money,
    }

    /// Takes a customer's payment of what they owe.
    pub struct PayAccount {
        /// Whose account.
        pub customer: CustomerId,
        /// In cash, or by a card reader that stands by itself.
        pub kind: TenderKind,
        /// How much of what they owe.
        pub amount: Money,
        /// What the card reader gave as a proof.
        #[serde(default)]
        pub reference: Option<String>,
    }

    /// A payment of what somebody owed.
    pub struct AccountPayment {
        /// What tells it from others; its slip is printed again by that.
        pub payment: Uuid,
        /// The number as printed.
        pub slip_number: String,
        /// Whose account.
        pub customer: CustomerId,
        /// How it was paid.
        pub kind: TenderKind,
        /// How much.
        pub paid: Money,
        /// What is owed after it.
        pub owed: Money,
    }

    /// Says how much a customer may owe.
    pub struct SaveAccount {
        /// Whose account.
        pub customer: CustomerId,
        /// What the screen showed; `None` where nobody agreed anything yet.
        #[serde(default)]
        pub base: Option<Account>,
        /// As it should be.
        pub account: Account,
    }
}
