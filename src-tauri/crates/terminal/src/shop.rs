//! The shop's settings and its first start.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::record::{self, Saved, change, wanted};
use crate::texts::{Key, Texts};
use database::record::StoredRecord;
use domain::ids::{OperatorId, RoleId};
use domain::people::{Grant, Operator, PeopleError, Permission, Role, check_name, check_pin};
use domain::product::Status;
use domain::settings::{Language, SettingsError};
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

/// `shop.set_up`
pub fn set_up(act: &Act<'_>, request: SetUpShop) -> Result<SetUp, Error> {
    request.shop.check()?;
    if request.shop.price_list.is_some() {
        return Err(SettingsError::PriceListUnknown {}.into());
    }
    check_name(&request.owner_name)?;
    check_pin(&request.owner_pin)?;
    let terminal = act.terminal;
    let verifier = terminal.pins.verifier(&request.owner_pin, &terminal.surroundings.ids.salt());
    let roles: Vec<(RoleId, Role)> =
        first_roles(request.shop.language).into_iter().map(|role| (RoleId(act.id()), role)).collect();
    let owner = Operator {
        name: request.owner_name.trim().to_owned(),
        // The first role may do everything.
        role: roles[0].0,
        pin: Some(verifier),
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
    Ok(effect)
}

/// The roles a new shop begins with; the first may do everything.
fn first_roles(language: Language) -> Vec<Role> {
    let texts = Texts::of(language);
    let all = Permission::ALL.map(|permission| Grant { permission, limit: None }).to_vec();
    let without = |missing: &[Permission]| {
        all.iter().filter(|grant| !missing.contains(&grant.permission)).copied().collect::<Vec<_>>()
    };
    let grant = |permission| Grant { permission, limit: None };
    vec![
        Role { name: texts.text(Key::RoleAdmin), grants: all.clone() },
        Role { name: texts.text(Key::RoleManager), grants: without(&[Permission::ManagePeople]) },
        Role {
            name: texts.text(Key::RoleCashier),
            grants: vec![
                grant(Permission::Sell),
                grant(Permission::SellOpenItem),
                Grant { permission: Permission::OverridePrice, limit: Some(CASHIER_REDUCTION_PPM) },
                grant(Permission::ReprintReceipt),
            ],
        },
        Role { name: texts.text(Key::RoleTrainee), grants: vec![grant(Permission::Sell)] },
    ]
}

/// How far below the listed price a cashier of a new shop may go: 10 %.
const CASHIER_REDUCTION_PPM: i64 = 100_000;

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
    Ok(ShopView { version, shop, currency_fixed: ask.reader.has_sales()? })
}

/// `shop.save_settings`
pub fn save_settings(act: &Act<'_>, request: SaveShop) -> Result<Saved<ShopView>, Error> {
    request.shop.check()?;
    let (fixed, current) =
        act.read(|reader| Ok((reader.has_sales()?, crate::ask::shop(act.terminal, reader)?.1)))?;
    if fixed && request.shop.currency != current.currency {
        return Err(SettingsError::CurrencyFixed {}.into());
    }
    let store = act.terminal.store.0;
    let operator = act.operator;
    let wanted = wanted(Some(&request.base), &request.shop);
    act.commit(move |tx| {
        if let Some(list) = request.shop.price_list
            && tx.record_version(Entity::PriceList, list.0)?.is_none()
        {
            return Err(SettingsError::PriceListUnknown {}.into());
        }
        change(tx, operator, Entity::Shop, store, wanted)?;
        Ok(Saved::new(store))
    })
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
