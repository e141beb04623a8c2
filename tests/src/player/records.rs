//! Acts about records: what a product has beside name, code and price, price lists, and how a price came to be.

use super::acts::number;
use super::{Played, Player};
use crate::act::decimal;
use crate::transcript;
use domain::code::Code;
use domain::ids::{CustomerId, ProductId};
use domain::quantity::Quantity;
use serde_json::{Value, json};
use wire::customer::{CustomerPage, CustomerRow, CustomerView, SaleCustomerView, SaleCustomers};
use wire::history::RecordHistory;
use wire::product::ProductView;
use wire::sale::LineExplained;
use wire::stock::{LowStockPage, LowStockRow, StockCount};

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

    /// Archives a price list.
    pub(super) fn archive_list(&mut self, name: &str) -> Played {
        let id = *self.price_lists.get(name).ok_or("no such price list")?;
        let list = |status: &str| json!({ "name": name, "status": status });
        let request = json!({ "id": id, "base": list("active"), "price_list": list("archived") });
        self.command("price_list.save", request, None, |_: Value| Vec::new())
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

    /// The value with ids, and parts of kept answers, for names.
    pub(super) fn with_ids(&self, value: &Value) -> Result<Value, String> {
        Ok(match value {
            Value::String(text) => match text.strip_prefix('@') {
                Some(name) => {
                    let product = self.products.get(name).map(|id| json!(id));
                    let list = || self.price_lists.get(name).map(|id| json!(id));
                    let tax = || self.tax_categories.get(name).map(|id| json!(id));
                    let operator = || self.operators.get(name).map(|id| json!(id));
                    let kept = || self.kept_part(name);
                    let found = product.or_else(list).or_else(tax).or_else(operator).or_else(kept);
                    found.ok_or_else(|| format!("nothing is called {name}"))?
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

    // -- Stock

    fn product_named(&self, name: &str) -> Result<ProductId, String> {
        self.products.get(name).copied().ok_or_else(|| format!("no product is called {name}"))
    }

    /// A product as it is kept: what is there, its codes, where it leads.
    pub(super) fn stock(&mut self, name: &str) -> Played {
        let request = json!({ "id": self.product_named(name)? });
        self.query("product.get", request, |view: ProductView| {
            let codes: Vec<&str> = view.product.codes.iter().map(Code::as_str).collect();
            let merged =
                view.merged_into_name.map(|kept| format!(", merged into {kept}")).unwrap_or_default();
            let there = view.on_hand.map_or_else(|| "nothing known".to_owned(), thousandths);
            let mut text = vec![format!(
                "{} ({:?}{merged}): {there} on hand, sku {}, codes {}",
                view.product.name,
                view.product.status,
                view.product.sku.as_deref().unwrap_or("-"),
                codes.join(" ")
            )];
            for variant in view.variants {
                let options: Vec<&str> = variant.options.iter().map(|option| option.value.as_str()).collect();
                text.push(format!("variant {} ({})", variant.tile.name, options.join(" ")));
            }
            text
        })
    }

    /// Counts a product; the reason is a stocktake unless another is given.
    pub(super) fn count(&mut self, name: &str, counted: &str, rest: &[&str]) -> Played {
        let reason = rest.first().copied().unwrap_or("stocktake");
        let counted = decimal(counted, 3)?;
        let request = json!({ "product": self.product_named(name)?, "counted": counted, "reason": reason });
        self.command("stock.count", request, None, |count: StockCount| {
            vec![format!(
                "{}: expected {}, counted {}, difference {}",
                count.name,
                thousandths(count.expected),
                thousandths(count.counted),
                thousandths(count.difference)
            )]
        })
    }

    /// What runs low.
    pub(super) fn low_stock(&mut self) -> Played {
        self.query("product.low_stock", json!({}), |page: LowStockPage| {
            let row = |row: &LowStockRow| {
                format!("{}: {} on hand, low at {}", row.tile.name, thousandths(row.on_hand), row.low_stock)
            };
            page.rows.iter().map(row).collect()
        })
    }

    /// Makes one product of two.
    pub(super) fn merge(&mut self, double: &str, name: &str) -> Played {
        let (keep, merge) = (self.product_named(name)?, self.product_named(double)?);
        let request = json!({ "keep": keep, "merge": merge });
        self.command("product.merge", request, None, |_: Value| Vec::new())
    }

    // -- Customers, and the history of all

    /// Adds a customer, or changes fields of one.
    pub(super) fn customer(&mut self, name: &str, fields: &str) -> Played {
        let known = self.customers.get(name).copied();
        let base: Value = match known {
            Some(id) => match self.ask::<Value>("customer.get", json!({ "id": id })) {
                Ok(view) => view["customer"].clone(),
                Err(body) => return Ok(transcript::error(&body)),
            },
            None => Value::Null,
        };
        let mut customer =
            if base.is_null() { json!({ "name": name, "status": "active" }) } else { base.clone() };
        let fields: Value =
            serde_json::from_str(&fields.replace('\'', "\"")).map_err(|error| error.to_string())?;
        for (field, value) in fields.as_object().ok_or("fields are an object")? {
            customer[field] = self.with_ids(value)?;
        }
        let request = json!({ "id": known, "base": base, "customer": customer });
        let (played, answer) = self.command_with::<CustomerView>("customer.save", request, None)?;
        if let Some(answer) = answer {
            self.customers.insert(name.to_owned(), answer.id);
        }
        Ok(played)
    }

    fn customer_named(&self, name: &str) -> Result<CustomerId, String> {
        self.customers.get(name).copied().ok_or_else(|| format!("no customer is called {name}"))
    }

    /// Says that the open sale is for a customer.
    pub(super) fn sold_to(&mut self, name: &str) -> Played {
        let request = json!({ "customer": self.customer_named(name)? });
        self.command("sale.set_customer", request, None, |view| transcript::sale(&view))
    }

    /// Customers as who sells finds them.
    pub(super) fn buyers(&mut self, words: &[&str]) -> Played {
        self.query("sale.find_customers", json!({ "text": words.join(" ") }), |found: SaleCustomers| {
            found.customers.iter().map(transcript::buyer).collect()
        })
    }

    /// Notes something on a line, or on the `sale`.
    pub(super) fn note(&mut self, line: &str, note: &str) -> Played {
        let line = if line == "sale" { None } else { Some(number::<u32>(line)?) };
        let request = json!({ "sale": self.sale_meant()?, "line": line, "note": note });
        self.command("sale.note", request, None, |view| transcript::sale(&view))
    }

    /// `exempt REASON|none [approved by …]`
    pub(super) fn exempt(&mut self, words: &[&str]) -> Played {
        let [reason, rest @ ..] = words else { return Err("exempt REASON|none".to_owned()) };
        let request = json!({ "reason": (*reason != "none").then_some(reason) });
        let approval = self.approval(rest)?;
        self.command("sale.exempt_tax", request, approval, |view| transcript::sale(&view))
    }

    /// Whom the open sale is for.
    pub(super) fn buyer(&mut self) -> Played {
        let current: Value = self.ask("sale.current", json!({})).map_err(|body| body.to_string())?;
        let request = json!({ "id": current["sale"]["customer"] });
        self.query("sale.customer", request, |view: SaleCustomerView| vec![transcript::buyer(&view)])
    }

    pub(super) fn show_customer(&mut self, name: &str) -> Played {
        let request = json!({ "id": self.customer_named(name)? });
        self.query("customer.get", request, |view: CustomerView| {
            let list = view.price_list_name.map(|list| format!(" pays by {list}")).unwrap_or_default();
            let customer = serde_json::to_string(&view.customer).unwrap_or_default();
            vec![format!("version {}: {customer}{list}", view.version)]
        })
    }

    /// Customers by name, archived ones, or those found by what was typed.
    pub(super) fn customers(&mut self, words: &[&str]) -> Played {
        let (operation, request) = match words {
            [] => ("customer.list", json!({})),
            ["archived"] => ("customer.list", json!({ "status": "archived" })),
            words => ("customer.find", json!({ "text": words.join(" ") })),
        };
        self.query(operation, request, |page: CustomerPage| {
            let row = |row: &CustomerRow| format!("{} {}", row.number.as_deref().unwrap_or("-"), row.name);
            page.customers.iter().map(row).collect()
        })
    }

    pub(super) fn erase_customer(&mut self, name: &str) -> Played {
        let request = json!({ "id": self.customer_named(name)? });
        self.command("customer.erase", request, None, |_: Value| Vec::new())
    }

    /// Every change of a record.
    pub(super) fn history(&mut self, entity: &str, name: &str) -> Played {
        let id = match entity {
            "product" => json!(self.product_named(name)?),
            "customer" => json!(self.customer_named(name)?),
            "price_list" => json!(self.price_lists.get(name).ok_or("no such price list")?),
            "operator" => json!(self.operators.get(name).ok_or("no such operator")?),
            other => return Err(format!("{other} has no names here")),
        };
        let request = json!({ "entity": entity, "id": id });
        self.query("record.history", request, |history: RecordHistory| {
            let mut text = Vec::new();
            for entry in history.entries {
                let version = entry.version.map(|version| format!(" version {version}")).unwrap_or_default();
                text.push(format!(
                    "{} by {}{version}",
                    entry.operation.unwrap_or_default(),
                    entry.operator_name
                ));
                for change in entry.changes {
                    let shown = |value: Option<String>| match value {
                        Some(text) if text.len() == 36 && text.matches('-').count() == 4 => "(id)".to_owned(),
                        Some(text) => text,
                        None => "-".to_owned(),
                    };
                    text.push(format!(
                        "  {}: {} -> {}",
                        change.field,
                        shown(change.before),
                        shown(change.after)
                    ));
                }
            }
            text
        })
    }
}

/// A signed number of thousandths in plain digits.
fn thousandths(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let quantity = Quantity::thousandths(thousandths.abs()).map(|quantity| quantity.to_string());
    format!("{sign}{}", quantity.unwrap_or_default())
}
