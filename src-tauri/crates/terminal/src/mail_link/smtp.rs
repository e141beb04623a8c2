//! Letters by SMTP (RFC 5321). What a failure means depends on how far the talk had come: the same silence is a server that
//! is asked again later, or a letter of which nobody knows.

use super::{Fate, MailLink, Offered, Posting, Refusal};
use domain::mail::{MailReason, MailSecurity};
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use std::error::Error as _;
use std::io::{self, ErrorKind};
use std::time::Duration;

/// How long a server may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection, and for each answer before the letter leaves.
    pub talk: Duration,
    /// For the answer once it has the whole letter. Long, as giving up here leaves a letter nobody knows of (RFC 5321
    /// §4.5.3.2.6 would wait ten minutes).
    pub answer: Duration,
    /// For the goodbye, which nobody needs.
    pub goodbye: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            talk: Duration::from_secs(30),
            answer: Duration::from_secs(300),
            goodbye: Duration::from_secs(1),
        }
    }
}

/// The way by SMTP.
#[derive(Default)]
pub struct SmtpLink {
    patience: Patience,
    /// Certificates that are trusted beside those the system trusts.
    trusted: Vec<Certificate>,
}

impl SmtpLink {
    /// A way with a patience of its own.
    pub fn new(patience: Patience) -> Self {
        Self { patience, trusted: Vec::new() }
    }

    /// The same, trusting a certificate (PEM) beside those the system trusts.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, Error> {
        self.trusted.push(Certificate::from_pem(pem)?);
        Ok(self)
    }

    fn connect(&self, posting: &Posting) -> Result<SmtpConnection, Refusal> {
        let server = &posting.server;
        let hello = ClientId::default();
        let talk = Some(self.patience.talk);
        let place = (server.host.as_str(), server.port);
        let tls = match server.security {
            MailSecurity::None => None,
            MailSecurity::Starttls | MailSecurity::Tls => Some(self.tls(&server.host)?),
        };
        let wrapped = tls.as_ref().filter(|_| server.security == MailSecurity::Tls);
        let mut line = SmtpConnection::connect(place, talk, &hello, wrapped, None)
            .map_err(|error| on_the_way(&error))?;
        if let (MailSecurity::Starttls, Some(tls)) = (server.security, &tls) {
            if !line.can_starttls() {
                return Err(later(MailReason::NotEncrypted, None));
            }
            line.starttls(tls, &hello).map_err(|error| on_the_way(&error))?;
        }
        if !server.user.is_empty() {
            let Some(password) = &posting.password else {
                return Err(later(MailReason::PasswordMissing, None));
            };
            let credentials = Credentials::new(server.user.clone(), password.clone());
            line.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).map_err(|error| {
                match error.is_permanent() || error.is_client() {
                    true => later(MailReason::SignInRefused, reply(&error)),
                    false => on_the_way(&error),
                }
            })?;
        }
        Ok(line)
    }

    fn tls(&self, host: &str) -> Result<TlsParameters, Refusal> {
        let builder = self.trusted.iter().fold(TlsParameters::builder(host.to_owned()), |tls, trusted| {
            tls.add_root_certificate(trusted.clone())
        });
        builder.build().map_err(|error| later(MailReason::NotEncrypted, Some(error.to_string())))
    }
}

impl MailLink for SmtpLink {
    fn offer(&self, posting: &Posting) -> Result<Box<dyn Offered>, Refusal> {
        let never = |reason| Refusal { reason, reply: None, fate: Fate::Never };
        let from: Address =
            posting.server.sender_address.parse().map_err(|_| never(MailReason::SenderRefused))?;
        let to: Address = posting.to.parse().map_err(|_| never(MailReason::AddressRefused))?;
        let mut line = self.connect(posting)?;
        let mut marks = Vec::new();
        // Letters beyond ASCII in an address need a server that knows of them (RFC 6531).
        let addresses: [&str; 2] = [from.as_ref(), to.as_ref()];
        if !addresses.iter().all(|address| address.is_ascii()) {
            if !line.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(never(MailReason::AddressRefused));
            }
            marks.push(MailParameter::SmtpUtfEight);
        }
        if !posting.bytes.is_ascii() && line.server_info().supports_feature(Extension::EightBitMime) {
            marks.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        line.command(Mail::new(Some(from), marks))
            .map_err(|error| said(&error, MailReason::SenderRefused))?;
        line.command(Rcpt::new(to, Vec::new())).map_err(|error| said(&error, MailReason::AddressRefused))?;
        Ok(Box::new(OpenLine { line, bytes: posting.bytes.clone(), patience: self.patience }))
    }
}

/// A line to a server that waits for the letter.
struct OpenLine {
    line: SmtpConnection,
    bytes: Vec<u8>,
    patience: Patience,
}

impl Offered for OpenLine {
    fn deliver(mut self: Box<Self>) -> Result<String, Refusal> {
        // Until the server says that the letter may come, nothing of it is there.
        self.line.command(Data).map_err(|error| said(&error, MailReason::Refused))?;
        self.wait_for(self.patience.answer)?;
        let taken = self.line.message(&self.bytes).map_err(|error| match error.status() {
            Some(_) => said(&error, MailReason::Refused),
            None => Refusal { reason: MailReason::Broke, reply: reply(&error), fate: Fate::Unknown },
        })?;
        let answer = taken.message().collect::<Vec<_>>().join(" ");
        // It has the letter; whether it also says goodbye is nobody's concern.
        if self.wait_for(self.patience.goodbye).is_ok()
            && let Err(error) = self.line.quit()
        {
            tracing::debug!(%error, "the mail server did not say goodbye");
        }
        Ok(answer)
    }
}

impl OpenLine {
    fn wait_for(&mut self, patience: Duration) -> Result<(), Refusal> {
        let set = self.line.set_timeout(Some(patience));
        set.map_err(|error| later(MailReason::Unreachable, Some(error.to_string())))
    }
}

const fn later(reason: MailReason, reply: Option<String>) -> Refusal {
    Refusal { reason, reply, fate: Fate::ServerLater }
}

/// What an answer to a command about the letter means: refused for good it is for `reason`.
fn said(error: &Error, reason: MailReason) -> Refusal {
    if error.is_permanent() {
        return Refusal { reason, reply: reply(error), fate: Fate::Never };
    }
    if error.is_transient() {
        return Refusal { reason: MailReason::PutOff, reply: reply(error), fate: Fate::LetterLater };
    }
    on_the_way(error)
}

/// What a failure means before anything was said of the letter: it is never the letter's.
fn on_the_way(error: &Error) -> Refusal {
    let reason = if error.is_permanent() {
        MailReason::Refused
    } else if error.is_transient() {
        MailReason::PutOff
    } else if error.is_tls() || error.is_client() {
        MailReason::NotEncrypted
    } else if error.is_response() {
        MailReason::NotMail
    } else {
        match io_kind(error) {
            // What TLS does not understand, or does not trust.
            Some(ErrorKind::InvalidData) => MailReason::NotEncrypted,
            // What a socket says whose reader waited long enough.
            Some(ErrorKind::WouldBlock) => MailReason::Silent,
            Some(_) | None => MailReason::Unreachable,
        }
    };
    later(reason, reply(error))
}

/// The kind of the failure underneath, where it was one of the line.
fn io_kind(error: &Error) -> Option<ErrorKind> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(failure) = cause.downcast_ref::<io::Error>() {
            return Some(failure.kind());
        }
        source = cause.source();
    }
    None
}

/// What the server or the system said.
fn reply(error: &Error) -> Option<String> {
    let text = error.source()?.to_string();
    Some(match error.status() {
        Some(code) => format!("{code} {text}"),
        None => text,
    })
}
