//! What an open sale does, whatever the cashier does with it.

use super::*;
use crate::people::{CAME_LATER, Grant, NeedsApproval, Role};
use crate::rounding::Rounding;
use crate::tax::{TaxMode, TaxRate, TaxScope};
use crate::tender::TenderPolicy;
use proptest::prelude::*;
use uuid::Uuid;

pub(super) fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
}

pub fn open() -> OpenSale {
    open_under(TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp })
}

pub(super) fn open_under(tax_policy: TaxPolicy) -> OpenSale {
    OpenSale::open(NewSale {
        id: SaleId(Uuid::from_u128(1)),
        currency: Currency::parse("EUR").unwrap(),
        tax_policy,
        opened_at: Timestamp(0),
        operator: OperatorId(Uuid::from_u128(2)),
        price_list: None,
        tender_policy: TenderPolicy::default(),
        training: false,
    })
}

pub(super) fn item(micros: i64, thousandths: i64, unit: Unit) -> Item {
    Item {
        product: Some(crate::ids::ProductId(Uuid::from_u128(3))),
        code: None,
        name: "Bread".into(),
        quantity: Quantity::thousandths(thousandths).unwrap(),
        unit,
        price: Price::micros(micros).unwrap(),
        list_price: None,
        tax_rate: TaxRate::ppm(55_000).unwrap(),
        imprint: crate::code::label::Imprint::default(),
        pack: None,
        price_list: None,
        in_code: None,
        age_min: None,
        places: None,
    }
}

pub(super) fn grants(limit: Option<i64>) -> Grants {
    grants_with(Permission::OverridePrice, limit)
}

/// Everything is allowed, and one thing up to a limit.
pub(super) fn grants_with(limited: Permission, limit: Option<i64>) -> Grants {
    let all = Permission::ALL
        .into_iter()
        .map(|permission| Grant { permission, limit: if permission == limited { limit } else { None } });
    Grants::of(&Role {
        badge_needs_pin: false,
        own_sales_only: false,
        trains_only: false,
        name: "all".into(),
        grants: all.collect(),
        known: CAME_LATER.len(),
    })
}

#[test]
fn a_cash_sale_gives_change() {
    let mut sale = open();
    sale.add(item(1_200_000, 2_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
    let cash = TenderRequest::cash(Some(euro(500)));
    let (totals, settlement) = sale.settle(&[cash], Some(euro(240))).unwrap();
    assert_eq!(totals.total, euro(240));
    assert_eq!(settlement.tenders[0].change, euro(260));
}

#[test]
fn what_the_cashier_did_not_see_is_not_charged() {
    let mut sale = open();
    sale.add(item(1_200_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
    let exact = TenderRequest::cash(None);
    let refused = sale.settle(&[exact], Some(euro(100))).unwrap_err();
    assert_eq!(refused, SaleError::TotalChanged { seen: euro(100), total: euro(120) });
}

#[test]
fn half_a_loaf_is_not_sold_by_the_piece() {
    let mut sale = open();
    let refused = sale.add(item(1, 500, Unit::Each), Direction::Sale, &grants(None)).unwrap_err();
    assert!(matches!(refused, SaleError::QuantityInvalid { .. }));
    sale.add(item(1_000_000, 500, Unit::Kilogram), Direction::Sale, &grants(None)).unwrap();
}

#[test]
fn a_return_needs_its_permission() {
    let mut sale = open();
    let refused =
        sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Return, &Grants::default()).unwrap_err();
    assert!(
        matches!(refused, SaleError::NeedsApproval(needed) if needed.permission == Permission::ReturnWithoutReceipt)
    );
    assert_eq!(sale.lines_active, 0);
}

#[test]
fn a_price_may_fall_as_far_as_the_limit() {
    let mut sale = open();
    let limited = grants(Some(100_000));
    let mut line = sale.add(item(2_000_000, 1_000, Unit::Each), Direction::Sale, &limited).unwrap();
    sale.override_price(&mut line, Price::micros(1_800_000).unwrap(), &limited).unwrap();
    assert_eq!(line.list_price, Some(Price::micros(2_000_000).unwrap()));
    let refused = sale.override_price(&mut line, Price::micros(1_799_999).unwrap(), &limited).unwrap_err();
    assert!(matches!(refused, SaleError::NeedsApproval(NeedsApproval { limit: Some(100_001), .. })));
    assert_eq!(line.amount, euro(180));
}

#[test]
fn a_voided_line_is_out_once() {
    let mut sale = open();
    let mut line = sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap();
    sale.void_line(&mut line).unwrap();
    assert_eq!(sale.totals().unwrap().total, euro(0));
    assert_eq!(sale.void_line(&mut line), Err(SaleError::LineUnknown { line: 1 }));
    assert_eq!(sale.settle(&[], None), Err(SaleError::Empty {}));
}

#[derive(Debug, Clone)]
enum Act {
    Add { micros: i64, thousandths: i64, rate: i64, back: bool },
    Void(usize),
    Quantity(usize, i64),
    Price(usize, i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (0i64..50_000_000, 1i64..9_999, 0i64..300_000, any::<bool>())
            .prop_map(|(micros, thousandths, rate, back)| Act::Add { micros, thousandths, rate, back }),
        1 => any::<usize>().prop_map(Act::Void),
        1 => (any::<usize>(), 1i64..9_999).prop_map(|(line, q)| Act::Quantity(line, q)),
        1 => (any::<usize>(), 0i64..50_000_000).prop_map(|(line, p)| Act::Price(line, p)),
    ]
}

proptest! {
    /// Whatever the cashier does, the running sums equal a sum over the lines that count.
    #[test]
    fn running_totals_equal_a_recount(acts in prop::collection::vec(act(), 1..40)) {
        let mut sale = open();
        let mut lines: Vec<Line> = Vec::new();
        for act in acts {
            let pick = |index: usize, lines: &[Line]| (!lines.is_empty()).then(|| index % lines.len());
            match act {
                Act::Add { micros, thousandths, rate, back } => {
                    let mut item = item(micros, thousandths, Unit::Kilogram);
                    item.tax_rate = TaxRate::ppm(rate).unwrap();
                    let direction = if back { Direction::Return } else { Direction::Sale };
                    lines.push(sale.add(item, direction, &grants(None)).unwrap());
                }
                Act::Void(index) => if let Some(i) = pick(index, &lines) { let _ = sale.void_line(&mut lines[i]); },
                Act::Quantity(index, q) => if let Some(i) = pick(index, &lines) {
                    let _ = sale.set_quantity(&mut lines[i], Quantity::thousandths(q).unwrap());
                },
                Act::Price(index, p) => if let Some(i) = pick(index, &lines) {
                    let _ = sale.override_price(&mut lines[i], Price::micros(p).unwrap(), &grants(None));
                },
            }
        }
        let count: i64 = lines.iter().filter(|l| !l.voided).map(|l| l.signed().minor()).sum();
        prop_assert_eq!(sale.totals().unwrap().total.minor(), count);
        prop_assert_eq!(sale.pieces, lines.iter().filter(|l| !l.voided).map(Line::pieces).sum::<i64>());
        prop_assert_eq!(sale.lines_active as usize, lines.iter().filter(|l| !l.voided).count());
    }

    /// What was sold and is brought back, and what was taken back and is bought again, come to nothing together: to the
    /// cent, for every rate, in every way to reckon tax and to round.
    #[test]
    fn a_refund_is_the_sale_the_other_way_round(
        lines in prop::collection::vec((0i64..50_000_000, 1i64..9_999, 0i64..300_000, any::<bool>()), 1..12)
    ) {
        for mode in [TaxMode::Included, TaxMode::Added] {
            for scope in [TaxScope::Line, TaxScope::Document] {
                for rounding in [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down] {
                    let policy = TaxPolicy { mode, scope, rounding };
                    let (mut sale, mut refund) = (open_under(policy), open_under(policy));
                    for (micros, thousandths, rate, back) in &lines {
                        let mut item = item(*micros, *thousandths, Unit::Kilogram);
                        item.tax_rate = TaxRate::ppm(*rate).unwrap();
                        let (there, again) = match back {
                            false => (Direction::Sale, Direction::Return),
                            true => (Direction::Return, Direction::Sale),
                        };
                        sale.add(item.clone(), there, &grants(None)).unwrap();
                        refund.add(item, again, &grants(None)).unwrap();
                    }
                    let (sale, refund) = (sale.totals().unwrap(), refund.totals().unwrap());
                    prop_assert_eq!(refund.total, sale.total.negated());
                    prop_assert_eq!(refund.net, sale.net.negated());
                    prop_assert_eq!(refund.taxes.len(), sale.taxes.len());
                    for (one, other) in refund.taxes.iter().zip(&sale.taxes) {
                        prop_assert_eq!(one.rate, other.rate);
                        prop_assert_eq!((one.net, one.tax, one.gross),
                            (other.net.negated(), other.tax.negated(), other.gross.negated()));
                    }
                }
            }
        }
    }
}

#[test]
fn a_deposit_comes_goes_and_is_counted_with_its_line() {
    let mut sale = open();
    let one = Quantity::ONE;
    let six_pack = Item { pack: Some(Quantity::each(6).unwrap()), ..item(6_000_000, 2_000, Unit::Each) };
    let mut bottles = sale.add(six_pack, Direction::Sale, &grants(None)).unwrap();
    let mut deposit =
        sale.add_linked(&bottles, item(250_000, 1_000, Unit::Each), one, &grants(None)).unwrap();
    assert_eq!((deposit.quantity, deposit.amount), (Quantity::each(12).unwrap(), euro(300)));
    let with = deposit.with.unwrap();
    sale.set_quantity(&mut bottles, one).unwrap();
    sale.follow(&bottles, &mut deposit, with).unwrap();
    assert_eq!((deposit.quantity, sale.totals().unwrap().total), (Quantity::each(6).unwrap(), euro(750)));
    let alone = SaleError::LineLinked { line: 2, with: 1 };
    assert_eq!(sale.void_line(&mut deposit), Err(alone.clone()));
    assert_eq!(sale.set_quantity(&mut deposit, one), Err(alone.clone()));
    assert_eq!(sale.override_price(&mut deposit, Price::FREE, &grants(None)), Err(alone));
    sale.void_line(&mut bottles).unwrap();
    sale.follow(&bottles, &mut deposit, with).unwrap();
    assert!(deposit.voided && sale.lines_active == 0);
    assert_eq!(sale.totals().unwrap().total, euro(0));
}

#[test]
fn a_deposit_of_something_weighed_is_one_for_the_line() {
    let mut sale = open();
    let jar = sale.add(item(9_000_000, 385, Unit::Kilogram), Direction::Return, &grants(None)).unwrap();
    let deposit =
        sale.add_linked(&jar, item(1_000_000, 1_000, Unit::Each), Quantity::ONE, &grants(None)).unwrap();
    assert_eq!((deposit.quantity, deposit.direction), (Quantity::ONE, Direction::Return));
}

#[test]
fn an_age_is_asked_once_and_only_while_a_line_asks_for_it() {
    let mut sale = open();
    let of_age = |age| Item { age_min: Some(age), ..item(1_000_000, 1_000, Unit::Each) };
    let exact = [TenderRequest::cash(None)];
    let mut wine = sale.add(of_age(18), Direction::Sale, &grants(None)).unwrap();
    assert_eq!(sale.settle(&exact, None).unwrap_err(), SaleError::AgeCheck { age: 18 });
    assert_eq!(sale.confirm_age(16), Err(SaleError::AgeCheck { age: 18 }));
    sale.void_line(&mut wine).unwrap();
    assert_eq!(sale.age_asked(), None, "the bottle is out");
    sale.add(of_age(16), Direction::Sale, &grants(None)).unwrap();
    assert_eq!(sale.confirm_age(16), Ok(TrailAct::AgeConfirmed { age: 16 }));
    sale.settle(&exact, None).unwrap();
    sale.add(of_age(18), Direction::Sale, &grants(None)).unwrap();
    assert_eq!(sale.age_asked(), Some(18), "older than what was said");
    sale.confirm_age(18).unwrap();
    sale.settle(&exact, None).unwrap();
    let mut back = open();
    back.add(of_age(18), Direction::Return, &grants(None)).unwrap();
    assert_eq!(back.age_asked(), None, "what comes back may come back from anybody");
}

#[test]
fn a_line_is_read_as_it_was_written_before_and_written_shorter() {
    let long = r#"{"number":2,"direction":"sale","product":null,"code":"5449000000996","name":"Cola","quantity":2000,
        "unit":"each","price":1500000,"list_price":null,"amount":{"amount":300,"currency":"EUR"},"tax_rate":200000,
        "tax":{"amount":50,"currency":"EUR"},"voided":false,"revision":7}"#;
    let line: Line = serde_json::from_str(long).unwrap();
    assert_eq!((line.amount, line.tax, line.voided, line.list_price), (euro(300), euro(50), false, None));
    let short = serde_json::to_string(&line).unwrap();
    assert!(short.contains(r#""amount":[300,"EUR"]"#) && !short.contains("voided"), "{short}");
    assert_eq!(serde_json::from_str::<Line>(&short).unwrap(), line);
    let voided = Line { voided: true, list_price: Some(line.price), ..line };
    let written = serde_json::to_string(&voided).unwrap();
    assert_eq!(serde_json::from_str::<Line>(&written).unwrap(), voided);
}
