//! Invoices of completed sales: written once, under a number of their own series, for a buyer whose words stand beside the
//! fact. What an invoice says of goods and money is its sale's; nothing is computed anew.

mod file;
mod paper;
pub use crate::mail::invoice as mail;
pub use file::make_file;
pub use paper::{preview, printed, sheet};

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::audit::entry::name_of;
use crate::error::Error;
use crate::mail::Given;
use crate::print_job::{self, QueuedPrint};
use crate::receipt::seen;
use database::LedgerTx;
use database::invoice::{INVOICE, StoredInvoice};
use domain::customer::CustomerError;
use domain::ids::{CustomerId, OperatorId, SaleId};
use domain::invoice::issue::{Buyer, InvoiceError, InvoiceKind, printed_number};
use domain::people::{Grants, Permission};
use domain::sale::SaleError;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wire::envelope::Topic;
use wire::fact::{Fact, InvoiceGiven, InvoiceIssued, InvoicePaper, Notes, SaleCompletedFact};
use wire::invoice::{GiveInvoice, IssueInvoice, IssuedInvoice, SaleInvoice};
use wire::record::{Detached, Entity, commit};
use wire::sale::GetSale;

/// `invoice.of_sale`
pub fn of_sale(ask: &Ask<'_>, request: GetSale) -> Result<SaleInvoice, Error> {
    seen(ask.caller, ask.reader, request.sale)?;
    let sale = ask.reader.completed_sale(request.sale)?.filter(|sale| !sale.training);
    let sale = sale.ok_or(SaleError::Unknown {})?.fact;
    let invoice = ask.reader.invoice(sale.sale)?;
    let (buyer, customer) = match &invoice {
        Some(invoice) => (invoice.buyer.clone(), invoice.fact.customer),
        None => known_buyer(ask, &sale)?,
    };
    Ok(SaleInvoice {
        sale: sale.sale,
        receipt_number: sale.receipt_number.clone(),
        kind: invoice.as_ref().map_or_else(|| kind_of(&sale), |invoice| invoice.fact.kind),
        buyer,
        customer,
        issued: invoice.map(|invoice| issued(ask, invoice)).transpose()?,
    })
}

fn issued(ask: &Ask<'_>, invoice: StoredInvoice) -> Result<IssuedInvoice, Error> {
    Ok(IssuedInvoice {
        total: ask::money(invoice.fact.total, invoice.fact.currency)?,
        invoice_number: invoice.fact.invoice_number,
        corrects: invoice.fact.corrects,
        at: invoice.at,
        operator_name: name_of(ask, invoice.operator)?,
        given: invoice.given,
    })
}

fn kind_of(sale: &SaleCompletedFact) -> InvoiceKind {
    InvoiceKind::of(sale.total, sale.lines.iter().map(|line| line.direction))
}

/// What is known of whom a sale was for: the buyer of the invoice whose goods came back, or the customer on the sale.
fn known_buyer(ask: &Ask<'_>, sale: &SaleCompletedFact) -> Result<(Buyer, Option<CustomerId>), Error> {
    for of in sale.lines.iter().filter_map(|line| line.of.as_ref()) {
        if let Some(invoice) = ask.reader.invoice(of.sale)? {
            return Ok((invoice.buyer, invoice.fact.customer));
        }
    }
    let Some(customer) = sale.customer else { return Ok((Buyer::default(), None)) };
    let Some(stored) = ask.reader.customer(customer)? else { return Ok((Buyer::default(), None)) };
    let address = stored.customer.address.unwrap_or_default();
    let buyer = Buyer { name: stored.customer.name, address, tax_number: String::new() };
    Ok((buyer, Some(customer)))
}

/// `invoice.issue`
pub fn issue(act: &Act<'_>, request: IssueInvoice) -> Result<InvoiceWritten, Error> {
    let IssueInvoice { sale, customer, buyer } = request;
    let buyer = buyer.tidied();
    buyer.check()?;
    act.read(|reader| {
        seen(act.caller, reader, sale)?;
        match customer {
            Some(customer) if reader.customer(customer)?.is_none() => Err(CustomerError::Unknown {}.into()),
            Some(_) | None => Ok(()),
        }
    })?;
    let (operator, business_day, store) = (act.operator, act.day(), act.terminal.store.0);
    act.commit(move |tx| {
        // What was sold in training was sold to nobody.
        let completed = tx.completed_sale(sale)?.filter(|sale| !sale.training);
        let completed = completed.ok_or(SaleError::Unknown {})?.fact;
        if let Some(before) = tx.invoice(sale)? {
            let invoice_number = before.fact.invoice_number;
            return Err(InvoiceError::AlreadyIssued { invoice_number }.into());
        }
        let kind = kind_of(&completed);
        let corrects = corrected(tx, &completed)?;
        if kind == InvoiceKind::CreditNote && corrects.is_empty() {
            let receipt_number = completed.receipt_number;
            return Err(InvoiceError::NothingToCredit { receipt_number }.into());
        }
        let number = tx.next_number(INVOICE)?;
        let (sealed, detached) = seal(tx, &buyer);
        let fact = InvoiceIssued {
            sale,
            receipt_number: completed.receipt_number,
            number,
            invoice_number: printed_number(tx.series(), number),
            kind,
            corrects,
            business_day,
            shop_version: tx.record_version(Entity::Shop, store)?.unwrap_or(0),
            currency: completed.currency,
            taxes: completed.taxes,
            total: completed.total,
            customer,
            buyer: sealed,
        };
        tx.append(operator, &Fact::InvoiceIssued(Box::new(fact)), &detached)?;
        Ok(InvoiceWritten { sale })
    })
}

/// The numbers of the invoices whose goods came back with a sale, each once.
fn corrected(tx: &LedgerTx<'_>, sale: &SaleCompletedFact) -> Result<Vec<String>, Error> {
    let mut numbers = Vec::new();
    for of in sale.lines.iter().filter_map(|line| line.of.as_ref()) {
        if let Some(invoice) = tx.invoice(of.sale)?
            && !numbers.contains(&invoice.fact.invoice_number)
        {
            numbers.push(invoice.fact.invoice_number);
        }
    }
    Ok(numbers)
}

/// The buyer as the fact commits to it, and the words to keep beside it.
fn seal(tx: &mut LedgerTx<'_>, buyer: &Buyer) -> (Notes, Vec<Detached>) {
    let fields = [
        (InvoiceIssued::NAME, &buyer.name),
        (InvoiceIssued::ADDRESS, &buyer.address),
        (InvoiceIssued::TAX_NUMBER, &buyer.tax_number),
    ];
    let (mut sealed, mut detached) = (Notes::default(), Vec::new());
    for (field, text) in fields.into_iter().filter(|(_, text)| !text.is_empty()) {
        let (committed, kept) = commit(field.to_owned(), &Value::String(text.clone()), tx.salt());
        sealed.0.insert(field.to_owned(), committed);
        detached.push(kept);
    }
    (sealed, detached)
}

/// An invoice was written.
#[derive(Serialize, Deserialize)]
pub struct InvoiceWritten {
    sale: SaleId,
}

impl Effect for InvoiceWritten {
    type Answer = SaleInvoice;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<SaleInvoice, Error> {
        of_sale(ask, GetSale { sale: self.sale })
    }
}

/// `invoice.print`
pub fn print(act: &Act<'_>, request: GiveInvoice) -> Result<QueuedPrint, Error> {
    act.read(|reader| seen(act.caller, reader, request.sale))?;
    let (operator, day, grants) = (act.operator, act.day(), act.grants.clone());
    act.commit(move |tx| {
        let invoice = tx.invoice(request.sale)?.ok_or(InvoiceError::NotIssued {})?;
        may_give(&grants, invoice.given)?;
        Ok(QueuedPrint { job: put_out(tx, operator, day, invoice)? })
    })
}

/// Lets somebody give an invoice out: once it was, it is a receipt that is printed again.
fn may_give(grants: &Grants, given: u32) -> Result<(), InvoiceError> {
    if given > 0 {
        grants.require(Permission::ReprintReceipt)?;
    }
    Ok(())
}

/// Notes that the invoice of a sale is printed again, and queues it. Returns the job.
pub fn print_again(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    day: BusinessDay,
    sale: SaleId,
) -> Result<i64, Error> {
    let invoice = tx.invoice(sale)?.ok_or(InvoiceError::NotIssued {})?;
    put_out(tx, operator, day, invoice)
}

fn put_out(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    day: BusinessDay,
    invoice: StoredInvoice,
) -> Result<i64, Error> {
    let (sale, number) = (invoice.fact.sale, invoice.fact.invoice_number.clone());
    let copy = given_out(tx, operator, day, invoice, InvoicePaper::Slip)?;
    let job = print_job::invoice(sale.0, number, copy, tx.moment().wall);
    Ok(tx.queue_print(&job)?)
}

/// Notes that the invoice of a sale goes into a letter.
pub fn give_by_mail(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    day: BusinessDay,
    grants: &Grants,
    sale: SaleId,
) -> Result<Given, Error> {
    let invoice = tx.invoice(sale)?.ok_or(InvoiceError::NotIssued {})?;
    may_give(grants, invoice.given)?;
    let (number, customer) = (invoice.fact.invoice_number.clone(), invoice.fact.customer);
    let copy = given_out(tx, operator, day, invoice, InvoicePaper::Mail)?;
    Ok(Given { number, copy, customer })
}

/// Notes that an invoice is given out. Returns which copy it is.
fn given_out(
    tx: &mut LedgerTx<'_>,
    operator: OperatorId,
    business_day: BusinessDay,
    invoice: StoredInvoice,
    paper: InvoicePaper,
) -> Result<u32, Error> {
    let (sale, invoice_number, copy) = (invoice.fact.sale, invoice.fact.invoice_number, invoice.given);
    let fact = InvoiceGiven { sale, invoice_number, copy, paper, business_day };
    tx.append(operator, &Fact::InvoiceGiven(fact), &[])?;
    Ok(copy)
}
