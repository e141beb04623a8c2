//! What screens are shown of sales: views that follow the change, however long the sale is.

use super::own;
use crate::ask::{Ask, stored_currency};
use crate::error::{CallError, Error};
use database::sale::{SaleState, SaleSummary};
use domain::cash::quick_amounts;
use domain::discount::Discounted;
use domain::ids::SaleId;
use domain::money::Money;
use domain::sale::line::{Direction, Line};
use domain::sale::{OpenSale, SaleError};
use domain::time::Timestamp;
use wire::fact::SaleCompletedFact;
use wire::receipt::PrintJobKind;
use wire::sale::{
    CurrentSale, DiscountView, GetSale, LinePage, LineView, ListLines, ListSales, OpenTenderView,
    PendingPayment, RefundPart, SaleCompleted, SaleList, SaleRow, SaleView, TipOffer,
};
use wire::session::Nothing;

/// Lines or sales of a page at most.
pub const PAGE: u32 = 60;
/// Sales that are looked at for one page of somebody's own at most; the next page goes on from there.
const LOOKED_AT: u32 = 5_000;

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
    let suspended = ask.reader.suspended_count()?;
    Ok(CurrentSale { sale, completed, suspended, refused_scan: desk.refused_scan, scans: desk.scans })
}

/// `sale.lines`
pub fn lines(ask: &Ask<'_>, request: ListLines) -> Result<LinePage, Error> {
    let before = request.before.unwrap_or(u32::MAX);
    let lines = match ask.reader.sale_state(request.sale)? {
        SaleState::Open(_) | SaleState::Suspended(_) => {
            ask.reader.open_lines_before(request.sale, before, PAGE)?
        }
        SaleState::Completed(_) => {
            let sale = ask.reader.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
            own::seen(ask.caller, sale.operator)?;
            let earlier = sale.fact.lines.iter().filter(|line| line.line < before);
            let earlier: Vec<_> = earlier.map(|line| sale.line(line)).collect::<Result<_, _>>()?;
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
    let sale = ask.reader.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
    own::seen(ask.caller, sale.operator)?;
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
    let (found, next) = match own::only(ask.caller) {
        None => {
            let found = ask.reader.sales_before(before, PAGE)?;
            let full = u32::try_from(found.len()).is_ok_and(|length| length == PAGE);
            let next = found.last().filter(|_| full).map(|last| last.row);
            (found, next)
        }
        Some(operator) => ask.reader.sales_of_before(operator, before, PAGE, LOOKED_AT)?,
    };
    let next = next.map(|row| row.to_string());
    let sales = found.into_iter().map(row).collect::<Result<_, _>>()?;
    Ok(SaleList { sales, next })
}

/// A completed sale in a list.
pub fn row(sale: SaleSummary) -> Result<SaleRow, Error> {
    Ok(SaleRow {
        sale: sale.sale,
        receipt_number: sale.receipt_number,
        completed_at: sale.completed_at,
        total: Money::new(sale.total, stored_currency(&sale.currency)?).map_err(SaleError::from)?,
    })
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
        SaleState::Suspended(_) => Err(SaleError::Suspended {}.into()),
        SaleState::Completed(receipt_number) => Err(SaleError::AlreadyCompleted { receipt_number }.into()),
        SaleState::Cancelled => Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Unknown => Err(SaleError::Unknown {}.into()),
    }
}

/// An open sale as it stands, with the lines that changed.
pub fn view(open: &OpenSale, lines: &[Line], selected: Option<u32>) -> Result<SaleView, Error> {
    let totals = open.totals()?;
    let discount = open.discount.map(|discounted| discount_view(discounted, Direction::Sale));
    let money = |minor| Money::new(minor, open.currency).map_err(SaleError::from);
    // Who is given money gives no tip: one that was said before is not asked for, and settling tells of it.
    let tip = open.expected_tip().unwrap_or(Money::zero(open.currency));
    let rest = totals.total.minus(open.paid()?).map_err(SaleError::from)?;
    let balance = rest.plus(tip).map_err(SaleError::from)?;
    let cash_due = open.tender_policy.cash_due(balance).map_err(SaleError::from)?;
    let mut tenders = Vec::new();
    for tender in open.tenders.iter().filter(|tender| tender.pending.is_none()) {
        tenders.push(OpenTenderView {
            number: tender.number,
            kind: tender.kind,
            direction: tender.direction,
            amount: money(tender.amount)?,
            tip: if tender.tip == 0 { None } else { Some(money(tender.tip)?) },
            reference: tender.reference.clone(),
        });
    }
    let payment = match open.pending() {
        None => None,
        Some((tender, pending)) => Some(PendingPayment {
            payment: pending.payment,
            kind: tender.kind,
            direction: if pending.returns { tender.direction.turned() } else { tender.direction },
            amount: money(tender.amount)?,
            state: pending.state,
        }),
    };
    let mut refund = Vec::new();
    for part in open.proposed_refund()? {
        refund.push(RefundPart { kind: part.kind, amount: money(part.amount)? });
    }
    let offer = |(percent, amount)| TipOffer { percent, amount };
    Ok(SaleView {
        sale: open.id,
        revision: open.revision,
        opened_at: open.opened_at,
        armed: open.armed,
        quick_cash: if open.tender_policy.cash { quick_amounts(cash_due) } else { Vec::new() },
        tip: if open.tip == 0 { None } else { Some(money(open.tip)?) },
        tip_offers: open.offered_tips()?.into_iter().map(offer).collect(),
        balance,
        cash_due,
        tenders,
        refund,
        payment,
        totals,
        customer: open.customer.map(|customer| customer.id),
        takeaway: open.takeaway,
        exempt: open.exempt,
        note: open.note.clone(),
        discount,
        lines_active: open.lines_active,
        pieces: open.pieces,
        changed_lines: lines.iter().map(line_view).collect(),
        selected,
        age_check: open.age_asked(),
        seller: open.seller,
        undo: open.acts.last().map(|done| done.act),
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
        amount: signed(line.before_share().unwrap_or(line.amount), line.direction),
        discount: line.discount.map(|discounted| discount_view(discounted, line.direction)),
        tax_rate: line.tax_rate,
        imprint: line.imprint.clone(),
        pack: line.pack,
        with: line.with.map(|with| with.line),
        returns: line.of.as_ref().map(|of| of.receipt_number.clone()),
        exempt: line.exempt.map(|exempted| exempted.rate),
        note: line.note.clone(),
        seller: line.seller,
        voided: line.voided,
    }
}

/// An amount with the sign of the way goods go.
fn signed(amount: Money, direction: Direction) -> Money {
    match direction {
        Direction::Sale => amount,
        Direction::Return => amount.negated(),
    }
}

fn discount_view(discounted: Discounted, direction: Direction) -> DiscountView {
    let Discounted { discount, amount } = discounted;
    DiscountView { by: discount.by, reason: discount.reason, amount: signed(amount, direction).negated() }
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
        customer: fact.customer,
        lines_active: u32::try_from(fact.lines.len()).unwrap_or(u32::MAX),
        totals: fact.totals()?,
        opens_drawer,
        tenders,
        cash_rounding: Money::new(fact.cash_rounding, fact.currency).map_err(SaleError::from)?,
        tip: match fact.tip() {
            0 => None,
            tip => Some(Money::new(tip, fact.currency).map_err(SaleError::from)?),
        },
        change,
        credit_left: super::account::credit_left(fact)?,
        owed: super::account::owed(fact)?,
    })
}
