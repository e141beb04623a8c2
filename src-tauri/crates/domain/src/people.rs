//! Who may do what. Decided here and at the one entrance, never on a screen.

use crate::ids::{OperatorId, RoleId};
use crate::product::Status;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// One thing a role can allow. The code of a permission is stored; it is never reused for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub enum Permission {
    /// Ring up products, take payment, cancel an open sale.
    Sell,
    /// Ring up something that is not in the catalogue.
    SellOpenItem,
    /// Type a price over the listed one. Limit: parts per million below the listed price.
    OverridePrice,
    /// Give a discount on a line or a sale. Limit: parts per million of what it is taken from.
    Discount,
    /// Take goods back from their receipt, and reverse a completed sale. Limit: minor units that are refunded in one sale.
    Refund,
    /// Take goods back without their receipt.
    ReturnWithoutReceipt,
    /// Open the drawer without a sale.
    OpenDrawer,
    /// Print a receipt again.
    ReprintReceipt,
    /// Change products, categories, prices and tax rates.
    ManageProducts,
    /// See and change customers, and erase them.
    ManageCustomers,
    /// Change the shop's settings.
    ManageSettings,
    /// Change operators and roles.
    ManagePeople,
    /// Set up printers, drawers and scanners.
    ManageDevices,
    /// See what was sold.
    ViewReports,
    /// Open a shift: state the float of a drawer.
    OpenShift,
    /// Move cash into or out of the drawer without a sale. Limit: minor units of one movement.
    MoveCash,
    /// Count the drawer and close its shift. Limit: minor units over or short.
    CloseShift,
    /// See what the drawer should hold before it is counted.
    SeeExpectedCash,
    /// Give a refund back in another way than it was paid. Limit: minor units that go another way in one sale.
    RefundElsewhere,
    /// Say that a completed sale was paid with something else than was keyed.
    CorrectTender,
    /// Sell without tax to who is exempt.
    ExemptTax,
    /// Say how much a customer may owe, and sell more than that to them on account. Limit: minor units owed.
    RaiseAccountLimit,
    /// Let customers off what they owe. Limit: minor units written off at once.
    WriteOffDebt,
}

impl Permission {
    /// Every permission, in the order of the enum.
    pub const ALL: [Self; 23] = [
        Self::Sell,
        Self::SellOpenItem,
        Self::OverridePrice,
        Self::Discount,
        Self::Refund,
        Self::ReturnWithoutReceipt,
        Self::OpenDrawer,
        Self::ReprintReceipt,
        Self::ManageProducts,
        Self::ManageCustomers,
        Self::ManageSettings,
        Self::ManagePeople,
        Self::ManageDevices,
        Self::ViewReports,
        Self::OpenShift,
        Self::MoveCash,
        Self::CloseShift,
        Self::SeeExpectedCash,
        Self::RefundElsewhere,
        Self::CorrectTender,
        Self::ExemptTax,
        Self::RaiseAccountLimit,
        Self::WriteOffDebt,
    ];
}

/// A permission of a role, with its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Grant {
    /// What is allowed.
    pub permission: Permission,
    /// Up to how much, in the permission's own measure; `None` is without limit.
    pub limit: Option<i64>,
}

/// A named set of permissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Role {
    /// What it is called.
    pub name: String,
    /// What it allows.
    pub grants: Vec<Grant>,
    /// Whether a badge alone does not sign on: the PIN is asked for too.
    #[serde(default)]
    pub badge_needs_pin: bool,
    /// Whether they see nothing of what others sold: not in the list of receipts, not in reports.
    #[serde(default)]
    pub own_sales_only: bool,
    /// Whether they only train: whatever they sell counts nowhere.
    #[serde(default)]
    pub trains_only: bool,
    /// How many of [`CAME_LATER`] there were when it was saved; 0 for roles of before this was kept.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(skip), schemars(skip))]
    pub known: usize,
}

/// Permissions that came after the first twelve, in the order they came. A new one goes to the end.
pub const CAME_LATER: [Permission; 11] = [
    Permission::Discount,
    Permission::OpenShift,
    Permission::MoveCash,
    Permission::CloseShift,
    Permission::SeeExpectedCash,
    Permission::Refund,
    Permission::RefundElsewhere,
    Permission::CorrectTender,
    Permission::ExemptTax,
    Permission::RaiseAccountLimit,
    Permission::WriteOffDebt,
];

impl Role {
    /// The role with what came to the till since it was saved: who may change the shop's settings may do that too, so that
    /// an update takes nothing from anybody and gives nobody else anything.
    #[must_use]
    pub fn widened(mut self) -> Self {
        if self.grants.iter().any(|grant| grant.permission == Permission::ManageSettings) {
            for permission in CAME_LATER.into_iter().skip(self.known) {
                if self.grants.iter().all(|grant| grant.permission != permission) {
                    self.grants.push(Grant { permission, limit: None });
                }
            }
        }
        self.known = CAME_LATER.len();
        self
    }
}

/// A person who can sign on. Name and PIN verifier are personal: facts carry them detached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// What colleagues call them; shown on the sign-on screen and the receipt. Empty once it was erased.
    #[serde(deserialize_with = "erased_is_empty")]
    pub name: String,
    /// Their role.
    pub role: RoleId,
    /// The Argon2id verifier of their PIN (PHC string), or `None` while they have no PIN.
    pub pin: Option<String>,
    /// The keyed hash of their badge's code, or `None` while they have no badge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// What their recovery code is made from, together with what only this till has; `None` while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<String>,
    /// Whether they can sign on.
    pub status: Status,
}

/// A personal text that was erased is stored as null.
pub(crate) fn erased_is_empty<'d, D: Deserializer<'d>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// What the operator of a call may do: their role's grants, widened by an approver's for this one call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants {
    own: BTreeMap<Permission, Option<i64>>,
    approval: Option<(OperatorId, BTreeMap<Permission, Option<i64>>)>,
}

/// Somebody with more rights has to allow it: the same request, repeated with an approval, passes once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{permission:?} needs an approval")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct NeedsApproval {
    /// The permission that is missing or too small.
    pub permission: Permission,
    /// How much the approver's limit has to reach; `None` where it has no measure.
    pub limit: Option<i64>,
}

fn covers(grants: &BTreeMap<Permission, Option<i64>>, permission: Permission, amount: i64) -> bool {
    match grants.get(&permission) {
        None => false,
        Some(None) => true,
        Some(Some(limit)) => amount <= *limit,
    }
}

impl Grants {
    /// What a role allows.
    pub fn of(role: &Role) -> Self {
        Self { own: collect(role), approval: None }
    }

    /// Widens the grants by those of `approver` for one call.
    #[must_use]
    pub fn with_approval(mut self, approver: OperatorId, role: &Role) -> Self {
        self.approval = Some((approver, collect(role)));
        self
    }

    /// Whether the permission is there at all, whatever its limit.
    pub fn has(&self, permission: Permission) -> bool {
        self.own.contains_key(&permission)
            || self.approval.as_ref().is_some_and(|(_, grants)| grants.contains_key(&permission))
    }

    /// Checks a permission without a measure.
    ///
    /// # Errors
    /// `NeedsApproval` when neither operator nor approver has it.
    pub fn require(&self, permission: Permission) -> Result<(), NeedsApproval> {
        if self.has(permission) { Ok(()) } else { Err(NeedsApproval { permission, limit: None }) }
    }

    /// Checks a permission up to `amount` in its own measure.
    ///
    /// # Errors
    /// `NeedsApproval` when neither operator nor approver reaches it.
    pub fn require_up_to(&self, permission: Permission, amount: i64) -> Result<(), NeedsApproval> {
        let approved = self.approval.as_ref().is_some_and(|(_, grants)| covers(grants, permission, amount));
        if covers(&self.own, permission, amount) || approved {
            Ok(())
        } else {
            Err(NeedsApproval { permission, limit: Some(amount) })
        }
    }

    /// Who consented to this call, if somebody did.
    pub fn approver(&self) -> Option<OperatorId> {
        self.approval.as_ref().map(|(approver, _)| *approver)
    }

    /// The limit of the grant that reaches `amount`, the operator's own before the approver's; `None` is without limit.
    pub fn limit_at(&self, permission: Permission, amount: i64) -> Option<i64> {
        if covers(&self.own, permission, amount) {
            return self.own.get(&permission).copied().flatten();
        }
        self.approval.as_ref().and_then(|(_, grants)| grants.get(&permission).copied().flatten())
    }

    /// The approver, when it is their grant and not the operator's own that reaches `amount`.
    pub fn approver_of(&self, permission: Permission, amount: i64) -> Option<OperatorId> {
        if covers(&self.own, permission, amount) {
            return None;
        }
        self.approval.as_ref().map(|(approver, _)| *approver)
    }
}

fn collect(role: &Role) -> BTreeMap<Permission, Option<i64>> {
    role.grants.iter().map(|grant| (grant.permission, grant.limit)).collect()
}

/// Why a person could not sign on, or a change of people was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(untagged)]
pub enum PeopleError {
    /// Nobody is signed on.
    #[error("nobody is signed on")]
    NotSignedOn {},
    /// The operator's role does not allow it.
    #[error(transparent)]
    NeedsApproval(NeedsApproval),
    /// There is no such operator, they are archived, or the PIN is wrong: one answer for all three.
    #[error("the PIN is not right")]
    PinWrong {},
    /// Too many wrong PINs; the next try is possible after a while.
    #[error("too many wrong PINs, wait {wait_s} seconds")]
    PinBlocked {
        /// Seconds until the next try.
        wait_s: i64,
    },
    /// What PINs are checked with is damaged or gone, and no backup has it.
    #[error("PINs cannot be checked: their pepper is damaged or gone")]
    PinsLost {},
    /// A PIN has 4 to 12 digits.
    #[error("a PIN has {min} to {max} digits")]
    PinInvalid {
        /// Digits at least.
        min: usize,
        /// Digits at most.
        max: usize,
    },
    /// Nobody has this badge.
    #[error("nobody has this badge")]
    BadgeUnknown {},
    /// The badge tells who it is, and their role asks for the PIN too.
    #[error("the badge needs its PIN")]
    BadgeNeedsPin {
        /// Whose PIN.
        operator: OperatorId,
    },
    /// The code is no badge.
    #[error("the code of a badge has {min} to {max} characters")]
    BadgeInvalid {
        /// Characters at least.
        min: usize,
        /// Characters at most.
        max: usize,
    },
    /// Another operator has this badge.
    #[error("{name} has this badge")]
    BadgeTaken {
        /// What they are called.
        name: String,
    },
    /// There is no such operator, they have no recovery code, or it is another: one answer for all three.
    #[error("the recovery code is not right")]
    RecoveryWrong {},
    /// A name is missing or too long.
    #[error("a name has 1 to {max} characters")]
    NameInvalid {
        /// Characters at most.
        max: usize,
    },
    /// Another operator has this name.
    #[error("another operator is called {name}")]
    NameTaken {
        /// The name both claim.
        name: String,
    },
    /// There is no such operator.
    #[error("there is no such operator")]
    OperatorUnknown {},
    /// There is no such role.
    #[error("there is no such role")]
    RoleUnknown {},
    /// The shop is set up already.
    #[error("the shop is set up already")]
    AlreadySetUp {},
    /// Nobody could manage people any more.
    #[error("at least one operator has to keep the right to manage people")]
    LastManager {},
    /// This is not done in training.
    #[error("this is not done in training")]
    InTraining {},
    /// The operator's role does nothing but train.
    #[error("this role does nothing but train")]
    TrainsOnly {},
    /// Somebody who can still sign on cannot be erased.
    #[error("somebody who can sign on cannot be erased")]
    StillActive {},
}

impl From<NeedsApproval> for PeopleError {
    fn from(needed: NeedsApproval) -> Self {
        Self::NeedsApproval(needed)
    }
}

/// Digits of a PIN at least.
pub const PIN_MIN: usize = 4;
/// Digits of a PIN at most.
pub const PIN_MAX: usize = 12;
/// Characters of a person's name at most.
pub const NAME_MAX: usize = 60;
/// Wrong PINs in a row that are answered at once.
pub const PIN_TRIES_FREE: u32 = 4;
/// Seconds the longest delay after wrong PINs lasts.
pub const PIN_WAIT_MAX_S: i64 = 300;

/// Characters of a badge's code at least: fewer could be guessed.
pub const BADGE_MIN: usize = 6;
/// Characters of a badge's code at most.
pub const BADGE_MAX: usize = 80;

/// The code of a badge as it is compared.
///
/// # Errors
/// `BadgeInvalid`.
pub fn badge_code(code: &str) -> Result<&str, PeopleError> {
    let code = code.trim();
    if (BADGE_MIN..=BADGE_MAX).contains(&code.chars().count()) && !code.chars().any(char::is_control) {
        Ok(code)
    } else {
        Err(PeopleError::BadgeInvalid { min: BADGE_MIN, max: BADGE_MAX })
    }
}

/// A recovery code as people type it: without blanks and dashes, and with the letters that look like digits as digits.
pub fn recovery_typed(code: &str) -> String {
    let tidy = |letter: char| match letter.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        letter if letter.is_ascii_alphanumeric() => Some(letter),
        _ => None,
    };
    code.chars().filter_map(tidy).collect()
}

/// Checks the form of a PIN: 4 to 12 digits.
///
/// # Errors
/// `PinInvalid`.
pub fn check_pin(pin: &str) -> Result<(), PeopleError> {
    let digits = pin.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (PIN_MIN..=PIN_MAX).contains(&pin.len()) {
        Ok(())
    } else {
        Err(PeopleError::PinInvalid { min: PIN_MIN, max: PIN_MAX })
    }
}

/// Checks the form of a person's name.
///
/// # Errors
/// `NameInvalid`.
pub fn check_name(name: &str) -> Result<(), PeopleError> {
    let length = name.trim().chars().count();
    if length == 0 || length > NAME_MAX { Err(PeopleError::NameInvalid { max: NAME_MAX }) } else { Ok(()) }
}

/// Seconds to wait after `wrong` wrong PINs in a row: none for the first four, then 5, 10, 20 … up to five minutes.
/// Other operators are not held up.
pub fn pin_wait_s(wrong: u32) -> i64 {
    let Some(beyond) = wrong.checked_sub(PIN_TRIES_FREE).filter(|beyond| *beyond > 0) else { return 0 };
    let doubled = 5_i64.checked_shl(beyond.saturating_sub(1)).unwrap_or(PIN_WAIT_MAX_S);
    if (0..PIN_WAIT_MAX_S).contains(&doubled) && beyond < 10 { doubled } else { PIN_WAIT_MAX_S }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn role(limit: Option<i64>) -> Role {
        let grants = vec![Grant { permission: Permission::OverridePrice, limit }];
        Role {
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
            name: "r".into(),
            grants,
            known: CAME_LATER.len(),
        }
    }

    #[test]
    fn a_limit_is_reached_but_not_passed() {
        let grants = Grants::of(&role(Some(100_000)));
        assert!(grants.require_up_to(Permission::OverridePrice, 100_000).is_ok());
        let needed = grants.require_up_to(Permission::OverridePrice, 100_001).unwrap_err();
        assert_eq!(needed.limit, Some(100_001));
        assert!(grants.require(Permission::ManagePeople).is_err());
    }

    #[test]
    fn an_approval_counts_only_where_it_is_needed() {
        let approver = OperatorId(Uuid::from_u128(7));
        let grants = Grants::of(&role(Some(10))).with_approval(approver, &role(None));
        assert_eq!(grants.approver_of(Permission::OverridePrice, 10), None);
        assert_eq!(grants.approver_of(Permission::OverridePrice, 11), Some(approver));
    }

    #[test]
    fn what_came_since_a_role_was_saved_goes_to_those_who_manage_the_shop() {
        let role = |permission, known| Role {
            name: "r".into(),
            grants: vec![Grant { permission, limit: None }],
            known,
            badge_needs_pin: false,
            own_sales_only: false,
            trains_only: false,
        };
        let manager = role(Permission::ManageSettings, 0).widened();
        assert_eq!(manager.grants.len(), 1 + CAME_LATER.len());
        assert!(Grants::of(&manager).has(Permission::CloseShift));
        assert!(!Grants::of(&manager).has(Permission::ManagePeople));
        assert_eq!(role(Permission::Sell, 0).widened().grants.len(), 1);
        // What a manager took away stays away.
        assert_eq!(role(Permission::ManageSettings, CAME_LATER.len()).widened().grants.len(), 1);
        assert_eq!(manager.clone().widened(), manager);
    }

    #[test]
    fn guessing_a_pin_becomes_slow() {
        let waits: Vec<_> = (0..13).map(pin_wait_s).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(pin_wait_s(u32::MAX), 300);
    }

    #[test]
    fn a_recovery_code_is_read_as_people_write_it() {
        assert_eq!(recovery_typed(" k7qo-1l2i xY"), "K7Q01121XY");
    }

    #[test]
    fn what_could_be_guessed_is_no_badge() {
        assert_eq!(badge_code(" 4711-0815 "), Ok("4711-0815"));
        for code in ["", "12345", "with\tcontrol", &"9".repeat(81)] {
            assert!(badge_code(code).is_err(), "{code}");
        }
    }

    #[test]
    fn every_permission_is_listed_once() {
        let mut sorted = Permission::ALL.to_vec();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), Permission::ALL.len());
        assert_eq!(
            sorted.len(),
            12 + CAME_LATER.len(),
            "a new permission is listed among those that came later"
        );
    }
}
