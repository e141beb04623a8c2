//! The sums that reports are read from: what many facts add is added up in memory and then written once, whether a few
//! facts were folded or all of them are again.

use super::Placed;
use crate::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::{OperatorId, ProductId};
use domain::money::{Money, MoneyError};
use domain::quantity::{Quantity, Unit};
use domain::sale::TrailAct;
use domain::sale::line::Direction;
use domain::sale::undo::SaleAct;
use domain::tax::{TaxMode, TaxParts, TaxedLine};
use domain::tender::TenderDirection;
use domain::time::BusinessDay;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::fact::{
    DrawerOpened, PaymentCorrected, ReceiptReprinted, SaleCancelledFact, SaleCompletedFact, SoldLine,
    SoldTender, TrailEntry,
};

/// Rows that are held at most before they are written: a rebuild of a long past holds no more.
const HELD_MAX: usize = 50_000;

/// What stands for what was sold and is in no catalogue.
pub const OPEN_ITEM: ProductId = ProductId(Uuid::nil());

/// What was not a plain sale, as it is stored.
pub mod act {
    /// Goods came back: a line.
    pub const RETURN: &str = "return";
    /// A price was typed over a line's; what it gave away, which is negative where it is more.
    pub const OVERRIDE: &str = "override";
    /// A discount was given, on a line or on a whole sale; the detail is why.
    pub const DISCOUNT: &str = "discount";
    /// A line was taken out of a sale.
    pub const VOID_LINE: &str = "void_line";
    /// An open sale was given up; what it came to.
    pub const CANCEL: &str = "cancel";
    /// The drawer was opened without a sale; the detail is why.
    pub const NO_SALE: &str = "no_sale";
    /// A customer gave more than was due; to whoever completed the sale.
    pub const TIP: &str = "tip";
    /// A receipt was printed again.
    pub const REPRINT: &str = "reprint";
}

/// What sales add up to: how many, their lines and pieces, and their money in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct SaleSum {
    sales: i64,
    lines: i64,
    items: i64,
    net: i64,
    tax: i64,
    total: i64,
}

/// What lines of a product add up to: how many, how much of its unit, money in minor units.
#[derive(Debug, Clone, Copy, Default)]
struct ProductSum {
    lines: i64,
    thousandths: i64,
    net: i64,
    tax: i64,
}

/// What tenders add up to: how often and how much was taken, how often and how much given.
#[derive(Debug, Clone, Copy, Default)]
struct TenderSum {
    taken_times: i64,
    taken: i64,
    given_times: i64,
    given: i64,
}

/// Who did what on a day: the act, what more is to say of it, and the currency where money is meant.
type ActKey = (i64, OperatorId, &'static str, String, Option<Currency>);

/// Sums that were not written yet.
#[derive(Default)]
pub struct Rollups {
    days: BTreeMap<(i64, Currency), SaleSum>,
    hours: BTreeMap<(i64, i8, OperatorId, Currency), SaleSum>,
    taxes: BTreeMap<(i64, Currency, i64), [i64; 2]>,
    tenders: BTreeMap<(i64, Currency, String), TenderSum>,
    products: BTreeMap<(i64, ProductId, Currency), ProductSum>,
    acts: BTreeMap<ActKey, [i64; 2]>,
}

impl Rollups {
    /// Adds a completed sale.
    ///
    /// # Errors
    /// `Value` when a sum leaves what a file can hold, as the file would say.
    pub fn complete(&mut self, placed: &Placed, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
        let day = i64::from(sale.business_day.unix_day());
        let (currency, operator) = (sale.currency, placed.header.actor);
        let sum = SaleSum {
            sales: 1,
            lines: sale.lines.len() as i64,
            items: sale.lines.iter().map(|line| signed(line, pieces(line))).sum(),
            net: sale.taxes.iter().map(|row| row.net).sum(),
            tax: sale.taxes.iter().map(|row| row.tax).sum(),
            total: sale.total,
        };
        self.days.entry((day, currency)).or_default().add(&sum)?;
        let hour = placed.header.moment.local().hour();
        self.hours.entry((day, hour, operator, currency)).or_default().add(&sum)?;
        for row in &sale.taxes {
            let to = self.taxes.entry((day, currency, row.rate.as_ppm())).or_default();
            add(&mut to[0], row.net)?;
            add(&mut to[1], row.tax)?;
        }
        for tender in &sale.tenders {
            self.tender(day, currency, tender)?;
        }
        let mut parts = TaxParts::of(sale.tax_policy);
        for line in &sale.lines {
            let id = line.product.unwrap_or(OPEN_ITEM);
            // Sums of a sale so large that they leave what money can be on the way stop nothing that is folded behind it.
            let tax = part_of_tax(&mut parts, line, currency).unwrap_or(line.tax);
            let sum = ProductSum::of(line, sale.tax_policy.mode, tax);
            self.products.entry((day, id, currency)).or_default().add(&sum)?;
            if line.direction == Direction::Return {
                self.act((day, operator, act::RETURN, String::new(), Some(currency)), line.amount)?;
            }
            if let Some(given_away) = given_away(line, sale) {
                self.act((day, operator, act::OVERRIDE, String::new(), Some(currency)), given_away)?;
            }
            if let Some(discount) = &line.discount {
                let reason = word(serde_json::to_value(discount.reason)?)?;
                let key = (day, operator, act::DISCOUNT, reason, Some(currency));
                self.act(key, signed(line, discount.amount))?;
            }
        }
        if let Some(discount) = &sale.discount {
            let reason = word(serde_json::to_value(discount.reason)?)?;
            let shares = sale.lines.iter().map(|line| signed(line, line.share)).sum();
            self.act((day, operator, act::DISCOUNT, reason, Some(currency)), shares)?;
        }
        let tip = sale.tip();
        if tip != 0 {
            self.act((day, operator, act::TIP, String::new(), Some(currency)), tip)?;
        }
        self.trail(day, &sale.trail)
    }

    /// Adds a sale that was given up.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub fn cancel(&mut self, placed: &Placed, sale: &SaleCancelledFact) -> Result<(), DatabaseError> {
        let day = day_of(placed, sale.business_day);
        let key = (day, placed.header.actor, act::CANCEL, String::new(), Some(sale.currency));
        self.act(key, sale.total)?;
        self.trail(day, &sale.trail)
    }

    /// Adds an opening of the drawer without a sale.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub fn open_drawer(&mut self, placed: &Placed, opened: &DrawerOpened) -> Result<(), DatabaseError> {
        let reason = word(serde_json::to_value(opened.reason)?)?;
        let day = day_of(placed, opened.business_day);
        self.act((day, placed.header.actor, act::NO_SALE, reason, None), 0)
    }

    /// Adds a receipt that was printed again.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub fn reprint(&mut self, placed: &Placed, again: &ReceiptReprinted) -> Result<(), DatabaseError> {
        let day = day_of(placed, again.business_day);
        self.act((day, placed.header.actor, act::REPRINT, String::new(), None), 0)
    }

    fn trail(&mut self, day: i64, trail: &[TrailEntry]) -> Result<(), DatabaseError> {
        for entry in trail {
            match entry.act {
                // What is rung up and then taken back is a line that was taken out, whichever key did it; and a line that is
                // put back was taken out all the same: nothing done afterwards makes the count smaller.
                TrailAct::LineVoided { .. } | TrailAct::Undone { what: SaleAct::LineAdded, .. } => {
                    self.act((day, entry.operator, act::VOID_LINE, String::new(), None), 0)?;
                }
                // A typed price and a discount are counted by the line they ended on; the rest takes nothing from the shop.
                TrailAct::PriceOverridden { .. }
                | TrailAct::Discounted { .. }
                | TrailAct::QuantityChanged { .. }
                | TrailAct::TenderTaken { .. }
                | TrailAct::TenderReturned { .. }
                | TrailAct::AgeConfirmed { .. }
                | TrailAct::CustomerSet { .. }
                | TrailAct::TakeawaySet { .. }
                | TrailAct::TaxExempted { .. }
                | TrailAct::SellerSet { .. }
                | TrailAct::Undone { .. }
                | TrailAct::Suspended {}
                | TrailAct::Resumed { .. }
                | TrailAct::TakenBack { .. }
                | TrailAct::Reversed { .. } => {}
            }
        }
        Ok(())
    }

    fn tender(&mut self, day: i64, currency: Currency, tender: &SoldTender) -> Result<(), DatabaseError> {
        let kind = word(serde_json::to_value(tender.kind)?)?;
        let to = self.tenders.entry((day, currency, kind)).or_default();
        let (times, sum) = match tender.direction {
            TenderDirection::Taken => (&mut to.taken_times, &mut to.taken),
            TenderDirection::Given => (&mut to.given_times, &mut to.given),
        };
        add(times, 1)?;
        add(sum, tender.tendered - tender.change)
    }

    /// Moves what was settled in one way to another, on the day somebody said so.
    ///
    /// # Errors
    /// As [`Self::complete`].
    pub fn correct(&mut self, correction: &PaymentCorrected) -> Result<(), DatabaseError> {
        let day = i64::from(correction.business_day.unix_day());
        for (kind, amount) in [(correction.from, -correction.amount), (correction.to, correction.amount)] {
            let kind = word(serde_json::to_value(kind)?)?;
            let to = self.tenders.entry((day, correction.currency, kind)).or_default();
            let sum = match correction.direction {
                TenderDirection::Taken => &mut to.taken,
                TenderDirection::Given => &mut to.given,
            };
            add(sum, amount)?;
        }
        Ok(())
    }

    fn act(&mut self, key: ActKey, amount: i64) -> Result<(), DatabaseError> {
        let to = self.acts.entry(key).or_default();
        add(&mut to[0], 1)?;
        add(&mut to[1], amount)
    }

    /// Writes what is held when it is much.
    ///
    /// # Errors
    /// What the file answers.
    pub fn write_when_full(&mut self, connection: &Connection) -> Result<(), DatabaseError> {
        let held = self.hours.len() + self.products.len() + self.acts.len();
        if held >= HELD_MAX { std::mem::take(self).write(connection) } else { Ok(()) }
    }

    /// Adds what is held to the rows of the file.
    ///
    /// # Errors
    /// What the file answers.
    pub fn write(self, connection: &Connection) -> Result<(), DatabaseError> {
        self.write_sales(connection)?;
        self.write_products(connection)?;
        let mut statement = connection.prepare_cached(
            "insert into tax_by_day (day, currency, rate, net, tax) values (?1, ?2, ?3, ?4, ?5)
             on conflict (day, currency, rate) do update set net = net + excluded.net, tax = tax + excluded.tax",
        )?;
        for ((day, currency, rate), [net, tax]) in &self.taxes {
            statement.execute(params![day, currency.code(), rate, net, tax])?;
        }
        let mut statement = connection.prepare_cached(
            "insert into tender_by_day (day, currency, kind, taken_times, taken, given_times, given)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (day, currency, kind) do update set
                 taken_times = taken_times + excluded.taken_times,
                 taken = taken + excluded.taken,
                 given_times = given_times + excluded.given_times,
                 given = given + excluded.given",
        )?;
        for ((day, currency, kind), sum) in &self.tenders {
            let TenderSum { taken_times, taken, given_times, given } = sum;
            statement.execute(params![day, currency.code(), kind, taken_times, taken, given_times, given])?;
        }
        let mut statement = connection.prepare_cached(
            "insert into act_by_day (day, operator, act, detail, currency, times, amount)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (day, operator, act, detail, currency) do update set
                 times = times + excluded.times,
                 amount = amount + excluded.amount",
        )?;
        for ((day, operator, act, detail, currency), [times, amount]) in &self.acts {
            let currency = currency.as_ref().map_or("", Currency::code);
            statement.execute(params![day, operator.bytes(), act, detail, currency, times, amount])?;
        }
        Ok(())
    }

    fn write_sales(&self, connection: &Connection) -> Result<(), DatabaseError> {
        let mut statement = connection.prepare_cached(
            "insert into sales_by_day (day, currency, sales, lines, items, net, tax, total)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             on conflict (day, currency) do update set
                 sales = sales + excluded.sales,
                 lines = lines + excluded.lines,
                 items = items + excluded.items,
                 net = net + excluded.net,
                 tax = tax + excluded.tax,
                 total = total + excluded.total",
        )?;
        for ((day, currency), sum) in &self.days {
            let SaleSum { sales, lines, items, net, tax, total } = sum;
            statement.execute(params![day, currency.code(), sales, lines, items, net, tax, total])?;
        }
        let mut statement = connection.prepare_cached(
            "insert into sales_by_hour (day, hour, operator, currency, sales, lines, items, net, tax, total)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (day, hour, operator, currency) do update set
                 sales = sales + excluded.sales,
                 lines = lines + excluded.lines,
                 items = items + excluded.items,
                 net = net + excluded.net,
                 tax = tax + excluded.tax,
                 total = total + excluded.total",
        )?;
        for ((day, hour, operator, currency), sum) in &self.hours {
            let SaleSum { sales, lines, items, net, tax, total } = sum;
            let (operator, currency) = (operator.bytes(), currency.code());
            statement
                .execute(params![day, hour, operator, currency, sales, lines, items, net, tax, total])?;
        }
        Ok(())
    }

    fn write_products(&self, connection: &Connection) -> Result<(), DatabaseError> {
        let mut months: BTreeMap<(i64, ProductId, Currency), ProductSum> = BTreeMap::new();
        let mut statement = connection.prepare_cached(
            "insert into product_by_day (day, product, currency, lines, thousandths, net, tax)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (day, product, currency) do update set
                 lines = lines + excluded.lines,
                 thousandths = thousandths + excluded.thousandths,
                 net = net + excluded.net,
                 tax = tax + excluded.tax",
        )?;
        // Days come in order, so that a month is worked out once for each.
        let (mut of_day, mut month) = (None, 0);
        for (&(day, product, currency), sum) in &self.products {
            if of_day != Some(day) {
                (of_day, month) = (Some(day), month_of(day));
            }
            months.entry((month, product, currency)).or_default().add(sum)?;
            let ProductSum { lines, thousandths, net, tax } = sum;
            statement.execute(params![
                day,
                product.bytes(),
                currency.code(),
                lines,
                thousandths,
                net,
                tax
            ])?;
        }
        let mut statement = connection.prepare_cached(
            "insert into product_by_month (month, product, currency, lines, thousandths, net, tax)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (month, product, currency) do update set
                 lines = lines + excluded.lines,
                 thousandths = thousandths + excluded.thousandths,
                 net = net + excluded.net,
                 tax = tax + excluded.tax",
        )?;
        for ((month, product, currency), sum) in &months {
            let ProductSum { lines, thousandths, net, tax } = sum;
            let (product, currency) = (product.bytes(), currency.code());
            statement.execute(params![month, product, currency, lines, thousandths, net, tax])?;
        }
        Ok(())
    }
}

impl SaleSum {
    fn add(&mut self, more: &Self) -> Result<(), DatabaseError> {
        add(&mut self.sales, more.sales)?;
        add(&mut self.lines, more.lines)?;
        add(&mut self.items, more.items)?;
        add(&mut self.net, more.net)?;
        add(&mut self.tax, more.tax)?;
        add(&mut self.total, more.total)
    }
}

impl ProductSum {
    /// `tax` is the line's part of the sale's, so that products come to what their sales come to.
    fn of(line: &SoldLine, mode: TaxMode, tax: i64) -> Self {
        let net = match mode {
            TaxMode::Included => line.amount - tax,
            TaxMode::Added => line.amount,
        };
        // Of a pack the product's own units moved.
        let pack = line.pack.map_or(1_000, Quantity::as_thousandths);
        let thousandths = i128::from(line.quantity.as_thousandths()) * i128::from(pack) / 1_000;
        Self {
            lines: 1,
            thousandths: signed(line, i64::try_from(thousandths).unwrap_or(i64::MAX)),
            net: signed(line, net),
            tax: signed(line, tax),
        }
    }

    fn add(&mut self, more: &Self) -> Result<(), DatabaseError> {
        add(&mut self.lines, more.lines)?;
        add(&mut self.thousandths, more.thousandths)?;
        add(&mut self.net, more.net)?;
        add(&mut self.tax, more.tax)
    }
}

/// The part of the next line in the tax of its sale, in minor units and without sign.
fn part_of_tax(parts: &mut TaxParts, line: &SoldLine, currency: Currency) -> Result<i64, MoneyError> {
    let next = TaxedLine {
        rate: line.tax_rate,
        amount: Money::new(signed(line, line.amount), currency)?,
        tax: Money::new(line.tax, currency)?,
        is_of_another: line.of.is_some(),
    };
    Ok(parts.next(next)?.minor())
}

/// What a typed price took off a line: what the listed one would have come to, less what it came to before discounts. `None` where none
/// was typed, or the listed one comes to more than there is money: that nobody gave away.
fn given_away(line: &SoldLine, sale: &SaleCompletedFact) -> Option<i64> {
    let listed = line.list_price?.extend(line.quantity, sale.currency, sale.tax_policy.rounding).ok()?;
    let exempted = line.exempt.map_or(0, |exempted| exempted.off);
    let typed = line.amount + line.share + line.discount.map_or(0, |discount| discount.amount) + exempted;
    Some(signed(line, listed.minor() - typed))
}

/// How many pieces a line is: one by weight or measure is one.
fn pieces(line: &SoldLine) -> i64 {
    match line.unit {
        Unit::Each => line.quantity.as_thousandths() / 1_000,
        Unit::Kilogram | Unit::Litre | Unit::Metre => 1,
    }
}

/// A value of a line with the line's sign: what comes back is negative.
pub fn signed(line: &SoldLine, value: i64) -> i64 {
    match line.direction {
        Direction::Sale => value,
        Direction::Return => -value,
    }
}

/// The day a fact counts for: the one it says, else that of the clock, as facts of older versions do not say it.
fn day_of(placed: &Placed, said: Option<BusinessDay>) -> i64 {
    i64::from(said.unwrap_or_else(|| BusinessDay::of(&placed.header.moment)).unix_day())
}

/// The month of a day as the file counts them.
fn month_of(day: i64) -> i64 {
    i64::from(BusinessDay::from_unix_day(i32::try_from(day).unwrap_or(i32::MAX)).month().number())
}

/// The word an enum is written as.
fn word(value: serde_json::Value) -> Result<String, DatabaseError> {
    match value {
        serde_json::Value::String(word) => Ok(word),
        other => Err(DatabaseError::Value(format!("{other} is no word"))),
    }
}

/// SQLite would refuse such a sum too.
pub fn add(to: &mut i64, more: i64) -> Result<(), DatabaseError> {
    *to = to.checked_add(more).ok_or_else(|| DatabaseError::Value("a sum that is too large".into()))?;
    Ok(())
}
