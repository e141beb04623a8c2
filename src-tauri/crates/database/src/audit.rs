//! The audit, read: entries by day, operator and operation from their index, each with its fact.

use crate::error::DatabaseError;
use crate::project::{Stored, audit};
use crate::reader::Reader;
use domain::ids::OperatorId;
use domain::time::BusinessDay;
use rusqlite::params;
use wire::audit::{AuditPlace, FindAudit};
use wire::fact::header::Header;
use wire::fact::{Fact, Origin, TrailEntry};
use wire::record::Detached;

/// An entry with the fact it comes from.
pub struct AuditedFact {
    /// Where it stands.
    pub place: AuditPlace,
    /// Who.
    pub operator: OperatorId,
    /// What was done.
    pub operation: String,
    /// The envelope of the fact.
    pub header: Header,
    /// The fact.
    pub fact: Fact,
    /// The call it came from.
    pub origin: Option<Origin>,
    /// Personal values beside it that are not erased.
    pub detached: Vec<Detached>,
}

impl AuditedFact {
    /// The entry of the sale's trail this is, or `None` when it is the fact itself.
    pub fn trail_entry(&self) -> Option<&TrailEntry> {
        let part = usize::try_from(self.place.part).ok()?;
        audit::trail(&self.fact).get(part.checked_sub(1)?)
    }
}

impl Reader {
    /// At most `max` entries behind a place, the newest first. Looks at the index that fits what is asked.
    ///
    /// # Errors
    /// `Disk`.
    pub fn audit(&self, find: &FindAudit, max: u32) -> Result<Vec<AuditedFact>, DatabaseError> {
        // Each is served by an index: by operator, by operation, or the order itself.
        let index = match (&find.operator, &find.operation) {
            (_, Some(_)) => "indexed by audit_by_operation",
            (Some(_), None) => "indexed by audit_by_operator",
            (None, None) => "not indexed",
        };
        let mut statement = self.ledger.prepare_cached(&format!(
            "select arrival, part, operator, operation from audit {index}
             where (arrival < ?1 or (arrival = ?1 and part < ?2))
               {} {} and day between ?5 and ?6
             order by arrival desc, part desc limit ?7",
            if find.operator.is_some() { "and operator = ?3" } else { "and ?3 is null" },
            if find.operation.is_some() { "and operation = ?4" } else { "and ?4 is null" },
        ))?;
        let after = find.after.unwrap_or(AuditPlace { arrival: i64::MAX, part: u32::MAX });
        let day = |day: Option<BusinessDay>, none| day.map_or(none, BusinessDay::unix_day);
        let mut rows = statement.query(params![
            after.arrival,
            after.part,
            find.operator.map(|operator| operator.bytes()),
            find.operation,
            day(find.from, i32::MIN),
            day(find.to, i32::MAX),
            max,
        ])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let place = AuditPlace { arrival: row.get(0)?, part: row.get(1)? };
            let Some((stored, origin)) = Stored::at(&self.ledger, place.arrival)? else { continue };
            entries.push(AuditedFact {
                place,
                operator: OperatorId::from_bytes(row.get(2)?),
                operation: row.get(3)?,
                header: stored.placed.header,
                fact: stored.fact,
                origin,
                detached: stored.detached,
            });
        }
        Ok(entries)
    }

    /// Every operation the audit knows, by name.
    ///
    /// # Errors
    /// `Disk`.
    pub fn audited_operations(&self) -> Result<Vec<String>, DatabaseError> {
        // One probe of the index for each operation, however many entries there are.
        let mut statement = self.ledger.prepare_cached(
            "with recursive known (operation) as (
                 select min(operation) from audit
                 union all
                 select (select min(operation) from audit where operation > known.operation)
                 from known where known.operation is not null)
             select operation from known where operation is not null",
        )?;
        let names = statement.query_map([], |row| row.get(0))?;
        Ok(names.collect::<Result<_, _>>()?)
    }
}
