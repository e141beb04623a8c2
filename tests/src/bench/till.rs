//! A till on a copy of a seeded shop, with a printer that prints at once and a clock that only moves when told.

use super::files::copy;
use crate::seed::catalogue::products;
use crate::seed::desk::Desk;
use crate::seed::{OWNER, PIN, Plan};
use crate::surroundings::{ScriptClock, SeededIds};
use database::disk::SystemDisk;
use devices::{Devices, SimulatedDevices};
use domain::code::Code;
use domain::product::Status;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use terminal::hub_link::NoHub;
use terminal::key::NoKeyStore;
use terminal::mail_link::NoNetwork;
use terminal::{Clock, Options, Surroundings, Terminal};

/// Opens the till. The same calls after it make the same facts, and others with another `life`, from which its ids come.
///
/// # Errors
/// What keeps a till from opening.
pub fn open(folder: &Path, life: u32) -> Result<(Arc<Terminal>, Arc<ScriptClock>), String> {
    open_with(folder, life, Arc::new(SimulatedDevices::new()))
}

/// As [`open`], with other devices.
///
/// # Errors
/// As [`open`].
pub fn open_with(
    folder: &Path,
    life: u32,
    devices: Arc<dyn Devices>,
) -> Result<(Arc<Terminal>, Arc<ScriptClock>), String> {
    open_watched(folder, life, devices, |clock| clock)
}

/// As [`open_with`]; the till looks at the clock through what `watched` makes of it.
///
/// # Errors
/// As [`open`].
pub fn open_watched(
    folder: &Path,
    life: u32,
    devices: Arc<dyn Devices>,
    watched: fn(Arc<ScriptClock>) -> Arc<dyn Clock>,
) -> Result<(Arc<Terminal>, Arc<ScriptClock>), String> {
    let clock = Arc::new(ScriptClock::new(1_000_000, 0));
    let surroundings = Surroundings {
        clock: watched(Arc::clone(&clock)),
        ids: Arc::new(SeededIds::new(u64::from(life) << 32)),
        devices,
        hub: Arc::new(NoHub),
        mail: Arc::new(NoNetwork),
        disk: Arc::new(SystemDisk),
        keys: Arc::new(NoKeyStore),
        machine: "a till of the bench".to_owned(),
    };
    let options = Options { data_dir: folder.to_owned(), guard_dir: Some(folder.join("guard")), demo: false };
    let terminal = Terminal::open(options, surroundings).map_err(|error| error.to_string())?;
    terminal.database().keep();
    Ok((terminal, clock))
}

/// Copies a shop and lets the copy begin its own log, as every copy does at its first start: that is not what is
/// measured. All copies of one shop come out the same.
///
/// # Errors
/// When a file cannot be copied, or the copy does not open.
pub fn settled_copy(from: &Path, to: &Path) -> Result<PathBuf, String> {
    let folder = copy(from, to)?;
    open(&folder, u32::MAX - 1)?;
    Ok(folder)
}

/// Sets a receipt printer up, so that a sale queues a kick and a receipt.
///
/// # Errors
/// What the till refuses.
pub fn set_up_printer(folder: &Path) -> Result<(), String> {
    let (terminal, _) = open(folder, u32::MAX)?;
    let mut desk = Desk::new(&terminal, u32::MAX);
    desk.sign_in(OWNER, PIN)?;
    let view: wire::device::DeviceSettingsView = desk.call("device.settings", &json!({}))?;
    let profile = view.profiles.first().ok_or("there is no printer profile")?;
    let mut devices = view.devices.clone();
    devices.receipt_printer = Some(domain::device::PrinterSettings {
        code_page: None,
        profile: profile.clone(),
        connection: domain::device::Connection::Simulated { fault: None },
        asks_status: true,
    });
    desk.call::<Value>("device.save_settings", &json!({ "base": view.devices, "devices": devices }))?;
    desk.call::<Value>("session.sign_out", &json!({}))?;
    Ok(())
}

/// The codes of a plan's products that are sold by the piece.
///
/// # Errors
/// When the plan makes no products.
pub fn codes(plan: &Plan) -> Result<Vec<Code>, String> {
    let products = products(plan)?;
    let sold = products.iter().filter(|listed| listed.product.status == Status::Active);
    let codes: Vec<Code> = sold.filter_map(|listed| listed.scanned().cloned()).collect();
    if codes.len() < 10 { Err("the shop has too few products to scan".to_owned()) } else { Ok(codes) }
}
