//! A call on its way to its function: signed on? allowed? done already? The entrance sends it, the dispatcher names the
//! function.

use crate::Terminal;
use crate::act::{Act, Effect, PendingRequest};
use crate::ask::Ask;
use crate::caller::Caller;
use crate::error::{CallError, Error};
use crate::session;
use database::Durability;
use database::error::DatabaseError;
use database::request::DoneRequest;
use domain::ids::OperatorId;
use domain::people::{Grants, PeopleError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;
use wire::envelope::{Approval, Envelope};
use wire::fact::OpenReason;
use wire::fact::Origin;
use wire::operations::{InTraining, Need, Operation};

/// A call on its way to its function.
pub(crate) struct Entering<'c> {
    pub terminal: &'c Arc<Terminal>,
    pub caller: &'c Arc<Caller>,
    pub operation: &'static Operation,
    pub envelope: &'c Envelope,
}

impl<'c> Entering<'c> {
    /// Runs a query.
    pub fn query<R: DeserializeOwned, A: Serialize>(
        &self,
        function: fn(&Ask<'_>, R) -> Result<A, Error>,
    ) -> Result<Box<RawValue>, Error> {
        let (_, grants, _) = self.identify()?;
        self.permit(grants)?;
        let request = self.request()?;
        self.ask(|ask| function(ask, request))
    }

    /// Runs a command, or answers again with what it did the first time.
    pub fn command<R: DeserializeOwned, E: Effect>(
        &self,
        function: fn(&Act<'_>, R) -> Result<E, Error>,
    ) -> Result<Box<RawValue>, Error> {
        let (operator, grants, training) = self.identify()?;
        let id = self.envelope.request_id.ok_or_else(|| CallError::PayloadInvalid {
            problem: "a command needs a request_id".to_owned(),
        })?;
        let payload_hash =
            self.terminal.pins.request_hash(self.operation.name, self.envelope.payload.get().as_bytes());
        let request = PendingRequest { id, caller: operator, operation: self.operation.name, payload_hash };
        // An approval is not asked again for what was done with it.
        if (!E::TRANSACTION_ALONE || self.envelope.approval.is_some())
            && let Some(done) = self.done(&request)?
        {
            return self.answer_again::<E>(&done);
        }
        let grants = match self.permit(grants) {
            Ok(grants) => grants,
            // What was done was allowed then; a page that reloaded does not have the approval's PIN any more.
            Err(error) => match self.done(&request)? {
                Some(done) => return self.answer_again::<E>(&done),
                None => return Err(error),
            },
        };
        let training = training && self.trains(operator)?;
        let origin = Origin {
            operation: self.operation.name.to_owned(),
            door: self.caller.door().word().to_owned(),
            screen: self.envelope.screen.as_deref().map(screen_name),
            approver: grants.approver(),
        };
        let act = Act {
            origin,
            terminal: self.terminal,
            caller: self.caller,
            operator,
            grants,
            now: self.terminal.now(),
            durability: if self.operation.draft { Durability::Draft } else { Durability::Durable },
            training,
            request: request.clone(),
        };
        let mut done = function(&act, self.request()?);
        if let Err(Error::Database(DatabaseError::Full)) = done
            && self.make_room()
        {
            // Nothing of it was saved, or all of it: then the memory of its request says so.
            done = function(&act, self.request()?);
        }
        let effect = match done {
            Ok(effect) => effect,
            // The same request through another door may have been faster: then this is its second call, whatever the
            // rules said to it meanwhile.
            Err(error) => match self.done(&request)? {
                Some(done) => return self.answer_again::<E>(&done),
                None => {
                    if matches!(error, Error::Database(DatabaseError::HeadLost)) {
                        self.terminal.reincarnate(OpenReason::RolledBack)?;
                    }
                    return Err(error);
                }
            },
        };
        // The drawer opens while the answer is made.
        self.terminal.wake.all();
        if effect.in_catalog() {
            self.terminal.database.apply_catalog()?;
        }
        let topics = effect.topics();
        let answer = self.ask(|ask| effect.answer(ask));
        self.terminal.announce(topics);
        answer
    }

    /// Who calls: the operator signed on, or nobody where nobody is needed; and whether they are training.
    fn identify(&self) -> Result<(OperatorId, Grants, bool), Error> {
        match session::signed_on(self.terminal, self.caller)? {
            Some(sign_on) => Ok((sign_on.operator, sign_on.grants.clone(), sign_on.training)),
            None if self.operation.need == Need::Nobody => {
                Ok((OperatorId::TERMINAL, Grants::default(), false))
            }
            None => Err(PeopleError::NotSignedOn {}.into()),
        }
    }

    /// Whether this command of somebody who is training is one of training. A real sale that is open still, because their
    /// role began to train meanwhile, is finished as what it is.
    fn trains(&self, operator: OperatorId) -> Result<bool, Error> {
        let real = self.terminal.database.read(|reader| reader.open_sale_of(operator))?;
        if real.is_some_and(|open| !open.training && open.lines_active > 0) {
            return Ok(false);
        }
        match self.operation.in_training() {
            InTraining::Trains => Ok(true),
            InTraining::Counts => Ok(false),
            InTraining::Refused => Err(PeopleError::InTraining {}.into()),
        }
    }

    /// What they may do, if they may call this at all: by their own grants, or by somebody's approval of this one call.
    fn permit(&self, mut grants: Grants) -> Result<Grants, Error> {
        if let Some(approval) = &self.envelope.approval {
            let approver = match approval {
                Approval::Pin { operator, pin } => session::verify(self.terminal, *operator, pin)?,
                Approval::Badge { badge } => session::verify_badge(self.terminal, badge)?,
            };
            grants = grants.with_approval(approver.operator, &approver.role);
        }
        match self.operation.need {
            Need::Nobody | Need::SignedOn => {}
            Need::Permission(permission) => grants.require(permission)?,
        }
        Ok(grants)
    }

    /// Gives up what is kept for a full disk. Whether that made room.
    fn make_room(&self) -> bool {
        let given_up = self.terminal.reserve.give_up(self.terminal.surroundings.disk.as_ref());
        given_up.unwrap_or_else(|error| {
            tracing::error!(%error, "the reserve could not be given up");
            false
        })
    }

    /// What was done under the request's id, if it was the same request.
    fn done(&self, request: &PendingRequest) -> Result<Option<DoneRequest>, Error> {
        let Some(done) = self.terminal.database.read(|reader| reader.request(request.id))? else {
            return Ok(None);
        };
        let same = done.operation == request.operation
            && done.payload_hash == request.payload_hash
            && done.caller == request.caller;
        if same { Ok(Some(done)) } else { Err(CallError::RequestIdReused {}.into()) }
    }

    fn answer_again<E: Effect>(&self, done: &DoneRequest) -> Result<Box<RawValue>, Error> {
        let effect: E = serde_json::from_str(&done.effect).map_err(DatabaseError::from)?;
        tracing::info!(operation = self.operation.name, "answered again");
        self.ask(|ask| effect.answer(ask))
    }

    fn ask<A: Serialize>(
        &self,
        question: impl FnOnce(&Ask<'_>) -> Result<A, Error>,
    ) -> Result<Box<RawValue>, Error> {
        self.terminal.database.read(|reader| {
            let ask = Ask { terminal: self.terminal, caller: self.caller, reader, now: self.terminal.now() };
            let answer = question(&ask)?;
            Ok(to_raw_value(&answer).map_err(DatabaseError::from)?)
        })
    }

    fn request<R: DeserializeOwned>(&self) -> Result<R, Error> {
        serde_json::from_str(self.envelope.payload.get())
            .map_err(|error| CallError::PayloadInvalid { problem: error.to_string() }.into())
    }
}

/// Characters of a screen's name that are kept.
const SCREEN_NAME_MAX: usize = 32;

/// The name of a screen as it is kept with a fact: a client could send anything.
fn screen_name(name: &str) -> String {
    let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    name.chars().filter(allowed).take(SCREEN_NAME_MAX).collect()
}
