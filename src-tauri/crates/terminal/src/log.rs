//! The till's log: `log/till.log` in the data directory, the same from the window and from `headless`, beside what each
//! shows on standard error. A line has a time, a level and what happened; a failure's line has the reference that the
//! cashier reads out. No line carries a payload, a PIN or a person's name: logs are copied, mailed and kept.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing::Subscriber;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry, fmt};

/// Bytes after which the next line begins a new file.
const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;
/// Files before the current one that are kept: together some weeks of a busy till.
const OLD_FILES_MAX: u32 = 7;
/// Lines that a search hands out at most.
pub(crate) const FOUND_LINES_MAX: usize = 20;

/// Starts the log of this process: into the file from `info` on, on standard error from `on_stderr` on. A place that
/// cannot be written leaves standard error alone.
pub fn start(data_dir: &Path, on_stderr: LevelFilter) {
    let (file, failed) = match LogFile::open(data_dir) {
        Ok(file) => (Some(file), None),
        Err(error) => (None, Some(error)),
    };
    let shown = fmt::layer().with_writer(io::stderr).with_filter(on_stderr);
    if tracing::subscriber::set_global_default(Registry::default().with(shown).with(file.map(layer))).is_err()
    {
        tracing::warn!("the log was started already");
        return;
    }
    log_panics();
    if let Some(error) = failed {
        tracing::warn!(%error, "there is no log file");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "started");
}

/// What writes the log of a data directory and nothing else: for tests that read what stands in it.
///
/// # Errors
/// When the file cannot be made.
pub fn file_alone(data_dir: &Path) -> io::Result<impl Subscriber + Send + Sync> {
    Ok(Registry::default().with(layer(LogFile::open(data_dir)?)))
}

fn layer<S>(file: LogFile) -> impl Layer<S>
where
    S: Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    fmt::layer().with_ansi(false).with_writer(Mutex::new(file)).with_filter(LevelFilter::INFO)
}

/// A panic's place goes into the log as well; its message may quote what was worked on, and stays on standard error.
fn log_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let thread = std::thread::current().name().unwrap_or("unnamed").to_owned();
        tracing::error!(place, thread, "a panic");
        before(panic);
    }));
}

/// The files of the log that are there, the newest first.
pub(crate) fn files(data_dir: &Path) -> Vec<PathBuf> {
    let dir = data_dir.join("log");
    std::iter::once(current(&dir))
        .chain((1..=OLD_FILES_MAX).map(|age| old(&dir, age)))
        .filter(|path| path.is_file())
        .collect()
}

/// The lines that hold `words`, the newest file first.
pub(crate) fn find(data_dir: &Path, words: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for path in files(data_dir) {
        let bytes = fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes);
        found.extend(text.lines().filter(|line| line.contains(words)).map(str::to_owned));
        if found.len() >= FOUND_LINES_MAX {
            found.truncate(FOUND_LINES_MAX);
            break;
        }
    }
    Ok(found)
}

fn current(dir: &Path) -> PathBuf {
    dir.join("till.log")
}

fn old(dir: &Path, age: u32) -> PathBuf {
    dir.join(format!("till.log.{age}"))
}

/// The file that is written. Rotated here and not by a crate: those that rotate by size panic when a directory or a name
/// is not as they left it, and a log must never be why a sale fails.
struct LogFile {
    dir: PathBuf,
    file: File,
    length: u64,
}

impl LogFile {
    fn open(data_dir: &Path) -> io::Result<Self> {
        let dir = data_dir.join("log");
        fs::create_dir_all(&dir)?;
        let file = append_to(&current(&dir))?;
        let length = file.metadata()?.len();
        Ok(Self { dir, file, length })
    }

    /// Gives every file the name of the next older one. The oldest is overwritten.
    fn rotate(&mut self) -> io::Result<()> {
        for age in (1..OLD_FILES_MAX).rev() {
            let path = old(&self.dir, age);
            if path.is_file() {
                fs::rename(path, old(&self.dir, age + 1))?;
            }
        }
        fs::rename(current(&self.dir), old(&self.dir, 1))?;
        self.file = append_to(&current(&self.dir))?;
        self.length = 0;
        Ok(())
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.length >= FILE_BYTES_MAX && self.rotate().is_err() {
            // Better a long file than lost lines; who would be told is this log. It is tried again after as many bytes.
            self.length = 0;
        }
        let written = self.file.write(line)?;
        self.length += u64::try_from(written).unwrap_or(u64::MAX);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Only the till's own user reads its log.
fn append_to(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_file_makes_room_and_the_oldest_goes() {
        let data = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(data.path()).unwrap();
        for round in 0..OLD_FILES_MAX + 3 {
            log.length = FILE_BYTES_MAX;
            log.write_all(format!("round {round}\n").as_bytes()).unwrap();
        }
        let kept = files(data.path());
        assert_eq!(kept.len(), 8, "{kept:?}");
        let first_lines: Vec<_> = kept.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let expected: Vec<_> = (2..OLD_FILES_MAX + 3).rev().map(|round| format!("round {round}\n")).collect();
        assert_eq!(first_lines, expected);
    }

    #[test]
    fn a_log_goes_on_where_it_was() {
        let data = tempfile::tempdir().unwrap();
        LogFile::open(data.path()).unwrap().write_all(b"yesterday\n").unwrap();
        let mut log = LogFile::open(data.path()).unwrap();
        assert_eq!(log.length, 10);
        log.write_all(b"today\n").unwrap();
        assert_eq!(find(data.path(), "day").unwrap(), ["yesterday", "today"]);
    }

    #[test]
    fn a_line_says_when_how_bad_and_what() {
        let data = tempfile::tempdir().unwrap();
        tracing::subscriber::with_default(file_alone(data.path()).unwrap(), || {
            tracing::error!(reference = "AB12-CD34", "fault");
            tracing::debug!(reference = "AB12-CD34", "too much for the file");
        });
        let found = find(data.path(), "AB12-CD34").unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with("20") && found[0].contains("ERROR") && found[0].contains("fault"),
            "{found:?}"
        );
    }
}
