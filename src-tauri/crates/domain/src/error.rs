//! The vocabulary of errors: every refusal and fault has a stable code `noun.problem` and a class. Codes are never
//! reused or renamed; each has a text and one next step in `assets/i18n`.

use crate::customer::CustomerError;
use crate::invoice::issue::InvoiceError;
use crate::mail::MailError;
use crate::people::{NeedsApproval, PeopleError};
use crate::product::ProductError;
use crate::registrar::RecordError;
use crate::sale::SaleError;
use crate::settings::SettingsError;
use crate::shift::ShiftError;
use serde::{Deserialize, Serialize};

/// What kind of failure a code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Class {
    /// A rule said no; nothing is broken.
    Refusal,
    /// A disk, printer or network failed; trying again may help.
    Fault,
    /// An invariant is broken: to be reported with its reference.
    Bug,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $text:literal, $class:ident;)+) => {
        /// A stable error code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
        #[cfg_attr(feature = "contract", ts(rename = "ErrorCode"), schemars(rename = "ErrorCode"))]
        pub enum Code {
            $($(#[doc = $doc])+ #[serde(rename = $text)] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as it is written: `noun.problem`.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Its class.
            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class,)+ }
            }
        }
    };
}

codes! {
    /// The sale does not exist.
    SaleUnknown = "sale.unknown", Refusal;
    /// The sale is completed.
    SaleAlreadyCompleted = "sale.already_completed", Refusal;
    /// The sale was cancelled.
    SaleAlreadyCancelled = "sale.already_cancelled", Refusal;
    /// The sale has no lines.
    SaleEmpty = "sale.empty", Refusal;
    /// The sale has no such line.
    SaleLineUnknown = "sale.line_unknown", Refusal;
    /// The sale is full.
    SaleTooManyLines = "sale.too_many_lines", Refusal;
    /// The quantity cannot be sold.
    SaleQuantityInvalid = "sale.quantity_invalid", Refusal;
    /// How much of it there is has to be typed.
    SaleQuantityMissing = "sale.quantity_missing", Refusal;
    /// The amount is too large.
    SaleAmountOutOfRange = "sale.amount_out_of_range", Refusal;
    /// The tender does not cover the total.
    SaleTenderInsufficient = "sale.tender_insufficient", Refusal;
    /// The tender cannot settle the sale.
    SaleTenderInvalid = "sale.tender_invalid", Refusal;
    /// More than is due, of what gives no change.
    SaleTenderExceeds = "sale.tender_exceeds", Refusal;
    /// A tip of less than nothing, too much, or where none is taken.
    SaleTipInvalid = "sale.tip_invalid", Refusal;
    /// The shop does not take this tender.
    SaleTenderNotAccepted = "sale.tender_not_accepted", Refusal;
    /// The tender goes by a payment.
    SaleTenderNeedsPayment = "sale.tender_needs_payment", Refusal;
    /// What is of an account needs the customer on the sale.
    SaleCustomerMissing = "sale.customer_missing", Refusal;
    /// The customer has less store credit than that.
    SaleCreditExceeded = "sale.credit_exceeded", Refusal;
    /// The customer may not buy on account.
    SaleAccountMissing = "sale.account_missing", Refusal;
    /// A reference is missing, too long, or the number of a card.
    SaleReferenceInvalid = "sale.reference_invalid", Refusal;
    /// What became of a payment is not known yet.
    SalePaymentPending = "sale.payment_pending", Refusal;
    /// The sale has no such payment waiting.
    SalePaymentUnknown = "sale.payment_unknown", Refusal;
    /// The sale has no such tender.
    SaleTenderUnknown = "sale.tender_unknown", Refusal;
    /// A tender of a completed sale cannot be corrected so.
    SaleCorrectionInvalid = "sale.correction_invalid", Refusal;
    /// What was paid already goes back first.
    SaleTendersTaken = "sale.tenders_taken", Refusal;
    /// The total is not what was on the screen.
    SaleTotalChanged = "sale.total_changed", Refusal;
    /// No product has the code.
    SaleCodeUnknown = "sale.code_unknown", Refusal;
    /// Several products have the code.
    SaleCodeAmbiguous = "sale.code_ambiguous", Refusal;
    /// The code was read for a screen that did not take it.
    SaleCodeNotTaken = "sale.code_not_taken", Refusal;
    /// What was read is not a code.
    SaleCodeInvalid = "sale.code_invalid", Refusal;
    /// The product has no price today.
    SalePriceMissing = "sale.price_missing", Refusal;
    /// The product has no tax rate today.
    SaleTaxRateMissing = "sale.tax_rate_missing", Refusal;
    /// The product is archived.
    SaleProductArchived = "sale.product_archived", Refusal;
    /// Nobody has said yet that the customer is old enough.
    SaleAgeCheck = "sale.age_check", Refusal;
    /// The line goes with another one and changes with it.
    SaleLineLinked = "sale.line_linked", Refusal;
    /// More would come back than was sold.
    SaleReturnTooMuch = "sale.return_too_much", Refusal;
    /// The line is what its receipt says.
    SaleLineReturned = "sale.line_returned", Refusal;
    /// There is nothing to take back.
    SaleNothingToUndo = "sale.nothing_to_undo", Refusal;
    /// A note is too long.
    SaleNoteInvalid = "sale.note_invalid", Refusal;
    /// Meanwhile more came back.
    SaleReturnChanged = "sale.return_changed", Refusal;
    /// The sale was put aside.
    SaleSuspended = "sale.suspended", Refusal;
    /// Another sale is under way.
    SaleUnderWay = "sale.under_way", Refusal;
    /// Too many sales were put aside.
    SaleTooManySuspended = "sale.too_many_suspended", Refusal;
    /// The name is too long.
    SaleNameTooLong = "sale.name_too_long", Refusal;
    /// The receipt was taxed in another way.
    SaleReturnAlone = "sale.return_alone", Refusal;
    /// The sale cannot be reversed as a whole.
    SaleNotReversible = "sale.not_reversible", Refusal;
    /// Nothing was sold on the receipt that could be given to somebody.
    SaleNothingToGive = "sale.nothing_to_give", Refusal;
    /// There is no such receipt.
    SaleReceiptUnknown = "sale.receipt_unknown", Refusal;
    /// What was scanned is a receipt.
    SaleCodeOfReceipt = "sale.code_of_receipt", Refusal;
    /// The discount is none.
    SaleDiscountInvalid = "sale.discount_invalid", Refusal;
    /// The product does not exist.
    ProductUnknown = "product.unknown", Refusal;
    /// The category does not exist.
    ProductCategoryUnknown = "product.category_unknown", Refusal;
    /// The tax category does not exist.
    ProductTaxCategoryUnknown = "product.tax_category_unknown", Refusal;
    /// The product's or category's name is missing or too long.
    ProductNameInvalid = "product.name_invalid", Refusal;
    /// The SKU belongs to another product.
    ProductSkuTaken = "product.sku_taken", Refusal;
    /// The picture cannot be shown.
    ProductPictureInvalid = "product.picture_invalid", Refusal;
    /// There are too many pages or tiles, or one stands twice.
    ProductTilesInvalid = "product.tiles_invalid", Refusal;
    /// The price list does not exist.
    ProductPriceListUnknown = "product.price_list_unknown", Refusal;
    /// A pack holds nothing, or its code stands twice.
    ProductPackInvalid = "product.pack_invalid", Refusal;
    /// The product cannot be a variant of that one.
    ProductVariantInvalid = "product.variant_invalid", Refusal;
    /// The deposit cannot be one.
    ProductDepositInvalid = "product.deposit_invalid", Refusal;
    /// The two products cannot be one.
    ProductMergeInvalid = "product.merge_invalid", Refusal;
    /// The shop or a customer has the price list.
    ProductPriceListInUse = "product.price_list_in_use", Refusal;
    /// The age is none.
    ProductAgeInvalid = "product.age_invalid", Refusal;
    /// The customer does not exist.
    CustomerUnknown = "customer.unknown", Refusal;
    /// A text of the customer is missing or too long.
    CustomerTextInvalid = "customer.text_invalid", Refusal;
    /// The number belongs to another customer.
    CustomerNumberTaken = "customer.number_taken", Refusal;
    /// The customer's price list does not exist.
    CustomerPriceListUnknown = "customer.price_list_unknown", Refusal;
    /// A customer in use cannot be erased.
    CustomerStillActive = "customer.still_active", Refusal;
    /// What a customer may owe is nothing or more.
    CustomerAccountLimitInvalid = "customer.account_limit_invalid", Refusal;
    /// Nobody pays more than they owe.
    CustomerPaidTooMuch = "customer.paid_too_much", Refusal;
    /// Nobody is let off more than they owe.
    CustomerWrittenOffTooMuch = "customer.written_off_too_much", Refusal;
    /// A statement has a first and a last day.
    CustomerDaysInvalid = "customer.days_invalid", Refusal;
    /// Who owes something is not put aside unsaid, and not erased.
    CustomerStillOwes = "customer.still_owes", Refusal;
    /// Who has something in the shop is not put aside unsaid.
    CustomerStillHas = "customer.still_has", Refusal;
    /// Nobody is signed on.
    PeopleNotSignedOn = "people.not_signed_on", Refusal;
    /// Somebody with more rights has to allow it.
    PeopleNeedsApproval = "people.needs_approval", Refusal;
    /// The PIN is wrong.
    PeoplePinWrong = "people.pin_wrong", Refusal;
    /// Too many wrong PINs.
    PeoplePinBlocked = "people.pin_blocked", Refusal;
    /// What PINs are checked with is damaged or gone.
    PeoplePinsLost = "people.pins_lost", Fault;
    /// Nobody has this badge.
    PeopleBadgeUnknown = "people.badge_unknown", Refusal;
    /// The badge's PIN is asked for too.
    PeopleBadgeNeedsPin = "people.badge_needs_pin", Refusal;
    /// The code is no badge.
    PeopleBadgeInvalid = "people.badge_invalid", Refusal;
    /// Another operator has this badge.
    PeopleBadgeTaken = "people.badge_taken", Refusal;
    /// The recovery code is not right.
    PeopleRecoveryWrong = "people.recovery_wrong", Refusal;
    /// The PIN has not the form of one.
    PeoplePinInvalid = "people.pin_invalid", Refusal;
    /// The name is missing or too long.
    PeopleNameInvalid = "people.name_invalid", Refusal;
    /// The name belongs to another operator.
    PeopleNameTaken = "people.name_taken", Refusal;
    /// The operator does not exist.
    PeopleOperatorUnknown = "people.operator_unknown", Refusal;
    /// The role does not exist.
    PeopleRoleUnknown = "people.role_unknown", Refusal;
    /// The shop is set up already.
    PeopleAlreadySetUp = "people.already_set_up", Refusal;
    /// Nobody could manage people any more.
    PeopleLastManager = "people.last_manager", Refusal;
    /// Somebody who can still sign on cannot be erased.
    PeopleStillActive = "people.still_active", Refusal;
    /// This is not done in training.
    PeopleInTraining = "people.in_training", Refusal;
    /// The operator's role does nothing but train.
    PeopleTrainsOnly = "people.trains_only", Refusal;
    /// The shop is not set up.
    SettingsNotSetUp = "settings.not_set_up", Refusal;
    /// A text of the settings is missing or too long.
    SettingsTextInvalid = "settings.text_invalid", Refusal;
    /// A text of the settings has too many lines.
    SettingsTooManyLines = "settings.too_many_lines", Refusal;
    /// A rule for numbers with a weight or price in them cannot be read.
    SettingsCodeLayoutInvalid = "settings.code_layout_invalid", Refusal;
    /// The currency is fixed.
    SettingsCurrencyFixed = "settings.currency_fixed", Refusal;
    /// This is not the demo shop.
    SettingsNotDemo = "settings.not_demo", Refusal;
    /// The shop takes no tender, or rounds cash to what is no coin.
    SettingsTendersInvalid = "settings.tenders_invalid", Refusal;
    /// The day cannot turn at this hour, or a difference is below nothing.
    SettingsShiftRulesInvalid = "settings.shift_rules_invalid", Refusal;
    /// The shop's price list does not exist.
    SettingsPriceListUnknown = "settings.price_list_unknown", Refusal;
    /// Somebody else changed the same record.
    RecordConflict = "record.conflict", Refusal;
    /// There is no such operation.
    CallOperationUnknown = "call.operation_unknown", Refusal;
    /// The request is not what the operation takes.
    CallPayloadInvalid = "call.payload_invalid", Refusal;
    /// The request id was used for another request.
    CallRequestIdReused = "call.request_id_reused", Refusal;
    /// The request came from where it may not come.
    CallOriginRefused = "call.origin_refused", Refusal;
    /// The till is shutting down.
    CallShuttingDown = "call.shutting_down", Refusal;
    /// The disk failed: nothing was saved.
    LedgerDiskFault = "ledger.disk_fault", Fault;
    /// The disk is full: nothing was saved.
    LedgerDiskFull = "ledger.disk_full", Fault;
    /// The disk has no room for another sale: open ones can be finished.
    LedgerDiskLow = "ledger.disk_low", Refusal;
    /// A file of the till can no longer be read.
    LedgerMalformed = "ledger.malformed", Fault;
    /// The data directory is used by another process.
    LedgerInUse = "ledger.in_use", Refusal;
    /// The data was written by a newer version.
    LedgerNewerVersion = "ledger.newer_version", Refusal;
    /// The file is larger than it may be.
    BlobTooLarge = "blob.too_large", Refusal;
    /// The chunks do not fit together.
    BlobChunkInvalid = "blob.chunk_invalid", Refusal;
    /// There is no such file.
    BlobUnknown = "blob.unknown", Refusal;
    /// There is no such import.
    ImportUnknown = "import.unknown", Refusal;
    /// Another import is under way.
    ImportBusy = "import.busy", Refusal;
    /// The import does not stand where this can be done.
    ImportOutOfTurn = "import.out_of_turn", Refusal;
    /// The file to import is not here any more.
    ImportFileMissing = "import.file_missing", Refusal;
    /// The file to import is no table.
    ImportFileUnreadable = "import.file_unreadable", Refusal;
    /// The file to import has no rows.
    ImportFileEmpty = "import.file_empty", Refusal;
    /// The file to import is too large.
    ImportFileTooLarge = "import.file_too_large", Refusal;
    /// The columns cannot be read so.
    ImportMappingInvalid = "import.mapping_invalid", Refusal;
    /// Rows have errors.
    ImportHasErrors = "import.has_errors", Refusal;
    /// Rows have warnings.
    ImportHasWarnings = "import.has_warnings", Refusal;
    /// The import was undone before, or is an undo.
    ImportNotUndoable = "import.not_undoable", Refusal;
    /// There is no such export.
    ExportUnknown = "export.unknown", Refusal;
    /// Another export is under way.
    ExportBusy = "export.busy", Refusal;
    /// A workbook holds no more rows.
    ExportTooManyRows = "export.too_many_rows", Refusal;
    /// There is no such backup.
    BackupUnknown = "backup.unknown", Refusal;
    /// The file is no backup of a till.
    BackupForeign = "backup.foreign", Refusal;
    /// The backup is damaged.
    BackupDamaged = "backup.damaged", Refusal;
    /// The backup is of another till.
    BackupOtherTill = "backup.other_till", Refusal;
    /// The folder for the second copy is not there.
    BackupPlaceMissing = "backup.place_missing", Refusal;
    /// Another backup or restore is under way.
    BackupBusy = "backup.busy", Refusal;
    /// The device is not there or does not answer.
    DeviceUnreachable = "device.unreachable", Fault;
    /// The device settings cannot work.
    DeviceConfigInvalid = "device.config_invalid", Refusal;
    /// There is no such print job.
    DeviceJobUnknown = "device.job_unknown", Refusal;
    /// No such device is set up.
    DeviceAbsent = "device.absent", Refusal;
    /// What opens the second drawer opens the first.
    DeviceDrawersSame = "device.drawers_same", Refusal;
    /// The second drawer is in use: whether there is one cannot be changed now.
    DeviceDrawerInUse = "device.drawer_in_use", Refusal;
    /// There is no report of this name.
    ReportUnknown = "report.unknown", Refusal;
    /// The amount cannot be in a drawer.
    ShiftAmountInvalid = "shift.amount_invalid", Refusal;
    /// The reason does not fit what is done with the cash.
    ShiftReasonInvalid = "shift.reason_invalid", Refusal;
    /// The difference needs a reason.
    ShiftReasonMissing = "shift.reason_missing", Refusal;
    /// The shift is open.
    ShiftAlreadyOpen = "shift.already_open", Refusal;
    /// The drawer was not counted.
    ShiftNotCounted = "shift.not_counted", Refusal;
    /// There is no such report or slip.
    ShiftUnknown = "shift.unknown", Refusal;
    /// Cash of an open sale is in the drawer that its operator uses.
    ShiftOpenSalePaid = "shift.open_sale_paid", Refusal;

    /// The sale has an invoice.
    InvoiceAlreadyIssued = "invoice.already_issued", Refusal;
    /// The sale has no invoice.
    InvoiceNotIssued = "invoice.not_issued", Refusal;
    /// Whom an invoice is for cannot be written on it.
    InvoiceBuyerInvalid = "invoice.buyer_invalid", Refusal;
    /// What came back was on no invoice.
    InvoiceNothingToCredit = "invoice.nothing_to_credit", Refusal;
    /// The invoice was given out at the same moment.
    InvoiceGivenMeanwhile = "invoice.given_meanwhile", Refusal;
    /// No mail server is set up.
    MailNotSetUp = "mail.not_set_up", Refusal;
    /// The text is no mail address.
    MailAddressInvalid = "mail.address_invalid", Refusal;
    /// A setting of the mail server cannot work.
    MailSettingsInvalid = "mail.settings_invalid", Refusal;
    /// There is no such letter any more.
    MailLetterUnknown = "mail.letter_unknown", Refusal;
    /// Something that cannot happen happened.
    TillBug = "till.bug", Bug;
}

/// An error that has a code.
pub trait Coded: std::error::Error {
    /// The code.
    fn code(&self) -> Code;
}

impl Coded for SaleError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::SaleUnknown,
            Self::AlreadyCompleted { .. } => Code::SaleAlreadyCompleted,
            Self::AlreadyCancelled {} => Code::SaleAlreadyCancelled,
            Self::Empty {} => Code::SaleEmpty,
            Self::LineUnknown { .. } => Code::SaleLineUnknown,
            Self::TooManyLines { .. } => Code::SaleTooManyLines,
            Self::QuantityInvalid { .. } => Code::SaleQuantityInvalid,
            Self::QuantityMissing { .. } => Code::SaleQuantityMissing,
            Self::AmountOutOfRange {} => Code::SaleAmountOutOfRange,
            Self::TenderInsufficient { .. } => Code::SaleTenderInsufficient,
            Self::TenderInvalid {} => Code::SaleTenderInvalid,
            Self::TenderExceeds { .. } => Code::SaleTenderExceeds,
            Self::TipInvalid { .. } => Code::SaleTipInvalid,
            Self::TenderNotAccepted {} => Code::SaleTenderNotAccepted,
            Self::TenderNeedsPayment {} => Code::SaleTenderNeedsPayment,
            Self::CustomerMissing {} => Code::SaleCustomerMissing,
            Self::CreditExceeded { .. } => Code::SaleCreditExceeded,
            Self::AccountMissing { .. } => Code::SaleAccountMissing,
            Self::ReferenceInvalid { .. } => Code::SaleReferenceInvalid,
            Self::PaymentPending {} => Code::SalePaymentPending,
            Self::PaymentUnknown {} => Code::SalePaymentUnknown,
            Self::TenderUnknown { .. } => Code::SaleTenderUnknown,
            Self::CorrectionInvalid {} => Code::SaleCorrectionInvalid,
            Self::TendersTaken { .. } => Code::SaleTendersTaken,
            Self::TotalChanged { .. } => Code::SaleTotalChanged,
            Self::CodeUnknown { .. } => Code::SaleCodeUnknown,
            Self::CodeAmbiguous { .. } => Code::SaleCodeAmbiguous,
            Self::CodeNotTaken { .. } => Code::SaleCodeNotTaken,
            Self::CodeInvalid {} => Code::SaleCodeInvalid,
            Self::PriceMissing { .. } => Code::SalePriceMissing,
            Self::TaxRateMissing { .. } => Code::SaleTaxRateMissing,
            Self::ProductArchived { .. } => Code::SaleProductArchived,
            Self::AgeCheck { .. } => Code::SaleAgeCheck,
            Self::LineLinked { .. } => Code::SaleLineLinked,
            Self::ReturnTooMuch { .. } => Code::SaleReturnTooMuch,
            Self::LineReturned { .. } => Code::SaleLineReturned,
            Self::NothingToUndo {} => Code::SaleNothingToUndo,
            Self::NoteInvalid { .. } => Code::SaleNoteInvalid,
            Self::ReturnChanged { .. } => Code::SaleReturnChanged,
            Self::Suspended {} => Code::SaleSuspended,
            Self::UnderWay {} => Code::SaleUnderWay,
            Self::TooManySuspended { .. } => Code::SaleTooManySuspended,
            Self::NameTooLong { .. } => Code::SaleNameTooLong,
            Self::ReturnAlone { .. } => Code::SaleReturnAlone,
            Self::NotReversible { .. } => Code::SaleNotReversible,
            Self::NothingToGive { .. } => Code::SaleNothingToGive,
            Self::ReceiptUnknown { .. } => Code::SaleReceiptUnknown,
            Self::CodeOfReceipt { .. } => Code::SaleCodeOfReceipt,
            Self::DiscountInvalid {} => Code::SaleDiscountInvalid,
            Self::NeedsApproval(needed) => needed.code(),
        }
    }
}

impl Coded for ProductError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::ProductUnknown,
            Self::CategoryUnknown {} => Code::ProductCategoryUnknown,
            Self::TaxCategoryUnknown {} => Code::ProductTaxCategoryUnknown,
            Self::NameInvalid { .. } => Code::ProductNameInvalid,
            Self::SkuTaken { .. } => Code::ProductSkuTaken,
            Self::PictureInvalid {} => Code::ProductPictureInvalid,
            Self::TilesInvalid { .. } => Code::ProductTilesInvalid,
            Self::PriceListUnknown {} => Code::ProductPriceListUnknown,
            Self::PackInvalid { .. } => Code::ProductPackInvalid,
            Self::VariantInvalid {} => Code::ProductVariantInvalid,
            Self::DepositInvalid {} => Code::ProductDepositInvalid,
            Self::MergeInvalid {} => Code::ProductMergeInvalid,
            Self::PriceListInUse { .. } => Code::ProductPriceListInUse,
            Self::AgeInvalid { .. } => Code::ProductAgeInvalid,
        }
    }
}

impl Coded for CustomerError {
    fn code(&self) -> Code {
        match self {
            Self::Unknown {} => Code::CustomerUnknown,
            Self::TextInvalid { .. } => Code::CustomerTextInvalid,
            Self::NumberTaken { .. } => Code::CustomerNumberTaken,
            Self::PriceListUnknown {} => Code::CustomerPriceListUnknown,
            Self::StillActive {} => Code::CustomerStillActive,
            Self::AccountLimitInvalid {} => Code::CustomerAccountLimitInvalid,
            Self::PaidTooMuch { .. } => Code::CustomerPaidTooMuch,
            Self::WrittenOffTooMuch { .. } => Code::CustomerWrittenOffTooMuch,
            Self::DaysInvalid { .. } => Code::CustomerDaysInvalid,
            Self::StillOwes { .. } => Code::CustomerStillOwes,
            Self::StillHas { .. } => Code::CustomerStillHas,
        }
    }
}

impl Coded for PeopleError {
    fn code(&self) -> Code {
        match self {
            Self::NotSignedOn {} => Code::PeopleNotSignedOn,
            Self::NeedsApproval(needed) => needed.code(),
            Self::PinWrong {} => Code::PeoplePinWrong,
            Self::PinBlocked { .. } => Code::PeoplePinBlocked,
            Self::PinsLost {} => Code::PeoplePinsLost,
            Self::BadgeUnknown {} => Code::PeopleBadgeUnknown,
            Self::BadgeNeedsPin { .. } => Code::PeopleBadgeNeedsPin,
            Self::BadgeInvalid { .. } => Code::PeopleBadgeInvalid,
            Self::BadgeTaken { .. } => Code::PeopleBadgeTaken,
            Self::RecoveryWrong {} => Code::PeopleRecoveryWrong,
            Self::PinInvalid { .. } => Code::PeoplePinInvalid,
            Self::NameInvalid { .. } => Code::PeopleNameInvalid,
            Self::NameTaken { .. } => Code::PeopleNameTaken,
            Self::OperatorUnknown {} => Code::PeopleOperatorUnknown,
            Self::RoleUnknown {} => Code::PeopleRoleUnknown,
            Self::AlreadySetUp {} => Code::PeopleAlreadySetUp,
            Self::LastManager {} => Code::PeopleLastManager,
            Self::StillActive {} => Code::PeopleStillActive,
            Self::InTraining {} => Code::PeopleInTraining,
            Self::TrainsOnly {} => Code::PeopleTrainsOnly,
        }
    }
}

impl Coded for NeedsApproval {
    fn code(&self) -> Code {
        Code::PeopleNeedsApproval
    }
}

impl Coded for SettingsError {
    fn code(&self) -> Code {
        match self {
            Self::NotSetUp {} => Code::SettingsNotSetUp,
            Self::TextInvalid { .. } => Code::SettingsTextInvalid,
            Self::TooManyLines { .. } => Code::SettingsTooManyLines,
            Self::PriceListUnknown {} => Code::SettingsPriceListUnknown,
            Self::CodeLayoutInvalid { .. } => Code::SettingsCodeLayoutInvalid,
            Self::ShiftRulesInvalid { .. } => Code::SettingsShiftRulesInvalid,
            Self::CurrencyFixed {} => Code::SettingsCurrencyFixed,
            Self::NotDemo {} => Code::SettingsNotDemo,
            Self::TendersInvalid {} => Code::SettingsTendersInvalid,
        }
    }
}

impl Coded for ShiftError {
    fn code(&self) -> Code {
        match self {
            Self::AmountInvalid {} => Code::ShiftAmountInvalid,
            Self::ReasonInvalid {} => Code::ShiftReasonInvalid,
            Self::ReasonMissing { .. } => Code::ShiftReasonMissing,
            Self::AlreadyOpen {} => Code::ShiftAlreadyOpen,
            Self::NotCounted {} => Code::ShiftNotCounted,
            Self::Unknown {} => Code::ShiftUnknown,
            Self::OpenSalePaid {} => Code::ShiftOpenSalePaid,
        }
    }
}

impl Coded for InvoiceError {
    fn code(&self) -> Code {
        match self {
            Self::AlreadyIssued { .. } => Code::InvoiceAlreadyIssued,
            Self::NotIssued {} => Code::InvoiceNotIssued,
            Self::BuyerInvalid { .. } => Code::InvoiceBuyerInvalid,
            Self::NothingToCredit { .. } => Code::InvoiceNothingToCredit,
            Self::GivenMeanwhile {} => Code::InvoiceGivenMeanwhile,
            Self::NeedsApproval(needed) => needed.code(),
        }
    }
}

impl Coded for MailError {
    fn code(&self) -> Code {
        match self {
            Self::NotSetUp {} => Code::MailNotSetUp,
            Self::AddressInvalid {} => Code::MailAddressInvalid,
            Self::SettingsInvalid { .. } => Code::MailSettingsInvalid,
            Self::LetterUnknown {} => Code::MailLetterUnknown,
            Self::NeedsApproval(needed) => needed.code(),
        }
    }
}

impl Coded for RecordError {
    fn code(&self) -> Code {
        match self {
            Self::Conflict { .. } => Code::RecordConflict,
        }
    }
}
