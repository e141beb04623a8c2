//! Acts for operations that need no words of their own: called by their names, answered by what is asked to be shown.

use super::{Played, Player};
use crate::transcript;
use serde_json::{Value, json};
use std::sync::Arc;
use terminal::blob::{BeginUpload, UploadKind};
use terminal::workers::Next;
use terminal::workers::export::Exporter;
use terminal::workers::import::Importer;
use terminal::workers::mail::MailCarrier;

impl Player {
    /// Calls an operation. Behind the payload: `approved by NAME PIN` for somebody's consent; `as NAME` keeps the answer, so that `@NAME.field` stands for a part of it in
    /// later payloads; `show FIELD …` writes parts of it down.
    pub(super) fn plain(
        &mut self,
        is_command: bool,
        operation: &str,
        payload: &str,
        rest: &[&str],
    ) -> Played {
        let payload: Value =
            serde_json::from_str(&payload.replace('\'', "\"")).map_err(|error| error.to_string())?;
        let request = self.with_ids(&payload)?;
        let (approval, rest) = match rest {
            ["approved", "by", name, pin, rest @ ..] => {
                (self.approval(&["approved", "by", name, pin])?, rest)
            }
            rest => (None, rest),
        };
        let (name, shown) = match rest {
            ["as", name, "show", shown @ ..] => (Some(*name), shown),
            ["as", name] => (Some(*name), &[][..]),
            ["show", shown @ ..] => (None, shown),
            [] => (None, &[][..]),
            other => return Err(format!("not understood: {}", other.join(" "))),
        };
        let answer: Value = if is_command {
            let (refused, answer) = self.command_with(operation, request, approval)?;
            match answer {
                Some(answer) => answer,
                None => return Ok(refused),
            }
        } else {
            match self.ask(operation, request) {
                Ok(answer) => answer,
                Err(body) => return Ok(transcript::error(&body)),
            }
        };
        let mut told = vec!["answered".to_owned()];
        for field in shown {
            let part = part(&answer, field).ok_or_else(|| format!("the answer has no {field}: {answer}"))?;
            told.push(format!("{field} {part}"));
        }
        if let Some(name) = name {
            self.kept.insert(name.to_owned(), answer);
        }
        Ok(told)
    }

    /// Sends a file of data by the door of bytes; `@NAME.blob` stands for it.
    pub(super) fn upload(&mut self, name: &str, lines: &[&str]) -> Played {
        let till = self.till()?;
        let text = lines.join("\n");
        let blobs = till.terminal.blobs().of(&till.caller);
        let said = |error: terminal::blob::BlobError| error.to_string();
        let upload = blobs.begin(BeginUpload::of(UploadKind::Data, text.as_bytes())).map_err(said)?.upload;
        blobs.append(upload, 0, text.as_bytes()).map_err(said)?;
        let uploaded = blobs.finish(upload).map_err(said)?;
        self.kept.insert(name.to_owned(), json!({ "blob": uploaded.hash.to_string() }));
        Ok(Vec::new())
    }

    /// Lets those work who import, export and send letters beside the sales, until nothing is left that can be done.
    pub(super) fn work(&mut self) -> Played {
        let terminal = self.terminal()?;
        let mut importer = Importer::new(Arc::clone(terminal));
        while importer.step() == Next::Again {}
        let mut exporter = Exporter::new(Arc::clone(terminal));
        while exporter.step() == Next::Again {}
        let mut carrier = MailCarrier::new(Arc::clone(terminal), Arc::default());
        while carrier.step() == Next::Again {}
        Ok(Vec::new())
    }

    /// The part of a kept answer that `NAME.field.field` stands for.
    pub(super) fn kept_part(&self, path: &str) -> Option<Value> {
        let (name, rest) = path.split_once('.')?;
        part(self.kept.get(name)?, rest).cloned()
    }
}

/// A part of an answer: fields and places of lists, with dots between.
fn part<'v>(answer: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(answer, |value, step| match step.parse::<usize>() {
        Ok(index) => value.get(index),
        Err(_) => value.get(step),
    })
}
