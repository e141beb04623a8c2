//! An archive of a table and its pictures. Nothing of it is ever unpacked under a name it brings: the table becomes a data
//! file, and a picture is found by its name, looked at in memory, and kept by its content.

use super::table::{FILE_BYTES_MAX, of_io, too_large, unreadable};
use crate::Terminal;
use crate::blob::{BlobHash, PICTURE_BYTES_MAX, ThumbnailError};
use crate::error::Error;
use database::error::DatabaseError;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use unicode_normalization::UnicodeNormalization;
use wire::import::{ImportError, ImportProblemKind};
use zip::ZipArchive;

/// Files of an archive at most.
pub const FILES_MAX: u64 = 50_000;
/// Bytes of the list of an archive's files at most: it is held in memory.
const LIST_BYTES_MAX: u64 = 32 << 20;
/// Bytes of all files of an archive at most when unpacked.
const UNPACKED_BYTES_MAX: u64 = 4 << 30;
/// Endings of the names of tables, the ones that are meant first.
const TABLES: [&[&str]; 2] = [&["csv", "tsv", "xlsx", "xlsm"], &["txt"]];
/// Endings of the names of pictures.
const PICTURES: [&str; 4] = ["png", "jpg", "jpeg", "webp"];

/// What an archive is found to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// The place of its table.
    table: usize,
    /// How many pictures.
    pub pictures: u64,
}

impl Contents {
    /// Looks what an archive holds; `None` of a file that is none, and of a workbook, which is one too.
    ///
    /// # Errors
    /// `FileUnreadable`, `FileTooLarge`: the first thing that keeps it from being read, in words.
    pub fn of(file: &mut File) -> Result<Option<Self>, ImportError> {
        let mut first = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(|error| of_io(&error))?;
        file.by_ref().take(4096).read_to_end(&mut first).map_err(|error| of_io(&error))?;
        if !first.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        check_list(file)?;
        let Ok(archive) = ZipArchive::new(BufReader::new(&mut *file)) else {
            let has = |text: &[u8]| first.windows(text.len()).any(|bytes| bytes == text);
            // What a broken workbook lacks is said where workbooks are read.
            let is_workbook = has(b"[Content_Types].xml") || has(b"xl/workbook.xml");
            return if is_workbook { Ok(None) } else { Err(damaged()) };
        };
        if archive.index_for_name("xl/workbook.xml").is_some() {
            return Ok(None);
        }
        let (mut tables, mut texts, mut pictures, mut unpacked) = (Vec::new(), Vec::new(), 0, 0_u64);
        for (index, name) in files(&archive)? {
            let entry = archive.by_index_data(index).map_err(|_| damaged())?;
            if entry.encrypted() {
                return Err(unreadable("the archive is locked by a password; save it without one", None));
            }
            unpacked = unpacked.saturating_add(entry.size());
            let ending = ending(&name);
            if TABLES[0].contains(&ending.as_str()) {
                tables.push(index);
            } else if TABLES[1].contains(&ending.as_str()) {
                texts.push(index);
            } else if PICTURES.contains(&ending.as_str()) {
                pictures += 1;
            }
        }
        if unpacked > UNPACKED_BYTES_MAX {
            return Err(too_large(format!("{} MiB unpacked", UNPACKED_BYTES_MAX >> 20)));
        }
        let tables = if tables.is_empty() { texts } else { tables };
        match tables.as_slice() {
            [table] => Ok(Some(Self { table: *table, pictures })),
            [] => Err(unreadable(
                "it is an archive and no workbook, and there is no CSV or XLSX file in it",
                None,
            )),
            several => {
                let number = several.len();
                Err(unreadable(format!("there are {number} tables in the archive; leave one of them"), None))
            }
        }
    }

    /// Keeps the table of an archive as a data file of its own.
    ///
    /// # Errors
    /// `FileUnreadable`, `FileTooLarge`, `Disk`.
    pub fn table(self, file: &mut File, terminal: &Terminal) -> Result<BlobHash, Error> {
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
        let mut table = archive.by_index(self.table).map_err(|_| damaged())?;
        let mut source = Source { from: &mut table, broke: false };
        match terminal.blobs.keep_data(&mut source, FILE_BYTES_MAX) {
            Ok(kept) => Ok(kept),
            Err(_) if source.broke => Err(damaged().into()),
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                Err(too_large(format!("{} MiB unpacked", FILE_BYTES_MAX >> 20)).into())
            }
            Err(error) => Err(DatabaseError::of_disk(error).into()),
        }
    }
}

/// Tells what is wrong with an archive from what is wrong with the disk.
struct Source<R> {
    from: R,
    broke: bool,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.from.read(buffer).inspect_err(|_| self.broke = true)
    }
}

fn damaged() -> ImportError {
    unreadable("the archive is damaged", None)
}

/// Looks how long the list of an archive's files is before anybody reads it into memory (APPNOTE 4.3.14 to 4.3.16).
fn check_list(file: &mut File) -> Result<(), ImportError> {
    const END: usize = 22;
    let length = file.seek(SeekFrom::End(0)).map_err(|error| of_io(&error))?;
    let tail = length.min(u64::from(u16::MAX) + END as u64 + 20);
    let mut last = Vec::new();
    file.seek(SeekFrom::Start(length - tail)).map_err(|error| of_io(&error))?;
    file.by_ref().take(tail).read_to_end(&mut last).map_err(|error| of_io(&error))?;
    let Some(end) = last.windows(4).rposition(|bytes| bytes == b"PK\x05\x06") else { return Ok(()) };
    let number = |bytes: &[u8], at: usize, length: usize| -> Option<u64> {
        let bytes = bytes.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let (Some(mut files), Some(mut bytes)) = (number(&last, end + 10, 2), number(&last, end + 12, 4)) else {
        return Err(damaged());
    };
    // A larger archive has a second end, which the place before the first one leads to.
    let locator = end.checked_sub(20).filter(|at| last[*at..].starts_with(b"PK\x06\x07"));
    if let Some(place) = locator.and_then(|at| number(&last, at + 8, 8)) {
        let mut larger = Vec::new();
        file.seek(SeekFrom::Start(place)).map_err(|_| damaged())?;
        file.by_ref().take(56).read_to_end(&mut larger).map_err(|error| of_io(&error))?;
        files = files.max(number(&larger, 32, 8).ok_or_else(damaged)?);
        bytes = bytes.max(number(&larger, 40, 8).ok_or_else(damaged)?);
    }
    if files > FILES_MAX || bytes > LIST_BYTES_MAX {
        return Err(too_large(format!("{FILES_MAX} files in an archive")));
    }
    Ok(())
}

/// The files of an archive that somebody put there, each with its place and its name; none of those that systems leave beside
/// them.
fn files<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<Vec<(usize, String)>, ImportError> {
    let mut files = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|_| damaged())?;
        let name = entry.name().map_err(|_| damaged())?.replace('\\', "/");
        let is_absolute = name.starts_with('/') || name.as_bytes().get(1) == Some(&b':');
        let leads_out = is_absolute || name.split('/').any(|part| part == "..");
        if leads_out {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            return Err(unreadable(format!("the archive names a file outside of itself: {shown}"), None));
        }
        let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if entry.is_file() && !is_hidden {
            files.push((index, name));
        }
    }
    Ok(files)
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// How a name is compared: systems write the same letters in two ways, and people do not mind about case.
fn folded(name: &str) -> String {
    name.trim().trim_start_matches("./").replace('\\', "/").nfc().flat_map(char::to_lowercase).collect()
}

/// The pictures of an archive, found by their names.
pub struct Pictures<'p> {
    terminal: &'p Terminal,
    archive: ZipArchive<BufReader<File>>,
    /// Places by whole names, and by the last parts of names; `None` where several have it.
    places: HashMap<String, Option<usize>>,
    met: HashMap<usize, Result<BlobHash, ImportProblemKind>>,
    unpacked: u64,
}

impl<'p> Pictures<'p> {
    /// Opens an archive that was looked at.
    ///
    /// # Errors
    /// `FileUnreadable` when it is damaged.
    pub fn open(terminal: &'p Terminal, file: File) -> Result<Self, Error> {
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged())?;
        let named = files(&archive)?;
        let mut places = HashMap::new();
        for (index, name) in &named {
            if let Some((_, last)) = name.rsplit_once('/') {
                places.entry(folded(last)).and_modify(|place| *place = None).or_insert(Some(*index));
            }
        }
        // A whole name is one file's, whatever others end with.
        places.extend(named.iter().map(|(index, name)| (folded(name), Some(*index))));
        Ok(Self { terminal, archive, places, met: HashMap::new(), unpacked: 0 })
    }

    /// The picture that a cell names, with its place in the archive, or what is wrong with it. It is looked at once, however
    /// many rows name it.
    ///
    /// # Errors
    /// `FileTooLarge` when more was unpacked than the archive said; `Disk`.
    pub fn named(&mut self, cell: &str) -> Result<Result<(usize, BlobHash), ImportProblemKind>, Error> {
        let name = folded(cell);
        let last = name.rsplit('/').next().unwrap_or_default();
        let place = self.places.get(&name).or_else(|| self.places.get(last)).copied().flatten();
        let Some(place) = place else { return Ok(Err(ImportProblemKind::PictureMissing)) };
        let met = match self.met.entry(place) {
            Entry::Occupied(met) => *met.get(),
            Entry::Vacant(new) => {
                let (bytes, met) = looked_at(self.terminal, &mut self.archive, place)?;
                self.unpacked = self.unpacked.saturating_add(bytes);
                *new.insert(met)
            }
        };
        if self.unpacked > UNPACKED_BYTES_MAX {
            return Err(too_large(format!("{} MiB unpacked", UNPACKED_BYTES_MAX >> 20)).into());
        }
        Ok(met.map(|hash| (place, hash)))
    }

    /// Keeps pictures for good.
    ///
    /// # Errors
    /// `FileUnreadable` when one is not there any more; `Disk`, `Full`.
    pub fn keep(&mut self, pictures: &[(usize, BlobHash)]) -> Result<(), Error> {
        let blobs = &self.terminal.blobs;
        let new: Vec<_> = pictures.iter().filter(|(_, hash)| !blobs.holds(*hash)).collect();
        let size = |place: usize| self.archive.by_index_data(place).map_or(0, |entry| entry.size());
        let bytes = new.iter().map(|(place, _)| size(*place)).fold(0, u64::saturating_add);
        blobs.check_room(bytes).map_err(DatabaseError::of_disk)?;
        for (place, hash) in new {
            let bytes = unpacked(&mut self.archive, *place).map_err(|_| damaged())?;
            if BlobHash::of(&bytes) != *hash {
                return Err(damaged().into());
            }
            blobs.keep_picture(&bytes).map_err(DatabaseError::of_disk)?;
        }
        Ok(())
    }
}

/// Unpacks a file as far as a picture may be long, and one byte more.
fn unpacked(archive: &mut ZipArchive<BufReader<File>>, place: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_index(place)?.take(PICTURE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Looks at a file of an archive: how long it is, and which picture, or what is wrong with it.
fn looked_at(
    terminal: &Terminal,
    archive: &mut ZipArchive<BufReader<File>>,
    place: usize,
) -> Result<(u64, Result<BlobHash, ImportProblemKind>), Error> {
    let Ok(bytes) = unpacked(archive, place) else {
        return Ok((0, Err(ImportProblemKind::PictureUnreadable)));
    };
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > PICTURE_BYTES_MAX {
        return Ok((length, Err(ImportProblemKind::PictureUnreadable)));
    }
    match terminal.blobs.look_at_picture(&bytes) {
        Ok(hash) => Ok((length, Ok(hash))),
        Err(ThumbnailError::Picture(_)) => Ok((length, Err(ImportProblemKind::PictureUnreadable))),
        Err(ThumbnailError::Disk(error)) => Err(DatabaseError::of_disk(error).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn archive(names: &[&str]) -> File {
        let mut zip = zip::ZipWriter::new(tempfile::tempfile().unwrap());
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        zip.finish().unwrap()
    }

    #[test]
    fn one_table_is_found_among_whatever_lies_beside_it() {
        for (names, pictures) in [
            (&["list.csv"][..], 0),
            (&["shop/list.CSV", "shop/pictures/a.PNG", "shop/b.jpeg", "shop/c.gif"], 2),
            (&["list.xlsx", "readme.txt", "__MACOSX/._list.csv", ".hidden.csv", "Thumbs.db"], 0),
            (&["list.txt", "a.webp"], 1),
        ] {
            let contents = Contents::of(&mut archive(names)).unwrap().unwrap();
            assert_eq!(contents.pictures, pictures, "{names:?}");
        }
    }

    #[test]
    fn what_is_no_archive_of_a_table_is_told_in_words() {
        let words = |names: &[&str]| Contents::of(&mut archive(names)).unwrap_err().to_string();
        assert!(words(&["a.png"]).contains("there is no CSV or XLSX file in it"));
        assert!(words(&["a.csv", "b/c.xlsx"]).contains("there are 2 tables in the archive"));
        for outside in ["../list.csv", "a/../../list.csv", "/etc/list.csv", "..\\list.csv", "C:\\list.csv"] {
            let said = words(&[outside]);
            assert!(said.contains("names a file outside of itself"), "{outside}: {said}");
        }
        assert_eq!(Contents::of(&mut archive(&["xl/workbook.xml"])).unwrap(), None);
        let mut table = tempfile::tempfile().unwrap();
        table.write_all(b"name,price\n").unwrap();
        assert_eq!(Contents::of(&mut table).unwrap(), None);
        let mut half = tempfile::tempfile().unwrap();
        half.write_all(b"PK\x03\x04 and nothing more").unwrap();
        assert!(Contents::of(&mut half).unwrap_err().to_string().contains("the archive is damaged"));
    }

    #[test]
    fn a_list_of_too_many_files_is_not_even_read() {
        // The end of an archive that says it has so many files, without any of them.
        let end = |files: u16, bytes: u32| {
            let mut text = b"PK\x03\x04 PK\x05\x06\0\0\0\0".to_vec();
            text.extend(files.to_le_bytes().repeat(2));
            text.extend(bytes.to_le_bytes());
            text.extend([0; 6]);
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&text).unwrap();
            Contents::of(&mut file).unwrap_err().to_string()
        };
        assert!(end(60_000, 1).contains("50000 files in an archive"));
        assert!(end(2, u32::MAX).contains("50000 files in an archive"));
        assert!(end(2, 1).contains("the archive is damaged"));
    }
}
