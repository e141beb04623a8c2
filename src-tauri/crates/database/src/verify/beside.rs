//! What lies beside a ledger: the guards of its logs, and the pictures that are named.

use super::BesideReport;
use super::facts::bytes;
use super::fault::{Faults, Problem};
use super::log::load_rows;
use super::open::Store;
use super::projections::Catalog;
use crate::guard::{Found, Guard};
use domain::ids::TerminalId;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use wire::fact::header::{Hash, envelope_hash};
use wire::record::hex;

/// What the guard of a log remembers.
pub struct Remembered {
    log: i64,
    seq: u64,
    hash: Hash,
}

/// Reads the guards there are; `guard_dir` says where those of a terminal lie.
pub fn remembered(
    store: &Store<'_>,
    guard_dir: &dyn Fn(TerminalId) -> PathBuf,
    faults: &mut Faults,
) -> Vec<Remembered> {
    let mut remembered = Vec::new();
    // A list of logs that cannot be read is found when the facts are.
    for (log, row) in load_rows(&store.connection).unwrap_or_default() {
        let Some((terminal, incarnation)) = row.life() else { continue };
        let guard = Guard::of(store.place.disk, &guard_dir(terminal), incarnation).find();
        match guard {
            Ok(Found::Nothing) => {}
            Ok(Found::Unreadable) | Err(_) => faults.log(log, Problem::GuardUnreadable),
            Ok(Found::Remembered { remembered: head, slot_damaged }) => {
                if slot_damaged {
                    faults.log(log, Problem::GuardTorn);
                }
                remembered.push(Remembered { log, seq: head.seq, hash: head.hash });
            }
        }
    }
    remembered
}

/// Holds what the guards remember against the facts.
pub fn guards(store: &Store<'_>, remembered: &[Remembered], beside: &mut BesideReport, faults: &mut Faults) {
    for Remembered { log, seq, hash } in remembered {
        let seq = seq.cast_signed();
        let there = store
            .connection
            .query_row("select envelope from fact where log = ?1 and seq = ?2", params![log, seq], |row| {
                Ok(envelope_hash(bytes(row.get_ref(0)?)))
            })
            .optional();
        match there {
            // Before its first fact a log has nothing to remember.
            Ok(None) if seq == 0 => beside.guards += 1,
            Ok(Some(there)) if there == *hash => beside.guards += 1,
            Ok(Some(_)) => faults.log(*log, Problem::GuardDiffers { remembered: seq }),
            Ok(None) => faults.log(*log, Problem::GuardAhead { remembered: seq }),
            Err(error) => store.unreadable(&error, faults),
        }
    }
}

/// Looks whether the pictures that products and receipts name are there as they were stored.
pub fn pictures(
    store: &Store<'_>,
    dir: &Path,
    catalog: Option<&Catalog<'_>>,
    beside: &mut BesideReport,
    faults: &mut Faults,
) {
    let products = "select distinct picture from product where picture is not null";
    // A reprint shows the shop as it was, with the logo it had.
    let logos = "select distinct json_extract(fields, '$.logo') from record_version
                 where entity = 'shop' and json_extract(fields, '$.logo') is not null";
    let stores = [(Some(store), logos), (catalog.map(|catalog| &catalog.store), products)];
    let mut named = BTreeSet::new();
    for (store, select) in stores.into_iter().filter_map(|(store, select)| Some((store?, select))) {
        let names = || -> rusqlite::Result<Vec<String>> {
            let mut statement = store.connection.prepare(select)?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        match names() {
            Ok(names) => named.extend(names),
            Err(error) => store.unreadable(&error, faults),
        }
    }
    for hash in named {
        // A name that is no plain file name has no shelf: nothing outside the directory is opened.
        let shelf = hash.get(..2).filter(|_| hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let there = match shelf {
            Some(shelf) => hash_of(&dir.join("blobs").join(shelf).join(&hash)),
            None => Err(ErrorKind::NotFound.into()),
        };
        faults.file(match there {
            Ok(there) if there == hash => {
                beside.pictures += 1;
                continue;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Problem::PictureMissing { hash },
            Ok(_) | Err(_) => Problem::PictureChanged { hash },
        });
    }
}

fn hash_of(path: &Path) -> io::Result<String> {
    let mut hash = Hashing(Sha256::new());
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex(&hash.0.finalize().into()))
}

struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
