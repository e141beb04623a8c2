//! A shop whose till is killed again and again, and how its books are compared with what was acknowledged.

use super::moment::{LogCopy, Swap, is_backing_up, log_bytes, swap, wait_for};
use super::seller::{Seller, set_up};
use super::till::{Place, STEP_MAX, Starting, Till, pause, wait_up_to};
use scenarios::seed::draw::Draw;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// What was counted.
#[derive(Debug, Default)]
pub struct Tally {
    /// Kills in the moment that was meant, by its name.
    pub kills: BTreeMap<&'static str, u32>,
    /// Starts that were killed before they were through.
    pub starts: u32,
    /// Completions whose answer was lost.
    pub lost_answers: u32,
    /// Calls sent a second time.
    pub repeats: u32,
}

/// A shop, between two lives of its till.
pub struct Shop {
    /// Where it is.
    pub place: Place,
    /// Who sells.
    pub sellers: Vec<Seller>,
    /// What decides when.
    pub draw: Draw,
    /// What was counted.
    pub tally: Tally,
    /// The series whose sales nobody here made; listing them ends there.
    pub before: Option<&'static str>,
    /// Logs its ledger has: another one more would be a till that lost its place.
    pub logs: usize,
}

/// Tells those who sell that it is enough.
struct Enough<'e>(&'e AtomicBool);

impl Drop for Enough<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// How long a moment is waited for that may have passed already.
const SOON: Duration = Duration::from_secs(10);
/// Acknowledged calls that are sent once more after each start.
const REPEATS: usize = 5;

impl Shop {
    /// A new shop below a folder.
    pub fn new(folder: &Path, seed: u64) -> Self {
        let place = Place::below(folder);
        let sellers = set_up(&place);
        Self { place, sellers, draw: Draw::new(seed, 0), tally: Tally::default(), before: None, logs: 1 }
    }

    /// Sells until `until` returns, which kills the till or leaves it alone.
    fn sell<T>(&mut self, address: &str, until: impl FnOnce(&mut Draw) -> T) -> T {
        let (enough, draw) = (AtomicBool::new(false), &mut self.draw);
        thread::scope(|scope| {
            for seller in &mut self.sellers {
                scope.spawn(|| seller.sell(address, &enough));
            }
            // Also when what is waited for does not come.
            let _enough = Enough(&enough);
            until(draw)
        })
    }

    /// Sells for a while.
    pub fn sell_for(&mut self, address: &str, long: Duration) {
        self.sell(address, |_| pause(long));
    }

    fn killed(&mut self, when: &'static str) {
        *self.tally.kills.entry(when).or_default() += 1;
    }

    /// The till is killed while it sells.
    pub fn kill_selling(&mut self, till: Till) {
        let address = till.address.clone();
        self.sell(&address, |draw| {
            wait_up_to(draw, Duration::from_millis(1_500));
            till.kill();
        });
        self.killed("selling");
    }

    /// The till is killed while it copies its log into its file: beside the sales, or in the first pause of those who sell.
    pub fn kill_at_checkpoint(&mut self, till: Till) {
        let log = LogCopy::of(&self.place.data);
        let address = till.address.clone();
        let pages = self.draw.between(1_050, 1_500);
        let seen = self.sell(&address, |_| wait_for(STEP_MAX, || log.is_under_way() || log.pages() >= pages));
        assert!(seen, "the log does not grow");
        // On a machine with much to do, all of it may come and go between two looks; a log that is shorter again was begun
        // anew, which it is only when all of it has been copied.
        let is_copied = || log.is_under_way() || log.has_reached(pages) || log.pages() < pages;
        let copied = wait_for(STEP_MAX, is_copied);
        assert!(copied, "its log is never copied");
        till.kill();
        self.killed(if log.is_under_way() { "checkpoint" } else { "just after a checkpoint" });
    }

    /// The till is killed while it makes a backup beside the sales.
    pub fn kill_at_backup(&mut self, till: Till) {
        let data = self.place.data.clone();
        let address = till.address.clone();
        let make = self.sellers[0].prepared("backup.make", json!({}));
        self.sell(&address, |draw| {
            thread::scope(|scope| {
                // Beside the answer: by then it may be made.
                scope.spawn(|| make(&address));
                wait_for(SOON, || is_backing_up(&data));
                wait_up_to(draw, Duration::from_millis(10));
                till.kill();
            });
        });
        self.killed(if is_backing_up(&data) { "backup" } else { "just after a backup" });
    }

    /// The till is killed, and so is the program that puts a backup in the place of its data. Which of both ledgers there
    /// is then is for the till to say; each holds what it has to.
    pub fn kill_at_restore(&mut self, till: Till) -> Till {
        let backup = self.backed_up(&till);
        let kept: Vec<usize> = self.sellers.iter().map(|seller| seller.acknowledged.len()).collect();
        let address = till.address.clone();
        self.sell(&address, |draw| {
            wait_up_to(draw, Duration::from_millis(400));
            till.kill();
        });
        let (sold, lost) = (self.acknowledged(), self.pending());

        let meant = if self.draw.happens(600) { Swap::Decided } else { Swap::Staged };
        let mut command = self.place.command();
        let mut restoring = Starting(command.arg("restore").arg(&backup).spawn().unwrap());
        let data = self.place.data.clone();
        wait_for(STEP_MAX, || swap(&data) >= meant || restoring.has_ended());
        if meant == Swap::Staged {
            wait_up_to(&mut self.draw, Duration::from_millis(50));
        }
        restoring.kill();
        self.killed(match swap(&data) {
            Swap::NotBegun => "just after a restore",
            Swap::Staged => "restore, made ready",
            Swap::Decided => "restore, decided",
        });

        let till = self.start();
        let logs = self.place.verified(&data)["logs"].as_array().unwrap().len();
        if logs > self.logs {
            // It is done: what was there is kept, with everything in it.
            self.logs += 1;
            assert_eq!(logs, self.logs);
            let aside = newest_aside(&data).join("ledger.db");
            let there = self.place.verified(&aside)["sales"].as_u64().unwrap();
            let least = sold.len() as u64;
            assert!(there >= least && there <= least + lost as u64, "{there} of {least} are kept aside");
            for (seller, kept) in self.sellers.iter_mut().zip(kept) {
                seller.acknowledged.truncate(kept);
                seller.pending = None;
            }
        }
        self.compare(till)
    }

    /// The till is killed while it brings its ledger to a newer version.
    pub fn kill_at_migration(&mut self, till: Till, version: u32) {
        till.stop();
        write_migration(&self.place.migrations, version);
        let starting = Starting::of(&self.place);
        let bytes = self.draw.between(100_000, 15_000_000);
        let data = self.place.data.clone();
        assert!(wait_for(STEP_MAX, || log_bytes(&data) > bytes), "no log of {bytes} bytes");
        assert_eq!(starting.kill_and_read(), "", "it was through already");
        self.killed("migration");
    }

    /// Makes a backup and waits until it counts; its path.
    fn backed_up(&mut self, till: &Till) -> String {
        self.sellers[0].call(till, "backup.make", json!({}));
        let mut path = String::new();
        let seller = &mut self.sellers[0];
        let made = wait_for(STEP_MAX, || {
            let list = seller.call(till, "backup.list", json!({}));
            path = list["backups"][0]["path"].as_str().unwrap_or_default().to_owned();
            list["work"] == "nothing" && !path.is_empty()
        });
        assert!(made, "no backup is made");
        path
    }

    /// Starts the till after a kill; one start in three is killed too, somewhere.
    fn start(&mut self) -> Till {
        if self.draw.happens(333) {
            let mut starting = Starting::of(&self.place);
            wait_up_to(&mut self.draw, Duration::from_millis(600));
            assert!(!starting.has_ended(), "it does not start");
            starting.kill();
            self.tally.starts += 1;
        }
        Starting::of(&self.place).listening()
    }

    /// Starts the till after a kill and holds what it has against what was acknowledged: every sale once, no number left
    /// out, no call done twice, and the log of before goes on.
    pub fn recover(&mut self) -> Till {
        let till = self.start();
        self.compare(till)
    }

    fn compare(&mut self, till: Till) -> Till {
        for seller in &mut self.sellers {
            seller.sign_on(&till);
        }
        let acknowledged = self.acknowledged();
        let listed = self.listed(&till);
        for (sale, number) in &acknowledged {
            assert_eq!(listed.get(sale), Some(number), "acknowledged, and not there");
        }
        let more = listed.len() - acknowledged.len();
        assert!(more <= self.pending(), "{more} sales more than were asked for");

        // Whoever got no answer asks again, and so do some who got one.
        self.tally.lost_answers += self.pending() as u32;
        for seller in &mut self.sellers {
            let Some(done) = seller.send_pending(&till) else { continue };
            if let Some(number) = listed.get(&done.sale) {
                assert_eq!(*number, done.receipt_number, "the same sale, another number");
            }
        }
        for seller in &self.sellers {
            for one in seller.acknowledged.iter().rev().take(REPEATS) {
                let again = seller.again(&till, one.call.clone());
                assert_eq!((&again.sale, &again.receipt_number), (&one.sale, &one.receipt_number));
                self.tally.repeats += 1;
            }
        }
        let acknowledged = self.acknowledged();
        assert_eq!(self.listed(&till), acknowledged, "what the till lists is what was acknowledged");
        assert_gapless(acknowledged.values());
        till
    }

    /// Asks `headless verify`, and whether the log of before goes on.
    pub fn verify(&self) {
        let report = self.place.verified(&self.place.data);
        assert_eq!(report["logs"].as_array().unwrap().len(), self.logs, "a new log began: {report}");
        assert!(report["beside"]["guards"].as_u64().unwrap() > 0, "no guard was asked");
    }

    /// Every backup that has a name is whole.
    pub fn verify_backups(&self) -> usize {
        let files = fs::read_dir(self.place.data.join("backups")).unwrap();
        let paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        let named = paths.iter().filter(|path| path.to_string_lossy().ends_with(".store.db"));
        named.inspect(|path| assert!(self.place.verified(path)["facts"].as_u64() > Some(0))).count()
    }

    fn acknowledged(&self) -> BTreeMap<String, String> {
        let all = self.sellers.iter().flat_map(|seller| &seller.acknowledged);
        all.map(|one| (one.sale.clone(), one.receipt_number.clone())).collect()
    }

    fn pending(&self) -> usize {
        self.sellers.iter().filter(|seller| seller.pending.is_some()).count()
    }

    fn listed(&mut self, till: &Till) -> BTreeMap<String, String> {
        let rows = self.sellers[0].listed(till, self.before);
        let count = rows.len();
        let listed: BTreeMap<String, String> = rows.into_iter().collect();
        assert_eq!(listed.len(), count, "a sale is listed twice");
        listed
    }
}

/// Each series of numbers begins with one and leaves none out.
fn assert_gapless<'n>(numbers: impl Iterator<Item = &'n String>) {
    let mut series: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for number in numbers {
        let (name, digits) = number.rsplit_once('-').unwrap();
        let is_new = series.entry(name).or_default().insert(digits.parse().unwrap());
        assert!(is_new, "{number} was taken twice");
    }
    for (name, taken) in &series {
        let whole = (1..=taken.len() as u64).collect::<BTreeSet<u64>>();
        assert_eq!(taken, &whole, "series {name} has a gap");
    }
}

/// The folder of what a restore replaced last.
fn newest_aside(data: &Path) -> PathBuf {
    let entries = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let aside = entries.filter(|path| name(path).starts_with("replaced-") && path.is_dir());
    aside.max_by_key(|path| (fs::metadata(path).unwrap().modified().unwrap(), name(path))).unwrap()
}

/// A migration that takes long: every fact's envelope is written a second time, in another order too.
fn write_migration(folder: &Path, version: u32) {
    let sql = format!(
        "create table envelope_{version} (arrival integer primary key, envelope blob not null) strict;
         insert into table_class (name, class) values ('envelope_{version}', 'working');
         insert into envelope_{version} (arrival, envelope) select arrival, envelope from fact order by arrival;
         create index envelope_{version}_order on envelope_{version} (envelope);"
    );
    fs::write(folder.join(format!("V{version}__every_envelope_twice.sql")), sql).unwrap();
}
