//! A letter in bytes (RFC 5322, MIME): a short text in the shop's language and what it holds as a PDF, written anew from
//! the ledger each time it leaves.

use crate::Terminal;
use crate::error::Error;
use crate::receipt;
use crate::texts::{Key, Texts};
use database::Reader;
use database::error::DatabaseError;
use database::mail::Letter;
use devices::pdf::{PdfError, Sheet};
use domain::invoice::issue::{InvoiceError, InvoiceKind};
use domain::mail::{MailError, MailSettings};
use domain::settings::Shop;
use fluent_bundle::FluentArgs;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use std::time::{Duration, UNIX_EPOCH};
use wire::account::AskStatement;
use wire::mail::LetterKind;

const PDF: &str = "application/pdf";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What goes with a letter.
struct Enclosed {
    name: String,
    bytes: Vec<u8>,
    form: &'static str,
}

/// A letter as it leaves.
///
/// # Errors
/// When what it holds cannot be read or drawn, or an address cannot stand in a letter.
pub fn write(
    terminal: &Terminal,
    reader: &Reader,
    settings: &MailSettings,
    letter: &Letter,
) -> Result<Vec<u8>, Error> {
    let shop = crate::ask::shop(terminal, reader)?.1;
    let texts = Texts::of(shop.language);
    let named = |key| {
        let mut args = args(&shop, letter);
        args.set("document", texts.text(key));
        (texts.filled(Key::PaperMailDocumentSubject, &args), texts.filled(Key::PaperMailDocumentText, &args))
    };
    let words = |key| texts.filled(key, &args(&shop, letter));
    let (subject, mut text) = match letter.kind {
        LetterKind::Invoice => named(invoice_word(reader, letter)?),
        LetterKind::Shift => named(Key::PaperZReport),
        LetterKind::Receipt => (words(Key::PaperMailReceiptSubject), words(Key::PaperMailReceiptText)),
        LetterKind::Report => (words(Key::PaperMailReportSubject), words(Key::PaperMailReportText)),
        LetterKind::Statement => (words(Key::PaperMailStatementSubject), words(Key::PaperMailStatementText)),
        LetterKind::Test => (words(Key::PaperMailTestSubject), words(Key::PaperMailTestText)),
    };
    if letter.may_repeat {
        text = format!("{text}\n\n{}", texts.text(Key::PaperMailRepeated));
    }
    let from: Address = settings.sender_address.parse().map_err(unwritten)?;
    let to: Address = letter.address.as_deref().unwrap_or_default().parse().map_err(unwritten)?;
    let name = Some(settings.sender_name.clone()).filter(|name| !name.is_empty());
    let wall_ms = u64::try_from(letter.queued_at.0).unwrap_or(0);
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.letter, from.domain())))
        .date(UNIX_EPOCH + Duration::from_millis(wall_ms))
        .from(Mailbox::new(name, from))
        .to(Mailbox::new(None, to))
        .subject(subject);
    let text = SinglePart::plain(format!("{text}\n\n{}\n", shop.name));
    let enclosed = enclosed(terminal, reader, letter, texts)?;
    let message = if enclosed.is_empty() {
        message.singlepart(text)
    } else {
        let mut parts = MultiPart::mixed().singlepart(text);
        for Enclosed { name, bytes, form } in enclosed {
            let form = ContentType::parse(form).map_err(unwritten)?;
            parts = parts.singlepart(Attachment::new(name).body(bytes, form));
        }
        message.multipart(parts)
    };
    Ok(message.map_err(unwritten)?.formatted())
}

/// What the invoice of a letter is called.
fn invoice_word(reader: &Reader, letter: &Letter) -> Result<Key, Error> {
    let invoice = reader.invoice(letter.sale())?.ok_or(InvoiceError::NotIssued {})?;
    Ok(match invoice.fact.kind {
        InvoiceKind::Invoice => Key::PaperInvoice,
        InvoiceKind::CreditNote => Key::PaperCreditNote,
    })
}

fn args(shop: &Shop, letter: &Letter) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    args.set("shop", shop.name.clone());
    args.set("till", shop.till_name.clone());
    args.set("number", letter.number.clone());
    args
}

fn enclosed(
    terminal: &Terminal,
    reader: &Reader,
    letter: &Letter,
    texts: &Texts,
) -> Result<Vec<Enclosed>, Error> {
    let (document, sheet, key) = match letter.kind {
        LetterKind::Receipt => {
            let document = receipt::printed(terminal, reader, letter.sale(), letter.copy)?;
            (document, receipt::sheet_of(terminal, reader)?, Key::PaperReceipt)
        }
        LetterKind::Invoice => {
            let (document, _) = crate::invoice::sheet(terminal, reader, letter.sale(), letter.copy)?;
            (document, Sheet::A4, invoice_word(reader, letter)?)
        }
        LetterKind::Shift => {
            let document = crate::shift::paper::printed(terminal, reader, letter.about, letter.copy)?;
            (document, receipt::sheet_of(terminal, reader)?, Key::PaperZReport)
        }
        LetterKind::Report => return report(terminal, reader, letter),
        LetterKind::Statement => return statement(terminal, reader, letter),
        LetterKind::Test => return Ok(Vec::new()),
    };
    let bytes =
        terminal.press().pdf(&document, sheet, &letter.number).map_err(|error: PdfError| unwritten(error))?;
    Ok(vec![Enclosed { name: format!("{} {}.pdf", texts.text(key), letter.number), bytes, form: PDF }])
}

/// A report in both forms. Its days stand in the names as they are sorted, and with no sign that a file name cannot have.
fn report(terminal: &Terminal, reader: &Reader, letter: &Letter) -> Result<Vec<Enclosed>, Error> {
    let asked = reader.asked_report(letter.about)?.ok_or(MailError::LetterUnknown {})?;
    let files = crate::report::files(terminal, reader, letter.letter, &asked)?;
    let name = |ending| format!("{} {} {}.{ending}", asked.report, asked.from, asked.to);
    Ok(vec![
        Enclosed { name: name("pdf"), bytes: files.pages, form: PDF },
        Enclosed { name: name("xlsx"), bytes: files.table, form: XLSX },
    ])
}

/// A statement, as pages for whoever it is of.
fn statement(terminal: &Terminal, reader: &Reader, letter: &Letter) -> Result<Vec<Enclosed>, Error> {
    let asked: AskStatement = reader.asked_report(letter.about)?.ok_or(MailError::LetterUnknown {})?;
    let (name, bytes) = crate::account::mailed(terminal, reader, &asked)?;
    Ok(vec![Enclosed { name, bytes, form: PDF }])
}

/// A letter that cannot be written, as a fault: fonts are part of the program, and addresses were looked at.
fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    DatabaseError::Directory(std::io::Error::other(error)).into()
}
