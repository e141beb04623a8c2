//! A USB printer the system has no line to: its bulk endpoints, claimed for as long as a job takes (USB printer class 7).
//! Nothing here could be tried on a real bus yet; the README says so.

use std::time::{Duration, Instant};

use nusb::transfer::{Buffer, Bulk, In, Out, TransferError};
use nusb::{DeviceInfo, Endpoint, ErrorKind, MaybeFuture};

use super::{CloseError, Closed, LineFault, OpenError, ReadError, Transport, WriteError, left, pause};

/// Printers have this class (USB Device Class Definition for Printing Devices 1.1).
const PRINTER: u8 = 7;
/// No transfer is longer, so that what was taken is known after a fault.
const CHUNK: usize = 4_096;
/// Just after it was plugged in, the system may still be about to set its rights.
const RIGHTS_TRIES: u32 = 5;
const RIGHTS_PAUSE: Duration = Duration::from_millis(200);

/// A claimed printer.
pub struct Usb {
    out: Endpoint<Bulk, Out>,
    back: Option<Endpoint<Bulk, In>>,
    /// Received, not yet read.
    heard: Vec<u8>,
}

impl Usb {
    /// Finds and claims a printer by its maker, model and, where there are two, its own number.
    ///
    /// # Errors
    /// When it is not there, not allowed, in use, or no printer.
    pub fn open(vendor: u16, product: u16, serial: Option<&str>) -> Result<Self, OpenError> {
        let name = format!("USB printer {vendor:04x}:{product:04x}");
        let is_it = |info: &DeviceInfo| {
            info.vendor_id() == vendor
                && info.product_id() == product
                && (serial.is_none() || info.serial_number() == serial)
        };
        let info = devices()
            .into_iter()
            .find(is_it)
            .ok_or_else(|| OpenError::Unreachable(format!("{name} is not plugged in")))?;
        let Some(number) = interface_of(&info) else {
            return Err(OpenError::ConfigInvalid(format!("{name} is no printer")));
        };
        let mut tries = 1;
        let device = loop {
            match info.open().wait() {
                Ok(device) => break device,
                Err(error) if error.kind() == ErrorKind::PermissionDenied && tries < RIGHTS_TRIES => {
                    tries += 1;
                    pause(RIGHTS_PAUSE);
                }
                Err(error) => return Err(open_error(&name, &error)),
            }
        };
        let interface =
            device.detach_and_claim_interface(number).wait().map_err(|error| open_error(&name, &error))?;
        let (mut out, mut back) = (None, None);
        for endpoint in interface.descriptors().flat_map(|alternative| alternative.endpoints()) {
            if endpoint.transfer_type() != nusb::descriptors::TransferType::Bulk {
                continue;
            }
            match endpoint.direction() {
                nusb::transfer::Direction::Out => out = out.or(Some(endpoint.address())),
                nusb::transfer::Direction::In => back = back.or(Some(endpoint.address())),
            }
        }
        let out = out.ok_or_else(|| OpenError::ConfigInvalid(format!("{name} takes no data")))?;
        let out = interface.endpoint::<Bulk, Out>(out).map_err(|error| open_error(&name, &error))?;
        let back = match back {
            Some(address) => {
                Some(interface.endpoint::<Bulk, In>(address).map_err(|error| open_error(&name, &error))?)
            }
            None => None,
        };
        Ok(Self { out, back, heard: Vec::new() })
    }
}

impl Transport for Usb {
    fn write(&mut self, bytes: &[u8], deadline: Instant) -> Result<(), WriteError> {
        let mut accepted = 0;
        for chunk in bytes.chunks(CHUNK) {
            let Some(wait) = left(deadline) else {
                return Err(WriteError { accepted, fault: LineFault::Stalled });
            };
            let done = self.out.transfer_blocking(Buffer::from(chunk), wait);
            accepted += done.actual_len;
            done.status.map_err(|error| WriteError { accepted, fault: line_fault(error) })?;
        }
        Ok(())
    }

    fn read(&mut self, buffer: &mut [u8], deadline: Instant) -> Result<usize, ReadError> {
        while self.heard.is_empty() {
            let (Some(back), Some(wait)) = (&mut self.back, left(deadline)) else { return Ok(0) };
            let size = back.max_packet_size();
            let done = back.transfer_blocking(Buffer::new(size), wait);
            match done.status {
                Ok(()) => self.heard.extend_from_slice(&done.buffer[..done.actual_len]),
                Err(TransferError::Cancelled) => return Ok(0),
                Err(error) => return Err(ReadError(line_fault(error))),
            }
        }
        let count = buffer.len().min(self.heard.len());
        for (place, byte) in buffer.iter_mut().zip(self.heard.drain(..count)) {
            *place = byte;
        }
        Ok(count)
    }

    fn close(self: Box<Self>, _deadline: Instant) -> Result<Closed, CloseError> {
        // A transfer is over when the printer took its last packet.
        Ok(Closed::Drained)
    }
}

/// The printers on the bus: number of the maker, of the model, their own, and a name.
pub(crate) fn printers() -> Vec<(u16, u16, Option<String>, String)> {
    let is_printer = |info: &DeviceInfo| interface_of(info).is_some();
    let told = |info: DeviceInfo| {
        let name = [info.manufacturer_string(), info.product_string()];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" ");
        (info.vendor_id(), info.product_id(), info.serial_number().map(str::to_owned), name)
    };
    devices().into_iter().filter(is_printer).map(told).collect()
}

/// What is plugged in; nothing on a machine without USB.
fn devices() -> Vec<DeviceInfo> {
    nusb::list_devices().wait().map(Iterator::collect).unwrap_or_default()
}

fn interface_of(info: &DeviceInfo) -> Option<u8> {
    info.interfaces()
        .find(|interface| interface.class() == PRINTER)
        .map(nusb::InterfaceInfo::interface_number)
}

fn line_fault(error: TransferError) -> LineFault {
    match error {
        TransferError::Cancelled => LineFault::Stalled,
        _ => LineFault::Gone,
    }
}

fn open_error(name: &str, error: &nusb::Error) -> OpenError {
    let text = format!("{name}: {error}");
    match error.kind() {
        ErrorKind::PermissionDenied => OpenError::PermissionDenied(text),
        ErrorKind::Busy => OpenError::InUse(text),
        ErrorKind::Unsupported => OpenError::ConfigInvalid(text),
        _ => OpenError::Unreachable(text),
    }
}
