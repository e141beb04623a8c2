//! What lies beside a ledger: the guards of its logs, and the pictures that are named.

use super::BesideReport;
use super::fault::{Faults, Problem};
use super::log::load_rows;
use super::open::Store;
use super::projections::Catalog;
use super::value::bytes;
use crate::guard::{Found, Guard};
use domain::ids::{IncarnationId, TerminalId};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use wire::fact::LedgerOpened;
use wire::fact::header::{Hash, envelope_hash};
use wire::record::hex;

/// What the guard of a log remembers.
pub struct Remembered {
    log: i64,
    incarnation: IncarnationId,
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
                remembered.push(Remembered { log, incarnation, seq: head.seq, hash: head.hash });
            }
        }
    }
    remembered
}

/// Holds what the guards remember against the facts.
pub fn guards(store: &Store<'_>, remembered: &[Remembered], beside: &mut BesideReport, faults: &mut Faults) {
    let lost = lost_ends(store, faults);
    for Remembered { log, incarnation, seq, hash } in remembered {
        // An older copy was put back, and the log that was begun then says so.
        let is_told = lost.get(incarnation).is_some_and(|lost| lost >= seq);
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
            Ok(None) if is_told => {}
            Ok(None) => faults.log(*log, Problem::GuardAhead { remembered: seq }),
            Err(error) => store.unreadable(&error, faults),
        }
    }
}

/// How far the guard of a life had been when the next one began behind it, where the ledger had less: what the till found
/// out itself, and keeps in its first fact.
fn lost_ends(store: &Store<'_>, faults: &mut Faults) -> BTreeMap<IncarnationId, u64> {
    let payloads = || -> rusqlite::Result<Vec<Vec<u8>>> {
        let mut statement =
            store.connection.prepare("select payload from fact where seq = 1 and kind = 'ledger.opened'")?;
        statement.query_map([], |row| Ok(bytes(row.get_ref(0)?).to_vec()))?.collect()
    };
    let payloads = payloads().unwrap_or_else(|error| {
        store.unreadable(&error, faults);
        Vec::new()
    });
    let previous = payloads.iter().filter_map(|payload| {
        // One that cannot be read is found when the facts are.
        serde_json::from_slice::<LedgerOpened>(payload).ok()?.previous
    });
    previous.filter_map(|previous| Some((previous.incarnation, previous.guard_seq?))).collect()
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
