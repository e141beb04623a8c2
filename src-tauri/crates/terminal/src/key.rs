//! The terminal's signing key: Ed25519 (RFC 8032). It signs heads of the ledger, off the sale's path; selling never
//! waits for it. It lives in the operating system's key store; where there is none that answers without asking a
//! person, in a file sealed by a second file outside the data directory, both readable by their owner only.

mod file;
mod store;
pub use store::{KeyStore, NoKeyStore, StoreUnavailable, SystemKeyStore};

use crate::Terminal;
use crate::error::{Error, OpenError};
use crate::start::guard_dir;
use database::error::DatabaseError;
use database::{Durability, LedgerTx};
use domain::ids::OperatorId;
use ed25519_dalek::{Signer, SigningKey};
use std::sync::{Mutex, PoisonError};
use wire::fact::{Fact, KeyIntroduced};
use wire::record::hex;

/// Where the key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptIn {
    /// In the operating system's key store.
    KeyStore,
    /// In a file: protected by file permissions only.
    File,
}

impl KeptIn {
    /// The word in facts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::KeyStore => "key_store",
            Self::File => "file",
        }
    }
}

/// The key, once it was needed.
#[derive(Default)]
pub(crate) struct HeadKey(Mutex<Option<Kept>>);

#[derive(Clone)]
struct Kept {
    key: SigningKey,
    kept_in: KeptIn,
}

impl Terminal {
    /// Signs the ledger's head, if it is not signed yet; the first time in a log introduces the key.
    ///
    /// # Errors
    /// `ledger.disk_fault` and the like, also when the key can be neither read nor made.
    pub(crate) fn sign_head(&self) -> Result<(), Error> {
        let Kept { key, kept_in } = self.key()?;
        let public_key = key.verifying_key().to_bytes();
        let introduced = Fact::KeyIntroduced(KeyIntroduced {
            public_key: hex(&public_key),
            kept_in: kept_in.word().to_owned(),
        });
        self.database.write(
            Durability::Draft,
            self.now(),
            move |tx: &mut LedgerTx<'_>| -> Result<(), DatabaseError> {
                if tx.signing_key()? != Some(public_key) {
                    tx.append(OperatorId::TERMINAL, &introduced, &[])?;
                }
                tx.sign_head(public_key, |message| key.sign(message).to_bytes())
            },
        )?;
        Ok(())
    }

    /// Signs the message of a head with the terminal's key: the public key and the signature.
    ///
    /// # Errors
    /// `ledger.disk_fault` and the like, when the key can be neither read nor made.
    pub(crate) fn sign_message(&self, message: &[u8]) -> Result<([u8; 32], [u8; 64]), Error> {
        let Kept { key, .. } = self.key()?;
        Ok((key.verifying_key().to_bytes(), key.sign(message).to_bytes()))
    }

    /// Where the key is kept; `None` while it was not needed yet.
    pub fn key_kept_in(&self) -> Option<KeptIn> {
        self.key.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|kept| kept.kept_in)
    }

    fn key(&self) -> Result<Kept, Error> {
        let mut key = self.key.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = key.as_ref() {
            return Ok(kept.clone());
        }
        let kept = self.find_key()?;
        *key = Some(kept.clone());
        Ok(kept)
    }

    /// The key that was kept: in the file once it had to be made there, else in the store. Else a new one.
    fn find_key(&self) -> Result<Kept, Error> {
        let disk = self.surroundings.disk.as_ref();
        let place = file::SealedKey::of(disk, &self.options.data_dir, &guard_dir(&self.guards, self.id));
        if let Some(key) = place.read().map_err(OpenError::Directory)? {
            return Ok(Kept { key: SigningKey::from_bytes(&key), kept_in: KeptIn::File });
        }
        let name = self.id.to_string();
        let new = || {
            let mut key = [0; 32];
            self.surroundings.ids.secret(&mut key);
            key
        };
        let stored = match self.surroundings.keys.get(&name) {
            Ok(Some(key)) => Ok(key),
            Ok(None) => {
                let key = new();
                self.surroundings.keys.set(&name, &key).map(|()| key)
            }
            Err(error) => Err(error),
        };
        match stored {
            Ok(key) => Ok(Kept { key: SigningKey::from_bytes(&key), kept_in: KeptIn::KeyStore }),
            Err(error) => {
                tracing::warn!(%error, "the signing key is protected by file permissions only");
                let key = new();
                let mut seal = [0; 32];
                let mut nonce = [0; 24];
                self.surroundings.ids.secret(&mut seal);
                self.surroundings.ids.secret(&mut nonce);
                place.write(&key, seal, nonce).map_err(OpenError::Directory)?;
                Ok(Kept { key: SigningKey::from_bytes(&key), kept_in: KeptIn::File })
            }
        }
    }
}
