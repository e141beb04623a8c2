//! What completed sales were paid with, as it is known now: a tender that was keyed wrongly is corrected by a fact of its own.
//! The shift in which that is said takes the difference, whenever the sale was: a closed shift's figures stand for ever, and
//! the cash that is missing or over is found in the drawer of today.

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::audit::entry::name_of;
use crate::device::settings_in;
use crate::drawer;
use crate::error::Error;
use crate::sale::{own, paid_with};
use database::payment::Correction;
use domain::ids::SaleId;
use domain::money::Money;
use domain::sale::SaleError;
use domain::tender::correction::correct as checked;
use domain::tender::{Tender, TenderDirection, TenderKind};
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::{Fact, PaymentCorrected, SaleCompletedFact};
use wire::payment::{CorrectPayment, CorrectionView, SaleTenders, SettledTender};
use wire::sale::GetSale;

/// The tenders of a completed sale with all corrections.
fn tenders_now(fact: &SaleCompletedFact, corrections: &[Correction]) -> Result<Vec<Tender>, SaleError> {
    let mut tenders = fact.tenders()?;
    for Correction { fact, .. } in corrections {
        let place = usize::try_from(fact.tender).ok().and_then(|number| number.checked_sub(1));
        if let Some(tender) = place.and_then(|place| tenders.get_mut(place)) {
            tender.kind = fact.to;
            tender.reference.clone_from(&fact.reference);
        }
    }
    Ok(tenders)
}

/// `payment.of_sale`
pub fn of_sale(ask: &Ask<'_>, request: GetSale) -> Result<SaleTenders, Error> {
    let completed = ask.reader.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?;
    own::seen(ask.caller, completed.operator)?;
    let sale = completed.fact;
    let found = ask.reader.payment_corrections(request.sale)?;
    let mut corrections = Vec::new();
    for Correction { fact, at, operator } in &found {
        corrections.push(CorrectionView {
            tender: fact.tender,
            from: fact.from,
            to: fact.to,
            amount: ask::money(fact.amount, fact.currency)?,
            reason: fact.reason,
            at: *at,
            operator_name: name_of(ask, *operator)?,
        });
    }
    let (_, shop) = ask.shop()?;
    let mut tenders = Vec::new();
    for (tender, number) in tenders_now(&sale, &found)?.into_iter().zip(1..) {
        let can_be = |kind: &TenderKind| {
            let reference = kind.rules().needs_reference.then_some("1");
            shop.tenders.accepts(*kind) && checked(&tender, *kind, reference).is_ok()
        };
        tenders.push(SettledTender {
            number,
            kind: tender.kind,
            direction: tender.direction,
            amount: tender.tendered.minus(tender.change).map_err(SaleError::from)?,
            can_be: TenderKind::ALL.into_iter().filter(can_be).collect(),
            reference: tender.reference,
        });
    }
    Ok(SaleTenders { sale: sale.sale, receipt_number: sale.receipt_number, tenders, corrections })
}

/// `payment.correct`
pub fn correct(act: &Act<'_>, request: CorrectPayment) -> Result<CorrectedPayment, Error> {
    let operator = act.operator;
    let correction = act.id();
    let business_day = act.day();
    let terminal = act.terminal.id.0;
    act.commit(move |tx| {
        // What was paid in training is in no drawer.
        let sale = tx.completed_sale(request.sale)?.filter(|sale| !sale.training);
        let sale = sale.ok_or(SaleError::Unknown {})?.fact;
        let number = request.tender;
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        let tenders = tenders_now(&sale, &tx.payment_corrections(sale.sale)?)?;
        let tender = place.and_then(|place| tenders.get(place)).ok_or(SaleError::TenderUnknown { number })?;
        let reference = checked(tender, request.kind, request.reference.as_deref())?;
        let amount = tender.tendered.minus(tender.change).map_err(SaleError::from)?.minor();
        // What was given back of a tender was that tender.
        if tender.direction == TenderDirection::Taken {
            let left = paid_with(tx, &sale)?.into_iter().find(|paid| paid.kind == tender.kind);
            let rounded = if tender.kind == TenderKind::Cash { sale.cash_rounding } else { 0 };
            let beside = rounded.saturating_add(tender.tip.map_or(0, Money::minor));
            if left.is_none_or(|left| left.amount.saturating_add(beside) < amount) {
                return Err(SaleError::CorrectionInvalid {}.into());
            }
        }
        let devices = settings_in(tx, terminal)?;
        // What was keyed wrongly is missing, or over, where the sale went, whoever says so: in their drawer nothing changed. A
        // drawer that is no more has nothing that could be put right.
        let drawer = match sale.drawer <= devices.drawers() {
            true => sale.drawer,
            false => drawer::used(tx, &devices, operator)?.number,
        };
        let fact = PaymentCorrected {
            correction,
            drawer,
            sale: sale.sale,
            receipt_number: sale.receipt_number.clone(),
            tender: number,
            from: tender.kind,
            to: request.kind,
            direction: tender.direction,
            amount,
            currency: sale.currency,
            business_day,
            reason: request.reason,
            reference: reference.map(str::to_owned),
        };
        tx.append(operator, &Fact::PaymentCorrected(fact), &[])?;
        Ok(CorrectedPayment { sale: sale.sale })
    })
}

/// A tender was corrected.
#[derive(Serialize, Deserialize)]
pub struct CorrectedPayment {
    sale: SaleId,
}

impl Effect for CorrectedPayment {
    type Answer = SaleTenders;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<SaleTenders, Error> {
        of_sale(ask, GetSale { sale: self.sale })
    }
}
