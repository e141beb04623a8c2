//! Operators and roles.

use domain::ids::{OperatorId, RoleId};
use domain::people::Role;
use domain::product::Status;

shapes! {
    /// All operators.
    pub struct OperatorList {
        /// By name.
        pub operators: Vec<OperatorView>,
    }

    /// An operator as the manager sees them.
    pub struct OperatorView {
        /// Who.
        pub id: OperatorId,
        /// The version to change from.
        pub version: u64,
        /// What colleagues call them.
        pub name: String,
        /// Their role.
        pub role: RoleId,
        /// Whether they have a PIN.
        pub has_pin: bool,
        /// Whether they have a badge.
        pub has_badge: bool,
        /// Whether they have a recovery code.
        pub has_recovery: bool,
        /// Whether they can sign on.
        pub status: Status,
    }

    /// Adds or changes an operator. Fields left out stay as they are.
    pub struct SaveOperator {
        /// Whom to change; `None` adds one.
        #[serde(default)]
        pub id: Option<OperatorId>,
        /// What colleagues call them.
        #[serde(default)]
        pub name: Option<String>,
        /// Their role.
        #[serde(default)]
        pub role: Option<RoleId>,
        /// A new PIN.
        #[serde(default)]
        pub pin: Option<String>,
        /// The code of a new badge; an empty one takes the badge away.
        #[serde(default)]
        pub badge: Option<String>,
        /// Whether they can sign on.
        #[serde(default)]
        pub status: Option<Status>,
    }

    /// Erases the personal values of an operator who has left: name and PIN.
    #[derive(Copy)]
    pub struct EraseOperator {
        /// Whose.
        pub id: OperatorId,
    }

    /// All roles.
    pub struct RoleList {
        /// By name.
        pub roles: Vec<RoleView>,
    }

    /// A role.
    pub struct RoleView {
        /// Which.
        pub id: RoleId,
        /// The version to change from.
        pub version: u64,
        /// Its name and grants.
        pub role: Role,
    }

    /// Adds or changes a role.
    pub struct SaveRole {
        /// Which to change; `None` adds one.
        #[serde(default)]
        pub id: Option<RoleId>,
        /// What the screen showed; `None` for a new one.
        #[serde(default)]
        pub base: Option<Role>,
        /// As it should be.
        pub role: Role,
    }
}
