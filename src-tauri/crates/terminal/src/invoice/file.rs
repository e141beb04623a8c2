//! Invoices as files: sheets of A4, to be kept, sent or printed by any printer.

use super::{given_out, may_give, paper};
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use crate::receipt::seen;
use database::error::DatabaseError;
use devices::pdf::Sheet;
use domain::invoice::issue::InvoiceError;
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::fact::InvoicePaper;
use wire::invoice::GiveInvoice;
use wire::receipt::ReceiptFile;

/// `invoice.make_file`
pub fn make_file(act: &Act<'_>, request: GiveInvoice) -> Result<FileMade, Error> {
    let sale = request.sale;
    let (document, number, copy) = act.read(|reader| {
        seen(act.caller, reader, sale)?;
        let copy = reader.invoice(sale)?.ok_or(InvoiceError::NotIssued {})?.given;
        let (document, number) = paper::sheet(act.terminal, reader, sale, copy)?;
        Ok((document, number, copy))
    })?;
    may_give(&act.grants, copy)?;
    let bytes = act.terminal.press().pdf(&document, Sheet::A4, &number).map_err(|error| {
        // The fonts are part of the program, or were there when the text was laid out.
        Error::from(DatabaseError::Directory(std::io::Error::other(error)))
    })?;
    let (hash, length) = (BlobHash::of(&bytes), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let saved_at = MadeFile::Invoice.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (operator, day) = (act.operator, act.day());
    let made = act.commit(move |tx| {
        let invoice = tx.invoice(sale)?.ok_or(InvoiceError::NotIssued {})?;
        // The sheet says which copy it is, and was laid out before this transaction.
        if invoice.given != copy {
            return Err(InvoiceError::GivenMeanwhile {}.into());
        }
        given_out(tx, operator, day, invoice, InvoicePaper::Sheet)?;
        Ok(FileMade { hash, bytes: length, saved_at })
    })?;
    act.terminal.blobs.hold(MadeFile::Invoice, bytes, Permission::Sell);
    Ok(made)
}

/// A file of an invoice was made.
#[derive(Serialize, Deserialize)]
pub struct FileMade {
    hash: BlobHash,
    bytes: u64,
    saved_at: Option<String>,
}

impl Effect for FileMade {
    type Answer = ReceiptFile;

    fn topics(&self) -> &'static [Topic] {
        &[Topic::Sale]
    }

    fn answer(self, _: &Ask<'_>) -> Result<ReceiptFile, Error> {
        Ok(ReceiptFile {
            blob: self.hash.to_string(),
            file_name: MadeFile::Invoice.name().to_owned(),
            saved_at: self.saved_at,
            bytes: self.bytes,
        })
    }
}
