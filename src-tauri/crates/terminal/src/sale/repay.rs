//! What completed sales were paid with, and what of that was given back: a refund goes the way its money came.

use crate::error::Error;
use database::LedgerTx;
use database::payment::Correction;
use domain::sale::OpenSale;
use domain::sale::repay::PaidWith;
use domain::tender::TenderDirection;
use wire::fact::SaleCompletedFact;

/// What a completed sale was paid with, less what was given back of that.
pub fn paid_with(tx: &LedgerTx<'_>, fact: &SaleCompletedFact) -> Result<Vec<PaidWith>, Error> {
    let mut paid = fact.paid_with();
    for Correction { fact: correction, .. } in tx.payment_corrections(fact.sale)? {
        if correction.direction == TenderDirection::Given {
            continue;
        }
        // A tip went with its tender, and paid nothing of the sale.
        let place = usize::try_from(correction.tender).ok().and_then(|number| number.checked_sub(1));
        let tip = place.and_then(|place| fact.tenders.get(place)).map_or(0, |tender| tender.tip);
        let moved = correction.amount.saturating_sub(tip);
        for (kind, amount) in [(correction.from, moved.saturating_neg()), (correction.to, moved)] {
            match paid.iter_mut().find(|paid| paid.kind == kind) {
                Some(paid) => paid.amount = paid.amount.saturating_add(amount),
                None => paid.push(PaidWith { kind, amount }),
            }
        }
    }
    for (kind, amount) in tx.repaid(fact.sale)? {
        if let Some(of) = paid.iter_mut().find(|paid| paid.kind == kind) {
            of.amount = of.amount.saturating_sub(amount);
        }
    }
    Ok(paid.into_iter().filter(|paid| paid.amount > 0).collect())
}

/// Reads again what the sales were paid with that goods come back of: another sign-on may have given something back since.
pub fn read_again(tx: &LedgerTx<'_>, sale: &mut OpenSale) -> Result<(), Error> {
    for original in &mut sale.originals {
        if let Some(completed) = tx.completed_sale(original.sale)? {
            original.paid = paid_with(tx, &completed.fact)?;
        }
    }
    Ok(())
}
