//! What an invoice has to say (rule 18): the number that follows, and of its sale what the sale says of itself. A sale has
//! one at most.

use super::fault::{Faults, Problem};
use super::once::Place;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use uuid::Uuid;
use wire::fact::{InvoiceIssued, SaleCompletedFact};

/// What of an invoice's fact is asked for in its log.
#[derive(Deserialize)]
struct Issued {
    sale: Uuid,
    number: u64,
    invoice_number: String,
}

/// The invoices of a log, as far as they were read.
#[derive(Debug)]
pub struct Invoices {
    /// The next number; `None` where the file begins in the middle of the log and no invoice was read.
    next: Option<u64>,
}

impl Invoices {
    /// Those of a log that begins with this file, or before it.
    pub fn new(from_the_beginning: bool) -> Self {
        Self { next: from_the_beginning.then_some(1) }
    }

    /// Checks the number of an invoice. Returns the sale that it is of.
    pub fn check(
        &mut self,
        text: &str,
        series: Option<&str>,
        mut fault: impl FnMut(Problem),
    ) -> Option<Uuid> {
        let Ok(issued) = serde_json::from_str::<Issued>(text) else {
            fault(Problem::InvoiceUnreadable);
            // It has taken a number all the same.
            self.next = self.next.map(|number| number.saturating_add(1));
            return None;
        };
        let expected = self.next.unwrap_or(issued.number.max(1));
        if issued.number != expected {
            fault(Problem::InvoiceNumberDiffers { expected, found: issued.number });
        }
        let printed = series.map(|series| domain::invoice::issue::printed_number(series, issued.number));
        if printed.is_some_and(|printed| printed != issued.invoice_number) {
            fault(Problem::InvoiceDiffers { field: "invoice_number" });
        }
        self.next = Some(issued.number.saturating_add(1));
        Some(issued.sale)
    }
}

/// Holds the invoice of a sale against it, and the sale's other invoices against there being one. `sold` is where the sale
/// stands; `None` where it is not in the file.
pub fn check_sale(connection: &Connection, sold: Option<Place>, invoices: &[Place], faults: &mut Faults) {
    for (log, seq) in invoices.iter().skip(1) {
        faults.place(*log, *seq, Problem::InvoiceTwice);
    }
    let Some(sold) = sold else { return };
    let sale: Option<SaleCompletedFact> = payload(connection, sold);
    for place in invoices {
        let issued: Option<InvoiceIssued> = payload(connection, *place);
        let agrees = sale.as_ref().zip(issued).is_some_and(|(sale, issued)| issued.agrees_with(sale));
        if !agrees {
            faults.place(place.0, place.1, Problem::InvoiceDiffers { field: "sale" });
        }
    }
}

/// What the fact at a place says; `None` where it cannot be read.
fn payload<T: serde::de::DeserializeOwned>(connection: &Connection, (log, seq): Place) -> Option<T> {
    let mut statement =
        connection.prepare_cached("select payload from fact where log = ?1 and seq = ?2").ok()?;
    let payload: Vec<u8> = statement.query_row(params![log, seq], |row| row.get(0)).optional().ok()??;
    serde_json::from_slice(&payload).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_each_other_from_one_or_from_where_the_file_begins() {
        let text = |number: u64, printed: &str| {
            format!(
                "{{\"sale\":\"00000000-0000-0000-0000-000000000009\",\"number\":{number},\"invoice_number\":\"{printed}\"}}"
            )
        };
        let problems = |from_the_beginning: bool, texts: &[String]| {
            let (mut invoices, mut codes) = (Invoices::new(from_the_beginning), Vec::new());
            for text in texts {
                invoices.check(text, Some("A"), |problem| codes.push(problem.code()));
            }
            codes
        };
        let [one, two, three] = [1, 2, 3].map(|number| text(number, &format!("A-I{number:06}")));
        assert_eq!(problems(true, &[one.clone(), two.clone(), three.clone()]), [""; 0]);
        assert_eq!(problems(false, &[two.clone(), three.clone()]), [""; 0]);
        let differs = "verify.invoice_number_differs";
        assert_eq!(problems(true, &[two.clone(), three.clone()]), [differs], "the first is missing");
        assert_eq!(problems(true, &[one.clone(), three.clone()]), [differs], "one in the middle");
        assert_eq!(problems(true, &[one.clone(), one.clone()]), [differs], "one number twice");
        assert_eq!(problems(false, &[text(0, "A-I000000")]), [differs]);
        assert_eq!(problems(true, &[text(1, "A-I00001")]), ["verify.invoice_differs"]);
        assert_eq!(problems(true, &[text(1, "A-000001")]), ["verify.invoice_differs"]);
        assert_eq!(problems(true, &["{\"number\":1}".to_owned(), two]), ["verify.invoice_unreadable"]);
    }
}
