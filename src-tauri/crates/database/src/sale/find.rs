//! Completed sales, looked for: by day and hour, amount, operator, customer and product, in any combination, the newest
//! first. One way leads, the one that fits fewest sales; whether the others fit too is looked up for each.

use super::SaleSummary;
use crate::error::DatabaseError;
use crate::project::found::{id, nothing, way};
use crate::reader::Reader;
use domain::ids::{CustomerId, OperatorId, ProductId};
use domain::time::BusinessDay;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::cmp::Reverse;

/// What sales are looked for. What is `None` narrows nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SaleFilter {
    /// The first business day.
    pub from: Option<BusinessDay>,
    /// The last business day.
    pub to: Option<BusinessDay>,
    /// The first and the last hour of the day, by the clock on the wall; the first may be the later one: over midnight.
    pub hours: Option<(u8, u8)>,
    /// What it came to or gave back, in minor units, without sign.
    pub amount: Option<i64>,
    /// Who completed it.
    pub operator: Option<OperatorId>,
    /// Whom it was for.
    pub customer: Option<CustomerId>,
    /// What was in it, sold or taken back.
    pub product: Option<ProductId>,
}

/// The place of a sale in this order: the next page begins behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SalePlace {
    /// Its business day, as a number.
    pub day: i32,
    /// Its row.
    pub row: i64,
}

/// A statement and what it is asked with.
struct Question {
    sql: String,
    values: Vec<Value>,
}

impl Question {
    fn of(filter: &SaleFilter, after: Option<SalePlace>, max: u32) -> Self {
        let day = |day: Option<BusinessDay>, none| day.map_or(none, BusinessDay::unix_day);
        let first = day(filter.from, i32::MIN);
        let before = after.unwrap_or(SalePlace { day: day(filter.to, i32::MAX), row: i64::MAX });
        let ways = [
            (way::AMOUNT, filter.amount.map(Value::Integer)),
            (way::CUSTOMER, filter.customer.map(|customer| id(customer.bytes()))),
            (way::PRODUCT, filter.product.map(|product| id(product.bytes()))),
            (way::OPERATOR, filter.operator.map(|operator| id(operator.bytes()))),
        ];
        let mut asked = ways.into_iter().filter_map(|(way, value)| value.map(|value| (way, value)));
        // The first leads: few sales come to the same amount.
        let (leads, value) = asked.next().unwrap_or((way::ALL, nothing()));
        let mut values = vec![
            Value::Integer(first.into()),
            Value::Integer(before.day.into()),
            Value::Integer(before.row),
            Value::Integer(max.into()),
            value,
        ];
        let mut others = String::new();
        let mut fits_too = |way: i64, value: Value, values: &mut Vec<Value>, more: &str| {
            values.push(value);
            others += &format!(
                " and exists (select 1 from sale_mark o where o.way = {way} and o.value = ?{}
                              and o.day = m.day and o.sale = m.sale{more})",
                values.len()
            );
        };
        for (way, value) in asked {
            fits_too(way, value, &mut values, "");
        }
        if let Some((from, to)) = filter.hours {
            let joined = if from <= to { "and" } else { "or" };
            let within = format!(" and (o.hour >= {from} {joined} o.hour <= {to})");
            fits_too(way::ALL, nothing(), &mut values, &within);
        }
        let sql = format!(
            "select s.id, s.sale, s.receipt_number, s.completed_at, s.total, s.currency, m.day
             from sale_mark m cross join sale s on s.id = m.sale
             where m.way = {leads} and m.value = ?5 and m.day >= ?1 and (m.day, m.sale) < (?2, ?3){others}
             order by m.day desc, m.sale desc limit ?4"
        );
        Self { sql, values }
    }
}

impl Reader {
    /// Completed sales that fit, the newest first, from behind a place, each with its own. They are found as far as the
    /// facts were folded. Whoever looks for a product means the doubles too that were merged into it.
    ///
    /// # Errors
    /// `Disk`.
    pub fn find_sales(
        &self,
        filter: &SaleFilter,
        after: Option<SalePlace>,
        max: u32,
    ) -> Result<Vec<(SalePlace, SaleSummary)>, DatabaseError> {
        let mut found = self.find_exactly(filter, after, max)?;
        let Some(product) = filter.product else { return Ok(found) };
        // Each goes along the index by itself, and they are laid together: one question for all would sort every sale.
        let doubles = self.doubles_of(product)?;
        for double in &doubles {
            let filter = SaleFilter { product: Some(*double), ..*filter };
            found.extend(self.find_exactly(&filter, after, max)?);
        }
        if !doubles.is_empty() {
            found.sort_unstable_by_key(|(place, _)| Reverse((place.day, place.row)));
            found.dedup_by_key(|(place, _)| place.row);
            found.truncate(usize::try_from(max).unwrap_or(usize::MAX));
        }
        Ok(found)
    }

    fn find_exactly(
        &self,
        filter: &SaleFilter,
        after: Option<SalePlace>,
        max: u32,
    ) -> Result<Vec<(SalePlace, SaleSummary)>, DatabaseError> {
        let Question { sql, values } = Question::of(filter, after, max);
        let mut statement = self.ledger.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), |row| {
            let sale = super::summary(row)?;
            Ok((SalePlace { day: row.get(6)?, row: sale.row }, sale))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::DatabaseFile;
    use crate::plans::{opened, plan, scans};
    use rusqlite::Connection;
    use uuid::Uuid;

    /// Every combination of what can be asked.
    fn filters() -> impl Iterator<Item = SaleFilter> {
        (0..128_u32).map(|bits| {
            let with = |bit: u32| bits & (1 << bit) != 0;
            SaleFilter {
                from: with(0).then(|| BusinessDay::from_unix_day(20_000)),
                to: with(1).then(|| BusinessDay::from_unix_day(20_003)),
                hours: with(2).then_some((22, 9)),
                amount: with(3).then_some(3),
                operator: with(4).then_some(OperatorId(Uuid::from_u128(1))),
                customer: with(5).then_some(CustomerId(Uuid::from_u128(2))),
                product: with(6).then_some(ProductId(Uuid::from_u128(3))),
            }
        })
    }

    #[test]
    fn every_way_to_look_goes_by_an_index_and_sorts_nothing() {
        let (ledger, _dir) = opened(DatabaseFile::Ledger);
        for filter in filters() {
            let sql = Question::of(&filter, None, 60).sql;
            let plan = plan(&ledger, &sql);
            assert_eq!(scans(&plan), Vec::<&str>::new(), "{filter:?}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{filter:?} sorts\n{plan}");
            let leads = "PRIMARY KEY (way=? AND value=? AND day>? AND (day,sale)<(?,?))";
            assert!(plan.contains(leads), "{filter:?} does not begin at its day\n{plan}");
        }
    }

    #[test]
    fn what_is_found_is_what_a_look_at_every_sale_finds_page_by_page() {
        let (ledger, _dir) = opened(DatabaseFile::Ledger);
        fill(&ledger);
        let known = everything(&ledger);
        assert_eq!(known.len(), 400);
        let mut found_something = 0;
        for filter in filters() {
            let all: Vec<i64> =
                known.iter().filter(|known| fits(known, &filter)).map(|known| known.sale).collect();
            let (mut paged, mut after) = (Vec::new(), None);
            loop {
                let question = Question::of(&filter, after, 7);
                let mut statement = ledger.prepare(&question.sql).unwrap();
                let rows = statement
                    .query_map(params_from_iter(question.values), |row| {
                        Ok(SalePlace { day: row.get(6)?, row: row.get(0)? })
                    })
                    .unwrap();
                let page: Vec<SalePlace> = rows.map(Result::unwrap).collect();
                after = page.last().copied();
                let is_last = page.len() < 7;
                paged.extend(page.into_iter().map(|place| place.row));
                if is_last {
                    break;
                }
            }
            assert_eq!(paged, all, "{filter:?}");
            found_something += usize::from(!all.is_empty());
        }
        assert!(found_something > 100, "{found_something} of 128 found something");
    }

    /// Sales of six days whose clock went back once, of three amounts, two operators, with and without customer.
    fn fill(ledger: &Connection) {
        for id in 1..=400_i64 {
            let day = [0, 1, 2, 1, 3, 4, 5][usize::try_from(id / 60).unwrap()] + 19_999;
            let bytes = |number: i64| Uuid::from_u128(number.unsigned_abs().into()).into_bytes();
            ledger
                .execute(
                    "insert into sale (id, sale, arrival, receipt_number, completed_at, total, currency)
                     values (?1, ?2, ?1, 'A-' || ?1, ?1, ?3, 'EUR')",
                    rusqlite::params![id, bytes(id + 1_000), -(id % 3) - 2],
                )
                .unwrap();
            let customer = (id % 5 < 2).then(|| (way::CUSTOMER, super::id(bytes(2)), None));
            let products = [3, 4].into_iter().filter(|product| id / 2 % product != 0);
            let marks = [
                (way::ALL, nothing(), Some(id * 7 % 24)),
                (way::AMOUNT, Value::Integer(id % 3 + 2), None),
                (way::OPERATOR, super::id(bytes(id / 3 % 2 + 1)), None),
            ];
            let products = products.map(|product| (way::PRODUCT, super::id(bytes(product)), None));
            for (way, value, hour) in marks.into_iter().chain(customer).chain(products) {
                ledger
                    .execute(
                        "insert into sale_mark (way, value, day, sale, hour) values (?1, ?2, ?3, ?4, ?5)",
                        rusqlite::params![way, value, day, id, hour],
                    )
                    .unwrap();
            }
        }
    }

    /// A sale with all that is known of it.
    struct Known {
        day: i32,
        sale: i64,
        hour: u8,
        marks: Vec<(i64, Value)>,
    }

    /// Every sale, the newest first.
    fn everything(ledger: &Connection) -> Vec<Known> {
        let mut sales = ledger
            .prepare("select day, sale, hour from sale_mark where way = 0 order by day desc, sale desc")
            .unwrap();
        let mut marks =
            ledger.prepare("select way, value from sale_mark where day = ?1 and sale = ?2").unwrap();
        let known = sales.query_map([], |row| {
            let (day, sale) = (row.get(0)?, row.get(1)?);
            let rows = marks.query_map([i64::from(day), sale], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(Known { day, sale, hour: row.get(2)?, marks: rows.collect::<Result<_, _>>()? })
        });
        known.unwrap().map(Result::unwrap).collect()
    }

    fn fits(known: &Known, filter: &SaleFilter) -> bool {
        let has =
            |way: i64, value: Option<Value>| value.is_none_or(|value| known.marks.contains(&(way, value)));
        filter.from.is_none_or(|from| known.day >= from.unix_day())
            && filter.to.is_none_or(|to| known.day <= to.unix_day())
            && filter.hours.is_none_or(|(from, to)| match from <= to {
                true => (from..=to).contains(&known.hour),
                false => known.hour >= from || known.hour <= to,
            })
            && has(way::AMOUNT, filter.amount.map(Value::Integer))
            && has(way::OPERATOR, filter.operator.map(|operator| id(operator.bytes())))
            && has(way::CUSTOMER, filter.customer.map(|customer| id(customer.bytes())))
            && has(way::PRODUCT, filter.product.map(|product| id(product.bytes())))
    }
}
