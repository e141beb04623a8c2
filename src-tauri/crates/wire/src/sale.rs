//! Selling: requests and the views that follow each change.

mod find;

pub use find::{FindSales, FoundSales, SaleHint};

use domain::code::label::Imprint;
use domain::discount::{DiscountBy, DiscountReason};
use domain::ids::{CustomerId, OperatorId, PaymentId};
use domain::ids::{ProductId, SaleId, TaxCategoryId};
use domain::money::Money;
use domain::price::Price;
use domain::pricing::PriceStep;
use domain::quantity::{Quantity, Unit};
use domain::sale::line::Direction;
use domain::sale::returned::ReturnReason;
use domain::sale::taxed::ExemptReason;
use domain::sale::undo::SaleAct;
use domain::sale::{Armed, CancelReason};
use domain::tax::{TaxRate, Totals};
use domain::tender::{PaymentState, Tender, TenderDirection, TenderKind, TenderRequest};
use domain::time::Timestamp;

shapes! {
    /// Rings up a code.
    pub struct Scan {
        /// As read by a scanner or typed.
        pub code: String,
    }

    /// Rings up a product.
    pub struct AddProduct {
        /// Which.
        pub product: ProductId,
        /// How much; `None` takes what is armed, or one.
        #[serde(default)]
        pub quantity: Option<Quantity>,
        /// Sold or taken back; `None` takes what is armed, or sold.
        #[serde(default)]
        pub direction: Option<Direction>,
        /// A price typed over the listed one.
        #[serde(default)]
        pub price: Option<Price>,
        /// The code it was picked for among several products: what it says of the piece stands on the line.
        #[serde(default)]
        pub code: Option<String>,
    }

    /// Rings up something that is not in the catalogue.
    pub struct AddOpenItem {
        /// What it is called on the receipt.
        pub name: String,
        /// Per unit.
        pub price: Price,
        /// How it is taxed.
        pub tax_category: TaxCategoryId,
        /// How much; `None` takes what is armed, or one.
        #[serde(default)]
        pub quantity: Option<Quantity>,
        /// Sold or taken back; `None` takes what is armed, or sold.
        #[serde(default)]
        pub direction: Option<Direction>,
    }

    /// Prepares the next line.
    pub struct ArmSale {
        /// What to prepare.
        pub armed: Armed,
    }

    /// Says whom the sale is for.
    pub struct SetCustomer {
        /// Who; `None` takes the customer off.
        pub customer: Option<CustomerId>,
    }

    /// Takes the last act on the open sale back.
    #[derive(Copy)]
    pub struct UndoSale {
        /// The open sale.
        pub sale: SaleId,
    }

    /// What was taken back.
    pub struct SaleUndone {
        /// What had been done.
        pub what: SaleAct,
        /// What the line it was about is called; `None` where it was about the whole sale.
        pub name: Option<String>,
        /// The sale as it is again, with the lines that changed.
        pub sale: SaleView,
    }

    /// Says whether the goods are taken away.
    #[derive(Copy)]
    pub struct TakeAway {
        /// Whether they are; otherwise they are eaten here.
        pub takeaway: bool,
    }

    /// Says that the sale bears no tax.
    #[derive(Copy)]
    pub struct ExemptTax {
        /// Why; `None` takes that back.
        pub reason: Option<ExemptReason>,
    }

    /// Says who sells.
    #[derive(Copy)]
    pub struct SetSeller {
        /// The line's number; `None` for what is rung up from now on.
        #[serde(default)]
        pub line: Option<u32>,
        /// Who; `None` for whoever completes the sale.
        pub seller: Option<OperatorId>,
    }

    /// Writes a note, in place of the one there is.
    pub struct SetNote {
        /// The open sale.
        pub sale: SaleId,
        /// The line's number; `None` for the whole sale.
        #[serde(default)]
        pub line: Option<u32>,
        /// What is noted, at most 200 characters; nothing takes the note away.
        pub note: String,
    }

    /// Changes how much of a line there is.
    pub struct SetQuantity {
        /// The open sale.
        pub sale: SaleId,
        /// The line's number.
        pub line: u32,
        /// How much.
        pub quantity: Quantity,
    }

    /// Types a price over a line's.
    pub struct OverridePrice {
        /// The open sale.
        pub sale: SaleId,
        /// The line's number.
        pub line: u32,
        /// Per unit.
        pub price: Price,
    }

    /// Gives a discount, in place of the one there is.
    pub struct GiveDiscount {
        /// The open sale.
        pub sale: SaleId,
        /// The line's number; `None` for the whole sale.
        #[serde(default)]
        pub line: Option<u32>,
        /// How much less; `None` takes the discount back.
        pub by: Option<DiscountBy>,
        /// Why.
        pub reason: DiscountReason,
    }

    /// A discount and what it comes to.
    #[derive(Copy)]
    pub struct DiscountView {
        /// How much less.
        pub by: DiscountBy,
        /// Why.
        pub reason: DiscountReason,
        /// What it takes off: negative, but for what comes back.
        pub amount: Money,
    }

    /// Asks for a receipt, to take goods back from it.
    pub struct FindReceipt {
        /// Its number, as printed or as read; digits alone are one of this till's own numbers.
        pub number: String,
    }

    /// A completed sale, and what can come back of it.
    pub struct ReturnableSale {
        /// Which.
        pub sale: SaleId,
        /// As printed.
        pub receipt_number: String,
        /// When it completed.
        pub completed_at: Timestamp,
        /// What was paid, or given back when negative.
        pub total: Money,
        /// Whether it can be reversed as a whole: nothing of it came back, and it took nothing back itself.
        pub reversible: bool,
        /// Its lines that were sold, by number.
        pub lines: Vec<ReturnableLine>,
    }

    /// A line of a completed sale, and what can come back of it.
    pub struct ReturnableLine {
        /// The line's number.
        pub line: u32,
        /// The product, or `None` for an open item.
        pub product: Option<ProductId>,
        /// What it is called.
        pub name: String,
        /// What the quantities count.
        pub unit: Unit,
        /// How much was sold.
        pub sold: Quantity,
        /// How much came back already.
        pub returned: Quantity,
        /// How much of it is in the open sale already.
        pub in_sale: Quantity,
        /// How much can still come back.
        pub left: Quantity,
        /// What that comes to.
        pub amount: Money,
    }

    /// Takes goods back from their receipt, into the open sale.
    pub struct TakeBackLines {
        /// The completed sale.
        pub from: SaleId,
        /// What comes back. A line that is in the open sale already is put in anew with this quantity.
        pub lines: Vec<TakeBackLine>,
        /// Whether the goods go back on the shelf.
        pub restock: bool,
        /// Why.
        pub reason: ReturnReason,
    }

    /// How much of a line comes back.
    #[derive(Copy)]
    pub struct TakeBackLine {
        /// The line's number in the completed sale.
        pub line: u32,
        /// How much; nothing takes it out of the open sale again.
        pub quantity: Quantity,
    }

    /// Reverses a completed sale as a whole, by a new one.
    pub struct ReverseSale {
        /// The completed sale.
        pub sale: SaleId,
        /// Why.
        pub reason: ReturnReason,
    }

    /// Puts the open sale aside.
    pub struct SuspendSale {
        /// The open sale; one that is put aside already only gets another name.
        pub sale: SaleId,
        /// What it is found by: a table, a number, a name.
        #[serde(default)]
        pub name: Option<String>,
    }

    /// Takes a sale up again that was put aside.
    pub struct ResumeSale {
        /// Which.
        pub sale: SaleId,
    }

    /// The sales that are put aside.
    pub struct SuspendedList {
        /// The one that waits longest first.
        pub sales: Vec<SuspendedView>,
    }

    /// A sale that is put aside.
    pub struct SuspendedView {
        /// Which.
        pub sale: SaleId,
        /// What it is found by.
        pub name: Option<String>,
        /// When it was put aside.
        pub suspended_at: Timestamp,
        /// How long it has waited, in whole minutes.
        pub minutes: i64,
        /// Who put it aside.
        pub operator_name: String,
        /// Pieces that count.
        pub pieces: i64,
        /// What it comes to.
        pub total: Money,
        /// What its first lines are called.
        pub first: Vec<String>,
    }

    /// Takes a line out.
    pub struct VoidLine {
        /// The open sale.
        pub sale: SaleId,
        /// The line's number.
        pub line: u32,
    }

    /// Says that the customer is old enough.
    pub struct ConfirmAge {
        /// The open sale.
        pub sale: SaleId,
        /// The age in years.
        pub age: u8,
    }

    /// Asks how the price of a line came to be.
    pub struct ExplainLine {
        /// The sale, open or completed.
        pub sale: SaleId,
        /// The line's number.
        pub line: u32,
    }

    /// How the price of a line came to be.
    pub struct LineExplained {
        /// The line.
        pub line: LineView,
        /// What the price list of the line is called today.
        pub price_list_name: Option<String>,
        /// Step by step.
        pub steps: Vec<PriceStep>,
        /// What it comes to, with everything taken off; negative for a return.
        pub comes_to: Money,
        /// Prices that were typed over it, the first first.
        pub overrides: Vec<PriceTyped>,
    }

    /// A price that was typed over a line's.
    pub struct PriceTyped {
        /// When.
        pub at: Timestamp,
        /// Who typed it.
        pub operator_name: String,
        /// Who allowed it, when the operator alone may not.
        pub approver_name: Option<String>,
        /// Before.
        pub from: Price,
        /// After.
        pub to: Price,
    }

    /// Gives up a sale.
    pub struct CancelSale {
        /// The open sale.
        pub sale: SaleId,
        /// Why, where somebody says.
        #[serde(default)]
        pub reason: Option<CancelReason>,
    }

    /// A sale that was given up.
    pub struct SaleCancelled {
        /// Which.
        pub sale: SaleId,
    }

    /// Settles a sale.
    pub struct CompleteSale {
        /// The open sale.
        pub sale: SaleId,
        /// What settles it, in order.
        pub tenders: Vec<TenderRequest>,
        /// The total on the screen when the key was pressed: a sale that grew meanwhile is not charged unseen.
        #[serde(default)]
        pub total: Option<Money>,
    }

    /// Names a sale.
    #[derive(Copy)]
    pub struct GetSale {
        /// Which.
        pub sale: SaleId,
    }

    /// An open sale after a change: the header and the lines that changed, however long the sale is.
    pub struct SaleView {
        /// Which.
        pub sale: SaleId,
        /// Goes up with every change.
        pub revision: u64,
        /// When it opened.
        pub opened_at: Timestamp,
        /// What the next line will take.
        pub armed: Armed,
        /// Whom it is for; `sale.customer` says who that is.
        pub customer: Option<CustomerId>,
        /// Whether the goods are taken away: what is taxed by that, is taxed so.
        pub takeaway: bool,
        /// Why it bears no tax, where it does not.
        pub exempt: Option<ExemptReason>,
        /// What is noted on all of it.
        pub note: Option<String>,
        /// The discount on all of it.
        pub discount: Option<DiscountView>,
        /// What it comes to.
        pub totals: Totals,
        /// What is still to be paid, with the tip, or to be given back when negative.
        pub balance: Money,
        /// The same, as it can be paid in cash.
        pub cash_due: Money,
        /// What was paid of it already.
        pub tenders: Vec<OpenTenderView>,
        /// How what is to be given back goes by itself: to what the goods were paid with, the rest in cash. Empty where
        /// nothing goes back, or no goods come back from a receipt.
        pub refund: Vec<RefundPart>,
        /// The payment whose answer is not known yet.
        pub payment: Option<PendingPayment>,
        /// The tip that comes with what is paid next; it is part of `balance` and `cash_due`.
        pub tip: Option<Money>,
        /// What is offered as a tip; empty where the shop takes none, or nothing is to be paid.
        pub tip_offers: Vec<TipOffer>,
        /// Amounts the customer may hand over, rising, each above what is due in cash.
        pub quick_cash: Vec<Money>,
        /// Lines that count.
        pub lines_active: u32,
        /// Pieces that count: what a customer would count in the bag. A line by weight or measure is one.
        pub pieces: i64,
        /// The lines that changed with this answer, by number. A line the screen does not know is new.
        pub changed_lines: Vec<LineView>,
        /// The line the change was about.
        pub selected: Option<u32>,
        /// The age somebody has to confirm before the sale can be settled.
        pub age_check: Option<u8>,
        /// Who sells what is rung up from now on, where that is not whoever is signed on.
        pub seller: Option<OperatorId>,
        /// What `sale.undo` takes back next; `None` when there is nothing.
        pub undo: Option<SaleAct>,
    }

    /// What is offered as a tip.
    #[derive(Copy)]
    pub struct TipOffer {
        /// The part of the total, in hundredths.
        pub percent: u8,
        /// What that comes to.
        pub amount: Money,
    }

    /// Says what the customer gives beside what is due, with what is paid next.
    pub struct SetTip {
        /// The open sale.
        pub sale: SaleId,
        /// How much; `None` takes it off.
        #[serde(default)]
        pub amount: Option<Money>,
    }

    /// A part of a refund, and what it goes back to.
    #[derive(Copy)]
    pub struct RefundPart {
        /// The kind of tender.
        pub kind: TenderKind,
        /// How much, without sign.
        pub amount: Money,
    }

    /// What was paid of a sale that is still open.
    pub struct OpenTenderView {
        /// What tells it from others of the sale.
        pub number: u32,
        /// The kind.
        pub kind: TenderKind,
        /// Which way it goes.
        pub direction: TenderDirection,
        /// How much, with the tip.
        pub amount: Money,
        /// What of it is a tip.
        pub tip: Option<Money>,
        /// The voucher's number, or what the card reader gave as a proof.
        pub reference: Option<String>,
    }

    /// A payment that somebody has to say the end of.
    pub struct PendingPayment {
        /// Which.
        pub payment: PaymentId,
        /// The kind of its tender.
        pub kind: TenderKind,
        /// From the customer, or to them.
        pub direction: TenderDirection,
        /// How much.
        pub amount: Money,
        /// What is known of it.
        pub state: PaymentState,
    }

    /// Takes a part of what is due, or all of it, and leaves the sale open.
    pub struct TakeTender {
        /// The open sale.
        pub sale: SaleId,
        /// What is taken.
        pub tender: TenderRequest,
    }

    /// Gives a tender of an open sale back.
    pub struct ReturnTender {
        /// The open sale.
        pub sale: SaleId,
        /// The tender's number.
        pub tender: u32,
    }

    /// A line of a sale.
    pub struct LineView {
        /// Its place; never used again in the sale.
        pub number: u32,
        /// Sold or taken back.
        pub direction: Direction,
        /// The product, or `None` for an open item.
        pub product: Option<ProductId>,
        /// What it is called.
        pub name: String,
        /// How much of it.
        pub quantity: Quantity,
        /// What the quantity counts.
        pub unit: Unit,
        /// Per unit.
        pub price: Price,
        /// The listed price, when `price` was typed over it.
        pub list_price: Option<Price>,
        /// What it comes to before a discount on the whole sale; negative for a return.
        pub amount: Money,
        /// The discount on it; taken from `amount` already.
        pub discount: Option<DiscountView>,
        /// Its tax rate.
        pub tax_rate: TaxRate,
        /// Lot, dates and serial number, as far as the code said them.
        pub imprint: Imprint,
        /// How much of the product one of the quantity is, when a pack is sold.
        pub pack: Option<Quantity>,
        /// The line this one goes with, and changes with: a deposit with its bottle.
        pub with: Option<u32>,
        /// The number of the receipt it takes goods back from.
        pub returns: Option<String>,
        /// The rate it would have, if the sale bore tax.
        pub exempt: Option<TaxRate>,
        /// What is noted on it.
        pub note: Option<String>,
        /// Who sells it, where that is not whoever completes the sale.
        pub seller: Option<OperatorId>,
        /// Whether it was taken out.
        pub voided: bool,
    }

    /// Where this sign-on stands.
    pub struct CurrentSale {
        /// The open sale with its last lines (at most sixty; older ones by `sale.lines`), or `None`.
        pub sale: Option<SaleView>,
        /// The sale completed last at this sign-on, until the next one opens.
        pub completed: Option<SaleCompleted>,
        /// How many sales are put aside.
        pub suspended: u32,
        /// The last code that was refused, until the next line.
        pub refused_scan: Option<RefusedScan>,
        /// Codes read by this till's scanners since it started: read = taken + refused.
        pub scans: ScanCount,
    }

    /// A code that was not rung up.
    pub struct RefusedScan {
        /// The code as read.
        pub code: String,
        /// Why, as a call would have been told.
        pub error: crate::error::ErrorBody,
        /// How many codes in a row were refused.
        pub count: u32,
    }

    /// Codes counted.
    #[derive(Copy, Default)]
    pub struct ScanCount {
        /// Codes read.
        pub read: u64,
        /// Codes rung up.
        pub taken: u64,
        /// Codes refused.
        pub refused: u64,
    }

    /// Asks for a page of lines.
    pub struct ListLines {
        /// The sale, open or completed.
        pub sale: SaleId,
        /// Only lines with a smaller number.
        #[serde(default)]
        pub before: Option<u32>,
    }

    /// A page of lines.
    pub struct LinePage {
        /// At most sixty, by number.
        pub lines: Vec<LineView>,
        /// Whether there are lines before them.
        pub more: bool,
    }

    /// A completed sale.
    pub struct SaleCompleted {
        /// Which.
        pub sale: SaleId,
        /// The gapless number.
        pub receipt_number: String,
        /// When it completed.
        pub completed_at: Timestamp,
        /// Whom it was for.
        pub customer: Option<CustomerId>,
        /// Lines that count.
        pub lines_active: u32,
        /// By rate and in sum.
        pub totals: Totals,
        /// How it was settled.
        pub tenders: Vec<Tender>,
        /// What cash was rounded by: what the shop gained, or lost when negative.
        pub cash_rounding: Money,
        /// What the customer gave beside the total; it is in the tenders.
        pub tip: Option<Money>,
        /// What comes back to the customer.
        pub change: Money,
        /// What the customer has of store credit after it, where it changed.
        pub credit_left: Option<Money>,
        /// What the customer owes after it, where it changed.
        pub owed: Option<Money>,
        /// Whether the drawer was told to open.
        pub opens_drawer: bool,
    }

    /// Asks for completed sales.
    pub struct ListSales {
        /// The `next` of the page before.
        #[serde(default)]
        pub after: Option<String>,
    }

    /// A page of completed sales.
    pub struct SaleList {
        /// At most sixty, the newest first.
        pub sales: Vec<SaleRow>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<String>,
    }

    /// A completed sale in a list.
    pub struct SaleRow {
        /// Which.
        pub sale: SaleId,
        /// The gapless number.
        pub receipt_number: String,
        /// When it completed.
        pub completed_at: Timestamp,
        /// What was paid, or given back when negative.
        pub total: Money,
    }
}
