//! Doubles: products that were found to be another one. What was sold of them is looked for, and added up, as that one.

use crate::error::DatabaseError;
use crate::reader::Reader;
use domain::ids::ProductId;
use std::collections::HashMap;

/// An index has the doubles alone.
const ALL: &str = "select product, merged_into from product where merged_into is not null";

/// Those of one, and theirs: each step goes by the same index. What is there already is not looked at again.
const OF_ONE: &str = "with recursive double (product) as (
         select product from product where merged_into = ?1
         union
         select p.product from double d join product p on p.merged_into = d.product)
     select product from double";

/// What each double was merged into.
pub struct Merged(HashMap<[u8; 16], [u8; 16]>);

impl Merged {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a product is a double.
    pub fn has(&self, product: [u8; 16]) -> bool {
        self.0.contains_key(&product)
    }

    /// The product that stays: what a double was merged into may have been found to be one itself later.
    pub fn kept(&self, product: [u8; 16]) -> [u8; 16] {
        let mut kept = product;
        for _ in 0..self.0.len() {
            let Some(next) = self.0.get(&kept) else { break };
            kept = *next;
        }
        kept
    }
}

impl Reader {
    /// All doubles there are. As many as were merged, whatever the catalogue has.
    ///
    /// # Errors
    /// `Disk`.
    pub fn merged(&self) -> Result<Merged, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(ALL)?;
        let pairs = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Merged(pairs.collect::<Result<_, _>>()?))
    }

    /// The doubles that were merged into a product, and those that were merged into them.
    ///
    /// # Errors
    /// `Disk`.
    pub fn doubles_of(&self, product: ProductId) -> Result<Vec<ProductId>, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(OF_ONE)?;
        let rows = statement.query_map([product.bytes()], |row| row.get(0))?;
        Ok(rows.map(|id| id.map(ProductId::from_bytes)).collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::DatabaseFile;
    use crate::plans::{opened, plan};

    #[test]
    fn doubles_are_found_by_the_index_that_has_them_alone() {
        let (catalog, _dir) = opened(DatabaseFile::Catalog);
        assert!(plan(&catalog, ALL).contains("USING INDEX product_by_merged"), "{}", plan(&catalog, ALL));
        let of_one = plan(&catalog, OF_ONE);
        let steps =
            of_one.lines().filter(|step| step.contains("USING INDEX product_by_merged (merged_into=?)"));
        assert_eq!(steps.count(), 2, "{of_one}");
    }

    #[test]
    fn a_double_of_a_double_leads_to_the_one_that_stays_and_a_circle_ends() {
        let merged =
            Merged([([1; 16], [2; 16]), ([2; 16], [3; 16]), ([7; 16], [8; 16]), ([8; 16], [7; 16])].into());
        assert_eq!(merged.kept([1; 16]), [3; 16]);
        assert_eq!(merged.kept([3; 16]), [3; 16]);
        assert!(merged.has([7; 16]) && !merged.has([3; 16]));
        merged.kept([7; 16]);
    }
}
