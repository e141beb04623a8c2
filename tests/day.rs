//! The day of a shop: two cashiers and a manager, four hundred customers with real products, goods that come back, a power
//! cut, a printer without paper, a wrong float, a forgotten sale. Played from scripts in `day/`; then the report that closes
//! the shift is held against what a program in Python adds up from the ledger alone, knowing nothing of the till.

use database::disk::SystemDisk;
use database::shift::CLOSED;
use domain::shift::{DifferenceReason, FIRST_DRAWER};
use scenarios::player::{Hub, Player};
use scenarios::script::{parse, write};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use wire::fact::{Fact, ShiftClosed};

/// The seed of the day that is written down.
const SEED: u64 = 6;
/// Days like it, with other baskets, when everything is tried.
const DAYS_DEEP: u64 = 20;
/// What was said to be in the drawer in the morning, and what was.
const FLOAT: i64 = 15_000;
const FLOAT_SHORT: i64 = -1_000;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("day");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Plays the day. Returns the till, and by file what was written down.
fn play(seed: u64) -> (Player, Vec<(PathBuf, String, String)>) {
    let mut player = Player::new(Hub::None, seed).unwrap();
    let mut played = Vec::new();
    for file in files() {
        let source = std::fs::read_to_string(&file).unwrap();
        let parts = parse(&source).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let happened = player
            .play(&parts)
            .unwrap_or_else(|error| panic!("{} with seed {seed}: {error}", file.display()));
        played.push((file, source, write(&parts, &happened)));
    }
    (player, played)
}

/// The close of the day's shift.
fn closed(player: &Player) -> ShiftClosed {
    let terminal = player.terminal().unwrap();
    let found = terminal.database().read(|reader| reader.last_drawer_fact(FIRST_DRAWER, CLOSED));
    let found: Result<_, database::error::DatabaseError> = found;
    match found.unwrap().map(|found| found.fact) {
        Some(Fact::ShiftClosed(closed)) => *closed,
        other => panic!("the day was not closed: {other:?}"),
    }
}

/// What the other program says of the day, by currency.
fn theirs(player: &Player, day: &str, more: &[&str]) -> Value {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/day_from_ledger.py");
    let ledger = player.terminal().unwrap().data_dir();
    let output = Command::new("python3")
        .arg(program)
        .args(["--json", "--from", day, "--to", day])
        .args(more)
        .arg(ledger)
        .output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Holds the close of a day against what the other program adds up. Returns how many sales it was.
fn compare(player: &Player, seed: u64) -> i64 {
    let closed = closed(player);
    let day = closed.business_day.to_string();
    let theirs = theirs(player, &day, &[]);
    let euro = &theirs["EUR"];
    let of = |sums: &Value, word: &str| sums[word].as_i64().unwrap_or(0);
    let figures = &closed.figures;
    let rates: Vec<(String, i64, i64)> =
        figures.taxes.iter().map(|row| (row.rate.as_ppm().to_string(), row.net, row.tax)).collect();
    assert_eq!(rates.len(), euro["taxes"].as_object().unwrap().len(), "seed {seed}");
    for (rate, net, tax) in rates {
        let sums = &euro["taxes"][&rate];
        assert_eq!((net, tax), (of(sums, "net"), of(sums, "tax")), "rate {rate}, seed {seed}");
    }
    assert_eq!(figures.tenders.len(), euro["tenders"].as_object().unwrap().len(), "seed {seed}");
    for row in &figures.tenders {
        let kind = serde_json::to_value(row.kind).unwrap();
        let sums = &euro["tenders"][kind.as_str().unwrap()];
        let times = of(sums, "taken_times") + of(sums, "given_times");
        let told = (i64::from(row.count), row.taken, row.given);
        assert_eq!(told, (times, of(sums, "taken"), of(sums, "given")), "{kind}, seed {seed}");
    }
    let sums = &euro["days"][&day];
    let told = (i64::from(figures.sales + figures.refunds), figures.sold - figures.refunded);
    assert_eq!(told, (of(sums, "sales"), of(sums, "total")), "seed {seed}");
    let discounts = figures.discounts.unwrap();
    let sums = &euro["acts"]["discount"];
    assert_eq!(
        (i64::from(discounts.count), discounts.amount),
        (of(sums, "times"), of(sums, "amount")),
        "seed {seed}"
    );
    assert_eq!(i64::from(figures.cancelled), of(&euro["acts"]["cancel"], "times"), "seed {seed}");
    assert_eq!(i64::from(figures.no_sales), of(&theirs[""]["acts"]["no_sale"], "times"), "seed {seed}");
    // What should be there, from the float that was stated and what the other program says of cash.
    let cash = &euro["tenders"]["cash"];
    let moved = figures.cash.paid_in - figures.cash.paid_out - figures.cash.expenses - figures.cash.drops;
    assert_eq!(moved, 2_000 - 735 - 40_000, "as the scripts say");
    let expected = FLOAT + of(cash, "taken") - of(cash, "given") + moved;
    assert_eq!(closed.expected, expected, "seed {seed}");
    // Somebody with the notes in hand finds ten less, which is what the float was wrong by, and nothing else.
    assert_eq!((closed.over_short, closed.reason), (FLOAT_SHORT, Some(DifferenceReason::WrongFloat)));
    assert_eq!(closed.open_sales.len(), 1, "the forgotten sale goes on");
    told.0
}

/// Holds the first close of a drawer against what the other program adds up of that drawer. Returns what was sold.
fn compare_drawer(player: &Player, drawer: u8) -> i64 {
    let closed = player.terminal().unwrap().database().read(|reader| {
        reader.drawer_facts(drawer, CLOSED, (0, None), u32::MAX).map(|mut closed| closed.pop())
    });
    let closed: Result<_, database::error::DatabaseError> = closed;
    let Some(Fact::ShiftClosed(closed)) = closed.unwrap().map(|found| found.fact) else {
        panic!("drawer {drawer} was not closed")
    };
    let day = closed.business_day.to_string();
    let theirs = theirs(player, &day, &["--drawer", &drawer.to_string()]);
    let (euro, figures) = (&theirs["EUR"], &closed.figures);
    let of = |sums: &Value, word: &str| sums[word].as_i64().unwrap_or(0);
    let tenders: i64 = figures.tenders.iter().map(|row| row.taken - row.given).sum();
    let theirs_paid = euro["tenders"].as_object().unwrap().values();
    assert_eq!(tenders, theirs_paid.map(|sums| of(sums, "taken") - of(sums, "given")).sum::<i64>());
    let cash = figures.cash;
    assert_eq!(
        cash.taken - cash.change - cash.refunded + cash.corrected,
        of(&euro["tenders"]["cash"], "taken") - of(&euro["tenders"]["cash"], "given"),
        "drawer {drawer}"
    );
    let sold = figures.sold - figures.refunded;
    let told = (i64::from(figures.sales + figures.refunds), sold, i64::from(figures.no_sales));
    let sums = &euro["days"][&day];
    assert_eq!(told, (of(sums, "sales"), of(sums, "total"), of(&theirs[""]["acts"]["no_sale"], "times")));
    sold
}

#[test]
fn each_of_two_drawers_closes_as_another_program_adds_it_up() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/shift/two_drawers.till");
    let mut player = Player::new(Hub::None, SEED).unwrap();
    player.play(&parse(&std::fs::read_to_string(script).unwrap()).unwrap()).unwrap();
    let sold = [1, 2].map(|drawer| compare_drawer(&player, drawer));
    assert!(sold[0] != 0 && sold[1] != 0 && sold[0] != sold[1], "{sold:?}");
    check_whole(&player);
}

/// Everything else that lies on the disk is what follows from the facts.
fn check_whole(player: &Player) {
    let dir = player.terminal().unwrap().data_dir();
    let report = database::verify::file(&SystemDisk, &dir.join("ledger.db")).unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}

#[test]
fn a_day_of_four_hundred_sales_closes_as_another_program_adds_it_up() {
    let (player, played) = play(SEED);
    let mut wrong = Vec::new();
    for (file, source, transcript) in played {
        if source == transcript {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, transcript).unwrap();
            continue;
        }
        let differs = source.lines().zip(transcript.lines()).find(|(was, is)| was != is);
        wrong.push(format!("{}: {differs:?}", file.display()));
    }
    let sales = compare(&player, SEED);
    println!("{sales} sales");
    assert!(sales >= 400, "{sales} sales");
    check_whole(&player);
    assert!(wrong.is_empty(), "UPDATE=1 accepts what happened, after reading it.\n{}", wrong.join("\n"));
}

#[test]
fn days_with_other_baskets_close_as_another_program_adds_them_up() {
    if std::env::var_os("TILLKEEPER_DEEP").is_none() {
        println!("twenty days with other baskets are played with TILLKEEPER_DEEP=1");
        return;
    }
    for seed in 1_000..1_000 + DAYS_DEEP {
        let (player, _) = play(seed);
        println!("seed {seed}: {} sales", compare(&player, seed));
        check_whole(&player);
    }
}
