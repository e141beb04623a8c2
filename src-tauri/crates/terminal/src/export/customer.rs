//! The rows of customers, in columns that an import knows again.

use super::Making;
use super::product::status;
use crate::error::Error;
use crate::spreadsheet::Cell;
use database::customer::StoredCustomer;
use wire::export::ExportCustomers;

/// The names of the columns.
pub const HEAD: [&str; 8] =
    ["name", "customer number", "email", "phone", "address", "note", "status", "tillkeeper id"];

/// Customers of one look.
const PAGE: u32 = 500;

/// Writes a row for each customer that is asked for. Who was erased is not among them.
pub fn rows(making: &mut Making<'_>, request: &ExportCustomers) -> Result<(), Error> {
    let text = request.text.trim();
    let mut after = None;
    loop {
        let (customers, next) = making.look(|ask| {
            Ok(if text.is_empty() {
                ask.reader.customers_by_name(request.status, after.as_ref(), PAGE)?
            } else {
                ask.reader.customers_by_words(text, after.as_ref(), PAGE)?
            })
        })?;
        for stored in customers.iter().filter(|stored| !stored.customer.name.is_empty()) {
            row(making, stored)?;
        }
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn row(making: &mut Making<'_>, stored: &StoredCustomer) -> Result<(), Error> {
    let StoredCustomer { id, customer, .. } = stored;
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let (number, email, phone) = (given(&customer.number), given(&customer.email), given(&customer.phone));
    let (address, note) = (given(&customer.address), given(&customer.note));
    making.row(&[
        Cell::Text(&customer.name),
        Cell::Text(&number),
        Cell::Text(&email),
        Cell::Text(&phone),
        Cell::Text(&address),
        Cell::Text(&note),
        Cell::Text(status(customer.status)),
        Cell::Text(&id.0.to_string()),
    ])
}
