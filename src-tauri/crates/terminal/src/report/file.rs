//! Reports as files: a table for a spreadsheet, with amounts it can compute with, or pages.

use super::paper::{Paper, Words, document, quantity};
use super::{FILE_ROWS, narrowed, table};
use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::{BlobHash, OnDisk};
use crate::error::{CallError, Error};
use crate::made_file::MadeFile;
use crate::spreadsheet::{Cell, Table, TableError};
use database::Reader;
use database::error::DatabaseError;
use devices::pdf::Sheet;
use domain::people::Permission;
use domain::settings::Shop;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use uuid::Uuid;
use wire::envelope::Topic;
use wire::export::TableForm;
use wire::report::{CellValue, MakeReportFile, ReportFile, ReportForm, ReportTable, RunReport};

/// `report.make_file`
pub fn make_file(act: &Act<'_>, mut request: MakeReportFile) -> Result<FileMade, Error> {
    request.shown = narrowed(act.caller, request.shown)?;
    let kind = match request.form {
        ReportForm::Csv => MadeFile::Report(TableForm::Csv),
        ReportForm::CsvSemicolon => MadeFile::Report(TableForm::CsvSemicolon),
        ReportForm::Xlsx => MadeFile::Report(TableForm::Xlsx),
        ReportForm::Pdf => MadeFile::ReportPages,
    };
    let terminal = act.terminal;
    let (id, shown, form) = (act.id(), &request.shown, request.form);
    let bytes = act.read(|reader| {
        let (_, shop) = crate::ask::shop(terminal, reader)?;
        let rows = |form| spreadsheet(terminal, id, form, &shop, &table(terminal, reader, shown, FILE_ROWS)?);
        match form {
            ReportForm::Csv => rows(TableForm::Csv),
            ReportForm::CsvSemicolon => rows(TableForm::CsvSemicolon),
            ReportForm::Xlsx => rows(TableForm::Xlsx),
            ReportForm::Pdf => pages(terminal, reader, shown, &shop),
        }
    })?;
    let saved_at = kind.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, name) = (BlobHash::of(&bytes), kind.name().to_owned());
    let made = act.commit(move |_| Ok(FileMade { hash, name, saved_at }))?;
    act.terminal.blobs.hold(kind, bytes, Permission::ViewReports);
    Ok(made)
}

/// A file of a report was made.
#[derive(Serialize, Deserialize)]
pub struct FileMade {
    /// What the file is named by at the blob door.
    pub hash: BlobHash,
    /// What to call it.
    pub name: String,
    /// Where it was saved already.
    pub saved_at: Option<String>,
}

impl Effect for FileMade {
    type Answer = ReportFile;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<ReportFile, Error> {
        Ok(ReportFile { blob: self.hash.to_string(), file_name: self.name, saved_at: self.saved_at })
    }
}

/// A report in the forms that go with a letter.
pub struct ReportFiles {
    /// Pages to read (PDF).
    pub pages: Vec<u8>,
    /// A table to compute with (XLSX).
    pub table: Vec<u8>,
}

/// A report as it goes with a letter, whose id tells the table from others while it is written.
pub fn files(
    terminal: &Terminal,
    reader: &Reader,
    letter: Uuid,
    asked: &RunReport,
) -> Result<ReportFiles, Error> {
    let (_, shop) = crate::ask::shop(terminal, reader)?;
    let rows = table(terminal, reader, asked, FILE_ROWS)?;
    Ok(ReportFiles {
        pages: pages(terminal, reader, asked, &shop)?,
        table: spreadsheet(terminal, letter, TableForm::Xlsx, &shop, &rows)?,
    })
}

/// A report as pages.
fn pages(terminal: &Terminal, reader: &Reader, asked: &RunReport, shop: &Shop) -> Result<Vec<u8>, Error> {
    let document = document(terminal, reader, asked, shop, Paper::Pages)?;
    let document = terminal.drawable(&document, shop.language);
    let title = Words::of(shop.language).said(&format!("report-{}", asked.report), &asked.report);
    terminal.press().pdf(&document, Sheet::A4, &title).map_err(|error| {
        // The fonts are part of the program, or were there when the text was laid out.
        Error::from(DatabaseError::Directory(std::io::Error::other(error)))
    })
}

/// A report as a file for a spreadsheet, written beside others under the name `id`.
pub fn spreadsheet(
    terminal: &Terminal,
    id: Uuid,
    form: TableForm,
    shop: &Shop,
    table: &ReportTable,
) -> Result<Vec<u8>, Error> {
    let disk = DatabaseError::of_disk;
    terminal.blobs.check_room(0).map_err(disk)?;
    let folder = terminal.blobs.made_folder().map_err(disk)?;
    let place = OnDisk(folder.join(id.simple().to_string()));
    let file = File::create(&place.0).map_err(disk)?;
    let words = Words::of(shop.language);
    let head: Vec<String> = table.columns.iter().map(|column| words.column(column)).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let mut rows = Table::begin(form, file, folder, &head).map_err(said)?;
    for row in table.rows.iter().chain(std::iter::once(&table.totals).filter(|totals| !totals.is_empty())) {
        let texts: Vec<(bool, String)> = row.iter().map(|cell| plain(&words, cell)).collect();
        let cells: Vec<Cell<'_>> = texts
            .iter()
            .map(|(is_number, text)| if *is_number { Cell::Number(text) } else { Cell::Text(text) })
            .collect();
        rows.row(&cells).map_err(said)?;
    }
    rows.finish().map_err(said)?;
    Ok(fs::read(&place.0).map_err(disk)?)
}

/// A cell as a spreadsheet takes it, and whether it is a number: amounts and changes in decimal digits with a point, days
/// as ISO 8601 writes them.
fn plain(words: &Words, cell: &CellValue) -> (bool, String) {
    match cell {
        CellValue::Empty => (false, String::new()),
        CellValue::Count(count) => (true, count.to_string()),
        CellValue::Quantity { thousandths, .. } => (true, quantity(*thousandths)),
        CellValue::Money(money) => (true, money.to_string()),
        CellValue::Change(ppm) => (true, super::paper::tenths_of_percent(*ppm)),
        CellValue::Rate(rate) => (true, rate.to_string()),
        CellValue::Day(day) => (false, day.to_string()),
        CellValue::Text(_) | CellValue::Word(_) | CellValue::Weekday(_) | CellValue::Hour(_) => {
            (false, words.cell(cell))
        }
    }
}

/// What the writer of tables said, as an error of a call.
fn said(error: TableError) -> Error {
    match error {
        TableError::Disk(error) => DatabaseError::of_disk(error).into(),
        TableError::TooManyRows => CallError::Bug {}.into(),
        TableError::Workbook(error) => {
            tracing::error!(%error, "a workbook could not be written");
            CallError::Bug {}.into()
        }
    }
}
