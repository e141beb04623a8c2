//! Statements: whatever days the movements of an account count for, every page of every stretch of days says what somebody
//! says who adds all of them up by hand.

use database::account::statement::{AccountOf, MovementPlace};
use database::disk::SystemDisk;
use database::error::DatabaseError;
use database::{Database, Durability};
use domain::account::WriteOffReason;
use domain::currency::Currency;
use domain::ids::{CustomerId, IncarnationId, OperatorId, OrganisationId, StoreId, TerminalId};
use domain::tender::TenderKind;
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use scenarios::seed::draw::Draw;
use std::sync::Arc;
use uuid::Uuid;
use wire::fact::{DebtWrittenOff, Fact, LedgerOpened, OpenReason};

/// Movements that are drawn, of two customers.
const MOVEMENTS: usize = 400;
/// Days they count for.
const DAYS: i32 = 40;
/// 2 March 2026 in days since 1970-01-01.
const FIRST_DAY: i32 = 20_514;

fn now() -> Moment {
    let wall = Timestamp(1_772_438_400_000);
    Moment { wall, zone_min: 60, boot: 1, mono_ms: 0, quality: ClockQuality::Unknown }
}

#[test]
fn every_page_of_every_stretch_of_days_is_what_adding_up_by_hand_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut salts = Draw::new(7, 2);
    let salts = move || salts.uuid(0).into_bytes();
    let database = Database::open(folder.path(), Arc::new(SystemDisk), Box::new(salts)).unwrap();
    let id = |number| Uuid::from_u128(number);
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
    database.begin_log(opened, now()).unwrap();
    let currency = Currency::parse("EUR").unwrap();
    let mut draw = Draw::new(7, 1);
    // Which of the two customers, which day, how much: in the order they arrive. The clock goes back again and again.
    let mut moved: Vec<(u128, i32, i64)> = Vec::new();
    for _ in 0..MOVEMENTS {
        let minor = draw.between(1, 2_000).cast_signed() - 1_000;
        let day = FIRST_DAY + i32::try_from(draw.below(DAYS.unsigned_abs().into())).unwrap();
        moved.push((u128::from(draw.between(10, 11)), day, minor));
    }
    for (number, (customer, day, minor)) in moved.iter().copied().enumerate() {
        let fact = DebtWrittenOff {
            drawer: 1,
            write_off: id(1_000 + number as u128),
            customer: CustomerId(id(customer)),
            // What is written off comes off the balance; what a rule would say of it is asked elsewhere.
            amount: -minor,
            currency,
            owed: 0,
            reason: WriteOffReason::Other,
            business_day: BusinessDay::from_unix_day(day),
        };
        let append = move |tx: &mut database::LedgerTx<'_>| {
            tx.append(OperatorId(id(9)), &Fact::DebtWrittenOff(fact), &[])?;
            Ok::<_, DatabaseError>(())
        };
        database.write(Durability::Draft, now(), append).unwrap();
    }
    let mut pages = 0;
    for customer in [10, 11, 12] {
        let of = AccountOf { customer: CustomerId(id(customer)), kind: TenderKind::OnAccount, currency };
        let theirs = || moved.iter().copied().filter(move |(whose, _, _)| *whose == customer);
        for _ in 0..60 {
            let from = FIRST_DAY - 2 + i32::try_from(draw.below(44)).unwrap();
            let to = from + i32::try_from(draw.below(12)).unwrap();
            let opening: i64 = theirs().filter(|(_, day, _)| *day < from).map(|(_, _, minor)| minor).sum();
            // Sorted by day; what arrived first comes first.
            let mut expected: Vec<(i32, i64)> = theirs()
                .filter(|(_, day, _)| (from..=to).contains(day))
                .map(|(_, day, minor)| (day, minor))
                .collect();
            expected.sort_by_key(|(day, _)| *day);
            let days = [from, to].map(BusinessDay::from_unix_day);
            let mut behind: Option<MovementPlace> = None;
            let mut read = Vec::new();
            loop {
                let max = usize::try_from(draw.between(1, 9)).unwrap();
                let page = database.read(|reader| reader.account_page(of, days, behind, max)).unwrap();
                pages += 1;
                let so_far: i64 = read.iter().map(|(_, minor)| *minor).sum();
                assert_eq!(page.opening, opening, "{from} to {to}");
                assert_eq!(page.before, opening + so_far, "{from} to {to}, behind {behind:?}");
                let grew: i64 = expected.iter().map(|(_, minor)| (*minor).max(0)).sum();
                let shrank: i64 = expected.iter().map(|(_, minor)| (-minor).max(0)).sum();
                assert_eq!([page.added, page.taken_off], [grew, shrank], "{from} to {to}");
                read.extend(page.movements.iter().map(|movement| (movement.place.day, movement.minor)));
                behind = page.movements.last().map(|movement| movement.place).or(behind);
                if !page.is_more {
                    break;
                }
            }
            assert_eq!(read, expected, "{from} to {to}");
        }
    }
    println!("{MOVEMENTS} movements, {pages} pages");
    // What a rebuild makes of the facts is the same.
    let [before, after] = crate::ledger::before_and_after_a_rebuild(&database, folder.path());
    assert_eq!(before["account_movement"], after["account_movement"]);
    assert_eq!(before["account_movement"].len(), MOVEMENTS);
}
