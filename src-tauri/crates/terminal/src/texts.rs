//! The words the terminal itself writes, from the same Fluent files as the screens.

use domain::document::{Block, Document, Style};
use domain::invoice::InvoiceWords;
use domain::receipt::{NumberStyle, ReceiptWords};
use domain::settings::Language;
use domain::shift::{CashReason, DifferenceReason, ShiftWords};
use domain::time::{BusinessDay, Timestamp};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/paper_keys.rs"));

/// The words of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        static ALL: OnceLock<[Texts; 3]> = OnceLock::new();
        let all = ALL.get_or_init(|| {
            [
                Self::read(
                    Language::En,
                    [
                        include_str!("../../../../assets/i18n/en-paper.ftl"),
                        include_str!("../../../../assets/i18n/en-report.ftl"),
                    ],
                ),
                Self::read(
                    Language::Fr,
                    [
                        include_str!("../../../../assets/i18n/fr-paper.ftl"),
                        include_str!("../../../../assets/i18n/fr-report.ftl"),
                    ],
                ),
                Self::read(
                    Language::Ar,
                    [
                        include_str!("../../../../assets/i18n/ar-paper.ftl"),
                        include_str!("../../../../assets/i18n/ar-report.ftl"),
                    ],
                ),
            ]
        });
        match language {
            Language::En => &all[0],
            Language::Fr => &all[1],
            Language::Ar => &all[2],
        }
    }

    fn read(language: Language, sources: [&str; 2]) -> Self {
        let tag: LanguageIdentifier = language.tag().parse().expect("our tags are BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks that isolate directions are for screens; printers would print them.
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| {
                panic!("the shipped texts of {language:?} do not parse: {errors:?}")
            });
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("a text is there twice: {errors:?}"));
        }
        Self { language, bundle }
    }

    /// A text without variables.
    pub fn text(&self, key: Key) -> String {
        self.with(key, None)
    }

    /// A text with what stands in it.
    pub fn filled(&self, key: Key, args: &FluentArgs<'_>) -> String {
        self.with(key, Some(args))
    }

    /// A text of reports by its key in `*-report.ftl`; `None` for what has no words.
    pub fn report(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text could not be filled in");
        }
        Some(text)
    }

    fn with(&self, key: Key, args: Option<&FluentArgs<'_>>) -> String {
        let message = self.bundle.get_message(key.text());
        let pattern = message.and_then(|message| message.value()).expect("the build compared the files");
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(?key, ?errors, "a text could not be filled in");
        }
        text
    }

    /// A date and a time of day as this language writes them on paper.
    pub fn moment(&self, at: Timestamp, zone_min: i16) -> String {
        let local = at.local(zone_min);
        let mut args = FluentArgs::new();
        let two = |value: i8| FluentValue::from(format!("{value:02}"));
        args.set("day", two(local.day()));
        args.set("month", two(local.month()));
        args.set("year", FluentValue::from(local.year().to_string()));
        args.set("hour", two(local.hour()));
        args.set("minute", two(local.minute()));
        self.with(Key::PaperMoment, Some(&args))
    }

    /// A business day as this language writes it on paper.
    pub fn business_day(&self, day: BusinessDay) -> String {
        const DAY_MS: i64 = 86_400_000;
        self.day(Timestamp(i64::from(day.unix_day()) * DAY_MS), 0)
    }

    /// A date as this language writes it on paper.
    pub fn day(&self, at: Timestamp, zone_min: i16) -> String {
        // Its time of day comes last in every language.
        let moment = self.moment(at, zone_min);
        moment.split_once(' ').map_or(moment.clone(), |(day, _)| day.to_owned())
    }

    /// The words of an invoice.
    pub fn invoice(&self) -> InvoiceWords {
        InvoiceWords {
            language: self.language,
            invoice: self.text(Key::PaperInvoice),
            customer: self.text(Key::PaperInvoiceFor),
            issued_on: self.text(Key::PaperInvoiceIssuedOn),
            delivered_on: self.text(Key::PaperInvoiceDeliveredOn),
            due_on: self.text(Key::PaperInvoiceDueOn),
            tax_number: self.text(Key::PaperTaxNumber),
            receipt: self.text(Key::PaperReceipt),
            description: self.text(Key::PaperInvoiceDescription),
            quantity: self.text(Key::PaperInvoiceQuantity),
            price: self.text(Key::PaperInvoicePrice),
            rate: self.text(Key::PaperRate),
            amount: self.text(Key::PaperInvoiceAmount),
            net: self.text(Key::PaperNet),
            tax: self.text(Key::PaperTax),
            gross: self.text(Key::PaperGross),
            total: self.text(Key::PaperTotal),
            credit_note: self.text(Key::PaperCreditNote),
            corrects: self.text(Key::PaperInvoiceCorrects),
            invoice_copy: self.text(Key::PaperInvoiceCopy),
            credit_note_copy: self.text(Key::PaperCreditNoteCopy),
            discount: self.text(Key::PaperDiscount),
            numbers: NumberStyle::of(self.language),
        }
    }

    /// A page that shows how a printer prints: its name, the time, letters and signs, a line across.
    pub fn test_page(&self, printer: &str, at: Timestamp, zone_min: i16) -> Document {
        let style = Style { bold: true, large: false };
        Document {
            language: self.language.tag().to_owned(),
            right_to_left: self.language == Language::Ar,
            blocks: vec![
                Block::centered(self.text(Key::PaperTest), style),
                Block::centered(printer, Style::default()),
                Block::centered(self.moment(at, zone_min), Style::default()),
                Block::Rule,
                Block::text("0123456789 ABC abc"),
                Block::text("É é è ç ï ô ü ß ñ Ω Ж € £"),
                Block::Rule,
                Block::Cut,
            ],
        }
    }

    /// The words of the drawer's papers.
    pub fn shift(&self) -> ShiftWords {
        ShiftWords {
            receipt: self.receipt(),
            x_report: self.text(Key::PaperXReport),
            z_report: self.text(Key::PaperZReport),
            number: self.text(Key::PaperZNumber),
            day: self.text(Key::PaperBusinessDay),
            from: self.text(Key::PaperFrom),
            to: self.text(Key::PaperTo),
            sales: self.text(Key::PaperSales),
            refunds: self.text(Key::PaperRefunds),
            discounts: self.text(Key::PaperDiscounts),
            tips: self.text(Key::PaperReasonTips),
            turnover: self.text(Key::PaperTurnover),
            tenders: self.text(Key::PaperTenders),
            drawer: self.text(Key::PaperDrawer),
            float: self.text(Key::PaperFloat),
            float_not_stated: self.text(Key::PaperFloatNotStated),
            taken: self.text(Key::PaperCashTaken),
            change: self.text(Key::PaperChangeGiven),
            refunded: self.text(Key::PaperCashRefunded),
            paid_in: self.text(Key::PaperPaidIn),
            paid_out: self.text(Key::PaperPaidOut),
            expense: self.text(Key::PaperExpense),
            drop: self.text(Key::PaperDrop),
            held: self.text(Key::PaperHeld),
            corrected: self.text(Key::PaperCorrected),
            account_paid: self.text(Key::PaperAccountPaid),
            account_written_off: self.text(Key::PaperAccountWrittenOff),
            customer: self.text(Key::PaperCustomer),
            expected: self.text(Key::PaperExpected),
            counted: self.text(Key::PaperCounted),
            carried: self.text(Key::PaperSinceCount),
            over: self.text(Key::PaperOver),
            short: self.text(Key::PaperShort),
            left: self.text(Key::PaperLeft),
            reason: self.text(Key::PaperReason),
            cancelled: self.text(Key::PaperCancelled),
            no_sales: self.text(Key::PaperNoSales),
            counts: self.text(Key::PaperCounts),
            open_sales: self.text(Key::PaperOpenSales),
            put_aside: self.text(Key::PaperPutAside),
            signature: self.text(Key::PaperSignature),
            reasons: [
                (CashReason::Change, self.text(Key::PaperReasonChange)),
                (CashReason::Owner, self.text(Key::PaperReasonOwner)),
                (CashReason::Tips, self.text(Key::PaperReasonTips)),
                (CashReason::Wages, self.text(Key::PaperReasonWages)),
                (CashReason::Goods, self.text(Key::PaperReasonGoods)),
                (CashReason::Supplies, self.text(Key::PaperReasonSupplies)),
                (CashReason::Postage, self.text(Key::PaperReasonPostage)),
                (CashReason::Travel, self.text(Key::PaperReasonTravel)),
                (CashReason::Repair, self.text(Key::PaperReasonRepair)),
                (CashReason::Safe, self.text(Key::PaperReasonSafe)),
                (CashReason::Bank, self.text(Key::PaperReasonBank)),
                (CashReason::Correction, self.text(Key::PaperReasonCorrection)),
                (CashReason::Other, self.text(Key::PaperReasonOther)),
            ],
            differences: [
                (DifferenceReason::WrongChange, self.text(Key::PaperDifferenceWrongChange)),
                (DifferenceReason::WrongFloat, self.text(Key::PaperDifferenceWrongFloat)),
                (DifferenceReason::MovementMissing, self.text(Key::PaperDifferenceMovementMissing)),
                (DifferenceReason::WrongTender, self.text(Key::PaperDifferenceWrongTender)),
                (DifferenceReason::Unknown, self.text(Key::PaperDifferenceUnknown)),
            ],
        }
    }

    /// The words of a receipt.
    pub fn receipt(&self) -> ReceiptWords {
        ReceiptWords {
            language: self.language,
            receipt: self.text(Key::PaperReceipt),
            tax_number: self.text(Key::PaperTaxNumber),
            served_by: self.text(Key::PaperServedBy),
            customer: self.text(Key::PaperCustomer),
            returned: self.text(Key::PaperReturned),
            total: self.text(Key::PaperTotal),
            refund: self.text(Key::PaperRefund),
            cash: self.text(Key::PaperCash),
            card: self.text(Key::PaperCard),
            voucher: self.text(Key::PaperVoucher),
            store_credit: self.text(Key::PaperStoreCredit),
            credit_left: self.text(Key::PaperCreditLeft),
            on_account: self.text(Key::PaperOnAccount),
            owed: self.text(Key::PaperOwed),
            tip: self.text(Key::PaperTip),
            cash_rounding: self.text(Key::PaperCashRounding),
            change: self.text(Key::PaperChange),
            tax: self.text(Key::PaperTax),
            rate: self.text(Key::PaperRate),
            net: self.text(Key::PaperNet),
            gross: self.text(Key::PaperGross),
            plus_tax: self.text(Key::PaperPlusTax),
            duplicate: self.text(Key::PaperDuplicate),
            gift: self.text(Key::PaperGift),
            training: self.text(Key::PaperTraining),
            training_note: self.text(Key::PaperTrainingNote),
            discount: self.text(Key::PaperDiscount),
            subtotal: self.text(Key::PaperSubtotal),
            instead_of: self.text(Key::PaperInsteadOf),
            numbers: NumberStyle::of(self.language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_written_in_every_language() {
        assert!(Key::ALL.len() > 15);
        for language in [Language::En, Language::Fr, Language::Ar] {
            for key in Key::ALL {
                assert!(!Texts::of(language).text(*key).is_empty(), "{language:?} {key:?}");
            }
        }
    }

    #[test]
    fn a_date_is_written_as_people_write_it() {
        let at = Timestamp(1_795_185_000_000);
        assert_eq!(Texts::of(Language::En).moment(at, 60), "2026-11-20 15:30");
        assert_eq!(Texts::of(Language::Fr).moment(at, 60), "20/11/2026 15:30");
    }
}
