//! Which facts the next archive holds.

use super::{Archive, STEP};
use crate::backup::BackupFailure;
use crate::error::DatabaseError;
use domain::time::{BusinessDay, Moment, Month};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use wire::fact::header::{Header, envelope_hash};
use wire::record::hex;

/// The facts of a month that is over.
pub struct Period {
    /// The month.
    pub month: Month,
    /// The place of its first fact among all facts of the ledger.
    pub first_arrival: i64,
    /// The place of its last fact.
    pub last_arrival: i64,
}

/// What of a ledger stands in archives.
#[derive(Default)]
struct Covered {
    /// Every fact up to this arrival.
    arrival: i64,
    /// Behind it, by log, every fact up to this place.
    places: BTreeMap<i64, i64>,
}

impl Period {
    /// The first facts that no archive holds and that belong to one month before this one; `made` are the archives, the
    /// newest first.
    ///
    /// # Errors
    /// What the ledger answers; `Stopped` when `pace` says no.
    pub fn next(
        ledger: &Connection,
        made: &[Archive],
        now: &Moment,
        pace: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Self>, BackupFailure> {
        let covered = Covered::of(ledger, made)?;
        let this_month = BusinessDay::of(now).month();
        let earliest = made.first().and_then(|archive| Month::parse(&archive.month)).map(Month::following);
        let mut statement = ledger
            .prepare("select arrival, envelope, log, seq from fact where arrival > ?1 order by arrival")?;
        let mut rows = statement.query([covered.arrival])?;
        let mut period: Option<Self> = None;
        let mut seen = 0_u64;
        while let Some(row) = rows.next()? {
            let arrival: i64 = row.get(0)?;
            let envelope = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let (log, seq): (i64, i64) = (row.get(2)?, row.get(3)?);
            // A life begins behind all that was put back with it, so nothing covered comes behind the first that is not.
            if period.is_none() && covered.places.get(&log).is_some_and(|place| seq <= *place) {
                continue;
            }
            let moment = Header::decode(envelope).map_err(DatabaseError::from)?.moment;
            let month = BusinessDay::of(&moment).month();
            // A clock that was ahead does not tell the month, nor one that was behind what is archived already.
            let current = period.as_ref().map(|period| period.month).or(earliest);
            let month = match current {
                Some(current) if month > this_month || month < current => current,
                None if month > this_month => this_month,
                _ => month,
            };
            match &mut period {
                Some(period) if period.month == month => period.last_arrival = arrival,
                Some(_) => break,
                None => period = Some(Self { month, first_arrival: arrival, last_arrival: arrival }),
            }
            if period.as_ref().is_some_and(|period| period.month >= this_month) {
                return Ok(None);
            }
            seen += 1;
            if seen.is_multiple_of(STEP) && !pace() {
                return Err(DatabaseError::Stopped.into());
            }
        }
        Ok(period)
    }
}

impl Covered {
    /// Facts are told by log and place, not by arrival alone: a ledger that was put back counts on from where the backup
    /// ended, and the archives of the life that is lost hold other facts there. The newest archive whose ends stand in
    /// this ledger covers everything before; the ones after it, what the two lives have in common.
    fn of(ledger: &Connection, made: &[Archive]) -> Result<Self, DatabaseError> {
        let mut covered = Self::default();
        for archive in made {
            let mut last = 0;
            let mut is_ours = !archive.ends.is_empty();
            for end in &archive.ends {
                let place = i64::try_from(end.seq).unwrap_or(i64::MAX);
                let log: Option<i64> = ledger
                    .prepare_cached("select id from log where incarnation = ?1")?
                    .query_row([end.incarnation.bytes()], |row| row.get(0))
                    .optional()?;
                let found: Option<(i64, Vec<u8>)> = ledger
                    .prepare_cached("select arrival, envelope from fact where log = ?1 and seq = ?2")?
                    .query_row(params![log, place], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?;
                let same = found.as_ref().map(|(_, envelope)| hex(&envelope_hash(envelope)) == end.hash);
                // Another fact at that place is another history, of which the archive holds nothing.
                if let Some(log) = log.filter(|_| same != Some(false)) {
                    let known = covered.places.entry(log).or_default();
                    *known = place.max(*known);
                }
                is_ours &= same == Some(true);
                last = last.max(found.map_or(0, |(arrival, _)| arrival));
            }
            if is_ours {
                covered.arrival = last;
                break;
            }
        }
        Ok(covered)
    }
}
