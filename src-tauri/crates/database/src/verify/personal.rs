//! Personal values beside facts: rule 11 of `docs/ledger-format.md`.

use super::Report;
use super::fault::{Faults, Problem};
use super::value::bytes;
use rusqlite::Connection;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use wire::fact::header::{Hash, Header};
use wire::record::hex;

/// Checks every personal value that is kept against the commitment in its fact, and counts the erased ones.
///
/// # Errors
/// What SQLite answers.
pub fn check(connection: &Connection, report: &mut Report, faults: &mut Faults) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "select d.arrival, d.field, d.salt, d.value, f.log, f.seq, f.envelope, f.payload
         from detached d left join fact f on f.arrival = d.arrival order by d.arrival, d.field",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let value = match row.get_ref(3)? {
            rusqlite::types::ValueRef::Null => {
                report.erased_values += 1;
                continue;
            }
            value => bytes(value),
        };
        report.personal_values += 1;
        let field = String::from_utf8_lossy(bytes(row.get_ref(1)?)).into_owned();
        let place: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        let (Some(log), Some(seq)) = place else {
            faults.file(Problem::PersonalValueForeign { field });
            continue;
        };
        let committed = commitment(bytes(row.get_ref(6)?), bytes(row.get_ref(7)?), &field);
        let salt = bytes(row.get_ref(2)?);
        let there: Hash = Sha256::new().chain_update(salt).chain_update(value).finalize().into();
        match committed {
            None => faults.place(log, seq, Problem::PersonalValueForeign { field }),
            Some(committed) if committed != hex(&there) => {
                faults.place(log, seq, Problem::PersonalValueChanged { field });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// What a fact commits to for a field.
fn commitment(envelope: &[u8], payload: &[u8], field: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Changed {
        fields: BTreeMap<String, serde_json::Value>,
    }
    #[derive(Deserialize)]
    struct Noted {
        #[serde(alias = "buyer")]
        notes: BTreeMap<String, serde_json::Value>,
    }
    let header = Header::decode(envelope).ok()?;
    if matches!((header.kind.as_str(), header.kind_version), ("sale.completed" | "invoice.issued", 1)) {
        let noted: Noted = serde_json::from_slice(payload).ok()?;
        return Some(noted.notes.get(field)?.get("commitment")?.as_str()?.to_owned());
    }
    if (header.kind.as_str(), header.kind_version) != ("record.changed", 1) {
        return None;
    }
    let changed: Changed = serde_json::from_slice(payload).ok()?;
    Some(changed.fields.get(field)?.get("new")?.get("commitment")?.as_str()?.to_owned())
}
