//! Open sales that were put aside: their header waits in a table of its own, so that their operator can open another;
//! their lines and their trail stay where they are.

use crate::error::DatabaseError;
use crate::ledger::LedgerTx;
use crate::reader::Reader;
use domain::ids::SaleId;
use domain::sale::OpenSale;
use rusqlite::{Connection, OptionalExtension, params};

/// The header of a sale that was put aside, or `None`.
pub fn suspended(connection: &Connection, sale: SaleId) -> Result<Option<OpenSale>, DatabaseError> {
    let header: Option<String> = connection
        .prepare_cached("select header from suspended_sale where sale = ?1")?
        .query_row([sale.bytes()], |row| row.get(0))
        .optional()?;
    Ok(header.map(|header| serde_json::from_str(&header)).transpose()?)
}

fn count(connection: &Connection) -> Result<u32, DatabaseError> {
    Ok(connection.prepare_cached("select count(*) from suspended_sale")?.query_row([], |row| row.get(0))?)
}

fn all(connection: &Connection) -> Result<Vec<OpenSale>, DatabaseError> {
    // They are few: put in order here, by what stands in them.
    let mut statement = connection.prepare_cached("select header from suspended_sale")?;
    let mut rows = statement.query([])?;
    let mut sales: Vec<OpenSale> = Vec::new();
    while let Some(row) = rows.next()? {
        sales.push(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?);
    }
    sales.sort_by_key(|sale| (sale.suspended.as_ref().map(|suspended| suspended.at), sale.id));
    Ok(sales)
}

impl Reader {
    /// The sales that are put aside, the one that waits longest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn suspended_sales(&self) -> Result<Vec<OpenSale>, DatabaseError> {
        all(&self.ledger)
    }

    /// How many sales are put aside.
    ///
    /// # Errors
    /// `Disk`.
    pub fn suspended_count(&self) -> Result<u32, DatabaseError> {
        count(&self.ledger)
    }
}

impl LedgerTx<'_> {
    /// The sales that are put aside, the one that waits longest first.
    ///
    /// # Errors
    /// `Disk`, `Value`.
    pub fn suspended_sales(&self) -> Result<Vec<OpenSale>, DatabaseError> {
        all(self.connection)
    }

    /// How many sales are put aside.
    ///
    /// # Errors
    /// `Disk`.
    pub fn suspended_count(&self) -> Result<u32, DatabaseError> {
        count(self.connection)
    }

    /// Puts an open sale aside, or saves one that is.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn save_suspended_sale(&self, sale: &OpenSale) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached(
                "insert into suspended_sale (sale, header) values (?1, ?2)
                 on conflict (sale) do update set header = excluded.header",
            )?
            .execute(params![sale.id.bytes(), serde_json::to_string(sale)?])?;
        self.connection
            .prepare_cached("delete from open_sale where sale = ?1")?
            .execute([sale.id.bytes()])?;
        Ok(())
    }

    /// Makes a sale an open one again that was put aside. An open one of the same operator that has no lines goes: it only
    /// held what the keypad had prepared.
    ///
    /// # Errors
    /// `Disk`, `Full`.
    pub fn save_resumed_sale(&self, sale: &OpenSale) -> Result<(), DatabaseError> {
        self.connection
            .prepare_cached("delete from suspended_sale where sale = ?1")?
            .execute([sale.id.bytes()])?;
        if let Some(empty) = self.open_sale_of(sale.operator)? {
            let trail = self.open_trail(empty.id)?;
            self.remove_open_sale(empty.id, &empty.acts, &trail)?;
        }
        self.save_open_sale(sale)
    }
}
