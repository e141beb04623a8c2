//! Change-sets: many record changes in one file, named by its content. An import is one fact that names such a file, and
//! its undo another. `docs/ledger-format.md` describes the bytes; they are as permanent as the ledger's.
//!
//! A set is lines of JSON: a head, then sections, each with the names of its fields once, and under them a row for each
//! record. Personal values stand in a row as commitments; the values themselves are lines of a second file
//! ([`PersonalLine`]), where they can be erased.

use crate::fact::header::{Salt, payload_hash};
use crate::record::{Detached, Entity, FieldValue, Fields, RecordChanged, hex};
use domain::registrar::FieldChange;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// What stands first in every set.
pub const FORMAT: &str = "tillkeeper changes";
/// The version of the format.
pub const VERSION: u32 = 1;
/// Rows of a set at most: their numbers fit the part of the first id that is left empty for them.
pub const ROWS_MAX: u64 = 1 << 32;

/// Why a set cannot be read. Where, and not what: a row may hold what a person typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the change-set cannot be read: {problem}")]
pub struct SetError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub problem: String,
}

/// The first line of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetHead {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// The id of the first record that the set makes; those of the others are counted on from it. Its last 32 bits are 0.
    pub base: Uuid,
}

impl SetHead {
    /// The head of a set whose records get ids from `base` on; its last 32 bits make room for their numbers.
    pub fn new(base: Uuid) -> Self {
        let base = Uuid::from_u128(base.as_u128() & !u128::from(u32::MAX));
        Self { format: FORMAT.to_owned(), version: VERSION, base }
    }
}

/// What the rows behind it are about: records of one kind, and which fields, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Of which kind the records are.
    pub entity: Entity,
    /// What became of them.
    #[serde(flatten)]
    pub rows: RowForm,
    /// Fields that are the same in every row: the new value, or of a change old and new.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub same: Fields,
}

/// The form of a section's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowForm {
    /// New records: a row is a list of the values of these fields. What is null is as if nothing were said of it.
    Made(Vec<String>),
    /// Records that were there: a row is the id, the version that was changed, then for each of these fields the old and
    /// the new value. An id is a text, or a number to count on from `base`.
    Changed(Vec<String>),
}

impl Section {
    /// New records with these fields in each row.
    pub fn made(entity: Entity, fields: &[&str], same: Fields) -> Self {
        Self { entity, rows: RowForm::Made(fields.iter().map(|field| (*field).to_owned()).collect()), same }
    }

    /// Changed records with these fields in each row.
    pub fn changed(entity: Entity, fields: Vec<String>) -> Self {
        Self { entity, rows: RowForm::Changed(fields), same: Fields::new() }
    }
}

/// Writes a set into a buffer, line by line; whoever owns the buffer takes it away as it grows.
#[derive(Debug)]
pub struct SetText {
    /// What was written and not yet taken away: whole lines.
    pub text: Vec<u8>,
    /// Lines of personal values, of the second file.
    pub personal: Vec<u8>,
    section: Option<Section>,
    base: Uuid,
    made: u64,
    rows: u64,
}

impl SetText {
    /// A set whose new records get ids from `base` on.
    pub fn new(base: Uuid) -> Self {
        let head = SetHead::new(base);
        let mut set =
            Self { text: Vec::new(), personal: Vec::new(), section: None, base: head.base, made: 0, rows: 0 };
        set.line(&head);
        set
    }

    /// Rows so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The id that the next new record gets.
    pub fn next_id(&self) -> Uuid {
        id_of(self.base, self.made)
    }

    /// Begins a section, unless the rows so far are of the same one.
    pub fn section(&mut self, section: Section) {
        self.section_of(&section);
    }

    /// As [`SetText::section`], for one that is told again before each row.
    pub fn section_of(&mut self, section: &Section) {
        if self.section.as_ref() != Some(section) {
            self.line(section);
            self.section = Some(section.clone());
        }
    }

    /// Adds a new record: the values of the section's fields, as a tuple or list. Returns its id.
    pub fn made<T: Serialize>(&mut self, values: &T) -> Uuid {
        let id = self.next_id();
        self.line(values);
        self.made += 1;
        self.rows += 1;
        id
    }

    /// Adds a new record of any kind with all its fields, in a section with the names of those that are not null; personal
    /// values are committed to. Returns its id.
    pub fn made_record(&mut self, entity: Entity, fields: &Fields, salt: impl FnMut() -> Salt) -> Uuid {
        let said: Vec<(&String, &Value)> = fields.iter().filter(|(_, value)| !value.is_null()).collect();
        let names: Vec<&str> = said.iter().map(|(name, _)| name.as_str()).collect();
        self.section(Section::made(entity, &names, Fields::new()));
        let mut salt = salt;
        let values: Vec<Value> =
            said.iter().map(|(name, value)| self.committed(entity, name, value, true, &mut salt)).collect();
        self.made(&values)
    }

    /// Adds a changed record, in a section with the names of the fields that changed; personal values are committed to.
    pub fn changed_record(
        &mut self,
        entity: Entity,
        id: Uuid,
        base_version: u64,
        changes: &BTreeMap<String, FieldChange<Value>>,
        mut salt: impl FnMut() -> Salt,
    ) {
        self.section(Section::changed(entity, changes.keys().cloned().collect()));
        let mut row = vec![self.short_id(id), base_version.into()];
        for (field, change) in changes {
            row.push(self.committed(entity, field, &change.old, false, &mut salt));
            row.push(self.committed(entity, field, &change.new, true, &mut salt));
        }
        self.line(&row);
        self.rows += 1;
    }

    fn short_id(&self, id: Uuid) -> Value {
        match id.as_u128().checked_sub(self.base.as_u128()).map(u32::try_from) {
            Some(Ok(number)) => number.into(),
            _ => id.to_string().into(),
        }
    }

    /// A value as it stands in a row: a personal one as its commitment, with the value beside.
    fn committed(
        &mut self,
        entity: Entity,
        field: &str,
        value: &Value,
        keep: bool,
        salt: &mut impl FnMut() -> Salt,
    ) -> Value {
        if value.is_null() || !entity.personal_fields().contains(&field) {
            return value.clone();
        }
        let salt = salt();
        let text = value.to_string();
        let commitment = hex(&payload_hash(&salt, text.as_bytes()));
        if keep {
            let value = RawValue::from_string(text).expect("a value's own text is JSON");
            let line = PersonalLine(self.rows, field.to_owned(), Uuid::from_bytes(salt), value);
            serde_json::to_writer(&mut self.personal, &line).expect("it is made of strings and integers");
            self.personal.push(b'\n');
        }
        serde_json::json!({ "commitment": commitment })
    }

    fn line(&mut self, line: &impl Serialize) {
        serde_json::to_writer(&mut self.text, line).expect("rows are made of strings, integers and lists");
        self.text.push(b'\n');
    }
}

/// A line of the second file: the row it belongs to (from 0), the field, the salt of the commitment (32 hexadecimal
/// digits), and the value; null once it was erased.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonalLine(
    pub u64,
    pub String,
    #[serde(with = "uuid::serde::simple")] pub Uuid,
    pub Box<RawValue>,
);

impl PersonalLine {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(line: &[u8], number: u64) -> Result<Self, SetError> {
        serde_json::from_slice(line).map_err(|error| unreadable(number, &error))
    }

    /// Whether the value was erased.
    pub fn is_erased(&self) -> bool {
        self.3.get() == "null"
    }

    /// The same line without its value.
    pub fn erased(self) -> Self {
        let null = RawValue::from_string("null".to_owned()).expect("null is JSON");
        Self(self.0, self.1, self.2, null)
    }

    /// What the row has to say where this is its value: 64 hexadecimal digits.
    pub fn commitment(&self) -> String {
        hex(&payload_hash(self.2.as_bytes(), self.3.get().as_bytes()))
    }

    /// The value as it is kept beside a fact.
    pub fn detached(&self) -> Detached {
        Detached { field: self.1.clone(), salt: self.2.into_bytes(), value: self.3.get().as_bytes().to_vec() }
    }
}

/// Reads a set, line by line.
#[derive(Debug, Default)]
pub struct SetReader {
    base: Option<Uuid>,
    section: Option<Arc<Section>>,
    lines: u64,
    made: u64,
    rows: u64,
}

/// A row of a set.
#[derive(Debug)]
pub struct SetRow<'l> {
    /// Its number, from 0.
    pub number: u64,
    /// The line it stands in, from 1.
    pub line: u64,
    /// Of which kind the record is.
    pub entity: Entity,
    /// Which record.
    pub id: Uuid,
    /// The version that was changed; 0 for a new record.
    pub base_version: u64,
    section: Arc<Section>,
    values: Vec<&'l RawValue>,
}

fn unreadable(line: u64, error: &serde_json::Error) -> SetError {
    // Its own words may quote the line.
    let problem = match error.classify() {
        serde_json::error::Category::Data => format!("at column {} stands something else", error.column()),
        _ => format!("at column {} it is no JSON", error.column()),
    };
    SetError { line, problem }
}

impl SetReader {
    /// Takes the next line, without its end. Returns a row if it is one.
    ///
    /// # Errors
    /// `SetError` for a line that cannot be read where it stands.
    pub fn line<'l>(&mut self, line: &'l [u8]) -> Result<Option<SetRow<'l>>, SetError> {
        self.lines += 1;
        let number = self.lines;
        let fail = |problem: &str| SetError { line: number, problem: problem.to_owned() };
        let Some(base) = self.base else {
            let head: SetHead = serde_json::from_slice(line).map_err(|error| unreadable(number, &error))?;
            if head.format != FORMAT || head.version != VERSION {
                return Err(fail("it is of another format"));
            }
            if head.base.as_u128() & u128::from(u32::MAX) != 0 {
                return Err(fail("the first id leaves no room for numbers"));
            }
            self.base = Some(head.base);
            return Ok(None);
        };
        if line.first() == Some(&b'{') {
            let section = serde_json::from_slice(line).map_err(|error| unreadable(number, &error))?;
            self.section = Some(Arc::new(section));
            return Ok(None);
        }
        let section =
            Arc::clone(self.section.as_ref().ok_or_else(|| fail("a row stands before its section"))?);
        let mut values: Vec<&RawValue> =
            serde_json::from_slice(line).map_err(|error| unreadable(number, &error))?;
        let row = self.rows;
        if row >= ROWS_MAX {
            return Err(fail("there are too many rows"));
        }
        let (id, base_version) = match &section.rows {
            RowForm::Made(fields) if values.len() == fields.len() => {
                let id = id_of(base, self.made);
                self.made += 1;
                (id, 0)
            }
            RowForm::Changed(fields) if values.len() == 2 + 2 * fields.len() => {
                let id = read_id(base, values[0]).ok_or_else(|| fail("its id is none"))?;
                let version = values[1].get().parse().map_err(|_| fail("its version is none"))?;
                values.drain(..2);
                (id, version)
            }
            RowForm::Made(_) | RowForm::Changed(_) => return Err(fail("it has another number of values")),
        };
        self.rows += 1;
        Ok(Some(SetRow {
            number: row,
            line: number,
            entity: section.entity,
            id,
            base_version,
            section,
            values,
        }))
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

fn id_of(base: Uuid, number: u64) -> Uuid {
    Uuid::from_u128(base.as_u128() | u128::from(number))
}

fn read_id(base: Uuid, id: &RawValue) -> Option<Uuid> {
    match serde_json::from_str(id.get()).ok()? {
        Value::Number(number) => Some(id_of(base, u32::try_from(number.as_u64()?).ok()?.into())),
        Value::String(text) => Uuid::try_parse(&text).ok(),
        _ => None,
    }
}

impl SetRow<'_> {
    /// Whether the record is new.
    pub fn is_new(&self) -> bool {
        matches!(self.section.rows, RowForm::Made(_))
    }

    /// A new record as its struct, without taking it apart into fields first: for kinds without personal fields.
    ///
    /// # Errors
    /// When a field is missing or has another form.
    pub fn record<T: DeserializeOwned>(&self) -> Result<T, SetError> {
        let RowForm::Made(fields) = &self.section.rows else { unreachable!("only a new record is whole") };
        let said = fields.iter().zip(&self.values).filter(|(_, value)| value.get() != "null");
        let row = RowAsMap { said, same: self.section.same.iter(), value: None };
        let read = T::deserialize(serde::de::value::MapAccessDeserializer::new(row));
        read.map_err(|error: serde_json::Error| unreadable(self.line, &error))
    }

    /// The change as a fact of its own would say it. Where a personal value is committed to, the value stands in the
    /// second file.
    ///
    /// # Errors
    /// When a value is no JSON.
    pub fn change(&self) -> Result<RecordChanged, SetError> {
        let value = |raw: &RawValue| -> Result<FieldValue, SetError> {
            serde_json::from_str(raw.get()).map_err(|error| unreadable(self.line, &error))
        };
        let null = || FieldValue::Open(Value::Null);
        let pair = |same: &Value| match same {
            Value::Array(pair) if pair.len() == 2 => {
                Ok((FieldValue::Open(pair[0].clone()), FieldValue::Open(pair[1].clone())))
            }
            _ => Err(SetError { line: self.line, problem: "a change has no old and new value".to_owned() }),
        };
        let mut fields = BTreeMap::new();
        match &self.section.rows {
            RowForm::Made(names) => {
                for (name, new) in &self.section.same {
                    let change = FieldChange { old: null(), new: FieldValue::Open(new.clone()) };
                    fields.insert(name.clone(), change);
                }
                for (name, new) in names.iter().zip(&self.values).filter(|(_, new)| new.get() != "null") {
                    fields.insert(name.clone(), FieldChange { old: null(), new: value(new)? });
                }
            }
            RowForm::Changed(names) => {
                for (name, same) in &self.section.same {
                    let (old, new) = pair(same)?;
                    fields.insert(name.clone(), FieldChange { old, new });
                }
                for (name, pair) in names.iter().zip(self.values.chunks_exact(2)) {
                    fields.insert(name.clone(), FieldChange { old: value(pair[0])?, new: value(pair[1])? });
                }
            }
        }
        Ok(RecordChanged {
            entity: self.entity,
            id: self.id,
            base_version: self.base_version,
            version: self.base_version + 1,
            fields,
        })
    }

    /// What the row commits to for a field, where it does: 64 hexadecimal digits.
    pub fn commitment(&self, field: &str) -> Option<String> {
        let (names, step) = match &self.section.rows {
            RowForm::Made(names) => (names, 1),
            RowForm::Changed(names) => (names, 2),
        };
        let place = names.iter().position(|name| name == field)?;
        let raw = self.values.get(place * step + step - 1)?;
        match serde_json::from_str(raw.get()).ok()? {
            FieldValue::Committed { commitment } => Some(commitment),
            FieldValue::Open(_) => None,
        }
    }
}

/// A row of values and the names of its section, as the map that a struct is read from.
struct RowAsMap<'r, S, F> {
    said: S,
    same: F,
    value: Option<Said<'r>>,
}

enum Said<'r> {
    Raw(&'r RawValue),
    Same(&'r Value),
}

impl<'r, 'l: 'r, S, F> MapAccess<'r> for RowAsMap<'r, S, F>
where
    S: Iterator<Item = (&'r String, &'r &'l RawValue)>,
    F: Iterator<Item = (&'r String, &'r Value)>,
{
    type Error = serde_json::Error;

    fn next_key_seed<K: DeserializeSeed<'r>>(&mut self, seed: K) -> Result<Option<K::Value>, Self::Error> {
        let (name, value) = match self.said.next() {
            Some((name, value)) => (name, Said::Raw(value)),
            None => match self.same.next() {
                Some((name, value)) => (name, Said::Same(value)),
                None => return Ok(None),
            },
        };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'r>>(&mut self, seed: V) -> Result<V::Value, Self::Error> {
        match self.value.take() {
            Some(Said::Raw(raw)) => seed.deserialize(&mut serde_json::Deserializer::from_str(raw.get())),
            Some(Said::Same(value)) => seed.deserialize(value),
            None => Err(serde_json::Error::custom("a value is asked for after its key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::product::{Category, Status};
    use serde_json::json;

    const BASE: u128 = 0x0198_c0de_0000_7000_8000_0000_1234_5678;

    fn change(old: Value, new: Value) -> FieldChange<Value> {
        FieldChange { old, new }
    }

    fn read(text: &SetText) -> Result<Vec<(Uuid, RecordChanged)>, SetError> {
        let mut reader = SetReader::default();
        let mut rows = Vec::new();
        for line in text.text.split_inclusive(|byte| *byte == b'\n') {
            if let Some(row) = reader.line(line.trim_ascii_end())? {
                rows.push((row.id, row.change()?));
            }
        }
        Ok(rows)
    }

    #[test]
    fn what_is_written_is_read_and_a_name_stands_once_a_section() {
        let mut text = SetText::new(Uuid::from_u128(BASE));
        let same = Fields::from([("status".to_owned(), json!("active"))]);
        for position in 0..3 {
            text.section(Section::made(Entity::Category, &["name", "position"], same.clone()));
            text.made(&(format!("Category {position}"), position));
        }
        let first = Uuid::from_u128(BASE & !0xffff_ffff);
        let renamed = BTreeMap::from([("name".to_owned(), change(json!("Category 0"), json!("Fruit")))]);
        text.changed_record(Entity::Category, first, 1, &renamed, || [0; 16]);
        assert_eq!(String::from_utf8_lossy(&text.text).matches("position").count(), 1);
        let rows = read(&text).unwrap();
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[2].0, Uuid::from_u128(first.as_u128() + 2));
        assert_eq!((rows[3].0, rows[3].1.base_version, rows[3].1.version), (first, 1, 2));
        let name = &rows[3].1.fields["name"];
        assert_eq!(name.old, FieldValue::Open(json!("Category 0")));
        // The struct is the one that the fields make.
        let mut reader = SetReader::default();
        let lines: Vec<&[u8]> = text.text.split(|byte| *byte == b'\n').collect();
        reader.line(lines[0]).unwrap();
        reader.line(lines[1]).unwrap();
        let row = reader.line(lines[2]).unwrap().unwrap();
        let category: Category = row.record().unwrap();
        assert_eq!(category, Category { name: "Category 0".into(), position: 0, status: Status::Active });
        let mut fields = Fields::new();
        crate::record::apply(&mut fields, &row.change().unwrap(), &[]);
        assert_eq!(crate::record::record::<Category>(fields).unwrap(), category);
    }

    #[test]
    fn a_personal_value_stands_beside_the_set_and_is_what_the_row_commits_to() {
        let mut text = SetText::new(Uuid::from_u128(BASE));
        let fields = Fields::from([("name".to_owned(), json!("Zoë")), ("pin".to_owned(), Value::Null)]);
        text.made_record(Entity::Operator, &fields, || [7; 16]);
        assert!(!String::from_utf8_lossy(&text.text).contains("Zoë"));
        let line = PersonalLine::parse(text.personal.trim_ascii_end(), 1).unwrap();
        let rows = read(&text).unwrap();
        assert_eq!(rows[0].1.fields["name"].new, FieldValue::Committed { commitment: line.commitment() });
        assert_eq!(line.detached().value, "\"Zoë\"".as_bytes());
        assert!(line.erased().is_erased());
    }

    #[test]
    fn a_line_out_of_place_is_refused_with_its_number_and_without_its_words() {
        let head =
            r#"{"format":"tillkeeper changes","version":1,"base":"0198c0de-0000-7000-8000-000000000000"}"#;
        let section = r#"{"entity":"category","made":["name","position"]}"#;
        for (lines, line) in [
            (vec!["secret"], 1),
            (
                vec![
                    r#"{"format":"tillkeeper changes","version":2,"base":"0198c0de-0000-7000-8000-000000000000"}"#,
                ],
                1,
            ),
            (
                vec![
                    r#"{"format":"tillkeeper changes","version":1,"base":"0198c0de-0000-7000-8000-000000000001"}"#,
                ],
                1,
            ),
            (vec![head, r#"["secret",1]"#], 2),
            (vec![head, section, r#"["secret"]"#], 3),
            (vec![head, section, r#"["secret",1"#], 3),
            (vec![head, r#"{"entity":"category","changed":["name"]}"#, r#"["secret",1,"a","b"]"#], 3),
            (vec![head, r#"{"entity":"category","changed":["name"]}"#, r#"[5,-1,"secret","b"]"#], 3),
        ] {
            let mut reader = SetReader::default();
            let failed = lines.iter().find_map(|line| reader.line(line.as_bytes()).err()).unwrap();
            assert_eq!(failed.line, line, "{lines:?}");
            assert!(!failed.to_string().contains("secret"), "{failed}");
        }
    }
}
