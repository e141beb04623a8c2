//! The drawer and its shifts: float, movements, count, close, and the papers of it.

use crate::receipt::ReceiptPreview;
use domain::cash::denomination::Denominated;
use domain::money::Money;
use domain::shift::{CashMovement, CashReason, DifferenceReason};
use domain::tender::TenderKind;
use domain::time::{BusinessDay, Timestamp};
use uuid::Uuid;

shapes! {
    /// States what is in the drawer when a shift begins.
    pub struct OpenShift {
        /// The sum, where notes and coins are not counted.
        pub float: Option<Money>,
        /// The notes and coins; empty where only the sum is known.
        pub denominations: Vec<Denominated>,
    }

    /// Moves cash into the drawer, or out of it, without a sale.
    #[derive(Copy)]
    pub struct MoveCash {
        /// Which way, and where to.
        pub kind: CashMovement,
        /// How much, more than nothing.
        pub amount: Money,
        /// What for.
        pub reason: CashReason,
    }

    /// Says what was found in the drawer.
    pub struct CountDrawer {
        /// The sum, where notes and coins are not counted.
        pub counted: Option<Money>,
        /// The notes and coins; empty where only the sum is known.
        pub denominations: Vec<Denominated>,
    }

    /// What notes and coins come to.
    pub struct CashSum {
        /// All of them.
        pub total: Money,
        /// Each kind, in the order they were given.
        pub rows: Vec<Money>,
    }

    /// Closes the shift of the drawer that was counted.
    #[derive(Copy)]
    pub struct CloseShift {
        /// Why it is over or short, where that needs a reason.
        pub reason: Option<DifferenceReason>,
        /// What stays in the drawer; `None`: all of it.
        pub left: Option<Money>,
    }

    /// Makes a file of a report or a slip.
    #[derive(Copy)]
    pub struct MakeShiftFile {
        /// The id of a closed shift, of a report read within one, or of a movement; `None` for what the running shift comes
        /// to.
        #[cfg_attr(feature = "contract", ts(type = "string | null"))]
        pub id: Option<Uuid>,
    }

    /// Asks for a report or a slip.
    #[derive(Copy)]
    pub struct GetShiftPaper {
        /// The id of a closed shift, of a report read within one, or of a movement.
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub id: Uuid,
    }

    /// Asks for closed shifts.
    #[derive(Copy)]
    pub struct ListShifts {
        /// The `next` of the page before.
        #[serde(default)]
        pub before: Option<i64>,
    }

    /// The drawer and its running shift.
    pub struct ShiftView {
        /// Which drawer of this till: the one the operator uses.
        pub drawer: u8,
        /// How many drawers this till has, 1 or 2.
        pub drawers: u8,
        /// Where its shift stands.
        pub state: ShiftState,
        /// When it began.
        pub began_at: Option<Timestamp>,
        /// Who stated the float.
        pub opened_by: Option<String>,
        /// The float; what the close before left there, until it is stated.
        pub float: Money,
        /// Sales and refunds since it began.
        pub sales: u32,
        /// Sales that are open, of those who use this drawer: they go on in the next shift.
        pub open_sales: u32,
        /// Sales that are put aside: they wait for anybody, in the next shift too.
        pub put_aside: u32,
        /// Since when the first of them waits.
        pub put_aside_since: Option<Timestamp>,
        /// What was moved without a sale, the newest first.
        pub movements: Vec<MovedCash>,
        /// What customers paid of what they owe, the newest first; by card too.
        pub account_payments: Vec<PaidOnAccount>,
        /// The last count since the close before.
        pub count: Option<DrawerCount>,
        /// What the drawer should hold; only for those who may see it before it is counted.
        pub expected: Option<Money>,
        /// What of it was paid on sales that are not completed: no shift's turnover yet; only beside `expected`.
        pub held: Option<Money>,
        /// A difference up to this needs no reason.
        pub difference_free: Money,
        /// What a note or coin can be worth, the largest first; empty where only a sum can be counted.
        pub denominations: Vec<Money>,
        /// What cash can be moved for.
        pub reasons: Vec<MovementReasons>,
    }

    /// The reasons of one kind of movement.
    pub struct MovementReasons {
        /// The kind.
        pub kind: CashMovement,
        /// What for, in the order they are offered.
        pub reasons: Vec<CashReason>,
    }

    /// Cash that was moved.
    pub struct MovedCash {
        /// What tells it from others.
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub id: Uuid,
        /// When.
        pub at: Timestamp,
        /// Who did it.
        pub operator_name: String,
        /// Which way, and where to.
        pub kind: CashMovement,
        /// How much, without sign.
        pub amount: Money,
        /// What for.
        pub reason: CashReason,
    }

    /// What a customer paid of what they owe.
    pub struct PaidOnAccount {
        /// What tells it from others; its slip is printed again by that.
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub id: Uuid,
        /// When.
        pub at: Timestamp,
        /// Who took it.
        pub operator_name: String,
        /// The number of its slip as printed.
        pub slip_number: String,
        /// In cash, or by card.
        pub kind: TenderKind,
        /// How much.
        pub amount: Money,
    }

    /// A count of the drawer.
    pub struct DrawerCount {
        /// When.
        pub at: Timestamp,
        /// Who counted.
        pub operator_name: String,
        /// What was found.
        pub counted: Money,
        /// What should have been there.
        pub expected: Money,
        /// Counted less expected.
        pub over_short: Money,
        /// Whether closing needs a reason.
        pub needs_reason: bool,
        /// How often it was counted in this shift.
        pub counts: u32,
    }

    /// A shift that was closed.
    pub struct ShiftSummary {
        /// Which.
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub id: Uuid,
        /// Its number as printed.
        pub z_number: String,
        /// Which drawer it was of; `None` where the till had one.
        pub drawer: Option<u8>,
        /// The day it counts for.
        pub business_day: BusinessDay,
        /// When it was closed.
        pub closed_at: Timestamp,
        /// Who closed it.
        pub operator_name: String,
        /// What was sold less what was refunded.
        pub turnover: Money,
        /// What the drawer should have held.
        pub expected: Money,
        /// What was in it.
        pub counted: Money,
        /// Counted less expected.
        pub over_short: Money,
        /// Sales that went on in the next shift.
        pub open_sales: u32,
    }

    /// Closed shifts.
    pub struct ShiftList {
        /// At most thirty, the newest first.
        pub shifts: Vec<ShiftSummary>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<i64>,
    }

    /// A report or a slip, laid out.
    pub struct ShiftPaper {
        /// What it is printed by again; `None` for a report that was only looked at.
        #[cfg_attr(feature = "contract", ts(type = "string | null"))]
        pub id: Option<Uuid>,
        /// Its number as printed; empty where it has none.
        pub z_number: String,
        /// The lines of it.
        pub preview: ReceiptPreview,
    }
}

/// Where the shift of a drawer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum ShiftState {
    /// Nothing moved since the last close.
    Closed,
    /// Something was sold or moved, and nobody stated the float.
    Begun,
    /// Its float was stated.
    Open,
}
