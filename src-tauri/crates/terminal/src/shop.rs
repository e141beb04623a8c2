//! The shop's settings and its first start.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use crate::texts::{Key, Texts};
use database::Reader;
use database::record::StoredRecord;
use domain::currency::Currency;
use domain::ids::{OperatorId, RoleId};
use domain::people::{CAME_LATER, Grant, Operator, PeopleError, Permission, Role, check_name, check_pin};
use domain::product::{PriceList, Status};
use domain::settings::{Language, SettingsError};
use domain::tender::{CashRounding, TenderPolicy};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;
use wire::envelope::Topic;
use wire::record::Entity;
use wire::session::Nothing;
use wire::shop::{Greeting, OperatorTile, SaveShop, SetUpShop, ShopView};

/// `shop.greeting`
pub fn greeting(ask: &Ask<'_>, _: Nothing) -> Result<Greeting, Error> {
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let demo = ask.terminal.options.demo;
    let shop = match ask.shop() {
        Ok((_, shop)) => shop,
        Err(Error::Settings(SettingsError::NotSetUp {})) => {
            return Ok(Greeting {
                set_up: false,
                shop_name: String::new(),
                till_name: String::new(),
                language: Language::En,
                currency: "EUR".to_owned(),
                currency_decimals: 2,
                lock_after_min: None,
                tenders: TenderPolicy::default(),
                operators: Vec::new(),
                demo,
                version,
            });
        }
        Err(error) => return Err(error),
    };
    Ok(Greeting {
        set_up: true,
        shop_name: shop.name,
        till_name: shop.till_name,
        language: shop.language,
        currency: shop.currency.code().to_owned(),
        currency_decimals: shop.currency.decimals(),
        lock_after_min: shop.lock_after_min,
        tenders: shop.tenders,
        operators: tiles(ask)?,
        demo,
        version,
    })
}

fn tiles(ask: &Ask<'_>) -> Result<Vec<OperatorTile>, Error> {
    let demo_pins = ask.terminal.demo_pins();
    let mut tiles = Vec::new();
    for stored in ask.reader.records(Entity::Operator)? {
        let id = OperatorId(stored.id);
        let person: Operator = stored.read()?;
        if person.status == Status::Archived || person.pin.is_none() {
            continue;
        }
        let role: Option<Role> =
            ask.reader.record(Entity::Role, person.role.0)?.map(StoredRecord::read).transpose()?;
        let demo_pin = demo_pins.iter().find(|(name, _)| *name == person.name).map(|(_, pin)| pin.clone());
        tiles.push(OperatorTile {
            id,
            role: role.map(|role| role.name).unwrap_or_default(),
            name: person.name,
            demo_pin,
        });
    }
    tiles.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tiles)
}

/// `shop.leave_demo`
pub use crate::demo::leave as leave_demo;

/// `shop.set_up`
pub fn set_up(act: &Act<'_>, mut request: SetUpShop) -> Result<SetUp, Error> {
    if request.shop.tenders.is_default() {
        // Where the smallest coins are gone for everybody, a shop begins with cash that can be paid.
        request.shop.tenders.cash_rounding = CashRounding::usual(request.shop.currency);
    }
    request.shop.check()?;
    if request.shop.price_list.is_some() {
        return Err(SettingsError::PriceListUnknown {}.into());
    }
    check_name(&request.owner_name)?;
    check_pin(&request.owner_pin)?;
    let terminal = act.terminal;
    let verifier = terminal.pins.verifier(&request.owner_pin, &terminal.surroundings.ids.salt());
    let roles: Vec<(RoleId, Role)> = first_roles(request.shop.language, request.shop.currency)
        .into_iter()
        .map(|role| (RoleId(act.id()), role))
        .collect();
    let owner = Operator {
        name: request.owner_name.trim().to_owned(),
        // The first role may do everything.
        role: roles[0].0,
        pin: Some(verifier),
        badge: None,
        recovery: None,
        status: Status::Active,
    };
    let owner_id = OperatorId(act.id());
    let store = terminal.store.0;
    let effect = act.commit(move |tx| {
        if tx.record(Entity::Shop, store)?.is_some() {
            return Err(PeopleError::AlreadySetUp {}.into());
        }
        change(tx, owner_id, Entity::Shop, store, wanted(None, &request.shop))?;
        for (id, role) in &roles {
            change(tx, owner_id, Entity::Role, id.0, wanted(None, role))?;
        }
        change(tx, owner_id, Entity::Operator, owner_id.0, wanted(None, &owner))?;
        Ok(SetUp {})
    })?;
    terminal.people_version.fetch_add(1, Ordering::AcqRel);
    terminal.read_day();
    Ok(effect)
}

/// The roles a new shop begins with; the first may do everything.
fn first_roles(language: Language, currency: Currency) -> Vec<Role> {
    let texts = Texts::of(language);
    let all = Permission::ALL.map(|permission| Grant { permission, limit: None }).to_vec();
    let without = |missing: &[Permission]| {
        all.iter().filter(|grant| !missing.contains(&grant.permission)).copied().collect::<Vec<_>>()
    };
    let grant = |permission| Grant { permission, limit: None };
    let known = CAME_LATER.len();
    vec![
        Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: texts.text(Key::RoleAdmin),
            grants: all.clone(),
            known,
        },
        Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: texts.text(Key::RoleManager),
            grants: without(&[Permission::ManagePeople]),
            known,
        },
        Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: texts.text(Key::RoleCashier),
            grants: vec![
                grant(Permission::Sell),
                grant(Permission::SellOpenItem),
                Grant { permission: Permission::OverridePrice, limit: Some(CASHIER_REDUCTION_PPM) },
                Grant { permission: Permission::Discount, limit: Some(CASHIER_REDUCTION_PPM) },
                Grant { permission: Permission::Refund, limit: Some(cashier_refund(currency)) },
                grant(Permission::ReprintReceipt),
                grant(Permission::OpenShift),
                grant(Permission::MoveCash),
                grant(Permission::CloseShift),
            ],
            known,
        },
        Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: texts.text(Key::RoleTrainee),
            grants: vec![grant(Permission::Sell)],
            known,
        },
    ]
}

/// How far below the listed price a cashier of a new shop may go, and how much they may take off: 10 %.
const CASHIER_REDUCTION_PPM: i64 = 100_000;

/// How much a cashier of a new shop may refund in one sale, in minor units: fifty of the currency's units.
fn cashier_refund(currency: Currency) -> i64 {
    currency.minor_per_major().saturating_mul(50)
}

/// The shop was set up.
#[derive(Serialize, Deserialize)]
pub struct SetUp {}

impl Effect for SetUp {
    type Answer = Greeting;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Shop, Topic::People]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<Greeting, Error> {
        greeting(ask, Nothing {})
    }
}

/// `shop.settings`
pub fn settings(ask: &Ask<'_>, _: Nothing) -> Result<ShopView, Error> {
    let (version, shop) = ask.shop()?;
    Ok(ShopView { version, shop, currency_fixed: has_money(ask.reader)? })
}

/// Whether anything was sold, or moved in the drawer, in the shop's currency.
fn has_money(reader: &Reader) -> Result<bool, Error> {
    Ok(reader.has_sales()? || reader.has_drawer_facts()?)
}

/// `shop.save_settings`
pub fn save_settings(act: &Act<'_>, request: SaveShop) -> Result<Saved<ShopView>, Error> {
    request.shop.check()?;
    let (fixed, current) =
        act.read(|reader| Ok((has_money(reader)?, crate::ask::shop(act.terminal, reader)?.1)))?;
    if fixed && request.shop.currency != current.currency {
        return Err(SettingsError::CurrencyFixed {}.into());
    }
    let store = act.terminal.store.0;
    let operator = act.operator;
    let wanted = wanted(Some(&request.base), &request.shop);
    let effect = act.commit(move |tx| {
        // A list in use is not archived; should the shop have an archived one all the same, its other settings can be changed.
        if let Some(list) = request.shop.price_list.filter(|list| current.price_list != Some(*list)) {
            let known = tx.record_as::<PriceList>(Entity::PriceList, list.0)?;
            if known.is_none_or(|(_, known)| known.status != Status::Active) {
                return Err(SettingsError::PriceListUnknown {}.into());
            }
        }
        change(tx, operator, Entity::Shop, store, wanted)?;
        Ok(Saved::new(store))
    })?;
    act.terminal.read_day();
    Ok(effect)
}

impl Effect for Saved<ShopView> {
    type Answer = ShopView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::Shop)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<ShopView, Error> {
        settings(ask, Nothing {})
    }
}
