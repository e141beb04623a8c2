//! Tax categories with their effective-dated rates.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use domain::ids::TaxCategoryId;
use domain::product::{NAME_MAX, ProductError};
use wire::envelope::Topic;
use wire::product::{SaveTaxCategory, TaxCategoryList, TaxCategoryView};
use wire::record::Entity;
use wire::session::Nothing;

/// `tax_category.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<TaxCategoryList, Error> {
    let mut tax_categories: Vec<TaxCategoryView> = Vec::new();
    for stored in ask.reader.records(Entity::TaxCategory)? {
        let (id, version) = (TaxCategoryId(stored.id), stored.version);
        tax_categories.push(TaxCategoryView { id, version, tax_category: stored.read()? });
    }
    tax_categories.sort_by(|a, b| a.tax_category.name.cmp(&b.tax_category.name));
    Ok(TaxCategoryList { tax_categories })
}

/// `tax_category.save`
pub fn save(act: &Act<'_>, request: SaveTaxCategory) -> Result<Saved<TaxCategoryView>, Error> {
    let length = request.tax_category.name.trim().chars().count();
    if length == 0 || length > NAME_MAX {
        return Err(ProductError::NameInvalid { max: NAME_MAX }.into());
    }
    let id = act.id_or_new(request.id.map(|id| id.0));
    if let Some(takeaway) = request.tax_category.takeaway {
        let known = act.read(|reader| Ok(reader.record(Entity::TaxCategory, takeaway.0)?))?.is_some();
        if !known || takeaway.0 == id {
            return Err(ProductError::TaxCategoryUnknown {}.into());
        }
    }
    let actor = act.operator;
    let wanted = wanted(request.base.as_ref(), &request.tax_category);
    act.commit(move |tx| {
        change(tx, actor, Entity::TaxCategory, id, wanted)?;
        Ok(Saved::new(id))
    })
}

impl Effect for Saved<TaxCategoryView> {
    type Answer = TaxCategoryView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::TaxCategory)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<TaxCategoryView, Error> {
        let stored = ask.reader.record(Entity::TaxCategory, self.id)?;
        let stored = stored.ok_or_else(|| record::missing("tax category", self.id))?;
        let version = stored.version;
        Ok(TaxCategoryView { id: TaxCategoryId(self.id), version, tax_category: stored.read()? })
    }
}
