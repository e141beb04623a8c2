//! The pages of tiles a shop lays out: saved as one record, shown with what they lead to, and undone.

use scenarios::shop::{Place, Till};
use serde_json::{Value, json};

fn shop(place: &Place) -> (Till, Value, Value, Value) {
    let mut till = place.start(1).unwrap();
    till.set_up().unwrap();
    let taxes: Value = till.desk.call("tax_category.list", &json!({})).unwrap();
    let mut product = |name: &str, micros: i64| -> Value {
        let product = json!({
            "name": name, "sku": null, "codes": [], "unit": "each", "category": null, "picture": null, "status": "active",
            "prices": [{ "from": "2020-01-01", "price": micros }], "tax_category": taxes["tax_categories"][0]["id"],
        });
        let saved: Value = till.desk.call("product.save", &json!({ "product": product })).unwrap();
        saved["id"].clone()
    };
    let (tea, cake) = (product("Tea", 2_000_000), product("Cake", 3_500_000));
    let category = json!({ "category": { "name": "Breakfast", "position": 1, "status": "active" } });
    let category: Value = till.desk.call("category.save", &category).unwrap();
    (till, tea, cake, category["id"].clone())
}

#[test]
fn pages_are_laid_out_shown_in_their_order_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::below(folder.path());
    let (mut till, tea, cake, breakfast) = shop(&place);
    let none: Value = till.desk.call("tile.layout", &json!({})).unwrap();
    assert_eq!(
        (none["version"].as_u64(), none["layout"]["pages"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    let hot = json!({ "pages": [{ "name": "Hot", "tiles": [
        { "target": { "product": cake }, "color": "red" },
        { "target": { "category": breakfast } },
        { "target": { "product": tea } },
    ]}]});
    let save = json!({ "base": none["layout"], "layout": hot });
    let saved: Value = till.desk.call("tile.save_layout", &save).unwrap();
    assert_eq!((saved["version"].as_u64(), &saved["layout"]), (Some(1), &hot));
    let page: Value = till.desk.call("tile.page", &json!({ "page": "Hot" })).unwrap();
    let told: Vec<(&str, Option<&str>, Option<i64>)> = page["tiles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tile| (tile["name"].as_str().unwrap(), tile["color"].as_str(), tile["tile"]["price"].as_i64()))
        .collect();
    let as_laid =
        [("Cake", Some("red"), Some(3_500_000)), ("Breakfast", None, None), ("Tea", None, Some(2_000_000))];
    assert_eq!(told, as_laid);
    // What is archived keeps its place and is not offered.
    let view: Value = till.desk.call("product.get", &json!({ "id": tea })).unwrap();
    let mut gone = view["product"].clone();
    gone["status"] = json!("archived");
    let request = json!({ "id": tea, "base": view["product"], "product": gone });
    till.desk.call::<Value>("product.save", &request).unwrap();
    let page: Value = till.desk.call("tile.page", &json!({ "page": "Hot" })).unwrap();
    let offered: Vec<bool> =
        page["tiles"].as_array().unwrap().iter().map(|tile| tile["offered"].as_bool().unwrap()).collect();
    assert_eq!(offered, [true, true, false]);
    // Undone by saving what was there; both stand in the history.
    let back = json!({ "base": hot, "layout": none["layout"] });
    let back: Value = till.desk.call("tile.save_layout", &back).unwrap();
    assert_eq!((back["version"].as_u64(), &back["layout"]), (Some(2), &none["layout"]));
    let page: Value = till.desk.call("tile.page", &json!({ "page": "Hot" })).unwrap();
    assert_eq!(page["tiles"], json!([]));
    let audit: Value = till.desk.call("audit.list", &json!({ "operation": "tile.save_layout" })).unwrap();
    assert_eq!(audit["entries"].as_array().unwrap().len(), 2);
}

#[test]
fn a_layout_that_cannot_be_is_refused_and_two_who_change_it_hear_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (mut till, tea, cake, _) = shop(&Place::below(folder.path()));
    let none = json!({ "pages": [] });
    let page = |name: &str, product: &Value| json!({ "name": name, "tiles": [{ "target": { "product": product } }] });
    let mut save = |base: &Value, layout: Value| {
        till.desk.call::<Value>("tile.save_layout", &json!({ "base": base, "layout": layout }))
    };
    let twice = json!({ "pages": [page("Hot", &tea), page("Hot", &cake)] });
    let refused = save(&none, twice).unwrap_err();
    assert!(refused.contains("product.tiles_invalid"), "{refused}");
    save(&none, json!({ "pages": [page("Hot", &tea)] })).unwrap();
    // Somebody who still sees none lays out another page: the two do not fit together.
    let refused = save(&none, json!({ "pages": [page("Cold", &cake)] })).unwrap_err();
    assert!(refused.contains("record."), "{refused}");
}
