//! Cases worked by hand: the sum stands beside each, step by step, and the rules have to come to the same. First the
//! situations in which shops could not close their day; every case says what it is about in its name.

#![allow(clippy::unwrap_used, reason = "a case that cannot go on has failed")]
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, reason = "sums of a few small numbers")]

#[path = "worked/till.rs"]
mod till;

use domain::rounding::Rounding;
use domain::sale::SaleError;
use domain::shift::{CashFlow, CashMovement, CountedDrawer};
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use till::Shop;

// -- Rounding of tax, prices with many decimals, cash beside cards: nothing of it may keep a shop from closing.

/// Three at 0.33 with 20 % in each: 0.33 × 20 ÷ 120 = 0.055 → 0.06; three times 0.06 = 0.18.
#[test]
fn case_01_tax_in_the_price_rounded_on_each_line() {
    let shop = Shop::new("EUR");
    let paid = shop.till().ring("0.33", "1", "20").ring("0.33", "1", "20").ring("0.33", "1", "20").exact();
    assert_eq!((paid.total, paid.tax, paid.net), (99, 18, 81));
}

/// The same by document: 0.99 × 20 ÷ 120 = 0.165 → 0.17.
#[test]
fn case_02_tax_in_the_price_rounded_on_the_document() {
    let shop = Shop::new("EUR").by_document();
    let paid = shop.till().ring("0.33", "1", "20").ring("0.33", "1", "20").ring("0.33", "1", "20").exact();
    assert_eq!((paid.total, paid.tax, paid.net), (99, 17, 82));
}

/// Ten at 0.15 with 10 % on top: by line 0.015 → 0.02 ten times = 0.20, so 1.70; by document 1.50 × 10 % = 0.15, so 1.65.
/// Both are paid to the cent.
#[test]
fn case_03_tax_on_top_by_line_and_by_document_are_five_cents_apart_and_both_are_paid() {
    for (shop, total) in [(Shop::new("USD").added(), 170), (Shop::new("USD").added().by_document(), 165)] {
        let mut till = shop.till();
        for _ in 0..10 {
            till = till.ring("0.15", "1", "10");
        }
        let paid = till.exact();
        assert_eq!((paid.net, paid.total), (150, total));
    }
}

/// A price of four decimals: 100 screws at 0.0325 are 3.25, and not 100 × 0.03 = 3.00.
#[test]
fn case_04_a_price_of_four_decimals_is_rounded_once_with_the_quantity() {
    assert_eq!(Shop::new("EUR").till().ring("0.0325", "100", "20").exact().total, 325);
}

/// 3 × 1.2345 = 3.7035 → 3.70.
#[test]
fn case_05_four_decimals_that_do_not_end_on_a_cent() {
    assert_eq!(Shop::new("EUR").till().ring("1.2345", "3", "20").exact().total, 370);
}

/// 0.25 with 10 % on top: 0.025 is a tie. Half up 0.03, to the even one 0.02, down 0.02.
#[test]
fn case_06_a_tie_goes_where_the_shop_says() {
    for (rounding, tax) in [(Rounding::HalfUp, 3), (Rounding::HalfEven, 2), (Rounding::Down, 2)] {
        let paid = Shop::new("EUR").added().rounding(rounding).till().ring("0.25", "1", "10").exact();
        assert_eq!(paid.tax, tax, "{rounding:?}");
    }
}

/// Two rates: 2 × 1.50 with 20 %: 3.00 × 20 ÷ 120 = 0.50; 3.40 with 5.5 %: 3.40 × 5.5 ÷ 105.5 = 0.17725 → 0.18.
#[test]
fn case_07_two_rates_on_one_receipt() {
    let paid = Shop::new("EUR").till().ring("1.50", "2", "20").ring("3.40", "1", "5.5").exact();
    assert_eq!(paid.rates, [(250, 50), (322, 18)]);
    assert_eq!((paid.total, paid.net, paid.tax), (640, 572, 68));
}

/// 12.98 francs, 5.00 by card. 7.98 is left, and the smallest coin is 0.05: 8.00. The card pays cents, cash rounds, and what
/// was gained stands by itself: 5.00 + 8.00 = 12.98 + 0.02.
#[test]
fn case_08_cash_is_rounded_beside_a_card_that_is_not() {
    let paid = Shop::new("CHF").coins().till().ring("12.98", "1", "8.1").card("5.00").cash("10.00");
    assert_eq!((paid.total, paid.kept, paid.change, paid.rounding), (1_298, vec![500, 800], 200, 2));
}

/// The same by card alone: 12.98, and nothing is rounded.
#[test]
fn case_09_a_card_pays_every_cent() {
    let paid = Shop::new("CHF").coins().till().ring("12.98", "1", "8.1").card("12.98").paid();
    assert_eq!((paid.kept, paid.rounding), (vec![1_298], 0));
}

/// Yen have no cents: 3 × 108 with 8 % in them: 324 × 8 ÷ 108 = 24.
#[test]
fn case_10_a_currency_without_cents() {
    let paid = Shop::new("JPY").till().ring("108", "3", "8").cash("500");
    assert_eq!((paid.total, paid.tax, paid.change), (324, 24, 176));
}

/// Dinars have a thousand: 0.375 kg at 1.250 = 0.46875 → 0.469.
#[test]
fn case_11_a_currency_with_a_thousand() {
    let paid = Shop::new("TND").till().ring("1.250", "0.375", "19").exact();
    // 0.469 × 19 ÷ 119 = 0.07488 → 0.075
    assert_eq!((paid.total, paid.tax), (469, 75));
}

// -- A cent must not keep a sale from being completed, nor a summary from adding up.

/// 10.01 with a voucher of 10.00: the cent that is left rounds to nothing. It is settled, and the cent is what rounding lost.
#[test]
fn case_12_a_cent_that_no_coin_pays_leaves_nothing_unpaid() {
    let paid = Shop::new("EUR").step(5).till().ring("10.01", "1", "20").voucher("10.00").exact();
    assert_eq!((paid.total, paid.kept, paid.rounding), (1_001, vec![1_000], -1));
}

/// 10.03: three cents round to five. 10.00 + 0.05 = 10.03 + 0.02.
#[test]
fn case_13_three_cents_that_are_left_are_paid_with_five() {
    let paid = Shop::new("EUR").step(5).till().ring("10.03", "1", "20").voucher("10.00").exact();
    assert_eq!((paid.kept, paid.rounding), (vec![1_000, 5], 2));
}

/// 0.02 francs: no coin. Nothing is paid, the sale is completed, rounding lost 0.02.
#[test]
fn case_14_a_total_below_the_smallest_coin() {
    let paid = Shop::new("CHF").coins().till().ring("0.02", "1", "8.1").exact();
    assert_eq!((paid.total, paid.kept, paid.rounding), (2, vec![], -2));
}

/// Who has the two cents pays the two cents.
#[test]
fn case_15_exact_coins_are_not_rounded() {
    let paid = Shop::new("EUR").step(5).till().ring("9.98", "1", "20").cash("9.98");
    assert_eq!((paid.kept, paid.change, paid.rounding), (vec![998], 0, 0));
}

/// Three sales of 9.98, 9.97 and 9.96 in coins of five: 10.00, 9.95, 9.95. The turnover is 29.91, the drawer has 29.90, and
/// rounding says -0.01: a summary without it would not add up.
#[test]
fn case_16_the_days_rounding_is_what_the_drawer_has_more_than_the_turnover() {
    let sales =
        ["9.98", "9.97", "9.96"].map(|price| Shop::new("EUR").step(5).till().ring(price, "1", "20").exact());
    let turnover: i64 = sales.iter().map(|paid| paid.total).sum();
    let drawer: i64 = sales.iter().flat_map(|paid| &paid.kept).sum();
    let rounding: i64 = sales.iter().map(|paid| paid.rounding).sum();
    assert_eq!((turnover, drawer, rounding), (2_991, 2_990, -1));
}

/// A refund gives back what was taken: 12.98 came as 13.00, and goes as 13.00.
#[test]
fn case_17_a_refund_rounds_as_the_sale_did() {
    let sold = Shop::new("CHF").coins().till().ring("12.98", "1", "8.1");
    assert_eq!((sold.exact().kept, sold.exact().rounding), (vec![1_300], 2));
    let refund = Shop::new("CHF").coins().till().take_back(&sold, 0, "0", "1").exact();
    assert_eq!((refund.total, refund.kept, refund.rounding), (-1_298, vec![-1_300], -2));
}

// -- Whole units: where the country has them, for cash alone, and nowhere else.

/// Euros are paid to the cent unless the shop says otherwise.
#[test]
fn case_18_no_currency_is_rounded_unless_it_is_said() {
    let paid = Shop::new("EUR").till().ring("12.98", "1", "20").exact();
    assert_eq!((paid.kept, paid.rounding), (vec![1_298], 0));
}

/// Kronor: 12.50 → 13, 12.49 → 12.
#[test]
fn case_19_whole_kronor_fifty_goes_up() {
    for (price, kept, rounding) in [("12.50", 1_300, 50), ("12.49", 1_200, -49)] {
        let paid = Shop::new("SEK").coins().till().ring(price, "1", "25").exact();
        assert_eq!((paid.kept, paid.rounding), (vec![kept], rounding), "{price}");
    }
}

/// New Zealand's smallest coin is ten cents, and five go down: 1.05 → 1.00, 1.06 → 1.10.
#[test]
fn case_20_five_cents_go_down_in_new_zealand() {
    for (price, kept) in [("1.05", 100), ("1.06", 110)] {
        assert_eq!(Shop::new("NZD").coins().till().ring(price, "1", "15").exact().kept, [kept], "{price}");
    }
}

/// Forints: 1,233 → 1,235; 1,232 → 1,230. (The currency is kept with two decimals: 5.00 is the coin.)
#[test]
fn case_21_forints_by_five() {
    for (price, kept) in [("1233", 123_500), ("1232", 123_000)] {
        assert_eq!(Shop::new("HUF").coins().till().ring(price, "1", "27").exact().kept, [kept], "{price}");
    }
}

// -- Change is not what the drawer holds; every way in and out is.

/// What the drawer should hold, after sales and movements.
fn drawer(float: i64, sales: &[(i64, i64)], moves: &[(CashMovement, i64)]) -> i64 {
    let mut flow = CashFlow { float, ..CashFlow::default() };
    for (taken, change) in sales {
        flow.taken += taken;
        flow.change += change;
    }
    for (movement, amount) in moves {
        flow.count(*movement, *amount).unwrap();
    }
    flow.expected().unwrap()
}

/// 100.00 float; 12.50 paid with 20.00, 7.50 back: 100 + 20 − 7.50 = 112.50, and not 120.
#[test]
fn case_22_change_given_is_not_expected() {
    let paid = Shop::new("EUR").till().ring("12.50", "1", "20").cash("20.00");
    assert_eq!(paid.change, 750);
    assert_eq!(drawer(10_000, &[(2_000, paid.change)], &[]), 11_250);
}

/// 100 float + 50 + 30 sold − 20 to the bank − 7.35 postage − 5 tips + 10 change brought = 157.65.
#[test]
fn case_23_movements_of_every_kind() {
    let moves = [
        (CashMovement::Drop, 2_000),
        (CashMovement::Expense, 735),
        (CashMovement::PaidOut, 500),
        (CashMovement::PaidIn, 1_000),
    ];
    assert_eq!(drawer(10_000, &[(5_000, 0), (3_000, 0)], &moves), 15_765);
}

/// A refund of 8.00 in cash: 100 + 30 − 8 = 122.
#[test]
fn case_24_a_refund_in_cash_leaves_the_drawer() {
    let flow = CashFlow { float: 10_000, taken: 3_000, refunded: 800, ..CashFlow::default() };
    assert_eq!(flow.expected().unwrap(), 12_200);
}

/// A voucher of 20.00 for 12.50 where vouchers give change: 7.50 of cash go out and none came in. 100 − 7.50 = 92.50.
#[test]
fn case_25_change_of_a_voucher_is_cash() {
    let paid =
        Shop::new("EUR").voucher_change().till().ring("12.50", "1", "20").with_voucher("20.00").unwrap();
    assert_eq!((paid.kept, paid.change), (vec![1_250], 750));
    assert_eq!(drawer(10_000, &[(0, paid.change)], &[]), 9_250);
}

/// Where vouchers give none, one that is worth more is refused, and says what is due.
#[test]
fn case_26_a_voucher_without_change_is_not_taken_for_more() {
    let till = Shop::new("EUR").till().ring("12.50", "1", "20");
    let due = till.shop.money("12.50");
    assert_eq!(till.with_voucher("20.00"), Err(SaleError::TenderExceeds { due }));
}

/// 52.00 counted where 52.50 should be: 0.50 short. A sale of 3.00 between count and close moves both, and 0.50 stay short.
#[test]
fn case_27_a_shortage_stays_what_it_was_when_it_was_counted() {
    let count = CountedDrawer { counted: 5_200, expected: 5_250 };
    assert_eq!(count.over_short().unwrap(), -50);
    let at_close = count.at_close(5_550).unwrap();
    assert_eq!((at_close, at_close - 5_550), (5_500, -50));
}

/// The float was said to be 100.00 and was 90.00; 45.00 were sold. 145.00 should be there, 135.00 are: 10.00 short, and
/// closed with the reason. The next shift begins with what is there: 135.00.
#[test]
fn case_28_a_wrong_float_shows_as_exactly_what_it_was_wrong_by() {
    let expected = drawer(10_000, &[(4_500, 0)], &[]);
    let count = CountedDrawer { counted: 9_000 + 4_500, expected };
    assert_eq!((expected, count.over_short().unwrap()), (14_500, -1_000));
    assert_eq!(drawer(count.counted, &[], &[]), 13_500);
}

// -- Discounts, and the cents that are left over.

/// 10 % off 3.45 = 0.345 → 0.35: 3.10.
#[test]
fn case_29_a_part_off_a_line_is_rounded_once() {
    assert_eq!(Shop::new("EUR").till().ring("3.45", "1", "20").off(0, "10%").exact().total, 310);
}

/// 5.00 off three lines of 10.00: 1.666… each. Two get 1.67, the last 1.66; together 5.00.
#[test]
fn case_30_the_cents_left_over_go_to_the_first_lines() {
    let till = Shop::new("EUR").till().ring("10", "1", "20").ring("10", "1", "20").ring("10", "1", "20");
    let till = till.off_all("5.00");
    assert_eq!(till.lines.iter().map(|line| line.share).collect::<Vec<_>>(), [167, 167, 166]);
    assert_eq!(till.exact().total, 2_500);
}

/// 10 % off 4.00 with 20 % and 6.00 with 5.5 %: 3.60 and 5.40. 3.60 × 20 ÷ 120 = 0.60; 5.40 × 5.5 ÷ 105.5 = 0.28152 → 0.28.
#[test]
fn case_31_a_discount_on_the_sale_lowers_the_tax_of_each_rate() {
    let paid = Shop::new("EUR").till().ring("4", "1", "20").ring("6", "1", "5.5").off_all("10%").exact();
    assert_eq!((paid.rates, paid.total), (vec![(300, 60), (512, 28)], 900));
}

/// 10.00 less 10 % = 9.00; 10 % off the sale = 0.90: 8.10. Two tenths are 19 %.
#[test]
fn case_32_two_discounts_one_after_the_other() {
    assert_eq!(Shop::new("EUR").till().ring("10", "1", "20").off(0, "10%").off_all("10%").exact().total, 810);
}

/// 5.00 off a line of 3.00: it is free, and never below.
#[test]
fn case_33_an_amount_larger_than_the_line_takes_all_of_it() {
    let paid = Shop::new("EUR").till().ring("3", "1", "20").ring("2", "1", "20").off(0, "5.00").exact();
    assert_eq!(paid.total, 200);
}

/// Everything for nothing: no tender, no tax, and completed.
#[test]
fn case_34_a_hundred_per_cent_is_settled_with_nothing() {
    let paid = Shop::new("EUR").till().ring("3", "1", "20").off_all("100%").exact();
    assert_eq!((paid.total, paid.tax, paid.kept), (0, 0, vec![]));
}

/// Two bottles at 2.00 with a deposit of 0.25 each, half off: 4.00 → 2.00, and the deposit stays 0.50.
#[test]
fn case_35_a_deposit_has_no_discount() {
    let paid = Shop::new("EUR").till().ring("2", "2", "20").deposit("0.25", "20").off_all("50%").exact();
    assert_eq!(paid.total, 250);
}

// -- What comes back.

/// Three for 0.10 (0.15 less 0.05): one after the other 0.033 → 0.03, 0.067 − 0.03 → 0.04, 0.10 − 0.07 = 0.03.
#[test]
fn case_36_parts_of_a_refund_sum_to_what_was_paid() {
    let sold = Shop::new("EUR").till().ring("0.05", "3", "0").off(0, "0.05");
    assert_eq!(sold.exact().total, 10);
    let one = |before| Shop::new("EUR").till().take_back(&sold, 0, before, "1").exact().total;
    assert_eq!([one("0"), one("1"), one("2")], [-3, -4, -3]);
}

/// 1.00 off 2.00, 3.00 and 5.00: 0.20, 0.30 and 0.50. The second comes back: 2.70, and not 3.00.
#[test]
fn case_37_a_refund_gives_back_what_was_paid_and_not_the_price() {
    let till = Shop::new("EUR").till().ring("2", "1", "20").ring("3", "1", "20").ring("5", "1", "20");
    let sold = till.off_all("1.00");
    let refund = Shop::new("EUR").till().take_back(&sold, 1, "0", "1").exact();
    // 2.70 × 20 ÷ 120 = 0.45
    assert_eq!((refund.total, refund.tax, refund.kept), (-270, -45, vec![-270]));
}

/// 1.385 kg at 2.89 = 4.00265 → 4.00. Half a kilo back: 4.00 × 0.5 ÷ 1.385 = 1.444 → 1.44; the rest: 4.00 − 1.44 = 2.56.
#[test]
fn case_38_weighed_goods_come_back_in_parts() {
    let sold = Shop::new("EUR").till().ring("2.89", "1.385", "5.5");
    let half = Shop::new("EUR").till().take_back(&sold, 0, "0", "0.5").exact();
    let rest = Shop::new("EUR").till().take_back(&sold, 0, "0.5", "0.885").exact();
    assert_eq!([half.total, rest.total], [-144, -256]);
    // 4.00 × 5.5 ÷ 105.5 = 0.2085 → 0.21 was in it: 0.21 × 0.361 = 0.0758 → 0.08, and 0.13.
    assert_eq!([half.tax, rest.tax], [-8, -13]);
}

/// Three sweets of 0.33 with 20 % by document: the tax is 0.17, and grows by 0.06 (0.055), 0.05 (0.11), 0.06 (0.165 → 0.17).
/// They come back with what it grew by.
#[test]
fn case_39_the_tax_of_a_document_comes_back_with_what_it_grew_by() {
    let shop = Shop::new("EUR").by_document();
    let sold = shop.till().ring("0.33", "1", "20").ring("0.33", "1", "20").ring("0.33", "1", "20");
    let one = |line| shop.till().take_back(&sold, line, "0", "1").exact().tax;
    assert_eq!([one(0), one(1), one(2)], [-6, -5, -6]);
}

/// Exchanges. Like for like: nothing is paid. 15.00 back and 19.99 taken: 4.99 to pay. 15.00 back and 9.99: 5.01 go out.
#[test]
fn case_40_an_exchange_pays_the_difference_and_nothing_else() {
    let sold = Shop::new("EUR").till().ring("15", "1", "20");
    let exchange =
        |price: &str| Shop::new("EUR").till().take_back(&sold, 0, "0", "1").ring(price, "1", "20").exact();
    // 19.99 × 20 ÷ 120 = 3.3317 → 3.33, less 2.50; 9.99 → 1.665 → 1.67, less 2.50.
    for (price, total, tax) in [("15", 0, 0), ("19.99", 499, 83), ("9.99", -501, -83)] {
        let paid = exchange(price);
        assert_eq!((paid.total, paid.tax), (total, tax), "{price}");
        assert_eq!(paid.kept, if total == 0 { vec![] } else { vec![total] });
    }
}

// -- Splits, and the day a sale counts for.

/// 27.30: voucher 10.00, card 5.00, 12.30 are left, 20.00 in cash: 7.70 back.
#[test]
fn case_41_a_split_in_three() {
    let paid = Shop::new("EUR").till().ring("27.30", "1", "20").voucher("10").card("5").cash("20");
    assert_eq!((paid.kept, paid.change), (vec![1_000, 500, 1_230], 770));
}

/// The day turns at four. 2 March 2026, 09:00 in Paris counts for the 2nd; 3:59 in the next night too; 4:00 for the 3rd.
#[test]
fn case_42_a_night_belongs_to_the_day_before_until_the_day_turns() {
    let nine = 1_772_438_400_000_i64;
    let day = |minutes: i64| {
        let wall = Timestamp(nine + minutes * 60_000);
        let moment = Moment { wall, zone_min: 60, boot: 0, mono_ms: 0, quality: ClockQuality::Unknown };
        BusinessDay::turning_at(4, &moment).to_string()
    };
    // From nine to one minute to four are nineteen hours less a minute.
    assert_eq!([day(0), day(19 * 60 - 1), day(19 * 60)], ["2026-03-02", "2026-03-02", "2026-03-03"]);
}

/// Goods taken back without a receipt beside goods sold: 5.00 − 2.00 = 3.00, of it by rate 5.00 and −2.00.
#[test]
fn case_43_sold_and_taken_back_on_one_receipt() {
    let paid = Shop::new("EUR").till().ring("5", "1", "20").back("2", "1", "5.5").exact();
    // 5.00 × 20 ÷ 120 = 0.8333 → 0.83; 2.00 × 5.5 ÷ 105.5 = 0.10427 → 0.10.
    assert_eq!((paid.total, paid.rates), (300, vec![(417, 83), (-190, -10)]));
}
