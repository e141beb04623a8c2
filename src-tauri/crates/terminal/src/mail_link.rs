//! The way to the shop's mail server. It may be gone for weeks: no operation waits for it. A letter leaves in two steps,
//! so that it can be kept on disk that it is leaving before its first byte does.

mod smtp;
pub use smtp::{Patience, SmtpLink};

use domain::mail::{MailReason, MailSettings};

/// A letter on its way: who, to whom, and its bytes (RFC 5322).
#[derive(Clone)]
pub struct Posting {
    /// The server.
    pub server: MailSettings,
    /// The password, where somebody signs on there.
    pub password: Option<String>,
    /// To whom.
    pub to: String,
    /// The letter.
    pub bytes: Vec<u8>,
}

/// What a refusal is about, and so who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The server takes nothing now: every letter waits.
    ServerLater,
    /// This letter waits.
    LetterLater,
    /// This letter will never be taken as it is.
    Never,
    /// Nobody knows whether it was taken.
    Unknown,
}

/// Why a letter was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// In a word.
    pub reason: MailReason,
    /// What the server said.
    pub reply: Option<String>,
    /// What becomes of the letter.
    pub fate: Fate,
}

/// A way to the mail server.
pub trait MailLink: Send + Sync {
    /// Reaches the server, signs on, and says from whom and to whom a letter is. Nothing of the letter has left then.
    ///
    /// # Errors
    /// `Refusal`, of which none is [`Fate::Unknown`].
    fn offer(&self, posting: &Posting) -> Result<Box<dyn Offered>, Refusal>;
}

/// A letter the server said it would take.
pub trait Offered: Send {
    /// Hands it over; returns what the server said when it had it.
    ///
    /// # Errors
    /// `Refusal`; [`Fate::Unknown`] when the line broke after the letter had left.
    fn deliver(self: Box<Self>) -> Result<String, Refusal>;
}

/// A shop whose network cable is pulled.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoNetwork;

impl MailLink for NoNetwork {
    fn offer(&self, _: &Posting) -> Result<Box<dyn Offered>, Refusal> {
        Err(Refusal { reason: MailReason::Unreachable, reply: None, fate: Fate::ServerLater })
    }
}
