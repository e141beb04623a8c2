//! Who calls: a window, a cookie or a script, with its sign-on and the order of its commands.

use crate::scanner::Lease;
use domain::ids::{OperatorId, SaleId};
use domain::people::{Grant, Grants, Permission, Role};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use wire::sale::{RefusedScan, ScanCount};

/// How a call came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// The till's own window.
    Window,
    /// HTTP.
    Http,
    /// A till script.
    Script,
}

impl Door {
    /// The word in facts and logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Http => "http",
            Self::Script => "script",
        }
    }
}

/// One who calls.
pub struct Caller {
    door: Door,
    sign_on: Mutex<Option<Arc<SignOn>>>,
    queue: Fifo,
    desk: Mutex<Desk>,
}

/// Who is signed on, with what they may do.
#[derive(Debug, Clone)]
pub(crate) struct SignOn {
    pub operator: OperatorId,
    pub name: String,
    pub role: Role,
    pub grants: Grants,
    /// Whether they are training.
    pub training: bool,
    /// The state of people and roles this was read at; read anew when they change.
    pub people_version: u64,
}

/// What the screen of a sign-on shows beside the open sale. Not kept over a restart: the sale itself is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Desk {
    pub completed: Option<SaleId>,
    pub refused_scan: Option<RefusedScan>,
    pub scans: ScanCount,
    pub lease: Lease,
}

impl Caller {
    pub(crate) fn new(door: Door) -> Self {
        Self { door, sign_on: Mutex::default(), queue: Fifo::default(), desk: Mutex::default() }
    }

    /// How they come in.
    pub const fn door(&self) -> Door {
        self.door
    }

    /// Who is signed on; nil when nobody is.
    pub fn operator(&self) -> OperatorId {
        self.lock_sign_on().as_ref().map_or(OperatorId::TERMINAL, |sign_on| sign_on.operator)
    }

    /// Whether somebody is signed on.
    pub fn is_signed_on(&self) -> bool {
        self.lock_sign_on().is_some()
    }

    /// Whether the operator signed on has a permission, as of the last call.
    pub fn may(&self, permission: Permission) -> bool {
        self.lock_sign_on().as_ref().is_some_and(|sign_on| sign_on.grants.has(permission))
    }

    /// How many commands have taken their place in the caller's queue so far.
    pub fn commands_asked(&self) -> u64 {
        self.queue.tickets.lock().unwrap_or_else(PoisonError::into_inner).next
    }

    pub(crate) fn sign_on(&self) -> Option<Arc<SignOn>> {
        self.lock_sign_on().clone()
    }

    pub(crate) fn set_sign_on(&self, sign_on: Option<Arc<SignOn>>) {
        let mut current = self.lock_sign_on();
        let other = current.as_ref().map(|old| old.operator) != sign_on.as_ref().map(|new| new.operator);
        *current = sign_on;
        drop(current);
        if other {
            // The next operator's screen does not begin with the last one's change.
            self.desk(|desk| {
                desk.completed = None;
                desk.refused_scan = None;
            });
        }
    }

    pub(crate) fn desk<T>(&self, job: impl FnOnce(&mut Desk) -> T) -> T {
        job(&mut self.desk.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the caller's earlier commands are done. Commands run in the order they came (invariant 13).
    pub(crate) fn take_turn(&self) -> Turn<'_> {
        self.queue.take_turn()
    }

    fn lock_sign_on(&self) -> MutexGuard<'_, Option<Arc<SignOn>>> {
        self.sign_on.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SignOn {
    pub(crate) fn grants_list(&self) -> Vec<Grant> {
        self.role.grants.clone()
    }
}

/// A first-in, first-out turnstile: a plain mutex may let a later thread overtake.
#[derive(Default)]
struct Fifo {
    tickets: Mutex<Tickets>,
    served: Condvar,
}

#[derive(Default)]
struct Tickets {
    next: u64,
    serving: u64,
}

/// A command's turn; the next begins when it is dropped.
pub(crate) struct Turn<'q>(&'q Fifo);

impl Fifo {
    fn take_turn(&self) -> Turn<'_> {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = tickets.next;
        tickets.next += 1;
        while tickets.serving != mine {
            tickets = self.served.wait(tickets).unwrap_or_else(PoisonError::into_inner);
        }
        Turn(self)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.tickets.lock().unwrap_or_else(PoisonError::into_inner).serving += 1;
        self.0.served.notify_all();
    }
}

/// Which sign-on the till's scanner belongs to: the window's, or the first to sign on where there is no window.
#[derive(Default)]
pub(crate) struct ScannerOwner(Mutex<Weak<Caller>>);

impl ScannerOwner {
    /// Makes the scanner this caller's.
    pub fn claim(&self, caller: &Arc<Caller>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(caller);
    }

    /// Who owns the scanner, if they still exist.
    pub fn owner(&self) -> Option<Arc<Caller>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
    }
}
