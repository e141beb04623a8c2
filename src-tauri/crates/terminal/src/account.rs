//! Customers' accounts with the shop: what each stands at, how much may be owed, and what is paid of that or written off.

mod file;
mod paper;
mod statement;
pub use file::{mail, mailed, make_file, print};
pub use paper::printed;
pub use statement::statement;

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::device::settings_in;
use crate::drawer;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use database::LedgerTx;
use database::account::ACCOUNT;
use database::print_queue::NewPrintJob;
use domain::account::{Account, owed_after, printed_number};
use domain::currency::Currency;
use domain::customer::CustomerError;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::people::Permission;
use domain::sale::SaleError;
use domain::shift::FIRST_DRAWER;
use domain::tender::{TenderKind, checked_reference};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::account::{AccountPayment, AccountView, GetAccount, PayAccount, SaveAccount, WriteOffDebt};
use wire::envelope::Topic;
use wire::fact::{AccountPaid, DebtWrittenOff, Fact};
use wire::receipt::PrintJobKind;
use wire::record::Entity;

/// `account.get`
pub fn get(ask: &Ask<'_>, request: GetAccount) -> Result<AccountView, Error> {
    if ask.reader.customer(request.customer)?.is_none() {
        return Err(CustomerError::Unknown {}.into());
    }
    view(ask, request.customer)
}

fn view(ask: &Ask<'_>, customer: CustomerId) -> Result<AccountView, Error> {
    let (_, shop) = ask.shop()?;
    let stored = ask.reader.record_as::<Account>(Entity::Account, customer.0)?;
    let (version, account) = stored.unwrap_or_default();
    let balance = |kind| {
        let minor = ask.reader.account_balance(customer, kind, shop.currency)?;
        Ok::<_, Error>(Money::new(minor, shop.currency).map_err(SaleError::from)?)
    };
    let (owed, credit) = (balance(TenderKind::OnAccount)?, balance(TenderKind::StoreCredit)?);
    Ok(AccountView { customer, version, account, owed, credit })
}

/// `account.save`
pub fn save(act: &Act<'_>, request: SaveAccount) -> Result<Saved<AccountView>, Error> {
    request.account.check()?;
    let SaveAccount { customer, base, account } = request;
    if act.read(|reader| Ok::<_, Error>(reader.customer(customer)?))?.is_none() {
        return Err(CustomerError::Unknown {}.into());
    }
    // To take somebody's limit away lends them nothing.
    act.grants.require_up_to(Permission::RaiseAccountLimit, account.limit.map_or(0, Money::minor))?;
    let actor = act.operator;
    let wanted = wanted(base.as_ref(), &account);
    act.commit(move |tx| {
        change(tx, actor, Entity::Account, customer.0, wanted)?;
        Ok(Saved::new(customer.0))
    })
}

/// `account.pay`
pub fn pay(act: &Act<'_>, request: PayAccount) -> Result<Paid, Error> {
    let PayAccount { customer, kind, amount, reference } = request;
    let (_, shop) = act.read(|reader| ask::shop(act.terminal, reader))?;
    if !matches!(kind, TenderKind::Cash | TenderKind::Card) || !shop.tenders.accepts(kind) {
        return Err(SaleError::TenderNotAccepted {}.into());
    }
    let reference = checked_reference(kind, reference.as_deref())?.map(str::to_owned);
    if act.read(|reader| Ok::<_, Error>(reader.customer(customer)?))?.is_none() {
        return Err(CustomerError::Unknown {}.into());
    }
    let currency = shop.currency;
    let (operator, payment, terminal, business_day) = (act.operator, act.id(), act.terminal.id.0, act.day());
    act.commit(move |tx| {
        let before = owed_in(tx, customer, currency)?;
        let owed = owed_after(before, amount).ok_or(CustomerError::PaidTooMuch { owed: before })?;
        let devices = settings_in(tx, terminal)?;
        let drawer = drawer::used(tx, &devices, operator)?.number;
        let number = tx.next_number(ACCOUNT)?;
        let fact = AccountPaid {
            payment,
            number,
            slip_number: printed_number(tx.series(), number),
            drawer,
            customer,
            kind,
            amount: amount.minor(),
            currency,
            owed,
            reference,
            business_day,
        };
        let slip = slip(payment, fact.slip_number.clone());
        tx.append(operator, &Fact::AccountPaid(fact), &[])?;
        // The drawer first: the cashier waits for it, not for the paper.
        if kind.rules().opens_drawer && devices.opens(drawer).is_some() {
            tx.queue_print(&drawer::kick(tx, drawer, payment, slip.receipt_number.clone()))?;
        }
        if devices.prints() {
            tx.queue_print(&slip)?;
        }
        Ok(Paid { payment })
    })
}

/// What a customer owes as this transaction sees it; nothing where the shop owes them.
fn owed_in(tx: &LedgerTx<'_>, customer: CustomerId, currency: Currency) -> Result<Money, Error> {
    let owed = tx.account_balance(customer, TenderKind::OnAccount, currency)?;
    Ok(Money::new(owed.max(0), currency).map_err(SaleError::from)?)
}

/// `account.write_off`
pub fn write_off(act: &Act<'_>, request: WriteOffDebt) -> Result<WrittenOff, Error> {
    let WriteOffDebt { customer, amount, reason } = request;
    let (_, shop) = act.read(|reader| ask::shop(act.terminal, reader))?;
    if act.read(|reader| Ok::<_, Error>(reader.customer(customer)?))?.is_none() {
        return Err(CustomerError::Unknown {}.into());
    }
    act.grants.require_up_to(Permission::WriteOffDebt, amount.minor())?;
    let currency = shop.currency;
    let (operator, write_off, business_day) = (act.operator, act.id(), act.day());
    let terminal = act.terminal.id.0;
    act.commit(move |tx| {
        let before = owed_in(tx, customer, currency)?;
        let owed = owed_after(before, amount).ok_or(CustomerError::WrittenOffTooMuch { owed: before })?;
        let amount = amount.minor();
        let drawer = drawer::used(tx, &settings_in(tx, terminal)?, operator)?.number;
        let fact =
            DebtWrittenOff { write_off, drawer, customer, amount, currency, owed, reason, business_day };
        tx.append(operator, &Fact::DebtWrittenOff(fact), &[])?;
        Ok(WrittenOff { customer })
    })
}

/// A customer was let off what they owed.
#[derive(Serialize, Deserialize)]
pub struct WrittenOff {
    customer: CustomerId,
}

impl Effect for WrittenOff {
    type Answer = AccountView;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale, Topic::Customers]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<AccountView, Error> {
        view(ask, self.customer)
    }
}

/// Its slip, to be queued: nobody else has what it says, so it waits for its printer however long that takes.
fn slip(payment: Uuid, receipt_number: String) -> NewPrintJob {
    let kind = PrintJobKind::Report;
    NewPrintJob {
        kind,
        about: payment,
        receipt_number,
        copy: 0,
        not_after: None,
        printer: None,
        drawer: FIRST_DRAWER,
    }
}

/// A customer paid of what they owe.
#[derive(Serialize, Deserialize)]
pub struct Paid {
    payment: Uuid,
}

impl Effect for Paid {
    type Answer = AccountPayment;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale, Topic::Customers, Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<AccountPayment, Error> {
        let found = ask.reader.drawer_fact(self.payment)?;
        let Some(Fact::AccountPaid(paid)) = found.map(|found| found.fact) else {
            return Err(record::missing("payment on account", self.payment));
        };
        let money = |minor| Money::new(minor, paid.currency).map_err(SaleError::from);
        Ok(AccountPayment {
            payment: paid.payment,
            customer: paid.customer,
            kind: paid.kind,
            paid: money(paid.amount)?,
            owed: money(paid.owed)?,
            slip_number: paid.slip_number,
        })
    }
}

impl Effect for Saved<AccountView> {
    type Answer = AccountView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Account)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<AccountView, Error> {
        view(ask, CustomerId(self.id))
    }
}
