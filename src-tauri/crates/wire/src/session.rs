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

    /// Signs an operator on with their badge.
    pub struct SignInBadge {
        /// The badge's code, as a scanner read it.
        pub code: String,
    }

    /// Gives an operator a new PIN, with their recovery code.
    pub struct Recover {
        /// Who.
        pub operator: OperatorId,
        /// The code that was written down.
        pub code: String,
        /// The new PIN.
        pub pin: String,
    }

    /// A recovery code: shown once.
    pub struct RecoveryCode {
        /// In groups of five.
        pub code: String,
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
        /// Whether they see nothing of what others sold.
        pub own_sales_only: bool,
        /// Whether they are training: nothing they sell counts.
        pub training: bool,
        /// Whether their role does nothing else.
        pub trains_only: bool,
    }

    /// Who is signed on at this door.
    pub struct CurrentSession {
        /// `None` when nobody is.
        pub session: Option<Session>,
    }
}
