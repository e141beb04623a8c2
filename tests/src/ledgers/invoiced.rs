//! Invoices of a shop from a seed: of its sales, each at most once, for a buyer whose words stand beside the fact.

use super::Shop;
use database::LedgerTx;
use database::error::DatabaseError;
use domain::ids::OperatorId;
use domain::invoice::issue::{InvoiceKind, printed_number};
use domain::time::BusinessDay;
use serde_json::json;
use wire::fact::{Fact, InvoiceIssued, Notes};
use wire::record::commit;

/// The invoice of some sale that has none yet; where all have one, something is sold.
pub fn happen(shop: &mut Shop, tx: &mut LedgerTx<'_>, operator: OperatorId) -> Result<(), DatabaseError> {
    let open: Vec<usize> = (0..shop.sold.len()).filter(|index| !shop.sold[*index].is_invoiced).collect();
    if open.is_empty() {
        return shop.complete(tx, operator, true);
    }
    let index = *shop.draw.one(&open);
    shop.sold[index].is_invoiced = true;
    let sale = &shop.sold[index].fact;
    let kind = InvoiceKind::of(sale.total, sale.lines.iter().map(|line| line.direction));
    let number = tx.next_number("invoice")?;
    let mut issued = InvoiceIssued {
        sale: sale.sale,
        receipt_number: sale.receipt_number.clone(),
        number,
        invoice_number: printed_number(tx.series(), number),
        kind,
        corrects: Vec::new(),
        business_day: BusinessDay::of(&shop.moment()),
        shop_version: 1,
        currency: sale.currency,
        taxes: sale.taxes.clone(),
        total: sale.total,
        customer: None,
        buyer: Notes::default(),
    };
    let mut detached = Vec::new();
    for (field, text) in [(InvoiceIssued::NAME, "Café Zoë"), (InvoiceIssued::ADDRESS, "1, quai Sud\nLyon")]
    {
        let (committed, kept) = commit(field.to_owned(), &json!(text), tx.salt());
        issued.buyer.0.insert(field.to_owned(), committed);
        detached.push(kept);
    }
    tx.append(operator, &Fact::InvoiceIssued(Box::new(issued)), &detached).map(drop)
}
