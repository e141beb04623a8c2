//! The worked example of `docs/ledger-format.md` is what the program writes.

use domain::ids::{IncarnationId, OperatorId, OrganisationId, StoreId, TerminalId};
use domain::time::{ClockQuality, Hlc, Moment, Timestamp};
use std::fmt::Write;
use std::path::Path;
use uuid::Uuid;
use wire::fact::header::{Header, LogIdentity, payload_hash};
use wire::fact::{Fact, LedgerOpened};

const MARKS: [&str; 2] = ["<!-- example -->\n", "<!-- /example -->"];

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn example() -> String {
    let log = LogIdentity {
        organisation: OrganisationId(Uuid::from_u128(1)),
        store: StoreId(Uuid::from_u128(2)),
        terminal: TerminalId(Uuid::from_u128(3)),
        incarnation: IncarnationId(Uuid::from_u128(4)),
    };
    let fact = Fact::LedgerOpened(LedgerOpened {
        organisation: log.organisation,
        store: log.store,
        terminal: log.terminal,
        incarnation: log.incarnation,
        series: "A".into(),
        reason: wire::fact::OpenReason::New,
        previous: None,
        grand_totals: Vec::new(),
    });
    let payload = fact.payload(None).unwrap();
    let salt: [u8; 16] = std::array::from_fn(|index| index as u8);
    let wall = Timestamp(1_772_438_400_000);
    let header = Header {
        log,
        seq: 1,
        kind: fact.kind().0.to_owned(),
        kind_version: fact.kind().1,
        flags: 0,
        moment: Moment { wall, zone_min: 60, boot: 5, mono_ms: 1_000, quality: ClockQuality::Unknown },
        hlc: Hlc(0).next(wall),
        actor: OperatorId::TERMINAL,
        previous: [0; 32],
        payload_hash: payload_hash(&salt, &payload),
    };
    let envelope = header.encode();
    assert_eq!(envelope.len(), 197 + header.kind.len());
    let lines: Vec<String> = envelope.chunks(32).map(hex).collect();
    format!(
        "```text\nsalt          {}\npayload       {}\npayload hash  {}\nenvelope      {}\nhash          {}\n```\n",
        hex(&salt),
        String::from_utf8(payload).unwrap(),
        hex(&header.payload_hash),
        lines.join("\n              "),
        hex(&header.hash()),
    )
}

#[test]
fn the_worked_example_is_what_the_program_writes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/ledger-format.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let begin = page.find(MARKS[0]).unwrap() + MARKS[0].len();
    let end = page.find(MARKS[1]).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{}{}{}", &page[..begin], example(), &page[end..])).unwrap();
        return;
    }
    assert_eq!(&page[begin..end], example(), "UPDATE=1 cargo test -p scenarios ledger_format");
}
