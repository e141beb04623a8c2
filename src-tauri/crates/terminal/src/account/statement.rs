//! A statement: what moved a customer's account within some days, read page by page from the days it is of.

use crate::ask::{self, Ask};
use crate::error::{CallError, Error};
use database::Reader;
use database::account::statement::{AccountOf, Movement, MovementPlace};
use domain::currency::Currency;
use domain::customer::CustomerError;
use domain::ids::CustomerId;
use domain::time::BusinessDay;
use wire::account::{
    AccountStatement, AskStatement, StatementAct, StatementEntry, StatementOf, StatementPeriod,
};
use wire::fact::Fact;

/// Entries of a page.
const PAGE: usize = 50;

/// Whose account, and of which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Whose.
    pub customer: CustomerId,
    /// The currency of the shop.
    pub currency: Currency,
    /// The first day.
    pub from: BusinessDay,
    /// The last day.
    pub to: BusinessDay,
}

impl Span {
    /// The days somebody asks for, counted from the one it is.
    pub fn of(
        reader: &Reader,
        request: &AskStatement,
        currency: Currency,
        today: BusinessDay,
    ) -> Result<Self, Error> {
        let customer = request.customer;
        if reader.customer(customer)?.is_none() {
            return Err(CustomerError::Unknown {}.into());
        }
        let first = today.month().first_day();
        let (from, to) = match request.period {
            StatementPeriod::ThisMonth => (first, today),
            StatementPeriod::LastMonth => {
                let last = first.plus_days(-1);
                (last.month().first_day(), last)
            }
            StatementPeriod::Open => {
                let of = AccountOf { customer, kind: StatementOf::Owed.kind(), currency };
                // The clock may have gone back since.
                (reader.account_open_since(of)?.unwrap_or(today).min(today), today)
            }
            StatementPeriod::Days => {
                let days = request.from.zip(request.to).filter(|(from, to)| from <= to);
                days.ok_or(CustomerError::DaysInvalid {})?
            }
        };
        Ok(Self { customer, currency, from, to })
    }

    /// The same days by date, to be asked for later.
    pub fn asked(&self) -> AskStatement {
        AskStatement {
            customer: self.customer,
            period: StatementPeriod::Days,
            from: Some(self.from),
            to: Some(self.to),
            of: StatementOf::Owed,
            after: None,
        }
    }
}

/// `account.statement`
pub fn statement(ask: &Ask<'_>, request: AskStatement) -> Result<AccountStatement, Error> {
    let (_, shop) = ask.shop()?;
    let span = Span::of(ask.reader, &request, shop.currency, ask.day())?;
    let behind = request.after.as_deref().map(parse_after).transpose()?;
    page(ask.reader, &span, request.of, behind, PAGE)
}

/// At most `max` entries of one balance behind a place, with what all of the days come to.
pub fn page(
    reader: &Reader,
    span: &Span,
    of: StatementOf,
    behind: Option<MovementPlace>,
    max: usize,
) -> Result<AccountStatement, Error> {
    let account = AccountOf { customer: span.customer, kind: of.kind(), currency: span.currency };
    let page = reader.account_page(account, [span.from, span.to], behind, max)?;
    let last = page.movements.last().map(|movement| movement.place).filter(|_| page.is_more);
    let mut balance = page.before;
    let mut entries = Vec::new();
    for movement in &page.movements {
        balance = balance.saturating_add(movement.minor);
        entries.push(entry(movement, balance, span.currency)?);
    }
    let money = |minor| ask::money(minor, span.currency);
    Ok(AccountStatement {
        customer: span.customer,
        from: span.from,
        to: span.to,
        of,
        opening: money(page.opening)?,
        added: money(page.added)?,
        taken_off: money(page.taken_off)?,
        closing: money(page.opening.saturating_add(page.added).saturating_sub(page.taken_off))?,
        entries,
        next: last.map(|MovementPlace { day, arrival }| format!("{day}:{arrival}")),
    })
}

fn entry(movement: &Movement, balance: i64, currency: Currency) -> Result<StatementEntry, Error> {
    let plain = StatementEntry {
        day: BusinessDay::from_unix_day(movement.place.day),
        act: StatementAct::Purchase,
        number: String::new(),
        sale: None,
        payment: None,
        kind: None,
        reason: None,
        amount: ask::money(movement.minor, currency)?,
        balance: ask::money(balance, currency)?,
    };
    match &movement.fact {
        Fact::SaleCompleted(sale) => Ok(StatementEntry {
            act: if sale.total < 0 { StatementAct::Return } else { StatementAct::Purchase },
            number: sale.receipt_number.clone(),
            sale: Some(sale.sale),
            ..plain
        }),
        Fact::AccountPaid(paid) => Ok(StatementEntry {
            act: StatementAct::Payment,
            number: paid.slip_number.clone(),
            payment: Some(paid.payment),
            kind: Some(paid.kind),
            ..plain
        }),
        Fact::DebtWrittenOff(off) => {
            Ok(StatementEntry { act: StatementAct::WriteOff, reason: Some(off.reason), ..plain })
        }
        // Nothing else moves an account.
        _ => Err(CallError::Bug {}.into()),
    }
}

fn parse_after(text: &str) -> Result<MovementPlace, CallError> {
    let invalid = || CallError::PayloadInvalid { problem: "`after` is not the `next` of a page".to_owned() };
    let (day, arrival) = text.split_once(':').ok_or_else(invalid)?;
    let (day, arrival) = (day.parse().map_err(|_| invalid())?, arrival.parse().map_err(|_| invalid())?);
    Ok(MovementPlace { day, arrival })
}
