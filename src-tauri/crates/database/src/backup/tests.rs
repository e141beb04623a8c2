//! Backups of a small ledger on a real disk.

use super::*;
use crate::disk::SystemDisk;
use crate::restore::tests::Until;
use crate::{Database, LedgerTx};
use domain::backup::BackupPlan;
use domain::ids::{IncarnationId, OperatorId, OrganisationId, StoreId};
use domain::registrar::FieldChange;
use domain::time::{ClockQuality, Timestamp};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;
use wire::fact::header::payload_hash;
use wire::fact::{Fact, LedgerOpened, OpenReason, SignedOut};
use wire::record::{Detached, Entity, FieldValue, RecordChanged, hex};

pub const PEPPER: Pepper = [7; 32];

/// Monday, 2 March 2026, 18:00 in Paris, and so many days later.
pub fn moment(days: i64) -> Moment {
    let passed = days * 86_400_000;
    Moment {
        wall: Timestamp(1_772_470_800_000 + passed),
        zone_min: 60,
        boot: 1,
        mono_ms: passed.unsigned_abs(),
        quality: ClockQuality::Unknown,
    }
}

/// A ledger with a first fact.
pub struct Shop {
    pub dir: TempDir,
    pub database: Option<Database>,
}

impl Shop {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut shop = Self { dir, database: None };
        shop.open();
        let opened = LedgerOpened {
            organisation: OrganisationId(Uuid::from_u128(1)),
            store: StoreId(Uuid::from_u128(2)),
            terminal: TerminalId(Uuid::from_u128(3)),
            incarnation: IncarnationId(Uuid::from_u128(4)),
            series: "A".to_owned(),
            reason: OpenReason::New,
            previous: None,
            grand_totals: Vec::new(),
        };
        shop.database().begin_log(opened, moment(0)).unwrap();
        shop
    }

    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    pub fn shelf(&self) -> PathBuf {
        self.data_dir().join(FOLDER)
    }

    pub fn open(&mut self) {
        self.database = None;
        let mut salt = 0_u8;
        let salts = move || {
            salt = salt.wrapping_add(1);
            [salt; 16]
        };
        let opened =
            Database::open_with(&self.data_dir(), Arc::new(SystemDisk), &|_| Some(PEPPER), Box::new(salts));
        self.database = Some(opened.unwrap());
    }

    pub fn database(&self) -> &Database {
        self.database.as_ref().unwrap()
    }

    /// Appends so many facts.
    pub fn happen(&self, facts: u64, days: i64) {
        for _ in 0..facts {
            let job = |tx: &mut LedgerTx<'_>| -> Result<(), DatabaseError> {
                let fact = Fact::SignedOut(SignedOut { door: "script".to_owned() });
                tx.append(OperatorId::TERMINAL, &fact, &[]).map(|_| ())
            };
            self.database().write(crate::Durability::Draft, moment(days), job).unwrap();
        }
    }

    /// Adds an operator with this name.
    pub fn employ(&self, id: Uuid, name: &str, days: i64) {
        let value = serde_json::to_vec(name).unwrap();
        let job = move |tx: &mut LedgerTx<'_>| -> Result<(), DatabaseError> {
            let detached = Detached { field: "name".to_owned(), salt: [3; 16], value };
            let commitment = hex(&payload_hash(&detached.salt, &detached.value));
            let new = FieldValue::Committed { commitment };
            let old = FieldValue::Open(serde_json::Value::Null);
            let fact = Fact::RecordChanged(RecordChanged {
                entity: Entity::Operator,
                id,
                base_version: 0,
                version: 1,
                fields: [("name".to_owned(), FieldChange { old, new })].into(),
            });
            tx.append(OperatorId::TERMINAL, &fact, &[detached]).map(|_| ())
        };
        self.database().write(crate::Durability::Durable, moment(days), job).unwrap();
        self.database().settle().unwrap();
    }

    pub fn back_up(&self, days: i64) -> Manifest {
        let making = Making { moment: moment(days), reason: BackupReason::Daily, pepper: Some(PEPPER) };
        self.database().back_up(&self.shelf(), &making, &mut || true).unwrap()
    }
}

/// A file as somebody with plain SQLite opens it.
fn plain(path: &Path) -> Connection {
    connect(&SystemDisk, path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap()
}

fn names(dir: &Path) -> Vec<String> {
    SystemDisk.list(dir).unwrap().iter().map(|path| manifest::name(path)).collect()
}

#[test]
fn a_backup_is_one_plain_file_of_the_moment_it_began() {
    let shop = Shop::new();
    shop.happen(300, 0);
    let mut slices = 0;
    let making = Making { moment: moment(0), reason: BackupReason::Asked, pepper: Some(PEPPER) };
    let made = shop
        .database()
        .back_up(&shop.shelf(), &making, &mut || {
            // The shop goes on selling while the copy is made.
            shop.happen(5, 0);
            slices += 1;
            true
        })
        .unwrap();
    assert!(slices > 0 || made.bytes < 1 << 20);
    assert_eq!((made.file.as_str(), made.seq), ("2026-03-02T1800-A-000301.store.db", 301));
    assert_eq!(
        names(&shop.shelf()),
        ["2026-03-02T1800-A-000301.store.db", "2026-03-02T1800-A-000301.store.json"]
    );
    let path = shop.shelf().join(&made.file);
    #[cfg(unix)]
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777,
        0o600
    );
    // On a disk that nobody may write to, as somebody with plain SQLite opens it.
    let plain = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let count = |table: &str| -> i64 {
        plain.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
    };
    assert_eq!((count("fact"), count("backup"), count("backup_secret")), (301, 1, 1));
    let mode: String = plain.query_row("pragma journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
    assert_eq!(names(&shop.shelf()).len(), 2, "reading leaves nothing beside it");
}

#[test]
fn any_byte_that_changes_is_found() {
    let shop = Shop::new();
    shop.happen(40, 0);
    let path = shop.shelf().join(shop.back_up(0).file);
    let whole = std::fs::read(&path).unwrap();
    let sound = check(&SystemDisk, &path).unwrap();
    assert_eq!((sound.head.seq, sound.fault), (41, None));
    let carried = Kept {
        path: path.clone(),
        manifest: kept(&SystemDisk, &shop.shelf()).unwrap()[0].manifest.clone(),
        bytes: 0,
    };
    for place in (0..whole.len()).step_by(whole.len() / 97) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x20;
        std::fs::write(&path, &bytes).unwrap();
        let other = shop.dir.path().join("other");
        prepare(&SystemDisk, &other, "").unwrap();
        let refused = carry(&SystemDisk, &carried, &other, &mut || true).unwrap_err();
        assert!(
            matches!(refused.code(), Code::BackupDamaged | Code::BackupForeign),
            "byte {place}: {refused}"
        );
        assert!(kept(&SystemDisk, &other).unwrap().is_empty());
    }
    std::fs::write(&path, &whole[..whole.len() - 4_096]).unwrap();
    assert_eq!(
        kept(&SystemDisk, &shop.shelf()).unwrap()[0].manifest,
        None,
        "a file that was cut does not count"
    );
    assert_eq!(check(&SystemDisk, &path).unwrap_err().code(), Code::BackupDamaged);
    std::fs::write(&path, "no database at all").unwrap();
    assert_eq!(check(&SystemDisk, &path).unwrap_err().code(), Code::BackupForeign);
    assert_eq!(check(&SystemDisk, &path.with_extension("gone")).unwrap_err().code(), Code::BackupUnknown);
}

#[test]
fn the_copy_of_a_damaged_ledger_counts_and_says_so() {
    let shop = Shop::new();
    shop.happen(20, 0);
    shop.database().settle().unwrap();
    let ledger = plain(&shop.data_dir().join("ledger.db"));
    ledger
        .execute_batch(
            "drop trigger fact_is_not_updated;
             update fact set payload = cast(replace(cast(payload as text), 'script', 'forged') as blob) where seq = 7;",
        )
        .unwrap();
    let made = shop.back_up(0);
    assert_eq!(made.fault.as_deref(), Some("log A, place 7: the payload is not what was written"));
    assert!(kept(&SystemDisk, &shop.shelf()).unwrap()[0].manifest.is_some());
}

#[test]
fn what_an_interrupted_backup_left_does_not_count_and_goes() {
    let shop = Shop::new();
    let making = Making { moment: moment(0), reason: BackupReason::Daily, pepper: None };
    shop.happen(3_000, 0);
    let stopped = shop.database().back_up(&shop.shelf(), &making, &mut || false);
    assert!(matches!(stopped, Err(BackupFailure::Database(DatabaseError::Stopped))));
    assert_eq!(names(&shop.shelf()), ["ledger.new"]);
    assert!(kept(&SystemDisk, &shop.shelf()).unwrap().is_empty());
    let made = shop.back_up(0);
    assert!(!names(&shop.shelf()).contains(&"ledger.new".to_owned()));
    // The power was cut between the file's name and its manifest: it is checked again, and counts.
    std::fs::remove_file(manifest::beside(&shop.shelf().join(&made.file))).unwrap();
    std::fs::write(shop.shelf().join("holiday.store.db"), "not a till").unwrap();
    assert_eq!(adopt(&SystemDisk, &shop.shelf(), moment(1).wall).unwrap(), 1);
    let kept = kept(&SystemDisk, &shop.shelf()).unwrap();
    assert_eq!(kept[0].manifest.as_ref().unwrap().sha256, made.sha256);
    assert_eq!(kept[0].manifest.as_ref().unwrap().checked_at, moment(1).wall);
    assert_eq!(
        (kept[1].manifest.is_none(), manifest::name(&kept[1].path).as_str()),
        (true, "holiday.store.db")
    );
}

#[test]
fn a_ledger_is_backed_up_before_it_is_migrated() {
    let mut shop = Shop::new();
    shop.happen(9, 0);
    shop.database = None;
    let ledger = plain(&shop.data_dir().join("ledger.db"));
    // As if it had seen none of the steps.
    ledger.execute("delete from refinery_schema_history where version > 1", []).unwrap();
    ledger.execute("update refinery_schema_history set version = 0", []).unwrap();
    drop(ledger);
    // This migration cannot succeed: the tables are there. The backup is there all the same.
    let opened =
        Database::open_with(&shop.data_dir(), Arc::new(SystemDisk), &|_| Some(PEPPER), Box::new(|| [0; 16]));
    assert!(opened.is_err());
    let kept = kept(&SystemDisk, &shop.shelf()).unwrap();
    let manifest = kept[0].manifest.as_ref().unwrap();
    assert_eq!((manifest.reason, manifest.seq), (BackupReason::BeforeMigration, 10));
    assert_eq!(manifest.file, "2026-03-02T1800-A-000010.store.db");
}

#[test]
fn days_weeks_and_months_are_kept_and_room_is_made_for_the_next() {
    let shop = Shop::new();
    for day in 0..40 {
        shop.happen(1, day);
        shop.back_up(day);
        thin_out(&SystemDisk, &shop.shelf(), &BackupPlan::default()).unwrap();
    }
    let days: Vec<String> = kept(&SystemDisk, &shop.shelf())
        .unwrap()
        .iter()
        .map(|kept| kept.manifest.as_ref().unwrap().day().to_string())
        .collect();
    assert_eq!(
        days,
        [
            "2026-04-10",
            "2026-04-09",
            "2026-04-08",
            "2026-04-07",
            "2026-04-06",
            "2026-04-05",
            "2026-04-04",
            "2026-03-31",
            "2026-03-29",
            "2026-03-22"
        ]
    );
    assert!(make_room(&SystemDisk, &shop.shelf(), 1).unwrap());
    assert!(!make_room(&SystemDisk, &shop.shelf(), u64::MAX).unwrap());
    assert_eq!(kept(&SystemDisk, &shop.shelf()).unwrap().len(), 2, "the newest two stay");
}

#[test]
fn the_second_place_is_told_from_the_empty_folder_it_is_mounted_on() {
    let shop = Shop::new();
    let stick = shop.dir.path().join("stick");
    assert!(!is_ready(&SystemDisk, &stick));
    std::fs::create_dir(&stick).unwrap();
    assert!(!is_ready(&SystemDisk, &stick));
    prepare(&SystemDisk, &stick, "Backups of Till 1").unwrap();
    assert!(is_ready(&SystemDisk, &stick));
    shop.back_up(0);
    let newest = kept(&SystemDisk, &shop.shelf()).unwrap().remove(0);
    carry(&SystemDisk, &newest, &stick, &mut || true).unwrap();
    let there = kept(&SystemDisk, &stick).unwrap();
    assert_eq!(there[0].manifest, newest.manifest);
}

#[test]
fn what_was_erased_leaves_no_trace_in_an_older_backup_and_archive() {
    let shop = Shop::new();
    let (name, id) = ("Zoltan Kovalenko", Uuid::from_u128(77));
    let holds = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(name.len()).any(|window| window == name.as_bytes())
    };
    shop.employ(id, name, 0);
    let older = shop.shelf().join(shop.back_up(0).file);
    shop.happen(1, 31);
    let archives = shop.data_dir().join(crate::archive::FOLDER);
    let sign = |_: &[u8]| Ok(([9; 32], [1; 64]));
    let archive = shop.database().archive(&archives, &moment(31), &sign, &mut || true).unwrap().unwrap();
    assert!(holds(&older) && holds(&archives.join(&archive.file)));

    let erasures = Erasures::of(shop.database()).unwrap();
    let kept_before = kept(&SystemDisk, &shop.shelf()).unwrap().remove(0);
    assert!(!erase(&SystemDisk, &kept_before, &erasures, moment(32).wall, &mut || true).unwrap());
    let job = move |tx: &mut LedgerTx<'_>| {
        tx.erase(OperatorId::TERMINAL, Entity::Operator, id, &["name", "pin"]).map(|_| ())
    };
    shop.database().write(crate::Durability::Durable, moment(32), job).unwrap();
    let erasures = Erasures::of(shop.database()).unwrap();
    assert!(erase(&SystemDisk, &kept_before, &erasures, moment(32).wall, &mut || true).unwrap());
    assert!(erase_in_archive(&SystemDisk, &archives, &archive, &erasures, &mut || true).unwrap());
    assert!(!holds(&older) && !holds(&archives.join(&archive.file)));
    // Facts, chain and place are what they were, and it still counts.
    let kept_after = kept(&SystemDisk, &shop.shelf()).unwrap().remove(0);
    let (before, after) = (kept_before.manifest.unwrap(), kept_after.manifest.clone().unwrap());
    assert_eq!((after.seq, after.hash, after.made_at), (before.seq, before.hash, before.made_at));
    assert_ne!(after.sha256, before.sha256);
    assert!(
        !erase(&SystemDisk, &kept_after, &erasures, moment(33).wall, &mut || true).unwrap(),
        "once is enough"
    );
}

#[test]
fn a_backup_that_stops_anywhere_counts_whole_or_not_at_all() {
    let shop = Shop::new();
    shop.happen(30, 0);
    // Twice the same name and other bytes: the second time there is one that counts already.
    for round in 0..2 {
        let making = Making { moment: moment(0), reason: BackupReason::Asked, pepper: Some([round; 32]) };
        for changes in 0.. {
            let disk: Arc<dyn Disk> = Arc::new(Until::after(changes));
            let files = Files::of(&shop.data_dir(), disk).unwrap();
            let done = written(&files, &shop.shelf(), &making, &mut || true)
                .and_then(|written| read_back(files.disk.as_ref(), written));
            let counting =
                kept(&SystemDisk, &shop.shelf()).unwrap().into_iter().filter(|kept| kept.manifest.is_some());
            for kept in counting {
                let sha256 = hex(&check(&SystemDisk, &kept.path).unwrap().sha256);
                assert_eq!(kept.manifest.unwrap().sha256, sha256, "round {round}, after {changes} changes");
            }
            if done.is_ok() {
                assert!(changes > 8, "the sweep saw every step");
                break;
            }
        }
        assert_eq!(kept(&SystemDisk, &shop.shelf()).unwrap().len(), 1);
    }
}

#[test]
fn a_backup_that_is_thinned_out_while_the_folder_is_looked_at_is_passed_over() {
    let shop = Shop::new();
    let [first, second] = [0, 1].map(|day| {
        shop.happen(3, day);
        shop.back_up(day)
    });
    let path = shop.shelf().join(&first.file);
    let mut disk = Until::after(0);
    disk.removed_when_listed = Some(path.clone());
    let kept = kept(&disk, &shop.shelf()).unwrap();
    let there: Vec<_> = kept.iter().filter_map(|kept| kept.manifest.as_ref()).collect();
    assert_eq!(there, [&second]);
    assert_eq!(kept_at(&SystemDisk, &path).unwrap(), []);
}
