//! A file read line by line, a chunk at a time, so that memory does not grow with it.

use super::{CHUNK, SetFault};
use crate::disk::{Disk, DiskFile, Open};
use std::io::{self, ErrorKind};
use std::path::Path;
use wire::change_set::PersonalLine;

/// Bytes of a line at most: more than a record with all its fields at their longest has.
const LINE_MAX: usize = 16 << 20;

/// Bytes that are read at once where some lines are wanted of many.
const FEW: usize = 16 << 10;

/// The lines of a file.
pub struct Lines {
    file: Box<dyn DiskFile>,
    length: u64,
    /// How far the file was read.
    offset: u64,
    buffer: Vec<u8>,
    /// Where the next line begins in the buffer.
    begin: usize,
    number: u64,
    /// Bytes that are read at once.
    chunk: usize,
}

impl Lines {
    /// Opens a file.
    pub fn open(disk: &dyn Disk, path: &Path) -> io::Result<Self> {
        Self::begin(disk, path, 0, CHUNK)
    }

    /// Opens a file to read some lines from a byte on.
    pub fn open_at(disk: &dyn Disk, path: &Path, offset: u64) -> io::Result<Self> {
        Self::begin(disk, path, offset, FEW)
    }

    fn begin(disk: &dyn Disk, path: &Path, offset: u64, chunk: usize) -> io::Result<Self> {
        let file = disk.open(path, Open::Read)?;
        let length = file.length()?;
        let offset = offset.min(length);
        Ok(Self { file, length, offset, buffer: Vec::new(), begin: 0, number: 0, chunk })
    }

    /// How long the file is, in bytes.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next line without its end; `None` behind the last one.
    pub fn next_line(&mut self) -> io::Result<Option<&[u8]>> {
        let mut looked = self.begin;
        let end = loop {
            if let Some(end) = self.buffer[looked..].iter().position(|byte| *byte == b'\n') {
                break looked + end;
            }
            looked = self.buffer.len() - self.begin;
            if !self.fill()? {
                if self.buffer.len() == self.begin {
                    return Ok(None);
                }
                // Every line that was written has an end.
                return Err(ErrorKind::UnexpectedEof.into());
            }
        };
        let line = self.begin..end;
        self.begin = end + 1;
        self.number += 1;
        Ok(Some(&self.buffer[line]))
    }

    /// The next line as one of personal values.
    pub fn next_value(&mut self) -> Result<Option<PersonalLine>, SetFault> {
        let number = self.number + 1;
        match self.next_line()? {
            Some(line) => Ok(Some(PersonalLine::parse(line, number)?)),
            None => Ok(None),
        }
    }

    /// Reads the next chunk behind what is left of the one before. Returns whether there was one.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.begin);
        self.begin = 0;
        let left = usize::try_from(self.length - self.offset).unwrap_or(usize::MAX).min(self.chunk);
        if left == 0 {
            return Ok(false);
        }
        let filled = self.buffer.len();
        if filled + left > LINE_MAX + CHUNK {
            return Err(io::Error::new(ErrorKind::InvalidData, "a line is too long"));
        }
        self.buffer.resize(filled + left, 0);
        self.file.read_at(self.offset, &mut self.buffer[filled..])?;
        self.offset += left as u64;
        Ok(true)
    }
}
