//! Facts: what happened, for ever. Every kind has a struct here; its payload is UTF-8 JSON exactly as written, with
//! integers only. `docs/ledger-format.md` describes the bytes for people who write a verifier.

pub mod header;

use crate::record::{Entity, RecordChanged};
use domain::code::label::Imprint;
use domain::currency::Currency;
use domain::device::NoSaleReason;
use domain::ids::{
    IncarnationId, OperatorId, OrganisationId, PriceListId, ProductId, SaleId, StoreId, TerminalId,
};
use domain::price::Price;
use domain::pricing::InCode;
use domain::quantity::{Quantity, Unit};
use domain::sale::line::{Direction, Line, Linked};
use domain::sale::{SaleError, TrailAct};
use domain::stock::CountReason;
use domain::tax::{TaxLine, TaxPolicy, TaxRate, Totals};
use domain::tender::{Tender, TenderDirection, TenderKind};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
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
    /// Somebody said that a receipt of which nobody knew had come out.
    ReceiptConfirmed(ReceiptConfirmed),
    /// Somebody gave up a receipt that waited for its printer.
    ReceiptGivenUp(ReceiptGivenUp),
    /// The drawer was opened without a sale.
    DrawerOpened(DrawerOpened),
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
    RecordChanged(RecordChanged) = "record.changed", 1;
    RecordImported(RecordImported) = "record.imported", 1;
    RecordExported(RecordExported) = "record.exported", 1;
    SignedIn(SignedIn) = "session.signed_in", 1;
    SignedOut(SignedOut) = "session.signed_out", 1;
    ReceiptReprinted(ReceiptReprinted) = "receipt.reprinted", 1;
    ReceiptConfirmed(ReceiptConfirmed) = "receipt.confirmed", 1;
    ReceiptGivenUp(ReceiptGivenUp) = "receipt.given_up", 1;
    DrawerOpened(DrawerOpened) = "drawer.opened", 1;
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
    /// By rate.
    pub taxes: Vec<SoldTax>,
    /// What was paid, or given back when negative: minor units.
    pub total: i64,
    /// How it was settled.
    pub tenders: Vec<SoldTender>,
    /// What the lines do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<TrailEntry>,
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
    /// Without sign.
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

/// A tender of a settled sale, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldTender {
    /// The kind.
    pub kind: TenderKind,
    /// Taken or given.
    pub direction: TenderDirection,
    /// What was handed over.
    pub tendered: i64,
    /// What came back.
    pub change: i64,
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
    /// When it had opened.
    pub opened_at: Timestamp,
    /// What it came to, in minor units.
    pub total: i64,
    /// The currency of `total`.
    pub currency: Currency,
    /// Lines that counted.
    pub lines: Vec<SoldLine>,
    /// What the lines do not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<TrailEntry>,
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
    /// Why.
    pub reason: NoSaleReason,
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
    /// The line as the fact keeps it.
    pub fn of(line: Line) -> Self {
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
            voided: false,
            revision: 0,
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
                })
            })
            .collect()
    }

    /// What the drawer gained, signed, in minor units.
    pub fn cash(&self) -> i64 {
        self.tenders
            .iter()
            .filter(|tender| tender.kind == TenderKind::Cash)
            .map(|tender| match tender.direction {
                TenderDirection::Taken => tender.tendered - tender.change,
                TenderDirection::Given => tender.change - tender.tendered,
            })
            .sum()
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
