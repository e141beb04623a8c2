//! What comes back of a completed sale: found by its receipt, put into the open sale, never more than was sold.

use super::{LINES_SHOWN, Opening, SaleChanged, account, discount, repay, view};
use crate::act::Act;
use crate::ask::Ask;
use crate::error::Error;
use database::sale::CompletedSale;
use database::{LedgerTx, Reader};
use domain::ids::OperatorId;
use domain::ids::SaleId;
use domain::money::Money;
use domain::people::{Grants, Permission};
use domain::quantity::Quantity;
use domain::sale::customer::SaleCustomer;
use domain::sale::line::{Direction, Line};
use domain::sale::returned::{Returnable, TakeBack, returnables};
use domain::sale::undo::{Kept, Said, SaleAct};
use domain::sale::{OpenSale, SaleError, TrailAct};
use wire::fact::{SaleCompletedFact, SoldLine, TrailEntry};
use wire::sale::{FindReceipt, ReturnableLine, ReturnableSale, ReverseSale, TakeBackLine, TakeBackLines};

/// `sale.returnable`
pub fn returnable(ask: &Ask<'_>, request: FindReceipt) -> Result<ReturnableSale, Error> {
    let unknown = || SaleError::ReceiptUnknown { number: request.number.clone() };
    let sale = find(ask.reader, &request.number)?.ok_or_else(unknown)?;
    let CompletedSale { fact, completed_at, .. } = ask.reader.completed_sale(sale)?.ok_or_else(unknown)?;
    let in_sale = match ask.caller.sign_on() {
        Some(sign_on) => match ask.reader.open_sale_of(sign_on.operator)? {
            Some(open) if open.refunded != 0 => ask.reader.open_lines_before(open.id, u32::MAX, u32::MAX)?,
            Some(_) | None => Vec::new(),
        },
        None => Vec::new(),
    };
    let returned = ask.reader.returned(sale)?;
    let back = |line: u32| returned.get(&line).copied().unwrap_or(Quantity::ZERO);
    let mut lines = Vec::new();
    for from in returnables(lines_of(&fact)?, &fact.tax_policy, back).map_err(SaleError::from)? {
        if from.line.direction == Direction::Return {
            continue;
        }
        let open = in_sale.iter().find(|line| !line.voided && takes_back(line, sale, from.line.number));
        let (amount, tax) = from.part(from.left()).map_err(SaleError::from)?;
        let amount = match fact.tax_policy.mode {
            domain::tax::TaxMode::Included => amount,
            domain::tax::TaxMode::Added => amount.plus(tax).map_err(SaleError::from)?,
        };
        lines.push(ReturnableLine {
            line: from.line.number,
            product: from.line.product,
            name: from.line.name.clone(),
            unit: from.line.unit,
            sold: from.line.quantity,
            returned: from.returned,
            in_sale: open.map_or(Quantity::ZERO, |line| line.quantity),
            left: from.left(),
            amount,
        });
    }
    Ok(ReturnableSale {
        sale,
        reversible: returned.is_empty() && is_reversible(&fact),
        receipt_number: fact.receipt_number,
        completed_at,
        total: Money::new(fact.total, fact.currency).map_err(SaleError::from)?,
        lines,
    })
}

/// `sale.take_back`
pub fn take_back(act: &Act<'_>, request: TakeBackLines) -> Result<SaleChanged, Error> {
    let TakeBackLines { from, lines, restock, reason } = request;
    let CompletedSale { fact, operator: sold_by, .. } = completed(act, from)?;
    let receipt_number = fact.receipt_number.clone();
    let mut how = TakeBack { sale: from, receipt_number, restock, reason, paid: Vec::new() };
    let taking = Taking::of(act, sold_by);
    let opening = Opening::of(act)?;
    let customer = account::owner(act, &fact)?;
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        let said = sale.said();
        tax_alike(&mut sale, &fact)?;
        taking.whose(tx, &mut sale, customer)?;
        how.paid = repay::paid_with(tx, &fact)?;
        taking.take(tx, &mut sale, said, &fact, &how, &lines)
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}

/// `sale.reverse`
pub fn reverse(act: &Act<'_>, request: ReverseSale) -> Result<SaleChanged, Error> {
    let CompletedSale { fact, operator: sold_by, .. } = completed(act, request.sale)?;
    let receipt_number = fact.receipt_number.clone();
    let (sale, reason) = (request.sale, request.reason);
    let mut how = TakeBack { sale, receipt_number, restock: true, reason, paid: Vec::new() };
    let taking = Taking::of(act, sold_by);
    let opening = Opening::of(act)?;
    let customer = account::owner(act, &fact)?;
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        // A sale that is under way is finished first, or put aside.
        if sale.lines_active > 0 || !is_reversible(&fact) || !tx.returned(how.sale)?.is_empty() {
            return Err(SaleError::NotReversible { receipt_number: how.receipt_number }.into());
        }
        let said = sale.said();
        tax_alike(&mut sale, &fact)?;
        sale.reverses = Some(how.sale);
        taking.whose(tx, &mut sale, customer)?;
        how.paid = repay::paid_with(tx, &fact)?;
        let everything: Vec<_> =
            fact.lines.iter().map(|line| TakeBackLine { line: line.line, quantity: line.quantity }).collect();
        taking.take(tx, &mut sale, said, &fact, &how, &everything)
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}

/// The sale that a settled one reverses: everything of it came back, and nothing else is in the new one.
pub fn reversed(sale: &OpenSale, lines: &[SoldLine]) -> Option<SaleId> {
    let reverses = sale.reverses?;
    let is_whole = u32::try_from(lines.len()).is_ok_and(|count| count == sale.last_line);
    let of_it = |line: &SoldLine| line.of.as_ref().is_some_and(|of| of.sale == reverses);
    (is_whole && lines.iter().all(of_it)).then_some(reverses)
}

/// Holds what comes back against what came back meanwhile, at another sign-on.
pub fn check(tx: &LedgerTx<'_>, lines: &[SoldLine]) -> Result<(), Error> {
    for (line, of) in lines.iter().filter_map(|line| line.of.as_ref().map(|of| (line, of))) {
        let before = tx.returned(of.sale)?.get(&of.line).copied().unwrap_or(Quantity::ZERO);
        if before != of.before {
            return Err(SaleError::ReturnChanged { name: line.name.clone() }.into());
        }
    }
    Ok(())
}

/// The completed sale a text names: a receipt's number as printed, or its digits alone.
pub fn find(reader: &Reader, text: &str) -> Result<Option<SaleId>, Error> {
    let text = text.trim().to_uppercase();
    if let Some(sale) = reader.sale_of_receipt(&text)? {
        return Ok(Some(sale));
    }
    let Ok(number) = text.parse::<u64>() else { return Ok(None) };
    for series in reader.receipt_series()? {
        if let Some(sale) = reader.sale_of_receipt(&format!("{series}-{number:06}"))? {
            return Ok(Some(sale));
        }
    }
    Ok(None)
}

/// Who takes back.
struct Taking {
    operator: OperatorId,
    grants: Grants,
    /// Who completed the sale it comes back of: what nobody else sold, they did.
    sold_by: OperatorId,
}

impl Taking {
    fn of(act: &Act<'_>, sold_by: OperatorId) -> Self {
        Self { operator: act.operator, grants: act.grants.clone(), sold_by }
    }

    /// Says whose account goods come back to that were paid by one; not where somebody said already, or sells already.
    fn whose(
        &self,
        tx: &LedgerTx<'_>,
        sale: &mut OpenSale,
        customer: Option<SaleCustomer>,
    ) -> Result<(), Error> {
        if customer.is_none() || sale.customer.is_some() || sale.last_line > 0 {
            return Ok(());
        }
        let set = sale.set_customer(customer)?;
        self.note(tx, sale, set)
    }

    /// Puts what comes back into the open sale. What is in it already is put in anew.
    fn take(
        &self,
        tx: &LedgerTx<'_>,
        sale: &mut OpenSale,
        said: Said,
        fact: &SaleCompletedFact,
        how: &TakeBack,
        wanted: &[TakeBackLine],
    ) -> Result<SaleChanged, Error> {
        let all = all(tx, fact)?;
        let open = tx.open_lines(sale.id)?;
        let mut kept = Kept { said, lines: Vec::new(), added: Vec::new() };
        let mut lines = Vec::new();
        for TakeBackLine { line, quantity } in wanted {
            let from = all.iter().find(|from| from.line.number == *line);
            let from = from.ok_or(SaleError::LineUnknown { line: *line })?;
            if let Some(before) = open.iter().find(|open| takes_back(open, how.sale, *line)) {
                kept.lines.push(before.clone());
                let mut before = before.clone();
                let act = sale.void_line(&mut before)?;
                self.note(tx, sale, act)?;
                lines.push(before);
            }
            if !quantity.is_zero() {
                let mut line = sale.take_back(from, *quantity, how, &self.grants)?;
                let seller = line.seller.unwrap_or(self.sold_by);
                line.seller = (seller != self.operator).then_some(seller);
                kept.added.push(line.number);
                lines.push(line);
            }
        }
        let receipt_number = how.receipt_number.clone();
        let approved_by = self.grants.approver_of(Permission::Refund, sale.refunded);
        sale.noted();
        self.note(
            tx,
            sale,
            match sale.reverses {
                Some(_) => TrailAct::Reversed { receipt_number, approved_by },
                None => TrailAct::TakenBack { receipt_number, approved_by },
            },
        )?;
        let what = if sale.reverses.is_some() { SaleAct::Reversed } else { SaleAct::TakenBack };
        tx.keep_act(sale, what, &kept)?;
        discount::save(tx, sale, &mut lines)?;
        let selected = lines.iter().rev().find(|line| !line.voided).map(|line| line.number);
        let revision = lines.iter().map(|line| line.revision).min().unwrap_or(sale.revision);
        lines.sort_by_key(|line| line.number);
        // More than an answer carries is read by whoever shows it.
        let shown = match lines.len() {
            0..=LINES_SHOWN => Some(Box::new(view::view(sale, &lines, selected)?)),
            _ => None,
        };
        Ok(SaleChanged { sale: sale.id, revision, line: selected, shown })
    }

    fn note(&self, tx: &LedgerTx<'_>, sale: &OpenSale, act: TrailAct) -> Result<(), Error> {
        let at = tx.moment().wall;
        Ok(tx.add_open_trail(sale, &TrailEntry { at, operator: self.operator, act })?)
    }
}

fn takes_back(line: &Line, sale: SaleId, number: u32) -> bool {
    line.of.as_ref().is_some_and(|of| of.sale == sale && of.line == number)
}

fn all(tx: &LedgerTx<'_>, fact: &SaleCompletedFact) -> Result<Vec<Returnable>, Error> {
    let returned = tx.returned(fact.sale)?;
    let back = |line: u32| returned.get(&line).copied().unwrap_or(Quantity::ZERO);
    Ok(returnables(lines_of(fact)?, &fact.tax_policy, back).map_err(SaleError::from)?)
}

fn lines_of(fact: &SaleCompletedFact) -> Result<Vec<Line>, SaleError> {
    fact.lines.iter().map(|line| line.line(fact.currency)).collect()
}

fn completed(act: &Act<'_>, sale: SaleId) -> Result<CompletedSale, Error> {
    // What was sold in training was paid by nobody: it comes back in training only.
    act.read(|reader| {
        let completed = reader.completed_sale(sale)?.filter(|completed| act.training || !completed.training);
        Ok(completed.ok_or(SaleError::Unknown {})?)
    })
}

/// A sale that took goods back itself gives them out again, for what was given for them: whoever has them then has them
/// from the new sale.
const fn is_reversible(fact: &SaleCompletedFact) -> bool {
    !fact.lines.is_empty()
}

/// What comes back is taxed as it was sold. A new sale does so from its first line; one that is under way and reckons
/// another way cannot.
fn tax_alike(sale: &mut OpenSale, fact: &SaleCompletedFact) -> Result<(), SaleError> {
    if sale.last_line == 0 {
        sale.tax_policy = fact.tax_policy;
    }
    let alike =
        sale.tax_policy.mode == fact.tax_policy.mode && sale.tax_policy.scope == fact.tax_policy.scope;
    if alike && sale.currency == fact.currency {
        return Ok(());
    }
    Err(SaleError::ReturnAlone { receipt_number: fact.receipt_number.clone() })
}
