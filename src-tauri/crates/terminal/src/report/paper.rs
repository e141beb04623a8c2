//! A report on paper: laid out as a document, in the shop's words. A roll has room for what a row is about and for what
//! the report is about; a page has room for all columns.

use super::table;
use crate::Terminal;
use crate::act::Act;
use crate::error::Error;
use crate::print_job::QueuedPrint;
use crate::texts::Texts;
use database::Reader;
use database::print_queue::NewPrintJob;
use devices::Profile;
use domain::document::{Align, Block, Cell, Document, Style, Width};
use domain::quantity::Unit;
use domain::receipt::NumberStyle;
use domain::settings::{Language, Shop};
use domain::shift::FIRST_DRAWER;
use domain::time::{BusinessDay, Timestamp};
use fluent_bundle::{FluentArgs, FluentValue};
use uuid::Uuid;
use wire::device::DeviceError;
use wire::receipt::PrintJobKind;
use wire::report::{CellValue, PrintReport, ReportTable, RunReport};

/// Rows on a roll at most: it is read in the hand.
const ROLL_ROWS: usize = 60;
/// Rows on pages at most.
pub const PAGES_ROWS: usize = 2_000;
/// Whoever prints a report waits for it no longer.
const PRINT_WAIT_MS: i64 = 10 * 60_000;

const PLAIN: Style = Style { bold: false, large: false };
const BOLD: Style = Style { bold: true, large: false };

/// What a report is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A roll of the receipt printer.
    Roll,
    /// Pages.
    Pages,
}

/// `report.print`
pub fn print(act: &Act<'_>, mut request: PrintReport) -> Result<QueuedPrint, Error> {
    request.shown = super::narrowed(act.caller, request.shown)?;
    let settings = act.read(|reader| Ok(crate::device::settings_of(act.terminal, reader)?.1))?;
    if settings.receipt_printer.as_ref().and_then(Profile::of).is_none() {
        return Err(DeviceError::ConfigInvalid { field: "receipt_printer" }.into());
    }
    // What there is no report of is said now, not by the printer.
    super::known(&request.shown.report)?;
    let job = NewPrintJob {
        kind: PrintJobKind::SalesReport,
        about: act.id(),
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(act.now.wall.plus_ms(PRINT_WAIT_MS)),
        printer: None,
        drawer: FIRST_DRAWER,
    };
    act.commit(move |tx| {
        let id = tx.queue_print(&job)?;
        tx.keep_asked_report(job.about, &request.shown)?;
        Ok(QueuedPrint { job: id })
    })
}

/// What a report is called with its days, in the shop's words.
pub fn title(shop: &Shop, asked: &RunReport) -> String {
    let words = Words::of(shop.language);
    format!(
        "{} {}",
        words.said(&format!("report-{}", asked.report), &asked.report),
        words.span(asked.from, asked.to)
    )
}

/// The document of a report that waits for the printer.
pub fn printed(terminal: &Terminal, about: Uuid) -> Result<Document, Error> {
    terminal.database.read(|reader| {
        let asked: RunReport = reader.asked_report(about)?.ok_or(DeviceError::JobUnknown {})?;
        let (_, shop) = crate::ask::shop(terminal, reader)?;
        let document = document(terminal, reader, &asked, &shop, Paper::Roll)?;
        Ok(terminal.drawable(&document, shop.language))
    })
}

/// A report as a document.
pub fn document(
    terminal: &Terminal,
    reader: &Reader,
    asked: &RunReport,
    shop: &Shop,
    paper: Paper,
) -> Result<Document, Error> {
    let rows_max = match paper {
        Paper::Roll => ROLL_ROWS,
        Paper::Pages => PAGES_ROWS,
    };
    let now = terminal.now();
    let table = table(terminal, reader, asked, rows_max)?;
    let words = Words::of(shop.language);
    let mut blocks = vec![
        Block::centered(shop.name.clone(), BOLD),
        Block::centered(
            words.said(&format!("report-{}", table.report), &table.report),
            Style { bold: true, large: paper == Paper::Roll },
        ),
        Block::centered(words.span(asked.from, asked.to), PLAIN),
    ];
    blocks.extend(words.compared(&table).map(|text| Block::centered(text, PLAIN)));
    blocks.push(Block::Rule);
    blocks.extend(words.rows(&table, paper));
    if table.rows.is_empty() {
        blocks.push(Block::centered(words.said("file-nothing", ""), PLAIN));
    }
    let more = usize::try_from(table.row_count).unwrap_or(usize::MAX).saturating_sub(table.rows.len());
    if more > 0 {
        blocks.push(Block::text(words.filled("file-more", &[("count", more.to_string())])));
    }
    blocks.push(Block::Rule);
    blocks.push(Block::centered(words.moment(now.wall, now.zone_min), PLAIN));
    Ok(Document {
        language: shop.language.tag().to_owned(),
        right_to_left: shop.language == Language::Ar,
        blocks,
    })
}

/// The words and numbers of reports in a language.
pub struct Words {
    texts: &'static Texts,
    numbers: NumberStyle,
}

impl Words {
    /// Those of a language.
    pub fn of(language: Language) -> Self {
        Self { texts: Texts::of(language), numbers: NumberStyle::of(language) }
    }

    /// A text by its key, or its name where there is none.
    pub fn said(&self, key: &str, name: &str) -> String {
        self.texts.report(key, None).unwrap_or_else(|| name.replace('_', " "))
    }

    /// The heading of a column.
    pub fn column(&self, column: &str) -> String {
        self.said(&format!("column-{column}"), column)
    }

    fn filled(&self, key: &str, values: &[(&'static str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, FluentValue::from(value.clone()));
        }
        self.texts.report(key, Some(&args)).unwrap_or_default()
    }

    /// Days, both included, as they are written; one day once.
    pub fn span(&self, from: BusinessDay, to: BusinessDay) -> String {
        let (first, last) = (self.texts.business_day(from), self.texts.business_day(to));
        if from == to { first } else { format!("{first} – {last}") }
    }

    /// A moment as it is written.
    pub fn moment(&self, wall: Timestamp, zone_min: i16) -> String {
        self.texts.moment(wall, zone_min)
    }

    fn compared(&self, table: &ReportTable) -> Option<String> {
        let with = table.compared?;
        let (from, to) = (self.texts.business_day(with.from), self.texts.business_day(with.to));
        Some(self.filled("file-compared", &[("from", from), ("to", to)]))
    }

    /// A cell as it is read.
    pub fn cell(&self, cell: &CellValue) -> String {
        match cell {
            CellValue::Empty => String::new(),
            CellValue::Text(text) => text.clone(),
            CellValue::Word(word) => self.said(&format!("word-{word}"), word),
            CellValue::Count(count) => self.numbers.write(&count.to_string()),
            CellValue::Quantity { thousandths, unit } => {
                let sign = sign(*unit);
                let number = self.numbers.write(&quantity(*thousandths));
                if sign.is_empty() { number } else { format!("{number} {sign}") }
            }
            CellValue::Day(day) => self.texts.business_day(*day),
            CellValue::Weekday(weekday) => self.said(&format!("weekday-{weekday}"), ""),
            CellValue::Hour(hour) => format!("{hour:02}:00"),
            CellValue::Money(money) => self.numbers.money(*money),
            CellValue::Rate(rate) => format!("{} %", self.numbers.write(&rate.to_string())),
            CellValue::Change(ppm) => {
                let plus = if *ppm > 0 { "+" } else { "" };
                format!("{plus}{} %", self.numbers.write(&tenths_of_percent(*ppm)))
            }
        }
    }

    /// Heading, rows and sums, with the columns that have room.
    fn rows(&self, table: &ReportTable, paper: Paper) -> Vec<Block> {
        if table.rows.is_empty() {
            return Vec::new();
        }
        let columns = shown_columns(table, paper);
        let line = |cells: &[CellValue]| -> Vec<String> {
            columns
                .iter()
                .map(|place| cells.get(*place).map_or(String::new(), |cell| self.cell(cell)))
                .collect()
        };
        let head: Vec<String> = columns.iter().map(|place| self.column(&table.columns[*place])).collect();
        let mut lines = vec![(head, BOLD)];
        lines.extend(table.rows.iter().map(|row| (line(row), PLAIN)));
        if !table.totals.is_empty() {
            let mut sums = line(&table.totals);
            if let Some(first) = sums.first_mut().filter(|first| first.is_empty()) {
                *first = self.column("total");
            }
            lines.push((sums, BOLD));
        }
        // Every line leaves the same room to each column, so that figures stand under each other.
        let width =
            |place: usize| lines.iter().map(|(line, _)| line[place].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns.len()).map(width).collect();
        lines
            .into_iter()
            .map(|(line, style)| {
                let cells = line.into_iter().zip(&widths).enumerate().map(|(place, (text, width))| {
                    if place == 0 {
                        return Cell { text, width: Width::Rest, align: Align::Start };
                    }
                    let text = format!("{text:>width$}", width = width + 2);
                    Cell { text, width: Width::Text, align: Align::End }
                });
                Block::Row { cells: cells.collect(), style }
            })
            .collect()
    }
}

/// The places of the columns that have room: on a roll what names a row, and what the report is about.
fn shown_columns(table: &ReportTable, paper: Paper) -> Vec<usize> {
    if paper == Paper::Pages {
        return (0..table.columns.len()).collect();
    }
    const ON_A_ROLL: [&str; 8] = ["act", "reason", "times", "sales", "quantity", "amount", "gross", "total"];
    (0..table.columns.len())
        .filter(|place| *place == 0 || ON_A_ROLL.contains(&table.columns[*place].as_str()))
        .collect()
}

/// Thousandths as a decimal number without zeros at its end.
pub fn quantity(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let part = format!("{part:03}");
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Parts per million as per cent with one decimal.
pub fn tenths_of_percent(ppm: i64) -> String {
    let tenths = (ppm.unsigned_abs() + 500) / 1_000;
    let sign = if ppm < 0 && tenths > 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

const fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Each => "",
        Unit::Kilogram => "kg",
        Unit::Litre => "L",
        Unit::Metre => "m",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::tender::TenderKind;

    #[test]
    fn figures_are_written_with_what_they_are_of() {
        for (thousandths, text) in [(1_000, "1"), (-1_250, "-1.25"), (5, "0.005"), (0, "0")] {
            assert_eq!(quantity(thousandths), text);
        }
        for (ppm, text) in [(125_000, "12.5"), (-1_000_000, "-100.0"), (-400, "0.0"), (999_500, "100.0")] {
            assert_eq!(tenths_of_percent(ppm), text);
        }
        let words = Words::of(Language::Fr);
        assert_eq!(words.cell(&CellValue::Quantity { thousandths: 1_500, unit: Unit::Kilogram }), "1,5 kg");
        assert_eq!(words.cell(&CellValue::Change(81_000)), "+8,1 %");
        assert_eq!(words.cell(&CellValue::Word("tender_cash".to_owned())), "Espèces");
    }

    /// Whoever adds a report or a kind of tender names it in `*-report.ftl`.
    #[test]
    fn every_report_and_tender_has_a_name_in_every_language() {
        for language in [Language::En, Language::Fr, Language::Ar] {
            for report in database::report::REPORTS {
                let key = format!("report-{}", report.name);
                assert!(Texts::of(language).report(&key, None).is_some(), "{key} in {language:?}");
            }
            for kind in TenderKind::ALL {
                let kind = serde_json::to_value(kind).unwrap();
                let key = format!("word-tender_{}", kind.as_str().unwrap());
                assert!(Texts::of(language).report(&key, None).is_some(), "{key} in {language:?}");
            }
        }
    }
}
