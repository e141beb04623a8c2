//! Two programs check ledgers: ours, and one in Python that was written from `docs/ledger-format.md` alone. They agree
//! on a thousand ledgers and on archives, half of them damaged in known ways.

use database::disk::SystemDisk;
use database::dump::run_statements;
use database::verify::{self, Report};
use scenarios::ledgers::damage::{self, Damage, Expected};
use scenarios::ledgers::{Empty, Plan, archive, write};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

const LEDGERS: u64 = 1_000;

/// A ledger, and what was done to it.
struct Sample {
    file: PathBuf,
    damage: Option<Damage>,
    expected: Option<Expected>,
}

/// Writes the ledger of a number; every second one is damaged, by turns in every way.
fn sample(empty: &Empty, dir: &Path, number: u64) -> Sample {
    let all = [Damage::ALL.as_slice(), &Damage::LEDGER].concat();
    let damage = (number % 2 == 1).then(|| all[usize::try_from(number / 2).unwrap() % all.len()]);
    let plan = Plan::of(number);
    let plan = damage.map_or(plan, |damage| damage.plan(plan));
    let data = dir.join(format!("data-{number}"));
    let written = write(empty, &data, number, &plan).unwrap();
    let file = dir.join(format!("{number:04}.db"));
    fs::rename(data.join("ledger.db"), &file).unwrap();
    fs::remove_dir_all(&data).unwrap();
    let expected = damage.and_then(|damage| {
        damage::apply(damage, &file, &written, number)
            .unwrap_or_else(|error| panic!("{damage:?} of ledger {number}: {error}"))
    });
    Sample { file, damage, expected }
}

/// Samples of these numbers, made by two threads.
fn samples(dir: &Path, numbers: u64) -> Vec<Sample> {
    let empty = Empty::make(dir).unwrap();
    thread::scope(|scope| {
        let half = |from: u64| {
            let empty = &empty;
            scope.spawn(move || {
                (from..numbers).step_by(2).map(|number| sample(empty, dir, number)).collect::<Vec<_>>()
            })
        };
        let halves = [half(0), half(1)].map(|half| half.join().unwrap());
        halves.into_iter().flatten().collect()
    })
}

fn first(report: &Report) -> Option<(Option<u8>, Option<i64>, Option<i64>)> {
    report.faults.first().map(|fault| (fault.problem.rule(), fault.log, fault.seq))
}

/// What our verifier has to say of a sample, whatever others say.
fn assert_found(sample: &Sample, report: &Report) {
    let found = first(report);
    match (sample.damage, sample.expected) {
        (None, _) => assert!(report.is_whole(), "{}: {:?}", sample.file.display(), report.faults),
        (Some(damage), None) => {
            assert!(found.is_some(), "{}: {damage:?} was not found", sample.file.display());
        }
        (Some(damage), Some((rule, log, seq))) => {
            let faults = &report.faults;
            assert_eq!(
                found,
                Some((Some(rule), log, seq)),
                "{}: {damage:?}: {faults:?}",
                sample.file.display()
            );
        }
    }
}

#[test]
fn every_known_damage_is_found_where_it_is_and_whole_ledgers_are_whole() {
    let dir = tempfile::tempdir().unwrap();
    for sample in samples(dir.path(), 2 * (Damage::ALL.len() + Damage::LEDGER.len()) as u64) {
        let before = fs::read(&sample.file).unwrap();
        let report = verify::file(&SystemDisk, &sample.file).unwrap();
        assert_found(&sample, &report);
        assert_eq!(fs::read(&sample.file).unwrap(), before, "reading changes nothing");
    }
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let beside = |path: &&PathBuf| path.to_string_lossy().contains(".db-");
    assert_eq!(left.iter().find(beside), None, "reading leaves nothing beside a file");
}

#[test]
fn rust_and_python_verifiers_agree_on_a_thousand_ledgers_half_of_them_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let samples = samples(dir.path(), LEDGERS);
    println!("written in {} ms", started.elapsed().as_millis());
    assert_agree(&samples, LEDGERS / 2);
}

#[test]
fn rust_and_python_verifiers_agree_on_archives_half_of_them_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let empty = Empty::make(dir.path()).unwrap();
    let damages = Damage::ALL.into_iter().chain(Damage::ARCHIVE);
    let samples: Vec<Sample> = damages
        .flat_map(|damage| [None, Some(damage)])
        .enumerate()
        .map(|(number, damage)| archived(&empty, dir.path(), number as u64, damage))
        .collect();
    let damages = (Damage::ALL.len() + Damage::ARCHIVE.len()) as u64;
    let reports = assert_agree(&samples, damages);
    // In the middle of a log, at its beginning, and with several logs in one.
    let whole = || reports.iter().filter(|report| report.is_whole());
    assert!(whole().all(|report| report.archive.is_some()));
    assert!(whole().any(|report| report.logs.iter().any(|log| log.first_place > 1)));
    assert!(whole().any(|report| report.logs.iter().any(|log| log.first_place == 1)));
    assert!(whole().any(|report| report.logs.len() > 1));
    assert!(whole().any(|report| report.logs.iter().any(|log| log.training && log.first_place > 1)));
}

#[test]
fn the_archives_of_a_directory_are_checked_and_have_to_go_on_from_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let empty = Empty::make(dir.path()).unwrap();
    let plan = Plan { months: true, training: true, lives: 2, ..Plan::of(4) };
    let data = dir.path().join("data");
    let written = write(&empty, &data, 4, &plan).unwrap();
    let archives = archive(&data, 4, &written).unwrap();
    let beside = |code: &str| {
        let report = verify::directory(&SystemDisk, &data, None).unwrap();
        let mut found: Vec<_> = report.faults.iter().map(|fault| fault.problem.code()).collect();
        found.retain(|found| found.starts_with("verify.archive"));
        found.dedup();
        assert_eq!(found, if code.is_empty() { vec![] } else { vec![code] });
        theirs(&data)
    };
    let whole = beside("");
    assert_eq!(whole.len(), 1 + archives.len(), "the ledger and its archives: {whole:?}");
    assert!(whole.iter().all(|line| line["whole"] == json!(true)), "{whole:?}");
    let (second, third) = (&archives[1].file, &archives[2].file);
    let kept = fs::read(second).unwrap();
    let fault = |lines: &[Value]| -> Vec<(String, Value)> {
        let damaged = lines.iter().filter(|line| line["whole"] == json!(false));
        let name = |line: &Value| Path::new(line["file"].as_str().unwrap()).file_name().unwrap().to_owned();
        damaged.map(|line| (name(line).into_string().unwrap(), line["fault"]["rule"].clone())).collect()
    };
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    // One in the middle is gone: what it held of a log is missing between the others.
    fs::remove_file(second).unwrap();
    assert_eq!(fault(&beside("verify.archive_gap")), [(name(third), json!(14))]);
    // A damaged one.
    fs::write(second, &kept[..kept.len() / 2]).unwrap();
    assert_eq!(fault(&beside("verify.archive_damaged"))[0].0, name(second));
    fs::write(second, &kept).unwrap();
    // The oldest may go.
    fs::remove_file(&archives[0].file).unwrap();
    assert_eq!(fault(&beside("")), []);
    // The ledger says something else where an archive ends.
    let end = archives[1].arrivals.end();
    let other = format!("update fact set envelope = zeroblob(200) where arrival = {end}");
    run_statements(&data.join("ledger.db"), &other).unwrap();
    let found = fault(&beside("verify.archive_foreign"));
    assert!(found.contains(&(name(second), json!(14))), "{found:?}");
}

/// What the other program says of a directory.
fn theirs(dir: &Path) -> Vec<Value> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_ledger.py");
    let output = Command::new("python3").arg(&program).arg("--json").arg(dir).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// An archive of the first ledger after a number that has what the damage needs.
fn archived(empty: &Empty, dir: &Path, number: u64, damage: Option<Damage>) -> Sample {
    for seed in (0..).map(|attempt| number + attempt * 1_000) {
        let plan = Plan { months: true, ..Plan::of(seed) };
        let plan = damage.map_or(plan, |damage| damage.plan(plan));
        let data = dir.join(format!("data-{number}"));
        let written = write(empty, &data, seed, &plan).unwrap();
        let archives = archive(&data, seed, &written).unwrap();
        assert!(archives.len() > 1, "{archives:?}");
        let file = dir.join(format!("{number:04}.store.db"));
        for at in 0..archives.len() {
            let archive = &archives[(usize::try_from(seed).unwrap() + at) % archives.len()];
            let expected = match damage {
                None => None,
                Some(damage) => match damage::apply_to_archive(damage, archive, &written, seed).unwrap() {
                    Some(expected) => expected,
                    None => continue,
                },
            };
            fs::rename(&archive.file, &file).unwrap();
            fs::remove_dir_all(&data).unwrap();
            return Sample { file, damage, expected };
        }
        fs::remove_dir_all(&data).unwrap();
    }
    unreachable!("some ledger has what is needed")
}

/// Lets both programs check the samples; they find what is to be found, and the same.
fn assert_agree(samples: &[Sample], damaged_expected: u64) -> Vec<Report> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verify_ledger.py");
    let started = Instant::now();
    let files = samples.iter().map(|sample| &sample.file);
    let output = Command::new("python3").arg(&program).arg("--json").args(files).output().unwrap();
    let theirs = started.elapsed();
    let words = String::from_utf8_lossy(&output.stderr);
    // Half of them are damaged, which its exit code says.
    assert_eq!(output.status.code(), Some(1), "{words}");
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), samples.len(), "{words}");
    let mut differ = Vec::new();
    let started = Instant::now();
    let (mut damaged, mut facts) = (0, 0);
    let mut reports = Vec::new();
    for (sample, line) in samples.iter().zip(&lines) {
        let report = verify::file(&SystemDisk, &sample.file).unwrap();
        assert_found(sample, &report);
        damaged += u64::from(!report.is_whole());
        facts += report.facts;
        let fault = |rule: Value, log: Value, seq: Value| json!({ "rule": rule, "log": log, "seq": seq });
        let their_fault = match &line["fault"] {
            Value::Null => Value::Null,
            found => fault(found["rule"].clone(), found["log"].clone(), found["seq"].clone()),
        };
        let our_fault = match first(&report) {
            None => Value::Null,
            Some((rule, log, seq)) => fault(json!(rule), json!(log), json!(seq)),
        };
        let mut ours = vec![json!(report.is_whole()), our_fault];
        let mut said = vec![line["whole"].clone(), their_fault];
        if report.is_whole() {
            // What a damaged file comes to depends on who reads past the damage.
            let totals = serde_json::to_value(&report.totals).unwrap();
            let archive = json!(report.archive);
            ours.extend([
                json!(report.logs.len()),
                json!(report.facts),
                json!(report.sales),
                totals,
                archive,
            ]);
            said.extend(["logs", "facts", "sales", "totals", "archive"].map(|name| line[name].clone()));
        }
        if ours != said {
            differ.push(format!("{:?}: ours {ours:?}, theirs {said:?}: {line}", sample.damage));
        }
        reports.push(report);
    }
    let ours = started.elapsed().as_millis();
    println!(
        "{} files, {damaged} damaged, {facts} facts; read by Python in {} ms, by us in {ours} ms",
        samples.len(),
        theirs.as_millis(),
    );
    assert_eq!(damaged, damaged_expected);
    assert!(differ.is_empty(), "{} differ:\n{}", differ.len(), differ.join("\n"));
    reports
}
