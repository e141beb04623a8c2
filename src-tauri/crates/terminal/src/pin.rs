//! PINs and the pepper: verifiers that are worth nothing without a second file.
//!
//! Argon2id (RFC 9106) with 19 MiB and two passes, the second choice of the OWASP password storage cheat sheet; the
//! pepper is its secret value. It lies beside the guard, not beside the ledger: who copies the ledger cannot try PINs.

use crate::IdSource;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use database::disk::Disk;
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;

/// Memory of one verification in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes of one verification.
const PASSES: u32 = 2;

/// Makes and checks verifiers.
pub struct Pins {
    pepper: [u8; 32],
}

impl Pins {
    /// Opens the pepper, making it for a new terminal. Waits for the disk then: what is hashed with it is worth nothing
    /// without it.
    pub fn open(disk: &dyn Disk, dir: &Path, ids: &dyn IdSource) -> io::Result<Self> {
        let path = dir.join("pepper");
        match disk.read(&path) {
            Ok(bytes) => match bytes.try_into() {
                Ok(pepper) => Ok(Self { pepper }),
                Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "the pepper has the wrong length")),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut pepper = [0; 32];
                ids.secret(&mut pepper);
                disk.create_dir(dir)?;
                disk.replace(&path, &pepper)?;
                Ok(Self { pepper })
            }
            Err(error) => Err(error),
        }
    }

    /// The pepper that is there, for a backup of a ledger that is not open; `None` when it cannot be read.
    pub fn found(disk: &dyn Disk, dir: &Path) -> Option<[u8; 32]> {
        disk.read(&dir.join("pepper")).ok()?.try_into().ok()
    }

    /// Puts the pepper that came with a restored ledger in its place. Another one that is there is kept beside it.
    pub fn place(disk: &dyn Disk, dir: &Path, pepper: &[u8; 32]) -> io::Result<()> {
        disk.create_dir(dir)?;
        let path = dir.join("pepper");
        match Self::found(disk, dir) {
            Some(same) if same == *pepper => return Ok(()),
            Some(other) => {
                let name: [u8; 32] = Sha256::digest(other).into();
                let name = format!("pepper-{}", &data_encoding::HEXLOWER.encode(&name)[..8]);
                disk.replace(&dir.join(name), &other)?;
            }
            None => {}
        }
        disk.replace(&path, pepper)
    }

    /// The pepper, which goes with a backup.
    pub fn pepper(&self) -> &[u8; 32] {
        &self.pepper
    }

    /// The verifier of a PIN, as a PHC string.
    pub fn verifier(&self, pin: &str, salt: &[u8; 16]) -> String {
        let hash: PasswordHash = self
            .argon2()
            .hash_password_with_salt(pin.as_bytes(), salt)
            .expect("the parameters are constants within Argon2's limits");
        hash.to_string()
    }

    /// Whether a PIN fits its verifier.
    pub fn fits(&self, pin: &str, verifier: &str) -> bool {
        PasswordHash::new(verifier)
            .is_ok_and(|hash| self.argon2().verify_password(pin.as_bytes(), &hash).is_ok())
    }

    /// The keyed hash two calls are compared by. Keyed, because a request may hold a PIN, and its plain hash would give
    /// the PIN to whoever copies the ledger.
    pub fn request_hash(&self, operation: &str, payload: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.pepper);
        hash.update(operation.as_bytes());
        hash.update([0]);
        hash.update(payload);
        hash.finalize().into()
    }

    fn argon2(&self) -> Argon2<'_> {
        Argon2::new_with_secret(&self.pepper, Algorithm::Argon2id, Version::V0x13, params())
            .expect("the pepper has a length Argon2 takes")
    }
}

fn params() -> Params {
    Params::new(MEMORY_KIB, PASSES, 1, None).expect("the parameters are constants within Argon2's limits")
}
