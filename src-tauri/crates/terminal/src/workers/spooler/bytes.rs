//! What goes to a printer for a job: made when it is sent, from the fact, in the shop's words.

use super::Spooler;
use super::looks::Way;
use crate::error::Error;
use crate::texts::{Key, Texts};
use crate::{account, drawer, invoice, receipt, report, shift};
use database::print_queue::PrintJob;
use devices::{Profile, calibration};
use domain::device::{Devices, DrawerPins};
use domain::document::Document;
use domain::settings::Language;
use wire::receipt::PrintJobKind;

impl Spooler {
    pub(super) fn bytes(
        &self,
        job: &PrintJob,
        way: &Way,
        settings: &Devices,
        profile: &Profile,
    ) -> Result<Vec<u8>, Error> {
        match (job.kind, way) {
            (PrintJobKind::Kick, way) => {
                let pins = drawer::pins(settings, job.drawer).unwrap_or(DrawerPins::Profile);
                Ok(match way {
                    Way::Free => devices::drawer::pulse(profile, pins),
                    Way::AtOnce => devices::drawer::pulse_at_once(profile, pins),
                })
            }
            (PrintJobKind::Receipt, _) => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| receipt::printed(&self.terminal, reader, job.sale(), job.copy))?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Gift, _) => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| receipt::printed_gift(&self.terminal, reader, job.sale()))?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Invoice, _) => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| invoice::printed(&self.terminal, reader, job.sale(), job.copy))?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Report, _) => {
                let document = self
                    .terminal
                    .database
                    .read(|reader| shift::printed(&self.terminal, reader, job.about, job.copy))?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::SalesReport, _) => {
                let document = report::printed(&self.terminal, job.about)?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Statement, _) => {
                let document = account::printed(&self.terminal, job.about)?;
                Ok(self.terminal.press().escpos(&document, profile))
            }
            (PrintJobKind::Calibration, _) => self.calibration_page(profile),
            (PrintJobKind::Test, _) => Ok(self.terminal.press().escpos(&self.test_page(profile)?, profile)),
        }
    }

    fn test_page(&self, profile: &Profile) -> Result<Document, Error> {
        let shop = self.terminal.database.read(|reader| crate::ask::shop(&self.terminal, reader))?.1;
        let now = self.terminal.now();
        Ok(Texts::of(shop.language).test_page(&profile.title, now.wall, now.zone_min))
    }

    /// The page that shows the printer's code pages, in letters every printer has.
    fn calibration_page(&self, profile: &Profile) -> Result<Vec<u8>, Error> {
        let shop = self.terminal.database.read(|reader| crate::ask::shop(&self.terminal, reader))?.1;
        let texts = Texts::of(match shop.language {
            Language::Ar => Language::En,
            latin => latin,
        });
        let (title, question) =
            (texts.text(Key::PaperCalibration), texts.text(Key::PaperCalibrationQuestion));
        Ok(calibration::page(profile, &title, &question))
    }
}
