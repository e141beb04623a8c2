//! What every sale needs of the till's settings. They are read once and kept as long as no record changed.

use crate::Terminal;
use crate::device::settings_in;
use crate::error::Error;
use database::LedgerTx;
use domain::device::Devices;
use std::sync::{Arc, Mutex, PoisonError};
use wire::record::Entity;

/// The settings of a sale.
pub struct Settings {
    /// The version of the shop's settings; 0 before there are any.
    pub shop_version: u64,
    /// What prints, and what opens a drawer.
    pub devices: Devices,
}

/// The settings as they were read last, under [`LedgerTx::records_version`].
#[derive(Default)]
pub struct KeptSettings {
    kept: Mutex<Option<(u64, Arc<Settings>)>>,
}

impl KeptSettings {
    /// The settings as a transaction sees them.
    ///
    /// # Errors
    /// What the ledger answers.
    pub fn of(&self, terminal: &Terminal, tx: &LedgerTx<'_>) -> Result<Arc<Settings>, Error> {
        let version = tx.records_version();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, settings)) if Some(*of) == version => Ok(Arc::clone(settings)),
            _ => {
                let settings = Arc::new(Settings {
                    shop_version: tx.record_version(Entity::Shop, terminal.store.0)?.unwrap_or(0),
                    devices: settings_in(tx, terminal.id.0)?,
                });
                // What a transaction sees that changes records may be taken back.
                *kept = version.map(|version| (version, Arc::clone(&settings)));
                Ok(settings)
            }
        }
    }
}
