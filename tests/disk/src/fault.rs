//! How a disk fails while its till runs.

/// A disk that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The number of the operation at which it begins.
    pub at: u64,
    /// What happens then.
    pub kind: FaultKind,
}

/// What a failing disk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no room: whatever makes a file or lets one grow fails, until the disk is mended.
    Full,
    /// One operation fails.
    Once,
    /// Every operation fails and nothing can be read, until the disk is mended.
    Dead,
    /// One write stops in the middle, because there is no more room.
    Short,
}

impl FaultKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Full, Self::Once, Self::Dead, Self::Short];
}

/// Why an operation did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// There is no room.
    Full,
    /// The disk does not do it.
    Broken,
    /// There is no such file.
    Missing,
}

/// What an operation asks of the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// To write over bytes that are there, to make a name go.
    Nothing,
    /// For room.
    Room,
    /// For what was written to be durable.
    Sync,
}

/// What becomes of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It happens.
    Happens,
    /// It fails.
    Fails(Failure),
    /// The first half of it is written, and then it fails.
    Half,
}

/// The fault of a disk, as far as it has come.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    armed: Option<Fault>,
    /// Whether it has happened: one that happens once is over then.
    struck: bool,
}

impl Faults {
    pub fn arm(fault: Option<Fault>) -> Self {
        Self { armed: fault, struck: false }
    }

    pub fn has_struck(&self) -> bool {
        self.struck
    }

    /// What becomes of the operation of this number.
    pub fn fate(&mut self, number: u64, asks: Asks, is_write: bool) -> Fate {
        let Some(fault) = self.armed.filter(|fault| number >= fault.at) else { return Fate::Happens };
        let fate = match fault.kind {
            FaultKind::Full if asks == Asks::Room => Fate::Fails(Failure::Full),
            FaultKind::Once if !self.struck => Fate::Fails(Failure::Broken),
            FaultKind::Dead => Fate::Fails(Failure::Broken),
            FaultKind::Short if !self.struck && is_write => Fate::Half,
            FaultKind::Full | FaultKind::Once | FaultKind::Short => Fate::Happens,
        };
        self.struck |= fate != Fate::Happens;
        fate
    }

    /// Whether nothing can be read: the disk died at an operation that has been tried.
    pub fn is_dead(&self) -> bool {
        self.struck && self.armed.is_some_and(|fault| fault.kind == FaultKind::Dead)
    }
}
