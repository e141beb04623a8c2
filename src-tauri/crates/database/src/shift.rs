//! Shifts as the ledger has them: what the running one comes to, and the facts of a drawer as they are found again.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::project::Stored;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::shift::{
    CashFlow, DiscountSum, Drawer, FIRST_DRAWER, RateSum, SECOND_DRAWER, ShiftFigures, TenderSum,
};
use domain::tax::TaxRate;
use domain::time::{Moment, Timestamp};
use domain::{ids::OperatorId, sale::OpenSale};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use wire::fact::Fact;

/// What the running shift of a drawer comes to, as far as the rollups are folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunningShift {
    /// When it began; `None` while nothing has moved its cash.
    pub began_at: Option<Timestamp>,
    /// Whether somebody stated its float.
    pub float_stated: bool,
    /// What it comes to.
    pub figures: ShiftFigures,
}

/// A fact of a drawer, found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawerFact {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// What it says.
    pub fact: Fact,
    /// When and where it was written.
    pub moment: Moment,
    /// Who did it.
    pub operator: OperatorId,
    /// Duplicates printed so far.
    pub copies: u32,
}

/// The kind of fact that states a float.
pub const OPENED: &str = "shift.opened";
/// The kind of fact that a movement of cash is.
pub const MOVED: &str = "cash.moved";
/// The kind of fact that a customer's payment of what they owe is.
pub const ACCOUNT_PAID: &str = "account.paid";
/// The kind of fact that a count is.
pub const COUNTED: &str = "shift.counted";
/// The kind of fact that closes a shift.
pub const CLOSED: &str = "shift.closed";

fn running(connection: &Connection, drawer: u8) -> Result<RunningShift, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select first_at, float_stated, float, taken, change, refunded_cash, paid_in, paid_out, expenses, drops,
             sales, sold, refunds, refunded, cancelled, no_sales, counts, rounding, discounts, discounted, corrected,
             tips, account_cash, account_card, account_written_off
         from shift_sum where drawer = ?1",
    )?;
    let found = statement
        .query_row([drawer], |row| {
            let cash = CashFlow {
                float: row.get(2)?,
                taken: row.get(3)?,
                change: row.get(4)?,
                refunded: row.get(5)?,
                paid_in: row.get(6)?,
                paid_out: row.get(7)?,
                expenses: row.get(8)?,
                drops: row.get(9)?,
                corrected: row.get(20)?,
                account: row.get(22)?,
            };
            let figures = ShiftFigures {
                cash,
                sales: row.get(10)?,
                sold: row.get(11)?,
                refunds: row.get(12)?,
                refunded: row.get(13)?,
                taxes: Vec::new(),
                tenders: Vec::new(),
                cancelled: row.get(14)?,
                no_sales: row.get(15)?,
                counts: row.get(16)?,
                rounding: row.get(17)?,
                tips: row.get(21)?,
                account_card: row.get(23)?,
                account_written_off: row.get(24)?,
                discounts: Some(DiscountSum { count: row.get(18)?, amount: row.get(19)? }),
            };
            let began_at = row.get::<_, Option<i64>>(0)?.map(Timestamp);
            Ok(RunningShift { began_at, float_stated: row.get(1)?, figures })
        })
        .optional()?;
    let mut shift = found.unwrap_or_default();
    shift.figures.discounts.get_or_insert_default();
    let mut statement =
        connection.prepare_cached("select rate, net, tax from shift_tax where drawer = ?1 order by rate")?;
    let mut rows = statement.query([drawer])?;
    while let Some(row) = rows.next()? {
        let rate = TaxRate::ppm(row.get(0)?).map_err(|error| DatabaseError::Value(error.to_string()))?;
        shift.figures.taxes.push(RateSum { rate, net: row.get(1)?, tax: row.get(2)? });
    }
    let mut statement = connection.prepare_cached(
        "select kind, count, taken, given from shift_tender where drawer = ?1 order by kind",
    )?;
    let mut rows = statement.query([drawer])?;
    while let Some(row) = rows.next()? {
        let kind = serde_json::from_value(serde_json::Value::String(row.get(0)?))?;
        let tender = TenderSum { kind, count: row.get(1)?, taken: row.get(2)?, given: row.get(3)? };
        shift.figures.tenders.push(tender);
    }
    Ok(shift)
}

fn held(connection: &Connection, drawer: u8, currency: Currency) -> Result<i64, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select cash from drawer where drawer = ?1 and currency = ?2")?;
    Ok(statement.query_row(params![drawer, currency.code()], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn chosen(connection: &Connection, operator: OperatorId) -> Result<u8, DatabaseError> {
    let mut statement = connection.prepare_cached("select drawer from drawer_choice where operator = ?1")?;
    Ok(statement.query_row([operator.bytes()], |row| row.get(0)).optional()?.unwrap_or(FIRST_DRAWER))
}

/// The open sales of those who use a drawer: of everybody, where the till has one.
fn all_open(connection: &Connection, drawer: Drawer) -> Result<Vec<OpenSale>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select header from open_sale left join drawer_choice on drawer_choice.operator = open_sale.operator
         where ?1 is null or ifnull(drawer, ?2) = ?1 order by sale",
    )?;
    let mut rows = statement.query(params![drawer.told(), FIRST_DRAWER])?;
    let mut sales: Vec<OpenSale> = Vec::new();
    while let Some(row) = rows.next()? {
        sales.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    // What is sold in training lies in no drawer.
    sales.retain(|sale| !sale.training);
    Ok(sales)
}

/// What is put aside was not paid: only what is open holds cash.
fn held_open(connection: &Connection, drawer: Drawer) -> Result<i64, DatabaseError> {
    Ok(all_open(connection, drawer)?.iter().fold(0_i64, |sum, sale| sum.saturating_add(sale.cash_held())))
}

fn found(connection: &Connection, place: Option<(i64, u32)>) -> Result<Option<DrawerFact>, DatabaseError> {
    let Some((arrival, copies)) = place else { return Ok(None) };
    let Some((stored, _)) = Stored::at(connection, arrival)? else { return Ok(None) };
    let (moment, operator) = (stored.placed.header.moment, stored.placed.header.actor);
    Ok(Some(DrawerFact { arrival, fact: stored.fact, moment, operator, copies }))
}

fn by_id(connection: &Connection, id: Uuid) -> Result<Option<DrawerFact>, DatabaseError> {
    let place = connection
        .prepare_cached("select arrival, copies from shift_fact where id = ?1")?
        .query_row([id.into_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found(connection, place)
}

fn last(connection: &Connection, drawer: u8, kind: &str) -> Result<Option<DrawerFact>, DatabaseError> {
    let place = connection
        .prepare_cached(
            "select arrival, copies from shift_fact where drawer = ?1 and kind = ?2 order by arrival desc limit 1",
        )?
        .query_row(params![drawer, kind], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found(connection, place)
}

impl Reader {
    /// What the running shift of a drawer comes to, as far as the rollups are folded.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn running_shift(&self, drawer: u8) -> Result<RunningShift, DatabaseError> {
        running(&self.ledger, drawer)
    }

    /// The fact of a drawer with this id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn drawer_fact(&self, id: Uuid) -> Result<Option<DrawerFact>, DatabaseError> {
        by_id(&self.ledger, id)
    }

    /// The last fact of a drawer of a kind.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn last_drawer_fact(&self, drawer: u8, kind: &str) -> Result<Option<DrawerFact>, DatabaseError> {
        last(&self.ledger, drawer, kind)
    }

    /// The facts of any drawer of a kind before a place, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn facts_of_drawers(
        &self,
        kind: &str,
        before: Option<i64>,
        max: u32,
    ) -> Result<Vec<DrawerFact>, DatabaseError> {
        let mut facts = Vec::new();
        // By the index each drawer has; there are two at most.
        for drawer in [FIRST_DRAWER, SECOND_DRAWER] {
            facts.extend(self.drawer_facts(drawer, kind, (0, before), max)?);
        }
        facts.sort_by_key(|found| std::cmp::Reverse(found.arrival));
        facts.truncate(max as usize);
        Ok(facts)
    }

    /// The facts of a drawer of a kind between two places, both excluded, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn drawer_facts(
        &self,
        drawer: u8,
        kind: &str,
        between: (i64, Option<i64>),
        max: u32,
    ) -> Result<Vec<DrawerFact>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(
            "select arrival, copies from shift_fact
             where drawer = ?1 and kind = ?2 and arrival > ?3 and arrival < ?4 order by arrival desc limit ?5",
        )?;
        let before = between.1.unwrap_or(i64::MAX);
        let places = statement
            .query_map(params![drawer, kind, between.0, before, max], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<Vec<(i64, u32)>, _>>()?;
        let mut facts = Vec::new();
        for place in places {
            facts.extend(found(&self.ledger, Some(place))?);
        }
        Ok(facts)
    }

    /// Whether anything of a drawer was ever written.
    ///
    /// # Errors
    /// `Disk`.
    pub fn has_drawer_facts(&self) -> Result<bool, DatabaseError> {
        Ok(self.ledger.prepare_cached("select 1 from shift_fact limit 1")?.exists([])?)
    }

    /// The drawer an operator took last; the first where they took none.
    ///
    /// # Errors
    /// `Disk`.
    pub fn chosen_drawer(&self, operator: OperatorId) -> Result<u8, DatabaseError> {
        chosen(&self.ledger, operator)
    }

    /// Cash of customers whose sale is still open, signed: it lies in the drawer of whoever has the sale, and counts with it.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn cash_held(&self, drawer: Drawer) -> Result<i64, DatabaseError> {
        held_open(&self.ledger, drawer)
    }

    /// How many sales are open of those who use a drawer.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_sales(&self, drawer: Drawer) -> Result<u32, DatabaseError> {
        Ok(u32::try_from(all_open(&self.ledger, drawer)?.len()).unwrap_or(u32::MAX))
    }
}

impl LedgerTx<'_> {
    /// What the running shift of a drawer comes to, with everything this transaction sees.
    ///
    /// # Errors
    /// `Disk`, `Full`, `Value`.
    pub fn running_shift(&self, drawer: u8) -> Result<RunningShift, DatabaseError> {
        self.fold_tail()?;
        running(self.connection, drawer)
    }

    /// What a drawer should hold, minor units.
    ///
    /// # Errors
    /// `Disk`.
    pub fn drawer_cash(&self, drawer: u8, currency: Currency) -> Result<i64, DatabaseError> {
        held(self.connection, drawer, currency)
    }

    /// The drawer an operator took last; the first where they took none.
    ///
    /// # Errors
    /// `Disk`.
    pub fn chosen_drawer(&self, operator: OperatorId) -> Result<u8, DatabaseError> {
        chosen(self.connection, operator)
    }

    /// The fact of a drawer with this id.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn drawer_fact(&self, id: Uuid) -> Result<Option<DrawerFact>, DatabaseError> {
        by_id(self.connection, id)
    }

    /// The last fact of a drawer of a kind.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn last_drawer_fact(&self, drawer: u8, kind: &str) -> Result<Option<DrawerFact>, DatabaseError> {
        last(self.connection, drawer, kind)
    }

    /// Cash of customers whose sale is still open, signed: it lies in the drawer of whoever has the sale, and counts with it.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn cash_held(&self, drawer: Drawer) -> Result<i64, DatabaseError> {
        held_open(self.connection, drawer)
    }

    /// The open sales of those who use a drawer.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn all_open_sales(&self, drawer: Drawer) -> Result<Vec<OpenSale>, DatabaseError> {
        all_open(self.connection, drawer)
    }
}
