//! PINs and the pepper: verifiers that are worth nothing without a second file.
//!
//! Argon2id (RFC 9106) with 19 MiB and two passes, the second choice of the OWASP password storage cheat sheet; the
//! pepper is its secret value. It lies beside the guard, not beside the ledger: who copies the ledger cannot try PINs.

use crate::IdSource;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};
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
    /// Opens the pepper, making it for a new terminal.
    pub fn open(dir: &Path, ids: &dyn IdSource) -> io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let path = dir.join("pepper");
        let mut pepper = [0; 32];
        match std::fs::File::open(&path) {
            Ok(mut file) => file.read_exact(&mut pepper)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ids.secret(&mut pepper);
                write_private(&path, &pepper)?;
            }
            Err(error) => return Err(error),
        }
        Ok(Self { pepper })
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

/// Writes a file only its owner can read, whole or not at all.
fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&temporary, path)?;
    // The name is durable when the directory is.
    #[cfg(unix)]
    std::fs::File::open(path.parent().unwrap_or(path))?.sync_all()?;
    Ok(())
}
