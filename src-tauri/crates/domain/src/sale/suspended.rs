//! A sale that was put aside: it waits for its customer, under a name if it has one, until somebody takes it up again.

use super::{OpenSale, SaleError, TrailAct};
use crate::ids::OperatorId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Characters of the name of a sale that was put aside, at most.
pub const SUSPENDED_NAME_MAX: usize = 40;

/// Sales that can be put aside at a time.
pub const SUSPENDED_MAX: usize = 200;

/// How a sale was put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    /// What it is found by: a table, a number, a name. It reaches no fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who put it aside.
    pub by: OperatorId,
}

impl OpenSale {
    /// Puts the sale aside.
    ///
    /// # Errors
    /// `Empty` without lines, `NameTooLong`; `TendersTaken`, `PaymentPending` where money changed hands already.
    pub fn suspend(
        &mut self,
        name: Option<&str>,
        at: Timestamp,
        by: OperatorId,
    ) -> Result<TrailAct, SaleError> {
        if self.lines_active == 0 {
            return Err(SaleError::Empty {});
        }
        self.expect_unpaid()?;
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().count() > SUSPENDED_NAME_MAX) {
            return Err(SaleError::NameTooLong { max: SUSPENDED_NAME_MAX });
        }
        self.suspended = Some(Suspended { name: name.map(str::to_owned), at, by });
        self.touch();
        Ok(TrailAct::Suspended {})
    }

    /// Takes it up again: it is this operator's from here on.
    pub fn resume(&mut self, operator: OperatorId) -> TrailAct {
        let from = std::mem::replace(&mut self.operator, operator);
        self.suspended = None;
        self.touch();
        TrailAct::Resumed { from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::{Grants, Permission};
    use crate::quantity::Unit;
    use crate::rounding::Rounding;
    use crate::sale::line::Direction;
    use crate::sale::tests::{grants_with, item, open_under};
    use crate::tax::{TaxMode, TaxPolicy, TaxScope};
    use uuid::Uuid;

    #[test]
    fn a_sale_goes_from_one_operator_to_another_as_it_was() {
        let policy = TaxPolicy { mode: TaxMode::Included, scope: TaxScope::Line, rounding: Rounding::HalfUp };
        let all: Grants = grants_with(Permission::Discount, None);
        let mut sale = open_under(policy);
        let (ana, ben) = (sale.operator, OperatorId(Uuid::from_u128(77)));
        assert_eq!(sale.suspend(None, Timestamp(1), ana), Err(SaleError::Empty {}));
        sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &all).unwrap();
        let long = "x".repeat(SUSPENDED_NAME_MAX + 1);
        let refused = sale.suspend(Some(&long), Timestamp(1), ana);
        assert_eq!(refused, Err(SaleError::NameTooLong { max: SUSPENDED_NAME_MAX }));
        let before = sale.clone();
        assert_eq!(sale.suspend(Some("  Table 4 "), Timestamp(1), ana), Ok(TrailAct::Suspended {}));
        assert_eq!(sale.suspended.as_ref().unwrap().name.as_deref(), Some("Table 4"));
        assert_eq!(sale.resume(ben), TrailAct::Resumed { from: ana });
        assert_eq!(sale, OpenSale { operator: ben, revision: before.revision + 2, ..before });
    }
}
