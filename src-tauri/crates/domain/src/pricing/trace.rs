//! How the price of a line came to be, step by step, from what the line froze and what is known of its product.

use super::{InCode, PriceAt, in_force};
use crate::discount::{DiscountBy, DiscountReason};
use crate::ids::PriceListId;
use crate::money::Money;
use crate::price::Price;
use crate::product::PriceFrom;
use crate::quantity::{Quantity, Unit};
use crate::rounding::Rounding;
use crate::sale::line::{Line, Linked};
use crate::tax::{TaxCategory, TaxMode, TaxPolicy, TaxRate, TaxScope};
use crate::time::BusinessDay;
use serde::{Deserialize, Serialize};

/// One step on the way to what a line comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum PriceStep {
    /// It goes with another line.
    Linked {
        /// Which, and how much for each unit of it.
        with: Linked,
    },
    /// The price that was listed.
    Listed {
        /// Per unit.
        price: Price,
        /// The list it stands in; `None` for the ordinary price.
        list: Option<PriceListId>,
        /// The first day of the price; `None` when the product's prices were changed since.
        from: Option<BusinessDay>,
    },
    /// A pack was sold.
    Packed {
        /// How much of the product is in it.
        quantity: Quantity,
        /// What one pack costs.
        price: Price,
        /// Whether the pack has a price of its own.
        own: bool,
    },
    /// The code itself said how much, or what it costs.
    InCode {
        /// What it said.
        said: InCode,
    },
    /// Another price was taken: typed, or in the code.
    Instead {
        /// Per unit.
        price: Price,
    },
    /// Price times quantity, rounded once.
    Extended {
        /// Per unit.
        price: Price,
        /// How much.
        quantity: Quantity,
        /// What it counts.
        unit: Unit,
        /// Before rounding, in plain digits.
        exact: String,
        /// How it was rounded.
        rounding: Rounding,
        /// What that comes to, without sign.
        amount: Money,
    },
    /// A discount on the line was taken off.
    Discounted {
        /// How much less.
        by: DiscountBy,
        /// Why.
        reason: DiscountReason,
        /// What it comes to, without sign.
        amount: Money,
    },
    /// The line's part of a discount on the whole sale was taken off.
    Shared {
        /// What it comes to, without sign.
        amount: Money,
    },
    /// The sale bears no tax: what the price included of it was taken off.
    Exempted {
        /// The rate it would have.
        rate: TaxRate,
        /// What was taken off, without sign.
        amount: Money,
    },
    /// It takes back what a receipt says: its share of what was paid.
    Returned {
        /// The receipt's number.
        receipt_number: String,
        /// What the share comes to, without sign.
        amount: Money,
    },
    /// The tax in it, or on top of it.
    Taxed {
        /// What the tax category is called today.
        category: Option<String>,
        /// Parts per million.
        rate: TaxRate,
        /// The first day of the rate; `None` when the rates were changed since.
        from: Option<BusinessDay>,
        /// Whether it is in the amount or comes on top.
        mode: TaxMode,
        /// Where it is rounded. With the whole document, `tax` is this line's share only for show.
        scope: TaxScope,
        /// The tax rounded on this line, without sign.
        tax: Money,
    },
}

/// What is known of a line's product when the line is looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'p> {
    /// The product's prices.
    pub prices: &'p [PriceFrom],
    /// Its tax category.
    pub tax: Option<&'p TaxCategory>,
}

/// How the price of a line came to be. What the line froze is certain; where it came from is told as long as the records
/// still say so.
pub fn trace(line: &Line, known: Known<'_>, day: BusinessDay, policy: &TaxPolicy) -> Vec<PriceStep> {
    let mut steps = Vec::new();
    steps.extend(line.with.map(|with| PriceStep::Linked { with }));
    let reference = line.list_price.unwrap_or(line.price);
    if line.product.is_some() {
        listed(line, known, day, reference, &mut steps);
    }
    steps.extend(line.in_code.map(|said| PriceStep::InCode { said }));
    if line.price != reference || line.product.is_none() {
        steps.push(PriceStep::Instead { price: line.price });
    }
    if let Some(of) = &line.of {
        let receipt_number = of.receipt_number.clone();
        steps.push(PriceStep::Returned { receipt_number, amount: line.amount });
    } else {
        steps.push(extended(line, policy));
    }
    steps.extend(line.discount.map(|discounted| PriceStep::Discounted {
        by: discounted.discount.by,
        reason: discounted.discount.reason,
        amount: discounted.amount,
    }));
    if let Some(exempted) = line.exempt
        && let Ok(amount) = Money::new(exempted.off, line.amount.currency())
    {
        steps.push(PriceStep::Exempted { rate: exempted.rate, amount });
    }
    if line.share != 0
        && let Ok(amount) = Money::new(line.share, line.amount.currency())
    {
        steps.push(PriceStep::Shared { amount });
    }
    let begun = known.tax.and_then(|tax| {
        let begun = tax.rates.iter().filter(|rate| rate.from <= day);
        begun.max_by_key(|rate| rate.from).filter(|rate| rate.rate == line.tax_rate)
    });
    steps.push(PriceStep::Taxed {
        category: known.tax.map(|tax| tax.name.clone()),
        rate: line.tax_rate,
        from: begun.map(|rate| rate.from),
        mode: policy.mode,
        scope: policy.scope,
        tax: line.tax,
    });
    steps
}

fn extended(line: &Line, policy: &TaxPolicy) -> PriceStep {
    PriceStep::Extended {
        price: line.price,
        quantity: line.quantity,
        unit: line.unit,
        exact: exact(line.price, line.quantity),
        rounding: policy.rounding,
        amount: line.before_discounts().unwrap_or(line.amount),
    }
}

fn listed(line: &Line, known: Known<'_>, day: BusinessDay, reference: Price, steps: &mut Vec<PriceStep>) {
    let in_force = in_force(known.prices, PriceAt { day, list: line.price_list });
    let list = line.price_list;
    match line.pack {
        None => {
            let from = in_force.filter(|listed| listed.price == reference && listed.list == list);
            steps.push(PriceStep::Listed { price: reference, list, from: from.map(|listed| listed.from) });
        }
        Some(quantity) => {
            let of_contents =
                in_force.filter(|listed| listed.price.times(quantity).is_ok_and(|price| price == reference));
            if let Some(PriceFrom { price, from, list }) = of_contents {
                steps.push(PriceStep::Listed { price, list, from: Some(from) });
            }
            steps.push(PriceStep::Packed { quantity, price: reference, own: of_contents.is_none() });
        }
    }
}

/// Price times quantity in plain digits: nine decimals hold it.
fn exact(price: Price, quantity: Quantity) -> String {
    let billionths = i128::from(price.as_micros()).saturating_mul(i128::from(quantity.as_thousandths()));
    let whole = billionths.checked_div(1_000_000_000).unwrap_or(0);
    let rest = format!("{:09}", billionths.checked_rem(1_000_000_000).unwrap_or(0));
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        decimals => format!("{whole}.{decimals}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_is_shown_whole() {
        let show = |micros, thousandths| {
            exact(Price::micros(micros).unwrap(), Quantity::thousandths(thousandths).unwrap())
        };
        assert_eq!(show(12_990_000, 385), "5.00115");
        assert_eq!(show(1_500_000, 2_000), "3");
        assert_eq!(show(1, 1), "0.000000001");
        assert_eq!(show(9_000_000_000_000_000, 9_999_999_999), "89999999991000000");
    }
}
