//! An entry of the audit as people read it, made from its fact.

use crate::ask::Ask;
use crate::error::Error;
use database::audit::AuditedFact;
use database::record::StoredRecord;
use domain::ids::{CategoryId, CustomerId, OperatorId, ProductId};
use domain::money::Money;
use domain::people::Operator;
use domain::registrar::FieldChange;
use domain::sale::TrailAct;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::audit::{AuditChange, AuditEntry};
use wire::fact::{Fact, RecordErased};
use wire::record::{Detached, Entity, FieldValue};

/// What stands for a value that nobody is shown.
pub const HIDDEN: &str = "•••";

/// What an entry is about and what changed with it.
#[derive(Default)]
struct About {
    subject: Option<String>,
    amount: Option<Money>,
    changes: Vec<AuditChange>,
}

/// The entry of a fact or of one entry of its trail.
pub fn of(ask: &Ask<'_>, audited: AuditedFact) -> Result<AuditEntry, Error> {
    let (at, about, approver) = match audited.trail_entry() {
        Some(entry) => {
            let approver = match &entry.act {
                TrailAct::PriceOverridden { approved_by, .. } => *approved_by,
                TrailAct::LineVoided { .. }
                | TrailAct::QuantityChanged { .. }
                | TrailAct::AgeConfirmed { .. } => None,
            };
            let mut about = about_trail(&entry.act);
            about.subject = about_fact(ask, &audited)?.subject;
            (entry.at, about, approver)
        }
        None => {
            let approver = audited.origin.as_ref().and_then(|origin| origin.approver);
            (audited.header.moment.wall, about_fact(ask, &audited)?, approver)
        }
    };
    Ok(AuditEntry {
        place: audited.place,
        at,
        zone_min: audited.header.moment.zone_min,
        operator: audited.operator,
        operator_name: name_of(ask, audited.operator)?,
        operation: audited.operation,
        door: audited.origin.as_ref().map(|origin| origin.door.clone()),
        screen: audited.origin.and_then(|origin| origin.screen),
        approver_name: approver.map(|approver| name_of(ask, approver)).transpose()?,
        subject: about.subject,
        amount: about.amount,
        changes: about.changes,
    })
}

/// Whether a word, in lower case, stands somewhere in an entry.
pub fn mentions(entry: &AuditEntry, word: &str) -> bool {
    let changes = entry.changes.iter().flat_map(|change| {
        [Some(&change.field), change.before.as_ref(), change.after.as_ref()].into_iter().flatten()
    });
    let texts = [Some(&entry.operation), Some(&entry.operator_name), entry.subject.as_ref()];
    let texts = texts.into_iter().chain([entry.approver_name.as_ref(), entry.screen.as_ref()]).flatten();
    texts.chain(changes).any(|text| text.to_lowercase().contains(word))
}

fn about_trail(act: &TrailAct) -> About {
    let set = |field: &str, after: String| AuditChange {
        field: field.to_owned(),
        before: None,
        after: Some(after),
    };
    let (line, changed) = match act {
        TrailAct::AgeConfirmed { age } => {
            return About { changes: vec![set("age", age.to_string())], ..About::default() };
        }
        TrailAct::LineVoided { line } => (line, None),
        TrailAct::QuantityChanged { line, from, to } => {
            (line, Some(("quantity", from.to_string(), to.to_string())))
        }
        TrailAct::PriceOverridden { line, from, to, .. } => {
            (line, Some(("price", from.to_string(), to.to_string())))
        }
    };
    let line = set("line", line.to_string());
    let changed = changed.map(|(field, from, to)| AuditChange {
        field: field.to_owned(),
        before: Some(from),
        after: Some(to),
    });
    About { changes: std::iter::once(line).chain(changed).collect(), ..About::default() }
}

fn about_fact(ask: &Ask<'_>, audited: &AuditedFact) -> Result<About, Error> {
    let subject = |subject: String| About { subject: Some(subject), ..About::default() };
    let set = |field: &str, after: String| AuditChange {
        field: field.to_owned(),
        before: None,
        after: Some(after),
    };
    Ok(match &audited.fact {
        Fact::SaleCompleted(sale) => About {
            subject: Some(sale.receipt_number.clone()),
            amount: Money::new(sale.total, sale.currency).ok(),
            changes: vec![set("lines", sale.lines.len().to_string())],
        },
        Fact::SaleCancelled(sale) => About {
            amount: Money::new(sale.total, sale.currency).ok(),
            changes: vec![set("lines", sale.lines.len().to_string())],
            ..About::default()
        },
        Fact::RecordChanged(change) => About {
            subject: record_name(ask, change.entity, change.id)?,
            changes: shown_changes(&change.fields, &audited.detached),
            ..About::default()
        },
        Fact::RecordImported(import) => About {
            changes: vec![
                set("created", import.created.to_string()),
                set("updated", import.updated.to_string()),
                set("skipped", import.skipped.to_string()),
            ],
            ..subject(import.file.clone())
        },
        Fact::RecordExported(made) => About {
            changes: vec![set("records", made.records.to_string())],
            ..subject(made.entity.code().to_owned())
        },
        Fact::RecordErased(erased) => About { changes: erasures(erased), ..About::default() },
        Fact::ReceiptReprinted(reprint) => About {
            changes: vec![set("copy", reprint.copy.to_string())],
            ..subject(reprint.receipt_number.clone())
        },
        Fact::ReceiptConfirmed(confirmed) => subject(confirmed.receipt_number.clone()),
        Fact::ReceiptGivenUp(given_up) => About {
            changes: vec![set("copy", given_up.copy.to_string())],
            ..subject(given_up.receipt_number.clone())
        },
        Fact::DrawerOpened(opened) => {
            let reason = serde_json::to_value(opened.reason).map(|reason| text(&reason)).unwrap_or_default();
            About { changes: vec![set("reason", reason)], ..About::default() }
        }
        Fact::CallRefused(refused) => About {
            changes: vec![set("count", refused.count.to_string()), set("code", refused.code.clone())],
            ..subject(refused.operation.clone())
        },
        Fact::FaultRecorded(fault) => {
            About { changes: vec![set("code", fault.code.clone())], ..subject(fault.reference.clone()) }
        }
        Fact::LedgerOpened(opened) => {
            let reason = serde_json::to_value(opened.reason).map(|reason| text(&reason)).unwrap_or_default();
            About { changes: vec![set("reason", reason)], ..subject(opened.series.clone()) }
        }
        Fact::KeyIntroduced(key) => About {
            changes: vec![set("kept_in", key.kept_in.clone())],
            ..subject(key.public_key.chars().take(16).collect())
        },
        Fact::ClockJumped(jump) => About {
            changes: vec![AuditChange {
                field: "clock".to_owned(),
                before: Some(jump.expected.local(audited.header.moment.zone_min).to_string()),
                after: Some(jump.shown.local(audited.header.moment.zone_min).to_string()),
            }],
            ..About::default()
        },
        Fact::StockCounted(count) => About {
            subject: record_name(ask, Entity::Product, count.product.0)?,
            changes: vec![
                set("on_hand", count.counted.to_string()),
                set("reason", serde_json::to_value(count.reason).map(|word| text(&word)).unwrap_or_default()),
            ],
            ..About::default()
        },
        Fact::ProductMerged(merge) => About {
            subject: record_name(ask, Entity::Product, merge.merged.0)?,
            changes: record_name(ask, Entity::Product, merge.kept.0)?
                .map(|kept| set("merged_into", kept))
                .into_iter()
                .collect(),
            ..About::default()
        },
        Fact::BundleMade(made) => subject(made.sha256.chars().take(16).collect()),
        Fact::AuditExported(made) => {
            About { changes: vec![set("entries", made.entries.to_string())], ..About::default() }
        }
        Fact::SignedIn(_) | Fact::SignedOut(_) | Fact::BackupAsked(_) | Fact::Unknown { .. } => {
            About::default()
        }
    })
}

/// What was erased: that it was, and of which field.
pub fn erasures(erased: &RecordErased) -> Vec<AuditChange> {
    let gone =
        |field: &String| AuditChange { field: field.clone(), before: Some(HIDDEN.to_owned()), after: None };
    erased.fields.iter().map(gone).collect()
}

/// The changes of a record as people read them.
pub fn shown_changes(
    fields: &BTreeMap<String, FieldChange<FieldValue>>,
    detached: &[Detached],
) -> Vec<AuditChange> {
    let open = |value: &FieldValue| match value {
        FieldValue::Open(Value::Null) => None,
        FieldValue::Open(value) => Some(text(value)),
        FieldValue::Committed { .. } => Some(HIDDEN.to_owned()),
    };
    let change = |(field, change): (&String, &FieldChange<FieldValue>)| {
        let after = match &change.new {
            FieldValue::Committed { .. } if field != "pin" => {
                // Gone once it was erased.
                let kept = detached.iter().find(|kept| kept.field == *field);
                kept.and_then(|kept| serde_json::from_slice(&kept.value).ok()).map(|value| text(&value))
            }
            value => open(value),
        };
        AuditChange { field: field.clone(), before: open(&change.old), after }
    };
    fields.iter().map(change).collect()
}

/// A value as people read it: texts without their quotes.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What an operator is called; nothing once it was erased, and for the till.
pub fn name_of(ask: &Ask<'_>, operator: OperatorId) -> Result<String, Error> {
    if operator == OperatorId::TERMINAL {
        return Ok(String::new());
    }
    let stored = ask.reader.record(Entity::Operator, operator.0)?;
    Ok(stored.map(StoredRecord::read::<Operator>).transpose()?.map_or_else(String::new, |person| person.name))
}

/// What a record is called today.
fn record_name(ask: &Ask<'_>, entity: Entity, id: Uuid) -> Result<Option<String>, Error> {
    Ok(match entity {
        Entity::Product => ask.reader.product_record(ProductId(id))?.map(|(_, product)| product.name),
        Entity::Category => ask.reader.category(CategoryId(id))?.map(|(_, category)| category.name),
        Entity::Customer => ask.reader.customer(CustomerId(id))?.map(|stored| stored.customer.name),
        Entity::Operator => Some(name_of(ask, OperatorId(id))?),
        _ => {
            let stored = ask.reader.record(entity, id)?;
            stored.and_then(|stored| stored.fields.get("name").map(text))
        }
    })
}
