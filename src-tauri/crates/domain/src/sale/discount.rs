//! Discounts in an open sale. That of a line is taken from the line; that of the sale is spread over its lines, so that
//! tax by rate and what comes back later are exact: the shares sum to the discount.

use super::line::{Direction, Line};
use super::{OpenSale, SaleError, Sign, TrailAct, expect_free};
use crate::discount::{Discount, DiscountBy, DiscountReason, Discounted};
use crate::money::Money;
use crate::people::{Grants, Permission};
use crate::rounding::Rounding;

/// One whole, in parts per million.
const MILLION: i64 = 1_000_000;

impl OpenSale {
    /// Gives a discount on one line, in place of the one it has; `None` takes that back.
    ///
    /// # Errors
    /// `LineUnknown`, `LineLinked`, `LineReturned`, `DiscountInvalid`, `NeedsApproval`, `AmountOutOfRange`.
    pub fn discount_line(
        &mut self,
        line: &mut Line,
        by: Option<DiscountBy>,
        reason: DiscountReason,
        grants: &Grants,
    ) -> Result<TrailAct, SaleError> {
        expect_free(line)?;
        let base = line.price.extend(line.quantity, self.currency, self.tax_policy.rounding)?;
        let (discounted, approved_by) = match by {
            Some(by) => {
                let reach = together(by.reach_ppm(base), self.reach_on(line)?);
                let (discount, approved_by) = given(by, reason, reach, grants)?;
                (Some(Discounted { discount, amount: Money::zero(self.currency) }), approved_by)
            }
            None => (None, None),
        };
        let before = std::mem::replace(&mut line.discount, discounted);
        if let Err(refused) = self.rework(line, line.price, line.quantity) {
            line.discount = before;
            return Err(refused);
        }
        Ok(TrailAct::Discounted { line: Some(line.number), by, reason, approved_by })
    }

    /// Gives a discount on the sale, in place of the one it has; `None` takes that back. `lines` are all that count;
    /// [`OpenSale::spread`] has to follow.
    ///
    /// # Errors
    /// `Empty` when there is nothing it could be taken from; `DiscountInvalid`, `NeedsApproval`, `AmountOutOfRange`.
    pub fn discount(
        &mut self,
        lines: &[Line],
        by: Option<DiscountBy>,
        reason: DiscountReason,
        grants: &Grants,
    ) -> Result<TrailAct, SaleError> {
        let Some(by) = by else {
            self.discount = None;
            self.touch();
            return Ok(TrailAct::Discounted { line: None, by: None, reason, approved_by: None });
        };
        let base = self.discountable(lines)?;
        if base.is_zero() {
            return Err(SaleError::Empty {});
        }
        let mut reach = 0;
        for line in lines.iter().filter(|line| weight(line) > 0) {
            reach = reach.max(together(own_reach(line)?, by.reach_ppm(base)));
        }
        let (discount, approved_by) = given(by, reason, reach, grants)?;
        self.discount = Some(Discounted { discount, amount: Money::zero(self.currency) });
        self.touch();
        Ok(TrailAct::Discounted { line: None, by: Some(by), reason, approved_by })
    }

    /// Spreads the discount of the sale over `lines`, which are all that count, in proportion to what each comes to.
    /// Says which changed. What comes back has none, nor has what goes with another line: a deposit is given back whole.
    /// A line with a discount of its own has no more of it than was allowed for both together.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn spread(&mut self, lines: &mut [Line]) -> Result<Vec<u32>, SaleError> {
        let base = self.discountable(lines)?;
        let off = match &mut self.discount {
            Some(discounted) => {
                discounted.amount = discounted.discount.off(base, self.tax_policy.rounding)?;
                discounted.amount
            }
            None => Money::zero(self.currency),
        };
        let weights: Vec<i64> = lines.iter().map(weight).collect();
        let mut shares = off.allocate(&weights)?;
        let mut given = Money::zero(self.currency);
        for (line, share) in lines.iter().zip(&mut shares) {
            *share = self.bounded(line, *share)?;
            given = given.plus(*share)?;
        }
        if let Some(discounted) = &mut self.discount {
            discounted.amount = given;
        }
        let mut changed = Vec::new();
        for (line, share) in lines.iter_mut().zip(shares) {
            if line.share == share.minor() {
                continue;
            }
            let amount = line.before_share()?.minus(share)?;
            let tax = self.tax_policy.tax(amount, line.tax_rate)?;
            self.count(line, Sign::Minus)?;
            line.share = share.minor();
            line.amount = amount;
            line.tax = tax;
            self.count(line, Sign::Plus)?;
            changed.push(line.number);
        }
        Ok(changed)
    }

    /// How large a part of one line the discount on the sale takes, in parts per million.
    fn reach_on(&self, line: &Line) -> Result<i64, SaleError> {
        let Some(discounted) = self.discount.filter(|_| weight(line) > 0) else { return Ok(0) };
        match discounted.discount.by {
            DiscountBy::Part { ppm } => Ok(ppm),
            DiscountBy::Amount { .. } => {
                Ok(DiscountBy::Amount { minor: line.share }.reach_ppm(line.before_share()?))
            }
        }
    }

    /// A line's share of the discount on the sale, so far as it may go beside the line's own: an amount is a larger part
    /// of less, so that two that were small enough together may come to more once a line shrinks. Two parts never do.
    fn bounded(&self, line: &Line, share: Money) -> Result<Money, SaleError> {
        let (Some(own), Some(of_sale)) = (line.discount, self.discount) else { return Ok(share) };
        let is_part = |discounted: Discounted| matches!(discounted.discount.by, DiscountBy::Part { .. });
        let (Some(one), Some(other)) = (own.discount.limit, of_sale.discount.limit) else { return Ok(share) };
        if is_part(own) && is_part(of_sale) {
            return Ok(share);
        }
        let whole = line.before_share()?.plus(own.amount)?;
        let most = whole.ratio(one.max(other), MILLION, Rounding::Down)?.minus(own.amount)?;
        Ok(Money::new(share.minor().min(most.minor()).max(0), self.currency)?)
    }

    /// What a discount on the sale is taken from.
    fn discountable(&self, lines: &[Line]) -> Result<Money, SaleError> {
        let mut base = Money::zero(self.currency);
        for line in lines {
            base = base.plus(Money::new(weight(line), self.currency)?)?;
        }
        Ok(base)
    }
}

/// What a line counts for where a discount on the sale is spread.
fn weight(line: &Line) -> i64 {
    match line.direction {
        Direction::Sale if !line.voided && line.with.is_none() && line.of.is_none() => {
            line.amount.minor().saturating_add(line.share)
        }
        Direction::Sale | Direction::Return => 0,
    }
}

/// How large a part of a line its own discount takes, in parts per million.
fn own_reach(line: &Line) -> Result<i64, SaleError> {
    let Some(own) = line.discount else { return Ok(0) };
    Ok(own.discount.by.reach_ppm(line.before_share()?.plus(own.amount)?))
}

/// What two discounts take together, one from what the other leaves, in parts per million: 10 % and 10 % are 19 %.
fn together(one: i64, other: i64) -> i64 {
    let both =
        i128::from(one).saturating_mul(i128::from(other)).checked_div(i128::from(MILLION)).unwrap_or(0);
    let sum = i128::from(one).saturating_add(i128::from(other)).saturating_sub(both);
    i64::try_from(sum).unwrap_or(MILLION)
}

/// The discount as these grants give it, and who allowed it when the operator alone may not. `reach` is what it comes to
/// with the others on the same goods: a limit holds for all of them together.
fn given(
    by: DiscountBy,
    reason: DiscountReason,
    reach: i64,
    grants: &Grants,
) -> Result<(Discount, Option<crate::ids::OperatorId>), SaleError> {
    if !by.is_valid() {
        return Err(SaleError::DiscountInvalid {});
    }
    grants.require_up_to(Permission::Discount, reach)?;
    let limit = grants.limit_at(Permission::Discount, reach);
    Ok((Discount { by, reason, limit }, grants.approver_of(Permission::Discount, reach)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Price;
    use crate::quantity::{Quantity, Unit};
    use crate::sale::tests::{euro, grants_with, item, open_under};
    use crate::tax::{TaxMode, TaxPolicy, TaxRate, TaxScope};
    use proptest::prelude::*;

    const GOODWILL: DiscountReason = DiscountReason::Goodwill;

    fn included() -> TaxPolicy {
        TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp }
    }

    fn part(ppm: i64) -> Option<DiscountBy> {
        Some(DiscountBy::Part { ppm })
    }

    #[test]
    fn ten_per_cent_off_a_line_follow_its_quantity_and_price() {
        let mut sale = open_under(included());
        let all = grants_with(Permission::Discount, None);
        let mut line = sale.add(item(3_450_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
        sale.discount_line(&mut line, part(100_000), GOODWILL, &all).unwrap();
        assert_eq!((line.amount, line.discount.unwrap().amount), (euro(310), euro(35)));
        sale.set_quantity(&mut line, Quantity::each(3).unwrap()).unwrap();
        assert_eq!((line.amount, sale.totals().unwrap().total), (euro(931), euro(931)));
        sale.override_price(&mut line, Price::micros(1_000_000).unwrap(), &all).unwrap();
        assert_eq!(line.amount, euro(270));
        sale.discount_line(&mut line, None, GOODWILL, &all).unwrap();
        assert_eq!((line.amount, line.discount), (euro(300), None));
    }

    #[test]
    fn a_discount_goes_as_far_as_the_limit_and_no_further() {
        let mut sale = open_under(included());
        let limited = grants_with(Permission::Discount, Some(100_000));
        let mut line = sale.add(item(10_000_000, 1_000, Unit::Each), Direction::Sale, &limited).unwrap();
        for (by, reach) in
            [(DiscountBy::Part { ppm: 100_001 }, 100_001), (DiscountBy::Amount { minor: 101 }, 101_000)]
        {
            let refused = sale.discount_line(&mut line, Some(by), GOODWILL, &limited).unwrap_err();
            assert!(matches!(refused, SaleError::NeedsApproval(needed) if needed.limit == Some(reach)));
            assert_eq!((line.discount, line.amount), (None, euro(1_000)));
            let refused = sale.discount(&[line.clone()], Some(by), GOODWILL, &limited).unwrap_err();
            assert!(matches!(refused, SaleError::NeedsApproval(needed) if needed.limit == Some(reach)));
        }
        sale.discount_line(&mut line, Some(DiscountBy::Amount { minor: 100 }), GOODWILL, &limited).unwrap();
        assert_eq!(line.amount, euro(900));
    }

    /// 10 % off a line and 10 % off the sale leave 81 % of it: the limit of 10 % holds for both together, in either order.
    #[test]
    fn a_limit_holds_for_what_two_discounts_come_to_together() {
        let mut sale = open_under(included());
        let limited = grants_with(Permission::Discount, Some(100_000));
        let mut lines: Vec<_> = [10_000_000, 20_000_000]
            .map(|micros| sale.add(item(micros, 1_000, Unit::Each), Direction::Sale, &limited).unwrap())
            .into();
        sale.discount_line(&mut lines[0], part(100_000), GOODWILL, &limited).unwrap();
        let refused = sale.discount(&lines, part(100_000), GOODWILL, &limited).unwrap_err();
        assert!(
            matches!(refused, SaleError::NeedsApproval(needed) if needed.limit == Some(190_000)),
            "{refused}"
        );
        // The other way round: 4 % off the sale leave room for 6.25 % off a line (1 − 0.96 × 0.9375 = 0.1).
        sale.discount_line(&mut lines[0], None, GOODWILL, &limited).unwrap();
        sale.discount(&lines, part(40_000), GOODWILL, &limited).unwrap();
        sale.spread(&mut lines).unwrap();
        let refused = sale.discount_line(&mut lines[0], part(62_501), GOODWILL, &limited).unwrap_err();
        assert!(
            matches!(refused, SaleError::NeedsApproval(needed) if needed.limit == Some(100_001)),
            "{refused}"
        );
        sale.discount_line(&mut lines[0], part(62_500), GOODWILL, &limited).unwrap();
        sale.spread(&mut lines).unwrap();
        // 9.37 or 9.38 less 4 %, and 20.00 less 4 %.
        assert_eq!((lines[0].amount, lines[1].amount), (euro(900), euro(1_920)));
        // Somebody who may give 19 % may give both.
        sale.discount_line(&mut lines[0], None, GOODWILL, &limited).unwrap();
        let more = grants_with(Permission::Discount, Some(190_000));
        sale.discount(&lines, part(100_000), GOODWILL, &more).unwrap();
        sale.discount_line(&mut lines[0], part(100_000), GOODWILL, &more).unwrap();
    }

    /// 1.00 off a line of 20.00 (5 %) and 1.00 off the sale (5 % of 20.00) are within 10 %. With half of the line gone its
    /// own 1.00 is all that may be: nothing is left for the other.
    #[test]
    fn two_amounts_do_not_outgrow_the_limit_when_a_line_shrinks() {
        let mut sale = open_under(included());
        let limited = grants_with(Permission::Discount, Some(100_000));
        let off = Some(DiscountBy::Amount { minor: 100 });
        let mut lines =
            vec![sale.add(item(10_000_000, 2_000, Unit::Each), Direction::Sale, &limited).unwrap()];
        sale.discount_line(&mut lines[0], Some(DiscountBy::Amount { minor: 90 }), GOODWILL, &limited)
            .unwrap();
        sale.discount(&lines, off, GOODWILL, &limited).unwrap();
        sale.spread(&mut lines).unwrap();
        assert_eq!((lines[0].amount, lines[0].share), (euro(1_810), 100));
        sale.set_quantity(&mut lines[0], Quantity::ONE).unwrap();
        sale.spread(&mut lines).unwrap();
        assert_eq!((lines[0].amount, lines[0].share), (euro(900), 10), "ten per cent of 10.00 in all");
        assert_eq!(sale.discount.unwrap().amount, euro(10));
        assert_eq!(sale.spread(&mut lines).unwrap(), [0u32; 0], "twice is once");
    }

    #[test]
    fn an_amount_off_the_sale_shrinks_with_it_as_far_as_was_allowed() {
        let mut sale = open_under(included());
        let limited = grants_with(Permission::Discount, Some(100_000));
        let mut lines: Vec<_> = [30_000_000, 20_000_000]
            .map(|micros| sale.add(item(micros, 1_000, Unit::Each), Direction::Sale, &limited).unwrap())
            .into();
        sale.discount(&lines, Some(DiscountBy::Amount { minor: 500 }), GOODWILL, &limited).unwrap();
        sale.spread(&mut lines).unwrap();
        assert_eq!((lines[0].share, lines[1].share), (300, 200));
        assert_eq!(sale.totals().unwrap().total, euro(4_500));
        sale.void_line(&mut lines[1]).unwrap();
        lines.pop();
        sale.spread(&mut lines).unwrap();
        assert_eq!(sale.totals().unwrap().total, euro(2_700), "ten per cent of what is left");
    }

    #[test]
    fn a_deposit_and_what_comes_back_have_no_share() {
        let mut sale = open_under(included());
        let all = grants_with(Permission::Discount, None);
        let bottle = sale.add(item(2_000_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
        let deposit =
            sale.add_linked(&bottle, item(250_000, 1_000, Unit::Each), Quantity::ONE, &all).unwrap();
        let back = sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Return, &all).unwrap();
        let mut lines = vec![bottle, deposit, back];
        sale.discount(&lines, part(500_000), GOODWILL, &all).unwrap();
        assert_eq!(sale.spread(&mut lines).unwrap(), [1]);
        assert_eq!((lines[0].share, lines[1].share, lines[2].share), (100, 0, 0));
        assert_eq!(sale.totals().unwrap().total, euro(25));
        assert_eq!(sale.spread(&mut lines).unwrap(), [0u32; 0], "twice is once");
        sale.discount(&lines, None, GOODWILL, &all).unwrap();
        sale.spread(&mut lines).unwrap();
        assert_eq!(sale.totals().unwrap().total, euro(125));
    }

    #[test]
    fn nothing_has_no_discount() {
        let mut sale = open_under(included());
        let all = grants_with(Permission::Discount, None);
        assert_eq!(sale.discount(&[], part(100_000), GOODWILL, &all), Err(SaleError::Empty {}));
        let mut line = sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
        let refused = sale.discount_line(&mut line, part(0), GOODWILL, &all);
        assert_eq!(refused, Err(SaleError::DiscountInvalid {}));
    }

    /// A change a cashier makes.
    #[derive(Debug, Clone)]
    enum Change {
        Line { pick: usize, by: DiscountBy },
        Sale { by: DiscountBy },
        Quantity { pick: usize, thousandths: i64 },
    }

    fn by() -> impl Strategy<Value = DiscountBy> {
        prop_oneof![
            (1i64..200_000).prop_map(|ppm| DiscountBy::Part { ppm }),
            (1i64..3_000).prop_map(|minor| DiscountBy::Amount { minor }),
        ]
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            (any::<usize>(), by()).prop_map(|(pick, by)| Change::Line { pick, by }),
            by().prop_map(|by| Change::Sale { by }),
            (any::<usize>(), 1i64..5_000)
                .prop_map(|(pick, thousandths)| Change::Quantity { pick, thousandths }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("TILLKEEPER_DEEP").is_some() { 100_000 } else { 2_000 }))]

        /// Whatever a cashier who may give 10 % does in whatever order: no goods go for less than nine tenths of their
        /// price, but for the two cents that two roundings may take.
        #[test]
        fn no_order_of_changes_takes_more_than_the_limit(
            goods in prop::collection::vec((1i64..50_000_000, 1i64..5_000), 1..5),
            changes in prop::collection::vec(change(), 1..12),
        ) {
            let limited = grants_with(Permission::Discount, Some(100_000));
            let mut sale = open_under(included());
            let mut lines = Vec::new();
            for (micros, thousandths) in &goods {
                lines.push(sale.add(item(*micros, *thousandths, Unit::Kilogram), Direction::Sale, &limited).unwrap());
            }
            for change in changes {
                match change {
                    Change::Line { pick, by } => {
                        let index = pick % lines.len();
                        // A refusal is an answer too.
                        drop(sale.discount_line(&mut lines[index], Some(by), GOODWILL, &limited));
                    }
                    Change::Sale { by } => drop(sale.discount(&lines, Some(by), GOODWILL, &limited)),
                    Change::Quantity { pick, thousandths } => {
                        let index = pick % lines.len();
                        sale.set_quantity(&mut lines[index], Quantity::thousandths(thousandths).unwrap()).unwrap();
                    }
                }
                sale.spread(&mut lines).unwrap();
                for line in &lines {
                    let whole = line.before_discounts().unwrap().minor();
                    let off = whole - line.amount.minor();
                    prop_assert!(off * 10 <= whole + 20, "{off} off {whole}");
                }
            }
        }
    }

    proptest! {
        /// However many lines of however many rates: the shares sum to the discount, the lines to the total, and no line
        /// falls below nothing.
        #[test]
        fn shares_sum_to_the_discount(
            goods in prop::collection::vec((0i64..50_000_000, 1i64..9_999, 0i64..300_000, 0i64..1_000_000, any::<bool>()), 1..12),
            ppm in 1i64..=1_000_000, minor in 1i64..100_000, by_part in any::<bool>(),
        ) {
            let all = grants_with(Permission::Discount, None);
            for mode in [TaxMode::Included, TaxMode::Added] {
                for scope in [TaxScope::Line, TaxScope::Document] {
                    let mut sale = open_under(TaxPolicy { mode, scope, rounding: Rounding::HalfEven });
                    let mut lines = Vec::new();
                    for (micros, thousandths, rate, own, back) in &goods {
                        let mut item = item(*micros, *thousandths, Unit::Kilogram);
                        item.tax_rate = TaxRate::ppm(*rate).unwrap();
                        let direction = if *back { Direction::Return } else { Direction::Sale };
                        let mut line = sale.add(item, direction, &all).unwrap();
                        if *own > 0 {
                            sale.discount_line(&mut line, part(*own), GOODWILL, &all).unwrap();
                        }
                        lines.push(line);
                    }
                    let before: i64 = lines.iter().map(|line| line.signed().minor()).sum();
                    let by = if by_part { DiscountBy::Part { ppm } } else { DiscountBy::Amount { minor } };
                    match sale.discount(&lines, Some(by), GOODWILL, &all) {
                        Err(refused) => prop_assert_eq!(refused, SaleError::Empty {}),
                        Ok(_) => {
                            sale.spread(&mut lines).unwrap();
                            let off = sale.discount.unwrap().amount.minor();
                            prop_assert_eq!(lines.iter().map(|line| line.share).sum::<i64>(), off);
                            let after: i64 = lines.iter().map(|line| line.signed().minor()).sum();
                            prop_assert_eq!(after, before - off);
                            prop_assert!(lines.iter().all(|line| line.amount.minor() >= 0));
                            let totals = sale.totals().unwrap();
                            let expected = match mode {
                                TaxMode::Included => totals.total,
                                TaxMode::Added => totals.net,
                            };
                            prop_assert_eq!(expected.minor(), after);
                        }
                    }
                }
            }
        }
    }
}
