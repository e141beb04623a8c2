//! What may be a device of a till: what is plugged in, and queues of the system. Nothing is spoken to.

use crate::scanner::hid;
use crate::transport::{queue, serial, usb, usb_port};

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A serial port: printer, scanner or drawer.
    SerialPort {
        /// Its path or name.
        port: String,
        /// What its adapter is called.
        name: String,
    },
    /// The system's line to a USB printer.
    UsbPort {
        /// Its path.
        path: String,
    },
    /// A USB printer.
    UsbPrinter {
        /// The maker's number.
        vendor: u16,
        /// The model's.
        product: u16,
        /// Its own.
        serial: Option<String>,
        /// What it is called.
        name: String,
    },
    /// A print queue of the system.
    Queue {
        /// Its name.
        name: String,
    },
    /// A scanner that is USB HID of a point of sale.
    HidScanner {
        /// The maker's number.
        vendor: u16,
        /// The model's.
        product: u16,
        /// Its own.
        serial: Option<String>,
        /// What it is called.
        name: String,
    },
}

/// Everything there is, by kind.
pub fn found() -> Vec<Found> {
    let mut all: Vec<Found> =
        serial::named_ports().into_iter().map(|(port, name)| Found::SerialPort { port, name }).collect();
    all.extend(usb_port::ports().into_iter().map(|path| Found::UsbPort { path }));
    let printer = |(vendor, product, serial, name)| Found::UsbPrinter { vendor, product, serial, name };
    all.extend(usb::printers().into_iter().map(printer));
    all.extend(queue::queues().into_iter().map(|name| Found::Queue { name }));
    let scanner = |(vendor, product, serial, name)| Found::HidScanner { vendor, product, serial, name };
    all.extend(hid::scanners().into_iter().map(scanner));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_such_devices_is_no_error() {
        // Ends, and tells ports as opening wants them.
        for found in found() {
            if let Found::SerialPort { port, .. } = found {
                assert!(!port.is_empty());
            }
        }
    }
}
