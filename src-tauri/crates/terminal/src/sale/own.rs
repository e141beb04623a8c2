//! Whose sales somebody sees: all of them, or where their role says so only what they completed themselves. What others
//! sold is unknown to them then, as if it were not there.

use crate::caller::Caller;
use domain::ids::OperatorId;
use domain::sale::SaleError;

/// The operator of a caller who sees nothing of what others sold; `None` for whoever sees everything.
pub fn only(caller: &Caller) -> Option<OperatorId> {
    caller.sign_on().filter(|sign_on| sign_on.role.own_sales_only).map(|sign_on| sign_on.operator)
}

/// Lets a caller see what `operator` completed.
///
/// # Errors
/// `Unknown`, as of a sale that nobody knows.
pub fn seen(caller: &Caller, operator: OperatorId) -> Result<(), SaleError> {
    match only(caller) {
        Some(own) if own != operator => Err(SaleError::Unknown {}),
        Some(_) | None => Ok(()),
    }
}
