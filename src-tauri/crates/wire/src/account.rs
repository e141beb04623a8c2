//! Customers' accounts with the shop.

use crate::report::ReportForm;
use domain::account::{Account, WriteOffReason};
use domain::ids::{CustomerId, SaleId};
use domain::money::Money;
use domain::tender::TenderKind;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
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

    /// Lets a customer off what they owe.
    #[derive(Copy)]
    pub struct WriteOffDebt {
        /// Whose account.
        pub customer: CustomerId,
        /// How much of what they owe.
        pub amount: Money,
        /// Why.
        pub reason: WriteOffReason,
    }

    /// Asks what moved a customer's account within some days.
    pub struct AskStatement {
        /// Whose.
        pub customer: CustomerId,
        /// Which days.
        pub period: StatementPeriod,
        /// The first day, where the days are picked.
        #[serde(default)]
        pub from: Option<BusinessDay>,
        /// The last day, where the days are picked.
        #[serde(default)]
        pub to: Option<BusinessDay>,
        /// Which of the two balances.
        #[serde(default)]
        pub of: StatementOf,
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// What moved a customer's account within some days, page by page.
    pub struct AccountStatement {
        /// Whose.
        pub customer: CustomerId,
        /// The first day.
        pub from: BusinessDay,
        /// The last day.
        pub to: BusinessDay,
        /// Which of the two balances.
        pub of: StatementOf,
        /// The balance when the first day began.
        pub opening: Money,
        /// What it grew by.
        pub added: Money,
        /// What it shrank by, without sign.
        pub taken_off: Money,
        /// The balance when the last day ended: `opening` + `added` − `taken_off`.
        pub closing: Money,
        /// At most fifty, by day.
        pub entries: Vec<StatementEntry>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
    }

    /// Something that moved a customer's account.
    pub struct StatementEntry {
        /// The day it counts for.
        pub day: BusinessDay,
        /// What it was.
        pub act: StatementAct,
        /// The number of its paper as printed; empty where it has none.
        pub number: String,
        /// The sale, of a purchase or a return.
        pub sale: Option<SaleId>,
        /// What tells a payment from others; its slip is printed again by that.
        #[cfg_attr(feature = "contract", ts(type = "string | null"))]
        pub payment: Option<Uuid>,
        /// How a payment was made.
        pub kind: Option<TenderKind>,
        /// Why it was written off.
        pub reason: Option<WriteOffReason>,
        /// What the balance moved by, signed.
        pub amount: Money,
        /// The balance after it.
        pub balance: Money,
    }

    /// Makes a file of a statement.
    pub struct MakeStatementFile {
        /// Whose, and of which days; both balances are in it, and all pages.
        pub shown: AskStatement,
        /// How it is written.
        pub form: ReportForm,
    }

    /// Prints a statement.
    pub struct PrintStatement {
        /// Whose, and of which days; both balances are on it.
        pub shown: AskStatement,
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

/// The days of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum StatementPeriod {
    /// From the first of this month to today.
    ThisMonth,
    /// All of the month before.
    LastMonth,
    /// Everything since the customer last owed nothing.
    Open,
    /// Days that are picked.
    Days,
}

/// Which balance of a customer's account a statement follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum StatementOf {
    /// What they owe the shop.
    #[default]
    Owed,
    /// What they have of store credit.
    Credit,
}

impl StatementOf {
    /// The kind of tender that moves it.
    pub const fn kind(self) -> TenderKind {
        match self {
            Self::Owed => TenderKind::OnAccount,
            Self::Credit => TenderKind::StoreCredit,
        }
    }
}

/// What moved a customer's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum StatementAct {
    /// Goods were sold.
    Purchase,
    /// Goods came back.
    Return,
    /// They paid of what they owe.
    Payment,
    /// They were let off it.
    WriteOff,
}
