//! What was not a plain sale, by who did it: the rows that five reports pick theirs from.

use super::Asked;
use super::operators::name;
use super::table::{Key, Of, Row, Table, currency, money};
use crate::error::DatabaseError;
use crate::reader::Reader;
use rusqlite::params;
use wire::report::CellValue;

/// The acts of a report, most often done first. `said` is what a row tells of what was done.
///
/// # Errors
/// `Disk`, `Value`.
pub fn table(
    reader: &Reader,
    asked: &Asked,
    acts: &[&str],
    said: Said,
    measure: &'static str,
) -> Result<Table, DatabaseError> {
    let mut statement = reader.ledger.prepare_cached(include_str!("acts.sql"))?;
    let operator = asked.operator.map(|operator| operator.bytes());
    let mut found = statement.query(params![asked.from.unix_day(), asked.to.unix_day(), operator])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let act: String = row.get(1)?;
        if !acts.contains(&act.as_str()) {
            continue;
        }
        let (id, detail): ([u8; 16], String) = (row.get(0)?, row.get(2)?);
        let code: String = row.get(3)?;
        let currency = if code.is_empty() { None } else { Some(currency(&code)?) };
        let amount = match currency {
            Some(currency) => money(row.get(5)?, currency)?,
            None => CellValue::Empty,
        };
        let times: i64 = row.get(4)?;
        let act_word = CellValue::Word(format!("act_{act}"));
        let reason = match detail.is_empty() {
            true => CellValue::Empty,
            false => CellValue::Word(format!("reason_{detail}")),
        };
        let mut cells = vec![name(reader, id)?];
        cells.extend(match said {
            Said::Nothing => Vec::new(),
            Said::Act => vec![act_word],
            Said::Detail => vec![reason],
            Said::Both => vec![act_word, reason],
        });
        cells.extend([CellValue::Count(times), amount]);
        let key = Key { currency, of: Of::IdWord(id, format!("{act} {detail}")) };
        rows.push((times, Row { key, cells }));
    }
    rows.sort_by(|(one, _), (other, _)| other.cmp(one));
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let columns: &[&str] = match said {
        Said::Nothing => &["operator", "times", "amount"],
        Said::Act => &["operator", "act", "times", "amount"],
        Said::Detail => &["operator", "reason", "times", "amount"],
        Said::Both => &["operator", "act", "reason", "times", "amount"],
    };
    Table::new(columns, measure, rows).with_totals(&["times", "amount"])
}

/// What a row says was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing: the report is of one act.
    Nothing,
    /// The act.
    Act,
    /// Its detail: why.
    Detail,
    /// The act, and why where that is known.
    Both,
}
