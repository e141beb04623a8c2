//! Sends the letters of the outbox. A letter is on disk as *sending* before its first byte leaves; what may have gone is
//! never sent again without asking (as prints, invariant 14). While something waits, a timer exists (invariant 11).

use super::{Next, Worker};
use crate::Terminal;
use crate::error::Error;
use crate::mail::{self, letter};
use crate::mail_link::{Fate, Posting, Refusal};
use database::Durability;
use database::mail::{Letter, LetterStep};
use domain::mail::{MailReason, MailSettings, MailState, pause_ms};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use wire::envelope::Topic;
use wire::mail::LetterKind;

/// How often somebody who waits for the network looks whether the till stops.
const LOOKS_EVERY: Duration = Duration::from_millis(100);

/// Failures in a row, and until when nothing is tried.
#[derive(Debug, Clone, Copy, Default)]
struct Pause {
    failures: u32,
    until_ms: u64,
}

impl Pause {
    fn lengthen(&mut self, now_ms: u64) {
        self.failures = self.failures.saturating_add(1);
        self.until_ms = now_ms.saturating_add(pause_ms(self.failures));
    }
}

/// The worker that sends letters.
pub struct MailCarrier {
    terminal: Arc<Terminal>,
    stopping: Arc<AtomicBool>,
    recovered: bool,
    server: Pause,
    letters: BTreeMap<i64, Pause>,
}

impl Worker for MailCarrier {
    const NAME: &'static str = "mail";

    fn step(&mut self) -> Next {
        self.step()
    }
}

impl MailCarrier {
    /// A carrier of a terminal that was just opened. Once it is `stopping` no server is waited for.
    pub fn new(terminal: Arc<Terminal>, stopping: Arc<AtomicBool>) -> Self {
        Self { terminal, stopping, recovered: false, server: Pause::default(), letters: BTreeMap::new() }
    }

    /// Sends the next letter, if one waits and its time has come.
    pub fn step(&mut self) -> Next {
        match self.work() {
            Ok(next) => next,
            Err(error) => {
                self.terminal.broke("letters could not be sent", &error);
                // What was leaving may stand there as leaving.
                self.recovered = false;
                Next::Within(Duration::from_millis(pause_ms(u32::MAX)))
            }
        }
    }

    fn work(&mut self) -> Result<Next, Error> {
        if !self.recovered {
            mail::recover(&self.terminal)?;
            self.recovered = true;
        }
        if self.terminal.mail.is_asked() {
            self.server = Pause::default();
            self.letters.clear();
        }
        let (waiting, settings) = self.terminal.database.read(|reader| {
            let waiting = reader.waiting_letters()?;
            let settings = match waiting.is_empty() {
                true => MailSettings::default(),
                false => mail::settings_of(&self.terminal, reader)?.1,
            };
            Ok::<_, Error>((waiting, settings))
        })?;
        if waiting.is_empty() || !settings.is_set_up() {
            self.letters.clear();
            return Ok(Next::WhenWoken);
        }
        let now_ms = self.terminal.now().mono_ms;
        if now_ms < self.server.until_ms {
            return Ok(Next::Within(Duration::from_millis(self.server.until_ms - now_ms)));
        }
        let due_at = |letter: &Letter| self.letters.get(&letter.id).map_or(0, |pause| pause.until_ms);
        // Who tries the settings stands before the screen.
        let test = waiting.iter().find(|letter| letter.kind == LetterKind::Test);
        match test.or_else(|| waiting.iter().find(|letter| due_at(letter) <= now_ms)) {
            Some(due) => {
                let due = due.clone();
                self.carry(&settings, due)?;
                Ok(if self.stopping.load(Ordering::Acquire) { Next::WhenWoken } else { Next::Again })
            }
            None => {
                let next = waiting.iter().map(due_at).min().unwrap_or(now_ms);
                Ok(Next::Within(Duration::from_millis(next.saturating_sub(now_ms).max(1))))
            }
        }
    }

    fn carry(&mut self, settings: &MailSettings, letter: Letter) -> Result<(), Error> {
        let written =
            self.terminal.database.read(|reader| letter::write(&self.terminal, reader, settings, &letter));
        let bytes = match written {
            Ok(bytes) => bytes,
            Err(error) => {
                // One that cannot be written holds up no other.
                self.terminal.broke("a letter could not be written", &error);
                let (reason, reply) = (Some(MailReason::Unwritten), None);
                return self
                    .note(letter.id, LetterStep { state: MailState::Failed, reason, reply, tried: true })
                    .map(drop);
            }
        };
        let posting = Posting {
            server: settings.clone(),
            password: mail::password_of(&self.terminal, settings)?,
            to: letter.address.clone().unwrap_or_default(),
            bytes,
        };
        let link = Arc::clone(&self.terminal.surroundings.mail);
        let Some(offered) = self.apart(move || link.offer(&posting))? else { return Ok(()) };
        let offered = match offered {
            Ok(offered) => offered,
            Err(refusal) => return self.refused(&letter, refusal),
        };
        let sending = LetterStep { tried: true, ..LetterStep::to(MailState::Sending) };
        if !self.note(letter.id, sending)? {
            // Somebody gave it up meanwhile: the line ends here.
            return Ok(());
        }
        let Some(delivered) = self.apart(move || offered.deliver())? else {
            // It stays as *sending*: whoever looks next asks a person, after a stop at the next start.
            self.recovered = false;
            return Ok(());
        };
        match delivered {
            Ok(_) => {
                self.server = Pause::default();
                self.letters.remove(&letter.id);
                self.note(letter.id, LetterStep::to(MailState::Sent)).map(drop)
            }
            Err(refusal) => self.refused(&letter, refusal),
        }
    }

    /// Notes why a letter did not leave, and who waits for it.
    fn refused(&mut self, letter: &Letter, refusal: Refusal) -> Result<(), Error> {
        let Refusal { reason, reply, fate } = refusal;
        let now_ms = self.terminal.now().mono_ms;
        let state = match fate {
            // Who tries the settings wants to know, not to wait.
            Fate::ServerLater | Fate::LetterLater if letter.kind == LetterKind::Test => MailState::Failed,
            Fate::ServerLater => {
                self.server.lengthen(now_ms);
                MailState::Queued
            }
            Fate::LetterLater => {
                self.letters.entry(letter.id).or_default().lengthen(now_ms);
                MailState::Queued
            }
            Fate::Never => MailState::Failed,
            Fate::Unknown => MailState::Uncertain,
        };
        if fate == Fate::ServerLater && letter.kind != LetterKind::Test {
            self.all_wait(reason)?;
        }
        let is_counted = self.terminal.database.read(|reader| reader.letter(letter.id))?;
        // Where it was leaving, the try is counted already.
        let tried = is_counted.is_some_and(|letter| letter.state == MailState::Queued);
        self.note(letter.id, LetterStep { state, reason: Some(reason), reply, tried }).map(drop)
    }

    /// A server that does not answer holds up every letter: each says so.
    fn all_wait(&self, reason: MailReason) -> Result<(), Error> {
        let (durability, now) = (Durability::Durable, self.terminal.now());
        Ok(self.terminal.database.write(durability, now, move |tx| tx.letters_wait(reason))?)
    }

    /// Notes what became of a letter that waits or leaves. Returns whether it still does: somebody may have given it up.
    fn note(&self, id: i64, step: LetterStep) -> Result<bool, Error> {
        let noted = self.terminal.database.write(Durability::Durable, self.terminal.now(), move |tx| {
            let state = tx.letter(id)?.map(|letter| letter.state);
            let goes_on = matches!(state, Some(MailState::Queued | MailState::Sending));
            if goes_on {
                tx.note_letter(id, &step)?;
            }
            Ok::<_, Error>(goes_on)
        })?;
        self.terminal.announce(&[Topic::Mail, Topic::Health]);
        Ok(noted)
    }

    /// Talks to a server on a thread of its own, which is left alone when the till stops; `None` then.
    fn apart<T: Send + 'static>(
        &self,
        talk: impl FnOnce() -> T + Send + 'static,
    ) -> Result<Option<T>, Error> {
        let (tell, told) = channel();
        let thread = std::thread::Builder::new().name("mail-line".to_owned()).spawn(move || {
            // Nobody may be listening any more.
            drop(tell.send(talk()));
        });
        thread.map_err(database::error::DatabaseError::Directory)?;
        loop {
            match told.recv_timeout(LOOKS_EVERY) {
                Ok(answer) => return Ok(Some(answer)),
                Err(RecvTimeoutError::Timeout) if !self.stopping.load(Ordering::Acquire) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    }
}
