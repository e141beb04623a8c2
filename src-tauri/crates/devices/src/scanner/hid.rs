//! Scanners that are USB HID of a point of sale: reports of 64 bytes instead of keys. A long code comes in several. The
//! layout is that of Honeywell's and Access-IS' manuals; a report that does not have it is noise.

use std::time::{Duration, Instant};

use hidapi::{DeviceInfo, HidApi, HidDevice, HidError};

use super::{FRAME_BYTES_MAX, ScanFrame, ScannerError, ScannerPort, decode};
use crate::transport::{LineFault, OpenError};

/// Page of usages for scanners (USB HID Point of Sale Usage Tables 1.02).
const SCANNERS: u16 = 0x8C;
/// The report that carries a code.
const REPORT: u8 = 2;
const REPORT_BYTES: usize = 64;
/// Data bytes of one report.
const DATA_MAX: usize = 56;
/// Symbology identifiers of GS1 codes (ISO/IEC 15424), which tell how what follows is to be read.
const GS1: [&[u8; 3]; 4] = [b"]C1", b"]e0", b"]d2", b"]Q3"];
/// After so much silence it is looked whether the scanner is still there: a read after it was unplugged may say nothing.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Joins reports into codes.
#[derive(Debug, Default)]
pub struct Reports {
    bytes: Vec<u8>,
    beyond: usize,
}

impl Reports {
    /// Takes a report as it comes from the bus, its number first; gives the code it ends.
    pub fn take(&mut self, report: &[u8]) -> Option<ScanFrame> {
        let [REPORT, length, rest @ ..] = report else { return None };
        let length = usize::from(*length);
        if length > DATA_MAX || rest.len() < 3 + length {
            return None;
        }
        let (symbology, data) = (&rest[..3], &rest[3..3 + length]);
        if self.bytes.is_empty() && GS1.iter().any(|gs1| gs1[..] == *symbology) {
            self.bytes.extend(symbology);
        }
        let room = FRAME_BYTES_MAX.saturating_sub(self.bytes.len()).min(length);
        self.bytes.extend(&data[..room]);
        self.beyond += length - room;
        // The last byte says whether more follows; a short report has none.
        if report.len() >= REPORT_BYTES && report[REPORT_BYTES - 1] & 1 == 1 {
            return None;
        }
        self.end()
    }

    /// Ends a code whose last report never came.
    pub fn end(&mut self) -> Option<ScanFrame> {
        let bytes = std::mem::take(&mut self.bytes);
        let beyond = std::mem::take(&mut self.beyond);
        if beyond > 0 {
            return Some(ScanFrame::TooLong { bytes: bytes.len() + beyond });
        }
        Some(decode(bytes)).filter(|code| !code.is_empty()).map(ScanFrame::Code)
    }

    fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// An open scanner.
pub struct HidScanner {
    device: HidDevice,
    reports: Reports,
    vendor: u16,
    product: u16,
    heard: Instant,
    looked: Instant,
}

impl HidScanner {
    /// Finds and opens a scanner.
    ///
    /// # Errors
    /// When it is not there, not allowed, or the system has no such devices.
    pub fn open(vendor: u16, product: u16, serial: Option<&str>) -> Result<Self, OpenError> {
        let name = format!("scanner {vendor:04x}:{product:04x}");
        let api = HidApi::new().map_err(|error| open_error(&name, &error))?;
        let is_it = |info: &&DeviceInfo| {
            info.vendor_id() == vendor
                && info.product_id() == product
                && (serial.is_none() || info.serial_number() == serial)
        };
        // A scanner may be a keyboard besides: the part that speaks codes comes first.
        let found = api.device_list().filter(is_it).max_by_key(|info| info.usage_page() == SCANNERS);
        let info = found.ok_or_else(|| OpenError::Unreachable(format!("{name} is not plugged in")))?;
        let device = info.open_device(&api).map_err(|error| open_error(&name, &error))?;
        let now = Instant::now();
        Ok(Self { device, reports: Reports::default(), vendor, product, heard: now, looked: now })
    }

    fn is_there(&self) -> bool {
        HidApi::new().is_ok_and(|api| {
            api.device_list().any(|info| info.vendor_id() == self.vendor && info.product_id() == self.product)
        })
    }
}

impl ScannerPort for HidScanner {
    fn read(&mut self, wait: Duration) -> Result<Option<ScanFrame>, ScannerError> {
        let until = Instant::now() + wait;
        let mut report = [0; REPORT_BYTES];
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let milliseconds = i32::try_from(left.as_millis()).unwrap_or(i32::MAX);
            match self.device.read_timeout(&mut report, milliseconds) {
                Ok(0) => {}
                Ok(count) => {
                    self.heard = Instant::now();
                    if let Some(code) = self.reports.take(&report[..count]) {
                        return Ok(Some(code));
                    }
                }
                // What came before it was unplugged is still a code; the fault comes with the next call.
                Err(_) => {
                    return self
                        .reports
                        .end()
                        .map_or(Err(ScannerError(LineFault::Gone)), |code| Ok(Some(code)));
                }
            }
            let now = Instant::now();
            if !self.reports.is_empty() && now.duration_since(self.heard) >= super::SILENCE {
                return Ok(self.reports.end());
            }
            if now.duration_since(self.heard.max(self.looked)) >= LOOK_EVERY {
                self.looked = now;
                if !self.is_there() {
                    return Err(ScannerError(LineFault::Gone));
                }
            }
            if now >= until {
                return Ok(None);
            }
        }
    }
}

/// The scanners that are plugged in: number of the maker, of the model, their own, and a name.
pub(crate) fn scanners() -> Vec<(u16, u16, Option<String>, String)> {
    let Ok(api) = HidApi::new() else { return Vec::new() };
    let told = |info: &DeviceInfo| {
        let name = [info.manufacturer_string(), info.product_string()];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (info.vendor_id(), info.product_id(), info.serial_number().map(str::to_owned), name)
    };
    api.device_list().filter(|info| info.usage_page() == SCANNERS).map(told).collect()
}

fn open_error(name: &str, error: &HidError) -> OpenError {
    let text = format!("{name}: {error}");
    match error {
        HidError::IoError { error } if error.kind() == std::io::ErrorKind::PermissionDenied => {
            OpenError::PermissionDenied(text)
        }
        _ => OpenError::Unreachable(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A report as the manuals draw it: number, length, symbology, data, 0, 0, whether more follows.
    fn report(symbology: &[u8; 3], data: &[u8], more: bool) -> Vec<u8> {
        let mut report = vec![REPORT, u8::try_from(data.len()).unwrap()];
        report.extend(symbology);
        report.extend(data);
        report.resize(REPORT_BYTES, 0);
        report[REPORT_BYTES - 1] = u8::from(more);
        report
    }

    fn code(text: &str) -> Option<ScanFrame> {
        Some(ScanFrame::Code(text.to_owned()))
    }

    #[test]
    fn a_short_code_is_one_report() {
        let mut reports = Reports::default();
        assert_eq!(reports.take(&report(b"]E0", b"5449000000996", false)), code("5449000000996"));
        assert_eq!(reports.take(&report(b"]C1", b"0106141411234567", false)), code("]C10106141411234567"));
    }

    #[test]
    fn what_is_no_report_of_a_code_is_passed_over() {
        let mut reports = Reports::default();
        let mut long = report(b"]E0", b"1", false);
        long[1] = 57;
        for noise in
            [&[][..], &[REPORT], &[3, 1, b']', b'E', b'0', b'1'], &[REPORT, 9, b']', b'E', b'0', b'1'], &long]
        {
            assert_eq!(reports.take(noise), None);
        }
        assert_eq!(reports.end(), None);
    }

    #[test]
    fn a_code_without_an_end_is_bounded() {
        let mut reports = Reports::default();
        for _ in 0..100 {
            assert_eq!(reports.take(&report(b"]Q1", &[b'7'; DATA_MAX], true)), None);
        }
        assert_eq!(reports.end(), Some(ScanFrame::TooLong { bytes: 5_600 }));
    }

    proptest! {
        #[test]
        fn a_code_comes_out_as_it_went_in(text in "[ -~]{1,300}") {
            let mut reports = Reports::default();
            let pieces: Vec<_> = text.as_bytes().chunks(DATA_MAX).collect();
            let mut come = Vec::new();
            for (index, piece) in pieces.iter().enumerate() {
                come.extend(reports.take(&report(b"]Q1", piece, index + 1 < pieces.len())));
            }
            prop_assert_eq!(come, vec![ScanFrame::Code(text)]);
        }

        #[test]
        fn noise_is_never_a_code_with_controls(reports in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..70), 0..20)) {
            let mut joined = Reports::default();
            for report in reports {
                if let Some(ScanFrame::Code(code)) = joined.take(&report) {
                    prop_assert!(!code.is_empty());
                    let is_noise = |c: char| c.is_control() && c != super::super::GS;
                    prop_assert!(!code.contains(is_noise));
                }
            }
        }
    }
}
