//! Exports: products or customers as a file for a spreadsheet, made page by page beside the sales. One is under way at a
//! time; it is remembered in memory only, that it was made is in the ledger.

mod customer;
mod product;

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::{BlobHash, OnDisk};
use crate::caller::Caller;
use crate::error::{CallError, Error};
use crate::made_file::MadeFile;
use crate::spreadsheet::{Table, TableError};
use database::Durability;
use database::error::DatabaseError;
use domain::ids::OperatorId;
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;
use wire::envelope::Topic;
use wire::export::{
    ExportCustomers, ExportError, ExportFile, ExportProducts, ExportState, ExportView, GetExport, TableForm,
};
use wire::fact::{Fact, Origin, RecordExported};
use wire::import::{ImportFailure, ImportKind};
use wire::record::Entity;

/// Rows between two looks at whether the disk still has room.
const ROOM_ROWS: u32 = 4_096;

/// The export under way.
#[derive(Default)]
pub struct Exports(Mutex<Option<Job>>);

/// An export under way, or the last one.
struct Job {
    id: Uuid,
    kind: ImportKind,
    form: TableForm,
    /// What is to be made; taken by the worker.
    asked: Option<Asked>,
    state: ExportState,
    progress: Arc<Progress>,
    file: Option<ExportFile>,
    failure: Option<ImportFailure>,
}

/// What is exported, and for whom.
struct Asked {
    what: What,
    caller: Arc<Caller>,
    operator: OperatorId,
    origin: Origin,
}

enum What {
    Products(ExportProducts),
    Customers(ExportCustomers),
}

/// How far an export is, and whether it is to go on.
#[derive(Debug, Default)]
struct Progress {
    rows: AtomicU32,
    cancelled: AtomicBool,
}

impl Exports {
    fn job(&self) -> MutexGuard<'_, Option<Job>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the export of an id.
    fn with<T>(&self, id: Uuid, does: impl FnOnce(&mut Job) -> T) -> Result<T, Error> {
        let mut job = self.job();
        let job = job.as_mut().filter(|job| job.id == id).ok_or(ExportError::Unknown {})?;
        Ok(does(job))
    }

    fn is_busy(&self) -> bool {
        self.job().as_ref().is_some_and(|job| job.state == ExportState::Making)
    }

    /// Gives up what is being made, since the till stops.
    pub fn stop(&self) {
        if let Some(job) = self.job().as_ref() {
            job.progress.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl Job {
    fn view(&self) -> ExportView {
        ExportView {
            export: self.id,
            kind: self.kind,
            form: self.form,
            state: self.state,
            rows: self.progress.rows.load(Ordering::Relaxed),
            file: self.file.clone(),
            failure: self.failure.clone(),
        }
    }
}

/// `product.export`
pub fn products(act: &Act<'_>, request: ExportProducts) -> Result<ExportBegun, Error> {
    begin(act, ImportKind::Products, request.form, What::Products(request))
}

/// `customer.export`
pub fn customers(act: &Act<'_>, request: ExportCustomers) -> Result<ExportBegun, Error> {
    begin(act, ImportKind::Customers, request.form, What::Customers(request))
}

fn begin(act: &Act<'_>, kind: ImportKind, form: TableForm, what: What) -> Result<ExportBegun, Error> {
    let exports = &act.terminal.exports;
    if exports.is_busy() {
        return Err(ExportError::Busy {}.into());
    }
    let id = act.id();
    let asked =
        Asked { what, caller: Arc::clone(act.caller), operator: act.operator, origin: act.origin.clone() };
    let begun = act.commit(move |_| Ok(ExportBegun { export: id }))?;
    let mut place = exports.job();
    if place.as_ref().is_some_and(|job| job.state == ExportState::Making) {
        return Err(ExportError::Busy {}.into());
    }
    *place = Some(Job {
        id,
        kind,
        form,
        asked: Some(asked),
        state: ExportState::Making,
        progress: Arc::default(),
        file: None,
        failure: None,
    });
    Ok(begun)
}

/// `export.cancel`
pub fn cancel(act: &Act<'_>, request: GetExport) -> Result<ExportBegun, Error> {
    let begun = act.commit(move |_| Ok(ExportBegun { export: request.export }))?;
    act.terminal.exports.with(request.export, |job| {
        job.progress.cancelled.store(true, Ordering::Relaxed);
        // What the worker has not begun, it never sees.
        if job.asked.take().is_some() {
            job.state = ExportState::Cancelled;
        }
    })?;
    Ok(begun)
}

/// `export.show`
pub fn show(ask: &Ask<'_>, request: GetExport) -> Result<ExportView, Error> {
    ask.terminal.exports.with(request.export, |job| job.view())
}

/// An export that was told what to do.
#[derive(Serialize, Deserialize)]
pub struct ExportBegun {
    export: Uuid,
}

impl Effect for ExportBegun {
    type Answer = ExportView;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ExportView, Error> {
        ask.terminal.exports.with(self.export, |job| job.view())
    }
}

/// A table being written.
struct Making<'m> {
    terminal: &'m Arc<Terminal>,
    caller: &'m Arc<Caller>,
    progress: &'m Progress,
    table: Table,
}

impl Making<'_> {
    /// One look at the records: what is seen is of one moment, and no reader is held from one look to the next.
    fn look<T>(&self, look: impl FnOnce(&Ask<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.terminal.database.read(|reader| {
            let now = self.terminal.now();
            look(&Ask { terminal: self.terminal, caller: self.caller, reader, now })
        })
    }

    /// Adds a row.
    fn row(&mut self, cells: &[crate::spreadsheet::Cell<'_>]) -> Result<(), Error> {
        if self.progress.cancelled.load(Ordering::Relaxed) {
            return Err(DatabaseError::Stopped.into());
        }
        if self.table.rows().is_multiple_of(ROOM_ROWS) {
            self.terminal.blobs.check_room(0).map_err(DatabaseError::of_disk)?;
        }
        self.table.row(cells).map_err(said)?;
        self.progress.rows.store(self.table.rows(), Ordering::Relaxed);
        Ok(())
    }
}

/// What the writer of tables said, as an error of a call.
fn said(error: TableError) -> Error {
    match error {
        TableError::Disk(error) => DatabaseError::of_disk(error).into(),
        TableError::TooManyRows => ExportError::TooManyRows {}.into(),
        TableError::Workbook(error) => {
            tracing::error!(%error, "a workbook could not be written");
            CallError::Bug {}.into()
        }
    }
}

impl Terminal {
    /// Makes what an export under way waits for. Returns whether there was something.
    pub(crate) fn export_once(self: &Arc<Self>) -> bool {
        let Some((id, form, asked, progress)) = self.next_export() else { return false };
        let made = self.export(id, form, &asked, &progress);
        let mut job = self.exports.job();
        let Some(job) = job.as_mut().filter(|job| job.id == id) else { return true };
        match made {
            Ok(file) => {
                job.file = Some(file);
                job.state = ExportState::Done;
            }
            Err(Error::Database(DatabaseError::Stopped)) => job.state = ExportState::Cancelled,
            Err(error) => {
                let body = error.body(&self.surroundings);
                tracing::warn!(code = body.code.text(), reference = body.reference, "an export failed");
                job.failure =
                    Some(ImportFailure { code: body.code, message: body.message, reference: body.reference });
                job.state = ExportState::Failed;
            }
        }
        true
    }

    fn next_export(&self) -> Option<(Uuid, TableForm, Asked, Arc<Progress>)> {
        let mut job = self.exports.job();
        let job = job.as_mut()?;
        let asked = job.asked.take()?;
        Some((job.id, job.form, asked, Arc::clone(&job.progress)))
    }

    /// Makes the file, says so in the ledger, and only then lets it be fetched.
    fn export(
        self: &Arc<Self>,
        id: Uuid,
        form: TableForm,
        asked: &Asked,
        progress: &Progress,
    ) -> Result<ExportFile, Error> {
        let disk = DatabaseError::of_disk;
        self.blobs.check_room(0).map_err(disk)?;
        let folder = self.blobs.made_folder().map_err(disk)?;
        let place = OnDisk(folder.join(id.simple().to_string()));
        let file = File::create(&place.0).map_err(disk)?;
        let (kind, needs, entity, head) = match &asked.what {
            What::Products(_) => (
                MadeFile::Products(form),
                Permission::ManageProducts,
                Entity::Product,
                product::HEAD.as_slice(),
            ),
            What::Customers(_) => (
                MadeFile::Customers(form),
                Permission::ManageCustomers,
                Entity::Customer,
                customer::HEAD.as_slice(),
            ),
        };
        let table = Table::begin(form, file, folder, head).map_err(said)?;
        let mut making = Making { terminal: self, caller: &asked.caller, progress, table };
        match &asked.what {
            What::Products(request) => product::rows(&mut making, request)?,
            What::Customers(request) => customer::rows(&mut making, request)?,
        }
        let records = making.table.rows();
        making.table.finish().map_err(said)?;
        let hash = File::open(&place.0).and_then(|mut file| BlobHash::of_all(&mut file)).map_err(disk)?;
        let (operator, origin) = (asked.operator, asked.origin.clone());
        let fact = RecordExported { entity, id: None, sha256: hash.to_string(), records };
        self.check_tail()?;
        self.database.write(Durability::Durable, self.now(), move |tx| -> Result<(), Error> {
            tx.comes_from(origin);
            tx.append(operator, &Fact::RecordExported(fact), &[])?;
            Ok(())
        })?;
        self.wake.all();
        let saved_at = kind.copy_for(&asked.caller, &place.0).map_err(disk)?;
        self.blobs.hold_on_disk(kind, hash, place, needs);
        Ok(ExportFile { blob: hash.to_string(), file_name: kind.name().to_owned(), saved_at })
    }
}
