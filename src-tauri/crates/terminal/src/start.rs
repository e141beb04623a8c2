//! How a terminal finds its ledger at the start: is it the one this machine left, whole and where it was? If not, what
//! is there is kept, and a new log begins (a new incarnation with its own series of numbers): a log that may be an old
//! or a second copy is never continued.

use crate::Surroundings;
use crate::error::OpenError;
use database::guard::{Found, Guard, Place, Remembered};
use database::{Database, Head, Purpose};
use domain::ids::{IncarnationId, OrganisationId, StoreId, TerminalId};
use domain::time::Moment;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use wire::fact::header::LogIdentity;
use wire::fact::{LedgerOpened, OpenReason, PreviousLife};
use wire::record::hex;

/// The file that a restored data directory carries until its new log has begun.
pub const RESTORED_MARK: &str = "restored";
/// The same, when the backup goes on on another machine in place of the one that wrote it.
pub const REPLACED_MARK: &str = "replaced";
const MARKS: [(&str, OpenReason); 2] =
    [(RESTORED_MARK, OpenReason::Restored), (REPLACED_MARK, OpenReason::Replaced)];

/// What was found at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Why a new log began, and what went before it; `None` when the old one goes on.
    pub reincarnated: Option<(OpenReason, PreviousLife)>,
    /// Whether one of the guard's two slots could not be read. The other one was used, and the guard is whole again.
    pub guard_damaged: bool,
}

/// What a log is begun with.
#[derive(Clone, Copy)]
pub(crate) struct Start<'t> {
    pub database: &'t Database,
    pub surroundings: &'t Surroundings,
    /// The directory of the data.
    pub data_dir: &'t Path,
    /// The directory of all guards.
    pub guards: &'t Path,
    pub now: Moment,
}

/// Where the guard of a terminal is kept.
pub(crate) fn guard_dir(guards: &Path, terminal: TerminalId) -> PathBuf {
    guards.join(terminal.to_string())
}

/// What the guard remembers of a head.
pub(crate) fn remembered(head: &Head, place: Place) -> Remembered {
    Remembered {
        terminal: head.identity.terminal,
        incarnation: head.identity.incarnation,
        seq: head.seq,
        hash: head.hash,
        place,
    }
}

impl Start<'_> {
    /// Begins the first log of a new terminal, goes on with the one that is there, or begins the next one after it.
    pub fn settle(&self) -> Result<Started, OpenError> {
        let Some(head) = self.database.head(Purpose::Selling)? else {
            let id = || self.surroundings.ids.uuid(self.now.wall);
            let identity = LogIdentity {
                organisation: OrganisationId(id()),
                store: StoreId(id()),
                terminal: TerminalId(id()),
                incarnation: IncarnationId(id()),
            };
            self.begin(identity, OpenReason::New, None)?;
            return Ok(Started { reincarnated: None, guard_damaged: false });
        };
        let guard = self.guard(&head);
        let found = guard.find()?;
        let guard_damaged = matches!(found, Found::Unreadable | Found::Remembered { slot_damaged: true, .. });
        let reason = match self.marked()? {
            Some(reason) => Some(reason),
            None => self.doubt(&head, &found)?,
        };
        let Some(reason) = reason else {
            if guard_damaged {
                // Both slots: the first one written takes the damaged one's place.
                guard.remember(&remembered(&head, self.place()?))?;
            }
            return Ok(Started { reincarnated: None, guard_damaged });
        };
        let previous = self.continue_after(&head, &found, reason)?;
        self.unmark()?;
        Ok(Started { reincarnated: Some((reason, previous)), guard_damaged })
    }

    /// Begins a new log while the till runs, because the one on disk can no longer be continued.
    pub fn reincarnate(&self, reason: OpenReason) -> Result<Started, OpenError> {
        self.database.accept_loss()?;
        let Some(head) = self.database.head(Purpose::Selling)? else { return self.settle() };
        let found = self.guard(&head).find()?;
        let previous = self.continue_after(&head, &found, reason)?;
        Ok(Started { reincarnated: Some((reason, previous)), guard_damaged: false })
    }

    /// Where the ledger lies.
    pub fn place(&self) -> Result<Place, OpenError> {
        // A relative path and a link lead to the same place as the path they stand for.
        let path = std::path::absolute(self.data_dir)?;
        let path = path.canonicalize().unwrap_or(path);
        Ok(Place {
            machine: Sha256::digest(self.surroundings.machine.as_bytes()).into(),
            path: Sha256::digest(path.as_os_str().as_encoded_bytes()).into(),
            file: self.database.file_mark()?,
        })
    }

    fn guard(&self, head: &Head) -> Guard<'_> {
        let dir = guard_dir(self.guards, head.identity.terminal);
        Guard::of(self.surroundings.disk.as_ref(), &dir, head.identity.incarnation)
    }

    /// Why the log may not go on, if so.
    fn doubt(&self, head: &Head, found: &Found) -> Result<Option<OpenReason>, OpenError> {
        let remembered = match found {
            Found::Nothing | Found::Unreadable => return Ok(Some(OpenReason::GuardLost)),
            Found::Remembered { remembered, .. } => remembered,
        };
        if remembered.place != self.place()? {
            return Ok(Some(OpenReason::Copied));
        }
        if remembered.seq > head.seq {
            return Ok(Some(OpenReason::RolledBack));
        }
        if remembered.seq > 0 {
            let there = self.database.read(|reader| reader.hash_at(head.log, remembered.seq))?;
            if there != Some(remembered.hash) {
                return Ok(Some(OpenReason::Forked));
            }
        }
        Ok(None)
    }

    fn continue_after(
        &self,
        head: &Head,
        found: &Found,
        reason: OpenReason,
    ) -> Result<PreviousLife, OpenError> {
        let guard_seq = match found {
            Found::Remembered { remembered, .. } if remembered.seq > head.seq => Some(remembered.seq),
            Found::Remembered { .. } | Found::Nothing | Found::Unreadable => None,
        };
        let (incarnation, seq) = (head.identity.incarnation, head.seq);
        let previous = PreviousLife { incarnation, seq, hash: hex(&head.hash), guard_seq };
        let next = IncarnationId(self.surroundings.ids.uuid(self.now.wall));
        self.begin(LogIdentity { incarnation: next, ..head.identity }, reason, Some(previous.clone()))?;
        tracing::warn!(?reason, before = %incarnation, "a new log begins");
        Ok(previous)
    }

    fn marked(&self) -> Result<Option<OpenReason>, OpenError> {
        for (mark, reason) in MARKS {
            if self.surroundings.disk.exists(&self.data_dir.join(mark))? {
                return Ok(Some(reason));
            }
        }
        Ok(None)
    }

    fn unmark(&self) -> Result<(), OpenError> {
        for (mark, _) in MARKS {
            let path = self.data_dir.join(mark);
            if self.surroundings.disk.exists(&path)? {
                self.surroundings.disk.remove(&path)?;
                self.surroundings.disk.sync_dir(self.data_dir)?;
            }
        }
        Ok(())
    }

    /// Begins a log. Its guard is there first, with place 0: a log without one would look like a copy after a power cut.
    fn begin(
        &self,
        identity: LogIdentity,
        reason: OpenReason,
        previous: Option<PreviousLife>,
    ) -> Result<(), OpenError> {
        let disk = self.surroundings.disk.as_ref();
        let dir = guard_dir(self.guards, identity.terminal);
        disk.create_dir(&dir)?;
        let guard = Guard::of(disk, &dir, identity.incarnation);
        guard.remember(&Remembered {
            terminal: identity.terminal,
            incarnation: identity.incarnation,
            seq: 0,
            hash: [0; 32],
            place: self.place()?,
        })?;
        let opened = LedgerOpened {
            organisation: identity.organisation,
            store: identity.store,
            terminal: identity.terminal,
            incarnation: identity.incarnation,
            series: self.series(identity.incarnation, reason)?,
            reason,
            grand_totals: self.database.read(database::Reader::grand_totals)?,
            previous,
        };
        self.database.begin_log(opened, self.now)?;
        Ok(())
    }

    /// What stands before the receipt numbers of the next life: A for the first; after it the letter of the next, and
    /// four letters of its id, because a copy of this ledger counts its lives on its own.
    fn series(&self, incarnation: IncarnationId, reason: OpenReason) -> Result<String, OpenError> {
        if reason == OpenReason::New {
            return Ok("A".to_owned());
        }
        let lives = self.database.read(database::Reader::lives)?;
        let letter = char::from(b'A' + u8::try_from(lives % 26).unwrap_or(0));
        let own = data_encoding::BASE32_DNSCURVE.encode(&incarnation.bytes()[12..]).to_uppercase();
        Ok(format!("{letter}{}", &own[..4]))
    }
}
