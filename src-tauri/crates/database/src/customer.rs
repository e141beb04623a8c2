//! Customers in the catalogue: found by the beginnings of their words, listed by name.

use crate::error::DatabaseError;
use crate::product::{code_of, parse};
use crate::reader::Reader;
use domain::customer::Customer;
use domain::ids::{CustomerId, PriceListId};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeSet;
use wire::record::{Fields, fields};

/// A customer with its id and version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCustomer {
    /// Who.
    pub id: CustomerId,
    /// Goes up with every change.
    pub version: u64,
    /// What is known of them.
    pub customer: Customer,
}

const COLUMNS: &str = "select c.customer, c.version, c.number, c.name, c.email, c.phone, c.address, c.note,
    c.price_list, c.status from customer c";

fn stored(row: &Row<'_>) -> Result<StoredCustomer, DatabaseError> {
    Ok(StoredCustomer {
        id: CustomerId::from_bytes(row.get(0)?),
        version: row.get::<_, i64>(1)?.cast_unsigned(),
        customer: Customer {
            number: row.get(2)?,
            name: row.get(3)?,
            email: row.get(4)?,
            phone: row.get(5)?,
            address: row.get(6)?,
            note: row.get(7)?,
            price_list: row.get::<_, Option<[u8; 16]>>(8)?.map(PriceListId::from_bytes),
            status: parse(&row.get::<_, String>(9)?)?,
        },
    })
}

impl Reader {
    /// A customer, or `None`.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn customer(&self, id: CustomerId) -> Result<Option<StoredCustomer>, DatabaseError> {
        load_customer(&self.catalog, id.bytes())
    }
}

pub(crate) fn load_customer(
    connection: &Connection,
    id: [u8; 16],
) -> Result<Option<StoredCustomer>, DatabaseError> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} where c.customer = ?1"))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(stored).transpose()
}

pub(crate) fn load_customer_fields(
    connection: &Connection,
    id: [u8; 16],
) -> Result<Option<Fields>, DatabaseError> {
    Ok(load_customer(connection, id)?.map(|stored| fields(&stored.customer)))
}

pub(crate) fn save_customer(
    connection: &Connection,
    id: [u8; 16],
    version: u64,
    customer: &Customer,
) -> Result<(), DatabaseError> {
    let row: i64 = connection
        .prepare_cached(
            "insert into customer (customer, version, number, name, email, phone, address, note, price_list, status)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (customer) do update set
                 version = excluded.version, number = excluded.number, name = excluded.name,
                 email = excluded.email, phone = excluded.phone, address = excluded.address,
                 note = excluded.note, price_list = excluded.price_list, status = excluded.status
             returning id",
        )?
        .query_row(
            params![
                id,
                version.cast_signed(),
                customer.number,
                customer.name,
                customer.email,
                customer.phone,
                customer.address,
                customer.note,
                customer.price_list.map(|list| list.bytes()),
                code_of(&customer.status)?,
            ],
            |row| row.get(0),
        )?;
    connection.prepare_cached("delete from customer_word where customer = ?1")?.execute([row])?;
    let mut save = connection.prepare_cached("insert into customer_word (word, customer) values (?1, ?2)")?;
    let texts =
        [Some(&customer.name), customer.number.as_ref(), customer.email.as_ref(), customer.phone.as_ref()];
    let words: BTreeSet<String> = texts.into_iter().flatten().flat_map(|text| words(text)).collect();
    for word in words {
        save.execute(params![word, row])?;
    }
    Ok(())
}

/// The words of a text in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
