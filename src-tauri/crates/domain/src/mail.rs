//! Letters the shop sends by its own mail server: how the server is reached, what an address is, where a letter stands
//! and when it is tried again. What leaves the till leaves by `terminal`; here nothing is sent.

use crate::people::{NeedsApproval, erased_is_empty};
use serde::{Deserialize, Serialize};

/// Characters of an address at most: the longest path of RFC 5321 §4.5.3.1.3 without its brackets.
pub const ADDRESS_MAX: usize = 254;
/// Characters of the name of a server, a user or a sender at most.
const TEXT_MAX: usize = 253;

/// How letters leave the till. The password is no part of it: it is kept apart and told nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MailSettings {
    /// The name or number of the server that takes letters (SMTP).
    pub host: String,
    /// Its port: 587 with STARTTLS, 465 with TLS (RFC 8314 §3.3), as a rule.
    pub port: u16,
    /// How what is said to it is kept from others.
    pub security: MailSecurity,
    /// Who signs on there; empty where nobody has to.
    #[serde(deserialize_with = "erased_is_empty")]
    pub user: String,
    /// The name letters come from.
    pub sender_name: String,
    /// The address letters come from.
    #[serde(deserialize_with = "erased_is_empty")]
    pub sender_address: String,
    /// Who gets the report of each closed shift (Z); empty for nobody.
    #[serde(default, deserialize_with = "erased_is_empty")]
    pub reports_to: String,
}

/// How a line to a mail server is kept from others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum MailSecurity {
    /// Not at all: for a server in the shop itself, where nobody signs on.
    None,
    /// The line begins open and is encrypted before anything is said (STARTTLS); without it nothing is.
    #[default]
    Starttls,
    /// Encrypted from the first byte.
    Tls,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: MailSecurity::default(),
            user: String::new(),
            sender_name: String::new(),
            sender_address: String::new(),
            reports_to: String::new(),
        }
    }
}

impl MailSettings {
    /// The settings without white space around the texts.
    #[must_use]
    pub fn tidied(self) -> Self {
        let tidy = |text: String| text.trim().to_owned();
        Self {
            host: tidy(self.host),
            user: tidy(self.user),
            sender_name: tidy(self.sender_name),
            sender_address: tidy(self.sender_address),
            reports_to: tidy(self.reports_to),
            ..self
        }
    }

    /// Whether there is a server to hand letters to.
    pub fn is_set_up(&self) -> bool {
        !self.host.is_empty() && !self.sender_address.is_empty()
    }

    /// Checks what a line to the server needs. Nobody signs on over an open line: the password would be everybody's.
    ///
    /// # Errors
    /// `SettingsInvalid`.
    pub fn check(&self) -> Result<(), MailError> {
        let wrong = |field| Err(MailError::SettingsInvalid { field });
        let host_sign = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
        if self.host.is_empty() || self.host.len() > TEXT_MAX || !self.host.chars().all(host_sign) {
            return wrong("host");
        }
        if self.port == 0 {
            return wrong("port");
        }
        if is_strange(&self.user) || (self.security == MailSecurity::None && !self.user.is_empty()) {
            return wrong("user");
        }
        if is_strange(&self.sender_name) {
            return wrong("sender_name");
        }
        if !is_address(&self.sender_address) {
            return wrong("sender_address");
        }
        if !self.reports_to.is_empty() && !is_address(&self.reports_to) {
            return wrong("reports_to");
        }
        Ok(())
    }
}

fn is_strange(text: &str) -> bool {
    text.chars().count() > TEXT_MAX || text.chars().any(char::is_control)
}

/// Whether a text can be the address of one mailbox: something, `@`, and a domain with a dot or a number in brackets.
/// Whether anybody is there only the server can say.
pub fn is_address(text: &str) -> bool {
    let strange = |sign: char| sign.is_whitespace() || sign.is_control() || "<>,;:\"\\()".contains(sign);
    if text.chars().count() > ADDRESS_MAX {
        return false;
    }
    match text.split_once('@') {
        Some((mailbox, domain)) => {
            let dotted = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
            !mailbox.is_empty()
                && dotted
                && !domain.contains('@')
                && !mailbox.chars().any(strange)
                && !domain.chars().any(strange)
        }
        None => false,
    }
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum MailState {
    /// It waits for the server; it is tried again by itself.
    Queued,
    /// It is leaving.
    Sending,
    /// The server took it.
    Sent,
    /// The line broke after the letter had left and before the server said anything: a person says what to do.
    Uncertain,
    /// The server refused it for good.
    Failed,
    /// A person gave it up, or whom it was for was erased.
    GivenUp,
}

/// Why a letter waits, failed, or may or may not have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum MailReason {
    /// Nobody answers at that address, or there is no network.
    Unreachable,
    /// The server was reached and then said nothing.
    Silent,
    /// What answers there is no mail server.
    NotMail,
    /// The server does not offer to encrypt, or its certificate is not trusted.
    NotEncrypted,
    /// The password is not known any more.
    PasswordMissing,
    /// The server did not accept user or password, or no way to say them.
    SignInRefused,
    /// The server does not take letters from the shop's address.
    SenderRefused,
    /// The server does not take letters to this address.
    AddressRefused,
    /// The server refused the letter for good.
    Refused,
    /// The server asked to try again later.
    PutOff,
    /// The line broke after the letter had left.
    Broke,
    /// The till stopped while it was leaving, or went on from a copy: it may have gone.
    Interrupted,
    /// The letter could not be written.
    Unwritten,
}

/// The pause after the first failure, in milliseconds; it doubles up to the longest.
const PAUSE_FIRST_MS: u64 = 30_000;
const PAUSE_LONGEST_MS: u64 = 3_600_000;

/// How long to wait after so many failures in a row, in milliseconds: half a minute, doubled each time, an hour at most.
/// An hour, because servers lock out who signs on wrongly too often.
pub fn pause_ms(failures: u32) -> u64 {
    let doublings = failures.saturating_sub(1).min(16);
    PAUSE_FIRST_MS.saturating_mul(2_u64.saturating_pow(doublings)).min(PAUSE_LONGEST_MS)
}

/// Why a letter was not taken on, or the settings were refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum MailError {
    /// No mail server is set up.
    #[error("no mail server is set up")]
    NotSetUp {},
    /// The text is no address.
    #[error("this is no mail address")]
    AddressInvalid {},
    /// A setting cannot work.
    #[error("{field} cannot be right")]
    SettingsInvalid {
        /// The field.
        field: &'static str,
    },
    /// There is no such letter, or nothing of this kind can be done with it any more.
    #[error("there is no such letter any more")]
    LetterUnknown {},
    /// The operator's role does not allow it.
    #[error(transparent)]
    NeedsApproval(#[from] NeedsApproval),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> MailSettings {
        MailSettings {
            host: "mail.example.com".to_owned(),
            user: "shop".to_owned(),
            sender_name: "Corner Shop".to_owned(),
            sender_address: "till@example.com".to_owned(),
            ..MailSettings::default()
        }
    }

    #[test]
    fn an_address_is_one_mailbox_at_a_domain() {
        for address in ["a@b.fr", "anna.lee+till@mail.example.com", "josé@exämple.de"] {
            assert!(is_address(address), "{address}");
        }
        let longest = format!("{}@b.fr", "a".repeat(ADDRESS_MAX));
        for text in [
            "",
            "a",
            "@b.fr",
            "a@",
            "a@b",
            "a@b..fr",
            "a@b.fr.",
            "a@b@c.fr",
            "a b@c.fr",
            "a@b.fr\r\nBcc: c@d.fr",
            "<a@b.fr>",
            "a@b.fr,c@d.fr",
            &longest,
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn settings_that_cannot_work_are_refused_by_their_field() {
        assert_eq!(settings().check(), Ok(()));
        let wrong = |field| Err(MailError::SettingsInvalid { field });
        for host in ["", "two words", "host/path", "a\nb"] {
            assert_eq!(MailSettings { host: host.to_owned(), ..settings() }.check(), wrong("host"), "{host}");
        }
        assert_eq!(MailSettings { port: 0, ..settings() }.check(), wrong("port"));
        assert_eq!(
            MailSettings { sender_name: "A\r\nB".to_owned(), ..settings() }.check(),
            wrong("sender_name")
        );
        assert_eq!(
            MailSettings { sender_address: "till".to_owned(), ..settings() }.check(),
            wrong("sender_address")
        );
    }

    #[test]
    fn nobody_signs_on_over_an_open_line() {
        let open = MailSettings { security: MailSecurity::None, ..settings() };
        assert_eq!(open.check(), Err(MailError::SettingsInvalid { field: "user" }));
        assert_eq!(MailSettings { user: String::new(), ..open }.check(), Ok(()));
    }

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<u64> =
            [1, 2, 3, 7, 8, 9, 1_000].into_iter().map(|count| pause_ms(count) / 1_000).collect();
        assert_eq!(pauses, [30, 60, 120, 1_920, 3_600, 3_600, 3_600]);
    }
}
