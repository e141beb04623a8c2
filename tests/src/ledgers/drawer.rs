//! What happens at the two drawers of a shop from a seed: which one is taken, its float, movements, counts, closes and reports.

use super::Shop;
use database::LedgerTx;
use database::error::DatabaseError;
use domain::currency::Currency;
use domain::ids::{OperatorId, SaleId, ShiftId};
use domain::shift::{CashMovement, CashReason};
use domain::tender::correction::CorrectionReason;
use domain::tender::{TenderDirection, TenderKind};
use domain::time::{BusinessDay, Timestamp};
use wire::fact::{
    CashMoved, DrawerChosen, DrawerOpened, Fact, PaymentCorrected, ShiftClosed, ShiftCounted, ShiftOpened,
    ShiftRead,
};

/// One thing happens at the drawer that the operator uses.
pub fn happen(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    let currency = Currency::parse("EUR").ok_or_else(|| DatabaseError::Value("EUR".to_owned()))?;
    let drawer = tx.chosen_drawer(operator)?;
    let running = tx.running_shift(drawer)?;
    let expected =
        running.figures.cash.expected().map_err(|error| DatabaseError::Value(error.to_string()))?;
    let id = shop.id();
    let amount = shop.draw.between(1, 20_000).cast_signed();
    let (denominations, drawers) = (Vec::new(), 2);
    let began_at = running.began_at.unwrap_or(Timestamp(shop.now_ms));
    let float_stated = running.float_stated;
    let fact = match shop.draw.below(10) {
        0 if !running.float_stated => {
            let afresh = shop.draw.happens(300);
            let assumed = running.figures.cash.float;
            let shift = ShiftId(id);
            Fact::ShiftOpened(ShiftOpened {
                shift,
                drawer,
                float: amount,
                assumed,
                held: 0,
                currency,
                denominations,
                afresh,
            })
        }
        1 => Fact::ShiftCounted(ShiftCounted {
            count: id,
            drawer,
            counted: amount,
            expected,
            held: 0,
            currency,
            denominations,
        }),
        2 => {
            let reason = domain::device::NoSaleReason::Count;
            Fact::DrawerOpened(DrawerOpened { opening: id, drawer, reason, business_day: None })
        }
        3 => {
            let (shop_version, figures) = (1, running.figures);
            let read = ShiftRead {
                reading: id,
                drawer,
                drawers,
                began_at,
                float_stated,
                shop_version,
                currency,
                figures,
                expected,
                held: 0,
            };
            Fact::ShiftRead(Box::new(read))
        }
        4 => {
            let number = tx.next_number("z")?;
            Fact::ShiftClosed(Box::new(ShiftClosed {
                shift: ShiftId(id),
                drawer,
                drawers,
                number,
                z_number: format!("{}-Z{number:04}", tx.series()),
                business_day: BusinessDay::of(&shop.moment()),
                began_at,
                float_stated,
                shop_version: 1,
                currency,
                figures: running.figures,
                expected,
                held: 0,
                counted: amount,
                over_short: amount - expected,
                carried: 0,
                denominations,
                reason: None,
                left: amount / 2,
                open_sales: Vec::new(),
            }))
        }
        5 => {
            let ways = [TenderKind::Cash, TenderKind::Card, TenderKind::Voucher];
            let directions = [TenderDirection::Taken, TenderDirection::Given];
            let tender = u32::try_from(shop.draw.between(1, 3)).unwrap_or(1);
            Fact::PaymentCorrected(PaymentCorrected {
                correction: id,
                drawer,
                sale: SaleId(shop.id()),
                receipt_number: format!("{}-000001", tx.series()),
                tender,
                from: *shop.draw.one(&ways),
                to: *shop.draw.one(&ways),
                direction: *shop.draw.one(&directions),
                amount,
                currency,
                business_day: BusinessDay::of(&shop.moment()),
                reason: CorrectionReason::WrongKey,
                reference: None,
            })
        }
        6 | 7 => Fact::DrawerChosen(DrawerChosen { drawer: 3 - drawer }),
        _ => {
            let kinds =
                [CashMovement::PaidIn, CashMovement::PaidOut, CashMovement::Expense, CashMovement::Drop];
            let kind = *shop.draw.one(&kinds);
            let reason = CashReason::of(kind)[0];
            Fact::CashMoved(CashMoved { movement: id, drawer, drawers, kind, amount, currency, reason })
        }
    };
    shop.happen(tx, operator, &fact)
}
