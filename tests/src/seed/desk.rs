//! A sign-on that calls a terminal as a screen would: envelopes in, answers out.

use domain::ids::{OperatorId, RequestId};
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use std::sync::Arc;
use terminal::{Caller, Door, Terminal};
use wire::envelope::{Envelope, Nothing};
use wire::operations::{Kind, find};
use wire::session::Session;
use wire::shop::Greeting;

/// A caller, and what it has asked so far.
pub struct Desk {
    terminal: Arc<Terminal>,
    caller: Arc<Caller>,
    requests: u128,
}

impl Desk {
    /// A desk nobody sits at. Two desks of one terminal need different `number`s: request ids come from it.
    pub fn new(terminal: &Arc<Terminal>, number: u32) -> Self {
        let requests = u128::from(number) << 64;
        Self { terminal: Arc::clone(terminal), caller: terminal.connect(Door::Script), requests }
    }

    /// The terminal that is called.
    pub fn terminal(&self) -> &Arc<Terminal> {
        &self.terminal
    }

    /// Who calls.
    pub fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }

    /// The envelope of the next call.
    ///
    /// # Errors
    /// When the request is not JSON.
    pub fn envelope(&mut self, operation: &str, request: &Value) -> Result<Envelope, String> {
        let is_command = find(operation).is_some_and(|known| known.kind == Kind::Command);
        let request_id = is_command.then(|| {
            self.requests += 1;
            RequestId(uuid::Uuid::from_u128(self.requests))
        });
        let payload = to_raw_value(request).map_err(|error| error.to_string())?;
        Ok(Envelope { request_id, operation: operation.to_owned(), payload, approval: None, screen: None })
    }

    /// Makes a call that was prepared.
    ///
    /// # Errors
    /// What the till refused.
    pub fn send(&self, envelope: &Envelope) -> Result<Box<RawValue>, String> {
        self.terminal.call(&self.caller, envelope).map_err(|body| format!("{}: {body}", envelope.operation))
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// What the till refused, or an answer of another form.
    pub fn call<A: DeserializeOwned>(&mut self, operation: &str, request: &Value) -> Result<A, String> {
        let envelope = self.envelope(operation, request)?;
        let answer = self.send(&envelope)?;
        serde_json::from_str(answer.get()).map_err(|error| format!("{operation}: {error}"))
    }

    /// The operators one can sign on as, by name.
    ///
    /// # Errors
    /// What the till refused.
    pub fn operators(&mut self) -> Result<Vec<(String, OperatorId)>, String> {
        let greeting: Greeting = self.call("shop.greeting", &json!(Nothing {}))?;
        Ok(greeting.operators.into_iter().map(|tile| (tile.name, tile.id)).collect())
    }

    /// Signs an operator on.
    ///
    /// # Errors
    /// When nobody has the name, or the PIN is wrong.
    pub fn sign_in(&mut self, name: &str, pin: &str) -> Result<OperatorId, String> {
        let known = self.operators()?.into_iter().find(|(known, _)| known == name);
        let (_, operator) = known.ok_or_else(|| format!("nobody is called {name}"))?;
        self.call::<Session>("session.sign_in", &json!({ "operator": operator, "pin": pin }))?;
        Ok(operator)
    }
}
