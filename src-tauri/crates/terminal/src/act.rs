//! What a command works with: who calls, what they may do, what time it is, and the one write door.

use crate::caller::Caller;
use crate::error::Error;
use crate::{Terminal, ask::Ask};
use database::{Durability, LedgerTx, Purpose, Reader};
use domain::ids::{OperatorId, RequestId};
use domain::people::Grants;
use domain::time::{BusinessDay, Moment};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use uuid::Uuid;
use wire::envelope::Topic;
use wire::fact::Origin;

/// One command at work.
pub struct Act<'t> {
    pub terminal: &'t Arc<Terminal>,
    pub caller: &'t Arc<Caller>,
    /// Who calls; nil before the sign-on.
    pub operator: OperatorId,
    pub grants: Grants,
    pub now: Moment,
    pub(crate) request: PendingRequest,
    pub(crate) origin: Origin,
    pub(crate) durability: Durability,
    /// Whether what it does counts nowhere.
    pub(crate) training: bool,
}

/// The call that is remembered with its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRequest {
    pub id: RequestId,
    pub caller: OperatorId,
    pub operation: &'static str,
    pub payload_hash: [u8; 32],
}

/// What a command did: small enough to be remembered under its request id, and enough to rebuild the answer from the
/// state it reached. The first answer and every later one come from [`Effect::answer`].
pub trait Effect: Serialize + DeserializeOwned + Send + 'static {
    /// What the client is told.
    type Answer: Serialize;

    /// Whether all that the functions with this effect do is their one transaction. It finds out by itself that the call
    /// was made before, and nobody has to look first, as all do who check a PIN or begin a file on the way.
    const TRANSACTION_ALONE: bool = false;

    /// What screens have to read again.
    fn topics(&self) -> &'static [Topic];

    /// Whether the answer is read from the catalogue, which follows the ledger.
    fn in_catalog(&self) -> bool {
        false
    }

    /// The answer, from the state as it is.
    fn answer(self, ask: &Ask<'_>) -> Result<Self::Answer, Error>;
}

impl Act<'_> {
    /// The business day it is.
    pub fn day(&self) -> BusinessDay {
        self.terminal.day_of(&self.now)
    }

    /// A new id.
    pub fn id(&self) -> Uuid {
        self.terminal.surroundings.ids.uuid(self.now.wall)
    }

    /// Reads beside the writer.
    pub fn read<T>(&self, job: impl FnOnce(&Reader) -> Result<T, Error>) -> Result<T, Error> {
        self.terminal.database.read(job)
    }

    /// The one transaction of the command: what `job` does and the memory of its request commit together.
    pub fn commit<E: Effect>(
        &self,
        job: impl FnOnce(&mut LedgerTx<'_>) -> Result<E, Error> + Send + 'static,
    ) -> Result<E, Error> {
        let request = self.request.clone();
        let origin = self.origin.clone();
        if self.durability == Durability::Durable {
            self.terminal.check_tail()?;
        }
        let purpose = if self.training { Purpose::Training } else { Purpose::Selling };
        self.terminal.database.write_for(purpose, self.durability, self.now, move |tx| {
            tx.comes_from(origin);
            let effect = job(tx)?;
            let done = database::request::DoneRequest {
                id: request.id,
                caller: request.caller,
                operation: request.operation.to_owned(),
                payload_hash: request.payload_hash,
                effect: serde_json::to_string(&effect).map_err(database::error::DatabaseError::from)?,
                at: tx.moment().wall,
            };
            if tx.remember_request(&done)? { Ok(effect) } else { Err(Error::Repeated) }
        })
    }
}
