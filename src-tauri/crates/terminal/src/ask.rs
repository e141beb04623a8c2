//! What a query and an answer work with: the last commit, and who asks.

use crate::Terminal;
use crate::caller::Caller;
use crate::error::Error;
use database::Reader;
use domain::currency::Currency;
use domain::money::{Money, MoneyError};
use domain::pricing::PriceAt;
use domain::settings::{SettingsError, Shop};
use domain::time::{BusinessDay, Moment};
use std::sync::Arc;
use wire::record::Entity;

/// One question.
pub struct Ask<'t> {
    pub terminal: &'t Arc<Terminal>,
    pub caller: &'t Arc<Caller>,
    pub reader: &'t Reader,
    pub now: Moment,
}

impl Ask<'_> {
    /// The business day it is.
    pub fn day(&self) -> BusinessDay {
        self.terminal.day_of(&self.now)
    }

    /// When, and by which list, prices are shown: today, by the shop's list.
    pub fn price_at(&self) -> Result<PriceAt, Error> {
        let (_, shop) = self.shop()?;
        Ok(PriceAt { day: self.day(), list: shop.price_list })
    }

    /// The shop's settings and their version.
    pub fn shop(&self) -> Result<(u64, Shop), Error> {
        shop(self.terminal, self.reader)
    }
}

/// The shop's settings and their version.
pub fn shop(terminal: &Terminal, reader: &Reader) -> Result<(u64, Shop), Error> {
    Ok(reader.record_as(Entity::Shop, terminal.store.0)?.ok_or(SettingsError::NotSetUp {})?)
}

/// A stored amount as money.
pub fn money(minor: i64, currency: Currency) -> Result<Money, Error> {
    let invalid = |error: MoneyError| database::error::DatabaseError::Value(error.to_string());
    Ok(Money::new(minor, currency).map_err(invalid)?)
}

/// The currency a code stands for in stored rows.
pub fn stored_currency(code: &str) -> Result<Currency, Error> {
    let unknown = || database::error::DatabaseError::Value(format!("{code} is no currency"));
    Ok(Currency::parse(code).ok_or_else(unknown)?)
}
