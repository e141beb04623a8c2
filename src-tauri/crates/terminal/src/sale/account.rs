//! What of a sale goes by its customer's account: read where it is used, and held against what there is in the transaction
//! that uses it, as another sign-on may have been faster.

use crate::act::Act;
use crate::ask::Ask;
use crate::error::Error;
use database::LedgerTx;
use domain::account::Account;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::people::Grants;
use domain::sale::customer::SaleCustomer;
use domain::sale::owed::Standing;
use domain::sale::{OpenSale, SaleError, TrailAct};
use domain::tender::{Settlement, TenderKind, TenderRequest};
use wire::fact::SaleCompletedFact;
use wire::record::Entity;

/// What stands for a name that was erased.
const NOBODY: &str = "—";

/// Takes a tender; of store credit no more than there is, and on account no more than the customer may owe.
pub fn take(
    tx: &LedgerTx<'_>,
    sale: &mut OpenSale,
    request: TenderRequest,
    grants: &Grants,
) -> Result<TrailAct, Error> {
    match request.kind {
        TenderKind::Cash | TenderKind::Card | TenderKind::Voucher => Ok(sale.take_tender(&request)?),
        TenderKind::StoreCredit => {
            let credit = credit(tx, sale)?;
            let request = sale.as_far_as_credit_goes(request, credit)?;
            let taken = sale.take_tender(&request)?;
            sale.expect_credit(credit)?;
            Ok(taken)
        }
        TenderKind::OnAccount => {
            let taken = sale.take_tender(&request)?;
            let standing = standing(tx, sale)?;
            sale.expect_owed(standing, grants)?;
            Ok(taken)
        }
    }
}

/// What the sale's customer owes after a settlement; nothing where none of it goes by their account.
pub fn owed_after(
    tx: &LedgerTx<'_>,
    sale: &OpenSale,
    settlement: &Settlement,
    grants: &Grants,
) -> Result<Option<i64>, Error> {
    if settlement.tenders.iter().all(|tender| tender.kind != TenderKind::OnAccount) {
        return Ok(None);
    }
    Ok(sale.owed(&settlement.tenders, standing(tx, sale)?, grants)?)
}

/// How the account of the sale's customer stands.
fn standing(tx: &LedgerTx<'_>, sale: &OpenSale) -> Result<Standing, Error> {
    let Some(customer) = sale.customer else { return Err(SaleError::CustomerMissing {}.into()) };
    let account = tx.record_as::<Account>(Entity::Account, customer.id.0)?;
    let owed = tx.account_balance(customer.id, TenderKind::OnAccount, sale.currency)?;
    let account = account.map_or_else(Account::default, |(_, account)| account);
    Ok(Standing::of(&account, owed, Money::zero(sale.currency)))
}

/// What a settlement leaves of the customer's store credit; nothing where none of it goes by that.
pub fn left(tx: &LedgerTx<'_>, sale: &OpenSale, settlement: &Settlement) -> Result<Option<i64>, Error> {
    if settlement.tenders.iter().all(|tender| tender.kind != TenderKind::StoreCredit) {
        return Ok(None);
    }
    Ok(sale.credit_left(&settlement.tenders, credit(tx, sale)?)?)
}

/// The store credit of the sale's customer, in minor units.
fn credit(tx: &LedgerTx<'_>, sale: &OpenSale) -> Result<i64, Error> {
    let Some(customer) = sale.customer else { return Err(SaleError::CustomerMissing {}.into()) };
    Ok(tx.account_balance(customer.id, TenderKind::StoreCredit, sale.currency)?)
}

/// Says whose account has no more, or who has none, where that is why something was refused: the name stands with the
/// customer, which no transaction of the ledger reads.
pub fn named<T>(act: &Act<'_>, done: Result<T, Error>) -> Result<T, Error> {
    match done {
        Err(Error::Sale(SaleError::CreditExceeded { credit, .. })) => {
            Err(SaleError::CreditExceeded { name: name(act)?, credit }.into())
        }
        Err(Error::Sale(SaleError::AccountMissing { .. })) => {
            Err(SaleError::AccountMissing { name: name(act)? }.into())
        }
        done => done,
    }
}

/// What the customer of the open sale is called.
fn name(act: &Act<'_>) -> Result<String, Error> {
    let operator = act.operator;
    let name = act.read(|reader| {
        let customer = reader.open_sale_of(operator)?.and_then(|sale| sale.customer);
        let Some(customer) = customer else { return Ok(None) };
        let Some(stored) = reader.customer(customer.id)? else { return Ok::<_, Error>(None) };
        // Who was erased has no name.
        Ok(Some(stored.customer.name).filter(|name| !name.is_empty()).or(stored.customer.number))
    })?;
    Ok(name.unwrap_or_else(|| NOBODY.to_owned()))
}

/// A customer's accounts as who sells sees them.
pub struct Shown {
    /// What they have of store credit, less what the open sale of whoever asks takes of it; `None` where that is nothing.
    pub credit: Option<Money>,
    /// What they owe, without that sale; `None` where that is nothing.
    pub owed: Option<Money>,
    /// How much more they may owe, less what that sale adds; `None` where they buy nothing on account.
    pub may_owe: Option<Money>,
}

/// What a customer has and owes.
pub fn shown(ask: &Ask<'_>, customer: CustomerId) -> Result<Shown, Error> {
    let (_, shop) = ask.shop()?;
    let balance = |kind| ask.reader.account_balance(customer, kind, shop.currency);
    let (credit, owed) = (balance(TenderKind::StoreCredit)?, balance(TenderKind::OnAccount)?);
    let account = ask.reader.record_as::<Account>(Entity::Account, customer.0)?;
    let account = account.map_or_else(Account::default, |(_, account)| account);
    let open = match ask.caller.sign_on() {
        Some(sign_on) if credit > 0 || account.limit.is_some() => {
            ask.reader.open_sale_of(sign_on.operator)?
        }
        Some(_) | None => None,
    };
    let of_them = open.filter(|sale| sale.customer.is_some_and(|on| on.id == customer));
    let used = of_them.as_ref().map_or(0, |sale| sale.credit_change().min(0));
    let added = of_them.as_ref().map_or(0, OpenSale::owed_change);
    let money = |minor| Money::new(minor, shop.currency).map_err(SaleError::from);
    let usable = Some(credit.saturating_add(used)).filter(|usable| *usable > 0);
    let zero = Money::zero(shop.currency);
    let may_owe = Standing::of(&account, owed.saturating_add(added), zero).open();
    Ok(Shown {
        credit: usable.map(money).transpose()?,
        owed: Some(owed).filter(|owed| *owed != 0).map(money).transpose()?,
        may_owe: may_owe.map(money).transpose()?,
    })
}

/// Whose account a completed sale was paid by, or given back to.
pub fn owner(act: &Act<'_>, fact: &SaleCompletedFact) -> Result<Option<SaleCustomer>, Error> {
    let by_account = fact.tenders.iter().any(|tender| tender.kind.rules().needs_customer);
    let Some(id) = fact.customer.filter(|_| by_account) else { return Ok(None) };
    act.read(|reader| {
        let stored = reader.customer(id)?;
        Ok(stored.map(|stored| SaleCustomer { id, price_list: stored.customer.price_list }))
    })
}

/// What a completed sale left of its customer's store credit.
pub fn credit_left(fact: &SaleCompletedFact) -> Result<Option<Money>, SaleError> {
    fact.credit_left.map(|minor| Ok(Money::new(minor, fact.currency)?)).transpose()
}

/// What a completed sale left its customer owing.
pub fn owed(fact: &SaleCompletedFact) -> Result<Option<Money>, SaleError> {
    fact.owed.map(|minor| Ok(Money::new(minor, fact.currency)?)).transpose()
}
