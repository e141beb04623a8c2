//! Payments: what is asked of a card reader that stands by itself, and what it said.

use domain::ids::{PaymentId, SaleId};
use domain::money::Money;
use domain::tender::correction::CorrectionReason;
use domain::tender::{PaymentResult, TenderDirection, TenderKind};
use domain::time::Timestamp;

shapes! {
    /// Begins a payment: from here on it may be at the card reader.
    pub struct BeginPayment {
        /// The open sale.
        pub sale: SaleId,
        /// The kind of tender.
        pub kind: TenderKind,
        /// How much; `None` means what is due.
        #[serde(default)]
        pub amount: Option<Money>,
        /// The tender that is given back by it; `None` takes what is due.
        #[serde(default)]
        pub gives_back: Option<u32>,
        /// The total on the screen when the key was pressed.
        #[serde(default)]
        pub total: Option<Money>,
    }

    /// Says that a tender of a completed sale was of another kind than was keyed.
    pub struct CorrectPayment {
        /// The completed sale.
        pub sale: SaleId,
        /// The tender's place in it, from 1.
        pub tender: u32,
        /// What it was.
        pub kind: TenderKind,
        /// The voucher's number, or what the card reader gave as a proof.
        #[serde(default)]
        pub reference: Option<String>,
        /// Why it is corrected.
        pub reason: CorrectionReason,
    }

    /// What a completed sale was paid with, as it is known now.
    pub struct SaleTenders {
        /// Which.
        pub sale: SaleId,
        /// As printed.
        pub receipt_number: String,
        /// Its tenders, in the order they came.
        pub tenders: Vec<SettledTender>,
        /// What was corrected, the first first.
        pub corrections: Vec<CorrectionView>,
    }

    /// A tender of a completed sale.
    pub struct SettledTender {
        /// Its place in the sale, from 1.
        pub number: u32,
        /// What it was, with all corrections.
        pub kind: TenderKind,
        /// Which way it went.
        pub direction: TenderDirection,
        /// What was handed over less what came back, with the tip.
        pub amount: Money,
        /// The voucher's number, or what the card reader gave as a proof.
        pub reference: Option<String>,
        /// What it can be said to have been instead.
        pub can_be: Vec<TenderKind>,
    }

    /// A correction of a tender.
    pub struct CorrectionView {
        /// The tender's place in the sale, from 1.
        pub tender: u32,
        /// What it was taken to be.
        pub from: TenderKind,
        /// What it was.
        pub to: TenderKind,
        /// How much.
        pub amount: Money,
        /// Why.
        pub reason: CorrectionReason,
        /// When it was said.
        pub at: Timestamp,
        /// Who said it.
        pub operator_name: String,
    }

    /// Says what became of a payment.
    pub struct EndPayment {
        /// The open sale.
        pub sale: SaleId,
        /// Which payment.
        pub payment: PaymentId,
        /// What became of it.
        pub result: PaymentResult,
        /// What the card reader gave as a proof; never the number of a card.
        #[serde(default)]
        pub reference: Option<String>,
    }
}
