//! What screens are shown of sales: views that follow the change, however long the sale is.

use crate::ask::{Ask, stored_currency};
use crate::error::{CallError, Error};
use database::sale::SaleState;
use domain::cash::quick_amounts;
use domain::ids::SaleId;
use domain::money::Money;
use domain::sale::line::Line;
use domain::sale::{OpenSale, SaleError};
use domain::time::Timestamp;
use wire::fact::SaleCompletedFact;
use wire::receipt::PrintJobKind;
use wire::sale::{
    CurrentSale, GetSale, LinePage, LineView, ListLines, ListSales, SaleCompleted, SaleList, SaleRow,
    SaleView,
};
use wire::session::Nothing;

/// Lines or sales of a page at most.
const PAGE: u32 = 60;

/// `sale.current`
pub fn current(ask: &Ask<'_>, _: Nothing) -> Result<CurrentSale, Error> {
    let Some(sign_on) = ask.caller.sign_on() else {
        return Err(domain::people::PeopleError::NotSignedOn {}.into());
    };
    let sale = match ask.reader.open_sale_of(sign_on.operator)? {
        Some(open) => {
            let lines = ask.reader.open_lines_before(open.id, u32::MAX, PAGE)?;
            let selected = lines.iter().filter(|line| !line.voided).map(|line| line.number).next_back();
            Some(view(&open, &lines, selected)?)
        }
        None => None,
    };
    let desk = ask.caller.desk(|desk| desk.clone());
    let completed = match desk.completed {
        Some(completed) if sale.is_none() => Some(completed_sale(ask, completed)?),
        _ => None,
    };
    Ok(CurrentSale { sale, completed, refused_scan: desk.refused_scan, scans: desk.scans })
}

/// `sale.lines`
pub fn lines(ask: &Ask<'_>, request: ListLines) -> Result<LinePage, Error> {
    let before = request.before.unwrap_or(u32::MAX);
    let lines = match ask.reader.sale_state(request.sale)? {
        SaleState::Open(_) => ask.reader.open_lines_before(request.sale, before, PAGE)?,
        SaleState::Completed(_) => {
            let sale = ask.reader.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
            let earlier = sale.fact.lines.iter().filter(|line| line.line < before);
            let earlier: Vec<_> =
                earlier.map(|line| line.line(sale.fact.currency)).collect::<Result<_, _>>()?;
            let skip = earlier.len().saturating_sub(usize::try_from(PAGE).unwrap_or(usize::MAX));
            earlier.into_iter().skip(skip).collect()
        }
        SaleState::Cancelled => return Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Unknown => return Err(SaleError::Unknown {}.into()),
    };
    let more = lines.first().is_some_and(|line| line.number > 1);
    Ok(LinePage { lines: lines.iter().map(line_view).collect(), more })
}

/// `sale.completed`
pub fn completed(ask: &Ask<'_>, request: GetSale) -> Result<SaleCompleted, Error> {
    completed_sale(ask, request.sale)
}

/// `sale.list`
pub fn list(ask: &Ask<'_>, request: ListSales) -> Result<SaleList, Error> {
    let before = match &request.after {
        Some(text) => Some(text.parse().map_err(|_| CallError::PayloadInvalid {
            problem: "`after` is not the `next` of a page".to_owned(),
        })?),
        None => None,
    };
    let found = ask.reader.sales_before(before, PAGE)?;
    let full = u32::try_from(found.len()).is_ok_and(|length| length == PAGE);
    let next = found.last().filter(|_| full).map(|last| last.row.to_string());
    let mut sales = Vec::with_capacity(found.len());
    for sale in found {
        sales.push(SaleRow {
            sale: sale.sale,
            receipt_number: sale.receipt_number,
            completed_at: sale.completed_at,
            total: Money::new(sale.total, stored_currency(&sale.currency)?).map_err(SaleError::from)?,
        });
    }
    Ok(SaleList { sales, next })
}

/// An open sale with the lines that changed at `revision` or later.
pub fn open_sale(
    ask: &Ask<'_>,
    sale: SaleId,
    revision: u64,
    selected: Option<u32>,
) -> Result<SaleView, Error> {
    match ask.reader.sale_state(sale)? {
        SaleState::Open(open) => {
            let lines = match selected {
                // The common case: one line changed, and nothing since.
                Some(number) if open.revision == revision => {
                    ask.reader.open_line(sale, number)?.into_iter().collect()
                }
                _ => ask.reader.open_lines_since(sale, revision, PAGE)?,
            };
            view(&open, &lines, selected)
        }
        SaleState::Completed(receipt_number) => Err(SaleError::AlreadyCompleted { receipt_number }.into()),
        SaleState::Cancelled => Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Unknown => Err(SaleError::Unknown {}.into()),
    }
}

/// An open sale as it stands, with the lines that changed.
pub fn view(open: &OpenSale, lines: &[Line], selected: Option<u32>) -> Result<SaleView, Error> {
    let totals = open.totals()?;
    Ok(SaleView {
        sale: open.id,
        revision: open.revision,
        opened_at: open.opened_at,
        armed: open.armed,
        quick_cash: quick_amounts(totals.total),
        totals,
        lines_active: open.lines_active,
        pieces: open.pieces,
        changed_lines: lines.iter().map(line_view).collect(),
        selected,
        age_check: open.age_asked(),
    })
}

/// A line as a screen shows it.
pub fn line_view(line: &Line) -> LineView {
    LineView {
        number: line.number,
        direction: line.direction,
        product: line.product,
        name: line.name.clone(),
        quantity: line.quantity,
        unit: line.unit,
        price: line.price,
        list_price: line.list_price,
        amount: line.signed(),
        tax_rate: line.tax_rate,
        imprint: line.imprint.clone(),
        pack: line.pack,
        with: line.with.map(|with| with.line),
        voided: line.voided,
    }
}

/// A completed sale, read from the ledger.
pub fn completed_sale(ask: &Ask<'_>, sale: SaleId) -> Result<SaleCompleted, Error> {
    let completed = ask.reader.completed_sale(sale)?.ok_or(SaleError::Unknown {})?;
    shown(&completed.fact, completed.completed_at, ask.reader.was_queued(PrintJobKind::Kick, sale)?)
}

/// A completed sale as its fact tells it.
pub fn shown(
    fact: &SaleCompletedFact,
    completed_at: Timestamp,
    opens_drawer: bool,
) -> Result<SaleCompleted, Error> {
    let tenders = fact.tenders()?;
    let mut change = Money::zero(fact.currency);
    for tender in &tenders {
        change = change.plus(tender.change).map_err(SaleError::from)?;
    }
    Ok(SaleCompleted {
        sale: fact.sale,
        receipt_number: fact.receipt_number.clone(),
        completed_at,
        lines_active: u32::try_from(fact.lines.len()).unwrap_or(u32::MAX),
        totals: fact.totals()?,
        opens_drawer,
        tenders,
        change,
    })
}
