//! How paper would look: a receipt or an invoice of goods nobody sold, laid out with settings that need not be saved.

use crate::ask::Ask;
use crate::error::Error;
use crate::texts::{Key, Texts};
use data_encoding::BASE64;
use devices::raster::Roll;
use domain::code::label::Imprint;
use domain::document::Document;
use domain::invoice::Invoice;
use domain::invoice::issue::InvoiceKind;
use domain::money::Money;
use domain::price::Price;
use domain::quantity::{Quantity, Unit};
use domain::receipt::{Receipt, ReceiptForm};
use domain::rounding::Rounding;
use domain::sale::SaleError;
use domain::sale::line::{Direction, Line};
use domain::settings::Shop;
use domain::tax::{RateSum, TaxRate, Totals};
use domain::tender::{TenderPolicy, TenderRequest, settle};
use wire::receipt::{ReceiptPreview, ReceiptSample, SampleKind, SampleReceipt};

/// The number on a sample.
const NUMBER: &str = "A-000042";
/// Rates, quantities (in thousandths) and prices (in tenths of the currency's unit) of the goods of a sample.
const GOODS: [(Key, i64, Unit, i64, i64); 3] = [
    (Key::PaperSampleBread, 55_000, Unit::Each, 1_000, 42),
    (Key::PaperSampleCoffee, 100_000, Unit::Each, 2_000, 18),
    (Key::PaperSampleCheese, 55_000, Unit::Kilogram, 385, 249),
];

/// `receipt.sample`
pub fn sample(ask: &Ask<'_>, request: SampleReceipt) -> Result<ReceiptSample, Error> {
    request.shop.check()?;
    let language = request.shop.language;
    let roll = super::roll(&crate::device::settings_of(ask.terminal, ask.reader)?.1);
    let (document, roll) = match request.kind {
        SampleKind::Sale => (receipt(ask, request.shop, ReceiptForm::Sale, 0)?, roll),
        SampleKind::Gift => (receipt(ask, request.shop, ReceiptForm::Gift, 0)?, roll),
        SampleKind::Duplicate => (receipt(ask, request.shop, ReceiptForm::Sale, 1)?, roll),
        SampleKind::Invoice => (invoice(ask, request.shop)?, Roll::A4),
    };
    let document = ask.terminal.drawable(&document, language);
    Ok(ReceiptSample {
        picture: BASE64.encode(&ask.terminal.press().png(&document, roll)),
        preview: ReceiptPreview {
            lines: devices::plain_text(&devices::layout(&document, roll.columns)),
            document,
            columns: u32::try_from(roll.columns).unwrap_or(u32::MAX),
        },
    })
}

fn receipt(ask: &Ask<'_>, shop: Shop, form: ReceiptForm, copy: u32) -> Result<Document, Error> {
    let texts = Texts::of(shop.language);
    let (lines, totals) = goods(&shop)?;
    // Paid with the next round sum.
    let unit = shop.currency.minor_per_major().saturating_mul(10);
    let offered =
        totals.total.minor().saturating_add(unit).checked_div(unit).unwrap_or(1).saturating_mul(unit);
    let amount = Some(Money::new(offered, shop.currency).map_err(SaleError::from)?);
    let settlement = settle(
        totals.total,
        Money::zero(shop.currency),
        &[],
        &[TenderRequest::cash(amount)],
        &TenderPolicy { cash: true, ..shop.tenders },
    )?;
    let receipt = Receipt {
        number: NUMBER.to_owned(),
        completed_at: texts.moment(ask.now.wall, ask.now.zone_min),
        operator: texts.text(Key::RoleCashier),
        customer: Some(texts.text(Key::PaperSampleCustomer)),
        lines,
        said: Vec::new(),
        note: None,
        discount: None,
        totals,
        tenders: settlement.tenders,
        cash_rounding: settlement.cash_rounding,
        credit_left: None,
        owed: None,
        copy,
        form,
        shop,
    };
    Ok(receipt.document(&texts.receipt()))
}

fn invoice(ask: &Ask<'_>, shop: Shop) -> Result<Document, Error> {
    let texts = Texts::of(shop.language);
    let (lines, totals) = goods(&shop)?;
    let today = texts.day(ask.now.wall, ask.now.zone_min);
    let invoice = Invoice {
        kind: InvoiceKind::Invoice,
        corrects: Vec::new(),
        said: Vec::new(),
        number: NUMBER.to_owned(),
        issued_on: today.clone(),
        delivered_on: today,
        due_on: String::new(),
        customer: vec![texts.text(Key::PaperSampleCustomer)],
        customer_tax_number: String::new(),
        lines,
        totals,
        receipt_number: NUMBER.to_owned(),
        copy: 0,
        shop,
    };
    Ok(invoice.document(&texts.invoice()))
}

fn goods(shop: &Shop) -> Result<(Vec<Line>, Totals), Error> {
    let texts = Texts::of(shop.language);
    let currency = shop.currency;
    let tenth = currency.minor_per_major().checked_div(10).unwrap_or(0).max(1);
    let mut lines = Vec::new();
    let mut sums: Vec<RateSum> = Vec::new();
    for (number, (name, rate, unit, quantity, tenths)) in (1..).zip(GOODS) {
        let rate = TaxRate::ppm(rate).expect("our own rates are rates");
        let quantity = Quantity::thousandths(quantity).expect("our own quantities are quantities");
        let price = Money::new(tenths.saturating_mul(tenth), currency).map_err(SaleError::from)?;
        let price = Price::from_money(price).expect("a few units of a currency are a price");
        let amount = price.extend(quantity, currency, Rounding::HalfUp).map_err(SaleError::from)?;
        match sums.iter_mut().find(|sum| sum.rate == rate) {
            Some(sum) => {
                sum.amount = sum.amount.saturating_add(amount.minor());
                sum.lines = sum.lines.saturating_add(1);
            }
            None => sums.push(RateSum { amount: amount.minor(), lines: 1, ..RateSum::none(rate) }),
        }
        lines.push(Line {
            number,
            direction: Direction::Sale,
            product: None,
            code: None,
            name: texts.text(name),
            quantity,
            unit,
            price,
            list_price: None,
            amount,
            tax_rate: rate,
            tax: Money::zero(currency),
            imprint: Imprint::default(),
            pack: None,
            price_list: None,
            in_code: None,
            age_min: None,
            with: None,
            discount: None,
            share: 0,
            of: None,
            places: None,
            exempt: None,
            seller: None,
            note: None,
            voided: false,
            revision: 1,
        });
    }
    let totals = Totals::of(&sums, &shop.tax_policy, currency).map_err(SaleError::from)?;
    Ok((lines, totals))
}
