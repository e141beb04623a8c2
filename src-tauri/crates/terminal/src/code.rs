//! Codes: which product one leads to and what it says of the piece, and the rules a shop reads its own numbers by.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::error::Error;
use crate::product::tile;
use crate::record::{self, Saved, change, wanted};
use crate::sale::kept;
use database::Reader;
use database::product::SellableProduct;
use domain::code::Code;
use domain::code::gtin::expected_check_digit;
use domain::code::label::{Label, Labelled, Listed};
use domain::code::reading::read;
use domain::code::restricted::{CodeRule, CodeRules, NATIONAL};
use domain::price::Price;
use domain::pricing::in_force;
use domain::product::Status;
use domain::quantity::Unit;
use domain::sale::SaleError;
use domain::settings::Shop;
use domain::time::BusinessDay;
use wire::code::{
    CheckCode, CodeChecked, CodeRulesView, FindByCode, FoundByCode, NationalRulesView, SampleCode,
    SampleRead, SaveCodeRules,
};
use wire::envelope::Topic;
use wire::product::Tile;
use wire::record::Entity;
use wire::session::Nothing;

/// Products of one code that are looked at.
const SAME_CODE_MAX: u32 = 20;

/// A code, what it leads to and what it says.
pub struct Scanned {
    /// What the products were found by.
    pub code: Code,
    /// What the code says of the piece it is on.
    pub label: Label,
    /// What it leads to, archived products among them.
    pub found: Vec<SellableProduct>,
}

/// Looks a code up: the whole code; the merchant's own number; another form of the same number; and only then the shop's
/// rules for numbers with a weight or price in them.
///
/// # Errors
/// `CodeInvalid` for what is no code.
pub fn look_up(terminal: &Terminal, reader: &Reader, text: &str, day: BusinessDay) -> Result<Scanned, Error> {
    let reading = read(text, day).ok_or(SaleError::CodeInvalid {})?;
    let (code, mut label) = (reading.code, reading.label);
    let mut found = reader.products_by_code(&code.key(), day, SAME_CODE_MAX)?;
    if found.is_empty() {
        let by_sku = reader.product_by_sku(code.as_str(), day)?;
        found.extend(by_sku.map(|found| kept(reader, found, day)).transpose()?);
    }
    if found.is_empty() {
        found = first_of(reader, code.other_keys(), day)?;
    }
    if found.is_empty()
        && let Some(restricted) = stored_rules(terminal, reader)?.1.read(&code)
    {
        found = first_of(reader, restricted.keys, day)?;
        label = Label { imprint: label.imprint, ..restricted.label };
    }
    if !found.is_empty()
        && found.iter().all(|product| product.unit != Unit::Each)
        && label == Label::default()
    {
        // The number itself is sold. But where it says that nothing was on the scale it is not one kilogram that lies there:
        // how much it is has to be typed.
        let restricted = stored_rules(terminal, reader)?.1.read(&code);
        label.unweighed = restricted.is_some_and(|restricted| restricted.label.is_of_nothing());
    }
    Ok(Scanned { code, label, found })
}

/// The products of the first of these keys that leads to any.
fn first_of(reader: &Reader, keys: Vec<String>, day: BusinessDay) -> Result<Vec<SellableProduct>, Error> {
    for key in keys {
        let found = reader.products_by_code(&key, day, SAME_CODE_MAX)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// What a label makes of a line of this product.
///
/// # Errors
/// As [`Label::on`].
pub fn labelled(
    label: &Label,
    product: &SellableProduct,
    listed: Option<Price>,
    shop: &Shop,
) -> Result<Labelled, SaleError> {
    label.on(&Listed {
        name: &product.name,
        unit: product.unit,
        price: listed,
        currency: shop.currency,
        rounding: shop.tax_policy.rounding,
    })
}

/// `code.find`
pub fn find(ask: &Ask<'_>, request: FindByCode) -> Result<FoundByCode, Error> {
    let scanned = look_up(ask.terminal, ask.reader, &request.code, ask.day())?;
    let (_, shop) = ask.shop()?;
    let at = ask.price_at()?;
    let mut products = Vec::new();
    for product in scanned.found.into_iter().filter(|product| product.status == Status::Active) {
        let listed = in_force(&product.prices, at).map(|listed| listed.price);
        // What the label cannot make of it, a scan would say.
        let labelled = labelled(&scanned.label, &product, listed, &shop)
            .unwrap_or(Labelled { quantity: None, price: None });
        let record = ask.reader.product_record(product.product)?.map(|(_, record)| record);
        let category = match record.as_ref().and_then(|record| record.category) {
            Some(category) => ask.reader.category(category)?.map(|(_, category)| category.name),
            None => None,
        };
        let (sku, picture) = record.map_or((None, None), |record| (record.sku, record.picture));
        products.push(wire::code::FoundProduct {
            sku,
            category,
            on_hand_thousandths: ask.reader.on_hand(product.product)?,
            quantity: labelled.quantity,
            price: labelled.price.filter(|price| Some(*price) != listed),
            tile: Tile {
                product: product.product,
                name: product.name,
                price: listed,
                unit: product.unit,
                picture,
            },
        });
    }
    Ok(FoundByCode { code: scanned.code.as_str().to_owned(), products, imprint: scanned.label.imprint })
}

/// `code.check`
pub fn check(ask: &Ask<'_>, request: CheckCode) -> Result<CodeChecked, Error> {
    let Some(code) = Code::parse(&request.code) else {
        return Ok(CodeChecked { is_code: false, check_digit: None, claimed_by: Vec::new() });
    };
    let found = ask.reader.active_by_code(&code.key(), ask.price_at()?, SAME_CODE_MAX)?;
    let others = found.into_iter().filter(|product| Some(product.product) != request.product);
    Ok(CodeChecked {
        is_code: true,
        check_digit: expected_check_digit(code.as_str()).map(String::from),
        claimed_by: others.map(tile).collect(),
    })
}

/// `code.rules`
pub fn rules(ask: &Ask<'_>, _: Nothing) -> Result<CodeRulesView, Error> {
    let (version, rules) = stored_rules(ask.terminal, ask.reader)?;
    let national = NATIONAL.iter().map(|national| NationalRulesView {
        country: national.country.to_owned(),
        source: national.source.to_owned(),
        rules: national.rules(),
    });
    Ok(CodeRulesView { version, rules, national: national.collect() })
}

/// `code.read_sample`
pub fn read_sample(_: &Ask<'_>, request: SampleCode) -> Result<SampleRead, Error> {
    let rules = request.rules.rules;
    let sound = rules.iter().map(CodeRule::is_sound).collect();
    let mut answer = SampleRead { sound, rule: None, item: None, quantity: None, unit: None, price: None };
    let Some(code) = Code::parse(&request.code) else { return Ok(answer) };
    for (index, rule) in rules.into_iter().enumerate() {
        let Some(read) = (CodeRules { rules: vec![rule] }).read(&code) else { continue };
        let measure = read.label.measures.first();
        answer.rule = u32::try_from(index).ok();
        answer.item = read.keys.last().map(|key| key.trim_start_matches('0').to_owned());
        answer.quantity = measure.map(|measure| measure.quantity);
        answer.unit = measure.map(|measure| measure.unit);
        answer.price = read.label.price;
        break;
    }
    Ok(answer)
}

/// `code.save_rules`
pub fn save_rules(act: &Act<'_>, request: SaveCodeRules) -> Result<Saved<CodeRulesView>, Error> {
    request.rules.check()?;
    let store = act.terminal.store.0;
    let operator = act.operator;
    act.commit(move |tx| {
        let base = tx.record(Entity::CodeRules, store)?.map(|_| &request.base);
        change(tx, operator, Entity::CodeRules, store, wanted(base, &request.rules))?;
        Ok(Saved::new(store))
    })
}

/// The shop's rules and their version; none until somebody saved some.
fn stored_rules(terminal: &Terminal, reader: &Reader) -> Result<(u64, CodeRules), Error> {
    Ok(reader.record_as(Entity::CodeRules, terminal.store.0)?.unwrap_or_default())
}

impl Effect for Saved<CodeRulesView> {
    type Answer = CodeRulesView;

    fn topics(&self) -> &'static [Topic] {
        record::topics(Entity::CodeRules)
    }

    fn answer(self, ask: &Ask<'_>) -> Result<CodeRulesView, Error> {
        rules(ask, Nothing {})
    }
}
