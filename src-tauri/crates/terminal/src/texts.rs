//! The words the terminal itself writes, from the same Fluent files as the screens.

use domain::receipt::{NumberStyle, ReceiptWords};
use domain::settings::Language;
use domain::time::Timestamp;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

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
    pub fn text(&self, key: &str) -> String {
        self.with(key, None)
    }

    fn with(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self.bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            // A test compares the keys of all languages; a missing one still shows what is meant.
            tracing::error!(key, language = self.language.tag(), "a text is missing");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text could not be filled in");
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
        self.with("paper-moment", Some(&args))
    }

    /// The words of a receipt.
    pub fn receipt(&self) -> ReceiptWords {
        ReceiptWords {
            language: self.language,
            receipt: self.text("paper-receipt"),
            tax_number: self.text("paper-tax_number"),
            till: self.text("paper-till"),
            served_by: self.text("paper-served_by"),
            returned: self.text("paper-returned"),
            total: self.text("paper-total"),
            refund: self.text("paper-refund"),
            cash: self.text("paper-cash"),
            change: self.text("paper-change"),
            tax: self.text("paper-tax"),
            rate: self.text("paper-rate"),
            net: self.text("paper-net"),
            gross: self.text("paper-gross"),
            plus_tax: self.text("paper-plus_tax"),
            duplicate: self.text("paper-duplicate"),
            instead_of: self.text("paper-instead_of"),
            numbers: NumberStyle::of(self.language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(source: &str) -> BTreeSet<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
            .collect()
    }

    #[test]
    fn every_language_has_every_text_of_the_paper() {
        let english = keys(include_str!("../../../../assets/i18n/en-paper.ftl"));
        assert!(english.len() > 15);
        assert_eq!(keys(include_str!("../../../../assets/i18n/fr-paper.ftl")), english);
        assert_eq!(keys(include_str!("../../../../assets/i18n/ar-paper.ftl")), english);
        for key in english {
            for language in [Language::En, Language::Fr, Language::Ar] {
                assert_ne!(Texts::of(language).text(key), key, "{language:?}");
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
