//! An open sale and how it becomes a completed one. A sale is one exchange with a customer: goods sold and goods
//! taken back together.
//!
//! The header keeps running sums by tax rate, so that a line into a long sale costs what a line into a short one does:
//! every function here touches the header and the one line it is about.

pub mod account;
pub mod customer;
mod discount;
pub mod error;
pub mod line;
pub mod note;
pub mod owed;
pub mod pay;
pub mod repay;
pub mod returned;
mod seller;
pub mod suspended;
pub mod taxed;
pub mod tip;
pub mod undo;

use crate::currency::Currency;
use crate::discount::{DiscountBy, DiscountReason, Discounted};
use crate::ids::{CustomerId, OperatorId, PriceListId, SaleId};
use crate::money::Money;
use crate::people::{Grants, Permission};
use crate::price::Price;
use crate::quantity::{Quantity, Unit};
use crate::tax::{RateSum, TaxMode, TaxPolicy, Totals};
use crate::tender::{OpenTender, Settlement, TenderKind, TenderPolicy, TenderRequest, settle};
use crate::time::Timestamp;
use customer::SaleCustomer;
pub use error::SaleError;
use line::{Direction, Item, Line, Linked};
use repay::Original;
use serde::{Deserialize, Serialize};
use suspended::Suspended;
use taxed::ExemptReason;
use undo::{Acts, SaleAct};

/// Lines of one sale at most.
pub const LINES_MAX: u32 = 2_000;

/// The header of a sale that is not completed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSale {
    /// Its identity, kept when it completes.
    pub id: SaleId,
    /// The currency of all its money.
    pub currency: Currency,
    /// How its tax is computed; frozen when it opened.
    pub tax_policy: TaxPolicy,
    /// When it opened.
    pub opened_at: Timestamp,
    /// Who opened it.
    pub operator: OperatorId,
    /// Goes up with every change.
    pub revision: u64,
    /// The number of the last line added; voided lines keep theirs.
    pub last_line: u32,
    /// Lines that count.
    pub lines_active: u32,
    /// Pieces that count: what a customer would count in the bag. A line by weight or measure is one.
    #[serde(default)]
    pub pieces: i64,
    /// Running sums by rate.
    pub sums: Vec<RateSum>,
    /// What the keypad has prepared for the next scan.
    pub armed: Armed,
    /// The price list of the shop, frozen when it opened; that of the customer goes before it ([`OpenSale::list`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_list: Option<PriceListId>,
    /// Whom it is for, where somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<SaleCustomer>,
    /// The ages its lines ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ages: Vec<AgeCount>,
    /// The age somebody has said the customer has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_confirmed: Option<u8>,
    /// The discount on all of it, and what it comes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discounted>,
    /// Which tenders the shop takes, and how; frozen when it opened.
    #[serde(default, skip_serializing_if = "TenderPolicy::is_default")]
    pub tender_policy: TenderPolicy,
    /// What was paid of it already, and what waits for a card reader's answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tenders: Vec<OpenTender>,
    /// The tip that comes with what is paid next, in minor units.
    #[serde(default, skip_serializing_if = "line::is_nothing")]
    pub tip: i64,
    /// How it was put aside, while it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspended: Option<Suspended>,
    /// Whether the goods are taken away.
    #[serde(default, skip_serializing_if = "is_false")]
    pub takeaway: bool,
    /// Why it bears no tax, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exempt: Option<ExemptReason>,
    /// What somebody noted on all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The completed sale it reverses as a whole, unless its lines are changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverses: Option<SaleId>,
    /// What its lines take back of completed sales comes to, with tax: minor units.
    #[serde(default, skip_serializing_if = "line::is_nothing")]
    pub refunded: i64,
    /// The completed sales that its lines take something back of, and what those were paid with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub originals: Vec<Original>,
    /// Whether it was opened in training: it counts nowhere.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub training: bool,
    /// Who sells what is rung up from now on, where that is not whoever rings it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<OperatorId>,
    /// What was done to it last, to be taken back.
    #[serde(default, skip_serializing_if = "Acts::is_empty")]
    pub acts: Acts,
    /// What its customer may owe by it, where somebody allowed more than the limit: minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_owe: Option<i64>,
}

/// How many lines that count ask for an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeCount {
    /// The age in years.
    pub age: u8,
    /// Lines that ask for it.
    pub lines: u32,
}

/// What the keypad arms: used by the next line, then gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Armed {
    /// How many of the next product (`6 ×`).
    pub quantity: Option<Quantity>,
    /// Whether the next product comes back.
    pub return_next: bool,
}

/// Something that happened in a sale before it was completed and that its lines alone do not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum TrailAct {
    /// A line was taken out.
    LineVoided {
        /// Its number.
        line: u32,
    },
    /// A quantity was changed after the line was added.
    QuantityChanged {
        /// The line's number.
        line: u32,
        /// Before.
        from: Quantity,
        /// After.
        to: Quantity,
    },
    /// A price was typed over the listed one.
    PriceOverridden {
        /// The line's number.
        line: u32,
        /// Before.
        from: Price,
        /// After.
        to: Price,
        /// Who allowed it, when the operator alone may not.
        #[serde(skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// A discount was given, or taken back.
    Discounted {
        /// The line's number; absent for the whole sale.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        /// How much less; absent when it was taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<DiscountBy>,
        /// Why.
        reason: DiscountReason,
        /// Who allowed it, when the operator alone may not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// It was said whom the sale is for.
    CustomerSet {
        /// Who; absent when the customer was taken off.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer: Option<CustomerId>,
    },
    /// It was said whether the goods are taken away.
    TakeawaySet {
        /// Whether they are.
        takeaway: bool,
    },
    /// The sale bears no tax, or after all it does.
    TaxExempted {
        /// Why not; absent when it was taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<ExemptReason>,
        /// Who allowed it, when the operator alone may not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// The last act was taken back: the sale is as it was before.
    Undone {
        /// What had been done.
        what: SaleAct,
        /// The number of the line it was about; absent for the whole sale.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
    },
    /// It was said who sells a line, or what is rung up from then on.
    SellerSet {
        /// The line's number; absent for what is rung up from then on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<u32>,
        /// Who; absent for whoever completes the sale.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seller: Option<OperatorId>,
    },
    /// The sale was put aside.
    Suspended {},
    /// It was taken up again.
    Resumed {
        /// Whose it had been.
        from: OperatorId,
    },
    /// Goods were taken back from their receipt.
    TakenBack {
        /// The receipt's number.
        receipt_number: String,
        /// Who allowed it, when the operator alone may not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// Everything of a completed sale was taken back, to reverse it.
    Reversed {
        /// Its receipt number.
        receipt_number: String,
        /// Who allowed it, when the operator alone may not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        approved_by: Option<OperatorId>,
    },
    /// Somebody said that the customer is old enough.
    AgeConfirmed {
        /// The age in years.
        age: u8,
    },
    /// A part was paid before the rest was.
    TenderTaken {
        /// With what.
        kind: TenderKind,
        /// How much, in minor units.
        amount: i64,
    },
    /// What was paid went back before the sale was completed.
    TenderReturned {
        /// What it was.
        kind: TenderKind,
        /// How much, in minor units.
        amount: i64,
    },
}

/// Why a sale is given up. Facts carry no free words about customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum CancelReason {
    /// The customer went away or changed their mind.
    CustomerLeft,
    /// It could not be paid.
    NotPaid,
    /// It was rung up wrongly.
    Mistake,
    /// Something was tried out.
    Trial,
    /// Something else.
    Other,
}

/// What a new sale is made of.
#[derive(Debug, Clone, Copy)]
pub struct NewSale {
    /// Its identity.
    pub id: SaleId,
    /// The shop's currency.
    pub currency: Currency,
    /// The shop's way with tax.
    pub tax_policy: TaxPolicy,
    /// Now.
    pub opened_at: Timestamp,
    /// Who opens it.
    pub operator: OperatorId,
    /// The price list that holds for it.
    pub price_list: Option<PriceListId>,
    /// The tenders the shop takes.
    pub tender_policy: TenderPolicy,
    /// Whether it is opened in training.
    pub training: bool,
}

impl OpenSale {
    /// Opens a sale without lines.
    pub fn open(new: NewSale) -> Self {
        Self {
            id: new.id,
            currency: new.currency,
            tax_policy: new.tax_policy,
            opened_at: new.opened_at,
            operator: new.operator,
            revision: 1,
            last_line: 0,
            lines_active: 0,
            pieces: 0,
            sums: Vec::new(),
            armed: Armed::default(),
            price_list: new.price_list,
            customer: None,
            ages: Vec::new(),
            age_confirmed: None,
            discount: None,
            tender_policy: new.tender_policy,
            tenders: Vec::new(),
            tip: 0,
            suspended: None,
            takeaway: false,
            exempt: None,
            note: None,
            reverses: None,
            refunded: 0,
            originals: Vec::new(),
            training: new.training,
            seller: None,
            acts: Acts::default(),
            may_owe: None,
        }
    }

    /// What the sale comes to now.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn totals(&self) -> Result<Totals, SaleError> {
        Ok(Totals::of(&self.sums, &self.tax_policy, self.currency)?)
    }

    /// Prepares the next line.
    ///
    /// # Errors
    /// `QuantityInvalid` for a quantity of nothing.
    pub fn arm(&mut self, armed: Armed) -> Result<(), SaleError> {
        if let Some(quantity) = armed.quantity
            && quantity.is_zero()
        {
            return Err(SaleError::QuantityInvalid { quantity, unit: Unit::Each });
        }
        self.armed = armed;
        self.touch();
        Ok(())
    }

    /// Adds a line. The direction and quantity are the caller's; what was armed is used up. Where the sale has a discount,
    /// that is spread anew ([`OpenSale::spread`]), as after every change of a line.
    ///
    /// # Errors
    /// `TooManyLines`, `QuantityInvalid`, `AmountOutOfRange`; `NeedsApproval` for a return when `grants` lack it.
    pub fn add(&mut self, item: Item, direction: Direction, grants: &Grants) -> Result<Line, SaleError> {
        if direction == Direction::Return {
            grants.require(Permission::ReturnWithoutReceipt)?;
        }
        if self.lines_active >= LINES_MAX {
            return Err(SaleError::TooManyLines { max: LINES_MAX });
        }
        check_quantity(item.quantity, item.unit)?;
        let number = self.last_line.checked_add(1).ok_or(SaleError::AmountOutOfRange {})?;
        let amount = item.price.extend(item.quantity, self.currency, self.tax_policy.rounding)?;
        let (amount, tax_rate, exempt) = self.taxed(amount, item.tax_rate)?;
        let tax = self.tax_policy.tax(amount, tax_rate)?;
        let mut line = Line {
            number,
            direction,
            product: item.product,
            code: item.code,
            name: item.name,
            quantity: item.quantity,
            unit: item.unit,
            price: item.price,
            list_price: item.list_price,
            amount,
            tax_rate,
            tax,
            imprint: item.imprint,
            pack: item.pack,
            price_list: item.price_list,
            in_code: item.in_code,
            age_min: item.age_min,
            with: None,
            discount: None,
            share: 0,
            of: None,
            note: None,
            places: item.places,
            exempt,
            seller: self.seller,
            voided: false,
            revision: 0,
        };
        self.count(&line, Sign::Plus)?;
        self.last_line = number;
        self.armed = Armed::default();
        self.touch();
        line.revision = self.revision;
        Ok(line)
    }

    /// Adds the line that goes with another: so much of `item` for each unit of it, in its direction.
    ///
    /// # Errors
    /// As [`OpenSale::add`].
    pub fn add_linked(
        &mut self,
        line: &Line,
        mut item: Item,
        per_unit: Quantity,
        grants: &Grants,
    ) -> Result<Line, SaleError> {
        item.quantity = line.linked_quantity(per_unit).map_err(|_| SaleError::AmountOutOfRange {})?;
        let mut linked = self.add(item, line.direction, grants)?;
        linked.with = Some(Linked { line: line.number, per_unit });
        Ok(linked)
    }

    /// Makes the line that goes with another follow it: taken out with it, or so much for each unit of it.
    ///
    /// # Errors
    /// `LineUnknown` when it is out already, `QuantityInvalid`, `AmountOutOfRange`.
    pub fn follow(&mut self, line: &Line, linked: &mut Line, with: Linked) -> Result<(), SaleError> {
        if line.voided {
            return self.take_out(linked);
        }
        let quantity = line.linked_quantity(with.per_unit).map_err(|_| SaleError::AmountOutOfRange {})?;
        check_quantity(quantity, linked.unit)?;
        self.rework(linked, linked.price, quantity)
    }

    /// Takes note that somebody said the customer is old enough.
    ///
    /// # Errors
    /// `AgeCheck` when the lines ask for a higher age.
    pub fn confirm_age(&mut self, age: u8) -> Result<TrailAct, SaleError> {
        match self.age_asked() {
            Some(asked) if asked > age => Err(SaleError::AgeCheck { age: asked }),
            Some(_) | None => {
                self.age_confirmed = self.age_confirmed.max(Some(age));
                self.touch();
                Ok(TrailAct::AgeConfirmed { age })
            }
        }
    }

    /// The age that is still to be asked for; `None` when nothing in the sale asks for one, or it was said.
    pub fn age_asked(&self) -> Option<u8> {
        let asked = self.ages.iter().filter(|count| count.lines > 0).map(|count| count.age).max();
        asked.filter(|asked| self.age_confirmed.is_none_or(|confirmed| confirmed < *asked))
    }

    /// Makes a line count `quantity`.
    ///
    /// # Errors
    /// `LineUnknown` when it is voided, `LineLinked`, `LineReturned`, `QuantityInvalid`, `AmountOutOfRange`.
    pub fn set_quantity(&mut self, line: &mut Line, quantity: Quantity) -> Result<TrailAct, SaleError> {
        expect_free(line)?;
        check_quantity(quantity, line.unit)?;
        let from = line.quantity;
        self.rework(line, line.price, quantity)?;
        Ok(TrailAct::QuantityChanged { line: line.number, from, to: quantity })
    }

    /// Adds one more scan to a line without a trail: it is the same as another line of the product.
    ///
    /// # Errors
    /// As [`OpenSale::set_quantity`].
    pub fn count_again(&mut self, line: &mut Line) -> Result<(), SaleError> {
        let quantity = line.quantity.plus(Quantity::ONE).map_err(|_| SaleError::AmountOutOfRange {})?;
        self.rework(line, line.price, quantity)
    }

    /// Puts a typed price on a line. A price below the listed one may fall by the operator's limit (parts per million
    /// of the listed price); beyond it somebody with more rights has to allow it. An open item has no listed price and
    /// is bound by no limit.
    ///
    /// # Errors
    /// `LineUnknown`, `LineLinked`, `LineReturned`, `NeedsApproval`, `AmountOutOfRange`.
    pub fn override_price(
        &mut self,
        line: &mut Line,
        price: Price,
        grants: &Grants,
    ) -> Result<TrailAct, SaleError> {
        expect_free(line)?;
        let listed = line.list_price.unwrap_or(line.price);
        let reduction = reduction_ppm(listed, price);
        grants.require_up_to(Permission::OverridePrice, reduction)?;
        let approved_by = grants.approver_of(Permission::OverridePrice, reduction);
        let from = line.price;
        self.rework(line, price, line.quantity)?;
        if line.product.is_some() {
            line.list_price = (listed != price).then_some(listed);
        }
        Ok(TrailAct::PriceOverridden { line: line.number, from, to: price, approved_by })
    }

    /// Takes a line out. It keeps its number and stays in the trail.
    ///
    /// # Errors
    /// `LineUnknown` when it is already out, `LineLinked`.
    pub fn void_line(&mut self, line: &mut Line) -> Result<TrailAct, SaleError> {
        expect_alone(line)?;
        self.take_out(line)?;
        Ok(TrailAct::LineVoided { line: line.number })
    }

    fn take_out(&mut self, line: &mut Line) -> Result<(), SaleError> {
        self.expect_active(line)?;
        self.count(line, Sign::Minus)?;
        self.touch();
        line.voided = true;
        line.revision = self.revision;
        Ok(())
    }

    /// Settles the sale with what was paid of it and what is offered: what each tender takes and gives so that the sum is
    /// the total, as it can be paid in cash.
    ///
    /// `seen` is the total the cashier had on the screen; `None` when nobody looks (scripts, integrations).
    ///
    /// # Errors
    /// `Empty`, `AgeCheck`, `TotalChanged`, `CustomerMissing`, `TipInvalid`, `AmountOutOfRange`, and those of [`settle`].
    pub fn settle(
        &self,
        requests: &[TenderRequest],
        seen: Option<Money>,
    ) -> Result<(Totals, Settlement), SaleError> {
        if self.lines_active == 0 {
            return Err(SaleError::Empty {});
        }
        if let Some(age) = self.age_asked() {
            return Err(SaleError::AgeCheck { age });
        }
        let totals = self.totals()?;
        if let Some(seen) = seen
            && seen != totals.total
        {
            return Err(SaleError::TotalChanged { seen, total: totals.total });
        }
        let tip = self.expected_tip()?;
        let settlement = settle(totals.total, tip, &self.tenders, requests, &self.tender_policy)?;
        for tender in &settlement.tenders {
            self.expect_customer(tender.kind)?;
        }
        Ok((totals, settlement))
    }

    fn rework(&mut self, line: &mut Line, price: Price, quantity: Quantity) -> Result<(), SaleError> {
        self.expect_active(line)?;
        let rounding = self.tax_policy.rounding;
        let mut amount = price.extend(quantity, self.currency, rounding)?;
        let mut discount = line.discount;
        if let Some(discounted) = &mut discount {
            discounted.amount = discounted.discount.off(amount, rounding)?;
            amount = amount.minus(discounted.amount)?;
        }
        let (amount, tax_rate, exempt) = match line.of {
            // What comes back is taxed as it was sold.
            Some(_) => (amount, line.tax_rate, None),
            None => self.taxed(amount, line.rate())?,
        };
        let tax = self.tax_policy.tax(amount, tax_rate)?;
        self.count(line, Sign::Minus)?;
        line.tax_rate = tax_rate;
        line.exempt = exempt;
        line.price = price;
        line.quantity = quantity;
        line.amount = amount;
        line.discount = discount;
        // Its part of the sale's discount is found again when that is spread.
        line.share = 0;
        line.tax = tax;
        self.count(line, Sign::Plus)?;
        self.touch();
        line.revision = self.revision;
        Ok(())
    }

    fn expect_active(&self, line: &Line) -> Result<(), SaleError> {
        if line.voided { Err(SaleError::LineUnknown { line: line.number }) } else { Ok(()) }
    }

    /// Adds a line to the running sums, or takes it out again.
    fn count(&mut self, line: &Line, sign: Sign) -> Result<(), SaleError> {
        let returned = line.direction == Direction::Return;
        let negative = returned == (sign == Sign::Plus);
        let signed = |money: Money| if negative { money.negated() } else { money };
        let (amount, tax) = (signed(line.amount).minor(), signed(line.tax).minor());
        let index = match self.sums.iter().position(|sum| sum.rate == line.tax_rate) {
            Some(index) => index,
            None => {
                self.sums.push(RateSum::none(line.tax_rate));
                self.sums.len().saturating_sub(1)
            }
        };
        let sum = &mut self.sums[index];
        let out_of_range = || SaleError::AmountOutOfRange {};
        let pieces = line.pieces();
        let (lines, active, pieces) = match sign {
            Sign::Plus => {
                (sum.lines.checked_add(1), self.lines_active.checked_add(1), self.pieces.checked_add(pieces))
            }
            Sign::Minus => {
                (sum.lines.checked_sub(1), self.lines_active.checked_sub(1), self.pieces.checked_sub(pieces))
            }
        };
        let add = |to: i64, more: i64| to.checked_add(more).ok_or_else(out_of_range);
        // What comes back has its tax from the sale it comes from.
        let fixed = if line.of.is_some() { (amount, tax) } else { (0, 0) };
        let next = RateSum {
            rate: sum.rate,
            amount: add(sum.amount, amount)?,
            line_tax: add(sum.line_tax, tax)?,
            lines: lines.ok_or_else(out_of_range)?,
            fixed_amount: add(sum.fixed_amount, fixed.0)?,
            fixed_tax: add(sum.fixed_tax, fixed.1)?,
        };
        *sum = next;
        if let Some(of) = &line.of {
            let gross = match self.tax_policy.mode {
                TaxMode::Included => amount,
                TaxMode::Added => add(amount, tax)?,
            };
            self.refunded = self.refunded.checked_sub(gross).ok_or_else(out_of_range)?;
            if let Some(original) = self.originals.iter_mut().find(|original| original.sale == of.sale) {
                original.refunded = original.refunded.checked_sub(gross).ok_or_else(out_of_range)?;
            }
        }
        self.count_age(line, sign)?;
        self.lines_active = active.ok_or_else(out_of_range)?;
        self.pieces = pieces.ok_or_else(out_of_range)?;
        // A total that cannot be shown is refused with the line that would make it, not at the payment.
        self.totals().map(|_| ())
    }

    /// What comes back may come back from anybody.
    fn count_age(&mut self, line: &Line, sign: Sign) -> Result<(), SaleError> {
        let Some(age) = line.age_min.filter(|_| line.direction == Direction::Sale) else { return Ok(()) };
        let index = match self.ages.iter().position(|count| count.age == age) {
            Some(index) => index,
            None => {
                self.ages.push(AgeCount { age, lines: 0 });
                self.ages.len().saturating_sub(1)
            }
        };
        let count = &mut self.ages[index];
        let lines = match sign {
            Sign::Plus => count.lines.checked_add(1),
            Sign::Minus => count.lines.checked_sub(1),
        };
        count.lines = lines.ok_or(SaleError::AmountOutOfRange {})?;
        Ok(())
    }

    fn touch(&mut self) {
        self.revision = self.revision.saturating_add(1);
    }
}

/// Whether something is not so: then it is not written.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this form")]
const fn is_false(is: &bool) -> bool {
    !*is
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
}

/// A line that goes with another changes with it, and not alone.
fn expect_alone(line: &Line) -> Result<(), SaleError> {
    match line.with {
        Some(with) => Err(SaleError::LineLinked { line: line.number, with: with.line }),
        None => Ok(()),
    }
}

/// A line of an open sale changes as the cashier likes; one that takes goods back from their receipt is what was paid.
fn expect_free(line: &Line) -> Result<(), SaleError> {
    expect_alone(line)?;
    match &line.of {
        Some(of) => {
            Err(SaleError::LineReturned { line: line.number, receipt_number: of.receipt_number.clone() })
        }
        None => Ok(()),
    }
}

fn check_quantity(quantity: Quantity, unit: Unit) -> Result<(), SaleError> {
    let divisible = match unit {
        Unit::Each => false,
        Unit::Kilogram | Unit::Litre | Unit::Metre => true,
    };
    if quantity.is_zero() || (!divisible && !quantity.is_whole()) {
        return Err(SaleError::QuantityInvalid { quantity, unit });
    }
    Ok(())
}

/// By how much `price` lies below `listed`, in parts per million, rounded up: a limit is never passed by rounding.
fn reduction_ppm(listed: Price, price: Price) -> i64 {
    let (listed, price) = (i128::from(listed.as_micros()), i128::from(price.as_micros()));
    if price >= listed || listed == 0 {
        return 0;
    }
    let scaled = listed.saturating_sub(price).saturating_mul(1_000_000);
    let up = scaled.saturating_add(listed.saturating_sub(1)).checked_div(listed).unwrap_or(0);
    i64::try_from(up).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
