//! Selling: requests and the views that follow each change.

use domain::code::label::Imprint;
use domain::ids::{ProductId, SaleId, TaxCategoryId};
use domain::money::Money;
use domain::price::Price;
use domain::pricing::PriceStep;
use domain::quantity::{Quantity, Unit};
use domain::sale::Armed;
use domain::sale::line::Direction;
use domain::tax::{TaxRate, Totals};
use domain::tender::{Tender, TenderRequest};
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
        /// What it comes to.
        pub totals: Totals,
        /// Amounts the customer may hand over, rising, each above the total.
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
        /// What it comes to; negative for a return.
        pub amount: Money,
        /// Its tax rate.
        pub tax_rate: TaxRate,
        /// Lot, dates and serial number, as far as the code said them.
        pub imprint: Imprint,
        /// How much of the product one of the quantity is, when a pack is sold.
        pub pack: Option<Quantity>,
        /// The line this one goes with, and changes with: a deposit with its bottle.
        pub with: Option<u32>,
        /// Whether it was taken out.
        pub voided: bool,
    }

    /// Where this sign-on stands.
    pub struct CurrentSale {
        /// The open sale with its last lines (at most sixty; older ones by `sale.lines`), or `None`.
        pub sale: Option<SaleView>,
        /// The sale completed last at this sign-on, until the next one opens.
        pub completed: Option<SaleCompleted>,
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
        /// Lines that count.
        pub lines_active: u32,
        /// By rate and in sum.
        pub totals: Totals,
        /// How it was settled.
        pub tenders: Vec<Tender>,
        /// What comes back to the customer.
        pub change: Money,
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
