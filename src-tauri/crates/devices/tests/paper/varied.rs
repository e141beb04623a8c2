//! Receipts of many kinds from a seed: languages, scripts, currencies, lengths, layouts, names that want to be commands.

use domain::code::label::Imprint;
use domain::currency::Currency;
use domain::document::{Document, PictureSize};
use domain::money::Money;
use domain::price::Price;
use domain::quantity::{Quantity, Unit};
use domain::receipt::{
    NumberStyle, Receipt, ReceiptCode, ReceiptForm, ReceiptLayout, ReceiptWords, TaxPlace,
};
use domain::rounding::Rounding;
use domain::sale::line::{Direction, Line};
use domain::settings::{Language, Shop};
use domain::tax::{RateSum, TaxMode, TaxPolicy, TaxRate, TaxScope, Totals};
use domain::tender::{TenderPolicy, TenderRequest, settle};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The seed of all of them; each receipt has a stream of its own.
pub const SEED: u64 = 20_261_120;
/// How many there are.
pub const COUNT: usize = 200;
/// What the last line says when letters are missing.
pub const NOTE: &str = "? = no font";

/// A receipt to be printed.
pub struct Varied {
    /// Which one.
    pub number: usize,
    /// Its document.
    pub document: Document,
    /// What its code says, if it has one.
    pub code: Option<String>,
    /// Names of goods on it.
    pub names: Vec<String>,
}

const FRENCH: [&str; 6] = [
    "Café crème glacé",
    "Bœuf bourguignon, 350 g",
    "Crêpe « maison » à l’érable",
    "Pâté en croûte — façon grand-mère",
    "Œufs frais × 6 (€/kg affiché)",
    "Thé vert à la menthe d'Été",
];
const ARABIC: [&str; 6] = [
    "خبز طابونة",
    "حليب نصف دسم 1 لتر",
    "شاي أخضر بالنعناع",
    "زيت زيتون بكر ممتاز",
    "كسكسي رقيق 500غ",
    "تمر دقلة النور",
];
const CHINESE: [&str; 5] = ["绿茶", "大米饭", "牛奶面包", "抹茶 コーヒー", "苹果 (新鲜) 김치"];
const GREEK: [&str; 4] = ["Ελαιόλαδο εξαιρετικό", "Καφές φίλτρου", "Γιαούρτι στραγγιστό", "Ψωμί ολικής"];
const OTHERS: [&str; 6] =
    ["Žluťoučký kůň", "Łosoś wędzony", "Хлеб ржаной", "Crème brûlée 50 €", "ข้าวหอมมะลิ", "עוגת שוקולד"];
const EMOJI: [&str; 5] =
    ["🍕 Pizza Margherita", "Coffee ☕ to go", "❤️ Valentine box 🎁", "🍺🍺 Two beers", "Taco 🌮 menu 🥤"];
const ENGLISH: [&str; 5] = ["Sourdough loaf", "Croissant", "Flat white", "Bag for life", "Cheddar, mature"];
const CONTROL: [&str; 5] = [
    "Bad\u{1B}@\u{1D}V\0name",
    "Tab\tand\nline",
    "Drawer\u{10}\u{14}\u{1}\0\u{5}",
    "C1 \u{9B}31m\u{85}end",
    "Bidi \u{202E}drowssap\u{202C}",
];

struct Draw(ChaCha8Rng);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u64() % u64::try_from(count).unwrap()).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// The receipt with this number.
pub fn receipt(number: usize) -> Varied {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    random.set_stream(u64::try_from(number).unwrap());
    let mut draw = Draw(random);
    let language = [Language::En, Language::Fr, Language::Ar][number % 3];
    let currency = match language {
        Language::En => draw.one(&["GBP", "USD"]),
        Language::Fr => "EUR",
        Language::Ar => "TND",
    };
    let currency = Currency::parse(currency).unwrap();
    let shop = shop(&mut draw, language, currency);
    // A few are very long.
    let count = if number % 67 == 3 { 300 } else { 1 + draw.below(12) };
    let lines: Vec<Line> = (0..count).map(|index| line(&mut draw, index, language, currency)).collect();
    let totals = totals(&lines, &shop.tax_policy, currency);
    let due = totals.total.magnitude();
    let offered = Money::new(due.minor() + i64::try_from(draw.below(2_000)).unwrap(), currency).unwrap();
    let amount = (!totals.total.is_negative()).then_some(offered);
    let settlement =
        settle(totals.total, Money::zero(currency), &[], &[TenderRequest::cash(amount)], &shop.tenders)
            .unwrap();
    let form = if draw.chance(15) { ReceiptForm::Gift } else { ReceiptForm::Sale };
    let code = (shop.receipt_layout.code != ReceiptCode::None).then(|| format!("T1-{number:06}"));
    let names = lines.iter().map(|line| line.name.clone()).collect();
    let receipt = Receipt {
        number: format!("T1-{number:06}"),
        completed_at: "20/11/2026 09:14".to_owned(),
        operator: draw.one(&["Amélie", "سلمى", "Zoltán", "李明"]).to_owned(),
        customer: None,
        lines,
        said: Vec::new(),
        note: None,
        discount: None,
        totals,
        tenders: settlement.tenders,
        cash_rounding: settlement.cash_rounding,
        credit_left: None,
        owed: None,
        copy: u32::from(draw.chance(20)) * 2,
        form,
        shop,
    };
    Varied { number, document: receipt.document(&words(language)), code, names }
}

/// What an invoice of so many lines is made of.
pub fn invoice_parts(language: Language, count: usize) -> (Shop, Vec<Line>, Totals) {
    let mut draw = Draw(ChaCha8Rng::seed_from_u64(SEED));
    let currency = Currency::parse("TND").unwrap();
    let shop = shop(&mut draw, language, currency);
    let lines: Vec<Line> = (0..count).map(|index| line(&mut draw, index, language, currency)).collect();
    let totals = totals(&lines, &shop.tax_policy, currency);
    (shop, lines, totals)
}

fn shop(draw: &mut Draw, language: Language, currency: Currency) -> Shop {
    let (name, address) = match language {
        Language::En => ("Corner Bakery", "12 Mill Lane, Bath"),
        Language::Fr => ("Chez Amélie", "12, rue de l’Hôtel-de-Ville, Besançon"),
        Language::Ar => ("بقالة الياسمين", "12 نهج الحبيب بورقيبة، تونس"),
    };
    Shop {
        name: name.to_owned(),
        address: vec![address.to_owned()],
        tax_number: if draw.chance(70) { "FR 12 345 678 901".to_owned() } else { String::new() },
        currency,
        language,
        tax_policy: TaxPolicy {
            mode: if draw.chance(70) { TaxMode::Included } else { TaxMode::Added },
            scope: TaxScope::Document,
            rounding: Rounding::HalfUp,
        },
        receipt_header: if draw.chance(30) {
            vec!["★ Soldes d’hiver ★".to_owned()]
        } else {
            Vec::new()
        },
        receipt_footer: vec!["Merci, شكرا, thank you!".to_owned()],
        receipt_layout: ReceiptLayout {
            logo_size: PictureSize::Medium,
            address: draw.chance(90),
            tax_number: draw.chance(90),
            till_name: draw.chance(80),
            operator: draw.chance(80),
            customer: draw.chance(50),
            unit_prices: draw.chance(20),
            taxes: draw.one(&[TaxPlace::AtEnd, TaxPlace::BeforeTotal, TaxPlace::Nowhere]),
            large_total: draw.chance(80),
            code: draw.one(&[ReceiptCode::Code128, ReceiptCode::Qr, ReceiptCode::None]),
        },
        logo: draw.chance(25).then(|| "logo".to_owned()),
        till_name: "Till 1".to_owned(),
        price_list: None,
        shift: domain::shift::ShiftRules::default(),
        tenders: TenderPolicy::default(),
        lock_after_min: None,
    }
}

fn name(draw: &mut Draw, language: Language) -> String {
    let own: &[&str] = match language {
        Language::En => &ENGLISH,
        Language::Fr => &FRENCH,
        Language::Ar => &ARABIC,
    };
    match draw.below(20) {
        0 => draw.one(&CHINESE).to_owned(),
        1 => draw.one(&GREEK).to_owned(),
        2 => draw.one(&EMOJI).to_owned(),
        3 => draw.one(&CONTROL).to_owned(),
        4 => draw.one(&OTHERS).to_owned(),
        5 => format!("{} {}", draw.one(own), "très long et encore plus ".repeat(5)),
        6 => draw.one(&FRENCH).to_owned(),
        7 => draw.one(&ARABIC).to_owned(),
        8 => format!("{} {}", draw.one(&ARABIC), draw.one(&ENGLISH)),
        _ => draw.one(own).to_owned(),
    }
}

fn line(draw: &mut Draw, index: usize, language: Language, currency: Currency) -> Line {
    let unit = draw.one(&[Unit::Each, Unit::Each, Unit::Each, Unit::Kilogram]);
    let quantity = match unit {
        Unit::Each => Quantity::each(1 + i64::try_from(draw.below(3)).unwrap()).unwrap(),
        _ => Quantity::thousandths(1 + i64::try_from(draw.below(4_000)).unwrap()).unwrap(),
    };
    let unit_minor = i64::try_from(1 + draw.below(200_000)).unwrap();
    let price = Price::from_money(Money::new(unit_minor, currency).unwrap()).unwrap();
    let amount = price.extend(quantity, currency, Rounding::HalfUp).unwrap();
    Line {
        number: u32::try_from(index + 1).unwrap(),
        direction: if draw.chance(5) { Direction::Return } else { Direction::Sale },
        product: None,
        code: None,
        name: name(draw, language),
        quantity,
        unit,
        price,
        list_price: draw
            .chance(10)
            .then(|| Price::from_money(Money::new(unit_minor + 100, currency).unwrap()).unwrap()),
        amount,
        tax_rate: TaxRate::ppm(draw.one(&[200_000, 100_000, 55_000, 190_000, 0])).unwrap(),
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
    }
}

fn totals(lines: &[Line], policy: &TaxPolicy, currency: Currency) -> Totals {
    let mut sums: Vec<RateSum> = Vec::new();
    for line in lines {
        let amount = line.signed().minor();
        match sums.iter_mut().find(|sum| sum.rate == line.tax_rate) {
            Some(sum) => {
                sum.amount += amount;
                sum.lines += 1;
            }
            None => sums.push(RateSum { amount, lines: 1, ..RateSum::none(line.tax_rate) }),
        }
    }
    Totals::of(&sums, policy, currency).unwrap()
}

/// Words enough to tell the languages apart; the shipped ones stand in `assets/i18n`.
pub fn words(language: Language) -> ReceiptWords {
    let of = |english: &str, french: &str, arabic: &str| {
        match language {
            Language::En => english,
            Language::Fr => french,
            Language::Ar => arabic,
        }
        .to_owned()
    };
    ReceiptWords {
        language,
        receipt: of("Receipt", "Ticket", "وصل"),
        tax_number: of("Tax no.", "TVA", "المعرف الجبائي"),
        served_by: of("Served by", "Servi par", "البائع"),
        customer: of("Customer", "Client", "الحريف"),
        returned: of("RETURN", "RETOUR", "إرجاع"),
        total: of("TOTAL", "TOTAL", "المجموع"),
        refund: of("REFUND", "À RENDRE", "المبلغ المسترجع"),
        cash: of("Cash", "Espèces", "نقدا"),
        card: of("Card", "Carte", "بطاقة"),
        voucher: of("Voucher", "Bon d’achat", "قسيمة"),
        store_credit: of("Store credit", "Avoir", "رصيد لدى المتجر"),
        credit_left: of("Store credit left", "Avoir restant", "الرصيد المتبقي"),
        on_account: of("On account", "Sur compte", "على الحساب"),
        owed: of("Owed on account", "Dû sur compte", "المستحق على الحساب"),
        tip: of("Tip", "Pourboire", "إكرامية"),
        cash_rounding: of("Rounding", "Arrondi", "تقريب"),
        change: of("Change", "Rendu", "الباقي"),
        tax: of("Tax", "TVA", "الأداء"),
        rate: of("Rate", "Taux", "النسبة"),
        net: of("Net", "HT", "دون أداء"),
        gross: of("Gross", "TTC", "بالأداء"),
        plus_tax: of("plus tax", "plus TVA", "يضاف الأداء"),
        duplicate: of("DUPLICATE", "DUPLICATA", "نسخة"),
        training: of("TRAINING", "TRAINING · FORMATION", "تدريب · TRAINING"),
        training_note: of(
            "Nothing was sold. This is no receipt.",
            "Rien n’a été vendu. Ceci n’est pas un ticket.",
            "لم يُبع شيء. هذا ليس إيصالاً.",
        ),
        gift: of("GIFT RECEIPT", "TICKET CADEAU", "وصل هدية"),
        discount: of("Discount", "Remise", "تخفيض"),
        subtotal: of("Subtotal", "Sous-total", "المجموع الفرعي"),
        instead_of: of("instead of", "au lieu de", "عوضا عن"),
        numbers: NumberStyle::of(language),
    }
}
