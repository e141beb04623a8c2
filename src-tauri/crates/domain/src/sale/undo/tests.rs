//! Whatever is done to a sale: taken back step by step, it is at every step what it was there.

use super::*;
use crate::discount::{DiscountBy, DiscountReason};
use crate::ids::{CustomerId, PriceListId};
use crate::people::Permission;
use crate::price::Price;
use crate::product::PriceFrom;
use crate::quantity::Unit;
use crate::rounding::Rounding;
use crate::sale::line::Direction;
use crate::sale::returned::{ReturnReason, TakeBack, returnables};
use crate::sale::taxed::PlaceRates;
use crate::sale::tests::{grants_with, item, open_under};
use crate::tax::{TaxMode, TaxRate, TaxScope, Totals};
use crate::time::BusinessDay;
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a cashier does. A place is one among the lines that count.
#[derive(Debug, Clone, Copy)]
enum Key {
    Add { price: i64, count: i64, by_place: bool, age: Option<u8> },
    Again,
    Quantity { place: usize, count: i64 },
    Price { place: usize, price: i64 },
    Off { place: usize, ppm: i64 },
    OffAll { minor: i64 },
    NoOff,
    Void { place: usize },
    Note { place: usize },
    NoteAll,
    Customer { list: bool },
    Takeaway(bool),
    Exempt(bool),
    Seller { place: usize },
    SellerAll,
    Age,
    Back { count: i64 },
}

fn keys() -> impl Strategy<Value = Key> {
    let place = 0usize..8;
    let age = prop_oneof![Just(None), Just(Some(16u8)), Just(Some(18))];
    let add = (1i64..90_000_000, 1i64..9, any::<bool>(), age)
        .prop_map(|(price, count, by_place, age)| Key::Add { price, count, by_place, age });
    prop_oneof![
        4 => add,
        2 => Just(Key::Again),
        1 => (place.clone(), 1i64..50).prop_map(|(place, count)| Key::Quantity { place, count }),
        1 => (place.clone(), 1i64..90_000_000).prop_map(|(place, price)| Key::Price { place, price }),
        1 => (place.clone(), 1i64..1_000_000).prop_map(|(place, ppm)| Key::Off { place, ppm }),
        1 => (1i64..9_000).prop_map(|minor| Key::OffAll { minor }),
        1 => Just(Key::NoOff),
        1 => place.clone().prop_map(|place| Key::Void { place }),
        1 => place.clone().prop_map(|place| Key::Note { place }),
        1 => place.prop_map(|place| Key::Seller { place }),
        1 => Just(Key::SellerAll),
        1 => Just(Key::NoteAll),
        1 => any::<bool>().prop_map(|list| Key::Customer { list }),
        1 => any::<bool>().prop_map(Key::Takeaway),
        1 => any::<bool>().prop_map(Key::Exempt),
        1 => Just(Key::Age),
        1 => (1i64..4).prop_map(|count| Key::Back { count }),
    ]
}

fn list() -> PriceListId {
    PriceListId(Uuid::from_u128(77))
}

fn day() -> BusinessDay {
    BusinessDay::from_unix_day(20_000)
}

/// An open sale with all its lines, those that are out too, and what is kept of its acts.
#[derive(Clone)]
struct Till {
    sale: OpenSale,
    lines: Vec<Line>,
    kept: BTreeMap<u64, Kept>,
    sold: Vec<Line>,
}

/// What everybody sees of a sale: what it comes to, what is said of it, and its lines.
#[derive(Debug, PartialEq)]
struct Seen {
    totals: Totals,
    said: Said,
    counts: (u32, i64, i64, Option<u8>),
    lines: Vec<Line>,
}

impl Till {
    fn new(mode: TaxMode, scope: TaxScope) -> Self {
        let policy = TaxPolicy { mode, scope, rounding: Rounding::HalfUp };
        let mut before = open_under(policy);
        let everything = grants_with(Permission::OverridePrice, None);
        let sold = [1_999_000, 12_345_000]
            .map(|price| before.add(item(price, 5_000, Unit::Each), Direction::Sale, &everything).unwrap());
        Self { sale: open_under(policy), lines: Vec::new(), kept: BTreeMap::new(), sold: sold.to_vec() }
    }

    fn seen(&self) -> Seen {
        let mut totals = self.sale.totals().unwrap();
        totals.taxes.retain(|row| row.gross.minor() != 0 || row.net.minor() != 0 || row.tax.minor() != 0);
        totals.taxes.sort_by_key(|row| row.rate);
        let mut lines: Vec<_> = self.lines.iter().filter(|line| !line.voided).cloned().collect();
        lines.iter_mut().for_each(|line| line.revision = 0);
        Seen {
            totals,
            said: self.sale.said(),
            counts: (self.sale.lines_active, self.sale.pieces, self.sale.refunded, self.sale.age_asked()),
            lines,
        }
    }

    /// The place in `lines` of one that counts and is no return.
    fn place(&self, of: usize) -> Option<usize> {
        let free = |(_, line): &(usize, &Line)| !line.voided && line.of.is_none();
        self.lines.iter().enumerate().filter(free).map(|(place, _)| place).nth(of)
    }

    fn spread(&mut self) {
        let mut active: Vec<_> = self.lines.iter().filter(|line| !line.voided).cloned().collect();
        self.sale.spread(&mut active).unwrap();
        for spread in active {
            let line = self.lines.iter_mut().find(|line| line.number == spread.number).unwrap();
            *line = spread;
        }
    }

    fn add_act(&mut self, done: Done) {
        if let Some(first) = self.sale.acts.add(done) {
            self.kept.remove(&first.key);
        }
    }

    /// Presses a key. Says whether anything was done by it.
    fn press(&mut self, key: Key) -> bool {
        let before = self.clone();
        let done = self.act(key);
        if !done {
            *self = before;
        }
        done
    }

    fn act(&mut self, key: Key) -> bool {
        let all = grants_with(Permission::OverridePrice, None);
        let mut kept = Kept { said: self.sale.said(), lines: Vec::new(), added: Vec::new() };
        let act = match key {
            Key::Add { price, count, by_place, age } => {
                let mut goods = item(price, count * 1_000, Unit::Each);
                let rates = |here, away| PlaceRates { here: rate(here), away: rate(away) };
                goods.places = by_place.then(|| rates(190_000, 70_000));
                goods.tax_rate = self.sale.rate_of(rate(190_000), goods.places);
                goods.age_min = age;
                let Ok(line) = self.sale.add(goods, Direction::Sale, &all) else { return false };
                self.add_act(Done { act: SaleAct::LineAdded, key: line.number.into() });
                self.lines.push(line);
                self.spread();
                return true;
            }
            Key::Again => {
                let Some(line) = self.lines.last_mut() else { return false };
                if line.voided || line.of.is_some() || line.discount.is_some() {
                    return false;
                }
                if self.sale.count_again(line).is_err() {
                    return false;
                }
                let key = line.number.into();
                self.add_act(Done { act: SaleAct::Counted, key });
                self.spread();
                return true;
            }
            Key::Quantity { place, count } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                let quantity = Quantity::each(count).unwrap();
                if self.sale.set_quantity(&mut self.lines[place], quantity).is_err() {
                    return false;
                }
                SaleAct::QuantityChanged
            }
            Key::Price { place, price } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                let price = Price::micros(price).unwrap();
                if self.sale.override_price(&mut self.lines[place], price, &all).is_err() {
                    return false;
                }
                SaleAct::PriceOverridden
            }
            Key::Off { place, ppm } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                let by = Some(DiscountBy::Part { ppm });
                let line = &mut self.lines[place];
                if self.sale.discount_line(line, by, DiscountReason::Goodwill, &all).is_err() {
                    return false;
                }
                SaleAct::Discounted
            }
            Key::OffAll { minor } => {
                let active: Vec<_> = self.lines.iter().filter(|line| !line.voided).cloned().collect();
                let by = Some(DiscountBy::Amount { minor });
                if self.sale.discount(&active, by, DiscountReason::Goodwill, &all).is_err() {
                    return false;
                }
                SaleAct::Discounted
            }
            Key::NoOff => {
                self.sale.discount(&[], None, DiscountReason::Goodwill, &all).unwrap();
                SaleAct::Discounted
            }
            Key::Void { place } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                self.sale.void_line(&mut self.lines[place]).unwrap();
                SaleAct::LineVoided
            }
            Key::Note { place } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                self.sale.set_note(Some(&mut self.lines[place]), "sliced").unwrap();
                SaleAct::Noted
            }
            Key::NoteAll => {
                self.sale.set_note(None, "for the office").unwrap();
                SaleAct::Noted
            }
            Key::Seller { place } => {
                let Some(place) = self.place(place) else { return false };
                kept.lines.push(self.lines[place].clone());
                let seller = Some(OperatorId(Uuid::from_u128(7)));
                self.sale.set_seller(Some(&mut self.lines[place]), seller).unwrap();
                SaleAct::SellerSet
            }
            Key::SellerAll => {
                self.sale.set_seller(None, Some(OperatorId(Uuid::from_u128(8)))).unwrap();
                SaleAct::SellerSet
            }
            Key::Customer { list: with_list } => {
                let before = self.sale.list();
                let price_list = with_list.then(list);
                let customer = SaleCustomer { id: CustomerId(Uuid::from_u128(9)), price_list };
                self.sale.set_customer(Some(customer)).unwrap();
                for line in &mut self.lines {
                    let was = line.clone();
                    let prices = [
                        PriceFrom { price: line.price, from: day(), list: before },
                        PriceFrom {
                            price: Price::micros(3_210_000).unwrap(),
                            from: day(),
                            list: self.sale.list(),
                        },
                    ];
                    if self.sale.list() != before && self.sale.reprice(line, &prices, day(), before).unwrap()
                    {
                        kept.lines.push(was);
                    }
                }
                SaleAct::CustomerSet
            }
            Key::Takeaway(takeaway) => {
                self.sale.set_takeaway(takeaway);
                self.retax();
                SaleAct::TakeawaySet
            }
            Key::Exempt(exempt) => {
                self.sale.exempt_tax(exempt.then_some(ExemptReason::Export), &all).unwrap();
                self.retax();
                SaleAct::TaxExempted
            }
            Key::Age => {
                self.sale.confirm_age(18).unwrap();
                SaleAct::AgeConfirmed
            }
            Key::Back { count } => {
                let quantity = Quantity::each(count).unwrap();
                let policy = self.sale.tax_policy;
                let from = returnables(self.sold.clone(), &policy, |_| Quantity::ZERO).unwrap();
                let how = TakeBack {
                    sale: SaleId(Uuid::from_u128(40)),
                    receipt_number: "1-000001".into(),
                    restock: true,
                    reason: ReturnReason::Faulty,
                    paid: Vec::new(),
                };
                for from in &from {
                    let open = |line: &Line| line.of.as_ref().is_some_and(|of| of.line == from.line.number);
                    if let Some(before) = self.lines.iter_mut().find(|line| !line.voided && open(line)) {
                        kept.lines.push(before.clone());
                        self.sale.void_line(before).unwrap();
                    }
                    let Ok(line) = self.sale.take_back(from, quantity, &how, &all) else { return false };
                    kept.added.push(line.number);
                    self.lines.push(line);
                }
                SaleAct::TakenBack
            }
        };
        self.sale.noted();
        let key = self.sale.revision;
        self.kept.insert(key, kept);
        self.add_act(Done { act, key });
        self.spread();
        true
    }

    fn retax(&mut self) {
        for line in &mut self.lines {
            self.sale.retax(line).unwrap();
        }
    }

    fn undo(&mut self) {
        let done = self.sale.acts.take_last().unwrap();
        let at = |lines: &[Line], number: u32| lines.iter().position(|line| line.number == number).unwrap();
        match done.act {
            SaleAct::LineAdded => {
                let place = at(&self.lines, u32::try_from(done.key).unwrap());
                self.sale.take_away_again(&mut self.lines[place]).unwrap();
            }
            SaleAct::Counted => {
                let place = at(&self.lines, u32::try_from(done.key).unwrap());
                self.sale.count_less(&mut self.lines[place]).unwrap();
            }
            SaleAct::QuantityChanged
            | SaleAct::PriceOverridden
            | SaleAct::Discounted
            | SaleAct::LineVoided
            | SaleAct::Noted
            | SaleAct::CustomerSet
            | SaleAct::TakeawaySet
            | SaleAct::TaxExempted
            | SaleAct::AgeConfirmed
            | SaleAct::SellerSet
            | SaleAct::TakenBack
            | SaleAct::Reversed => {
                let kept = self.kept.remove(&done.key).unwrap();
                // What is kept is kept as text.
                let kept: Kept = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
                for number in kept.added {
                    let place = at(&self.lines, number);
                    self.sale.take_away_again(&mut self.lines[place]).unwrap();
                }
                for before in kept.lines {
                    let place = at(&self.lines, before.number);
                    self.sale.put_back(&mut self.lines[place], before).unwrap();
                }
                self.sale.say_again(kept.said).unwrap();
                if matches!(done.act, SaleAct::TakeawaySet | SaleAct::TaxExempted) {
                    self.retax();
                }
            }
        }
        self.spread();
    }
}

fn rate(ppm: i64) -> TaxRate {
    TaxRate::ppm(ppm).unwrap()
}

#[test]
fn the_last_act_is_the_first_to_go_and_the_first_is_forgotten_when_there_are_too_many() {
    let mut acts = Acts::default();
    assert!(acts.is_empty() && acts.last().is_none() && acts.take_last().is_none());
    for key in 1..=50 {
        let act = if key % 2 == 0 { SaleAct::LineAdded } else { SaleAct::LineVoided };
        assert_eq!(acts.add(Done { act, key }), None);
    }
    assert!(acts.any_kept());
    let more = Done { act: SaleAct::Counted, key: 51 };
    assert_eq!(acts.add(more), Some(Done { act: SaleAct::LineVoided, key: 1 }));
    assert_eq!(acts.last(), Some(more));
    let left: Vec<_> = std::iter::from_fn(|| acts.take_last()).map(|done| done.key).collect();
    assert_eq!(left, (2..=51).rev().collect::<Vec<_>>());
    assert!(acts.is_empty() && !acts.any_kept());
}

#[test]
fn each_act_has_a_letter_of_its_own() {
    for (place, (act, letter)) in SaleAct::LETTERS.iter().enumerate() {
        let mut acts = Acts::default();
        acts.add(Done { act: *act, key: 12 });
        assert_eq!(acts.last(), Some(Done { act: *act, key: 12 }));
        assert_eq!(acts.any_kept(), act.is_kept());
        assert!(SaleAct::LETTERS.iter().skip(place + 1).all(|(other, its)| other != act && its != letter));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("TILLKEEPER_DEEP").is_some() { 100_000 } else { 2_000 }))]

    #[test]
    fn taken_back_step_by_step_a_sale_is_at_every_step_what_it_was(
        keys in prop::collection::vec(keys(), 1..24),
        included: bool, by_line: bool,
    ) {
        let mode = if included { TaxMode::Included } else { TaxMode::Added };
        let scope = if by_line { TaxScope::Line } else { TaxScope::Document };
        let mut till = Till::new(mode, scope);
        let mut steps = Vec::new();
        for key in keys {
            let before = till.seen();
            if till.press(key) {
                steps.push((key, before));
            }
        }
        for (key, before) in steps.into_iter().rev() {
            till.undo();
            prop_assert_eq!(till.seen(), before, "after {:?} was taken back", key);
        }
        prop_assert!(till.sale.acts.is_empty() && till.kept.is_empty());
    }
}
