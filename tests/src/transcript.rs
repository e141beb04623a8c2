//! How answers read in a transcript.

use domain::discount::DiscountBy;
use domain::document::Document;
use domain::money::Money;
use domain::pricing::PriceStep;
use domain::quantity::Quantity;
use domain::tax::TaxRate;
use domain::time::BusinessDay;
use wire::customer::SaleCustomerView;
use wire::error::ErrorBody;
use wire::receipt::ReceiptPreview;
use wire::report::{CellValue, DayFigures, Overview, ReportTable};
use wire::sale::{
    CurrentSale, DiscountView, LineExplained, LineView, ReturnableSale, SaleCompleted, SaleUndone, SaleView,
    SuspendedList, SuspendedView,
};

/// A line of a cart: number, what, how much at what price, and what it comes to.
fn line(line: &LineView) -> String {
    let quantity = match line.quantity == Quantity::ONE {
        true => String::new(),
        false => format!("{} x ", line.quantity),
    };
    let listed = line.list_price.map(|price| format!(" (listed {price})")).unwrap_or_default();
    let voided = if line.voided { "void  " } else { "" };
    let returns = line.returns.as_ref().map(|number| format!(" of {number}")).unwrap_or_default();
    let what = format!("{voided}{quantity}{}{returns} @ {}{listed}", line.name, line.price);
    format!("{:>3}  {what:<44} {:>10}", line.number, line.amount.to_string())
}

/// What was taken back, the sale as it is again, and what would be taken back next.
pub fn undone(undone: &SaleUndone) -> Vec<String> {
    let of = undone.name.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
    let mut text = vec![format!("undone: {}{of}", word(undone.what))];
    text.extend(sale(&undone.sale));
    text.extend(undone.sale.undo.map(|next| format!("next to undo: {}", word(next))));
    text
}

/// An open sale after a change.
pub fn sale(view: &SaleView) -> Vec<String> {
    let mut text = Vec::new();
    for changed in &view.changed_lines {
        text.push(line(changed));
        text.extend(changed.note.as_ref().map(|note| format!("       note: {note}")));
        text.extend(changed.seller.map(|_| "       sold by a colleague".to_owned()));
        text.extend(changed.discount.map(|discount| off("       discount", &discount)));
    }
    if let Some(quantity) = view.armed.quantity {
        text.push(format!("armed {quantity} x"));
    }
    if view.armed.return_next {
        text.push("armed return".to_owned());
    }
    if let Some(age) = view.age_check {
        text.push(format!("age to confirm {age}"));
    }
    text.extend(view.note.as_ref().map(|note| format!("note: {note}")));
    if view.takeaway {
        text.push("taken away".to_owned());
    }
    text.extend(view.exempt.map(|reason| format!("exempt from tax: {}", word(reason))));
    if view.seller.is_some() {
        text.push("from now on sold by a colleague".to_owned());
    }
    if view.customer.is_some() {
        text.push("for a customer".to_owned());
    }
    text.extend(view.discount.map(|discount| off("discount", &discount)));
    text.push(total(view.totals.total));
    text.extend(view.tip.map(|tip| format!("tip {tip}")));
    for tender in &view.tenders {
        let reference = tender.reference.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
        let tip = tender.tip.map(|tip| format!(", tip {tip}")).unwrap_or_default();
        text.push(format!("paid {} {}{reference} {}{tip}", tender.number, word(tender.kind), tender.amount));
    }
    if let Some(payment) = &view.payment {
        let (direction, state) = (word(payment.direction), word(payment.state));
        text.push(format!("{} {direction} {}: {state}", word(payment.kind), payment.amount));
    }
    if view.balance != view.totals.total {
        text.push(format!("due {}", view.balance));
    }
    if view.cash_due != view.balance {
        text.push(format!("due in cash {}", view.cash_due));
    }
    // That a refund goes back in cash needs no words.
    for part in view.refund.iter().filter(|part| part.kind != domain::tender::TenderKind::Cash) {
        text.push(format!("back to {} {}", word(part.kind), part.amount));
    }
    text
}

/// A customer as who sells sees them.
pub fn buyer(view: &SaleCustomerView) -> String {
    let said = [view.number.as_deref(), view.phone.as_deref(), view.price_list_name.as_deref()];
    let mut beside: Vec<String> = said.into_iter().flatten().map(str::to_owned).collect();
    beside.extend(view.credit.map(|credit| format!("credit {credit}")));
    beside.extend(view.owed.map(|owed| format!("owes {owed}")));
    beside.extend(view.may_owe.map(|open| format!("may owe {open}")));
    format!("{} ({})", view.name, beside.join(", "))
}

/// The sales that are put aside.
pub fn suspended(list: &SuspendedList) -> Vec<String> {
    let row = |(place, sale): (usize, &SuspendedView)| {
        let name = sale.name.as_deref().unwrap_or("-");
        let what = format!("{name}, {} min, {}: {}", sale.minutes, sale.operator_name, sale.first.join(", "));
        format!("{:>3}  {what:<44} {:>10}", place + 1, sale.total.to_string())
    };
    if list.sales.is_empty() {
        return vec!["nothing is put aside".to_owned()];
    }
    list.sales.iter().enumerate().map(row).collect()
}

/// What can come back of a receipt.
pub fn returnable(found: &ReturnableSale) -> Vec<String> {
    let whole = if found.reversible { "" } else { ", not as a whole" };
    let mut text = vec![format!("{} {}{whole}", found.receipt_number, found.total)];
    for line in &found.lines {
        let what = format!("{} of {} {}, {} here", line.left, line.sold, line.name, line.in_sale);
        text.push(format!("{:>3}  {what:<44} {:>10}", line.line, line.amount.to_string()));
    }
    text
}

/// What was taken off: how, and what that comes to.
fn off(what: &str, discount: &DiscountView) -> String {
    let by = match discount.by {
        DiscountBy::Part { ppm } => {
            let part = TaxRate::ppm(ppm).map_or_else(|_| ppm.to_string(), |part| part.to_string());
            format!("{what} {part} %")
        }
        DiscountBy::Amount { .. } => what.to_owned(),
    };
    format!("{by:<49} {:>10}", discount.amount.to_string())
}

/// The word of a value as it crosses.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => format!("{other:?}"),
    }
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
        let reference = tender.reference.as_ref().map(|text| format!(" {text}")).unwrap_or_default();
        let (kind, direction) = (word(tender.kind), word(tender.direction));
        text.push(format!("{kind} {direction} {}{reference}", tender.tendered));
    }
    if !sale.cash_rounding.is_zero() {
        text.push(format!("rounding {}", sale.cash_rounding));
    }
    text.extend(sale.tip.map(|tip| format!("tip {tip}")));
    if !sale.change.is_zero() {
        text.push(format!("change {}", sale.change));
    }
    if let Some(left) = sale.credit_left {
        text.push(format!("credit left {left}"));
    }
    if let Some(owed) = sale.owed {
        text.push(format!("owed {owed}"));
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
        PriceStep::Returned { receipt_number, amount } => {
            format!("taken back from {receipt_number}: {amount}")
        }
        PriceStep::Discounted { by, reason, amount } => format!("discount {by:?} for {reason:?}: -{amount}"),
        PriceStep::Exempted { rate, amount } => format!("exempt from {rate} %: -{amount}"),
        PriceStep::Shared { amount } => format!("part of the sale's discount: -{amount}"),
        PriceStep::Taxed { category, rate, from, mode, scope, tax } => {
            let category = category.as_deref().unwrap_or("-");
            format!("tax {category} {rate} % ({}), {mode:?} by {scope:?}: {tax}", since(from))
        }
    };
    let mut text: Vec<String> = view.steps.iter().map(step).collect();
    text.push(format!("comes to {}", view.comes_to));
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
    if current.suspended > 0 {
        text.push(format!("{} put aside", current.suspended));
    }
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
    let row = |cells: Vec<String>| {
        cells.iter().map(|cell| format!(" {cell:>11}")).collect::<String>().trim_start().to_owned()
    };
    let mut text = vec![row(table.columns.clone())];
    text.extend(table.rows.iter().map(|cells| row(cells.iter().map(cell).collect())));
    if !table.totals.is_empty() {
        text.push(format!("sum {}", row(table.totals.iter().map(cell).collect())));
    }
    text
}

fn cell(cell: &CellValue) -> String {
    match cell {
        CellValue::Empty => String::new(),
        CellValue::Text(text) | CellValue::Word(text) => text.clone(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Quantity { thousandths, .. } => {
            let sign = if *thousandths < 0 { "-" } else { "" };
            format!("{sign}{}.{:03}", thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000)
        }
        CellValue::Day(day) => day.to_string(),
        CellValue::Weekday(weekday) => format!("weekday {weekday}"),
        CellValue::Hour(hour) => format!("{hour}:00"),
        CellValue::Money(money) => money.to_string(),
        CellValue::Rate(rate) => format!("{rate} %"),
        CellValue::Change(ppm) => format!("{ppm:+} ppm"),
    }
}

/// A day at a glance.
pub fn overview(view: &Overview) -> Vec<String> {
    let figures = |name: &str, of: &DayFigures| {
        let average = of.average.map_or(String::new(), |average| format!(", {average} each"));
        format!("{name}: {} in {} sales of {} items{average}", of.total, of.sales, of.items)
    };
    let mut text = vec![
        figures(&view.day.to_string(), &view.sold),
        figures(&format!("{} by now", view.before_day), &view.before),
        figures(&view.before_day.to_string(), &view.before_whole),
    ];
    text.extend(view.change.map(|ppm| format!("change {ppm:+} ppm")));
    text.extend(
        view.hours.iter().map(|hour| format!("{}:00 {} beside {}", hour.hour, hour.total, hour.before)),
    );
    text.extend(view.top.iter().map(|top| {
        let quantity = CellValue::Quantity { thousandths: top.thousandths, unit: top.unit };
        format!("top {} {} {}", cell(&top.name), cell(&quantity), top.total)
    }));
    text
}

/// A refusal, fault or bug. The reference is random and left out.
pub fn error(body: &ErrorBody) -> Vec<String> {
    vec![format!("! {}: {}", body.code.text(), body.message)]
}
