//! Every till script plays as written, with no hub, with a hub that refuses and with one that swallows.

use scenarios::player::{Calls, Hub, Player};
use scenarios::script::{parse, write};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The seed of every script.
const SEED: u64 = 1;

fn scripts(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "till") {
            found.push(path);
        }
    }
}

/// All scripts, by name.
pub fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    scripts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &mut files);
    files.sort();
    assert!(files.len() >= 10, "there are {} scripts", files.len());
    files
}

/// What became of the scripts under one hub.
#[derive(Debug, PartialEq, Eq)]
pub struct Played {
    /// By script: what was written down.
    pub transcripts: BTreeMap<String, String>,
    /// By operation: the scripts that called it, and what became of the calls.
    pub calls: BTreeMap<String, BTreeMap<String, Calls>>,
}

/// The name of a script: where it is, without the folder they all are in.
pub fn name_of(file: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    file.strip_prefix(&root).unwrap().with_extension("").display().to_string()
}

/// Plays every script.
pub fn play(hub: Hub) -> Played {
    let mut played = Played { transcripts: BTreeMap::new(), calls: BTreeMap::new() };
    for file in files() {
        let name = name_of(&file);
        let source = std::fs::read_to_string(&file).unwrap();
        let parts = parse(&source).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut player = Player::new(hub, SEED).unwrap();
        let happened = player.play(&parts).unwrap_or_else(|error| panic!("{name}: {error}"));
        played.transcripts.insert(name.clone(), write(&parts, &happened));
        for (operation, calls) in player.calls() {
            played.calls.entry(operation).or_default().insert(name.clone(), calls);
        }
    }
    played
}

/// Every script under every hub, played once for all tests that look at it; in the order of [`Hub::ALL`].
pub fn under_every_hub() -> &'static [Played] {
    static PLAYED: OnceLock<Vec<Played>> = OnceLock::new();
    PLAYED.get_or_init(|| Hub::ALL.map(play).into())
}

#[test]
fn scripts_play_as_written_whatever_the_hub_does() {
    let files = files();
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for file in &files {
        let source = std::fs::read_to_string(file).unwrap();
        for (hub, played) in Hub::ALL.iter().zip(under_every_hub()) {
            let transcript = &played.transcripts[&name_of(file)];
            if *transcript == source {
                continue;
            }
            if update && *hub == Hub::None {
                std::fs::write(file, transcript).unwrap();
                break;
            }
            wrong.push(format!("{} with hub {hub:?}:\n{}", file.display(), difference(&source, transcript)));
        }
    }
    println!("{} scripts, each under {} hubs", files.len(), Hub::ALL.len());
    assert!(wrong.is_empty(), "UPDATE=1 accepts what happened, after reading it.\n{}", wrong.join("\n"));
}

/// The first line in which two transcripts differ.
fn difference(expected: &str, happened: &str) -> String {
    let pairs = expected.lines().zip(happened.lines()).enumerate();
    let differs =
        pairs.filter(|(_, (a, b))| a != b).map(|(n, (a, b))| format!("  line {}:\n  - {a}\n  + {b}", n + 1));
    differs.take(1).next().unwrap_or_else(|| "  one is longer than the other".to_owned())
}

#[test]
fn a_script_that_expects_something_else_is_told_apart() {
    let source = "> shop EUR included line en\n  nothing\n";
    let parts = parse(source).unwrap();
    let happened = Player::new(Hub::None, SEED).unwrap().play(&parts).unwrap();
    assert_ne!(write(&parts, &happened), source);
    assert!(parse("cash 5.00").is_err());
    assert!(Player::new(Hub::None, SEED).unwrap().play(&parse("> dance").unwrap()).is_err());
}
