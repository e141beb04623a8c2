//! Receipts: made anew from the fact each time, never from what was printed before.

mod file;
mod sample;
pub use crate::mail::receipt as mail;
pub use file::{make_file, sheet_of};
pub use sample::sample;

use crate::Terminal;
use crate::act::Act;
use crate::ask::Ask;
use crate::caller::Caller;
use crate::error::Error;
use crate::print_job::{self, QueuedPrint};
use crate::sale::own;
use crate::texts::{Key, Texts};
use database::Reader;
use database::error::DatabaseError;
use database::record::StoredRecord;
use devices::Profile;
use devices::raster::Roll;
use domain::device::Devices;
use domain::document::Document;
use domain::ids::SaleId;
use domain::money::Money;
use domain::people::Operator;
use domain::receipt::{Receipt, ReceiptForm};
use domain::sale::SaleError;
use domain::sale::line::Direction;
use domain::sale::taxed::ExemptReason;
use domain::settings::{Language, Shop};
use wire::fact::{Fact, Notes, ReceiptReprinted, SaleCompletedFact};
use wire::receipt::{PrintGiftReceipt, PrintJobKind, ReceiptPreview, ReprintReceipt};
use wire::record::{Entity, record};
use wire::sale::GetSale;

/// The paper of a preview when no printer is set up: 80 mm wide.
const PREVIEW_ROLL: Roll = Roll::receipt(48, 576);

/// `receipt.preview`
pub fn preview(ask: &Ask<'_>, request: GetSale) -> Result<ReceiptPreview, Error> {
    seen(ask.caller, ask.reader, request.sale)?;
    let document = document(ask.terminal, ask.reader, request.sale, 0, ReceiptForm::Sale)?;
    laid_out(ask.terminal, ask.reader, document)
}

/// Lets a caller see a completed sale.
pub fn seen(caller: &Caller, reader: &Reader, sale: SaleId) -> Result<(), Error> {
    let completed = reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    Ok(own::seen(caller, completed.operator)?)
}

/// A document for the screen, as the receipt printer's paper would have it.
pub fn laid_out(terminal: &Terminal, reader: &Reader, document: Document) -> Result<ReceiptPreview, Error> {
    let settings = crate::device::settings_of(terminal, reader)?.1;
    let columns = roll(&settings).columns;
    let layout = devices::layout(&document, columns);
    Ok(ReceiptPreview {
        lines: devices::plain_text(&layout),
        document,
        columns: u32::try_from(columns).unwrap_or(u32::MAX),
    })
}

/// The paper of the receipt printer.
fn roll(settings: &Devices) -> Roll {
    let profile = settings.receipt_printer.as_ref().and_then(Profile::of);
    profile.map_or(PREVIEW_ROLL, |profile| profile.roll())
}

/// The number of the receipt of a completed sale.
fn number(reader: &Reader, sale: SaleId) -> Result<String, Error> {
    Ok(reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?.fact.receipt_number)
}

/// The receipt of a completed sale as it is printed: what no font can draw is told on it.
pub fn printed(terminal: &Terminal, reader: &Reader, sale: SaleId, copy: u32) -> Result<Document, Error> {
    on_paper(terminal, reader, document(terminal, reader, sale, copy, ReceiptForm::Sale)?)
}

/// The same without prices, for somebody who is given the goods.
pub fn printed_gift(terminal: &Terminal, reader: &Reader, sale: SaleId) -> Result<Document, Error> {
    let completed = reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    has_gifts(&completed.fact)?;
    on_paper(terminal, reader, document(terminal, reader, sale, 0, ReceiptForm::Gift)?)
}

/// Goods that came back are given to nobody.
fn has_gifts(fact: &SaleCompletedFact) -> Result<(), SaleError> {
    match fact.lines.iter().any(|line| line.direction == Direction::Sale) {
        true => Ok(()),
        false => Err(SaleError::NothingToGive { receipt_number: fact.receipt_number.clone() }),
    }
}

/// A document as it is printed: what no font can draw is told on it.
pub fn on_paper(terminal: &Terminal, reader: &Reader, document: Document) -> Result<Document, Error> {
    let language = crate::ask::shop(terminal, reader)?.1.language;
    Ok(terminal.drawable(&document, language))
}

/// The receipt of a completed sale as a document, with the shop as it was then.
pub fn document(
    terminal: &Terminal,
    reader: &Reader,
    sale: SaleId,
    copy: u32,
    form: ReceiptForm,
) -> Result<Document, Error> {
    let completed = reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    let store = terminal.store.0;
    let shop: Shop = match reader.record_at(Entity::Shop, store, completed.fact.shop_version)? {
        Some(fields) => record(fields).map_err(DatabaseError::from)?,
        None => crate::ask::shop(terminal, reader)?.1,
    };
    let operator: Option<Operator> =
        reader.record(Entity::Operator, completed.operator.0)?.map(StoredRecord::read).transpose()?;
    let texts = Texts::of(shop.language);
    let lines = completed.fact.lines.iter().map(|line| completed.line(line));
    let receipt = Receipt {
        number: completed.fact.receipt_number.clone(),
        completed_at: texts.moment(completed.completed_at, completed.zone_min),
        operator: operator.map(|operator| operator.name).unwrap_or_default(),
        customer: customer(reader, &completed.fact, shop.language)?,
        lines: lines.collect::<Result<_, _>>()?,
        said: said(reader, &completed.fact, texts)?,
        note: completed.notes.get(Notes::SALE).cloned(),
        discount: completed.fact.discounted()?,
        totals: completed.fact.totals()?,
        tenders: completed.fact.tenders()?,
        cash_rounding: Money::new(completed.fact.cash_rounding, completed.fact.currency)
            .map_err(SaleError::from)?,
        credit_left: crate::sale::account::credit_left(&completed.fact)?,
        owed: crate::sale::account::owed(&completed.fact)?,
        copy,
        form: if completed.training { ReceiptForm::Training } else { form },
        shop,
    };
    Ok(receipt.document(&texts.receipt()))
}

/// Whom a sale was for, as its receipt says it; nobody once they were erased.
fn customer(reader: &Reader, fact: &SaleCompletedFact, language: Language) -> Result<Option<String>, Error> {
    let Some(id) = fact.customer else { return Ok(None) };
    let stored = reader.customer(id)?.map(|stored| stored.customer);
    Ok(stored.and_then(|customer| customer.on_receipt(language)))
}

/// What is said of the whole sale under its total. Goods that come back say what was said when they were sold: a return has
/// no tax of its own to be exempt from.
pub fn said(reader: &Reader, fact: &SaleCompletedFact, texts: &Texts) -> Result<Vec<String>, Error> {
    let mut said: Vec<String> = fact.takeaway.then(|| texts.text(Key::PaperTakeaway)).into_iter().collect();
    said.extend(fact.exempt.map(|reason| exempt(reason, texts)));
    let mut sold_by: Vec<SaleId> = Vec::new();
    for of in fact.lines.iter().filter_map(|line| line.of.as_ref()) {
        if sold_by.contains(&of.sale) {
            continue;
        }
        sold_by.push(of.sale);
        // What was sold at another till is not here.
        let sold = reader.completed_sale(of.sale)?.and_then(|sold| sold.fact.exempt);
        let is_all =
            fact.lines.iter().all(|line| line.of.as_ref().is_some_and(|other| other.sale == of.sale));
        said.extend(sold.map(|reason| match is_all {
            true => exempt(reason, texts),
            // What else is on the receipt has its tax.
            false => format!("{}: {}", of.receipt_number, exempt(reason, texts)),
        }));
    }
    Ok(said)
}

/// Why something bears no tax.
fn exempt(reason: ExemptReason, texts: &Texts) -> String {
    let reason = match reason {
        ExemptReason::Diplomatic => Key::PaperExemptDiplomatic,
        ExemptReason::Export => Key::PaperExemptExport,
        ExemptReason::Resale => Key::PaperExemptResale,
        ExemptReason::NonProfit => Key::PaperExemptNonProfit,
        ExemptReason::Other => Key::PaperExemptOther,
    };
    format!("{}: {}", texts.text(Key::PaperExempt), texts.text(reason))
}

/// `receipt.reprint`
pub fn reprint(act: &Act<'_>, request: ReprintReceipt) -> Result<QueuedPrint, Error> {
    let (operator, business_day) = (act.operator, Some(act.day()));
    act.read(|reader| seen(act.caller, reader, request.sale))?;
    act.commit(move |tx| {
        let sale = tx.completed_sale(request.sale)?.filter(|sale| !sale.training);
        let sale = sale.ok_or(SaleError::Unknown {})?;
        let copy = sale.copies + 1;
        let receipt_number = sale.fact.receipt_number;
        let (sale, printed) = (request.sale, receipt_number.clone());
        let fact = ReceiptReprinted { sale, receipt_number: printed, copy, business_day };
        tx.append(operator, &Fact::ReceiptReprinted(fact), &[])?;
        let job = print_job::receipt(request.sale.0, receipt_number, copy, tx.moment().wall);
        Ok(QueuedPrint { job: tx.queue_print(&job)? })
    })
}

/// `receipt.print_gift`
pub fn print_gift(act: &Act<'_>, request: PrintGiftReceipt) -> Result<QueuedPrint, Error> {
    act.read(|reader| seen(act.caller, reader, request.sale))?;
    act.commit(move |tx| {
        let sale = tx.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
        has_gifts(&sale.fact)?;
        let copy = tx.next_copy(PrintJobKind::Gift, request.sale.0)?;
        let job = print_job::gift(request.sale.0, sale.fact.receipt_number, copy, tx.moment().wall);
        Ok(QueuedPrint { job: tx.queue_print(&job)? })
    })
}
