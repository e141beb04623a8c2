//! A till made of the pure rules alone, with amounts as people write them.

use domain::code::label::Imprint;
use domain::currency::Currency;
use domain::discount::{DiscountBy, DiscountReason};
use domain::ids::{OperatorId, PaymentId, SaleId};
use domain::money::Money;
use domain::people::{CAME_LATER, Grant, Grants, Permission, Role};
use domain::price::Price;
use domain::quantity::{Quantity, Unit};
use domain::rounding::Rounding;
use domain::sale::line::{Direction, Item, Line};
use domain::sale::returned::{ReturnReason, TakeBack, returnables};
use domain::sale::{NewSale, OpenSale, SaleError};
use domain::tax::{TaxMode, TaxPolicy, TaxRate, TaxScope};
use domain::tender::{PaymentResult, TenderDirection, TenderKind, TenderPolicy, TenderRequest};
use domain::time::Timestamp;
use uuid::Uuid;

/// How a shop reckons.
#[derive(Clone, Copy)]
pub struct Shop {
    pub currency: Currency,
    pub tax: TaxPolicy,
    pub tenders: TenderPolicy,
}

/// A sale on it, and its lines.
pub struct Till {
    pub shop: Shop,
    pub sale: OpenSale,
    pub lines: Vec<Line>,
    pub grants: Grants,
}

/// What a sale came to, minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub total: i64,
    pub net: i64,
    pub tax: i64,
    /// By rate: net and tax.
    pub rates: Vec<(i64, i64)>,
    /// What each tender kept, negative where it was given, in order.
    pub kept: Vec<i64>,
    /// What came back in cash.
    pub change: i64,
    /// What cash was rounded by.
    pub rounding: i64,
}

/// A decimal number as a whole one of so many decimals.
pub fn decimal(text: &str, decimals: usize) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    assert!(rest.len() <= decimals, "{text} has more than {decimals} decimals");
    sign * format!("{whole}{rest:0<decimals$}").parse::<i64>().unwrap()
}

impl Shop {
    /// Prices with tax, which is rounded line by line, half up.
    pub fn new(currency: &str) -> Self {
        let tax = TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp };
        let tenders = TenderPolicy { voucher: true, ..TenderPolicy::default() };
        Self { currency: Currency::parse(currency).unwrap(), tax, tenders }
    }

    pub fn added(mut self) -> Self {
        self.tax.mode = TaxMode::Added;
        self
    }

    pub fn by_document(mut self) -> Self {
        self.tax.scope = TaxScope::Document;
        self
    }

    pub fn rounding(mut self, rounding: Rounding) -> Self {
        self.tax.rounding = rounding;
        self
    }

    /// Cash as it is usually rounded where the currency is used.
    pub fn coins(mut self) -> Self {
        self.tenders.cash_rounding = domain::tender::CashRounding::usual(self.currency);
        assert!(self.tenders.cash_rounding.is_some());
        self
    }

    /// Cash in steps of so many minor units.
    pub fn step(mut self, step: i64) -> Self {
        let tie = domain::tender::CashTie::Up;
        self.tenders.cash_rounding = Some(domain::tender::CashRounding { step, tie });
        self
    }

    pub fn voucher_change(mut self) -> Self {
        self.tenders.voucher_change = true;
        self
    }

    pub fn money(&self, text: &str) -> Money {
        Money::new(decimal(text, self.currency.decimals() as usize), self.currency).unwrap()
    }

    pub fn till(self) -> Till {
        let all = Permission::ALL.into_iter().map(|permission| Grant { permission, limit: None });
        let role = Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: "all".into(),
            grants: all.collect(),
            known: CAME_LATER.len(),
        };
        let sale = OpenSale::open(NewSale {
            id: SaleId(Uuid::from_u128(1)),
            currency: self.currency,
            tax_policy: self.tax,
            opened_at: Timestamp(0),
            operator: OperatorId(Uuid::from_u128(2)),
            price_list: None,
            tender_policy: self.tenders,
            training: false,
        });
        Till { shop: self, sale, lines: Vec::new(), grants: Grants::of(&role) }
    }
}

/// The goods of a line: price per unit, quantity, rate in per cent.
fn item(price: &str, quantity: &str, rate: &str) -> Item {
    let quantity = Quantity::thousandths(decimal(quantity, 3)).unwrap();
    Item {
        product: None,
        code: None,
        name: "Goods".into(),
        quantity,
        unit: if quantity.is_whole() { Unit::Each } else { Unit::Kilogram },
        price: Price::micros(decimal(price, 6)).unwrap(),
        list_price: None,
        tax_rate: TaxRate::ppm(decimal(rate, 4)).unwrap(),
        imprint: Imprint::default(),
        pack: None,
        price_list: None,
        in_code: None,
        age_min: None,
        places: None,
    }
}

impl Till {
    /// Sells so much at a price with a rate in per cent.
    pub fn ring(mut self, price: &str, quantity: &str, rate: &str) -> Self {
        let line = self.sale.add(item(price, quantity, rate), Direction::Sale, &self.grants).unwrap();
        self.lines.push(line);
        self
    }

    /// Takes goods back without a receipt.
    pub fn back(mut self, price: &str, quantity: &str, rate: &str) -> Self {
        let line = self.sale.add(item(price, quantity, rate), Direction::Return, &self.grants).unwrap();
        self.lines.push(line);
        self
    }

    /// What goes with the last line, one for each: a deposit.
    pub fn deposit(mut self, price: &str, rate: &str) -> Self {
        let line = self.lines.last().unwrap();
        let linked = self.sale.add_linked(line, item(price, "1", rate), Quantity::ONE, &self.grants).unwrap();
        self.lines.push(linked);
        self
    }

    /// Takes so much off a line, counted from 0; `10%` or an amount.
    pub fn off(mut self, line: usize, off: &str) -> Self {
        let by = Some(self.by(off));
        let given = self.sale.discount_line(&mut self.lines[line], by, DiscountReason::Other, &self.grants);
        given.unwrap();
        self.spread()
    }

    /// Takes so much off the whole sale.
    pub fn off_all(mut self, off: &str) -> Self {
        let by = Some(self.by(off));
        self.sale.discount(&self.lines, by, DiscountReason::Other, &self.grants).unwrap();
        self.spread()
    }

    fn by(&self, off: &str) -> DiscountBy {
        match off.strip_suffix('%') {
            Some(part) => DiscountBy::Part { ppm: decimal(part, 4) },
            None => DiscountBy::Amount { minor: self.shop.money(off).minor() },
        }
    }

    fn spread(mut self) -> Self {
        self.sale.spread(&mut self.lines).unwrap();
        self
    }

    /// Takes so much of a line of a completed sale back, of which some had come back before.
    pub fn take_back(mut self, sold: &Self, line: usize, before: &str, quantity: &str) -> Self {
        let number = sold.lines[line].number;
        let returned = |of: u32| match of == number {
            true => Quantity::thousandths(decimal(before, 3)).unwrap(),
            false => Quantity::ZERO,
        };
        let all = returnables(sold.lines.clone(), &sold.sale.tax_policy, returned).unwrap();
        let how = TakeBack {
            sale: SaleId(Uuid::from_u128(9)),
            receipt_number: "A-000001".into(),
            restock: true,
            reason: ReturnReason::Unwanted,
            paid: Vec::new(),
        };
        let quantity = Quantity::thousandths(decimal(quantity, 3)).unwrap();
        self.lines.push(self.sale.take_back(&all[line], quantity, &how, &self.grants).unwrap());
        self
    }

    /// Pays a part by card.
    pub fn card(mut self, amount: &str) -> Self {
        let payment = PaymentId(Uuid::from_u128(self.sale.tenders.len() as u128 + 1));
        self.sale.begin_payment(payment, TenderKind::Card, Some(self.shop.money(amount))).unwrap();
        self.sale.end_payment(payment, PaymentResult::Approved, None).unwrap();
        self
    }

    /// Pays a part by voucher.
    pub fn voucher(mut self, amount: &str) -> Self {
        self.sale.take_tender(&voucher(self.shop.money(amount))).unwrap();
        self
    }

    /// Settles with cash: what is handed over.
    pub fn cash(&self, handed: &str) -> Paid {
        self.settle(&[TenderRequest::cash(Some(self.shop.money(handed)))]).unwrap()
    }

    /// Settles with exactly what is due in cash, either way.
    pub fn exact(&self) -> Paid {
        self.settle(&[TenderRequest::cash(None)]).unwrap()
    }

    /// Settles with a voucher that is worth so much.
    pub fn with_voucher(&self, worth: &str) -> Result<Paid, SaleError> {
        self.settle(&[voucher(self.shop.money(worth))])
    }

    /// Settles with what was paid before.
    pub fn paid(&self) -> Paid {
        self.settle(&[]).unwrap()
    }

    fn settle(&self, requests: &[TenderRequest]) -> Result<Paid, SaleError> {
        let (totals, settlement) = self.sale.settle(requests, None)?;
        let kept = settlement.tenders.iter().map(|tender| {
            let kept = tender.tendered.minor() - tender.change.minor();
            match tender.direction {
                TenderDirection::Taken => kept,
                TenderDirection::Given => -kept,
            }
        });
        let paid = Paid {
            total: totals.total.minor(),
            net: totals.net.minor(),
            tax: totals.tax.minor(),
            rates: totals.taxes.iter().map(|row| (row.net.minor(), row.tax.minor())).collect(),
            kept: kept.collect(),
            change: settlement.tenders.iter().map(|tender| tender.change.minor()).sum(),
            rounding: settlement.cash_rounding.minor(),
        };
        // What holds for every sale, whatever the case is about.
        assert_eq!(paid.net + paid.tax, paid.total, "net and tax are the total");
        assert_eq!(paid.kept.iter().sum::<i64>(), paid.total + paid.rounding, "the tenders are the total");
        Ok(paid)
    }
}

fn voucher(amount: Money) -> TenderRequest {
    TenderRequest { kind: TenderKind::Voucher, amount: Some(amount), reference: Some("V-1".to_owned()) }
}
