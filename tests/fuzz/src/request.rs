//! A call as a client sends it: answered or refused, never a defect of ours.

use crate::patch::folder;
use domain::error::Class;
use scenarios::shop::{Place, Till};
use serde_json::Value;
use terminal::Door as Through;
use wire::envelope::Envelope;

/// Calls after which the till is made anew: what they did makes later ones slower.
const CALLS_MAX: u32 = 20_000;

/// A till with an owner who is signed on, and a door where nobody is.
pub struct Door {
    till: Till,
    /// What stands for what in an input, so that one found today still means something tomorrow.
    names: Vec<(&'static str, String)>,
    calls: u32,
    _folder: tempfile::TempDir,
}

impl Door {
    /// Sets the shop up.
    pub fn open() -> Self {
        let folder = folder();
        let mut till = Place::below(folder.path()).start(1).expect("it starts");
        till.set_up().expect("the shop is set up");
        till.sell(250).expect("it sells");
        let mut ask = |operation: &str, path: &str| -> String {
            let answer: Value = till.desk.call(operation, &serde_json::json!({})).expect("it answers");
            let found = answer.pointer(path).and_then(Value::as_str);
            found.unwrap_or_else(|| panic!("{operation} has {path}: {answer}")).to_owned()
        };
        let names = vec![
            ("@operator", ask("shop.greeting", "/operators/0/id")),
            ("@tax", ask("tax_category.list", "/tax_categories/0/id")),
            ("@role", ask("role.list", "/roles/0/id")),
            ("@sold", ask("sale.list", "/sales/0/sale")),
        ];
        Self { till, names, calls: 0, _folder: folder }
    }

    /// Makes the call.
    pub fn call(&mut self, data: &[u8]) {
        self.calls += 1;
        if self.calls > CALLS_MAX || self.till.terminal.is_restarting() {
            *self = Self::open();
        }
        let Ok(text) = std::str::from_utf8(data) else { return };
        let mut text = text.to_owned();
        for (name, id) in &self.names {
            text = text.replace(name, id);
        }
        if text.contains("@open") {
            text = text.replace("@open", &self.open_sale());
        }
        let Ok(envelope) = serde_json::from_str::<Envelope>(&text) else { return };
        let stranger = self.till.terminal.connect(Through::Http);
        for caller in [&stranger, self.till.desk.caller()] {
            match self.till.terminal.call(caller, &envelope) {
                Ok(answer) => drop(serde_json::from_str::<Value>(answer.get()).expect("an answer is JSON")),
                Err(refused) => assert_ne!(refused.class, Class::Bug, "{refused}"),
            }
        }
        if envelope.operation.starts_with("session.") {
            // Whoever signed off, or changed their PIN and failed, begins again.
            if self.till.sign_in().is_err() {
                *self = Self::open();
            }
        }
    }

    fn open_sale(&mut self) -> String {
        let current = self.till.desk.call::<Value>("sale.current", &serde_json::json!({}));
        let sale = current.ok().and_then(|current| Some(current["sale"]["sale"].as_str()?.to_owned()));
        sale.unwrap_or_default()
    }
}
