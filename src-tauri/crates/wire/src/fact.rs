//! Facts: what happened, for ever. Every kind has a struct here; its payload is UTF-8 JSON exactly as written, with
//! integers only. `docs/ledger-format.md` describes the bytes for people who write a verifier.

mod account;
pub mod header;
mod invoice;
mod mail;
mod shift;

pub use account::{AccountPaid, DebtWrittenOff};
pub use invoice::{InvoiceGiven, InvoiceIssued, InvoicePaper};
pub use mail::{ReceiptMailed, ReportMailed, StatementMailed};
pub use shift::{
    CashMoved, DrawerChosen, OpenSaleLeft, ShiftClosed, ShiftCounted, ShiftOpened, ShiftRead, ShiftReprinted,
};
use shift::{is_only_drawer, only_drawer};

use crate::record::{Entity, FieldValue, RecordChanged};
use domain::code::label::Imprint;
use domain::currency::Currency;
use domain::device::NoSaleReason;
use domain::discount::{Discount, DiscountBy, DiscountReason, Discounted};
use domain::ids::{
    CustomerId, IncarnationId, OperatorId, OrganisationId, PaymentId, PriceListId, ProductId, SaleId,
    StoreId, TerminalId,
};
use domain::price::Price;
use domain::pricing::InCode;
use domain::quantity::{Quantity, Unit};
use domain::sale::line::{Direction, Line, Linked};
use domain::sale::repay::{PaidWith, Repaid};
use domain::sale::returned::ReturnOf;
use domain::sale::taxed::{ExemptReason, Exempted};
use domain::sale::{CancelReason, SaleError, TrailAct};
use domain::stock::CountReason;
use domain::tax::{TaxLine, TaxPolicy, TaxRate, Totals};
use domain::tender::correction::CorrectionReason;
use domain::tender::{PaymentResult, Tender, TenderDirection, TenderKind};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A log began.
    LedgerOpened(LedgerOpened),
    /// A sale was settled.
    SaleCompleted(Box<SaleCompletedFact>),
    /// An open sale was given up.
    SaleCancelled(SaleCancelledFact),
    /// A payment went to the card reader.
    PaymentBegun(PaymentBegun),
    /// Somebody said what became of a payment.
    PaymentEnded(PaymentEnded),
    /// A tender of a completed sale was said to have been another.
    PaymentCorrected(PaymentCorrected),
    /// A record changed.
    RecordChanged(RecordChanged),
    /// Many records changed at once, as a change-set says.
    RecordImported(RecordImported),
    /// Records were made into a file.
    RecordExported(RecordExported),
    /// An operator signed on.
    SignedIn(SignedIn),
    /// An operator signed off.
    SignedOut(SignedOut),
    /// A receipt was printed again.
    ReceiptReprinted(ReceiptReprinted),
    /// A receipt was put into the outbox as a letter.
    ReceiptMailed(ReceiptMailed),
    /// A report was put into the outbox.
    ReportMailed(ReportMailed),
    /// A statement of a customer's account was put into the outbox.
    StatementMailed(StatementMailed),
    /// Somebody said that a receipt of which nobody knew had come out.
    ReceiptConfirmed(ReceiptConfirmed),
    /// Somebody gave up a receipt that waited for its printer.
    ReceiptGivenUp(ReceiptGivenUp),
    /// The drawer was opened without a sale.
    DrawerOpened(DrawerOpened),
    /// An operator took a drawer of the till.
    DrawerChosen(DrawerChosen),
    /// Somebody asked for a backup.
    BackupAsked(BackupAsked),
    /// Entries of the audit were made into a file.
    AuditExported(AuditExported),
    /// The key that signs this log's heads from here on.
    KeyIntroduced(KeyIntroduced),
    /// The wall clock was set, or went another way than time does.
    ClockJumped(ClockJumped),
    /// Calls were refused.
    CallRefused(CallRefused),
    /// Something broke while a call was answered.
    FaultRecorded(FaultRecorded),
    /// A file was made for whoever helps.
    BundleMade(BundleMade),
    /// Personal values of a record were erased.
    RecordErased(RecordErased),
    /// Somebody said how much of a product was found on the shelf.
    StockCounted(StockCounted),
    /// Two products were found to be one.
    ProductMerged(ProductMerged),
    /// The float of a drawer was stated.
    ShiftOpened(ShiftOpened),
    /// Cash came into a drawer or left it without a sale.
    CashMoved(CashMoved),
    /// A drawer was counted.
    ShiftCounted(ShiftCounted),
    /// A shift was closed: its Z.
    ShiftClosed(Box<ShiftClosed>),
    /// A report was read within a shift: an X.
    ShiftRead(Box<ShiftRead>),
    /// A paper of a drawer was printed again.
    ShiftReprinted(ShiftReprinted),
    /// An invoice was written for a completed sale.
    InvoiceIssued(Box<InvoiceIssued>),
    /// An invoice was printed or made into a file.
    InvoiceGiven(InvoiceGiven),
    /// A customer paid of what they owe.
    AccountPaid(AccountPaid),
    /// A customer was let off what they owe.
    DebtWrittenOff(DebtWrittenOff),
    /// A kind this version does not know: kept and passed on as it is.
    Unknown {
        /// Its kind.
        kind: String,
        /// Its version.
        version: u16,
    },
}

/// Why a payload could not be read although its kind is known.
#[derive(Debug, thiserror::Error)]
// Where, and not what: the text of `source` may quote the payload, and this one stands in the log.
#[error("the payload of a {kind} fact cannot be read at line {}, column {}", source.line(), source.column())]
pub struct PayloadError {
    kind: String,
    source: serde_json::Error,
}

macro_rules! kinds {
    ($($variant:ident($body:ty) = $kind:literal, $version:literal;)+) => {
        impl Fact {
            /// The kind as it stands in the envelope, and its version.
            pub fn kind(&self) -> (&str, u16) {
                match self {
                    $(Self::$variant(_) => ($kind, $version),)+
                    Self::Unknown { kind, version } => (kind, *version),
                }
            }

            /// The payload as it is stored: UTF-8 JSON, with the call it came from as its last field. `None` for a kind
            /// this version does not know.
            pub fn payload(&self, origin: Option<&Origin>) -> Option<Vec<u8>> {
                match self {
                    $(Self::$variant(body) => Some(json(body, origin)),)+
                    Self::Unknown { .. } => None,
                }
            }

            /// Reads a stored payload.
            ///
            /// # Errors
            /// `PayloadError` when a known kind and version does not have its form.
            pub fn parse(kind: &str, version: u16, payload: &[u8]) -> Result<Self, PayloadError> {
                match (kind, version) {
                    $(($kind, $version) => serde_json::from_slice(payload)
                        .map(Self::$variant)
                        .map_err(|source| PayloadError { kind: kind.to_owned(), source }),)+
                    _ => Ok(Self::Unknown { kind: kind.to_owned(), version }),
                }
            }
        }

        /// The kinds this version writes.
        pub const KINDS: &[(&str, u16)] = &[$(($kind, $version)),+];
    };
}

kinds! {
    LedgerOpened(LedgerOpened) = "ledger.opened", 1;
    SaleCompleted(Box<SaleCompletedFact>) = "sale.completed", 1;
    SaleCancelled(SaleCancelledFact) = "sale.cancelled", 1;
    PaymentBegun(PaymentBegun) = "payment.begun", 1;
    PaymentEnded(PaymentEnded) = "payment.ended", 1;
    PaymentCorrected(PaymentCorrected) = "payment.corrected", 1;
    RecordChanged(RecordChanged) = "record.changed", 1;
    RecordImported(RecordImported) = "record.imported", 1;
    RecordExported(RecordExported) = "record.exported", 1;
    SignedIn(SignedIn) = "session.signed_in", 1;
    SignedOut(SignedOut) = "session.signed_out", 1;
    ReceiptReprinted(ReceiptReprinted) = "receipt.reprinted", 1;
    ReceiptMailed(ReceiptMailed) = "receipt.mailed", 1;
    ReportMailed(ReportMailed) = "report.mailed", 1;
    StatementMailed(StatementMailed) = "statement.mailed", 1;
    ReceiptConfirmed(ReceiptConfirmed) = "receipt.confirmed", 1;
    ReceiptGivenUp(ReceiptGivenUp) = "receipt.given_up", 1;
    DrawerOpened(DrawerOpened) = "drawer.opened", 1;
    DrawerChosen(DrawerChosen) = "drawer.chosen", 1;
    BackupAsked(BackupAsked) = "backup.asked", 1;
    AuditExported(AuditExported) = "audit.exported", 1;
    KeyIntroduced(KeyIntroduced) = "key.introduced", 1;
    ClockJumped(ClockJumped) = "clock.jumped", 1;
    CallRefused(CallRefused) = "call.refused", 1;
    FaultRecorded(FaultRecorded) = "fault.recorded", 1;
    BundleMade(BundleMade) = "bundle.made", 1;
    RecordErased(RecordErased) = "record.erased", 1;
    StockCounted(StockCounted) = "stock.counted", 1;
    ProductMerged(ProductMerged) = "product.merged", 1;
    ShiftOpened(ShiftOpened) = "shift.opened", 1;
    CashMoved(CashMoved) = "cash.moved", 1;
    ShiftCounted(ShiftCounted) = "shift.counted", 1;
    ShiftClosed(Box<ShiftClosed>) = "shift.closed", 1;
    ShiftRead(Box<ShiftRead>) = "shift.read", 1;
    ShiftReprinted(ShiftReprinted) = "shift.reprinted", 1;
    InvoiceIssued(Box<InvoiceIssued>) = "invoice.issued", 1;
    InvoiceGiven(InvoiceGiven) = "invoice.given", 1;
    AccountPaid(AccountPaid) = "account.paid", 1;
    DebtWrittenOff(DebtWrittenOff) = "account.written_off", 1;
}

/// The call a fact came from: what the envelope does not say of who did it, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `noun.verb` of the list of operations.
    pub operation: String,
    /// Through which door: `window`, `http`, `script`.
    pub door: String,
    /// The screen it was asked for on, as the client named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// Who consented, where the one who called may not do it alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<OperatorId>,
}

impl Origin {
    /// The call a stored payload came from; `None` when it came from none, or is no JSON object.
    pub fn of(payload: &[u8]) -> Option<Self> {
        Self::at_the_end(payload).or_else(|| Self::anywhere(payload))
    }

    /// As it is written: the last field. What stands before it is not looked at.
    fn at_the_end(payload: &[u8]) -> Option<Self> {
        // Within a string the quotes would be escaped, so this is a field; one bracket behind its value closes the payload,
        // so it is a field of the payload itself.
        const FIELD: &[u8] = b"\"origin\":";
        let value = payload.strip_suffix(b"}")?;
        let at = value.windows(FIELD.len()).rposition(|bytes| bytes == FIELD)?;
        serde_json::from_slice(&value[at + FIELD.len()..]).ok()
    }

    fn anywhere(payload: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Body {
            origin: Option<Origin>,
        }
        serde_json::from_slice::<Body>(payload).ok()?.origin
    }
}

/// Bytes few payloads exceed: a sale of ten lines. Memory for them is asked for once.
const PAYLOAD_BYTES_USUAL: usize = 2_048;

/// The JSON of a payload, with its origin as the last field.
fn json(body: &impl Serialize, origin: Option<&Origin>) -> Vec<u8> {
    let mut json = Vec::with_capacity(PAYLOAD_BYTES_USUAL);
    serde_json::to_writer(&mut json, body).expect("facts are made of strings, integers and lists");
    if let Some(origin) = origin {
        json.pop();
        json.extend_from_slice(if json.len() > 1 { b",\"origin\":" } else { b"\"origin\":" });
        serde_json::to_writer(&mut json, origin).expect("an origin is made of strings");
        json.push(b'}');
    }
    json
}

/// Why a log began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenReason {
    /// The terminal is new.
    New,
    /// The data was put back from a backup.
    Restored,
    /// The data is older than the guard remembers: somebody put back an old copy, or the disk lost its latest writes.
    RolledBack,
    /// The data was copied: another path, machine or file than the guard remembers.
    Copied,
    /// There was no guard for this data, or none that can be read.
    GuardLost,
    /// The guard remembers another fact at a place of the log.
    Forked,
    /// The log was found damaged.
    Damaged,
    /// The terminal's machine was replaced by this one.
    Replaced,
    /// To train on: nothing in it counts.
    Training,
}

/// What is known of the log before this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousLife {
    /// Which.
    pub incarnation: IncarnationId,
    /// The last place known to be whole.
    pub seq: u64,
    /// The hash of the fact there, hexadecimal.
    pub hash: String,
    /// What the guard remembered, if it was further: its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard_seq: Option<u64>,
}

/// What all sales of a terminal's lives came to when a log began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrandTotal {
    /// The currency of `total`.
    pub currency: Currency,
    /// Completed sales.
    pub sales: u64,
    /// Their totals in minor units, returns counted negative.
    pub total: i64,
}

/// The first fact of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerOpened {
    /// Whose log it is.
    pub organisation: OrganisationId,
    /// Where the terminal stands.
    pub store: StoreId,
    /// Which terminal.
    pub terminal: TerminalId,
    /// Which life of it.
    pub incarnation: IncarnationId,
    /// What stands before the numbers of its receipts.
    pub series: String,
    /// Why the log began.
    pub reason: OpenReason,
    /// The log before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousLife>,
    /// What the logs before it came to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grand_totals: Vec<GrandTotal>,
}

/// A settled sale: everything its receipt says, and how it came to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCompletedFact {
    /// Which sale.
    pub sale: SaleId,
    /// The gapless number within the series.
    pub number: u64,
    /// The number as printed.
    pub receipt_number: String,
    /// The day it counts for.
    pub business_day: BusinessDay,
    /// When the sale opened.
    pub opened_at: Timestamp,
    /// The version of the shop's settings that the receipt is printed by.
    pub shop_version: u64,
    /// The currency of every amount.
    pub currency: Currency,
    /// How tax was computed.
    pub tax_policy: TaxPolicy,
    /// Lines that count, by number.
    pub lines: Vec<SoldLine>,
    /// The discount on all of it; each line has its `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<SoldDiscount>,
    /// By rate.
    pub taxes: Vec<SoldTax>,
    /// What was paid, or given back when negative: minor units.
    pub total: i64,
    /// The completed sale that this one reverses as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<SaleId>,
    /// Whom it was for; who that is stands with the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Which drawer's shift it counts for; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// How it was settled.
    pub tenders: Vec<SoldTender>,
    /// What cash was rounded by, signed: the tenders without their tips come to `total` and this.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cash_rounding: i64,
    /// What it gives back of what completed sales were paid with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repaid: Vec<Repaid>,
    /// What its customer has of store credit after it, in minor units; absent where none of it went by that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_left: Option<i64>,
    /// What its customer owes after it, in minor units; absent where none of it went by their account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<i64>,
    /// Whether the goods were taken away; the rates of the lines are those.
    #[serde(default, skip_serializing_if = "is_false")]
    pub takeaway: bool,
    /// Why it bore no tax; the rates of the lines are zero then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<ExemptReason>,
    /// What was noted on it and on its lines: commitments, as notes may be about people.
    #[serde(default, skip_serializing_if = "Notes::is_empty")]
    pub notes: Notes,
    /// What the lines do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<TrailEntry>,
}

/// What was noted on a settled sale: under `sale` the note on all of it, under `line.3` that on its third line. The words
/// stand beside the fact.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notes(pub BTreeMap<String, FieldValue>);

impl Notes {
    /// The field of the note on the whole sale.
    pub const SALE: &'static str = "sale";

    /// The field of the note on a line.
    pub fn of_line(number: u32) -> String {
        format!("line.{number}")
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A line of a settled sale. Money is in minor units of the sale's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldLine {
    /// Its place in the sale.
    pub line: u32,
    /// Sold or taken back.
    pub direction: Direction,
    /// The product; absent for an open item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<ProductId>,
    /// The code that was scanned or typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What it was called.
    pub name: String,
    /// Thousandths of the unit.
    pub quantity: Quantity,
    /// What the quantity counts.
    pub unit: Unit,
    /// Per unit, in millionths of the major unit.
    pub price: Price,
    /// The listed price, when another was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price: Option<Price>,
    /// Price × quantity less what was taken off, without sign.
    pub amount: i64,
    /// Parts per million.
    pub tax_rate: TaxRate,
    /// The tax rounded on this line, without sign.
    pub tax: i64,
    /// Lot, dates and serial number, as far as the code said them.
    #[serde(default, skip_serializing_if = "Imprint::is_empty")]
    pub imprint: Imprint,
    /// How much of the product one of the quantity was, when a pack was sold: thousandths of its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<Quantity>,
    /// The price list the price stood in; absent for the ordinary price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<PriceListId>,
    /// What the code itself said: its price or its weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_code: Option<InCode>,
    /// The line this one went with: a deposit with its bottle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Linked>,
    /// The discount on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<SoldDiscount>,
    /// Its part of the sale's discount: minor units, without sign.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub share: i64,
    /// The tax it did not bear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<Exempted>,
    /// Who sold it; absent for whoever completed the sale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<OperatorId>,
    /// The line of a completed sale it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<ReturnOf>,
}

/// Whether something is not so: then it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this form")]
const fn is_false(is: &bool) -> bool {
    !*is
}

/// Whether a sum is nothing: then it is not written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_nothing(minor: &i64) -> bool {
    *minor == 0
}

/// A discount that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldDiscount {
    /// How much less.
    #[serde(flatten)]
    pub by: DiscountBy,
    /// Why.
    pub reason: DiscountReason,
    /// What it came to: minor units, without sign.
    pub amount: i64,
}

/// The tax of one rate, signed, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldTax {
    /// Parts per million.
    pub rate: TaxRate,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
}

fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// A tender of a settled sale, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldTender {
    /// The kind.
    pub kind: TenderKind,
    /// Taken or given.
    pub direction: TenderDirection,
    /// What was handed over.
    pub tendered: i64,
    /// What came back.
    pub change: i64,
    /// What of it is a tip: no part of the sale, and in the drawer or on the card with it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tip: i64,
    /// The voucher's number, or what the card reader gave as a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The payment behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
}

/// One entry of a sale's trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub operator: OperatorId,
    /// What.
    #[serde(flatten)]
    pub act: TrailAct,
}

/// An open sale that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleCancelledFact {
    /// Which.
    pub sale: SaleId,
    /// Which drawer's shift it counts for; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// When it had opened.
    pub opened_at: Timestamp,
    /// What it came to, in minor units.
    pub total: i64,
    /// Why; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<CancelReason>,
    /// The currency of `total`.
    pub currency: Currency,
    /// Lines that counted.
    pub lines: Vec<SoldLine>,
    /// What the lines do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<TrailEntry>,
    /// The day it counts for; absent in facts of versions that did not say it: then the day of the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_day: Option<BusinessDay>,
}

/// A payment went to a card reader, or is about to. What became of it, its end says; while there is none, nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentBegun {
    /// Which payment.
    pub payment: PaymentId,
    /// For which sale.
    pub sale: SaleId,
    /// The kind of its tender.
    pub kind: TenderKind,
    /// From the customer, or to them.
    pub direction: TenderDirection,
    /// How much, in minor units.
    pub amount: i64,
    /// The currency of `amount`.
    pub currency: Currency,
}

/// Somebody said what became of a payment. `unknown` may be followed by another end, once somebody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentEnded {
    /// Which payment.
    pub payment: PaymentId,
    /// For which sale.
    pub sale: SaleId,
    /// What became of it.
    pub result: PaymentResult,
    /// From the customer, or to them.
    pub direction: TenderDirection,
    /// How much, in minor units.
    pub amount: i64,
    /// The currency of `amount`.
    pub currency: Currency,
    /// What the card reader gave as a proof; never the number of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// A tender of a completed sale was of another kind than was keyed. The shift in which this is said takes it, as the one of
/// the sale may be closed, and its figures stand for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentCorrected {
    /// What tells this correction from others.
    pub correction: Uuid,
    /// Which drawer's shift takes it; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// The completed sale.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// The tender's place in it, from 1.
    pub tender: u32,
    /// What it was taken to be.
    pub from: TenderKind,
    /// What it was.
    pub to: TenderKind,
    /// From the customer, or to them.
    pub direction: TenderDirection,
    /// What was handed over less what came back, in minor units.
    pub amount: i64,
    /// The currency of `amount`.
    pub currency: Currency,
    /// The day it counts for.
    pub business_day: BusinessDay,
    /// Why.
    pub reason: CorrectionReason,
    /// The voucher's number, or what the card reader gave as a proof.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

impl PaymentCorrected {
    /// What the drawer holds more by it, signed, in minor units.
    pub fn cash(&self) -> i64 {
        let towards = |kind: TenderKind| i64::from(kind == TenderKind::Cash);
        let more = self.amount * (towards(self.to) - towards(self.from));
        match self.direction {
            TenderDirection::Taken => more,
            TenderDirection::Given => -more,
        }
    }
}

/// An operator signed on; who it was is the actor of the fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Through which door: `window`, `http`, `script`.
    pub door: String,
}

/// An operator signed off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOut {
    /// Through which door.
    pub door: String,
}

/// A receipt was printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptReprinted {
    /// Whose receipt.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// 1 for the first duplicate.
    pub copy: u32,
    /// The day it counts for; absent in facts of versions that did not say it: then the day of the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_day: Option<BusinessDay>,
}

/// Somebody looked and said that a receipt of which nobody knew had come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptConfirmed {
    /// Whose receipt.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
}

/// Somebody gave up a receipt that waited for its printer: nothing of it came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptGivenUp {
    /// Whose receipt.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// 0 for the first print.
    pub copy: u32,
}

/// The drawer was opened without a sale. Whether it sprang open is a matter of the print queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerOpened {
    /// What tells this opening from others.
    pub opening: Uuid,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// Why.
    pub reason: NoSaleReason,
    /// The day it counts for; absent in facts of versions that did not say it: then the day of the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business_day: Option<BusinessDay>,
}

/// Somebody asked for a backup; the copy tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupAsked {}

/// Entries of the audit were made into a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditExported {
    /// The file's SHA-256, hexadecimal.
    pub sha256: String,
    /// Entries in it.
    pub entries: u32,
}

/// The key that signs the heads of a log from here on. The next signed head proves that whoever wrote this has the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyIntroduced {
    /// The Ed25519 public key (RFC 8032), hexadecimal.
    pub public_key: String,
    /// Where its secret is kept: `key_store` (the operating system's) or `file`.
    pub kept_in: String,
}

/// The wall clock was set, or went another way than time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    /// What the clock should have shown, milliseconds since 1970; after a restart, the last moment of the log.
    pub expected: Timestamp,
    /// What it showed.
    pub shown: Timestamp,
    /// Whether the till ran meanwhile; if not, only a clock that went back is noticed.
    pub running: bool,
}

/// Calls that were refused: how often within a minute. Who called is the actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRefused {
    /// What was asked for.
    pub operation: String,
    /// The code of the last refusal.
    pub code: String,
    /// How often since `since`.
    pub count: u32,
    /// When the first of them was refused.
    pub since: Timestamp,
}

/// Something broke while a call was answered. What exactly stands in the till's log under the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRecorded {
    /// The number the cashier can read out.
    pub reference: String,
    /// The error code.
    pub code: String,
    /// What was asked for; absent for what the till does by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// When it broke. The fact is written once the ledger can be written.
    pub at: Timestamp,
}

/// A file was made for whoever helps: the log and how the till is, without secrets, names or what was sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleMade {
    /// The SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
}

/// Personal values of a record were erased, in every fact that committed to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordErased {
    /// What kind of record.
    pub entity: Entity,
    /// Which.
    pub id: Uuid,
    /// The fields.
    pub fields: Vec<String>,
}

/// Many records changed at once: what a file held that was imported, or the undo of that. What became of each record
/// stands in a change-set, a file that is named by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordImported {
    /// Which import.
    pub import: Uuid,
    /// What kind of records, for the most part: those that the set makes on the way stand in it too.
    pub entity: Entity,
    /// The SHA-256 of the change-set, hexadecimal; its name.
    pub set: String,
    /// Its length.
    pub bytes: u64,
    /// Rows in it.
    pub rows: u64,
    /// Records it makes.
    pub created: u64,
    /// Records it changes.
    pub updated: u64,
    /// Rows of the imported file, or of the undone set, that were left out.
    pub skipped: u64,
    /// What the imported file was called.
    pub file: String,
    /// The import that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<Uuid>,
}

/// Records were made into a file, and may have left the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordExported {
    /// What kind of records.
    pub entity: Entity,
    /// Of which one; absent where it is of many. An account has the id of its customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The file's SHA-256, hexadecimal.
    pub sha256: String,
    /// Records in it.
    pub records: u32,
}

/// How much of a product was found on the shelf. That is what the shop has of it from here on; what it should have had
/// follows from the facts before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockCounted {
    /// Of which product.
    pub product: ProductId,
    /// How much there was: thousandths of its unit.
    pub counted: Quantity,
    /// Why it was counted.
    pub reason: CountReason,
}

/// Two products were found to be one. What the shop has of the one that was merged, it has of the kept one; what moves of
/// it later, moves there. Codes and packs go by changes of the two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductMerged {
    /// The one that stays.
    pub kept: ProductId,
    /// The one that was entered twice.
    pub merged: ProductId,
}

impl SoldLine {
    /// The line as the fact of this operator keeps it: what they sold themselves needs no name.
    pub fn of(line: Line, operator: OperatorId) -> Self {
        Self {
            line: line.number,
            direction: line.direction,
            product: line.product,
            code: line.code,
            name: line.name,
            quantity: line.quantity,
            unit: line.unit,
            price: line.price,
            list_price: line.list_price,
            amount: line.amount.minor(),
            tax_rate: line.tax_rate,
            tax: line.tax.minor(),
            imprint: line.imprint,
            pack: line.pack,
            price_list: line.price_list,
            in_code: line.in_code,
            with: line.with,
            discount: line.discount.map(SoldDiscount::of),
            share: line.share,
            exempt: line.exempt,
            seller: line.seller.filter(|seller| *seller != operator),
            of: line.of,
        }
    }

    /// The line as the rules know it.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn line(&self, currency: Currency) -> Result<Line, SaleError> {
        Ok(Line {
            number: self.line,
            direction: self.direction,
            product: self.product,
            code: self.code.clone(),
            name: self.name.clone(),
            quantity: self.quantity,
            unit: self.unit,
            price: self.price,
            list_price: self.list_price,
            amount: domain::money::Money::new(self.amount, currency)?,
            tax_rate: self.tax_rate,
            tax: domain::money::Money::new(self.tax, currency)?,
            imprint: self.imprint.clone(),
            pack: self.pack,
            price_list: self.price_list,
            in_code: self.in_code,
            age_min: None,
            with: self.with,
            discount: self.discount.map(|discount| discount.discounted(currency)).transpose()?,
            share: self.share,
            of: self.of.clone(),
            places: None,
            exempt: self.exempt,
            seller: self.seller,
            note: None,
            voided: false,
            revision: 0,
        })
    }
}

impl SoldDiscount {
    /// The discount as the fact keeps it.
    pub fn of(discounted: Discounted) -> Self {
        let Discounted { discount, amount } = discounted;
        Self { by: discount.by, reason: discount.reason, amount: amount.minor() }
    }

    /// The discount as the rules know it. How far whoever gave it might go is not kept: it was checked.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn discounted(&self, currency: Currency) -> Result<Discounted, SaleError> {
        Ok(Discounted {
            discount: Discount { by: self.by, reason: self.reason, limit: None },
            amount: domain::money::Money::new(self.amount, currency)?,
        })
    }
}

impl SoldTax {
    /// The row as the fact keeps it.
    pub fn of(tax: &TaxLine) -> Self {
        Self { rate: tax.rate, net: tax.net.minor(), tax: tax.tax.minor() }
    }
}

impl SoldTender {
    /// The tender as the fact keeps it.
    pub fn of(tender: &Tender) -> Self {
        Self {
            kind: tender.kind,
            direction: tender.direction,
            tendered: tender.tendered.minor(),
            change: tender.change.minor(),
            tip: tender.tip.map_or(0, domain::money::Money::minor),
            reference: tender.reference.clone(),
            payment: tender.payment,
        }
    }
}

impl SaleCompletedFact {
    /// The totals as the receipt shows them: read from the fact, not computed anew.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn totals(&self) -> Result<Totals, SaleError> {
        let money = |minor| domain::money::Money::new(minor, self.currency);
        let mut totals =
            Totals { taxes: Vec::new(), net: money(0)?, tax: money(0)?, total: money(self.total)? };
        for row in &self.taxes {
            let (net, tax) = (money(row.net)?, money(row.tax)?);
            totals.net = totals.net.plus(net)?;
            totals.tax = totals.tax.plus(tax)?;
            totals.taxes.push(TaxLine { rate: row.rate, net, tax, gross: net.plus(tax)? });
        }
        Ok(totals)
    }

    /// What the customer gave beside its total, in minor units.
    pub fn tip(&self) -> i64 {
        self.tenders.iter().map(|tender| tender.tip).sum()
    }

    /// The discount on all of it, as the rules know it.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn discounted(&self) -> Result<Option<Discounted>, SaleError> {
        self.discount.map(|discount| discount.discounted(self.currency)).transpose()
    }

    /// The tenders as the rules know them.
    ///
    /// # Errors
    /// `AmountOutOfRange` when a stored amount is none.
    pub fn tenders(&self) -> Result<Vec<Tender>, SaleError> {
        let money = |minor| domain::money::Money::new(minor, self.currency);
        self.tenders
            .iter()
            .map(|tender| {
                Ok(Tender {
                    kind: tender.kind,
                    direction: tender.direction,
                    tendered: money(tender.tendered)?,
                    change: money(tender.change)?,
                    tip: if tender.tip == 0 { None } else { Some(money(tender.tip)?) },
                    reference: tender.reference.clone(),
                    payment: tender.payment,
                })
            })
            .collect()
    }

    /// How much each kind of tender paid of it, without tips and what cash was rounded by; nothing of what was given back.
    pub fn paid_with(&self) -> Vec<PaidWith> {
        let mut paid: Vec<PaidWith> = Vec::new();
        for tender in self.tenders.iter().filter(|tender| tender.direction == TenderDirection::Taken) {
            let amount = tender.tendered - tender.change - tender.tip;
            match paid.iter_mut().find(|paid| paid.kind == tender.kind) {
                Some(paid) => paid.amount += amount,
                None => paid.push(PaidWith { kind: tender.kind, amount }),
            }
        }
        if let Some(cash) = paid.iter_mut().find(|paid| paid.kind == TenderKind::Cash) {
            cash.amount -= self.cash_rounding;
        }
        paid
    }

    /// What it brought its customer's account of this kind, signed, in minor units: what is given goes there, what is taken
    /// comes from it. `None` where nothing went by it.
    pub fn account_change(&self, kind: TenderKind) -> Option<i64> {
        let moved = |tender: &SoldTender| match tender.direction {
            TenderDirection::Given => tender.tendered - tender.change,
            TenderDirection::Taken => tender.change - tender.tendered,
        };
        let of_kind = self.tenders.iter().filter(|tender| tender.kind == kind);
        of_kind.map(moved).fold(None, |sum, moved| Some(sum.unwrap_or(0) + moved))
    }

    /// What its customer owes more by it, signed, in minor units. `None` where nothing went by their account.
    pub fn owed_change(&self) -> Option<i64> {
        self.account_change(TenderKind::OnAccount).map(|brought| -brought)
    }

    /// What the drawer gained, signed, in minor units: change is cash, whatever it came back from.
    pub fn cash(&self) -> i64 {
        let gained = |tender: &SoldTender| {
            let handed = if tender.kind == TenderKind::Cash { tender.tendered } else { 0 };
            match tender.direction {
                TenderDirection::Taken => handed - tender.change,
                TenderDirection::Given => tender.change - handed,
            }
        };
        self.tenders.iter().map(gained).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_a_payload_came_from_is_its_field_origin_and_no_other() {
        let origin = Origin {
            operation: "sale.complete".to_owned(),
            door: "window".to_owned(),
            screen: Some("\"origin\":{".to_owned()),
            approver: None,
        };
        let body = serde_json::json!({ "name": "a \"origin\":\"b\"}", "nested": { "origin": { "operation": "x", "door": "y" } } });
        let written = json(&body, Some(&origin));
        assert_eq!(Origin::of(&written), Some(origin.clone()));
        assert_eq!(Origin::at_the_end(&written), Some(origin.clone()), "without looking at the rest");
        let inner = serde_json::to_string(&origin).unwrap();
        let cases = [
            (format!("{{\"origin\":{inner}}}"), true),
            (format!("{{ \"origin\" : {inner} }}\n"), true),
            (format!("{{\"origin\":{inner},\"behind\":1}}"), true),
            (format!("{{\"nested\":{{\"origin\":{inner}}}}}"), false),
            (format!("{{\"list\":[{{\"origin\":{inner}}}]}}"), false),
            ("{\"name\":\"\\\"origin\\\":{}\"}".to_owned(), false),
            ("{\"origin\":\"Brittany\"}".to_owned(), false),
            ("{\"origin\":null}".to_owned(), false),
            ("{}".to_owned(), false),
            (inner.clone(), false),
            ("[]".to_owned(), false),
            (String::new(), false),
        ];
        for (payload, has_origin) in cases {
            let expected = has_origin.then_some(&origin);
            assert_eq!(Origin::of(payload.as_bytes()).as_ref(), expected, "{payload}");
        }
    }
}
