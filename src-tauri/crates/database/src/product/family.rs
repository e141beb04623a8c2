//! Products by what they are to others: variants of one, and those whose stock is watched.

use super::{After, FoundProduct, found, list_of, parse_options, quantity_of};
use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::ids::ProductId;
use domain::pricing::PriceAt;
use domain::product::VariantOption;
use domain::quantity::Quantity;
use rusqlite::params;

/// A product with its low-stock mark.
pub type Watched = (FoundProduct, Quantity);

impl Reader {
    /// The variants of a product that are sold, by name, at most `max`, each with what tells it from the others.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn variants(
        &self,
        of: ProductId,
        at: PriceAt,
        max: u32,
    ) -> Result<Vec<(FoundProduct, Vec<VariantOption>)>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(concat!(
            columns!(),
            ", p.options from product p where p.variant_of = ?3 and p.status = 'active'
             order by p.name, p.id limit ?4"
        ))?;
        let mut rows = statement.query(params![at.day.unix_day(), list_of(at), of.bytes(), max])?;
        let mut variants = Vec::new();
        while let Some(row) = rows.next()? {
            let options = parse_options(row.get("options")?)?;
            variants.push((found(row)?.0, options));
        }
        Ok(variants)
    }

    /// The next products that are sold and have a low-stock mark, by name, and where the ones after them begin.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn products_watched(
        &self,
        after: Option<&After>,
        at: PriceAt,
        max: u32,
    ) -> Result<(Vec<Watched>, Option<After>), DatabaseError> {
        let (name, row) = after.map_or(("", 0), |after| (after.name.as_str(), after.row));
        let mut statement = self.catalog.prepare_cached(concat!(
            columns!(),
            ", p.low_stock from product p indexed by product_watched
             where p.low_stock is not null and p.status = 'active' and (p.name, p.id) > (?3, ?4)
             order by p.name, p.id limit ?5"
        ))?;
        let mut rows = statement.query(params![at.day.unix_day(), list_of(at), name, row, max])?;
        let (mut watched, mut last) = (Vec::new(), None);
        while let Some(row) = rows.next()? {
            let (product, id) = found(row)?;
            last = Some(After { name: product.name.clone(), row: id });
            watched.push((product, quantity_of(row.get("low_stock")?)?));
        }
        let full = u32::try_from(watched.len()).is_ok_and(|length| length == max);
        Ok((watched, last.filter(|_| full)))
    }
}
