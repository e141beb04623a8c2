//! Price lists: which there are. What stands in them, the products say.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use domain::ids::PriceListId;
use domain::product::{ProductError, Status};
use std::sync::PoisonError;
use wire::envelope::Topic;
use wire::product::{PriceListList, PriceListView, SavePriceList};
use wire::record::Entity;
use wire::session::Nothing;

/// `price_list.list`
pub fn list(ask: &Ask<'_>, _: Nothing) -> Result<PriceListList, Error> {
    let mut price_lists: Vec<PriceListView> = Vec::new();
    for stored in ask.reader.records(Entity::PriceList)? {
        let (id, version) = (PriceListId(stored.id), stored.version);
        price_lists.push(PriceListView { id, version, price_list: stored.read()? });
    }
    price_lists.sort_by(|a, b| a.price_list.name.cmp(&b.price_list.name));
    Ok(PriceListList { price_lists })
}

/// `price_list.save`
pub fn save(act: &Act<'_>, request: SavePriceList) -> Result<Saved<PriceListView>, Error> {
    request.price_list.check()?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let actor = act.operator;
    let wanted = wanted(request.base.as_ref(), &request.price_list);
    let archives = request.price_list.status == Status::Archived
        && request.base.as_ref().is_some_and(|base| base.status == Status::Active);
    // A customer who is given the list meanwhile waits, and is refused it.
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    if archives {
        act.terminal.database.apply_catalog()?;
        refuse_in_use(act, PriceListId(id))?;
    }
    act.commit(move |tx| {
        if request.id.is_some() && tx.record_version(Entity::PriceList, id)?.is_none() {
            return Err(ProductError::PriceListUnknown {}.into());
        }
        change(tx, actor, Entity::PriceList, id, wanted)?;
        Ok(Saved::new(id))
    })
}

/// Customers that are counted at most.
const COUNTED_MAX: u32 = 10_000;

/// Refuses to archive the list of the shop or of a customer: their prices would be others without a word.
fn refuse_in_use(act: &Act<'_>, list: PriceListId) -> Result<(), Error> {
    let (of_shop, customers) = act.read(|reader| {
        let shop = crate::ask::shop(act.terminal, reader)?.1;
        Ok::<_, Error>((shop.price_list == Some(list), reader.customers_of_list(list, COUNTED_MAX)?))
    })?;
    match (of_shop, customers) {
        (false, 0) => Ok(()),
        (true, _) => Err(ProductError::PriceListInUse { customers: 0 }.into()),
        (false, customers) => Err(ProductError::PriceListInUse { customers }.into()),
    }
}

impl Effect for Saved<PriceListView> {
    type Answer = PriceListView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::PriceList)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<PriceListView, Error> {
        let stored = ask.reader.record(Entity::PriceList, self.id)?;
        let stored = stored.ok_or_else(|| record::missing("price list", self.id))?;
        let version = stored.version;
        Ok(PriceListView { id: PriceListId(self.id), version, price_list: stored.read()? })
    }
}
