//! Which requests belong to one sign-on: a cookie names a caller of the terminal.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use terminal::{Caller, Door, Terminal};

/// The cookie's name.
const COOKIE: &str = "tillkeeper";
/// A sign-on nobody has used for so long is forgotten.
const IDLE_MAX: Duration = Duration::from_secs(12 * 60 * 60);
/// Sign-ons at once at most; the one unused longest makes room for another.
const SESSIONS_MAX: usize = 256;

/// The SHA-256 of a cookie's value: what is kept here would let nobody in.
type TokenHash = [u8; 32];

/// The sign-ons of this door.
pub struct Sessions {
    by_token: Mutex<HashMap<TokenHash, Session>>,
}

struct Session {
    caller: Arc<Caller>,
    last_used: Instant,
}

/// Who sends a request.
pub struct Sender {
    /// Who calls.
    pub caller: Arc<Caller>,
    /// The cookie the request came with, when it is one of ours.
    token: Option<TokenHash>,
}

impl Sessions {
    /// No sign-on yet.
    pub fn new() -> Self {
        Self { by_token: Mutex::new(HashMap::new()) }
    }

    /// The caller the cookie names, or a new one that is not signed on.
    pub fn sender(&self, terminal: &Terminal, headers: &HeaderMap) -> Sender {
        if let Some(token) = token_of(headers)
            && let Some(caller) = self.find(&token, Instant::now())
        {
            return Sender { caller, token: Some(token) };
        }
        Sender { caller: terminal.connect(Door::Http), token: None }
    }

    fn find(&self, token: &TokenHash, now: Instant) -> Option<Arc<Caller>> {
        let mut sessions = self.sessions();
        sessions.retain(|_, session| now.saturating_duration_since(session.last_used) < IDLE_MAX);
        let session = sessions.get_mut(token)?;
        session.last_used = now;
        Some(Arc::clone(&session.caller))
    }

    /// After a call: the cookie to send along, if the call signed somebody on or off.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn settle(&self, sender: &Sender) -> Result<Option<HeaderValue>, getrandom::Error> {
        match (sender.token, sender.caller.is_signed_on()) {
            (None, false) | (Some(_), true) => Ok(None),
            (None, true) => {
                let (token, value) = new_token()?;
                self.insert(token, Arc::clone(&sender.caller), Instant::now());
                Ok(Some(cookie(&value, None)))
            }
            (Some(token), false) => {
                self.sessions().remove(&token);
                Ok(Some(cookie("", Some(0))))
            }
        }
    }

    fn insert(&self, token: TokenHash, caller: Arc<Caller>, now: Instant) {
        let mut sessions = self.sessions();
        if sessions.len() >= SESSIONS_MAX {
            let idle = sessions.iter().min_by_key(|(_, session)| session.last_used).map(|(token, _)| *token);
            if let Some(idle) = idle {
                sessions.remove(&idle);
            }
        }
        sessions.insert(token, Session { caller, last_used: now });
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<TokenHash, Session>> {
        // Every change of the map is a single step, so that a panic elsewhere leaves it whole.
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The hash of the value of our cookie. Looking it up by its hash takes the same time for every wrong guess.
fn token_of(headers: &HeaderMap) -> Option<TokenHash> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| Sha256::digest(value.as_bytes()).into())
}

/// A fresh token: its hash, and the value of the cookie.
fn new_token() -> Result<(TokenHash, String), getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    let value = wire::record::hex(&bytes);
    Ok((Sha256::digest(value.as_bytes()).into(), value))
}

/// The cookie: out of reach of scripts, never sent along from another site, gone with the browser's session. It has no
/// `Secure`, since the door speaks plain HTTP within the machine.
fn cookie(value: &str, max_age_s: Option<u32>) -> HeaderValue {
    let age = max_age_s.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::try_from(format!("{COOKIE}={value}; HttpOnly; SameSite=Strict; Path=/{age}"))
        .expect("hexadecimal digits can stand in a header")
}

#[cfg(test)]
mod tests {
    use super::*;
    use terminal::{Options, Surroundings};

    fn terminal(directory: &tempfile::TempDir) -> Arc<Terminal> {
        let options = Options {
            data_dir: directory.path().join("data"),
            guard_dir: Some(directory.path().join("guard")),
            demo: false,
        };
        Terminal::open(options, Surroundings::system()).unwrap()
    }

    #[test]
    fn a_sign_on_nobody_uses_is_forgotten() {
        let directory = tempfile::tempdir().unwrap();
        let sessions = Sessions::new();
        let start = Instant::now();
        sessions.insert([1; 32], terminal(&directory).connect(Door::Http), start);
        let almost = start + IDLE_MAX - Duration::from_secs(1);
        assert!(sessions.find(&[1; 32], almost).is_some(), "and its use counts");
        assert!(sessions.find(&[1; 32], almost + IDLE_MAX - Duration::from_secs(1)).is_some());
        assert!(sessions.find(&[1; 32], almost + IDLE_MAX * 3).is_none());
    }

    #[test]
    fn the_sign_on_unused_longest_makes_room() {
        let directory = tempfile::tempdir().unwrap();
        let terminal = terminal(&directory);
        let sessions = Sessions::new();
        let start = Instant::now();
        let token = |number: usize| {
            let mut token = [0; 32];
            token[..8].copy_from_slice(&number.to_be_bytes());
            token
        };
        for number in 0..SESSIONS_MAX {
            sessions.insert(token(number), terminal.connect(Door::Http), start);
        }
        for number in (0..SESSIONS_MAX).filter(|number| *number != 7) {
            assert!(sessions.find(&token(number), start + Duration::from_secs(1)).is_some());
        }
        sessions.insert(token(SESSIONS_MAX), terminal.connect(Door::Http), start + Duration::from_secs(2));
        assert!(sessions.find(&token(7), start + Duration::from_secs(3)).is_none());
        assert_eq!(sessions.sessions().len(), SESSIONS_MAX);
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let headers = |value: &str| HeaderMap::from_iter([(header::COOKIE, value.parse().unwrap())]);
        let ours = token_of(&headers("tillkeeper=abc"));
        assert_eq!(ours, Some(Sha256::digest("abc").into()));
        assert_eq!(token_of(&headers("a=1; tillkeeper=abc; b=2")), ours);
        assert_eq!(token_of(&headers("xtillkeeper=abc; tillkeeper2=abc; tillkeeper")), None);
    }
}
