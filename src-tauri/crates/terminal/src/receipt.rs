//! Receipts: made anew from the fact each time, never from what was printed before.

mod file;
mod sample;
pub use file::make_file;
pub use sample::sample;

use crate::Terminal;
use crate::act::Act;
use crate::ask::Ask;
use crate::error::Error;
use crate::print_job::{self, QueuedPrint};
use crate::texts::Texts;
use database::Reader;
use database::error::DatabaseError;
use database::record::StoredRecord;
use devices::Profile;
use devices::raster::Roll;
use domain::device::Devices;
use domain::document::Document;
use domain::ids::SaleId;
use domain::people::Operator;
use domain::receipt::{Receipt, ReceiptForm};
use domain::sale::SaleError;
use domain::settings::Shop;
use wire::fact::{Fact, ReceiptReprinted};
use wire::receipt::{ReceiptPreview, ReprintReceipt};
use wire::record::{Entity, record};
use wire::sale::GetSale;

/// The paper of a preview when no printer is set up: 80 mm wide.
const PREVIEW_ROLL: Roll = Roll::receipt(48, 576);

/// `receipt.preview`
pub fn preview(ask: &Ask<'_>, request: GetSale) -> Result<ReceiptPreview, Error> {
    let document = document(ask.terminal, ask.reader, request.sale, 0)?;
    let settings = crate::device::settings_of(ask.terminal, ask.reader)?.1;
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
    let document = document(terminal, reader, sale, copy)?;
    let language = crate::ask::shop(terminal, reader)?.1.language;
    Ok(terminal.drawable(&document, language))
}

/// The receipt of a completed sale as a document, with the shop as it was then.
pub fn document(terminal: &Terminal, reader: &Reader, sale: SaleId, copy: u32) -> Result<Document, Error> {
    let completed = reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    let store = terminal.store.0;
    let shop: Shop = match reader.record_at(Entity::Shop, store, completed.fact.shop_version)? {
        Some(fields) => record(fields).map_err(DatabaseError::from)?,
        None => crate::ask::shop(terminal, reader)?.1,
    };
    let operator: Option<Operator> =
        reader.record(Entity::Operator, completed.operator.0)?.map(StoredRecord::read).transpose()?;
    let texts = Texts::of(shop.language);
    let lines = completed.fact.lines.iter().map(|line| line.line(completed.fact.currency));
    let receipt = Receipt {
        number: completed.fact.receipt_number.clone(),
        completed_at: texts.moment(completed.completed_at, completed.zone_min),
        operator: operator.map(|operator| operator.name).unwrap_or_default(),
        lines: lines.collect::<Result<_, _>>()?,
        totals: completed.fact.totals()?,
        tenders: completed.fact.tenders()?,
        copy,
        form: ReceiptForm::Sale,
        shop,
    };
    Ok(receipt.document(&texts.receipt()))
}

/// `receipt.reprint`
pub fn reprint(act: &Act<'_>, request: ReprintReceipt) -> Result<QueuedPrint, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let sale = tx.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
        let copy = sale.copies + 1;
        let receipt_number = sale.fact.receipt_number;
        let fact = ReceiptReprinted { sale: request.sale, receipt_number: receipt_number.clone(), copy };
        tx.append(operator, &Fact::ReceiptReprinted(fact), &[])?;
        let job = print_job::receipt(request.sale.0, receipt_number, copy, tx.moment().wall);
        Ok(QueuedPrint { job: tx.queue_print(&job)? })
    })
}
