//! Customers: listed, found, changed and erased.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::{CallError, Error};
use crate::record::{self, Saved, append, fields_of, wanted};
use database::customer::StoredCustomer;
use database::product::After;
use domain::customer::CustomerError;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::product::{PriceList, Status};
use domain::sale::SaleError;
use domain::tender::TenderKind;
use std::sync::PoisonError;
use wire::customer::{
    CustomerPage, CustomerRow, CustomerView, EraseCustomer, FindCustomers, GetCustomer, ListCustomers,
    SaveCustomer,
};
use wire::envelope::Topic;
use wire::record::{Entity, Fields};

/// Customers of a page at most.
const PAGE: u32 = 60;

/// `customer.list`
pub fn list(ask: &Ask<'_>, request: ListCustomers) -> Result<CustomerPage, Error> {
    let after = request.after.as_deref().map(parse_after).transpose()?;
    Ok(page(ask.reader.customers_by_name(request.status, after.as_ref(), PAGE)?))
}

/// `customer.find`
pub fn find(ask: &Ask<'_>, request: FindCustomers) -> Result<CustomerPage, Error> {
    let after = request.after.as_deref().map(parse_after).transpose()?;
    Ok(page(ask.reader.customers_by_words(&request.text, after.as_ref(), PAGE)?))
}

fn page((customers, next): database::customer::CustomerPage) -> CustomerPage {
    let row = |StoredCustomer { id, customer, .. }: StoredCustomer| CustomerRow {
        id,
        number: customer.number,
        name: customer.name,
        email: customer.email,
        phone: customer.phone,
        price_list: customer.price_list,
        status: customer.status,
    };
    CustomerPage {
        customers: customers.into_iter().map(row).collect(),
        next: next.map(|after| format!("{}:{}", after.row, after.name)),
    }
}

fn parse_after(text: &str) -> Result<After, CallError> {
    let invalid = || CallError::PayloadInvalid { problem: "`after` is not the `next` of a page".to_owned() };
    let (row, name) = text.split_once(':').ok_or_else(invalid)?;
    Ok(After { row: row.parse().map_err(|_| invalid())?, name: name.to_owned() })
}

/// `customer.export`
pub use crate::export::customers as export;

/// `customer.get`
pub fn get(ask: &Ask<'_>, request: GetCustomer) -> Result<CustomerView, Error> {
    let stored = ask.reader.customer(request.id)?.ok_or(CustomerError::Unknown {})?;
    view(ask, stored)
}

fn view(ask: &Ask<'_>, stored: StoredCustomer) -> Result<CustomerView, Error> {
    let StoredCustomer { id, version, customer } = stored;
    let list = match customer.price_list {
        Some(list) => ask.reader.record_as::<PriceList>(Entity::PriceList, list.0)?,
        None => None,
    };
    Ok(CustomerView { id, version, customer, price_list_name: list.map(|(_, list)| list.name) })
}

/// `customer.save`
pub fn save(act: &Act<'_>, request: SaveCustomer) -> Result<Saved<CustomerView>, Error> {
    let customer = request.customer.tidied();
    customer.check()?;
    let id = act.id_or_new(request.id.map(|id| id.0));
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let stored = act.read(|reader| {
        if let Some(number) = &customer.number
            && reader.customer_number_taken(number, CustomerId(id))?
        {
            return Err(CustomerError::NumberTaken { number: number.clone() }.into());
        }
        let stored = reader.customer(CustomerId(id))?;
        if let Some(list) = customer.price_list {
            // One that was archived before is left to who has it; nobody gets it.
            let had = stored.as_ref().is_some_and(|stored| stored.customer.price_list == Some(list));
            let known = reader.record_as::<PriceList>(Entity::PriceList, list.0)?;
            if !known.is_some_and(|(_, known)| had || known.status == Status::Active) {
                return Err(CustomerError::PriceListUnknown {}.into());
            }
        }
        Ok::<_, Error>(stored)
    })?;
    if request.id.is_some() && stored.is_none() {
        return Err(CustomerError::Unknown {}.into());
    }
    let archives = customer.status == Status::Archived
        && stored.as_ref().is_some_and(|stored| stored.customer.status == Status::Active);
    if archives && !request.despite_balance {
        settled(act, CustomerId(id))?;
    }
    let current = stored.map_or((0, Fields::new()), |stored| (stored.version, fields_of(&stored.customer)));
    let actor = act.operator;
    let wanted = wanted(request.base.as_ref(), &customer);
    act.commit(move |tx| {
        append(tx, actor, Entity::Customer, id, current, wanted)?;
        Ok(Saved::new(id))
    })
}

/// Says what somebody owes the shop or has there, before they are put aside: nobody looks for it later.
fn settled(act: &Act<'_>, customer: CustomerId) -> Result<(), Error> {
    act.read(|reader| {
        let currency = crate::ask::shop(act.terminal, reader)?.1.currency;
        let money = |minor| Money::new(minor, currency).map_err(SaleError::from);
        let owed = reader.account_balance(customer, TenderKind::OnAccount, currency)?;
        if owed > 0 {
            return Err(CustomerError::StillOwes { owed: money(owed)? }.into());
        }
        // Below nothing, the shop owes them.
        let credit =
            reader.account_balance(customer, TenderKind::StoreCredit, currency)?.saturating_sub(owed);
        if credit > 0 {
            return Err(CustomerError::StillHas { credit: money(credit)? }.into());
        }
        Ok(())
    })
}

/// `customer.erase`
pub fn erase(act: &Act<'_>, request: EraseCustomer) -> Result<Saved<CustomerView>, Error> {
    let (id, actor) = (request.id, act.operator);
    let _one_at_a_time = act.terminal.catalog_changes.lock().unwrap_or_else(PoisonError::into_inner);
    act.terminal.database.apply_catalog()?;
    let stored = act.read(|reader| Ok::<_, Error>(reader.customer(id)?))?.ok_or(CustomerError::Unknown {})?;
    if stored.customer.status == Status::Active {
        return Err(CustomerError::StillActive {}.into());
    }
    let (_, shop) = act.read(|reader| crate::ask::shop(act.terminal, reader))?;
    let erased = act.commit(move |tx| {
        let owed = tx.account_balance(id, TenderKind::OnAccount, shop.currency)?;
        if owed > 0 {
            let owed = Money::new(owed, shop.currency).map_err(SaleError::from)?;
            return Err(CustomerError::StillOwes { owed }.into());
        }
        tx.erase(actor, Entity::Customer, id.0, Entity::Customer.personal_fields())?;
        Ok(Saved::new(id.0))
    })?;
    // What imports brought lies in their own files. It was decided already: a disk that fails here is asked again by the
    // one who empties the backups.
    if let Err(error) = act.terminal.database.erase_in_sets() {
        tracing::error!(%error, "what was erased is not yet empty in the change-sets");
    }
    Ok(erased)
}

impl Effect for Saved<CustomerView> {
    type Answer = CustomerView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Customer)
    }

    fn in_catalog(&self) -> bool {
        true
    }

    fn answer(self, ask: &Ask<'_>) -> Result<CustomerView, Error> {
        let stored = ask.reader.customer(CustomerId(self.id))?;
        view(ask, stored.ok_or_else(|| record::missing("customer", self.id))?)
    }
}
