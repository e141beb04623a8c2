//! Tax rates, where tax is rounded, and the running totals of a sale by rate.

use crate::currency::Currency;
use crate::ids::TaxCategoryId;
use crate::money::{Money, MoneyError};
use crate::rounding::Rounding;
use crate::sale::line::is_nothing;
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A tax rate in parts per million: 20 % is 200,000 and 8.875 % is 88,750. From 0 to 100 %.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "contract", ts(type = "number"), schemars(with = "i64"))]
pub struct TaxRate(i64);

/// The rate was below zero or above 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tax rate lies between 0 % and 100 %")]
pub struct TaxRateError;

/// One whole, in parts per million.
const MILLION: i64 = 1_000_000;

impl TaxRate {
    /// Nothing is charged.
    pub const ZERO: Self = Self(0);

    /// A rate in parts per million.
    ///
    /// # Errors
    /// `TaxRateError` below 0 or above 1,000,000.
    pub fn ppm(ppm: i64) -> Result<Self, TaxRateError> {
        if (0..=MILLION).contains(&ppm) { Ok(Self(ppm)) } else { Err(TaxRateError) }
    }

    /// Parts per million.
    pub const fn as_ppm(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for TaxRate {
    type Error = TaxRateError;

    fn try_from(ppm: i64) -> Result<Self, TaxRateError> {
        Self::ppm(ppm)
    }
}

impl From<TaxRate> for i64 {
    fn from(rate: TaxRate) -> Self {
        rate.0
    }
}

impl fmt::Display for TaxRate {
    /// Percent with as many decimals as are needed: `20`, `5.5`, `8.875`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.checked_div(10_000).unwrap_or(0);
        match self.0.checked_rem(10_000).unwrap_or(0) {
            0 => write!(f, "{whole}"),
            rest => write!(f, "{whole}.{}", format!("{rest:04}").trim_end_matches('0')),
        }
    }
}

impl fmt::Debug for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} %")
    }
}

/// A group of products that are taxed alike, with the rates it has had and will have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TaxCategory {
    /// What the manager calls it: "Standard", "Food".
    pub name: String,
    /// The rates by the day each begins, in any order.
    pub rates: Vec<RateFrom>,
    /// The category that holds in its place for what is taken away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub takeaway: Option<TaxCategoryId>,
}

/// A tax rate and the day it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RateFrom {
    /// The first day of the rate.
    pub from: BusinessDay,
    /// Parts per million.
    pub rate: TaxRate,
}

impl TaxCategory {
    /// The rate in force on `day`: the one that began last. `None` before the first.
    pub fn rate_on(&self, day: BusinessDay) -> Option<TaxRate> {
        self.rates
            .iter()
            .filter(|entry| entry.from <= day)
            .max_by_key(|entry| entry.from)
            .map(|entry| entry.rate)
    }
}

/// Whether shelf prices include the tax or it is added to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TaxMode {
    /// Prices contain the tax (Europe, North Africa).
    Included,
    /// Tax comes on top (United States, Canada).
    Added,
}

/// Where the tax is rounded to the minor unit. Both are allowed in the European Union (CJEU C-484/06 Ahold leaves
/// the choice to the member states).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum TaxScope {
    /// On every line, then summed.
    Line,
    /// Once for each rate of the document.
    Document,
}

/// How a shop computes tax; frozen on a sale when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TaxPolicy {
    /// Whether prices include tax.
    pub mode: TaxMode,
    /// Where tax is rounded.
    pub scope: TaxScope,
    /// How tax and line amounts are rounded.
    pub rounding: Rounding,
}

impl TaxPolicy {
    /// The tax in (mode included) or on (mode added) an amount.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn tax(&self, amount: Money, rate: TaxRate) -> Result<Money, MoneyError> {
        match self.mode {
            TaxMode::Included => {
                let whole = MILLION.checked_add(rate.0).ok_or(MoneyError::OutOfRange)?;
                amount.ratio(rate.0, whole, self.rounding)
            }
            TaxMode::Added => amount.ratio(rate.0, MILLION, self.rounding),
        }
    }
}

/// The lines of one rate so far: signed sums, so that returns subtract. Adding a line touches one of these, however
/// long the sale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateSum {
    /// The rate.
    pub rate: TaxRate,
    /// Sum of the line amounts in minor units.
    pub amount: i64,
    /// Sum of the taxes rounded on each line, in minor units.
    pub line_tax: i64,
    /// How many lines are in it.
    pub lines: u32,
    /// The part of `amount` whose tax is known from the sale it comes back from.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub fixed_amount: i64,
    /// The tax of that part.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub fixed_tax: i64,
}

impl RateSum {
    /// Nothing yet at this rate.
    pub const fn none(rate: TaxRate) -> Self {
        Self { rate, amount: 0, line_tax: 0, lines: 0, fixed_amount: 0, fixed_tax: 0 }
    }

    /// The other way round: what it would be if everything came back.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            amount: self.amount.saturating_neg(),
            line_tax: self.line_tax.saturating_neg(),
            fixed_amount: self.fixed_amount.saturating_neg(),
            fixed_tax: self.fixed_tax.saturating_neg(),
            ..self
        }
    }
}

/// The parts lines have in the tax of their sale, line after line: that of each line where tax is rounded there, else what
/// the tax of the document grows by with it. So the parts of the lines of a rate sum to the tax of that rate.
#[derive(Debug, Clone)]
pub struct TaxParts {
    policy: TaxPolicy,
    /// What the lines of a rate come to so far, signed.
    sums: Vec<(TaxRate, Money)>,
}

/// What the part of a line in its sale's tax hangs on.
#[derive(Debug, Clone, Copy)]
pub struct TaxedLine {
    /// Its rate.
    pub rate: TaxRate,
    /// What it comes to; negative where it comes back.
    pub amount: Money,
    /// The tax rounded on it, without sign.
    pub tax: Money,
    /// Whether it takes back a line of another sale: then it has its tax from there.
    pub is_of_another: bool,
}

impl TaxParts {
    /// Before the first line of a sale.
    pub const fn of(policy: TaxPolicy) -> Self {
        Self { policy, sums: Vec::new() }
    }

    /// The part of the next line, without sign. The lines have to come in their order, all of them.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn next(&mut self, line: TaxedLine) -> Result<Money, MoneyError> {
        if self.policy.scope == TaxScope::Line || line.is_of_another {
            return Ok(line.tax);
        }
        let index = match self.sums.iter().position(|(rate, _)| *rate == line.rate) {
            Some(index) => index,
            None => {
                self.sums.push((line.rate, Money::zero(line.amount.currency())));
                self.sums.len().saturating_sub(1)
            }
        };
        let before = self.sums[index].1;
        let after = before.plus(line.amount)?;
        self.sums[index].1 = after;
        Ok(self.policy.tax(after, line.rate)?.minus(self.policy.tax(before, line.rate)?)?.magnitude())
    }
}

/// One line of the tax table of a receipt: `net + tax = gross`, signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TaxLine {
    /// The rate.
    pub rate: TaxRate,
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// With tax.
    pub gross: Money,
}

/// The totals of a sale: by rate, and what is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Totals {
    /// By rate, the highest first.
    pub taxes: Vec<TaxLine>,
    /// Sum of the nets.
    pub net: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// What is to be paid, or given back when negative.
    pub total: Money,
}

impl Totals {
    /// Computes the totals from the running sums.
    ///
    /// # Errors
    /// `OutOfRange`.
    pub fn of(sums: &[RateSum], policy: &TaxPolicy, currency: Currency) -> Result<Self, MoneyError> {
        let mut totals = Self {
            taxes: Vec::with_capacity(sums.len()),
            net: Money::zero(currency),
            tax: Money::zero(currency),
            total: Money::zero(currency),
        };
        for sum in sums.iter().filter(|sum| sum.lines > 0) {
            let amount = Money::new(sum.amount, currency)?;
            let tax = match policy.scope {
                TaxScope::Line => Money::new(sum.line_tax, currency)?,
                TaxScope::Document => {
                    let fixed = |minor| Money::new(minor, currency);
                    policy
                        .tax(amount.minus(fixed(sum.fixed_amount)?)?, sum.rate)?
                        .plus(fixed(sum.fixed_tax)?)?
                }
            };
            let (net, gross) = match policy.mode {
                TaxMode::Included => (amount.minus(tax)?, amount),
                TaxMode::Added => (amount, amount.plus(tax)?),
            };
            totals.net = totals.net.plus(net)?;
            totals.tax = totals.tax.plus(tax)?;
            totals.total = totals.total.plus(gross)?;
            totals.taxes.push(TaxLine { rate: sum.rate, net, tax, gross });
        }
        totals.taxes.sort_by_key(|line| std::cmp::Reverse(line.rate));
        Ok(totals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
    }

    fn policy(mode: TaxMode, scope: TaxScope) -> TaxPolicy {
        TaxPolicy { mode, scope, rounding: Rounding::HalfUp }
    }

    #[test]
    fn tax_inside_and_on_top() {
        let rate = TaxRate::ppm(200_000).unwrap();
        assert_eq!(policy(TaxMode::Included, TaxScope::Line).tax(euro(120), rate), Ok(euro(20)));
        assert_eq!(policy(TaxMode::Added, TaxScope::Line).tax(euro(100), rate), Ok(euro(20)));
    }

    /// Three lines of 0.33 at 20 % included: 0.055 of tax each. Rounded on the line 3 × 0.06 = 0.18; rounded once,
    /// 0.99 × 20/120 = 0.165 → 0.17.
    #[test]
    fn rounding_by_line_and_by_document_differ() {
        let rate = TaxRate::ppm(200_000).unwrap();
        let sums = [RateSum { amount: 99, line_tax: 18, lines: 3, ..RateSum::none(rate) }];
        let total = |scope| Totals::of(&sums, &policy(TaxMode::Included, scope), euro(0).currency()).unwrap();
        assert_eq!(total(TaxScope::Line).tax, euro(18));
        assert_eq!(total(TaxScope::Document).tax, euro(17));
        assert_eq!(total(TaxScope::Line).total, total(TaxScope::Document).total);
    }

    #[test]
    fn the_rate_of_the_day_holds() {
        let day = |text| BusinessDay::parse(text).unwrap();
        let category = TaxCategory {
            name: "Food".into(),
            rates: vec![
                RateFrom { from: day("2026-01-01"), rate: TaxRate::ppm(55_000).unwrap() },
                RateFrom { from: day("2020-01-01"), rate: TaxRate::ppm(70_000).unwrap() },
            ],
            takeaway: None,
        };
        assert_eq!(category.rate_on(day("2019-12-31")), None);
        assert_eq!(category.rate_on(day("2025-12-31")).map(TaxRate::as_ppm), Some(70_000));
        assert_eq!(category.rate_on(day("2026-01-01")).map(TaxRate::as_ppm), Some(55_000));
    }

    #[test]
    fn a_rate_shows_as_percent() {
        let show = |ppm| TaxRate::ppm(ppm).unwrap().to_string();
        assert_eq!((show(200_000), show(55_000), show(88_750)), ("20".into(), "5.5".into(), "8.875".into()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("TILLKEEPER_DEEP").is_some() { 100_000 } else { 2_000 }))]

        /// The tax of a line is the nearest cent; that of a document is the nearest cent of the sum, and no further from the
        /// lines' than half a cent for each of them and half for itself. What comes back has the same, the other way round.
        #[test]
        fn tax_by_line_and_by_document_are_the_nearest_cents(
            amounts in prop::collection::vec(-1_000_000i64..1_000_000, 1..30),
            ppm in prop::sample::select(vec![0i64, 21_000, 55_000, 81_000, 88_750, 200_000, 1_000_000]),
            added in any::<bool>(),
        ) {
            let mode = if added { TaxMode::Added } else { TaxMode::Included };
            let rate = TaxRate::ppm(ppm).unwrap();
            let whole = if added { MILLION } else { MILLION + ppm };
            let by_line = policy(mode, TaxScope::Line);
            let taxes: Vec<i64> = amounts.iter().map(|amount| by_line.tax(euro(*amount), rate).unwrap().minor()).collect();
            for (amount, tax) in amounts.iter().zip(&taxes) {
                // |tax − amount × rate| ≤ ½, in whole numbers.
                prop_assert!((2 * (tax * whole - amount * ppm)).abs() <= whole, "{tax} of {amount}");
                prop_assert_eq!(by_line.tax(euro(-amount), rate).unwrap().minor(), -tax);
            }
            let sum: i64 = amounts.iter().sum();
            let lines = i64::try_from(amounts.len()).unwrap();
            let row = RateSum { amount: sum, line_tax: taxes.iter().sum(), lines: u32::try_from(lines).unwrap(), ..RateSum::none(rate) };
            let currency = euro(0).currency();
            let line = Totals::of(&[row], &by_line, currency).unwrap();
            let document = Totals::of(&[row], &policy(mode, TaxScope::Document), currency).unwrap();
            prop_assert_eq!(line.tax.minor(), taxes.iter().sum::<i64>());
            let exact = document.tax.minor() * whole - sum * ppm;
            prop_assert!((2 * exact).abs() <= whole, "{} of {sum}", document.tax.minor());
            let apart = line.tax.minor() - document.tax.minor();
            prop_assert!((2 * apart).abs() <= lines + 1, "{apart} apart over {lines} lines");
        }

        #[test]
        fn net_and_tax_make_gross_in_every_mode(amounts in prop::collection::vec((0i64..=1_000_000, -1_000_000i64..1_000_000), 1..8)) {
            for mode in [TaxMode::Included, TaxMode::Added] {
                for scope in [TaxScope::Line, TaxScope::Document] {
                    let policy = policy(mode, scope);
                    let sums: Vec<_> = amounts.iter().map(|(ppm, amount)| {
                        let rate = TaxRate::ppm(*ppm).unwrap();
                        RateSum { amount: *amount, line_tax: policy.tax(euro(*amount), rate).unwrap().minor(), lines: 1, ..RateSum::none(rate) }
                    }).collect();
                    let back: Vec<_> = sums.iter().map(|sum| sum.negated()).collect();
                    let totals = Totals::of(&sums, &policy, euro(0).currency()).unwrap();
                    let refund = Totals::of(&back, &policy, euro(0).currency()).unwrap();
                    for line in &totals.taxes {
                        prop_assert_eq!(line.net.plus(line.tax).unwrap(), line.gross);
                    }
                    prop_assert_eq!(totals.net.plus(totals.tax).unwrap(), totals.total);
                    prop_assert_eq!(refund.total, totals.total.negated());
                    prop_assert_eq!(refund.tax, totals.tax.negated());
                }
            }
        }
    }
}
