//! The support bundle: one file that tells whoever helps how this till is, and nothing about people, goods or money.
//! What goes in is named here, one by one; there is no rule by which something else could come along.

use super::{details, items};
use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::{self, Ask};
use crate::blob::BlobHash;
use crate::device;
use crate::error::Error;
use crate::log;
use crate::made_file::MadeFile;
use database::error::DatabaseError;
use database::{Purpose, Reader};
use domain::device::{Connection, Devices, DrawerConnection, PrinterSettings, ScannerConnection};
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Write};
use wire::envelope::Topic;
use wire::fact::{self, Fact};
use wire::health::HealthBundle;
use wire::session::Nothing;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// `health.bundle`
pub fn bundle(act: &Act<'_>, _: Nothing) -> Result<BundleMade, Error> {
    let bytes = act.read(|reader| pack(act.terminal, reader, act.now))?;
    let saved_at = MadeFile::SupportBundle.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (length, operator) = (u64::try_from(bytes.len()).unwrap_or(u64::MAX), act.operator);
    let hash = BlobHash::of(&bytes);
    let made = act.commit(move |tx| {
        let made = fact::BundleMade { sha256: hash.to_string(), bytes: length };
        tx.append(operator, &Fact::BundleMade(made), &[])?;
        Ok(BundleMade { hash, bytes: length, saved_at })
    })?;
    act.terminal.blobs.hold(MadeFile::SupportBundle, bytes, Permission::ManageSettings);
    Ok(made)
}

/// A bundle was made.
#[derive(Serialize, Deserialize)]
pub struct BundleMade {
    hash: BlobHash,
    bytes: u64,
    saved_at: Option<String>,
}

impl Effect for BundleMade {
    type Answer = HealthBundle;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<HealthBundle, Error> {
        Ok(HealthBundle {
            blob: self.hash.to_string(),
            file_name: MadeFile::SupportBundle.name().to_owned(),
            saved_at: self.saved_at,
            bytes: self.bytes,
        })
    }
}

/// The bytes of the file.
fn pack(terminal: &Terminal, reader: &Reader, now: domain::time::Moment) -> Result<Vec<u8>, Error> {
    let about = about(terminal, reader, now)?;
    let tables: Vec<Value> = reader
        .table_sizes()?
        .into_iter()
        .map(|size| json!({ "file": size.file, "table": size.table, "rows": size.rows }))
        .collect();
    let parts = [
        ("about.json", about),
        ("health.json", json!(items(terminal, reader, &now)?)),
        ("faults.json", json!(details(terminal, reader)?.faults)),
        ("tables.json", json!(tables)),
        ("settings.json", settings(terminal, reader)?),
    ];
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, value) in parts {
        let text = serde_json::to_vec_pretty(&value).map_err(DatabaseError::from)?;
        add(&mut file, name, &text).map_err(DatabaseError::Directory)?;
    }
    for path in log::files(&terminal.options.data_dir) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let text = fs::read(&path).map_err(DatabaseError::Directory)?;
        add(&mut file, &format!("log/{name}"), &text).map_err(DatabaseError::Directory)?;
    }
    let packed = file.finish().map_err(|error| DatabaseError::Directory(error.into()))?;
    Ok(packed.into_inner())
}

fn add(file: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    file.start_file(name, options)?;
    file.write_all(bytes)
}

/// Versions, the log that is written, and what the start found. No path: it may hold a person's name.
fn about(terminal: &Terminal, reader: &Reader, now: domain::time::Moment) -> Result<Value, Error> {
    let details = details(terminal, reader)?;
    let started = terminal.started();
    let head = terminal.database.head(Purpose::Selling)?.ok_or(DatabaseError::HeadLost)?;
    let reincarnated =
        started.reincarnated.map(|(reason, previous)| json!({ "reason": reason, "previous": previous }));
    Ok(json!({
        "made_at": now.wall,
        "zone_min": now.zone_min,
        "version": details.version,
        "sqlite": details.sqlite,
        "system": details.system,
        "terminal": head.identity.terminal,
        "incarnation": head.identity.incarnation,
        "series": head.series,
        "facts": head.seq,
        "reserve_bytes": details.reserve_bytes,
        "start": {
            "reincarnated": reincarnated,
            "guard_damaged": started.guard_damaged,
            "tail_checked": terminal.tail_is_checked(),
        },
    }))
}

/// How the shop works, without what it is called and where it is.
fn settings(terminal: &Terminal, reader: &Reader) -> Result<Value, Error> {
    let shop = match ask::shop(terminal, reader) {
        Ok((version, shop)) => json!({
            "version": version,
            "currency": shop.currency,
            "language": shop.language,
            "tax_policy": shop.tax_policy,
            "has_logo": shop.logo.is_some(),
        }),
        Err(Error::Settings(_)) => Value::Null,
        Err(error) => return Err(error),
    };
    let (version, devices) = device::settings_of(terminal, reader)?;
    let Devices { receipt_printer, backup_printer, drawer, second_drawer, scanner, keyboard } = devices;
    // The names of computers, queues and folders are often names of people; numbers of devices are nobody's.
    let printer = |printer: PrinterSettings| {
        let connection = match printer.connection {
            Connection::Serial { port, baud } => json!({ "via": "serial", "port": port, "baud": baud }),
            Connection::Tcp { host: _, port } => json!({ "via": "tcp", "port": port }),
            Connection::UsbPort { path: _ } => json!({ "via": "usb_port" }),
            Connection::Usb { vendor, product, serial: _ } => {
                json!({ "via": "usb", "vendor": vendor, "product": product })
            }
            Connection::Queue { name: _ } => json!({ "via": "queue" }),
            Connection::File { path: _ } => json!({ "via": "file" }),
            Connection::Simulated { fault } => json!({ "via": "simulated", "fault": fault }),
        };
        json!({ "profile": printer.profile, "connection": connection, "asks_status": printer.asks_status })
    };
    let scanner = scanner.map(|scanner| {
        let connection = match scanner.connection {
            ScannerConnection::Serial { port, baud } => {
                json!({ "via": "serial", "port": port, "baud": baud })
            }
            ScannerConnection::Hid { vendor, product, serial: _ } => {
                json!({ "via": "hid", "vendor": vendor, "product": product })
            }
            ScannerConnection::Simulated => json!({ "via": "simulated" }),
        };
        json!({ "connection": connection, "same_within_ms": scanner.same_within_ms })
    });
    let via = |connection| match connection {
        DrawerConnection::Printer { pins } => json!({ "via": "printer", "pins": pins }),
        DrawerConnection::Serial { port, baud, bytes } => {
            json!({ "via": "serial", "port": port, "baud": baud, "bytes": bytes })
        }
    };
    let drawer =
        drawer.map(|drawer| json!({ "connection": via(drawer.connection), "sensor": drawer.sensor }));
    Ok(json!({
        "shop": shop,
        "devices": {
            "version": version,
            "receipt_printer": receipt_printer.map(printer),
            "backup_printer": backup_printer.map(printer),
            "drawer": drawer,
            "second_drawer": second_drawer.map(via),
            "scanner": scanner,
            "keyboard": keyboard.map(|keyboard| keyboard.layout),
        },
    }))
}
