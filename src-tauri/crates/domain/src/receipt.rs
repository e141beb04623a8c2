//! The receipt: what a customer may take as proof, with what the law wants on it. European Union: Directive
//! 2006/112/EC art. 226b (simplified invoice: date, supplier and tax number, goods, tax amount or what it is computed
//! from); France: CGI ann. IV art. 37 and arrêté of 3 October 1983 (name, address, date, each item, total).

use crate::discount::{DiscountBy, Discounted};
use crate::document::{Align, Block, Cell, Document, Style, Symbology, Width};
use crate::money::Money;
use crate::quantity::{Quantity, Unit};
use crate::sale::line::{Direction, Line};
use crate::settings::{Language, Shop};
use crate::tax::{TaxMode, TaxRate, Totals};
use crate::tender::{Tender, TenderDirection, TenderKind};

mod layout;

pub use layout::{ReceiptCode, ReceiptForm, ReceiptLayout, TaxPlace};

/// A receipt as plain data: taken from the completed sale, never computed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The shop as it was when the sale completed.
    pub shop: Shop,
    /// The gapless number.
    pub number: String,
    /// When the sale completed, as the shop's language writes it.
    pub completed_at: String,
    /// Who completed it.
    pub operator: String,
    /// Whom the sale was for: their name and number; `None` where it was for nobody, or they were erased.
    pub customer: Option<String>,
    /// Lines that count, in order.
    pub lines: Vec<Line>,
    /// What is said of all of it under the total: that it bears no tax, that it was taken away.
    pub said: Vec<String>,
    /// What was noted on all of it.
    pub note: Option<String>,
    /// The discount on all of it.
    pub discount: Option<Discounted>,
    /// By rate and in sum.
    pub totals: Totals,
    /// How it was settled.
    pub tenders: Vec<Tender>,
    /// What cash was rounded by.
    pub cash_rounding: Money,
    /// What the customer has of store credit after it, where it changed.
    pub credit_left: Option<Money>,
    /// What the customer owes afterwards, where it went by their account.
    pub owed: Option<Money>,
    /// 0 for the first print; reprints are marked.
    pub copy: u32,
    /// What it is for.
    pub form: ReceiptForm,
}

/// The words of a receipt in one language, and how it writes numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptWords {
    /// The language.
    pub language: Language,
    /// "Receipt".
    pub receipt: String,
    /// "Tax no."
    pub tax_number: String,
    /// "Served by".
    pub served_by: String,
    /// "Customer".
    pub customer: String,
    /// "Return", before the name of what came back.
    pub returned: String,
    /// "Total".
    pub total: String,
    /// "To give back".
    pub refund: String,
    /// "Cash".
    pub cash: String,
    /// "Card".
    pub card: String,
    /// "Voucher".
    pub voucher: String,
    /// "Store credit".
    pub store_credit: String,
    /// "Store credit left".
    pub credit_left: String,
    /// What the customer of the sale owes the shop from then on, as a tender.
    pub on_account: String,
    /// Before what the customer owes afterwards.
    pub owed: String,
    /// "Tip".
    pub tip: String,
    /// "Rounding", what cash was rounded by.
    pub cash_rounding: String,
    /// "Change".
    pub change: String,
    /// "Tax".
    pub tax: String,
    /// "Rate".
    pub rate: String,
    /// "Net".
    pub net: String,
    /// "Gross".
    pub gross: String,
    /// "plus tax", where prices do not include it.
    pub plus_tax: String,
    /// "Duplicate".
    pub duplicate: String,
    /// "Gift receipt".
    pub gift: String,
    /// "TRAINING".
    pub training: String,
    /// "Nothing was sold. This is no receipt."
    pub training_note: String,
    /// "Discount".
    pub discount: String,
    /// "Subtotal", before a discount on the whole sale.
    pub subtotal: String,
    /// "Instead of", before the listed price of an overridden line.
    pub instead_of: String,
    /// How numbers are written.
    pub numbers: NumberStyle,
}

/// How a language writes numbers on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between whole and decimals.
    pub decimal: char,
    /// Between thousands; `None` for nothing.
    pub group: Option<char>,
}

impl NumberStyle {
    /// The style of a language on paper. French groups by a plain space, which every printer has.
    pub const fn of(language: Language) -> Self {
        match language {
            Language::En => Self { decimal: '.', group: Some(',') },
            Language::Fr => Self { decimal: ',', group: Some(' ') },
            Language::Ar => Self { decimal: '.', group: Some(',') },
        }
    }

    /// Writes a plain decimal number (`-1234.50`) in this style.
    pub fn write(&self, plain: &str) -> String {
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(w, d)| (w, Some(d)));
        let mut text = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            let left = whole.len().saturating_sub(index);
            if index > 0
                && left.checked_rem(3) == Some(0)
                && let Some(group) = self.group
            {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(self.decimal);
            text.push_str(decimals);
        }
        text
    }

    /// Writes money without its currency.
    pub fn money(&self, money: Money) -> String {
        self.write(&money.to_string())
    }
}

impl ReceiptWords {
    /// "Discount 10 %", or just "Discount" for an amount.
    fn off(&self, by: DiscountBy) -> String {
        match by {
            DiscountBy::Part { ppm } => match TaxRate::ppm(ppm) {
                Ok(part) => format!("{} {} %", self.discount, self.numbers.write(&part.to_string())),
                Err(_) => self.discount.clone(),
            },
            DiscountBy::Amount { .. } => self.discount.clone(),
        }
    }
}

const BOLD: Style = Style { bold: true, large: false };
const LARGE: Style = Style { bold: true, large: true };
const PLAIN: Style = Style { bold: false, large: false };

/// What was noted on a line, under it.
fn note(line: &Line, blocks: &mut Vec<Block>) {
    if let Some(note) = &line.note {
        blocks.push(Block::text(format!("  {note}")));
    }
}

impl Receipt {
    /// Lays the receipt out as a document.
    pub fn document(&self, words: &ReceiptWords) -> Document {
        let mut blocks = Vec::new();
        self.head(words, &mut blocks);
        match self.form {
            ReceiptForm::Sale => self.body(words, &mut blocks),
            ReceiptForm::Training => {
                self.body(words, &mut blocks);
                blocks.push(Block::Space { lines: 1 });
                Self::no_proof(words, &mut blocks);
            }
            ReceiptForm::Gift => self.present(words, &mut blocks),
        }
        self.foot(&mut blocks);
        Document {
            language: words.language.tag().to_owned(),
            right_to_left: words.language == Language::Ar,
            blocks,
        }
    }

    /// What no receipt of training goes without.
    fn no_proof(words: &ReceiptWords, blocks: &mut Vec<Block>) {
        blocks.push(Block::centered(&words.training, LARGE));
        blocks.push(Block::centered(&words.training_note, PLAIN));
    }

    fn head(&self, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        let layout = &self.shop.receipt_layout;
        if let Some(logo) = &self.shop.logo {
            blocks.push(Block::Image { picture: logo.clone(), size: layout.logo_size });
        }
        blocks.push(Block::centered(&self.shop.name, LARGE));
        for line in self.shop.address.iter().filter(|_| layout.address) {
            blocks.push(Block::centered(line, PLAIN));
        }
        if !self.shop.tax_number.is_empty() && layout.tax_number {
            let number = left_to_right(&self.shop.tax_number, words.language);
            blocks.push(Block::centered(format!("{} {number}", words.tax_number), PLAIN));
        }
        for line in &self.shop.receipt_header {
            blocks.push(Block::centered(line, PLAIN));
        }
        blocks.push(Block::Space { lines: 1 });
        if self.copy > 0 {
            blocks.push(Block::centered(format!("*** {} {} ***", words.duplicate, self.copy), LARGE));
        }
        if self.form == ReceiptForm::Training {
            Self::no_proof(words, blocks);
        }
        if self.form == ReceiptForm::Gift {
            blocks.push(Block::centered(&words.gift, LARGE));
        }
        blocks.push(Block::pair(format!("{} {}", words.receipt, self.number), &self.completed_at, PLAIN));
        let served_by = format!("{} {}", words.served_by, self.operator);
        match (layout.till_name, layout.operator) {
            (true, true) => blocks.push(Block::pair(&self.shop.till_name, served_by, PLAIN)),
            (true, false) => blocks.push(Block::text(&self.shop.till_name)),
            (false, true) => blocks.push(Block::text(served_by)),
            (false, false) => {}
        }
        // Whoever is given the goods need not know who bought them.
        if let Some(customer) = self.customer.as_ref().filter(|_| layout.customer)
            && self.form != ReceiptForm::Gift
        {
            blocks.push(Block::pair(&words.customer, customer, PLAIN));
        }
        blocks.push(Block::Rule);
    }

    /// What it is, and not what it cost.
    fn present(&self, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        for line in self.lines.iter().filter(|line| line.direction == Direction::Sale) {
            let quantity = words.numbers.write(&line.quantity.to_string());
            blocks.push(Block::pair(&line.name, format!("{quantity}{}", unit(line.unit)), PLAIN));
            note(line, blocks);
        }
        blocks.push(Block::Rule);
    }

    fn body(&self, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        let layout = &self.shop.receipt_layout;
        for line in &self.lines {
            self.line(line, words, blocks);
        }
        if let Some(note) = &self.note {
            blocks.push(Block::text(note));
        }
        if let Some(discounted) = self.discount {
            self.sale_discount(discounted, words, blocks);
        }
        blocks.push(Block::Rule);
        if layout.taxes == TaxPlace::BeforeTotal {
            self.taxes(words, blocks);
            blocks.push(Block::Rule);
        }
        if self.shop.tax_policy.mode == TaxMode::Added {
            blocks.push(Block::pair(&words.net, words.numbers.money(self.totals.net), PLAIN));
            blocks.push(Block::pair(&words.plus_tax, words.numbers.money(self.totals.tax), PLAIN));
        }
        let label = if self.totals.total.is_negative() { &words.refund } else { &words.total };
        let total = self.totals.total.magnitude();
        blocks.push(Block::pair(
            label,
            format!("{} {}", words.numbers.money(total), total.currency()),
            if layout.large_total { LARGE } else { BOLD },
        ));
        if !self.cash_rounding.is_zero() {
            let rounding = words.numbers.money(self.cash_rounding);
            blocks.push(Block::pair(&words.cash_rounding, rounding, PLAIN));
        }
        let tips: i64 = self.tenders.iter().filter_map(|tender| tender.tip).map(Money::minor).sum();
        if let Ok(tip) = Money::new(tips, total.currency())
            && !tip.is_zero()
        {
            blocks.push(Block::pair(&words.tip, words.numbers.money(tip), PLAIN));
        }
        for tender in &self.tenders {
            let kind = match tender.kind {
                TenderKind::Cash => &words.cash,
                TenderKind::Card => &words.card,
                TenderKind::Voucher => &words.voucher,
                TenderKind::StoreCredit => &words.store_credit,
                TenderKind::OnAccount => &words.on_account,
            };
            let kind = match &tender.reference {
                Some(reference) => format!("{kind} {}", left_to_right(reference, words.language)),
                None => kind.clone(),
            };
            let amount = match tender.direction {
                TenderDirection::Taken => tender.tendered,
                TenderDirection::Given => tender.tendered.negated(),
            };
            blocks.push(Block::pair(kind, words.numbers.money(amount), PLAIN));
            if !tender.change.is_zero() {
                blocks.push(Block::pair(&words.change, words.numbers.money(tender.change), PLAIN));
            }
        }
        if let Some(left) = self.credit_left {
            blocks.push(Block::pair(&words.credit_left, words.numbers.money(left), PLAIN));
        }
        if let Some(owed) = self.owed {
            blocks.push(Block::pair(&words.owed, words.numbers.money(owed), PLAIN));
        }
        for said in &self.said {
            blocks.push(Block::text(said));
        }
        if layout.taxes == TaxPlace::AtEnd {
            blocks.push(Block::Space { lines: 1 });
            self.taxes(words, blocks);
        }
    }

    fn line(&self, line: &Line, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        let name = match line.direction {
            Direction::Sale => line.name.clone(),
            Direction::Return => format!("{} {}", words.returned, line.name),
        };
        let signed = |amount: Money| match line.direction {
            Direction::Sale => amount,
            Direction::Return => amount.negated(),
        };
        let before = line.before_discounts().unwrap_or(line.amount);
        blocks.push(Block::pair(name, words.numbers.money(signed(before)), PLAIN));
        let decimals = usize::try_from(line.amount.currency().decimals()).unwrap_or(2);
        let price = words.numbers.write(&line.price.plain(decimals));
        if line.quantity != Quantity::ONE || self.shop.receipt_layout.unit_prices {
            let quantity = words.numbers.write(&line.quantity.to_string());
            blocks.push(Block::text(format!("  {quantity}{} x {price}", unit(line.unit))));
        }
        if let Some(of) = &line.of {
            blocks.push(Block::text(format!("  {} {}", words.receipt, of.receipt_number)));
        }
        if let Some(list_price) = line.list_price {
            let listed = words.numbers.write(&list_price.plain(decimals));
            blocks.push(Block::text(format!("  {} {listed}", words.instead_of)));
        }
        if let Some(discounted) = line.discount {
            let off = words.numbers.money(signed(discounted.amount).negated());
            blocks.push(Block::pair(format!("  {}", words.off(discounted.discount.by)), off, PLAIN));
        }
        if let Some(exempted) = line.exempt
            && let Ok(off) = Money::new(exempted.off, line.amount.currency())
            && !off.is_zero()
        {
            let rate = words.numbers.write(&exempted.rate.to_string());
            let off = words.numbers.money(signed(off).negated());
            blocks.push(Block::pair(format!("  {} {rate} %", words.tax), off, PLAIN));
        }
        note(line, blocks);
    }

    /// What the lines come to, and what was taken off all of them.
    fn sale_discount(&self, discounted: Discounted, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        // Before it: what the lines come to, and what it took from them. What is on paper was in range on the till.
        let minor = self.lines.iter().map(|line| line.signed().minor()).sum::<i64>();
        let minor = minor.saturating_add(discounted.amount.minor());
        let before = Money::new(minor, discounted.amount.currency()).unwrap_or(self.totals.total);
        blocks.push(Block::Rule);
        blocks.push(Block::pair(&words.subtotal, words.numbers.money(before), PLAIN));
        let off = words.numbers.money(discounted.amount.negated());
        blocks.push(Block::pair(words.off(discounted.discount.by), off, PLAIN));
    }

    fn taxes(&self, words: &ReceiptWords, blocks: &mut Vec<Block>) {
        let heads = [&words.rate, &words.net, &words.tax, &words.gross];
        tax_rows(heads.map(String::as_str), &words.numbers, &self.totals, blocks);
    }

    fn foot(&self, blocks: &mut Vec<Block>) {
        if !self.shop.receipt_footer.is_empty() {
            blocks.push(Block::Space { lines: 1 });
        }
        for line in &self.shop.receipt_footer {
            blocks.push(Block::centered(line, PLAIN));
        }
        let symbology = match self.shop.receipt_layout.code {
            ReceiptCode::Code128 => Some(Symbology::Code128),
            ReceiptCode::Qr => Some(Symbology::Qr),
            ReceiptCode::None => None,
        };
        if let Some(symbology) = symbology {
            blocks.push(Block::Space { lines: 1 });
            blocks.push(Block::Barcode { symbology, data: self.number.clone() });
        }
        blocks.push(Block::Cut);
    }
}

/// Each rate with what it was taken of, in columns under their heads.
pub(crate) fn tax_rows(heads: [&str; 4], numbers: &NumberStyle, totals: &Totals, blocks: &mut Vec<Block>) {
    let row = |[rate, net, tax, gross]: [&str; 4], style| Block::Row {
        cells: vec![
            Cell { text: rate.to_owned(), width: Width::Rest, align: Align::Start },
            Cell { text: format!("{net:>10}"), width: Width::Text, align: Align::End },
            Cell { text: format!("{tax:>9}"), width: Width::Text, align: Align::End },
            Cell { text: format!("{gross:>10}"), width: Width::Text, align: Align::End },
        ],
        style,
    };
    blocks.push(row(heads, BOLD));
    for tax in &totals.taxes {
        let rate = format!("{} %", numbers.write(&tax.rate.to_string()));
        let [net, tax, gross] = [tax.net, tax.tax, tax.gross].map(|amount| numbers.money(amount));
        blocks.push(row([&rate, &net, &tax, &gross], PLAIN));
    }
}

/// A number with strokes and letters (`1234567/A/M/000`) as it is read, also behind Arabic words: those would turn its
/// parts around. The marks around it are drawn by nobody.
pub(crate) fn left_to_right(number: &str, language: Language) -> String {
    match language {
        Language::En | Language::Fr => number.to_owned(),
        Language::Ar => format!("\u{200E}{number}\u{200E}"),
    }
}

/// What stands behind a quantity.
pub(crate) const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Each => "",
        Unit::Kilogram => " kg",
        Unit::Litre => " l",
        Unit::Metre => " m",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        let french = NumberStyle::of(Language::Fr);
        assert_eq!(french.write("-1234567.50"), "-1 234 567,50");
        assert_eq!(NumberStyle::of(Language::En).write("1000"), "1,000");
        assert_eq!(NumberStyle::of(Language::En).write("999.5"), "999.5");
    }
}
