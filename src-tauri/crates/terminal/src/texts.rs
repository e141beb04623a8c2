//! The words the terminal itself writes, from the same Fluent files as the screens.

use domain::document::{Block, Document, Style};
use domain::invoice::InvoiceWords;
use domain::receipt::{NumberStyle, ReceiptWords};
use domain::settings::Language;
use domain::time::Timestamp;
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
                Self::read(Language::En, include_str!("../../../../assets/i18n/en-paper.ftl")),
                Self::read(Language::Fr, include_str!("../../../../assets/i18n/fr-paper.ftl")),
                Self::read(Language::Ar, include_str!("../../../../assets/i18n/ar-paper.ftl")),
            ]
        });
        match language {
            Language::En => &all[0],
            Language::Fr => &all[1],
            Language::Ar => &all[2],
        }
    }

    fn read(language: Language, source: &str) -> Self {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| {
            panic!("the shipped texts of {language:?} do not parse: {errors:?}")
        });
        let tag: LanguageIdentifier = language.tag().parse().expect("our tags are BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks that isolate directions are for screens; printers would print them.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("a text is there twice: {errors:?}"));
        Self { language, bundle }
    }

    /// A text without variables.
    pub fn text(&self, key: Key) -> String {
        self.with(key, None)
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
            duplicate: self.text(Key::PaperDuplicate),
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

    /// The words of a receipt.
    pub fn receipt(&self) -> ReceiptWords {
        ReceiptWords {
            language: self.language,
            receipt: self.text(Key::PaperReceipt),
            tax_number: self.text(Key::PaperTaxNumber),
            served_by: self.text(Key::PaperServedBy),
            returned: self.text(Key::PaperReturned),
            total: self.text(Key::PaperTotal),
            refund: self.text(Key::PaperRefund),
            cash: self.text(Key::PaperCash),
            change: self.text(Key::PaperChange),
            tax: self.text(Key::PaperTax),
            rate: self.text(Key::PaperRate),
            net: self.text(Key::PaperNet),
            gross: self.text(Key::PaperGross),
            plus_tax: self.text(Key::PaperPlusTax),
            duplicate: self.text(Key::PaperDuplicate),
            gift: self.text(Key::PaperGift),
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
