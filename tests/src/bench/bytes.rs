//! `sale.bytes`: how much the ledger's file grows by a sold line, with everything that stands in it: the fact, its place
//! in the log, what is derived from it, the print jobs, the requests, and all indexes.

use super::figures::Row;
use super::files::copy;
use super::ours::{LINES, basket};
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, kept};
use domain::code::Code;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use terminal::workers::Next;
use terminal::workers::folder::Folder;
use terminal::workers::spooler::Spooler;
use wire::sale::SaleView;

/// Bytes of a line at most, all in.
const MOST: f64 = 1_536.0;
/// Steps of the spooler for one sale at most: kick and receipt, and a look that finds nothing.
const STEPS_MAX: usize = 5;

/// Measures the row.
///
/// # Errors
/// What the till refuses.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let shop = kept(size.shop, &programs.shops, &mut |_| {})?;
    let folder = copy(&shop, &programs.work.join("bytes"))?;
    till::set_up_printer(&folder)?;
    let codes = till::codes(&size.shop)?;
    let before = length(&folder)?;
    let mut draw = Draw::new(size.shop.seed, 80);
    sell(&folder, &codes, &mut draw, size.stored_sales)?;
    let grown = length(&folder)? - before;
    let lines = (size.stored_sales * LINES) as f64;
    let against = "the 1.5 KiB a line may take";
    let mut row = Row::of_counts("sale.bytes", against, "bytes a line", (grown / lines, MOST));
    row.count("sales", size.stored_sales as f64);
    row.count("bytes_a_sale", grown / size.stored_sales as f64);
    row.at_most("bytes of a line", grown / lines, MOST);
    fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(row)
}

/// Sells, prints and folds so many sales, and closes the till.
fn sell(folder: &Path, codes: &[Code], draw: &mut Draw, sales: usize) -> Result<(), String> {
    let (terminal, clock) = till::open(folder, 1)?;
    let (mut spooler, mut rollups) =
        (Spooler::new(Arc::clone(&terminal)), Folder::new(Arc::clone(&terminal)));
    let mut desk = Desk::new(&terminal, 1);
    desk.sign_in(OWNER, PIN)?;
    for _ in 0..sales {
        clock.pass(60_000);
        let mut sale = None;
        for code in basket(draw, codes, LINES) {
            let view: SaleView = desk.call("sale.scan", &json!({ "code": code }))?;
            sale = Some(view.sale);
        }
        let request = json!({ "sale": sale, "tenders": [{ "kind": "cash", "amount": null }], "total": null });
        desk.call::<Value>("sale.complete", &request)?;
        for _ in 0..STEPS_MAX {
            if spooler.step() != Next::Again {
                break;
            }
        }
        rollups.step();
    }
    Ok(())
}

/// The length of the ledger's file. Nobody has it open: its log is copied into it.
fn length(folder: &Path) -> Result<f64, String> {
    let ledger = folder.join("ledger.db");
    let length = fs::metadata(&ledger).map_err(|error| format!("{}: {error}", ledger.display()))?.len();
    Ok(length as f64)
}
