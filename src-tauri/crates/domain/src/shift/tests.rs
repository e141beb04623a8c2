//! What holds for the drawer, by cases worked by hand and by drawn days.

use super::*;
use proptest::prelude::*;

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").unwrap()).unwrap()
}

/// Change given is not cash expected (frappe#23125 and #25638, ucraft-com#33 and #18 counted it so).
#[test]
fn change_that_was_given_is_not_expected_in_the_drawer() {
    // Float 150.00. Three sales: 12.30 of a 20 note, 45.00 exact, 3.99 of a 5 note.
    let mut flow = CashFlow { float: 15_000, ..CashFlow::default() };
    flow.taken = 2_000 + 4_500 + 500;
    flow.change = 770 + 101;
    // 150.00 + 12.30 + 45.00 + 3.99 = 211.29
    assert_eq!(flow.expected(), Ok(21_129));
    // A refund of 12.30 takes it out again: 198.99.
    flow.refunded = 1_230;
    assert_eq!(flow.expected(), Ok(19_899));
}

#[test]
fn each_movement_goes_its_own_way() {
    let mut flow = CashFlow { float: 10_000, ..CashFlow::default() };
    for (movement, amount, expected) in [
        (CashMovement::PaidIn, 2_000, 12_000),
        (CashMovement::PaidOut, 500, 11_500),
        (CashMovement::Expense, 1_250, 10_250),
        (CashMovement::Drop, 8_000, 2_250),
        // More goes out than was ever stated: the drawer is below nothing, and nobody is refused.
        (CashMovement::Drop, 3_000, -750),
    ] {
        flow.count(movement, amount).unwrap();
        assert_eq!(flow.expected(), Ok(expected), "{movement:?}");
        assert_eq!(movement.comes_in(), movement == CashMovement::PaidIn);
    }
    assert!(CashFlow { taken: i64::MAX, float: 1, ..CashFlow::default() }.expected().is_err());
    assert!(CashFlow { drops: i64::MAX, ..CashFlow::default() }.count(CashMovement::Drop, 1).is_err());
}

#[test]
fn what_is_moved_is_an_amount_with_a_reason_of_its_own() {
    let currency = euro(0).currency();
    let drop = |amount, reason| moved(currency, CashMovement::Drop, amount, reason);
    assert_eq!(drop(euro(5_000), CashReason::Safe), Ok(5_000));
    assert_eq!(drop(euro(5_000), CashReason::Tips), Err(ShiftError::ReasonInvalid {}));
    assert_eq!(drop(euro(0), CashReason::Safe), Err(ShiftError::AmountInvalid {}));
    assert_eq!(drop(euro(-1), CashReason::Safe), Err(ShiftError::AmountInvalid {}));
    let yen = Money::new(5_000, Currency::parse("JPY").unwrap()).unwrap();
    assert_eq!(drop(yen, CashReason::Safe), Err(ShiftError::AmountInvalid {}));
}

#[test]
fn a_count_is_notes_or_a_sum_and_both_only_where_they_agree() {
    let currency = euro(0).currency();
    let notes = [Denominated { value: 2_000, count: 3 }, Denominated { value: 50, count: 1 }];
    assert_eq!(counted(currency, None, &notes), Ok(6_050));
    assert_eq!(counted(currency, Some(euro(6_050)), &notes), Ok(6_050));
    assert_eq!(counted(currency, Some(euro(700)), &[]), Ok(700));
    // A drawer with nothing in it is counted too (NexoPOS#577: it must be possible to close whatever is there).
    assert_eq!(counted(currency, Some(euro(0)), &[]), Ok(0));
    assert!(counted(currency, Some(euro(6_000)), &notes).is_err());
    assert!(counted(currency, None, &[]).is_err());
    assert!(counted(currency, Some(euro(-1)), &[]).is_err());
}

#[test]
fn a_difference_within_what_is_free_needs_no_reason() {
    let rules = ShiftRules { difference_free: 50, ..ShiftRules::default() };
    let needs = [0, 50, -50, 51, -51, i64::MIN].map(|over_short| needs_reason(over_short, &rules));
    assert_eq!(needs, [false, false, false, true, true, true]);
    assert!(needs_reason(1, &ShiftRules::default()));
}

#[test]
fn every_reason_is_offered_for_some_movement_and_none_twice() {
    let all = [CashMovement::PaidIn, CashMovement::PaidOut, CashMovement::Expense, CashMovement::Drop];
    for movement in all {
        let mut reasons = CashReason::of(movement).to_vec();
        reasons.sort();
        reasons.dedup();
        assert_eq!(reasons.len(), CashReason::of(movement).len(), "{movement:?}");
    }
}

proptest! {
    /// Whatever comes and goes, what is expected is what somebody with the notes in hand would have.
    #[test]
    fn expected_is_what_a_hand_in_the_drawer_holds(
        float in 0i64..1_000_000,
        acts in prop::collection::vec((0u8..6, 1i64..100_000, 0i64..50_000), 0..60),
    ) {
        let mut flow = CashFlow { float, ..CashFlow::default() };
        let mut hand = float;
        for (act, amount, over) in acts {
            match act {
                0 => {
                    flow.taken += amount + over;
                    flow.change += over;
                    hand += amount;
                }
                1 => {
                    flow.refunded += amount;
                    hand -= amount;
                }
                act => {
                    let movement = [CashMovement::PaidIn, CashMovement::PaidOut, CashMovement::Expense, CashMovement::Drop]
                        [usize::from(act - 2)];
                    flow.count(movement, amount).unwrap();
                    hand += if movement.comes_in() { amount } else { -amount };
                }
            }
        }
        prop_assert_eq!(flow.expected(), Ok(hand));
    }

    /// The difference is the count's, whatever happens between the count and the close.
    #[test]
    fn what_happens_after_the_count_changes_no_difference(
        counted in -1_000_000i64..1_000_000, expected in -1_000_000i64..1_000_000, after in -1_000_000i64..1_000_000,
    ) {
        let count = CountedDrawer { counted, expected };
        let there = count.at_close(expected + after).unwrap();
        prop_assert_eq!(there - (expected + after), count.over_short().unwrap());
        prop_assert_eq!(there, counted + after);
    }
}
