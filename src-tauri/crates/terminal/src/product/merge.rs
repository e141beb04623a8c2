//! Two products that are one: codes, packs and stock of the double go to the one that stays, and the double leads there.

use crate::act::Act;
use crate::error::Error;
use crate::record::{Saved, append, fields_of, wanted};
use domain::product::{Product, ProductError, Status};
use std::sync::PoisonError;
use wire::fact::{Fact, ProductMerged};
use wire::import::ImportError;
use wire::product::ProductView;
use wire::record::Entity;
use wire::stock::MergeProducts;

/// `product.merge`
pub fn merge(act: &Act<'_>, request: MergeProducts) -> Result<Saved<ProductView>, Error> {
    let MergeProducts { keep, merge } = request;
    // An import is being written: what it says of either product would come after the merge.
    if act.terminal.imports.is_writing() {
        return Err(ImportError::Busy {}.into());
    }
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let (kept, merged) = act.read(|reader| {
        let kept = reader.product_record(keep)?.ok_or(ProductError::Unknown {})?;
        let merged = reader.product_record(merge)?.ok_or(ProductError::Unknown {})?;
        // What has variants is none of another's doubles: they would lose their parent.
        let has_variants = reader.variant_count(merge)? > 0;
        if keep == merge || has_variants || !fit(&kept.1, &merged.1) {
            return Err(ProductError::MergeInvalid {}.into());
        }
        Ok::<_, Error>((kept, merged))
    })?;
    let (grown, archived) = after(&kept.1, &merged.1, keep);
    grown.check()?;
    let actor = act.operator;
    act.commit(move |tx| {
        // The double first: it gives up the SKU before the other takes it.
        let double = (merged.0, fields_of(&merged.1));
        append(tx, actor, Entity::Product, merge.0, double, wanted(Some(&merged.1), &archived))?;
        let stays = (kept.0, fields_of(&kept.1));
        append(tx, actor, Entity::Product, keep.0, stays, wanted(Some(&kept.1), &grown))?;
        tx.append(actor, &Fact::ProductMerged(ProductMerged { kept: keep, merged: merge }), &[])?;
        Ok(Saved::new(keep.0))
    })
}

/// Whether two products can be one: both in use or at least not merged, and counted in the same unit.
fn fit(kept: &Product, merged: &Product) -> bool {
    let open = kept.merged_into.is_none() && merged.merged_into.is_none();
    open && kept.status == Status::Active && kept.unit == merged.unit
}

/// Both products after the merge: the one that stays with what it lacks, the double without what it gave.
fn after(kept: &Product, merged: &Product, keep: domain::ids::ProductId) -> (Product, Product) {
    let mut grown = kept.clone();
    for code in &merged.codes {
        let is_known = grown.codes.iter().any(|known| known.key() == code.key());
        let is_pack = grown.packs.iter().any(|pack| pack.code.key() == code.key());
        if !is_known && !is_pack {
            grown.codes.push(code.clone());
        }
    }
    for pack in &merged.packs {
        let is_code = grown.codes.iter().any(|known| known.key() == pack.code.key());
        let is_known = grown.packs.iter().any(|known| known.code.key() == pack.code.key());
        if !is_code && !is_known {
            grown.packs.push(pack.clone());
        }
    }
    let mut archived = Product {
        codes: Vec::new(),
        packs: Vec::new(),
        merged_into: Some(keep),
        status: Status::Archived,
        ..merged.clone()
    };
    // A number that nobody else has goes along; with one of its own, the one that stays is found by both.
    if grown.sku.is_none() {
        grown.sku = archived.sku.take();
    }
    // The double keeps its picture too: what was sold of it before is shown as it was.
    if grown.picture.is_none() {
        grown.picture.clone_from(&merged.picture);
    }
    (grown, archived)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{ProductId, TaxCategoryId};
    use uuid::Uuid;

    #[test]
    fn the_one_that_stays_takes_the_picture_over_when_it_has_none() {
        let product = |picture: Option<&str>| Product {
            picture: picture.map(str::to_owned),
            ..Product::new("Cola".to_owned(), TaxCategoryId(Uuid::nil()))
        };
        let (own, others) = (Some("own"), Some("others"));
        for (kept, merged, stays) in
            [(None, others, others), (own, others, own), (own, None, own), (None, None, None)]
        {
            let (grown, archived) = after(&product(kept), &product(merged), ProductId(Uuid::nil()));
            assert_eq!(grown.picture.as_deref(), stays);
            assert_eq!(archived.picture.as_deref(), merged);
        }
    }
}
