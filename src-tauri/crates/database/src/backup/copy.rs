//! The copy itself: pages of one moment of the ledger, slice by slice, beside the sales.

use super::BackupFailure;
use crate::connection::{DatabaseFile, Files, connect};
use crate::disk::Open;
use crate::error::DatabaseError;
use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;

/// Pages of a slice: a megabyte.
const SLICE_PAGES: i32 = 256;
/// Slices after which what was written is brought to the disk. Left to the end it would be one long write that the sync
/// of a sale waits behind.
const SYNC_SLICES: u32 = 4;

/// Where SQLite's header says how the file is written (SQLite file format, 1.3): with a log beside it, or without.
const MODE_OFFSET: u64 = 18;
const MODE_WITHOUT_LOG: [u8; 2] = [1, 1];

/// Copies the ledger as it is now into a new file. A reader's snapshot keeps the moment: the writer goes on meanwhile, its
/// log is copied into the ledger as ever and only not begun anew.
pub fn copy(files: &Files, to: &Path, pace: &mut dyn FnMut() -> bool) -> Result<(), BackupFailure> {
    let source = files.open_reader(DatabaseFile::Ledger)?;
    source.execute_batch("begin")?;
    source.query_row("select count(*) from table_class", [], |row| row.get::<_, i64>(0))?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Made by the disk: SQLite would let everybody read it.
    let mut written = files.disk.open(to, Open::Create)?;
    let mut target = connect(files.disk.as_ref(), to, flags)?;
    target.execute_batch("pragma journal_mode = off; pragma synchronous = off;")?;
    {
        let backup = Backup::new(&source, &mut target)?;
        let mut slices = 0;
        loop {
            match backup.step(SLICE_PAGES)? {
                StepResult::Done => break,
                StepResult::More => {}
                // Nobody else knows the file, and the ledger is read from a snapshot.
                _ => return Err(DatabaseError::Doubtful.into()),
            }
            slices += 1;
            if slices % SYNC_SLICES == 0 {
                written.sync()?;
            }
            if !pace() {
                return Err(DatabaseError::Stopped.into());
            }
        }
    }
    target.close().map_err(|(_, error)| error)?;
    written.write_at(MODE_OFFSET, &MODE_WITHOUT_LOG)?;
    written.sync()?;
    Ok(())
}
