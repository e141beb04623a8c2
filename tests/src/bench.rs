//! Benches: what the till does through `terminal.call`, against a bare program that writes the same rows under the same
//! durability, turn by turn in one run. Times inform; ratios and counters judge.

mod backup;
mod bytes;
mod child;
pub mod figures;
mod files;
mod fsyncs;
mod history;
pub mod import;
pub mod instructions;
pub mod lines;
mod long_sale;
pub mod memory;
pub mod ours;
mod print;
pub mod program;
#[cfg(unix)]
mod pty;
mod quiet;
mod rebuild;
mod receipt;
mod record;
mod report;
mod search;
pub mod selling;
mod shift;
pub mod start;
pub mod till;
mod verify;
#[cfg(target_os = "linux")]
mod window;

use crate::seed::Plan;
use figures::Report;
use program::Programs;
use quiet::Quiet;
use std::time::Duration;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// The shop that sells.
    pub shop: Plan,
    /// The shop that starts.
    pub start_shop: Plan,
    /// Two shops that differ in their past only.
    pub short_past: Plan,
    /// The other one.
    pub long_past: Plan,
    /// The shop whose sales are all of one shift.
    pub shift: Plan,
    /// Rounds that count.
    pub rounds: usize,
    /// Sales of a round.
    pub sales: usize,
    /// Sales after which the bytes they took are counted.
    pub stored_sales: usize,
    /// Sales whose syncs are counted.
    pub counted_sales: usize,
    /// Sales whose instructions are counted.
    pub instruction_sales: usize,
    /// Products of the shops that are searched, the largest last.
    pub search_products: [usize; 3],
    /// Names that are typed into each.
    pub search_names: usize,
    /// Two shops that differ in their catalogue only.
    pub catalogues: [Plan; 2],
    /// Products that are imported.
    pub import_products: usize,
    /// Products of the shops whose till's memory is looked at.
    pub memory_products: [usize; 2],
    /// Sales of their day.
    pub memory_sales: usize,
    /// How long a row waits for a quiet machine.
    pub wait_longest: Duration,
}

impl Size {
    /// What tells something: a shop with a past, and more rounds than seven.
    pub const FULL: Self = Self {
        shop: Plan { products: 10_000, sales: 100_000, years: 3, seed: 1 },
        start_shop: Plan { products: 100_000, sales: 10_000, years: 1, seed: 1 },
        short_past: Plan { products: 10_000, sales: 10_000, years: 3, seed: 1 },
        long_past: Plan { products: 10_000, sales: 1_000_000, years: 3, seed: 1 },
        shift: Plan { products: 1_000, sales: 5_000, years: 1, seed: 1 },
        rounds: 9,
        sales: 300,
        stored_sales: 3_000,
        counted_sales: 60,
        instruction_sales: 7,
        search_products: [60, 100_000, 1_000_000],
        search_names: 1_000,
        catalogues: [
            Plan { products: 10_000, sales: 1_000, years: 1, seed: 1 },
            Plan { products: 818_233, sales: 1_000, years: 1, seed: 1 },
        ],
        import_products: 1_000_000,
        memory_products: [10_000, 1_000_000],
        memory_sales: 300,
        wait_longest: Duration::from_secs(150),
    };

    /// Enough to see that it works.
    pub const SMALL: Self = Self {
        shop: Plan { products: 200, sales: 100, years: 1, seed: 1 },
        start_shop: Plan { products: 200, sales: 100, years: 1, seed: 1 },
        short_past: Plan { products: 200, sales: 100, years: 1, seed: 1 },
        long_past: Plan { products: 200, sales: 1_000, years: 1, seed: 1 },
        shift: Plan { products: 200, sales: 100, years: 1, seed: 1 },
        rounds: 2,
        sales: 4,
        stored_sales: 40,
        counted_sales: 4,
        instruction_sales: 1,
        search_products: [60, 200, 400],
        search_names: 20,
        catalogues: [
            Plan { products: 200, sales: 100, years: 1, seed: 1 },
            Plan { products: 1_000, sales: 100, years: 1, seed: 1 },
        ],
        import_products: 3_000,
        memory_products: [200, 400],
        memory_sales: 10,
        wait_longest: Duration::ZERO,
    };

    fn wait(&self) -> Quiet {
        quiet::wait(self.wait_longest)
    }
}

/// The rows there are. Some are measured together.
pub const ROWS: [&str; 27] = [
    "sale.commit",
    "scan.line",
    "scan.line.500",
    "sale.history",
    "start.history",
    "sale.bytes",
    "start.first_scan",
    "backup",
    "sale.during_backup",
    "verify",
    "rebuild",
    "report.standard",
    "sale.during_reports",
    "shift.x",
    "shift.z",
    "search.prefix",
    "receipt.search",
    "import",
    "sale.during_import",
    "print.text",
    "print.dots",
    "print.first_byte",
    "scan.pty",
    "catalogue.size",
    "memory.core",
    "memory.window",
    "start.window",
];

/// Measures the rows asked for, or all.
///
/// # Errors
/// A row nobody knows; a program that fails. A missed goal is part of the report.
pub fn run(
    programs: &Programs,
    size: &Size,
    asked: &[String],
    told: &mut dyn FnMut(&str),
) -> Result<Report, String> {
    if let Some(unknown) = asked.iter().find(|row| !ROWS.contains(&row.as_str())) {
        return Err(format!("there is no row {unknown}; there are {}", ROWS.join(", ")));
    }
    std::fs::create_dir_all(&programs.work)
        .map_err(|error| format!("{}: {error}", programs.work.display()))?;
    let wanted = |row: &str| asked.is_empty() || asked.iter().any(|asked| asked == row);
    let mut rows = Vec::new();
    if wanted("sale.commit") || wanted("scan.line") {
        told("sale.commit, scan.line");
        let both = selling::measure(programs, size)?;
        rows.extend(both.into_iter().filter(|row| wanted(&row.name)));
    }
    if wanted("scan.line.500") {
        told("scan.line.500");
        rows.push(long_sale::measure(programs, size)?);
    }
    if wanted("sale.history") || wanted("start.history") {
        told("sale.history, start.history");
        let both = history::measure(programs, size)?;
        rows.extend(both.into_iter().filter(|row| wanted(&row.name)));
    }
    if wanted("sale.bytes") {
        told("sale.bytes");
        rows.push(bytes::measure(programs, size)?);
    }
    if wanted("start.first_scan") {
        told("start.first_scan");
        rows.push(start::measure(programs, size)?);
    }
    if wanted("backup") {
        told("backup");
        rows.push(backup::measure(programs, size)?);
    }
    if wanted("sale.during_backup") {
        told("sale.during_backup");
        rows.push(backup::measure_beside(programs, size)?);
    }
    if wanted("verify") {
        told("verify");
        rows.push(verify::measure(programs, size)?);
    }
    if wanted("rebuild") {
        told("rebuild");
        rows.push(rebuild::measure(programs, size)?);
    }
    if wanted("report.standard") {
        told("report.standard");
        rows.push(report::measure(programs, size)?);
    }
    if wanted("sale.during_reports") {
        told("sale.during_reports");
        rows.push(report::measure_beside(programs, size)?);
    }
    if wanted("shift.x") || wanted("shift.z") {
        told("shift.x, shift.z");
        let both = shift::measure(programs, size)?;
        rows.extend(both.into_iter().filter(|row| wanted(&row.name)));
    }
    if wanted("search.prefix") {
        told("search.prefix");
        rows.push(search::measure(programs, size)?);
    }
    if wanted("receipt.search") {
        told("receipt.search");
        rows.push(receipt::measure(programs, size)?);
    }
    if wanted("import") || wanted("sale.during_import") {
        told("import, sale.during_import");
        let both = import::measure(programs, size)?;
        rows.extend(both.into_iter().filter(|row| wanted(&row.name)));
    }
    if wanted("print.text") {
        told("print.text");
        rows.push(print::measure_text(size)?);
    }
    if wanted("print.dots") {
        told("print.dots");
        rows.push(print::measure_dots(size)?);
    }
    // Elsewhere there are no lines made of software.
    #[cfg(unix)]
    if wanted("print.first_byte") {
        told("print.first_byte");
        rows.push(pty::measure_first_byte(programs, size)?);
    }
    #[cfg(unix)]
    if wanted("scan.pty") {
        told("scan.pty");
        rows.push(pty::measure_scan(programs, size)?);
    }
    if wanted("catalogue.size") {
        told("catalogue.size");
        rows.push(lines::measure(programs, size)?);
    }
    if wanted("memory.core") {
        told("memory.core");
        rows.push(memory::measure(programs, size)?);
    }
    // Elsewhere there is no screen that can be looked at from outside.
    #[cfg(target_os = "linux")]
    if wanted("memory.window") {
        told("memory.window");
        rows.push(window::memory::measure(programs, size)?);
    }
    #[cfg(target_os = "linux")]
    if wanted("start.window") {
        told("start.window");
        rows.push(window::measure(programs, size)?);
    }
    Ok(Report { rows })
}
