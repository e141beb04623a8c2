//! Payments at a card reader that stands by itself: that one was begun is on disk before anybody goes there, and what
//! became of it is said by whoever looked. Neither a restart nor a power cut makes a payment approved, declined or gone.

mod correction;

pub use correction::{correct, of_sale};

use crate::act::Act;
use crate::error::Error;
use crate::sale::{SaleChanged, changed, open_sale};
use domain::ids::PaymentId;
use domain::sale::SaleError;
use wire::fact::{Fact, PaymentBegun, PaymentEnded};
use wire::payment::{BeginPayment, EndPayment};

/// `payment.begin`
pub fn begin(act: &Act<'_>, request: BeginPayment) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let payment = PaymentId(act.id());
    let grants = act.grants.clone();
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        if let Some(seen) = request.total {
            let total = sale.totals()?.total;
            if seen != total {
                return Err(SaleError::TotalChanged { seen, total }.into());
            }
        }
        let begun = match request.gives_back {
            Some(tender) => sale.begin_return(payment, tender)?,
            None => sale.begin_payment(payment, request.kind, request.amount)?,
        };
        sale.expect_way(&grants)?;
        tx.save_open_sale(&sale)?;
        let fact = PaymentBegun {
            payment,
            sale: sale.id,
            kind: begun.kind,
            direction: begun.direction,
            amount: begun.amount.minor(),
            currency: sale.currency,
        };
        tx.append(operator, &Fact::PaymentBegun(fact), &[])?;
        changed(&sale, &[])
    })
}

/// `payment.end`
pub fn end(act: &Act<'_>, request: EndPayment) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        let reference = request.reference.as_deref();
        let ended = sale.end_payment(request.payment, request.result, reference)?;
        tx.save_open_sale(&sale)?;
        let fact = PaymentEnded {
            payment: request.payment,
            sale: sale.id,
            result: request.result,
            direction: ended.direction,
            amount: ended.amount.minor(),
            currency: sale.currency,
            reference: reference.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned),
        };
        tx.append(operator, &Fact::PaymentEnded(fact), &[])?;
        changed(&sale, &[])
    })
}
