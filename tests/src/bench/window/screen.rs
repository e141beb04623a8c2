//! A screen that nobody sees: its memory is a file, so that what stands on it can be looked at from outside.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Anything on the screen that takes longer than this never comes.
pub const LIMIT: Duration = Duration::from_secs(60);

/// How often the screen is looked at while something is waited for. It draws sixty times a second.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// A screen on which nothing changes for so long rests.
const REST: Duration = Duration::from_millis(1_500);
/// Of a hundred places of a sight, so many have to be as they should; the rest may be a clock.
const ENOUGH_PERCENT: usize = 90;
/// Rows of the screen that are looked at for a sight, so that looking costs little.
const ROWS_MAX: usize = 48;
/// Places that make a sight at least.
const PLACES_MIN: usize = 200;
/// Places in the header of an X window dump that say what, in words of four bytes (`XWDFile.h`).
mod header {
    pub const SIZE: usize = 0;
    pub const WIDTH: usize = 4;
    pub const HEIGHT: usize = 5;
    pub const BITS_PER_PIXEL: usize = 11;
    pub const BYTES_PER_LINE: usize = 12;
    pub const COLOURS: usize = 19;
    pub const WORDS: usize = 25;
    pub const COLOUR_BYTES: u64 = 12;
}

/// The running screen.
pub struct Screen {
    server: Child,
    display: String,
    file: File,
    first_pixel: u64,
    width: usize,
    height: usize,
    _memory: TempDir,
}

/// Everything on a screen: colours by row, from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    colours: Vec<u32>,
}

/// Something that may stand on a screen: places by row, and the colours they have then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    name: &'static str,
    rows: Vec<(usize, Vec<(usize, u32)>)>,
}

impl Screen {
    /// Opens it.
    ///
    /// # Errors
    /// When Xvfb does not start, or keeps the screen in another form.
    pub fn open() -> Result<Self, String> {
        let place = Path::new("/dev/shm");
        // It must not wait for a disk.
        let memory = if place.is_dir() { TempDir::with_prefix_in("screen-", place) } else { TempDir::new() };
        let memory = memory.map_err(|error| format!("the memory of a screen: {error}"))?;
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-fbdir"])
            .arg(memory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb does not start: {error}"))?;
        let mut number = String::new();
        let said = server.stdout.take().ok_or("a screen without an output")?;
        BufReader::new(said).read_line(&mut number).map_err(|error| format!("Xvfb: {error}"))?;
        let display = format!(":{}", number.trim());
        let file =
            File::open(memory.path().join("Xvfb_screen0")).map_err(|error| format!("Xvfb: {error}"))?;
        let mut head = [0; header::WORDS * 4];
        file.read_exact_at(&mut head, 0).map_err(|error| format!("Xvfb: {error}"))?;
        let word = |index: usize| {
            let bytes = &head[index * 4..index * 4 + 4];
            u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
        };
        let (width, height) = (word(header::WIDTH), word(header::HEIGHT));
        if word(header::BITS_PER_PIXEL) != 32 || word(header::BYTES_PER_LINE) != width * 4 {
            return Err("Xvfb keeps its screen in another form".to_owned());
        }
        let first_pixel =
            u64::from(word(header::SIZE)) + u64::from(word(header::COLOURS)) * header::COLOUR_BYTES;
        let (width, height) = (width as usize, height as usize);
        Ok(Self { server, display, file, first_pixel, width, height, _memory: memory })
    }

    /// Gives a program this screen, and the environment of a bare system.
    pub fn lend(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display).env_remove("WAYLAND_DISPLAY");
        // The bus for screen readers is not there, and looking for it takes long.
        command.env("NO_AT_BRIDGE", "1");
    }

    /// Everything on it.
    ///
    /// # Errors
    /// When its memory cannot be read.
    pub fn picture(&self) -> Result<Picture, String> {
        let mut colours = Vec::with_capacity(self.width * self.height);
        for row in 0..self.height {
            colours.extend(self.row(row)?);
        }
        Ok(Picture { width: self.width, colours })
    }

    fn row(&self, row: usize) -> Result<Vec<u32>, String> {
        let mut bytes = vec![0; self.width * 4];
        let from = self.first_pixel + (row * bytes.len()) as u64;
        self.file.read_exact_at(&mut bytes, from).map_err(|error| format!("Xvfb: {error}"))?;
        // Blue first; the fourth byte means nothing.
        Ok(bytes.chunks_exact(4).map(|pixel| u32::from_le_bytes([pixel[0], pixel[1], pixel[2], 0])).collect())
    }

    /// Waits until nothing changes on it any more, and says what is on it.
    ///
    /// # Errors
    /// When it never rests.
    pub fn rested(&self) -> Result<Picture, String> {
        let started = Instant::now();
        let mut picture = self.picture()?;
        let mut since = Instant::now();
        while since.elapsed() < REST {
            if started.elapsed() > LIMIT {
                return Err("the screen never rests".to_owned());
            }
            pause(REST / 10);
            let now = self.picture()?;
            if now != picture {
                (picture, since) = (now, Instant::now());
            }
        }
        Ok(picture)
    }

    /// The sight of a screen that has one colour.
    pub fn filled(&self, colour: u32) -> Sight {
        let rows = evenly(&(0..self.height).collect::<Vec<_>>());
        let places: Vec<(usize, u32)> = (0..self.width).map(|column| (column, colour)).collect();
        Sight { name: "one colour", rows: rows.into_iter().map(|row| (row, places.clone())).collect() }
    }

    /// Waits until a sight is on it, and says when that was.
    ///
    /// # Errors
    /// When it never comes.
    pub fn await_sight(&self, sight: &Sight) -> Result<Instant, String> {
        let started = Instant::now();
        while started.elapsed() < LIMIT {
            if self.shows(sight)? {
                return Ok(Instant::now());
            }
            pause(LOOK_EVERY);
        }
        Err(format!("{} never came to the screen", sight.name))
    }

    fn shows(&self, sight: &Sight) -> Result<bool, String> {
        let (mut right, mut all) = (0, 0);
        for (row, places) in &sight.rows {
            let colours = self.row(*row)?;
            right += places.iter().filter(|(column, colour)| colours[*column] == *colour).count();
            all += places.len();
        }
        Ok(right * 100 >= all * ENOUGH_PERCENT)
    }

    /// Types or points on it.
    ///
    /// # Errors
    /// When `xdotool` does not find what it is told about.
    pub fn xdotool(&self, words: &[&str]) -> Result<(), String> {
        let mut command = Command::new("xdotool");
        self.lend(&mut command);
        let output = command.args(words).output().map_err(|error| format!("xdotool: {error}"))?;
        if output.status.success() {
            Ok(())
        } else {
            Err(format!("xdotool {words:?} ended with {}", output.status))
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nobody looks at it any more; if it has ended already there is nothing to do.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Sight {
    /// What `after` has and `before` had not. The most common colour of `after` is left out: an empty window may have it
    /// before its page does.
    ///
    /// # Errors
    /// When the pictures hardly differ.
    pub fn new(name: &'static str, before: &Picture, after: &Picture) -> Result<Self, String> {
        let background = after.most_common();
        let mut rows: BTreeMap<usize, Vec<(usize, u32)>> = BTreeMap::new();
        for (place, (was, is)) in before.colours.iter().zip(&after.colours).enumerate() {
            if was != is && *is != background {
                rows.entry(place / after.width).or_default().push((place % after.width, *is));
            }
        }
        let chosen = evenly(&rows.keys().copied().collect::<Vec<_>>());
        rows.retain(|row, _| chosen.contains(row));
        let places: usize = rows.values().map(Vec::len).sum();
        if places < PLACES_MIN {
            return Err(format!("{name} changes only {places} places of the screen"));
        }
        Ok(Self { name, rows: rows.into_iter().collect() })
    }
}

impl Picture {
    fn most_common(&self) -> u32 {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for colour in &self.colours {
            *counts.entry(*colour).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(colour, _)| colour)
    }
}

/// At most [`ROWS_MAX`] of some rows, from all over them.
fn evenly(rows: &[usize]) -> Vec<usize> {
    rows.iter().copied().step_by(rows.len().div_ceil(ROWS_MAX).max(1)).collect()
}

fn pause(time: Duration) {
    // A channel nobody sends on is a wait with a deadline.
    let (_silent, pause) = mpsc::channel::<()>();
    // It times out: its other end is open.
    let _ = pause.recv_timeout(time);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(colours: Vec<u32>) -> Picture {
        Picture { width: 100, colours }
    }

    #[test]
    fn a_sight_is_what_came_without_the_background() {
        let dark = picture(vec![0; 30_000]);
        let mut page = vec![7; 30_000];
        page[10_150..10_550].fill(9);
        let sight = Sight::new("a block", &dark, &picture(page)).unwrap();
        let places: Vec<(usize, usize)> =
            sight.rows.iter().map(|(row, places)| (*row, places.len())).collect();
        assert_eq!(places, [(101, 50), (102, 100), (103, 100), (104, 100), (105, 50)]);
        assert!(sight.rows.iter().flat_map(|(_, places)| places).all(|(_, colour)| *colour == 9));
    }

    #[test]
    fn pictures_that_hardly_differ_make_no_sight() {
        let mut page = vec![7; 30_000];
        page[..100].fill(9);
        let error = Sight::new("a dot", &picture(vec![0; 30_000]), &picture(page)).unwrap_err();
        assert_eq!(error, "a dot changes only 100 places of the screen");
    }

    #[test]
    fn rows_are_taken_from_all_over() {
        let rows = evenly(&(0..768).collect::<Vec<_>>());
        assert_eq!((rows.len(), rows[0], rows[47]), (48, 0, 752));
        assert_eq!(evenly(&[3, 5]), [3, 5]);
        assert_eq!(evenly(&[]), Vec::<usize>::new());
    }
}
