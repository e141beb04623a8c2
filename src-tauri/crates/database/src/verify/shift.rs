//! What the reports of a drawer have to say: their numbers, the equation of its cash, and that their figures are those of the
//! facts of this drawer since its close before (rule 16).

use super::fault::Problem;
use super::sale::Settled;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The drawer of facts that name none.
pub const FIRST_DRAWER: u8 = 1;

/// The drawer of a fact.
#[derive(Deserialize)]
struct Of {
    #[serde(default = "first")]
    drawer: u8,
}

#[derive(Deserialize)]
struct Opened {
    float: i64,
    #[serde(default)]
    afresh: bool,
}

#[derive(Deserialize)]
struct Moved {
    kind: String,
    amount: i64,
}

#[derive(Deserialize)]
struct WrittenOff {
    amount: i64,
}

#[derive(Deserialize)]
struct Corrected {
    from: String,
    to: String,
    direction: String,
    amount: i64,
}

#[derive(Deserialize)]
struct Closed {
    number: u64,
    z_number: String,
    counted: i64,
    over_short: i64,
    left: i64,
}

#[derive(Deserialize)]
struct Report {
    figures: Figures,
    expected: i64,
    #[serde(default)]
    held: i64,
}

const fn first() -> u8 {
    FIRST_DRAWER
}

/// What a shift comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Figures {
    cash: Cash,
    sales: i64,
    sold: i64,
    refunds: i64,
    refunded: i64,
    #[serde(default)]
    rounding: i64,
    #[serde(default)]
    tips: i64,
    #[serde(default)]
    account_card: i64,
    #[serde(default)]
    account_written_off: i64,
    /// Absent where the version that wrote it did not tell.
    #[serde(default)]
    discounts: Option<Discounts>,
    taxes: Vec<Rate>,
    tenders: Vec<Kind>,
    cancelled: i64,
    no_sales: i64,
    counts: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
struct Cash {
    float: i64,
    taken: i64,
    change: i64,
    refunded: i64,
    paid_in: i64,
    paid_out: i64,
    expenses: i64,
    drops: i64,
    #[serde(default)]
    corrected: i64,
    #[serde(default)]
    account: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
struct Discounts {
    count: i64,
    amount: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Rate {
    rate: i64,
    net: i64,
    tax: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Kind {
    kind: String,
    count: i64,
    taken: i64,
    given: i64,
}

/// The running shifts of a log's drawers, counted from its facts.
#[derive(Debug, Default)]
pub struct Recount {
    /// Whether every fact was read of a drawer of which there was no close yet.
    is_whole: bool,
    shifts: BTreeMap<u8, Running>,
    /// The last number of a close of any drawer; `None` while none was read and the log began before this file.
    last_number: Option<u64>,
}

/// The running shift of one drawer.
#[derive(Debug, Default)]
struct Running {
    /// Whether every fact since the close before was read.
    is_whole: bool,
    figures: Figures,
    taxes: BTreeMap<i64, (i64, i64)>,
    tenders: BTreeMap<String, (i64, i64, i64)>,
    discounts: Discounts,
}

impl Recount {
    /// A log that begins with this file, or before it.
    pub fn new(from_the_beginning: bool) -> Self {
        Self { last_number: from_the_beginning.then_some(0), ..Self::default() }
    }

    /// The log begins, and nothing went before it.
    pub fn begin(&mut self) {
        self.is_whole = true;
    }

    /// Something that would have to be counted cannot be read, of whatever drawer it is.
    pub fn lose(&mut self) {
        self.is_whole = false;
        self.shifts.values_mut().for_each(|shift| shift.is_whole = false);
    }

    /// Counts a completed sale.
    pub fn sell(&mut self, total: i64, settled: &Settled) {
        let counted = settled.drawer.and_then(|drawer| self.of(drawer).sell(total, settled));
        if counted.is_none() {
            self.lose();
        }
    }

    /// Counts a fact that is no sale, and checks a report against what was counted.
    pub fn check(&mut self, kind: &str, text: &str, series: Option<&str>, mut fault: impl FnMut(Problem)) {
        let is_report = matches!(kind, "shift.read" | "shift.closed");
        if !is_report && !Running::counts(kind) {
            return;
        }
        let Ok(Of { drawer }) = serde_json::from_str(text) else {
            if is_report {
                fault(Problem::ShiftUnreadable);
            }
            if kind == "shift.closed" {
                self.last_number = self.last_number.map(|number| number.saturating_add(1));
            }
            if kind != "shift.read" {
                self.lose();
            }
            return;
        };
        if !is_report {
            if self.of(drawer).count(kind, text).is_none() {
                self.lose();
            }
            return;
        }
        self.of(drawer).report(text, &mut fault);
        if kind == "shift.closed" {
            self.close(drawer, text, series, &mut fault);
        }
    }

    /// The running shift of a drawer. One that nothing was read of yet is as whole as the log.
    fn of(&mut self, drawer: u8) -> &mut Running {
        let is_whole = self.is_whole;
        self.shifts.entry(drawer).or_insert_with(|| Running { is_whole, ..Running::default() })
    }

    /// The number of a close, and its difference; the next shift of its drawer begins.
    fn close(&mut self, drawer: u8, text: &str, series: Option<&str>, fault: &mut impl FnMut(Problem)) {
        let (Ok(closed), Ok(report)) =
            (serde_json::from_str::<Closed>(text), serde_json::from_str::<Report>(text))
        else {
            if serde_json::from_str::<Report>(text).is_ok() {
                fault(Problem::ShiftUnreadable);
            }
            self.lose();
            self.last_number = self.last_number.map(|number| number.saturating_add(1));
            return;
        };
        let expected = self.last_number.map_or(closed.number.max(1), |last| last.saturating_add(1));
        if closed.number != expected {
            fault(Problem::ZNumberDiffers { expected, found: closed.number });
        }
        if let Some(series) = series {
            let printed = format!("{series}-Z{:04}", closed.number);
            if closed.z_number != printed {
                fault(Problem::ShiftDiffers { field: "z_number" });
            }
        }
        if i128::from(closed.counted) - i128::from(report.expected) != i128::from(closed.over_short) {
            fault(Problem::ShiftDiffers { field: "over_short" });
        }
        self.last_number = Some(closed.number);
        let shift = self.of(drawer);
        shift.start_anew(closed.left.saturating_sub(report.held));
        shift.is_whole = true;
    }
}

/// What cannot be read is `None`: then nothing is held against a report any more.
impl Running {
    /// Whether facts of this kind, beside sales, move what a report says.
    fn counts(kind: &str) -> bool {
        matches!(
            kind,
            "sale.cancelled"
                | "drawer.opened"
                | "shift.opened"
                | "cash.moved"
                | "account.paid"
                | "account.written_off"
                | "payment.corrected"
                | "shift.counted"
        )
    }

    /// Counts a completed sale.
    fn sell(&mut self, total: i64, settled: &Settled) -> Option<()> {
        let figures = &mut self.figures;
        if total < 0 {
            figures.refunds += 1;
            figures.refunded = figures.refunded.saturating_sub(total);
        } else {
            figures.sales += 1;
            figures.sold = figures.sold.saturating_add(total);
        }
        figures.rounding = figures.rounding.saturating_add(settled.rounding);
        let (count, amount) = settled.discounts?;
        self.discounts.count = self.discounts.count.saturating_add(count);
        self.discounts.amount = self.discounts.amount.saturating_add(amount);
        for tax in &settled.taxes {
            let (net, of_it) = self.taxes.entry(tax.rate?).or_default();
            *net = net.saturating_add(tax.net);
            *of_it = of_it.saturating_add(tax.tax);
        }
        for tender in &settled.tenders {
            let kind = tender.kind.as_ref()?;
            let kept = tender.tendered.saturating_sub(tender.change);
            self.figures.tips = self.figures.tips.saturating_add(tender.tip);
            let is_cash = kind == "cash";
            let cash = &mut self.figures.cash;
            if !self.tenders.contains_key(kind) {
                self.tenders.insert(kind.clone(), (0, 0, 0));
            }
            let (count, taken, given) = self.tenders.get_mut(kind)?;
            *count += 1;
            if tender.is_taken() {
                *taken = taken.saturating_add(kept);
                if is_cash {
                    cash.taken = cash.taken.saturating_add(tender.tendered);
                }
                cash.change = cash.change.saturating_add(tender.change);
            } else {
                *given = given.saturating_add(kept);
                if is_cash {
                    cash.refunded = cash.refunded.saturating_add(kept);
                }
            }
        }
        Some(())
    }

    /// Counts a fact that is neither a sale nor a report.
    fn count(&mut self, kind: &str, text: &str) -> Option<()> {
        match kind {
            "sale.cancelled" => self.figures.cancelled += 1,
            "drawer.opened" => self.figures.no_sales += 1,
            "shift.counted" => self.figures.counts += 1,
            "shift.opened" => {
                let Opened { float, afresh } = serde_json::from_str(text).ok()?;
                if afresh {
                    self.start_anew(0);
                }
                self.figures.cash.float = float;
            }
            "cash.moved" => self.move_cash(&serde_json::from_str(text).ok()?)?,
            "account.written_off" => {
                let WrittenOff { amount } = serde_json::from_str(text).ok()?;
                let sum = &mut self.figures.account_written_off;
                *sum = sum.saturating_add(amount);
            }
            "account.paid" => self.pay_account(&serde_json::from_str(text).ok()?)?,
            "payment.corrected" => self.correct(&serde_json::from_str(text).ok()?)?,
            _ => {}
        }
        Some(())
    }

    /// Moves an amount from one way to another, and in the drawer where one of them is cash.
    fn correct(&mut self, correction: &Corrected) -> Option<()> {
        let Corrected { from, to, direction, amount } = correction;
        let is_taken = match direction.as_str() {
            "taken" => true,
            "given" => false,
            _ => return None,
        };
        for (kind, amount) in [(from, amount.saturating_neg()), (to, *amount)] {
            let (_, taken, given) = self.tenders.entry(kind.clone()).or_default();
            let sum = if is_taken { taken } else { given };
            *sum = sum.saturating_add(amount);
            if kind == "cash" {
                let more = if is_taken { amount } else { amount.saturating_neg() };
                self.figures.cash.corrected = self.figures.cash.corrected.saturating_add(more);
            }
        }
        Some(())
    }

    /// What a customer paid of what they owe, in cash or by card.
    fn pay_account(&mut self, Moved { kind, amount }: &Moved) -> Option<()> {
        let sum = match kind.as_str() {
            "cash" => &mut self.figures.cash.account,
            "card" => &mut self.figures.account_card,
            _ => return None,
        };
        *sum = sum.saturating_add(*amount);
        Some(())
    }

    fn move_cash(&mut self, Moved { kind, amount }: &Moved) -> Option<()> {
        let cash = &mut self.figures.cash;
        let sum = match kind.as_str() {
            "paid_in" => &mut cash.paid_in,
            "paid_out" => &mut cash.paid_out,
            "expense" => &mut cash.expenses,
            "drop" => &mut cash.drops,
            _ => return None,
        };
        *sum = sum.saturating_add(*amount);
        Some(())
    }

    /// The equation of a report, and its figures.
    fn report(&mut self, text: &str, fault: &mut impl FnMut(Problem)) {
        let Ok(mut report) = serde_json::from_str::<Report>(text) else {
            fault(Problem::ShiftUnreadable);
            return;
        };
        let cash = &report.figures.cash;
        let wide = |amounts: &[i64]| amounts.iter().map(|amount| i128::from(*amount)).sum::<i128>();
        let there = wide(&[cash.float, cash.taken, cash.paid_in, cash.corrected, cash.account])
            - wide(&[cash.change, cash.refunded, cash.paid_out, cash.expenses, cash.drops]);
        if there + i128::from(report.held) != i128::from(report.expected) {
            fault(Problem::ShiftDiffers { field: "expected" });
        }
        if !self.is_whole {
            return;
        }
        report.figures.taxes.sort();
        report.figures.tenders.sort();
        let counted = self.counted();
        let differs = [
            ("cash", report.figures.cash != counted.cash),
            ("sales", (report.figures.sales, report.figures.sold) != (counted.sales, counted.sold)),
            (
                "refunds",
                (report.figures.refunds, report.figures.refunded) != (counted.refunds, counted.refunded),
            ),
            ("account_card", report.figures.account_card != counted.account_card),
            ("account_written_off", report.figures.account_written_off != counted.account_written_off),
            ("rounding", report.figures.rounding != counted.rounding),
            ("tips", report.figures.tips != counted.tips),
            ("discounts", report.figures.discounts.is_some_and(|told| told != self.discounts)),
            ("taxes", report.figures.taxes != counted.taxes),
            ("tenders", report.figures.tenders != counted.tenders),
            ("cancelled", report.figures.cancelled != counted.cancelled),
            ("no_sales", report.figures.no_sales != counted.no_sales),
            ("counts", report.figures.counts != counted.counts),
        ];
        if let Some((field, _)) = differs.into_iter().find(|(_, differs)| *differs) {
            fault(Problem::ShiftDiffers { field });
        }
    }

    /// The figures as a report has them.
    fn counted(&self) -> Figures {
        let taxes = self.taxes.iter().map(|(rate, (net, tax))| Rate { rate: *rate, net: *net, tax: *tax });
        let tenders = self.tenders.iter().map(|(kind, (count, taken, given))| Kind {
            kind: kind.clone(),
            count: *count,
            taken: *taken,
            given: *given,
        });
        Figures { taxes: taxes.collect(), tenders: tenders.collect(), ..self.figures.clone() }
    }

    fn start_anew(&mut self, left: i64) {
        self.figures = Figures { cash: Cash { float: left, ..Cash::default() }, ..Figures::default() };
        self.discounts = Discounts::default();
        self.taxes.clear();
        self.tenders.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::sale;
    use super::*;

    const SALE: &str = r#"{"sale":"00000000-0000-0000-0000-000000000009","number":7,"receipt_number":"A-000007",
        "currency":"EUR","tax_policy":{"mode":"included","scope":"line","rounding":"half_up"},
        "lines":[{"line":1,"direction":"sale","amount":250,"tax":0}],"taxes":[{"rate":55000,"net":237,"tax":13}],
        "total":250,"tenders":[{"kind":"cash","direction":"taken","tendered":530,"change":250,"tip":30}]}"#;

    /// 100.00 and 5.30 − 2.50 from the sale and its tip, less a drop of 60.00: 42.80 should be there, and 42.30 are.
    const CLOSED: &str = r#"{"number":1,"z_number":"A-Z0001","expected":4280,"counted":4230,"over_short":-50,"left":4230,
        "figures":{"cash":{"float":10000,"taken":530,"change":250,"refunded":0,"paid_in":0,"paid_out":0,"expenses":0,
        "drops":6000},"tips":30,"sales":1,"sold":250,"refunds":0,"refunded":0,"taxes":[{"rate":55000,"net":237,"tax":13}],
        "tenders":[{"kind":"cash","count":1,"taken":280,"given":0}],"cancelled":1,"no_sales":1,"counts":1}}"#;

    fn problems(closed: &str, is_whole: bool) -> Vec<String> {
        let mut recount = Recount::new(true);
        if is_whole {
            recount.begin();
        }
        let mut found = Vec::new();
        let mut fault = |problem: Problem| found.push(format!("{} {problem:?}", problem.code()));
        recount.check("shift.opened", r#"{"float":10000}"#, Some("A"), &mut fault);
        let read = sale::check(SALE, Some("A"), Some(7), |problem| panic!("{problem:?}"));
        recount.sell(250, &read.settled.unwrap());
        recount.check("cash.moved", r#"{"kind":"drop","amount":6000}"#, Some("A"), &mut fault);
        recount.check("drawer.opened", "{}", Some("A"), &mut fault);
        recount.check("sale.cancelled", "{}", Some("A"), &mut fault);
        recount.check("shift.counted", "{}", Some("A"), &mut fault);
        recount.check("shift.closed", closed, Some("A"), &mut fault);
        found
    }

    #[test]
    fn a_report_is_held_against_the_facts_it_sums_up() {
        assert_eq!(problems(CLOSED, true), [""; 0]);
        for (from, to, told) in [
            ("\"number\":1", "\"number\":2", "verify.z_number_differs"),
            ("A-Z0001", "A-Z001", "z_number"),
            ("\"over_short\":-50", "\"over_short\":50", "over_short"),
            ("\"expected\":4280", "\"expected\":4251", "expected"),
            ("\"tips\":30", "\"tips\":29", "tips"),
            ("\"change\":250", "\"change\":0", "expected"),
            ("\"sold\":250", "\"sold\":251", "sales"),
            ("\"net\":237", "\"net\":238", "taxes"),
            ("\"count\":1", "\"count\":2", "tenders"),
            ("\"cancelled\":1", "\"cancelled\":0", "cancelled"),
            ("\"no_sales\":1", "\"no_sales\":0", "no_sales"),
            ("\"counts\":1", "\"counts\":3", "counts"),
            ("\"refunds\":0", "\"refunds\":1", "refunds"),
            ("\"left\":4230", "\"left\":\"4230\"", "verify.shift_unreadable"),
            ("\"sold\":250", "\"sold\":2.5", "verify.shift_unreadable"),
        ] {
            assert!(CLOSED.contains(from), "{from}");
            let found = problems(&CLOSED.replacen(from, to, 1), true);
            assert!(found.iter().any(|problem| problem.contains(told)), "{from} → {to}: {found:?}");
        }
    }

    /// Twice the same, turn by turn, in either drawer: the second closes after the first.
    fn of_two(closed: &str, first: &str) -> Vec<String> {
        let mut recount = Recount::new(true);
        recount.begin();
        let mut found = Vec::new();
        let mut fault = |problem: Problem| found.push(format!("{} {problem:?}", problem.code()));
        let in_second = |text: &str| text.replacen('{', r#"{"drawer":2,"#, 1).replace(",}", "}");
        let sale = |text: &str| {
            let read = sale::check(text, Some("A"), Some(7), |problem| panic!("{problem:?}"));
            read.settled.unwrap()
        };
        let facts = [
            ("shift.opened", r#"{"float":10000}"#),
            ("cash.moved", r#"{"kind":"drop","amount":6000}"#),
            ("drawer.opened", "{}"),
            ("sale.cancelled", "{}"),
            ("shift.counted", "{}"),
        ];
        for (kind, text) in facts {
            recount.check(kind, &in_second(text), Some("A"), &mut fault);
            recount.check(kind, text, Some("A"), &mut fault);
        }
        recount.sell(250, &sale(SALE));
        recount.sell(250, &sale(&in_second(SALE)));
        recount.check("cash.moved", first, Some("A"), &mut fault);
        recount.check("shift.closed", CLOSED, Some("A"), &mut fault);
        recount.check("shift.closed", &in_second(closed), Some("A"), &mut fault);
        found
    }

    #[test]
    fn each_drawer_is_held_against_its_own_facts_and_the_numbers_are_one_series() {
        let second = CLOSED.replace("\"number\":1", "\"number\":2").replace("A-Z0001", "A-Z0002");
        let nothing = r#"{"drawer":2,"kind":"paid_in","amount":0}"#;
        assert_eq!(of_two(&second, nothing), [""; 0]);
        // What comes into one is in no figure of the other.
        let into = |drawer| format!(r#"{{"drawer":{drawer},"kind":"paid_in","amount":1}}"#);
        for drawer in [1, 2] {
            let found = of_two(&second, &into(drawer));
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].contains("cash"), "{found:?}");
        }
        assert_eq!(of_two(&second, &into(3)), [""; 0]);
        // A close of the second takes its number from the till's series.
        assert!(of_two(CLOSED, nothing)[0].contains("z_number_differs"));
        // What cannot be read may be of either.
        let differing = second.replace("\"sold\":250", "\"sold\":9999");
        assert!(!of_two(&differing, nothing).is_empty());
        assert_eq!(of_two(&differing, r#"{"drawer":"2","kind":"paid_in","amount":1}"#), [""; 0]);
        assert_eq!(of_two(&differing, r#"{"drawer":1,"kind":"lost","amount":1}"#), [""; 0]);
    }

    #[test]
    fn what_went_before_the_file_is_not_held_against_a_report() {
        assert_eq!(problems(&CLOSED.replace("\"sold\":250", "\"sold\":9999"), false), [""; 0]);
        assert!(!problems(&CLOSED.replace("\"expected\":4280", "\"expected\":1"), false).is_empty());
    }
}
