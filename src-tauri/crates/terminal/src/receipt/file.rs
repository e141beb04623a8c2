//! Receipts as files.

use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use database::error::DatabaseError;
use devices::pdf::Sheet;
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::receipt::{MakeReceiptFile, ReceiptFile};

/// Columns up to which paper is 58 mm wide.
const NARROW_COLUMNS: usize = 40;

/// `receipt.make_file`
pub fn make_file(act: &Act<'_>, request: MakeReceiptFile) -> Result<FileMade, Error> {
    let (document, number, narrow) = act.read(|reader| {
        let document = super::printed(act.terminal, reader, request.sale, 0)?;
        let number = super::number(reader, request.sale)?;
        let settings = crate::device::settings_of(act.terminal, reader)?.1;
        Ok((document, number, super::roll(&settings).columns < NARROW_COLUMNS))
    })?;
    let sheet = if narrow { Sheet::Roll58 } else { Sheet::Roll80 };
    let bytes = act.terminal.press().pdf(&document, sheet, &number).map_err(|error| {
        // The fonts are part of the program, or were there when the text was laid out.
        Error::from(DatabaseError::Directory(std::io::Error::other(error)))
    })?;
    let saved_at = MadeFile::Receipt.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, length) = (BlobHash::of(&bytes), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let made = act.commit(move |_| Ok(FileMade { hash, bytes: length, saved_at }))?;
    act.terminal.blobs.hold(MadeFile::Receipt, bytes, Permission::Sell);
    Ok(made)
}

/// A file of a receipt was made.
#[derive(Serialize, Deserialize)]
pub struct FileMade {
    hash: BlobHash,
    bytes: u64,
    saved_at: Option<String>,
}

impl Effect for FileMade {
    type Answer = ReceiptFile;

    fn topics(&self) -> &'static [Topic] {
        &[]
    }

    fn answer(self, _: &Ask<'_>) -> Result<ReceiptFile, Error> {
        Ok(ReceiptFile {
            blob: self.hash.to_string(),
            file_name: MadeFile::Receipt.name().to_owned(),
            saved_at: self.saved_at,
            bytes: self.bytes,
        })
    }
}
