//! Categories: reporting groups, and pages of tiles.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, append, fields_of, wanted};
use domain::ids::CategoryId;
use domain::product::ProductError;
use std::sync::PoisonError;
use wire::envelope::Topic;
use wire::product::{CategoryList, CategoryView, ListCategories, SaveCategory};
use wire::record::{Entity, Fields};

/// `category.list`
pub fn list(ask: &Ask<'_>, request: ListCategories) -> Result<CategoryList, Error> {
    let categories = ask.reader.categories(request.status)?.into_iter();
    let categories = categories.map(|(id, version, category)| CategoryView { id, version, category });
    Ok(CategoryList { categories: categories.collect() })
}

/// `category.save`
pub fn save(act: &Act<'_>, request: SaveCategory) -> Result<Saved<CategoryView>, Error> {
    request.category.check()?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let stored = act.read(|reader| Ok(reader.category(CategoryId(id))?))?;
    if request.id.is_some() && stored.is_none() {
        return Err(ProductError::CategoryUnknown {}.into());
    }
    let current = stored.map_or((0, Fields::new()), |(version, category)| (version, fields_of(&category)));
    let actor = act.operator;
    let wanted = wanted(request.base.as_ref(), &request.category);
    act.commit(move |tx| {
        append(tx, actor, Entity::Category, id, current, wanted)?;
        Ok(Saved::new(id))
    })
}

impl Effect for Saved<CategoryView> {
    type Answer = CategoryView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Category)
    }

    fn in_catalog(&self) -> bool {
        true
    }

    fn answer(self, ask: &Ask<'_>) -> Result<CategoryView, Error> {
        let id = CategoryId(self.id);
        let (version, category) =
            ask.reader.category(id)?.ok_or_else(|| record::missing("category", self.id))?;
        Ok(CategoryView { id, version, category })
    }
}
