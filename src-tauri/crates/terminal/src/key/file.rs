//! A signing key in a file: sealed with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under a second file that lies
//! beside the guard. Who copies the data directory or a backup has only half of it.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use database::disk::Disk;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Bytes of the nonce before the sealed key.
const NONCE: usize = 24;

/// The two files.
pub struct SealedKey<'d> {
    disk: &'d dyn Disk,
    sealed: PathBuf,
    seal: PathBuf,
}

impl<'d> SealedKey<'d> {
    pub fn of(disk: &'d dyn Disk, data_dir: &Path, guard_dir: &Path) -> Self {
        Self { disk, sealed: data_dir.join("signing-key"), seal: guard_dir.join("signing-seal") }
    }

    /// The key, or `None` when there is none, or when its other half is not on this machine: then it is of no use here.
    pub fn read(&self) -> io::Result<Option<[u8; 32]>> {
        let (Some(sealed), Some(seal)) = (self.find(&self.sealed)?, self.find(&self.seal)?) else {
            return Ok(None);
        };
        let opened = Key::try_from(seal.as_slice()).ok().zip(sealed.split_at_checked(NONCE)).and_then(
            |(seal, (nonce, sealed))| {
                let nonce = XNonce::try_from(nonce).ok()?;
                XChaCha20Poly1305::new(&seal).decrypt(&nonce, sealed).ok()
            },
        );
        Ok(opened.and_then(|key| key.try_into().ok()))
    }

    /// Keeps a key, in place of what was there.
    pub fn write(&self, key: &[u8; 32], seal: [u8; 32], nonce: [u8; NONCE]) -> io::Result<()> {
        let sealed = XChaCha20Poly1305::new(&Key::from(seal))
            .encrypt(&XNonce::from(nonce), key.as_slice())
            .map_err(|_| ErrorKind::InvalidData)?;
        self.disk.replace(&self.seal, &seal)?;
        self.disk.replace(&self.sealed, &[nonce.as_slice(), &sealed].concat())
    }

    fn find(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.disk.read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use database::disk::SystemDisk;

    #[test]
    fn a_key_comes_back_only_with_both_files_as_they_were_written() {
        let dir = tempfile::tempdir().unwrap();
        let place = SealedKey::of(&SystemDisk, dir.path(), dir.path());
        assert_eq!(place.read().unwrap(), None);
        place.write(&[7; 32], [1; 32], [2; 24]).unwrap();
        assert_eq!(place.read().unwrap(), Some([7; 32]));
        let sealed = std::fs::read(&place.sealed).unwrap();
        assert!(!sealed.windows(8).any(|bytes| bytes == [7; 8]), "the key is not readable in the file");
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            std::fs::write(&place.sealed, changed).unwrap();
            assert_eq!(place.read().unwrap(), None, "byte {byte}");
        }
        std::fs::write(&place.sealed, &sealed).unwrap();
        std::fs::remove_file(&place.seal).unwrap();
        assert_eq!(place.read().unwrap(), None);
    }
}
