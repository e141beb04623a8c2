//! Imports: a file of the shop's own is looked at, checked row by row without changing anything, and imported beside the
//! sales as one fact with a change-set. One is under way at a time; it is remembered in memory only, what came of it is in
//! the ledger.

mod archive;
pub(crate) mod cell;
mod customer;
mod guess;
mod pass;
mod problem;
mod product;
mod table;
mod undo;

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::{CallError, Error};
use crate::made_file::MadeFile;
use crate::record;
use archive::{Contents, Pictures};
use database::error::DatabaseError;
use database::import::MadeImport;
use database::{Durability, Reader};
use domain::ids::OperatorId;
use domain::people::Permission;
use guess::guess;
use pass::{Pass, Passed, Progress};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use table::Form;
use uuid::Uuid;
use wire::change_set::SetHead;
use wire::envelope::Topic;
use wire::fact::{Fact, Origin, RecordImported};
use wire::import::{
    BeginImport, CheckImport, CommitImport, DecimalMark, GetImport, ImportColumn, ImportCounts, ImportEntry,
    ImportError, ImportFailure, ImportField, ImportKind, ImportList, ImportMapping, ImportProblemFile,
    ImportState, ImportView,
};
use wire::record::{Entity, changes, seal};
use wire::session::Nothing;

/// Rows that are looked at to guess.
const SAMPLE_ROWS: usize = 50;
/// Rows of a column that are shown.
const SHOWN_ROWS: usize = 4;
/// Characters of a cell that are shown, and of a file's name.
const SHOWN_TEXT: usize = 80;
/// Imports that are listed.
const LISTED: u32 = 200;

/// The import under way.
#[derive(Default)]
pub struct Imports(Mutex<Option<Job>>);

/// An import under way, or the last one.
struct Job {
    id: Uuid,
    kind: ImportKind,
    name: String,
    source: Source,
    columns: Vec<ImportColumn>,
    mapping: ImportMapping,
    phase: Phase,
    progress: Arc<Progress>,
    passed: Option<Passed>,
    /// What became of the rows, as far as it is known.
    counts: ImportCounts,
    failure: Option<ImportFailure>,
}

/// Where the rows come from.
#[derive(Debug, Clone)]
enum Source {
    File {
        blob: BlobHash,
        form: Form,
        bytes: u64,
        /// What the file came in, beside its pictures.
        archive: Option<BlobHash>,
        /// How many pictures.
        pictures: u64,
    },
    Undo(RecordImported),
}

impl Source {
    /// What its file came in.
    const fn archive(&self) -> Option<BlobHash> {
        match self {
            Self::File { archive, .. } => *archive,
            Self::Undo(_) => None,
        }
    }
}

/// Where a job stands.
enum Phase {
    Ready,
    CheckAsked,
    Checking,
    Checked,
    CommitAsked(By),
    Importing,
    Done,
    Cancelled,
    Failed,
}

/// Who imports, and by which call.
#[derive(Clone)]
struct By {
    operator: OperatorId,
    origin: Origin,
    skip_errors: bool,
}

impl Phase {
    const fn state(&self) -> ImportState {
        match self {
            Self::Ready => ImportState::Ready,
            Self::CheckAsked | Self::Checking => ImportState::Checking,
            Self::Checked => ImportState::Checked,
            Self::CommitAsked(_) | Self::Importing => ImportState::Importing,
            Self::Done => ImportState::Done,
            Self::Cancelled => ImportState::Cancelled,
            Self::Failed => ImportState::Failed,
        }
    }

    /// Whether the worker has it, or is about to.
    const fn is_running(&self) -> bool {
        matches!(self, Self::CheckAsked | Self::Checking | Self::CommitAsked(_) | Self::Importing)
    }
}

impl Imports {
    fn job(&self) -> MutexGuard<'_, Option<Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the import of an id.
    fn with<T>(&self, id: Uuid, does: impl FnOnce(&mut Job) -> Result<T, Error>) -> Result<T, Error> {
        let mut job = self.job();
        let job = job.as_mut().filter(|job| job.id == id).ok_or(ImportError::Unknown {})?;
        does(job)
    }

    /// Puts a new import in the place of the last one.
    fn put(&self, job: Job) -> Result<(), Error> {
        let mut place = self.job();
        if place.as_ref().is_some_and(|job| job.phase.is_running()) {
            return Err(ImportError::Busy {}.into());
        }
        *place = Some(job);
        Ok(())
    }

    /// Gives up what is being read, since the till stops. What is being applied goes on: it is in the ledger.
    pub fn stop(&self) {
        if let Some(job) = self.job().as_ref() {
            job.progress.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Whether an import is about to change records, or does.
    pub fn is_writing(&self) -> bool {
        let writes = |job: &Job| matches!(job.phase, Phase::CommitAsked(_) | Phase::Importing);
        self.job().as_ref().is_some_and(writes)
    }

    fn is_busy(&self) -> bool {
        self.job().as_ref().is_some_and(|job| job.phase.is_running())
    }
}

impl Job {
    fn view(&self) -> ImportView {
        let (encoding, separator, bytes) = match self.source {
            Source::File { form: Form::Separated { encoding, separator }, bytes, .. } => {
                (Some(encoding), Some(char::from(separator).to_string()), bytes)
            }
            Source::File { form: Form::Workbook, bytes, .. } => (None, None, bytes),
            Source::Undo(ref fact) => (None, None, fact.rows),
        };
        let read = self.progress.bytes.load(Ordering::Relaxed);
        let progress = match self.phase {
            Phase::Ready | Phase::CheckAsked | Phase::Cancelled | Phase::Failed => 0,
            Phase::Checked | Phase::Done => 1_000,
            Phase::Checking | Phase::CommitAsked(_) | Phase::Importing => {
                u32::try_from(read.saturating_mul(1_000) / bytes.max(1)).unwrap_or(1_000).min(1_000)
            }
        };
        ImportView {
            import: self.id,
            kind: self.kind,
            file: self.name.clone(),
            undoes: match &self.source {
                Source::Undo(fact) => Some(fact.import),
                Source::File { .. } => None,
            },
            state: self.phase.state(),
            encoding,
            separator,
            columns: self.columns.clone(),
            mapping: self.mapping.clone(),
            progress,
            counts: self.counts.clone(),
            pictures: match self.source {
                Source::File { pictures, .. } => pictures,
                Source::Undo(_) => 0,
            },
            problems: self.passed.as_ref().map(|passed| passed.problems.shown()).unwrap_or_default(),
            failure: self.failure.clone(),
        }
    }
}

/// `import.begin`
pub fn begin(act: &Act<'_>, request: BeginImport) -> Result<ImportBegun, Error> {
    if request.kind == ImportKind::Customers {
        act.grants.require(Permission::ManageCustomers)?;
    }
    if act.terminal.imports.is_busy() {
        return Err(ImportError::Busy {}.into());
    }
    let came = BlobHash::parse(&request.blob).ok_or(ImportError::FileMissing {})?;
    let mut file = act.terminal.blobs.data(came).map_err(|_| ImportError::FileMissing {})?;
    let contents = Contents::of(&mut file)?;
    let blob = match contents {
        Some(contents) => {
            let table = contents.table(&mut file, act.terminal)?;
            file = act.terminal.blobs.data(table).map_err(|_| ImportError::FileMissing {})?;
            table
        }
        None => came,
    };
    let bytes = file.metadata().map_err(DatabaseError::Directory)?.len();
    let form = Form::of(&mut file)?;
    let rows = sample(&mut file, form)?;
    if rows.is_empty() {
        return Err(ImportError::FileEmpty {}.into());
    }
    let pictures = contents.map_or(0, |contents| contents.pictures);
    let guessed = guess(&rows, request.kind, pictures > 0);
    let columns = columns(&rows, guessed.header);
    let tax_category = act.read(|reader| Ok(only_tax_category(reader)?))?;
    let mapping = ImportMapping {
        columns: guessed.columns,
        header: guessed.header,
        decimal: guessed.decimal,
        tax_category,
        create_missing: false,
        prices_from: None,
    };
    let id = SetHead::new(act.id()).base;
    let name: String = request.file.chars().filter(|c| !c.is_control()).take(SHOWN_TEXT).collect();
    let job = Job {
        id,
        kind: request.kind,
        name,
        source: Source::File { blob, form, bytes, archive: contents.map(|_| came), pictures },
        columns,
        mapping,
        phase: Phase::Ready,
        progress: Arc::default(),
        passed: None,
        counts: ImportCounts::default(),
        failure: None,
    };
    let begun = act.commit(move |_| Ok(ImportBegun { import: id }))?;
    act.terminal.imports.put(job)?;
    Ok(begun)
}

/// The first rows of a file.
fn sample(file: &mut File, form: Form) -> Result<Vec<Vec<String>>, Error> {
    let mut rows = Vec::new();
    form.rows(file, DecimalMark::Point, |_, _, cells| -> Result<bool, Error> {
        let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
        Ok(rows.len() < SAMPLE_ROWS)
    })?;
    Ok(rows)
}

fn columns(rows: &[Vec<String>], header: bool) -> Vec<ImportColumn> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let shown = |row: &Vec<String>, index: usize| -> String {
        row.get(index).map(|cell| cell.chars().take(SHOWN_TEXT).collect()).unwrap_or_default()
    };
    (0..width)
        .map(|index| ImportColumn {
            header: rows.first().filter(|_| header).map(|row| shown(row, index)).unwrap_or_default(),
            samples: rows
                .iter()
                .skip(usize::from(header))
                .take(SHOWN_ROWS)
                .map(|row| shown(row, index))
                .collect(),
        })
        .collect()
}

/// The tax category that holds for everything, where a shop has but one.
fn only_tax_category(reader: &Reader) -> Result<Option<domain::ids::TaxCategoryId>, DatabaseError> {
    let all = reader.records(Entity::TaxCategory)?;
    Ok(match all.as_slice() {
        [only] => Some(domain::ids::TaxCategoryId(only.id)),
        _ => None,
    })
}

/// `import.check`
pub fn check(act: &Act<'_>, request: CheckImport) -> Result<ImportBegun, Error> {
    let imports = &act.terminal.imports;
    let mapping = request.mapping;
    imports.with(request.import, |job| {
        if !matches!(job.phase, Phase::Ready | Phase::Checked | Phase::Failed)
            || matches!(job.source, Source::Undo(_))
        {
            return Err(ImportError::OutOfTurn {}.into());
        }
        check_mapping(job, &mapping)
    })?;
    if let Some(tax) = mapping.tax_category
        && act.read(|reader| Ok(reader.record(Entity::TaxCategory, tax.0)?))?.is_none()
    {
        return Err(
            ImportError::MappingInvalid { problem: "there is no such tax category".to_owned() }.into()
        );
    }
    let begun = act.commit(move |_| Ok(ImportBegun { import: request.import }))?;
    imports.with(request.import, |job| {
        job.mapping = mapping;
        job.phase = Phase::CheckAsked;
        job.passed = None;
        job.counts = ImportCounts::default();
        job.failure = None;
        job.progress = Arc::default();
        Ok(())
    })?;
    Ok(begun)
}

fn check_mapping(job: &Job, mapping: &ImportMapping) -> Result<(), Error> {
    let invalid = |problem: &str| Err(ImportError::MappingInvalid { problem: problem.to_owned() }.into());
    let fields: Vec<ImportField> = mapping.columns.iter().flatten().copied().collect();
    if mapping.columns.len() > table::COLUMNS_MAX {
        return invalid("there are more columns than a file may have");
    }
    // A product may have its codes in several columns.
    let is_again = |(index, field): (usize, &ImportField)| {
        *field != ImportField::Code && fields[..index].contains(field)
    };
    if fields.iter().enumerate().any(is_again) {
        return invalid("two columns are the same");
    }
    if fields.iter().any(|field| !ImportField::of(job.kind).contains(field)) {
        return invalid("a column is none of this kind of record");
    }
    let known_by = match job.kind {
        ImportKind::Products => {
            [ImportField::Name, ImportField::Sku, ImportField::Code, ImportField::Id].as_slice()
        }
        ImportKind::Customers => [ImportField::Name, ImportField::Number, ImportField::Id].as_slice(),
    };
    if !fields.iter().any(|field| known_by.contains(field)) {
        return invalid("no column says what a row is about");
    }
    Ok(())
}

/// `import.commit`
pub fn commit(act: &Act<'_>, request: CommitImport) -> Result<ImportBegun, Error> {
    let imports = &act.terminal.imports;
    imports.with(request.import, |job| {
        if !matches!(job.phase, Phase::Checked) {
            return Err(ImportError::OutOfTurn {}.into());
        }
        allowed(&job.counts, request.skip_errors, request.accept_warnings)
    })?;
    let by = By { operator: act.operator, origin: act.origin.clone(), skip_errors: request.skip_errors };
    let begun = act.commit(move |_| Ok(ImportBegun { import: request.import }))?;
    imports.with(request.import, |job| {
        job.phase = Phase::CommitAsked(by);
        Ok(())
    })?;
    Ok(begun)
}

fn allowed(counts: &ImportCounts, skip_errors: bool, accept_warnings: bool) -> Result<(), Error> {
    if counts.errors > 0 && !skip_errors {
        return Err(ImportError::HasErrors { errors: counts.errors }.into());
    }
    if counts.warnings > 0 && !accept_warnings {
        return Err(ImportError::HasWarnings { warnings: counts.warnings }.into());
    }
    Ok(())
}

/// `import.cancel`
pub fn cancel(act: &Act<'_>, request: GetImport) -> Result<ImportBegun, Error> {
    let imports = &act.terminal.imports;
    let begun = act.commit(move |_| Ok(ImportBegun { import: request.import }))?;
    let source = imports.with(request.import, |job| {
        job.progress.cancelled.store(true, Ordering::Relaxed);
        // What is already being applied is in the ledger; the worker says what became of it.
        if matches!(job.phase, Phase::Ready | Phase::CheckAsked | Phase::Checked | Phase::CommitAsked(_)) {
            job.phase = Phase::Cancelled;
        }
        Ok(matches!(job.phase, Phase::Cancelled).then(|| (job.source.clone(), job.passed.take())))
    })?;
    if let Some((source, passed)) = source {
        act.terminal.forget_source(&source, passed);
    }
    Ok(begun)
}

/// `import.undo`
pub fn undo(act: &Act<'_>, request: GetImport) -> Result<ImportBegun, Error> {
    if act.terminal.imports.is_busy() {
        return Err(ImportError::Busy {}.into());
    }
    let made = act.read(|reader| Ok(reader.imports(u32::MAX)?))?;
    let fact = made.iter().find(|made| made.fact.import == request.import).ok_or(ImportError::Unknown {})?;
    let undone = made.iter().any(|made| made.fact.undoes == Some(request.import));
    if undone || fact.fact.undoes.is_some() {
        return Err(ImportError::NotUndoable {}.into());
    }
    let kind = kind_of(fact.fact.entity);
    if kind == ImportKind::Customers {
        act.grants.require(Permission::ManageCustomers)?;
    }
    let id = SetHead::new(act.id()).base;
    let by = By { operator: act.operator, origin: act.origin.clone(), skip_errors: true };
    let job = Job {
        id,
        kind,
        name: fact.fact.file.clone(),
        source: Source::Undo(fact.fact.clone()),
        columns: Vec::new(),
        mapping: ImportMapping {
            columns: Vec::new(),
            header: false,
            decimal: DecimalMark::Point,
            tax_category: None,
            create_missing: false,
            prices_from: None,
        },
        phase: Phase::CommitAsked(by),
        progress: Arc::default(),
        passed: None,
        counts: ImportCounts::default(),
        failure: None,
    };
    let begun = act.commit(move |_| Ok(ImportBegun { import: id }))?;
    act.terminal.imports.put(job)?;
    Ok(begun)
}

/// `import.problems`
pub fn problems(act: &Act<'_>, request: GetImport) -> Result<ProblemsMade, Error> {
    let bytes = act.terminal.imports.with(request.import, |job| match &job.passed {
        Some(passed) => Ok(passed.problems.csv()),
        None => Err(ImportError::OutOfTurn {}.into()),
    })?;
    let blob = BlobHash::of(&bytes).to_string();
    let saved_at = MadeFile::ImportProblems.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    act.terminal.blobs.hold(MadeFile::ImportProblems, bytes, Permission::ManageProducts);
    act.commit(move |_| Ok(ProblemsMade { blob, saved_at }))
}

/// `import.show`
pub fn show(ask: &Ask<'_>, request: GetImport) -> Result<ImportView, Error> {
    ask.terminal.imports.with(request.import, |job| Ok(job.view()))
}

/// `import.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<ImportList, Error> {
    let made = ask.reader.imports(LISTED)?;
    let undone_by = |import| made.iter().find(|by| by.fact.undoes == Some(import)).map(|by| by.fact.import);
    let entry = |made: &MadeImport| ImportEntry {
        import: made.fact.import,
        kind: kind_of(made.fact.entity),
        file: made.fact.file.clone(),
        at: made.at,
        operator: made.operator,
        created: made.fact.created,
        updated: made.fact.updated,
        skipped: made.fact.skipped,
        undoes: made.fact.undoes,
        undone_by: undone_by(made.fact.import),
    };
    let imports = made.iter().map(entry).collect();
    Ok(ImportList { current: ask.terminal.imports.job().as_ref().map(Job::view), imports })
}

const fn kind_of(entity: Entity) -> ImportKind {
    match entity {
        Entity::Customer => ImportKind::Customers,
        _ => ImportKind::Products,
    }
}

/// An import that was told what to do.
#[derive(Serialize, Deserialize)]
pub struct ImportBegun {
    import: Uuid,
}

impl Effect for ImportBegun {
    type Answer = ImportView;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ImportView, Error> {
        ask.terminal.imports.with(self.import, |job| Ok(job.view()))
    }
}

/// A file of problems was made.
#[derive(Serialize, Deserialize)]
pub struct ProblemsMade {
    blob: String,
    saved_at: Option<String>,
}

impl Effect for ProblemsMade {
    type Answer = ImportProblemFile;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<ImportProblemFile, Error> {
        let file_name = MadeFile::ImportProblems.name().to_owned();
        Ok(ImportProblemFile { blob: self.blob, file_name, saved_at: self.saved_at })
    }
}

/// What the worker has to do.
enum Task {
    Check,
    Commit(By),
}

/// What a task is done with.
struct Work {
    id: Uuid,
    kind: ImportKind,
    name: String,
    source: Source,
    mapping: ImportMapping,
    progress: Arc<Progress>,
}

impl Terminal {
    /// Does what an import under way waits for. Returns whether there was something.
    pub(crate) fn import_once(&self) -> bool {
        let Some((task, work, passed)) = self.next_task() else { return false };
        match task {
            Task::Check => {
                let passed = self.pass(&work);
                let mut job = self.imports.job();
                let Some(job) = job.as_mut().filter(|job| job.id == work.id) else { return true };
                match passed {
                    Ok(passed) => {
                        job.counts = passed.counts.clone();
                        job.passed = Some(passed);
                        job.phase = Phase::Checked;
                    }
                    Err(error) => self.end(job, &error),
                }
            }
            Task::Commit(by) => {
                let made = self.make(&work, &by, passed);
                let mut job = self.imports.job();
                let Some(job) = job.as_mut().filter(|job| job.id == work.id) else { return true };
                match made {
                    Ok(counts) => {
                        job.counts = counts;
                        job.phase = Phase::Done;
                        self.forget_source(&job.source, None);
                    }
                    Err(error) => self.end(job, &error),
                }
            }
        }
        self.announce(record::topics(match work.kind {
            ImportKind::Products => Entity::Product,
            ImportKind::Customers => Entity::Customer,
        }));
        true
    }

    fn next_task(&self) -> Option<(Task, Work, Option<Passed>)> {
        let mut job = self.imports.job();
        let job = job.as_mut()?;
        let task = match std::mem::replace(&mut job.phase, Phase::Importing) {
            Phase::CheckAsked => {
                job.phase = Phase::Checking;
                Task::Check
            }
            Phase::CommitAsked(by) => Task::Commit(by),
            other => {
                job.phase = other;
                return None;
            }
        };
        let work = Work {
            id: job.id,
            kind: job.kind,
            name: job.name.clone(),
            source: job.source.clone(),
            mapping: job.mapping.clone(),
            progress: Arc::clone(&job.progress),
        };
        Some((task, work, job.passed.take()))
    }

    /// Notes how a task ended that did not succeed.
    fn end(&self, job: &mut Job, error: &Error) {
        if matches!(error, Error::Database(DatabaseError::Stopped)) {
            job.phase = Phase::Cancelled;
            return;
        }
        let body = error.body(&self.surroundings);
        tracing::warn!(code = body.code.text(), reference = body.reference, "an import failed");
        job.failure =
            Some(ImportFailure { code: body.code, message: body.message, reference: body.reference });
        job.phase = Phase::Failed;
    }

    fn forget_source(&self, source: &Source, passed: Option<Passed>) {
        if let Some((set, _)) = passed.and_then(|passed| passed.set)
            && let Err(error) = set.discard()
        {
            tracing::warn!(%error, "a change-set that nobody wants could not be removed; the next start does");
        }
        let Source::File { blob, archive, .. } = source else { return };
        for file in std::iter::once(*blob).chain(*archive) {
            if let Err(error) = self.blobs.forget_data(file) {
                tracing::warn!(%error, "the file of an import could not be removed; the next start does");
            }
        }
    }

    /// Reads every row.
    fn pass(&self, work: &Work) -> Result<Passed, Error> {
        let today = self.day_of(&self.now());
        self.database.read(|reader| {
            let pass = Pass {
                terminal: self,
                reader,
                kind: work.kind,
                mapping: &work.mapping,
                today,
                base: work.id,
                progress: &work.progress,
                archive: work.source.archive(),
            };
            match &work.source {
                Source::File { blob, form, .. } => {
                    let mut file = self.blobs.data(*blob).map_err(|_| ImportError::FileMissing {})?;
                    pass.file(&mut file, *form)
                }
                Source::Undo(fact) => undo::undo(&pass, fact),
            }
        })
    }

    /// Imports: the set gets its name, one fact names it, the catalogue follows.
    fn make(&self, work: &Work, by: &By, passed: Option<Passed>) -> Result<ImportCounts, Error> {
        let mut passed = passed;
        // What was changed since the rows were read may change what is to be made of them: then they are read anew, the
        // second time while nobody can change anything.
        for attempt in 0..2 {
            let waits = (attempt > 0).then(|| self.no_changes());
            if waits.is_some() {
                self.database.apply_catalog()?;
            }
            let now = match passed.take() {
                Some(passed) => passed,
                None => self.pass(work)?,
            };
            self.keep_pictures(work, &now)?;
            let _one_at_a_time = waits.unwrap_or_else(|| self.no_changes());
            self.database.apply_catalog()?;
            if self.database.read(Reader::catalog_applied)? == now.applied {
                let counts = now.counts.clone();
                allowed(&counts, by.skip_errors, true)?;
                self.say(work, by, now)?;
                drop(_one_at_a_time);
                self.database.apply_catalog()?;
                self.wake.all();
                return Ok(counts);
            }
        }
        Err(CallError::Bug {}.into())
    }

    /// Keeps the pictures that a set names, before anything names the set.
    fn keep_pictures(&self, work: &Work, passed: &Passed) -> Result<(), Error> {
        let Some(archive) = work.source.archive().filter(|_| !passed.pictures.is_empty()) else {
            return Ok(());
        };
        let file = self.blobs.data(archive).map_err(|_| ImportError::FileMissing {})?;
        Pictures::open(self, file)?.keep(&passed.pictures)
    }

    fn no_changes(&self) -> MutexGuard<'_, ()> {
        self.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the set its name and says so in one transaction.
    fn say(&self, work: &Work, by: &By, passed: Passed) -> Result<(), Error> {
        let Some((set, text)) = passed.set else { return Err(CallError::Bug {}.into()) };
        let rows = text.rows();
        if rows == 0 {
            return Ok(set.discard().map_err(DatabaseError::of_disk)?);
        }
        let kept = set.finish(text).map_err(DatabaseError::of_disk)?;
        let fact = RecordImported {
            import: work.id,
            entity: match work.kind {
                ImportKind::Products => Entity::Product,
                ImportKind::Customers => Entity::Customer,
            },
            set: kept.sha256,
            bytes: kept.bytes,
            rows,
            created: passed.counts.created,
            updated: passed.counts.updated,
            skipped: passed.counts.skipped,
            file: work.name.clone(),
            undoes: match &work.source {
                Source::Undo(fact) => Some(fact.import),
                Source::File { .. } => None,
            },
        };
        self.check_tail()?;
        let (operator, origin) = (by.operator, by.origin.clone());
        let taxes = passed.tax_categories;
        self.database.write(Durability::Durable, self.now(), move |tx| -> Result<(), Error> {
            tx.comes_from(origin);
            for (id, tax) in &taxes {
                let (made, detached) = seal(Entity::TaxCategory, id.0, 0, changes(None, tax), || tx.salt());
                tx.append(operator, &Fact::RecordChanged(made), &detached)?;
            }
            tx.append(operator, &Fact::RecordImported(fact), &[])?;
            Ok(())
        })
    }
}
