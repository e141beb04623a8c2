//! What comes back of a completed sale: exactly its share of what was paid, never more than was sold. Parts sum to the
//! whole whatever their order, because each is the difference of two points on the way from nothing to all of it.

use super::line::{Direction, Line};
use super::repay::{Original, PaidWith};
use super::{LINES_MAX, OpenSale, SaleError, Sign, check_quantity};
use crate::ids::SaleId;
use crate::money::{Money, MoneyError};
use crate::people::{Grants, Permission};
use crate::quantity::Quantity;
use crate::rounding::Rounding;
use crate::tax::{TaxParts, TaxPolicy, TaxedLine};
use serde::{Deserialize, Serialize};

/// Why goods come back. Facts carry no free words about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ReturnReason {
    /// The customer does not want it after all.
    Unwanted,
    /// The goods are faulty.
    Faulty,
    /// It was rung up wrongly, or is the wrong thing.
    Mistake,
    /// Something else.
    Other,
}

/// What a line takes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnOf {
    /// The completed sale.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// The number of the line in it.
    pub line: u32,
    /// How much of that line had come back before.
    pub before: Quantity,
    /// Whether the goods go back on the shelf; what does not is lost.
    pub restock: bool,
    /// Why.
    pub reason: ReturnReason,
}

/// A line of a completed sale, and what can come back of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returnable {
    /// The line as it was sold.
    pub line: Line,
    /// Its part of the sale's tax, without sign: the parts of all lines of a rate sum to the tax of that rate.
    pub tax: Money,
    /// How much of it came back already.
    pub returned: Quantity,
}

impl Returnable {
    /// How much of it can still come back.
    pub fn left(&self) -> Quantity {
        let left = self.line.quantity.as_thousandths().saturating_sub(self.returned.as_thousandths());
        Quantity::thousandths(left).unwrap_or(Quantity::ZERO)
    }

    /// What `quantity` more of it comes to, and the tax of that, without sign.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn part(&self, quantity: Quantity) -> Result<(Money, Money), MoneyError> {
        let whole = self.line.quantity.as_thousandths();
        let before = self.returned.as_thousandths();
        let after = before.checked_add(quantity.as_thousandths()).ok_or(MoneyError::OutOfRange)?;
        let part = |money: Money| {
            let at = |point| money.ratio(point, whole, Rounding::HalfUp);
            at(after)?.minus(at(before)?)
        };
        Ok((part(self.line.amount)?, part(self.tax)?))
    }
}

/// The lines of a completed sale with their parts of its tax. `returned` says how much of each came back.
///
/// # Errors
/// `OutOfRange`.
pub fn returnables(
    lines: Vec<Line>,
    policy: &TaxPolicy,
    returned: impl Fn(u32) -> Quantity,
) -> Result<Vec<Returnable>, MoneyError> {
    let mut parts = TaxParts::of(*policy);
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        let tax = parts.next(TaxedLine {
            rate: line.tax_rate,
            amount: line.signed(),
            tax: line.tax,
            is_of_another: line.of.is_some(),
        })?;
        all.push(Returnable { returned: returned(line.number), line, tax });
    }
    Ok(all)
}

/// How a line comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeBack {
    /// The completed sale.
    pub sale: SaleId,
    /// Its number as printed.
    pub receipt_number: String,
    /// Whether the goods go back on the shelf.
    pub restock: bool,
    /// Why.
    pub reason: ReturnReason,
    /// What the sale was paid with, less what was given back of that.
    pub paid: Vec<PaidWith>,
}

impl OpenSale {
    /// Takes note of something that is no line: the trail has it at this revision.
    pub fn noted(&mut self) {
        self.touch();
    }

    /// Adds the line that takes so much of a completed one back, the other way round: for exactly its share of what was
    /// paid.
    ///
    /// # Errors
    /// `TooManyLines`, `QuantityInvalid`, `AmountOutOfRange`; `ReturnTooMuch` beyond what is left of it; `NeedsApproval`
    /// where everything that is refunded in this sale comes to more than the operator may refund (minor units).
    pub fn take_back(
        &mut self,
        from: &Returnable,
        quantity: Quantity,
        how: &TakeBack,
        grants: &Grants,
    ) -> Result<Line, SaleError> {
        if self.lines_active >= LINES_MAX {
            return Err(SaleError::TooManyLines { max: LINES_MAX });
        }
        check_quantity(quantity, from.line.unit)?;
        if quantity > from.left() {
            return Err(SaleError::ReturnTooMuch { name: from.line.name.clone(), left: from.left() });
        }
        let number = self.last_line.checked_add(1).ok_or(SaleError::AmountOutOfRange {})?;
        let (amount, tax) = from.part(quantity)?;
        let line = Line {
            number,
            direction: match from.line.direction {
                Direction::Sale => Direction::Return,
                Direction::Return => Direction::Sale,
            },
            quantity,
            amount,
            tax,
            age_min: None,
            with: None,
            discount: None,
            share: 0,
            of: Some(ReturnOf {
                sale: how.sale,
                receipt_number: how.receipt_number.clone(),
                line: from.line.number,
                before: from.returned,
                // What did not go back on the shelf does not leave it again.
                restock: how.restock && from.line.of.as_ref().is_none_or(|of| of.restock),
                reason: how.reason,
            }),
            places: None,
            exempt: None,
            note: None,
            voided: false,
            revision: 0,
            ..from.line.clone()
        };
        let mut after = self.clone();
        if after.originals.iter().all(|original| original.sale != how.sale) {
            after.originals.push(Original { sale: how.sale, refunded: 0, paid: how.paid.clone() });
        }
        after.count(&line, Sign::Plus)?;
        grants.require_up_to(Permission::Refund, after.refunded)?;
        *self = after;
        self.last_line = number;
        self.touch();
        Ok(Line { revision: self.revision, ..line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discount::{DiscountBy, DiscountReason};
    use crate::ids::SaleId;
    use crate::people::NeedsApproval;
    use crate::price::Price;
    use crate::quantity::Unit;
    use crate::sale::tests::{euro, grants_with, item, open_under};
    use crate::tax::{TaxMode, TaxRate, TaxScope, Totals};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const INCLUDED: TaxPolicy =
        TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp };

    fn how() -> TakeBack {
        TakeBack {
            sale: SaleId(Uuid::from_u128(9)),
            receipt_number: "A-000001".into(),
            restock: true,
            reason: ReturnReason::Unwanted,
            paid: Vec::new(),
        }
    }

    fn sold(policy: TaxPolicy, lines: &[Line], returned: &[i64]) -> Vec<Returnable> {
        let back = |number: u32| Quantity::thousandths(returned[number as usize - 1]).unwrap();
        returnables(lines.to_vec(), &policy, back).unwrap()
    }

    #[test]
    fn a_third_of_ten_cents_three_times_is_ten_cents() {
        let all = grants_with(Permission::Refund, None);
        let mut sale = open_under(INCLUDED);
        let mut line = sale.add(item(50_000, 3_000, Unit::Each), Direction::Sale, &all).unwrap();
        let off = Some(DiscountBy::Amount { minor: 5 });
        sale.discount_line(&mut line, off, DiscountReason::Other, &all).unwrap();
        assert_eq!(line.amount, euro(10));
        let one = |returned| {
            let from = sold(INCLUDED, std::slice::from_ref(&line), &[returned]).remove(0);
            let mut refund = open_under(INCLUDED);
            refund.take_back(&from, Quantity::ONE, &how(), &all).unwrap().amount.minor()
        };
        assert_eq!([one(0), one(1_000), one(2_000)], [3, 4, 3]);
    }

    #[test]
    fn no_more_comes_back_than_is_left_and_no_more_is_refunded_than_allowed() {
        let limited = grants_with(Permission::Refund, Some(500));
        let mut sale = open_under(INCLUDED);
        let line = sale.add(item(2_000_000, 4_000, Unit::Each), Direction::Sale, &limited).unwrap();
        let from = sold(INCLUDED, &[line], &[1_000]).remove(0);
        let mut refund = open_under(INCLUDED);
        let four = refund.take_back(&from, Quantity::each(4).unwrap(), &how(), &limited).unwrap_err();
        let three = Quantity::each(3).unwrap();
        assert_eq!(four, SaleError::ReturnTooMuch { name: "Bread".into(), left: three });
        let refused = refund.take_back(&from, three, &how(), &limited).unwrap_err();
        let needed = NeedsApproval { permission: Permission::Refund, limit: Some(600) };
        assert_eq!(refused, SaleError::NeedsApproval(needed));
        assert_eq!((refund.lines_active, refund.refunded), (0, 0), "nothing of it is left");
        let mut line = refund.take_back(&from, Quantity::each(2).unwrap(), &how(), &limited).unwrap();
        assert_eq!((refund.refunded, refund.totals().unwrap().total), (400, euro(-400)));
        for refused in [
            refund.set_quantity(&mut line, Quantity::ONE).unwrap_err(),
            refund.override_price(&mut line, Price::FREE, &limited).unwrap_err(),
            refund.discount_line(&mut line, None, DiscountReason::Other, &limited).unwrap_err(),
        ] {
            assert!(matches!(refused, SaleError::LineReturned { line: 1, .. }), "{refused}");
        }
        refund.void_line(&mut line).unwrap();
        assert_eq!((refund.refunded, refund.totals().unwrap().total), (0, euro(0)));
    }

    /// Three sweets of 0.33 with 20 % in them: the tax of the document is 0.17. Each goes back with what the tax grew by
    /// with it (0.06, 0.05, 0.06), and not with 0.06 three times.
    #[test]
    fn the_tax_of_a_document_comes_back_in_parts_that_sum_to_it() {
        let all = grants_with(Permission::Refund, None);
        let policy = TaxPolicy { scope: TaxScope::Document, ..INCLUDED };
        let mut sale = open_under(policy);
        let lines: Vec<_> = (0..3)
            .map(|_| {
                let mut sweet = item(330_000, 1_000, Unit::Each);
                sweet.tax_rate = TaxRate::ppm(200_000).unwrap();
                sale.add(sweet, Direction::Sale, &all).unwrap()
            })
            .collect();
        assert_eq!(sale.totals().unwrap().tax, euro(17));
        let taxes: Vec<_> = sold(policy, &lines, &[0, 0, 0])
            .iter()
            .map(|from| {
                let mut refund = open_under(policy);
                refund.take_back(from, Quantity::ONE, &how(), &all).unwrap();
                refund.totals().unwrap().tax.minor()
            })
            .collect();
        assert_eq!(taxes, [-6, -5, -6]);
    }

    #[derive(Debug, Clone)]
    struct Good {
        micros: i64,
        thousandths: i64,
        rate: i64,
        off: i64,
        back: bool,
    }

    fn good() -> impl Strategy<Value = Good> {
        (
            0i64..20_000_000,
            1i64..5_000,
            prop::sample::select(vec![0i64, 55_000, 88_750, 200_000]),
            0i64..400_000,
            prop::bool::weighted(0.15),
        )
            .prop_map(|(micros, thousandths, rate, off, back)| Good {
                micros,
                thousandths,
                rate,
                off,
                back,
            })
    }

    /// Adds totals by rate: net and tax.
    fn add(sums: &mut BTreeMap<i64, (i64, i64)>, totals: &Totals) {
        for row in &totals.taxes {
            let sum = sums.entry(row.rate.as_ppm()).or_default();
            sum.0 += row.net.minor();
            sum.1 += row.tax.minor();
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("TILLKEEPER_DEEP").is_some() { 100_000 } else { 2_000 }))]

        /// Everything comes back, in any parts, in any order, over several sales, whatever was taken off: together the
        /// refunds are the sale, the other way round, to the cent and in every rate.
        #[test]
        fn parts_of_a_refund_sum_to_the_sale(
            goods in prop::collection::vec(good(), 1..6),
            sale_off in prop::option::of(1i64..600_000),
            parts in prop::collection::vec((any::<usize>(), 1i64..5_000, any::<bool>()), 0..12),
            added in any::<bool>(), by_document in any::<bool>(),
            rounding in prop::sample::select(vec![Rounding::HalfUp, Rounding::HalfEven, Rounding::Down]),
        ) {
            let policy = TaxPolicy {
                mode: if added { TaxMode::Added } else { TaxMode::Included },
                scope: if by_document { TaxScope::Document } else { TaxScope::Line },
                rounding,
            };
            let all = grants_with(Permission::Refund, None);
            let mut sale = open_under(policy);
            let mut lines = Vec::new();
            for good in &goods {
                let mut item = item(good.micros, good.thousandths, Unit::Kilogram);
                item.tax_rate = TaxRate::ppm(good.rate).unwrap();
                let direction = if good.back { Direction::Return } else { Direction::Sale };
                let mut line = sale.add(item, direction, &all).unwrap();
                if good.off > 0 {
                    let by = Some(DiscountBy::Part { ppm: good.off });
                    sale.discount_line(&mut line, by, DiscountReason::Other, &all).unwrap();
                }
                lines.push(line);
            }
            if let Some(ppm) = sale_off
                && sale.discount(&lines, Some(DiscountBy::Part { ppm }), DiscountReason::Other, &all).is_ok()
            {
                sale.spread(&mut lines).unwrap();
            }

            let mut returned = vec![0i64; lines.len()];
            let (mut refunded, mut rates) = (0, BTreeMap::new());
            let mut refund = open_under(policy);
            let mut in_refund = Vec::new();
            let rest = (0..lines.len()).map(|index| (index, i64::MAX, false));
            for (pick, most, new_sale) in parts.into_iter().chain(rest) {
                let index = pick % lines.len();
                let left = lines[index].quantity.as_thousandths() - returned[index];
                let quantity = most.min(left);
                if quantity == 0 {
                    continue;
                }
                // A line stands in an open sale once.
                if new_sale || in_refund.contains(&index) {
                    refunded += refund.totals().unwrap().total.minor();
                    add(&mut rates, &refund.totals().unwrap());
                    refund = open_under(policy);
                    in_refund.clear();
                }
                let from = &sold(policy, &lines, &returned)[index];
                let line = refund.take_back(from, Quantity::thousandths(quantity).unwrap(), &how(), &all).unwrap();
                prop_assert!(line.amount.minor() >= 0 && line.tax.minor() >= 0);
                returned[index] += quantity;
                in_refund.push(index);
            }
            refunded += refund.totals().unwrap().total.minor();
            add(&mut rates, &refund.totals().unwrap());

            let mut expected = BTreeMap::new();
            let totals = sale.totals().unwrap();
            add(&mut expected, &totals);
            prop_assert_eq!(refunded, -totals.total.minor());
            for (rate, (net, tax)) in expected {
                prop_assert_eq!(rates.get(&rate).copied().unwrap_or_default(), (-net, -tax), "at {} ppm", rate);
            }
        }
    }
}
