//! Letters: how they leave the till, and what becomes of each.

use crate::account::AskStatement;
use crate::report::RunReport;
use domain::ids::SaleId;
use domain::mail::{MailReason, MailSettings, MailState};
use domain::time::Timestamp;

shapes! {
    /// How letters leave the till.
    pub struct MailSettingsView {
        /// The settings; empty ones while nothing is set up.
        pub settings: MailSettings,
        /// Whether there is a server to hand letters to.
        pub is_set_up: bool,
        /// Whether a password is kept for this server and user.
        pub has_password: bool,
    }

    /// Changes how letters leave the till.
    pub struct SaveMailSettings {
        /// What the screen showed; fields that differ from it in `settings` are changed.
        pub base: MailSettings,
        /// As it should be.
        pub settings: MailSettings,
        /// The password, where another is to be kept.
        #[serde(default)]
        pub password: Option<String>,
    }

    /// Sends a letter for a test.
    pub struct SendTestLetter {
        /// To whom.
        pub address: String,
    }

    /// Sends the receipt of a sale.
    pub struct MailReceipt {
        /// The completed sale.
        pub sale: SaleId,
        /// To whom.
        pub address: String,
    }

    /// Sends the invoice of a sale.
    pub struct MailInvoice {
        /// The completed sale whose invoice it is.
        pub sale: SaleId,
        /// To whom.
        pub address: String,
    }

    /// Sends a report.
    pub struct MailReport {
        /// Which report, as it is shown.
        pub shown: RunReport,
        /// To whom.
        pub address: String,
    }

    /// Sends a statement of a customer's account.
    pub struct MailStatement {
        /// Whose, and of which days; both balances are in it.
        pub shown: AskStatement,
        /// To whom.
        pub address: String,
    }

    /// Whether a letter can be sent, and to whom it would be.
    pub struct MailProposal {
        /// Whether there is a server to hand letters to.
        pub is_set_up: bool,
        /// Who would get it, where the till knows somebody: with reports, who gets those of closed shifts; with an account, its
        /// customer.
        pub proposed: Option<String>,
    }

    /// What is known of letters of a sale.
    pub struct SaleMail {
        /// Whether there is a server to hand letters to.
        pub is_set_up: bool,
        /// The address of the customer on the sale, where there is one.
        pub proposed: Option<String>,
        /// Whether the receipt was given out before, so that the letter holds a duplicate.
        pub is_duplicate: bool,
        /// The letters of the sale that are remembered, the newest first.
        pub letters: Vec<MailLetter>,
    }

    /// A letter.
    pub struct MailLetter {
        /// Its number on this till.
        pub id: i64,
        /// What it holds.
        pub kind: LetterKind,
        /// Where it stands.
        pub state: MailState,
        /// The number of what it holds, as printed; empty where it has none.
        pub number: String,
        /// 0 for what was not given out before.
        pub copy: u32,
        /// To whom; `None` once it was sent or given up.
        pub address: Option<String>,
        /// When it was queued.
        pub queued_at: Timestamp,
        /// When it came to its state.
        pub moved_at: Timestamp,
        /// How often it was tried.
        pub attempts: u32,
        /// Why it waits, failed, or is uncertain.
        pub reason: Option<MailReason>,
        /// What the server said, word for word.
        pub reply: Option<String>,
    }

    /// Letters.
    pub struct MailList {
        /// Those that wait or have to be looked at, the oldest first.
        pub letters: Vec<MailLetter>,
        /// The last ones that are done, the newest first.
        pub done: Vec<MailLetter>,
    }

    /// Says what becomes of a letter.
    #[derive(Copy)]
    pub struct ResolveLetter {
        /// The letter.
        pub id: i64,
        /// What.
        pub resolution: LetterResolution,
    }
}

/// What a letter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum LetterKind {
    /// The receipt of a sale.
    Receipt,
    /// The invoice of a sale.
    Invoice,
    /// The report of a closed shift (Z).
    Shift,
    /// A report over some days.
    Report,
    /// A statement of a customer's account.
    Statement,
    /// Nothing: it shows that letters leave.
    Test,
}

/// What becomes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum LetterResolution {
    /// It is tried again; where it may have gone, the letter says that it may be there twice.
    SendAgain,
    /// It arrived.
    Arrived,
    /// It is given up.
    GiveUp,
}
