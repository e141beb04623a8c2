//! PINs and the pepper: verifiers that are worth nothing without a second file.
//!
//! Argon2id (RFC 9106) with 19 MiB and two passes, the second choice of the OWASP password storage cheat sheet; the
//! pepper is its secret value. It lies beside the guard, not beside the ledger: who copies the ledger cannot try PINs.

use crate::IdSource;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash};
use database::disk::Disk;
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;

/// Memory of one verification in KiB.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes of one verification.
const PASSES: u32 = 2;
/// Memory that is reserved for one verification in KiB; only what it writes is ever taken. The C library of Linux goes by
/// the largest block it has given back, up to 32 MiB: that much it keeps from then on, for each of its heaps
/// (mallopt(3), `M_MMAP_THRESHOLD`). A block beyond that always goes back to the system.
const RESERVED_KIB: usize = 33 * 1024;

/// Bytes of the pepper.
const LENGTH: usize = 32;
/// Bytes behind it in its file that tell whether it is whole: the first of its SHA-256.
const CHECK_LENGTH: usize = 8;

/// Makes and checks verifiers.
pub struct Pins {
    pepper: [u8; LENGTH],
    state: State,
}

/// How the pepper was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    FromBackup,
    Lost,
}

impl Pins {
    /// Opens the pepper, making it for a new terminal. Waits for the disk then: what is hashed with it is worth nothing
    /// without it. Where PINs stand in the ledger already, a pepper that is damaged or gone is taken from a backup; where
    /// none has it the till opens all the same, and says so to whoever types a PIN.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn open(
        disk: &dyn Disk,
        dir: &Path,
        ids: &dyn IdSource,
        has_people: bool,
        from_backup: impl FnOnce() -> Option<[u8; LENGTH]>,
    ) -> io::Result<Self> {
        let found = Self::found(disk, dir);
        if let Ok(Some(pepper)) = found {
            return Ok(Self { pepper, state: State::Whole });
        }
        if has_people {
            tracing::error!(error = ?found.err(), "the pepper of the PINs is damaged or gone");
            if let Some(pepper) = from_backup() {
                // A disk that does not let it be read or written may do so at the next start; now it is known.
                if let Err(error) = Self::place(disk, dir, &pepper) {
                    tracing::error!(%error, "the pepper of a backup cannot be put in its place");
                }
                return Ok(Self { pepper, state: State::FromBackup });
            }
        } else {
            found?;
        }
        let mut pepper = [0; LENGTH];
        ids.secret(&mut pepper);
        if has_people {
            // It serves this run only: the damaged one may still be mended by somebody who knows how.
            return Ok(Self { pepper, state: State::Lost });
        }
        Self::place(disk, dir, &pepper)?;
        Ok(Self { pepper, state: State::Whole })
    }

    /// Whether no PIN can be checked.
    pub fn is_lost(&self) -> bool {
        self.state == State::Lost
    }

    /// Whether the pepper was taken from a backup at this start.
    pub fn is_from_backup(&self) -> bool {
        self.state == State::FromBackup
    }

    /// Lets the pepper of this run, made because the old one is lost, be the terminal's from the next start on.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn keep(&self, disk: &dyn Disk, dir: &Path) -> io::Result<()> {
        Self::place(disk, dir, &self.pepper)
    }

    /// The pepper that is there; `None` when there is none, or it is damaged.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn found(disk: &dyn Disk, dir: &Path) -> io::Result<Option<[u8; LENGTH]>> {
        match disk.read(&dir.join("pepper")) {
            Ok(bytes) => Ok(whole(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts a pepper in its place. Whatever else is there, whole or not, is kept beside it.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn place(disk: &dyn Disk, dir: &Path, pepper: &[u8; LENGTH]) -> io::Result<()> {
        disk.create_dir(dir)?;
        let path = dir.join("pepper");
        if disk.exists(&path)? {
            let other = disk.read(&path)?;
            if whole(&other).as_ref() == Some(pepper) {
                return Ok(());
            }
            let name = format!("pepper-{}", &data_encoding::HEXLOWER.encode(&Sha256::digest(&other))[..8]);
            disk.replace(&dir.join(name), &other)?;
        }
        disk.replace(&path, &[pepper.as_slice(), &check(pepper)].concat())
    }

    /// The pepper, which goes with a backup; `None` when it is lost.
    pub fn pepper(&self) -> Option<[u8; LENGTH]> {
        (!self.is_lost()).then_some(self.pepper)
    }

    /// The verifier of a PIN, as a PHC string.
    pub fn verifier(&self, pin: &str, salt: &[u8; 16]) -> String {
        let params = Params::new(MEMORY_KIB, PASSES, 1, None)
            .expect("the parameters are constants within Argon2's limits");
        self.hashed(pin, salt, params).expect("the pepper and the salt have lengths Argon2 takes").to_string()
    }

    /// Whether a PIN fits its verifier.
    pub fn fits(&self, pin: &str, verifier: &str) -> bool {
        let checked = || {
            let known = PasswordHash::new(verifier)?;
            let salt = known.salt.as_ref().ok_or(password_hash::Error::SaltInvalid)?;
            // Compared in a time that tells nothing.
            Ok::<_, password_hash::Error>(
                self.hashed(pin, salt, Params::try_from(&known)?)?.hash == known.hash,
            )
        };
        checked().unwrap_or(false)
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

    /// The keyed hash of a badge's code, hexadecimal. The same code always gives the same: who it is has to be found by it.
    pub fn badge_hash(&self, code: &str) -> String {
        data_encoding::HEXLOWER.encode(&self.request_hash("badge", code.as_bytes()))
    }

    /// The recovery code that comes of a salt: a hundred bits, as 20 letters and digits nobody takes for others. Whoever
    /// copies the ledger has the salt and not the code.
    pub fn recovery_code(&self, salt: &str) -> String {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let hash = self.request_hash("recovery", salt.as_bytes());
        let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
        hash.iter().take(20).map(letter).collect()
    }

    fn hashed(&self, pin: &str, salt: &[u8], params: Params) -> password_hash::Result<PasswordHash> {
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        let mut output = [0; Output::MAX_LENGTH];
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = output.get_mut(..length).ok_or(password_hash::Error::OutputSize)?;
        let mut memory = Vec::with_capacity(RESERVED_KIB);
        memory.resize(params.block_count(), Block::new());
        Argon2::new_with_secret(&self.pepper, algorithm, version, params.clone())?
            .hash_password_into_with_memory(pin.as_bytes(), salt, output, &mut memory)?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(output)?),
        })
    }
}

/// The pepper in the bytes of its file, if they are what was written.
fn whole(bytes: &[u8]) -> Option<[u8; LENGTH]> {
    let (pepper, behind) = bytes.split_first_chunk()?;
    (behind == check(pepper)).then_some(*pepper)
}

fn check(pepper: &[u8; LENGTH]) -> [u8; CHECK_LENGTH] {
    let hash: [u8; 32] = Sha256::digest(pepper).into();
    std::array::from_fn(|at| hash[at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surroundings::Surroundings;
    use argon2::password_hash::PasswordHasher;
    use database::disk::SystemDisk;
    use std::fs;

    fn open(dir: &Path, has_people: bool, backup: Option<[u8; LENGTH]>) -> Pins {
        let ids = Surroundings::system().ids;
        Pins::open(&SystemDisk, dir, ids.as_ref(), has_people, || backup).unwrap()
    }

    /// The words are the standard's, so that a verifier outlives the way it was made.
    #[test]
    fn a_verifier_is_what_the_library_makes_of_it() {
        let dir = tempfile::tempdir().unwrap();
        let pins = open(dir.path(), false, None);
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap();
        let library =
            Argon2::new_with_secret(&pins.pepper, Algorithm::Argon2id, Version::V0x13, params).unwrap();
        let theirs: PasswordHash = library.hash_password_with_salt(b"1234", &[1; 16]).unwrap();
        assert_eq!(pins.verifier("1234", &[1; 16]), theirs.to_string());
        assert!(pins.fits("1234", &theirs.to_string()) && !pins.fits("1235", &theirs.to_string()));
        for unreadable in ["", "$argon2id$v=19$m=19456,t=2,p=1$AQEBAQEBAQEBAQEBAQEBAQ", "1234"] {
            assert!(!pins.fits("1234", unreadable), "{unreadable}");
        }
    }

    #[test]
    fn a_pepper_is_made_once_and_any_damage_of_it_is_seen() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pepper");
        let made = open(dir.path(), false, None);
        assert_eq!(open(dir.path(), true, Some([9; 32])).pepper(), made.pepper());
        let bytes = fs::read(&path).unwrap();
        for length in 0..bytes.len() {
            assert_eq!(whole(&bytes[..length]), None, "cut after {length} bytes");
        }
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(whole(&flipped), None, "bit {bit} flipped");
        }
    }

    #[test]
    fn a_damaged_or_lost_pepper_comes_from_a_backup_or_is_lost_in_words() {
        for is_gone in [false, true] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("pepper");
            let pepper = open(dir.path(), false, None).pepper().unwrap();
            let verifier = open(dir.path(), true, None).verifier("1234", &[1; 16]);
            if is_gone {
                fs::remove_file(&path).unwrap();
            } else {
                fs::write(&path, &pepper[..20]).unwrap();
            }
            let lost = open(dir.path(), true, None);
            assert!(lost.is_lost() && lost.pepper().is_none() && !lost.fits("1234", &verifier));
            let mended = open(dir.path(), true, Some(pepper));
            assert!(mended.is_from_backup() && mended.fits("1234", &verifier));
            let after = open(dir.path(), true, None);
            assert!(!after.is_from_backup() && after.fits("1234", &verifier));
            let files = fs::read_dir(dir.path()).unwrap().count();
            assert_eq!(files, if is_gone { 1 } else { 2 }, "the damaged one is kept");
        }
    }

    #[test]
    fn a_pepper_that_cannot_be_read_is_left_alone_and_may_come_from_a_backup() {
        let dir = tempfile::tempdir().unwrap();
        let pepper = open(dir.path(), false, None).pepper().unwrap();
        let verifier = open(dir.path(), true, None).verifier("1234", &[1; 16]);
        let (path, aside) = (dir.path().join("pepper"), dir.path().join("aside"));
        fs::rename(&path, &aside).unwrap();
        // Reading it fails, and not because nothing is there.
        fs::create_dir(&path).unwrap();
        let ids = Surroundings::system().ids;
        let new = Pins::open(&SystemDisk, dir.path(), ids.as_ref(), false, || None);
        assert!(new.is_err(), "a new terminal does not begin without one that will be there tomorrow");
        let lost = open(dir.path(), true, None);
        assert!(lost.is_lost() && lost.keep(&SystemDisk, dir.path()).is_err());
        let from_backup = open(dir.path(), true, Some(pepper));
        assert!(from_backup.is_from_backup() && from_backup.fits("1234", &verifier));
        fs::remove_dir(&path).unwrap();
        fs::rename(&aside, &path).unwrap();
        let again = open(dir.path(), true, None);
        assert!(!again.is_lost() && !again.is_from_backup() && again.fits("1234", &verifier));
    }
}
