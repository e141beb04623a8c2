//! Receipts as files.

use crate::Terminal;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use database::Reader;
use database::error::DatabaseError;
use devices::pdf::Sheet;
use devices::raster::Roll;
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::receipt::{MakeReceiptFile, ReceiptFile, ReceiptFileForm, ReceiptPaper};

/// Columns up to which paper is 58 mm wide.
const NARROW_COLUMNS: usize = 40;

/// `receipt.make_file`
pub fn make_file(act: &Act<'_>, request: MakeReceiptFile) -> Result<FileMade, Error> {
    let (document, number, roll) = act.read(|reader| {
        super::seen(act.caller, reader, request.sale)?;
        let document = match request.paper {
            ReceiptPaper::Receipt => super::printed(act.terminal, reader, request.sale, 0)?,
            ReceiptPaper::Gift => super::printed_gift(act.terminal, reader, request.sale)?,
        };
        let number = super::number(reader, request.sale)?;
        let settings = crate::device::settings_of(act.terminal, reader)?.1;
        Ok((document, number, super::roll(&settings)))
    })?;
    let press = act.terminal.press();
    let bytes = match request.form {
        ReceiptFileForm::Pdf => {
            press.pdf(&document, sheet(roll), &number).map_err(|error| {
                // The fonts are part of the program, or were there when the text was laid out.
                Error::from(DatabaseError::Directory(std::io::Error::other(error)))
            })?
        }
        ReceiptFileForm::Png => press.png(&document, roll),
    };
    let file = MadeFile::Receipt(request.form);
    let saved_at = file.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, length) = (BlobHash::of(&bytes), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let made = act.commit(move |_| Ok(FileMade { hash, bytes: length, saved_at, form: request.form }))?;
    act.terminal.blobs.hold(file, bytes, Permission::Sell);
    Ok(made)
}

/// A page as wide as the paper of a roll.
const fn sheet(roll: Roll) -> Sheet {
    if roll.columns < NARROW_COLUMNS { Sheet::Roll58 } else { Sheet::Roll80 }
}

/// A page as wide as the paper of the receipt printer.
pub fn sheet_of(terminal: &Terminal, reader: &Reader) -> Result<Sheet, Error> {
    Ok(sheet(super::roll(&crate::device::settings_of(terminal, reader)?.1)))
}

/// A file of a receipt was made.
#[derive(Serialize, Deserialize)]
pub struct FileMade {
    hash: BlobHash,
    bytes: u64,
    saved_at: Option<String>,
    #[serde(default)]
    form: ReceiptFileForm,
}

impl Effect for FileMade {
    type Answer = ReceiptFile;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<ReceiptFile, Error> {
        Ok(ReceiptFile {
            blob: self.hash.to_string(),
            file_name: MadeFile::Receipt(self.form).name().to_owned(),
            saved_at: self.saved_at,
            bytes: self.bytes,
        })
    }
}
