//! The audit, for those who look after the shop: who did what, when, on which screen, and what it was before. Everything
//! is read from facts; an index behind them finds it.

pub(crate) mod entry;
mod refusals;
pub(crate) use refusals::Refusals;

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use crate::report::fold;
use crate::sale::own;
use crate::spreadsheet::{marked, separated};
use database::error::DatabaseError;
use domain::people::Permission;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use wire::audit::{AuditEntry, AuditFile, AuditPage, FindAudit};
use wire::envelope::Topic;
use wire::fact::{AuditExported, Fact};

/// Entries of a page.
const PAGE: u32 = 50;
/// Entries that are read for one page at most, when a word is looked for.
const READ_MAX: usize = 2_000;
/// Entries of a file at most.
const FILE_MAX: usize = 100_000;

/// `audit.list`
pub fn list(ask: &Ask<'_>, request: FindAudit) -> Result<AuditPage, Error> {
    fold(ask.terminal)?;
    let operations = ask.reader.audited_operations()?;
    let (entries, next) = find(ask, request, PAGE as usize, READ_MAX)?;
    Ok(AuditPage { entries, next, operations })
}

/// `audit.export`
pub fn export(act: &Act<'_>, request: FindAudit) -> Result<Exported, Error> {
    fold(act.terminal)?;
    let (entries, _) = act.read(|reader| {
        let ask = Ask { terminal: act.terminal, caller: act.caller, reader, now: act.now };
        find(&ask, request, FILE_MAX, usize::MAX)
    })?;
    let bytes = csv(&entries);
    let count = u32::try_from(entries.len()).unwrap_or(u32::MAX);
    let saved_at = MadeFile::Audit.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, operator) = (BlobHash::of(&bytes), act.operator);
    let done = act.commit(move |tx| {
        let fact = AuditExported { sha256: hash.to_string(), entries: count };
        tx.append(operator, &Fact::AuditExported(fact), &[])?;
        Ok(Exported { hash, saved_at, entries: count })
    })?;
    act.terminal.blobs.hold(MadeFile::Audit, bytes, Permission::ViewReports);
    Ok(done)
}

/// A file was made.
#[derive(Serialize, Deserialize)]
pub struct Exported {
    hash: BlobHash,
    saved_at: Option<String>,
    entries: u32,
}

impl Effect for Exported {
    type Answer = AuditFile;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<AuditFile, Error> {
        Ok(AuditFile {
            blob: self.hash.to_string(),
            file_name: MadeFile::Audit.name().to_owned(),
            saved_at: self.saved_at,
            entries: self.entries,
        })
    }
}

type Found = (Vec<AuditEntry>, Option<wire::audit::AuditPlace>);

/// Reads entries until there are `most`, or `read_max` were read, or none is left.
fn find(ask: &Ask<'_>, mut request: FindAudit, most: usize, read_max: usize) -> Result<Found, Error> {
    if let Some(own) = own::only(ask.caller) {
        request.operator = Some(own);
    }
    let word = request.text.take().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let mut entries = Vec::new();
    let mut read = 0;
    loop {
        let batch = ask.reader.audit(&request, PAGE)?;
        let is_last = batch.len() < PAGE as usize;
        for audited in batch {
            request.after = Some(audited.place);
            read += 1;
            let entry = entry::of(ask, audited)?;
            if word.as_ref().is_none_or(|word| entry::mentions(&entry, word)) {
                entries.push(entry);
            }
            if entries.len() == most {
                return Ok((entries, request.after));
            }
        }
        if is_last {
            return Ok((entries, None));
        }
        if read >= read_max {
            return Ok((entries, request.after));
        }
    }
}

/// The columns of a table of entries.
const HEAD: [&str; 11] = [
    "time",
    "operator",
    "operation",
    "screen",
    "door",
    "approver",
    "subject",
    "amount",
    "field",
    "before",
    "after",
];

/// The entries as a table, the newest first: a row for each change, or one for an entry without.
fn csv(entries: &[AuditEntry]) -> Vec<u8> {
    let mut table = separated(Vec::new()).expect("memory is always written to");
    table.write_record(HEAD).expect("memory is always written to");
    for entry in entries {
        let time = local(entry.at, entry.zone_min);
        let amount = entry.amount.map(|amount| amount.to_string());
        let head = [
            Some(&time),
            Some(&entry.operator_name),
            Some(&entry.operation),
            entry.screen.as_ref(),
            entry.door.as_ref(),
            entry.approver_name.as_ref(),
            entry.subject.as_ref(),
            amount.as_ref(),
        ];
        let mut row = |change: [Option<&String>; 3]| {
            let cells = head.iter().chain(&change).map(|cell| marked(cell.map_or("", String::as_str)));
            let cells = cells.map(|cell| cell.into_owned().into_bytes());
            table.write_record(cells).expect("rows of one length are written to memory");
        };
        if entry.changes.is_empty() {
            row([None; 3]);
        }
        for change in &entry.changes {
            row([Some(&change.field), change.before.as_ref(), change.after.as_ref()]);
        }
    }
    table.into_inner().expect("memory is always written to")
}

fn local(at: Timestamp, zone_min: i16) -> String {
    at.local(zone_min).to_string()
}

impl Terminal {
    /// Counts a call that was refused, where an auditor wants to know: what changes something for good, and everything
    /// that has to do with rights.
    pub(crate) fn note_refusal(
        &self,
        operation: Option<&'static wire::operations::Operation>,
        body: &wire::error::ErrorBody,
        caller: &crate::caller::Caller,
    ) {
        let Some(operation) = operation else { return };
        let about_rights = body.code.text().starts_with("people.");
        if body.class == domain::error::Class::Refusal && (operation.audited || about_rights) {
            let operator = caller.operator();
            self.refusals.count(operator, operation.name, body.code.text(), self.now());
        }
    }
}
