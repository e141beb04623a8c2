//! A shift: one period of drawer accountability, from the float to the count. What should be in the drawer is one
//! equation over what went in and out; what is found there may differ, and the difference is kept, never refused.

mod paper;

pub use paper::{AccountSlip, CashSlip, ClosedShift, HandedOver, Paper, ReportedShift, ShiftWords};

use crate::cash::denomination::{Denominated, sum};
use crate::currency::Currency;
use crate::money::Money;
use crate::tax::TaxRate;
use crate::tender::TenderKind;
use serde::{Deserialize, Serialize};

/// The first drawer of a till: the only one of most.
pub const FIRST_DRAWER: u8 = 1;
/// The second drawer of a till that has two: as many as a printer's socket drives.
pub const SECOND_DRAWER: u8 = 2;

/// A drawer, and how many its till has: one drawer of several has only some of the till's cash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawer {
    /// Which, from 1.
    pub number: u8,
    /// How many there are, 1 or 2.
    pub of: u8,
}

impl Drawer {
    /// Its number where that tells anything: where it is not the only one.
    pub const fn told(self) -> Option<u8> {
        if self.of > 1 { Some(self.number) } else { None }
    }
}

/// Why cash came into the drawer, or left it, without a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CashMovement {
    /// It came in.
    PaidIn,
    /// It went out.
    PaidOut,
    /// The shop paid something with it.
    Expense,
    /// It went to the safe or the bank.
    Drop,
}

impl CashMovement {
    /// Whether the drawer holds more after it.
    pub const fn comes_in(self) -> bool {
        match self {
            Self::PaidIn => true,
            Self::PaidOut | Self::Expense | Self::Drop => false,
        }
    }
}

/// What cash was moved for. A list, and no text: a text would hold names, and facts hold none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CashReason {
    /// Small change was brought, or taken away to be changed.
    Change,
    /// The owner put it in, or took it.
    Owner,
    /// Tips were paid out.
    Tips,
    /// An advance on wages.
    Wages,
    /// Goods for the shop.
    Goods,
    /// What the shop uses up: bags, paper, cleaning.
    Supplies,
    /// Postage and delivery.
    Postage,
    /// Fuel, parking, tickets.
    Travel,
    /// A repair.
    Repair,
    /// To the safe.
    Safe,
    /// To the bank.
    Bank,
    /// An earlier movement was wrong.
    Correction,
    /// Something else.
    Other,
}

impl CashReason {
    /// The reasons of a movement, in the order they are offered.
    pub const fn of(movement: CashMovement) -> &'static [Self] {
        match movement {
            CashMovement::PaidIn => &[Self::Change, Self::Owner, Self::Correction, Self::Other],
            CashMovement::PaidOut => {
                &[Self::Change, Self::Owner, Self::Tips, Self::Wages, Self::Correction, Self::Other]
            }
            CashMovement::Expense => {
                &[Self::Goods, Self::Supplies, Self::Postage, Self::Travel, Self::Repair, Self::Other]
            }
            CashMovement::Drop => &[Self::Safe, Self::Bank],
        }
    }
}

/// Why the drawer holds more or less than it should, as far as anybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum DifferenceReason {
    /// Somebody was given the wrong change.
    WrongChange,
    /// The float was not what was stated.
    WrongFloat,
    /// Cash was moved and nobody said so.
    MovementMissing,
    /// It was rung up as cash and paid otherwise, or the other way round.
    WrongTender,
    /// Nobody knows.
    Unknown,
}

/// What moved the cash of a drawer since its shift began. Minor units, none with a sign but `corrected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CashFlow {
    /// What was there at the beginning.
    pub float: i64,
    /// What customers handed over.
    pub taken: i64,
    /// What they were given back of it.
    pub change: i64,
    /// What was given out for refunds.
    pub refunded: i64,
    /// What came in without a sale.
    pub paid_in: i64,
    /// What went out without a sale.
    pub paid_out: i64,
    /// What the shop paid with it.
    pub expenses: i64,
    /// What went to the safe or the bank.
    pub drops: i64,
    /// What corrections of tenders brought, signed: below zero where less was cash than was keyed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrected: i64,
    /// What customers paid in cash of what they owe: no turnover, as what was sold was counted when it was sold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub account: i64,
}

impl CashFlow {
    /// What the drawer should hold of it: float + taken − change − refunded + paid in − paid out − expenses − drops +
    /// corrected + account. Below zero where more went out than was ever stated to be there.
    ///
    /// # Errors
    /// `AmountInvalid` when it is beyond what an amount can be.
    ///
    /// ```
    /// use domain::shift::CashFlow;
    /// // 100.00 float; 20.00 handed over for 12.50, 7.50 back; a drop of 60.00.
    /// let flow = CashFlow { float: 10_000, taken: 2_000, change: 750, drops: 6_000, ..CashFlow::default() };
    /// assert_eq!(flow.expected().unwrap(), 5_250);
    /// ```
    pub fn expected(&self) -> Result<i64, ShiftError> {
        let incoming = [self.float, self.taken, self.paid_in, self.corrected, self.account];
        let outgoing = [self.change, self.refunded, self.paid_out, self.expenses, self.drops];
        let add = |sum: Option<i64>, part: &i64| sum?.checked_add(*part);
        let incoming = incoming.iter().fold(Some(0), add);
        let outgoing = outgoing.iter().fold(Some(0), add);
        incoming
            .zip(outgoing)
            .and_then(|(came, went)| came.checked_sub(went))
            .ok_or(ShiftError::AmountInvalid {})
    }

    /// Counts a movement.
    ///
    /// # Errors
    /// `AmountInvalid` when a sum is beyond what an amount can be.
    pub fn count(&mut self, movement: CashMovement, amount: i64) -> Result<(), ShiftError> {
        let sum = match movement {
            CashMovement::PaidIn => &mut self.paid_in,
            CashMovement::PaidOut => &mut self.paid_out,
            CashMovement::Expense => &mut self.expenses,
            CashMovement::Drop => &mut self.drops,
        };
        *sum = sum.checked_add(amount).ok_or(ShiftError::AmountInvalid {})?;
        Ok(())
    }
}

/// What was sold at one tax rate, minor units, returns counted negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RateSum {
    /// The rate.
    pub rate: TaxRate,
    /// Without tax.
    pub net: i64,
    /// The tax.
    pub tax: i64,
}

/// What was settled in one way, minor units. Corrections of what was keyed in an earlier shift can bring a sum below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenderSum {
    /// The way.
    pub kind: TenderKind,
    /// How often.
    pub count: u32,
    /// What was kept of what customers handed over.
    pub taken: i64,
    /// What was given out for refunds.
    pub given: i64,
}

/// What discounts came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DiscountSum {
    /// How many: one on a line, one on a whole sale.
    pub count: u32,
    /// What they took off, minor units; on goods that came back they count negative.
    pub amount: i64,
}

/// Everything a shift comes to, at one place of the log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShiftFigures {
    /// What moved the drawer's cash.
    pub cash: CashFlow,
    /// Sales that came to something or to nothing.
    pub sales: u32,
    /// What they came to, minor units.
    pub sold: i64,
    /// Sales that came to less than nothing.
    pub refunds: u32,
    /// What these came to, minor units, without sign.
    pub refunded: i64,
    /// What cash was rounded by, minor units, signed: the tenders come to the turnover, this and the tips.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rounding: i64,
    /// What customers gave beside what was due, minor units: it is in the tenders, and no turnover.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tips: i64,
    /// What was taken off prices, by lines and by whole sales; `None` in reports of versions that did not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discounts: Option<DiscountSum>,
    /// What customers paid by card of what they owe, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub account_card: i64,
    /// What customers were let off of what they owe, minor units: no cash, and no turnover.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub account_written_off: i64,
    /// By rate.
    pub taxes: Vec<RateSum>,
    /// By way.
    pub tenders: Vec<TenderSum>,
    /// Open sales that were given up.
    pub cancelled: u32,
    /// The drawer opened without a sale.
    pub no_sales: u32,
    /// The drawer counted.
    pub counts: u32,
}

/// Whether a sum is nothing: then it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
const fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// A count of the drawer against what should be there: the difference belongs to the count. What comes and goes after it
/// moves both sides, and changes nothing about who miscounted.
///
/// ```
/// use domain::shift::CountedDrawer;
/// let count = CountedDrawer { counted: 5_200, expected: 5_250 };
/// assert_eq!(count.over_short().unwrap(), -50);
/// // A sale of 3.00 in cash between the count and the close:
/// assert_eq!(count.at_close(5_550).unwrap(), 5_500);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountedDrawer {
    /// What was found, minor units.
    pub counted: i64,
    /// What should have been there at that moment, minor units.
    pub expected: i64,
}

impl CountedDrawer {
    /// Counted less expected: above zero when there is too much.
    ///
    /// # Errors
    /// `AmountInvalid` when it is beyond what an amount can be.
    pub fn over_short(&self) -> Result<i64, ShiftError> {
        self.counted.checked_sub(self.expected).ok_or(ShiftError::AmountInvalid {})
    }

    /// What is there at the close, when `expected` should be: what was counted, and what came and went since.
    ///
    /// # Errors
    /// `AmountInvalid` when it is beyond what an amount can be.
    pub fn at_close(&self, expected: i64) -> Result<i64, ShiftError> {
        self.over_short()?.checked_add(expected).ok_or(ShiftError::AmountInvalid {})
    }
}

/// How a shop keeps its drawer and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ShiftRules {
    /// The hour at which the business day turns, 0 to 12: what is sold before it counts for the day before.
    #[serde(default)]
    pub day_turns_at: u8,
    /// A difference up to this needs no reason, minor units.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(type = "number"))]
    pub difference_free: i64,
}

/// The latest hour at which a business day can turn.
pub const DAY_TURNS_AT_MAX: u8 = 12;

/// Why something about the drawer was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum ShiftError {
    /// The amount is zero, below zero, of another currency, too large, or not what was counted.
    #[error("this amount cannot be")]
    AmountInvalid {},
    /// The reason is not one of this movement's.
    #[error("the reason does not fit")]
    ReasonInvalid {},
    /// The difference is larger than what needs no reason.
    #[error("{over_short} over or short needs a reason")]
    ReasonMissing {
        /// Counted less expected.
        over_short: Money,
    },
    /// The float of this shift was stated before.
    #[error("the shift is open")]
    AlreadyOpen {},
    /// The drawer was not counted since the last close.
    #[error("the drawer was not counted")]
    NotCounted {},
    /// There is no such report or slip.
    #[error("there is no such report")]
    Unknown {},
    /// Cash of the operator's open sale lies in the drawer they use: they cannot take another.
    #[error("cash of an open sale is in the drawer")]
    OpenSalePaid {},
}

/// What was counted, in minor units: the sum of notes and coins where these were counted, else the sum that was typed.
///
/// # Errors
/// `AmountInvalid` for another currency, less than nothing, notes that cannot be, or a sum beside notes that is another.
pub fn counted(
    currency: Currency,
    total: Option<Money>,
    denominations: &[Denominated],
) -> Result<i64, ShiftError> {
    let invalid = ShiftError::AmountInvalid {};
    let typed = match total {
        Some(total) if total.currency() != currency || total.is_negative() => return Err(invalid),
        total => total.map(Money::minor),
    };
    let added = match denominations {
        [] => None,
        rows => Some(
            sum(rows).filter(|sum| Money::new(*sum, currency).is_ok()).ok_or(ShiftError::AmountInvalid {})?,
        ),
    };
    match (typed, added) {
        (Some(typed), Some(added)) if typed != added => Err(invalid),
        (_, Some(amount)) | (Some(amount), None) => Ok(amount),
        (None, None) => Err(invalid),
    }
}

/// Checks an amount that is moved, and what for. Returns minor units.
///
/// # Errors
/// `AmountInvalid`, `ReasonInvalid`.
pub fn moved(
    currency: Currency,
    movement: CashMovement,
    amount: Money,
    reason: CashReason,
) -> Result<i64, ShiftError> {
    if amount.currency() != currency || amount.is_negative() || amount.is_zero() {
        return Err(ShiftError::AmountInvalid {});
    }
    if !CashReason::of(movement).contains(&reason) {
        return Err(ShiftError::ReasonInvalid {});
    }
    Ok(amount.minor())
}

/// Whether a difference needs a reason.
pub fn needs_reason(over_short: i64, rules: &ShiftRules) -> bool {
    over_short.unsigned_abs() > rules.difference_free.unsigned_abs()
}

#[cfg(test)]
mod tests;
