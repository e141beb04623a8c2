//! What the facts of a log say: rules 5, 7 and 8 of `docs/ledger-format.md`, and that what they say can be read (rule 4).

use super::account::{self, Payments};
use super::begin::Begin;
use super::fault::{Faults, Problem};
use super::invoice::Invoices;
use super::log::{IDS, LogRow, ids};
use super::once::Once;
use super::sale;
use super::shift::Recount;
use domain::ids::{IncarnationId, OrganisationId, StoreId, TerminalId};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use uuid::Uuid;
use wire::fact::header::{FLAG_TRAINING, Header, LogIdentity};
use wire::fact::{KINDS, OpenReason};

/// What the first fact of a log says.
#[derive(Debug)]
struct Opening {
    series: String,
    trains: bool,
}

/// What the logs of a ledger say, by id.
pub type Contents = BTreeMap<i64, Content>;

/// What a log says, as far as it was read.
#[derive(Debug)]
pub struct Content {
    id: i64,
    row: Option<LogRow>,
    begin: Begin,
    opening: Option<Opening>,
    /// The next receipt number; `None` where the file begins in the middle of the log and no sale was read.
    next_number: Option<u64>,
    /// The running shifts of its drawers.
    shift: Recount,
    /// Its invoices.
    invoices: Invoices,
    /// Whether sales of a later version are among its facts, of which nothing is known.
    pub unread_sales: bool,
    /// The places of the sales that moved an account of a customer.
    pub by_account: Vec<i64>,
    /// The places of what customers paid of what they owe.
    pub account_paid: Vec<i64>,
    /// Where customers were let off what they owe.
    pub written_off: Vec<i64>,
    /// The numbers of that.
    payments: Payments,
    /// Completed sales.
    pub sales: u64,
    /// What they come to, by currency.
    pub totals: BTreeMap<String, i128>,
    /// The place of the first completed sale.
    pub first_sale: Option<i64>,
    /// The lowest and the highest receipt number.
    pub numbers: Option<(u64, u64)>,
    /// The keys it introduced, and from which place on each signs.
    keys: Vec<(i64, Option<[u8; 32]>)>,
}

impl Content {
    /// A log nothing was read of.
    pub fn new(id: i64, row: Option<LogRow>, begin: Begin) -> Self {
        Self {
            id,
            row,
            begin,
            opening: None,
            next_number: (begin.before_seq == 0).then_some(1),
            shift: Recount::new(begin.before_seq == 0),
            invoices: Invoices::new(begin.before_seq == 0),
            unread_sales: false,
            by_account: Vec::new(),
            account_paid: Vec::new(),
            written_off: Vec::new(),
            payments: Payments::new(begin.before_seq == 0),
            sales: 0,
            totals: BTreeMap::new(),
            first_sale: None,
            numbers: None,
            keys: Vec::new(),
        }
    }

    /// The key that signs at a place.
    pub fn key_at(&self, seq: i64) -> Option<[u8; 32]> {
        let introduced = self.keys.iter().rev().find(|(from, _)| *from <= seq);
        introduced.map_or(self.begin.before_key, |(_, key)| *key)
    }

    /// What stands before its receipt numbers.
    pub fn series(&self) -> &str {
        self.opening.as_ref().map_or("", |opening| &opening.series)
    }

    /// Whether it is one to train on.
    pub fn trains(&self) -> bool {
        self.opening.as_ref().is_some_and(|opening| opening.trains)
    }

    /// Checks what a fact says, by its kind, and takes the id of a sale down for rule 12.
    pub fn check(&mut self, header: &Header, seq: i64, text: &str, once: &mut Once, faults: &mut Faults) {
        let id = self.id;
        if seq == 1 {
            self.open(header, text, faults);
        } else if seq == self.begin.first() {
            self.go_on(header, seq, faults);
        }
        if let Some(opening) = &self.opening
            && opening.trains != (header.flags & FLAG_TRAINING != 0)
        {
            faults.place(id, seq, Problem::TrainingDiffers { log_trains: opening.trains });
        }
        let kind = (header.kind.as_str(), header.kind_version);
        if kind == ("sale.completed", 1) {
            self.sales += 1;
            self.first_sale.get_or_insert(seq);
            let series = self.opening.as_ref().map(|opening| opening.series.as_str());
            let read = sale::check(text, series, self.next_number, |problem| faults.place(id, seq, problem));
            // One wrong number is one fault: the next sale is to follow the number that is there.
            self.next_number = read.number.or(self.next_number).map(|number| number.saturating_add(1));
            if let Some(number) = read.number {
                let (lowest, highest) = self.numbers.unwrap_or((number, number));
                self.numbers = Some((lowest.min(number), highest.max(number)));
            }
            if let Some(sale) = read.sale {
                once.add(sale, id, seq);
            }
            if !self.trains() {
                read.takes_back.iter().for_each(|of| once.takes_back(*of, id, seq));
                if read.by_account {
                    self.by_account.push(seq);
                }
            }
            match (&read.total, &read.settled) {
                (Some((_, total)), Some(settled)) => self.shift.sell(*total, settled),
                _ => self.shift.lose(),
            }
            if let Some((currency, total)) = read.total {
                match self.totals.get_mut(currency.as_ref()) {
                    Some(sum) => *sum += i128::from(total),
                    None => drop(self.totals.insert(currency.into_owned(), i128::from(total))),
                }
            }
            return;
        }
        if header.kind == "sale.completed" {
            // What it took back, a later version may say in another way.
            self.unread_sales = true;
        }
        if kind == ("invoice.issued", 1) && !self.trains() {
            let series = self.opening.as_ref().map(|opening| opening.series.as_str());
            if let Some(sale) = self.invoices.check(text, series, |problem| faults.place(id, seq, problem)) {
                once.invoices(sale, id, seq);
            }
        }
        if kind == ("account.paid", 1) && !self.trains() {
            let series = self.opening.as_ref().map(|opening| opening.series.as_str());
            self.account_paid.push(seq);
            self.payments.check(text, series, |problem| faults.place(id, seq, problem));
        }
        if kind == ("account.written_off", 1) && !self.trains() {
            self.written_off.push(seq);
            account::check_write_off(text, |problem| faults.place(id, seq, problem));
        }
        if kind == ("key.introduced", 1) {
            self.keys.push((seq, public_key(text)));
        }
        if KINDS.contains(&kind) {
            let series = self.opening.as_ref().map(|opening| opening.series.as_str());
            if !self.trains() {
                self.shift.check(kind.0, text, series, |problem| faults.place(id, seq, problem));
            }
        } else if is_of_a_drawer(kind.0) {
            self.shift.lose();
        }
        if KINDS.contains(&kind) && !is_object(text) {
            faults.place(id, seq, Problem::PayloadUnreadable);
        }
    }

    /// Rule 5 for the first fact and the row in `log`.
    fn open(&mut self, header: &Header, text: &str, faults: &mut Faults) {
        #[derive(Deserialize)]
        struct Opened {
            organisation: Uuid,
            store: Uuid,
            terminal: Uuid,
            incarnation: Uuid,
            series: String,
            reason: OpenReason,
            previous: Option<IgnoredAny>,
        }
        let mut fault = |problem| faults.place(self.id, 1, problem);
        let opened = match serde_json::from_str::<Opened>(text) {
            Ok(opened) if (header.kind.as_str(), header.kind_version) == ("ledger.opened", 1) => opened,
            Ok(_) | Err(_) => {
                fault(Problem::OpeningMissing);
                return;
            }
        };
        let named = LogIdentity {
            organisation: OrganisationId(opened.organisation),
            store: StoreId(opened.store),
            terminal: TerminalId(opened.terminal),
            incarnation: IncarnationId(opened.incarnation),
        };
        let written = ids(&header.log);
        if let Some(differs) = ids(&named).iter().zip(&written).position(|(one, other)| one != other) {
            fault(Problem::OpeningDiffers { field: IDS[differs] });
        }
        if opened.previous.is_none() {
            self.shift.begin();
        }
        let opening = Opening { series: opened.series, trains: opened.reason == OpenReason::Training };
        match &self.row {
            None => fault(Problem::LogRowMissing),
            Some(row) => {
                if let Some(field) = row.differs(&written, &opening.series, opening.trains) {
                    fault(Problem::LogRowDiffers { field });
                }
            }
        }
        self.opening = Some(opening);
    }

    /// Rule 5 where the log began before this file: its row says what its first fact said.
    fn go_on(&mut self, header: &Header, seq: i64, faults: &mut Faults) {
        let mut fault = |problem| faults.place(self.id, seq, problem);
        let Some(row) = &self.row else {
            fault(Problem::LogRowMissing);
            return;
        };
        let (series, trains) = (row.series(), row.trains());
        let differs = row.differs(&ids(&header.log), series.unwrap_or(""), trains.unwrap_or(false));
        if let Some(field) = differs {
            fault(Problem::LogRowDiffers { field });
        }
        if let (Some(series), Some(trains)) = (series, trains) {
            self.opening = Some(Opening { series: series.to_owned(), trains });
        }
    }
}

/// Whether facts of a kind move what a drawer's reports say.
fn is_of_a_drawer(kind: &str) -> bool {
    matches!(
        kind,
        "sale.completed"
            | "sale.cancelled"
            | "drawer.opened"
            | "payment.corrected"
            | "shift.opened"
            | "cash.moved"
            | "account.paid"
            | "account.written_off"
            | "shift.counted"
            | "shift.closed"
    )
}

/// The key that a fact introduces.
fn public_key(text: &str) -> Option<[u8; 32]> {
    #[derive(Deserialize)]
    struct Introduced {
        public_key: String,
    }
    let introduced: Introduced = serde_json::from_str(text).ok()?;
    let digits = introduced.public_key.as_bytes();
    let mut key = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
        let pair = std::str::from_utf8(pair).ok()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(key)
}

/// Whether a text is one JSON object.
fn is_object(text: &str) -> bool {
    serde_json::from_str::<BTreeMap<IgnoredName, IgnoredAny>>(text).is_ok()
}

/// A field's name that nobody asks for: all are one, so that no map grows.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "IgnoredAny")]
struct IgnoredName;

impl From<IgnoredAny> for IgnoredName {
    fn from(_: IgnoredAny) -> Self {
        Self
    }
}
