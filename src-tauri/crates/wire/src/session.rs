//! Signing on and off.

pub use crate::envelope::Nothing;
use domain::ids::OperatorId;
use domain::people::Grant;

shapes! {
    /// Signs an operator on.
    pub struct SignIn {
        /// Who.
        pub operator: OperatorId,
        /// Their PIN, 4 to 12 digits.
        pub pin: String,
    }

    /// A sign-on.
    pub struct Session {
        /// Who is signed on.
        pub operator: OperatorId,
        /// What colleagues call them.
        pub name: String,
        /// What the role is called.
        pub role: String,
        /// What they may do. For the screen's convenience: every call is checked again.
        pub grants: Vec<Grant>,
    }

    /// Who is signed on at this door.
    pub struct CurrentSession {
        /// `None` when nobody is.
        pub session: Option<Session>,
    }
}
