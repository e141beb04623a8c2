//! The list of operations as a page for people.

use crate::operations::{Kind, Need, OPERATIONS};
use std::fmt::Write;

/// The page `docs/operations.md`.
pub fn page() -> String {
    let mut page = String::from(
        "# Operations\n\n\
        Everything a client can do, through every door. Made from `src-tauri/crates/wire/src/operations.rs`; do not edit.\n\n\
        A command takes a `request_id` (a UUID made by the client): the second call with the same id is answered with \
        the first result. *Audited*: who did what is kept. *Secret*: never logged. *Draft*: saved at once, durable \
        within 250 ms of idling; everything else is durable before it is answered.\n\n\
        Every operation can be refused with codes of `call.*`, `people.*` and `ledger.*`; the column *refusals* names the others.\n\n\
        | operation | what it does | request → answer | refusals | who may | marks |\n|---|---|---|---|---|---|\n",
    );
    for operation in OPERATIONS {
        let who = match operation.need {
            Need::Nobody => "anybody".to_owned(),
            Need::SignedOn => "signed on".to_owned(),
            Need::Permission(permission) => format!("{permission:?}"),
        };
        let kind = match operation.kind {
            Kind::Command => "command",
            Kind::Query => "query",
        };
        let marks = [
            (true, kind),
            (operation.audited, "audited"),
            (operation.secret, "secret"),
            (operation.draft, "draft"),
        ];
        let marks: Vec<_> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
        writeln!(
            page,
            "| `{}` | {} | {} → {} | {} | {who} | {} |",
            operation.name,
            operation.doc.trim(),
            operation.request,
            operation.answer,
            operation.error_nouns().join(", "),
            marks.join(", "),
        )
        .expect("writing to a string cannot fail");
    }
    page
}
