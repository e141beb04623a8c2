//! Paper through the one entrance: samples of settings that are not saved, receipts as files, and the page that finds a
//! printer's code page.

use devices::Press;
use devices::font::Fonts;
use devices::raster::Roll;
use scenarios::shop::{Place, Till};
use serde_json::{Value, json};
use std::sync::Arc;
use terminal::workers::Next;
use terminal::workers::spooler::Spooler;
use wire::device::DeviceSettingsView;
use wire::receipt::{PrintJobList, ReceiptFile, ReceiptPreview, ReceiptSample};

fn till(folder: &tempfile::TempDir) -> Till {
    let mut till = Place::below(folder.path()).start(1).unwrap();
    till.set_up().unwrap();
    till
}

fn set_printer(till: &mut Till, code_page: &Value) -> Result<DeviceSettingsView, String> {
    let view: DeviceSettingsView = till.desk.call("device.settings", &json!({})).unwrap();
    let mut devices = serde_json::to_value(&view.devices).unwrap();
    devices["receipt_printer"] =
        json!({ "profile": "xprinter-58", "connection": { "via": "simulated" }, "code_page": code_page });
    till.desk.call("device.save_settings", &json!({ "base": view.devices, "devices": devices }))
}

#[test]
fn a_sample_shows_settings_that_are_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = till(&folder);
    let saved: Value = till.desk.call("shop.settings", &json!({})).unwrap();
    let mut sample = |shop: &Value, kind: &str| -> Result<ReceiptSample, String> {
        till.desk.call("receipt.sample", &json!({ "shop": shop, "kind": kind }))
    };
    let words = [
        ("en", "TOTAL", "GIFT RECEIPT", "A customer"),
        ("fr", "TOTAL", "TICKET CADEAU", "Un client"),
        ("ar", "المجموع", "وصل هدية", "حريف"),
    ];
    for (language, total, gift, customer) in words {
        let mut shop = saved["shop"].clone();
        shop["language"] = json!(language);
        shop["receipt_footer"] = json!(["Not saved"]);
        shop["receipt_layout"]["customer"] = json!(true);
        for (kind, columns) in [("sale", 48), ("duplicate", 48), ("gift", 48), ("invoice", 96)] {
            let shown = sample(&shop, kind).unwrap();
            let text = shown.preview.lines.join("\n");
            assert!(text.contains("Not saved"), "{text}");
            assert_eq!(shown.preview.columns, columns);
            assert_eq!(text.contains(gift), kind == "gift", "{text}");
            // Whoever is given the goods need not know who bought them.
            assert_eq!(text.contains(customer), kind != "gift", "{text}");
            assert_eq!(text.to_uppercase().contains(&total.to_uppercase()), kind != "gift", "{text}");
            // The first bytes of every PNG file, in base64.
            assert!(shown.picture.starts_with("iVBORw0KGgo"), "{}", &shown.picture[..20]);
        }
    }
    // A shop that cannot be saved has no sample.
    let mut nameless = saved["shop"].clone();
    nameless["name"] = json!(" ");
    assert!(sample(&nameless, "sale").unwrap_err().contains("settings.text_invalid"));
}

#[test]
fn a_receipt_is_a_file_that_is_fetched_as_a_blob() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = till(&folder);
    till.sell(420).unwrap();
    let list: Value = till.desk.call("sale.list", &json!({ "after": null })).unwrap();
    let request = json!({ "sale": list["sales"][0]["sale"] });
    let made: ReceiptFile = till.desk.call("receipt.make_file", &request).unwrap();
    assert_eq!((made.file_name.as_str(), made.saved_at), ("tillkeeper-receipt.pdf", None));
    let hash = terminal::blob::BlobHash::parse(&made.blob).unwrap();
    let blob = till.terminal.blobs().of(till.desk.caller()).read(hash).unwrap().whole().unwrap();
    assert!(blob.bytes.starts_with(b"%PDF-") && blob.bytes.len() as u64 == made.bytes);
    // The same paper as a picture: dot by dot what the raster of the receipt is.
    let mut request = request;
    request["form"] = json!("png");
    let made: ReceiptFile = till.desk.call("receipt.make_file", &request).unwrap();
    assert_eq!(made.file_name, "tillkeeper-receipt.png");
    let hash = terminal::blob::BlobHash::parse(&made.blob).unwrap();
    let blob = till.terminal.blobs().of(till.desk.caller()).read(hash).unwrap().whole().unwrap();
    assert_eq!(blob.kind.media_type(), "image/png");
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&blob.bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut dots).unwrap();
    let preview: ReceiptPreview =
        till.desk.call("receipt.preview", &json!({ "sale": request["sale"] })).unwrap();
    let press = Press::new(Fonts::new(Vec::new()), Box::new(()));
    let drawn = press.bitmap(&preview.document, Roll::receipt(48, 576));
    assert_eq!((frame.width as usize, frame.height as usize), (drawn.width(), drawn.height()));
    assert!(drawn.black() > 1_000, "there is something on it");
    let width = drawn.width();
    let differ =
        (0..dots.len()).filter(|at| (dots[*at] == 0) != drawn.is_black(at % width, at / width)).count();
    assert_eq!(differ, 0, "dots differ");
    let unknown = json!({ "sale": "01920000-0000-7000-8000-000000000000" });
    assert!(till.desk.call::<ReceiptFile>("receipt.make_file", &unknown).is_err());
}

#[test]
fn a_printer_is_calibrated_with_a_page_and_a_setting() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = till(&folder);
    assert!(
        till.desk
            .call::<Value>("device.calibrate", &json!({}))
            .unwrap_err()
            .contains("device.config_invalid")
    );
    set_printer(&mut till, &Value::Null).unwrap();
    let job: Value = till.desk.call("device.calibrate", &json!({})).unwrap();
    assert_eq!((&job["kind"], &job["state"]), (&json!("calibration"), &json!("queued")));
    let mut spooler = Spooler::new(Arc::clone(&till.terminal));
    let steps = (0..10).take_while(|_| spooler.step() == Next::Again).count();
    assert!(steps > 0);
    let jobs: PrintJobList = till.desk.call("print_job.list", &json!({})).unwrap();
    assert_eq!(jobs.jobs, []);
    let view = set_printer(&mut till, &json!({ "slot": 7, "page": 858 })).unwrap();
    assert_eq!(view.devices.receipt_printer.unwrap().code_page.unwrap().slot, 7);
    // Only what stood on the page can have been read on it.
    for wrong in [json!({ "slot": 7, "page": 437 }), json!({ "slot": 99, "page": 858 })] {
        assert!(set_printer(&mut till, &wrong).unwrap_err().contains("device.config_invalid"));
    }
}

#[test]
fn what_was_learnt_of_a_scanner_that_is_a_keyboard_is_known_to_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let mut till = till(&folder);
    let mut save = |keyboard: Value| -> Result<Value, String> {
        let view: Value = till.desk.call("device.settings", &json!({})).unwrap();
        let mut devices = view["devices"].clone();
        devices["keyboard"] = keyboard;
        let base = &view["devices"];
        till.desk.call::<Value>("device.save_settings", &json!({ "base": base, "devices": devices }))?;
        till.desk.call("device.status", &json!({}))
    };
    let french = json!({ "layout": "french", "prefix": "~", "suffix": "" });
    assert_eq!(save(french.clone()).unwrap()["keyboard"], french);
    let long = json!({ "layout": "french", "prefix": "~".repeat(99), "suffix": "" });
    assert!(save(long).unwrap_err().contains("device.config_invalid"));
    assert_eq!(save(Value::Null).unwrap()["keyboard"], Value::Null);
}
