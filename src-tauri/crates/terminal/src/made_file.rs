//! Files that are made to be saved: what each is called, and how it gets to who asked for it. Through HTTP it is fetched
//! as a blob; the till's own window has no downloads of its own, so there it is saved at once.

use crate::caller::{Caller, Door};
use crate::places;
use std::path::{Path, PathBuf};
use std::{fs, io};
use wire::export::TableForm;
use wire::receipt::ReceiptFileForm;

/// A file that is made to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeFile {
    /// What whoever helps is given.
    SupportBundle,
    /// Entries of the audit, as comma-separated values (RFC 4180).
    Audit,
    /// What is wrong with the rows of an import, as comma-separated values.
    ImportProblems,
    /// A receipt.
    Receipt(ReceiptFileForm),
    /// An invoice.
    Invoice,
    /// A paper of the drawer.
    ShiftPaper,
    /// Products as a table.
    Products(TableForm),
    /// Customers as a table.
    Customers(TableForm),
    /// A report as a table.
    Report(TableForm),
    /// A report as pages.
    ReportPages,
    /// What moved a customer's account, as a table.
    Statement(TableForm),
    /// What moved a customer's account, as pages.
    StatementPages,
}

impl MadeFile {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SupportBundle => "tillkeeper-support.zip",
            Self::Audit => "tillkeeper-audit.csv",
            Self::ImportProblems => "tillkeeper-import.csv",
            Self::Receipt(ReceiptFileForm::Pdf) => "tillkeeper-receipt.pdf",
            Self::Receipt(ReceiptFileForm::Png) => "tillkeeper-receipt.png",
            Self::Invoice => "tillkeeper-invoice.pdf",
            Self::ShiftPaper => "tillkeeper-shift.pdf",
            Self::Products(TableForm::Csv | TableForm::CsvSemicolon) => "tillkeeper-products.csv",
            Self::Products(TableForm::Xlsx) => "tillkeeper-products.xlsx",
            Self::Customers(TableForm::Csv | TableForm::CsvSemicolon) => "tillkeeper-customers.csv",
            Self::Customers(TableForm::Xlsx) => "tillkeeper-customers.xlsx",
            Self::Report(TableForm::Csv | TableForm::CsvSemicolon) => "tillkeeper-report.csv",
            Self::Report(TableForm::Xlsx) => "tillkeeper-report.xlsx",
            Self::ReportPages => "tillkeeper-report.pdf",
            Self::Statement(TableForm::Csv | TableForm::CsvSemicolon) => "tillkeeper-statement.csv",
            Self::Statement(TableForm::Xlsx) => "tillkeeper-statement.xlsx",
            Self::StatementPages => "tillkeeper-statement.pdf",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::SupportBundle => "application/zip",
            Self::Audit
            | Self::ImportProblems
            | Self::Products(TableForm::Csv | TableForm::CsvSemicolon)
            | Self::Customers(TableForm::Csv | TableForm::CsvSemicolon)
            | Self::Report(TableForm::Csv | TableForm::CsvSemicolon)
            | Self::Statement(TableForm::Csv | TableForm::CsvSemicolon) => "text/csv; charset=utf-8",
            Self::Products(TableForm::Xlsx)
            | Self::Customers(TableForm::Xlsx)
            | Self::Report(TableForm::Xlsx)
            | Self::Statement(TableForm::Xlsx) => {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
            Self::Receipt(ReceiptFileForm::Pdf)
            | Self::Invoice
            | Self::ReportPages
            | Self::StatementPages
            | Self::ShiftPaper => "application/pdf",
            Self::Receipt(ReceiptFileForm::Png) => "image/png",
        }
    }

    /// What a browser does with it: it saves it under its name (RFC 6266).
    pub const fn disposition(self) -> &'static str {
        match self {
            Self::SupportBundle => "attachment; filename=\"tillkeeper-support.zip\"",
            Self::Audit => "attachment; filename=\"tillkeeper-audit.csv\"",
            Self::ImportProblems => "attachment; filename=\"tillkeeper-import.csv\"",
            Self::Receipt(ReceiptFileForm::Pdf) => "attachment; filename=\"tillkeeper-receipt.pdf\"",
            Self::Receipt(ReceiptFileForm::Png) => "attachment; filename=\"tillkeeper-receipt.png\"",
            Self::Products(TableForm::Csv | TableForm::CsvSemicolon) => {
                "attachment; filename=\"tillkeeper-products.csv\""
            }
            Self::Products(TableForm::Xlsx) => "attachment; filename=\"tillkeeper-products.xlsx\"",
            Self::Customers(TableForm::Csv | TableForm::CsvSemicolon) => {
                "attachment; filename=\"tillkeeper-customers.csv\""
            }
            Self::Customers(TableForm::Xlsx) => "attachment; filename=\"tillkeeper-customers.xlsx\"",
            Self::Report(TableForm::Csv | TableForm::CsvSemicolon) => {
                "attachment; filename=\"tillkeeper-report.csv\""
            }
            Self::Report(TableForm::Xlsx) => "attachment; filename=\"tillkeeper-report.xlsx\"",
            Self::Invoice => "attachment; filename=\"tillkeeper-invoice.pdf\"",
            Self::ShiftPaper => "attachment; filename=\"tillkeeper-shift.pdf\"",
            Self::ReportPages => "attachment; filename=\"tillkeeper-report.pdf\"",
            Self::Statement(TableForm::Csv | TableForm::CsvSemicolon) => {
                "attachment; filename=\"tillkeeper-statement.csv\""
            }
            Self::Statement(TableForm::Xlsx) => "attachment; filename=\"tillkeeper-statement.xlsx\"",
            Self::StatementPages => "attachment; filename=\"tillkeeper-statement.pdf\"",
        }
    }

    /// Saves the file among the user's downloads when it was asked for in the till's own window, which stands on this
    /// machine. Returns where; `None` for those who fetch it.
    ///
    /// # Errors
    /// What the disk answers when it cannot be written.
    pub(crate) fn save_for(self, caller: &Caller, bytes: &[u8]) -> io::Result<Option<String>> {
        let Some(folder) = folder_for(caller) else { return Ok(None) };
        self.save(&folder, bytes).map(Some)
    }

    /// The same with a file that lies on the disk already.
    ///
    /// # Errors
    /// What the disk answers when it cannot be read or written.
    pub(crate) fn copy_for(self, caller: &Caller, from: &Path) -> io::Result<Option<String>> {
        let Some(folder) = folder_for(caller) else { return Ok(None) };
        let path = self.place_in(&folder)?;
        fs::copy(from, &path)?;
        Ok(Some(path.display().to_string()))
    }

    fn save(self, folder: &Path, bytes: &[u8]) -> io::Result<String> {
        let path = self.place_in(folder)?;
        fs::write(&path, bytes)?;
        Ok(path.display().to_string())
    }

    fn place_in(self, folder: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        Ok(folder.join(self.name()))
    }
}

/// The downloads of whoever sits at the till's own window.
fn folder_for(caller: &Caller) -> Option<PathBuf> {
    if caller.door() == Door::Window { places::downloads() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_saves_each_under_its_name() {
        for file in [
            MadeFile::SupportBundle,
            MadeFile::Audit,
            MadeFile::Receipt(ReceiptFileForm::Pdf),
            MadeFile::Receipt(ReceiptFileForm::Png),
            MadeFile::ImportProblems,
            MadeFile::Products(TableForm::Csv),
            MadeFile::Products(TableForm::CsvSemicolon),
            MadeFile::Products(TableForm::Xlsx),
            MadeFile::Customers(TableForm::Csv),
            MadeFile::Customers(TableForm::Xlsx),
            MadeFile::Report(TableForm::Csv),
            MadeFile::Report(TableForm::Xlsx),
            MadeFile::ReportPages,
            MadeFile::Statement(TableForm::Csv),
            MadeFile::Statement(TableForm::Xlsx),
            MadeFile::StatementPages,
            MadeFile::ShiftPaper,
            MadeFile::Invoice,
        ] {
            assert_eq!(file.disposition(), format!("attachment; filename=\"{}\"", file.name()));
        }
    }

    #[test]
    fn a_file_is_saved_in_place_of_the_one_before() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("Downloads");
        MadeFile::SupportBundle.save(&folder, b"the first, and longer").unwrap();
        let place = MadeFile::SupportBundle.save(&folder, b"the second").unwrap();
        assert_eq!(fs::read(place).unwrap(), b"the second");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
    }
}
