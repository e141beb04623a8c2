//! The list of products, in every order and both directions, and what SQLite makes of its statements.

use super::*;
use crate::connection::{DatabaseFile, Files};
use crate::disk::SystemDisk;
use crate::product::save_product;
use domain::code::Code;
use domain::ids::PriceListId;
use domain::pricing::PriceAt;
use domain::product::{PriceFrom, Product};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;

const ORDERS: [ListOrder; 4] = [ListOrder::Name, ListOrder::Sku, ListOrder::Price, ListOrder::Changed];
const PRODUCTS: u128 = 150;
const ALL: ListLimits = ListLimits { wanted: usize::MAX, looked_at: usize::MAX };

struct Shelf {
    _dir: TempDir,
    writer: Connection,
    reader: Reader,
}

/// Products of which some share their name, have no SKU, no code, no price, or one that begins tomorrow.
fn shelf() -> Shelf {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::of(dir.path(), Arc::new(SystemDisk)).unwrap();
    files.open_writer(DatabaseFile::Ledger).unwrap();
    let writer = files.open_writer(DatabaseFile::Catalog).unwrap();
    let reader = Reader::open(&files).unwrap();
    let shelf = Shelf { _dir: dir, writer, reader };
    for number in 1..=PRODUCTS {
        shelf.put(number, &product(number));
    }
    shelf
}

fn today() -> BusinessDay {
    BusinessDay::from_unix_day(20_000)
}

fn product(number: u128) -> Product {
    let letter = char::from(b'a' + u8::try_from(number * 7 % 26).unwrap());
    let name = if number.is_multiple_of(3) {
        format!("{letter}pple")
    } else {
        format!("{}pple", letter.to_uppercase())
    };
    let price = |day: i32, micros: u128| PriceFrom {
        from: BusinessDay::from_unix_day(day),
        price: Price::micros(i64::try_from(micros).unwrap()).unwrap(),
        list: None,
    };
    let of_a_list = |day: i32, micros: u128| PriceFrom {
        list: Some(PriceListId(Uuid::from_u128(7))),
        ..price(day, micros)
    };
    let prices = match number % 5 {
        0 => vec![of_a_list(19_000, 5)],
        1 => vec![price(20_001, number)],
        2 => vec![price(19_000, 99), price(20_000, number * 37 % 40), price(20_001, 1)],
        _ => vec![price(19_000, number * 37 % 40), of_a_list(19_500, 77)],
    };
    Product {
        sku: (!number.is_multiple_of(4)).then(|| format!("s{}", number * 13 % 1_000)),
        codes: Code::parse(&format!("{}", 2_900_000_000_000 + number)).into_iter().collect(),
        prices,
        status: if number.is_multiple_of(10) { Status::Archived } else { Status::Active },
        ..Product::new(name, TaxCategoryId(Uuid::from_u128(9)))
    }
}

impl Shelf {
    fn put(&self, number: u128, product: &Product) {
        let id = Uuid::from_u128(number).into_bytes();
        let at = Timestamp(i64::try_from(1_000 + number * 11 % 17).unwrap());
        save_product(&self.writer, id, (1, at), product).unwrap();
    }

    fn stretch(&self, way: &ListWay, limits: ListLimits) -> ListStretch {
        self.reader.products_listed(way, today(), limits, |_| Ok(true)).unwrap()
    }
}

fn way(order: ListOrder, descending: bool) -> ListWay {
    ListWay { order, descending, status: Status::Active, from: None }
}

/// The key by which a list is in order, made from the products and not by SQLite.
fn key(order: ListOrder, listed: &ListedProduct) -> (String, i64) {
    match order {
        ListOrder::Name => (listed.name.to_ascii_lowercase(), 0),
        ListOrder::Sku => (listed.sku.clone().unwrap_or_default(), 0),
        ListOrder::Price => (String::new(), listed.price.unwrap().as_micros()),
        ListOrder::Changed => (String::new(), listed.changed.unwrap().0),
    }
}

#[test]
fn every_order_holds_every_product_once_from_both_ends() {
    let shelf = shelf();
    for order in ORDERS {
        let all = shelf.stretch(&way(order, false), ALL).products;
        let expected = (1..=PRODUCTS).filter(|number| !number.is_multiple_of(10));
        let expected = match order {
            ListOrder::Price => expected.filter(|number| !matches!(number % 5, 0 | 1)).count(),
            ListOrder::Name | ListOrder::Sku | ListOrder::Changed => expected.count(),
        };
        assert_eq!(all.len(), expected, "{order:?}");
        assert_eq!(all.iter().map(|listed| listed.product).collect::<BTreeSet<_>>().len(), expected);
        assert!(all.is_sorted_by_key(|listed| (key(order, listed), listed.place.row)), "{order:?}");
        let mut back = shelf.stretch(&way(order, true), ALL).products;
        back.reverse();
        assert_eq!(back, all, "{order:?}");
    }
}

#[test]
fn pages_go_on_where_the_one_before_ended_in_both_directions() {
    let shelf = shelf();
    for order in ORDERS {
        for descending in [false, true] {
            let all = shelf.stretch(&way(order, descending), ALL).products;
            let mut found = Vec::new();
            let mut next = way(order, descending);
            loop {
                let page = shelf.stretch(&next, ListLimits { wanted: 7, looked_at: 1_000 });
                found.extend(page.products);
                let Some(place) = page.next else { break };
                next.from = Some(place);
            }
            assert_eq!(found, all, "{order:?} {descending}");
        }
    }
}

#[test]
fn a_look_ends_after_so_many_and_goes_on_there() {
    let shelf = shelf();
    let mut next = way(ListOrder::Name, false);
    let (mut looks, mut found) = (0, 0);
    loop {
        let few = ListLimits { wanted: 60, looked_at: 20 };
        let wanted = |listed: &ListedProduct| Ok(listed.name == "Apple");
        let stretch = shelf.reader.products_listed(&next, today(), few, wanted).unwrap();
        found += stretch.products.len();
        looks += 1;
        let Some(place) = stretch.next else { break };
        next.from = Some(place);
    }
    assert_eq!(looks, 7, "135 products, 20 at a time");
    let all = shelf.stretch(&way(ListOrder::Name, false), ALL).products;
    assert_eq!(found, all.iter().filter(|listed| listed.name == "Apple").count());
    assert!(found > 0);
}

#[test]
fn the_price_of_a_list_is_the_one_of_the_day() {
    let shelf = shelf();
    for listed in shelf.stretch(&way(ListOrder::Name, false), ALL).products {
        let number = listed.product.0.as_u128();
        assert_eq!(listed.price, product(number).price_on(today()), "{number}");
        assert_eq!(
            shelf.reader.product_listed(listed.product, today()).unwrap().unwrap().price,
            listed.price
        );
    }
}

#[test]
fn archived_ones_are_a_list_of_their_own_and_counts_end_where_they_are_told_to() {
    let shelf = shelf();
    let archived = ListWay { status: Status::Archived, ..way(ListOrder::Name, false) };
    assert_eq!(shelf.stretch(&archived, ALL).products.len(), 15);
    assert_eq!(shelf.reader.products_counted(Status::Archived, 100).unwrap(), 15);
    assert_eq!(shelf.reader.products_counted(Status::Active, 100).unwrap(), 100);
}

#[test]
fn every_statement_goes_along_an_index_and_sorts_nothing() {
    let shelf = shelf();
    let index = |order| match order {
        ListOrder::Name => "product_list_name",
        ListOrder::Sku => "product_list_sku",
        ListOrder::Price => "price_by_micros",
        ListOrder::Changed => "product_list_changed",
    };
    for order in ORDERS {
        for (descending, from) in [(false, false), (false, true), (true, false), (true, true)] {
            let plan = plan_of(&shelf.reader.catalog, &order.statement(descending, from));
            assert!(plan.contains(index(order)), "{order:?}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{order:?}: {plan}");
            assert!(!plan.contains("SCAN p"), "{order:?}: {plan}");
            if from {
                let begins = plan.contains(match order {
                    ListOrder::Price => "(micros",
                    ListOrder::Name | ListOrder::Sku | ListOrder::Changed => "(status=? AND ",
                });
                assert!(begins, "{order:?} begins where the page before ended: {plan}");
            }
        }
    }
}

fn plan_of(connection: &Connection, statement: &str) -> String {
    let mut plan = connection.prepare(&format!("explain query plan {statement}")).unwrap();
    let lines = plan.raw_query().mapped(|row| row.get::<_, String>(3));
    lines.collect::<Result<Vec<_>, _>>().unwrap().join("\n")
}

#[test]
fn names_stand_by_their_first_letter_or_digit_and_pages_go_on_behind_them() {
    let shelf = shelf();
    let names = ["!Mpple", "  «mpple»", "\"Mppla", "...", "7 apples", "-8 apples", "Épple"];
    for (name, number) in names.into_iter().zip(PRODUCTS + 1..) {
        shelf.put(number, &Product { name: name.to_owned(), ..product(1) });
    }
    let all = shelf.stretch(&way(ListOrder::Name, false), ALL).products;
    let at = |name: &str| all.iter().position(|listed| listed.name == name).unwrap();
    let first_apple = all.iter().position(|listed| listed.name.eq_ignore_ascii_case("apple")).unwrap();
    assert_eq!([at("7 apples"), at("-8 apples"), first_apple], [0, 1, 2]);
    // Behind every name of letters.
    assert_eq!(at("..."), all.len() - 1);
    let between = |name: &str| {
        let around = [all[at(name) - 1].name.to_lowercase(), all[at(name) + 1].name.to_lowercase()];
        around.map(|name| name.chars().find(char::is_ascii_alphabetic).unwrap())
    };
    for name in ["!Mpple", "  «mpple»", "\"Mppla"] {
        assert!(between(name).contains(&'m'), "{name} stands between {:?}", between(name));
    }

    // The tiles go through the same order page by page, and leave none out.
    let at = PriceAt { day: today(), list: None };
    let (mut tiles, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = shelf.reader.products_by_name(None, after.as_ref(), at, 7).unwrap();
        tiles.extend(page.into_iter().map(|found| found.product));
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(tiles, all.iter().map(|listed| listed.product).collect::<Vec<_>>());
}
