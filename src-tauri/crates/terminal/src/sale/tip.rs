//! What a customer gives beside what is due: it stands with the open sale until something is paid, and then with that tender.

use super::{SaleChanged, changed, open_sale};
use crate::act::Act;
use crate::error::Error;
use wire::sale::SetTip;

/// `sale.set_tip`
pub fn set_tip(act: &Act<'_>, request: SetTip) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        sale.set_tip(request.amount)?;
        tx.save_open_sale(&sale)?;
        changed(&sale, &[])
    })
}
