//! The password of the mail server: sealed with XChaCha20-Poly1305 in a file of the data directory, under a key that the
//! operating system's key store keeps, or, where there is none, a second file beside the guard. It is sealed for one server
//! and user: under other settings it does not open, so nobody gets at it by naming a server of their own.

use crate::Terminal;
use crate::start::guard_dir;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use domain::mail::MailSettings;
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Bytes of the nonce before what is sealed.
const NONCE: usize = 24;

/// The key the password is sealed with, once it was needed.
#[derive(Default)]
pub struct Seal(Mutex<Option<[u8; 32]>>);

/// Keeps the password of a server and user in place of what was kept.
///
/// # Errors
/// What the disk answers.
pub fn keep(terminal: &Terminal, settings: &MailSettings, password: &str) -> io::Result<()> {
    let seal = match find_seal(terminal)? {
        Some(seal) => seal,
        None => make_seal(terminal)?,
    };
    let mut nonce = [0; NONCE];
    terminal.surroundings.ids.secret(&mut nonce);
    let whom = whom(settings);
    let sealed = XChaCha20Poly1305::new(&Key::from(seal))
        .encrypt(&XNonce::from(nonce), Payload { msg: password.as_bytes(), aad: whom.as_bytes() })
        .map_err(|_| ErrorKind::InvalidData)?;
    terminal.surroundings.disk.replace(&sealed_at(terminal), &[nonce.as_slice(), &sealed].concat())
}

/// The password of a server and user; `None` when there is none, or it was sealed for others or elsewhere.
///
/// # Errors
/// What the disk answers.
pub fn find(terminal: &Terminal, settings: &MailSettings) -> io::Result<Option<String>> {
    let Some(sealed) = read(terminal, &sealed_at(terminal))? else { return Ok(None) };
    let (Some(seal), Some((nonce, sealed))) = (find_seal(terminal)?, sealed.split_at_checked(NONCE)) else {
        return Ok(None);
    };
    let whom = whom(settings);
    let opened = XNonce::try_from(nonce).ok().and_then(|nonce| {
        let payload = Payload { msg: sealed, aad: whom.as_bytes() };
        XChaCha20Poly1305::new(&Key::from(seal)).decrypt(&nonce, payload).ok()
    });
    Ok(opened.and_then(|password| String::from_utf8(password).ok()))
}

/// Forgets the password.
///
/// # Errors
/// What the disk answers.
pub fn forget(terminal: &Terminal) -> io::Result<()> {
    match terminal.surroundings.disk.remove(&sealed_at(terminal)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// For whom it is sealed.
fn whom(settings: &MailSettings) -> String {
    format!("{}\n{}", settings.host, settings.user)
}

fn sealed_at(terminal: &Terminal) -> PathBuf {
    terminal.options.data_dir.join("mail-password")
}

fn seal_at(terminal: &Terminal) -> PathBuf {
    guard_dir(&terminal.guards, terminal.id).join("mail-seal")
}

/// The name the key store knows the seal by.
fn name(terminal: &Terminal) -> String {
    format!("{}-mail", terminal.id)
}

/// The key that was made: in the file once it had to be made there, else in the store.
fn find_seal(terminal: &Terminal) -> io::Result<Option<[u8; 32]>> {
    let mut known = terminal.mail.seal.0.lock().unwrap_or_else(PoisonError::into_inner);
    if known.is_some() {
        return Ok(*known);
    }
    *known = match read(terminal, &seal_at(terminal))? {
        Some(seal) => seal.try_into().ok(),
        None => match terminal.surroundings.keys.get(&name(terminal)) {
            Ok(seal) => seal,
            Err(error) => {
                tracing::warn!(%error, "the key of the mail password cannot be read");
                None
            }
        },
    };
    Ok(*known)
}

fn make_seal(terminal: &Terminal) -> io::Result<[u8; 32]> {
    let mut seal = [0; 32];
    terminal.surroundings.ids.secret(&mut seal);
    if let Err(error) = terminal.surroundings.keys.set(&name(terminal), &seal) {
        tracing::warn!(%error, "the mail password is protected by file permissions only");
        let path = seal_at(terminal);
        if let Some(dir) = path.parent() {
            terminal.surroundings.disk.create_dir(dir)?;
        }
        terminal.surroundings.disk.replace(&path, &seal)?;
    }
    *terminal.mail.seal.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seal);
    Ok(seal)
}

fn read(terminal: &Terminal, path: &std::path::Path) -> io::Result<Option<Vec<u8>>> {
    match terminal.surroundings.disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
