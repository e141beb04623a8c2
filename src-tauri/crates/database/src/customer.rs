//! Customers in the catalogue: found by the beginnings of their words, listed by name.

use crate::error::DatabaseError;
use crate::product::{After, code_of, parse};
use crate::reader::Reader;
use domain::customer::Customer;
use domain::ids::{CustomerId, PriceListId};
use domain::product::Status;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};
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
    c.price_list, c.status, c.id from customer c";

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

/// A page of customers, and where the next begins.
pub type CustomerPage = (Vec<StoredCustomer>, Option<After>);

/// Words a search looks for at most.
const WORDS_MAX: usize = 8;

fn page(mut rows: rusqlite::Rows<'_>, max: u32) -> Result<CustomerPage, DatabaseError> {
    let (mut customers, mut last) = (Vec::new(), None);
    while let Some(row) = rows.next()? {
        let customer = stored(row)?;
        last = Some(After { name: customer.customer.name.clone(), row: row.get(10)? });
        customers.push(customer);
    }
    let full = u32::try_from(customers.len()).is_ok_and(|length| length == max);
    Ok((customers, last.filter(|_| full)))
}

impl Reader {
    /// How many customers have a price list of their own, counted up to `most`.
    ///
    /// # Errors
    /// `Disk`.
    pub fn customers_of_list(&self, list: PriceListId, most: u32) -> Result<u32, DatabaseError> {
        let mut statement = self.catalog.prepare_cached(
            "select count(*) from
                 (select 1 from customer where price_list = ?1 and status = 'active' limit ?2)",
        )?;
        Ok(statement.query_row(params![list.bytes(), most], |row| row.get(0))?)
    }

    /// A page of customers by name.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn customers_by_name(
        &self,
        status: Status,
        after: Option<&After>,
        max: u32,
    ) -> Result<CustomerPage, DatabaseError> {
        let (name, row) = after.map_or(("", 0), |after| (after.name.as_str(), after.row));
        let mut statement = self.catalog.prepare_cached(&format!(
            "{COLUMNS} where c.status = ?1 and (c.name, c.id) > (?2, ?3) order by c.name, c.id limit ?4"
        ))?;
        page(statement.query(params![code_of(&status)?, name, row, max])?, max)
    }

    /// A page of customers in use, by name, of whom every word of `text` begins a word. Without a word there are none.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn customers_by_words(
        &self,
        text: &str,
        after: Option<&After>,
        max: u32,
    ) -> Result<CustomerPage, DatabaseError> {
        let words: Vec<String> = words(text).take(WORDS_MAX).collect();
        if words.is_empty() {
            return Ok((Vec::new(), None));
        }
        let (name, row) = after.map_or((String::new(), 0), |after| (after.name.clone(), after.row));
        // Every beginning is a stretch of the words' own order.
        let stretches: Vec<String> = (0..words.len())
            .map(|word| {
                let (from, to) = (2 * word + 4, 2 * word + 5);
                format!("select customer from customer_word where word >= ?{from} and word < ?{to}")
            })
            .collect();
        let mut statement = self.catalog.prepare_cached(&format!(
            "{COLUMNS} where c.id in ({}) and c.status = 'active' and (c.name, c.id) > (?1, ?2)
             order by c.name, c.id limit ?3",
            stretches.join(" intersect ")
        ))?;
        let mut values = vec![Value::Text(name), Value::Integer(row), Value::Integer(max.into())];
        for word in words {
            values.push(Value::Text(word.clone()));
            values.push(Value::Text(word + "\u{10ffff}"));
        }
        page(statement.query(rusqlite::params_from_iter(values))?, max)
    }

    /// Whether another customer has this number.
    ///
    /// # Errors
    /// `Disk`.
    pub fn customer_number_taken(
        &self,
        number: &str,
        by_other_than: CustomerId,
    ) -> Result<bool, DatabaseError> {
        let mut statement =
            self.catalog.prepare_cached("select 1 from customer where number = ?1 and customer <> ?2")?;
        Ok(statement.exists(params![number, by_other_than.bytes()])?)
    }

    /// The customer in use who has this number or card code.
    ///
    /// # Errors
    /// `Disk`.
    pub fn customer_of_number(&self, number: &str) -> Result<Option<CustomerId>, DatabaseError> {
        let mut statement = self
            .catalog
            .prepare_cached("select customer from customer where number = ?1 and status = 'active'")?;
        let found = statement.query_row([number], |row| row.get(0)).optional()?;
        Ok(found.map(CustomerId::from_bytes))
    }

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
