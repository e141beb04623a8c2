//! The one list of operations: everything a client can do, through every door. The dispatcher, the TypeScript client,
//! OpenAPI and the documentation table are all made from it.
//!
//! A row: what it does · `command` (changes something) or `query` · its name and request · its answer · the errors it
//! can give besides those of the entrance · who may call it · marks:
//! `audited` (who did what is kept for the auditor), `secret` (its payload is never logged),
//! `draft` (changes an open sale only: saved at once, made durable within 250 ms of idling).

use crate::account::*;
use crate::audit::*;
use crate::backup::*;
use crate::code::*;
use crate::customer::*;
use crate::device::*;
use crate::export::*;
use crate::health::*;
use crate::history::*;
use crate::import::*;
use crate::invoice::*;
use crate::mail::*;
use crate::payment::*;
use crate::people::*;
use crate::product::*;
use crate::receipt::*;
use crate::report::*;
use crate::sale::*;
use crate::scanner::*;
use crate::session::*;
use crate::shift::*;
use crate::shop::*;
use crate::stock::*;
use crate::tile::*;
use domain::customer::CustomerError;
use domain::invoice::issue::InvoiceError;
use domain::mail::MailError;
use domain::people::{PeopleError, Permission};
use domain::product::ProductError;
use domain::registrar::RecordError;
use domain::sale::SaleError;
use domain::settings::SettingsError;
use domain::shift::ShiftError;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody, also without a sign-on.
    Nobody,
    /// Anybody who is signed on.
    SignedOn,
    /// An operator with this permission.
    Permission(Permission),
}

/// Whether an operation changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It changes something: one transaction, one request id, in the order sent.
    Command,
    /// It only reads, beside the commands.
    Query,
}

/// One row of the list.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `noun.verb`.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Command or query.
    pub kind: Kind,
    /// The type of its request.
    pub request: &'static str,
    /// The type of its answer.
    pub answer: &'static str,
    /// The error enums it can give besides those of the entrance.
    pub errors: &'static [&'static str],
    /// Who may call it.
    pub need: Need,
    /// Whether who did what is kept for the auditor.
    pub audited: bool,
    /// Whether its payload is kept out of every log.
    pub secret: bool,
    /// Whether it changes an open sale only.
    pub draft: bool,
}

/// Where a command goes that is called in training.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InTraining {
    /// It is done in training: its facts go into the log to train on.
    Trains,
    /// It is about who is at the till, and counts as always.
    Counts,
    /// It is not done in training.
    Refused,
}

/// Commands of a sale that are trained beside those that change an open one.
const TRAINED: [&str; 7] = [
    "sale.take_tender",
    "sale.return_tender",
    "sale.cancel",
    "sale.complete",
    "payment.begin",
    "payment.end",
    "receipt.make_file",
];

impl Operation {
    /// Where it goes in training.
    pub fn in_training(&self) -> InTraining {
        let about_who = ["session.", "training."].iter().any(|noun| self.name.starts_with(noun));
        match self.kind {
            Kind::Query => InTraining::Counts,
            Kind::Command if self.draft || TRAINED.contains(&self.name) => InTraining::Trains,
            Kind::Command if about_who => InTraining::Counts,
            Kind::Command => InTraining::Refused,
        }
    }

    /// The nouns whose error codes it can answer with besides those of the entrance (`call.*`, `people.*`, `ledger.*`):
    /// `SaleError` is `sale.*`.
    pub fn error_nouns(&self) -> Vec<String> {
        self.errors
            .iter()
            .map(|name| format!("{}.*", name.trim_end_matches("Error").to_lowercase()))
            .collect()
    }
}

/// Hands the list of operations to a macro.
#[macro_export]
macro_rules! operations {
    ($apply:ident) => {
        $apply! {
/// Says who this till is, whether it is set up, and who can sign on.
query   shop.greeting           (Nothing)          -> Greeting,         errors [], needs Nobody;
/// Sets up a new shop: its settings, its roles and its owner. Works once.
command shop.set_up             (SetUpShop)        -> Greeting,         errors [PeopleError, SettingsError], needs Nobody, audited, secret;
/// Shows the shop's settings.
query   shop.settings           (Nothing)          -> ShopView,         errors [SettingsError], needs SignedOn;
/// Changes the shop's settings.
command shop.save_settings      (SaveShop)         -> ShopView,         errors [SettingsError, RecordError], needs ManageSettings, audited;

/// Leaves the demo shop for a shop of one's own: the program starts again on an empty one, and the demo shop stays where it is.
command shop.leave_demo         (Nothing)          -> Restoring,        errors [SettingsError], needs ManageSettings;

/// Signs an operator on with their PIN.
command session.sign_in         (SignIn)           -> Session,          errors [PeopleError], needs Nobody, audited, secret;
/// Signs an operator on with their badge; where their role asks for it, the PIN comes after.
command session.sign_in_badge   (SignInBadge)      -> Session,          errors [PeopleError], needs Nobody, audited, secret;
/// Gives an operator who lost their PIN a new one, with the recovery code they wrote down. The code is used up.
command session.recover         (Recover)          -> Greeting,         errors [PeopleError], needs Nobody, audited, secret;
/// Says who is signed on here.
query   session.current         (Nothing)          -> CurrentSession,   errors [], needs Nobody;
/// Signs the operator off; an open sale stays and waits for them.
command session.sign_out        (Nothing)          -> CurrentSession,   errors [], needs SignedOn, audited;

/// Begins training: what is sold from here on goes into a log of its own, and nothing of it counts.
command training.start          (Nothing)          -> Session,          errors [PeopleError, SaleError], needs Sell;
/// Ends training: what was open in it is gone, and the till is as it was left.
command training.stop           (Nothing)          -> Session,          errors [PeopleError], needs Sell;

/// Lists operators.
query   operator.list           (Nothing)          -> OperatorList,     errors [], needs ManagePeople;
/// Adds or changes an operator.
command operator.save           (SaveOperator)     -> OperatorView,     errors [PeopleError, RecordError], needs ManagePeople, audited, secret;
/// Makes a recovery code for whoever is signed on; one that was made before is worth nothing then.
command operator.make_recovery  (Nothing)          -> RecoveryCode,     errors [PeopleError], needs ManagePeople, audited, secret;
/// Erases the name and PIN of an operator who has left, in the whole history; what they did stays.
command operator.erase          (EraseOperator)    -> OperatorView,     errors [PeopleError], needs ManagePeople, audited;
/// Lists roles with what each allows.
query   role.list               (Nothing)          -> RoleList,         errors [], needs SignedOn;
/// Adds or changes a role.
command role.save               (SaveRole)         -> RoleView,         errors [PeopleError, RecordError], needs ManagePeople, audited;

/// Lists tax categories with their rates.
query   tax_category.list       (Nothing)          -> TaxCategoryList,  errors [], needs SignedOn;
/// Adds or changes a tax category.
command tax_category.save       (SaveTaxCategory)  -> TaxCategoryView,  errors [ProductError, RecordError], needs ManageProducts, audited;
/// Lists price lists.
query   price_list.list         (Nothing)          -> PriceListList,    errors [], needs SignedOn;
/// Adds or changes a price list.
command price_list.save         (SavePriceList)    -> PriceListView,    errors [ProductError, RecordError], needs ManageProducts, audited;
/// Lists the categories that are pages of tiles, or those that are archived.
query   category.list           (ListCategories)          -> CategoryList,     errors [], needs SignedOn;
/// Adds or changes a category.
command category.save           (SaveCategory)     -> CategoryView,     errors [ProductError, RecordError], needs ManageProducts, audited;
/// Shows the pages of tiles that the shop laid out for its sell screen; none leaves it to the categories.
query   tile.layout             (Nothing)          -> TileLayoutView,   errors [], needs SignedOn;
/// Shows the tiles of one of these pages.
query   tile.page               (GetTilePage)      -> LaidTiles,        errors [], needs SignedOn;
/// Changes the pages of tiles.
command tile.save_layout        (SaveTileLayout)   -> TileLayoutView,   errors [ProductError, RecordError], needs ManageProducts, audited;
/// Shows one page of a category's tiles.
query   product.tiles           (ListTiles)        -> TilePage,         errors [], needs SignedOn;
/// Finds products by the beginnings of their words, by SKU or by code.
query   product.find            (FindProducts)     -> TilePage,         errors [], needs SignedOn;
/// Lists products by filter and order, page by page in both directions.
query   product.list            (ListProducts)     -> ProductList,      errors [], needs SignedOn;
/// Shows a product as it can be edited.
query   product.get             (GetProduct)       -> ProductView,      errors [ProductError], needs SignedOn;
/// Adds or changes a product.
command product.save            (SaveProduct)      -> ProductView,      errors [ProductError, RecordError], needs ManageProducts, audited;
/// Changes many products in the same way: category, tax, status, prices by a part of them.
command product.change_many     (ChangeProducts)   -> ProductsChanged,  errors [ProductError, RecordError], needs ManageProducts, audited;
/// Shows what such a change would make of the prices, before it is made.
query   product.preview_many    (ChangeProducts)   -> ProductsPreviewed, errors [ProductError], needs ManageProducts;

/// Shows the products a code leads to, with what it says of the piece: for whoever picks, or only asks for the price.
query   code.find               (FindByCode)       -> FoundByCode,      errors [SaleError], needs SignedOn;
/// Says whether a code that is being typed into a product is a number with a wrong check digit, and who has it already.
query   code.check              (CheckCode)        -> CodeChecked,      errors [], needs SignedOn;
/// Shows how numbers with a weight, a price or a count in them are read, and the rules of countries to begin with.
query   code.rules              (Nothing)          -> CodeRulesView,    errors [], needs SignedOn;
/// Reads a number by rules as they are typed: which fits, and what it says.
query   code.read_sample        (SampleCode)       -> SampleRead,       errors [], needs ManageSettings;
/// Changes how numbers with a weight, a price or a count in them are read.
command code.save_rules         (SaveCodeRules)    -> CodeRulesView,    errors [SettingsError, RecordError], needs ManageSettings, audited;

/// Begins an import with a file that was uploaded as data: guesses how it is written and what its columns are.
command import.begin            (BeginImport)      -> ImportView,       errors [ImportError], needs ManageProducts;
/// Reads every row of the file and says what would become of it. Nothing is changed by that; `import.show` tells how far it is.
command import.check            (CheckImport)      -> ImportView,       errors [ImportError], needs ManageProducts;
/// Imports what was checked, beside the sales; `import.show` tells how far it is.
command import.commit           (CommitImport)     -> ImportView,       errors [ImportError], needs ManageProducts, audited;
/// Gives an import up, before it is made.
command import.cancel           (GetImport)        -> ImportView,       errors [ImportError], needs ManageProducts;
/// Takes an import back: what it made is archived, what it changed is as before. What was changed since is left.
command import.undo             (GetImport)        -> ImportView,       errors [ImportError], needs ManageProducts, audited;
/// Makes a file of everything that is wrong with the rows.
command import.problems         (GetImport)        -> ImportProblemFile, errors [ImportError], needs ManageProducts;
/// Shows an import under way, or the last one.
query   import.show             (GetImport)        -> ImportView,       errors [ImportError], needs ManageProducts;
/// Lists the imports that were made, the newest first.
query   import.list             (Nothing)          -> ImportList,       errors [], needs ManageProducts;

/// Makes a file of products for a spreadsheet, beside the sales; `export.show` tells how far it is.
command product.export          (ExportProducts)   -> ExportView,       errors [ExportError], needs ManageProducts, audited;
/// Makes a file of customers for a spreadsheet, beside the sales; `export.show` tells how far it is.
command customer.export         (ExportCustomers)  -> ExportView,       errors [ExportError], needs ManageCustomers, audited, secret;
/// Gives an export up.
command export.cancel           (GetExport)        -> ExportView,       errors [ExportError], needs SignedOn;
/// Shows an export under way, or the last one.
query   export.show             (GetExport)        -> ExportView,       errors [ExportError], needs SignedOn;

/// Makes one product of two that are the same: codes, packs and stock go to the one that stays, the other is archived and leads there.
command product.merge           (MergeProducts)    -> ProductView,      errors [ProductError, RecordError, ImportError], needs ManageProducts, audited;
/// Lists products of which there is no more than their low-stock mark.
query   product.low_stock       (ListLowStock)     -> LowStockPage,     errors [], needs SignedOn;
/// Says how much of a product was found on the shelf; that is what the shop has of it from here on.
command stock.count             (CountStock)       -> StockCount,       errors [ProductError], needs ManageProducts, audited;
/// Shows how what was found on the shelf differs from what should be there, before it is said.
query   stock.compare           (CountManyStock)   -> StockCounts,      errors [ProductError], needs ManageProducts;
/// Says of many products how much was found on the shelf, all at once.
command stock.count_many        (CountManyStock)   -> StockCounts,      errors [ProductError], needs ManageProducts, audited;
/// Shows every change of a record, the newest first: each field's old and new value, who, when, and on which screen.
query   record.history          (AskHistory)       -> RecordHistory,    errors [PeopleError], needs SignedOn;

/// Lists customers by name.
query   customer.list           (ListCustomers)    -> CustomerPage,     errors [], needs ManageCustomers;
/// Finds customers by the beginnings of their words: name, number, mail address, telephone number.
query   customer.find           (FindCustomers)    -> CustomerPage,     errors [], needs ManageCustomers, secret;
/// Shows a customer as they can be edited.
query   customer.get            (GetCustomer)      -> CustomerView,     errors [CustomerError], needs ManageCustomers;
/// Adds or changes a customer.
command customer.save           (SaveCustomer)     -> CustomerView,     errors [CustomerError, RecordError], needs ManageCustomers, audited, secret;
/// Shows how a customer's account stands, and how much they may owe.
query   account.get             (GetAccount)       -> AccountView,      errors [CustomerError], needs ManageCustomers;
/// Says how much a customer may owe; without a limit they buy nothing on account.
command account.save            (SaveAccount)      -> AccountView,      errors [CustomerError, RecordError], needs ManageCustomers, audited;
/// Takes a customer's payment of what they owe, in cash or by card, and prints its slip: it moves the drawer and is no turnover.
command account.pay             (PayAccount)       -> AccountPayment,   errors [CustomerError, SaleError, SettingsError], needs Sell, audited;
/// Lets a customer off what they owe: no cash moves, and it is no turnover.
command account.write_off       (WriteOffDebt)     -> AccountView,      errors [CustomerError, SettingsError], needs WriteOffDebt, audited;
/// Shows what moved a customer's account within some days, one page of it: purchases, returns, payments, write-offs.
query   account.statement       (AskStatement)     -> AccountStatement, errors [CustomerError, SettingsError], needs ManageCustomers;
/// Makes a file of a statement: pages of A4, or a table for a spreadsheet.
command account.make_file       (MakeStatementFile) -> ReportFile,      errors [CustomerError, SettingsError], needs ManageCustomers, audited;
/// Prints a statement on the receipt printer.
command account.print           (PrintStatement)   -> PrintJobView,     errors [CustomerError, DeviceError, SettingsError], needs ManageCustomers;
/// Puts a statement into the outbox, as a letter with pages of A4; the till sends it as soon as the mail server can be reached.
/// It has what moved the account in its days until then.
command account.mail            (MailStatement)    -> MailLetter,       errors [MailError, CustomerError, SettingsError], needs ManageCustomers, audited, secret;
/// Tells whether a statement can be sent, and to whom it would be.
query   mail.of_account         (GetAccount)       -> MailProposal,     errors [CustomerError], needs ManageCustomers;
/// Erases what tells who an archived customer was, in the whole history; what was sold to them stays.
command customer.erase          (EraseCustomer)    -> CustomerView,     errors [CustomerError], needs ManageCustomers, audited;

/// Shows this sign-on's open sale, the change of its last one, and the last code that was refused.
query   sale.current            (Nothing)          -> CurrentSale,      errors [SaleError], needs Sell;
/// Shows one page of a sale's lines.
query   sale.lines              (ListLines)        -> LinePage,         errors [SaleError], needs Sell;
/// Rings up a scanned or typed code, or puts the customer on whose card it is; opens a sale when none is open.
command sale.scan               (Scan)             -> SaleView,         errors [SaleError, CustomerError, SettingsError], needs Sell, draft;
/// Rings up a product of the catalogue; opens a sale when none is open.
command sale.add_product        (AddProduct)       -> SaleView,         errors [SaleError, SettingsError], needs Sell, draft;
/// Rings up something that is not in the catalogue; opens a sale when none is open.
command sale.add_open_item      (AddOpenItem)      -> SaleView,         errors [SaleError, SettingsError], needs SellOpenItem, draft;
/// Prepares the next line: a quantity, or that the product comes back.
command sale.arm                (ArmSale)          -> SaleView,         errors [SaleError, SettingsError], needs Sell, draft;
/// Finds customers a sale could be for, by the beginnings of their words: name, number or card code, mail address, telephone.
query   sale.find_customers     (FindCustomers)    -> SaleCustomers,    errors [], needs Sell, secret;
/// Says who a customer of a sale is.
query   sale.customer           (GetCustomer)      -> SaleCustomerView, errors [CustomerError], needs Sell;
/// Says whom the sale is for: the price list of the customer holds for it. Opens a sale when none is open.
command sale.set_customer       (SetCustomer)      -> SaleView,         errors [SaleError, CustomerError, SettingsError], needs Sell, audited, draft;
/// Says whether the goods are taken away: the tax of what is taxed by that follows. Opens a sale when none is open.
command sale.take_away          (TakeAway)         -> SaleView,         errors [SaleError, SettingsError], needs Sell, audited, draft;
/// Says why the sale bears no tax, or that after all it does. Opens a sale when none is open.
command sale.exempt_tax         (ExemptTax)        -> SaleView,         errors [SaleError, SettingsError], needs Sell, audited, draft;
/// Writes a note on a line, or on the sale; it is printed with it.
command sale.note               (SetNote)          -> SaleView,         errors [SaleError], needs Sell, draft;
/// Says what the customer gives as a tip, with what is paid next; or takes it off.
command sale.set_tip            (SetTip)           -> SaleView,         errors [SaleError], needs Sell, draft;
/// Says who sells a line of the open sale, or what is rung up from now on.
command sale.set_seller         (SetSeller)        -> SaleView,         errors [SaleError, SettingsError], needs Sell, audited, draft;
/// Changes how much of a line there is.
command sale.set_quantity       (SetQuantity)      -> SaleView,         errors [SaleError], needs Sell, draft;
/// Types a price over a line's.
command sale.override_price     (OverridePrice)    -> SaleView,         errors [SaleError], needs Sell, audited, draft;
/// Gives a discount on a line or on the whole sale, by a part or an amount, in place of the one there is; or takes it back.
command sale.discount           (GiveDiscount)     -> SaleView,         errors [SaleError], needs Sell, audited, draft;
/// Shows what can come back of a receipt; it is found by its number, as printed, typed or scanned.
query   sale.returnable         (FindReceipt)      -> ReturnableSale,   errors [SaleError], needs Sell;
/// Takes goods back from their receipt, into the open sale: for exactly their share of what was paid.
command sale.take_back          (TakeBackLines)    -> SaleView,         errors [SaleError, SettingsError], needs Sell, audited, draft;
/// Puts everything of a completed sale into a new one, the other way round: settled, it reverses it.
command sale.reverse            (ReverseSale)      -> SaleView,         errors [SaleError, SettingsError], needs Sell, audited, draft;
/// Takes a line out of the open sale.
command sale.void_line          (VoidLine)         -> SaleView,         errors [SaleError], needs Sell, audited, draft;
/// Takes the last act on the open sale back: what was rung up, changed, said of it or taken out. Payments go back in their own way.
command sale.undo               (UndoSale)         -> SaleUndone,       errors [SaleError], needs Sell, audited, draft;
/// Says that the customer is old enough for what is in the sale; asked once.
command sale.confirm_age        (ConfirmAge)       -> SaleView,         errors [SaleError], needs Sell, audited, draft;
/// Tells how the price of a line came to be: list, day, pack, code, typed price, rounding and tax.
query   sale.explain            (ExplainLine)      -> LineExplained,    errors [SaleError], needs Sell;
/// Takes a part of what is due; the sale stays open with it.
command sale.take_tender        (TakeTender)       -> SaleView,         errors [SaleError], needs Sell, audited;
/// Gives back what was taken for an open sale, before it is completed.
command sale.return_tender      (ReturnTender)     -> SaleView,         errors [SaleError], needs Sell, audited;
/// Notes that a payment is at the card reader; until its end is said nobody takes it for paid or for failed.
command payment.begin           (BeginPayment)     -> SaleView,         errors [SaleError], needs Sell, audited;
/// Says what became of a payment: approved, declined, or nobody can tell yet.
command payment.end             (EndPayment)       -> SaleView,         errors [SaleError], needs Sell, audited;
/// Shows what a completed sale was paid with, and what was corrected of that.
query   payment.of_sale         (GetSale)          -> SaleTenders,      errors [SaleError], needs Sell;
/// Says that a tender of a completed sale was of another kind than was keyed; the running shift takes the difference.
command payment.correct         (CorrectPayment)   -> SaleTenders,      errors [SaleError], needs CorrectTender, audited;
/// Lists the sales that are put aside.
query   sale.suspended          (Nothing)          -> SuspendedList,    errors [], needs Sell;
/// Puts the open sale aside, under a name if it has one; or gives another name to one that is put aside.
command sale.suspend            (SuspendSale)      -> SuspendedList,    errors [SaleError], needs Sell, audited;
/// Takes a sale up again that was put aside, whoever did that.
command sale.resume             (ResumeSale)       -> SaleView,         errors [SaleError], needs Sell, audited;
/// Gives up an open sale.
command sale.cancel             (CancelSale)       -> SaleCancelled,    errors [SaleError], needs Sell, audited;
/// Settles an open sale: checks the tenders, commits it, queues the drawer and the receipt.
command sale.complete           (CompleteSale)     -> SaleCompleted,    errors [SaleError, SettingsError], needs Sell, audited;
/// Shows a completed sale.
query   sale.completed          (GetSale)          -> SaleCompleted,    errors [SaleError], needs Sell;
/// Lists the latest completed sales, the newest first.
query   sale.list               (ListSales)        -> SaleList,         errors [], needs Sell;
/// Finds completed sales by number, amount, day, hour, operator, customer and product, the newest first.
query   sale.find               (FindSales)        -> FoundSales,       errors [SettingsError], needs Sell, secret;

/// Lays out the receipt of a completed sale for the screen.
query   receipt.preview         (GetSale)          -> ReceiptPreview,   errors [SaleError], needs Sell;
/// Makes a PDF file of the receipt of a completed sale. It is fetched as a blob.
command receipt.make_file       (MakeReceiptFile)  -> ReceiptFile,      errors [SaleError], needs Sell;
/// Shows how paper would look with settings that need not be saved, with goods nobody sold.
query   receipt.sample          (SampleReceipt)    -> ReceiptSample,    errors [SettingsError], needs ManageSettings;
/// Prints the receipt of a completed sale again, marked as a duplicate.
command receipt.reprint         (ReprintReceipt)   -> PrintJobView,     errors [SaleError], needs ReprintReceipt, audited;
/// Prints what was sold without what it cost, for somebody who is given the goods; its code brings them back.
command receipt.print_gift      (PrintGiftReceipt) -> PrintJobView,     errors [SaleError], needs Sell;
/// Puts the receipt of a completed sale into the outbox, as a letter with a PDF; the till sends it as soon as the mail server
/// can be reached. A receipt that was given out before is marked as a duplicate.
command receipt.mail            (MailReceipt)      -> MailLetter,       errors [MailError, SaleError], needs Sell, audited, secret;

/// Tells how letters leave the till. The password is never told.
query   mail.settings           (Nothing)          -> MailSettingsView, errors [], needs ManageSettings;
/// Changes how letters leave the till. A password that is left out stays, as long as server and user are the same.
command mail.save_settings      (SaveMailSettings) -> MailSettingsView, errors [MailError, RecordError], needs ManageSettings, audited, secret;
/// Puts a letter for a test into the outbox. It is tried once, and what the server said stands in the list of letters.
command mail.test               (SendTestLetter)   -> MailLetter,       errors [MailError], needs ManageSettings, secret;
/// Tells what a letter with the receipt of a sale would be, and which were queued.
query   mail.of_sale            (GetSale)          -> SaleMail,         errors [SaleError], needs Sell;
/// Lists the letters that wait, failed, or may or may not have gone, and the last ones that are done.
query   mail.list               (Nothing)          -> MailList,         errors [], needs Sell;
/// Says what becomes of a letter: tried again, given up, or, where nobody knows, that it arrived.
command mail.resolve            (ResolveLetter)    -> MailLetter,       errors [MailError], needs Sell;
/// Tries at once to send what waits.
command mail.send_now           (Nothing)          -> MailList,         errors [MailError], needs Sell;

/// Shows the invoice of a completed sale, or whom one could be for.
query   invoice.of_sale         (GetSale)          -> SaleInvoice,      errors [SaleError], needs Sell;
/// Writes the invoice of a completed sale for a named buyer, under the next number of the till's own series; of goods that came back, the credit note.
command invoice.issue           (IssueInvoice)     -> SaleInvoice,      errors [InvoiceError, SaleError, CustomerError], needs Sell, audited, secret;
/// Lays out an invoice for the screen.
query   invoice.preview         (GetSale)          -> ReceiptPreview,   errors [InvoiceError, SaleError], needs Sell;
/// Prints an invoice on the receipt printer; from the second time on it is marked as a copy, for those who may print receipts again.
command invoice.print           (GiveInvoice)      -> PrintJobView,     errors [InvoiceError, SaleError], needs Sell, audited;
/// Makes a PDF file of an invoice, a sheet of A4; from the second time on it is marked as a copy. It is fetched as a blob.
command invoice.make_file       (GiveInvoice)      -> ReceiptFile,      errors [InvoiceError, SaleError], needs Sell, audited;
/// Puts the invoice into the outbox, as a letter with a sheet of A4; the till sends it as soon as the mail server can be
/// reached.
command invoice.mail            (MailInvoice)      -> MailLetter,       errors [MailError, InvoiceError, SaleError], needs Sell, audited, secret;

/// Takes what the till's scanner reads, instead of the sale, for as long as it is asked again. Saves nothing.
query   scanner.listen          (ListenToScanner)  -> HeardFromScanner, errors [], needs SignedOn;
/// Lets what the till's scanner reads go into the sale again.
query   scanner.leave           (LeaveScanner)     -> Nothing,          errors [], needs SignedOn;
/// Finds out what a scanner puts around its codes, from two or more that are known. Saves nothing.
query   scanner.learn           (LearnScanner)     -> LearntScanner,    errors [], needs ManageDevices;
/// Tells how each device is and what can be done about it.
query   device.status           (Nothing)          -> DeviceStatusList, errors [], needs SignedOn;
/// Shows which devices this till uses.
query   device.settings         (Nothing)          -> DeviceSettingsView, errors [], needs ManageDevices;
/// Changes which devices this till uses.
command device.save_settings    (SaveDevices)      -> DeviceSettingsView, errors [RecordError, DeviceError], needs ManageDevices, audited;
/// Prints the page that shows how the printer counts its code pages; which line reads right is a setting.
command device.calibrate        (Nothing)          -> PrintJobView,     errors [DeviceError], needs ManageDevices;
/// Looks for what is plugged in, or set up in the system, and may be a device of this till.
query   device.find             (Nothing)          -> FoundDevices,     errors [], needs ManageDevices;
/// Tries a device: a printer prints a page, the drawer opens.
command device.test             (TestDevice)       -> PrintJobView,     errors [DeviceError], needs ManageDevices, audited;
/// Shows what went to a device and came back lately, and what went wrong.
query   device.log              (ReadDeviceLog)    -> DeviceLog,        errors [], needs ManageDevices;
/// Opens the drawer without a sale.
command drawer.no_sale          (OpenDrawer)       -> PrintJobView,     errors [DeviceError], needs OpenDrawer, audited;
/// Takes a drawer of this till: what the operator does from here on goes into it. Not while cash of their open sale lies in
/// the one they use.
command drawer.choose           (ChooseDrawer)     -> ShiftView,        errors [DeviceError, ShiftError, SettingsError], needs SignedOn, audited;
/// Lists the print jobs that wait, failed, or may or may not have come out.
query   print_job.list          (Nothing)          -> PrintJobList,     errors [], needs SignedOn;
/// Says whether an uncertain print came out; if not, it is printed again, marked as a duplicate.
command print_job.resolve       (ResolvePrintJob)  -> PrintJobView,     errors [DeviceError], needs Sell, audited;
/// Gives up a print that waits; it can be printed again from the list of receipts.
command print_job.give_up       (GiveUpPrintJob)   -> PrintJobView,     errors [DeviceError], needs Sell, audited;

/// Shows the drawer and its running shift. What should be in it is told only to those who may see that.
query   shift.show              (Nothing)          -> ShiftView,        errors [SettingsError], needs SignedOn;
/// States what is in the drawer: a shift begins, or the one that began with a sale has its float.
command shift.open              (OpenShift)        -> ShiftView,        errors [ShiftError, SettingsError], needs OpenShift, audited;
/// Moves cash into the drawer, or out of it, without a sale: the drawer opens and a slip is printed.
command shift.move_cash         (MoveCash)         -> ShiftView,        errors [ShiftError, SettingsError], needs MoveCash, audited;
/// Says what was found in the drawer. Only then is told what should have been there.
command shift.count             (CountDrawer)      -> ShiftView,        errors [ShiftError, SettingsError], needs CloseShift, audited;
/// Adds up notes and coins as they are typed. Nothing is kept of it.
query   shift.add_up            (CountDrawer)      -> CashSum,          errors [ShiftError, SettingsError], needs SignedOn;
/// Closes the shift of the drawer that was counted, under the next number, and prints its report (Z). Open sales go on.
command shift.close             (CloseShift)       -> ShiftSummary,     errors [ShiftError, SettingsError], needs CloseShift, audited;
/// Lays out what the running shift comes to (X) for the screen.
query   shift.preview           (Nothing)          -> ShiftPaper,       errors [ShiftError, SettingsError], needs SeeExpectedCash;
/// Prints what the running shift comes to (X), and keeps that it was read.
command shift.read              (Nothing)          -> ShiftPaper,       errors [ShiftError, SettingsError], needs SeeExpectedCash, audited;
/// Lists closed shifts, the newest first.
query   shift.list              (ListShifts)       -> ShiftList,        errors [], needs CloseShift;
/// Lays out the report of a closed shift (Z), a report that was read, or a slip for the screen.
query   shift.paper             (GetShiftPaper)    -> ShiftPaper,       errors [ShiftError, SettingsError], needs CloseShift;
/// Makes a PDF file of such a paper, or of what the running shift comes to for those who may see that.
command shift.make_file         (MakeShiftFile)    -> ReceiptFile,      errors [ShiftError, SettingsError], needs CloseShift;
/// Prints such a paper again, marked as a duplicate.
command shift.reprint           (GetShiftPaper)    -> PrintJobView,     errors [ShiftError], needs CloseShift, audited;

/// Tells how the till itself is: disk, clock, ledger, key, backups, devices, hub; each with one reason.
query   health.show             (Nothing)          -> Health,           errors [], needs SignedOn;
/// Finds what a reference that was read out stands for: its fact, and its lines of the log.
query   health.find_reference   (FindReference)    -> FoundReference,   errors [], needs ManageSettings;
/// Packs a file for whoever helps: log, health, versions; no secrets, no names, nothing that was sold. It is fetched as a blob.
command health.bundle           (Nothing)          -> HealthBundle,     errors [], needs ManageSettings, audited;

/// Shows the backups of this till, how they are kept, and what is under way.
query   backup.list             (Nothing)          -> BackupList,       errors [], needs ManageSettings;
/// Makes a backup now, beside the sales.
command backup.make             (Nothing)          -> BackupList,       errors [], needs ManageSettings, audited;
/// Changes how backups are kept and where they are copied to.
command backup.save_plan        (SaveBackupPlan)   -> BackupList,       errors [BackupError, RecordError], needs ManageSettings, audited;
/// Looks for backups at a place, or on the sticks and disks that are plugged in.
query   backup.find             (FindBackups)      -> FoundBackups,     errors [], needs Nobody;
/// Puts a backup of this till in place of what is here, which is kept; the till starts again by itself.
command backup.restore          (RestoreBackup)    -> Restoring,        errors [BackupError], needs ManageSettings, audited;
/// Lets a till that is not set up yet go on in place of the one that made a backup; it starts again by itself.
command backup.adopt            (RestoreBackup)    -> Restoring,        errors [BackupError], needs Nobody, audited;

/// Finds what was done: by day, operator, operation and word, the newest first.
query   audit.list              (FindAudit)        -> AuditPage,        errors [], needs ViewReports;
/// Makes a file of what was found, for a spreadsheet.
command audit.export            (FindAudit)        -> AuditFile,        errors [], needs ViewReports, audited;

/// Lists the reports this till can run.
query   report.list             (Nothing)          -> ReportList,       errors [], needs ViewReports;
/// Runs a report.
query   report.run              (RunReport)        -> ReportTable,      errors [ReportError], needs ViewReports;
/// Shows a day at a glance, beside the same weekday a week before.
query   report.overview         (AskOverview)      -> Overview,         errors [SettingsError], needs ViewReports;
/// Makes a file of a report: a table for a spreadsheet, or pages. It is fetched as a blob.
command report.make_file        (MakeReportFile)   -> ReportFile,       errors [ReportError], needs ViewReports;
/// Prints a report on the receipt printer.
command report.print            (PrintReport)      -> PrintJobView,     errors [ReportError, DeviceError], needs ViewReports;
/// Puts a report into the outbox, as a letter with pages to read and a table to compute with; the till sends it as soon as the
/// mail server can be reached. Where its days are not over, it has what was sold until then.
command report.mail             (MailReport)       -> MailLetter,       errors [MailError, ReportError], needs ViewReports, audited, secret;
/// Tells whether a report can be sent, and to whom it would be.
query   mail.of_reports         (Nothing)          -> MailProposal,     errors [], needs ViewReports;
        }
    };
}

macro_rules! need {
    (Nobody) => {
        Need::Nobody
    };
    (SignedOn) => {
        Need::SignedOn
    };
    ($permission:ident) => {
        Need::Permission(Permission::$permission)
    };
}

macro_rules! kind {
    (command) => {
        Kind::Command
    };
    (query) => {
        Kind::Query
    };
}

macro_rules! table {
    ($($(#[doc = $doc:literal])+ $kind:ident $noun:ident . $verb:ident ($request:ident) -> $answer:ident,
        errors [$($error:ident),*], needs $need:ident $(, $mark:ident)*;)+) => {
        /// Every operation, in the order of the list.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            name: concat!(stringify!($noun), ".", stringify!($verb)),
            doc: concat!($($doc),+),
            kind: kind!($kind),
            request: stringify!($request),
            answer: stringify!($answer),
            errors: &[$(stringify!($error)),*],
            need: need!($need),
            audited: has_mark("audited", &[$(stringify!($mark)),*]),
            secret: has_mark("secret", &[$(stringify!($mark)),*]),
            draft: has_mark("draft", &[$(stringify!($mark)),*]),
        }),+];

        // Every type and error of the list exists.
        const _: () = {
            $(let _: Option<$request> = None; let _: Option<$answer> = None; $(let _: Option<$error> = None;)*)+
        };
    };
}

operations!(table);

const fn has_mark(mark: &str, marks: &[&str]) -> bool {
    let mut index = 0;
    while index < marks.len() {
        if same(mark.as_bytes(), marks[index].as_bytes()) {
            return true;
        }
        index += 1;
    }
    false
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The row of an operation, or `None` when there is none of this name.
pub fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_marks_make_sense() {
        let names: BTreeSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        assert_eq!(names.len(), OPERATIONS.len());
        for operation in OPERATIONS {
            assert!(!operation.doc.trim().is_empty(), "{}", operation.name);
            if operation.kind == Kind::Query {
                assert!(
                    !operation.audited && !operation.draft,
                    "{}: a query changes nothing",
                    operation.name
                );
            }
        }
    }
}
