//! The days of a seeded shop: who signs on, what is sold when, and what goes wrong. Sales are rung up by the rules of
//! `domain`, so that their sums are a till's sums.

use super::catalogue::Listed;
use super::draw::Draw;
use super::{Plan, Stream, ZONE_MIN};
use domain::currency::Currency;
use domain::ids::{OperatorId, SaleId};
use domain::money::Money;
use domain::people::{CAME_LATER, Grant, Grants, Permission, Role};
use domain::product::Status;
use domain::quantity::{Quantity, Unit};
use domain::rounding::Rounding;
use domain::sale::line::{Direction, Item, Line};
use domain::sale::{NewSale, OpenSale};
use domain::tax::{TaxMode, TaxPolicy, TaxScope, Totals};
use domain::tender::{Settlement, TenderPolicy, TenderRequest};
use domain::time::{BusinessDay, ClockQuality, Moment, Timestamp};
use wire::fact::TrailEntry;

/// How tax is computed in a seeded shop.
pub const TAX_POLICY: TaxPolicy =
    TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp };

/// Sales of each weekday from Monday, against each other.
const WEEKDAYS: [u64; 7] = [9, 9, 10, 11, 14, 17, 5];
/// Sales of each hour from eight in the morning, against each other.
const HOURS: [u64; 12] = [4, 6, 8, 10, 14, 11, 8, 8, 10, 14, 12, 6];
/// What customers hand over, in cents.
const NOTES: [i64; 4] = [500, 1_000, 2_000, 5_000];

/// Something that happened on a day.
pub struct Happening {
    pub moment: Moment,
    pub operator: OperatorId,
    pub what: What,
}

/// What happened.
pub enum What {
    SignedIn,
    SignedOut,
    Sold(Box<Sold>),
    Cancelled(Box<Sold>),
}

/// A sale that was rung up.
pub struct Sold {
    pub open: OpenSale,
    pub lines: Vec<Line>,
    pub trail: Vec<TrailEntry>,
    pub totals: Totals,
    pub settlement: Settlement,
    pub day: BusinessDay,
}

/// Makes the days of a shop one after the other.
pub struct Days<'p> {
    plan: Plan,
    products: &'p [Listed],
    /// Places of the products that are sold, the most popular first.
    popular: Vec<usize>,
    operators: Vec<OperatorId>,
    grants: Grants,
    currency: Currency,
    draw: Draw,
    /// Sales of each day.
    counts: Vec<u64>,
    day: usize,
}

impl<'p> Days<'p> {
    /// The days of a plan.
    ///
    /// # Errors
    /// When there is nothing to sell, or nobody to sell it.
    pub fn new(plan: Plan, products: &'p [Listed], operators: Vec<OperatorId>) -> Result<Self, String> {
        let mut popular: Vec<usize> =
            (0..products.len()).filter(|at| products[*at].product.status == Status::Active).collect();
        if popular.is_empty() || operators.is_empty() {
            return Err("a shop without products or operators sells nothing".to_owned());
        }
        Draw::new(plan.seed, Stream::Popularity as u64).shuffle(&mut popular);
        let all = Permission::ALL.map(|permission| Grant { permission, limit: None }).to_vec();
        Ok(Self {
            plan,
            products,
            popular,
            operators,
            grants: Grants::of(&Role {
                badge_needs_pin: false,
                own_sales_only: false,
                trains_only: false,
                name: String::new(),
                grants: all,
                known: CAME_LATER.len(),
            }),
            currency: Currency::parse("EUR").ok_or("EUR is a currency")?,
            draw: Draw::new(plan.seed, Stream::Sales as u64),
            counts: counts(&plan),
            day: 0,
        })
    }

    /// What happened on the next day, in order; `None` after the last one.
    ///
    /// # Errors
    /// When the rules refuse what was drawn.
    pub fn next_day(&mut self) -> Result<Option<Vec<Happening>>, String> {
        let Some(count) = self.counts.get(self.day).copied() else { return Ok(None) };
        let day = self.day;
        self.day += 1;
        if count == 0 {
            return Ok(Some(Vec::new()));
        }
        let operator = *self.draw.one(&self.operators);
        let mut happenings = Vec::new();
        happenings.push(Happening { moment: self.at(day, 0), operator, what: What::SignedIn });
        for number in 0..count {
            // The sales stand in even steps of the day's flow, each moved within its step.
            let step = 1_000_000 / count;
            let part = number * step + self.draw.below(step);
            let second = second_of(part);
            let sold = self.sale(day, second, operator)?;
            let seconds = sold.open.opened_at.0;
            let moment = self.at(day, second);
            debug_assert!(moment.wall.0 >= seconds);
            happenings.push(Happening { moment, operator, what: What::Sold(Box::new(sold)) });
            if self.draw.happens(10) {
                let sold = self.sale(day, second, operator)?;
                happenings.push(Happening { moment, operator, what: What::Cancelled(Box::new(sold)) });
            }
        }
        happenings.push(Happening { moment: self.at(day, SECONDS_OPEN), operator, what: What::SignedOut });
        Ok(Some(happenings))
    }

    /// The moment so many seconds after a day's opening at eight.
    fn at(&self, day: usize, second: u64) -> Moment {
        let begun = self.plan.opened().wall.0 + (day as i64 + 1) * DAY_MS;
        let ms = i64::try_from(second * 1_000).unwrap_or(0);
        Moment {
            wall: Timestamp(begun + ms),
            zone_min: ZONE_MIN,
            // The machine is switched on every morning.
            boot: day as u64 + 2,
            mono_ms: 600_000 + ms.unsigned_abs(),
            quality: ClockQuality::Unknown,
        }
    }

    fn sale(&mut self, day: usize, second: u64, operator: OperatorId) -> Result<Sold, String> {
        let text = |error: domain::sale::SaleError| error.to_string();
        let moment = self.at(day, second);
        let taking = i64::try_from(self.draw.between(15, 240)).unwrap_or(15) * 1_000;
        let opened_at = moment.wall.plus_ms(-taking);
        let new = NewSale {
            id: SaleId(self.draw.uuid(opened_at.0)),
            currency: self.currency,
            tax_policy: TAX_POLICY,
            opened_at,
            operator,
            price_list: None,
            tender_policy: TenderPolicy::default(),
            training: false,
        };
        let mut open = OpenSale::open(new);
        let business_day = BusinessDay::of(&moment);
        let mut lines: Vec<Line> = Vec::new();
        let mut trail = Vec::new();
        let returns = self.draw.happens(15);
        for _ in 0..self.line_count() {
            let place = usize::try_from(self.draw.skewed(self.popular.len() as u64)).unwrap_or(0);
            let listed = &self.products[self.popular[place]];
            let returned = returns && self.draw.happens(500);
            let direction = if returned { Direction::Return } else { Direction::Sale };
            let item = item(listed, business_day, &mut self.draw)?;
            let mut line = open.add(item, direction, &self.grants).map_err(text)?;
            if direction == Direction::Sale && self.draw.happens(8) {
                let cheaper = domain::price::Price::micros(line.price.as_micros() / 10 * 9);
                let cheaper = cheaper.map_err(|error| error.to_string())?;
                let act = open.override_price(&mut line, cheaper, &self.grants).map_err(text)?;
                trail.push(TrailEntry { at: moment.wall, operator, act });
            }
            lines.push(line);
        }
        if lines.len() > 1 && self.draw.happens(20) {
            let place = self.draw.index(lines.len());
            let act = open.void_line(&mut lines[place]).map_err(text)?;
            trail.push(TrailEntry { at: moment.wall, operator, act });
        }
        lines.retain(|line| !line.voided);
        let due = open.totals().map_err(text)?.total;
        let request = TenderRequest::cash(self.handed_over(due)?);
        let (totals, settlement) = open.settle(&[request], Some(due)).map_err(text)?;
        Ok(Sold { open, lines, trail, totals, settlement, day: business_day })
    }

    /// Mostly a few lines, now and then a full trolley.
    fn line_count(&mut self) -> u64 {
        if self.draw.happens(15) { self.draw.between(20, 60) } else { 1 + self.draw.skewed(14) }
    }

    /// Exactly what is due, or the next notes.
    fn handed_over(&mut self, due: Money) -> Result<Option<Money>, String> {
        if due.minor() <= 0 || self.draw.happens(350) {
            return Ok(None);
        }
        let note = *self.draw.one(&NOTES);
        let notes = (due.minor() + note - 1) / note * note;
        Money::new(notes, self.currency).map(Some).map_err(|error| error.to_string())
    }
}

const DAY_MS: i64 = 86_400_000;
/// From eight to eight.
const SECONDS_OPEN: u64 = 12 * 3_600;

fn item(listed: &Listed, day: BusinessDay, draw: &mut Draw) -> Result<Item, String> {
    let product = &listed.product;
    let quantity = match product.unit {
        Unit::Kilogram => Quantity::thousandths(i64::try_from(draw.between(60, 2_400)).unwrap_or(60)),
        _ if draw.happens(180) => Quantity::each(i64::try_from(draw.between(2, 6)).unwrap_or(2)),
        _ => Ok(Quantity::ONE),
    };
    Ok(Item {
        product: Some(listed.id),
        code: product.codes.first().map(|code| code.as_str().to_owned()),
        name: product.name.clone(),
        quantity: quantity.map_err(|error| error.to_string())?,
        unit: product.unit,
        price: product.price_on(day).ok_or("every product has a price from the opening day on")?,
        list_price: None,
        tax_rate: listed.rate()?,
        imprint: domain::code::label::Imprint::default(),
        pack: None,
        price_list: None,
        in_code: None,
        age_min: None,
        places: None,
    })
}

/// The second after opening at which so many millionths of a day's sales are done.
fn second_of(part: u64) -> u64 {
    let all: u64 = HOURS.iter().sum();
    let mut left = part * all;
    for (hour, weight) in (0_u64..).zip(HOURS) {
        let of_hour = weight * 1_000_000;
        if left < of_hour {
            return hour * 3_600 + left * 3_600 / of_hour;
        }
        left -= of_hour;
    }
    SECONDS_OPEN
}

/// The sales of each day; together they are the plan's.
fn counts(plan: &Plan) -> Vec<u64> {
    let weight = |day: u64| {
        let unix_day = plan.opened_day().unix_day() + i32::try_from(day).unwrap_or(0) + 1;
        // 5 January 1970 was a Monday.
        let weekday = usize::try_from((unix_day - 4).rem_euclid(7)).unwrap_or(0);
        let of_year = unix_day.rem_euclid(365);
        // Three weeks before Christmas everybody buys; 20 December is about day 353.
        WEEKDAYS[weekday] * if (335..359).contains(&of_year) { 15 } else { 10 }
    };
    let weights: Vec<u64> = (0..plan.days()).map(weight).collect();
    let all: u64 = weights.iter().sum::<u64>().max(1);
    let sales = u64::from(plan.sales);
    let mut so_far = 0;
    let mut done = 0;
    weights
        .into_iter()
        .map(|weight| {
            so_far += weight;
            let until = sales * so_far / all;
            let count = until - done;
            done = until;
            count
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_hold_exactly_the_sales_of_the_plan() {
        for sales in [0, 1, 99, 12_345] {
            let plan = Plan { products: 1, sales, years: 2, seed: 1 };
            assert_eq!(counts(&plan).iter().sum::<u64>(), u64::from(sales));
        }
    }

    #[test]
    fn a_day_begins_at_its_opening_and_never_goes_back() {
        let seconds: Vec<u64> = (0..1_000).map(|part| second_of(part * 1_000)).collect();
        assert_eq!(seconds[0], 0);
        assert!(seconds.is_sorted());
        assert!(seconds[999] < SECONDS_OPEN);
    }
}
