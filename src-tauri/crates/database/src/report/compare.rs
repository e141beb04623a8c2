//! A report held against other days: what each row was then, and by how much it is more.

use super::table::{Key, Of, Row, Table};
use crate::error::DatabaseError;
use domain::rounding::{Rounding, divide};
use std::collections::BTreeMap;
use wire::report::CellValue;

const MILLION: i128 = 1_000_000;

/// Adds two columns to a table: what its measure was in `before`, whose days are `shift` days earlier, and the change.
/// A row that was there then only is added, without what it has not.
///
/// # Errors
/// `Value` when a row does not have the columns it should.
pub fn join(table: &mut Table, before: Table, shift: i64) -> Result<(), DatabaseError> {
    let measure = table.measure;
    let limited = table.rows.len() < table.row_count;
    let mut earlier: BTreeMap<Key, Row> =
        before.rows.into_iter().map(|row| (shifted(row.key.clone(), shift), row)).collect();
    for row in &mut table.rows {
        let was = earlier.remove(&row.key).map_or(CellValue::Empty, |row| row.cells[measure].clone());
        let change = change(&row.cells[measure], &was);
        row.cells.extend([was, change]);
    }
    if !limited {
        // What names a row stands in its first cells, up to the first that is a figure.
        let added = earlier.into_iter().map(|(key, row)| {
            let mut cells: Vec<CellValue> = row
                .cells
                .iter()
                .map(|cell| if is_figure(cell) { CellValue::Empty } else { cell.clone() })
                .collect();
            if let Of::Day(day) = key.of {
                cells[0] = CellValue::Day(super::sums::day(day)?);
            }
            cells.extend([row.cells[measure].clone(), CellValue::Empty]);
            Ok(Row { key, cells })
        });
        let added = added.collect::<Result<Vec<_>, DatabaseError>>()?;
        table.row_count += added.len();
        table.rows.extend(added);
        if table.rows.iter().all(|row| matches!(row.key.of, Of::Day(_) | Of::Number(_))) {
            table.rows.sort_by(|one, other| one.key.of.cmp(&other.key.of));
        }
    }
    let was = before.totals.get(measure).cloned().unwrap_or(CellValue::Empty);
    if table.totals.is_empty()
        && !matches!(was, CellValue::Empty)
        && table.rows.iter().all(|row| is_empty(row, measure))
    {
        table.totals = vec![CellValue::Empty; table.columns.len()];
    }
    if !table.totals.is_empty() {
        let change = change(&table.totals[measure], &was);
        table.totals.extend([was, change]);
    }
    table.columns.extend(["before", "change"]);
    Ok(())
}

fn is_empty(row: &Row, column: usize) -> bool {
    matches!(row.cells[column], CellValue::Empty)
}

/// Whether a cell says how much, and not of what.
fn is_figure(cell: &CellValue) -> bool {
    match cell {
        CellValue::Count(_) | CellValue::Quantity { .. } | CellValue::Money(_) | CellValue::Change(_) => true,
        CellValue::Empty
        | CellValue::Text(_)
        | CellValue::Word(_)
        | CellValue::Day(_)
        | CellValue::Weekday(_)
        | CellValue::Hour(_)
        | CellValue::Rate(_) => false,
    }
}

fn shifted(mut key: Key, shift: i64) -> Key {
    if let Of::Day(day) = &mut key.of {
        *day = day.saturating_add(shift);
    }
    key
}

/// By how much `is` is more than `was`, in parts per million. Empty where there was nothing, or where it was less than
/// nothing: of that there are no parts.
pub fn change(is: &CellValue, was: &CellValue) -> CellValue {
    let (is, was) = match (is, was) {
        (CellValue::Money(is), CellValue::Money(was)) if is.currency() == was.currency() => {
            (is.minor(), was.minor())
        }
        (CellValue::Count(is), CellValue::Count(was)) => (*is, *was),
        _ => return CellValue::Empty,
    };
    if was <= 0 {
        return CellValue::Empty;
    }
    let more = (i128::from(is) - i128::from(was)) * MILLION;
    let ppm = divide(more, i128::from(was), Rounding::HalfUp).and_then(|ppm| i64::try_from(ppm).ok());
    ppm.map_or(CellValue::Empty, CellValue::Change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_part_of_what_was_and_nothing_has_no_parts() {
        let cases =
            [(150, 100, Some(500_000)), (1, 3, Some(-666_667)), (0, 8, Some(-1_000_000)), (5, 0, None)];
        for (is, was, expected) in cases {
            let expected = expected.map_or(CellValue::Empty, CellValue::Change);
            assert_eq!(change(&CellValue::Count(is), &CellValue::Count(was)), expected, "{is} after {was}");
        }
        assert_eq!(change(&CellValue::Count(5), &CellValue::Count(-5)), CellValue::Empty);
        assert_eq!(change(&CellValue::Count(5), &CellValue::Empty), CellValue::Empty);
    }
}
