//! Stock: what was found on the shelf.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::{CallError, Error};
use crate::record;
use database::Reader;
use domain::ids::ProductId;
use domain::product::ProductError;
use domain::stock::difference;
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use wire::envelope::Topic;
use wire::fact::{Fact, StockCounted};
use wire::stock::{CountManyStock, CountStock, CountedProduct, StockCount, StockCounts};

/// `stock.count`
pub fn count(act: &Act<'_>, request: CountStock) -> Result<Counted, Error> {
    // Of a double, the one that was kept is counted.
    let product = act.read(|reader| {
        let found = reader.product(request.product, act.day())?.ok_or(ProductError::Unknown {})?;
        Ok::<_, Error>(crate::sale::kept(reader, found, act.day())?)
    })?;
    let (id, operator) = (product.product, act.operator);
    act.commit(move |tx| {
        let expected = tx.on_hand(id)?;
        let fact = StockCounted { product: id, counted: request.counted, reason: request.reason };
        tx.append(operator, &Fact::StockCounted(fact), &[])?;
        Ok(Counted { product: id, expected, counted: request.counted })
    })
}

/// Products of one count at most.
const COUNTS_MAX: usize = 500;

/// `stock.compare`
pub fn compare(ask: &Ask<'_>, request: CountManyStock) -> Result<StockCounts, Error> {
    let mut rows = Vec::new();
    for count in resolved(ask.reader, ask.day(), request.counts)? {
        let expected = ask.reader.on_hand(count.product)?;
        rows.push(row(ask, Counted { product: count.product, expected, counted: count.counted })?);
    }
    Ok(StockCounts { rows })
}

/// `stock.count_many`
pub fn count_many(act: &Act<'_>, request: CountManyStock) -> Result<ManyCounted, Error> {
    let (reason, operator) = (request.reason, act.operator);
    let counts = act.read(|reader| resolved(reader, act.day(), request.counts))?;
    act.commit(move |tx| {
        let mut done = Vec::new();
        for CountedProduct { product, counted } in counts {
            let expected = tx.on_hand(product)?;
            tx.append(operator, &Fact::StockCounted(StockCounted { product, counted, reason }), &[])?;
            done.push(Counted { product, expected, counted });
        }
        Ok(ManyCounted { counts: done })
    })
}

/// The products that are counted: of a double, the one that was kept.
fn resolved(
    reader: &Reader,
    day: BusinessDay,
    counts: Vec<CountedProduct>,
) -> Result<Vec<CountedProduct>, Error> {
    let mut known = BTreeSet::new();
    let mut resolved = Vec::new();
    for CountedProduct { product, counted } in counts {
        let found = reader.product(product, day)?.ok_or(ProductError::Unknown {})?;
        let product = crate::sale::kept(reader, found, day)?.product;
        if !known.insert(product) || known.len() > COUNTS_MAX {
            let problem = format!("`counts` names a product twice, or more than {COUNTS_MAX}");
            return Err(CallError::PayloadInvalid { problem }.into());
        }
        resolved.push(CountedProduct { product, counted });
    }
    Ok(resolved)
}

/// What was found, as it is shown.
fn row(ask: &Ask<'_>, counted: Counted) -> Result<StockCount, Error> {
    let product = ask.reader.product_record(counted.product)?;
    let (_, product) = product.ok_or_else(|| record::missing("product", counted.product.0))?;
    Ok(StockCount {
        product: counted.product,
        name: product.name,
        unit: product.unit,
        expected: counted.expected,
        counted: counted.counted.as_thousandths(),
        difference: difference(counted.counted, counted.expected),
    })
}

/// The stock of many products was counted.
#[derive(Serialize, Deserialize)]
pub struct ManyCounted {
    counts: Vec<Counted>,
}

impl Effect for ManyCounted {
    type Answer = StockCounts;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Products]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<StockCounts, Error> {
        let rows = self.counts.into_iter().map(|counted| row(ask, counted)).collect::<Result<_, _>>()?;
        Ok(StockCounts { rows })
    }
}

/// Stock was counted.
#[derive(Serialize, Deserialize)]
pub struct Counted {
    product: ProductId,
    expected: i64,
    counted: domain::quantity::Quantity,
}

impl Effect for Counted {
    type Answer = StockCount;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Products]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<StockCount, Error> {
        row(ask, self)
    }
}
