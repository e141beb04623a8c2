//! The ledger's writer: transactions, appending facts, and what it does when idle.

use crate::Salts;
use crate::connection::{DatabaseFile, open_writer};
use crate::counters::{CHECKPOINTS, DRAFT_COMMITS, DRAFT_MARKS, DURABLE_COMMITS, LOG_RESTARTS, count};
use crate::error::DatabaseError;
use crate::project::{self, Placed};
use crate::writer::WriterState;
use domain::ids::{IncarnationId, OperatorId, OrganisationId, StoreId, TerminalId};
use domain::time::{Hlc, Moment};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;
use std::time::{Duration, Instant};
use wire::fact::header::{Hash, Header, LogIdentity, Salt, envelope_hash, payload_hash};
use wire::fact::{Fact, LedgerOpened};
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

/// Where the log that is written stands.
#[derive(Debug, Clone)]
struct Head {
    log: i64,
    identity: LogIdentity,
    series: String,
    seq: u64,
    hash: Hash,
    hlc: Hlc,
}

/// What the ledger's writer owns.
pub struct LedgerState {
    connection: Connection,
    head: Option<Head>,
    salts: Salts,
    durability: Durability,
    last_work: Instant,
    /// Whether commits lie in memory that are not on disk.
    drafts: bool,
    checkpoint_due: bool,
    commits_without_pause: u32,
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
}

impl LedgerState {
    pub fn open(dir: &Path, salts: Salts) -> Result<Self, DatabaseError> {
        let connection = open_writer(dir, DatabaseFile::Ledger)?;
        let head = load_head(&connection)?;
        Ok(Self {
            connection,
            head,
            salts,
            durability: Durability::Durable,
            last_work: Instant::now(),
            drafts: false,
            checkpoint_due: true,
            commits_without_pause: 0,
        })
    }

    pub fn identity(&mut self) -> Option<LogIdentity> {
        self.head.as_ref().map(|head| head.identity)
    }

    pub fn begin_log(
        &mut self,
        identity: LogIdentity,
        series: &str,
        moment: Moment,
    ) -> Result<(), DatabaseError> {
        let opened = Fact::LedgerOpened(LedgerOpened {
            organisation: identity.organisation,
            store: identity.store,
            terminal: identity.terminal,
            incarnation: identity.incarnation,
            series: series.to_owned(),
            reason: "new".to_owned(),
        });
        let log = self.head.as_ref().map_or(1, |head| head.log + 1);
        let series = series.to_owned();
        self.write(Durability::Durable, moment, move |tx| {
            tx.head = Some(Head { log, identity, series, seq: 0, hash: [0; 32], hlc: Hlc(0) });
            tx.append(OperatorId::TERMINAL, &opened, &[]).map(|_| ())
        })
    }

    pub fn write<T, E: From<DatabaseError>>(
        &mut self,
        durability: Durability,
        moment: Moment,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.set_durability(durability)?;
        execute(&self.connection, "begin immediate")?;
        // Rolls back on every way out but the commit, a panic included.
        let undo = Undo(&self.connection);
        let mut tx = LedgerTx {
            connection: &self.connection,
            head: self.head.clone(),
            salts: &mut self.salts,
            moment,
        };
        let value = job(&mut tx)?;
        let head = tx.head;
        execute(&self.connection, "commit")?;
        std::mem::forget(undo);
        self.head = head;
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
            }
        }
        Ok(value)
    }

    /// Makes drafts durable and copies the log into the file.
    pub fn settle(&mut self) -> Result<(), DatabaseError> {
        self.carry_drafts()?;
        self.checkpoint()
    }

    /// Makes drafts durable by a commit that says nothing else.
    fn carry_drafts(&mut self) -> Result<(), DatabaseError> {
        if std::mem::take(&mut self.drafts) {
            self.set_durability(Durability::Durable)?;
            execute(&self.connection, "update draft_mark set marks = marks + 1")?;
            count(&DRAFT_MARKS);
        }
        Ok(())
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
        self.set_durability(Durability::Draft)?;
        execute(&self.connection, "update draft_mark set marks = marks + 1")?;
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

fn load_head(connection: &Connection) -> Result<Option<Head>, DatabaseError> {
    let mut statement = connection.prepare_cached(
        "select id, organisation, store, terminal, incarnation, series, head_seq, head_hash, head_hlc
         from log order by id desc limit 1",
    )?;
    let head = statement
        .query_row([], |row| {
            Ok(Head {
                log: row.get(0)?,
                identity: LogIdentity {
                    organisation: OrganisationId::from_bytes(row.get(1)?),
                    store: StoreId::from_bytes(row.get(2)?),
                    terminal: TerminalId::from_bytes(row.get(3)?),
                    incarnation: IncarnationId::from_bytes(row.get(4)?),
                },
                series: row.get(5)?,
                seq: row.get::<_, i64>(6)?.cast_unsigned(),
                hash: row.get(7)?,
                hlc: Hlc(row.get::<_, i64>(8)?.cast_unsigned()),
            })
        })
        .optional()?;
    Ok(head)
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
    }

    /// A fresh salt.
    pub fn salt(&mut self) -> Salt {
        (self.salts)()
    }

    /// What stands before receipt numbers in this log.
    pub fn series(&self) -> &str {
        self.head.as_ref().map_or("", |head| &head.series)
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
        let salt = (self.salts)();
        let payload = fact.payload().ok_or_else(|| DatabaseError::Value("a fact of no known kind".into()))?;
        let head = self.head.as_mut().ok_or_else(|| DatabaseError::Value("the log has not begun".into()))?;
        let (kind, kind_version) = fact.kind();
        let header = Header {
            log: head.identity,
            seq: head.seq + 1,
            kind: kind.to_owned(),
            kind_version,
            flags: 0,
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
        let placed = Placed { arrival, log: head.log, hash, header };
        project::immediate(self.connection, &placed, fact, detached)?;
        Ok(Appended { arrival, seq: placed.header.seq })
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

    pub(crate) fn rebuild(&mut self) -> Result<(), DatabaseError> {
        project::rebuild(self.connection)
    }
}
