//! What happens beside the answers: facts in the ledger, paper and drawer, sounds. The workers take their steps first, so
//! that a transcript shows what they made of an act.

use super::{Played, Till};
use devices::{SimulatedDevices, Sound};
use terminal::Terminal;
use terminal::workers::Next;
use wire::fact::header::Header;

/// Facts read at once at most; an act makes a few.
const FACTS_MAX: u32 = 10_000;

/// What was told of a till so far, so that each thing is told once.
#[derive(Debug, Default)]
pub(super) struct Aftermath {
    /// The arrival of the last fact.
    fact: i64,
    /// How many sounds.
    sounds: usize,
    /// How many jobs of the printer, of the second one, and of the drawer with a line.
    jobs: usize,
    backup_jobs: usize,
    drawer_jobs: usize,
}

impl Aftermath {
    /// Takes the facts that are there for told: those of a till that was just made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(super) fn skip_facts(&mut self, terminal: &Terminal) -> Result<(), String> {
        self.new_facts(terminal).map(drop)
    }

    /// Takes up with another ledger: what was in it before its last log began is taken for told.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(super) fn begin_again(&mut self, terminal: &Terminal) -> Result<(), String> {
        self.fact = 0;
        let kinds = self.new_facts(terminal)?;
        let last = kinds.iter().rposition(|kind| kind == "ledger.opened").unwrap_or(0);
        self.fact = i64::try_from(last).map_err(|error| error.to_string())?;
        Ok(())
    }

    /// Lets the workers work, and tells what happened since it was told last.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub(super) fn of(&mut self, till: &mut Till, devices: &SimulatedDevices) -> Played {
        while till.spooler.step() == Next::Again {}
        while till.drawer.step() == Next::Again {}
        till.sync.step();
        let mut happened = self.facts(&till.terminal)?;
        happened.extend(self.paper(devices));
        happened.extend(self.sounds(devices));
        Ok(happened)
    }

    /// Facts of one kind in a row are told together.
    fn facts(&mut self, terminal: &Terminal) -> Played {
        let mut facts: Vec<(String, u32)> = Vec::new();
        for kind in self.new_facts(terminal)? {
            match facts.last_mut() {
                Some((last, count)) if *last == kind => *count += 1,
                _ => facts.push((kind, 1)),
            }
        }
        let told = facts.into_iter().map(|(kind, count)| match count {
            1 => format!("fact {kind}"),
            _ => format!("{count} facts {kind}"),
        });
        Ok(told.collect())
    }

    /// The kinds of the facts that came since.
    fn new_facts(&mut self, terminal: &Terminal) -> Result<Vec<String>, String> {
        let facts = terminal.database().read(|reader| reader.facts_after(self.fact, FACTS_MAX));
        let facts = facts.map_err(|error: database::error::DatabaseError| error.to_string())?;
        self.fact = facts.last().map_or(self.fact, |fact| fact.arrival);
        facts
            .iter()
            .map(|fact| {
                let header = Header::decode(&fact.envelope).map_err(|error| error.to_string())?;
                Ok(header.kind)
            })
            .collect()
    }

    fn paper(&mut self, devices: &SimulatedDevices) -> Vec<String> {
        let told = |jobs: &[Vec<u8>], from: usize, paper: &str| {
            let says_something = |job: &&Vec<u8>| job.iter().any(|byte| ![0, 0x1b, b'@'].contains(byte));
            let told = jobs
                .iter()
                .skip(from)
                .filter(says_something)
                .map(|job| if is_kick(job) { kicked(job) } else { paper }.to_owned());
            told.collect::<Vec<_>>()
        };
        let (printer, backup) = (devices.printer().jobs(), devices.backup().jobs());
        let drawer = devices.drawer().jobs();
        let forgotten = devices.printer().jobs_forgotten();
        let from = self.jobs.saturating_sub(forgotten);
        let mut all = told(&printer, from, "receipt prints");
        all.extend(told(&backup, self.backup_jobs, "receipt prints on the backup"));
        all.extend(drawer.iter().skip(self.drawer_jobs).map(|_| "drawer opens by its line".to_owned()));
        (self.jobs, self.backup_jobs, self.drawer_jobs) =
            (forgotten + printer.len(), backup.len(), drawer.len());
        all
    }

    fn sounds(&mut self, devices: &SimulatedDevices) -> Vec<String> {
        let sounds = devices.sounds();
        let told = sounds.iter().skip(self.sounds).map(|sound| {
            let heard = match sound {
                Sound::Added => "beep",
                Sound::Refused => "low double tone",
                Sound::Attention => "triple tone",
            };
            heard.to_owned()
        });
        let told = told.collect();
        self.sounds = sounds.len();
        told
    }
}

/// Whether a job is a pulse to the drawer: in the order of the data, or at once. What an earlier job left half said is
/// ended before.
fn is_kick(job: &[u8]) -> bool {
    let from = job.iter().position(|byte| *byte != 0).unwrap_or(0);
    let job = &job[from..];
    let behind = job.strip_prefix(&[0x1b, b'@']).unwrap_or(job);
    // ESC p and DLE DC4 (Epson ESC/POS).
    [job, behind].iter().any(|job| job.starts_with(&[0x1b, b'p']) || job.starts_with(&[0x10, 0x14]))
}

/// Which drawer a pulse opens: the one on pin 2, or both, is the usual one.
fn kicked(job: &[u8]) -> &'static str {
    let is_pulse = |bytes: &&[u8]| bytes.starts_with(&[0x1b, b'p']) || bytes.starts_with(&[0x10, 0x14]);
    let connector = |bytes: &[u8]| if bytes[0] == 0x1b { bytes[2] } else { bytes[3] };
    let pulses: Vec<u8> = job.windows(4).filter(is_pulse).map(connector).collect();
    if pulses == [1] { "drawer opens by pin 5" } else { "drawer opens" }
}
