//! The history of a record: every field's old and new value, with who, when and from which screen.

use crate::audit::AuditChange;
use crate::record::Entity;
use domain::time::Timestamp;
use uuid::Uuid;

shapes! {
    /// Asks for a page of a record's history.
    #[derive(Copy)]
    pub struct AskHistory {
        /// What kind of record.
        pub entity: Entity,
        /// Which.
        #[cfg_attr(feature = "contract", ts(type = "string"))]
        pub id: Uuid,
        /// The `next` of the page before.
        #[serde(default)]
        pub before: Option<i64>,
    }

    /// A page of a record's history.
    pub struct RecordHistory {
        /// At most fifty, the newest first.
        pub entries: Vec<HistoryEntry>,
        /// Asks for the next page; `None` on the last.
        pub next: Option<i64>,
    }

    /// One change of a record.
    pub struct HistoryEntry {
        /// When, by the till's clock.
        pub at: Timestamp,
        /// Minutes east of UTC of the shop at that moment.
        pub zone_min: i16,
        /// What they who did it are called; empty when that was erased, and for the till.
        pub operator_name: String,
        /// What they did: `noun.verb` of the operation.
        pub operation: Option<String>,
        /// On which screen.
        pub screen: Option<String>,
        /// Through which door.
        pub door: Option<String>,
        /// Who consented, where the operator may not do it alone.
        pub approver_name: Option<String>,
        /// The version the record had after it; `None` where it was erased or made by an import.
        pub version: Option<u64>,
        /// The file it was imported from, when an import made or changed it, or took that back.
        pub imported_from: Option<String>,
        /// What changed. What an import made, its file says.
        pub changes: Vec<AuditChange>,
    }
}
