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
    /// How many jobs of the printer.
    jobs: usize,
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
        let jobs = devices.printer().jobs();
        let told = jobs.iter().skip(self.jobs).map(|job| {
            // ESC p: the pulse to the drawer (Epson ESC/POS).
            let kick = job.starts_with(&[0x1b, b'p']);
            if kick { "drawer opens".to_owned() } else { "receipt prints".to_owned() }
        });
        let told = told.collect();
        self.jobs = jobs.len();
        told
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
