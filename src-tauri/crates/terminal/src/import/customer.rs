//! A row of customers: whom it is about, what it says of them, and what is wrong with it.

use super::cell;
use super::pass::{Becomes, Made, Meeting, Met, Pass, RowCells};
use crate::error::Error;
use crate::spreadsheet::unmarked;
use domain::customer::{Customer, LONG_TEXT_MAX, TEXT_MAX};
use domain::ids::CustomerId;
use domain::product::Status;
use uuid::Uuid;
use wire::import::{ImportField, ImportProblemKind};
use wire::record::{Entity, changes, fields};

/// What a pass knows of customers.
pub struct Customers<'p> {
    pass: &'p Pass<'p>,
    numbers: Met,
    ids: Met,
}

impl<'p> Customers<'p> {
    /// Nobody was met yet.
    pub fn new(pass: &'p Pass<'p>) -> Self {
        Self { pass, numbers: Met::new(), ids: Met::new() }
    }

    /// Takes a row.
    pub fn row(&mut self, cells: &RowCells<'_>, made: &mut Made) -> Result<Becomes, Error> {
        let errors = made.counts.errors;
        let mut text = |field, max| {
            let text = unmarked(cells.get(field));
            if text.chars().count() > max {
                made.problem(cells, Some(field), ImportProblemKind::TextTooLong, None);
            }
            Some(text.to_owned()).filter(|text| !text.is_empty())
        };
        let name = text(ImportField::Name, TEXT_MAX);
        let said = Customer {
            number: text(ImportField::Number, TEXT_MAX),
            name: name.clone().unwrap_or_default(),
            email: text(ImportField::Email, TEXT_MAX),
            phone: text(ImportField::Phone, TEXT_MAX),
            address: text(ImportField::Address, LONG_TEXT_MAX),
            note: text(ImportField::Note, LONG_TEXT_MAX),
            price_list: None,
            status: match cells.get(ImportField::Status) {
                "" => Status::Active,
                word => cell::status(word).unwrap_or_else(|| {
                    made.problem(cells, Some(ImportField::Status), ImportProblemKind::StatusUnknown, None);
                    Status::Active
                }),
            },
        };
        let mut known = None;
        match cells.get(ImportField::Id) {
            "" => {}
            id => match Uuid::try_parse(id) {
                // An id of another shop is none here.
                Ok(id) => known = self.pass.reader.customer(CustomerId(id))?.map(|stored| stored.id),
                Err(_) => {
                    made.problem(cells, Some(ImportField::Id), ImportProblemKind::IdInvalid, None);
                }
            },
        }
        let named = known;
        if let Some(number) = &said.number {
            if let Meeting::Same(other) | Meeting::Alike(other) = self.numbers.meet(number, number, cells.row)
            {
                made.problem(cells, Some(ImportField::Number), ImportProblemKind::DoubleInFile, Some(other));
            }
            let with_number = self.pass.reader.customer_with_number(number)?;
            if let (Some(named), Some(other)) = (named, with_number)
                && named != other
            {
                made.problem(cells, Some(ImportField::Number), ImportProblemKind::NumberTaken, None);
            }
            known = known.or(with_number);
        }
        if let Some(named) = named
            && let Meeting::Same(other) | Meeting::Alike(other) =
                self.ids.meet(&named.0.to_string(), "", cells.row)
        {
            made.problem(cells, Some(ImportField::Id), ImportProblemKind::DoubleInFile, Some(other));
        }
        if known.is_none() && name.is_none() {
            made.problem(cells, Some(ImportField::Name), ImportProblemKind::NameMissing, None);
        }
        if made.counts.errors > errors {
            return Ok(Becomes::Skipped);
        }
        let stored = match known {
            Some(id) => self.pass.reader.customer(id)?,
            None => None,
        };
        let Some(stored) = stored else {
            made.text.made_record(Entity::Customer, &fields(&said), || self.pass.salt());
            return Ok(Becomes::Created);
        };
        let mut after = stored.customer.clone();
        if let Some(name) = name {
            after.name = name;
        }
        after.number = said.number.or(after.number);
        after.email = said.email.or(after.email);
        after.phone = said.phone.or(after.phone);
        after.address = said.address.or(after.address);
        after.note = said.note.or(after.note);
        after.status = said.status;
        let changed = changes(Some(&stored.customer), &after);
        if changed.is_empty() {
            return Ok(Becomes::Unchanged);
        }
        made.text
            .changed_record(Entity::Customer, stored.id.0, stored.version, &changed, || self.pass.salt());
        Ok(Becomes::Updated)
    }
}
