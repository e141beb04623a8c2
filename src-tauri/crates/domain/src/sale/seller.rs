//! Who sells: whoever is signed on, unless somebody says that it is a colleague, for a line or from now on. Commission and
//! the day of a sales person are reckoned by it; what a sale comes to is not.

use super::line::Line;
use super::{OpenSale, SaleError, TrailAct};
use crate::ids::OperatorId;

impl OpenSale {
    /// Says who sells a line, or what is rung up from now on where there is none. `None` is whoever completes the sale.
    ///
    /// # Errors
    /// `LineUnknown` when the line is out, `LineLinked` when it goes with another.
    pub fn set_seller(
        &mut self,
        line: Option<&mut Line>,
        seller: Option<OperatorId>,
    ) -> Result<TrailAct, SaleError> {
        let number = match line {
            Some(line) => {
                super::expect_alone(line)?;
                self.sell_by(line, seller)?;
                Some(line.number)
            }
            None => {
                self.seller = seller;
                self.touch();
                None
            }
        };
        Ok(TrailAct::SellerSet { line: number, seller })
    }

    /// Makes the line that goes with another be sold by who sells that one.
    ///
    /// # Errors
    /// `LineUnknown` when it is out.
    pub fn sell_by(&mut self, line: &mut Line, seller: Option<OperatorId>) -> Result<(), SaleError> {
        self.expect_active(line)?;
        self.touch();
        line.seller = seller;
        line.revision = self.revision;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Unit;
    use crate::sale::line::Direction;
    use crate::sale::tests::{grants, item, open};
    use uuid::Uuid;

    #[test]
    fn a_line_has_the_seller_of_its_moment_until_somebody_says_another() {
        let mut sale = open();
        let ring = |sale: &mut OpenSale| {
            sale.add(item(1_000_000, 1_000, Unit::Each), Direction::Sale, &grants(None)).unwrap()
        };
        let (ben, zoe) = (Some(OperatorId(Uuid::from_u128(7))), Some(OperatorId(Uuid::from_u128(8))));
        let mut first = ring(&mut sale);
        sale.set_seller(None, ben).unwrap();
        let second = ring(&mut sale);
        assert_eq!((first.seller, second.seller), (None, ben));
        let total = sale.totals().unwrap();
        let act = sale.set_seller(Some(&mut first), zoe).unwrap();
        assert_eq!(act, TrailAct::SellerSet { line: Some(1), seller: zoe });
        assert_eq!((first.seller, first.revision, sale.seller), (zoe, sale.revision, ben));
        assert_eq!(sale.totals().unwrap(), total);
        sale.void_line(&mut first).unwrap();
        assert_eq!(sale.set_seller(Some(&mut first), None), Err(SaleError::LineUnknown { line: 1 }));
    }
}
