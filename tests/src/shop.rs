//! A shop of one till on directories of its own, which a test can copy, put back and damage between two starts.

use crate::seed::desk::Desk;
use crate::surroundings::{ScriptClock, SeededIds};
use database::disk::{Disk, SystemDisk};
use devices::{Devices, SimulatedDevices};
use domain::ids::TaxCategoryId;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use terminal::hub_link::NoHub;
use terminal::key::NoKeyStore;
use terminal::mail_link::{MailLink, NoNetwork};
use terminal::workers::guard::GuardKeeper;
use terminal::workers::signer::HeadSigner;
use terminal::{Options, Surroundings, Terminal};
use wire::sale::{SaleCompleted, SaleView};

/// The owner and their PIN.
pub const OWNER: &str = "Ana";
/// See [`OWNER`].
pub const PIN: &str = "1234";

/// Where a till is, and on what.
#[derive(Clone)]
pub struct Place {
    /// Its data directory.
    pub data: PathBuf,
    /// Its guard directory.
    pub guard: PathBuf,
    /// The machine's id.
    pub machine: String,
    /// Under both.
    pub disk: Arc<dyn Disk>,
}

impl Place {
    /// A till below a folder, on this machine's disk.
    pub fn below(folder: &Path) -> Self {
        Self {
            data: folder.join("data"),
            guard: folder.join("guard"),
            machine: "the shop's machine".to_owned(),
            disk: Arc::new(SystemDisk),
        }
    }

    /// Starts the till, its `boot`th run: one hour after the run before.
    ///
    /// # Errors
    /// What keeps it from starting.
    pub fn start(&self, boot: u32) -> Result<Till, String> {
        self.start_with_clock_off_by(boot, 0)
    }

    /// As [`Place::start`], with a wall clock that is so many milliseconds ahead, or behind.
    ///
    /// # Errors
    /// As [`Place::start`].
    pub fn start_with_clock_off_by(&self, boot: u32, ms: i64) -> Result<Till, String> {
        self.start_as(boot, ms, Arc::new(SimulatedDevices::new()), Arc::new(NoNetwork))
    }

    /// As [`Place::start`], with devices of the test's own.
    ///
    /// # Errors
    /// As [`Place::start`].
    pub fn start_with(&self, boot: u32, devices: Arc<dyn Devices>) -> Result<Till, String> {
        self.start_as(boot, 0, devices, Arc::new(NoNetwork))
    }

    /// As [`Place::start`], with a way to a mail server.
    ///
    /// # Errors
    /// As [`Place::start`].
    pub fn start_with_mail(&self, boot: u32, mail: Arc<dyn MailLink>) -> Result<Till, String> {
        self.start_as(boot, 0, Arc::new(SimulatedDevices::new()), mail)
    }

    fn start_as(
        &self,
        boot: u32,
        ms: i64,
        devices: Arc<dyn Devices>,
        mail: Arc<dyn MailLink>,
    ) -> Result<Till, String> {
        let clock = Arc::new(ScriptClock::new(u64::from(boot), i64::from(boot) * 3_600_000));
        clock.set_wall(ms);
        let surroundings = Surroundings {
            clock: Arc::clone(&clock) as _,
            ids: Arc::new(SeededIds::new(u64::from(boot))),
            devices,
            hub: Arc::new(NoHub),
            mail,
            disk: Arc::clone(&self.disk),
            keys: Arc::new(NoKeyStore),
            machine: self.machine.clone(),
        };
        let options =
            Options { data_dir: self.data.clone(), guard_dir: Some(self.guard.clone()), demo: false };
        let terminal = Terminal::open(options, surroundings).map_err(|error| error.to_string())?;
        Ok(Till {
            desk: Desk::new(&terminal, boot),
            keeper: GuardKeeper::new(Arc::clone(&terminal)),
            signer: HeadSigner::new(Arc::clone(&terminal)),
            terminal,
            clock,
        })
    }
}

/// A till that runs.
pub struct Till {
    /// Who stands at it.
    pub desk: Desk,
    /// What keeps its guard.
    pub keeper: GuardKeeper,
    /// What signs its heads.
    pub signer: HeadSigner,
    /// The terminal.
    pub terminal: Arc<Terminal>,
    /// Its time.
    pub clock: Arc<ScriptClock>,
}

impl Till {
    /// Sets the shop up and signs its owner on.
    ///
    /// # Errors
    /// What the till refused.
    pub fn set_up(&mut self) -> Result<(), String> {
        let shop = json!({
            "name": "Corner Shop", "address": ["1 Corner"], "tax_number": "FR 1", "currency": "EUR",
            "language": "en", "tax_policy": { "mode": "included", "scope": "document", "rounding": "half_up" },
            "receipt_header": [], "receipt_footer": [], "logo": null, "till_name": "1",
        });
        let set_up = json!({ "shop": shop, "owner_name": OWNER, "owner_pin": PIN });
        self.desk.call::<Value>("shop.set_up", &set_up)?;
        self.desk.sign_in(OWNER, PIN)?;
        self.tax()?;
        Ok(())
    }

    /// Signs the owner on.
    ///
    /// # Errors
    /// What the till refused.
    pub fn sign_in(&mut self) -> Result<(), String> {
        self.desk.sign_in(OWNER, PIN).map(drop)
    }

    /// Sells something for so many cents in cash, and returns the receipt's number.
    ///
    /// # Errors
    /// What the till refused.
    pub fn sell(&mut self, cents: i64) -> Result<String, String> {
        self.clock.pass(1_000);
        let tax = self.tax()?;
        let item = json!({ "name": "Thing", "price": cents * 10_000, "tax_category": tax });
        let view: SaleView = self.desk.call("sale.add_open_item", &item)?;
        let total = json!(view.totals.total);
        let cash = json!([{ "kind": "cash", "amount": total }]);
        let request = json!({ "sale": view.sale, "tenders": cash, "total": total });
        Ok(self.desk.call::<SaleCompleted>("sale.complete", &request)?.receipt_number)
    }

    /// Lets the till be idle: the guard remembers, the head is signed, the log is in the file.
    ///
    /// # Errors
    /// What the disk answers.
    pub fn rest(&mut self) -> Result<(), String> {
        self.signer.step();
        self.clock.pass(3_000);
        self.signer.step();
        self.keeper.step();
        self.terminal.database().settle().map_err(|error| error.to_string())
    }

    fn tax(&mut self) -> Result<TaxCategoryId, String> {
        let list: Value = self.desk.call("tax_category.list", &json!({}))?;
        if let Some(first) = list["tax_categories"].as_array().and_then(|all| all.first()) {
            return serde_json::from_value(first["id"].clone()).map_err(|error| error.to_string());
        }
        let rates = json!([{ "from": "2026-01-01", "rate": 200_000 }]);
        let save = json!({ "tax_category": { "name": "Standard", "rates": rates } });
        let saved: Value = self.desk.call("tax_category.save", &save)?;
        serde_json::from_value(saved["id"].clone()).map_err(|error| error.to_string())
    }
}
