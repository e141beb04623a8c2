//! The audit: who did what, when, on which screen, and what it was before.

use domain::ids::OperatorId;
use domain::money::Money;
use domain::time::{BusinessDay, Timestamp};

shapes! {
    /// Asks for entries of the audit, the newest first. Everything left out is not asked about.
    #[derive(Default)]
    pub struct FindAudit {
        /// From this day on, by the shop's clock.
        #[serde(default)]
        pub from: Option<BusinessDay>,
        /// To this day, included.
        #[serde(default)]
        pub to: Option<BusinessDay>,
        /// By this operator; nil is the till itself.
        #[serde(default)]
        pub operator: Option<OperatorId>,
        /// What was done: `noun.verb` of an operation, or the kind of a fact that came from none.
        #[serde(default)]
        pub operation: Option<String>,
        /// A word that stands in it: a receipt's number, a product's name, a value.
        #[serde(default)]
        pub text: Option<String>,
        /// Where the page before ended.
        #[serde(default)]
        pub after: Option<AuditPlace>,
    }

    /// A place in the audit.
    #[derive(Copy)]
    pub struct AuditPlace {
        /// The fact.
        pub arrival: i64,
        /// 0 for the fact itself, then the entries of its trail.
        pub part: u32,
    }

    /// One page of the audit.
    pub struct AuditPage {
        /// The newest first.
        pub entries: Vec<AuditEntry>,
        /// Where the next page begins; `None` at the end. A page may be empty and have a next one: then nothing was
        /// found in the stretch that was read.
        pub next: Option<AuditPlace>,
        /// Everything that was ever done, to choose from.
        pub operations: Vec<String>,
    }

    /// Something that was done.
    pub struct AuditEntry {
        /// Where it stands.
        pub place: AuditPlace,
        /// When, by the till's clock.
        pub at: Timestamp,
        /// Minutes east of UTC of the shop at that moment.
        pub zone_min: i16,
        /// Who; nil is the till itself.
        pub operator: OperatorId,
        /// What they are called; empty when that was erased, and for the till.
        pub operator_name: String,
        /// What: `noun.verb` of the operation, or the kind of a fact that came from none.
        pub operation: String,
        /// Through which door.
        pub door: Option<String>,
        /// On which screen.
        pub screen: Option<String>,
        /// Who consented, where the operator may not do it alone.
        pub approver_name: Option<String>,
        /// What it was about: a receipt's number, a product's name.
        pub subject: Option<String>,
        /// What it came to.
        pub amount: Option<Money>,
        /// What changed.
        pub changes: Vec<AuditChange>,
    }

    /// A value that changed.
    pub struct AuditChange {
        /// Which.
        pub field: String,
        /// Before; `None` where there was nothing, or where it is personal.
        pub before: Option<String>,
        /// After; `None` where there is nothing, or where it was erased.
        pub after: Option<String>,
    }

    /// A file with entries of the audit, held until it is fetched.
    pub struct AuditFile {
        /// Its address at the blob door.
        pub blob: String,
        /// What to call it.
        pub file_name: String,
        /// Where it was saved already, for the till's own window; `None` for those who fetch it.
        pub saved_at: Option<String>,
        /// Entries in it.
        pub entries: u32,
    }
}
