//! The payload of a fact, by its kind: what is understood is written again, understood again, and says the same.

use wire::fact::{Fact, KINDS, Origin};

/// Reads bytes as the payload of the kind that the first byte names.
pub fn read(data: &[u8]) {
    let Some((first, payload)) = data.split_first() else { return };
    let (kind, version) = KINDS[usize::from(*first) % KINDS.len()];
    let Ok(fact) = Fact::parse(kind, version, payload) else { return };
    let origin = Origin::of(payload);
    let written = fact.payload(origin.as_ref()).expect("the kind is known");
    let again = Fact::parse(kind, version, &written).expect("what was written is understood");
    assert_eq!(again.payload(origin.as_ref()), Some(written), "it says something else");
    // What is reckoned from a sale may be refused; it does not overflow.
    if let Fact::SaleCompleted(sale) = &fact {
        sale.cash();
        drop(sale.totals());
        drop(sale.tenders());
    }
}
