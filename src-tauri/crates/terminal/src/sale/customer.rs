//! Whom a sale is for: found while selling, put on it and taken off, with their price list.

use super::{Opening, SaleChanged, account, changed_many, discount};
use crate::act::Act;
use crate::ask::Ask;
use crate::error::Error;
use database::Reader;
use database::customer::StoredCustomer;
use domain::customer::CustomerError;
use domain::ids::{CustomerId, PriceListId, ProductId};
use domain::product::{PriceFrom, PriceList, Status};
use domain::sale::customer::SaleCustomer;
use domain::sale::undo::{Kept, SaleAct};
use std::collections::HashMap;
use wire::customer::{FindCustomers, GetCustomer, SaleCustomerView, SaleCustomers};
use wire::fact::TrailEntry;
use wire::record::Entity;
use wire::sale::SetCustomer;

/// Customers that are shown at most: who sells types on.
const FOUND: u32 = 20;

/// `sale.find_customers`
pub fn find_customers(ask: &Ask<'_>, request: FindCustomers) -> Result<SaleCustomers, Error> {
    let (found, next) = ask.reader.customers_by_words(&request.text, None, FOUND)?;
    let customers = found.into_iter().map(|stored| shown(ask, stored)).collect::<Result<_, _>>()?;
    Ok(SaleCustomers { customers, more: next.is_some() })
}

/// `sale.customer`
pub fn customer(ask: &Ask<'_>, request: GetCustomer) -> Result<SaleCustomerView, Error> {
    shown(ask, ask.reader.customer(request.id)?.ok_or(CustomerError::Unknown {})?)
}

fn shown(ask: &Ask<'_>, stored: StoredCustomer) -> Result<SaleCustomerView, Error> {
    let StoredCustomer { id, customer, .. } = stored;
    let list = match customer.price_list {
        Some(list) => ask.reader.record_as::<PriceList>(Entity::PriceList, list.0)?,
        None => None,
    };
    let account::Shown { credit, owed, may_owe } = account::shown(ask, id)?;
    Ok(SaleCustomerView {
        id,
        number: customer.number,
        name: customer.name,
        phone: customer.phone,
        price_list_name: list.map(|(_, list)| list.name),
        credit,
        owed,
        may_owe,
    })
}

/// `sale.set_customer`
pub fn set_customer(act: &Act<'_>, request: SetCustomer) -> Result<SaleChanged, Error> {
    let customer = match request.customer {
        None => None,
        Some(id) => {
            let stored = act.read(|reader| Ok(reader.customer(id)?))?.ok_or(CustomerError::Unknown {})?;
            // Who was archived is not offered any more.
            if stored.customer.status == Status::Archived {
                return Err(CustomerError::Unknown {}.into());
            }
            Some(SaleCustomer { id, price_list: stored.customer.price_list })
        }
    };
    put_on(act, customer)
}

/// The customer whose number or card code a text is.
pub fn of_number(reader: &Reader, text: &str) -> Result<Option<CustomerId>, Error> {
    Ok(reader.customer_of_number(text.trim())?)
}

/// Puts a customer on the open sale, or takes the one off that is on it. Its lines follow the list that holds then.
fn put_on(act: &Act<'_>, customer: Option<SaleCustomer>) -> Result<SaleChanged, Error> {
    let (operator, day) = (act.operator, act.day());
    let prices = prices_of_lines(act, customer.and_then(|customer| customer.price_list))?;
    let opening = Opening::of(act)?;
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        let before = sale.list();
        let mut kept = Kept { said: sale.said(), lines: Vec::new(), added: Vec::new() };
        let act = sale.set_customer(customer)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        let mut lines = Vec::new();
        if sale.list() != before {
            for mut line in tx.open_lines(sale.id)? {
                let Some(prices) = line.product.and_then(|product| prices.get(&product)) else { continue };
                let was = line.clone();
                if sale.reprice(&mut line, prices, day, before)? {
                    kept.lines.push(was);
                    lines.push(line);
                }
            }
        }
        tx.keep_act(&mut sale, SaleAct::CustomerSet, &kept)?;
        discount::save(tx, &mut sale, &mut lines)?;
        changed_many(&sale, &lines)
    })?;
    act.caller.desk(|desk| {
        desk.completed = None;
        desk.refused_scan = None;
    });
    Ok(effect)
}

/// The prices of what is in the open sale, where another list than before may hold for it.
fn prices_of_lines(
    act: &Act<'_>,
    list: Option<PriceListId>,
) -> Result<HashMap<ProductId, Vec<PriceFrom>>, Error> {
    let operator = act.operator;
    act.read(|reader| {
        let mut prices = HashMap::new();
        let Some(sale) = reader.open_sale_of(operator)? else { return Ok(prices) };
        if sale.list() == list.or(sale.price_list) {
            return Ok(prices);
        }
        for line in reader.open_lines_before(sale.id, u32::MAX, u32::MAX)? {
            let Some(product) = line.product.filter(|product| !prices.contains_key(product)) else {
                continue;
            };
            if let Some((_, record)) = reader.product_record(product)? {
                prices.insert(product, record.prices);
            }
        }
        Ok(prices)
    })
}
