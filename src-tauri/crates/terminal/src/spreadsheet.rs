//! Tables that are made as files for a spreadsheet: comma-separated values, or a workbook. They are written row by row, so
//! that a long one takes no more memory than a short one, and no cell of them is ever a formula.

mod mark;

pub use mark::{marked, unmarked};

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use wire::export::TableForm;

/// What says at the beginning of a file that it is UTF-8: without it spreadsheets read letters beyond English as others.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The width of a column of a workbook, in characters.
const WIDTH: f64 = 18.0;
/// The width of the first column that is read, which says what a row is about.
const WIDTH_NAME: f64 = 40.0;

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'c> {
    /// A text, and stays one: a number with zeros before it keeps them.
    Text(&'c str),
    /// A number that is computed with, in decimal digits with a point; empty is none.
    Number(&'c str),
}

/// Why a table was not made.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The disk failed or is full.
    #[error(transparent)]
    Disk(#[from] io::Error),
    /// A workbook holds no more rows.
    #[error("a workbook has no room for so many rows")]
    TooManyRows,
    /// The writer of workbooks refused.
    #[error("the workbook could not be written: {0}")]
    Workbook(XlsxError),
}

impl From<XlsxError> for TableError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::Disk(error),
            XlsxError::RowColumnLimitError => Self::TooManyRows,
            other => Self::Workbook(other),
        }
    }
}

impl From<csv::Error> for TableError {
    fn from(error: csv::Error) -> Self {
        Self::Disk(error.into())
    }
}

/// A writer of comma-separated values (RFC 4180), in UTF-8 that says so.
///
/// # Errors
/// What the disk answers.
pub fn separated<W: Write>(to: W) -> io::Result<csv::Writer<W>> {
    separated_by(b',', to)
}

fn separated_by<W: Write>(separator: u8, mut to: W) -> io::Result<csv::Writer<W>> {
    to.write_all(UTF8_MARK)?;
    let mut builder = csv::WriterBuilder::new();
    Ok(builder.delimiter(separator).terminator(csv::Terminator::CRLF).from_writer(to))
}

/// A table under way.
pub struct Table {
    to: To,
    rows: u32,
}

enum To {
    Separated { writer: csv::Writer<BufWriter<File>>, decimal_comma: bool },
    Workbook { book: Box<Workbook>, file: File, number: Format },
}

impl Table {
    /// Begins a table in a file. A workbook keeps its rows in a file of the folder until it is finished.
    ///
    /// # Errors
    /// `TableError`.
    pub fn begin(form: TableForm, file: File, folder: &Path, head: &[&str]) -> Result<Self, TableError> {
        let to = match form {
            TableForm::Csv | TableForm::CsvSemicolon => {
                let decimal_comma = form == TableForm::CsvSemicolon;
                let separator = if decimal_comma { b';' } else { b',' };
                let mut writer = separated_by(separator, BufWriter::new(file))?;
                writer.write_record(head)?;
                To::Separated { writer, decimal_comma }
            }
            TableForm::Xlsx => {
                let mut book = Box::new(Workbook::new());
                book.set_tempdir(folder)?;
                let sheet = book.add_worksheet_with_constant_memory()?;
                let bold = Format::new().set_bold();
                sheet.set_freeze_panes(1, 0)?;
                for (column, name) in (0_u16..).zip(head) {
                    let width = if *name == "name" { WIDTH_NAME } else { WIDTH };
                    sheet.set_column_width(column, width)?;
                    sheet.write_string_with_format(0, column, *name, &bold)?;
                }
                To::Workbook { book, file, number: Format::new().set_num_format("0.00####") }
            }
        };
        Ok(Self { to, rows: 0 })
    }

    /// Rows so far, without the head.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds a row.
    ///
    /// # Errors
    /// `TableError`.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        self.rows = self.rows.checked_add(1).ok_or(TableError::TooManyRows)?;
        match &mut self.to {
            To::Separated { writer, decimal_comma } => {
                for cell in cells {
                    match cell {
                        Cell::Text(text) => writer.write_field(marked(text).as_bytes())?,
                        Cell::Number(digits) if *decimal_comma => {
                            writer.write_field(digits.replace('.', ","))?;
                        }
                        Cell::Number(digits) => writer.write_field(digits)?,
                    }
                }
                writer.write_record(None::<&[u8]>)?;
            }
            To::Workbook { book, number, .. } => {
                let sheet = book.worksheet_from_index(0)?;
                for (column, cell) in (0_u16..).zip(cells) {
                    match cell {
                        Cell::Text("") | Cell::Number("") => {}
                        Cell::Text(text) => {
                            sheet.write_string(self.rows, column, marked(text))?;
                        }
                        // A workbook holds numbers as binary fractions; the shortest digits that stand for one are those
                        // it was made of, and they are what is read back.
                        Cell::Number(digits) => match digits.parse::<f64>() {
                            Ok(value) => {
                                sheet.write_number_with_format(self.rows, column, value, number)?;
                            }
                            Err(_) => {
                                sheet.write_string(self.rows, column, *digits)?;
                            }
                        },
                    }
                }
            }
        }
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// `TableError`.
    pub fn finish(self) -> Result<(), TableError> {
        match self.to {
            To::Separated { mut writer, .. } => Ok(writer.flush()?),
            To::Workbook { mut book, file, .. } => Ok(book.save_to_writer(file)?),
        }
    }
}
