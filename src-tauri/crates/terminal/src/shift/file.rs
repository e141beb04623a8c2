//! The papers of the drawer as files, to be kept or sent.

use super::paper;
use crate::act::{Act, Effect};
use crate::ask::Ask;
use crate::blob::BlobHash;
use crate::error::Error;
use crate::made_file::MadeFile;
use crate::receipt::sheet_of;
use database::error::DatabaseError;
use domain::people::Permission;
use serde::{Deserialize, Serialize};
use wire::envelope::Topic;
use wire::receipt::ReceiptFile;
use wire::shift::MakeShiftFile;

/// `shift.make_file`
pub fn make_file(act: &Act<'_>, request: MakeShiftFile) -> Result<FileMade, Error> {
    let (document, title, sheet) = match request.id {
        Some(id) => act.read(|reader| {
            let title = paper::title(reader, id)?;
            let document = paper::printed(act.terminal, reader, id, 0)?;
            Ok((document, title, sheet_of(act.terminal, reader)?))
        })?,
        None => {
            act.grants.require(Permission::SeeExpectedCash)?;
            act.read(|reader| {
                let ask = Ask { terminal: act.terminal, caller: act.caller, reader, now: act.now };
                let (document, language) = paper::running(&ask)?;
                let document = act.terminal.drawable(&document, language);
                Ok((document, String::new(), sheet_of(act.terminal, reader)?))
            })?
        }
    };
    let bytes = act.terminal.press().pdf(&document, sheet, &title).map_err(|error| {
        // The fonts are part of the program, or were there when the text was laid out.
        Error::from(DatabaseError::Directory(std::io::Error::other(error)))
    })?;
    let saved_at = MadeFile::ShiftPaper.save_for(act.caller, &bytes).map_err(DatabaseError::Directory)?;
    let (hash, length) = (BlobHash::of(&bytes), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let made = act.commit(move |_| Ok(FileMade { hash, bytes: length, saved_at }))?;
    act.terminal.blobs.hold(MadeFile::ShiftPaper, bytes, Permission::CloseShift);
    Ok(made)
}

/// A file of a paper was made.
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
            file_name: MadeFile::ShiftPaper.name().to_owned(),
            saved_at: self.saved_at,
            bytes: self.bytes,
        })
    }
}
