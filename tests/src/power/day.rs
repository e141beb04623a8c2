//! The day that is cut: a shop is set up, sells, takes goods back, changes prices, prints, backs up, rests, is switched off
//! and on again, gets a newer program, and a backup of before takes the ledger's place. Everything in it comes from seeds
//! and a clock that moves when told, so that it is the same every time.
//!
//! A new event is a function beside the others and a line in [`play`], between two rests. What has to be true after every
//! cut is in `recovery.rs`; an event that promises more than facts, paper and open sales adds its own check there.

use super::history::{Day, Recorder, Who};
use serde_json::{Value, json};
use terminal::blob::{BeginUpload, UploadKind};
use wire::import::{ImportState, ImportView};
use wire::sale::{SaleCompleted, SaleView};

/// The owner's name and PIN, and the cashier's.
pub const OWNER: (&str, &str) = ("Ana", "1234");
/// See [`OWNER`].
pub const CASHIER: (&str, &str) = ("Ben", "2222");

/// What the shop sells: name, code, price in millionths, tax category.
const GOODS: [(&str, &str, i64, &str); 4] = [
    ("Cola", COLA, 1_500_000, "Standard"),
    ("Bread", "2900000000018", 3_400_000, "Food"),
    ("Milk", "2900000000025", 1_150_000, "Food"),
    ("Soap", "2900000000032", 2_290_000, "Standard"),
];

/// A code that can be sold from the moment its product was saved.
pub const COLA: &str = "5449000000996";

/// What the sale is found by that was put aside.
pub const SUSPENDED: &str = "Table 4";

/// A code of [`LIST`] that nothing else has.
const IMPORTED: &str = "2900000000117";

/// A list of three products that are new, and one that gets another price.
const LIST: &str = "\
barcode,name,price,tax
2900000000117,Tea,4.20,Food
2900000000124,Coffee,5.10,Food
2900000000131,Sponge,0.99,Standard
2900000000032,Soap,2.49,Standard
";

/// Plays the day.
///
/// # Errors
/// What the till refused: on a disk that works it refuses nothing.
pub fn play() -> Result<Day, String> {
    let mut day = Recorder::new()?;
    day.start()?;
    set_up(&mut day)?;
    sell(&mut day, Who::Ana, &[COLA])?;
    printer(&mut day)?;
    sell(&mut day, Who::Ana, &["2900000000025", COLA])?;
    day.rest()?;
    change_things(&mut day)?;
    take_back_and_cancel(&mut day)?;
    import(&mut day)?;
    let backup = back_up(&mut day)?;
    cashier(&mut day)?;
    // A customer is half way through when the till rests, and the power may go.
    scan(&mut day, Who::Ana, COLA)?;
    day.rest()?;
    scan(&mut day, Who::Ana, "2900000000025")?;
    day.stop()?;
    day.start()?;
    day.work()?;
    complete(&mut day, Who::Ana)?;
    day.rest()?;
    day.sign()?;
    newer_program(&mut day)?;
    put_back(&mut day, &backup)?;
    day.sign()?;
    day.finish()
}

/// A log that is full enough to be copied into the file and begun anew while the shop sells, and the sales around it. The
/// long morning before it is left out of what is cut.
///
/// # Errors
/// As [`play`].
pub fn play_checkpoint() -> Result<Day, String> {
    let mut day = Recorder::new()?;
    day.start()?;
    set_up(&mut day)?;
    while day.disk.operations() < OPERATIONS_OF_A_FULL_LOG {
        sell(&mut day, Who::Ana, &[COLA])?;
    }
    day.till()?.fold();
    day.till()?.guard();
    day.skip();
    sell(&mut day, Who::Ana, &[COLA, COLA])?;
    day.rest()?;
    sell(&mut day, Who::Ana, &["2900000000018"])?;
    day.till()?.guard();
    sell(&mut day, Who::Ana, &[COLA])?;
    scan(&mut day, Who::Ana, COLA)?;
    day.rest()?;
    day.finish()
}

/// The log is copied at a thousand pages, each of which is two writes.
const OPERATIONS_OF_A_FULL_LOG: u64 = 2_400;

fn set_up(day: &mut Recorder) -> Result<(), String> {
    let shop = json!({
        "name": "Corner Shop", "address": ["1 High Street"], "tax_number": "XX 123 456 789",
        "currency": "EUR", "language": "en",
        "tax_policy": { "mode": "included", "scope": "line", "rounding": "half_up" },
        "receipt_header": [], "receipt_footer": ["Thank you"], "logo": null, "till_name": "Till 1",
    });
    let request = json!({ "shop": shop, "owner_name": OWNER.0, "owner_pin": OWNER.1 });
    day.command::<Value>(Who::Ana, "shop.set_up", &request)?;
    sign_in(day, Who::Ana, OWNER)?;
    let mut taxes = Vec::new();
    for (name, rate) in [("Standard", 200_000), ("Food", 55_000)] {
        let tax = json!({ "name": name, "rates": [{ "from": "2020-01-01", "rate": rate }] });
        let saved: Value = day.command(Who::Ana, "tax_category.save", &json!({ "tax_category": tax }))?;
        taxes.push((name, saved["id"].clone()));
    }
    for (name, code, price, tax) in GOODS {
        let tax = taxes.iter().find(|(known, _)| *known == tax).ok_or("no such tax")?;
        let product = json!({
            "name": name, "sku": null, "codes": [code], "unit": "each",
            "prices": [{ "from": "2020-01-01", "price": price }], "tax_category": tax.1,
            "category": null, "picture": null, "status": "active",
        });
        day.command::<Value>(Who::Ana, "product.save", &json!({ "product": product }))?;
    }
    Ok(())
}

fn sign_in(day: &mut Recorder, who: Who, (name, pin): (&str, &str)) -> Result<(), String> {
    let ana = day.ana.clone().ok_or("nobody is there")?;
    let greeting = day.till()?.ask(&ana, "shop.greeting", &json!({}))?;
    let operators = greeting["operators"].as_array().cloned().unwrap_or_default();
    let operator = operators.iter().find(|tile| tile["name"] == name).ok_or("nobody has that name")?;
    if who == Who::Ana {
        day.owner = serde_json::from_value(operator["id"].clone()).map_err(|error| error.to_string())?;
    }
    let request = json!({ "operator": operator["id"], "pin": pin });
    day.command::<Value>(who, "session.sign_in", &request).map(drop)
}

fn printer(day: &mut Recorder) -> Result<(), String> {
    let ana = day.ana.clone().ok_or("nobody is there")?;
    let view = day.till()?.ask(&ana, "device.settings", &json!({}))?;
    let mut devices = view["devices"].clone();
    devices["receipt_printer"] = json!({ "profile": "generic-80", "connection": { "via": "simulated" },
        "asks_status": false });
    let request = json!({ "base": view["devices"], "devices": devices });
    day.command::<Value>(Who::Ana, "device.save_settings", &request).map(drop)
}

fn scan(day: &mut Recorder, who: Who, code: &str) -> Result<SaleView, String> {
    day.command(who, "sale.scan", &json!({ "code": code }))
}

fn complete(day: &mut Recorder, who: Who) -> Result<SaleCompleted, String> {
    let completed = settle(day, who)?;
    day.work()?;
    Ok(completed)
}

/// Completes a sale, and the printer has not heard of it yet.
fn settle(day: &mut Recorder, who: Who) -> Result<SaleCompleted, String> {
    let caller = match who {
        Who::Ana => day.ana.clone(),
        Who::Ben => day.ben.clone(),
    };
    let current = day.till()?.ask(&caller.ok_or("nobody is there")?, "sale.current", &json!({}))?;
    let sale = &current["sale"];
    let request = json!({
        "sale": sale["sale"], "tenders": [{ "kind": "cash", "amount": null }], "total": sale["totals"]["total"],
    });
    day.command(who, "sale.complete", &request)
}

fn sell(day: &mut Recorder, who: Who, codes: &[&str]) -> Result<SaleCompleted, String> {
    for code in codes {
        scan(day, who, code)?;
    }
    complete(day, who)
}

/// A price goes up, a name is corrected, a cashier is hired.
fn change_things(day: &mut Recorder) -> Result<(), String> {
    let ana = day.ana.clone().ok_or("nobody is there")?;
    let found = day.till()?.ask(&ana, "product.find", &json!({ "text": COLA }))?;
    let id = found["tiles"][0]["product"].clone();
    let view = day.till()?.ask(&ana, "product.get", &json!({ "id": id }))?;
    let mut product = view["product"].clone();
    product["prices"] = json!([{ "from": "2020-01-01", "price": 1_600_000 }]);
    product["name"] = json!("Cola 0.33");
    let request = json!({ "id": id, "base": view["product"], "product": product });
    day.command::<Value>(Who::Ana, "product.save", &request)?;
    let roles = day.till()?.ask(&ana, "role.list", &json!({}))?;
    let roles = roles["roles"].as_array().cloned().unwrap_or_default();
    let role = roles.iter().find(|view| view["role"]["name"] == "Cashier").ok_or("no such role")?;
    let request = json!({ "name": CASHIER.0, "role": role["id"], "pin": CASHIER.1 });
    day.command::<Value>(Who::Ana, "operator.save", &request).map(drop)
}

fn take_back_and_cancel(day: &mut Recorder) -> Result<(), String> {
    let arm = json!({ "armed": { "quantity": null, "return_next": true } });
    day.command::<Value>(Who::Ana, "sale.arm", &arm)?;
    let returned = sell(day, Who::Ana, &[COLA])?;
    day.command::<Value>(Who::Ana, "receipt.reprint", &json!({ "sale": returned.sale }))?;
    day.work()?;
    let view = scan(day, Who::Ana, "2900000000018")?;
    day.command::<Value>(Who::Ana, "sale.cancel", &json!({ "sale": view.sale }))?;
    let view = scan(day, Who::Ana, "2900000000018")?;
    let price = json!({ "sale": view.sale, "line": 1, "price": 3_000_000 });
    day.command::<Value>(Who::Ana, "sale.override_price", &price)?;
    let view = scan(day, Who::Ana, "2900000000025")?;
    day.command::<Value>(Who::Ana, "sale.void_line", &json!({ "sale": view.sale, "line": 2 }))?;
    complete(day, Who::Ana).map(drop)
}

/// A list comes in as the screen brings it in: sent, looked at, checked, imported; and one of its products is sold.
fn import(day: &mut Recorder) -> Result<(), String> {
    let ana = day.ana.clone().ok_or("nobody is there")?;
    let blobs = day.till()?.terminal.blobs().of(&ana);
    let begin = BeginUpload::of(UploadKind::Data, LIST.as_bytes());
    let upload = blobs.begin(begin).map_err(|error| error.to_string())?.upload;
    blobs.append(upload, 0, LIST.as_bytes()).map_err(|error| error.to_string())?;
    let blob = blobs.finish(upload).map_err(|error| error.to_string())?.hash.to_string();
    let begin = json!({ "blob": blob, "file": "list.csv", "kind": "products" });
    let view: ImportView = day.command(Who::Ana, "import.begin", &begin)?;
    let check = json!({ "import": view.import, "mapping": view.mapping });
    day.command::<Value>(Who::Ana, "import.check", &check)?;
    day.till()?.import();
    let commit = json!({ "import": view.import, "accept_warnings": true });
    day.command::<Value>(Who::Ana, "import.commit", &commit)?;
    day.till()?.import();
    let view = day.till()?.ask(&ana, "import.show", &json!({ "import": view.import }))?;
    let view: ImportView = serde_json::from_value(view).map_err(|error| error.to_string())?;
    if view.state != ImportState::Done || view.counts.created != 3 || view.counts.updated != 1 {
        return Err(format!("the list did not come in: {view:?}"));
    }
    let facts = day.note_stand()?;
    day.day.imported = Some((facts, IMPORTED));
    sell(day, Who::Ana, &[IMPORTED])?;
    day.rest()
}

fn cashier(day: &mut Recorder) -> Result<(), String> {
    // The owner puts a sale aside, which the cashier takes up.
    let open = scan(day, Who::Ana, "2900000000032")?;
    let request = json!({ "sale": open.sale, "name": SUSPENDED });
    day.command::<Value>(Who::Ana, "sale.suspend", &request)?;
    sign_in(day, Who::Ben, CASHIER)?;
    day.command::<Value>(Who::Ben, "sale.resume", &json!({ "sale": open.sale }))?;
    sell(day, Who::Ben, &[COLA])?;
    day.rest()
}

/// A backup, and how many facts it holds.
struct Backup {
    path: String,
    facts: u64,
}

/// A backup is made while the printer has not printed yet what was sold.
fn back_up(day: &mut Recorder) -> Result<Backup, String> {
    day.sign()?;
    scan(day, Who::Ana, "2900000000032")?;
    settle(day, Who::Ana)?;
    day.command::<Value>(Who::Ana, "backup.make", &json!({}))?;
    let facts = day.note_stand()?;
    day.till()?.back_up();
    let ana = day.ana.clone().ok_or("nobody is there")?;
    let list = day.till()?.ask(&ana, "backup.list", &json!({}))?;
    let path = list["backups"][0]["path"].as_str().ok_or("no backup was made")?.to_owned();
    day.work()?;
    Ok(Backup { path, facts })
}

/// The till is switched off, and on again with a newer program, which brings its files to another version.
fn newer_program(day: &mut Recorder) -> Result<(), String> {
    day.stop()?;
    day.renew_program();
    day.start()?;
    day.work()?;
    sell(day, Who::Ana, &[COLA])?;
    sell(day, Who::Ben, &["2900000000018"])?;
    day.rest()
}

/// A backup that the program of before made takes the ledger's place; the shop goes on with it.
fn put_back(day: &mut Recorder, backup: &Backup) -> Result<(), String> {
    day.restore(&backup.path, backup.facts)?;
    day.work()?;
    sell(day, Who::Ana, &[COLA])?;
    day.rest()?;
    sell(day, Who::Ben, &["2900000000025"])?;
    let arm = json!({ "armed": { "quantity": null, "return_next": true } });
    day.command::<Value>(Who::Ana, "sale.arm", &arm)?;
    sell(day, Who::Ana, &["2900000000018"])?;
    scan(day, Who::Ana, COLA)?;
    day.rest()
}
