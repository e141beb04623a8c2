//! An entry of the audit as people read it, made from its fact.

use crate::ask::Ask;
use crate::error::Error;
use database::audit::AuditedFact;
use database::record::StoredRecord;
use domain::currency::Currency;
use domain::discount::DiscountBy;
use domain::ids::{CategoryId, CustomerId, OperatorId, ProductId};
use domain::money::Money;
use domain::people::Operator;
use domain::registrar::FieldChange;
use domain::sale::TrailAct;
use domain::tax::TaxRate;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::audit::{AuditChange, AuditEntry};
use wire::fact::{Fact, RecordErased};
use wire::record::{Detached, Entity, FieldValue};

/// What stands for a value that nobody is shown.
pub const HIDDEN: &str = "•••";

/// Fields whose values are shown to nobody.
const SECRET: [&str; 3] = ["pin", "badge", "recovery"];

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
                TrailAct::PriceOverridden { approved_by, .. }
                | TrailAct::Discounted { approved_by, .. }
                | TrailAct::TaxExempted { approved_by, .. }
                | TrailAct::Reversed { approved_by, .. }
                | TrailAct::TakenBack { approved_by, .. } => *approved_by,
                TrailAct::LineVoided { .. }
                | TrailAct::QuantityChanged { .. }
                | TrailAct::AgeConfirmed { .. }
                | TrailAct::TenderTaken { .. }
                | TrailAct::TenderReturned { .. }
                | TrailAct::CustomerSet { .. }
                | TrailAct::TakeawaySet { .. }
                | TrailAct::SellerSet { .. }
                | TrailAct::Undone { .. }
                | TrailAct::Suspended {}
                | TrailAct::Resumed { .. } => None,
            };
            let mut about = about_trail(&entry.act, currency_of(&audited.fact));
            about.subject = about_fact(ask, &audited)?.subject;
            if let TrailAct::CustomerSet { customer: Some(customer) } = entry.act {
                about.changes = vec![number_of(ask, customer)?];
            }
            if let TrailAct::SellerSet { seller: Some(seller), .. } = entry.act {
                let after = Some(name_of(ask, seller)?);
                about.changes.push(AuditChange { field: "seller".to_owned(), before: None, after });
            }
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

/// The shop's number of a customer: who that is stands with the customer.
fn number_of(ask: &Ask<'_>, customer: CustomerId) -> Result<AuditChange, Error> {
    let number = ask.reader.customer(customer)?.and_then(|stored| stored.customer.number);
    let after = Some(number.unwrap_or_else(|| HIDDEN.to_owned()));
    Ok(AuditChange { field: "customer".to_owned(), before: None, after })
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

fn about_trail(act: &TrailAct, currency: Option<Currency>) -> About {
    let set = |field: &str, after: String| AuditChange {
        field: field.to_owned(),
        before: None,
        after: Some(after),
    };
    let (line, changed) = match act {
        TrailAct::AgeConfirmed { age } => {
            return About { changes: vec![set("age", age.to_string())], ..About::default() };
        }
        TrailAct::CustomerSet { customer } => {
            // Of one that is put on, the number is told.
            let taken_off = customer.is_none().then(|| set("customer", String::new()));
            return About { changes: taken_off.into_iter().collect(), ..About::default() };
        }
        TrailAct::SellerSet { line, seller } => {
            // Of a colleague, the name is told.
            let line = line.map(|line| set("line", line.to_string()));
            let own = seller.is_none().then(|| set("seller", String::new()));
            return About { changes: line.into_iter().chain(own).collect(), ..About::default() };
        }
        TrailAct::Undone { what, line } => {
            let line = line.map(|line| set("line", line.to_string()));
            let changes = line.into_iter().chain([set("undone", word(what))]).collect();
            return About { changes, ..About::default() };
        }
        TrailAct::TakeawaySet { takeaway } => {
            return About { changes: vec![set("takeaway", takeaway.to_string())], ..About::default() };
        }
        TrailAct::TaxExempted { reason, .. } => {
            let reason = reason.map(|reason| word(&reason)).unwrap_or_default();
            return About { changes: vec![set("exempt", reason)], ..About::default() };
        }
        TrailAct::Suspended {} | TrailAct::Resumed { .. } => return About::default(),
        TrailAct::TakenBack { receipt_number, .. } | TrailAct::Reversed { receipt_number, .. } => {
            return About { changes: vec![set("receipt", receipt_number.clone())], ..About::default() };
        }
        TrailAct::Discounted { line, by, reason, .. } => {
            let mut changes: Vec<_> = line.map(|line| set("line", line.to_string())).into_iter().collect();
            let mut amount = None;
            match by {
                Some(DiscountBy::Part { ppm }) => {
                    let part = TaxRate::ppm(*ppm).map_or_else(|_| ppm.to_string(), |part| part.to_string());
                    changes.push(set("discount", format!("{part} %")));
                }
                Some(DiscountBy::Amount { minor }) => {
                    amount = currency.and_then(|currency| Money::new(*minor, currency).ok());
                }
                None => changes.push(set("discount", String::new())),
            }
            changes.extend(reason_code(*reason).map(|reason| set("reason", reason)));
            return About { amount, changes, ..About::default() };
        }
        TrailAct::TenderTaken { kind, amount } | TrailAct::TenderReturned { kind, amount } => {
            let amount = currency.and_then(|currency| Money::new(*amount, currency).ok());
            return About { amount, changes: vec![set("tender", word(kind))], ..About::default() };
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

/// A reason as it is written, which is what its words are found by.
fn reason_code(reason: impl Serialize) -> Option<String> {
    serde_json::to_value(reason).ok()?.as_str().map(str::to_owned)
}

/// The currency of a sale.
const fn currency_of(fact: &Fact) -> Option<Currency> {
    match fact {
        Fact::SaleCompleted(sale) => Some(sale.currency),
        Fact::SaleCancelled(sale) => Some(sale.currency),
        _ => None,
    }
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
            changes: std::iter::once(set("lines", sale.lines.len().to_string()))
                .chain(sale.reason.and_then(reason_code).map(|reason| set("reason", reason)))
                .collect(),
            ..About::default()
        },
        Fact::PaymentBegun(payment) => About {
            amount: Money::new(payment.amount, payment.currency).ok(),
            changes: vec![set("tender", word(&payment.kind)), set("direction", word(&payment.direction))],
            ..About::default()
        },
        Fact::PaymentEnded(payment) => About {
            amount: Money::new(payment.amount, payment.currency).ok(),
            changes: [set("result", word(&payment.result)), set("direction", word(&payment.direction))]
                .into_iter()
                .chain(payment.reference.clone().map(|reference| set("reference", reference)))
                .collect(),
            ..About::default()
        },
        Fact::PaymentCorrected(correction) => About {
            subject: Some(correction.receipt_number.clone()),
            amount: Money::new(correction.amount, correction.currency).ok(),
            changes: vec![
                AuditChange {
                    field: "tender".to_owned(),
                    before: Some(word(&correction.from)),
                    after: Some(word(&correction.to)),
                },
                set("reason", word(&correction.reason)),
            ],
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
            subject: match made.id {
                // An account has no name of its own.
                Some(id) => record_name(ask, Entity::Customer, id)?,
                None => Some(made.entity.code().to_owned()),
            },
            ..About::default()
        },
        Fact::RecordErased(erased) => About { changes: erasures(erased), ..About::default() },
        Fact::ReceiptReprinted(reprint) => About {
            changes: vec![set("copy", reprint.copy.to_string())],
            ..subject(reprint.receipt_number.clone())
        },
        Fact::ReceiptMailed(mailed) => About {
            changes: vec![set("copy", mailed.copy.to_string())],
            ..subject(mailed.receipt_number.clone())
        },
        Fact::ReportMailed(mailed) => About {
            changes: vec![set("from", mailed.from.to_string()), set("to", mailed.to.to_string())],
            ..subject(mailed.report.clone())
        },
        Fact::StatementMailed(mailed) => About {
            subject: record_name(ask, Entity::Customer, mailed.customer.0)?,
            changes: vec![set("from", mailed.from.to_string()), set("to", mailed.to.to_string())],
            ..About::default()
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
        Fact::DrawerChosen(chosen) => {
            About { changes: vec![set("drawer", chosen.drawer.to_string())], ..About::default() }
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
        Fact::ShiftOpened(opened) => {
            About { amount: Money::new(opened.float, opened.currency).ok(), ..About::default() }
        }
        Fact::CashMoved(moved) => About {
            amount: Money::new(moved.amount, moved.currency).ok(),
            changes: vec![set("movement", word(&moved.kind)), set("reason", word(&moved.reason))],
            ..About::default()
        },
        Fact::AccountPaid(paid) => About {
            subject: record_name(ask, Entity::Customer, paid.customer.0)?,
            amount: Money::new(paid.amount, paid.currency).ok(),
            changes: vec![set("tender", word(&paid.kind))],
        },
        Fact::DebtWrittenOff(off) => About {
            subject: record_name(ask, Entity::Customer, off.customer.0)?,
            amount: Money::new(off.amount, off.currency).ok(),
            changes: vec![set("reason", word(&off.reason))],
        },
        Fact::ShiftCounted(count) => About {
            amount: Money::new(count.counted, count.currency).ok(),
            changes: vec![AuditChange {
                field: "drawer_cash".to_owned(),
                before: Money::new(count.expected, count.currency).ok().map(|money| money.to_string()),
                after: Money::new(count.counted, count.currency).ok().map(|money| money.to_string()),
            }],
            ..About::default()
        },
        Fact::ShiftClosed(closed) => About {
            subject: Some(closed.z_number.clone()),
            amount: Money::new(closed.over_short, closed.currency).ok(),
            changes: closed.reason.map(|reason| set("reason", word(&reason))).into_iter().collect(),
        },
        Fact::ShiftReprinted(reprint) => About {
            changes: vec![set("copy", reprint.copy.to_string())],
            ..subject(reprint.z_number.clone())
        },
        Fact::InvoiceIssued(invoice) => About {
            subject: Some(invoice.invoice_number.clone()),
            amount: Money::new(invoice.total, invoice.currency).ok(),
            changes: vec![set("receipt", invoice.receipt_number.clone())],
        },
        Fact::InvoiceGiven(given) => About {
            changes: vec![set("copy", given.copy.to_string())],
            ..subject(given.invoice_number.clone())
        },
        Fact::BundleMade(made) => subject(made.sha256.chars().take(16).collect()),
        Fact::AuditExported(made) => {
            About { changes: vec![set("entries", made.entries.to_string())], ..About::default() }
        }
        Fact::ShiftRead(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::BackupAsked(_)
        | Fact::Unknown { .. } => About::default(),
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
            FieldValue::Committed { .. } if !SECRET.contains(&field.as_str()) => {
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

/// The word of a value that is one of a few.
fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).map(|value| text(&value)).unwrap_or_default()
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
