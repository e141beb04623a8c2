//! A new PIN for somebody, where no PIN can be checked any more: the pepper is damaged or gone, and no backup has it.
//! Whoever does it has the till's files in hand, and nothing else is asked of them; while PINs can be checked it is
//! refused, so that it is no way around them.

use crate::error::Error;
use crate::record::{change, wanted};
use crate::{Terminal, start};
use database::error::DatabaseError;
use database::record::StoredRecord;
use database::{Durability, LedgerTx, Reader};
use domain::ids::OperatorId;
use domain::people::{Operator, PeopleError, check_pin};
use domain::product::Status;
use wire::record::Entity;

/// Why nobody got a new PIN.
#[derive(Debug, thiserror::Error)]
pub enum NewPinError {
    /// PINs can be checked.
    #[error("PINs can be checked; somebody who manages people gives new ones at the till")]
    NotLost,
    /// What the till said.
    #[error(transparent)]
    Till(#[from] Box<Error>),
}

impl From<Error> for NewPinError {
    fn from(error: Error) -> Self {
        Self::Till(Box::new(error))
    }
}

/// Gives the operator of this name a PIN, with a new pepper. The PINs of all others are lost; this one gives them new
/// ones. The fact says that the terminal itself did it.
///
/// # Errors
/// `NotLost`; `people.operator_unknown`, `people.pin_invalid`; what the disk answers. It may be done again then.
pub fn give(terminal: &Terminal, name: &str, pin: &str) -> Result<(), NewPinError> {
    if !terminal.pins.is_lost() {
        return Err(NewPinError::NotLost);
    }
    check_pin(pin).map_err(Error::from)?;
    let wanted_name = name.trim().to_lowercase();
    let operators = terminal.database.read(|reader: &Reader| reader.records(Entity::Operator));
    let mut found = None;
    for stored in operators.map_err(Error::from)? {
        let (id, operator) = (stored.id, stored.read::<Operator>().map_err(Error::from)?);
        if operator.status == Status::Active && operator.name.to_lowercase() == wanted_name {
            found = Some(id);
        }
    }
    let id = found.ok_or_else(|| Error::from(PeopleError::OperatorUnknown {}))?;
    let verifier = terminal.pins.verifier(pin, &terminal.surroundings.ids.salt());
    terminal.check_tail()?;
    terminal.database.write(Durability::Durable, terminal.now(), move |tx: &mut LedgerTx<'_>| {
        let stored = tx.record(Entity::Operator, id)?.map(StoredRecord::read::<Operator>).transpose()?;
        let current = stored.ok_or(PeopleError::OperatorUnknown {})?;
        let next = Operator { pin: Some(verifier), ..current.clone() };
        change(tx, OperatorId::TERMINAL, Entity::Operator, id, wanted(Some(&current), &next))
    })?;
    // Behind the fact: before it every PIN would be wrong, and nobody would say why.
    let dir = start::guard_dir(&terminal.guards, terminal.id);
    let kept = terminal.pins.keep(terminal.surroundings.disk.as_ref(), &dir);
    kept.map_err(|error| Error::from(DatabaseError::Directory(error)))?;
    Ok(())
}
