//! The operating system's key store: Keychain, Credential Manager, Secret Service. It is asked on a thread of its own
//! with a deadline, and only where it will answer without asking a person.

use std::sync::mpsc::channel;
use std::time::Duration;

/// How long a store may take. Some never answer while they wait for somebody to unlock them.
const ANSWERS_WITHIN: Duration = Duration::from_secs(3);

/// The name all keys are kept under.
const SERVICE: &str = "tillkeeper";

/// Keeps secrets of 32 bytes by name.
pub trait KeyStore: Send + Sync {
    /// The secret, or `None` when there is none of this name.
    ///
    /// # Errors
    /// When there is no store, it is locked, or it does not answer.
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, StoreUnavailable>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// As [`KeyStore::get`].
    fn set(&self, name: &str, secret: &[u8; 32]) -> Result<(), StoreUnavailable>;
}

/// Why the key store is of no use now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the key store cannot be used: {0}")]
pub struct StoreUnavailable(pub String);

/// A machine without a key store.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeyStore;

impl KeyStore for NoKeyStore {
    fn get(&self, _: &str) -> Result<Option<[u8; 32]>, StoreUnavailable> {
        Err(StoreUnavailable("there is none".to_owned()))
    }

    fn set(&self, _: &str, _: &[u8; 32]) -> Result<(), StoreUnavailable> {
        Err(StoreUnavailable("there is none".to_owned()))
    }
}

/// The key store of this machine's user.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyStore;

impl KeyStore for SystemKeyStore {
    fn get(&self, name: &str) -> Result<Option<[u8; 32]>, StoreUnavailable> {
        let name = name.to_owned();
        within_deadline(move || match entry(&name)?.get_secret() {
            Ok(secret) => secret
                .try_into()
                .map(Some)
                .map_err(|_| StoreUnavailable("the secret has another length".to_owned())),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(unavailable(error)),
        })
    }

    fn set(&self, name: &str, secret: &[u8; 32]) -> Result<(), StoreUnavailable> {
        let (name, secret) = (name.to_owned(), *secret);
        within_deadline(move || entry(&name)?.set_secret(&secret).map_err(unavailable))
    }
}

fn entry(name: &str) -> Result<keyring::Entry, StoreUnavailable> {
    answers_without_a_person()?;
    keyring::Entry::new(SERVICE, name).map_err(unavailable)
}

fn unavailable(error: impl std::fmt::Display) -> StoreUnavailable {
    StoreUnavailable(error.to_string())
}

/// A Secret Service opens a window of its own when its collection is locked or missing: a till that starts in the
/// morning must not wait behind it.
#[cfg(target_os = "linux")]
fn answers_without_a_person() -> Result<(), StoreUnavailable> {
    use secret_service::EncryptionType;
    use secret_service::blocking::SecretService;
    let service = SecretService::connect(EncryptionType::Plain).map_err(unavailable)?;
    let locked = service.get_default_collection().and_then(|collection| collection.is_locked());
    match locked {
        Ok(false) => Ok(()),
        Ok(true) => Err(StoreUnavailable("it is locked".to_owned())),
        Err(error) => Err(unavailable(error)),
    }
}

#[cfg(not(target_os = "linux"))]
fn answers_without_a_person() -> Result<(), StoreUnavailable> {
    Ok(())
}

/// Runs a question on a thread that is left alone when it does not answer.
fn within_deadline<T: Send + 'static>(
    question: impl FnOnce() -> Result<T, StoreUnavailable> + Send + 'static,
) -> Result<T, StoreUnavailable> {
    let (answer, answered) = channel();
    std::thread::Builder::new()
        .name("key-store".to_owned())
        .spawn(move || {
            // Nobody may be waiting any more.
            drop(answer.send(question()));
        })
        .map_err(unavailable)?;
    answered
        .recv_timeout(ANSWERS_WITHIN)
        .unwrap_or_else(|_| Err(StoreUnavailable("it does not answer".to_owned())))
}
