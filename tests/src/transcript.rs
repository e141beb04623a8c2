//! How answers read in a transcript.

use domain::document::Document;
use domain::money::Money;
use domain::pricing::PriceStep;
use domain::quantity::Quantity;
use domain::time::BusinessDay;
use wire::error::ErrorBody;
use wire::receipt::ReceiptPreview;
use wire::report::{CellValue, ReportTable};
use wire::sale::{CurrentSale, LineExplained, LineView, SaleCompleted, SaleView};

/// A line of a cart: number, what, how much at what price, and what it comes to.
fn line(line: &LineView) -> String {
    let quantity = match line.quantity == Quantity::ONE {
        true => String::new(),
        false => format!("{} x ", line.quantity),
    };
    let listed = line.list_price.map(|price| format!(" (listed {price})")).unwrap_or_default();
    let voided = if line.voided { "void  " } else { "" };
    let what = format!("{voided}{quantity}{} @ {}{listed}", line.name, line.price);
    format!("{:>3}  {what:<44} {:>10}", line.number, line.amount.to_string())
}

/// An open sale after a change.
pub fn sale(view: &SaleView) -> Vec<String> {
    let mut text: Vec<String> = view.changed_lines.iter().map(line).collect();
    if let Some(quantity) = view.armed.quantity {
        text.push(format!("armed {quantity} x"));
    }
    if view.armed.return_next {
        text.push("armed return".to_owned());
    }
    if let Some(age) = view.age_check {
        text.push(format!("age to confirm {age}"));
    }
    text.push(total(view.totals.total));
    text
}

fn total(money: Money) -> String {
    format!("{:<49} {:>10}", "total", money.to_string())
}

/// A completed sale.
pub fn completed(sale: &SaleCompleted) -> Vec<String> {
    let mut text = vec![format!("completed {}", sale.receipt_number), total(sale.totals.total)];
    for tax in &sale.totals.taxes {
        text.push(format!("tax {} %: net {} + tax {} = {}", tax.rate, tax.net, tax.tax, tax.gross));
    }
    for tender in &sale.tenders {
        text.push(format!("{:?} {:?} {}", tender.kind, tender.direction, tender.tendered).to_lowercase());
    }
    if !sale.change.is_zero() {
        text.push(format!("change {}", sale.change));
    }
    text
}

/// How the price of a line came to be.
pub fn explained(view: &LineExplained) -> Vec<String> {
    let since = |day: &Option<BusinessDay>| match day {
        Some(day) => format!("since {day}"),
        None => "changed meanwhile".to_owned(),
    };
    let step = |step: &PriceStep| match step {
        PriceStep::Linked { with } => format!("goes with line {}, {} each", with.line, with.per_unit),
        PriceStep::Listed { price, list, from } => {
            let name = view.price_list_name.as_deref().filter(|_| list.is_some()).unwrap_or("ordinary");
            format!("listed {price} ({name}, {})", since(from))
        }
        PriceStep::Packed { quantity, price, own } => {
            format!("pack of {quantity} at {price}{}", if *own { ", its own price" } else { "" })
        }
        PriceStep::InCode { said } => format!("the code says {said:?}"),
        PriceStep::Instead { price } => format!("instead {price}"),
        PriceStep::Extended { price, quantity, unit, exact, rounding, amount } => {
            format!("{price} x {quantity} {unit:?} = {exact}, {rounding:?}: {amount}")
        }
        PriceStep::Taxed { category, rate, from, mode, scope, tax } => {
            let category = category.as_deref().unwrap_or("-");
            format!("tax {category} {rate} % ({}), {mode:?} by {scope:?}: {tax}", since(from))
        }
    };
    let mut text: Vec<String> = view.steps.iter().map(step).collect();
    for typed in &view.overrides {
        let allowed = typed.approver_name.as_ref().map(|name| format!(", allowed by {name}"));
        let (from, to, name) = (typed.from, typed.to, &typed.operator_name);
        text.push(format!("{from} -> {to} typed by {name}{}", allowed.unwrap_or_default()));
    }
    text
}

/// Where the sign-on stands.
pub fn current(current: &CurrentSale) -> Vec<String> {
    let mut text = current.sale.as_ref().map(sale).unwrap_or_else(|| vec!["no open sale".to_owned()]);
    if let Some(done) = &current.completed {
        text.push(format!("last: {} change {}", done.receipt_number, done.change));
    }
    if let Some(refused) = &current.refused_scan {
        text.push(format!("refused {} ({}): {}", refused.code, refused.count, refused.error.code.text()));
    }
    if current.scans.read > 0 {
        let scans = current.scans;
        text.push(format!("read {} = taken {} + refused {}", scans.read, scans.taken, scans.refused));
    }
    text
}

/// A receipt as it would be printed.
pub fn receipt(preview: &ReceiptPreview) -> Vec<String> {
    let Document { right_to_left, .. } = preview.document;
    let edge = if right_to_left { "« " } else { "| " };
    preview.lines.iter().map(|line| format!("{edge}{line}").trim_end().to_owned()).collect()
}

/// A report.
pub fn report(table: &ReportTable) -> Vec<String> {
    let cell = |cell: &CellValue| match cell {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.clone(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Day(day) => day.to_string(),
        CellValue::Money(money) => money.to_string(),
        CellValue::Rate(rate) => format!("{rate} %"),
    };
    let row = |cells: Vec<String>| {
        cells.iter().map(|cell| format!("{cell:>12}")).collect::<String>().trim_start().to_owned()
    };
    let mut text = vec![row(table.columns.clone())];
    text.extend(table.rows.iter().map(|cells| row(cells.iter().map(cell).collect())));
    if !table.totals.is_empty() {
        text.push(format!("sum {}", row(table.totals.iter().map(cell).collect())));
    }
    text
}

/// A refusal, fault or bug. The reference is random and left out.
pub fn error(body: &ErrorBody) -> Vec<String> {
    vec![format!("! {}: {}", body.code.text(), body.message)]
}
