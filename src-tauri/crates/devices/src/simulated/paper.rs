//! What a simulated printer makes of its bytes: paper with text on it, cuts, pulses to the drawer, answers. It reads the
//! commands a till and its test clients send; data of a command is never taken for a command, except where a real
//! printer does so too: in real time, while it receives.

/// Something a printer did, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// A line of text, as far as it is ASCII; other characters are `?`.
    Text(String),
    /// A picture, so many dots wide and high.
    Picture {
        /// Dots.
        width: usize,
        /// Dots.
        height: usize,
    },
    /// A bar code or QR code.
    Code,
    /// The paper was cut.
    Cut,
    /// The drawer was opened on this connector: 0 for pin 2, 1 for pin 5.
    Kick(u8),
    /// Everything was set back.
    SetBack,
}

/// What a printer is to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// `GS ( H`: this number, once everything before it is printed.
    Process([u8; 4]),
    /// `GS r n`.
    InOrder(u8),
    /// `GS I n`.
    Identity(u8),
    /// `GS a n`: from now on, by itself.
    Automatic(u8),
}

/// A step of the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Done(Done),
    Asked(Asked),
}

/// Dots that a line of text takes, at 8 to the millimetre: 1/6 of an inch.
const LINE_DOTS: usize = 34;
/// A line is printed when it is full.
const COLUMNS: usize = 48;

/// The state between two bytes.
#[derive(Debug, Default)]
pub(super) struct Interpreter {
    /// The command that is being received.
    command: Vec<u8>,
    /// Data bytes of it that are still to come.
    awaited: usize,
    line: String,
    /// Dots of paper used so far.
    pub(super) dots: usize,
}

/// What is known of a command by its first bytes.
enum Head {
    /// More has to come before its length is known.
    Unfinished,
    /// So many bytes of data follow.
    Data(usize),
    /// Data follows up to a NUL.
    ToNul,
}

impl Interpreter {
    /// Takes a byte in its turn.
    pub(super) fn take(&mut self, byte: u8) -> Vec<Step> {
        if self.command.is_empty() {
            return self.plain(byte);
        }
        self.command.push(byte);
        self.awaited = self.awaited.saturating_sub(1);
        if self.awaited > 0 {
            return Vec::new();
        }
        match head(&self.command) {
            Head::Unfinished => Vec::new(),
            Head::Data(0) => self.finish(),
            Head::Data(count) => {
                self.awaited = count;
                Vec::new()
            }
            Head::ToNul if byte == 0 && self.command.len() > 3 => self.finish(),
            Head::ToNul => Vec::new(),
        }
    }

    fn plain(&mut self, byte: u8) -> Vec<Step> {
        match byte {
            0x10 | 0x1B | 0x1C | 0x1D => {
                self.command.push(byte);
                Vec::new()
            }
            b'\n' => self.end_line(),
            0..=0x1F | 0x7F => Vec::new(),
            _ => {
                let mut steps = Vec::new();
                if self.line.len() >= COLUMNS {
                    steps = self.end_line();
                }
                self.line.push(if byte.is_ascii() { char::from(byte) } else { '?' });
                steps
            }
        }
    }

    fn end_line(&mut self) -> Vec<Step> {
        self.dots += LINE_DOTS;
        vec![Step::Done(Done::Text(std::mem::take(&mut self.line)))]
    }

    fn finish(&mut self) -> Vec<Step> {
        let command = std::mem::take(&mut self.command);
        let mut steps = Vec::new();
        let mut done = |done| steps.push(Step::Done(done));
        match command.as_slice() {
            [0x1B, b'@'] => {
                // What was not printed yet is forgotten.
                self.line.clear();
                done(Done::SetBack);
            }
            [0x1B, b'p', connector, _, _] => done(Done::Kick(connector & 1)),
            [0x1B, b'd', lines] => self.dots += LINE_DOTS * usize::from(*lines),
            [0x1B, b'J', dots] => self.dots += usize::from(*dots) / 2,
            [0x1B, b'i' | b'm'] | [0x1D, b'V', ..] => done(Done::Cut),
            [0x1D, b'v', b'0', _, a, b, c, d, ..] => {
                let number = |low: u8, high: u8| usize::from(u16::from_le_bytes([low, high]));
                let (width, height) = (number(*a, *b) * 8, number(*c, *d));
                self.dots += height;
                done(Done::Picture { width, height });
            }
            [0x1B, b'*', ..] => done(Done::Picture { width: command.len() - 5, height: 24 }),
            [0x1D, b'k', ..] | [0x1D, b'(', b'k', _, _, _, 81, ..] => {
                self.dots += 5 * LINE_DOTS;
                done(Done::Code);
            }
            [0x1D, b'(', b'H', _, _, 48, 48, a, b, c, d] => {
                steps.push(Step::Asked(Asked::Process([*a, *b, *c, *d])));
            }
            [0x1D, b'r', n] => steps.push(Step::Asked(Asked::InOrder(*n))),
            [0x1D, b'I', n] => steps.push(Step::Asked(Asked::Identity(*n))),
            [0x1D, b'a', n] => steps.push(Step::Asked(Asked::Automatic(*n))),
            _ => {}
        }
        steps
    }
}

/// Where the commands of a job end that are more than a letter to print: so many bytes from its beginning.
pub fn command_ends(job: &[u8]) -> Vec<usize> {
    let mut interpreter = Interpreter::default();
    let mut ends = Vec::new();
    for (place, byte) in job.iter().enumerate() {
        let was_command = !interpreter.command.is_empty();
        interpreter.take(*byte);
        if was_command && interpreter.command.is_empty() {
            ends.push(place + 1);
        }
    }
    ends
}

/// How long a command is (Epson ESC/POS command reference). What is not listed is taken for two bytes long.
fn head(command: &[u8]) -> Head {
    let data = |low: u8, high: u8| usize::from(u16::from_le_bytes([low, high]));
    match command {
        // What was carried out while it was received is passed over in its turn.
        [0x10, 0x04 | 0x05] | [0x10, 0x14] => Head::Data(1),
        [0x10, 0x14, 1 | 2] => Head::Data(2),
        [0x10, 0x14, 3] => Head::Data(5),
        [0x10, 0x14, 7] => Head::Data(1),
        [0x10, 0x14, 8] => Head::Data(7),
        [0x10, 0x04, 7 | 8 | 18] => Head::Data(1),
        [0x1B, b'p'] => Head::Data(3),
        [0x1B, b'$' | b'\\' | b'c'] => Head::Data(2),
        [0x1B, b'W'] => Head::Data(8),
        [0x1B, b'D', ..] => Head::ToNul,
        [0x1B, b'*'] => Head::Data(3),
        [0x1B, b'*', mode, low, high] if command.len() == 5 => {
            Head::Data(data(*low, *high) * if *mode >= 32 { 3 } else { 1 })
        }
        [
            0x1B,
            b' ' | b'!' | b'-' | b'3' | b'=' | b'?' | b'E' | b'G' | b'J' | b'K' | b'M' | b'R' | b'T' | b'V'
            | b'a' | b'd' | b'e' | b'r' | b't' | b'u' | b'{',
        ] => Head::Data(1),
        [0x1C, b'!' | b'-' | b'C'] => Head::Data(1),
        [0x1C, b'S' | b'p'] => Head::Data(2),
        [0x1D, b'V'] => Head::Unfinished,
        [0x1D, b'V', 65 | 66 | 97 | 98 | 103 | 104] => Head::Data(1),
        [0x1D, b'!' | b'B' | b'H' | b'I' | b'T' | b'a' | b'b' | b'f' | b'h' | b'r' | b'w' | b'x' | b'E'] => {
            Head::Data(1)
        }
        [0x1D, b'$' | b'\\' | b'L' | b'P' | b'W'] => Head::Data(2),
        [0x1D, b'v'] => Head::Data(6),
        [0x1D, b'v', b'0', _, a, b, c, d] => Head::Data(data(*a, *b) * data(*c, *d)),
        [0x1D, b'k'] => Head::Unfinished,
        [0x1D, b'k', kind] if *kind >= 65 => Head::Unfinished,
        [0x1D, b'k', kind, count] if *kind >= 65 => Head::Data(usize::from(*count)),
        [0x1D, b'k', kind, ..] if *kind < 65 => Head::ToNul,
        [0x1C | 0x1D, b'('] => Head::Data(3),
        [0x1C | 0x1D, b'(', _, low, high] => Head::Data(data(*low, *high)),
        [_] => Head::Unfinished,
        _ => Head::Data(0),
    }
}
