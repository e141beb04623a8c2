//! The outbox: letters that wait for the shop's mail server, queued in the transaction of what they are about. A letter is
//! what it is about, never its words; whom it goes to is forgotten once it is sent or given up.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::{CustomerId, SaleId};
use domain::mail::{MailReason, MailState};
use domain::time::Timestamp;
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use uuid::Uuid;
use wire::mail::LetterKind;

/// A letter of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number on this till.
    pub id: i64,
    /// What its Message-ID is made of, the same however often it is tried.
    pub letter: Uuid,
    /// What it holds.
    pub kind: LetterKind,
    /// What it is about: a sale; a test is about itself.
    pub about: Uuid,
    /// The number of what it holds, as printed; empty where it has none.
    pub number: String,
    /// 0 for what was not given out before.
    pub copy: u32,
    /// To whom; `None` once it was sent or given up.
    pub address: Option<String>,
    /// Whether a person let it be sent again although it may have gone.
    pub may_repeat: bool,
    /// Where it stands.
    pub state: MailState,
    /// Why it waits, failed or is uncertain.
    pub reason: Option<MailReason>,
    /// What the server said.
    pub reply: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it came to its state.
    pub moved_at: Timestamp,
}

impl Letter {
    /// The sale it is about, where it is about one.
    pub const fn sale(&self) -> SaleId {
        SaleId(self.about)
    }

    /// Whether what it holds left the till, may have, or still may: one that was given up only did where nobody knew.
    pub fn may_have_gone(&self) -> bool {
        let unknown = matches!(self.reason, Some(MailReason::Broke | MailReason::Interrupted));
        self.state != MailState::GivenUp || self.may_repeat || unknown
    }
}

/// A letter to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// What its Message-ID is made of.
    pub letter: Uuid,
    /// What it holds.
    pub kind: LetterKind,
    /// What it is about.
    pub about: Uuid,
    /// The number of what it holds; empty where it has none.
    pub number: String,
    /// 0 for what was not given out before.
    pub copy: u32,
    /// To whom.
    pub address: String,
    /// The customer it is for, where one is known: with them goes the address.
    pub customer: Option<CustomerId>,
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterStep {
    /// Where it stands.
    pub state: MailState,
    /// Why it waits, failed or is uncertain.
    pub reason: Option<MailReason>,
    /// What the server said.
    pub reply: Option<String>,
    /// Whether this was an attempt to send it.
    pub tried: bool,
}

impl LetterStep {
    /// A step to a state that says everything.
    pub const fn to(state: MailState) -> Self {
        Self { state, reason: None, reply: None, tried: false }
    }
}

/// Letters that are not done and are looked at at once. Those for tests come first whatever waits.
pub const LETTERS_MAX: u32 = 200;

/// Bytes of what a server said that are kept.
const REPLY_MAX: usize = 500;

const COLUMNS: &str = "id, letter, kind, about, number, copy, address, may_repeat, state, reason, reply, attempts, \
                       queued_at, moved_at";

/// Word for word the condition of the index `letter_open`, or the index is not used.
const IS_OPEN: &str = "state = 'queued' or state = 'sending' or state = 'uncertain' or state = 'failed'";

/// Terms of the same condition: the index serves them too.
const WAITS: &str = "state = 'queued'";
const LEAVES: &str = "state = 'sending'";

/// A value of a list of words as it is stored.
fn word(value: impl Serialize) -> Result<Option<String>, DatabaseError> {
    Ok(serde_json::to_value(value)?.as_str().map(str::to_owned))
}

fn parse<T: serde::de::DeserializeOwned>(code: String) -> Result<T, DatabaseError> {
    Ok(serde_json::from_value(serde_json::Value::String(code))?)
}

fn letter(row: &Row<'_>) -> Result<Letter, DatabaseError> {
    Ok(Letter {
        id: row.get(0)?,
        letter: Uuid::from_bytes(row.get(1)?),
        kind: parse(row.get(2)?)?,
        about: Uuid::from_bytes(row.get(3)?),
        number: row.get(4)?,
        copy: row.get(5)?,
        address: row.get(6)?,
        may_repeat: row.get(7)?,
        state: parse(row.get(8)?)?,
        reason: row.get::<_, Option<String>>(9)?.map(parse).transpose()?,
        reply: row.get(10)?,
        attempts: row.get(11)?,
        queued_at: Timestamp(row.get(12)?),
        moved_at: Timestamp(row.get(13)?),
    })
}

fn load(connection: &Connection, id: i64) -> Result<Option<Letter>, DatabaseError> {
    let mut statement = connection.prepare_cached(&format!("select {COLUMNS} from letter where id = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(letter).transpose()
}

fn about_it(connection: &Connection, about: Uuid) -> Result<Vec<Letter>, DatabaseError> {
    let mut statement = connection
        .prepare_cached(&format!("select {COLUMNS} from letter where about = ?1 order by id desc"))?;
    let mut rows = statement.query([about.into_bytes()])?;
    let mut letters = Vec::new();
    while let Some(row) = rows.next()? {
        letters.push(letter(row)?);
    }
    Ok(letters)
}

impl Reader {
    /// A letter.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn letter(&self, id: i64) -> Result<Option<Letter>, DatabaseError> {
        load(&self.ledger, id)
    }

    /// The letters that are not done, the oldest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn open_letters(&self) -> Result<Vec<Letter>, DatabaseError> {
        self.letters(&format!("where {IS_OPEN} order by id limit ?1"), LETTERS_MAX)
    }

    /// The letters that wait, the oldest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn waiting_letters(&self) -> Result<Vec<Letter>, DatabaseError> {
        self.letters(&format!("where {WAITS} order by id limit ?1"), LETTERS_MAX)
    }

    /// The letters that are leaving, or were when the till stopped.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn leaving_letters(&self) -> Result<Vec<Letter>, DatabaseError> {
        self.letters(&format!("where {LEAVES} order by id limit ?1"), LETTERS_MAX)
    }

    /// The last letters that are done, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn done_letters(&self, max: u32) -> Result<Vec<Letter>, DatabaseError> {
        self.letters(&format!("where not ({IS_OPEN}) order by id desc limit ?1"), max)
    }

    /// The letters about something that are remembered, the newest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn letters_about(&self, about: Uuid) -> Result<Vec<Letter>, DatabaseError> {
        about_it(&self.ledger, about)
    }

    fn letters(&self, which: &str, max: u32) -> Result<Vec<Letter>, DatabaseError> {
        let mut statement = self.ledger.prepare_cached(&format!("select {COLUMNS} from letter {which}"))?;
        let mut rows = statement.query([max])?;
        let mut letters = Vec::new();
        while let Some(row) = rows.next()? {
            letters.push(letter(row)?);
        }
        Ok(letters)
    }
}

impl LedgerTx<'_> {
    /// Queues a letter. Returns its number.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn queue_letter(&self, new: &NewLetter) -> Result<i64, DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into letter
                     (letter, kind, about, number, copy, address, customer, state, queued_at, moved_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', ?8, ?8)",
            )?
            .execute(params![
                new.letter.into_bytes(),
                word(new.kind)?,
                new.about.into_bytes(),
                new.number,
                new.copy,
                new.address,
                new.customer.map(|customer| customer.0.into_bytes()),
                self.moment().wall.0,
            ])?;
        Ok(self.connection.last_insert_rowid())
    }

    /// A letter as this transaction sees it.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn letter(&self, id: i64) -> Result<Option<Letter>, DatabaseError> {
        load(self.connection, id)
    }

    /// Whether a letter about something is remembered that may have gone, or still may.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn was_mailed(&self, kind: LetterKind, about: Uuid) -> Result<bool, DatabaseError> {
        let letters = about_it(self.connection, about)?;
        Ok(letters.iter().any(|letter| letter.kind == kind && letter.may_have_gone()))
    }

    /// Notes what became of a letter. Once it is sent or given up, whom it was for is forgotten, and what the server said,
    /// which may name them.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn note_letter(&self, id: i64, step: &LetterStep) -> Result<(), DatabaseError> {
        let reply = step.reply.as_ref().map(|reply| shortened(reply));
        self.connection
            .prepare_cached(
                "update letter set
                     state = ?2, reason = ?3, reply = ?4, attempts = attempts + ?5, moved_at = ?6
                 where id = ?1",
            )?
            .execute(params![
                id,
                word(step.state)?,
                word(step.reason)?,
                reply,
                step.tried,
                self.moment().wall.0
            ])?;
        match step.state {
            MailState::Sent | MailState::GivenUp => self.forget_address(id),
            MailState::Queued | MailState::Sending | MailState::Uncertain | MailState::Failed => Ok(()),
        }
    }

    /// Notes why no letter that waits can leave.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn letters_wait(&self, reason: MailReason) -> Result<(), DatabaseError> {
        let reason = word(reason)?;
        self.connection
            .prepare_cached(&format!(
                "update letter set reason = ?1, reply = null where {WAITS} and reason is not ?1"
            ))?
            .execute([reason])?;
        Ok(())
    }

    /// Lets a letter be sent again; where it may have gone, it will say so.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn send_letter_again(&self, id: i64, may_repeat: bool) -> Result<(), DatabaseError> {
        self.note_letter(id, &LetterStep::to(MailState::Queued))?;
        self.connection
            .prepare_cached("update letter set may_repeat = max(may_repeat, ?2) where id = ?1")?
            .execute(params![id, may_repeat])?;
        Ok(())
    }

    /// Forgets letters that were sent or given up before `before`. What waits or has to be looked at stays, however old.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn forget_letters(&self, before: Timestamp) -> Result<usize, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("delete from letter where queued_at < ?1 and not ({IS_OPEN})"))?;
        Ok(statement.execute([before.0])?)
    }

    /// Nobody knows any more what left of all that was not done: a person is asked.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub(crate) fn doubt_letters(&self) -> Result<(), DatabaseError> {
        self.connection.execute_batch(
            "update letter set state = 'uncertain', reason = 'interrupted' where state = 'queued' or state = 'sending'",
        )?;
        Ok(())
    }

    fn forget_address(&self, id: i64) -> Result<(), DatabaseError> {
        // What SQLite frees of the row is overwritten.
        self.connection.execute_batch("pragma secure_delete = on")?;
        let forgotten = self
            .connection
            .prepare_cached("update letter set address = null, customer = null, reply = null where id = ?1")?
            .execute([id]);
        self.connection.execute_batch("pragma secure_delete = off")?;
        forgotten?;
        Ok(())
    }
}

/// Gives up what waits for a customer who is erased, and forgets the address. Returns how many letters had one. Ledgers and
/// backups of before there were letters have none.
pub(crate) fn forget_customer(connection: &Connection, customer: Uuid) -> Result<usize, DatabaseError> {
    let mut statement =
        connection.prepare_cached("select 1 from sqlite_schema where type = 'table' and name = 'letter'")?;
    if !statement.exists([])? {
        return Ok(0);
    }
    let forgotten = connection
        .prepare_cached(
            "update letter set
                 state = iif(state = 'sent', 'sent', 'given_up'), address = null, reply = null, customer = null
             where customer = ?1",
        )?
        .execute([customer.into_bytes()])?;
    Ok(forgotten)
}

/// As much of a text as is kept, cut between two letters.
fn shortened(text: &str) -> &str {
    let mut end = text.len().min(REPLY_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::{DatabaseFile, Files};
    use crate::disk::SystemDisk;
    use std::sync::Arc;

    #[test]
    fn letters_that_are_done_are_not_read_to_find_those_that_wait() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::of(folder.path(), Arc::new(SystemDisk)).unwrap();
        let connection = files.open_writer(DatabaseFile::Ledger).unwrap();
        let queries = [
            format!("select {COLUMNS} from letter where {IS_OPEN} order by id limit 1"),
            format!("select {COLUMNS} from letter where {WAITS} order by id limit 1"),
            format!("select {COLUMNS} from letter where {LEAVES} order by id limit 1"),
        ];
        for query in queries {
            let plan: String =
                connection.query_row(&format!("explain query plan {query}"), [], |row| row.get(3)).unwrap();
            assert!(plan.ends_with("USING INDEX letter_open"), "{plan}");
        }
    }

    #[test]
    fn a_long_reply_is_cut_between_two_letters() {
        let text = format!("a{}", "é".repeat(REPLY_MAX));
        assert_eq!(shortened(&text).len(), REPLY_MAX - 1);
        assert_eq!(shortened("550 no"), "550 no");
    }
}
