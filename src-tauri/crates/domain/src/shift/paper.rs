//! The papers of a shift: the report read within it (X), the one that closes it (Z), and the slip of cash that was moved.
//! Laid out as documents from facts, like receipts.

use super::{CashFlow, CashMovement, CashReason, DifferenceReason, ShiftError, ShiftFigures};
use crate::cash::denomination::Denominated;
use crate::currency::Currency;
use crate::document::{Align, Block, Cell, Document, Style, Width};
use crate::money::Money;
use crate::receipt::ReceiptWords;
use crate::settings::{Language, Shop};
use crate::tender::TenderKind;

/// A paper of the drawer as plain data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper<'w> {
    /// The shop as it was then.
    pub shop: &'w Shop,
    /// The currency of every amount.
    pub currency: Currency,
    /// When it was made, as the shop's language writes it.
    pub at: String,
    /// Who made it.
    pub operator: String,
    /// Which drawer it is of; `None` where the till has one.
    pub drawer: Option<u8>,
    /// 0 for the first print; reprints are marked.
    pub copy: u32,
}

/// A shift that is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedShift<'w> {
    /// When it began, as the shop's language writes it.
    pub began_at: String,
    /// Whether somebody stated its float.
    pub float_stated: bool,
    /// What it comes to.
    pub figures: &'w ShiftFigures,
    /// What the drawer should hold, minor units.
    pub expected: i64,
    /// What of that is of customers whose sale is still open, minor units.
    pub held: i64,
    /// How it was closed; `None` for a report read within it.
    pub closed: Option<ClosedShift<'w>>,
}

/// How a shift was closed. Minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedShift<'w> {
    /// The gapless number as printed.
    pub number: String,
    /// The business day it counts for.
    pub day: String,
    /// What is there.
    pub counted: i64,
    /// Counted less expected.
    pub over_short: i64,
    /// What of `counted` came or went after the drawer was counted, with its sign.
    pub carried: i64,
    /// The notes and coins that were counted.
    pub denominations: &'w [Denominated],
    /// Why it differs.
    pub reason: Option<DifferenceReason>,
    /// What stays in the drawer.
    pub left: i64,
    /// Sales that were open: the next shift has them.
    pub open_sales: Vec<HandedOver>,
}

/// An open sale that goes on in the next shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// When it opened, as the shop's language writes it.
    pub opened_at: String,
    /// Who opened it.
    pub operator: String,
    /// What it came to, minor units.
    pub total: i64,
    /// Whether it was put aside.
    pub put_aside: bool,
}

/// Cash that was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashSlip {
    /// Which way, and where to.
    pub movement: CashMovement,
    /// Minor units.
    pub amount: i64,
    /// What for.
    pub reason: CashReason,
}

/// What a customer paid of what they owe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSlip {
    /// The gapless number as printed.
    pub number: String,
    /// What they are called.
    pub customer: String,
    /// How they paid.
    pub kind: TenderKind,
    /// What the card reader gave as a proof.
    pub reference: Option<String>,
    /// Minor units.
    pub amount: i64,
    /// What they owe after it, minor units.
    pub owed: i64,
}

/// The words of these papers in one language, beside those of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftWords {
    /// Those of a receipt.
    pub receipt: ReceiptWords,
    /// "X report".
    pub x_report: String,
    /// "Z report".
    pub z_report: String,
    /// "No." before its number.
    pub number: String,
    /// "Business day".
    pub day: String,
    /// "From".
    pub from: String,
    /// "To".
    pub to: String,
    /// "Sales".
    pub sales: String,
    /// "Refunds".
    pub refunds: String,
    /// "Discounts".
    pub discounts: String,
    /// "Turnover".
    pub turnover: String,
    /// "Tips".
    pub tips: String,
    /// "Paid by".
    pub tenders: String,
    /// "Drawer".
    pub drawer: String,
    /// "Float".
    pub float: String,
    /// "Float (not stated)".
    pub float_not_stated: String,
    /// "Cash received".
    pub taken: String,
    /// "Change given".
    pub change: String,
    /// "Refunded in cash".
    pub refunded: String,
    /// "Paid in".
    pub paid_in: String,
    /// "Paid out".
    pub paid_out: String,
    /// "Expenses".
    pub expense: String,
    /// "Dropped".
    pub drop: String,
    /// "Paid on open sales".
    pub held: String,
    /// "Corrected".
    pub corrected: String,
    /// "Paid on account".
    pub account_paid: String,
    /// "Written off", of what customers owe.
    pub account_written_off: String,
    /// "Customer".
    pub customer: String,
    /// "Should be there".
    pub expected: String,
    /// "Counted".
    pub counted: String,
    /// "Since the count".
    pub carried: String,
    /// "Over".
    pub over: String,
    /// "Short".
    pub short: String,
    /// "Stays in the drawer".
    pub left: String,
    /// "Reason".
    pub reason: String,
    /// "Cancelled sales".
    pub cancelled: String,
    /// "Drawer opened without a sale".
    pub no_sales: String,
    /// "Times counted".
    pub counts: String,
    /// "Open sales, handed over".
    pub open_sales: String,
    /// "put aside".
    pub put_aside: String,
    /// "Signature".
    pub signature: String,
    /// What each reason of a movement is called.
    pub reasons: [(CashReason, String); 13],
    /// What each reason of a difference is called.
    pub differences: [(DifferenceReason, String); 5],
}

const BOLD: Style = Style { bold: true, large: false };
const LARGE: Style = Style { bold: true, large: true };
const PLAIN: Style = Style { bold: false, large: false };

impl ShiftWords {
    fn reason(&self, reason: CashReason) -> &str {
        self.reasons.iter().find(|(known, _)| *known == reason).map_or("", |(_, word)| word)
    }

    fn difference(&self, reason: DifferenceReason) -> &str {
        self.differences.iter().find(|(known, _)| *known == reason).map_or("", |(_, word)| word)
    }

    fn movement(&self, movement: CashMovement) -> &str {
        match movement {
            CashMovement::PaidIn => &self.paid_in,
            CashMovement::PaidOut => &self.paid_out,
            CashMovement::Expense => &self.expense,
            CashMovement::Drop => &self.drop,
        }
    }
}

impl Paper<'_> {
    /// Lays a report out: an X, or a Z where the shift was closed.
    ///
    /// # Errors
    /// `AmountInvalid` when a stored amount is none.
    pub fn report(&self, shift: &ReportedShift<'_>, words: &ShiftWords) -> Result<Document, ShiftError> {
        let mut blocks = Vec::new();
        let title = if shift.closed.is_some() { &words.z_report } else { &words.x_report };
        self.head(title, words, &mut blocks);
        if let Some(closed) = &shift.closed {
            let number = crate::receipt::left_to_right(&closed.number, words.receipt.language);
            blocks.push(Block::pair(format!("{} {number}", words.number), "", BOLD));
            blocks.push(Block::pair(&words.day, &closed.day, PLAIN));
        }
        self.which(words, &mut blocks);
        blocks.push(Block::pair(&words.from, &shift.began_at, PLAIN));
        blocks.push(Block::pair(&words.to, &self.at, PLAIN));
        self.signer(&mut blocks);
        blocks.push(Block::Rule);
        self.turnover(shift.figures, words, &mut blocks)?;
        blocks.push(Block::Rule);
        self.drawer(shift, words, &mut blocks)?;
        for (word, count) in [
            (&words.cancelled, shift.figures.cancelled),
            (&words.no_sales, shift.figures.no_sales),
            (&words.counts, shift.figures.counts),
        ] {
            if count > 0 {
                blocks.push(Block::pair(word, count.to_string(), PLAIN));
            }
        }
        if let Some(closed) = shift.closed.as_ref().filter(|closed| !closed.open_sales.is_empty()) {
            blocks.push(Block::Rule);
            blocks.push(Block::pair(&words.open_sales, closed.open_sales.len().to_string(), BOLD));
            for sale in &closed.open_sales {
                let label = format!("{} {}", sale.opened_at, sale.operator);
                blocks.push(Block::pair(label, self.money(sale.total, words)?, PLAIN));
                if sale.put_aside {
                    blocks.push(Block::text(format!("  {}", words.put_aside)));
                }
            }
        }
        blocks.push(Block::Cut);
        Ok(Self::document(blocks, words))
    }

    /// Lays the slip of a movement out.
    ///
    /// # Errors
    /// `AmountInvalid` when a stored amount is none.
    pub fn slip(&self, slip: CashSlip, words: &ShiftWords) -> Result<Document, ShiftError> {
        let mut blocks = Vec::new();
        self.head(words.movement(slip.movement), words, &mut blocks);
        blocks.push(Block::text(&self.at));
        self.signer(&mut blocks);
        self.which(words, &mut blocks);
        blocks.push(Block::Rule);
        let amount = format!("{} {}", self.money(slip.amount, words)?, self.currency);
        blocks.push(Block::pair(words.movement(slip.movement), amount, LARGE));
        blocks.push(Block::pair(&words.reason, words.reason(slip.reason), PLAIN));
        blocks.push(Block::Space { lines: 3 });
        blocks.push(Block::Rule);
        blocks.push(Block::text(&words.signature));
        blocks.push(Block::Cut);
        Ok(Self::document(blocks, words))
    }

    /// Lays the slip of a payment on an account out.
    ///
    /// # Errors
    /// `AmountInvalid` when a stored amount is none.
    pub fn account_slip(&self, slip: &AccountSlip, words: &ShiftWords) -> Result<Document, ShiftError> {
        let mut blocks = Vec::new();
        self.head(&words.account_paid, words, &mut blocks);
        let number = crate::receipt::left_to_right(&slip.number, words.receipt.language);
        blocks.push(Block::pair(format!("{} {number}", words.number), &self.at, PLAIN));
        self.signer(&mut blocks);
        blocks.push(Block::pair(&words.customer, &slip.customer, PLAIN));
        blocks.push(Block::Rule);
        let amount = format!("{} {}", self.money(slip.amount, words)?, self.currency);
        blocks.push(Block::pair(&words.account_paid, amount, LARGE));
        let kind = tender_word(slip.kind, words);
        let kind = match &slip.reference {
            Some(reference) => {
                let reference = crate::receipt::left_to_right(reference, words.receipt.language);
                format!("{kind} {reference}")
            }
            None => kind.to_owned(),
        };
        blocks.push(Block::pair(kind, self.money(slip.amount, words)?, PLAIN));
        blocks.push(Block::pair(&words.receipt.owed, self.money(slip.owed, words)?, BOLD));
        blocks.push(Block::Cut);
        Ok(Self::document(blocks, words))
    }

    fn document(blocks: Vec<Block>, words: &ShiftWords) -> Document {
        Document {
            language: words.receipt.language.tag().to_owned(),
            right_to_left: words.receipt.language == Language::Ar,
            blocks,
        }
    }

    /// Which drawer it is of, where there are two.
    fn which(&self, words: &ShiftWords, blocks: &mut Vec<Block>) {
        if let Some(drawer) = self.drawer {
            blocks.push(Block::pair(&words.drawer, drawer.to_string(), BOLD));
        }
    }

    fn head(&self, title: &str, words: &ShiftWords, blocks: &mut Vec<Block>) {
        blocks.push(Block::centered(&self.shop.name, LARGE));
        for line in &self.shop.address {
            blocks.push(Block::centered(line, PLAIN));
        }
        if !self.shop.tax_number.is_empty() {
            let number = crate::receipt::left_to_right(&self.shop.tax_number, words.receipt.language);
            blocks.push(Block::centered(format!("{} {number}", words.receipt.tax_number), PLAIN));
        }
        blocks.push(Block::Space { lines: 1 });
        if self.copy > 0 {
            blocks.push(Block::centered(format!("*** {} {} ***", words.receipt.duplicate, self.copy), LARGE));
        }
        blocks.push(Block::centered(title, LARGE));
    }

    fn signer(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::pair(&self.shop.till_name, &self.operator, PLAIN));
    }

    fn turnover(
        &self,
        figures: &ShiftFigures,
        words: &ShiftWords,
        blocks: &mut Vec<Block>,
    ) -> Result<(), ShiftError> {
        let counted = |word: &str, count: u32| format!("{word} ({count})");
        let turnover = figures.sold.checked_sub(figures.refunded).ok_or(ShiftError::AmountInvalid {})?;
        let sold = self.money(figures.sold, words)?;
        blocks.push(Block::pair(counted(&words.sales, figures.sales), sold, PLAIN));
        if figures.refunds > 0 {
            let refunded = self.money(less(figures.refunded)?, words)?;
            blocks.push(Block::pair(counted(&words.refunds, figures.refunds), refunded, PLAIN));
        }
        if let Some(discounts) = figures.discounts.filter(|discounts| discounts.count > 0) {
            // Taken off before the sales above came to what they did: told, and in no sum.
            let amount = self.money(less(discounts.amount)?, words)?;
            blocks.push(Block::pair(counted(&words.discounts, discounts.count), amount, PLAIN));
        }
        let turnover = format!("{} {}", self.money(turnover, words)?, self.currency);
        blocks.push(Block::pair(&words.turnover, turnover, BOLD));
        if !figures.taxes.is_empty() {
            blocks.push(Block::Space { lines: 1 });
            let receipt = &words.receipt;
            blocks.push(cells([&receipt.rate, &receipt.net, &receipt.tax, &receipt.gross], BOLD));
        }
        for row in &figures.taxes {
            let gross = row.net.checked_add(row.tax).ok_or(ShiftError::AmountInvalid {})?;
            let rate = format!("{} %", words.receipt.numbers.write(&row.rate.to_string()));
            let money = |minor| self.money(minor, words);
            blocks.push(cells([&rate, &money(row.net)?, &money(row.tax)?, &money(gross)?], PLAIN));
        }
        if figures.rounding != 0 {
            blocks.push(Block::pair(
                &words.receipt.cash_rounding,
                self.money(figures.rounding, words)?,
                PLAIN,
            ));
        }
        if figures.tips != 0 {
            blocks.push(Block::pair(&words.tips, self.money(figures.tips, words)?, PLAIN));
        }
        if !figures.tenders.is_empty() {
            blocks.push(Block::Space { lines: 1 });
            blocks.push(Block::pair(&words.tenders, "", BOLD));
        }
        for row in &figures.tenders {
            let kind = tender_word(row.kind, words);
            let came = row.taken.checked_sub(row.given).ok_or(ShiftError::AmountInvalid {})?;
            blocks.push(Block::pair(counted(kind, row.count), self.money(came, words)?, PLAIN));
        }
        let on_account =
            figures.cash.account.checked_add(figures.account_card).ok_or(ShiftError::AmountInvalid {})?;
        // Both are about what was sold before: told, and in no sum of the turnover.
        let of_accounts =
            [(&words.account_paid, on_account), (&words.account_written_off, figures.account_written_off)];
        if of_accounts.iter().any(|(_, amount)| *amount != 0) {
            blocks.push(Block::Space { lines: 1 });
        }
        for (word, amount) in of_accounts.into_iter().filter(|(_, amount)| *amount != 0) {
            blocks.push(Block::pair(word, self.money(amount, words)?, PLAIN));
        }
        Ok(())
    }

    fn drawer(
        &self,
        shift: &ReportedShift<'_>,
        words: &ShiftWords,
        blocks: &mut Vec<Block>,
    ) -> Result<(), ShiftError> {
        let CashFlow {
            float,
            taken,
            change,
            refunded,
            paid_in,
            paid_out,
            expenses,
            drops,
            corrected,
            account,
        } = shift.figures.cash;
        blocks.push(Block::pair(&words.drawer, "", BOLD));
        let float_word = if shift.float_stated { &words.float } else { &words.float_not_stated };
        blocks.push(Block::pair(float_word, self.money(float, words)?, PLAIN));
        for (word, amount) in [
            (&words.taken, taken),
            (&words.change, less(change)?),
            (&words.refunded, less(refunded)?),
            (&words.paid_in, paid_in),
            (&words.paid_out, less(paid_out)?),
            (&words.expense, less(expenses)?),
            (&words.drop, less(drops)?),
            (&words.held, shift.held),
            (&words.corrected, corrected),
            (&words.account_paid, account),
        ] {
            if amount != 0 {
                blocks.push(Block::pair(word, self.money(amount, words)?, PLAIN));
            }
        }
        blocks.push(Block::pair(&words.expected, self.money(shift.expected, words)?, BOLD));
        let Some(closed) = &shift.closed else { return Ok(()) };
        for row in closed.denominations.iter().filter(|row| row.count > 0) {
            let worth = row.value.checked_mul(i64::from(row.count)).ok_or(ShiftError::AmountInvalid {})?;
            let label = format!("  {} x {}", row.count, self.money(row.value, words)?);
            blocks.push(Block::pair(label, self.money(worth, words)?, PLAIN));
        }
        if closed.carried != 0 {
            blocks.push(Block::pair(&words.carried, self.money(closed.carried, words)?, PLAIN));
        }
        blocks.push(Block::pair(&words.counted, self.money(closed.counted, words)?, BOLD));
        if closed.over_short != 0 {
            let word = if closed.over_short < 0 { &words.short } else { &words.over };
            blocks.push(Block::pair(word, self.money(closed.over_short, words)?, BOLD));
        }
        if let Some(reason) = closed.reason {
            blocks.push(Block::pair(&words.reason, words.difference(reason), PLAIN));
        }
        blocks.push(Block::pair(&words.left, self.money(closed.left, words)?, PLAIN));
        Ok(())
    }

    fn money(&self, minor: i64, words: &ShiftWords) -> Result<String, ShiftError> {
        let money = Money::new(minor, self.currency).map_err(|_| ShiftError::AmountInvalid {})?;
        Ok(words.receipt.numbers.money(money))
    }
}

/// What a way to pay is called.
fn tender_word(kind: TenderKind, words: &ShiftWords) -> &str {
    match kind {
        TenderKind::Cash => &words.receipt.cash,
        TenderKind::Card => &words.receipt.card,
        TenderKind::Voucher => &words.receipt.voucher,
        TenderKind::StoreCredit => &words.receipt.store_credit,
        TenderKind::OnAccount => &words.receipt.on_account,
    }
}

/// What went out, with its sign.
fn less(amount: i64) -> Result<i64, ShiftError> {
    amount.checked_neg().ok_or(ShiftError::AmountInvalid {})
}

/// A row of the table of taxes: as wide as on a receipt.
fn cells([rate, net, tax, gross]: [&str; 4], style: Style) -> Block {
    Block::Row {
        cells: vec![
            Cell { text: rate.to_owned(), width: Width::Rest, align: Align::Start },
            Cell { text: format!("{net:>10}"), width: Width::Text, align: Align::End },
            Cell { text: format!("{tax:>9}"), width: Width::Text, align: Align::End },
            Cell { text: format!("{gross:>10}"), width: Width::Text, align: Align::End },
        ],
        style,
    }
}
