//! Selling: what rings up, changes and settles a sale.

pub mod account;
mod customer;
mod discount;
mod explain;
mod find;
mod note;
pub mod own;
mod repay;
mod returned;
mod seller;
mod source;
mod suspended;
mod taxed;
mod tip;
mod undo;
mod view;

use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::code::{self, Scanned};
use crate::error::Error;
use crate::{drawer, print_job};
use database::LedgerTx;
use database::sale::SaleState;
use domain::code::Code;
use domain::code::label::{Imprint, Label};
use domain::currency::Currency;
use domain::ids::{OperatorId, PriceListId, SaleId};
use domain::people::Grants;
use domain::product::{NAME_MAX, ProductError, Status};
use domain::quantity::{Quantity, Unit};
use domain::sale::line::{Direction, Item, Line, Linked};
use domain::sale::undo::{Done, Kept, SaleAct};
use domain::sale::{Armed, NewSale, OpenSale, SaleError, TrailAct};
use domain::tax::TaxPolicy;
use domain::tender::TenderPolicy;
use domain::time::{BusinessDay, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use wire::envelope::Topic;
use wire::fact::{
    Fact, SaleCancelledFact, SaleCompletedFact, SoldDiscount, SoldLine, SoldTax, SoldTender, TrailEntry,
};
use wire::sale::{
    AddOpenItem, AddProduct, ArmSale, CancelSale, CompleteSale, ConfirmAge, OverridePrice, ReturnTender,
    SaleCancelled, SaleCompleted, SaleView, Scan, SetCustomer, SetQuantity, TakeTender, VoidLine,
};

pub use customer::{customer, find_customers, set_customer};
pub use discount::discount;
pub use explain::explain;
pub use find::find;
pub use note::note;
pub use repay::paid_with;
pub use returned::{returnable, reverse, take_back};
pub use seller::set_seller;
use source::Source;
pub use source::kept;
pub use suspended::{resume, suspend, suspended};
pub use taxed::{exempt_tax, take_away};
pub use tip::set_tip;
pub use undo::undo;
pub use view::{completed, current, lines, list};

/// The gapless series of receipts.
const RECEIPT: &str = "receipt";

/// `sale.scan`
pub fn scan(act: &Act<'_>, request: Scan) -> Result<SaleChanged, Error> {
    let Scanned { code, label, found } = look_up(act, &request.code)?;
    let archived = found.iter().find(|product| product.status == Status::Archived).cloned();
    let mut sellable: Vec<_> = found.into_iter().filter(|product| product.status == Status::Active).collect();
    match (sellable.len(), archived) {
        (1, _) => {
            let source = Source::of(act, sellable.remove(0), Some(code), label)?;
            ring_up(act, Rung::Product(Box::new(source)), Asked::default())
        }
        (0, Some(archived)) => Err(SaleError::ProductArchived { name: archived.name }.into()),
        (0, None) => match act.read(|reader| customer::of_number(reader, &request.code))? {
            // A customer's card is no code of goods: it says whom the sale is for.
            Some(id) => set_customer(act, SetCustomer { customer: Some(id) }),
            None => Err(unknown(act, &code)?.into()),
        },
        (count, _) => Err(SaleError::CodeAmbiguous { code: code.as_str().to_owned(), count }.into()),
    }
}

/// What a code is that no product has: a receipt of this till, or nothing it knows.
fn unknown(act: &Act<'_>, code: &Code) -> Result<SaleError, Error> {
    let receipt_number = code.as_str().to_uppercase();
    let is_receipt = act.read(|reader| Ok(reader.sale_of_receipt(&receipt_number)?.is_some()))?;
    Ok(match is_receipt {
        true => SaleError::CodeOfReceipt { receipt_number },
        false => SaleError::CodeUnknown { code: code.as_str().to_owned() },
    })
}

fn look_up(act: &Act<'_>, text: &str) -> Result<Scanned, Error> {
    act.read(|reader| code::look_up(act.terminal, reader, text, act.day()))
}

/// `sale.add_product`
pub fn add_product(act: &Act<'_>, request: AddProduct) -> Result<SaleChanged, Error> {
    let found = act.read(|reader| {
        let found = reader.product(request.product, act.day())?;
        Ok(found.map(|found| kept(reader, found, act.day())).transpose()?)
    })?;
    let found = found.ok_or(ProductError::Unknown {})?;
    if found.status == Status::Archived {
        return Err(SaleError::ProductArchived { name: found.name }.into());
    }
    let source = match &request.code {
        None => Source::of(act, found, None, Label::default())?,
        // Picked among the products of a code: what the code says of the piece is not lost by that.
        Some(text) => {
            let Scanned { code, label, found: among } = look_up(act, text)?;
            let Some(picked) = among.into_iter().find(|product| product.product == found.product) else {
                return Err(SaleError::CodeUnknown { code: code.as_str().to_owned() }.into());
            };
            Source::of(act, picked, Some(code), label)?
        }
    };
    let asked = Asked {
        quantity: request.quantity,
        direction: request.direction,
        typed_price: request.price,
        separate: request.quantity.is_some() || request.price.is_some(),
    };
    ring_up(act, Rung::Product(Box::new(source)), asked)
}

/// `sale.add_open_item`
pub fn add_open_item(act: &Act<'_>, request: AddOpenItem) -> Result<SaleChanged, Error> {
    let name = request.name.trim();
    let length = name.chars().count();
    if length == 0 || length > NAME_MAX {
        return Err(ProductError::NameInvalid { max: NAME_MAX }.into());
    }
    let rates = source::rates(act, request.tax_category, name)?;
    let item = Item {
        product: None,
        code: None,
        name: name.to_owned(),
        quantity: Quantity::ONE,
        unit: Unit::Each,
        price: request.price,
        list_price: None,
        tax_rate: rates.usual,
        places: rates.places,
        pack: None,
        price_list: None,
        in_code: None,
        age_min: None,
        imprint: Imprint::default(),
    };
    let asked = Asked { quantity: request.quantity, direction: request.direction, ..Asked::default() };
    ring_up(act, Rung::OpenItem(Box::new(item)), asked)
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
    change_line(act, request.sale, request.line, SaleAct::QuantityChanged, move |sale, line, _| {
        sale.set_quantity(line, request.quantity)
    })
}

/// `sale.override_price`
pub fn override_price(act: &Act<'_>, request: OverridePrice) -> Result<SaleChanged, Error> {
    change_line(act, request.sale, request.line, SaleAct::PriceOverridden, move |sale, line, grants| {
        sale.override_price(line, request.price, grants)
    })
}

/// `sale.void_line`
pub fn void_line(act: &Act<'_>, request: VoidLine) -> Result<SaleChanged, Error> {
    change_line(act, request.sale, request.line, SaleAct::LineVoided, |sale, line, _| sale.void_line(line))
}

/// `sale.confirm_age`
pub fn confirm_age(act: &Act<'_>, request: ConfirmAge) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        let kept = Kept { said: sale.said(), lines: Vec::new(), added: Vec::new() };
        let act = sale.confirm_age(request.age)?;
        tx.keep_act(&mut sale, SaleAct::AgeConfirmed, &kept)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        tx.save_open_sale(&sale)?;
        changed(&sale, &[])
    })
}

/// `sale.take_tender`
pub fn take_tender(act: &Act<'_>, request: TakeTender) -> Result<SaleChanged, Error> {
    let grants = act.grants.clone();
    let taken = change_tenders(act, request.sale, move |tx, sale| {
        let taken = account::take(tx, sale, request.tender, &grants)?;
        sale.expect_way(&grants)?;
        Ok(taken)
    });
    account::named(act, taken)
}

/// `sale.return_tender`
pub fn return_tender(act: &Act<'_>, request: ReturnTender) -> Result<SaleChanged, Error> {
    change_tenders(act, request.sale, move |_, sale| Ok(sale.return_tender(request.tender)?))
}

/// Changes what was paid of an open sale and remembers it in its trail.
fn change_tenders(
    act: &Act<'_>,
    sale: SaleId,
    change: impl FnOnce(&LedgerTx<'_>, &mut OpenSale) -> Result<TrailAct, Error> + Send + 'static,
) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    act.commit(move |tx| {
        let mut sale = open_sale(tx, sale, operator)?;
        let act = change(tx, &mut sale)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        tx.save_open_sale(&sale)?;
        changed(&sale, &[])
    })
}

/// `sale.cancel`
pub fn cancel(act: &Act<'_>, request: CancelSale) -> Result<CancelledSale, Error> {
    let (operator, day) = (act.operator, act.day());
    let terminal = Arc::clone(act.terminal);
    let effect = act.commit(move |tx| {
        let sale = open_sale(tx, request.sale, operator)?;
        sale.expect_unpaid()?;
        let settings = terminal.settings.of(&terminal, tx)?;
        let lines = tx.open_lines(sale.id)?;
        let fact = SaleCancelledFact {
            sale: sale.id,
            drawer: drawer::used(tx, &settings.devices, operator)?.number,
            opened_at: sale.opened_at,
            total: sale.totals()?.total.minor(),
            reason: request.reason,
            currency: sale.currency,
            lines: lines.into_iter().map(|line| SoldLine::of(line, operator)).collect(),
            trail: tx.open_trail(sale.id)?,
            business_day: Some(day),
        };
        tx.remove_open_sale(sale.id, &sale.acts, &fact.trail)?;
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
    let terminal = Arc::clone(act.terminal);
    let grants = act.grants.clone();
    let effect = act.commit(move |tx| {
        let mut sale = open_sale(tx, request.sale, operator)?;
        let (totals, settlement) = sale.settle(&request.tenders, request.total)?;
        repay::read_again(tx, &mut sale)?;
        let repaid = sale.repaid(&settlement, &grants)?;
        let credit_left = account::left(tx, &sale, &settlement)?;
        let owed = account::owed_after(tx, &sale, &settlement, &grants)?;
        let cash = settlement
            .tenders
            .iter()
            .any(|tender| tender.kind.rules().opens_drawer || !tender.change.is_zero());
        let number = tx.next_number(RECEIPT)?;
        let receipt_number = format!("{}-{number:06}", tx.series());
        let settings = terminal.settings.of(&terminal, tx)?;
        let drawer = drawer::used(tx, &settings.devices, operator)?.number;
        let lines = tx.open_lines(sale.id)?;
        let (notes, words) = note::seal(tx, &sale, &lines);
        let lines: Vec<_> = lines.into_iter().map(|line| SoldLine::of(line, operator)).collect();
        let fact = SaleCompletedFact {
            sale: sale.id,
            number,
            receipt_number: receipt_number.clone(),
            business_day: day,
            opened_at: sale.opened_at,
            shop_version: settings.shop_version,
            currency: sale.currency,
            tax_policy: sale.tax_policy,
            reverses: returned::reversed(&sale, &lines),
            lines,
            discount: sale.discount.map(SoldDiscount::of),
            taxes: totals.taxes.iter().map(SoldTax::of).collect(),
            total: totals.total.minor(),
            customer: sale.customer.map(|customer| customer.id),
            takeaway: sale.takeaway,
            exempt: sale.exempt,
            drawer,
            tenders: settlement.tenders.iter().map(SoldTender::of).collect(),
            cash_rounding: settlement.cash_rounding.minor(),
            repaid,
            credit_left,
            owed,
            notes,
            trail: tx.open_trail(sale.id)?,
        };
        returned::check(tx, &fact.lines)?;
        let mut shown = view::shown(&fact, tx.moment().wall, false)?;
        tx.remove_open_sale(sale.id, &sale.acts, &fact.trail)?;
        tx.append(operator, &Fact::SaleCompleted(Box::new(fact)), &words)?;
        let devices = &settings.devices;
        let now = tx.moment().wall;
        // The drawer first: the cashier waits for it, not for the paper.
        if cash && !tx.is_training() && devices.opens(drawer).is_some() {
            tx.queue_print(&drawer::kick(tx, drawer, sale.id.0, receipt_number.clone()))?;
            shown.opens_drawer = true;
        }
        if devices.prints() {
            tx.queue_print(&print_job::receipt(sale.id.0, receipt_number, 0, now))?;
        }
        Ok(SettledSale { sale: sale.id, shown: Some(Box::new(shown)) })
    });
    let effect = account::named(act, effect)?;
    act.caller.desk(|desk| desk.completed = Some(effect.sale));
    Ok(effect)
}

/// What a call asks of a line beside the product.
#[derive(Clone, Copy, Default)]
struct Asked {
    quantity: Option<Quantity>,
    direction: Option<Direction>,
    typed_price: Option<domain::price::Price>,
    /// Whether the line stands alone although the last one is the same.
    separate: bool,
}

/// What is rung up.
enum Rung {
    /// A product; the sale says by which list it is priced.
    Product(Box<Source>),
    /// Something that is not in the catalogue.
    OpenItem(Box<Item>),
}

impl Rung {
    fn priced(self, sale: &OpenSale, asked: &Asked, act: &Ringing) -> Result<source::Priced, Error> {
        match self {
            Self::Product(source) => source.priced(sale, act.day, asked.typed_price, &act.grants),
            Self::OpenItem(mut item) => {
                item.tax_rate = sale.rate_of(item.tax_rate, item.places);
                Ok(source::Priced { item: *item, quantity: None, unweighed: false, deposit: None })
            }
        }
    }
}

/// Who rings up, and when.
struct Ringing {
    operator: OperatorId,
    grants: Grants,
    now: Timestamp,
    day: BusinessDay,
}

/// Adds what is rung up to this operator's open sale, opening one if there is none.
fn ring_up(act: &Act<'_>, rung: Rung, asked: Asked) -> Result<SaleChanged, Error> {
    let opening = Opening::of(act)?;
    let ringing =
        Ringing { operator: act.operator, grants: act.grants.clone(), now: act.now.wall, day: act.day() };
    let effect = act.commit(move |tx| {
        let mut sale = opening.open(tx)?;
        let mut lines = ring_into(tx, &mut sale, rung, &asked, &ringing)?;
        discount::save(tx, &mut sale, &mut lines)?;
        changed(&sale, &lines)
    })?;
    act.caller.desk(|desk| {
        desk.completed = None;
        desk.refused_scan = None;
    });
    Ok(effect)
}

/// The lines that change: the one that is rung up, and what goes with it.
fn ring_into(
    tx: &LedgerTx<'_>,
    sale: &mut OpenSale,
    rung: Rung,
    asked: &Asked,
    ringing: &Ringing,
) -> Result<Vec<Line>, Error> {
    let source::Priced { mut item, quantity, unweighed, deposit } = rung.priced(sale, asked, ringing)?;
    let direction = asked.direction.unwrap_or(match sale.armed.return_next {
        true => Direction::Return,
        false => Direction::Sale,
    });
    let separate = asked.separate || sale.armed.quantity.is_some();
    let typed = asked.quantity.or(sale.armed.quantity);
    if unweighed && typed.is_none() {
        return Err(SaleError::QuantityMissing { name: item.name }.into());
    }
    let count = typed.unwrap_or(Quantity::ONE);
    item.quantity = match quantity {
        Some(said) => said.times(count).map_err(|_| SaleError::AmountOutOfRange {})?,
        None => count,
    };
    let again = if separate { None } else { counted_on(tx, sale, &item, direction)? };
    if let Some((mut line, linked)) = again {
        sale.count_again(&mut line)?;
        tx.note_act(sale, Done { act: SaleAct::Counted, key: line.number.into() })?;
        sale.armed = Armed::default();
        let mut lines = vec![line];
        if let Some((mut linked, with)) = linked {
            sale.follow(&lines[0], &mut linked, with)?;
            lines.push(linked);
        }
        return Ok(lines);
    }
    let mut line = sale.add(item, direction, &ringing.grants)?;
    tx.note_act(sale, Done { act: SaleAct::LineAdded, key: line.number.into() })?;
    if let Some(price) = asked.typed_price
        && price != line.price
    {
        let act = sale.override_price(&mut line, price, &ringing.grants)?;
        tx.add_open_trail(sale, &TrailEntry { at: ringing.now, operator: ringing.operator, act })?;
    }
    let mut lines = vec![line];
    if let Some((per_unit, item)) = deposit {
        lines.push(sale.add_linked(&lines[0], item, per_unit, &ringing.grants)?);
    }
    Ok(lines)
}

/// A line, and the one that goes with it.
type WithLinked = (Line, Option<(Line, Linked)>);

/// The last line of the sale, with what goes with it, if one more of this item can be counted on it.
fn counted_on(
    tx: &LedgerTx<'_>,
    sale: &OpenSale,
    item: &Item,
    direction: Direction,
) -> Result<Option<WithLinked>, Error> {
    let Some(last) = tx.open_line(sale.id, sale.last_line)? else { return Ok(None) };
    let (line, linked) = match last.with {
        None => (last, None),
        Some(with) => match tx.open_line(sale.id, with.line)? {
            Some(line) => (line, Some((last, with))),
            None => return Ok(None),
        },
    };
    let takes = line.takes(item, direction) && line.seller == sale.seller;
    Ok(takes.then_some((line, linked)))
}

/// What a change of these lines is answered with: the first is the one it was about.
pub fn changed(sale: &OpenSale, lines: &[Line]) -> Result<SaleChanged, Error> {
    let about = lines.first().map(|line| line.number);
    let revision = lines.first().map_or(sale.revision, |line| line.revision);
    let shown = Some(Box::new(view::view(sale, lines, about)?));
    Ok(SaleChanged { sale: sale.id, revision, line: about, shown })
}

/// Lines an answer carries at most; the screen reads the others.
const LINES_SHOWN: usize = 60;

/// What a change of the sale that many of its lines follow is answered with: it is about none of them.
pub fn changed_many(sale: &OpenSale, lines: &[Line]) -> Result<SaleChanged, Error> {
    let revision = lines.first().map_or(sale.revision, |line| line.revision);
    let shown = match lines.len() {
        0..=LINES_SHOWN => Some(Box::new(view::view(sale, lines, None)?)),
        _ => None,
    };
    Ok(SaleChanged { sale: sale.id, revision, line: None, shown })
}

/// What a new sale needs, read before the transaction that may open it.
#[derive(Clone, Copy)]
struct Opening {
    id: SaleId,
    operator: OperatorId,
    shop: Option<(Currency, TaxPolicy, Option<PriceListId>, TenderPolicy)>,
    training: bool,
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
            Ok(Some((shop.currency, shop.tax_policy, shop.price_list, shop.tenders)))
        })?;
        Ok(Self { id, operator, shop, training: act.training })
    }

    /// The operator's open sale, or a new one.
    fn open(self, tx: &LedgerTx<'_>) -> Result<OpenSale, Error> {
        if let Some(sale) = tx.open_sale_of(self.operator)? {
            return if sale.training == self.training { Ok(sale) } else { Err(SaleError::Unknown {}.into()) };
        }
        let (currency, tax_policy, price_list, tender_policy) = self.shop.ok_or(SaleError::Unknown {})?;
        let opened_at = tx.moment().wall;
        let Self { id, operator, training, .. } = self;
        let new =
            NewSale { id, currency, tax_policy, opened_at, operator, price_list, tender_policy, training };
        Ok(OpenSale::open(new))
    }
}

/// Changes one line of an open sale and remembers how in its trail.
fn change_line(
    act: &Act<'_>,
    sale: SaleId,
    number: u32,
    what: SaleAct,
    change: impl FnOnce(&mut OpenSale, &mut Line, &Grants) -> Result<TrailAct, SaleError> + Send + 'static,
) -> Result<SaleChanged, Error> {
    let operator = act.operator;
    let grants = act.grants.clone();
    act.commit(move |tx| {
        let mut sale = open_sale(tx, sale, operator)?;
        let mut line = tx.open_line(sale.id, number)?.ok_or(SaleError::LineUnknown { line: number })?;
        let mut kept = Kept { said: sale.said(), lines: vec![line.clone()], added: Vec::new() };
        let act = change(&mut sale, &mut line, &grants)?;
        let at = tx.moment().wall;
        tx.add_open_trail(&sale, &TrailEntry { at, operator, act })?;
        let mut lines = vec![line];
        // What goes with a line stands right behind it.
        let next = tx.open_line(sale.id, number.saturating_add(1))?;
        if let Some(mut linked) = next
            && let Some(with) = linked.with.filter(|with| with.line == number)
        {
            kept.lines.push(linked.clone());
            sale.follow(&lines[0], &mut linked, with)?;
            lines.push(linked);
        }
        tx.keep_act(&mut sale, what, &kept)?;
        discount::save(tx, &mut sale, &mut lines)?;
        changed(&sale, &lines)
    })
}

/// This operator's open sale of this id; another operator's is unknown to them.
pub fn open_sale(tx: &LedgerTx<'_>, sale: SaleId, operator: OperatorId) -> Result<OpenSale, Error> {
    match tx.sale_state(sale)? {
        SaleState::Open(open) if open.operator == operator && open.training == tx.is_training() => Ok(*open),
        SaleState::Completed(receipt_number) => Err(SaleError::AlreadyCompleted { receipt_number }.into()),
        SaleState::Cancelled => Err(SaleError::AlreadyCancelled {}.into()),
        SaleState::Suspended(_) => Err(SaleError::Suspended {}.into()),
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

    const TRANSACTION_ALONE: bool = true;

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

    const TRANSACTION_ALONE: bool = true;

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

    const TRANSACTION_ALONE: bool = true;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, _: &Ask<'_>) -> Result<SaleCancelled, Error> {
        Ok(SaleCancelled { sale: self.sale })
    }
}
