//! What a line costs, and why: one pure function, and the trace it leaves.

use crate::ids::PriceListId;
use crate::product::PriceFrom;
use crate::time::BusinessDay;

/// When, and by which list, a price is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceAt {
    /// The day.
    pub day: BusinessDay,
    /// The list whose prices go before the ordinary ones.
    pub list: Option<PriceListId>,
}

/// The price in force: of the list if it has one by that day, else the ordinary one; of each the one that began last.
pub fn in_force(prices: &[PriceFrom], at: PriceAt) -> Option<PriceFrom> {
    let latest = |list: Option<PriceListId>| {
        let begun = prices.iter().filter(|price| price.list == list && price.from <= at.day);
        begun.max_by_key(|price| price.from).copied()
    };
    at.list.and_then(|list| latest(Some(list))).or_else(|| latest(None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Price;
    use uuid::Uuid;

    #[test]
    fn a_list_goes_before_the_ordinary_price_from_the_day_it_has_one() {
        let list = PriceListId(Uuid::from_u128(1));
        let other = PriceListId(Uuid::from_u128(2));
        let day = |text| BusinessDay::parse(text).unwrap();
        let from = |text, euros: i64, list| {
            let price = Price::micros(euros * 1_000_000).unwrap();
            PriceFrom { from: day(text), price, list }
        };
        let prices = [
            from("2026-03-01", 3, None),
            from("2026-01-01", 1, None),
            from("2026-02-01", 2, Some(list)),
            from("2026-01-01", 9, Some(other)),
        ];
        let euros = |text, list| {
            in_force(&prices, PriceAt { day: day(text), list })
                .map(|price| price.price.as_micros() / 1_000_000)
        };
        assert_eq!(euros("2025-12-31", None), None);
        assert_eq!(euros("2026-01-01", None), Some(1));
        assert_eq!(euros("2026-03-01", None), Some(3));
        assert_eq!(euros("2026-01-31", Some(list)), Some(1), "the list has none yet");
        assert_eq!(euros("2026-03-01", Some(list)), Some(2), "the list goes before the newer price");
        assert_eq!(euros("2025-12-31", Some(list)), None);
    }
}
