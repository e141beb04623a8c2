//! How the till itself is: what each part knows about itself, gathered into one line each. Nothing here is remembered;
//! who asks is told how it is now.

mod bundle;
pub use bundle::bundle;

use crate::Terminal;
use crate::ask::Ask;
use crate::backup::Condition;
use crate::device;
use crate::error::Error;
use crate::key::KeptIn;
use crate::log;
use crate::reserve::Room;
use database::error::DatabaseError;
use database::health::{Noted, sqlite_version};
use database::{Purpose, Reader};
use domain::device::DeviceState;
use domain::mail::MailState;
use domain::people::Permission;
use domain::time::{Moment, Timestamp};
use wire::backup::SecondPlace;
use wire::fact::{FaultRecorded, OpenReason};
use wire::health::{
    DeviceTrouble, FaultView, FindReference, FoundReference, Health, HealthArea, HealthDetails, HealthItem,
    HealthReason, HealthState,
};
use wire::session::Nothing;

/// How long after it a jump of the clock is worth a word, milliseconds.
const JUMP_SHOWN_MS: i64 = 7 * DAY_MS;
/// How far the clock may be behind the ledger before a person has to look: less than a time service corrects.
const BEHIND_MS: i64 = 2_000;
const DAY_MS: i64 = 86_400_000;
/// Days without a backup after which somebody has to look.
const BACKUP_OLD_DAYS: i64 = 3;
/// Faults that are shown.
const FAULTS_SHOWN: u32 = 20;
/// Faults among which a reference is looked for: at one a minute, a week of nothing but faults.
const FAULTS_SEARCHED: u32 = 10_000;
/// Characters of a reference without its hyphen.
const REFERENCE_LENGTH: usize = 8;

/// `health.show`
pub fn show(ask: &Ask<'_>, _: Nothing) -> Result<Health, Error> {
    let items = items(ask.terminal, ask.reader, &ask.now)?;
    let state = items.iter().map(|item| item.state).max().unwrap_or(HealthState::Fine);
    let details = if ask.caller.may(Permission::ManageSettings) {
        Some(details(ask.terminal, ask.reader)?)
    } else {
        None
    };
    Ok(Health { state, items, details })
}

/// `health.find_reference`
pub fn find_reference(ask: &Ask<'_>, request: FindReference) -> Result<FoundReference, Error> {
    let reference = as_written(&request.reference);
    if reference.len() != REFERENCE_LENGTH + 1 {
        return Ok(FoundReference { reference, fault: None, lines: Vec::new() });
    }
    let faults = ask.reader.faults(FAULTS_SEARCHED)?;
    let fault = faults.iter().find(|noted| noted.fact.reference == reference).map(fault_view);
    let lines = log::find(&ask.terminal.options.data_dir, &reference).map_err(DatabaseError::Directory)?;
    Ok(FoundReference { reference, fault, lines })
}

/// A reference as the till writes it, however it was heard: without spaces, in capitals, in two groups.
fn as_written(heard: &str) -> String {
    let letters: String = heard
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(REFERENCE_LENGTH)
        .collect();
    match letters.len() {
        REFERENCE_LENGTH => format!("{}-{}", &letters[..4], &letters[4..]),
        _ => letters,
    }
}

/// How everything is, for a worker that only wants to know whether that is news.
pub(crate) fn states(terminal: &Terminal) -> Result<Vec<HealthState>, Error> {
    terminal
        .database
        .read(|reader| Ok(items(terminal, reader, &terminal.now())?.iter().map(|item| item.state).collect()))
}

fn items(terminal: &Terminal, reader: &Reader, now: &Moment) -> Result<Vec<HealthItem>, Error> {
    Ok(vec![
        disk(terminal),
        clock(terminal, reader, now)?,
        ledger(terminal, reader, now)?,
        key_store(terminal),
        backup(terminal, now)?,
        devices(terminal, reader)?,
        HealthItem::new(HealthArea::Hub, HealthReason::HubNone),
        mail(terminal, reader)?,
    ])
}

fn disk(terminal: &Terminal) -> HealthItem {
    let reason = match terminal.reserve.room() {
        Room::Enough => HealthReason::DiskFine,
        Room::Low => HealthReason::DiskLow,
        Room::Full => HealthReason::DiskFull,
        Room::Silent | Room::Unknown => HealthReason::DiskUnknown,
    };
    let known = reason != HealthReason::DiskUnknown;
    HealthItem {
        bytes: known.then(|| terminal.reserve.free_bytes()),
        ..HealthItem::new(HealthArea::Disk, reason)
    }
}

fn clock(terminal: &Terminal, reader: &Reader, now: &Moment) -> Result<HealthItem, Error> {
    let item = |reason, at| HealthItem { at, ..HealthItem::new(HealthArea::Clock, reason) };
    let head = terminal.database.head(Purpose::Selling)?;
    let last = head.map_or(0, |head| i64::try_from(head.hlc.0 >> 16).unwrap_or(i64::MAX));
    if now.wall.0.saturating_add(BEHIND_MS) < last {
        return Ok(item(HealthReason::ClockBehind, Some(Timestamp(last))));
    }
    let jump = reader.clock_jump()?;
    Ok(match jump.filter(|jump| now.wall.0.saturating_sub(jump.shown.0) < JUMP_SHOWN_MS) {
        Some(jump) => item(HealthReason::ClockJumped, Some(jump.shown)),
        None => item(HealthReason::ClockFine, None),
    })
}

fn ledger(terminal: &Terminal, reader: &Reader, now: &Moment) -> Result<HealthItem, Error> {
    // A recorder writes at once what waits; what is older found no ledger to be written to.
    let stuck = terminal.faults.waiting().iter().any(|fault| now.wall.0 - fault.fact.at.0 > 10_000);
    let started = terminal.started();
    let lacking = u32::try_from(reader.unapplied()?.len()).unwrap_or(u32::MAX);
    let reason = match started.reincarnated {
        _ if stuck => HealthReason::LedgerFailing,
        _ if lacking > 0 => HealthReason::LedgerSetsMissing,
        Some((reason, _)) => new_log(reason),
        None if started.guard_damaged => HealthReason::LedgerGuardDamaged,
        None if !terminal.tail_is_checked() => HealthReason::LedgerUnchecked,
        None => HealthReason::LedgerFine,
    };
    let count = (reason == HealthReason::LedgerSetsMissing).then_some(lacking);
    Ok(HealthItem { count, ..HealthItem::new(HealthArea::Ledger, reason) })
}

const fn new_log(reason: OpenReason) -> HealthReason {
    match reason {
        OpenReason::New | OpenReason::Training => HealthReason::LedgerFine,
        OpenReason::Restored => HealthReason::LedgerRestored,
        OpenReason::Replaced => HealthReason::LedgerReplaced,
        OpenReason::RolledBack => HealthReason::LedgerRolledBack,
        OpenReason::Copied => HealthReason::LedgerCopied,
        OpenReason::GuardLost => HealthReason::LedgerGuardLost,
        OpenReason::Forked => HealthReason::LedgerForked,
        OpenReason::Damaged => HealthReason::LedgerDamaged,
    }
}

fn key_store(terminal: &Terminal) -> HealthItem {
    let reason = match terminal.key_kept_in() {
        _ if terminal.pins.is_from_backup() => HealthReason::PinsRestored,
        Some(KeptIn::KeyStore) => HealthReason::KeyStored,
        Some(KeptIn::File) => HealthReason::KeyInFile,
        None => HealthReason::KeyUnused,
    };
    HealthItem::new(HealthArea::KeyStore, reason)
}

fn backup(terminal: &Terminal, now: &Moment) -> Result<HealthItem, Error> {
    let Condition { newest, failed, second_place } = terminal.backup_condition()?;
    let days = newest.map_or(0, |at| now.wall.0.saturating_sub(at.0) / DAY_MS);
    let (reason, at) = match (newest, failed, second_place) {
        (_, Some(failed), _) => (HealthReason::BackupFailed, Some(failed)),
        (None, None, _) => (HealthReason::BackupNone, None),
        (Some(_), None, _) if days >= BACKUP_OLD_DAYS => (HealthReason::BackupOld, newest),
        (Some(_), None, Some(SecondPlace::Missing | SecondPlace::Failed)) => {
            (HealthReason::BackupPlaceMissing, newest)
        }
        (Some(_), None, None) => (HealthReason::BackupHereOnly, newest),
        (Some(_), None, Some(SecondPlace::UpToDate | SecondPlace::Behind)) => {
            (HealthReason::BackupFine, newest)
        }
    };
    let count = if reason == HealthReason::BackupOld { u32::try_from(days).ok() } else { None };
    Ok(HealthItem { at, count, ..HealthItem::new(HealthArea::Backup, reason) })
}

fn devices(terminal: &Terminal, reader: &Reader) -> Result<HealthItem, Error> {
    let status = device::status_of(terminal, reader)?;
    let item = |reason| HealthItem::new(HealthArea::Devices, reason);
    let broken = status.devices.iter().find(|device| device.state == DeviceState::NotReady);
    if let Some(broken) = broken {
        let device = broken.reason.map(|reason| DeviceTrouble { role: broken.role, reason });
        return Ok(HealthItem { device, ..item(HealthReason::DevicesNotReady) });
    }
    if status.jobs_uncertain > 0 {
        return Ok(HealthItem { count: Some(status.jobs_uncertain), ..item(HealthReason::DevicesUncertain) });
    }
    if terminal.lacks_letters() {
        return Ok(item(HealthReason::DevicesLettersMissing));
    }
    let absent = status.devices.iter().all(|device| device.state == DeviceState::Absent);
    Ok(item(if absent { HealthReason::DevicesNone } else { HealthReason::DevicesFine }))
}

/// What has to be looked at comes before what goes by itself.
fn mail(terminal: &Terminal, reader: &Reader) -> Result<HealthItem, Error> {
    let item = |reason| HealthItem::new(HealthArea::Mail, reason);
    let open = reader.open_letters()?;
    let of = |state| open.iter().filter(move |letter| letter.state == state);
    let count = |state| u32::try_from(of(state).count()).ok();
    if let Some(failed) = of(MailState::Failed).next() {
        let count = count(MailState::Failed);
        return Ok(HealthItem { count, mail: failed.reason, ..item(HealthReason::MailFailed) });
    }
    if of(MailState::Uncertain).next().is_some() {
        return Ok(HealthItem { count: count(MailState::Uncertain), ..item(HealthReason::MailUncertain) });
    }
    // One that was not tried yet leaves in a moment.
    if let Some(oldest) = of(MailState::Queued).next()
        && let Some(tried) = of(MailState::Queued).find(|letter| letter.reason.is_some())
    {
        let (count, at) = (count(MailState::Queued), Some(oldest.queued_at));
        return Ok(HealthItem { count, at, mail: tried.reason, ..item(HealthReason::MailWaiting) });
    }
    let is_set_up = crate::mail::settings_of(terminal, reader)?.1.is_set_up();
    Ok(item(if is_set_up { HealthReason::MailFine } else { HealthReason::MailNone }))
}

fn details(terminal: &Terminal, reader: &Reader) -> Result<HealthDetails, Error> {
    let head = terminal.database.head(Purpose::Selling)?.ok_or(DatabaseError::HeadLost)?;
    Ok(HealthDetails {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sqlite: sqlite_version().to_owned(),
        system: system(),
        data_dir: terminal.options.data_dir.display().to_string(),
        series: head.series,
        incarnation: head.identity.incarnation,
        facts: head.seq,
        reserve_bytes: terminal.reserve.kept_bytes(terminal.surroundings.disk.as_ref()),
        faults: reader.faults(FAULTS_SHOWN)?.iter().map(fault_view).collect(),
    })
}

/// The operating system as it calls itself, and the processor.
fn system() -> String {
    // Where the file is missing or says nothing, the bare name does.
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = name.map_or(std::env::consts::OS, |name| name.trim_matches('"'));
    format!("{name} {}", std::env::consts::ARCH)
}

fn fault_view(noted: &Noted<FaultRecorded>) -> FaultView {
    FaultView {
        reference: noted.fact.reference.clone(),
        code: noted.fact.code.clone(),
        operation: noted.fact.operation.clone(),
        at: noted.fact.at,
        operator: noted.header.actor,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_found_however_it_was_heard() {
        for heard in ["AB12-CD34", "ab12cd34", " ab 12 cd 34 ", "AB12–CD34 "] {
            assert_eq!(as_written(heard), "AB12-CD34", "{heard}");
        }
        assert_eq!(as_written("ab1"), "AB1");
    }
}
