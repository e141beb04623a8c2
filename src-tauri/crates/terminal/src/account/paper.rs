//! A statement on paper and in files: both balances of a customer, in the shop's words.

use super::statement::{Span, page};
use crate::Terminal;
use crate::error::Error;
use crate::report::Words;
use database::Reader;
use domain::customer::Customer;
use domain::document::{Align, Block, Cell, Document, Style, Width};
use domain::settings::{Language, Shop};
use domain::time::BusinessDay;
use uuid::Uuid;
use wire::account::{AccountStatement, AskStatement, StatementAct, StatementEntry, StatementOf};
use wire::device::DeviceError;
use wire::report::{CellValue, ReportTable};

/// Entries on a roll at most: it is read in the hand.
const ROLL_ENTRIES: usize = 200;
/// Entries on pages at most.
const PAGES_ENTRIES: usize = 2_000;
/// Entries of a table at most.
const TABLE_ENTRIES: usize = 100_000;

const PLAIN: Style = Style { bold: false, large: false };
const BOLD: Style = Style { bold: true, large: false };
const LARGE: Style = Style { bold: true, large: true };

/// Columns of a figure on pages.
const FIGURE: usize = 14;

/// What a statement is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementPaper {
    /// A roll of the receipt printer.
    Roll,
    /// Pages of A4.
    Pages,
}

/// Everything a statement says.
pub struct Statement {
    span: Span,
    customer: Customer,
    /// What they owe; and what they have of store credit, where that is or was anything.
    balances: Vec<AccountStatement>,
}

impl Statement {
    /// Reads it, with so many entries of each balance at most.
    fn read(reader: &Reader, span: Span, entries_max: usize) -> Result<Self, Error> {
        let customer = reader.customer(span.customer)?.map(|stored| stored.customer);
        let customer = customer.ok_or(domain::customer::CustomerError::Unknown {})?;
        let mut balances = vec![page(reader, &span, StatementOf::Owed, None, entries_max)?];
        let credit = page(reader, &span, StatementOf::Credit, None, entries_max)?;
        if !credit.entries.is_empty() || !credit.opening.is_zero() {
            balances.push(credit);
        }
        Ok(Self { span, customer, balances })
    }

    /// What it says as a table for a spreadsheet, and how many entries are in it.
    pub fn table(reader: &Reader, span: Span) -> Result<(ReportTable, u32), Error> {
        let statement = Self::read(reader, span, TABLE_ENTRIES)?;
        let columns = ["customer", "account", "day", "entry", "number", "amount", "balance"];
        let who = CellValue::Text(called(&statement.customer));
        let mut rows = Vec::new();
        let mut entries = 0;
        for balance in &statement.balances {
            let account = CellValue::Word(balance_word(balance.of).to_owned());
            let mut row = |day, entry: &str, number: &str, amount, balance| {
                let (entry, number) = (CellValue::Word(entry.to_owned()), CellValue::Text(number.to_owned()));
                let day = CellValue::Day(day);
                rows.push(vec![who.clone(), account.clone(), day, entry, number, amount, balance]);
            };
            row(balance.from, "statement_opening", "", CellValue::Empty, CellValue::Money(balance.opening));
            for entry in &balance.entries {
                let (amount, after) = (CellValue::Money(entry.amount), CellValue::Money(entry.balance));
                row(entry.day, act_word(entry), &entry.number, amount, after);
                entries += 1;
            }
            row(balance.to, "statement_closing", "", CellValue::Empty, CellValue::Money(balance.closing));
        }
        let table = ReportTable {
            report: "statement".to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            row_count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            rows,
            totals: Vec::new(),
            chart: None,
            compared: None,
        };
        Ok((table, entries))
    }

    /// What it says as a document, and how many entries are on it.
    pub fn document(
        terminal: &Terminal,
        reader: &Reader,
        span: Span,
        paper: StatementPaper,
    ) -> Result<(Document, u32), Error> {
        let (_, shop) = crate::ask::shop(terminal, reader)?;
        let entries_max = match paper {
            StatementPaper::Roll => ROLL_ENTRIES,
            StatementPaper::Pages => PAGES_ENTRIES,
        };
        let statement = Self::read(reader, span, entries_max)?;
        let words = Words::of(shop.language);
        let mut blocks = statement.head(&shop, &words, paper);
        for balance in &statement.balances {
            rows(balance, &words, paper, &mut blocks);
        }
        let now = terminal.now();
        blocks.push(Block::Space { lines: 1 });
        blocks.push(Block::centered(words.moment(now.wall, now.zone_min), PLAIN));
        if paper == StatementPaper::Roll {
            blocks.push(Block::Cut);
        }
        let document = Document {
            language: shop.language.tag().to_owned(),
            right_to_left: shop.language == Language::Ar,
            blocks,
        };
        let entries = statement.balances.iter().map(|balance| balance.entries.len()).sum::<usize>();
        let document = terminal.drawable(&document, shop.language);
        Ok((document, u32::try_from(entries).unwrap_or(u32::MAX)))
    }

    /// Who writes to whom, and of which days.
    fn head(&self, shop: &Shop, words: &Words, paper: StatementPaper) -> Vec<Block> {
        let align = match paper {
            StatementPaper::Roll => Align::Center,
            StatementPaper::Pages => Align::Start,
        };
        let line = |text: String, style| Block::Text { text, align, style };
        let mut blocks = vec![line(shop.name.clone(), LARGE)];
        blocks.extend(shop.address.iter().map(|text| line(text.clone(), PLAIN)));
        blocks.push(Block::Space { lines: 1 });
        let customer = &self.customer;
        let address = customer.address.iter().flat_map(|address| address.lines());
        blocks.push(line(called(customer), BOLD));
        if paper == StatementPaper::Pages {
            blocks.extend(address.map(|text| line(text.to_owned(), PLAIN)));
        }
        if let Some(number) = customer.number.as_ref().filter(|_| !customer.name.is_empty()) {
            blocks.push(line(format!("{} {number}", words.column("customer_number")), PLAIN));
        }
        blocks.push(Block::Space { lines: 1 });
        blocks.push(line(words.said("report-statement", "statement"), LARGE));
        blocks.push(line(words.span(self.span.from, self.span.to), PLAIN));
        blocks
    }
}

/// The document of a statement that waits for the printer.
pub fn printed(terminal: &Terminal, about: Uuid) -> Result<Document, Error> {
    terminal.database.read(|reader| {
        let asked: AskStatement = reader.asked_report(about)?.ok_or(DeviceError::JobUnknown {})?;
        let currency = crate::ask::shop(terminal, reader)?.1.currency;
        let today = BusinessDay::of(&terminal.now());
        let span = Span::of(reader, &asked, currency, today)?;
        Ok(Statement::document(terminal, reader, span, StatementPaper::Roll)?.0)
    })
}

/// What a customer is called; their number where their name was erased.
fn called(customer: &Customer) -> String {
    match &customer.number {
        Some(number) if customer.name.is_empty() => number.clone(),
        Some(_) | None => customer.name.clone(),
    }
}

/// One balance: what it was, what moved it, what it is.
fn rows(balance: &AccountStatement, words: &Words, paper: StatementPaper, blocks: &mut Vec<Block>) {
    let cell = |cell: CellValue| words.cell(&cell);
    let word = |word: &str| cell(CellValue::Word(word.to_owned()));
    let edge = |of: &str, day| format!("{} {}", cell(CellValue::Day(day)), word(of));
    blocks.push(Block::Rule);
    let [amount, after] = [words.column("amount"), words.column("balance")];
    blocks.push(row(&word(balance_word(balance.of)), "", [&amount, &after], paper, BOLD));
    let opening = cell(CellValue::Money(balance.opening));
    blocks.push(row(&edge("statement_opening", balance.from), "", ["", &opening], paper, PLAIN));
    for entry in &balance.entries {
        let what = format!("{} {}", cell(CellValue::Day(entry.day)), word(act_word(entry)));
        let [amount, after] = [entry.amount, entry.balance].map(|money| cell(CellValue::Money(money)));
        match paper {
            // A roll has no room for a number beside the rest.
            StatementPaper::Roll if !entry.number.is_empty() => {
                blocks.push(Block::text(what));
                let number = format!("  {}", entry.number);
                blocks.push(row(&number, "", [&amount, &after], paper, PLAIN));
            }
            StatementPaper::Roll | StatementPaper::Pages => {
                blocks.push(row(&what, &entry.number, [&amount, &after], paper, PLAIN));
            }
        }
    }
    if balance.next.is_some() {
        blocks.push(Block::text(words.said("file-more-entries", "")));
    }
    let closing = format!("{} {}", cell(CellValue::Money(balance.closing)), balance.closing.currency());
    blocks.push(Block::Rule);
    let label = edge("statement_closing", balance.to);
    blocks.push(Block::pair(label, closing, BOLD));
}

/// A row: what it is, and two figures that stand under one another.
fn row(what: &str, number: &str, figures: [&str; 2], paper: StatementPaper, style: Style) -> Block {
    let figure_width = match paper {
        StatementPaper::Roll => 11,
        StatementPaper::Pages => FIGURE,
    };
    let text = if number.is_empty() { what.to_owned() } else { format!("{what} {number}") };
    let mut cells = vec![Cell { text, width: Width::Rest, align: Align::Start }];
    for figure in figures {
        let text = format!("{figure:>figure_width$}");
        cells.push(Cell { text, width: Width::Text, align: Align::End });
    }
    Block::Row { cells, style }
}

const fn balance_word(of: StatementOf) -> &'static str {
    match of {
        StatementOf::Owed => "tender_on_account",
        StatementOf::Credit => "tender_store_credit",
    }
}

const fn act_word(entry: &StatementEntry) -> &'static str {
    match entry.act {
        StatementAct::Purchase => "statement_purchase",
        StatementAct::Return => "statement_return",
        StatementAct::Payment => "statement_payment",
        StatementAct::WriteOff => "statement_write_off",
    }
}
