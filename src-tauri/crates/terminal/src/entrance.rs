//! The one entrance: whatever the door, the same envelope, the same checks, the same answer.

use crate::Terminal;
use crate::call::Entering;
use crate::caller::Caller;
use crate::dispatch::dispatch;
use crate::error::{CallError, Error};
use crate::fault::Place;
use serde_json::value::RawValue;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;
use wire::envelope::Envelope;
use wire::error::ErrorBody;
use wire::operations::{Kind, find};

/// Characters of a request at most: everything larger goes through the blob door.
const PAYLOAD_LENGTH_MAX: usize = 256 * 1024;

impl Terminal {
    /// Does what an envelope asks for. Blocks until it is done, and for a command until the caller's earlier ones are.
    ///
    /// # Errors
    /// The body of the refusal, fault or bug; nothing of the call happened.
    pub fn call(
        self: &Arc<Self>,
        caller: &Arc<Caller>,
        envelope: &Envelope,
    ) -> Result<Box<RawValue>, ErrorBody> {
        let started = Instant::now();
        // A mistake in one operation does not stop the till: its transaction has rolled back.
        let result = catch_unwind(AssertUnwindSafe(|| self.enter(caller, envelope)))
            .unwrap_or_else(|_| Err(CallError::Bug {}.into()));
        let result = result.map_err(|error| error.body(&self.surroundings));
        // What is not in the list is a client's own text, which no log should carry.
        let operation = find(&envelope.operation);
        let name = operation.map_or("unknown", |operation| operation.name);
        let (door, duration_us) = (caller.door().word(), started.elapsed().as_micros());
        match &result {
            Ok(_) if operation.is_some_and(|operation| operation.kind == Kind::Query) => {
                tracing::debug!(operation = name, door, duration_us, outcome = "ok");
            }
            Ok(_) => tracing::info!(operation = name, door, duration_us, outcome = "ok"),
            Err(body) => {
                let (outcome, reference) = (body.code.text(), body.reference.as_str());
                tracing::info!(operation = name, door, duration_us, outcome, reference);
                self.note_malformed(body);
                self.note_refusal(operation, body, caller);
                self.note_fault(body, Place::Operation(name), Some(caller));
            }
        }
        result
    }

    fn enter(self: &Arc<Self>, caller: &Arc<Caller>, envelope: &Envelope) -> Result<Box<RawValue>, Error> {
        let operation = find(&envelope.operation)
            .ok_or_else(|| CallError::OperationUnknown { operation: envelope.operation.clone() })?;
        if envelope.payload.get().len() > PAYLOAD_LENGTH_MAX {
            let problem = format!("it is longer than {PAYLOAD_LENGTH_MAX} bytes");
            return Err(CallError::PayloadInvalid { problem }.into());
        }
        let entering = Entering { terminal: self, caller, operation, envelope };
        match operation.kind {
            Kind::Query => dispatch(&entering),
            Kind::Command => {
                let _turn = caller.take_turn();
                dispatch(&entering)
            }
        }
    }
}
