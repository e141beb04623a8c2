//! The ledger's writer: transactions, appending facts, and what it does when idle.

use crate::Salts;
use crate::connection::{DatabaseFile, Files};
use crate::counters::{CHECKPOINTS, DRAFT_COMMITS, DRAFT_MARKS, DURABLE_COMMITS, LOG_RESTARTS, count};
use crate::error::DatabaseError;
use crate::project::{self, Placed};
use crate::writer::WriterState;
use domain::ids::{IncarnationId, OperatorId, OrganisationId, StoreId, TerminalId};
use domain::time::{ClockQuality, Hlc, Moment, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::time::{Duration, Instant};
use wire::fact::header::{FLAG_TRAINING, Hash, Header, LogIdentity, Salt, envelope_hash, payload_hash};
use wire::fact::{ClockJumped, Fact, LedgerOpened, OpenReason, Origin};
use wire::record::Detached;

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Saved at once, durable within 250 ms of idling or with the next durable commit. For open sales.
    Draft,
    /// On disk when the commit returns. For everything that is a fact.
    Durable,
}

/// How long a draft may lie in memory after the last key.
const DRAFT_DURABLE_MS: u64 = 250;
/// How long the till has to be idle before the log is copied into the file.
const CHECKPOINT_IDLE_MS: u64 = 300;
/// Pages in the log at which it is copied into the file.
const CHECKPOINT_PAGES: i64 = 1_000;
/// Commits without a pause after which the log is looked at although the till is not idle: a log without a limit would
/// slow every reader.
const COMMITS_WITHOUT_PAUSE: u32 = 500;

/// How far the wall clock may leave the clock that never goes back before it counts as set: more than a time service
/// corrects at once.
const CLOCK_TOLERANCE_MS: i64 = 2_000;

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its row among the logs of this file.
    pub log: i64,
    /// Whose it is.
    pub identity: LogIdentity,
    /// What stands before its receipt numbers.
    pub series: String,
    /// Whether it is one to train on.
    pub training: bool,
    /// The place of its last fact.
    pub seq: u64,
    /// The hash of that fact.
    pub hash: Hash,
    /// Its logical clock.
    pub hlc: Hlc,
}

/// Which log a transaction appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The one that counts.
    Selling,
    /// The one to train on.
    Training,
}

/// How the wall clock stood to the clock that never goes back when they were last looked at.
#[derive(Debug, Clone, Copy)]
struct ClockSeen {
    boot: u64,
    wall_minus_mono: i64,
}

/// What the ledger's writer owns.
pub struct LedgerState {
    files: Files,
    connection: Connection,
    selling: Option<Head>,
    training: Option<Head>,
    /// Where the log that counts stands on the disk, as far as a commit has waited for it since the file was opened.
    durable: Option<Head>,
    clock: Option<ClockSeen>,
    /// Whether the wall clock jumped and was not set from a trusted source since.
    jumped: bool,
    salts: Salts,
    durability: Durability,
    last_work: Instant,
    /// Whether commits lie in memory that are not on disk.
    drafts: bool,
    checkpoint_due: bool,
    commits_without_pause: u32,
    /// Set by a commit that failed: what is on disk is not known before the file was opened anew.
    doubt: Option<Doubt>,
    /// Whether another ledger is about to take this one's place.
    sealed: bool,
    /// [`LedgerTx::records_version`].
    records_version: u64,
}

/// What a commit that failed may have left behind.
struct Doubt {
    /// The head before it.
    before: Option<Head>,
    /// The head it would have reached.
    attempted: Option<Head>,
}

/// A fact's place after it was appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its place among all facts of this file.
    pub arrival: i64,
    /// Its place in its log.
    pub seq: u64,
}

/// One transaction of the ledger.
pub struct LedgerTx<'s> {
    pub(crate) connection: &'s Connection,
    head: Option<Head>,
    salts: &'s mut Salts,
    moment: Moment,
    /// The jump of the clock that the first fact of this transaction has to be preceded by.
    jump: Option<ClockJumped>,
    origin: Option<Origin>,
    /// [`LedgerTx::records_version`].
    records_version: Option<u64>,
}

impl LedgerState {
    pub fn open(files: &Files, salts: Salts) -> Result<Self, DatabaseError> {
        let connection = files.open_writer(DatabaseFile::Ledger)?;
        begin_log_anew(&connection)?;
        let selling = load_head(&connection, Purpose::Selling)?;
        let training = load_head(&connection, Purpose::Training)?;
        Ok(Self {
            files: files.clone(),
            connection,
            selling,
            training,
            durable: None,
            clock: None,
            jumped: false,
            salts,
            durability: Durability::Durable,
            last_work: Instant::now(),
            drafts: false,
            checkpoint_due: true,
            commits_without_pause: 0,
            doubt: None,
            sealed: false,
            records_version: 0,
        })
    }

    /// Refuses every write from here on, or takes that back.
    pub fn seal(&mut self, sealed: bool) {
        self.sealed = sealed;
    }

    pub fn head(&mut self, purpose: Purpose) -> Option<Head> {
        match purpose {
            Purpose::Selling => self.selling.clone(),
            Purpose::Training => self.training.clone(),
        }
    }

    pub fn durable_head(&self) -> Option<Head> {
        self.durable.clone()
    }

    pub fn begin_log(&mut self, opened: LedgerOpened, moment: Moment) -> Result<(), DatabaseError> {
        let training = opened.reason == OpenReason::Training;
        let purpose = if training { Purpose::Training } else { Purpose::Selling };
        let identity = LogIdentity {
            organisation: opened.organisation,
            store: opened.store,
            terminal: opened.terminal,
            incarnation: opened.incarnation,
        };
        let series = opened.series.clone();
        let is_older_copy = !training && opened.previous.is_some();
        self.write(purpose, Durability::Durable, moment, move |tx| {
            let log =
                tx.connection.query_row("select ifnull(max(id), 0) + 1 from log", [], |row| row.get(0))?;
            let hlc = tx.head.as_ref().map_or(Hlc(0), |head| head.hlc);
            tx.head = Some(Head { log, identity, series, training, seq: 0, hash: [0; 32], hlc });
            tx.jump = None;
            if is_older_copy {
                // What waits here may have come out in a life this file knows nothing of.
                tx.doubt_print_jobs()?;
                tx.doubt_letters()?;
            }
            tx.append(OperatorId::TERMINAL, &Fact::LedgerOpened(opened), &[]).map(|_| ())
        })
    }

    pub fn write<T, E: From<DatabaseError>>(
        &mut self,
        purpose: Purpose,
        durability: Durability,
        moment: Moment,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.sealed {
            return Err(DatabaseError::Stopped.into());
        }
        self.resolve_doubt()?;
        self.set_durability(durability)?;
        execute(&self.connection, "begin immediate")?;
        // Rolls back on every way out but the commit, a panic included.
        let undo = Undo(&self.connection);
        // That the clock was set is said in the log that counts.
        let jump = match purpose {
            Purpose::Selling => jump(self.clock, self.selling.as_ref(), &moment),
            Purpose::Training => None,
        };
        let mut tx = LedgerTx {
            connection: &self.connection,
            head: match purpose {
                Purpose::Selling => self.selling.clone(),
                Purpose::Training => self.training.clone(),
            },
            salts: &mut self.salts,
            moment: trusted(moment, self.jumped || jump.is_some()),
            jump,
            origin: None,
            records_version: Some(self.records_version),
        };
        let value = job(&mut tx)?;
        let (head, recorded) = (tx.head, jump.is_some() && tx.jump.is_none());
        // Also when the commit fails: nobody knows then whether it changed them.
        self.records_version += u64::from(tx.records_version.is_none());
        let head_before = match purpose {
            Purpose::Selling => &mut self.selling,
            Purpose::Training => &mut self.training,
        };
        if let Err(error) = execute(&self.connection, "commit") {
            // A disk that failed once is not asked to repeat itself: nobody knows what it kept.
            let attempted = if purpose == Purpose::Selling { head } else { self.selling.clone() };
            self.doubt = Some(Doubt { before: self.selling.clone(), attempted });
            return Err(error.into());
        }
        std::mem::forget(undo);
        *head_before = head;
        if purpose == Purpose::Selling && (recorded || jump.is_none()) {
            self.clock = Some(ClockSeen { boot: moment.boot, wall_minus_mono: wall_minus_mono(&moment) });
            self.jumped = (self.jumped || recorded)
                && !matches!(moment.quality, ClockQuality::Hour | ClockQuality::Week);
        }
        self.last_work = Instant::now();
        self.checkpoint_due = true;
        self.commits_without_pause += 1;
        match durability {
            Durability::Draft => {
                count(&DRAFT_COMMITS);
                self.drafts = true;
            }
            Durability::Durable => {
                count(&DURABLE_COMMITS);
                self.drafts = false;
                self.durable = self.selling.clone();
            }
        }
        Ok(value)
    }

    /// After a commit that failed: opens the file anew, looks what it holds, and writes it where a sync that failed
    /// before cannot have lost it. A failed sync may have marked pages as written that are not (Rebello et al., "Can
    /// Applications Recover from fsync Failures?", USENIX ATC 2020), so the log is copied into the file and begun anew.
    fn resolve_doubt(&mut self) -> Result<(), DatabaseError> {
        let Some(doubt) = &self.doubt else { return Ok(()) };
        self.connection = Connection::open_in_memory()?;
        let connection = self.files.open_writer(DatabaseFile::Ledger)?;
        let busy: i64 = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0))?;
        if busy != 0 {
            return Err(DatabaseError::Doubtful);
        }
        let head = load_head(&connection, Purpose::Selling)?;
        if head != doubt.before && head != doubt.attempted {
            return Err(DatabaseError::HeadLost);
        }
        self.training = load_head(&connection, Purpose::Training)?;
        self.durable = head.clone();
        self.selling = head;
        self.connection = connection;
        self.durability = Durability::Durable;
        self.drafts = false;
        self.doubt = None;
        Ok(())
    }

    /// Goes on with what the file holds although it is not what was committed: a new log begins next.
    pub fn accept_loss(&mut self) -> Result<(), DatabaseError> {
        if self.doubt.is_some() {
            self.connection = Connection::open_in_memory()?;
            self.connection = self.files.open_writer(DatabaseFile::Ledger)?;
            self.selling = load_head(&self.connection, Purpose::Selling)?;
            self.training = load_head(&self.connection, Purpose::Training)?;
            self.durable = None;
            self.durability = Durability::Durable;
            self.drafts = false;
            self.doubt = None;
        }
        Ok(())
    }

    /// Makes drafts durable and copies the log into the file.
    pub fn settle(&mut self) -> Result<(), DatabaseError> {
        self.carry_drafts()?;
        self.checkpoint()
    }

    /// Makes drafts durable by a commit that says nothing else.
    fn carry_drafts(&mut self) -> Result<(), DatabaseError> {
        if self.drafts && self.doubt.is_none() {
            self.mark(Durability::Durable)?;
            self.drafts = false;
            self.durable = self.selling.clone();
            count(&DRAFT_MARKS);
        }
        Ok(())
    }

    /// Commits something that says nothing. One that fails is as much a crash as any other: what lay before it in the log
    /// may be lost, and with it whatever is written behind.
    fn mark(&mut self, durability: Durability) -> Result<(), DatabaseError> {
        self.set_durability(durability)?;
        execute(&self.connection, "update draft_mark set marks = marks + 1").inspect_err(|_| {
            self.doubt = Some(Doubt { before: self.selling.clone(), attempted: self.selling.clone() });
        })
    }

    /// Copies the log into the file once it is worth it. Never truncates it: a reused log costs no block allocation.
    fn checkpoint(&mut self) -> Result<(), DatabaseError> {
        self.commits_without_pause = 0;
        self.checkpoint_due = false;
        let pages: i64 = self.connection.query_row("pragma wal_checkpoint(noop)", [], |row| row.get(1))?;
        if pages >= CHECKPOINT_PAGES {
            let (pages, copied): (i64, i64) =
                self.connection
                    .query_row("pragma wal_checkpoint(passive)", [], |row| Ok((row.get(1)?, row.get(2)?)))?;
            count(&CHECKPOINTS);
            if copied == pages {
                self.restart_log()?;
            }
        }
        Ok(())
    }

    /// Begins the copied log anew with a draft. The first commit into it syncs its header: a sale would pay for that.
    fn restart_log(&mut self) -> Result<(), DatabaseError> {
        self.mark(Durability::Draft)?;
        count(&LOG_RESTARTS);
        Ok(())
    }

    fn set_durability(&mut self, durability: Durability) -> Result<(), DatabaseError> {
        if self.durability != durability {
            let pragma = match durability {
                Durability::Draft => "pragma synchronous = normal",
                Durability::Durable => "pragma synchronous = full",
            };
            execute(&self.connection, pragma)?;
            self.durability = durability;
        }
        Ok(())
    }
}

struct Undo<'c>(&'c Connection);

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit()
            && let Err(error) = execute(self.0, "rollback")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }
}

fn wall_minus_mono(moment: &Moment) -> i64 {
    moment.wall.0.saturating_sub(i64::try_from(moment.mono_ms).unwrap_or(i64::MAX))
}

/// Whether the wall clock was set since it was last looked at. Within one run of the machine it is held against the clock
/// that never goes back; after a restart only going back before the last fact is noticed.
fn jump(seen: Option<ClockSeen>, head: Option<&Head>, now: &Moment) -> Option<ClockJumped> {
    let (expected, running) = match seen.filter(|seen| seen.boot == now.boot) {
        Some(seen) => {
            let expected =
                seen.wall_minus_mono.saturating_add(i64::try_from(now.mono_ms).unwrap_or(i64::MAX));
            ((now.wall.0.abs_diff(expected) > CLOCK_TOLERANCE_MS.unsigned_abs()).then_some(expected)?, true)
        }
        None => {
            let last = i64::try_from(head?.hlc.0 >> 16).unwrap_or(i64::MAX);
            ((now.wall.0.saturating_add(CLOCK_TOLERANCE_MS) < last).then_some(last)?, false)
        }
    };
    Some(ClockJumped { expected: Timestamp(expected), shown: now.wall, running })
}

/// A moment whose clock jumped says so, unless it was set from a trusted source since.
fn trusted(moment: Moment, jumped: bool) -> Moment {
    match moment.quality {
        ClockQuality::Unknown if jumped => Moment { quality: ClockQuality::Jumped, ..moment },
        _ => moment,
    }
}

fn execute(connection: &Connection, statement: &str) -> Result<(), DatabaseError> {
    connection.prepare_cached(statement)?.execute([])?;
    Ok(())
}

impl WriterState for LedgerState {
    fn idle_in(&self) -> Option<Duration> {
        let idle = self.last_work.elapsed();
        let left = |ms| Duration::from_millis(ms).saturating_sub(idle);
        let draft = self.drafts.then(|| left(DRAFT_DURABLE_MS));
        let checkpoint = match self.commits_without_pause {
            commits if commits >= COMMITS_WITHOUT_PAUSE => Some(Duration::ZERO),
            _ => self.checkpoint_due.then(|| left(CHECKPOINT_IDLE_MS)),
        };
        draft.into_iter().chain(checkpoint).min()
    }

    fn idle(&mut self) {
        let idle = self.last_work.elapsed();
        let due = |ms| idle >= Duration::from_millis(ms);
        let drafts = if due(DRAFT_DURABLE_MS) { self.carry_drafts() } else { Ok(()) };
        let copy = self.commits_without_pause >= COMMITS_WITHOUT_PAUSE || due(CHECKPOINT_IDLE_MS);
        let copied = if copy { self.checkpoint() } else { Ok(()) };
        if let Err(error) = drafts.and(copied) {
            tracing::error!(%error, "idle work on the ledger failed");
        }
    }

    fn close(&mut self) {
        if let Err(error) = self.settle() {
            tracing::error!(%error, "the ledger could not be settled at close");
        }
    }
}

/// Copies what a run before this one left in SQLite's log into the file, so that nothing is written behind it: a sync
/// that failed then may have left it in memory only, and a power cut would take it and whatever came after. A till that
/// was switched off left nothing there.
fn begin_log_anew(connection: &Connection) -> Result<(), DatabaseError> {
    let copied = connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    match copied.map_err(DatabaseError::from) {
        Err(DatabaseError::Full) => {
            tracing::warn!("the disk is full: the log is continued as it is");
            Ok(())
        }
        other => other,
    }
}

/// The newest log of a purpose.
pub(crate) fn load_head(connection: &Connection, purpose: Purpose) -> Result<Option<Head>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select id, organisation, store, terminal, incarnation, series, training, head_seq, head_hash, head_hlc
         from log where training = ?1 order by id desc limit 1",
    )?;
    Ok(statement.query_row([purpose == Purpose::Training], read_head).optional()?)
}

/// Every log of a file.
pub(crate) fn load_heads(connection: &Connection) -> Result<Vec<Head>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select id, organisation, store, terminal, incarnation, series, training, head_seq, head_hash, head_hlc
         from log order by id",
    )?;
    let heads = statement.query_map([], read_head)?;
    Ok(heads.collect::<Result<_, _>>()?)
}

fn read_head(row: &Row<'_>) -> Result<Head, rusqlite::Error> {
    Ok(Head {
        log: row.get(0)?,
        identity: LogIdentity {
            organisation: OrganisationId::from_bytes(row.get(1)?),
            store: StoreId::from_bytes(row.get(2)?),
            terminal: TerminalId::from_bytes(row.get(3)?),
            incarnation: IncarnationId::from_bytes(row.get(4)?),
        },
        series: row.get(5)?,
        training: row.get(6)?,
        seq: row.get::<_, i64>(7)?.cast_unsigned(),
        hash: row.get(8)?,
        hlc: Hlc(row.get::<_, i64>(9)?.cast_unsigned()),
    })
}

impl LedgerTx<'_> {
    /// When this transaction happens.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// Lets what follows in this transaction happen at another moment: facts that are brought in many at a time keep
    /// their own.
    pub fn happens_at(&mut self, moment: Moment) {
        self.moment = moment;
        self.jump = None;
    }

    /// Says which call the facts of this transaction come from.
    pub fn comes_from(&mut self, origin: Origin) {
        self.origin = Some(origin);
    }

    /// A fresh salt.
    pub fn salt(&mut self) -> Salt {
        (self.salts)()
    }

    /// Whether it appends to the log to train on.
    pub fn is_training(&self) -> bool {
        self.head.as_ref().is_some_and(|head| head.training)
    }

    /// What stands before receipt numbers in this log.
    pub fn series(&self) -> &str {
        self.head.as_ref().map_or("", |head| &head.series)
    }

    /// Where the log stands in this transaction.
    pub(crate) fn head(&self) -> Option<&Head> {
        self.head.as_ref()
    }

    /// The log that is written.
    pub fn identity(&self) -> Option<LogIdentity> {
        self.head.as_ref().map(|head| head.identity)
    }

    /// Appends a fact to the log and projects it.
    ///
    /// # Errors
    /// `Disk`, `Full`; `Value` for a fact of an unknown kind or before the log began.
    pub fn append(
        &mut self,
        actor: OperatorId,
        fact: &Fact,
        detached: &[Detached],
    ) -> Result<Appended, DatabaseError> {
        if let Some(jump) = self.jump.take() {
            self.append(OperatorId::TERMINAL, &Fact::ClockJumped(jump), &[])?;
        }
        if !matches!(fact, Fact::SaleCompleted(_) | Fact::SaleCancelled(_)) {
            // Few facts change a record, and few are no sales: it is not worth telling them apart.
            self.records_version = None;
        }
        let salt = (self.salts)();
        let payload = fact
            .payload(self.origin.as_ref())
            .ok_or_else(|| DatabaseError::Value("a fact of no known kind".into()))?;
        let head = self.head.as_mut().ok_or_else(|| DatabaseError::Value("the log has not begun".into()))?;
        let (kind, kind_version) = fact.kind();
        let header = Header {
            log: head.identity,
            seq: head.seq + 1,
            kind: kind.to_owned(),
            kind_version,
            flags: if head.training { FLAG_TRAINING } else { 0 },
            moment: self.moment,
            hlc: head.hlc.next(self.moment.wall),
            actor,
            previous: head.hash,
            payload_hash: payload_hash(&salt, &payload),
        };
        let envelope = header.encode();
        let hash = envelope_hash(&envelope);
        self.connection
            .prepare_cached(
                "insert into fact (log, seq, kind, envelope, salt, payload) values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![head.log, header.seq.cast_signed(), kind, envelope, salt, payload])?;
        let arrival = self.connection.last_insert_rowid();
        for kept in detached {
            self.connection
                .prepare_cached("insert into detached (arrival, field, salt, value) values (?1, ?2, ?3, ?4)")?
                .execute(params![arrival, kept.field, kept.salt, kept.value])?;
        }
        head.seq = header.seq;
        head.hash = hash;
        head.hlc = header.hlc;
        let placed = Placed { arrival, log: head.log, header };
        project::immediate(self.connection, &placed, fact, detached)?;
        project::advance(self.connection, &placed, &hash)?;
        Ok(Appended { arrival, seq: placed.header.seq })
    }

    /// A number that moves with every commit that may have changed a small record: what was read of them under this
    /// number is still as it was. `None` in a transaction that may have changed them itself.
    pub fn records_version(&self) -> Option<u64> {
        self.records_version
    }

    /// Takes the next gapless number of a series of documents. It is taken when the transaction commits, with the fact
    /// that carries it.
    ///
    /// # Errors
    /// `Disk`.
    pub fn next_number(&self, document: &str) -> Result<u64, DatabaseError> {
        let log = self.head.as_ref().map_or(0, |head| head.log);
        let last: Option<i64> = self
            .connection
            .prepare_cached("select last from number where log = ?1 and document = ?2")?
            .query_row(params![log, document], |row| row.get(0))
            .optional()?;
        Ok(last.unwrap_or(0).cast_unsigned() + 1)
    }

    pub(crate) fn fold(&mut self, facts_max: u32) -> Result<bool, DatabaseError> {
        project::fold(self.connection, facts_max)
    }

    /// Folds into the rollups all that this transaction sees.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn fold_tail(&self) -> Result<(), DatabaseError> {
        project::fold_tail(self.connection)
    }

    pub(crate) fn rebuild(&mut self) -> Result<(), DatabaseError> {
        self.records_version = None;
        project::rebuild(self.connection)
    }
}
