//! Acts about records: what a product has beside name, code and price, price lists, and how a price came to be.

use super::acts::number;
use super::{Played, Player};
use crate::transcript;
use serde_json::{Value, json};
use wire::sale::LineExplained;

impl Player {
    /// Adds a price list.
    pub(super) fn price_list(&mut self, name: &str) -> Played {
        let request = json!({ "price_list": { "name": name, "status": "active" } });
        let (played, answer) = self.command_with::<Value>("price_list.save", request, None)?;
        if let Some(answer) = answer {
            let id = serde_json::from_value(answer["id"].clone()).map_err(|error| error.to_string())?;
            self.price_lists.insert(name.to_owned(), id);
        }
        Ok(played)
    }

    /// Says whose prices go before the ordinary ones; `-` is nobody's.
    pub(super) fn shop_list(&mut self, name: &str) -> Played {
        let list = match name {
            "-" => Value::Null,
            name => json!(self.price_lists.get(name).ok_or("no such price list")?),
        };
        let view: Value = self.ask("shop.settings", json!({})).map_err(|body| body.to_string())?;
        let mut shop = view["shop"].clone();
        shop["price_list"] = list;
        let request = json!({ "base": view["shop"], "shop": shop });
        self.command("shop.save_settings", request, None, |_: Value| Vec::new())
    }

    /// Changes fields of a product; `@NAME` stands for the id of the product or price list of this name.
    pub(super) fn change_product(&mut self, name: &str, fields: &str) -> Played {
        let id = *self.products.get(name).ok_or("no such product")?;
        let view: Value = match self.ask("product.get", json!({ "id": id })) {
            Ok(view) => view,
            Err(body) => return Ok(transcript::error(&body)),
        };
        let mut product = view["product"].clone();
        let fields: Value =
            serde_json::from_str(&fields.replace('\'', "\"")).map_err(|error| error.to_string())?;
        for (field, value) in fields.as_object().ok_or("fields are an object")? {
            product[field] = self.with_ids(value)?;
        }
        let request = json!({ "id": id, "base": view["product"], "product": product });
        self.command("product.save", request, None, |_: Value| Vec::new())
    }

    /// The value with ids for names.
    fn with_ids(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => {
                    let product = self.products.get(name).map(|id| json!(id));
                    let list = || self.price_lists.get(name).map(|id| json!(id));
                    product.or_else(list).ok_or_else(|| format!("nothing is called {name}"))?
                }
                None => value.clone(),
            },
            Value::Array(all) => all.iter().map(|each| self.with_ids(each)).collect::<Result<_, _>>()?,
            Value::Object(fields) => {
                let with_ids = |(field, value): (&String, &Value)| Ok((field.clone(), self.with_ids(value)?));
                Value::Object(fields.iter().map(with_ids).collect::<Result<_, String>>()?)
            }
            other => other.clone(),
        })
    }

    /// How the price of a line came to be.
    pub(super) fn explain(&mut self, line: &str) -> Played {
        let request = json!({ "sale": self.sale_meant()?, "line": number::<u32>(line)? });
        self.query("sale.explain", request, |view: LineExplained| transcript::explained(&view))
    }
}
