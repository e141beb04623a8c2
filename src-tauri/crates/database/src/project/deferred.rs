//! Rollups for reports: folded behind the sale, so that the sale does not pay for them.

use crate::error::DatabaseError;
use rusqlite::{Connection, params};
use wire::fact::{Fact, SaleCompletedFact};

pub fn project(connection: &Connection, fact: &Fact) -> Result<(), DatabaseError> {
    match fact {
        Fact::SaleCompleted(sale) => complete(connection, sale),
        Fact::LedgerOpened(_)
        | Fact::SaleCancelled(_)
        | Fact::RecordChanged(_)
        | Fact::SignedIn(_)
        | Fact::SignedOut(_)
        | Fact::ReceiptReprinted(_)
        | Fact::KeyIntroduced(_)
        | Fact::ReceiptConfirmed(_)
        | Fact::AuditExported(_)
        | Fact::BackupAsked(_)
        | Fact::ClockJumped(_)
        | Fact::CallRefused(_)
        | Fact::FaultRecorded(_)
        | Fact::BundleMade(_)
        | Fact::RecordErased(_)
        | Fact::Unknown { .. } => Ok(()),
    }
}

fn complete(connection: &Connection, sale: &SaleCompletedFact) -> Result<(), DatabaseError> {
    let day = sale.business_day.unix_day();
    let currency = sale.currency.code();
    let net: i64 = sale.taxes.iter().map(|row| row.net).sum();
    let tax: i64 = sale.taxes.iter().map(|row| row.tax).sum();
    connection
        .prepare_cached(
            "insert into sales_by_day (day, currency, sales, lines, net, tax, total) values (?1, ?2, 1, ?3, ?4, ?5, ?6)
             on conflict (day, currency) do update set
                 sales = sales + 1,
                 lines = lines + excluded.lines,
                 net = net + excluded.net,
                 tax = tax + excluded.tax,
                 total = total + excluded.total",
        )?
        .execute(params![day, currency, sale.lines.len() as i64, net, tax, sale.total])?;
    let mut by_rate = connection.prepare_cached(
        "insert into tax_by_day (day, currency, rate, net, tax) values (?1, ?2, ?3, ?4, ?5)
         on conflict (day, currency, rate) do update set net = net + excluded.net, tax = tax + excluded.tax",
    )?;
    for row in &sale.taxes {
        by_rate.execute(params![day, currency, row.rate.as_ppm(), row.net, row.tax])?;
    }
    Ok(())
}
