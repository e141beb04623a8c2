//! Stock: what was found on the shelf.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record;
use domain::ids::ProductId;
use domain::product::ProductError;
use domain::stock::difference;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::{Fact, StockCounted};
use wire::stock::{CountStock, StockCount};

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
        let product = ask.reader.product_record(self.product)?;
        let (_, product) = product.ok_or_else(|| record::missing("product", self.product.0))?;
        Ok(StockCount {
            product: self.product,
            name: product.name,
            unit: product.unit,
            expected: self.expected,
            counted: self.counted.as_thousandths(),
            difference: difference(self.counted, self.expected),
        })
    }
}
