//! Statements that are taken along: printed on the receipt printer, or made into a file.

use super::paper::{Statement, StatementPaper};
use super::statement::Span;
use crate::Terminal;
use crate::act::Act;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use crate::mail::{self, LetterQueued};
use crate::print_job::QueuedPrint;
use crate::report::{FileMade, Words, spreadsheet};
use database::Reader;
use database::error::DatabaseError;
use database::mail::NewLetter;
use database::print_queue::NewPrintJob;
use devices::Profile;
use devices::pdf::Sheet;
use domain::people::Permission;
use domain::settings::Shop;
use domain::shift::FIRST_DRAWER;
use domain::time::BusinessDay;
use wire::account::{AskStatement, MakeStatementFile, PrintStatement};
use wire::device::DeviceError;
use wire::export::TableForm;
use wire::fact::{Fact, RecordExported, StatementMailed};
use wire::mail::{LetterKind, MailStatement};
use wire::receipt::PrintJobKind;
use wire::record::Entity;
use wire::report::ReportForm;

/// Whoever prints a statement waits for it no longer.
const PRINT_WAIT_MS: i64 = 10 * 60_000;

/// `account.make_file`
pub fn make_file(act: &Act<'_>, request: MakeStatementFile) -> Result<FileMade, Error> {
    let (kind, table) = match request.form {
        ReportForm::Csv => (MadeFile::Statement(TableForm::Csv), Some(TableForm::Csv)),
        ReportForm::CsvSemicolon => {
            (MadeFile::Statement(TableForm::CsvSemicolon), Some(TableForm::CsvSemicolon))
        }
        ReportForm::Xlsx => (MadeFile::Statement(TableForm::Xlsx), Some(TableForm::Xlsx)),
        ReportForm::Pdf => (MadeFile::StatementPages, None),
    };
    let customer = request.shown.customer;
    let (bytes, records) = act.read(|reader| {
        let (_, shop) = crate::ask::shop(act.terminal, reader)?;
        let span = Span::of(reader, &request.shown, shop.currency, act.day())?;
        if let Some(form) = table {
            let (table, entries) = Statement::table(reader, span)?;
            return Ok((spreadsheet(act.terminal, act.id(), form, &shop, &table)?, entries));
        }
        pages(act.terminal, reader, &shop, span)
    })?;
    let saved_at = kind.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, operator) = (BlobHash::of(&bytes), act.operator);
    let made = act.commit(move |tx| {
        let id = Some(customer.0);
        let fact = RecordExported { entity: Entity::Account, id, sha256: hash.to_string(), records };
        tx.append(operator, &Fact::RecordExported(fact), &[])?;
        Ok(FileMade { hash, name: kind.name().to_owned(), saved_at })
    })?;
    act.terminal.blobs.hold(kind, bytes, Permission::ManageCustomers);
    Ok(made)
}

/// A statement as pages, and how many entries are on them.
fn pages(terminal: &Terminal, reader: &Reader, shop: &Shop, span: Span) -> Result<(Vec<u8>, u32), Error> {
    let (document, entries) = Statement::document(terminal, reader, span, StatementPaper::Pages)?;
    let title = Words::of(shop.language).said("report-statement", "statement");
    let bytes = terminal.press().pdf(&document, Sheet::A4, &title).map_err(|error| {
        // The fonts are part of the program, or were there when the text was laid out.
        Error::from(DatabaseError::Directory(std::io::Error::other(error)))
    })?;
    Ok((bytes, entries))
}

/// `account.mail`
pub fn mail(act: &Act<'_>, request: MailStatement) -> Result<LetterQueued, Error> {
    let address = mail::address(&request.address)?;
    mail::must_be_set_up(act)?;
    let (span, number) = act.read(|reader| {
        let (_, shop) = crate::ask::shop(act.terminal, reader)?;
        // What days these are is decided now, not when the server can be reached.
        let span = Span::of(reader, &request.shown, shop.currency, act.day())?;
        Ok::<_, Error>((span, Words::of(shop.language).span(span.from, span.to)))
    })?;
    let (id, operator, customer) = (act.id(), act.operator, span.customer);
    let fact = StatementMailed { customer, from: span.from, to: span.to };
    act.commit(move |tx| {
        tx.append(operator, &Fact::StatementMailed(fact), &[])?;
        tx.keep_asked_report(id, &span.asked())?;
        let (kind, copy, customer) = (LetterKind::Statement, 0, Some(customer));
        let letter = NewLetter { letter: id, kind, about: id, number, copy, address, customer };
        Ok(LetterQueued { letter: tx.queue_letter(&letter)? })
    })
}

/// A statement as it goes with a letter: what the file is called, and its bytes. Its days stand in the name as they are
/// sorted, and with no sign that a file name cannot have.
pub fn mailed(
    terminal: &Terminal,
    reader: &Reader,
    asked: &AskStatement,
) -> Result<(String, Vec<u8>), Error> {
    let (_, shop) = crate::ask::shop(terminal, reader)?;
    let span = Span::of(reader, asked, shop.currency, BusinessDay::of(&terminal.now()))?;
    let word = Words::of(shop.language).said("report-statement", "statement");
    let (bytes, _) = pages(terminal, reader, &shop, span)?;
    Ok((format!("{word} {} {}.pdf", span.from, span.to), bytes))
}

/// `account.print`
pub fn print(act: &Act<'_>, request: PrintStatement) -> Result<QueuedPrint, Error> {
    let asked = act.read(|reader| {
        let settings = crate::device::settings_of(act.terminal, reader)?.1;
        if settings.receipt_printer.as_ref().and_then(Profile::of).is_none() {
            return Err(DeviceError::ConfigInvalid { field: "receipt_printer" }.into());
        }
        let (_, shop) = crate::ask::shop(act.terminal, reader)?;
        // What days these are is decided now, not when the printer is ready.
        Ok::<_, Error>(Span::of(reader, &request.shown, shop.currency, act.day())?.asked())
    })?;
    let job = NewPrintJob {
        kind: PrintJobKind::Statement,
        about: act.id(),
        receipt_number: String::new(),
        copy: 0,
        not_after: Some(act.now.wall.plus_ms(PRINT_WAIT_MS)),
        printer: None,
        drawer: FIRST_DRAWER,
    };
    act.commit(move |tx| {
        let id = tx.queue_print(&job)?;
        tx.keep_asked_report(job.about, &asked)?;
        Ok(QueuedPrint { job: id })
    })
}
