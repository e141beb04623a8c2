//! Makes backups by itself: each business day in its first quiet moment, and when somebody asks; copies them to the
//! second place when that is there; and lets go of what was kept long enough.

use super::{Next, Worker};
use crate::Terminal;
use crate::backup::{pictures, plan_of};
use crate::error::Error;
use crate::fault::Place;
use database::Reader;
use database::archive;
use database::backup::{self, BackupFailure, Erasures, Kept, Making};
use database::change_set;
use database::error::DatabaseError;
use domain::backup::{BackupPlan, BackupReason};
use domain::time::{BusinessDay, Moment, Month};
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use wire::backup::{BackupFailed, SecondPlace};
use wire::envelope::Topic;
use wire::record::Entity;

/// How long nothing was saved when the till counts as quiet: longer than a customer takes to find their purse.
const QUIET: Duration = Duration::from_secs(120);
/// How long a day's backup waits for a quiet moment before it is made beside the sales.
const QUIET_LONGEST: Duration = Duration::from_secs(4 * 3_600);
/// When it is looked again whether a new day began, or the second place came back.
const LOOK_AGAIN: Duration = Duration::from_secs(300);
/// When an attempt that failed is repeated.
const RETRY: Duration = Duration::from_secs(600);
/// How long the copy rests after each slice while the till sells: the disk is the sale's then.
const REST: Duration = Duration::from_millis(20);
/// Bytes that stay free on the disk after a backup: what a full till needs to go on for a long time.
const SPARE_BYTES: u64 = 1 << 30;

/// The worker that keeps backups.
pub struct BackupKeeper {
    terminal: Arc<Terminal>,
    stopping: Arc<AtomicBool>,
    /// Commits seen, and when the last of them was noticed.
    commits: u64,
    committed_ms: u64,
    /// The day whose backup is there.
    done: Option<BusinessDay>,
    /// The day whose backup is due, and since when one is.
    due: Option<BusinessDay>,
    due_since_ms: Option<u64>,
    /// Before this it is not looked again whether one is due.
    look_due_ms: u64,
    /// Before this nothing that failed is repeated.
    retry_ms: u64,
    /// When the second place is looked at next.
    look_ms: u64,
    /// Whether what an earlier run left was looked through.
    adopted: bool,
    /// Whether the copies are to be looked through for what was erased in the ledger.
    erasures_due: bool,
    /// The month in which it was seen last that all months before it are archived.
    archived: Option<Month>,
}

impl Worker for BackupKeeper {
    const NAME: &'static str = "backup";

    fn step(&mut self) -> Next {
        self.step()
    }
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl BackupKeeper {
    /// A worker of a terminal. While `stopping` is set a copy under way is given up.
    pub fn new(terminal: Arc<Terminal>, stopping: Arc<AtomicBool>) -> Self {
        Self {
            commits: terminal.wake.seen(),
            terminal,
            stopping,
            committed_ms: 0,
            done: None,
            due: None,
            due_since_ms: None,
            look_due_ms: 0,
            retry_ms: 0,
            look_ms: 0,
            adopted: false,
            erasures_due: true,
            archived: None,
        }
    }

    /// Makes the backup that was asked for or is due, or else copies the newest one to the second place.
    pub fn step(&mut self) -> Next {
        let now = self.terminal.now();
        let commits = self.terminal.wake.seen();
        if commits != self.commits {
            self.commits = commits;
            self.committed_ms = now.mono_ms;
        }
        if self.terminal.is_restarting() || self.stopping.load(Ordering::Acquire) {
            return Next::WhenWoken;
        }
        if self.terminal.backups.take_asked() {
            self.make(BackupReason::Asked, &now);
            return Next::Again;
        }
        if self.terminal.backups.take_look_again() {
            self.look_ms = 0;
        }
        if now.mono_ms >= self.retry_ms && self.is_due(&now) {
            if self.may_begin(&now) {
                self.make(BackupReason::Daily, &now);
                return Next::Again;
            }
            return Next::Within(QUIET);
        }
        if self.archive_is_due(&now) {
            return Next::Again;
        }
        if std::mem::take(&mut self.erasures_due) {
            self.erase_in_copies(&now);
        }
        if now.mono_ms >= self.look_ms {
            self.look_ms = now.mono_ms + ms(LOOK_AGAIN);
            self.look_at_second_place(&now);
        }
        Next::Within(LOOK_AGAIN)
    }

    /// Whether this business day has no backup yet. The demo shop, and a till that is not set up, have nothing to lose.
    fn is_due(&mut self, now: &Moment) -> bool {
        let today = BusinessDay::of(now);
        if self.terminal.options.demo || self.done == Some(today) {
            return false;
        }
        // Every commit wakes this worker: what it found out it does not look up again.
        if self.due == Some(today) {
            return true;
        }
        if now.mono_ms < self.look_due_ms {
            return false;
        }
        self.look_due_ms = now.mono_ms + ms(LOOK_AGAIN);
        match self.look(now, today) {
            Ok(due) => due,
            Err(error) => {
                self.fail(&error, now);
                false
            }
        }
    }

    fn look(&mut self, now: &Moment, today: BusinessDay) -> Result<bool, Error> {
        let store = self.terminal.store.0;
        let set_up = self.terminal.database.read(|reader| reader.record(Entity::Shop, store))?.is_some();
        if !set_up {
            return Ok(false);
        }
        let disk = self.terminal.surroundings.disk.as_ref();
        let shelf = self.terminal.shelf();
        if !self.adopted {
            backup::adopt(disk, &shelf, now.wall)?;
            self.adopted = true;
        }
        let kept = backup::kept(disk, &shelf).map_err(DatabaseError::Directory)?;
        if kept.iter().filter_map(|kept| kept.manifest.as_ref()).any(|manifest| manifest.day() == today) {
            self.done = Some(today);
            return Ok(false);
        }
        self.due = Some(today);
        self.due_since_ms.get_or_insert(now.mono_ms);
        Ok(true)
    }

    /// Whether the till is quiet, or was not for so long that the backup is made beside the sales.
    fn may_begin(&self, now: &Moment) -> bool {
        let waits = now.mono_ms.saturating_sub(self.due_since_ms.unwrap_or(now.mono_ms));
        let quiet = now.mono_ms.saturating_sub(self.committed_ms);
        quiet >= ms(QUIET) || waits >= ms(QUIET_LONGEST)
    }

    fn make(&mut self, reason: BackupReason, now: &Moment) {
        self.terminal.backups.begin();
        self.terminal.announce(&[Topic::Health]);
        match self.try_make(reason, now) {
            Ok(()) => {
                self.done = Some(BusinessDay::of(now));
                self.due_since_ms = None;
                self.look_ms = 0;
                self.erasures_due = true;
                self.terminal.backups.end(None);
            }
            Err(Error::Database(DatabaseError::Stopped)) => self.terminal.backups.end(None),
            Err(error) => self.fail(&error, now),
        }
        self.terminal.announce(&[Topic::Health]);
    }

    fn try_make(&self, reason: BackupReason, now: &Moment) -> Result<(), Error> {
        let terminal = &self.terminal;
        let disk = terminal.surroundings.disk.as_ref();
        let shelf = terminal.shelf();
        let plan = terminal.database.read(|reader: &Reader| plan_of(terminal, reader))?;
        let bytes = terminal.database.ledger_bytes()?.saturating_add(SPARE_BYTES);
        if !backup::make_room(disk, &shelf, bytes).map_err(BackupFailure::of_disk)? {
            return Err(DatabaseError::Full.into());
        }
        if let Err(error) = terminal.sign_head() {
            // A backup without a signature of its last facts is better than none.
            tracing::error!(%error, "the head could not be signed before a backup");
        }
        let making = Making { moment: *now, reason, pepper: terminal.pins.pepper() };
        let made = terminal.database.back_up(&shelf, &making, &mut self.pace())?;
        tracing::info!(file = made.file, bytes = made.bytes, "backup made and checked");
        pictures::keep(&terminal.options.data_dir).map_err(BackupFailure::of_disk)?;
        change_set::keep(disk, &terminal.options.data_dir, &mut self.pace())?;
        backup::thin_out(disk, &shelf, &plan).map_err(BackupFailure::of_disk)?;
        Ok(())
    }

    /// After each slice: goes on at once while the till is quiet, after a rest while it sells, and not at all once it
    /// stops.
    fn pace(&self) -> impl FnMut() -> bool {
        let (terminal, stopping) = (Arc::clone(&self.terminal), Arc::clone(&self.stopping));
        let mut seen = terminal.wake.seen();
        let mut sold_at: Option<Instant> = None;
        move || {
            let commits = terminal.wake.seen();
            if commits != seen {
                seen = commits;
                sold_at = Some(Instant::now());
            }
            if sold_at.is_some_and(|at| at.elapsed() < Duration::from_secs(1)) {
                let until = Instant::now() + REST;
                while let Some(left) =
                    until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
                {
                    terminal.wake.wait(terminal.wake.seen(), Some(left), &stopping);
                    if stopping.load(Ordering::Acquire) {
                        return false;
                    }
                }
            }
            !stopping.load(Ordering::Acquire)
        }
    }

    /// Archives one month that is over, once in a month; returns whether there was one.
    fn archive_is_due(&mut self, now: &Moment) -> bool {
        let this_month = BusinessDay::of(now).month();
        if self.terminal.options.demo || self.archived == Some(this_month) || now.mono_ms < self.retry_ms {
            return false;
        }
        match self.archive(now) {
            Ok(true) => {
                self.look_ms = 0;
                self.terminal.announce(&[Topic::Health]);
                true
            }
            Ok(false) => {
                self.archived = Some(this_month);
                false
            }
            Err(Error::Database(DatabaseError::Stopped)) => false,
            Err(error) => {
                self.fail(&error, now);
                false
            }
        }
    }

    fn archive(&self, now: &Moment) -> Result<bool, Error> {
        let terminal = &self.terminal;
        let disk = terminal.surroundings.disk.as_ref();
        let folder = terminal.archives();
        let sign = |message: &[u8]| {
            terminal
                .sign_message(message)
                .map_err(|error| DatabaseError::Directory(io::Error::other(error.to_string())))
        };
        if let Some(made) = terminal.database.archive(&folder, now, &sign, &mut self.pace())? {
            tracing::info!(month = made.month, facts = made.facts, "month archived");
            return Ok(true);
        }
        let plan = terminal.database.read(|reader: &Reader| plan_of(terminal, reader))?;
        for archive in archive::archives(disk, &folder).map_err(BackupFailure::of_disk)? {
            let month = Month::parse(&archive.month);
            if month.is_some_and(|month| plan.archive_is_outdated(month, BusinessDay::of(now))) {
                archive::remove(disk, &folder, &archive).map_err(BackupFailure::of_disk)?;
            }
        }
        Ok(false)
    }

    /// Empties in older copies what was erased since, at their next turn: after each backup, and when the till starts.
    fn erase_in_copies(&mut self, now: &Moment) {
        match self.try_erase(now) {
            Ok(()) | Err(Error::Database(DatabaseError::Stopped)) => {}
            Err(error) => {
                self.erasures_due = true;
                self.fail(&error, now);
            }
        }
    }

    fn try_erase(&mut self, now: &Moment) -> Result<(), Error> {
        let terminal = Arc::clone(&self.terminal);
        let disk = terminal.surroundings.disk.as_ref();
        if terminal.database.erase_in_sets()? > 0 {
            tracing::info!("what was erased is empty in the change-sets too");
        }
        let place = terminal.database.read(|reader: &Reader| plan_of(&terminal, reader))?.second_place;
        let away = place.map(|place| terminal.second_shelf(&place));
        let away = away.filter(|folder| backup::is_ready(disk, folder));
        let mut shelves = vec![(terminal.shelf(), terminal.archives())];
        shelves.extend(away.map(|folder| (folder.clone(), folder.join(archive::FOLDER))));
        let mut copies = Vec::new();
        let mut archives = Vec::new();
        for (shelf, folder) in shelves {
            copies.extend(backup::kept(disk, &shelf).map_err(BackupFailure::of_disk)?);
            for archive in archive::archives(disk, &folder).map_err(BackupFailure::of_disk)? {
                archives.push((folder.clone(), archive));
            }
        }
        if copies.is_empty() && archives.is_empty() {
            return Ok(());
        }
        let erasures = Erasures::of(&terminal.database)?;
        let mut pace = self.pace();
        for kept in &copies {
            if backup::erase(disk, kept, &erasures, now.wall, &mut pace)? {
                tracing::info!(file = name(&kept.path), "what was erased is empty in a backup too");
            }
        }
        for (folder, archive) in &archives {
            backup::erase_in_archive(disk, folder, archive, &erasures, &mut pace)?;
        }
        Ok(())
    }

    fn look_at_second_place(&mut self, now: &Moment) {
        let (is, there) = match self.second_place() {
            Ok(Some((is, there))) => (Some(is), there),
            Ok(None) => (None, BTreeSet::new()),
            Err(Error::Database(DatabaseError::Stopped)) => return,
            Err(error) => {
                self.fail(&error, now);
                (Some(SecondPlace::Failed), BTreeSet::new())
            }
        };
        if self.terminal.backups.second_place(is, there) {
            self.terminal.announce(&[Topic::Health]);
        }
    }

    /// Brings the second place up to date if it is there. `None` where none is set.
    fn second_place(&self) -> Result<Option<(SecondPlace, BTreeSet<String>)>, Error> {
        let terminal = &self.terminal;
        let disk = terminal.surroundings.disk.as_ref();
        let plan = terminal.database.read(|reader: &Reader| plan_of(terminal, reader))?;
        let Some(place) = &plan.second_place else { return Ok(None) };
        let folder = terminal.second_shelf(place);
        if !backup::is_ready(disk, &folder) {
            return Ok(Some((SecondPlace::Missing, BTreeSet::new())));
        }
        let here = backup::kept(disk, &terminal.shelf()).map_err(BackupFailure::of_disk)?;
        let newest = here.iter().find(|kept| kept.manifest.is_some());
        let there = names(disk, &folder)?;
        if let Some(newest) = newest.filter(|newest| !there.contains(&name(&newest.path))) {
            terminal.backups.begin();
            let carried = self.carry(newest, &folder, &plan);
            if carried.is_ok() {
                terminal.backups.end(None);
            }
            carried?;
        }
        archive::carry(disk, &terminal.archives(), &folder.join(archive::FOLDER), &mut self.pace())?;
        Ok(Some((SecondPlace::UpToDate, names(disk, &folder)?)))
    }

    fn carry(&self, newest: &Kept, folder: &Path, plan: &BackupPlan) -> Result<(), Error> {
        let disk = self.terminal.surroundings.disk.as_ref();
        backup::carry(disk, newest, folder, &mut self.pace())?;
        pictures::carry(&self.terminal.shelf(), folder).map_err(BackupFailure::of_disk)?;
        change_set::carry(disk, &self.terminal.shelf(), folder, &mut self.pace())?;
        backup::thin_out(disk, folder, plan).map_err(BackupFailure::of_disk)?;
        // Not where: a path may hold a person's name, and the log goes to whoever helps.
        tracing::info!("the backup is at the second place too");
        Ok(())
    }

    fn fail(&mut self, error: &Error, now: &Moment) {
        let body = error.body(&self.terminal.surroundings);
        tracing::error!(reference = body.reference, "no backup could be made or copied");
        self.terminal.note_fault(&body, Place::Beside("backup"), None);
        self.retry_ms = now.mono_ms + ms(RETRY);
        let failed = BackupFailed { code: body.code, reference: body.reference, at: now.wall };
        self.terminal.backups.end(Some(failed));
    }
}

/// The names of the backups in a folder that count.
fn names(disk: &dyn database::disk::Disk, folder: &Path) -> Result<BTreeSet<String>, Error> {
    let kept = backup::kept(disk, folder).map_err(BackupFailure::of_disk)?;
    Ok(kept.iter().filter(|kept| kept.manifest.is_some()).map(|kept| name(&kept.path)).collect())
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
