//! Selling: what rings up, changes and settles a sale.

mod view;

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::code::{self, Scanned};
use crate::error::Error;
use database::LedgerTx;
use database::error::DatabaseError;
use database::print_queue::NewPrintJob;
use database::product::SellableProduct;
use database::sale::SaleState;
use domain::code::Code;
use domain::code::label::{Imprint, Label};
use domain::currency::Currency;
use domain::device::Devices;
use domain::ids::{OperatorId, SaleId, TaxCategoryId};
use domain::people::{Grants, Permission};
use domain::pricing::{PriceAt, in_force};
use domain::product::{NAME_MAX, ProductError, Status};
use domain::quantity::{Quantity, Unit};
use domain::sale::line::{Direction, Item, Line};
use domain::sale::{NewSale, OpenSale, SaleError, TrailAct};
use domain::tax::{TaxCategory, TaxPolicy, TaxRate};
use domain::time::BusinessDay;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::{Fact, SaleCancelledFact, SaleCompletedFact, SoldLine, SoldTax, SoldTender, TrailEntry};
use wire::receipt::PrintJobKind;
use wire::record::Entity;
use wire::sale::{
    AddOpenItem, AddProduct, ArmSale, CancelSale, CompleteSale, OverridePrice, SaleCancelled, SaleCompleted,
    SaleView, Scan, SetQuantity, VoidLine,
};

pub use view::{completed, current, lines, list};

/// How long after its sale a drawer may still be opened.
const KICK_MS: i64 = 10_000;

/// The gapless series of receipts.
const RECEIPT: &str = "receipt";

/// `sale.scan`
pub fn scan(act: &Act<'_>, request: Scan) -> Result<SaleChanged, Error> {
    let Scanned { code, label, found } = look_up(act, &request.code)?;
    let archived = found.iter().find(|product| product.status == Status::Archived).cloned();
    let mut sellable: Vec<_> = found.into_iter().filter(|product| product.status == Status::Active).collect();
    match (sellable.len(), archived) {
        (1, _) => {
            let (item, asked) = labelled_item(act, sellable.remove(0), code, label)?;
            ring_up(act, item, asked)
        }
        (0, Some(archived)) => Err(SaleError::ProductArchived { name: archived.name }.into()),
        (0, None) => Err(SaleError::CodeUnknown { code: code.as_str().to_owned() }.into()),
        (count, _) => Err(SaleError::CodeAmbiguous { code: code.as_str().to_owned(), count }.into()),
    }
}

fn look_up(act: &Act<'_>, text: &str) -> Result<Scanned, Error> {
    act.read(|reader| code::look_up(act.terminal, reader, text, act.day()))
}

/// A product that was found by a code, as a line says it: with the quantity, the price and the dates of its label.
fn labelled_item(
    act: &Act<'_>,
    found: SellableProduct,
    code: Code,
    label: Label,
) -> Result<(Item, Asked), Error> {
    let listed = in_force(&found.prices, PriceAt { day: act.day(), list: None }).map(|listed| listed.price);
    let says_measure = !label.measures.is_empty() || label.price.is_some();
    let labelled = match says_measure {
        true => {
            let (_, shop) = act.read(|reader| ask::shop(act.terminal, reader))?;
            Some(code::labelled(&label, &found, listed, &shop)?)
        }
        false => None,
    };
    let price = labelled.and_then(|labelled| labelled.price);
    let mut item = match price {
        Some(price) => {
            Item { list_price: listed.filter(|listed| *listed != price), ..priced_item(act, found, price)? }
        }
        None => item(act, found)?,
    };
    item.code = Some(code.as_str().to_owned());
    item.imprint = label.imprint;
    let asked = Asked { on_label: labelled.and_then(|labelled| labelled.quantity), ..Asked::default() };
    Ok((item, asked))
}

/// `sale.add_product`
pub fn add_product(act: &Act<'_>, request: AddProduct) -> Result<SaleChanged, Error> {
    let found = act.read(|reader| Ok(reader.product(request.product, act.day())?))?;
    let found = found.ok_or(ProductError::Unknown {})?;
    if found.status == Status::Archived {
        return Err(SaleError::ProductArchived { name: found.name }.into());
    }
    let (item, on_label) = match &request.code {
        None => (item_at(act, found, request.price)?, None),
        // Picked among the products of a code: what the code says of the piece is not lost by that.
        Some(text) => {
            let scanned = look_up(act, text)?;
            if !scanned.found.iter().any(|product| product.product == found.product) {
                return Err(SaleError::CodeUnknown { code: scanned.code.as_str().to_owned() }.into());
            }
            let (item, asked) = labelled_item(act, found, scanned.code, scanned.label)?;
            (item, asked.on_label)
        }
    };
    let asked = Asked {
        quantity: request.quantity,
        on_label,
        direction: request.direction,
        typed_price: request.price,
        separate: request.quantity.is_some() || request.price.is_some(),
    };
    ring_up(act, item, asked)
}

/// `sale.add_open_item`
pub fn add_open_item(act: &Act<'_>, request: AddOpenItem) -> Result<SaleChanged, Error> {
    let name = request.name.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME_MAX {
        return Err(ProductError::NameInvalid { max: NAME_MAX }.into());
    }
    let item = Item {
        product: None,
        code: None,
        name: name.to_owned(),
        quantity: Quantity::ONE,
        unit: Unit::Each,
        price: request.price,
        list_price: None,
        tax_rate: tax_rate(act, request.tax_category, name)?,
        imprint: Imprint::default(),
    };
    let asked = Asked { quantity: request.quantity, direction: request.direction, ..Asked::default() };
    ring_up(act, item, asked)
}

/// `sale.arm`
pub fn arm(act: &Act<'_>, request: ArmSale) -> Result<SaleChanged, Error> {
    let opening = Opening::of(act)?;
    act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        sale.arm(request.armed)?;
        tx.save_open_sale(&sale)?;
        Ok(SaleChanged { sale: sale.id, revision: sale.revision, line: None, shown: None })
    })
}

/// `sale.set_quantity`
pub fn set_quantity(act: &Act<'_>, request: SetQuantity) -> Result<SaleChanged, Error> {
    change_line(act, request.sale, request.line, move |sale, line, _| {
        sale.set_quantity(line, request.quantity)
    })
}

/// `sale.override_price`
pub fn override_price(act: &Act<'_>, request: OverridePrice) -> Result<SaleChanged, Error> {
    change_line(act, request.sale, request.line, move |sale, line, grants| {
        sale.override_price(line, request.price, grants)
    })
}

/// `sale.void_line`
pub fn void_line(act: &Act<'_>, request: VoidLine) -> Result<SaleChanged, Error> {
    change_line(act, request.sale, request.line, |sale, line, _| sale.void_line(line))
}

/// `sale.cancel`
pub fn cancel(act: &Act<'_>, request: CancelSale) -> Result<CancelledSale, Error> {
    let operator = act.operator;
    let effect = act.commit(move |tx| {
        let sale = open_sale(tx, request.sale, operator)?;
        let lines = tx.open_lines(sale.id)?;
        let fact = SaleCancelledFact {
            sale: sale.id,
            opened_at: sale.opened_at,
            total: sale.totals()?.total.minor(),
            currency: sale.currency,
            lines: lines.into_iter().map(SoldLine::of).collect(),
            trail: tx.open_trail(sale.id)?,
        };
        tx.remove_open_sale(sale.id, &fact.trail)?;
        tx.append(operator, &Fact::SaleCancelled(fact), &[])?;
        Ok(CancelledSale { sale: request.sale })
    })?;
    act.caller.desk(|desk| desk.completed = None);
    Ok(effect)
}

/// `sale.complete`
pub fn complete(act: &Act<'_>, request: CompleteSale) -> Result<SettledSale, Error> {
    let operator = act.operator;
    let day = act.day();
    let store = act.terminal.store.0;
    let terminal = act.terminal.id.0;
    let effect = act.commit(move |tx| {
        let sale = open_sale(tx, request.sale, operator)?;
        let (totals, tenders) = sale.settle(&request.tenders, request.total)?;
        let number = tx.next_number(RECEIPT)?;
        let receipt_number = format!("{}-{number:06}", tx.series());
        let shop_version = tx.record_version(Entity::Shop, store)?.unwrap_or(0);
        let fact = SaleCompletedFact {
            sale: sale.id,
            number,
            receipt_number: receipt_number.clone(),
            business_day: day,
            opened_at: sale.opened_at,
            shop_version,
            currency: sale.currency,
            tax_policy: sale.tax_policy,
            lines: tx.open_lines(sale.id)?.into_iter().map(SoldLine::of).collect(),
            taxes: totals.taxes.iter().map(SoldTax::of).collect(),
            total: totals.total.minor(),
            tenders: tenders.iter().map(SoldTender::of).collect(),
            trail: tx.open_trail(sale.id)?,
        };
        let mut shown = view::shown(&fact, tx.moment().wall, false)?;
        tx.remove_open_sale(sale.id, &fact.trail)?;
        tx.append(operator, &Fact::SaleCompleted(Box::new(fact)), &[])?;
        let devices: Option<(_, Devices)> = tx.record_as(Entity::Devices, terminal)?;
        let has_printer = devices.is_some_and(|(_, devices)| devices.receipt_printer.is_some());
        if has_printer {
            // The drawer first: the cashier waits for it, not for the paper.
            if tenders.iter().any(|tender| tender.kind.rules().opens_drawer) {
                let not_after = Some(tx.moment().wall.plus_ms(KICK_MS));
                queue(tx, PrintJobKind::Kick, sale.id, &receipt_number, not_after)?;
                shown.opens_drawer = true;
            }
            queue(tx, PrintJobKind::Receipt, sale.id, &receipt_number, None)?;
        }
        Ok(SettledSale { sale: sale.id, shown: Some(Box::new(shown)) })
    })?;
    act.caller.desk(|desk| desk.completed = Some(effect.sale));
    Ok(effect)
}

fn queue(
    tx: &LedgerTx<'_>,
    kind: PrintJobKind,
    sale: SaleId,
    receipt_number: &str,
    not_after: Option<domain::time::Timestamp>,
) -> Result<(), DatabaseError> {
    let job = NewPrintJob { kind, sale, receipt_number: receipt_number.to_owned(), copy: 0, not_after };
    tx.queue_print(&job).map(|_| ())
}

/// What a call asks of a line beside the product.
#[derive(Clone, Copy, Default)]
struct Asked {
    quantity: Option<Quantity>,
    /// How much one piece is by its label.
    on_label: Option<Quantity>,
    direction: Option<Direction>,
    typed_price: Option<domain::price::Price>,
    /// Whether the line stands alone although the last one is the same.
    separate: bool,
}

fn item(act: &Act<'_>, found: SellableProduct) -> Result<Item, Error> {
    item_at(act, found, None)
}

/// A product as a line of one, at its listed price. A product without a price today can only be sold at a typed one, by
/// somebody who may type prices.
fn item_at(
    act: &Act<'_>,
    found: SellableProduct,
    typed: Option<domain::price::Price>,
) -> Result<Item, Error> {
    let tax_rate = tax_rate(act, found.tax_category, &found.name)?;
    let listed = in_force(&found.prices, PriceAt { day: act.day(), list: None }).map(|listed| listed.price);
    if listed.is_none() && typed.is_some() {
        act.grants.require(Permission::OverridePrice)?;
    }
    let price = listed.or(typed).ok_or_else(|| SaleError::PriceMissing { name: found.name.clone() })?;
    Ok(item_of(found, price, tax_rate))
}

/// A product as a line of one, at the price its label says.
fn priced_item(act: &Act<'_>, found: SellableProduct, price: domain::price::Price) -> Result<Item, Error> {
    let tax_rate = tax_rate(act, found.tax_category, &found.name)?;
    Ok(item_of(found, price, tax_rate))
}

fn item_of(found: SellableProduct, price: domain::price::Price, tax_rate: TaxRate) -> Item {
    Item {
        product: Some(found.product),
        code: None,
        name: found.name,
        quantity: Quantity::ONE,
        unit: found.unit,
        price,
        list_price: None,
        tax_rate,
        imprint: Imprint::default(),
    }
}

fn tax_rate(act: &Act<'_>, category: TaxCategoryId, name: &str) -> Result<TaxRate, Error> {
    let day: BusinessDay = act.day();
    let stored: Option<(_, TaxCategory)> =
        act.read(|reader| Ok(reader.record_as(Entity::TaxCategory, category.0)?))?;
    let rate = stored.and_then(|(_, category)| category.rate_on(day));
    Ok(rate.ok_or_else(|| SaleError::TaxRateMissing { name: name.to_owned() })?)
}

/// Adds an item to this operator's open sale, opening one if there is none.
fn ring_up(act: &Act<'_>, item: Item, asked: Asked) -> Result<SaleChanged, Error> {
    let opening = Opening::of(act)?;
    let grants = act.grants.clone();
    let (operator, now) = (act.operator, act.now.wall);
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        let direction = asked.direction.unwrap_or(match sale.armed.return_next {
            true => Direction::Return,
            false => Direction::Sale,
        });
        let separate = asked.separate || sale.armed.quantity.is_some();
        let mut item = item;
        item.quantity = counted(asked.quantity.or(sale.armed.quantity), asked.on_label)?;
        let again = match tx.open_line(sale.id, sale.last_line)? {
            Some(last) if !separate && last.takes(&item, direction) => Some(last),
            _ => None,
        };
        let line = match again {
            Some(mut last) => {
                sale.count_again(&mut last)?;
                sale.armed = domain::sale::Armed::default();
                last
            }
            None => sale.add(item, direction, &grants)?,
        };
        let line = match asked.typed_price {
            Some(price) if price != line.price => {
                let mut line = line;
                let act = sale.override_price(&mut line, price, &grants)?;
                tx.add_open_trail(&sale, &TrailEntry { at: now, operator, act })?;
                line
            }
            _ => line,
        };
        tx.save_open_sale(&sale)?;
        tx.save_open_line(sale.id, &line)?;
        let shown = Some(Box::new(view::view(&sale, std::slice::from_ref(&line), Some(line.number))?));
        Ok(SaleChanged { sale: sale.id, revision: line.revision, line: Some(line.number), shown })
    })?;
    act.caller.desk(|desk| {
        desk.completed = None;
        desk.refused_scan = None;
    });
    Ok(effect)
}

/// How much a line is of: what was asked for or armed, of pieces of which the label says how much each is.
fn counted(pieces: Option<Quantity>, on_label: Option<Quantity>) -> Result<Quantity, SaleError> {
    let (Some(pieces), Some(each)) = (pieces, on_label) else {
        return Ok(pieces.or(on_label).unwrap_or(Quantity::ONE));
    };
    each.times(pieces).map_err(|_| SaleError::AmountOutOfRange {})
}

/// What a new sale needs, read before the transaction that may open it.
#[derive(Clone, Copy)]
struct Opening {
    id: SaleId,
    operator: OperatorId,
    shop: Option<(Currency, TaxPolicy)>,
}

impl Opening {
    fn of(act: &Act<'_>) -> Result<Self, Error> {
        let id = SaleId(act.id());
        let operator = act.operator;
        let shop = act.read(|reader| {
            if reader.has_open_sale(operator)? {
                return Ok(None);
            }
            act.terminal.reserve.admit()?;
            let (_, shop) = ask::shop(act.terminal, reader)?;
            Ok(Some((shop.currency, shop.tax_policy)))
        })?;
        Ok(Self { id, operator, shop })
    }

    /// The operator's open sale, or a new one.
    fn open(self, tx: &LedgerTx<'_>) -> Result<OpenSale, Error> {
        if let Some(sale) = tx.open_sale_of(self.operator)? {
            return Ok(sale);
        }
        let (currency, tax_policy) = self.shop.ok_or(SaleError::Unknown {})?;
        let opened_at = tx.moment().wall;
        Ok(OpenSale::open(NewSale { id: self.id, currency, tax_policy, opened_at, operator: self.operator }))
    }
}

/// Changes one line of an open sale and remembers how in its trail.
fn change_line(
    act: &Act<'_>,
    sale: SaleId,
    number: u32,
    change: impl FnOnce(&mut OpenSale, &mut Line, &Grants) -> Result<TrailAct, SaleError> + Send + 'static,
) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let grants = act.grants.clone();
    act.commit(move |tx| {
        let mut sale = open_sale(tx, sale, operator)?;
        let mut line = tx.open_line(sale.id, number)?.ok_or(SaleError::LineUnknown { line: number })?;
        let act = change(&mut sale, &mut line, &grants)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        tx.save_open_sale(&sale)?;
        tx.save_open_line(sale.id, &line)?;
        let shown = Some(Box::new(view::view(&sale, std::slice::from_ref(&line), Some(number))?));
        Ok(SaleChanged { sale: sale.id, revision: line.revision, line: Some(number), shown })
    })
}

/// This operator's open sale of this id; another operator's is unknown to them.
fn open_sale(tx: &LedgerTx<'_>, sale: SaleId, operator: OperatorId) -> Result<OpenSale, Error> {
    match tx.sale_state(sale)? {
        SaleState::Open(open) if open.operator == operator => Ok(*open),
        SaleState::Completed(receipt_number) => Err(SaleError::AlreadyCompleted { receipt_number }.into()),
        SaleState::Cancelled => Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Open(_) | SaleState::Unknown => Err(SaleError::Unknown {}.into()),
    }
}

/// An open sale changed: from `revision` on, about this line.
#[derive(Serialize, Deserialize)]
pub struct SaleChanged {
    sale: SaleId,
    revision: u64,
    line: Option<u32>,
    /// The answer as of this change, so that the one who waits does not wait for it to be read back. Not remembered: a
    /// second call reads it from the ledger.
    #[serde(skip)]
    shown: Option<Box<SaleView>>,
}

impl Effect for SaleChanged {
    type Answer = SaleView;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<SaleView, Error> {
        let read = || view::open_sale(ask, self.sale, self.revision, self.line);
        let Some(shown) = self.shown else { return read() };
        debug_assert!(
            read().map_or(true, |read| read.revision != shown.revision || read == *shown),
            "the second answer is the first, unless the sale went on"
        );
        Ok(*shown)
    }
}

/// A sale was settled.
#[derive(Serialize, Deserialize)]
pub struct SettledSale {
    sale: SaleId,
    /// The answer as the fact itself gives it, so that the one who waits does not wait for the fact to be read back.
    /// Not remembered: a second call reads it from the ledger.
    #[serde(skip)]
    shown: Option<Box<SaleCompleted>>,
}

impl Effect for SettledSale {
    type Answer = SaleCompleted;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale, Topic::Devices]
    }

    fn answer(self, ask: &Ask<'_>) -> Result<SaleCompleted, Error> {
        let Some(shown) = self.shown else { return view::completed_sale(ask, self.sale) };
        debug_assert_eq!(*shown, view::completed_sale(ask, self.sale)?, "the second answer is the first");
        Ok(*shown)
    }
}

/// A sale was given up.
#[derive(Serialize, Deserialize)]
pub struct CancelledSale {
    sale: SaleId,
}

impl Effect for CancelledSale {
    type Answer = SaleCancelled;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, _: &Ask<'_>) -> Result<SaleCancelled, Error> {
        Ok(SaleCancelled { sale: self.sale })
    }
}
