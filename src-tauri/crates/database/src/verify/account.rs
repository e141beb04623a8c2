//! What sales say of their customers' accounts (rule 19): they are somebody's, each sale leaves what the ones before left and
//! it moved, nobody is given more store credit than there is, and nobody pays, or is let off, more than they owe.

use super::fault::{Faults, Problem};
use super::once::Place;
use super::returned::load;
use domain::currency::Currency;
use domain::ids::CustomerId;
use domain::tender::TenderKind;
use rusqlite::Connection;
use std::collections::BTreeMap;
use wire::fact::{AccountPaid, DebtWrittenOff, SaleCompletedFact};

/// The kinds of tender that are of an account, as facts write them.
pub const OF_ACCOUNT: [&str; 2] = ["store_credit", "on_account"];

/// What a customer has and owes in a currency.
#[derive(Default)]
struct Standing {
    credit: i64,
    owed: i64,
}

/// What moved an account.
enum Moved {
    Sale(Box<SaleCompletedFact>),
    Paid(AccountPaid),
    WrittenOff(DebtWrittenOff),
}

/// Adds up the sales, payments and write-offs at these places, in the order in which they arrived, and holds each against
/// what it says.
pub fn check(
    connection: &Connection,
    sales: impl Iterator<Item = Place>,
    paid: impl Iterator<Item = Place>,
    written_off: impl Iterator<Item = Place>,
    faults: &mut Faults,
) {
    let sales = sales.map(|place| {
        let found = load::<SaleCompletedFact>(connection, place);
        (found.map(|(arrival, fact)| (arrival, Moved::Sale(Box::new(fact)))), place)
    });
    let paid = paid.map(|place| {
        let found = load::<AccountPaid>(connection, place);
        (found.map(|(arrival, fact)| (arrival, Moved::Paid(fact))), place)
    });
    let written_off = written_off.map(|place| {
        let found = load::<DebtWrittenOff>(connection, place);
        (found.map(|(arrival, fact)| (arrival, Moved::WrittenOff(fact))), place)
    });
    let mut moved: Vec<_> = sales.chain(paid).chain(written_off).collect();
    moved.sort_by_key(|(found, place)| (found.as_ref().map(|(arrival, _)| *arrival), *place));
    let mut accounts = BTreeMap::new();
    for (found, (log, seq)) in moved {
        let field = match found {
            Some((_, Moved::Sale(fact))) => differs(&fact, &mut accounts),
            Some((_, Moved::Paid(fact))) => {
                shrinks((fact.customer, fact.currency), fact.amount, fact.owed, &mut accounts)
            }
            Some((_, Moved::WrittenOff(fact))) => {
                shrinks((fact.customer, fact.currency), fact.amount, fact.owed, &mut accounts)
            }
            None => Some("tenders"),
        };
        if let Some(field) = field {
            faults.place(log, seq, Problem::AccountDiffers { field });
        }
    }
}

/// The numbers of a log's payments on accounts, as far as they were read.
#[derive(Debug)]
pub struct Payments {
    /// The next number; `None` where the file begins in the middle of the log and none was read.
    next: Option<u64>,
}

impl Payments {
    /// Those of a log that begins with this file, or before it.
    pub fn new(from_the_beginning: bool) -> Self {
        Self { next: from_the_beginning.then_some(1) }
    }

    /// Checks the number of a payment.
    pub fn check(&mut self, text: &str, series: Option<&str>, mut fault: impl FnMut(Problem)) {
        let Ok(paid) = serde_json::from_str::<AccountPaid>(text) else {
            fault(Problem::AccountDiffers { field: "payment" });
            // It has taken a number all the same.
            self.next = self.next.map(|number| number.saturating_add(1));
            return;
        };
        let expected = self.next.unwrap_or(paid.number.max(1));
        let printed = series.map(|series| domain::account::printed_number(series, paid.number));
        if paid.number != expected || printed.is_some_and(|printed| printed != paid.slip_number) {
            fault(Problem::AccountDiffers { field: "number" });
        }
        self.next = Some(paid.number.saturating_add(1));
    }
}

/// Checks that a write-off can be read.
pub fn check_write_off(text: &str, fault: impl FnOnce(Problem)) {
    if serde_json::from_str::<DebtWrittenOff>(text).is_err() {
        fault(Problem::AccountDiffers { field: "write_off" });
    }
}

/// The first thing about a payment or a write-off that does not follow: it is no more than somebody owes, and leaves what it
/// says.
fn shrinks(
    (customer, currency): (CustomerId, Currency),
    amount: i64,
    owed: i64,
    accounts: &mut BTreeMap<(CustomerId, String), Standing>,
) -> Option<&'static str> {
    let standing = accounts.entry((customer, currency.code().to_owned())).or_default();
    standing.owed = standing.owed.saturating_sub(amount);
    if amount <= 0 || standing.owed < 0 {
        return Some("amount");
    }
    (owed != standing.owed).then_some("owed")
}

/// The first thing about a sale that does not follow. `accounts` is how each customer stands, by currency.
fn differs(
    fact: &SaleCompletedFact,
    accounts: &mut BTreeMap<(CustomerId, String), Standing>,
) -> Option<&'static str> {
    let Some(customer) = fact.customer else { return Some("customer") };
    let standing = accounts.entry((customer, fact.currency.code().to_owned())).or_default();
    let credit = fact.account_change(TenderKind::StoreCredit);
    let owed = fact.owed_change();
    standing.credit = standing.credit.saturating_add(credit.unwrap_or(0));
    standing.owed = standing.owed.saturating_add(owed.unwrap_or(0));
    if credit.is_some_and(|moved| moved < 0) && standing.credit < 0 {
        return Some("tenders");
    }
    if fact.credit_left != credit.map(|_| standing.credit) {
        return Some("credit_left");
    }
    (fact.owed != owed.map(|_| standing.owed)).then_some("owed")
}
