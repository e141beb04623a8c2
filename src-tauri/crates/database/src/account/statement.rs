//! What moved customers' accounts, day by day. The clock may have gone back, so the order is that of the days, and within a
//! day that of arrival; every balance is what the account stands at now less what came after it.

use super::balance;
use crate::error::DatabaseError;
use crate::project::{Stored, tender_code};
use crate::reader::Reader;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use domain::time::BusinessDay;
use rusqlite::{Connection, params};
use wire::fact::Fact;

/// Which account: whose, of which kind of tender, in which currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountOf {
    /// Whose.
    pub customer: CustomerId,
    /// Store credit, or what is owed.
    pub kind: TenderKind,
    /// Its currency.
    pub currency: Currency,
}

/// A place among an account's movements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovementPlace {
    /// The day it counts for, in days since 1970-01-01.
    pub day: i32,
    /// Its fact's place among all facts of this file.
    pub arrival: i64,
}

impl MovementPlace {
    /// Before everything of a day.
    pub fn before(day: BusinessDay) -> Self {
        Self { day: day.unix_day(), arrival: 0 }
    }
}

/// Something that moved an account.
#[derive(Debug, Clone)]
pub struct Movement {
    /// Where it stands.
    pub place: MovementPlace,
    /// What it moved the balance by, minor units.
    pub minor: i64,
    /// What happened.
    pub fact: Fact,
}

/// What moved an account within some days: of one moment, whatever is sold beside it.
#[derive(Debug, Clone)]
pub struct MovementPage {
    /// What it stood at when the first day began, minor units.
    pub opening: i64,
    /// By how much it grew within the days.
    pub added: i64,
    /// By how much it shrank within them, without sign.
    pub taken_off: i64,
    /// What it stood at behind the place the page begins at.
    pub before: i64,
    /// What moved it from there on.
    pub movements: Vec<Movement>,
    /// Whether there is more.
    pub is_more: bool,
}

impl Reader {
    /// What moved an account from the first day to the last, at most `max` of it; `behind` is where the page before ended.
    /// Costs what came since the first day.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn account_page(
        &self,
        of: AccountOf,
        [from, to]: [BusinessDay; 2],
        behind: Option<MovementPlace>,
        max: usize,
    ) -> Result<MovementPage, DatabaseError> {
        // What is sold meanwhile would be in one sum and not in the other. Nothing is written, so nothing is committed.
        let moment = self.ledger.unchecked_transaction()?;
        let begin = MovementPlace::before(from);
        let opening = stood_at(&moment, of, begin)?;
        let [added, taken_off] = moved(&moment, of, from, to)?;
        let (behind, before) = match behind {
            Some(place) => (place, stood_at(&moment, of, place)?),
            None => (begin, opening),
        };
        let mut movements = movements(&moment, of, behind, to, max.saturating_add(1))?;
        let is_more = movements.len() > max;
        movements.truncate(max);
        Ok(MovementPage { opening, added, taken_off, before, movements, is_more })
    }

    /// The first day since which an account was never settled; `None` where it stands at nothing, or below. Costs what came
    /// since then.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn account_open_since(&self, of: AccountOf) -> Result<Option<BusinessDay>, DatabaseError> {
        let AccountOf { customer, kind, currency } = of;
        let mut statement = self.ledger.prepare_cached(
            "with settled (arrival) as (
                 select arrival
                 from account_movement
                 where customer = ?1 and kind = ?2 and currency = ?3 and balance <= 0
                 order by arrival desc
                 limit 1)
             select min(day)
             from account_movement
             where customer = ?1 and kind = ?2 and currency = ?3
               and arrival > coalesce((select arrival from settled), 0)",
        )?;
        let day: Option<i32> = statement
            .query_row(params![customer.bytes(), tender_code(kind)?, currency.code()], |row| row.get(0))?;
        Ok(day.map(BusinessDay::from_unix_day))
    }
}

/// What an account stood at behind a place, minor units: what it stands at now, less what came since.
fn stood_at(connection: &Connection, of: AccountOf, place: MovementPlace) -> Result<i64, DatabaseError> {
    let AccountOf { customer, kind, currency } = of;
    let now = balance(connection, customer, kind, currency)?;
    let since: i64 = connection
        .prepare_cached(
            "select coalesce(sum(minor), 0)
             from account_movement
             where customer = ?1 and kind = ?2 and currency = ?3 and (day, arrival) > (?4, ?5)",
        )?
        .query_row(
            params![customer.bytes(), tender_code(kind)?, currency.code(), place.day, place.arrival],
            |row| row.get(0),
        )?;
    Ok(now.saturating_sub(since))
}

/// By how much an account grew and by how much it shrank within some days, both without sign.
fn moved(
    connection: &Connection,
    of: AccountOf,
    from: BusinessDay,
    to: BusinessDay,
) -> Result<[i64; 2], DatabaseError> {
    let AccountOf { customer, kind, currency } = of;
    let mut statement = connection.prepare_cached(
        "select coalesce(sum(max(minor, 0)), 0), coalesce(sum(max(-minor, 0)), 0)
         from account_movement
         where customer = ?1 and kind = ?2 and currency = ?3 and day between ?4 and ?5",
    )?;
    Ok(statement.query_row(
        params![customer.bytes(), tender_code(kind)?, currency.code(), from.unix_day(), to.unix_day()],
        |row| Ok([row.get(0)?, row.get(1)?]),
    )?)
}

fn movements(
    connection: &Connection,
    of: AccountOf,
    behind: MovementPlace,
    to: BusinessDay,
    max: usize,
) -> Result<Vec<Movement>, DatabaseError> {
    let AccountOf { customer, kind, currency } = of;
    let mut statement = connection.prepare_cached(
        "select day, arrival, minor
         from account_movement
         where customer = ?1 and kind = ?2 and currency = ?3 and (day, arrival) > (?4, ?5) and day <= ?6
         order by day, arrival
         limit ?7",
    )?;
    let max = i64::try_from(max).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![
        customer.bytes(),
        tender_code(kind)?,
        currency.code(),
        behind.day,
        behind.arrival,
        to.unix_day(),
        max
    ])?;
    let mut movements = Vec::new();
    while let Some(row) = rows.next()? {
        let place = MovementPlace { day: row.get(0)?, arrival: row.get(1)? };
        let Some((stored, _)) = Stored::at(connection, place.arrival)? else {
            // It moved the balance, so it is not left out: whoever asks is told that the ledger is damaged.
            return Err(DatabaseError::Value(format!("the fact at {} cannot be read", place.arrival)));
        };
        movements.push(Movement { place, minor: row.get(2)?, fact: stored.fact });
    }
    Ok(movements)
}
