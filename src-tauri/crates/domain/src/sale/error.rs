//! Why a sale did not do what was asked.

use crate::money::{Money, MoneyError};
use crate::people::NeedsApproval;
use crate::quantity::{Quantity, Unit};
use serde::Serialize;

/// Why a sale did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum SaleError {
    /// There is no such sale.
    #[error("there is no such sale")]
    Unknown {},
    /// The sale is completed and cannot change.
    #[error("the sale is already completed as {receipt_number}")]
    AlreadyCompleted {
        /// Its receipt number.
        receipt_number: String,
    },
    /// The sale was given up and cannot change.
    #[error("the sale was cancelled")]
    AlreadyCancelled {},
    /// There is nothing to pay for.
    #[error("the sale has no lines")]
    Empty {},
    /// A tender of a completed sale cannot be corrected so: it is that already, or something of it was given back.
    #[error("this tender cannot be corrected so")]
    CorrectionInvalid {},
    /// The sale has no line with this number, or it was voided.
    #[error("the sale has no line {line}")]
    LineUnknown {
        /// The number asked for.
        line: u32,
    },
    /// The sale cannot take another line.
    #[error("a sale holds {max} lines")]
    TooManyLines {
        /// Lines at most.
        max: u32,
    },
    /// A quantity of nothing, or a fraction of a piece.
    #[error("the quantity {quantity} cannot be sold by {unit:?}")]
    QuantityInvalid {
        /// What was asked for.
        quantity: Quantity,
        /// What it counts.
        unit: Unit,
    },
    /// The label says that nothing was on the scale, and nobody has typed how much it is.
    #[error("how much of {name} there is has to be typed")]
    QuantityMissing {
        /// The product's name.
        name: String,
    },
    /// An amount became too large to hold.
    #[error("the amount is too large")]
    AmountOutOfRange {},
    /// What was tendered does not cover the total.
    #[error("{tendered} does not cover {due}")]
    TenderInsufficient {
        /// What is to be paid.
        due: Money,
        /// What was given.
        tendered: Money,
        /// What is missing.
        missing: Money,
    },
    /// The tender is in another currency, or below zero.
    #[error("this tender cannot settle the sale")]
    TenderInvalid {},
    /// More than is due, of what gives no change.
    #[error("only {due} is due, and there is no change from this")]
    TenderExceeds {
        /// What is due.
        due: Money,
    },
    /// The shop does not take this.
    #[error("the shop does not take this tender")]
    TenderNotAccepted {},
    /// A tip of less than nothing, of more than the sale comes to, or where none is taken.
    #[error("a tip is at most {max}")]
    TipInvalid {
        /// The most it may be.
        max: Money,
    },
    /// What is of a customer's account needs the customer on the sale.
    #[error("the sale does not say whose account it is")]
    CustomerMissing {},
    /// The customer has less store credit than that.
    #[error("there is only {credit} of store credit")]
    CreditExceeded {
        /// What they are called; empty where nobody looked.
        name: String,
        /// What they have.
        credit: Money,
    },
    /// The customer may owe the shop nothing.
    #[error("the customer may not buy on account")]
    AccountMissing {
        /// What they are called; empty where nobody looked.
        name: String,
    },
    /// What the card reader said has to be known: a payment is begun and ended.
    #[error("this tender goes by a payment")]
    TenderNeedsPayment {},
    /// A reference is missing, too long, or the number of a card.
    #[error("a reference has 1 to {max} characters, and is no card number")]
    ReferenceInvalid {
        /// Characters at most.
        max: usize,
    },
    /// What became of a payment is not known yet.
    #[error("what became of the payment is to be said first")]
    PaymentPending {},
    /// The sale has no such payment waiting.
    #[error("the sale has no such payment waiting")]
    PaymentUnknown {},
    /// The sale has no such tender.
    #[error("the sale has no tender {number}")]
    TenderUnknown {
        /// The number asked for.
        number: u32,
    },
    /// What was paid already goes back first.
    #[error("{paid} was paid already and goes back first")]
    TendersTaken {
        /// What was paid.
        paid: Money,
    },
    /// The total is no longer what the cashier saw.
    #[error("the total changed from {seen} to {total}")]
    TotalChanged {
        /// On the screen when the key was pressed.
        seen: Money,
        /// Now.
        total: Money,
    },
    /// No product has this code.
    #[error("no product has the code {code}")]
    CodeUnknown {
        /// The code as read.
        code: String,
    },
    /// Several products have this code; the cashier picks.
    #[error("{count} products have the code {code}")]
    CodeAmbiguous {
        /// The code as read.
        code: String,
        /// How many products claim it.
        count: usize,
    },
    /// The code was read for a screen that did not take it.
    #[error("the screen that wanted the code {code} did not take it")]
    CodeNotTaken {
        /// The code as read.
        code: String,
    },
    /// What was read is no code: empty, too long, or with control characters.
    #[error("this is not a code")]
    CodeInvalid {},
    /// The product has no price today.
    #[error("{name} has no price")]
    PriceMissing {
        /// The product's name.
        name: String,
    },
    /// The product has no tax rate today.
    #[error("{name} has no tax rate")]
    TaxRateMissing {
        /// The product's name.
        name: String,
    },
    /// The product is archived.
    #[error("{name} is not sold any more")]
    ProductArchived {
        /// The product's name.
        name: String,
    },
    /// Nobody has said yet that the customer is old enough.
    #[error("the customer has to be {age}")]
    AgeCheck {
        /// The age in years.
        age: u8,
    },
    /// The line goes with another one and changes with it.
    #[error("line {line} goes with line {with}")]
    LineLinked {
        /// The line that was asked for.
        line: u32,
        /// The line it goes with.
        with: u32,
    },
    /// More would come back than was sold, less what came back already.
    #[error("of {name} no more than {left} can come back")]
    ReturnTooMuch {
        /// What the line is called.
        name: String,
        /// How much of it can still come back.
        left: Quantity,
    },
    /// The line takes goods back from their receipt: it is what was paid for them.
    #[error("line {line} takes back what receipt {receipt_number} says")]
    LineReturned {
        /// The line that was asked for.
        line: u32,
        /// The receipt it comes from.
        receipt_number: String,
    },
    /// Nothing was done to the sale that can be taken back.
    #[error("there is nothing to take back")]
    NothingToUndo {},
    /// A note is too long, or has signs in it that are no text.
    #[error("a note is a text of at most {max} characters")]
    NoteInvalid {
        /// Characters at most.
        max: usize,
    },
    /// Meanwhile more of a line came back elsewhere.
    #[error("more of {name} came back meanwhile")]
    ReturnChanged {
        /// What the line is called.
        name: String,
    },
    /// The sale was put aside: it is taken up again first.
    #[error("the sale was put aside")]
    Suspended {},
    /// Another sale is under way at this sign-on.
    #[error("another sale is under way")]
    UnderWay {},
    /// Too many sales were put aside.
    #[error("{max} sales are put aside already")]
    TooManySuspended {
        /// How many at most.
        max: usize,
    },
    /// The name of a sale that is put aside is too long.
    #[error("the name has at most {max} characters")]
    NameTooLong {
        /// Characters at most.
        max: usize,
    },
    /// The receipt was taxed in another way than the open sale.
    #[error("receipt {receipt_number} was taxed in another way than this sale")]
    ReturnAlone {
        /// The receipt's number.
        receipt_number: String,
    },
    /// The sale cannot be reversed as a whole.
    #[error("something of {receipt_number} came back already, or another sale is under way")]
    NotReversible {
        /// Its receipt number.
        receipt_number: String,
    },
    /// Nothing was sold on the receipt that could be given to somebody.
    #[error("{receipt_number} has no goods to give")]
    NothingToGive {
        /// Its receipt number.
        receipt_number: String,
    },
    /// There is no receipt with this number.
    #[error("there is no receipt {number}")]
    ReceiptUnknown {
        /// As it was typed or read.
        number: String,
    },
    /// What was scanned is a receipt of this till.
    #[error("this is the receipt {receipt_number}")]
    CodeOfReceipt {
        /// Its number.
        receipt_number: String,
    },
    /// A discount of nothing, or of more than everything.
    #[error("this is no discount")]
    DiscountInvalid {},
    /// Somebody with more rights has to allow it.
    #[error(transparent)]
    NeedsApproval(NeedsApproval),
}

impl From<MoneyError> for SaleError {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::OutOfRange => Self::AmountOutOfRange {},
            MoneyError::CurrencyMismatch(..) => Self::TenderInvalid {},
        }
    }
}

impl From<NeedsApproval> for SaleError {
    fn from(needed: NeedsApproval) -> Self {
        Self::NeedsApproval(needed)
    }
}
