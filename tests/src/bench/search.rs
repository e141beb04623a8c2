//! `search.prefix`: every keystroke of real names typed into the search, against a bare query of the same words in the same
//! file, turn by turn, for each length of what was typed; in tills of sixty, a hundred thousand and all products.

use super::Size;
use super::figures::{Row, percentile, ratio, rounded};
use super::program::Programs;
use crate::goods::{self, Good};
use crate::seed::draw::Draw;
use crate::shop::Place;
use database::search::fold;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Ours at the 99th of a hundred against the bare query's at most, for each length.
const MOST: f64 = 2.0;
/// Characters typed at most.
const TYPED_MAX: usize = 24;
/// Products a search answers with.
const PAGE: u32 = 60;
/// Lengths with fewer keystrokes say nothing of their slowest hundredth.
const ENOUGH: usize = 100;

/// Scripts that names are drawn from, each with a range of characters that tells it.
const SCRIPTS: [(u32, u32); 5] =
    [(0x41, 0x24F), (0x400, 0x52F), (0x370, 0x3FF), (0x600, 0x6FF), (0x3040, 0x9FFF)];

/// Measures the row.
///
/// # Errors
/// What the till refuses; a file that cannot be read.
pub fn measure(programs: &Programs, size: &Size) -> Result<Row, String> {
    let all = match goods::file() {
        Some(path) => goods::all(&path)?,
        None => goods::excerpt()?,
    };
    let shops: Vec<usize> = size.search_products.iter().map(|most| (*most).min(all.len())).collect();
    let quiet = size.wait();
    let mut largest =
        Row::of_rounds("search.prefix", "the same words asked of the same index, rows read", &[]);
    for (place, most) in shops.iter().enumerate() {
        let goods: Vec<Good> = all.iter().step_by((all.len() / most).max(1)).take(*most).cloned().collect();
        let folder = programs.work.join(format!("search-{most}"));
        let rounds = one_shop(&folder, &goods, size.search_names)?;
        let of_length = by_length(&rounds);
        let worst = of_length.iter().map(|(_, ratio)| *ratio).fold(0.0, f64::max);
        let flat: Vec<(Vec<u64>, Vec<u64>)> =
            vec![rounds.iter().map(|typed| (typed.ours, typed.bare)).unzip()];
        let mut row =
            Row::of_rounds("search.prefix", "the same words asked of the same index, rows read", &flat);
        row.ratio = Some(ratio(&flat));
        let products = goods.len();
        row.at_most(&format!("ratio p99 of the worst length in {products} products"), worst, MOST);
        row.count("products", products as f64);
        for (length, ratio) in of_length {
            row.count(&format!("ratio p99 after {length:02} characters"), ratio);
        }
        let before = std::mem::take(&mut largest.counters);
        let misses = std::mem::take(&mut largest.misses);
        row.misses.splice(0..0, misses);
        for (what, number) in before.into_iter().filter(|(what, _)| what.ends_with("products)")) {
            row.count(&what, number);
        }
        if place + 1 < shops.len() {
            row.count(&format!("p50 in us ({products} products)"), row.p50);
            row.count(&format!("p99 in us ({products} products)"), row.p99);
            row.count(&format!("ratio p99 of the worst length ({products} products)"), worst);
        }
        largest = row;
    }
    (largest.load, largest.noisy) = (quiet.load, quiet.noisy);
    Ok(largest)
}

/// One keystroke: after how many characters, and what it took, in nanoseconds.
struct Keystroke {
    length: usize,
    ours: u64,
    bare: u64,
}

/// The ratio at the 99th of a hundred for each length.
fn by_length(strokes: &[Keystroke]) -> Vec<(usize, f64)> {
    (1..=TYPED_MAX)
        .filter_map(|length| {
            let these = strokes.iter().filter(|stroke| stroke.length == length);
            let (ours, bare): (Vec<u64>, Vec<u64>) = these.map(|stroke| (stroke.ours, stroke.bare)).unzip();
            let share = percentile(&ours, 99) as f64 / percentile(&bare, 99).max(1) as f64;
            (ours.len() >= ENOUGH).then_some((length, rounded(share)))
        })
        .collect()
}

fn one_shop(folder: &Path, goods: &[Good], names: usize) -> Result<Vec<Keystroke>, String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let place = Place::below(folder);
    {
        let mut till = place.start(1)?;
        till.set_up()?;
        goods::fill(&mut till, &place.data, goods)?;
        till.rest()?;
    }
    let mut till = place.start(2)?;
    till.sign_in()?;
    let desk = &mut till.desk;
    let bare = Bare::open(&catalog(&place.data)?)?;
    let mut strokes = Vec::new();
    for warm in [true, false] {
        for name in drawn(goods, if warm { names.min(50) } else { names }) {
            let characters: Vec<char> = name.chars().take(TYPED_MAX).collect();
            for length in 1..=characters.len() {
                let typed: String = characters[..length].iter().collect();
                let Some(query) = query(&typed) else { continue };
                let envelope = desk.envelope("product.find", &json!({ "text": typed }))?;
                // Whoever comes second finds the pages in memory: they take turns.
                let (ours, bare) = if strokes.len() % 2 == 0 {
                    let ours = timed(|| desk.send(&envelope).map(drop))?;
                    (ours, timed(|| bare.find(&query))?)
                } else {
                    let bare = timed(|| bare.find(&query))?;
                    (timed(|| desk.send(&envelope).map(drop))?, bare)
                };
                if !warm {
                    strokes.push(Keystroke { length, ours, bare });
                }
            }
        }
    }
    Ok(strokes)
}

/// Names of every script in turn, as far as there are any.
fn drawn(goods: &[Good], names: usize) -> Vec<String> {
    let mut draw = Draw::new(20_260_302, 91);
    let mut of_scripts: Vec<Vec<&str>> = Vec::new();
    for (first, last) in SCRIPTS {
        let is_of = |good: &&Good| good.name.chars().any(|c| (first..=last).contains(&u32::from(c)));
        of_scripts.push(goods.iter().filter(is_of).map(|good| good.name.as_str()).collect());
    }
    of_scripts.retain(|names| !names.is_empty());
    (0..names).map(|at| (*draw.one(&of_scripts[at % of_scripts.len()])).to_owned()).collect()
}

fn timed(work: impl FnOnce() -> Result<(), String>) -> Result<u64, String> {
    let started = Instant::now();
    work()?;
    Ok(u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// The same words as a query: the last as a beginning unless something ends it.
fn query(typed: &str) -> Option<String> {
    let (words, open) = fold::words(typed);
    let last = words.len().checked_sub(1)?;
    let term =
        |(at, word): (usize, &String)| format!("\"{word}\"{}", if open && at == last { "*" } else { "" });
    Some(words.iter().enumerate().map(term).collect::<Vec<_>>().join(" AND "))
}

/// The file of the catalogue that counts: the one with the highest number, and of these the longest name is the highest.
pub fn catalog(data: &Path) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let mut files: Vec<(usize, PathBuf)> = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| error.to_string())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("catalog") && name.ends_with(".db") {
            files.push((name.len(), entry.path()));
        }
    }
    files.sort();
    Ok(files.pop().ok_or("there is no catalogue")?.1)
}

/// A program that knows nothing but the index.
struct Bare(Connection);

impl Bare {
    fn open(path: &Path) -> Result<Self, String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(path, flags).map(Self).map_err(|error| error.to_string())
    }

    fn find(&self, query: &str) -> Result<(), String> {
        let read = || -> rusqlite::Result<usize> {
            let mut statement = self.0.prepare_cached(
                "select p.product, p.name, p.unit, p.picture,
                        (select micros from price
                         where price.product = p.id and list = x'' and from_day <= 20500
                         order by from_day desc limit 1)
                 from search join product p on p.id = search.rowid & 1099511627775
                 where search match ?1 order by search.rowid limit ?2",
            )?;
            let mut rows = statement.query((query, PAGE))?;
            let mut bytes = 0;
            while let Some(row) = rows.next()? {
                bytes += row.get_ref(0)?.as_blob()?.len() + row.get_ref(1)?.as_str()?.len();
                bytes += usize::from(row.get::<_, Option<i64>>(4)?.is_some());
            }
            Ok(bytes)
        };
        read().map(drop).map_err(|error| error.to_string())
    }
}
