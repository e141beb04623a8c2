//! A file of the shop's own as rows of texts: comma-separated values however they are written, or the first sheet of a
//! workbook. It is read row by row; what it may cost is bounded before anything is made of it.

use calamine::{DataRef, Reader, Xlsx};
use csv::StringRecord;
use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use wire::import::{DecimalMark, ImportError, TextEncoding};

/// Columns of a file at most.
pub const COLUMNS_MAX: usize = 256;
/// Rows of a file at most.
pub const ROWS_MAX: u64 = 5_000_000;
/// Characters of a cell at most: what a spreadsheet holds in one.
pub const CELL_MAX: usize = 32_767;
/// Bytes of a row at most. A quotation mark that is not closed makes one row of all that follows.
const ROW_BYTES_MAX: u64 = 4 << 20;
/// Bytes of a table at most, wherever it comes from.
pub const FILE_BYTES_MAX: u64 = crate::blob::DATA_BYTES_MAX;
/// Bytes of a workbook when unpacked at most, and of any part of it but the sheets: those are held in memory.
const WORKBOOK_BYTES_MAX: u64 = 1 << 30;
const PART_BYTES_MAX: u64 = 128 << 20;
/// Bytes by which it is guessed how a file is written.
const SAMPLE: usize = 64 << 10;
/// Bytes read at once.
const CHUNK: usize = 1 << 16;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Values set apart by a character.
    Separated {
        /// The encoding.
        encoding: TextEncoding,
        /// The character.
        separator: u8,
    },
    /// A workbook of Excel 2007 or later (ISO/IEC 29500).
    Workbook,
}

/// A file that cannot be read, in words.
pub fn unreadable(problem: impl Into<String>, row: Option<u64>) -> ImportError {
    ImportError::FileUnreadable { problem: problem.into(), row }
}

/// A file that the disk does not give.
pub fn of_io(error: &io::Error) -> ImportError {
    unreadable(error.to_string(), None)
}

/// A file of which there is too much.
pub fn too_large(limit: String) -> ImportError {
    ImportError::FileTooLarge { limit }
}

impl Form {
    /// Finds out how a file is written.
    ///
    /// # Errors
    /// `FileEmpty`, `FileUnreadable`, `FileTooLarge`.
    pub fn of(file: &mut File) -> Result<Self, ImportError> {
        let mut sample = Vec::new();
        file.seek(SeekFrom::Start(0)).map_err(|error| of_io(&error))?;
        file.by_ref().take(SAMPLE as u64).read_to_end(&mut sample).map_err(|error| of_io(&error))?;
        if sample.iter().all(u8::is_ascii_whitespace) {
            return Err(ImportError::FileEmpty {});
        }
        if sample.starts_with(b"PK\x03\x04") {
            check_workbook(file)?;
            return Ok(Self::Workbook);
        }
        if sample.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(unreadable("it is a workbook of an old kind; save it as XLSX", None));
        }
        let encoding = encoding_of(file, &sample)?;
        let text = match encoding {
            TextEncoding::Utf16Le => encoding_rs::UTF_16LE.decode(&sample).0,
            TextEncoding::Utf16Be => encoding_rs::UTF_16BE.decode(&sample).0,
            TextEncoding::Utf8 => String::from_utf8_lossy(&sample),
            TextEncoding::Windows1252 => encoding_rs::WINDOWS_1252.decode(&sample).0,
        };
        if text.contains('\0') {
            return Err(unreadable("it is no text and no workbook", None));
        }
        Ok(Self::Separated { encoding, separator: separator_of(&text) })
    }

    /// Reads a file row by row: each with its number, from 1, and how many bytes were read so far. It ends early when
    /// `each` says `false`.
    ///
    /// # Errors
    /// What `each` returns; `FileUnreadable`, `FileTooLarge`.
    pub fn rows<E: From<ImportError>>(
        self,
        file: &mut File,
        decimal: DecimalMark,
        mut each: impl FnMut(u64, u64, &StringRecord) -> Result<bool, E>,
    ) -> Result<(), E> {
        file.seek(SeekFrom::Start(0)).map_err(|error| of_io(&error))?;
        let mut checked = |row: u64, bytes: u64, cells: &StringRecord| -> Result<bool, E> {
            check_row(row, cells)?;
            each(row, bytes, cells)
        };
        match self {
            Self::Separated { encoding, separator } => separated(file, encoding, separator, &mut checked),
            Self::Workbook => {
                // The reader of workbooks is made for those that programs write; what else is in one may surprise it.
                let read = catch_unwind(AssertUnwindSafe(|| workbook(file, decimal, &mut checked)));
                read.unwrap_or_else(|_| Err(unreadable("the workbook is damaged", None).into()))
            }
        }
    }
}

fn check_row(row: u64, cells: &StringRecord) -> Result<(), ImportError> {
    if cells.len() > COLUMNS_MAX {
        return Err(too_large(format!("{COLUMNS_MAX} columns")));
    }
    if row > ROWS_MAX {
        return Err(too_large(format!("{ROWS_MAX} rows")));
    }
    if cells.as_slice().len() > CELL_MAX && cells.iter().any(|cell| cell.chars().count() > CELL_MAX) {
        return Err(unreadable(format!("a cell has more than {CELL_MAX} characters"), Some(row)));
    }
    Ok(())
}

fn encoding_of(file: &mut File, sample: &[u8]) -> Result<TextEncoding, ImportError> {
    if sample.starts_with(b"\xff\xfe") {
        return Ok(TextEncoding::Utf16Le);
    }
    if sample.starts_with(b"\xfe\xff") {
        return Ok(TextEncoding::Utf16Be);
    }
    file.seek(SeekFrom::Start(0)).map_err(|error| of_io(&error))?;
    let mut rest = Vec::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = file.read(&mut chunk).map_err(|error| of_io(&error))?;
        if count == 0 {
            return Ok(if rest.is_empty() { TextEncoding::Utf8 } else { TextEncoding::Windows1252 });
        }
        rest.extend_from_slice(&chunk[..count]);
        match std::str::from_utf8(&rest) {
            Ok(_) => rest.clear(),
            // A character may be cut by the end of the chunk.
            Err(error) if error.error_len().is_none() => drop(rest.drain(..error.valid_up_to())),
            Err(_) => return Ok(TextEncoding::Windows1252),
        }
    }
}

/// The character that stands equally often, and most often, in the first lines, outside of quotation marks.
fn separator_of(text: &str) -> u8 {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut best = (0, b',');
    for separator in [b',', b';', b'\t', b'|'] {
        let mut counts = Vec::new();
        let (mut count, mut quoted) = (0_usize, false);
        for byte in text.bytes() {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' if !quoted => counts.push(std::mem::take(&mut count)),
                byte if byte == separator && !quoted => count += 1,
                _ => {}
            }
            if counts.len() == 50 {
                break;
            }
        }
        if counts.is_empty() {
            counts.push(count);
        }
        let first = counts[0];
        let alike = counts.iter().filter(|count| **count == first).count();
        let score = if first == 0 { 0 } else { alike * 1_000 / counts.len() * 1_000 + first.min(999) };
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// Counts what is read, and stops where one row would be read for ever.
struct Guarded<R> {
    from: R,
    seen: Rc<Seen>,
}

#[derive(Default)]
struct Seen {
    bytes: Cell<u64>,
    since_row: Cell<u64>,
    quotes: Cell<u64>,
}

const ROW_TOO_LONG: &str = "a row is too long: a quotation mark may not be closed";

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.seen.since_row.get() > ROW_BYTES_MAX {
            return Err(io::Error::new(ErrorKind::InvalidData, ROW_TOO_LONG));
        }
        let count = self.from.read(buffer)?;
        self.seen.bytes.set(self.seen.bytes.get() + count as u64);
        self.seen.since_row.set(self.seen.since_row.get() + count as u64);
        let quotes = buffer[..count].iter().filter(|byte| **byte == b'"').count();
        self.seen.quotes.set(self.seen.quotes.get() + quotes as u64);
        Ok(count)
    }
}

fn separated<E: From<ImportError>>(
    file: &mut File,
    encoding: TextEncoding,
    separator: u8,
    each: &mut dyn FnMut(u64, u64, &StringRecord) -> Result<bool, E>,
) -> Result<(), E> {
    let encoding: &'static Encoding = match encoding {
        TextEncoding::Utf8 => encoding_rs::UTF_8,
        TextEncoding::Utf16Le => encoding_rs::UTF_16LE,
        TextEncoding::Utf16Be => encoding_rs::UTF_16BE,
        TextEncoding::Windows1252 => encoding_rs::WINDOWS_1252,
    };
    let seen = Rc::new(Seen::default());
    let source: Box<dyn Read + '_> = if encoding == encoding_rs::UTF_8 {
        // It was found to be UTF-8; only the mark at its beginning is not part of it.
        let mut mark = [0; 3];
        let marked = file.read_exact(&mut mark).is_ok() && mark == *b"\xef\xbb\xbf";
        if !marked {
            file.seek(SeekFrom::Start(0)).map_err(|error| of_io(&error))?;
        }
        Box::new(file)
    } else {
        Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(BufReader::new(file)))
    };
    let guarded = Guarded { from: source, seen: Rc::clone(&seen) };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .buffer_capacity(CHUNK)
        .from_reader(guarded);
    let mut cells = StringRecord::new();
    let mut row = 0;
    let mut has_break = false;
    loop {
        let more = reader.read_record(&mut cells).map_err(|error| {
            let problem = match error.kind() {
                csv::ErrorKind::Io(error) if error.kind() == ErrorKind::InvalidData => {
                    ROW_TOO_LONG.to_owned()
                }
                csv::ErrorKind::Utf8 { .. } => "a character is damaged".to_owned(),
                _ => error.to_string(),
            };
            unreadable(problem, Some(row + 1))
        })?;
        seen.since_row.set(0);
        if !more {
            // Every quotation mark has a partner, or stands twice.
            if has_break && seen.quotes.get() % 2 == 1 {
                return Err(unreadable("a quotation mark is not closed", Some(row)).into());
            }
            return Ok(());
        }
        row += 1;
        has_break = cells.as_slice().contains('\n');
        // A record's own place is where it begins; in a blank line there is none.
        if !each(row, seen.bytes.get(), &cells)? {
            return Ok(());
        }
    }
}

/// Looks whether a workbook is what it says when it is unpacked: a few bytes can be made to unpack into a full disk.
fn check_workbook(file: &mut File) -> Result<(), ImportError> {
    let damaged = || unreadable("the workbook is damaged", None);
    let reader = BufReader::new(&mut *file);
    let mut archive = zip::ZipArchive::new(reader).map_err(|_| damaged())?;
    let mut total = 0_u64;
    let mut is_workbook = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| damaged())?;
        let name = part.name().map_err(|_| damaged())?.into_owned();
        is_workbook |= name == "xl/workbook.xml";
        let limit = if name.starts_with("xl/worksheets/") { WORKBOOK_BYTES_MAX } else { PART_BYTES_MAX };
        let unpacked =
            io::copy(&mut part.by_ref().take(limit + 1), &mut io::sink()).map_err(|_| damaged())?;
        total = total.saturating_add(unpacked);
        if unpacked > limit || total > WORKBOOK_BYTES_MAX {
            return Err(too_large(format!("{} MiB unpacked", limit >> 20)));
        }
    }
    if is_workbook { Ok(()) } else { Err(unreadable("it is an archive and no workbook", None)) }
}

fn workbook<E: From<ImportError>>(
    file: &mut File,
    decimal: DecimalMark,
    each: &mut dyn FnMut(u64, u64, &StringRecord) -> Result<bool, E>,
) -> Result<(), E> {
    let said = |error: calamine::XlsxError| unreadable(format!("the workbook is damaged: {error}"), None);
    let length = file.metadata().map_err(|error| of_io(&error))?.len();
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(said)?;
    let sheet = book.sheet_names().first().cloned().ok_or(ImportError::FileEmpty {})?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(said)?;
    let mut row: Option<u32> = None;
    let mut record = StringRecord::new();
    while let Some(cell) = cells.next_cell().map_err(said)? {
        let (at, column) = cell.get_position();
        if row != Some(at) {
            if let Some(before) = row.replace(at)
                && !each(u64::from(before) + 1, 0, &record)?
            {
                return Ok(());
            }
            record.clear();
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if column >= COLUMNS_MAX {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            return Err(too_large(format!("{COLUMNS_MAX} columns")).into());
        }
        while record.len() < column {
            record.push_field("");
        }
        record.push_field(&text_of(cell.get_value(), decimal));
    }
    match row {
        Some(last) => each(u64::from(last) + 1, length, &record).map(drop),
        None => Ok(()),
    }
}

/// A cell as the person who wrote the sheet reads it.
fn text_of(value: &DataRef<'_>, decimal: DecimalMark) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => {
            // Long numbers such as codes are kept in a sheet as numbers: all their digits are there up to 2 to the 53rd.
            let text = number.to_string();
            if decimal == DecimalMark::Comma { text.replace('.', ",") } else { text }
        }
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
