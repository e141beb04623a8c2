//! The day at a glance: what was sold so far, beside the same weekday a week before.

use super::products::{named, sums};
use super::sums::{SalesSum, of_hours};
use super::{Asked, table};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::currency::Currency;
use domain::time::BusinessDay;
use std::cmp::Reverse;
use wire::report::{DayFigures, HourFigures, TopProduct};

/// Hours of a day.
const HOURS: usize = 24;

/// The hours of a day in one currency.
pub struct Day {
    currency: Currency,
    hours: [SalesSum; HOURS],
}

impl Reader {
    /// The hours of a day, in the shop's currency.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn day(&self, day: BusinessDay, currency: Currency) -> Result<Day, DatabaseError> {
        let mut hours = [SalesSum::default(); HOURS];
        let asked = Asked {
            from: day,
            to: day,
            operator: None,
            hours: None,
            category: None,
            rows_max: usize::MAX,
            only: None,
        };
        of_hours(self, &asked, |hour| {
            let place = usize::try_from(hour.hour).ok().and_then(|place| hours.get_mut(place));
            if let Some(to) = place.filter(|_| hour.currency == currency) {
                to.add(&hour.sum);
            }
            Ok(())
        })?;
        Ok(Day { currency, hours })
    }

    /// The products that brought most on a day.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn top_products(
        &self,
        day: BusinessDay,
        currency: Currency,
        most: usize,
    ) -> Result<Vec<TopProduct>, DatabaseError> {
        let mut sorted: Vec<_> = sums(self, day, day)?
            .into_iter()
            .filter(|((_, of), sum)| *of == currency && sum.total() > 0)
            .collect();
        sorted.sort_unstable_by_key(|((product, _), sum)| (Reverse(sum.total()), *product));
        let mut products = Vec::new();
        for ((product, _), sum) in sorted.into_iter().take(most) {
            let (name, unit) = named(self, product)?;
            let total = table::amount(sum.total(), currency)?;
            products.push(TopProduct { name, thousandths: sum.thousandths, unit, total });
        }
        Ok(products)
    }
}

impl Day {
    /// What was sold up to an hour, included.
    ///
    /// # Errors
    /// `Value`.
    pub fn until(&self, hour: usize) -> Result<DayFigures, DatabaseError> {
        let mut sum = SalesSum::default();
        self.hours.iter().take(hour.saturating_add(1)).for_each(|hour| sum.add(hour));
        Ok(DayFigures {
            sales: sum.sales,
            items: sum.items,
            average: sum.average(self.currency)?,
            total: table::amount(sum.total, self.currency)?,
        })
    }

    /// What was sold on the whole day.
    ///
    /// # Errors
    /// `Value`.
    pub fn whole(&self) -> Result<DayFigures, DatabaseError> {
        self.until(HOURS)
    }

    /// The hours of this day and another, from the first in which anything was sold on either to the last.
    ///
    /// # Errors
    /// `Value`.
    pub fn hours_beside(&self, other: &Self) -> Result<Vec<HourFigures>, DatabaseError> {
        let sold = |place: &usize| self.hours[*place].sales > 0 || other.hours[*place].sales > 0;
        let mut places = (0..HOURS).filter(sold);
        let Some(first) = places.next() else { return Ok(Vec::new()) };
        let last = places.next_back().unwrap_or(first);
        (first..=last)
            .map(|place| {
                Ok(HourFigures {
                    hour: i8::try_from(place).unwrap_or(i8::MAX),
                    total: table::amount(self.hours[place].total, self.currency)?,
                    before: table::amount(other.hours[place].total, self.currency)?,
                })
            })
            .collect()
    }
}
