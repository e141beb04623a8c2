//! `catalogue.size`: what finding a product and ringing it up cost with a large catalogue against a small one, in
//! instructions; and what a line costs in a sale of five hundred against a sale of one. The till is a program of its own
//! that does one thing for each line it is told.

use super::child::Child;
use super::figures::{Row, rounded};
use super::instructions::{Counted, Profiles, can_count, watcher};
use super::long_sale::{LONG, next};
use super::ours::basket;
use super::program::Programs;
use super::{Size, till};
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{PIN, Plan, kept};
use crate::surroundings::ScriptClock;
use domain::code::Code;
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::sync::Arc;
use terminal::Terminal;
use wire::envelope::Envelope;
use wire::sale::SaleView;

/// The exponent of instructions in products at most.
const MOST_EXPONENT: f64 = 0.1;
/// A line into a sale of five hundred against one into a sale of one at most, in instructions.
const MOST_LONG: f64 = 3.0;

/// What was counted of a till, without what it takes to be asked and to answer.
struct Lines {
    first: f64,
    lookup: f64,
    short: f64,
    long: f64,
}

/// Measures the row.
///
/// # Errors
/// When a shop cannot be made, or a till fails.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let [few, many] = size.catalogues;
    let against = format!("a line into a sale of one with {} products, not {}", few.products, many.products);
    if !can_count() {
        let mut row = Row::of_rounds("catalogue.size", &against, &[]);
        row.ratio = None;
        row.misses.push("not measured: there is no valgrind".to_owned());
        return Ok(row);
    }
    let (small, large) = (count(programs, size, few)?, count(programs, size, many)?);
    let mut row = Row::of_counts("catalogue.size", &against, "instructions", (large.short, small.short));
    let products = (f64::from(many.products) / f64::from(few.products)).ln();
    for (what, large, small) in [
        ("lookup", large.lookup, small.lookup),
        ("line", large.short, small.short),
        ("first_scan", large.first, small.first),
    ] {
        let exponent = (large / small.max(1.0)).ln() / products;
        row.count(&format!("{what}_instructions"), large);
        row.count(&format!("{what}_instructions_small"), small);
        row.count(&format!("{what}_exponent"), exponent);
        row.at_most(&format!("exponent of {what}"), rounded(exponent), MOST_EXPONENT);
    }
    let long = large.long / large.short.max(1.0);
    row.count("line_into_500_instructions", large.long);
    row.count("line_into_500_ratio", long);
    row.at_most("a line into a sale of 500, ratio", long, MOST_LONG);
    Ok(row)
}

fn count(programs: &Programs, size: &Size, plan: Plan) -> Result<Lines, String> {
    let shop = kept(plan, &programs.shops, &mut |_| {})?;
    let folder = till::settled_copy(&shop, &programs.work.join("lines"))?;
    let (words, out) = watcher(programs, "lines");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut child = programs.start_lines(&words, &folder, &plan)?;
    let mut profiles = Profiles::new(&child, &out);
    child.tell("open")?;
    let first = profiles.of(&mut child, |child| child.tell("first"))?;
    child.tell("fill")?;
    let mut least: [Option<Counted>; 4] = [None; 4];
    // One round more than counts: statements are prepared by then.
    for round in 0..=size.instruction_sales {
        child.tell("begin")?;
        for (least, act) in least.iter_mut().zip(["nothing", "lookup", "short", "long"]) {
            let counted = profiles.of(&mut child, |child| child.tell(act))?;
            // Watched, a till is slow enough to do now and then in between what it does when idle.
            if round > 0 && least.is_none_or(|least| counted.all < least.all) {
                *least = Some(counted);
            }
        }
    }
    child.end()?;
    std::fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let [nothing, lookup, short, long] = least.map(|counted| counted.map_or(0.0, |counted| counted.all));
    Ok(Lines {
        first: first.all - nothing,
        lookup: lookup - nothing,
        short: short - nothing,
        long: long - nothing,
    })
}

impl Child {
    fn tell(&mut self, act: &str) -> Result<(), String> {
        match self.ask(act)?.as_str() {
            "done" => Ok(()),
            said => Err(format!("{act}: {said}")),
        }
    }
}

/// The till that does it, and the calls it is about to make: they are made up when nobody counts.
struct Counter {
    clock: Arc<ScriptClock>,
    terminal: Arc<Terminal>,
    short: Desk,
    long: Desk,
    draw: Draw,
    codes: Vec<Code>,
    last: Option<Code>,
    into_short: Envelope,
    into_long: Envelope,
    lookup: Envelope,
}

/// Works on a copy of the shop of a plan, led by standard input, an act a line; each answer is `done`.
///
/// # Errors
/// What the till refuses.
pub fn work(folder: &Path, plan: Plan) -> Result<(), String> {
    let codes = till::codes(&plan)?;
    let mut counter = None;
    let mut out = io::stdout();
    let say = |out: &mut io::Stdout, line: &str| {
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| error.to_string())
    };
    say(&mut out, "ready")?;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        match (line.as_str(), &mut counter) {
            ("open", none) => *none = Some(Counter::open(folder, plan, codes.clone())?),
            ("first" | "short", Some(counter)) => drop(counter.short.send(&counter.into_short)?),
            ("long", Some(counter)) => drop(counter.long.send(&counter.into_long)?),
            ("lookup", Some(counter)) => drop(counter.short.send(&counter.lookup)?),
            ("fill", Some(counter)) => counter.fill()?,
            ("begin", Some(counter)) => counter.begin()?,
            ("nothing", Some(_)) => {}
            (other, _) => return Err(format!("`{other}` is not understood")),
        }
        say(&mut out, "done")?;
    }
    Ok(())
}

impl Counter {
    fn open(folder: &Path, plan: Plan, codes: Vec<Code>) -> Result<Self, String> {
        let (terminal, clock) = till::open(folder, 1)?;
        let people = Desk::new(&terminal, 9).operators()?;
        let [(first, _), (second, _), ..] = &people[..] else {
            return Err("the shop has one operator".to_owned());
        };
        let (mut long, mut short) = (Desk::new(&terminal, 1), Desk::new(&terminal, 2));
        long.sign_in(first, PIN)?;
        short.sign_in(second, PIN)?;
        let mut draw = Draw::new(plan.seed, 79);
        let mut last = None;
        let code = json!({ "code": next(&mut draw, &codes, &mut last) });
        let into_short = short.envelope("sale.scan", &code)?;
        let into_long = long.envelope("sale.scan", &code)?;
        let lookup = short.envelope("code.find", &code)?;
        Ok(Self { clock, terminal, short, long, draw, codes, last, into_short, into_long, lookup })
    }

    /// Makes the long sale long.
    fn fill(&mut self) -> Result<(), String> {
        for _ in 0..LONG {
            let code = json!({ "code": next(&mut self.draw, &self.codes, &mut self.last) });
            self.long.call::<SaleView>("sale.scan", &code)?;
        }
        Ok(())
    }

    /// Makes the short sale one of one line, and makes up what comes next.
    fn begin(&mut self) -> Result<(), String> {
        self.clock.pass(1_000);
        let open: Value = self.short.call("sale.current", &json!({}))?;
        let sale = json!({ "sale": open["sale"]["sale"] });
        self.short.call::<Value>("sale.cancel", &sale)?;
        let three = basket(&mut self.draw, &self.codes, 3);
        self.short.call::<SaleView>("sale.scan", &json!({ "code": three[0] }))?;
        self.into_short = self.short.envelope("sale.scan", &json!({ "code": three[1] }))?;
        self.lookup = self.short.envelope("code.find", &json!({ "code": three[2] }))?;
        let code = json!({ "code": next(&mut self.draw, &self.codes, &mut self.last) });
        self.into_long = self.long.envelope("sale.scan", &code)?;
        self.terminal.database().settle().map_err(|error| error.to_string())
    }
}
