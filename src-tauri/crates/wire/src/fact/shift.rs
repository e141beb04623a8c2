//! Facts of a drawer: its float, what moved its cash, its counts, and what its shifts came to. Amounts are minor units.

use domain::cash::denomination::Denominated;
use domain::currency::Currency;
use domain::ids::{OperatorId, SaleId, ShiftId};
use domain::shift::{CashMovement, CashReason, DifferenceReason, FIRST_DRAWER, ShiftFigures};
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The float of a drawer was stated: a shift begins, or the one that began with a sale has its float.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftOpened {
    /// What tells this shift from others.
    pub shift: ShiftId,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// What is in it.
    pub float: i64,
    /// What was taken to be in it until now: what the close before left there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub assumed: i64,
    /// Cash beside it, of customers whose sale is still open: that counts with its sale.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: i64,
    /// The currency of all three.
    pub currency: Currency,
    /// The notes and coins, where they were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denominations: Vec<Denominated>,
    /// The first shift of a till that sold on earlier days without one: what it sold then belongs to none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub afresh: bool,
}

/// Cash came into a drawer, or left it, without a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashMoved {
    /// What tells this movement from others.
    pub movement: Uuid,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// How many drawers the till had; absent: one. Its paper names the drawer where there are two.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawers: u8,
    /// Which way, and where to.
    pub kind: CashMovement,
    /// How much, without sign.
    pub amount: i64,
    /// The currency of `amount`.
    pub currency: Currency,
    /// What for.
    pub reason: CashReason,
}

/// A drawer was counted. What should have been in it was told to nobody who may not see it before this was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftCounted {
    /// What tells this count from others.
    pub count: Uuid,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// What was found.
    pub counted: i64,
    /// What should have been there.
    pub expected: i64,
    /// What of `expected` is of customers whose sale was still open.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: i64,
    /// The currency of both.
    pub currency: Currency,
    /// The notes and coins, where they were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denominations: Vec<Denominated>,
}

/// A shift was closed. Its figures are those of the facts since the close before, frozen at this place of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftClosed {
    /// Which.
    pub shift: ShiftId,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// How many drawers the till had; absent: one. Its paper names the drawer where there are two.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawers: u8,
    /// The gapless number within the series.
    pub number: u64,
    /// The number as printed.
    pub z_number: String,
    /// The day it counts for.
    pub business_day: BusinessDay,
    /// When its float was stated, or its first sale was settled.
    pub began_at: Timestamp,
    /// Whether its float was stated.
    pub float_stated: bool,
    /// The version of the shop's settings that it is printed by.
    pub shop_version: u64,
    /// The currency of every amount.
    pub currency: Currency,
    /// What it came to.
    pub figures: ShiftFigures,
    /// What the drawer should hold: what its cash says, and `held`.
    pub expected: i64,
    /// Cash of customers whose sale is still open: it lies in the drawer, and counts with its sale.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: i64,
    /// What is there: what was counted, and what came and went since.
    pub counted: i64,
    /// Counted less expected.
    pub over_short: i64,
    /// What of `counted` came or went after the count.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub carried: i64,
    /// The notes and coins, where they were counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denominations: Vec<Denominated>,
    /// Why it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<DifferenceReason>,
    /// What stays in the drawer.
    pub left: i64,
    /// Sales that were open: the next shift has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_sales: Vec<OpenSaleLeft>,
}

/// A sale that was open when its shift was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSaleLeft {
    /// Which.
    pub sale: SaleId,
    /// When it opened.
    pub opened_at: Timestamp,
    /// Whose it is.
    pub operator: OperatorId,
    /// What it came to.
    pub total: i64,
    /// Whether it was put aside: then it waits for anybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub put_aside: bool,
}

/// A report was read within a shift. Its figures are those of the facts since the close before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftRead {
    /// What tells this report from others.
    pub reading: Uuid,
    /// Which drawer; absent for the first.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawer: u8,
    /// How many drawers the till had; absent: one. Its paper names the drawer where there are two.
    #[serde(default = "only_drawer", skip_serializing_if = "is_only_drawer")]
    pub drawers: u8,
    /// When the shift began.
    pub began_at: Timestamp,
    /// Whether its float was stated.
    pub float_stated: bool,
    /// The version of the shop's settings that it is printed by.
    pub shop_version: u64,
    /// The currency of every amount.
    pub currency: Currency,
    /// What it comes to.
    pub figures: ShiftFigures,
    /// What the drawer should hold: what its cash says, and `held`.
    pub expected: i64,
    /// Cash of customers whose sale is still open: it lies in the drawer, and counts with its sale.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: i64,
}

/// A Z, an X or a slip was printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftReprinted {
    /// The id in the fact it is printed from: a shift, a reading or a movement.
    pub paper: Uuid,
    /// Its number as printed; empty where it has none.
    pub z_number: String,
    /// 1 for the first duplicate.
    pub copy: u32,
}

/// An operator took a drawer of the till: from here on what they do goes into it. Who it was is the actor of the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawerChosen {
    /// Which, from 1.
    pub drawer: u8,
}

pub(super) const fn only_drawer() -> u8 {
    FIRST_DRAWER
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
pub(super) const fn is_only_drawer(drawer: &u8) -> bool {
    *drawer == FIRST_DRAWER
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
const fn is_zero(amount: &i64) -> bool {
    *amount == 0
}
