//! The paper of an invoice: made anew from its fact and its sale's each time, with the shop as it was when it was written.

use crate::Terminal;
use crate::ask::{self, Ask};
use crate::error::Error;
use crate::receipt::{laid_out, on_paper, said, seen};
use crate::texts::Texts;
use database::Reader;
use database::error::DatabaseError;
use domain::document::Document;
use domain::ids::SaleId;
use domain::invoice::issue::InvoiceError;
use domain::invoice::{Invoice, InvoiceWords};
use domain::sale::SaleError;
use domain::settings::Shop;
use wire::receipt::ReceiptPreview;
use wire::record::{Entity, record};
use wire::sale::GetSale;

/// `invoice.preview`
pub fn preview(ask: &Ask<'_>, request: GetSale) -> Result<ReceiptPreview, Error> {
    seen(ask.caller, ask.reader, request.sale)?;
    let (invoice, words) = invoice(ask.terminal, ask.reader, request.sale, 0)?;
    laid_out(ask.terminal, ask.reader, invoice.slip(&words))
}

/// An invoice as the receipt printer prints it: what no font can draw is told on it.
pub fn printed(terminal: &Terminal, reader: &Reader, sale: SaleId, copy: u32) -> Result<Document, Error> {
    let (invoice, words) = invoice(terminal, reader, sale, copy)?;
    on_paper(terminal, reader, invoice.slip(&words))
}

/// The same as a sheet of A4, and its number.
pub fn sheet(
    terminal: &Terminal,
    reader: &Reader,
    sale: SaleId,
    copy: u32,
) -> Result<(Document, String), Error> {
    let (invoice, words) = invoice(terminal, reader, sale, copy)?;
    Ok((on_paper(terminal, reader, invoice.document(&words))?, invoice.number))
}

fn invoice(
    terminal: &Terminal,
    reader: &Reader,
    sale: SaleId,
    copy: u32,
) -> Result<(Invoice, InvoiceWords), Error> {
    let stored = reader.invoice(sale)?.ok_or(InvoiceError::NotIssued {})?;
    let sold = reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    let shop: Shop = match reader.record_at(Entity::Shop, terminal.store.0, stored.fact.shop_version)? {
        Some(fields) => record(fields).map_err(DatabaseError::from)?,
        None => ask::shop(terminal, reader)?.1,
    };
    let texts = Texts::of(shop.language);
    let lines = sold.fact.lines.iter().map(|line| line.line(sold.fact.currency));
    let customer = std::iter::once(stored.buyer.name.as_str()).chain(stored.buyer.address.lines());
    let invoice = Invoice {
        kind: stored.fact.kind,
        corrects: stored.fact.corrects,
        said: said(reader, &sold.fact, texts)?,
        number: stored.fact.invoice_number,
        issued_on: texts.day(stored.at, stored.zone_min),
        delivered_on: texts.day(sold.completed_at, sold.zone_min),
        due_on: String::new(),
        customer: customer.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        customer_tax_number: stored.buyer.tax_number,
        lines: lines.collect::<Result<_, _>>()?,
        totals: sold.fact.totals()?,
        receipt_number: sold.fact.receipt_number,
        copy,
        shop,
    };
    Ok((invoice, texts.invoice()))
}
