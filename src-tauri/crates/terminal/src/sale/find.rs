//! Completed sales, looked for: what is typed is a receipt's number, an amount, or words of a product, a customer or an
//! operator to narrow to.

use super::{own, returned, view};
use crate::ask::Ask;
use crate::code::look_up;
use crate::error::{CallError, Error};
use crate::import::cell::decimal;
use crate::report::fold;
use database::sale::{SaleFilter, SalePlace, SaleSummary};
use domain::code::Code;
use domain::currency::Currency;
use domain::ids::OperatorId;
use domain::people::Operator;
use domain::settings::Language;
use std::collections::BTreeSet;
use wire::import::DecimalMark;
use wire::record::Entity;
use wire::sale::{FindSales, FoundSales, SaleHint};

/// Hints of a kind at most: a list that is longer is narrowed by another letter.
const HINTS_MAX: u32 = 6;
/// Characters that a text to look for has at most; what is longer is no name and no number.
const TEXT_MAX: usize = 200;
/// The last hour of a day.
const HOUR_MAX: u8 = 23;

/// `sale.find`
pub fn find(ask: &Ask<'_>, request: FindSales) -> Result<FoundSales, Error> {
    fold(ask.terminal)?;
    let text = request.text.trim();
    if text.chars().count() > TEXT_MAX {
        return Ok(FoundSales { sales: Vec::new(), next: None, hints: Vec::new() });
    }
    let (_, shop) = ask.shop()?;
    // Whoever sees only what they sold themselves finds nothing else.
    let own = own::only(ask.caller);
    let amount = amount(text, shop.currency, shop.language);
    let filter = SaleFilter {
        from: request.from,
        to: request.to,
        hours: request.hours.map(|hours| (hours.from.min(HOUR_MAX), hours.to.min(HOUR_MAX))),
        amount,
        operator: own.or(request.operator),
        customer: request.customer,
        product: request.product,
    };
    let after = request.after.as_deref().map(place).transpose()?;
    // Words narrow nothing by themselves: whoever types them says by a hint what they mean.
    let (found, next) = match text.is_empty() || amount.is_some() {
        true => page(ask, &filter, after)?,
        false => (Vec::new(), None),
    };
    let mut sales = Vec::with_capacity(found.len());
    let numbered = match after {
        None if !text.is_empty() => match returned::find(ask.reader, text)? {
            None => ask.reader.sale_of_invoice(&text.to_uppercase())?,
            found => found,
        },
        Some(_) | None => None,
    };
    let numbered = match (numbered, own) {
        (Some(sale), Some(own)) => {
            ask.reader.completed_sale(sale)?.filter(|completed| completed.operator == own).map(|_| sale)
        }
        (numbered, _) => numbered,
    };
    if let Some(sale) = numbered
        && let Some(summary) = ask.reader.sale_summary(sale)?
    {
        sales.push(view::row(summary)?);
    }
    for sale in found.into_iter().filter(|sale| Some(sale.sale) != numbered) {
        sales.push(view::row(sale)?);
    }
    let hints = match text.is_empty() || after.is_some() || numbered.is_some() {
        true => Vec::new(),
        false => hints(ask, text)?,
    };
    Ok(FoundSales { sales, next, hints })
}

type Page = (Vec<SaleSummary>, Option<String>);

fn page(ask: &Ask<'_>, filter: &SaleFilter, after: Option<SalePlace>) -> Result<Page, Error> {
    let found = ask.reader.find_sales(filter, after, view::PAGE)?;
    let full = u32::try_from(found.len()).is_ok_and(|length| length == view::PAGE);
    let next = found.last().filter(|_| full).map(|(place, _)| format!("{}:{}", place.day, place.row));
    Ok((found.into_iter().map(|(_, sale)| sale).collect(), next))
}

fn place(text: &str) -> Result<SalePlace, CallError> {
    let read = || {
        let (day, row) = text.split_once(':')?;
        Some(SalePlace { day: day.parse().ok()?, row: row.parse().ok()? })
    };
    let problem = || "`after` is not the `next` of a page".to_owned();
    read().ok_or_else(|| CallError::PayloadInvalid { problem: problem() })
}

/// The amount a text is, in minor units without sign: as the shop's language writes numbers, or else the other way round.
/// A text with a word in it is none, unless the word is the currency.
fn amount(text: &str, currency: Currency, language: Language) -> Option<i64> {
    let upper = text.to_uppercase();
    let number = upper.replace(currency.code(), "");
    if number.chars().any(char::is_alphabetic) {
        return None;
    }
    let number = number.trim().trim_start_matches(['-', '\u{2212}']).trim();
    let marks = match language {
        Language::En | Language::Ar => [DecimalMark::Point, DecimalMark::Comma],
        Language::Fr => [DecimalMark::Comma, DecimalMark::Point],
    };
    marks.into_iter().find_map(|mark| decimal(number, mark, currency.decimals()))
}

/// What sales can be narrowed to by these words: products of this code or name, customers, operators.
fn hints(ask: &Ask<'_>, text: &str) -> Result<Vec<SaleHint>, Error> {
    let mut hints = Vec::new();
    let mut known = BTreeSet::new();
    if Code::parse(text).is_some() {
        for product in look_up(ask.terminal, ask.reader, text, ask.day())?.found {
            known.insert(product.product);
            hints.push(SaleHint::Product { id: product.product, name: product.name });
        }
    }
    let has_letters = text.chars().any(char::is_alphabetic);
    if has_letters {
        let (products, _) = ask.reader.products_by_words(text, None, ask.price_at()?, HINTS_MAX)?;
        for product in products.into_iter().filter(|product| known.insert(product.product)) {
            hints.push(SaleHint::Product { id: product.product, name: product.name });
        }
    }
    for customer in ask.reader.customers_by_words(text, None, HINTS_MAX)?.0 {
        hints.push(SaleHint::Customer { id: customer.id, name: customer.customer.name });
    }
    if has_letters {
        let mut operators = Vec::new();
        for stored in ask.reader.records(Entity::Operator)? {
            let id = OperatorId(stored.id);
            operators.push((stored.read::<Operator>()?.name, id));
        }
        operators.sort();
        let begins = |name: &str| {
            let name = name.to_lowercase();
            let wanted = text.to_lowercase();
            name.starts_with(&wanted) || name.split_whitespace().any(|word| word.starts_with(&wanted))
        };
        let fits = operators.into_iter().filter(|(name, _)| begins(name));
        hints.extend(fits.map(|(name, id)| SaleHint::Operator { id, name }));
    }
    Ok(hints)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_read_as_people_write_it_and_words_are_none() {
        let euro = Currency::parse("EUR").unwrap();
        let cases = [
            ("12.50", Language::En, Some(1_250)),
            ("12,50", Language::En, Some(1_250)),
            ("12,50", Language::Fr, Some(1_250)),
            ("1.000", Language::Fr, Some(100_000)),
            ("1.000", Language::En, Some(100)),
            ("1,234.5", Language::En, Some(123_450)),
            ("12", Language::En, Some(1_200)),
            ("-3.40", Language::En, Some(340)),
            ("\u{2212}3.40 \u{20ac}", Language::En, Some(340)),
            ("eur 3.40", Language::En, Some(340)),
            // Nothing costs half a cent: so it is written the other way round.
            ("12.505", Language::En, Some(1_250_500)),
            ("12.5055", Language::En, None),
            ("A-000012", Language::En, None),
            ("milk 2", Language::En, None),
            ("", Language::En, None),
        ];
        for (text, language, expected) in cases {
            assert_eq!(amount(text, euro, language), expected, "{text} in {language:?}");
        }
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(amount("1,200", yen, Language::En), Some(1_200));
    }
}
