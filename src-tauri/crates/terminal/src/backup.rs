//! Backups: what there is, what somebody asks for, and how one takes the place of what is here. They are made by the
//! worker (`workers::backup`).

pub(crate) mod pictures;

use crate::Terminal;
use crate::act::{Act, Effect, PendingRequest};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{Saved, change, topics, wanted};
use crate::start::{REPLACED_MARK, RESTORED_MARK};
use crate::{ask, places};
use database::archive::{self, Archive};
use database::backup::{self, BackupFailure, Kept, Pepper};
use database::change_set;
use database::disk::Disk;
use database::error::DatabaseError;
use database::restore::{self, Damage, Undecided};
use database::{Database, Reader};
use domain::backup::BackupPlan;
use domain::ids::TerminalId;
use domain::people::{NeedsApproval, PeopleError, Permission};
use domain::settings::SettingsError;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wire::backup::{
    ArchiveView, BackupContents, BackupError, BackupFailed, BackupList, BackupView, BackupWork, FindBackups,
    FoundBackups, RestoreBackup, Restoring, SaveBackupPlan, SecondPlace,
};
use wire::envelope::Topic;
use wire::fact::{BackupAsked, Fact};
use wire::record::Entity;
use wire::session::Nothing;

/// The backups of a folder that are shown at most.
const SHOWN_MAX: usize = 200;

/// What the worker and the calls tell each other.
#[derive(Default)]
pub(crate) struct Backups {
    state: Mutex<State>,
    /// Held while a backup is put in the ledger's place.
    restoring: Mutex<()>,
}

#[derive(Default)]
struct State {
    asked: bool,
    look_again: bool,
    work: Work,
    failure: Option<BackupFailed>,
    second_place: Option<SecondPlace>,
    /// The names of the backups that the second place has.
    there: BTreeSet<String>,
    /// The call that had a backup take the ledger's place, and what came of it. No ledger can remember it: this one goes, and
    /// the other one was there before.
    restored: Option<(PendingRequest, Restored)>,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Work {
    #[default]
    Nothing,
    Making,
    Restarting,
}

impl Backups {
    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere cannot leave it half changed: every change is a single step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody asked for a backup since this was asked last.
    pub fn take_asked(&self) -> bool {
        std::mem::take(&mut self.state().asked)
    }

    /// Whether the plan changed since this was asked last.
    pub fn take_look_again(&self) -> bool {
        std::mem::take(&mut self.state().look_again)
    }

    pub fn begin(&self) {
        self.state().work = Work::Making;
    }

    /// Notes how making or copying a backup ended.
    pub fn end(&self, failure: Option<BackupFailed>) {
        let mut state = self.state();
        state.failure = failure;
        if state.work == Work::Making && !state.asked {
            state.work = Work::Nothing;
        }
    }

    /// Notes how the second place is and what it has. Returns whether that is news.
    pub fn second_place(&self, is: Option<SecondPlace>, there: BTreeSet<String>) -> bool {
        let mut state = self.state();
        let news = state.second_place != is || state.there != there;
        state.second_place = is;
        state.there = there;
        news
    }
}

/// How the backups are, for those who look after the till.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Condition {
    /// When the newest one that counts was made.
    pub newest: Option<Timestamp>,
    /// When the last attempt failed; `None` when it did not.
    pub failed: Option<Timestamp>,
    /// How the second place is; `None` where none is set.
    pub second_place: Option<SecondPlace>,
}

impl Terminal {
    /// The folder of the backups.
    pub(crate) fn shelf(&self) -> PathBuf {
        self.options.data_dir.join(backup::FOLDER)
    }

    /// The folder of the archives.
    pub(crate) fn archives(&self) -> PathBuf {
        self.options.data_dir.join(archive::FOLDER)
    }

    /// The folder of this till in a place that several tills may share.
    pub(crate) fn second_shelf(&self, place: &str) -> PathBuf {
        shelf_in(place, self.id)
    }

    /// How the backups are.
    pub(crate) fn backup_condition(&self) -> Result<Condition, Error> {
        let kept =
            backup::kept(self.surroundings.disk.as_ref(), &self.shelf()).map_err(DatabaseError::Directory)?;
        let state = self.backups.state();
        Ok(Condition {
            newest: kept.iter().find_map(|kept| kept.manifest.as_ref()).map(|manifest| manifest.made_at),
            failed: state.failure.as_ref().map(|failure| failure.at),
            second_place: state.second_place,
        })
    }

    /// Calls `tell` once, on a thread of its own, when a backup stands ready and the program has to start again.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn when_restarting(self: &Arc<Self>, tell: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
        let changes = self.subscribe();
        let terminal = Arc::downgrade(self);
        let wait = move || {
            for _ in changes {
                match terminal.upgrade() {
                    Some(terminal) if terminal.is_restarting() => return tell(),
                    Some(_) => {}
                    None => return,
                }
            }
        };
        std::thread::Builder::new().name("restart".to_owned()).spawn(wait).map(|_| ())
    }

    /// Lets the program start again: another shop is to be opened than this one.
    pub(crate) fn restart(&self) {
        self.backups.state().work = Work::Restarting;
    }

    /// Whether a backup stands ready and the program has to start again to go on with it. Listeners are told.
    pub fn is_restarting(&self) -> bool {
        self.backups.state().work == Work::Restarting
    }
}

fn shelf_in(place: &str, terminal: TerminalId) -> PathBuf {
    let id = terminal.to_string();
    Path::new(place).join(format!("tillkeeper-{}", &id[id.len() - 8..]))
}

/// The pepper of a terminal from its newest backup that has it: of those beside its data, then of those at the second
/// place.
pub(crate) fn newest_pepper(
    data_dir: &Path,
    disk: &dyn Disk,
    database: &Database,
    terminal: TerminalId,
) -> Option<Pepper> {
    let plan = database.read(|reader: &Reader| reader.record_as::<BackupPlan>(Entity::Backups, terminal.0));
    let plan = plan.inspect_err(|error| tracing::warn!(%error, "where backups are kept is not known")).ok();
    let place = plan.flatten().and_then(|(_, plan)| plan.second_place);
    let shelves = [Some(data_dir.join(backup::FOLDER)), place.map(|place| shelf_in(&place, terminal))];
    shelves.into_iter().flatten().find_map(|shelf| {
        let kept = backup::kept(disk, &shelf)
            .inspect_err(|error| tracing::warn!(%error, "backups cannot be listed"))
            .unwrap_or_default();
        // A file nobody has checked may be another till's.
        let is_own = |kept: &Kept| kept.manifest.as_ref().is_some_and(|it| it.terminal == terminal);
        kept.iter().filter(|kept| is_own(kept)).find_map(|kept| backup::pepper_in(disk, &kept.path))
    })
}

/// How the backups of this till are kept, and the version of that record.
pub(crate) fn plan_of(terminal: &Terminal, reader: &Reader) -> Result<BackupPlan, Error> {
    let plan: Option<(u64, BackupPlan)> = reader.record_as(Entity::Backups, terminal.id.0)?;
    Ok(plan.map(|(_, plan)| plan).unwrap_or_default())
}

/// `backup.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<BackupList, Error> {
    let terminal = ask.terminal;
    let disk = terminal.surroundings.disk.as_ref();
    let kept = backup::kept(disk, &terminal.shelf()).map_err(DatabaseError::Directory)?;
    let archives = archive::archives(disk, &terminal.archives()).map_err(DatabaseError::Directory)?;
    let plan = plan_of(terminal, ask.reader)?;
    let state = terminal.backups.state();
    Ok(BackupList {
        backups: kept.iter().take(SHOWN_MAX).map(|kept| view(kept, &state.there)).collect(),
        archives: archives.into_iter().map(|archive| archived(&terminal.archives(), archive)).collect(),
        folder: terminal.shelf().display().to_string(),
        second_place: plan.second_place.as_ref().map(|_| state.second_place.unwrap_or(SecondPlace::Behind)),
        plan,
        work: match state.work {
            Work::Nothing => BackupWork::Nothing,
            Work::Making => BackupWork::Making,
            Work::Restarting => BackupWork::Restarting,
        },
        failure: state.failure.clone(),
    })
}

fn archived(folder: &Path, archive: Archive) -> ArchiveView {
    ArchiveView {
        path: folder.join(&archive.file).display().to_string(),
        month: archive.month,
        bytes: archive.bytes,
        facts: archive.facts,
    }
}

fn view(kept: &Kept, there: &BTreeSet<String>) -> BackupView {
    let name = kept.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    BackupView {
        path: kept.path.display().to_string(),
        at_second_place: there.contains(&name),
        name,
        contents: kept.manifest.as_ref().map(|manifest| BackupContents {
            made_at: manifest.made_at,
            reason: manifest.reason,
            checked_at: manifest.checked_at,
            shop_name: manifest.shop.clone(),
            till_name: manifest.till.clone(),
            facts: manifest.seq,
            of_damaged_ledger: manifest.fault.is_some(),
        }),
        bytes: kept.bytes,
    }
}

/// `backup.make`: asks the worker, since a large copy takes a while and the caller goes on selling meanwhile.
pub fn make(act: &Act<'_>, _: Nothing) -> Result<Asked, Error> {
    let operator = act.operator;
    let asked = act.commit(move |tx| {
        tx.append(operator, &Fact::BackupAsked(BackupAsked {}), &[])?;
        Ok(Asked {})
    })?;
    let mut state = act.terminal.backups.state();
    state.asked = true;
    if state.work == Work::Nothing {
        state.work = Work::Making;
    }
    Ok(asked)
}

/// A backup was asked for.
#[derive(Serialize, Deserialize)]
pub struct Asked {}

impl Effect for Asked {
    type Answer = BackupList;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Health]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<BackupList, Error> {
        list(ask, Nothing {})
    }
}

/// `backup.save_plan`
pub fn save_plan(act: &Act<'_>, request: SaveBackupPlan) -> Result<Saved<BackupList>, Error> {
    let terminal = act.terminal;
    let mut plan = request.plan;
    plan.second_place =
        plan.second_place.map(|place| place.trim().to_owned()).filter(|place| !place.is_empty());
    if let Some(place) =
        plan.second_place.as_ref().filter(|place| request.base.second_place.as_ref() != Some(place))
    {
        prepare(terminal, act, place)?;
    }
    let (id, operator) = (terminal.id.0, act.operator);
    let saved = act.commit(move |tx| {
        let base = tx.record(Entity::Backups, id)?.map(|_| &request.base);
        change(tx, operator, Entity::Backups, id, wanted(base, &plan))?;
        Ok(Saved::new(id))
    })?;
    let mut state = terminal.backups.state();
    state.look_again = true;
    state.second_place = None;
    state.there = BTreeSet::new();
    drop(state);
    Ok(saved)
}

/// Makes a folder ready for second copies. It has to be there: one that is made by us could lie under the mount point of
/// a disk that is away.
fn prepare(terminal: &Terminal, act: &Act<'_>, place: &str) -> Result<(), Error> {
    let path = Path::new(place);
    if !path.is_absolute() || !path.is_dir() {
        return Err(BackupError::PlaceMissing {}.into());
    }
    let names = act.read(|reader| match ask::shop(terminal, reader) {
        Ok((_, shop)) => Ok(format!("{}, {}", shop.name, shop.till_name)),
        Err(Error::Settings(SettingsError::NotSetUp {})) => Ok(String::new()),
        Err(error) => Err(error),
    })?;
    let says = format!(
        "Tillkeeper keeps backups of a till here: {names}.\n\
         Whoever has them has everything the till has. docs/ledger-format.md says how to read them.\n"
    );
    Ok(backup::prepare(terminal.surroundings.disk.as_ref(), &terminal.second_shelf(place), &says)?)
}

impl Effect for Saved<BackupList> {
    type Answer = BackupList;

    fn topics(&self) -> &'static [Topic] {
        topics(Entity::Backups)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<BackupList, Error> {
        list(ask, Nothing {})
    }
}

/// `backup.find`: anybody may look on a till that is not set up yet; later it is for those who may restore.
pub fn find(ask: &Ask<'_>, request: FindBackups) -> Result<FoundBackups, Error> {
    if is_set_up(ask.terminal, ask.reader)? && !ask.caller.may(Permission::ManageSettings) {
        let needed = NeedsApproval { permission: Permission::ManageSettings, limit: None };
        return Err(PeopleError::NeedsApproval(needed).into());
    }
    let folders = match request.at.map(|at| at.trim().to_owned()).filter(|at| !at.is_empty()) {
        Some(at) => folders_within(Path::new(&at)),
        None => places::removable().iter().flat_map(|disk| folders_within(disk)).collect(),
    };
    let disk = ask.terminal.surroundings.disk.as_ref();
    let mut found: Vec<Kept> = Vec::new();
    for folder in folders {
        match backup::kept_at(disk, &folder) {
            Ok(kept) => found.extend(kept),
            // A disk that is pulled out while it is looked at has no backups.
            Err(error) => tracing::warn!(%error, "could not look for backups"),
        }
    }
    found.sort_by_key(|kept| std::cmp::Reverse(kept.manifest.as_ref().map(|manifest| manifest.made_at)));
    let there = BTreeSet::new();
    Ok(FoundBackups { backups: found.iter().take(SHOWN_MAX).map(|kept| view(kept, &there)).collect() })
}

/// A place and the folders right in it: a stick, and the folder of a till on it.
fn folders_within(place: &Path) -> Vec<PathBuf> {
    let mut folders = vec![place.to_owned()];
    // What cannot be listed has no folders; that it is no folder is found by whoever looks for files in it.
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with("tillkeeper-");
        if ours && entry.path().is_dir() {
            folders.push(entry.path());
        }
    }
    folders
}

fn is_set_up(terminal: &Terminal, reader: &Reader) -> Result<bool, Error> {
    Ok(reader.record(Entity::Shop, terminal.store.0)?.is_some())
}

/// `backup.restore`: a backup of this till takes the ledger's place.
pub fn restore(act: &Act<'_>, request: RestoreBackup) -> Result<Restored, Error> {
    put_back(act, &request, RESTORED_MARK)
}

/// `backup.adopt`: a till that is not set up yet goes on in place of the one that made the backup.
pub fn adopt(act: &Act<'_>, request: RestoreBackup) -> Result<Restored, Error> {
    if act.read(|reader| is_set_up(act.terminal, reader))? {
        return Err(PeopleError::AlreadySetUp {}.into());
    }
    put_back(act, &request, REPLACED_MARK)
}

fn put_back(act: &Act<'_>, request: &RestoreBackup, mark: &str) -> Result<Restored, Error> {
    let terminal = act.terminal;
    let disk = terminal.surroundings.disk.as_ref();
    let data_dir = &terminal.options.data_dir;
    let path = Path::new(request.path.trim());
    let Ok(_alone) = terminal.backups.restoring.try_lock() else { return Err(BackupError::Busy {}.into()) };
    // What stands ready may not be made ready again: the next start would find half of it.
    if terminal.is_restarting() {
        let restored = terminal.backups.state().restored.clone();
        let again = restored.filter(|(first, _)| *first == act.request);
        return again.map(|(_, restored)| restored).ok_or(BackupError::Busy {}.into());
    }
    let staged = restore::stage(disk, data_dir, path, Damage::Refused, &mut || true)?;
    if mark == RESTORED_MARK && staged.checked.head.identity.terminal != terminal.id {
        return Err(BackupError::OtherTill {}.into());
    }
    pictures::bring(path, data_dir).map_err(DatabaseError::Directory)?;
    change_set::bring(disk, path, data_dir)?;
    let aside = restore::aside(disk, data_dir, &act.now).map_err(DatabaseError::Directory)?;
    let restored = Restored { kept_in: data_dir.join(&aside).display().to_string() };
    // Nothing may be promised any more that the ledger which goes on does not have.
    terminal.database.seal()?;
    let decided = restore::decide(disk, data_dir, mark, &aside);
    if matches!(decided, Err(Undecided::No(_))) {
        terminal.database.unseal()?;
    } else {
        let mut state = terminal.backups.state();
        state.work = Work::Restarting;
        state.restored = decided.is_ok().then(|| (act.request.clone(), restored.clone()));
        tracing::warn!(operation = act.request.operation, "the till starts again with a backup");
    }
    if let Err(undecided) = decided {
        // Whoever waits for the restart hears of it.
        terminal.announce(&[Topic::Health]);
        return Err(BackupFailure::from(undecided).into());
    }
    Ok(restored)
}

/// A backup stands ready.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Restored {
    kept_in: String,
}

impl Effect for Restored {
    type Answer = Restoring;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Health]
    }

    fn answer(self, _: &Ask<'_>) -> Result<Restoring, Error> {
        Ok(Restoring { kept_in: self.kept_in })
    }
}
