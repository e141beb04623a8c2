//! How the price of a line came to be, for whoever is asked.

use crate::ask::Ask;
use crate::error::Error;
use crate::sale::view::line_view;
use database::record::StoredRecord;
use database::sale::SaleState;
use domain::ids::{OperatorId, TaxCategoryId};
use domain::people::Operator;
use domain::pricing::{Known, trace};
use domain::product::{PriceList, Product};
use domain::sale::line::Line;
use domain::sale::{SaleError, TrailAct};
use domain::tax::{TaxCategory, TaxPolicy};
use domain::time::BusinessDay;
use wire::fact::TrailEntry;
use wire::record::Entity;
use wire::sale::{ExplainLine, LineExplained, PriceTyped};

/// A line with what its sale says of it.
struct Explained {
    line: Line,
    day: BusinessDay,
    policy: TaxPolicy,
    trail: Vec<TrailEntry>,
    takeaway: bool,
}

/// `sale.explain`
pub fn explain(ask: &Ask<'_>, request: ExplainLine) -> Result<LineExplained, Error> {
    let Explained { line, day, policy, trail, takeaway } = find(ask, request)?;
    let product = match line.product {
        Some(product) => ask.reader.product_record(product)?.map(|(_, product)| product),
        None => None,
    };
    let tax = match &product {
        Some(Product { tax_category, .. }) => tax_category_of(ask, *tax_category, takeaway)?,
        None => None,
    };
    let list = match line.price_list {
        Some(list) => {
            ask.reader.record_as::<PriceList>(Entity::PriceList, list.0)?.map(|(_, list)| list.name)
        }
        None => None,
    };
    let known = Known { prices: product.as_ref().map_or(&[], |product| &product.prices), tax: tax.as_ref() };
    let mut overrides = Vec::new();
    for entry in trail {
        let TrailAct::PriceOverridden { line: number, from, to, approved_by } = entry.act else { continue };
        if number == line.number {
            let (at, operator_name) = (entry.at, name_of(ask, entry.operator)?);
            let approver_name = approved_by.map(|approver| name_of(ask, approver)).transpose()?;
            overrides.push(PriceTyped { at, operator_name, approver_name, from, to });
        }
    }
    let steps = trace(&line, known, day, &policy);
    let comes_to = line.signed();
    Ok(LineExplained { line: line_view(&line), comes_to, price_list_name: list, steps, overrides })
}

fn find(ask: &Ask<'_>, request: ExplainLine) -> Result<Explained, Error> {
    let unknown = SaleError::LineUnknown { line: request.line };
    match ask.reader.sale_state(request.sale)? {
        SaleState::Open(open) | SaleState::Suspended(open) => {
            let line = ask.reader.open_line(request.sale, request.line)?.ok_or(unknown)?;
            let trail = ask.reader.open_trail(request.sale)?;
            Ok(Explained { line, day: ask.day(), policy: open.tax_policy, trail, takeaway: open.takeaway })
        }
        SaleState::Completed(_) => {
            let sale = ask.reader.completed_sale(request.sale)?.ok_or(SaleError::Unknown {})?.fact;
            let line = sale.lines.iter().find(|line| line.line == request.line).ok_or(unknown)?;
            let line = line.line(sale.currency)?;
            Ok(Explained {
                line,
                day: sale.business_day,
                policy: sale.tax_policy,
                trail: sale.trail,
                takeaway: sale.takeaway,
            })
        }
        SaleState::Cancelled => Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Unknown => Err(SaleError::Unknown {}.into()),
    }
}

/// The tax category goods are taxed by: that for what is taken away where they are, and there is one.
fn tax_category_of(ask: &Ask<'_>, id: TaxCategoryId, takeaway: bool) -> Result<Option<TaxCategory>, Error> {
    let read = |id: TaxCategoryId| -> Result<Option<TaxCategory>, Error> {
        Ok(ask.reader.record_as(Entity::TaxCategory, id.0)?.map(|(_, category)| category))
    };
    let usual = read(id)?;
    match usual.as_ref().and_then(|category| category.takeaway).filter(|_| takeaway) {
        Some(other) => Ok(read(other)?.or(usual)),
        None => Ok(usual),
    }
}

fn name_of(ask: &Ask<'_>, operator: OperatorId) -> Result<String, Error> {
    let stored = ask.reader.record(Entity::Operator, operator.0)?;
    Ok(stored.map(StoredRecord::read::<Operator>).transpose()?.map_or_else(String::new, |person| person.name))
}
