//! Ranks, rows and texts of the index.

use super::*;
use domain::ids::TaxCategoryId;
use domain::product::Pack;
use domain::quantity::Quantity;

#[test]
fn a_rank_rises_twice_in_every_doubling_and_never_falls() {
    let ranks: Vec<i64> = [0, 1, 2, 3, 4, 5, 6, 8, 12, 16].map(rank).to_vec();
    assert_eq!(ranks, [0, 1, 3, 4, 5, 5, 6, 7, 8, 9]);
    assert!((0..100_000).all(|lines| rank(lines) <= rank(lines + 1)));
    assert!(rank(i64::MAX) < RANKS);
}

#[test]
fn what_is_sold_more_stands_before_and_the_row_gives_the_product_back() {
    assert!(row(7, 5) < row(3, 4) && row(3, 4) < row(7, 4));
    assert_eq!(row(818_233, 9) & ID_MASK, 818_233);
    assert!(row(1, RANKS - 1) > 0);
}

#[test]
fn a_product_is_found_by_name_sku_codes_brand_and_category() {
    let product = Product {
        sku: Some("AB-12".into()),
        brand: Some("Dupont".into()),
        codes: vec![Code::parse("0012345678905").unwrap()],
        packs: vec![Pack {
            code: Code::parse("10012345678902").unwrap(),
            quantity: Quantity::each(6).unwrap(),
            name: None,
            price: None,
        }],
        ..Product::new("Crème fraîche".into(), TaxCategoryId(uuid::Uuid::nil()))
    };
    assert_eq!(
        text(&product, Some("Dairy")),
        "creme fraiche ab 12 ab12 0012345678905 12345678905 10012345678902 dupont dairy"
    );
}
