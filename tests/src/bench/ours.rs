//! The till that is measured, as a program of its own: it sells the same sales each time, one act after the other, and
//! says of each act how long it took and what the database did.

use super::files::log_frames;
use super::till;
use crate::seed::desk::Desk;
use crate::seed::draw::Draw;
use crate::seed::{OWNER, PIN, Plan};
use crate::surroundings::ScriptClock;
use database::counters;
use domain::code::Code;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use terminal::workers::folder::Folder;
use terminal::workers::spooler::Spooler;
use terminal::{Terminal, workers};
use wire::envelope::Envelope;
use wire::sale::SaleView;

/// Lines of a measured sale.
pub const LINES: usize = 5;

/// What the till does for one sale, in order, after it was opened and somebody signed on. It settles before it
/// completes, as a till does in the moments between the last scan and the payment, so that the commit of the sale
/// carries no scan to the disk; and after the printer is done.
pub const ACTS_OF_A_SALE: [Act; LINES + 6] = {
    let mut acts = [Act::Scan; LINES + 6];
    acts[0] = Act::Fold;
    acts[LINES + 1] = Act::Settle;
    acts[LINES + 2] = Act::Complete;
    acts[LINES + 3] = Act::Spool;
    acts[LINES + 4] = Act::Spool;
    acts[LINES + 5] = Act::Settle;
    acts
};

/// What it does before the first sale.
pub const ACTS_BEFORE: [Act; 2] = [Act::Open, Act::SignIn];

/// One thing the till does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Opens its files.
    Open,
    /// Signs the owner on.
    SignIn,
    /// Rings up one code.
    Scan,
    /// Does what it does when idle.
    Settle,
    /// Takes the exact cash.
    Complete,
    /// Prints one job.
    Spool,
    /// Folds the rollups.
    Fold,
}

impl Act {
    /// Every one.
    pub const ALL: [Self; 7] =
        [Self::Open, Self::SignIn, Self::Scan, Self::Settle, Self::Complete, Self::Spool, Self::Fold];

    /// Its name in answers and recordings.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::SignIn => "session.sign_in",
            Self::Scan => "sale.scan",
            Self::Settle => "settle",
            Self::Complete => "sale.complete",
            Self::Spool => "spool",
            Self::Fold => "fold",
        }
    }
}

/// What one act was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// [`Act::label`].
    pub label: String,
    /// How long it took, in nanoseconds.
    pub ns: u64,
    /// What the ledger did, in order: `full`, `draft`, `checkpoint`, with `+` between them.
    pub commits: String,
    /// The key of the code that was looked up, or nothing.
    pub code: String,
    /// Frames it added to the ledger's log.
    pub frames: u32,
}

/// The till and the sale it is at.
struct Ours {
    folder: PathBuf,
    codes: Vec<Code>,
    draw: Draw,
    next: usize,
    /// Scans of the sale at hand that are still to be made, each with the key of its code. Calls are made up ahead, when
    /// nobody counts.
    basket: Vec<(Envelope, String)>,
    /// The last answer to a scan. It is read when nobody counts.
    answer: Option<Box<RawValue>>,
    /// The call that takes the cash.
    payment: Option<Envelope>,
    till: Option<Till>,
    /// Whether calls of `fsync` and `fdatasync` mark where acts begin and end, for who watches these.
    marked: bool,
}

struct Till {
    terminal: Arc<Terminal>,
    clock: Arc<ScriptClock>,
    desk: Desk,
    spooler: Spooler,
    folder: Folder,
}

/// Works on a copy of the shop of a plan, led by standard input: each line says how many acts, each answer is a JSON
/// list of [`Done`].
///
/// # Errors
/// What the till refuses.
pub fn work(folder: &Path, plan: Plan, marked: bool) -> Result<(), String> {
    let mut ours = Ours {
        folder: folder.to_owned(),
        codes: till::codes(&plan)?,
        draw: Draw::new(plan.seed, 77),
        next: 0,
        basket: Vec::new(),
        answer: None,
        payment: None,
        till: None,
        marked,
    };
    let mut out = io::stdout();
    let say = |out: &mut io::Stdout, line: &str| {
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| error.to_string())
    };
    say(&mut out, "ready")?;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let count: usize = line.parse().map_err(|_| format!("`{line}` is not a number"))?;
        let done: Vec<Done> = (0..count).map(|_| ours.act()).collect::<Result<_, _>>()?;
        say(&mut out, &serde_json::to_string(&done).map_err(|error| error.to_string())?)?;
    }
    Ok(())
}

impl Ours {
    fn act(&mut self) -> Result<Done, String> {
        let act = match self.next.checked_sub(ACTS_BEFORE.len()) {
            None => ACTS_BEFORE[self.next],
            Some(of_sales) => ACTS_OF_A_SALE[of_sales % ACTS_OF_A_SALE.len()],
        };
        self.next += 1;
        let ledger = self.folder.join("ledger.db");
        let (frames, before) = (log_frames(&ledger), Counted::now());
        self.mark(true)?;
        let (ns, code) = self.perform(act)?;
        self.mark(false)?;
        let commits = before.since();
        let frames = log_frames(&ledger).saturating_sub(frames);
        Ok(Done { label: act.label().to_owned(), ns, commits, code, frames })
    }

    /// A call on no file's data, that who watches sees among the others: `fsync` begins an act, `fdatasync` ends it.
    fn mark(&self, begins: bool) -> Result<(), String> {
        if self.marked {
            let nothing = File::open("/dev/null").map_err(|error| error.to_string())?;
            // It says that nothing was synced; that it was called is all that counts.
            let _ = if begins { nothing.sync_all() } else { nothing.sync_data() };
        }
        Ok(())
    }

    /// Does it, and says how long that took and which code was looked up.
    fn perform(&mut self, act: Act) -> Result<(u64, String), String> {
        let started = Instant::now();
        if act == Act::Open {
            let (terminal, clock) = till::open(&self.folder, 2)?;
            let desk = Desk::new(&terminal, 2);
            let (spooler, folder) = (Spooler::new(Arc::clone(&terminal)), Folder::new(Arc::clone(&terminal)));
            self.till = Some(Till { terminal, clock, desk, spooler, folder });
            return Ok((nanos(started), String::new()));
        }
        let till = self.till.as_mut().ok_or("the till is not open")?;
        till.clock.pass(1_000);
        match act {
            Act::Open => {}
            Act::SignIn => {
                till.desk.sign_in(OWNER, PIN)?;
            }
            Act::Fold => {
                till.folder.step();
                for code in basket(&mut self.draw, &self.codes, LINES) {
                    let envelope = till.desk.envelope("sale.scan", &json!({ "code": code }))?;
                    self.basket.push((envelope, code.key()));
                }
            }
            Act::Scan => {
                let (envelope, key) = self.basket.pop().ok_or("the basket is empty")?;
                let started = Instant::now();
                let answer = till.desk.send(&envelope)?;
                let ns = nanos(started);
                self.answer = Some(answer);
                return Ok((ns, key));
            }
            Act::Settle => {
                till.terminal.database().settle().map_err(|error| error.to_string())?;
                if let Some(answer) = self.answer.take() {
                    let view: SaleView =
                        serde_json::from_str(answer.get()).map_err(|error| error.to_string())?;
                    let cash = json!({
                        "sale": view.sale, "tenders": [{ "kind": "cash", "amount": null }], "total": null,
                    });
                    self.payment = Some(till.desk.envelope("sale.complete", &cash)?);
                }
            }
            Act::Complete => {
                let envelope = self.payment.take().ok_or("there is no open sale")?;
                let started = Instant::now();
                till.desk.send(&envelope)?;
                return Ok((nanos(started), String::new()));
            }
            Act::Spool => {
                if till.spooler.step() != workers::Next::Again {
                    return Err("there was nothing to print, or the printer did not take it".to_owned());
                }
            }
        }
        Ok((nanos(started), String::new()))
    }
}

/// Different codes, those of popular products more often.
pub(super) fn basket(draw: &mut Draw, codes: &[Code], lines: usize) -> Vec<Code> {
    let mut basket: Vec<Code> = Vec::with_capacity(lines);
    while basket.len() < lines.min(codes.len()) {
        let place = usize::try_from(draw.skewed(codes.len() as u64)).unwrap_or(0);
        if !basket.contains(&codes[place]) {
            basket.push(codes[place].clone());
        }
    }
    basket
}

fn nanos(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// The database's counters at one moment.
struct Counted([u64; 5]);

impl Counted {
    fn now() -> Self {
        let all = [
            &counters::DRAFT_MARKS,
            &counters::CHECKPOINTS,
            &counters::LOG_RESTARTS,
            &counters::DURABLE_COMMITS,
            &counters::DRAFT_COMMITS,
        ];
        Self(all.map(|counter: &AtomicU64| counter.load(Ordering::Relaxed)))
    }

    /// What was done since, in the order in which one act does it.
    fn since(&self) -> String {
        let now = Self::now();
        let words = ["full", "checkpoint", "draft", "full", "draft"];
        let mut done = Vec::new();
        for ((word, before), now) in words.into_iter().zip(self.0).zip(now.0) {
            done.extend((before..now).map(|_| word));
        }
        done.join("+")
    }
}
