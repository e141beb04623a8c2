//! The disk under a bare SQLite program and under files beside it: what was said to be durable is there after a cut at
//! any operation, and what was not synced is found missing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what a test counted is worth reading")]

use super::*;
use database::disk::{Disk, Open};
use rusqlite::{Connection, OpenFlags};

const FILE: &str = "/till/data.db";

fn open(disk: &SimulatedDisk) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags_and_vfs(FILE, flags, disk.vfs().unwrap())?;
    connection.busy_timeout(std::time::Duration::ZERO)?;
    Ok(connection)
}

fn prepare(disk: &SimulatedDisk, journal: &str, synchronous: &str) -> rusqlite::Result<Connection> {
    let connection = open(disk)?;
    connection.execute_batch(&format!(
        "pragma journal_mode = {journal};
         pragma synchronous = {synchronous};
         pragma wal_autocheckpoint = 7;
         create table if not exists row (number integer primary key, filler blob not null);"
    ))?;
    Ok(connection)
}

/// Rows a program writes, one in a transaction.
const ROWS: i64 = 12;

/// Writes rows and returns after which operation each was said to be saved.
fn write_rows(disk: &SimulatedDisk, journal: &str, synchronous: &str) -> Vec<u64> {
    let connection = prepare(disk, journal, synchronous).unwrap();
    let mut saved = Vec::new();
    for number in 1..=ROWS {
        connection.execute("insert into row values (?1, zeroblob(3000))", [number]).unwrap();
        saved.push(disk.operations());
    }
    saved
}

/// The rows of a program whose file was found whole; `None` when there is no table yet.
fn rows(disk: &SimulatedDisk) -> rusqlite::Result<Option<Vec<i64>>> {
    let connection = open(disk)?;
    let check: String = connection.query_row("pragma integrity_check", [], |row| row.get(0))?;
    assert_eq!(check, "ok");
    let there: bool = connection.query_row(
        "select exists (select 1 from sqlite_schema where name = 'row')",
        [],
        |row| row.get(0),
    )?;
    if !there {
        return Ok(None);
    }
    let mut statement = connection.prepare("select number from row order by number")?;
    let rows = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Some(rows))
}

/// Cuts the power at every operation of the program, with every image. Returns how many cuts there were, and how many of
/// them lost a row that was said to be saved.
fn sweep(journal: &str, synchronous: &str) -> (u64, u64) {
    let disk = SimulatedDisk::new();
    disk.record();
    let saved = write_rows(&disk, journal, synchronous);
    let mut state = State::default();
    let (mut cuts, mut lost) = (0, 0);
    for (operation, number) in disk.recorded().iter().zip(1..) {
        // What is on its way when the power goes may arrive; a sync that did not come back says nothing.
        let mut under_way = state.clone();
        if !matches!(operation, Operation::Sync { .. } | Operation::SyncDir { .. }) {
            under_way.apply(operation);
        }
        let expected = saved.iter().filter(|after| **after < number).count();
        for image in Image::ALL {
            let survivor = under_way.survivor(image, number);
            let again = SimulatedDisk::of(survivor.clone());
            let found = rows(&again).unwrap().unwrap_or_default();
            let went = prepare(&again, journal, synchronous)
                .and_then(|connection| connection.execute("insert into row values (99, x'')", []));
            assert!(went.is_ok(), "{journal} {synchronous} {number} {image:?}: {went:?}");
            let fresh = SimulatedDisk::of(survivor);
            let went = prepare(&fresh, journal, synchronous)
                .and_then(|connection| connection.execute("insert into row values (99, x'')", []));
            assert!(went.is_ok(), "{journal} {synchronous} {number} {image:?}: {went:?}");
            let in_order = (1..).zip(&found).all(|(number, row)| number == *row);
            assert!(in_order, "{journal} {synchronous} {number} {image:?}: {found:?}");
            cuts += 1;
            lost += u64::from(found.len() < expected);
        }
        state.apply(operation);
    }
    assert_eq!(state, disk.state(), "the journal played again is the disk");
    (cuts, lost)
}

#[test]
fn a_file_is_whole_after_every_cut_and_full_loses_nothing() {
    for (journal, synchronous, may_lose) in [
        ("wal", "full", false),
        ("wal", "normal", true),
        ("delete", "full", false),
        ("delete", "extra", false),
    ] {
        let (cuts, lost) = sweep(journal, synchronous);
        println!("{journal} {synchronous}: {cuts} cuts, {lost} with a row lost");
        assert!(cuts > 400, "{cuts}");
        if may_lose {
            assert!(lost > 0, "a log that is not synced loses its end");
        } else if (journal, synchronous) != ("delete", "full") {
            // Without `extra` the removal of the journal, which is the commit there, can be undone by a cut.
            assert_eq!(lost, 0, "{journal} {synchronous}");
        }
    }
}

#[test]
fn connections_share_the_log_and_the_last_one_takes_it_away() {
    let disk = SimulatedDisk::new();
    let writer = prepare(&disk, "wal", "full").unwrap();
    let reader = open(&disk).unwrap();
    let count = |connection: &Connection| -> i64 {
        connection.query_row("select count(*) from row", [], |row| row.get(0)).unwrap()
    };
    reader.execute_batch("begin").unwrap();
    assert_eq!(count(&reader), 0);
    writer.execute("insert into row values (1, x'')", []).unwrap();
    assert_eq!(count(&reader), 0, "a reader sees what it began with");
    let held: i64 = writer.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0)).unwrap();
    assert_eq!(held, 1, "a reader that lingers keeps the log");
    reader.execute_batch("commit").unwrap();
    assert_eq!(count(&reader), 1);
    let other = open(&disk).unwrap();
    writer.execute_batch("begin immediate").unwrap();
    let busy = other.execute_batch("begin immediate").unwrap_err();
    assert_eq!(busy.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy));
    writer.execute_batch("commit").unwrap();
    let log = Path::new("/till/data.db-wal");
    assert!(disk.exists(log).unwrap());
    drop((writer, reader, other));
    assert!(!disk.exists(log).unwrap());
}

/// A program that fails at any operation never says that a row was saved which is not there, and goes on when the disk is
/// mended.
#[test]
fn a_fault_at_any_operation_is_told_and_survived() {
    let counting = SimulatedDisk::new();
    write_rows(&counting, "wal", "full");
    let mut refused = 0;
    for at in 1..=counting.operations() {
        for kind in FaultKind::ALL {
            let disk = SimulatedDisk::new();
            disk.fail(Some(Fault { at, kind }));
            let mut saved = Vec::new();
            if let Ok(connection) = prepare(&disk, "wal", "full") {
                for number in 1..=ROWS {
                    if connection.execute("insert into row values (?1, zeroblob(3000))", [number]).is_ok() {
                        saved.push(number);
                    } else {
                        refused += 1;
                    }
                }
            }
            disk.fail(None);
            let found = rows(&disk).unwrap().unwrap_or_default();
            assert!(saved.iter().all(|row| found.contains(row)), "{kind:?} at {at}: {saved:?} {found:?}");
            let connection = prepare(&disk, "wal", "full").unwrap();
            connection.execute("insert into row values (99, x'')", []).unwrap();
        }
    }
    assert!(refused > 1_000, "{refused} inserts were refused");
}

#[test]
fn a_dead_disk_reads_nothing_and_a_mended_one_again() {
    let disk = SimulatedDisk::new();
    let path = Path::new("/till/guard");
    disk.replace(path, b"one").unwrap();
    let fault = Fault { at: disk.operations() + 1, kind: FaultKind::Dead };
    disk.fail(Some(fault));
    assert_eq!(disk.read(path).unwrap(), b"one", "before anything was tried nobody knows");
    assert!(disk.replace(path, b"two").is_err());
    assert!(disk.has_failed());
    assert!(disk.read(path).is_err() && disk.exists(path).is_err());
    disk.fail(None);
    assert_eq!(disk.read(path).unwrap(), b"one");
}

#[test]
fn a_file_that_is_replaced_is_the_old_or_the_new_one_after_every_cut() {
    let disk = SimulatedDisk::new();
    let path = Path::new("/till/note");
    disk.record();
    disk.replace(path, &[1; 5_000]).unwrap();
    let first = disk.operations();
    disk.replace(path, &[2; 6_000]).unwrap();
    let mut state = State::default();
    for (operation, number) in disk.recorded().iter().zip(1..) {
        for image in Image::ALL {
            for seed in 0..20 {
                let found = state.survivor(image, seed).read(path);
                let whole = found.as_ref().is_none_or(|bytes| *bytes == [1; 5_000] || *bytes == [2; 6_000]);
                assert!(whole, "{image:?} {seed} at {number}");
                assert!(found.is_some() || number <= first, "{image:?} {seed} at {number}: gone");
            }
        }
        state.apply(operation);
    }
    assert_eq!(state.survivor(Image::Nothing, 0).read(path), Some(vec![2; 6_000]));
}

#[test]
fn files_beside_sqlite_are_read_and_written_as_asked() {
    let disk = SimulatedDisk::new();
    let (path, other) = (Path::new("/till/a"), Path::new("/till/b"));
    assert!(disk.open(path, Open::Read).is_err() && disk.open(path, Open::Write).is_err());
    let mut file = disk.open(path, Open::Create).unwrap();
    file.write_at(3, b"abc").unwrap();
    file.sync().unwrap();
    assert_eq!(disk.read(path).unwrap(), b"\0\0\0abc");
    assert!(file.read_at(5, &mut [0; 2]).is_err(), "the file ends before");
    assert!(disk.open(path, Open::Read).unwrap().write_at(0, b"x").is_err());
    disk.rename(path, other).unwrap();
    assert_eq!(disk.list(Path::new("/till")).unwrap(), [other]);
    assert_ne!(disk.file_mark(other).unwrap(), 0);
    disk.remove(other).unwrap();
    assert!(disk.remove(other).is_err());
    let lock = disk.lock(Path::new("/till")).unwrap();
    assert!(lock.is_some() && disk.lock(Path::new("/till")).unwrap().is_none());
    assert!(disk.lock(Path::new("/till")).unwrap().is_none(), "a refused lock takes nothing away");
    drop(lock);
    assert!(disk.lock(Path::new("/till")).unwrap().is_some());
}
