//! Shifts: over drawn days of sales, refunds and movements at two drawers, what a close says is what somebody with the notes of
//! that drawer in hand has, what the till's own sum of it says, and what the verifier counts from the facts.

use database::disk::SystemDisk;
use database::error::DatabaseError;
use database::report::{Asked, Row, Table};
use database::{Database, Durability, LedgerTx};
use domain::currency::Currency;
use domain::device::NoSaleReason;
use domain::ids::{IncarnationId, OperatorId, OrganisationId, SaleId, ShiftId, StoreId, TerminalId};
use domain::price::Price;
use domain::quantity::{Quantity, Unit};
use domain::rounding::Rounding;
use domain::sale::line::Direction;
use domain::shift::{CashFlow, CashMovement, CashReason, CountedDrawer};
use domain::tax::{TaxMode, TaxPolicy, TaxRate, TaxScope};
use domain::tender::correction::CorrectionReason;
use domain::tender::{TenderDirection, TenderKind};
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use scenarios::seed::draw::Draw;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;
use wire::fact::{
    CashMoved, DrawerOpened, Fact, LedgerOpened, OpenReason, PaymentCorrected, SaleCompletedFact,
    ShiftClosed, ShiftCounted, ShiftOpened, SoldLine, SoldTax, SoldTender,
};
use wire::report::CellValue;

/// Days that are drawn; with everything tried, as many as the issue of a till's life.
const DAYS: u64 = 2_000;
const DAYS_DEEP: u64 = 100_000;
/// 2 March 2026, 09:00 in Paris.
const BEGIN_MS: i64 = 1_772_438_400_000;

/// What somebody knows who stands at a drawer for a shift and writes down what goes in and out.
#[derive(Debug, Default)]
struct Hand {
    /// Which drawer.
    drawer: u8,
    /// What the close before left there.
    left: i64,
    float_stated: bool,
    cash: i64,
    counts: u32,
    sales: u32,
    sold: i64,
    refunds: u32,
    refunded: i64,
    tips: i64,
    taxes: BTreeMap<i64, (i64, i64)>,
    no_sales: u32,
}

impl Hand {
    fn new(drawer: u8, left: i64) -> Self {
        Self { drawer, left, cash: left, ..Self::default() }
    }
}

/// What a day comes to by its sales: how many, and what was sold less what came back; by rate net and tax; taken and given in
/// cash; how often the drawer was opened.
#[derive(Default)]
struct Recount {
    sales: i64,
    total: i64,
    taxes: BTreeMap<i64, (i64, i64)>,
    taken: i64,
    given: i64,
    no_sales: i64,
}

struct Till {
    draw: Draw,
    now_ms: i64,
    number: u64,
    currency: Currency,
    /// At each drawer, which is that of an operator.
    hands: [Hand; 2],
    /// By business day.
    days: BTreeMap<BusinessDay, Recount>,
}

impl Till {
    fn moment(&self) -> Moment {
        let mono_ms = self.now_ms.abs_diff(BEGIN_MS);
        Moment {
            wall: Timestamp(self.now_ms),
            zone_min: 60,
            boot: 1,
            mono_ms,
            quality: ClockQuality::Unknown,
        }
    }

    /// Whose drawer it is.
    fn operator(hand: &Hand) -> OperatorId {
        OperatorId(Uuid::from_u128(u128::from(hand.drawer)))
    }

    fn id(&mut self) -> Uuid {
        self.draw.uuid(self.now_ms)
    }

    /// A sale, or a refund, of one line that is paid in cash with more than it costs, or by card.
    fn sell(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<(), DatabaseError> {
        self.number += 1;
        let amount = self.draw.between(1, 30_000).cast_signed();
        let comes_back = self.draw.happens(200);
        let ppm = *self.draw.one(&[0, 55_000, 200_000]);
        let of_it = amount * ppm / (1_000_000 + ppm);
        let sign = if comes_back { -1 } else { 1 };
        let (net, tax, total) = (sign * (amount - of_it), sign * of_it, sign * amount);
        let tip = if !comes_back && self.draw.happens(150) { self.draw.below(500).cast_signed() } else { 0 };
        let by_card = self.draw.happens(200);
        let over = if comes_back || by_card { 0 } else { self.draw.below(5_000).cast_signed() };
        let rate = TaxRate::ppm(ppm).unwrap_or(TaxRate::ZERO);
        let direction = if comes_back { Direction::Return } else { Direction::Sale };
        let sale = SaleCompletedFact {
            reverses: None,
            customer: None,
            takeaway: false,
            exempt: None,
            drawer: hand.drawer,
            notes: wire::fact::Notes::default(),
            sale: SaleId(self.id()),
            number: self.number,
            receipt_number: format!("{}-{:06}", tx.series(), self.number),
            business_day: BusinessDay::of(&self.moment()),
            opened_at: Timestamp(self.now_ms),
            shop_version: 1,
            currency: self.currency,
            tax_policy: TaxPolicy {
                mode: TaxMode::Included,
                scope: TaxScope::Document,
                rounding: Rounding::Down,
            },
            lines: vec![SoldLine {
                line: 1,
                direction,
                product: None,
                code: None,
                name: "Tea".to_owned(),
                quantity: Quantity::ONE,
                unit: Unit::Each,
                price: Price::micros(1_000_000).unwrap(),
                list_price: None,
                amount,
                tax_rate: rate,
                tax: of_it,
                imprint: domain::code::label::Imprint::default(),
                pack: None,
                price_list: None,
                in_code: None,
                with: None,
                discount: None,
                share: 0,
                exempt: None,
                seller: None,
                of: None,
            }],
            discount: None,
            taxes: vec![SoldTax { rate, net, tax }],
            total,
            cash_rounding: 0,
            repaid: Vec::new(),
            credit_left: None,
            owed: None,
            tenders: vec![SoldTender {
                kind: if by_card { TenderKind::Card } else { TenderKind::Cash },
                direction: if comes_back { TenderDirection::Given } else { TenderDirection::Taken },
                tendered: amount + over + tip,
                change: over,
                tip,
                reference: None,
                payment: None,
            }],
            trail: Vec::new(),
        };
        let recount = self.days.entry(sale.business_day).or_default();
        recount.sales += 1;
        recount.total += total;
        let (nets, of_day) = recount.taxes.entry(ppm).or_default();
        (*nets, *of_day) = (*nets + net, *of_day + tax);
        if comes_back {
            recount.given += amount;
        } else {
            recount.taken += amount + tip;
        }
        tx.append(Self::operator(hand), &Fact::SaleCompleted(Box::new(sale)), &[])?;
        hand.cash += if by_card { 0 } else { total + tip };
        hand.tips += tip;
        let (nets, taxes) = hand.taxes.entry(ppm).or_default();
        (*nets, *taxes) = (*nets + net, *taxes + tax);
        if comes_back {
            (hand.refunds, hand.refunded) = (hand.refunds + 1, hand.refunded + amount);
        } else {
            (hand.sales, hand.sold) = (hand.sales + 1, hand.sold + amount);
        }
        Ok(())
    }

    fn move_cash(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<(), DatabaseError> {
        let kinds = [CashMovement::PaidIn, CashMovement::PaidOut, CashMovement::Expense, CashMovement::Drop];
        let kind = *self.draw.one(&kinds);
        let reason = *self.draw.one(CashReason::of(kind));
        let amount = self.draw.between(1, 20_000).cast_signed();
        let (movement, currency) = (self.id(), self.currency);
        let moved = CashMoved { movement, drawer: hand.drawer, drawers: 2, kind, amount, currency, reason };
        tx.append(Self::operator(hand), &Fact::CashMoved(moved), &[])?;
        hand.cash += if kind == CashMovement::PaidIn { amount } else { -amount };
        Ok(())
    }

    /// What was keyed as cash was paid by card, or the other way round.
    fn correct(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<(), DatabaseError> {
        let amount = self.draw.between(1, 20_000).cast_signed();
        let (from, to, more) = match self.draw.happens(500) {
            true => (TenderKind::Cash, TenderKind::Card, -amount),
            false => (TenderKind::Card, TenderKind::Cash, amount),
        };
        let correction = PaymentCorrected {
            correction: self.id(),
            drawer: hand.drawer,
            sale: SaleId(self.id()),
            receipt_number: format!("{}-000001", tx.series()),
            tender: 1,
            from,
            to,
            direction: TenderDirection::Taken,
            amount,
            currency: self.currency,
            business_day: BusinessDay::of(&self.moment()),
            reason: CorrectionReason::WrongKey,
            reference: None,
        };
        tx.append(Self::operator(hand), &Fact::PaymentCorrected(correction), &[])?;
        hand.cash += more;
        Ok(())
    }

    /// The float is stated, at some time of the shift.
    fn open(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<(), DatabaseError> {
        let float = self.draw.below(50_000).cast_signed();
        let opened = ShiftOpened {
            shift: ShiftId(self.id()),
            drawer: hand.drawer,
            float,
            assumed: hand.left,
            held: 0,
            currency: self.currency,
            denominations: Vec::new(),
            afresh: false,
        };
        tx.append(Self::operator(hand), &Fact::ShiftOpened(opened), &[])?;
        hand.cash += float - hand.left;
        hand.float_stated = true;
        Ok(())
    }

    /// One thing happens at a drawer.
    fn act(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<(), DatabaseError> {
        match self.draw.below(12) {
            0 => {
                let (opening, reason, drawer) = (self.id(), NoSaleReason::Count, hand.drawer);
                let opened = DrawerOpened { opening, drawer, reason, business_day: None };
                tx.append(Self::operator(hand), &Fact::DrawerOpened(opened), &[])?;
                hand.no_sales += 1;
                self.days.entry(BusinessDay::of(&self.moment())).or_default().no_sales += 1;
                Ok(())
            }
            1 | 2 => self.move_cash(tx, hand),
            3 => self.correct(tx, hand),
            4 if !hand.float_stated => self.open(tx, hand),
            _ => self.sell(tx, hand),
        }
    }

    /// A day at both drawers, turn by turn. Either is closed at its end, or goes on with the next day.
    fn day(&mut self, tx: &mut LedgerTx<'_>) -> Result<(), DatabaseError> {
        let mut hands = std::mem::take(&mut self.hands);
        for _ in 0..=self.draw.below(16) {
            self.now_ms += 60_000;
            tx.happens_at(self.moment());
            let at = self.draw.index(2);
            self.act(tx, &mut hands[at])?;
            let held = hands.iter().map(|hand| hand.cash).sum::<i64>();
            let sums = tx.drawer_cash(1, self.currency)? + tx.drawer_cash(2, self.currency)?;
            assert_eq!(sums, held, "all the cash of the till is in one drawer or the other");
        }
        for hand in &mut hands {
            if self.draw.happens(700) {
                let left = self.count_and_close(tx, hand)?;
                *hand = Hand::new(hand.drawer, left);
            }
        }
        self.hands = hands;
        Ok(())
    }

    /// A drawer is counted, with a difference of its own, and something may still be sold; then its shift is closed. Returns
    /// what is left there.
    fn count_and_close(&mut self, tx: &mut LedgerTx<'_>, hand: &mut Hand) -> Result<i64, DatabaseError> {
        let miscounted = self.draw.below(7).cast_signed() - 3;
        let count = CountedDrawer { counted: hand.cash + miscounted, expected: hand.cash };
        let counted = ShiftCounted {
            count: self.id(),
            drawer: hand.drawer,
            counted: count.counted,
            expected: count.expected,
            held: 0,
            currency: self.currency,
            denominations: Vec::new(),
        };
        tx.append(Self::operator(hand), &Fact::ShiftCounted(counted), &[])?;
        hand.counts += 1;
        if self.draw.happens(300) {
            self.sell(tx, hand)?;
        }
        self.close(tx, hand, count, miscounted)
    }

    fn close(
        &mut self,
        tx: &mut LedgerTx<'_>,
        hand: &Hand,
        count: CountedDrawer,
        miscounted: i64,
    ) -> Result<i64, DatabaseError> {
        let running = tx.running_shift(hand.drawer)?;
        let figures = running.figures;
        let expected = figures.cash.expected().unwrap();
        assert_eq!(expected, hand.cash, "the equation is what a hand in the drawer holds");
        assert_eq!(
            tx.drawer_cash(hand.drawer, self.currency)?,
            hand.cash,
            "and what the sales themselves added up"
        );
        assert_eq!(
            (
                figures.sales,
                figures.sold,
                figures.refunds,
                figures.refunded,
                figures.tips,
                figures.no_sales,
                figures.counts
            ),
            (hand.sales, hand.sold, hand.refunds, hand.refunded, hand.tips, hand.no_sales, hand.counts)
        );
        let taxes: BTreeMap<i64, (i64, i64)> =
            figures.taxes.iter().map(|row| (row.rate.as_ppm(), (row.net, row.tax))).collect();
        assert_eq!(taxes, hand.taxes);
        let turnover: i64 = figures.tenders.iter().map(|row| row.taken - row.given).sum();
        assert_eq!(
            turnover,
            hand.sold - hand.refunded + hand.tips,
            "all of it was paid, in one way or the other"
        );
        let at_close = count.at_close(expected).unwrap();
        assert_eq!(at_close - expected, miscounted, "a miscount stays what it was");
        let number = tx.next_number("z")?;
        let left = self.draw.below(at_close.max(0).unsigned_abs() + 1).cast_signed();
        let closed = ShiftClosed {
            shift: ShiftId(self.id()),
            drawer: hand.drawer,
            drawers: 2,
            number,
            z_number: format!("{}-Z{number:04}", tx.series()),
            business_day: BusinessDay::of(&self.moment()),
            began_at: running.began_at.unwrap_or(Timestamp(self.now_ms)),
            float_stated: running.float_stated,
            shop_version: 1,
            currency: self.currency,
            figures,
            expected,
            held: 0,
            counted: at_close,
            over_short: at_close - expected,
            carried: at_close - count.counted,
            denominations: Vec::new(),
            reason: None,
            left,
            open_sales: Vec::new(),
        };
        tx.append(Self::operator(hand), &Fact::ShiftClosed(Box::new(closed)), &[])?;
        assert_eq!(
            tx.drawer_cash(hand.drawer, self.currency)?,
            left,
            "what stays is what the next shift begins with"
        );
        let next = tx.running_shift(hand.drawer)?;
        assert_eq!(next.figures.cash, CashFlow { float: left, ..CashFlow::default() });
        assert!(!next.float_stated && next.began_at.is_none());
        Ok(left)
    }
}

/// The rows of a report, and how a number in one is found by the name of its column.
fn rows(database: &Database, report: &str, from: BusinessDay, to: BusinessDay) -> Table {
    let asked =
        Asked { from, to, operator: None, hours: None, category: None, rows_max: usize::MAX, only: None };
    let report = database::report::find(report).unwrap();
    let table: Result<_, DatabaseError> = database.read(|reader| reader.report(report, &asked));
    table.unwrap()
}

/// One column of a report, row by row.
fn column(table: &Table, name: &str) -> Vec<i64> {
    let place = table.columns.iter().position(|column| *column == name).unwrap();
    let number = |row: &Row| match &row.cells[place] {
        CellValue::Count(count) => *count,
        CellValue::Money(money) => money.minor(),
        CellValue::Rate(rate) => rate.as_ppm(),
        other => panic!("{other:?} is no number"),
    };
    table.rows.iter().map(number).collect()
}

/// Every rollup that reports are read from says of every day what was counted when it happened.
fn assert_rollups_equal(database: &Database, till: &Till) {
    while database.fold(10_000, till.moment()).unwrap() {}
    let (Some((first, _)), Some((last, _))) = (till.days.first_key_value(), till.days.last_key_value())
    else {
        panic!("nothing was sold");
    };
    let days = rows(database, "days", *first, *last);
    let sold: Vec<_> = till.days.values().filter(|recount| recount.sales > 0).collect();
    assert_eq!(column(&days, "sales"), sold.iter().map(|recount| recount.sales).collect::<Vec<_>>());
    assert_eq!(column(&days, "total"), sold.iter().map(|recount| recount.total).collect::<Vec<_>>());
    // What reports add up over days: every thirtieth by itself, and all of them together.
    let mut stretches: Vec<_> = till.days.keys().step_by(30).map(|day| (*day, *day)).collect();
    stretches.push((*first, *last));
    for (from, to) in stretches {
        let mut taxes: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
        let (mut taken, mut given, mut no_sales) = (0, 0, 0);
        for recount in till.days.range(from..=to).map(|(_, recount)| recount) {
            for (rate, (net, tax)) in &recount.taxes {
                let (nets, of_it) = taxes.entry(*rate).or_default();
                (*nets, *of_it) = (*nets + net, *of_it + tax);
            }
            (taken, given) = (taken + recount.taken, given + recount.given);
            no_sales += recount.no_sales;
        }
        let table = rows(database, "taxes", from, to);
        let sums = column(&table, "net").into_iter().zip(column(&table, "tax"));
        let found: BTreeMap<i64, (i64, i64)> = column(&table, "rate").into_iter().zip(sums).collect();
        assert_eq!(found, taxes, "{from} to {to}");
        let sum =
            |report: &str, name: &str| column(&rows(database, report, from, to), name).iter().sum::<i64>();
        let told = [("tenders", "taken"), ("tenders", "given"), ("no_sales", "times")];
        assert_eq!(told.map(|(report, name)| sum(report, name)), [taken, given, no_sales], "{from} to {to}");
    }
    println!("{} days are as they were counted", sold.len());
}

#[test]
fn every_close_is_what_went_in_and_out_to_the_cent() {
    let days = if std::env::var_os("TILLKEEPER_DEEP").is_some() { DAYS_DEEP } else { DAYS };
    let folder = tempfile::tempdir().unwrap();
    let mut salts = Draw::new(5, 2);
    let salts = move || salts.uuid(0).into_bytes();
    let database = Database::open(folder.path(), Arc::new(SystemDisk), Box::new(salts)).unwrap();
    let id = |number| Uuid::from_u128(number);
    let mut till = Till {
        draw: Draw::new(5, 1),
        now_ms: BEGIN_MS,
        number: 0,
        hands: [Hand::new(1, 0), Hand::new(2, 0)],
        currency: Currency::parse("EUR").unwrap(),
        days: BTreeMap::new(),
    };
    let opened = LedgerOpened {
        organisation: OrganisationId(id(1)),
        store: StoreId(id(2)),
        terminal: TerminalId(id(3)),
        incarnation: IncarnationId(id(4)),
        series: "A".to_owned(),
        reason: OpenReason::New,
        previous: None,
        grand_totals: Vec::new(),
    };
    database.begin_log(opened, till.moment()).unwrap();
    for _ in 0..days {
        till.now_ms += 3_600_000;
        let moment = till.moment();
        till = database
            .write(Durability::Draft, moment, move |tx| {
                till.day(tx)?;
                Ok::<_, DatabaseError>(till)
            })
            .unwrap();
    }
    assert_rollups_equal(&database, &till);
    drop(database);
    // The verifier counts every shift from its facts, without a table of ours.
    let report = database::verify::file(&SystemDisk, &folder.path().join("ledger.db")).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults.first());
    println!("{days} days, {} facts, {} sales", report.facts, report.sales);
    assert!(report.sales > days);
}
