//! Taking the last acts on an open sale back, one after the other. What was rung up needs nothing but its line's number to
//! be taken back; every other act leaves what it changed as it was, and is taken back exactly.
//!
//! Payments are no part of this: what was paid goes back in its own way.

use super::line::Line;
use super::{OpenSale, SaleError, Sign};
use crate::discount::Discounted;
use crate::ids::{OperatorId, SaleId};
use crate::quantity::Quantity;
use crate::sale::customer::SaleCustomer;
use crate::sale::repay::Original;
use crate::sale::taxed::ExemptReason;
use crate::tax::TaxPolicy;
use serde::{Deserialize, Serialize};

/// Acts that can be taken back at most; what was done before them stays.
pub const ACTS_MAX: usize = 50;

/// What was done to an open sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum SaleAct {
    /// A line was rung up, with what goes with it.
    LineAdded,
    /// One more was counted on a line.
    Counted,
    /// The quantity of a line was changed.
    QuantityChanged,
    /// A price was typed over a line's.
    PriceOverridden,
    /// A discount was given on a line or the sale, or taken back.
    Discounted,
    /// A line was taken out.
    LineVoided,
    /// A note was written, or taken away.
    Noted,
    /// It was said whom the sale is for.
    CustomerSet,
    /// It was said whether the goods are taken away.
    TakeawaySet,
    /// It was said whether the sale bears tax.
    TaxExempted,
    /// Somebody said that the customer is old enough.
    AgeConfirmed,
    /// It was said who sells.
    SellerSet,
    /// Goods were taken back from their receipt.
    TakenBack,
    /// Everything of a completed sale was taken back.
    Reversed,
}

impl SaleAct {
    /// All of them, with the letter that stands for each in [`Acts`].
    const LETTERS: [(Self, char); 14] = [
        (Self::LineAdded, 'a'),
        (Self::Counted, 'c'),
        (Self::QuantityChanged, 'q'),
        (Self::PriceOverridden, 'p'),
        (Self::Discounted, 'd'),
        (Self::LineVoided, 'v'),
        (Self::Noted, 'n'),
        (Self::CustomerSet, 'k'),
        (Self::TakeawaySet, 't'),
        (Self::TaxExempted, 'x'),
        (Self::AgeConfirmed, 'g'),
        (Self::SellerSet, 's'),
        (Self::TakenBack, 'b'),
        (Self::Reversed, 'r'),
    ];

    /// Whether what it changed is kept, to be taken back from.
    pub const fn is_kept(self) -> bool {
        match self {
            Self::LineAdded | Self::Counted => false,
            Self::QuantityChanged
            | Self::PriceOverridden
            | Self::Discounted
            | Self::LineVoided
            | Self::Noted
            | Self::CustomerSet
            | Self::TakeawaySet
            | Self::TaxExempted
            | Self::AgeConfirmed
            | Self::SellerSet
            | Self::TakenBack
            | Self::Reversed => true,
        }
    }
}

/// One act that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub act: SaleAct,
    /// The number of the line that was rung up or counted on; of any other act, where what it changed is kept.
    pub key: u64,
}

/// The acts that can be taken back, the last one last: a letter and a number each. Every scan reads and writes them, and
/// as one short text they cost it next to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Acts(String);

impl Acts {
    /// Whether nothing can be taken back.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The act that is taken back next.
    pub fn last(&self) -> Option<Done> {
        Some(self.place_of_last()?.1)
    }

    /// The act that is taken back next; the one before it is the last then.
    pub fn take_last(&mut self) -> Option<Done> {
        let (place, done) = self.place_of_last()?;
        self.0.truncate(place);
        Some(done)
    }

    /// Adds an act. Where there are more than [`ACTS_MAX`] then, the first one goes: it is what this returns.
    pub fn add(&mut self, done: Done) -> Option<Done> {
        let letter = SaleAct::LETTERS.iter().find(|(act, _)| *act == done.act).map(|(_, letter)| *letter)?;
        self.0.push(letter);
        self.0.push_str(&done.key.to_string());
        if self.0.bytes().filter(u8::is_ascii_lowercase).count() <= ACTS_MAX {
            return None;
        }
        let second = self.0.char_indices().skip(1).find(|(_, sign)| sign.is_ascii_lowercase());
        let rest = self.0.split_off(second.map_or(0, |(place, _)| place));
        parse(&std::mem::replace(&mut self.0, rest))
    }

    /// Whether something is kept for one of them.
    pub fn any_kept(&self) -> bool {
        SaleAct::LETTERS.iter().any(|(act, letter)| act.is_kept() && self.0.contains(*letter))
    }

    fn place_of_last(&self) -> Option<(usize, Done)> {
        let place = self.0.rfind(|sign: char| sign.is_ascii_lowercase())?;
        Some((place, parse(self.0.get(place..)?)?))
    }
}

fn parse(text: &str) -> Option<Done> {
    let mut signs = text.chars();
    let letter = signs.next()?;
    let (act, _) = SaleAct::LETTERS.iter().find(|(_, of)| *of == letter)?;
    Some(Done { act: *act, key: signs.as_str().parse().ok()? })
}

/// What acts change of a sale beside its lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    tax_policy: TaxPolicy,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<SaleCustomer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    age_confirmed: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    discount: Option<Discounted>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    takeaway: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exempt: Option<ExemptReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seller: Option<OperatorId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reverses: Option<SaleId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    originals: Vec<Original>,
}

/// What an act changed, as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What is said of the whole sale.
    pub said: Said,
    /// The lines that were there, the one the act was about first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// The numbers of the lines that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<u32>,
}

impl OpenSale {
    /// What is said of the whole sale now, to be kept before an act.
    pub fn said(&self) -> Said {
        Said {
            tax_policy: self.tax_policy,
            customer: self.customer,
            age_confirmed: self.age_confirmed,
            discount: self.discount,
            takeaway: self.takeaway,
            exempt: self.exempt,
            note: self.note.clone(),
            seller: self.seller,
            reverses: self.reverses,
            originals: self.originals.clone(),
        }
    }

    /// Says of the whole sale what was said of it before. After this its lines have to follow: those that are taxed anew
    /// ([`OpenSale::retax`]), and all of them where a discount was or is spread over them ([`OpenSale::spread`]).
    ///
    /// # Errors
    /// `TendersTaken` where it would be for somebody else, and the account of whom it is for was used already.
    pub fn say_again(&mut self, before: Said) -> Result<(), SaleError> {
        let whose = before.customer.map(|customer| customer.id);
        self.expect_whose(whose)?;
        self.forget_allowed(whose);
        self.tax_policy = before.tax_policy;
        self.customer = before.customer;
        self.age_confirmed = before.age_confirmed;
        self.discount = before.discount;
        self.takeaway = before.takeaway;
        self.exempt = before.exempt;
        self.note = before.note;
        self.seller = before.seller;
        self.reverses = before.reverses;
        self.originals = before.originals;
        self.touch();
        Ok(())
    }

    /// Makes a line what it was before.
    ///
    /// # Errors
    /// `AmountOutOfRange`.
    pub fn put_back(&mut self, line: &mut Line, mut before: Line) -> Result<(), SaleError> {
        if !line.voided {
            self.count(line, Sign::Minus)?;
        }
        if !before.voided {
            self.count(&before, Sign::Plus)?;
        }
        self.touch();
        before.revision = self.revision;
        *line = before;
        Ok(())
    }

    /// Takes the line out again that an act brought.
    ///
    /// # Errors
    /// `LineUnknown` when it is out already, `AmountOutOfRange`.
    pub fn take_away_again(&mut self, line: &mut Line) -> Result<(), SaleError> {
        self.take_out(line)
    }

    /// Takes the last scan off a line that was counted on it.
    ///
    /// # Errors
    /// `LineUnknown` when it is out, `QuantityInvalid` when it was the only one, `AmountOutOfRange`.
    pub fn count_less(&mut self, line: &mut Line) -> Result<(), SaleError> {
        let less = line.quantity.as_thousandths().checked_sub(Quantity::ONE.as_thousandths());
        let quantity = less.and_then(|less| Quantity::thousandths(less).ok());
        let quantity = quantity.ok_or(SaleError::AmountOutOfRange {})?;
        super::check_quantity(quantity, line.unit)?;
        self.rework(line, line.price, quantity)
    }
}

#[cfg(test)]
mod tests;
