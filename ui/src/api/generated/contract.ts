// Made from src-tauri/crates/wire/src/operations.rs; do not edit.
// `UPDATE=1 cargo test -p scenarios contract` writes it anew.

/**
 * What the shop agreed with a customer. It stands beside the customer, as somebody else decides about it.
 */
export type Account = { 
/**
 * How much they may owe; without it they buy nothing on account.
 */
limit?: Money | null, };

/**
 * A payment of what somebody owed.
 */
export type AccountPayment = { 
/**
 * What tells it from others; its slip is printed again by that.
 */
payment: string, 
/**
 * The number as printed.
 */
slip_number: string, 
/**
 * Whose account.
 */
customer: CustomerId, 
/**
 * How it was paid.
 */
kind: TenderKind, 
/**
 * How much.
 */
paid: Money, 
/**
 * What is owed after it.
 */
owed: Money, };

/**
 * What moved a customer's account within some days, page by page.
 */
export type AccountStatement = { 
/**
 * Whose.
 */
customer: CustomerId, 
/**
 * The first day.
 */
from: BusinessDay, 
/**
 * The last day.
 */
to: BusinessDay, 
/**
 * Which of the two balances.
 */
of: StatementOf, 
/**
 * The balance when the first day began.
 */
opening: Money, 
/**
 * What it grew by.
 */
added: Money, 
/**
 * What it shrank by, without sign.
 */
taken_off: Money, 
/**
 * The balance when the last day ended: `opening` + `added` − `taken_off`.
 */
closing: Money, 
/**
 * At most fifty, by day.
 */
entries: Array<StatementEntry>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, };

/**
 * A customer's account as it stands.
 */
export type AccountView = { 
/**
 * Whose.
 */
customer: CustomerId, 
/**
 * The version to change from; 0 where nobody agreed anything yet.
 */
version: number, 
/**
 * What was agreed.
 */
account: Account, 
/**
 * What they owe the shop; below nothing where the shop owes them.
 */
owed: Money, 
/**
 * What they have of store credit.
 */
credit: Money, };

/**
 * Rings up something that is not in the catalogue.
 */
export type AddOpenItem = { 
/**
 * What it is called on the receipt.
 */
name: string, 
/**
 * Per unit.
 */
price: Price, 
/**
 * How it is taxed.
 */
tax_category: TaxCategoryId, 
/**
 * How much; `None` takes what is armed, or one.
 */
quantity: Quantity | null, 
/**
 * Sold or taken back; `None` takes what is armed, or sold.
 */
direction: Direction | null, };

/**
 * Rings up a product.
 */
export type AddProduct = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * How much; `None` takes what is armed, or one.
 */
quantity: Quantity | null, 
/**
 * Sold or taken back; `None` takes what is armed, or sold.
 */
direction: Direction | null, 
/**
 * A price typed over the listed one.
 */
price: Price | null, 
/**
 * The code it was picked for among several products: what it says of the piece stands on the line.
 */
code: string | null, };

/**
 * Where text stands between the start and the end of its line (left and right, mirrored in right-to-left documents).
 */
export type Align = "start" | "center" | "end";

/**
 * Another operator's consent.
 */
export type Approval = { 
/**
 * Who consents.
 */
operator: OperatorId, 
/**
 * Their PIN.
 */
pin: string, } | { 
/**
 * What a scanner or reader read off it.
 */
badge: string, };

/**
 * The archive of one month.
 */
export type ArchiveView = { 
/**
 * The month, written `YYYY-MM`.
 */
month: string, 
/**
 * Where the file is.
 */
path: string, 
/**
 * Bytes of the file.
 */
bytes: number, 
/**
 * How many facts it holds.
 */
facts: number, };

/**
 * Prepares the next line.
 */
export type ArmSale = { 
/**
 * What to prepare.
 */
armed: Armed, };

/**
 * What the keypad arms: used by the next line, then gone.
 */
export type Armed = { 
/**
 * How many of the next product (`6 ×`).
 */
quantity: Quantity | null, 
/**
 * Whether the next product comes back.
 */
return_next: boolean, };

/**
 * What a scanner puts around its codes.
 */
export type AroundCodes = { 
/**
 * Before them.
 */
prefix: string, 
/**
 * Behind them.
 */
suffix: string, };

/**
 * Asks for a page of a record's history.
 */
export type AskHistory = { 
/**
 * What kind of record.
 */
entity: Entity, 
/**
 * Which.
 */
id: string, 
/**
 * The `next` of the page before.
 */
before: number | null, };

/**
 * Asks for the day at a glance.
 */
export type AskOverview = { 
/**
 * Which; left out, today.
 */
day: BusinessDay | null, };

/**
 * Asks what moved a customer's account within some days.
 */
export type AskStatement = { 
/**
 * Whose.
 */
customer: CustomerId, 
/**
 * Which days.
 */
period: StatementPeriod, 
/**
 * The first day, where the days are picked.
 */
from: BusinessDay | null, 
/**
 * The last day, where the days are picked.
 */
to: BusinessDay | null, 
/**
 * Which of the two balances.
 */
of: StatementOf, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * A value that changed.
 */
export type AuditChange = { 
/**
 * Which.
 */
field: string, 
/**
 * Before; `None` where there was nothing, or where it is personal.
 */
before: string | null, 
/**
 * After; `None` where there is nothing, or where it was erased.
 */
after: string | null, };

/**
 * Something that was done.
 */
export type AuditEntry = { 
/**
 * Where it stands.
 */
place: AuditPlace, 
/**
 * When, by the till's clock.
 */
at: Timestamp, 
/**
 * Minutes east of UTC of the shop at that moment.
 */
zone_min: number, 
/**
 * Who; nil is the till itself.
 */
operator: OperatorId, 
/**
 * What they are called; empty when that was erased, and for the till.
 */
operator_name: string, 
/**
 * What: `noun.verb` of the operation, or the kind of a fact that came from none.
 */
operation: string, 
/**
 * Through which door.
 */
door: string | null, 
/**
 * On which screen.
 */
screen: string | null, 
/**
 * Who consented, where the operator may not do it alone.
 */
approver_name: string | null, 
/**
 * What it was about: a receipt's number, a product's name.
 */
subject: string | null, 
/**
 * What it came to.
 */
amount: Money | null, 
/**
 * What changed.
 */
changes: Array<AuditChange>, };

/**
 * A file with entries of the audit, held until it is fetched.
 */
export type AuditFile = { 
/**
 * Its address at the blob door.
 */
blob: string, 
/**
 * What to call it.
 */
file_name: string, 
/**
 * Where it was saved already, for the till's own window; `None` for those who fetch it.
 */
saved_at: string | null, 
/**
 * Entries in it.
 */
entries: number, };

/**
 * One page of the audit.
 */
export type AuditPage = { 
/**
 * The newest first.
 */
entries: Array<AuditEntry>, 
/**
 * Where the next page begins; `None` at the end. A page may be empty and have a next one: then nothing was
 * found in the stretch that was read.
 */
next: AuditPlace | null, 
/**
 * Everything that was ever done, to choose from.
 */
operations: Array<string>, };

/**
 * A place in the audit.
 */
export type AuditPlace = { 
/**
 * The fact.
 */
arrival: number, 
/**
 * 0 for the fact itself, then the entries of its trail.
 */
part: number, };

/**
 * What a checked backup holds.
 */
export type BackupContents = { 
/**
 * When it was made.
 */
made_at: Timestamp, 
/**
 * Why.
 */
reason: BackupReason, 
/**
 * When it was last read from the disk and found whole.
 */
checked_at: Timestamp, 
/**
 * The shop's name in it.
 */
shop_name: string, 
/**
 * The till's name in it.
 */
till_name: string, 
/**
 * How many facts of the log that counts it holds.
 */
facts: number, 
/**
 * Whether it is a true copy of a ledger that is itself damaged.
 */
of_damaged_ledger: boolean, };

/**
 * Why a backup was not made, or not copied.
 */
export type BackupFailed = { 
/**
 * The error's code; its text says what to do.
 */
code: ErrorCode, 
/**
 * What the log says about it is found by this.
 */
reference: string, 
/**
 * When.
 */
at: Timestamp, };

/**
 * The backups of this till, and what becomes of them.
 */
export type BackupList = { 
/**
 * The backups in the data directory, the newest first.
 */
backups: Array<BackupView>, 
/**
 * The archives of past months, the newest first.
 */
archives: Array<ArchiveView>, 
/**
 * How they are kept.
 */
plan: BackupPlan, 
/**
 * The folder they are in.
 */
folder: string, 
/**
 * How the folder for second copies is; `None` where none is set.
 */
second_place: SecondPlace | null, 
/**
 * What is under way.
 */
work: BackupWork, 
/**
 * Why the last attempt failed; `None` when it did not.
 */
failure: BackupFailed | null, };

/**
 * How a till's backups are kept.
 */
export type BackupPlan = { 
/**
 * A folder on another disk, a stick or the network, where each backup is copied too.
 */
second_place: string | null, 
/**
 * The newest backup of each of this many days is kept.
 */
keep_days: number, 
/**
 * The same of weeks, which begin on Monday.
 */
keep_weeks: number, 
/**
 * The same of months.
 */
keep_months: number, 
/**
 * Years for which the archives of the months are kept.
 */
keep_years: number, };

/**
 * Why a backup was made.
 */
export type BackupReason = "daily" | "asked" | "before_migration";

/**
 * One backup.
 */
export type BackupView = { 
/**
 * Where the file is: what to restore.
 */
path: string, 
/**
 * The file's name.
 */
name: string, 
/**
 * What it is and what is known of it; `None` for a file nobody has checked yet.
 */
contents: BackupContents | null, 
/**
 * Bytes of the file.
 */
bytes: number, 
/**
 * Whether the folder for second copies has it too.
 */
at_second_place: boolean, };

/**
 * What is under way.
 */
export type BackupWork = "nothing" | "making" | "restarting";

/**
 * Begins an import with a file that was uploaded as data.
 */
export type BeginImport = { 
/**
 * The hash of the file.
 */
blob: string, 
/**
 * What it is called, as whoever chose it sees it.
 */
file: string, 
/**
 * What is in it.
 */
kind: ImportKind, };

/**
 * Begins a payment: from here on it may be at the card reader.
 */
export type BeginPayment = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The kind of tender.
 */
kind: TenderKind, 
/**
 * How much; `None` means what is due.
 */
amount: Money | null, 
/**
 * The tender that is given back by it; `None` takes what is due.
 */
gives_back: number | null, 
/**
 * The total on the screen when the key was pressed.
 */
total: Money | null, };

/**
 * One part of a document.
 */
export type Block = { "block": "text", 
/**
 * What it says.
 */
text: string, 
/**
 * Where it stands.
 */
align: Align, 
/**
 * How it looks.
 */
style: Style, } | { "block": "row", 
/**
 * From the start of the line to its end.
 */
cells: Array<Cell>, 
/**
 * How all of it looks.
 */
style: Style, } | { "block": "rule" } | { "block": "space", 
/**
 * How many.
 */
lines: number, } | { "block": "image", 
/**
 * Its content hash (hexadecimal SHA-256).
 */
picture: string, 
/**
 * How much of the paper it takes.
 */
size: PictureSize, } | { "block": "barcode", 
/**
 * How it is drawn.
 */
symbology: Symbology, 
/**
 * What it says.
 */
data: string, } | { "block": "cut" };

/**
 * The day a sale counts for; not the date of the clock.
 */
export type BusinessDay = string;

/**
 * Whom an invoice is for, as it is written on it. Facts carry it detached, and it can be erased.
 */
export type Buyer = { 
/**
 * The name of the person or company. Empty once it was erased.
 */
name: string, 
/**
 * Where they are, line by line.
 */
address: string, 
/**
 * Their tax number; empty for who has none.
 */
tax_number: string, };

/**
 * Why a sale is given up. Facts carry no free words about customers.
 */
export type CancelReason = "customer_left" | "not_paid" | "mistake" | "trial" | "other";

/**
 * Gives up a sale.
 */
export type CancelSale = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * Why, where somebody says.
 */
reason: CancelReason | null, };

/**
 * Why cash came into the drawer, or left it, without a sale.
 */
export type CashMovement = "paid_in" | "paid_out" | "expense" | "drop";

/**
 * What cash was moved for. A list, and no text: a text would hold names, and facts hold none.
 */
export type CashReason = "change" | "owner" | "tips" | "wages" | "goods" | "supplies" | "postage" | "travel" | "repair" | "safe" | "bank" | "correction" | "other";

/**
 * How cash is rounded.
 */
export type CashRounding = { 
/**
 * The smallest coin in minor units: 5 for five cents.
 */
step: number, 
/**
 * Where an amount in the middle goes.
 */
tie: CashTie, };

/**
 * What notes and coins come to.
 */
export type CashSum = { 
/**
 * All of them.
 */
total: Money, 
/**
 * Each kind, in the order they were given.
 */
rows: Array<Money>, };

/**
 * Where an amount goes that lies in the middle between two that can be paid in cash.
 */
export type CashTie = "up" | "down";

/**
 * A reporting group of products; also a page of tiles on the sell screen.
 */
export type Category = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Its place among the others, the smallest first.
 */
position: number, 
/**
 * Whether it is offered.
 */
status: Status, };

/**
 * A reporting group of products.
 */
export type CategoryId = string;

/**
 * Categories.
 */
export type CategoryList = { 
/**
 * By their place.
 */
categories: Array<CategoryView>, };

/**
 * A category.
 */
export type CategoryView = { 
/**
 * Which.
 */
id: CategoryId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * Its name and place.
 */
category: Category, };

/**
 * One cell of a row.
 */
export type Cell = { 
/**
 * What it says; wrapped within its own width.
 */
text: string, 
/**
 * How wide it is.
 */
width: Width, 
/**
 * Where its text stands.
 */
align: Align, };

/**
 * One cell of a report.
 */
export type CellValue = { "cell": "empty" } | { "cell": "text", "value": string } | { "cell": "word", "value": string } | { "cell": "count", "value": number } | { "cell": "quantity", "value": { 
/**
 * Thousandths of it, less what came back.
 */
thousandths: number, 
/**
 * The unit.
 */
unit: Unit, } } | { "cell": "day", "value": BusinessDay } | { "cell": "weekday", "value": number } | { "cell": "hour", "value": number } | { "cell": "money", "value": Money } | { "cell": "rate", "value": TaxRate } | { "cell": "change", "value": number };

/**
 * Prices go up or down together.
 */
export type ChangePrices = { 
/**
 * In parts per million of today's price: 50,000 is five per cent more, -100,000 ten per cent less.
 */
by_ppm: number, 
/**
 * The first day of the new prices.
 */
from: BusinessDay, };

/**
 * Changes many products in the same way.
 */
export type ChangeProducts = { 
/**
 * Which; at most 500.
 */
products: Array<ProductId>, 
/**
 * How they change.
 */
change: ProductsChange, };

/**
 * A push to the screens.
 */
export type Changed = { 
/**
 * What to read again.
 */
topics: Array<Topic>, };

/**
 * How a report is drawn.
 */
export type ChartForm = "line" | "columns" | "bars";

/**
 * Asks about a code that is being typed into a product.
 */
export type CheckCode = { 
/**
 * As typed.
 */
code: string, 
/**
 * The product it is typed into; `None` for a new one.
 */
product: ProductId | null, };

/**
 * Reads every row by a mapping and says what would become of it. Nothing is changed.
 */
export type CheckImport = { 
/**
 * Which.
 */
import: string, 
/**
 * How the columns are to be read.
 */
mapping: ImportMapping, };

/**
 * Takes a drawer of this till.
 */
export type ChooseDrawer = { 
/**
 * Which, from 1.
 */
drawer: number, };

/**
 * What kind of failure a code is.
 */
export type Class = "refusal" | "fault" | "bug";

/**
 * Closes the shift of the drawer that was counted.
 */
export type CloseShift = { 
/**
 * Why it is over or short, where that needs a reason.
 */
reason: DifferenceReason | null, 
/**
 * What stays in the drawer; `None`: all of it.
 */
left: Money | null, };

/**
 * A code as read, trimmed, without control characters; 1 to 64 characters.
 */
export type Code = string;

/**
 * What is to be said of a typed code. None of it keeps it from being saved.
 */
export type CodeChecked = { 
/**
 * Whether it can be a code at all.
 */
is_code: boolean, 
/**
 * The last digit it would have if it is a GTIN; `None` when it is right or the code is none.
 */
check_digit: string | null, 
/**
 * Other products that have it; a cashier would have to pick.
 */
claimed_by: Array<Tile>, };

/**
 * A column of a calibration page.
 */
export type CodePageColumn = { 
/**
 * What it is called on the paper.
 */
letter: string, 
/**
 * The code page it is written in.
 */
page: number, };

/**
 * How one kind of number is read.
 */
export type CodeRule = { 
/**
 * One character for each digit of the number. A digit stands for itself, `I` for a digit of the article, `V` for one
 * of the value, `K` for the value's own check digit, `C` for the check digit of the number (the last one), and `X`
 * for any digit.
 */
layout: string, 
/**
 * What the value is.
 */
holds: Holds, 
/**
 * How many digits of the value stand behind the point.
 */
decimals: number, };

/**
 * The rules of a shop, asked in order; the first that fits counts. One record for the store.
 */
export type CodeRules = { 
/**
 * The rules.
 */
rules: Array<CodeRule>, };

/**
 * How numbers with a weight, a price or a count in them are read.
 */
export type CodeRulesView = { 
/**
 * The version to change from.
 */
version: number, 
/**
 * The rules.
 */
rules: CodeRules, 
/**
 * Rules of countries to begin with.
 */
national: Array<NationalRulesView>, };

/**
 * Imports what was checked.
 */
export type CommitImport = { 
/**
 * Which.
 */
import: string, 
/**
 * Whether it is imported although there are warnings.
 */
accept_warnings: boolean, 
/**
 * Whether rows with errors are left out; else none may have one.
 */
skip_errors: boolean, };

/**
 * What a report is held against. The weekdays are always the same.
 */
export type Comparison = "weeks_before" | "year_before";

/**
 * Settles a sale.
 */
export type CompleteSale = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * What settles it, in order.
 */
tenders: Array<TenderRequest>, 
/**
 * The total on the screen when the key was pressed: a sale that grew meanwhile is not charged unseen.
 */
total: Money | null, };

/**
 * Says that the customer is old enough.
 */
export type ConfirmAge = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The age in years.
 */
age: number, };

/**
 * How bytes reach a printer.
 */
export type Connection = { "via": "serial", 
/**
 * The port's path or name.
 */
port: string, 
/**
 * Bits per second.
 */
baud: number, } | { "via": "tcp", 
/**
 * Name or address.
 */
host: string, 
/**
 * Port.
 */
port: number, } | { "via": "usb_port", 
/**
 * Its path.
 */
path: string, } | { "via": "usb", 
/**
 * The maker's number.
 */
vendor: number, 
/**
 * The model's.
 */
product: number, 
/**
 * Its own, where it has one and there are two of a model.
 */
serial: string | null, } | { "via": "queue", 
/**
 * The queue's name.
 */
name: string, } | { "via": "file", 
/**
 * Its path.
 */
path: string, } | { "via": "simulated", 
/**
 * What it does wrong.
 */
fault: SimulatedFault | null, };

/**
 * Says that a tender of a completed sale was of another kind than was keyed.
 */
export type CorrectPayment = { 
/**
 * The completed sale.
 */
sale: SaleId, 
/**
 * The tender's place in it, from 1.
 */
tender: number, 
/**
 * What it was.
 */
kind: TenderKind, 
/**
 * The voucher's number, or what the card reader gave as a proof.
 */
reference: string | null, 
/**
 * Why it is corrected.
 */
reason: CorrectionReason, };

/**
 * Why a tender is corrected. Facts carry no free words about customers.
 */
export type CorrectionReason = "wrong_key" | "paid_otherwise" | "reader_differs" | "other";

/**
 * A correction of a tender.
 */
export type CorrectionView = { 
/**
 * The tender's place in the sale, from 1.
 */
tender: number, 
/**
 * What it was taken to be.
 */
from: TenderKind, 
/**
 * What it was.
 */
to: TenderKind, 
/**
 * How much.
 */
amount: Money, 
/**
 * Why.
 */
reason: CorrectionReason, 
/**
 * When it was said.
 */
at: Timestamp, 
/**
 * Who said it.
 */
operator_name: string, };

/**
 * Says what was found in the drawer.
 */
export type CountDrawer = { 
/**
 * The sum, where notes and coins are not counted.
 */
counted: Money | null, 
/**
 * The notes and coins; empty where only the sum is known.
 */
denominations: Array<Denominated>, };

/**
 * Says of products how much was found on the shelf.
 */
export type CountManyStock = { 
/**
 * Each product once; at most 500.
 */
counts: Array<CountedProduct>, 
/**
 * Why they were counted.
 */
reason: CountReason, };

/**
 * Why stock was counted.
 */
export type CountReason = "opening" | "stocktake" | "correction" | "damage" | "loss";

/**
 * Says how much of a product was found on the shelf.
 */
export type CountStock = { 
/**
 * Of which product.
 */
product: ProductId, 
/**
 * How much there is.
 */
counted: Quantity, 
/**
 * Why it was counted.
 */
reason: CountReason, };

/**
 * How much of a product was found.
 */
export type CountedProduct = { 
/**
 * Of which product.
 */
product: ProductId, 
/**
 * How much there is.
 */
counted: Quantity, };

/**
 * A currency by its ISO 4217 alphabetic code.
 *
 * ```
 * use domain::currency::Currency;
 * assert_eq!(Currency::parse("TND").unwrap().decimals(), 3);
 * assert_eq!(Currency::parse("JPY").unwrap().decimals(), 0);
 * assert!(Currency::parse("EURO").is_none());
 * ```
 */
export type Currency = string;

/**
 * Where this sign-on stands.
 */
export type CurrentSale = { 
/**
 * The open sale with its last lines (at most sixty; older ones by `sale.lines`), or `None`.
 */
sale: SaleView | null, 
/**
 * The sale completed last at this sign-on, until the next one opens.
 */
completed: SaleCompleted | null, 
/**
 * How many sales are put aside.
 */
suspended: number, 
/**
 * The last code that was refused, until the next line.
 */
refused_scan: RefusedScan | null, 
/**
 * Codes read by this till's scanners since it started: read = taken + refused.
 */
scans: ScanCount, };

/**
 * Who is signed on at this door.
 */
export type CurrentSession = { 
/**
 * `None` when nobody is.
 */
session: Session | null, };

/**
 * Somebody a sale is for. What tells who they are is personal: facts carry it detached, and it can be erased. A field
 * that is left out of what is stored is empty.
 */
export type Customer = { 
/**
 * The shop's own number or card code for them, unique in the organisation.
 */
number?: string | null, 
/**
 * What they are called. Empty once it was erased.
 */
name: string, 
/**
 * Where mail reaches them.
 */
email?: string | null, 
/**
 * Where they can be called.
 */
phone?: string | null, 
/**
 * Where they live, as written on a letter.
 */
address?: string | null, 
/**
 * What the shop wants to remember of them.
 */
note?: string | null, 
/**
 * The price list that holds for them.
 */
price_list?: PriceListId | null, 
/**
 * Whether they are still offered.
 */
status: Status, };

/**
 * Somebody a sale is for.
 */
export type CustomerId = string;

/**
 * A page of customers.
 */
export type CustomerPage = { 
/**
 * At most sixty, by name.
 */
customers: Array<CustomerRow>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, };

/**
 * A customer in a list.
 */
export type CustomerRow = { 
/**
 * Who.
 */
id: CustomerId, 
/**
 * The shop's own number for them.
 */
number: string | null, 
/**
 * What they are called; empty once it was erased.
 */
name: string, 
/**
 * Where mail reaches them.
 */
email: string | null, 
/**
 * Where they can be called.
 */
phone: string | null, 
/**
 * The price list that holds for them.
 */
price_list: PriceListId | null, 
/**
 * Whether they are still offered.
 */
status: Status, };

/**
 * A customer as they can be edited.
 */
export type CustomerView = { 
/**
 * Who.
 */
id: CustomerId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * What is known of them.
 */
customer: Customer, 
/**
 * What their price list is called.
 */
price_list_name: string | null, };

/**
 * What was sold within some time.
 */
export type DayFigures = { 
/**
 * Sales.
 */
sales: number, 
/**
 * Pieces, less those that came back.
 */
items: number, 
/**
 * What a sale came to on average; `None` without sales.
 */
average: Money | null, 
/**
 * What they came to.
 */
total: Money, };

/**
 * Where the decimals of a number begin.
 */
export type DecimalMark = "point" | "comma";

/**
 * How many there are of one note or coin.
 */
export type Denominated = { 
/**
 * What one of them is worth, in minor units.
 */
value: number, 
/**
 * How many there are.
 */
count: number, };

/**
 * A product that is rung up with another as a line of its own, and goes and comes back with it.
 */
export type Deposit = { 
/**
 * What is rung up.
 */
product: ProductId, 
/**
 * How much of it for each unit of the other.
 */
quantity: Quantity, };

/**
 * What went one way at once.
 */
export type DeviceExchange = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Whether the till sent it.
 */
sent: boolean, 
/**
 * Its first bytes, hexadecimal.
 */
hex: string, 
/**
 * How many bytes there were.
 */
length: number, 
/**
 * What went wrong, in the words of the system.
 */
fault: string | null, };

/**
 * What went to a device and came back lately, and what went wrong.
 */
export type DeviceLog = { 
/**
 * The oldest first.
 */
exchanges: Array<DeviceExchange>, 
/**
 * What was wrong lately, the newest first.
 */
troubles: Array<DeviceTroubleAt>, };

/**
 * What is to be said about a device. Each has a text and one next step.
 */
export type DeviceReason = "unreachable" | "permission_denied" | "in_use" | "stalled" | "config_invalid" | "paper_out" | "paper_low" | "cover_open" | "cutter_stuck" | "overheated" | "broken" | "offline" | "bad_reply" | "silent" | "drawer_open" | "replaced" | "not_made";

/**
 * What a device does.
 */
export type DeviceRole = "receipt_printer" | "backup_printer" | "drawer" | "second_drawer" | "scanner";

/**
 * Which devices this till uses.
 */
export type DeviceSettingsView = { 
/**
 * The version to change from.
 */
version: number, 
/**
 * The devices.
 */
devices: Devices, 
/**
 * The names of the printer profiles this till knows.
 */
profiles: Array<string>, 
/**
 * What the three columns of a calibration page are called, and which code page each stands for.
 */
code_page_columns: Array<CodePageColumn>, 
/**
 * The serial ports the system knows; others may be named by hand.
 */
serial_ports: Array<string>, };

/**
 * How a device is.
 */
export type DeviceState = "absent" | "ready" | "degraded" | "busy" | "not_ready";

/**
 * How one device is.
 */
export type DeviceStatus = { 
/**
 * What it does.
 */
role: DeviceRole, 
/**
 * Ready, at work, or not.
 */
state: DeviceState, 
/**
 * What is to be said about it; one reason, with a text and one next step.
 */
reason: DeviceReason | null, 
/**
 * Whether the drawer is open; `None` where nothing tells.
 */
is_open: boolean | null, };

/**
 * How all devices are.
 */
export type DeviceStatusList = { 
/**
 * In the order of the strip on the screen.
 */
devices: Array<DeviceStatus>, 
/**
 * Print jobs that wait.
 */
jobs_waiting: number, 
/**
 * Print jobs somebody has to look at.
 */
jobs_uncertain: number, 
/**
 * Codes the till's scanner has read for who owns it since the till started: taken, refused, and those a screen
 * has not taken yet.
 */
scans: ScanCount, 
/**
 * Which drawer the operator uses; `None` where the till has one.
 */
drawer_in_use: number | null, 
/**
 * What was learnt of a scanner that acts as a keyboard at the page's own computer.
 */
keyboard: KeyboardScanner | null, };

/**
 * A device that cannot work.
 */
export type DeviceTrouble = { 
/**
 * Which.
 */
role: DeviceRole, 
/**
 * Why.
 */
reason: DeviceReason, };

/**
 * Something that was wrong with a device.
 */
export type DeviceTroubleAt = { 
/**
 * When it was noticed.
 */
at: Timestamp, 
/**
 * What.
 */
reason: DeviceReason, };

/**
 * The devices of a till.
 */
export type Devices = { 
/**
 * Prints receipts and, where the drawer has no line of its own, opens the drawer.
 */
receipt_printer: PrinterSettings | null, 
/**
 * Prints what the receipt printer cannot.
 */
backup_printer: PrinterSettings | null, 
/**
 * How the drawer is opened. Without it: through the receipt printer, as its profile says.
 */
drawer: DrawerSettings | null, 
/**
 * How the second drawer is opened; without it the till has one. There are two at most, as many as a printer's socket
 * drives. Where both hang on the printer none says that it is open: their switches share a pin.
 */
second_drawer?: DrawerConnection | null, 
/**
 * Reads codes. A keyboard wedge works without.
 */
scanner: ScannerSettings | null, 
/**
 * What was learnt of a scanner that acts as a keyboard; without it, it is set to the American layout.
 */
keyboard?: KeyboardScanner | null, };

/**
 * Why the drawer holds more or less than it should, as far as anybody knows.
 */
export type DifferenceReason = "wrong_change" | "wrong_float" | "movement_missing" | "wrong_tender" | "unknown";

/**
 * Which way the goods go. Amounts are not negative; this carries the sign.
 */
export type Direction = "sale" | "return";

/**
 * How much less.
 */
export type DiscountBy = { "by": "part", 
/**
 * Parts per million: 10 % is 100,000.
 */
ppm: number, } | { "by": "amount", 
/**
 * Minor units of the sale's currency.
 */
minor: number, };

/**
 * Why it costs less. Facts carry no free words about customers.
 */
export type DiscountReason = "goodwill" | "faulty" | "short_dated" | "price_match" | "staff" | "other";

/**
 * A discount and what it comes to.
 */
export type DiscountView = { 
/**
 * How much less.
 */
by: DiscountBy, 
/**
 * Why.
 */
reason: DiscountReason, 
/**
 * What it takes off: negative, but for what comes back.
 */
amount: Money, };

/**
 * A document to be laid out.
 */
export type Document = { 
/**
 * Language tag (BCP 47) of the words.
 */
language: string, 
/**
 * Whether lines run from right to left.
 */
right_to_left: boolean, 
/**
 * What is on it, from top to bottom.
 */
blocks: Array<Block>, };

/**
 * How a drawer is opened.
 */
export type DrawerConnection = { "via": "printer", 
/**
 * Which pins of its socket.
 */
pins: DrawerPins, } | { "via": "serial", 
/**
 * The port's path or name.
 */
port: string, 
/**
 * Bits per second.
 */
baud: number, 
/**
 * What opens it, hexadecimal: `07` for most.
 */
bytes: string, };

/**
 * A count of the drawer.
 */
export type DrawerCount = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who counted.
 */
operator_name: string, 
/**
 * What was found.
 */
counted: Money, 
/**
 * What should have been there.
 */
expected: Money, 
/**
 * Counted less expected.
 */
over_short: Money, 
/**
 * Whether closing needs a reason.
 */
needs_reason: boolean, 
/**
 * How often it was counted in this shift.
 */
counts: number, };

/**
 * The pins of a printer's socket that the drawer's coil hangs on.
 */
export type DrawerPins = "profile" | "two" | "five" | "both";

/**
 * What pin 3 of the printer's socket says while the drawer is open.
 */
export type DrawerSensor = "open_when_high" | "open_when_low";

/**
 * A drawer.
 */
export type DrawerSettings = { 
/**
 * How it is opened.
 */
connection: DrawerConnection, 
/**
 * Whether it says that it is open, through the printer it hangs on.
 */
sensor: DrawerSensor | null, };

/**
 * Says what became of a payment.
 */
export type EndPayment = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * Which payment.
 */
payment: PaymentId, 
/**
 * What became of it.
 */
result: PaymentResult, 
/**
 * What the card reader gave as a proof; never the number of a card.
 */
reference: string | null, };

/**
 * A kind of record. The code is stored in facts and never reused.
 */
export type Entity = "shop" | "devices" | "backups" | "code_rules" | "tiles" | "role" | "operator" | "tax_category" | "category" | "product" | "price_list" | "customer" | "account" | "mail";

/**
 * Erases what tells who an archived customer was.
 */
export type EraseCustomer = { 
/**
 * Whose.
 */
id: CustomerId, };

/**
 * Erases the personal values of an operator who has left: name and PIN.
 */
export type EraseOperator = { 
/**
 * Whose.
 */
id: OperatorId, };

/**
 * What a client is told when a call fails.
 */
export type ErrorBody = { 
/**
 * The stable code; screens have a text and a next step for each.
 */
code: ErrorCode, 
/**
 * Refusal, fault or bug.
 */
class: Class, 
/**
 * English, for logs and for clients without texts of their own.
 */
message: string, 
/**
 * The typed fields of the error, by name.
 */
details: Record<string, unknown>, 
/**
 * A number the cashier can read out; the same in the log.
 */
reference: string, };

/**
 * A stable error code.
 */
export type ErrorCode = "sale.unknown" | "sale.already_completed" | "sale.already_cancelled" | "sale.empty" | "sale.line_unknown" | "sale.too_many_lines" | "sale.quantity_invalid" | "sale.quantity_missing" | "sale.amount_out_of_range" | "sale.tender_insufficient" | "sale.tender_invalid" | "sale.tender_exceeds" | "sale.tip_invalid" | "sale.tender_not_accepted" | "sale.tender_needs_payment" | "sale.customer_missing" | "sale.credit_exceeded" | "sale.account_missing" | "sale.reference_invalid" | "sale.payment_pending" | "sale.payment_unknown" | "sale.tender_unknown" | "sale.correction_invalid" | "sale.tenders_taken" | "sale.total_changed" | "sale.code_unknown" | "sale.code_ambiguous" | "sale.code_not_taken" | "sale.code_invalid" | "sale.price_missing" | "sale.tax_rate_missing" | "sale.product_archived" | "sale.age_check" | "sale.line_linked" | "sale.return_too_much" | "sale.line_returned" | "sale.nothing_to_undo" | "sale.note_invalid" | "sale.return_changed" | "sale.suspended" | "sale.under_way" | "sale.too_many_suspended" | "sale.name_too_long" | "sale.return_alone" | "sale.not_reversible" | "sale.nothing_to_give" | "sale.receipt_unknown" | "sale.code_of_receipt" | "sale.discount_invalid" | "product.unknown" | "product.category_unknown" | "product.tax_category_unknown" | "product.name_invalid" | "product.sku_taken" | "product.picture_invalid" | "product.tiles_invalid" | "product.price_list_unknown" | "product.pack_invalid" | "product.variant_invalid" | "product.deposit_invalid" | "product.merge_invalid" | "product.price_list_in_use" | "product.age_invalid" | "customer.unknown" | "customer.text_invalid" | "customer.number_taken" | "customer.price_list_unknown" | "customer.still_active" | "customer.account_limit_invalid" | "customer.paid_too_much" | "customer.written_off_too_much" | "customer.days_invalid" | "customer.still_owes" | "customer.still_has" | "people.not_signed_on" | "people.needs_approval" | "people.pin_wrong" | "people.pin_blocked" | "people.pins_lost" | "people.badge_unknown" | "people.badge_needs_pin" | "people.badge_invalid" | "people.badge_taken" | "people.recovery_wrong" | "people.pin_invalid" | "people.name_invalid" | "people.name_taken" | "people.operator_unknown" | "people.role_unknown" | "people.already_set_up" | "people.last_manager" | "people.still_active" | "people.in_training" | "people.trains_only" | "settings.not_set_up" | "settings.text_invalid" | "settings.too_many_lines" | "settings.code_layout_invalid" | "settings.currency_fixed" | "settings.not_demo" | "settings.tenders_invalid" | "settings.shift_rules_invalid" | "settings.price_list_unknown" | "record.conflict" | "call.operation_unknown" | "call.payload_invalid" | "call.request_id_reused" | "call.origin_refused" | "call.shutting_down" | "ledger.disk_fault" | "ledger.disk_full" | "ledger.disk_low" | "ledger.malformed" | "ledger.in_use" | "ledger.newer_version" | "blob.too_large" | "blob.chunk_invalid" | "blob.unknown" | "import.unknown" | "import.busy" | "import.out_of_turn" | "import.file_missing" | "import.file_unreadable" | "import.file_empty" | "import.file_too_large" | "import.mapping_invalid" | "import.has_errors" | "import.has_warnings" | "import.not_undoable" | "export.unknown" | "export.busy" | "export.too_many_rows" | "backup.unknown" | "backup.foreign" | "backup.damaged" | "backup.other_till" | "backup.place_missing" | "backup.busy" | "device.unreachable" | "device.config_invalid" | "device.job_unknown" | "device.absent" | "device.drawers_same" | "device.drawer_in_use" | "report.unknown" | "shift.amount_invalid" | "shift.reason_invalid" | "shift.reason_missing" | "shift.already_open" | "shift.not_counted" | "shift.unknown" | "shift.open_sale_paid" | "invoice.already_issued" | "invoice.not_issued" | "invoice.buyer_invalid" | "invoice.nothing_to_credit" | "invoice.given_meanwhile" | "mail.not_set_up" | "mail.address_invalid" | "mail.settings_invalid" | "mail.letter_unknown" | "till.bug";

/**
 * Why a sale bears no tax. The proof of it is paper the shop keeps.
 */
export type ExemptReason = "diplomatic" | "export" | "resale" | "non_profit" | "other";

/**
 * Says that the sale bears no tax.
 */
export type ExemptTax = { 
/**
 * Why; `None` takes that back.
 */
reason: ExemptReason | null, };

/**
 * Asks how the price of a line came to be.
 */
export type ExplainLine = { 
/**
 * The sale, open or completed.
 */
sale: SaleId, 
/**
 * The line's number.
 */
line: number, };

/**
 * Makes a file of customers.
 */
export type ExportCustomers = { 
/**
 * How it is written.
 */
form: TableForm, 
/**
 * Beginnings of words to be found by, among those in use; empty is all.
 */
text: string, 
/**
 * Those in use, or the archived ones.
 */
status: Status, };

/**
 * A file with a table, held until it is fetched, another one is made or the till stops.
 */
export type ExportFile = { 
/**
 * Its address at the blob door.
 */
blob: string, 
/**
 * What to call it.
 */
file_name: string, 
/**
 * Where it was saved already, for the till's own window; `None` for those who fetch it.
 */
saved_at: string | null, };

/**
 * Makes a file of products: those that a list with the same words and filter shows.
 */
export type ExportProducts = { 
/**
 * How it is written.
 */
form: TableForm, 
/**
 * Words, a number or a code to be found by; empty is all.
 */
text: string, 
/**
 * Which of them.
 */
filter: ProductFilter, };

/**
 * Where an export stands.
 */
export type ExportState = "making" | "done" | "cancelled" | "failed";

/**
 * An export under way, or the last one.
 */
export type ExportView = { 
/**
 * Which.
 */
export: string, 
/**
 * What is in it.
 */
kind: ImportKind, 
/**
 * How it is written.
 */
form: TableForm, 
/**
 * Where it stands.
 */
state: ExportState, 
/**
 * Rows written so far.
 */
rows: number, 
/**
 * The file, once it is there.
 */
file: ExportFile | null, 
/**
 * Why it failed.
 */
failure: ImportFailure | null, };

/**
 * A fault as the ledger remembers it.
 */
export type FaultView = { 
/**
 * The number the cashier read out.
 */
reference: string, 
/**
 * The error code.
 */
code: string, 
/**
 * What was asked for; `None` for what the till does by itself.
 */
operation: string | null, 
/**
 * When it broke.
 */
at: Timestamp, 
/**
 * Who had called; nil for the till itself.
 */
operator: OperatorId, };

/**
 * Asks for entries of the audit, the newest first. Everything left out is not asked about.
 */
export type FindAudit = { 
/**
 * From this day on, by the shop's clock.
 */
from: BusinessDay | null, 
/**
 * To this day, included.
 */
to: BusinessDay | null, 
/**
 * By this operator; nil is the till itself.
 */
operator: OperatorId | null, 
/**
 * What was done: `noun.verb` of an operation, or the kind of a fact that came from none.
 */
operation: string | null, 
/**
 * A word that stands in it: a receipt's number, a product's name, a value.
 */
text: string | null, 
/**
 * Where the page before ended.
 */
after: AuditPlace | null, };

/**
 * Looks for backups.
 */
export type FindBackups = { 
/**
 * A backup, or a folder with some; `None` looks where sticks and disks are put in.
 */
at: string | null, };

/**
 * Asks what a code leads to.
 */
export type FindByCode = { 
/**
 * As read by a scanner or typed.
 */
code: string, };

/**
 * Searches customers.
 */
export type FindCustomers = { 
/**
 * What was typed: beginnings of words of name, number, mail address or telephone number.
 */
text: string, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Searches products.
 */
export type FindProducts = { 
/**
 * What was typed.
 */
text: string, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Asks for a receipt, to take goods back from it.
 */
export type FindReceipt = { 
/**
 * Its number, as printed or as read; digits alone are one of this till's own numbers.
 */
number: string, };

/**
 * Asks what a reference stands for.
 */
export type FindReference = { 
/**
 * As it was read out.
 */
reference: string, };

/**
 * Looks for completed sales. What is left out narrows nothing.
 */
export type FindSales = { 
/**
 * What is typed or scanned: a receipt's number, an amount, or words of what to narrow to.
 */
text: string, 
/**
 * The first business day.
 */
from: BusinessDay | null, 
/**
 * The last business day.
 */
to: BusinessDay | null, 
/**
 * Only what was completed within these hours; the first may be the later one: over midnight.
 */
hours: HourRange | null, 
/**
 * Who completed it.
 */
operator: OperatorId | null, 
/**
 * Whom it was for.
 */
customer: CustomerId | null, 
/**
 * What was in it, sold or taken back.
 */
product: ProductId | null, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * The backups found.
 */
export type FoundBackups = { 
/**
 * The newest first.
 */
backups: Array<BackupView>, };

/**
 * What a code leads to.
 */
export type FoundByCode = { 
/**
 * The code, without what it says beside it.
 */
code: string, 
/**
 * The products that are sold, at most twenty; the cashier picks when there are several.
 */
products: Array<FoundProduct>, 
/**
 * Lot, dates and serial number, as far as the code says them.
 */
imprint: Imprint, };

/**
 * A code page of a printer, found by printing a calibration page and reading it.
 */
export type FoundCodePage = { 
/**
 * The number the printer selects it by.
 */
slot: number, 
/**
 * The page: 850, 858 or 1252.
 */
page: number, };

/**
 * Something that is plugged in, or set up in the system.
 */
export type FoundDevice = { 
/**
 * What it can be.
 */
role: DeviceRole, 
/**
 * What it is called; empty where it has no name.
 */
name: string, 
/**
 * How a printer is reached.
 */
printer: Connection | null, 
/**
 * How a scanner is reached.
 */
scanner: ScannerConnection | null, };

/**
 * What may be a device of this till.
 */
export type FoundDevices = { 
/**
 * By kind.
 */
devices: Array<FoundDevice>, };

/**
 * A product a code leads to.
 */
export type FoundProduct = { 
/**
 * The product, with its price today.
 */
tile: Tile, 
/**
 * The merchant's own number.
 */
sku: string | null, 
/**
 * What its category is called.
 */
category: string | null, 
/**
 * What the shop should have of it; below zero when more was sold than is known to have come.
 */
on_hand_thousandths: number, 
/**
 * How much of it the code says; `None` when it says nothing or the product is not sold by that.
 */
quantity: Quantity | null, 
/**
 * What it costs per unit by the code; `None` when that is the listed price.
 */
price: Price | null, };

/**
 * What a reference stands for.
 */
export type FoundReference = { 
/**
 * As the till writes it.
 */
reference: string, 
/**
 * The fact in the ledger.
 */
fault: FaultView | null, 
/**
 * The lines of the log that carry it, the newest file first.
 */
lines: Array<string>, };

/**
 * Completed sales that were looked for.
 */
export type FoundSales = { 
/**
 * At most sixty: the one whose number was typed, then the newest first.
 */
sales: Array<SaleRow>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, 
/**
 * What the text may mean that sales can be narrowed to.
 */
hints: Array<SaleHint>, };

/**
 * Asks for a customer's account.
 */
export type GetAccount = { 
/**
 * Whose.
 */
customer: CustomerId, };

/**
 * Asks for one customer.
 */
export type GetCustomer = { 
/**
 * Who.
 */
id: CustomerId, };

/**
 * Names an export.
 */
export type GetExport = { 
/**
 * Which.
 */
export: string, };

/**
 * Names an import.
 */
export type GetImport = { 
/**
 * Which.
 */
import: string, };

/**
 * Asks for one product.
 */
export type GetProduct = { 
/**
 * Which.
 */
id: ProductId, };

/**
 * Names a sale.
 */
export type GetSale = { 
/**
 * Which.
 */
sale: SaleId, };

/**
 * Asks for a report or a slip.
 */
export type GetShiftPaper = { 
/**
 * The id of a closed shift, of a report read within one, or of a movement.
 */
id: string, };

/**
 * Asks for the tiles of a page.
 */
export type GetTilePage = { 
/**
 * What it is called.
 */
page: string, };

/**
 * Gives a discount, in place of the one there is.
 */
export type GiveDiscount = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The line's number; `None` for the whole sale.
 */
line: number | null, 
/**
 * How much less; `None` takes the discount back.
 */
by: DiscountBy | null, 
/**
 * Why.
 */
reason: DiscountReason, };

/**
 * Gives an invoice out: the first time as it is, from then on marked as a copy.
 */
export type GiveInvoice = { 
/**
 * The completed sale whose invoice it is.
 */
sale: SaleId, };

/**
 * Gives up a print that waits.
 */
export type GiveUpPrintJob = { 
/**
 * The job.
 */
id: number, };

/**
 * A permission of a role, with its limit.
 */
export type Grant = { 
/**
 * What is allowed.
 */
permission: Permission, 
/**
 * Up to how much, in the permission's own measure; `None` is without limit.
 */
limit: number | null, };

/**
 * Who this till is, before anybody signs on.
 */
export type Greeting = { 
/**
 * Whether the shop is set up; if not, `shop.set_up` is what to do.
 */
set_up: boolean, 
/**
 * The shop's name.
 */
shop_name: string, 
/**
 * The till's name.
 */
till_name: string, 
/**
 * The language of the screens.
 */
language: Language, 
/**
 * The currency's code, and how many decimals it has.
 */
currency: string, 
/**
 * 0, 2 or 3.
 */
currency_decimals: number, 
/**
 * Minutes without a key, a tap or a scan after which the till locks itself.
 */
lock_after_min: number | null, 
/**
 * Which tenders the shop takes.
 */
tenders: TenderPolicy, 
/**
 * Who can sign on.
 */
operators: Array<OperatorTile>, 
/**
 * Whether this is the demo shop, whose PINs are no secret.
 */
demo: boolean, 
/**
 * The version of the program.
 */
version: string, };

/**
 * How the till is.
 */
export type Health = { 
/**
 * The worst of the items.
 */
state: HealthState, 
/**
 * One for each area, in the order of [`HealthArea`].
 */
items: Array<HealthItem>, 
/**
 * What only somebody who looks after the till needs; `None` for those who may not change its settings.
 */
details: HealthDetails | null, };

/**
 * What a shop depends on.
 */
export type HealthArea = "disk" | "clock" | "ledger" | "key_store" | "backup" | "devices" | "hub" | "mail";

/**
 * A file for whoever helps, to be fetched by the blob door.
 */
export type HealthBundle = { 
/**
 * The content hash (hexadecimal SHA-256) to fetch it by, until the till starts again.
 */
blob: string, 
/**
 * What to call the file.
 */
file_name: string, 
/**
 * Where it was saved already, for the till's own window; `None` for those who fetch it.
 */
saved_at: string | null, 
/**
 * Its length.
 */
bytes: number, };

/**
 * What somebody who looks after the till wants to know.
 */
export type HealthDetails = { 
/**
 * The version of the program.
 */
version: string, 
/**
 * The version of SQLite.
 */
sqlite: string, 
/**
 * The operating system and the processor.
 */
system: string, 
/**
 * Where the till's files are.
 */
data_dir: string, 
/**
 * What stands before receipt numbers.
 */
series: string, 
/**
 * The life of this till.
 */
incarnation: IncarnationId, 
/**
 * How many facts its log holds.
 */
facts: number, 
/**
 * Bytes that are kept free for a full disk.
 */
reserve_bytes: number, 
/**
 * The faults that were recorded last, the newest first.
 */
faults: Array<FaultView>, };

/**
 * How one thing is.
 */
export type HealthItem = { 
/**
 * What.
 */
area: HealthArea, 
/**
 * How.
 */
state: HealthState, 
/**
 * Why, in a word; screens have a text and one next step for each.
 */
reason: HealthReason, 
/**
 * Bytes that are free, where the reason speaks of them.
 */
bytes: number | null, 
/**
 * The moment the reason speaks of.
 */
at: Timestamp | null, 
/**
 * How many, where the reason counts.
 */
count: number | null, 
/**
 * The device the reason speaks of, and what is wrong with it.
 */
device: DeviceTrouble | null, 
/**
 * Why letters wait or were refused, where the reason speaks of them.
 */
mail: MailReason | null, };

/**
 * Why something is as it is.
 */
export type HealthReason = "disk_fine" | "disk_low" | "disk_full" | "disk_unknown" | "clock_fine" | "clock_jumped" | "clock_behind" | "ledger_fine" | "ledger_unchecked" | "ledger_guard_damaged" | "ledger_restored" | "ledger_replaced" | "ledger_rolled_back" | "ledger_copied" | "ledger_guard_lost" | "ledger_forked" | "ledger_damaged" | "ledger_sets_missing" | "ledger_failing" | "key_stored" | "key_in_file" | "pins_restored" | "key_unused" | "backup_fine" | "backup_old" | "backup_none" | "backup_failed" | "backup_place_missing" | "backup_here_only" | "devices_fine" | "devices_none" | "devices_not_ready" | "devices_uncertain" | "devices_letters_missing" | "hub_none" | "mail_none" | "mail_fine" | "mail_waiting" | "mail_uncertain" | "mail_failed";

/**
 * How something is.
 */
export type HealthState = "fine" | "notice" | "trouble";

/**
 * A code, numbered.
 */
export type HeardCode = { 
/**
 * Goes up by one with every code.
 */
number: number, 
/**
 * As read.
 */
code: string, };

/**
 * What the scanner read for this screen.
 */
export type HeardFromScanner = { 
/**
 * The codes behind the one that was taken last, in order. They come again until they are taken.
 */
codes: Array<HeardCode>, 
/**
 * The number to begin with.
 */
last: number, 
/**
 * Milliseconds until codes go into the sale again, unless it is asked again before.
 */
lease_ms: number, };

/**
 * One change of a record.
 */
export type HistoryEntry = { 
/**
 * When, by the till's clock.
 */
at: Timestamp, 
/**
 * Minutes east of UTC of the shop at that moment.
 */
zone_min: number, 
/**
 * What they who did it are called; empty when that was erased, and for the till.
 */
operator_name: string, 
/**
 * What they did: `noun.verb` of the operation.
 */
operation: string | null, 
/**
 * On which screen.
 */
screen: string | null, 
/**
 * Through which door.
 */
door: string | null, 
/**
 * Who consented, where the operator may not do it alone.
 */
approver_name: string | null, 
/**
 * The version the record had after it; `None` where it was erased or made by an import.
 */
version: number | null, 
/**
 * The file it was imported from, when an import made or changed it, or took that back.
 */
imported_from: string | null, 
/**
 * What changed. What an import made, its file says.
 */
changes: Array<AuditChange>, };

/**
 * What the value in a number is.
 */
export type Holds = "weight" | "price" | "count";

/**
 * What was sold in an hour of two days.
 */
export type HourFigures = { 
/**
 * The hour, 0 to 23.
 */
hour: number, 
/**
 * On the day.
 */
total: Money, 
/**
 * On the day it is held against.
 */
before: Money, };

/**
 * Hours of a day, both included; where the last is before the first they go over midnight.
 */
export type HourRange = { 
/**
 * The first, 0 to 23.
 */
from: number, 
/**
 * The last, 0 to 23.
 */
to: number, };

/**
 * A column of the file.
 */
export type ImportColumn = { 
/**
 * What its first row says.
 */
header: string, 
/**
 * What the first rows behind it say.
 */
samples: Array<string>, };

/**
 * What became of rows, or would become.
 */
export type ImportCounts = { 
/**
 * Rows read.
 */
rows: number, 
/**
 * Records that are new.
 */
created: number, 
/**
 * Records that change.
 */
updated: number, 
/**
 * Rows that say what is so already.
 */
unchanged: number, 
/**
 * Rows that are left out: those with errors; of an undo, records that were changed since.
 */
skipped: number, 
/**
 * Problems that keep their row from being imported.
 */
errors: number, 
/**
 * Problems that do not.
 */
warnings: number, };

/**
 * An import that was made.
 */
export type ImportEntry = { 
/**
 * Which.
 */
import: string, 
/**
 * What was imported.
 */
kind: ImportKind, 
/**
 * What the file was called.
 */
file: string, 
/**
 * When.
 */
at: Timestamp, 
/**
 * By whom.
 */
operator: OperatorId, 
/**
 * Records that it made.
 */
created: number, 
/**
 * Records that it changed.
 */
updated: number, 
/**
 * Rows that it left out.
 */
skipped: number, 
/**
 * The import it undid.
 */
undoes: string | null, 
/**
 * The import that undid it.
 */
undone_by: string | null, };

/**
 * Why an import failed.
 */
export type ImportFailure = { 
/**
 * The code, with a text of its own.
 */
code: ErrorCode, 
/**
 * In English.
 */
message: string, 
/**
 * The number that stands in the log too.
 */
reference: string, };

/**
 * What a column of the file says of a record.
 */
export type ImportField = "name" | "sku" | "code" | "price" | "brand" | "category" | "tax" | "unit" | "age_min" | "low_stock" | "picture" | "number" | "email" | "phone" | "address" | "note" | "id" | "status";

/**
 * What is imported.
 */
export type ImportKind = "products" | "customers";

/**
 * The import under way, if any, and those that were made, the newest first.
 */
export type ImportList = { 
/**
 * Under way, or the last one since the till started.
 */
current: ImportView | null, 
/**
 * Made.
 */
imports: Array<ImportEntry>, };

/**
 * How the columns of a file are read.
 */
export type ImportMapping = { 
/**
 * What each column is, in their order; `None` is not read.
 */
columns: Array<ImportField | null>, 
/**
 * Whether the first row is the names of the columns.
 */
header: boolean, 
/**
 * Where the decimals of a number begin.
 */
decimal: DecimalMark, 
/**
 * The tax category of products whose row says none. New products need one.
 */
tax_category: TaxCategoryId | null, 
/**
 * Whether categories that there are not, and tax categories named by their rate, are made.
 */
create_missing: boolean, 
/**
 * The first day of the prices; `None` is today.
 */
prices_from: BusinessDay | null, };

/**
 * What is wrong with a cell.
 */
export type ImportProblem = { 
/**
 * The row of the file, from 1, the header among them.
 */
row: number, 
/**
 * The column, from 1; `None` for the row as a whole.
 */
column: number | null, 
/**
 * What.
 */
kind: ImportProblemKind, 
/**
 * Whether it is only a warning.
 */
warning: boolean, 
/**
 * What the cell says, shortened.
 */
text: string, 
/**
 * The earlier row that it meets.
 */
other: number | null, };

/**
 * A file of all problems, to be fetched by the blob door.
 */
export type ImportProblemFile = { 
/**
 * The content hash to fetch it by.
 */
blob: string, 
/**
 * What to call it.
 */
file_name: string, 
/**
 * Where it was saved already, for the till's own window.
 */
saved_at: string | null, };

/**
 * What is wrong with a cell or a row.
 */
export type ImportProblemKind = "name_missing" | "text_too_long" | "code_invalid" | "price_invalid" | "tax_unknown" | "category_unknown" | "unit_unknown" | "number_invalid" | "id_invalid" | "status_unknown" | "number_taken" | "double_in_file" | "code_shared" | "code_shared_with_shop" | "price_missing" | "picture_missing" | "picture_unreadable" | "cell_beyond_columns";

/**
 * Where an import stands.
 */
export type ImportState = "ready" | "checking" | "checked" | "importing" | "done" | "cancelled" | "failed";

/**
 * An import under way, or the last one.
 */
export type ImportView = { 
/**
 * Which.
 */
import: string, 
/**
 * What is imported.
 */
kind: ImportKind, 
/**
 * What the file is called.
 */
file: string, 
/**
 * The import that this one undoes; `None` for one of a file.
 */
undoes: string | null, 
/**
 * Where it stands.
 */
state: ImportState, 
/**
 * The encoding; `None` of a workbook.
 */
encoding: TextEncoding | null, 
/**
 * What separates the cells; `None` of a workbook.
 */
separator: string | null, 
/**
 * The columns with their first cells.
 */
columns: Array<ImportColumn>, 
/**
 * How they are read, or would be.
 */
mapping: ImportMapping, 
/**
 * Pictures that came with the table, in an archive.
 */
pictures: number, 
/**
 * How far it is, in thousandths of the file.
 */
progress: number, 
/**
 * What became of the rows, or would become.
 */
counts: ImportCounts, 
/**
 * The first problems, by row.
 */
problems: Array<ImportProblem>, 
/**
 * Why it failed.
 */
failure: ImportFailure | null, };

/**
 * What tells one piece of a product from another.
 */
export type Imprint = { 
/**
 * The batch it was made in.
 */
lot?: string | null, 
/**
 * The last day on which it may be sold and used.
 */
expires?: BusinessDay | null, 
/**
 * The day until which it is at its best.
 */
best_before?: BusinessDay | null, 
/**
 * Its own number.
 */
serial?: string | null, };

/**
 * What the code itself said of a line, in the unit of its product.
 */
export type InCode = { 
/**
 * How much of it each piece is.
 */
quantity?: Quantity | null, 
/**
 * What the whole piece costs.
 */
price?: Price | null, };

/**
 * One life of a terminal's log; a restored or cloned terminal gets a new one.
 */
export type IncarnationId = string;

/**
 * Where products go.
 */
export type IntoCategory = { 
/**
 * The category; `None` takes them out of theirs.
 */
category: CategoryId | null, };

/**
 * What kind of document it is.
 */
export type InvoiceKind = "invoice" | "credit_note";

/**
 * Writes the invoice of a completed sale.
 */
export type IssueInvoice = { 
/**
 * The completed sale.
 */
sale: SaleId, 
/**
 * The customer's record, where the buyer has one: with it go the buyer's words when it is erased.
 */
customer: CustomerId | null, 
/**
 * Whom it is for, as it is to be written on it.
 */
buyer: Buyer, };

/**
 * What is known of an invoice that was written.
 */
export type IssuedInvoice = { 
/**
 * Its number as printed.
 */
invoice_number: string, 
/**
 * The numbers of the invoices it credits.
 */
corrects: Array<string>, 
/**
 * What it comes to: what the sale does.
 */
total: Money, 
/**
 * When it was written.
 */
at: Timestamp, 
/**
 * Who wrote it.
 */
operator_name: string, 
/**
 * How often it was printed or made into a file: from the second time on it is a copy.
 */
given: number, };

/**
 * The keyboard that a scanner is set to.
 */
export type KeyboardLayout = "american" | "system" | "french" | "german";

/**
 * A scanner that acts as a keyboard.
 */
export type KeyboardScanner = { 
/**
 * What it means by its keys.
 */
layout: KeyboardLayout, 
/**
 * What it puts before each code; taken off where it stands.
 */
prefix: string, 
/**
 * What it puts behind each code beside the key it ends with; taken off where it stands.
 */
suffix: string, };

/**
 * What a product can be without.
 */
export type Lacking = "price" | "code" | "category";

/**
 * A page of tiles.
 */
export type LaidPage = { 
/**
 * What it is called; no other page is called so.
 */
name: string, 
/**
 * Its tiles, in their order.
 */
tiles: Array<PlacedTile>, };

/**
 * A tile of a page.
 */
export type LaidTile = { 
/**
 * What it is for.
 */
target: TileTarget, 
/**
 * Its colour.
 */
color: TileColor | null, 
/**
 * What the product or category is called; empty when there is none any more.
 */
name: string, 
/**
 * The product as a tile; `None` of a category.
 */
tile: Tile | null, 
/**
 * Whether it can be sold: what is archived stays in its place, and the sell screen leaves it out.
 */
offered: boolean, };

/**
 * The tiles of a page, all of them, in their order.
 */
export type LaidTiles = { 
/**
 * The tiles; none when there is no such page.
 */
tiles: Array<LaidTile>, };

/**
 * A language the till speaks.
 */
export type Language = "en" | "fr" | "ar";

/**
 * Two or more codes that are known, and what the scanner made of them.
 */
export type LearnScanner = { 
/**
 * As they are printed.
 */
known: Array<string>, 
/**
 * As they were read, in the same order, by a scanner of which nothing is taken off.
 */
read: Array<string>, };

/**
 * What was learnt of a scanner.
 */
export type LearntScanner = { 
/**
 * What it puts around every code; `None` when it does not put the same around each, or changes them.
 */
around: AroundCodes | null, };

/**
 * Gives the lease on the scanner back.
 */
export type LeaveScanner = { 
/**
 * The number of the last code that was taken.
 */
after: number, };

/**
 * What a letter holds.
 */
export type LetterKind = "receipt" | "invoice" | "shift" | "report" | "statement" | "test";

/**
 * What becomes of a letter.
 */
export type LetterResolution = "send_again" | "arrived" | "give_up";

/**
 * How the price of a line came to be.
 */
export type LineExplained = { 
/**
 * The line.
 */
line: LineView, 
/**
 * What the price list of the line is called today.
 */
price_list_name: string | null, 
/**
 * Step by step.
 */
steps: Array<PriceStep>, 
/**
 * What it comes to, with everything taken off; negative for a return.
 */
comes_to: Money, 
/**
 * Prices that were typed over it, the first first.
 */
overrides: Array<PriceTyped>, };

/**
 * A page of lines.
 */
export type LinePage = { 
/**
 * At most sixty, by number.
 */
lines: Array<LineView>, 
/**
 * Whether there are lines before them.
 */
more: boolean, };

/**
 * A line of a sale.
 */
export type LineView = { 
/**
 * Its place; never used again in the sale.
 */
number: number, 
/**
 * Sold or taken back.
 */
direction: Direction, 
/**
 * The product, or `None` for an open item.
 */
product: ProductId | null, 
/**
 * What it is called.
 */
name: string, 
/**
 * How much of it.
 */
quantity: Quantity, 
/**
 * What the quantity counts.
 */
unit: Unit, 
/**
 * Per unit.
 */
price: Price, 
/**
 * The listed price, when `price` was typed over it.
 */
list_price: Price | null, 
/**
 * What it comes to before a discount on the whole sale; negative for a return.
 */
amount: Money, 
/**
 * The discount on it; taken from `amount` already.
 */
discount: DiscountView | null, 
/**
 * Its tax rate.
 */
tax_rate: TaxRate, 
/**
 * Lot, dates and serial number, as far as the code said them.
 */
imprint: Imprint, 
/**
 * How much of the product one of the quantity is, when a pack is sold.
 */
pack: Quantity | null, 
/**
 * The line this one goes with, and changes with: a deposit with its bottle.
 */
with: number | null, 
/**
 * The number of the receipt it takes goods back from.
 */
returns: string | null, 
/**
 * The rate it would have, if the sale bore tax.
 */
exempt: TaxRate | null, 
/**
 * What is noted on it.
 */
note: string | null, 
/**
 * Who sells it, where that is not whoever completes the sale.
 */
seller: OperatorId | null, 
/**
 * Whether it was taken out.
 */
voided: boolean, };

/**
 * Which line another goes with: the deposit with its bottle.
 */
export type Linked = { 
/**
 * The number of the line it goes with.
 */
line: number, 
/**
 * How much of it for each unit of that one.
 */
per_unit: Quantity, };

/**
 * Asks for categories.
 */
export type ListCategories = { 
/**
 * Those that are offered, or the archived ones.
 */
status: Status, };

/**
 * Asks for a page of customers by name.
 */
export type ListCustomers = { 
/**
 * Those in use, or the archived ones.
 */
status: Status, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Asks for a page of lines.
 */
export type ListLines = { 
/**
 * The sale, open or completed.
 */
sale: SaleId, 
/**
 * Only lines with a smaller number.
 */
before: number | null, };

/**
 * Asks for products that run low.
 */
export type ListLowStock = { 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Asks for a page of the list of products.
 */
export type ListProducts = { 
/**
 * Words, a number or a code to be found by; empty is all. What is found comes in the order of the search.
 */
text: string, 
/**
 * Which of them.
 */
filter: ProductFilter, 
/**
 * In which order.
 */
sort: ProductSort, 
/**
 * The last of the order first.
 */
descending: boolean, 
/**
 * The `before` or `after` of a page; `None` is the first page, or backward the last.
 */
from: string | null, 
/**
 * The page before `from`, not the one after it.
 */
backward: boolean, };

/**
 * Asks for completed sales.
 */
export type ListSales = { 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Asks for closed shifts.
 */
export type ListShifts = { 
/**
 * The `next` of the page before.
 */
before: number | null, };

/**
 * Asks for a page of tiles.
 */
export type ListTiles = { 
/**
 * Of which category; `None` is every product, by name.
 */
category: CategoryId | null, 
/**
 * The `next` of the page before.
 */
after: string | null, };

/**
 * Asks for codes, and holds the lease on the scanner for some seconds more.
 */
export type ListenToScanner = { 
/**
 * The number of the last code that was taken; `None` begins anew.
 */
after: number | null, };

/**
 * A page of products that run low.
 */
export type LowStockPage = { 
/**
 * At most sixty, by name. There may be fewer although others follow: one answer looks at a limited number of
 * products.
 */
rows: Array<LowStockRow>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, };

/**
 * A product that runs low.
 */
export type LowStockRow = { 
/**
 * The product.
 */
tile: Tile, 
/**
 * How much is there, in thousandths; below zero when more was sold than is known to have come.
 */
on_hand: number, 
/**
 * The quantity at which it is to be ordered.
 */
low_stock: Quantity, };

/**
 * Sends the invoice of a sale.
 */
export type MailInvoice = { 
/**
 * The completed sale whose invoice it is.
 */
sale: SaleId, 
/**
 * To whom.
 */
address: string, };

/**
 * A letter.
 */
export type MailLetter = { 
/**
 * Its number on this till.
 */
id: number, 
/**
 * What it holds.
 */
kind: LetterKind, 
/**
 * Where it stands.
 */
state: MailState, 
/**
 * The number of what it holds, as printed; empty where it has none.
 */
number: string, 
/**
 * 0 for what was not given out before.
 */
copy: number, 
/**
 * To whom; `None` once it was sent or given up.
 */
address: string | null, 
/**
 * When it was queued.
 */
queued_at: Timestamp, 
/**
 * When it came to its state.
 */
moved_at: Timestamp, 
/**
 * How often it was tried.
 */
attempts: number, 
/**
 * Why it waits, failed, or is uncertain.
 */
reason: MailReason | null, 
/**
 * What the server said, word for word.
 */
reply: string | null, };

/**
 * Letters.
 */
export type MailList = { 
/**
 * Those that wait or have to be looked at, the oldest first.
 */
letters: Array<MailLetter>, 
/**
 * The last ones that are done, the newest first.
 */
done: Array<MailLetter>, };

/**
 * Whether a letter can be sent, and to whom it would be.
 */
export type MailProposal = { 
/**
 * Whether there is a server to hand letters to.
 */
is_set_up: boolean, 
/**
 * Who would get it, where the till knows somebody: with reports, who gets those of closed shifts; with an account, its
 * customer.
 */
proposed: string | null, };

/**
 * Why a letter waits, failed, or may or may not have gone.
 */
export type MailReason = "unreachable" | "silent" | "not_mail" | "not_encrypted" | "password_missing" | "sign_in_refused" | "sender_refused" | "address_refused" | "refused" | "put_off" | "broke" | "interrupted" | "unwritten";

/**
 * Sends the receipt of a sale.
 */
export type MailReceipt = { 
/**
 * The completed sale.
 */
sale: SaleId, 
/**
 * To whom.
 */
address: string, };

/**
 * Sends a report.
 */
export type MailReport = { 
/**
 * Which report, as it is shown.
 */
shown: RunReport, 
/**
 * To whom.
 */
address: string, };

/**
 * How a line to a mail server is kept from others.
 */
export type MailSecurity = "none" | "starttls" | "tls";

/**
 * How letters leave the till. The password is no part of it: it is kept apart and told nobody.
 */
export type MailSettings = { 
/**
 * The name or number of the server that takes letters (SMTP).
 */
host: string, 
/**
 * Its port: 587 with STARTTLS, 465 with TLS (RFC 8314 §3.3), as a rule.
 */
port: number, 
/**
 * How what is said to it is kept from others.
 */
security: MailSecurity, 
/**
 * Who signs on there; empty where nobody has to.
 */
user: string, 
/**
 * The name letters come from.
 */
sender_name: string, 
/**
 * The address letters come from.
 */
sender_address: string, 
/**
 * Who gets the report of each closed shift (Z); empty for nobody.
 */
reports_to: string, };

/**
 * How letters leave the till.
 */
export type MailSettingsView = { 
/**
 * The settings; empty ones while nothing is set up.
 */
settings: MailSettings, 
/**
 * Whether there is a server to hand letters to.
 */
is_set_up: boolean, 
/**
 * Whether a password is kept for this server and user.
 */
has_password: boolean, };

/**
 * Where a letter stands.
 */
export type MailState = "queued" | "sending" | "sent" | "uncertain" | "failed" | "given_up";

/**
 * Sends a statement of a customer's account.
 */
export type MailStatement = { 
/**
 * Whose, and of which days; both balances are in it.
 */
shown: AskStatement, 
/**
 * To whom.
 */
address: string, };

/**
 * Makes a file of the receipt of a sale.
 */
export type MakeReceiptFile = { 
/**
 * Whose.
 */
sale: SaleId, 
/**
 * How it is written; a PDF when nothing is said.
 */
form: ReceiptFileForm, 
/**
 * Which paper; the receipt when nothing is said.
 */
paper: ReceiptPaper, };

/**
 * Makes a file of a report.
 */
export type MakeReportFile = { 
/**
 * Which report, as it is shown.
 */
shown: RunReport, 
/**
 * How it is written.
 */
form: ReportForm, };

/**
 * Makes a file of a report or a slip.
 */
export type MakeShiftFile = { 
/**
 * The id of a closed shift, of a report read within one, or of a movement; `None` for what the running shift comes
 * to.
 */
id: string | null, };

/**
 * Makes a file of a statement.
 */
export type MakeStatementFile = { 
/**
 * Whose, and of which days; both balances are in it, and all pages.
 */
shown: AskStatement, 
/**
 * How it is written.
 */
form: ReportForm, };

/**
 * Makes one product of two that are the same.
 */
export type MergeProducts = { 
/**
 * The one that stays.
 */
keep: ProductId, 
/**
 * The one that was entered twice: archived, its codes, packs and stock go to the other.
 */
merge: ProductId, };

/**
 * An amount in minor units of its currency. `|minor|` is at most 2⁵³ − 1, so that JavaScript holds it exactly.
 *
 * ```
 * use domain::{currency::Currency, money::Money};
 * let euro = Currency::parse("EUR").unwrap();
 * let price = Money::new(1_250, euro).unwrap();
 * assert_eq!(price.to_string(), "12.50");
 * assert_eq!(price.negated().to_string(), "-12.50");
 * ```
 */
export type Money = { 
/**
 * Minor units of the currency.
 */
amount: number, 
/**
 * ISO 4217 code.
 */
currency: Currency, };

/**
 * Moves cash into the drawer, or out of it, without a sale.
 */
export type MoveCash = { 
/**
 * Which way, and where to.
 */
kind: CashMovement, 
/**
 * How much, more than nothing.
 */
amount: Money, 
/**
 * What for.
 */
reason: CashReason, };

/**
 * Cash that was moved.
 */
export type MovedCash = { 
/**
 * What tells it from others.
 */
id: string, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who did it.
 */
operator_name: string, 
/**
 * Which way, and where to.
 */
kind: CashMovement, 
/**
 * How much, without sign.
 */
amount: Money, 
/**
 * What for.
 */
reason: CashReason, };

/**
 * The reasons of one kind of movement.
 */
export type MovementReasons = { 
/**
 * The kind.
 */
kind: CashMovement, 
/**
 * What for, in the order they are offered.
 */
reasons: Array<CashReason>, };

/**
 * The rules of a country.
 */
export type NationalRulesView = { 
/**
 * ISO 3166-1.
 */
country: string, 
/**
 * Where they are written down.
 */
source: string, 
/**
 * The rules.
 */
rules: CodeRules, };

/**
 * Why a drawer is opened without a sale. No words of one's own: they might name somebody.
 */
export type NoSaleReason = "give_change" | "correct_change" | "count" | "try" | "other";

/**
 * A request without fields.
 */
export type Nothing = Record<symbol, never>;

/**
 * Opens the drawer without a sale.
 */
export type OpenDrawer = { 
/**
 * Why.
 */
reason: NoSaleReason, };

/**
 * States what is in the drawer when a shift begins.
 */
export type OpenShift = { 
/**
 * The sum, where notes and coins are not counted.
 */
float: Money | null, 
/**
 * The notes and coins; empty where only the sum is known.
 */
denominations: Array<Denominated>, };

/**
 * What was paid of a sale that is still open.
 */
export type OpenTenderView = { 
/**
 * What tells it from others of the sale.
 */
number: number, 
/**
 * The kind.
 */
kind: TenderKind, 
/**
 * Which way it goes.
 */
direction: TenderDirection, 
/**
 * How much, with the tip.
 */
amount: Money, 
/**
 * What of it is a tip.
 */
tip: Money | null, 
/**
 * The voucher's number, or what the card reader gave as a proof.
 */
reference: string | null, };

/**
 * A person who can sign on.
 */
export type OperatorId = string;

/**
 * All operators.
 */
export type OperatorList = { 
/**
 * By name.
 */
operators: Array<OperatorView>, };

/**
 * An operator on the sign-on screen.
 */
export type OperatorTile = { 
/**
 * Whom to sign on.
 */
id: OperatorId, 
/**
 * What colleagues call them.
 */
name: string, 
/**
 * What their role is called.
 */
role: string, 
/**
 * The PIN, in the demo shop only.
 */
demo_pin: string | null, };

/**
 * An operator as the manager sees them.
 */
export type OperatorView = { 
/**
 * Who.
 */
id: OperatorId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * What colleagues call them.
 */
name: string, 
/**
 * Their role.
 */
role: RoleId, 
/**
 * Whether they have a PIN.
 */
has_pin: boolean, 
/**
 * Whether they have a badge.
 */
has_badge: boolean, 
/**
 * Whether they have a recovery code.
 */
has_recovery: boolean, 
/**
 * Whether they can sign on.
 */
status: Status, };

/**
 * Types a price over a line's.
 */
export type OverridePrice = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The line's number.
 */
line: number, 
/**
 * Per unit.
 */
price: Price, };

/**
 * A day at a glance, beside the same weekday a week before.
 */
export type Overview = { 
/**
 * The day.
 */
day: BusinessDay, 
/**
 * The day it is held against.
 */
before_day: BusinessDay, 
/**
 * Whether it is under way.
 */
is_today: boolean, 
/**
 * What was sold.
 */
sold: DayFigures, 
/**
 * What was sold a week before: of a day under way, up to the hour it is.
 */
before: DayFigures, 
/**
 * What was sold on all of the day a week before.
 */
before_whole: DayFigures, 
/**
 * By how much more was sold than a week before, in parts per million; `None` where nothing was sold then.
 */
change: number | null, 
/**
 * The hours from the first in which anything was sold on either day to the last.
 */
hours: Array<HourFigures>, 
/**
 * The products that brought most.
 */
top: Array<TopProduct>, };

/**
 * Several of a product under one code: a six-pack.
 */
export type Pack = { 
/**
 * The code on the pack.
 */
code: Code, 
/**
 * How much of the product is in it.
 */
quantity: Quantity, 
/**
 * What stands behind the product's name; `None` says how many there are in it.
 */
name?: string | null, 
/**
 * What one pack costs; `None` is the price of what is in it.
 */
price?: Price | null, };

/**
 * What a customer paid of what they owe.
 */
export type PaidOnAccount = { 
/**
 * What tells it from others; its slip is printed again by that.
 */
id: string, 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who took it.
 */
operator_name: string, 
/**
 * The number of its slip as printed.
 */
slip_number: string, 
/**
 * In cash, or by card.
 */
kind: TenderKind, 
/**
 * How much.
 */
amount: Money, };

/**
 * Takes a customer's payment of what they owe.
 */
export type PayAccount = { 
/**
 * Whose account.
 */
customer: CustomerId, 
/**
 * In cash, or by a card reader that stands by itself.
 */
kind: TenderKind, 
/**
 * How much of what they owe.
 */
amount: Money, 
/**
 * What the card reader gave as a proof.
 */
reference: string | null, };

/**
 * The talk with a card reader behind a tender.
 */
export type PaymentId = string;

/**
 * How a payment ended.
 */
export type PaymentResult = "approved" | "declined" | "unknown";

/**
 * What is known of a payment that has not ended.
 */
export type PaymentState = "begun" | "unknown";

/**
 * A payment that somebody has to say the end of.
 */
export type PendingPayment = { 
/**
 * Which.
 */
payment: PaymentId, 
/**
 * The kind of its tender.
 */
kind: TenderKind, 
/**
 * From the customer, or to them.
 */
direction: TenderDirection, 
/**
 * How much.
 */
amount: Money, 
/**
 * What is known of it.
 */
state: PaymentState, };

/**
 * One thing a role can allow. The code of a permission is stored; it is never reused for something else.
 */
export type Permission = "sell" | "sell_open_item" | "override_price" | "discount" | "refund" | "return_without_receipt" | "open_drawer" | "reprint_receipt" | "manage_products" | "manage_customers" | "manage_settings" | "manage_people" | "manage_devices" | "view_reports" | "open_shift" | "move_cash" | "close_shift" | "see_expected_cash" | "refund_elsewhere" | "correct_tender" | "exempt_tax" | "raise_account_limit" | "write_off_debt";

/**
 * How much of the paper's width a picture takes; a high one takes less, so that it is at most as high as half the paper
 * is wide.
 */
export type PictureSize = "small" | "medium" | "large";

/**
 * A tile in its place.
 */
export type PlacedTile = { 
/**
 * What it is for.
 */
target: TileTarget, 
/**
 * Its colour; `None` is that of the others.
 */
color?: TileColor | null, };

/**
 * A price per unit in millionths of the currency's major unit, not negative.
 *
 * ```
 * use domain::{currency::Currency, price::Price, quantity::Quantity, rounding::Rounding};
 * let pound = Currency::parse("GBP").unwrap();
 * let price = Price::micros(2_553_000).unwrap(); // 2.553 a piece
 * let six = Quantity::each(6).unwrap();
 * assert_eq!(price.extend(six, pound, Rounding::HalfUp).unwrap().to_string(), "15.32");
 * ```
 */
export type Price = number;

/**
 * A price and the day it begins.
 */
export type PriceFrom = { 
/**
 * The first day of the price.
 */
from: BusinessDay, 
/**
 * Per unit.
 */
price: Price, 
/**
 * The price list it stands in; `None` is the price where no list has another.
 */
list?: PriceListId | null, };

/**
 * Prices for certain customers or times. Which prices stand in it, the products say.
 */
export type PriceList = { 
/**
 * What it is called.
 */
name: string, 
/**
 * Whether it is in use.
 */
status: Status, };

/**
 * Prices for certain customers or times.
 */
export type PriceListId = string;

/**
 * All price lists.
 */
export type PriceListList = { 
/**
 * By name.
 */
price_lists: Array<PriceListView>, };

/**
 * A price list.
 */
export type PriceListView = { 
/**
 * Which.
 */
id: PriceListId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * Its name.
 */
price_list: PriceList, };

/**
 * The price of a product before and after.
 */
export type PricePreview = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * What it is called.
 */
name: string, 
/**
 * What the price is for.
 */
unit: Unit, 
/**
 * The price that would hold on that day otherwise.
 */
before: Price, 
/**
 * The price that would begin.
 */
after: Price, };

/**
 * One step on the way to what a line comes to.
 */
export type PriceStep = { "step": "linked", 
/**
 * Which, and how much for each unit of it.
 */
with: Linked, } | { "step": "listed", 
/**
 * Per unit.
 */
price: Price, 
/**
 * The list it stands in; `None` for the ordinary price.
 */
list: PriceListId | null, 
/**
 * The first day of the price; `None` when the product's prices were changed since.
 */
from: BusinessDay | null, } | { "step": "packed", 
/**
 * How much of the product is in it.
 */
quantity: Quantity, 
/**
 * What one pack costs.
 */
price: Price, 
/**
 * Whether the pack has a price of its own.
 */
own: boolean, } | { "step": "in_code", 
/**
 * What it said.
 */
said: InCode, } | { "step": "instead", 
/**
 * Per unit.
 */
price: Price, } | { "step": "extended", 
/**
 * Per unit.
 */
price: Price, 
/**
 * How much.
 */
quantity: Quantity, 
/**
 * What it counts.
 */
unit: Unit, 
/**
 * Before rounding, in plain digits.
 */
exact: string, 
/**
 * How it was rounded.
 */
rounding: Rounding, 
/**
 * What that comes to, without sign.
 */
amount: Money, } | { "step": "discounted", 
/**
 * How much less.
 */
by: DiscountBy, 
/**
 * Why.
 */
reason: DiscountReason, 
/**
 * What it comes to, without sign.
 */
amount: Money, } | { "step": "shared", 
/**
 * What it comes to, without sign.
 */
amount: Money, } | { "step": "exempted", 
/**
 * The rate it would have.
 */
rate: TaxRate, 
/**
 * What was taken off, without sign.
 */
amount: Money, } | { "step": "returned", 
/**
 * The receipt's number.
 */
receipt_number: string, 
/**
 * What the share comes to, without sign.
 */
amount: Money, } | { "step": "taxed", 
/**
 * What the tax category is called today.
 */
category: string | null, 
/**
 * Parts per million.
 */
rate: TaxRate, 
/**
 * The first day of the rate; `None` when the rates were changed since.
 */
from: BusinessDay | null, 
/**
 * Whether it is in the amount or comes on top.
 */
mode: TaxMode, 
/**
 * Where it is rounded. With the whole document, `tax` is this line's share only for show.
 */
scope: TaxScope, 
/**
 * The tax rounded on this line, without sign.
 */
tax: Money, };

/**
 * A price that was typed over a line's.
 */
export type PriceTyped = { 
/**
 * When.
 */
at: Timestamp, 
/**
 * Who typed it.
 */
operator_name: string, 
/**
 * Who allowed it, when the operator alone may not.
 */
approver_name: string | null, 
/**
 * Before.
 */
from: Price, 
/**
 * After.
 */
to: Price, };

/**
 * How a printer said that a print came out, the surest first.
 */
export type PrintConfirmation = "process_id" | "in_order" | "real_time";

/**
 * Prints a receipt without prices, for somebody who is given the goods.
 */
export type PrintGiftReceipt = { 
/**
 * The completed sale.
 */
sale: SaleId, };

/**
 * What a print job is.
 */
export type PrintJobKind = "receipt" | "report" | "kick" | "calibration" | "test" | "sales_report" | "statement" | "gift" | "invoice";

/**
 * Print jobs.
 */
export type PrintJobList = { 
/**
 * Those that wait or have to be looked at, the oldest first.
 */
jobs: Array<PrintJobView>, 
/**
 * The last ones that are done, for better or worse, the newest first.
 */
done: Array<PrintJobView>, };

/**
 * Where a print job stands.
 */
export type PrintJobState = "queued" | "sending" | "printed" | "unconfirmed" | "uncertain" | "expired" | "cancelled" | "failed";

/**
 * A print job.
 */
export type PrintJobView = { 
/**
 * Its number on this till.
 */
id: number, 
/**
 * What it is.
 */
kind: PrintJobKind, 
/**
 * Where it stands.
 */
state: PrintJobState, 
/**
 * The receipt number it is about.
 */
receipt_number: string, 
/**
 * 0 for the first print.
 */
copy: number, 
/**
 * When it was queued.
 */
queued_at: Timestamp, 
/**
 * Why it waits or failed: a device reason with a text of its own.
 */
reason: DeviceReason | null, 
/**
 * The printer it was last sent to.
 */
printer: DeviceRole | null, 
/**
 * Its bytes, once it was made.
 */
bytes_total: number | null, 
/**
 * How many of them the line accepted last.
 */
bytes_sent: number | null, 
/**
 * How the printer said that it came out.
 */
confirmed_by: PrintConfirmation | null, };

/**
 * Prints a report.
 */
export type PrintReport = { 
/**
 * Which, as it is shown.
 */
shown: RunReport, };

/**
 * Prints a statement.
 */
export type PrintStatement = { 
/**
 * Whose, and of which days; both balances are on it.
 */
shown: AskStatement, };

/**
 * A printer.
 */
export type PrinterSettings = { 
/**
 * The name of its profile in `assets/printers`.
 */
profile: string, 
/**
 * How bytes reach it.
 */
connection: Connection, 
/**
 * The code page somebody found on it; `None` for those of its profile.
 */
code_page: FoundCodePage | null, 
/**
 * Whether it is asked how it is, where its profile says that it answers. A few printers stop when they are asked.
 */
asks_status: boolean, };

/**
 * Something that can be sold. A field that is left out of what is stored is empty: facts say only what a product has.
 */
export type Product = { 
/**
 * What it is called on screen and paper.
 */
name: string, 
/**
 * The merchant's own identifier, unique in the organisation.
 */
sku: string | null, 
/**
 * Whose make it is.
 */
brand?: string | null, 
/**
 * The codes it is found by. Two products may claim one code: both stay sellable and the cashier picks.
 */
codes: Array<Code>, 
/**
 * Packs of it, each with a code of its own.
 */
packs?: Array<Pack>, 
/**
 * What its quantity counts, and its price is for.
 */
unit: Unit, 
/**
 * Its prices by list and the day each begins, in any order.
 */
prices: Array<PriceFrom>, 
/**
 * How it is taxed.
 */
tax_category: TaxCategoryId, 
/**
 * Its reporting group.
 */
category: CategoryId | null, 
/**
 * The content hash (hexadecimal SHA-256) of its picture.
 */
picture: string | null, 
/**
 * The product this is a size or colour of. A variant sells, and is counted, as a product of its own.
 */
variant_of?: ProductId | null, 
/**
 * What tells this variant from the others.
 */
options?: Array<VariantOption>, 
/**
 * What is rung up with it: the deposit on its bottle.
 */
deposit?: Deposit | null, 
/**
 * The age in years a customer must have.
 */
age_min?: number | null, 
/**
 * The quantity on hand at which it is to be ordered.
 */
low_stock?: Quantity | null, 
/**
 * The product this one was found to be, when it had been entered twice: its codes lead there.
 */
merged_into?: ProductId | null, 
/**
 * Whether it can still be sold.
 */
status: Status, };

/**
 * Which products of a list.
 */
export type ProductFilter = { 
/**
 * Sold, or archived.
 */
status: Status, 
/**
 * Of one category.
 */
category: CategoryId | null, 
/**
 * Taxed in one way.
 */
tax_category: TaxCategoryId | null, 
/**
 * Without this.
 */
lacking: Lacking | null, 
/**
 * Only those of which there is no more than their low-stock mark; they come by name.
 */
low: boolean, };

/**
 * Something that can be sold.
 */
export type ProductId = string;

/**
 * A page of products.
 */
export type ProductList = { 
/**
 * At most sixty, in the order asked for. There may be fewer although others follow: one answer looks at a
 * limited number of products.
 */
rows: Array<ProductRow>, 
/**
 * Asks backward for the page before; `None` at the beginning.
 */
before: string | null, 
/**
 * Asks for the page after; `None` at the end.
 */
after: string | null, 
/**
 * How many there are; told with the first page of a list that is not filtered.
 */
total: ProductTotal | null, };

/**
 * A product in a list.
 */
export type ProductRow = { 
/**
 * Which.
 */
product: ProductId, 
/**
 * What it is called.
 */
name: string, 
/**
 * The merchant's own number.
 */
sku: string | null, 
/**
 * Its ordinary price today, of no price list; `None` when it has none.
 */
price: Price | null, 
/**
 * What the price is for.
 */
unit: Unit, 
/**
 * Its reporting group.
 */
category: CategoryId | null, 
/**
 * How it is taxed.
 */
tax_category: TaxCategoryId, 
/**
 * The content hash of its picture.
 */
picture: string | null, 
/**
 * Whether it is sold.
 */
status: Status, 
/**
 * How much is there, in thousandths of its unit; below zero when more was sold than is known of. `None` while
 * nothing was counted or sold.
 */
on_hand: number | null, 
/**
 * The quantity at which it is to be ordered.
 */
low_stock: Quantity | null, 
/**
 * Whether there is no more of it than that.
 */
is_low: boolean, 
/**
 * When it was changed last; `None` when that is not known.
 */
changed: Timestamp | null, };

/**
 * The order of a list of products.
 */
export type ProductSort = "name" | "sku" | "price" | "changed";

/**
 * How many there are.
 */
export type ProductTotal = { 
/**
 * So many.
 */
count: number, 
/**
 * And more: they were not counted to the end.
 */
more: boolean, };

/**
 * A product as it can be edited.
 */
export type ProductView = { 
/**
 * Which.
 */
id: ProductId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * The product.
 */
product: Product, 
/**
 * How much of it is there, in thousandths of its unit; below zero when more was sold than is known of. `None`
 * while nothing was counted or sold.
 */
on_hand: number | null, 
/**
 * What its category is called.
 */
category_name: string | null, 
/**
 * What the product it is a variant of is called.
 */
variant_of_name: string | null, 
/**
 * What its deposit is called.
 */
deposit_name: string | null, 
/**
 * What the product it was merged into is called.
 */
merged_into_name: string | null, 
/**
 * Its variants that are sold, by name: at most a hundred.
 */
variants: Array<VariantRow>, };

/**
 * How products change; what is left out stays.
 */
export type ProductsChange = { 
/**
 * Into a category, or into none.
 */
category: IntoCategory | null, 
/**
 * Taxed in this way.
 */
tax_category: TaxCategoryId | null, 
/**
 * Sold, or archived.
 */
status: Status | null, 
/**
 * Their ordinary prices, by so many parts of a million.
 */
price: ChangePrices | null, };

/**
 * Many products were changed.
 */
export type ProductsChanged = { 
/**
 * So many became different.
 */
changed: number, 
/**
 * So many had been as asked for.
 */
same: number, 
/**
 * So many have no price today that could go up or down; the rest of the change holds for them too.
 */
unpriced: number, };

/**
 * What a change would make of prices.
 */
export type ProductsPreviewed = { 
/**
 * Products whose price would be another, the first of them.
 */
prices: Array<PricePreview>, 
/**
 * How it would end.
 */
outcome: ProductsChanged, };

/**
 * A quantity in thousandths of its unit, not negative: the kind of the line says sold or returned.
 *
 * ```
 * use domain::quantity::Quantity;
 * assert_eq!(Quantity::each(2).unwrap().to_string(), "2");
 * assert_eq!(Quantity::thousandths(1_250).unwrap().to_string(), "1.25");
 * ```
 */
export type Quantity = number;

/**
 * A tax rate and the day it begins.
 */
export type RateFrom = { 
/**
 * The first day of the rate.
 */
from: BusinessDay, 
/**
 * Parts per million.
 */
rate: TaxRate, };

/**
 * Asks for what went to a device and came back.
 */
export type ReadDeviceLog = { 
/**
 * Which.
 */
role: DeviceRole, };

/**
 * What code the number of a receipt is printed in, so that it can be scanned.
 */
export type ReceiptCode = "code128" | "qr" | "none";

/**
 * A receipt as a file, to be fetched as a blob.
 */
export type ReceiptFile = { 
/**
 * What to fetch.
 */
blob: string, 
/**
 * What it is called.
 */
file_name: string, 
/**
 * Where it was saved already: in the till's own window, which cannot save what it fetches.
 */
saved_at: string | null, 
/**
 * How large it is.
 */
bytes: number, };

/**
 * How the file of a receipt is written.
 */
export type ReceiptFileForm = "pdf" | "png";

/**
 * How a shop's receipts look. A receipt is always laid out as the shop had it when the sale completed.
 */
export type ReceiptLayout = { 
/**
 * How large the logo is.
 */
logo_size: PictureSize, 
/**
 * Whether the address is on it.
 */
address: boolean, 
/**
 * Whether the tax number is on it.
 */
tax_number: boolean, 
/**
 * Whether the name of the till is on it.
 */
till_name: boolean, 
/**
 * Whether it says who served.
 */
operator: boolean, 
/**
 * Whether it says whom the sale was for, by name and number.
 */
customer: boolean, 
/**
 * Whether a line of one piece also says what a piece costs.
 */
unit_prices: boolean, 
/**
 * Where the taxes stand.
 */
taxes: TaxPlace, 
/**
 * Whether the total is twice as large.
 */
large_total: boolean, 
/**
 * What code its number is printed in.
 */
code: ReceiptCode, };

/**
 * Which paper of a sale.
 */
export type ReceiptPaper = "receipt" | "gift";

/**
 * A receipt for the screen.
 */
export type ReceiptPreview = { 
/**
 * The blocks of the document.
 */
document: Document, 
/**
 * The same, laid out as the receipt printer's columns.
 */
lines: Array<string>, 
/**
 * Columns of the layout.
 */
columns: number, };

/**
 * Paper as it would look, with goods nobody sold.
 */
export type ReceiptSample = { 
/**
 * The lines of it.
 */
preview: ReceiptPreview, 
/**
 * The picture of it: a PNG file in base64, dot by dot as it is printed.
 */
picture: string, };

/**
 * A page of a record's history.
 */
export type RecordHistory = { 
/**
 * At most fifty, the newest first.
 */
entries: Array<HistoryEntry>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: number | null, };

/**
 * Gives an operator a new PIN, with their recovery code.
 */
export type Recover = { 
/**
 * Who.
 */
operator: OperatorId, 
/**
 * The code that was written down.
 */
code: string, 
/**
 * The new PIN.
 */
pin: string, };

/**
 * A recovery code: shown once.
 */
export type RecoveryCode = { 
/**
 * In groups of five.
 */
code: string, };

/**
 * A part of a refund, and what it goes back to.
 */
export type RefundPart = { 
/**
 * The kind of tender.
 */
kind: TenderKind, 
/**
 * How much, without sign.
 */
amount: Money, };

/**
 * A code that was not rung up.
 */
export type RefusedScan = { 
/**
 * The code as read.
 */
code: string, 
/**
 * Why, as a call would have been told.
 */
error: ErrorBody, 
/**
 * How many codes in a row were refused.
 */
count: number, };

/**
 * What of a report is drawn: a row's first cell names what the others say.
 */
export type ReportChart = { 
/**
 * How.
 */
form: ChartForm, 
/**
 * The column that is drawn.
 */
value: number, 
/**
 * The column it is held against.
 */
before: number | null, };

/**
 * Days, both included.
 */
export type ReportDays = { 
/**
 * The first.
 */
from: BusinessDay, 
/**
 * The last.
 */
to: BusinessDay, };

/**
 * A file of a report, held until it is fetched, another file is made or the till stops.
 */
export type ReportFile = { 
/**
 * Its address at the blob door.
 */
blob: string, 
/**
 * What to call it.
 */
file_name: string, 
/**
 * Where it was saved already, for the till's own window; `None` for those who fetch it.
 */
saved_at: string | null, };

/**
 * What a report can be narrowed to besides its days.
 */
export type ReportFilter = "operator" | "hours" | "category";

/**
 * How a file of a report is written.
 */
export type ReportForm = "csv" | "csv_semicolon" | "xlsx" | "pdf";

/**
 * A report a till can run.
 */
export type ReportKind = { 
/**
 * Its name, as `report.run` takes it.
 */
report: string, 
/**
 * What it can be narrowed to.
 */
filters: Array<ReportFilter>, 
/**
 * Whether it can be held against other days.
 */
compares: boolean, };

/**
 * The reports a till can run.
 */
export type ReportList = { 
/**
 * In the order they are offered.
 */
reports: Array<ReportKind>, 
/**
 * The business day it is: what periods are counted from.
 */
today: BusinessDay, };

/**
 * A report: screen, print and files are all made from this.
 */
export type ReportTable = { 
/**
 * Its name; screens have a title for each.
 */
report: string, 
/**
 * The columns, by name; screens have a heading for each.
 */
columns: Array<string>, 
/**
 * The rows, or the first of them.
 */
rows: Array<Array<CellValue>>, 
/**
 * The sums under the columns that have one, of all rows.
 */
totals: Array<CellValue>, 
/**
 * How many rows there are.
 */
row_count: number, 
/**
 * How it is drawn, if it is.
 */
chart: ReportChart | null, 
/**
 * The days it is held against.
 */
compared: ReportDays | null, };

/**
 * Prints a receipt again.
 */
export type ReprintReceipt = { 
/**
 * Whose.
 */
sale: SaleId, };

/**
 * Says what becomes of a letter.
 */
export type ResolveLetter = { 
/**
 * The letter.
 */
id: number, 
/**
 * What.
 */
resolution: LetterResolution, };

/**
 * Says whether an uncertain print came out.
 */
export type ResolvePrintJob = { 
/**
 * The job.
 */
id: number, 
/**
 * `true`: it did; `false`: print it again, marked as a duplicate.
 */
came_out: boolean, };

/**
 * Puts a backup in place of what is here.
 */
export type RestoreBackup = { 
/**
 * Where the file is.
 */
path: string, };

/**
 * A backup is checked and stands ready; the till goes on with it when it starts again, which it does by itself.
 */
export type Restoring = { 
/**
 * The folder where everything that was here is kept.
 */
kept_in: string, };

/**
 * Takes a sale up again that was put aside.
 */
export type ResumeSale = { 
/**
 * Which.
 */
sale: SaleId, };

/**
 * Why goods come back. Facts carry no free words about customers.
 */
export type ReturnReason = "unwanted" | "faulty" | "mistake" | "other";

/**
 * Gives a tender of an open sale back.
 */
export type ReturnTender = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The tender's number.
 */
tender: number, };

/**
 * A line of a completed sale, and what can come back of it.
 */
export type ReturnableLine = { 
/**
 * The line's number.
 */
line: number, 
/**
 * The product, or `None` for an open item.
 */
product: ProductId | null, 
/**
 * What it is called.
 */
name: string, 
/**
 * What the quantities count.
 */
unit: Unit, 
/**
 * How much was sold.
 */
sold: Quantity, 
/**
 * How much came back already.
 */
returned: Quantity, 
/**
 * How much of it is in the open sale already.
 */
in_sale: Quantity, 
/**
 * How much can still come back.
 */
left: Quantity, 
/**
 * What that comes to.
 */
amount: Money, };

/**
 * A completed sale, and what can come back of it.
 */
export type ReturnableSale = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * As printed.
 */
receipt_number: string, 
/**
 * When it completed.
 */
completed_at: Timestamp, 
/**
 * What was paid, or given back when negative.
 */
total: Money, 
/**
 * Whether it can be reversed as a whole: nothing of it came back, and it took nothing back itself.
 */
reversible: boolean, 
/**
 * Its lines that were sold, by number.
 */
lines: Array<ReturnableLine>, };

/**
 * Reverses a completed sale as a whole, by a new one.
 */
export type ReverseSale = { 
/**
 * The completed sale.
 */
sale: SaleId, 
/**
 * Why.
 */
reason: ReturnReason, };

/**
 * A named set of permissions.
 */
export type Role = { 
/**
 * What it is called.
 */
name: string, 
/**
 * What it allows.
 */
grants: Array<Grant>, 
/**
 * Whether a badge alone does not sign on: the PIN is asked for too.
 */
badge_needs_pin: boolean, 
/**
 * Whether they see nothing of what others sold: not in the list of receipts, not in reports.
 */
own_sales_only: boolean, 
/**
 * Whether they only train: whatever they sell counts nowhere.
 */
trains_only: boolean, };

/**
 * A named set of permissions.
 */
export type RoleId = string;

/**
 * All roles.
 */
export type RoleList = { 
/**
 * By name.
 */
roles: Array<RoleView>, };

/**
 * A role.
 */
export type RoleView = { 
/**
 * Which.
 */
id: RoleId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * Its name and grants.
 */
role: Role, };

/**
 * How a quotient that is not whole becomes whole. All modes are symmetric around zero, so that a refund rounds to
 * exactly the negative of the sale it reverses.
 */
export type Rounding = "half_up" | "half_even" | "down";

/**
 * Runs a report.
 */
export type RunReport = { 
/**
 * Its name.
 */
report: string, 
/**
 * The first day.
 */
from: BusinessDay, 
/**
 * The last day.
 */
to: BusinessDay, 
/**
 * Only what this operator completed.
 */
operator: OperatorId | null, 
/**
 * Only what was completed within these hours.
 */
hours: HourRange | null, 
/**
 * Only products of this category.
 */
category: CategoryId | null, 
/**
 * What it is held against.
 */
compare: Comparison | null, };

/**
 * What was done to an open sale.
 */
export type SaleAct = "line_added" | "counted" | "quantity_changed" | "price_overridden" | "discounted" | "line_voided" | "noted" | "customer_set" | "takeaway_set" | "tax_exempted" | "age_confirmed" | "seller_set" | "taken_back" | "reversed";

/**
 * A sale that was given up.
 */
export type SaleCancelled = { 
/**
 * Which.
 */
sale: SaleId, };

/**
 * A completed sale.
 */
export type SaleCompleted = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * The gapless number.
 */
receipt_number: string, 
/**
 * When it completed.
 */
completed_at: Timestamp, 
/**
 * Whom it was for.
 */
customer: CustomerId | null, 
/**
 * Lines that count.
 */
lines_active: number, 
/**
 * By rate and in sum.
 */
totals: Totals, 
/**
 * How it was settled.
 */
tenders: Array<Tender>, 
/**
 * What cash was rounded by: what the shop gained, or lost when negative.
 */
cash_rounding: Money, 
/**
 * What the customer gave beside the total; it is in the tenders.
 */
tip: Money | null, 
/**
 * What comes back to the customer.
 */
change: Money, 
/**
 * What the customer has of store credit after it, where it changed.
 */
credit_left: Money | null, 
/**
 * What the customer owes after it, where it changed.
 */
owed: Money | null, 
/**
 * Whether the drawer was told to open.
 */
opens_drawer: boolean, };

/**
 * A customer as who sells sees them.
 */
export type SaleCustomerView = { 
/**
 * Who.
 */
id: CustomerId, 
/**
 * The shop's own number or card code for them.
 */
number: string | null, 
/**
 * What they are called; empty once it was erased.
 */
name: string, 
/**
 * Where they can be called.
 */
phone: string | null, 
/**
 * What their price list is called.
 */
price_list_name: string | null, 
/**
 * What they have of store credit, less what the open sale at this sign-on takes of it; `None` where they have none.
 */
credit: Money | null, 
/**
 * What they owe the shop, without the open sale at this sign-on; below nothing where the shop owes them. `None` where
 * that is nothing.
 */
owed: Money | null, 
/**
 * How much more they may owe, less what the open sale at this sign-on adds; `None` where they buy nothing on account.
 */
may_owe: Money | null, };

/**
 * Customers a sale could be for.
 */
export type SaleCustomers = { 
/**
 * The first twenty, by name.
 */
customers: Array<SaleCustomerView>, 
/**
 * Whether more were found than are shown.
 */
more: boolean, };

/**
 * Something that sales can be narrowed to.
 */
export type SaleHint = { "kind": "product", 
/**
 * Which.
 */
id: ProductId, 
/**
 * What it is called.
 */
name: string, } | { "kind": "customer", 
/**
 * Who.
 */
id: CustomerId, 
/**
 * What they are called.
 */
name: string, } | { "kind": "operator", 
/**
 * Who.
 */
id: OperatorId, 
/**
 * What they are called.
 */
name: string, };

/**
 * A sale, from its first line on.
 */
export type SaleId = string;

/**
 * The invoice of a completed sale, or whom one could be for.
 */
export type SaleInvoice = { 
/**
 * The sale.
 */
sale: SaleId, 
/**
 * The sale's number as printed.
 */
receipt_number: string, 
/**
 * What it is, or would be.
 */
kind: InvoiceKind, 
/**
 * Whom it is for; while there is none, what is known of whom the sale was for.
 */
buyer: Buyer, 
/**
 * The customer's record, where there is one.
 */
customer: CustomerId | null, 
/**
 * What was written; `None` while there is none.
 */
issued: IssuedInvoice | null, };

/**
 * A page of completed sales.
 */
export type SaleList = { 
/**
 * At most sixty, the newest first.
 */
sales: Array<SaleRow>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, };

/**
 * What is known of letters of a sale.
 */
export type SaleMail = { 
/**
 * Whether there is a server to hand letters to.
 */
is_set_up: boolean, 
/**
 * The address of the customer on the sale, where there is one.
 */
proposed: string | null, 
/**
 * Whether the receipt was given out before, so that the letter holds a duplicate.
 */
is_duplicate: boolean, 
/**
 * The letters of the sale that are remembered, the newest first.
 */
letters: Array<MailLetter>, };

/**
 * A completed sale in a list.
 */
export type SaleRow = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * The gapless number.
 */
receipt_number: string, 
/**
 * When it completed.
 */
completed_at: Timestamp, 
/**
 * What was paid, or given back when negative.
 */
total: Money, };

/**
 * What a completed sale was paid with, as it is known now.
 */
export type SaleTenders = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * As printed.
 */
receipt_number: string, 
/**
 * Its tenders, in the order they came.
 */
tenders: Array<SettledTender>, 
/**
 * What was corrected, the first first.
 */
corrections: Array<CorrectionView>, };

/**
 * What was taken back.
 */
export type SaleUndone = { 
/**
 * What had been done.
 */
what: SaleAct, 
/**
 * What the line it was about is called; `None` where it was about the whole sale.
 */
name: string | null, 
/**
 * The sale as it is again, with the lines that changed.
 */
sale: SaleView, };

/**
 * An open sale after a change: the header and the lines that changed, however long the sale is.
 */
export type SaleView = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * Goes up with every change.
 */
revision: number, 
/**
 * When it opened.
 */
opened_at: Timestamp, 
/**
 * What the next line will take.
 */
armed: Armed, 
/**
 * Whom it is for; `sale.customer` says who that is.
 */
customer: CustomerId | null, 
/**
 * Whether the goods are taken away: what is taxed by that, is taxed so.
 */
takeaway: boolean, 
/**
 * Why it bears no tax, where it does not.
 */
exempt: ExemptReason | null, 
/**
 * What is noted on all of it.
 */
note: string | null, 
/**
 * The discount on all of it.
 */
discount: DiscountView | null, 
/**
 * What it comes to.
 */
totals: Totals, 
/**
 * What is still to be paid, with the tip, or to be given back when negative.
 */
balance: Money, 
/**
 * The same, as it can be paid in cash.
 */
cash_due: Money, 
/**
 * What was paid of it already.
 */
tenders: Array<OpenTenderView>, 
/**
 * How what is to be given back goes by itself: to what the goods were paid with, the rest in cash. Empty where
 * nothing goes back, or no goods come back from a receipt.
 */
refund: Array<RefundPart>, 
/**
 * The payment whose answer is not known yet.
 */
payment: PendingPayment | null, 
/**
 * The tip that comes with what is paid next; it is part of `balance` and `cash_due`.
 */
tip: Money | null, 
/**
 * What is offered as a tip; empty where the shop takes none, or nothing is to be paid.
 */
tip_offers: Array<TipOffer>, 
/**
 * Amounts the customer may hand over, rising, each above what is due in cash.
 */
quick_cash: Array<Money>, 
/**
 * Lines that count.
 */
lines_active: number, 
/**
 * Pieces that count: what a customer would count in the bag. A line by weight or measure is one.
 */
pieces: number, 
/**
 * The lines that changed with this answer, by number. A line the screen does not know is new.
 */
changed_lines: Array<LineView>, 
/**
 * The line the change was about.
 */
selected: number | null, 
/**
 * The age somebody has to confirm before the sale can be settled.
 */
age_check: number | null, 
/**
 * Who sells what is rung up from now on, where that is not whoever is signed on.
 */
seller: OperatorId | null, 
/**
 * What `sale.undo` takes back next; `None` when there is nothing.
 */
undo: SaleAct | null, };

/**
 * Asks how a number would be read by rules that need not be saved.
 */
export type SampleCode = { 
/**
 * The rules, as they are typed.
 */
rules: CodeRules, 
/**
 * The number.
 */
code: string, };

/**
 * What a sample shows.
 */
export type SampleKind = "sale" | "gift" | "duplicate" | "invoice";

/**
 * How a number is read: by the first rule that fits.
 */
export type SampleRead = { 
/**
 * Of each rule, whether its layout says something.
 */
sound: Array<boolean>, 
/**
 * The rule that reads it, from 0; `None` when none does, or its check digit is another's.
 */
rule: number | null, 
/**
 * The number of the product in it.
 */
item: string | null, 
/**
 * How much it says there is.
 */
quantity: Quantity | null, 
/**
 * Of what.
 */
unit: Unit | null, 
/**
 * What it says the piece costs.
 */
price: Price | null, };

/**
 * Asks how paper would look with settings that need not be saved.
 */
export type SampleReceipt = { 
/**
 * The settings.
 */
shop: Shop, 
/**
 * What is on the paper.
 */
kind: SampleKind, };

/**
 * Says how much a customer may owe.
 */
export type SaveAccount = { 
/**
 * Whose account.
 */
customer: CustomerId, 
/**
 * What the screen showed; `None` where nobody agreed anything yet.
 */
base: Account | null, 
/**
 * As it should be.
 */
account: Account, };

/**
 * Changes how backups are kept.
 */
export type SaveBackupPlan = { 
/**
 * What the screen showed.
 */
base: BackupPlan, 
/**
 * As it should be.
 */
plan: BackupPlan, };

/**
 * Adds or changes a category.
 */
export type SaveCategory = { 
/**
 * Which to change; `None` adds one.
 */
id: CategoryId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: Category | null, 
/**
 * As it should be.
 */
category: Category, };

/**
 * Changes how numbers are read.
 */
export type SaveCodeRules = { 
/**
 * What the screen showed.
 */
base: CodeRules, 
/**
 * As it should be.
 */
rules: CodeRules, };

/**
 * Adds or changes a customer.
 */
export type SaveCustomer = { 
/**
 * Whom to change; `None` adds one.
 */
id: CustomerId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: Customer | null, 
/**
 * As it should be.
 */
customer: Customer, 
/**
 * Whether somebody who is archived by this may owe the shop something, or have something there: whoever asks was
 * told how much.
 */
despite_balance: boolean, };

/**
 * Changes which devices this till uses.
 */
export type SaveDevices = { 
/**
 * What the screen showed.
 */
base: Devices, 
/**
 * As it should be.
 */
devices: Devices, };

/**
 * Changes how letters leave the till.
 */
export type SaveMailSettings = { 
/**
 * What the screen showed; fields that differ from it in `settings` are changed.
 */
base: MailSettings, 
/**
 * As it should be.
 */
settings: MailSettings, 
/**
 * The password, where another is to be kept.
 */
password: string | null, };

/**
 * Adds or changes an operator. Fields left out stay as they are.
 */
export type SaveOperator = { 
/**
 * Whom to change; `None` adds one.
 */
id: OperatorId | null, 
/**
 * What colleagues call them.
 */
name: string | null, 
/**
 * Their role.
 */
role: RoleId | null, 
/**
 * A new PIN.
 */
pin: string | null, 
/**
 * The code of a new badge; an empty one takes the badge away.
 */
badge: string | null, 
/**
 * Whether they can sign on.
 */
status: Status | null, };

/**
 * Adds or changes a price list.
 */
export type SavePriceList = { 
/**
 * Which to change; `None` adds one.
 */
id: PriceListId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: PriceList | null, 
/**
 * As it should be.
 */
price_list: PriceList, };

/**
 * Adds or changes a product.
 */
export type SaveProduct = { 
/**
 * Which to change; `None` adds one.
 */
id: ProductId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: Product | null, 
/**
 * As it should be.
 */
product: Product, };

/**
 * Adds or changes a role.
 */
export type SaveRole = { 
/**
 * Which to change; `None` adds one.
 */
id: RoleId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: Role | null, 
/**
 * As it should be.
 */
role: Role, };

/**
 * Changes the shop's settings.
 */
export type SaveShop = { 
/**
 * What the screen showed; fields that differ from it in `shop` are changed.
 */
base: Shop, 
/**
 * As it should be.
 */
shop: Shop, };

/**
 * Adds or changes a tax category.
 */
export type SaveTaxCategory = { 
/**
 * Which to change; `None` adds one.
 */
id: TaxCategoryId | null, 
/**
 * What the screen showed; `None` for a new one.
 */
base: TaxCategory | null, 
/**
 * As it should be.
 */
tax_category: TaxCategory, };

/**
 * Changes the pages.
 */
export type SaveTileLayout = { 
/**
 * What the screen showed.
 */
base: TileLayout, 
/**
 * As they should be.
 */
layout: TileLayout, };

/**
 * Rings up a code.
 */
export type Scan = { 
/**
 * As read by a scanner or typed.
 */
code: string, };

/**
 * Codes counted.
 */
export type ScanCount = { 
/**
 * Codes read.
 */
read: number, 
/**
 * Codes rung up.
 */
taken: number, 
/**
 * Codes refused.
 */
refused: number, };

/**
 * How codes come in from a scanner.
 */
export type ScannerConnection = { "via": "serial", 
/**
 * The port's path or name.
 */
port: string, 
/**
 * Bits per second.
 */
baud: number, } | { "via": "hid", 
/**
 * The maker's number.
 */
vendor: number, 
/**
 * The model's.
 */
product: number, 
/**
 * Its own, where it has one and there are two of a model.
 */
serial: string | null, } | { "via": "simulated" };

/**
 * A scanner that does not act as a keyboard.
 */
export type ScannerSettings = { 
/**
 * How its codes come in.
 */
connection: ScannerConnection, 
/**
 * What it puts before each code; taken off where it stands.
 */
prefix: string, 
/**
 * What it puts behind each code beside the end of the line; taken off where it stands.
 */
suffix: string, 
/**
 * The same code again within so many milliseconds is the same read. 0: never.
 */
same_within_ms: number, };

/**
 * How the folder for second copies is.
 */
export type SecondPlace = "up_to_date" | "behind" | "missing" | "failed";

/**
 * Sends a letter for a test.
 */
export type SendTestLetter = { 
/**
 * To whom.
 */
address: string, };

/**
 * A sign-on.
 */
export type Session = { 
/**
 * Who is signed on.
 */
operator: OperatorId, 
/**
 * What colleagues call them.
 */
name: string, 
/**
 * What the role is called.
 */
role: string, 
/**
 * What they may do. For the screen's convenience: every call is checked again.
 */
grants: Array<Grant>, 
/**
 * Whether they see nothing of what others sold.
 */
own_sales_only: boolean, 
/**
 * Whether they are training: nothing they sell counts.
 */
training: boolean, 
/**
 * Whether their role does nothing else.
 */
trains_only: boolean, };

/**
 * Says whom the sale is for.
 */
export type SetCustomer = { 
/**
 * Who; `None` takes the customer off.
 */
customer: CustomerId | null, };

/**
 * Writes a note, in place of the one there is.
 */
export type SetNote = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The line's number; `None` for the whole sale.
 */
line: number | null, 
/**
 * What is noted, at most 200 characters; nothing takes the note away.
 */
note: string, };

/**
 * Changes how much of a line there is.
 */
export type SetQuantity = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The line's number.
 */
line: number, 
/**
 * How much.
 */
quantity: Quantity, };

/**
 * Says who sells.
 */
export type SetSeller = { 
/**
 * The line's number; `None` for what is rung up from now on.
 */
line: number | null, 
/**
 * Who; `None` for whoever completes the sale.
 */
seller: OperatorId | null, };

/**
 * Says what the customer gives beside what is due, with what is paid next.
 */
export type SetTip = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * How much; `None` takes it off.
 */
amount: Money | null, };

/**
 * Sets up a new shop.
 */
export type SetUpShop = { 
/**
 * The settings.
 */
shop: Shop, 
/**
 * What the owner is called.
 */
owner_name: string, 
/**
 * The owner's PIN.
 */
owner_pin: string, };

/**
 * A tender of a completed sale.
 */
export type SettledTender = { 
/**
 * Its place in the sale, from 1.
 */
number: number, 
/**
 * What it was, with all corrections.
 */
kind: TenderKind, 
/**
 * Which way it went.
 */
direction: TenderDirection, 
/**
 * What was handed over less what came back, with the tip.
 */
amount: Money, 
/**
 * The voucher's number, or what the card reader gave as a proof.
 */
reference: string | null, 
/**
 * What it can be said to have been instead.
 */
can_be: Array<TenderKind>, };

/**
 * Closed shifts.
 */
export type ShiftList = { 
/**
 * At most thirty, the newest first.
 */
shifts: Array<ShiftSummary>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: number | null, };

/**
 * A report or a slip, laid out.
 */
export type ShiftPaper = { 
/**
 * What it is printed by again; `None` for a report that was only looked at.
 */
id: string | null, 
/**
 * Its number as printed; empty where it has none.
 */
z_number: string, 
/**
 * The lines of it.
 */
preview: ReceiptPreview, };

/**
 * How a shop keeps its drawer and its day.
 */
export type ShiftRules = { 
/**
 * The hour at which the business day turns, 0 to 12: what is sold before it counts for the day before.
 */
day_turns_at: number, 
/**
 * A difference up to this needs no reason, minor units.
 */
difference_free: number, };

/**
 * Where the shift of a drawer stands.
 */
export type ShiftState = "closed" | "begun" | "open";

/**
 * A shift that was closed.
 */
export type ShiftSummary = { 
/**
 * Which.
 */
id: string, 
/**
 * Its number as printed.
 */
z_number: string, 
/**
 * Which drawer it was of; `None` where the till had one.
 */
drawer: number | null, 
/**
 * The day it counts for.
 */
business_day: BusinessDay, 
/**
 * When it was closed.
 */
closed_at: Timestamp, 
/**
 * Who closed it.
 */
operator_name: string, 
/**
 * What was sold less what was refunded.
 */
turnover: Money, 
/**
 * What the drawer should have held.
 */
expected: Money, 
/**
 * What was in it.
 */
counted: Money, 
/**
 * Counted less expected.
 */
over_short: Money, 
/**
 * Sales that went on in the next shift.
 */
open_sales: number, };

/**
 * The drawer and its running shift.
 */
export type ShiftView = { 
/**
 * Which drawer of this till: the one the operator uses.
 */
drawer: number, 
/**
 * How many drawers this till has, 1 or 2.
 */
drawers: number, 
/**
 * Where its shift stands.
 */
state: ShiftState, 
/**
 * When it began.
 */
began_at: Timestamp | null, 
/**
 * Who stated the float.
 */
opened_by: string | null, 
/**
 * The float; what the close before left there, until it is stated.
 */
float: Money, 
/**
 * Sales and refunds since it began.
 */
sales: number, 
/**
 * Sales that are open, of those who use this drawer: they go on in the next shift.
 */
open_sales: number, 
/**
 * Sales that are put aside: they wait for anybody, in the next shift too.
 */
put_aside: number, 
/**
 * Since when the first of them waits.
 */
put_aside_since: Timestamp | null, 
/**
 * What was moved without a sale, the newest first.
 */
movements: Array<MovedCash>, 
/**
 * What customers paid of what they owe, the newest first; by card too.
 */
account_payments: Array<PaidOnAccount>, 
/**
 * The last count since the close before.
 */
count: DrawerCount | null, 
/**
 * What the drawer should hold; only for those who may see it before it is counted.
 */
expected: Money | null, 
/**
 * What of it was paid on sales that are not completed: no shift's turnover yet; only beside `expected`.
 */
held: Money | null, 
/**
 * A difference up to this needs no reason.
 */
difference_free: Money, 
/**
 * What a note or coin can be worth, the largest first; empty where only a sum can be counted.
 */
denominations: Array<Money>, 
/**
 * What cash can be moved for.
 */
reasons: Array<MovementReasons>, };

/**
 * The shop: what stands on the receipt, and how tax and money work here.
 */
export type Shop = { 
/**
 * The name on the receipt.
 */
name: string, 
/**
 * The address as printed, one line each.
 */
address: Array<string>, 
/**
 * The tax number as printed; empty where the shop has none.
 */
tax_number: string, 
/**
 * The currency of all prices and sales.
 */
currency: Currency, 
/**
 * The language of screens and receipts: `en`, `fr` or `ar` (receipt only).
 */
language: Language, 
/**
 * How tax is computed.
 */
tax_policy: TaxPolicy, 
/**
 * Printed under the address, one line each.
 */
receipt_header: Array<string>, 
/**
 * Printed at the end, one line each.
 */
receipt_footer: Array<string>, 
/**
 * How receipts look.
 */
receipt_layout: ReceiptLayout, 
/**
 * The content hash (hexadecimal SHA-256) of the logo.
 */
logo: string | null, 
/**
 * The name of this till on the receipt.
 */
till_name: string, 
/**
 * The price list whose prices hold before the ordinary ones.
 */
price_list?: PriceListId | null, 
/**
 * Which tenders the shop takes, and how.
 */
tenders: TenderPolicy, 
/**
 * How the drawer and the day are kept.
 */
shift: ShiftRules, 
/**
 * Minutes without a key, a tap or a scan after which the till locks itself; `None` leaves it open.
 */
lock_after_min?: number | null, };

/**
 * The shop's settings as they stand.
 */
export type ShopView = { 
/**
 * The version to change from.
 */
version: number, 
/**
 * The settings.
 */
shop: Shop, 
/**
 * Whether the currency can still change.
 */
currency_fixed: boolean, };

/**
 * Signs an operator on.
 */
export type SignIn = { 
/**
 * Who.
 */
operator: OperatorId, 
/**
 * Their PIN, 4 to 12 digits.
 */
pin: string, };

/**
 * Signs an operator on with their badge.
 */
export type SignInBadge = { 
/**
 * The badge's code, as a scanner read it.
 */
code: string, };

/**
 * What a simulated printer does wrong.
 */
export type SimulatedFault = "paper_out" | "paper_low" | "cover_open" | "cutter_stuck" | "stall" | "reset" | "mute" | "garbage" | "stale_status" | "unplugged";

/**
 * What moved a customer's account.
 */
export type StatementAct = "purchase" | "return" | "payment" | "write_off";

/**
 * Something that moved a customer's account.
 */
export type StatementEntry = { 
/**
 * The day it counts for.
 */
day: BusinessDay, 
/**
 * What it was.
 */
act: StatementAct, 
/**
 * The number of its paper as printed; empty where it has none.
 */
number: string, 
/**
 * The sale, of a purchase or a return.
 */
sale: SaleId | null, 
/**
 * What tells a payment from others; its slip is printed again by that.
 */
payment: string | null, 
/**
 * How a payment was made.
 */
kind: TenderKind | null, 
/**
 * Why it was written off.
 */
reason: WriteOffReason | null, 
/**
 * What the balance moved by, signed.
 */
amount: Money, 
/**
 * The balance after it.
 */
balance: Money, };

/**
 * Which balance of a customer's account a statement follows.
 */
export type StatementOf = "owed" | "credit";

/**
 * The days of a statement.
 */
export type StatementPeriod = "this_month" | "last_month" | "open" | "days";

/**
 * Whether a record is in use.
 */
export type Status = "active" | "archived";

/**
 * What was found.
 */
export type StockCount = { 
/**
 * Of which product.
 */
product: ProductId, 
/**
 * What it is called.
 */
name: string, 
/**
 * What its quantity counts.
 */
unit: Unit, 
/**
 * How much should have been there, in thousandths; below zero when more was sold than is known to have come.
 */
expected: number, 
/**
 * How much there was, in thousandths.
 */
counted: number, 
/**
 * Counted less expected, in thousandths.
 */
difference: number, };

/**
 * What was found of each product.
 */
export type StockCounts = { 
/**
 * In the order they were given.
 */
rows: Array<StockCount>, };

/**
 * How text looks.
 */
export type Style = { 
/**
 * Heavier.
 */
bold: boolean, 
/**
 * Twice as wide and high.
 */
large: boolean, };

/**
 * Puts the open sale aside.
 */
export type SuspendSale = { 
/**
 * The open sale; one that is put aside already only gets another name.
 */
sale: SaleId, 
/**
 * What it is found by: a table, a number, a name.
 */
name: string | null, };

/**
 * The sales that are put aside.
 */
export type SuspendedList = { 
/**
 * The one that waits longest first.
 */
sales: Array<SuspendedView>, };

/**
 * A sale that is put aside.
 */
export type SuspendedView = { 
/**
 * Which.
 */
sale: SaleId, 
/**
 * What it is found by.
 */
name: string | null, 
/**
 * When it was put aside.
 */
suspended_at: Timestamp, 
/**
 * How long it has waited, in whole minutes.
 */
minutes: number, 
/**
 * Who put it aside.
 */
operator_name: string, 
/**
 * Pieces that count.
 */
pieces: number, 
/**
 * What it comes to.
 */
total: Money, 
/**
 * What its first lines are called.
 */
first: Array<string>, };

/**
 * How a bar code is drawn.
 */
export type Symbology = "code128" | "ean13" | "qr";

/**
 * How a table is written.
 */
export type TableForm = "csv" | "csv_semicolon" | "xlsx";

/**
 * Says whether the goods are taken away.
 */
export type TakeAway = { 
/**
 * Whether they are; otherwise they are eaten here.
 */
takeaway: boolean, };

/**
 * How much of a line comes back.
 */
export type TakeBackLine = { 
/**
 * The line's number in the completed sale.
 */
line: number, 
/**
 * How much; nothing takes it out of the open sale again.
 */
quantity: Quantity, };

/**
 * Takes goods back from their receipt, into the open sale.
 */
export type TakeBackLines = { 
/**
 * The completed sale.
 */
from: SaleId, 
/**
 * What comes back. A line that is in the open sale already is put in anew with this quantity.
 */
lines: Array<TakeBackLine>, 
/**
 * Whether the goods go back on the shelf.
 */
restock: boolean, 
/**
 * Why.
 */
reason: ReturnReason, };

/**
 * Takes a part of what is due, or all of it, and leaves the sale open.
 */
export type TakeTender = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * What is taken.
 */
tender: TenderRequest, };

/**
 * A group of products that are taxed alike, with the rates it has had and will have.
 */
export type TaxCategory = { 
/**
 * What the manager calls it: "Standard", "Food".
 */
name: string, 
/**
 * The rates by the day each begins, in any order.
 */
rates: Array<RateFrom>, 
/**
 * The category that holds in its place for what is taken away.
 */
takeaway?: TaxCategoryId | null, };

/**
 * A group of products that are taxed alike.
 */
export type TaxCategoryId = string;

/**
 * All tax categories.
 */
export type TaxCategoryList = { 
/**
 * By name.
 */
tax_categories: Array<TaxCategoryView>, };

/**
 * A tax category.
 */
export type TaxCategoryView = { 
/**
 * Which.
 */
id: TaxCategoryId, 
/**
 * The version to change from.
 */
version: number, 
/**
 * Its name and rates.
 */
tax_category: TaxCategory, };

/**
 * One line of the tax table of a receipt: `net + tax = gross`, signed.
 */
export type TaxLine = { 
/**
 * The rate.
 */
rate: TaxRate, 
/**
 * Without tax.
 */
net: Money, 
/**
 * The tax.
 */
tax: Money, 
/**
 * With tax.
 */
gross: Money, };

/**
 * Whether shelf prices include the tax or it is added to them.
 */
export type TaxMode = "included" | "added";

/**
 * Where the taxes of a receipt stand.
 */
export type TaxPlace = "at_end" | "before_total" | "nowhere";

/**
 * How a shop computes tax; frozen on a sale when it opens.
 */
export type TaxPolicy = { 
/**
 * Whether prices include tax.
 */
mode: TaxMode, 
/**
 * Where tax is rounded.
 */
scope: TaxScope, 
/**
 * How tax and line amounts are rounded.
 */
rounding: Rounding, };

/**
 * A tax rate in parts per million: 20 % is 200,000 and 8.875 % is 88,750. From 0 to 100 %.
 */
export type TaxRate = number;

/**
 * Where the tax is rounded to the minor unit. Both are allowed in the European Union (CJEU C-484/06 Ahold leaves
 * the choice to the member states).
 */
export type TaxScope = "line" | "document";

/**
 * A tender of a settled sale.
 */
export type Tender = { 
/**
 * The kind.
 */
kind: TenderKind, 
/**
 * Which way it went.
 */
direction: TenderDirection, 
/**
 * What was handed over.
 */
tendered: Money, 
/**
 * What came back.
 */
change: Money, 
/**
 * What of it is a tip.
 */
tip?: Money | null, 
/**
 * The voucher's number, or what the card reader gave as a proof.
 */
reference: string | null, 
/**
 * The payment behind it.
 */
payment: PaymentId | null, };

/**
 * Which way a tender went. Amounts are not negative; this carries the sign.
 */
export type TenderDirection = "taken" | "given";

/**
 * A way to settle a sale.
 */
export type TenderKind = "cash" | "card" | "voucher" | "store_credit" | "on_account";

/**
 * Which tenders a shop uses, and how it takes them. Frozen on a sale when it opens.
 */
export type TenderPolicy = { 
/**
 * Notes and coins.
 */
cash: boolean, 
/**
 * Cards on a card reader that stands by itself.
 */
card: boolean, 
/**
 * Vouchers.
 */
voucher: boolean, 
/**
 * Whether a voucher that is worth more than is due gives change in cash.
 */
voucher_change: boolean, 
/**
 * What the shop owes its customers: refunds may go there, and sales be paid from it.
 */
store_credit: boolean, 
/**
 * What customers owe the shop, up to what each may.
 */
on_account: boolean, 
/**
 * Whether customers may give a tip with what they pay.
 */
tips: boolean, 
/**
 * How cash is rounded; `None` takes every cent.
 */
cash_rounding?: CashRounding | null, };

/**
 * What the cashier asks for: a kind, and how much was handed over.
 */
export type TenderRequest = { 
/**
 * The kind.
 */
kind: TenderKind, 
/**
 * What was handed over; `None` means exactly what is due, and the tip.
 */
amount: Money | null, 
/**
 * Which voucher it is.
 */
reference: string | null, };

/**
 * Tries a device: a printer prints a page, the drawer opens.
 */
export type TestDevice = { 
/**
 * Which.
 */
role: DeviceRole, };

/**
 * How the file is written.
 */
export type TextEncoding = "utf8" | "utf16_le" | "utf16_be" | "windows1252";

/**
 * A product as a tile or a row of results.
 */
export type Tile = { 
/**
 * What to ring up.
 */
product: ProductId, 
/**
 * Its name.
 */
name: string, 
/**
 * Its price today; `None` when it has none.
 */
price: Price | null, 
/**
 * What the price is for.
 */
unit: Unit, 
/**
 * The content hash of its picture.
 */
picture: string | null, };

/**
 * The colours a tile may have. A screen knows a light and a dark one of each that words can be read on.
 */
export type TileColor = "red" | "orange" | "yellow" | "green" | "blue" | "violet" | "grey";

/**
 * All pages, in their order.
 */
export type TileLayout = { 
/**
 * The pages; none leaves the sell screen to the categories.
 */
pages: Array<LaidPage>, };

/**
 * The pages as they can be edited.
 */
export type TileLayoutView = { 
/**
 * The version to change from.
 */
version: number, 
/**
 * The pages.
 */
layout: TileLayout, };

/**
 * A page of products.
 */
export type TilePage = { 
/**
 * At most sixty.
 */
tiles: Array<Tile>, 
/**
 * Asks for the next page; `None` on the last.
 */
next: string | null, };

/**
 * What a tile is for.
 */
export type TileTarget = { "product": ProductId } | { "category": CategoryId };

/**
 * An instant in milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
 */
export type Timestamp = number;

/**
 * What is offered as a tip.
 */
export type TipOffer = { 
/**
 * The part of the total, in hundredths.
 */
percent: number, 
/**
 * What that comes to.
 */
amount: Money, };

/**
 * A product that brought much.
 */
export type TopProduct = { 
/**
 * What it is called: a text or a word.
 */
name: CellValue, 
/**
 * How much of it was sold, in thousandths of its unit.
 */
thousandths: number, 
/**
 * Its unit.
 */
unit: Unit, 
/**
 * What it brought.
 */
total: Money, };

/**
 * What a push to the screens says: what changed. They read again what they show; a missed push does no harm.
 */
export type Topic = "sale" | "session" | "shop" | "people" | "products" | "customers" | "devices" | "health" | "mail";

/**
 * The totals of a sale: by rate, and what is to be paid.
 */
export type Totals = { 
/**
 * By rate, the highest first.
 */
taxes: Array<TaxLine>, 
/**
 * Sum of the nets.
 */
net: Money, 
/**
 * Sum of the taxes.
 */
tax: Money, 
/**
 * What is to be paid, or given back when negative.
 */
total: Money, };

/**
 * Takes the last act on the open sale back.
 */
export type UndoSale = { 
/**
 * The open sale.
 */
sale: SaleId, };

/**
 * What a quantity counts. Codes follow the products' price tags: per piece, per kilogram, per litre, per metre.
 */
export type Unit = "each" | "kilogram" | "litre" | "metre";

/**
 * One way in which variants differ, and which this one is: size L.
 */
export type VariantOption = { 
/**
 * The way: size, colour.
 */
name: string, 
/**
 * Which it is: L, red.
 */
value: string, };

/**
 * A variant of a product.
 */
export type VariantRow = { 
/**
 * As a tile.
 */
tile: Tile, 
/**
 * What tells it from the others.
 */
options: Array<VariantOption>, 
/**
 * How much of it is there, in thousandths; `None` while nothing was counted or sold.
 */
on_hand: number | null, };

/**
 * Takes a line out.
 */
export type VoidLine = { 
/**
 * The open sale.
 */
sale: SaleId, 
/**
 * The line's number.
 */
line: number, };

/**
 * How wide a cell is.
 */
export type Width = "text" | "rest";

/**
 * Lets a customer off what they owe.
 */
export type WriteOffDebt = { 
/**
 * Whose account.
 */
customer: CustomerId, 
/**
 * How much of what they owe.
 */
amount: Money, 
/**
 * Why.
 */
reason: WriteOffReason, };

/**
 * Why the shop gives up what a customer owes. A list, and no text: a text would hold names, and facts hold none.
 */
export type WriteOffReason = "bankrupt" | "not_found" | "goodwill" | "mistake" | "other";

/** Every operation: what it takes and what it answers. */
export interface Operations {
  /** Says who this till is, whether it is set up, and who can sign on. */
  "shop.greeting": { request: Nothing; answer: Greeting };
  /** Sets up a new shop: its settings, its roles and its owner. Works once. */
  "shop.set_up": { request: SetUpShop; answer: Greeting };
  /** Shows the shop's settings. */
  "shop.settings": { request: Nothing; answer: ShopView };
  /** Changes the shop's settings. */
  "shop.save_settings": { request: SaveShop; answer: ShopView };
  /** Leaves the demo shop for a shop of one's own: the program starts again on an empty one, and the demo shop stays where it is. */
  "shop.leave_demo": { request: Nothing; answer: Restoring };
  /** Signs an operator on with their PIN. */
  "session.sign_in": { request: SignIn; answer: Session };
  /** Signs an operator on with their badge; where their role asks for it, the PIN comes after. */
  "session.sign_in_badge": { request: SignInBadge; answer: Session };
  /** Gives an operator who lost their PIN a new one, with the recovery code they wrote down. The code is used up. */
  "session.recover": { request: Recover; answer: Greeting };
  /** Says who is signed on here. */
  "session.current": { request: Nothing; answer: CurrentSession };
  /** Signs the operator off; an open sale stays and waits for them. */
  "session.sign_out": { request: Nothing; answer: CurrentSession };
  /** Begins training: what is sold from here on goes into a log of its own, and nothing of it counts. */
  "training.start": { request: Nothing; answer: Session };
  /** Ends training: what was open in it is gone, and the till is as it was left. */
  "training.stop": { request: Nothing; answer: Session };
  /** Lists operators. */
  "operator.list": { request: Nothing; answer: OperatorList };
  /** Adds or changes an operator. */
  "operator.save": { request: SaveOperator; answer: OperatorView };
  /** Makes a recovery code for whoever is signed on; one that was made before is worth nothing then. */
  "operator.make_recovery": { request: Nothing; answer: RecoveryCode };
  /** Erases the name and PIN of an operator who has left, in the whole history; what they did stays. */
  "operator.erase": { request: EraseOperator; answer: OperatorView };
  /** Lists roles with what each allows. */
  "role.list": { request: Nothing; answer: RoleList };
  /** Adds or changes a role. */
  "role.save": { request: SaveRole; answer: RoleView };
  /** Lists tax categories with their rates. */
  "tax_category.list": { request: Nothing; answer: TaxCategoryList };
  /** Adds or changes a tax category. */
  "tax_category.save": { request: SaveTaxCategory; answer: TaxCategoryView };
  /** Lists price lists. */
  "price_list.list": { request: Nothing; answer: PriceListList };
  /** Adds or changes a price list. */
  "price_list.save": { request: SavePriceList; answer: PriceListView };
  /** Lists the categories that are pages of tiles, or those that are archived. */
  "category.list": { request: ListCategories; answer: CategoryList };
  /** Adds or changes a category. */
  "category.save": { request: SaveCategory; answer: CategoryView };
  /** Shows the pages of tiles that the shop laid out for its sell screen; none leaves it to the categories. */
  "tile.layout": { request: Nothing; answer: TileLayoutView };
  /** Shows the tiles of one of these pages. */
  "tile.page": { request: GetTilePage; answer: LaidTiles };
  /** Changes the pages of tiles. */
  "tile.save_layout": { request: SaveTileLayout; answer: TileLayoutView };
  /** Shows one page of a category's tiles. */
  "product.tiles": { request: ListTiles; answer: TilePage };
  /** Finds products by the beginnings of their words, by SKU or by code. */
  "product.find": { request: FindProducts; answer: TilePage };
  /** Lists products by filter and order, page by page in both directions. */
  "product.list": { request: ListProducts; answer: ProductList };
  /** Shows a product as it can be edited. */
  "product.get": { request: GetProduct; answer: ProductView };
  /** Adds or changes a product. */
  "product.save": { request: SaveProduct; answer: ProductView };
  /** Changes many products in the same way: category, tax, status, prices by a part of them. */
  "product.change_many": { request: ChangeProducts; answer: ProductsChanged };
  /** Shows what such a change would make of the prices, before it is made. */
  "product.preview_many": { request: ChangeProducts; answer: ProductsPreviewed };
  /** Shows the products a code leads to, with what it says of the piece: for whoever picks, or only asks for the price. */
  "code.find": { request: FindByCode; answer: FoundByCode };
  /** Says whether a code that is being typed into a product is a number with a wrong check digit, and who has it already. */
  "code.check": { request: CheckCode; answer: CodeChecked };
  /** Shows how numbers with a weight, a price or a count in them are read, and the rules of countries to begin with. */
  "code.rules": { request: Nothing; answer: CodeRulesView };
  /** Reads a number by rules as they are typed: which fits, and what it says. */
  "code.read_sample": { request: SampleCode; answer: SampleRead };
  /** Changes how numbers with a weight, a price or a count in them are read. */
  "code.save_rules": { request: SaveCodeRules; answer: CodeRulesView };
  /** Begins an import with a file that was uploaded as data: guesses how it is written and what its columns are. */
  "import.begin": { request: BeginImport; answer: ImportView };
  /** Reads every row of the file and says what would become of it. Nothing is changed by that; `import.show` tells how far it is. */
  "import.check": { request: CheckImport; answer: ImportView };
  /** Imports what was checked, beside the sales; `import.show` tells how far it is. */
  "import.commit": { request: CommitImport; answer: ImportView };
  /** Gives an import up, before it is made. */
  "import.cancel": { request: GetImport; answer: ImportView };
  /** Takes an import back: what it made is archived, what it changed is as before. What was changed since is left. */
  "import.undo": { request: GetImport; answer: ImportView };
  /** Makes a file of everything that is wrong with the rows. */
  "import.problems": { request: GetImport; answer: ImportProblemFile };
  /** Shows an import under way, or the last one. */
  "import.show": { request: GetImport; answer: ImportView };
  /** Lists the imports that were made, the newest first. */
  "import.list": { request: Nothing; answer: ImportList };
  /** Makes a file of products for a spreadsheet, beside the sales; `export.show` tells how far it is. */
  "product.export": { request: ExportProducts; answer: ExportView };
  /** Makes a file of customers for a spreadsheet, beside the sales; `export.show` tells how far it is. */
  "customer.export": { request: ExportCustomers; answer: ExportView };
  /** Gives an export up. */
  "export.cancel": { request: GetExport; answer: ExportView };
  /** Shows an export under way, or the last one. */
  "export.show": { request: GetExport; answer: ExportView };
  /** Makes one product of two that are the same: codes, packs and stock go to the one that stays, the other is archived and leads there. */
  "product.merge": { request: MergeProducts; answer: ProductView };
  /** Lists products of which there is no more than their low-stock mark. */
  "product.low_stock": { request: ListLowStock; answer: LowStockPage };
  /** Says how much of a product was found on the shelf; that is what the shop has of it from here on. */
  "stock.count": { request: CountStock; answer: StockCount };
  /** Shows how what was found on the shelf differs from what should be there, before it is said. */
  "stock.compare": { request: CountManyStock; answer: StockCounts };
  /** Says of many products how much was found on the shelf, all at once. */
  "stock.count_many": { request: CountManyStock; answer: StockCounts };
  /** Shows every change of a record, the newest first: each field's old and new value, who, when, and on which screen. */
  "record.history": { request: AskHistory; answer: RecordHistory };
  /** Lists customers by name. */
  "customer.list": { request: ListCustomers; answer: CustomerPage };
  /** Finds customers by the beginnings of their words: name, number, mail address, telephone number. */
  "customer.find": { request: FindCustomers; answer: CustomerPage };
  /** Shows a customer as they can be edited. */
  "customer.get": { request: GetCustomer; answer: CustomerView };
  /** Adds or changes a customer. */
  "customer.save": { request: SaveCustomer; answer: CustomerView };
  /** Shows how a customer's account stands, and how much they may owe. */
  "account.get": { request: GetAccount; answer: AccountView };
  /** Says how much a customer may owe; without a limit they buy nothing on account. */
  "account.save": { request: SaveAccount; answer: AccountView };
  /** Takes a customer's payment of what they owe, in cash or by card, and prints its slip: it moves the drawer and is no turnover. */
  "account.pay": { request: PayAccount; answer: AccountPayment };
  /** Lets a customer off what they owe: no cash moves, and it is no turnover. */
  "account.write_off": { request: WriteOffDebt; answer: AccountView };
  /** Shows what moved a customer's account within some days, one page of it: purchases, returns, payments, write-offs. */
  "account.statement": { request: AskStatement; answer: AccountStatement };
  /** Makes a file of a statement: pages of A4, or a table for a spreadsheet. */
  "account.make_file": { request: MakeStatementFile; answer: ReportFile };
  /** Prints a statement on the receipt printer. */
  "account.print": { request: PrintStatement; answer: PrintJobView };
  /** Puts a statement into the outbox, as a letter with pages of A4; the till sends it as soon as the mail server can be reached. It has what moved the account in its days until then. */
  "account.mail": { request: MailStatement; answer: MailLetter };
  /** Tells whether a statement can be sent, and to whom it would be. */
  "mail.of_account": { request: GetAccount; answer: MailProposal };
  /** Erases what tells who an archived customer was, in the whole history; what was sold to them stays. */
  "customer.erase": { request: EraseCustomer; answer: CustomerView };
  /** Shows this sign-on's open sale, the change of its last one, and the last code that was refused. */
  "sale.current": { request: Nothing; answer: CurrentSale };
  /** Shows one page of a sale's lines. */
  "sale.lines": { request: ListLines; answer: LinePage };
  /** Rings up a scanned or typed code, or puts the customer on whose card it is; opens a sale when none is open. */
  "sale.scan": { request: Scan; answer: SaleView };
  /** Rings up a product of the catalogue; opens a sale when none is open. */
  "sale.add_product": { request: AddProduct; answer: SaleView };
  /** Rings up something that is not in the catalogue; opens a sale when none is open. */
  "sale.add_open_item": { request: AddOpenItem; answer: SaleView };
  /** Prepares the next line: a quantity, or that the product comes back. */
  "sale.arm": { request: ArmSale; answer: SaleView };
  /** Finds customers a sale could be for, by the beginnings of their words: name, number or card code, mail address, telephone. */
  "sale.find_customers": { request: FindCustomers; answer: SaleCustomers };
  /** Says who a customer of a sale is. */
  "sale.customer": { request: GetCustomer; answer: SaleCustomerView };
  /** Says whom the sale is for: the price list of the customer holds for it. Opens a sale when none is open. */
  "sale.set_customer": { request: SetCustomer; answer: SaleView };
  /** Says whether the goods are taken away: the tax of what is taxed by that follows. Opens a sale when none is open. */
  "sale.take_away": { request: TakeAway; answer: SaleView };
  /** Says why the sale bears no tax, or that after all it does. Opens a sale when none is open. */
  "sale.exempt_tax": { request: ExemptTax; answer: SaleView };
  /** Writes a note on a line, or on the sale; it is printed with it. */
  "sale.note": { request: SetNote; answer: SaleView };
  /** Says what the customer gives as a tip, with what is paid next; or takes it off. */
  "sale.set_tip": { request: SetTip; answer: SaleView };
  /** Says who sells a line of the open sale, or what is rung up from now on. */
  "sale.set_seller": { request: SetSeller; answer: SaleView };
  /** Changes how much of a line there is. */
  "sale.set_quantity": { request: SetQuantity; answer: SaleView };
  /** Types a price over a line's. */
  "sale.override_price": { request: OverridePrice; answer: SaleView };
  /** Gives a discount on a line or on the whole sale, by a part or an amount, in place of the one there is; or takes it back. */
  "sale.discount": { request: GiveDiscount; answer: SaleView };
  /** Shows what can come back of a receipt; it is found by its number, as printed, typed or scanned. */
  "sale.returnable": { request: FindReceipt; answer: ReturnableSale };
  /** Takes goods back from their receipt, into the open sale: for exactly their share of what was paid. */
  "sale.take_back": { request: TakeBackLines; answer: SaleView };
  /** Puts everything of a completed sale into a new one, the other way round: settled, it reverses it. */
  "sale.reverse": { request: ReverseSale; answer: SaleView };
  /** Takes a line out of the open sale. */
  "sale.void_line": { request: VoidLine; answer: SaleView };
  /** Takes the last act on the open sale back: what was rung up, changed, said of it or taken out. Payments go back in their own way. */
  "sale.undo": { request: UndoSale; answer: SaleUndone };
  /** Says that the customer is old enough for what is in the sale; asked once. */
  "sale.confirm_age": { request: ConfirmAge; answer: SaleView };
  /** Tells how the price of a line came to be: list, day, pack, code, typed price, rounding and tax. */
  "sale.explain": { request: ExplainLine; answer: LineExplained };
  /** Takes a part of what is due; the sale stays open with it. */
  "sale.take_tender": { request: TakeTender; answer: SaleView };
  /** Gives back what was taken for an open sale, before it is completed. */
  "sale.return_tender": { request: ReturnTender; answer: SaleView };
  /** Notes that a payment is at the card reader; until its end is said nobody takes it for paid or for failed. */
  "payment.begin": { request: BeginPayment; answer: SaleView };
  /** Says what became of a payment: approved, declined, or nobody can tell yet. */
  "payment.end": { request: EndPayment; answer: SaleView };
  /** Shows what a completed sale was paid with, and what was corrected of that. */
  "payment.of_sale": { request: GetSale; answer: SaleTenders };
  /** Says that a tender of a completed sale was of another kind than was keyed; the running shift takes the difference. */
  "payment.correct": { request: CorrectPayment; answer: SaleTenders };
  /** Lists the sales that are put aside. */
  "sale.suspended": { request: Nothing; answer: SuspendedList };
  /** Puts the open sale aside, under a name if it has one; or gives another name to one that is put aside. */
  "sale.suspend": { request: SuspendSale; answer: SuspendedList };
  /** Takes a sale up again that was put aside, whoever did that. */
  "sale.resume": { request: ResumeSale; answer: SaleView };
  /** Gives up an open sale. */
  "sale.cancel": { request: CancelSale; answer: SaleCancelled };
  /** Settles an open sale: checks the tenders, commits it, queues the drawer and the receipt. */
  "sale.complete": { request: CompleteSale; answer: SaleCompleted };
  /** Shows a completed sale. */
  "sale.completed": { request: GetSale; answer: SaleCompleted };
  /** Lists the latest completed sales, the newest first. */
  "sale.list": { request: ListSales; answer: SaleList };
  /** Finds completed sales by number, amount, day, hour, operator, customer and product, the newest first. */
  "sale.find": { request: FindSales; answer: FoundSales };
  /** Lays out the receipt of a completed sale for the screen. */
  "receipt.preview": { request: GetSale; answer: ReceiptPreview };
  /** Makes a PDF file of the receipt of a completed sale. It is fetched as a blob. */
  "receipt.make_file": { request: MakeReceiptFile; answer: ReceiptFile };
  /** Shows how paper would look with settings that need not be saved, with goods nobody sold. */
  "receipt.sample": { request: SampleReceipt; answer: ReceiptSample };
  /** Prints the receipt of a completed sale again, marked as a duplicate. */
  "receipt.reprint": { request: ReprintReceipt; answer: PrintJobView };
  /** Prints what was sold without what it cost, for somebody who is given the goods; its code brings them back. */
  "receipt.print_gift": { request: PrintGiftReceipt; answer: PrintJobView };
  /** Puts the receipt of a completed sale into the outbox, as a letter with a PDF; the till sends it as soon as the mail server can be reached. A receipt that was given out before is marked as a duplicate. */
  "receipt.mail": { request: MailReceipt; answer: MailLetter };
  /** Tells how letters leave the till. The password is never told. */
  "mail.settings": { request: Nothing; answer: MailSettingsView };
  /** Changes how letters leave the till. A password that is left out stays, as long as server and user are the same. */
  "mail.save_settings": { request: SaveMailSettings; answer: MailSettingsView };
  /** Puts a letter for a test into the outbox. It is tried once, and what the server said stands in the list of letters. */
  "mail.test": { request: SendTestLetter; answer: MailLetter };
  /** Tells what a letter with the receipt of a sale would be, and which were queued. */
  "mail.of_sale": { request: GetSale; answer: SaleMail };
  /** Lists the letters that wait, failed, or may or may not have gone, and the last ones that are done. */
  "mail.list": { request: Nothing; answer: MailList };
  /** Says what becomes of a letter: tried again, given up, or, where nobody knows, that it arrived. */
  "mail.resolve": { request: ResolveLetter; answer: MailLetter };
  /** Tries at once to send what waits. */
  "mail.send_now": { request: Nothing; answer: MailList };
  /** Shows the invoice of a completed sale, or whom one could be for. */
  "invoice.of_sale": { request: GetSale; answer: SaleInvoice };
  /** Writes the invoice of a completed sale for a named buyer, under the next number of the till's own series; of goods that came back, the credit note. */
  "invoice.issue": { request: IssueInvoice; answer: SaleInvoice };
  /** Lays out an invoice for the screen. */
  "invoice.preview": { request: GetSale; answer: ReceiptPreview };
  /** Prints an invoice on the receipt printer; from the second time on it is marked as a copy, for those who may print receipts again. */
  "invoice.print": { request: GiveInvoice; answer: PrintJobView };
  /** Makes a PDF file of an invoice, a sheet of A4; from the second time on it is marked as a copy. It is fetched as a blob. */
  "invoice.make_file": { request: GiveInvoice; answer: ReceiptFile };
  /** Puts the invoice into the outbox, as a letter with a sheet of A4; the till sends it as soon as the mail server can be reached. */
  "invoice.mail": { request: MailInvoice; answer: MailLetter };
  /** Takes what the till's scanner reads, instead of the sale, for as long as it is asked again. Saves nothing. */
  "scanner.listen": { request: ListenToScanner; answer: HeardFromScanner };
  /** Lets what the till's scanner reads go into the sale again. */
  "scanner.leave": { request: LeaveScanner; answer: Nothing };
  /** Finds out what a scanner puts around its codes, from two or more that are known. Saves nothing. */
  "scanner.learn": { request: LearnScanner; answer: LearntScanner };
  /** Tells how each device is and what can be done about it. */
  "device.status": { request: Nothing; answer: DeviceStatusList };
  /** Shows which devices this till uses. */
  "device.settings": { request: Nothing; answer: DeviceSettingsView };
  /** Changes which devices this till uses. */
  "device.save_settings": { request: SaveDevices; answer: DeviceSettingsView };
  /** Prints the page that shows how the printer counts its code pages; which line reads right is a setting. */
  "device.calibrate": { request: Nothing; answer: PrintJobView };
  /** Looks for what is plugged in, or set up in the system, and may be a device of this till. */
  "device.find": { request: Nothing; answer: FoundDevices };
  /** Tries a device: a printer prints a page, the drawer opens. */
  "device.test": { request: TestDevice; answer: PrintJobView };
  /** Shows what went to a device and came back lately, and what went wrong. */
  "device.log": { request: ReadDeviceLog; answer: DeviceLog };
  /** Opens the drawer without a sale. */
  "drawer.no_sale": { request: OpenDrawer; answer: PrintJobView };
  /** Takes a drawer of this till: what the operator does from here on goes into it. Not while cash of their open sale lies in the one they use. */
  "drawer.choose": { request: ChooseDrawer; answer: ShiftView };
  /** Lists the print jobs that wait, failed, or may or may not have come out. */
  "print_job.list": { request: Nothing; answer: PrintJobList };
  /** Says whether an uncertain print came out; if not, it is printed again, marked as a duplicate. */
  "print_job.resolve": { request: ResolvePrintJob; answer: PrintJobView };
  /** Gives up a print that waits; it can be printed again from the list of receipts. */
  "print_job.give_up": { request: GiveUpPrintJob; answer: PrintJobView };
  /** Shows the drawer and its running shift. What should be in it is told only to those who may see that. */
  "shift.show": { request: Nothing; answer: ShiftView };
  /** States what is in the drawer: a shift begins, or the one that began with a sale has its float. */
  "shift.open": { request: OpenShift; answer: ShiftView };
  /** Moves cash into the drawer, or out of it, without a sale: the drawer opens and a slip is printed. */
  "shift.move_cash": { request: MoveCash; answer: ShiftView };
  /** Says what was found in the drawer. Only then is told what should have been there. */
  "shift.count": { request: CountDrawer; answer: ShiftView };
  /** Adds up notes and coins as they are typed. Nothing is kept of it. */
  "shift.add_up": { request: CountDrawer; answer: CashSum };
  /** Closes the shift of the drawer that was counted, under the next number, and prints its report (Z). Open sales go on. */
  "shift.close": { request: CloseShift; answer: ShiftSummary };
  /** Lays out what the running shift comes to (X) for the screen. */
  "shift.preview": { request: Nothing; answer: ShiftPaper };
  /** Prints what the running shift comes to (X), and keeps that it was read. */
  "shift.read": { request: Nothing; answer: ShiftPaper };
  /** Lists closed shifts, the newest first. */
  "shift.list": { request: ListShifts; answer: ShiftList };
  /** Lays out the report of a closed shift (Z), a report that was read, or a slip for the screen. */
  "shift.paper": { request: GetShiftPaper; answer: ShiftPaper };
  /** Makes a PDF file of such a paper, or of what the running shift comes to for those who may see that. */
  "shift.make_file": { request: MakeShiftFile; answer: ReceiptFile };
  /** Prints such a paper again, marked as a duplicate. */
  "shift.reprint": { request: GetShiftPaper; answer: PrintJobView };
  /** Tells how the till itself is: disk, clock, ledger, key, backups, devices, hub; each with one reason. */
  "health.show": { request: Nothing; answer: Health };
  /** Finds what a reference that was read out stands for: its fact, and its lines of the log. */
  "health.find_reference": { request: FindReference; answer: FoundReference };
  /** Packs a file for whoever helps: log, health, versions; no secrets, no names, nothing that was sold. It is fetched as a blob. */
  "health.bundle": { request: Nothing; answer: HealthBundle };
  /** Shows the backups of this till, how they are kept, and what is under way. */
  "backup.list": { request: Nothing; answer: BackupList };
  /** Makes a backup now, beside the sales. */
  "backup.make": { request: Nothing; answer: BackupList };
  /** Changes how backups are kept and where they are copied to. */
  "backup.save_plan": { request: SaveBackupPlan; answer: BackupList };
  /** Looks for backups at a place, or on the sticks and disks that are plugged in. */
  "backup.find": { request: FindBackups; answer: FoundBackups };
  /** Puts a backup of this till in place of what is here, which is kept; the till starts again by itself. */
  "backup.restore": { request: RestoreBackup; answer: Restoring };
  /** Lets a till that is not set up yet go on in place of the one that made a backup; it starts again by itself. */
  "backup.adopt": { request: RestoreBackup; answer: Restoring };
  /** Finds what was done: by day, operator, operation and word, the newest first. */
  "audit.list": { request: FindAudit; answer: AuditPage };
  /** Makes a file of what was found, for a spreadsheet. */
  "audit.export": { request: FindAudit; answer: AuditFile };
  /** Lists the reports this till can run. */
  "report.list": { request: Nothing; answer: ReportList };
  /** Runs a report. */
  "report.run": { request: RunReport; answer: ReportTable };
  /** Shows a day at a glance, beside the same weekday a week before. */
  "report.overview": { request: AskOverview; answer: Overview };
  /** Makes a file of a report: a table for a spreadsheet, or pages. It is fetched as a blob. */
  "report.make_file": { request: MakeReportFile; answer: ReportFile };
  /** Prints a report on the receipt printer. */
  "report.print": { request: PrintReport; answer: PrintJobView };
  /** Puts a report into the outbox, as a letter with pages to read and a table to compute with; the till sends it as soon as the mail server can be reached. Where its days are not over, it has what was sold until then. */
  "report.mail": { request: MailReport; answer: MailLetter };
  /** Tells whether a report can be sent, and to whom it would be. */
  "mail.of_reports": { request: Nothing; answer: MailProposal };
}

/** The operations that change something: each call carries a request id. */
export const COMMANDS: ReadonlySet<keyof Operations> = new Set<keyof Operations>([
  "shop.set_up",
  "shop.save_settings",
  "shop.leave_demo",
  "session.sign_in",
  "session.sign_in_badge",
  "session.recover",
  "session.sign_out",
  "training.start",
  "training.stop",
  "operator.save",
  "operator.make_recovery",
  "operator.erase",
  "role.save",
  "tax_category.save",
  "price_list.save",
  "category.save",
  "tile.save_layout",
  "product.save",
  "product.change_many",
  "code.save_rules",
  "import.begin",
  "import.check",
  "import.commit",
  "import.cancel",
  "import.undo",
  "import.problems",
  "product.export",
  "customer.export",
  "export.cancel",
  "product.merge",
  "stock.count",
  "stock.count_many",
  "customer.save",
  "account.save",
  "account.pay",
  "account.write_off",
  "account.make_file",
  "account.print",
  "account.mail",
  "customer.erase",
  "sale.scan",
  "sale.add_product",
  "sale.add_open_item",
  "sale.arm",
  "sale.set_customer",
  "sale.take_away",
  "sale.exempt_tax",
  "sale.note",
  "sale.set_tip",
  "sale.set_seller",
  "sale.set_quantity",
  "sale.override_price",
  "sale.discount",
  "sale.take_back",
  "sale.reverse",
  "sale.void_line",
  "sale.undo",
  "sale.confirm_age",
  "sale.take_tender",
  "sale.return_tender",
  "payment.begin",
  "payment.end",
  "payment.correct",
  "sale.suspend",
  "sale.resume",
  "sale.cancel",
  "sale.complete",
  "receipt.make_file",
  "receipt.reprint",
  "receipt.print_gift",
  "receipt.mail",
  "mail.save_settings",
  "mail.test",
  "mail.resolve",
  "mail.send_now",
  "invoice.issue",
  "invoice.print",
  "invoice.make_file",
  "invoice.mail",
  "device.save_settings",
  "device.calibrate",
  "device.test",
  "drawer.no_sale",
  "drawer.choose",
  "print_job.resolve",
  "print_job.give_up",
  "shift.open",
  "shift.move_cash",
  "shift.count",
  "shift.close",
  "shift.read",
  "shift.make_file",
  "shift.reprint",
  "health.bundle",
  "backup.make",
  "backup.save_plan",
  "backup.restore",
  "backup.adopt",
  "audit.export",
  "report.make_file",
  "report.print",
  "report.mail",
]);

/** The commands whose request is never kept or logged. */
export const SECRETS: ReadonlySet<string> = new Set<keyof Operations>([
  "shop.set_up",
  "session.sign_in",
  "session.sign_in_badge",
  "session.recover",
  "operator.save",
  "operator.make_recovery",
  "customer.export",
  "customer.find",
  "customer.save",
  "account.mail",
  "sale.find_customers",
  "sale.find",
  "receipt.mail",
  "mail.save_settings",
  "mail.test",
  "invoice.issue",
  "invoice.mail",
  "report.mail",
]);
