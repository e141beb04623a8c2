//! A file that print jobs are added to: for programs that take receipts on from there, for a port that acts as a file
//! (`LPT1`, a shared printer of Windows), and to look at bytes. It takes everything and says nothing.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::Instant;

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError, left};

/// No chunk is longer, so that what was written is known when the disk is full.
const CHUNK: usize = 4_096;

/// A file that is open for adding to it.
#[derive(Debug)]
pub struct File {
    file: std::fs::File,
}

impl File {
    /// Opens a file to add to it, and makes it where its directory is.
    ///
    /// # Errors
    /// When it is not allowed, or no file can be there.
    pub fn open(path: &str) -> Result<Self, OpenError> {
        if !Path::new(path).is_absolute() {
            return Err(OpenError::ConfigInvalid(format!("{path:?} is no whole path")));
        }
        let file = OpenOptions::new().append(true).create(true).open(path).map_err(|error| {
            let text = format!("{path}: {error}");
            match error.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    OpenError::PermissionDenied(text)
                }
                ErrorKind::IsADirectory | ErrorKind::InvalidInput | ErrorKind::InvalidFilename => {
                    OpenError::ConfigInvalid(text)
                }
                _ => OpenError::Unreachable(text),
            }
        })?;
        Ok(Self { file })
    }
}

impl Transport for File {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let mut accepted = 0;
        while accepted < bytes.len() {
            if left(deadline).is_none() {
                return Err(WriteError { accepted, fault: LineFault::Stalled });
            }
            let end = bytes.len().min(accepted + CHUNK);
            match self.file.write(&bytes[accepted..end]) {
                Ok(0) => return Err(WriteError { accepted, fault: LineFault::Gone }),
                Ok(count) => accepted += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(WriteError { accepted, fault: LineFault::of(&error) }),
            }
        }
        Ok(())
    }

    fn read(&mut self, _buffer: &mut [u8], _deadline: Instant) -> Result<usize, ReadError> {
        Ok(0)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        self.file.sync_data().map_err(|error| CloseError(LineFault::of(&error)))?;
        Ok(Closed::Drained)
    }
}
