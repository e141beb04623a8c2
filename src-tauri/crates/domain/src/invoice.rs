//! The invoice as a sheet of A4, and as a slip of the receipt printer: what the law wants on it (European Union: Directive
//! 2006/112/EC art. 226: number, dates, both parties with their tax numbers, goods with quantity and price, what was taken
//! off, each rate with its base and tax, why there is no tax, the total). It is plain data; where the number and the
//! customer come from is not its business.

pub mod issue;

use crate::document::{Align, Block, Cell, Document, PictureSize, Style, Width};
use crate::invoice::issue::InvoiceKind;
use crate::money::Money;
use crate::receipt::{NumberStyle, left_to_right, tax_rows, unit};
use crate::sale::line::Line;
use crate::settings::{Language, Shop};
use crate::tax::Totals;

/// An invoice as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The shop as it was when the invoice was written.
    pub shop: Shop,
    /// Whether it is one, or credits one.
    pub kind: InvoiceKind,
    /// The numbers of the invoices it credits.
    pub corrects: Vec<String>,
    /// What is said of all of it: why it bears no tax.
    pub said: Vec<String>,
    /// The gapless number.
    pub number: String,
    /// The day it was written, as the shop's language writes it.
    pub issued_on: String,
    /// The day the goods were handed over.
    pub delivered_on: String,
    /// The day by which it is to be paid; empty when it is paid.
    pub due_on: String,
    /// Who it is for: name and address, one line each.
    pub customer: Vec<String>,
    /// Their tax number; empty for people who have none.
    pub customer_tax_number: String,
    /// What was sold, in order.
    pub lines: Vec<Line>,
    /// By rate and in sum.
    pub totals: Totals,
    /// Which receipt it stands for; empty for none.
    pub receipt_number: String,
    /// 0 for the first print; others are marked.
    pub copy: u32,
}

/// The words of an invoice in one language, and how it writes numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceWords {
    /// The language.
    pub language: Language,
    /// "Invoice".
    pub invoice: String,
    /// "Credit note".
    pub credit_note: String,
    /// "For invoice".
    pub corrects: String,
    /// "Invoice for".
    pub customer: String,
    /// "Date".
    pub issued_on: String,
    /// "Delivered on".
    pub delivered_on: String,
    /// "To be paid by".
    pub due_on: String,
    /// "Tax no."
    pub tax_number: String,
    /// "Receipt".
    pub receipt: String,
    /// "Description".
    pub description: String,
    /// "Quantity".
    pub quantity: String,
    /// "Price".
    pub price: String,
    /// "Rate".
    pub rate: String,
    /// "Amount".
    pub amount: String,
    /// "Net".
    pub net: String,
    /// "Tax".
    pub tax: String,
    /// "Gross".
    pub gross: String,
    /// "Total".
    pub total: String,
    /// "INVOICE COPY".
    pub invoice_copy: String,
    /// "CREDIT NOTE COPY".
    pub credit_note_copy: String,
    /// "Discount".
    pub discount: String,
    /// How numbers are written.
    pub numbers: NumberStyle,
}

const BOLD: Style = Style { bold: true, large: false };
const LARGE: Style = Style { bold: true, large: true };
const PLAIN: Style = Style { bold: false, large: false };

/// Columns of the figures of a line: quantity, price, rate, amount.
const FIGURES: [usize; 4] = [11, 12, 9, 14];

impl Invoice {
    /// Lays the invoice out as a document for a sheet of A4.
    pub fn document(&self, words: &InvoiceWords) -> Document {
        let mut blocks = Vec::new();
        self.head(words, &mut blocks);
        self.table(words, &mut blocks);
        self.sums(words, &mut blocks);
        self.finish(words, blocks)
    }

    /// Lays the same out for the paper of a receipt printer.
    pub fn slip(&self, words: &InvoiceWords) -> Document {
        let mut blocks = Vec::new();
        self.head(words, &mut blocks);
        blocks.push(Block::Rule);
        for line in &self.lines {
            let amount = words.numbers.money(line.signed());
            blocks.push(Block::pair(&line.name, amount, PLAIN));
            let [quantity, price, rate] = figures(line, words);
            blocks.push(Block::text(format!("  {quantity} x {price}, {rate}")));
            taken_off(line, words, &mut blocks);
        }
        blocks.push(Block::Rule);
        let total = self.totals.total;
        let amount = format!("{} {}", words.numbers.money(total), total.currency());
        blocks.push(Block::pair(&words.total, amount, LARGE));
        blocks.push(Block::Space { lines: 1 });
        let heads = [&words.rate, &words.net, &words.tax, &words.gross];
        tax_rows(heads.map(String::as_str), &words.numbers, &self.totals, &mut blocks);
        let mut document = self.finish(words, blocks);
        document.blocks.push(Block::Cut);
        document
    }

    /// What stands under the sums, on either paper.
    fn finish(&self, words: &InvoiceWords, mut blocks: Vec<Block>) -> Document {
        blocks.extend(self.said.iter().map(Block::text));
        for line in &self.shop.receipt_footer {
            blocks.push(Block::centered(line, PLAIN));
        }
        Document {
            language: words.language.tag().to_owned(),
            right_to_left: words.language == Language::Ar,
            blocks,
        }
    }

    fn head(&self, words: &InvoiceWords, blocks: &mut Vec<Block>) {
        if let Some(logo) = &self.shop.logo {
            blocks.push(Block::Image { picture: logo.clone(), size: PictureSize::Small });
        }
        blocks.push(Block::Text { text: self.shop.name.clone(), align: Align::Start, style: LARGE });
        for line in &self.shop.address {
            blocks.push(Block::text(line));
        }
        if !self.shop.tax_number.is_empty() {
            let number = left_to_right(&self.shop.tax_number, words.language);
            blocks.push(Block::text(format!("{} {number}", words.tax_number)));
        }
        blocks.push(Block::Space { lines: 2 });
        blocks.push(Block::Text { text: words.customer.clone(), align: Align::Start, style: BOLD });
        for line in &self.customer {
            blocks.push(Block::text(line));
        }
        if !self.customer_tax_number.is_empty() {
            let number = left_to_right(&self.customer_tax_number, words.language);
            blocks.push(Block::text(format!("{} {number}", words.tax_number)));
        }
        blocks.push(Block::Space { lines: 2 });
        let (title, copy) = match self.kind {
            InvoiceKind::Invoice => (&words.invoice, &words.invoice_copy),
            InvoiceKind::CreditNote => (&words.credit_note, &words.credit_note_copy),
        };
        if self.copy > 0 {
            let text = format!("*** {copy} {} ***", self.copy);
            blocks.push(Block::Text { text, align: Align::Start, style: BOLD });
        }
        let title = format!("{title} {}", self.number);
        blocks.push(Block::Text { text: title, align: Align::Start, style: LARGE });
        blocks.push(Block::Space { lines: 1 });
        let facts = [
            (&words.issued_on, &self.issued_on),
            (&words.delivered_on, &self.delivered_on),
            (&words.due_on, &self.due_on),
            (&words.receipt, &self.receipt_number),
        ];
        for (label, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            blocks.push(Block::text(format!("{label}: {}", left_to_right(value, words.language))));
        }
        for number in &self.corrects {
            let number = left_to_right(number, words.language);
            blocks.push(Block::text(format!("{}: {number}", words.corrects)));
        }
        blocks.push(Block::Space { lines: 1 });
    }

    fn table(&self, words: &InvoiceWords, blocks: &mut Vec<Block>) {
        let heads = [&words.quantity, &words.price, &words.rate, &words.amount];
        blocks.push(row(&words.description, heads.map(String::as_str), BOLD));
        blocks.push(Block::Rule);
        for line in &self.lines {
            let [quantity, price, rate] = figures(line, words);
            let figures = [quantity, price, rate, words.numbers.money(line.signed())];
            blocks.push(row(&line.name, figures.each_ref().map(String::as_str), PLAIN));
            taken_off(line, words, blocks);
        }
        blocks.push(Block::Rule);
    }

    fn sums(&self, words: &InvoiceWords, blocks: &mut Vec<Block>) {
        let heads = [&words.rate, &words.net, &words.tax, &words.gross];
        blocks.push(row("", heads.map(String::as_str), BOLD));
        for tax in &self.totals.taxes {
            let figures = [
                format!("{} %", words.numbers.write(&tax.rate.to_string())),
                words.numbers.money(tax.net),
                words.numbers.money(tax.tax),
                words.numbers.money(tax.gross),
            ];
            blocks.push(row("", figures.each_ref().map(String::as_str), PLAIN));
        }
        blocks.push(Block::Space { lines: 1 });
        let total = self.totals.total;
        let amount = format!("{} {}", words.numbers.money(total), total.currency());
        blocks.push(Block::pair(&words.total, amount, LARGE));
        blocks.push(Block::Space { lines: 2 });
    }
}

/// How much of a line, at what price, at which rate.
fn figures(line: &Line, words: &InvoiceWords) -> [String; 3] {
    let decimals = usize::try_from(line.amount.currency().decimals()).unwrap_or(2);
    let quantity = words.numbers.write(&line.quantity.to_string());
    [
        format!("{quantity}{}", unit(line.unit)),
        words.numbers.write(&line.price.plain(decimals)),
        format!("{} %", words.numbers.write(&line.tax_rate.to_string())),
    ]
}

/// What was taken off a line, under it: its own discount and its share of the sale's.
fn taken_off(line: &Line, words: &InvoiceWords, blocks: &mut Vec<Block>) {
    let own = line.discount.map_or(0, |discounted| discounted.amount.minor());
    let off = own.saturating_add(line.share);
    // Both were in range when the line was sold; what they come to together is at most its price.
    if let Ok(off) = Money::new(off, line.amount.currency())
        && !off.is_zero()
    {
        let off = words.numbers.money(off.negated());
        blocks.push(Block::text(format!("  {} {off}", words.discount)));
    }
}

/// A row of the table: figures stand under one another, at the ends of their columns.
fn row(label: &str, figures: [&str; 4], style: Style) -> Block {
    let mut cells = vec![Cell { text: label.to_owned(), width: Width::Rest, align: Align::Start }];
    for (figure, width) in figures.into_iter().zip(FIGURES) {
        cells.push(Cell { text: format!("{figure:>width$}"), width: Width::Text, align: Align::End });
    }
    Block::Row { cells, style }
}
