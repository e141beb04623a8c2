//! The acts of the script language: which call each makes, and how its answer reads.

use super::{Played, Player};
use crate::act::decimal;
use crate::transcript;
use devices::Misbehaviour;
use domain::currency::Currency;
use domain::ids::OperatorId;
use domain::settings::Shop;
use serde_json::{Value, json};
use wire::envelope::Approval;

impl Player {
    /// Does one act, without what the workers make of it.
    pub(super) fn one(&mut self, words: &[&str]) -> Played {
        match words {
            ["shop", "list", name] => self.shop_list(name),
            ["price", "list", name] => self.price_list(name),
            ["archive", "list", name] => self.archive_list(name),
            ["change", "product", name, fields] => self.change_product(name, fields),
            ["shop", rest @ ..] => self.shop(rest),
            ["tax", name, rate, rest @ ..] => self.tax(name, rate, rest),
            ["product", name, code, price, tax, rest @ ..] => self.product(name, code, price, tax, rest),
            ["operator", name, role, pin] => self.operator(name, role, pin),
            ["printer", rest @ ..] => self.printer(rest),
            ["scanner"] => self.scanner(),
            ["sign", "in", name, pin] => self.sign_in(name, pin),
            ["sign", "out"] => self.command("session.sign_out", json!({}), None, |_: Value| Vec::new()),
            ["scan", code] => self.sale("sale.scan", json!({ "code": code })),
            ["scanner", "reads", codes @ ..] => self.scanner_reads(codes),
            ["tile", name, rest @ ..] => self.tile(name, rest),
            ["open", "item", name, price, tax, rest @ ..] => self.open_item(name, price, tax, rest),
            ["arm", "return"] => self.arm(json!({ "quantity": null, "return_next": true })),
            ["arm", quantity] => {
                let quantity = decimal(quantity, 3)?;
                self.arm(json!({ "quantity": quantity, "return_next": false }))
            }
            ["quantity", line, quantity] => {
                let quantity = decimal(quantity, 3)?;
                self.on_line("sale.set_quantity", line, json!({ "quantity": quantity }), &[])
            }
            ["price", line, price, rest @ ..] => {
                let price = decimal(price, 6)?;
                self.on_line("sale.override_price", line, json!({ "price": price }), rest)
            }
            ["discount", off, rest @ ..] => self.discount(off, rest),
            ["return", "from", receipt, rest @ ..] => self.return_from(receipt, rest),
            ["reverse", receipt, rest @ ..] => self.reverse(receipt, rest),
            ["returnable", receipt] => self.query("sale.returnable", json!({ "number": receipt }), |found| {
                transcript::returnable(&found)
            }),
            ["of", "age", age] => {
                let sale = self.sale_meant()?;
                let age: u8 = number(age)?;
                self.sale("sale.confirm_age", json!({ "sale": sale, "age": age }))
            }
            ["stock", name] => self.stock(name),
            ["count", name, counted, rest @ ..] => self.count(name, counted, rest),
            ["low", "stock"] => self.low_stock(),
            ["merge", double, "into", name] => self.merge(double, name),
            ["history", entity, name] => self.history(entity, name),
            ["customers", rest @ ..] => self.customers(rest),
            ["customer", name, fields] => self.customer(name, fields),
            ["customer", name] => self.show_customer(name),
            ["buyers", words @ ..] => self.buyers(words),
            ["note", line, note] => self.note(line, note),
            ["away"] => self.sale("sale.take_away", json!({ "takeaway": true })),
            ["here"] => self.sale("sale.take_away", json!({ "takeaway": false })),
            ["exempt", rest @ ..] => self.exempt(rest),
            ["sold", "by", name, rest @ ..] => {
                let line = match rest {
                    [] => None,
                    ["line", line] => Some(number::<u32>(line)?),
                    _ => return Err("sold by NAME [line N]".to_owned()),
                };
                let seller = match *name {
                    "me" => Value::Null,
                    name => json!(self.operators.get(name).ok_or("no such operator")?),
                };
                self.sale("sale.set_seller", json!({ "line": line, "seller": seller }))
            }
            ["undo"] => {
                let sale = self.sale_meant()?;
                self.command("sale.undo", json!({ "sale": sale }), None, |undone| transcript::undone(&undone))
            }
            ["buyer"] => self.buyer(),
            ["for", "nobody"] => self.sale("sale.set_customer", json!({ "customer": null })),
            ["for", name] => self.sold_to(name),
            ["erase", "customer", name] => self.erase_customer(name),
            ["explain", line] => self.explain(line),
            ["void", line] => self.on_line("sale.void_line", line, json!({}), &[]),
            ["suspend"] => self.suspend(None),
            ["suspend", name] => self.suspend(Some(name)),
            ["resume", place] => self.resume(place),
            ["suspended"] => self.query("sale.suspended", json!({}), |list| transcript::suspended(&list)),
            ["cancel"] => self.cancel(&Value::Null),
            ["cancel", "for", reason] => self.cancel(&json!(reason)),
            ["cash", "approved", rest @ ..] => {
                let tenders = json!([{ "kind": "cash", "amount": null }]);
                let approval = self.approval(&[&["approved"], rest].concat())?;
                self.complete_with(tenders, Value::Null, approval)
            }
            ["cash", rest @ ..] => self.cash(rest),
            ["tenders", fields] => self.shop_part("tenders", fields),
            ["layout", fields] => self.shop_part("receipt_layout", fields),
            ["card", rest @ ..] => self.card(rest),
            ["approved", rest @ ..] => self.ended("approved", rest),
            ["declined"] => self.ended("declined", &[]),
            ["nobody", "knows"] => self.ended("unknown", &[]),
            ["credit"] => self.credit(),
            ["on", "account", rest @ ..] => self.on_account(rest),
            ["take", "back", number] => self.take_back(number),
            ["tip", amount] => self.tip(amount),
            ["take", kind, amount, rest @ ..] => self.take(kind, amount, rest),
            ["complete", rest @ ..] => {
                let approval = self.approval(rest)?;
                self.complete_with(json!([]), Value::Null, approval)
            }
            ["sale"] => self.query("sale.current", json!({}), |view| transcript::current(&view)),
            ["receipt"] => self.receipt(),
            ["reprint"] => self.reprint(),
            ["open", "drawer", reason] => {
                self.command("drawer.no_sale", json!({ "reason": reason }), None, |_: Value| Vec::new())
            }
            ["drawer", rest @ ..] => self.drawer(rest),
            ["test", role] => {
                self.command("device.test", json!({ "role": role }), None, |_: Value| Vec::new())
            }
            ["give", "up", job] => {
                let request = json!({ "id": number::<i64>(job)? });
                self.command("print_job.give_up", request, None, |_: Value| Vec::new())
            }
            ["devices"] => self.device_status(),
            ["shift", rest @ ..] => self.shift(rest),
            ["goods", count] => self.goods(count),
            ["sell", count, "baskets", "seed", seed] => self.sell(count, seed, None),
            ["sell", count, "baskets", "seed", seed, "approved", "by", name, pin] => {
                let approval = self.approval(&["approved", "by", name, pin])?;
                self.sell(count, seed, approval)
            }
            ["jobs"] => self.jobs(),
            ["came", "out", job] => self.resolve(job, true),
            ["did", "not", "come", "out", job] => self.resolve(job, false),
            ["report", report, from, to, rest @ ..] => self.report(report, from, to, rest),
            ["overview", rest @ ..] => {
                let request = rest.first().map_or(json!({}), |day| json!({ "day": day }));
                self.query("report.overview", request, |view| transcript::overview(&view))
            }
            ["again"] => self.again(),
            ["wait", seconds] => self.wait(seconds),
            ["power", "cut"] => self.power_cut(),
            ["backup", rest @ ..] => self.backup(rest),
            ["quiet", seconds] => self.quiet(seconds),
            ["restore", backup] => self.restore(backup),
            ["ask", operation, payload, rest @ ..] => self.plain(false, operation, payload, rest),
            ["do", operation, payload, rest @ ..] => self.plain(true, operation, payload, rest),
            ["upload", name, lines @ ..] => self.upload(name, lines),
            ["work"] => self.work(),
            ["call", operation, payload] => self.raw(operation, payload),
            _ => Err(format!("there is no act {}", words.join(" "))),
        }
    }

    /// `by OPERATOR`, `hours FROM TO`, `beside weeks|year`, in any number.
    fn report(&mut self, report: &str, from: &str, to: &str, rest: &[&str]) -> Played {
        let mut request = json!({ "report": report, "from": from, "to": to });
        let mut rest = rest;
        loop {
            rest = match rest {
                [] => break,
                ["by", name, rest @ ..] => {
                    request["operator"] = json!(self.operators.get(*name).ok_or("no such operator")?);
                    rest
                }
                ["hours", first, last, rest @ ..] => {
                    request["hours"] = json!({ "from": number::<u8>(first)?, "to": number::<u8>(last)? });
                    rest
                }
                ["beside", "weeks", rest @ ..] => {
                    request["compare"] = json!("weeks_before");
                    rest
                }
                ["beside", "year", rest @ ..] => {
                    request["compare"] = json!("year_before");
                    rest
                }
                _ => {
                    return Err(
                        "report NAME FROM TO [by OPERATOR] [hours FROM TO] [beside weeks|year]".to_owned()
                    );
                }
            };
        }
        self.query("report.run", request, |table| transcript::report(&table))
    }

    // -- Setting the shop up

    fn shop(&mut self, words: &[&str]) -> Played {
        let [currency, mode, scope, language] = words else {
            return Err("shop CURRENCY included|added line|document LANGUAGE".to_owned());
        };
        self.currency = Currency::parse(currency).ok_or("no such currency")?;
        let shop = json!({
            "name": "Corner Shop", "address": ["1 High Street"], "tax_number": "XX 123 456 789",
            "currency": currency, "language": language,
            "tax_policy": { "mode": mode, "scope": scope, "rounding": "half_up" },
            "receipt_header": [], "receipt_footer": ["Thank you"], "logo": null, "till_name": "Till 1",
        });
        serde_json::from_value::<Shop>(shop.clone()).map_err(|error| error.to_string())?;
        let request = json!({ "shop": shop, "owner_name": "Ana", "owner_pin": "1234" });
        let played = self.command("shop.set_up", request, None, |_: Value| Vec::new())?;
        self.read_operators()?;
        Ok(played)
    }

    fn tax(&mut self, name: &str, rate: &str, rest: &[&str]) -> Played {
        let from = match rest {
            [] => "2020-01-01",
            ["from", day] => day,
            _ => return Err("tax NAME RATE [from DAY]".to_owned()),
        };
        let rate = decimal(rate, 4)?;
        let known = self.tax_categories.get(name).copied();
        let (base, mut rates) = match known {
            Some(id) => {
                let list: Value =
                    self.ask("tax_category.list", json!({})).map_err(|body| body.to_string())?;
                let all = list["tax_categories"].as_array().cloned().unwrap_or_default();
                let found =
                    all.into_iter().find(|view| view["id"] == json!(id)).ok_or("the category is gone")?;
                let base = found["tax_category"].clone();
                let rates = base["rates"].as_array().cloned().unwrap_or_default();
                (base, rates)
            }
            None => (Value::Null, Vec::new()),
        };
        rates.push(json!({ "from": from, "rate": rate }));
        let request = json!({ "id": known, "base": base, "tax_category": { "name": name, "rates": rates } });
        let (played, answer) = self.command_with::<Value>("tax_category.save", request, None)?;
        if let Some(answer) = answer {
            let id = serde_json::from_value(answer["id"].clone()).map_err(|error| error.to_string())?;
            self.tax_categories.insert(name.to_owned(), id);
        }
        Ok(played)
    }

    fn product(&mut self, name: &str, code: &str, price: &str, tax: &str, rest: &[&str]) -> Played {
        let unit = match rest {
            [] => "each",
            [unit] => unit,
            _ => return Err("product NAME CODE PRICE TAX [UNIT]".to_owned()),
        };
        let tax = self.tax_categories.get(tax).ok_or("no such tax category")?;
        let prices = match price {
            "-" => json!([]),
            price => json!([{ "from": "2020-01-01", "price": decimal(price, 6)? }]),
        };
        let request = json!({ "product": {
            "name": name, "sku": null, "codes": [code], "unit": unit, "prices": prices,
            "tax_category": tax, "category": null, "picture": null, "status": "active",
        }});
        let (played, answer) = self.command_with::<Value>("product.save", request, None)?;
        if let Some(answer) = answer {
            let id = serde_json::from_value(answer["id"].clone()).map_err(|error| error.to_string())?;
            self.products.insert(name.to_owned(), id);
        }
        Ok(played)
    }

    fn operator(&mut self, name: &str, role: &str, pin: &str) -> Played {
        let roles: Value = self.ask("role.list", json!({})).map_err(|body| body.to_string())?;
        let roles = roles["roles"].as_array().cloned().unwrap_or_default();
        let role = roles.iter().find(|view| view["role"]["name"] == json!(role)).ok_or("no such role")?;
        let request = json!({ "name": name, "role": role["id"], "pin": pin });
        let played = self.command("operator.save", request, None, |_: Value| Vec::new())?;
        self.read_operators()?;
        Ok(played)
    }

    fn read_operators(&mut self) -> Result<(), String> {
        let greeting: Value = self.ask("shop.greeting", json!({})).map_err(|body| body.to_string())?;
        for tile in greeting["operators"].as_array().into_iter().flatten() {
            let id = serde_json::from_value(tile["id"].clone()).map_err(|error| error.to_string())?;
            self.operators.insert(tile["name"].as_str().unwrap_or_default().to_owned(), id);
        }
        Ok(())
    }

    // -- Devices

    fn printer(&mut self, words: &[&str]) -> Played {
        match words {
            [] => {
                let printer = json!({ "profile": "generic-80", "connection": { "via": "simulated" } });
                self.save_devices(|devices| devices["receipt_printer"] = printer)
            }
            ["is", "kind", profile] => {
                let printer = json!({ "profile": profile, "connection": { "via": "simulated" } });
                self.save_devices(|devices| devices["receipt_printer"] = printer)
            }
            ["has", "a", "backup"] => {
                let backup =
                    json!({ "profile": "generic-80", "connection": { "via": "file", "path": "/backup" } });
                self.save_devices(|devices| devices["backup_printer"] = backup)
            }
            ["has", "no", "backup"] => self.save_devices(|devices| devices["backup_printer"] = Value::Null),
            ["has", "no", "paper"] => self.misbehave(Misbehaviour::PaperOut),
            ["runs", "out", "after", bytes] => self.misbehave(Misbehaviour::PaperOutAfter(number(bytes)?)),
            ["is", "open"] => self.misbehave(Misbehaviour::CoverOpen),
            ["is", "mute"] => self.misbehave(Misbehaviour::Mute),
            ["is", "a", "web", "server"] => self.misbehave(Misbehaviour::Garbage),
            ["is", "off"] => self.misbehave(Misbehaviour::Unreachable),
            ["resets", "after", bytes] => self.misbehave(Misbehaviour::ResetAfter(number(bytes)?)),
            ["stalls", "after", bytes] => self.misbehave(Misbehaviour::StallAfter(number(bytes)?)),
            ["works"] => {
                self.devices.printer().behave();
                Ok(Vec::new())
            }
            _ => Err(
                "printer [is kind P | has a backup | has no paper | runs out after N | is open | is mute \
                      | is a web server | is off | resets after N | stalls after N | works]"
                    .to_owned(),
            ),
        }
    }

    fn misbehave(&mut self, misbehaviour: Misbehaviour) -> Played {
        self.devices.printer().misbehave(misbehaviour);
        Ok(Vec::new())
    }

    fn scanner(&mut self) -> Played {
        let scanner = json!({ "connection": { "via": "simulated" } });
        self.save_devices(|devices| devices["scanner"] = scanner)
    }

    fn save_devices(&mut self, change: impl FnOnce(&mut Value)) -> Played {
        let view: Value = match self.ask("device.settings", json!({})) {
            Ok(view) => view,
            Err(body) => return Ok(transcript::error(&body)),
        };
        let base = view["devices"].clone();
        let mut devices = base.clone();
        change(&mut devices);
        let request = json!({ "base": base, "devices": devices });
        self.command("device.save_settings", request, None, |_: Value| Vec::new())
    }

    fn scanner_reads(&mut self, codes: &[&str]) -> Played {
        for code in codes {
            self.devices.scanner().scan(code);
        }
        let till = self.till.as_mut().ok_or("the till is off")?;
        // One step opens the port if need be, and one takes each code.
        for _ in 0..=codes.len() {
            till.scanner.step();
        }
        self.query("sale.current", json!({}), |view| transcript::current(&view))
    }

    // -- Selling

    fn sign_in(&mut self, name: &str, pin: &str) -> Played {
        let operator = self.operators.get(name).copied().unwrap_or(OperatorId::TERMINAL);
        let request = json!({ "operator": operator, "pin": pin });
        self.command("session.sign_in", request, None, |session: Value| {
            vec![format!(
                "{} signed in as {}",
                session["name"].as_str().unwrap_or_default(),
                session["role"].as_str().unwrap_or_default()
            )]
        })
    }

    fn sale(&mut self, operation: &str, request: Value) -> Played {
        self.command(operation, request, None, |view| transcript::sale(&view))
    }

    fn arm(&mut self, armed: Value) -> Played {
        self.sale("sale.arm", json!({ "armed": armed }))
    }

    fn tile(&mut self, name: &str, rest: &[&str]) -> Played {
        let product = self.products.get(name).ok_or("no such product")?;
        let mut request = json!({ "product": product });
        self.how_much(&mut request, rest)?;
        self.sale("sale.add_product", request)
    }

    fn open_item(&mut self, name: &str, price: &str, tax: &str, rest: &[&str]) -> Played {
        let tax = self.tax_categories.get(tax).ok_or("no such tax category")?;
        let mut request = json!({ "name": name, "price": decimal(price, 6)?, "tax_category": tax });
        self.how_much(&mut request, rest)?;
        self.sale("sale.add_open_item", request)
    }

    fn how_much(&self, request: &mut Value, mut rest: &[&str]) -> Result<(), String> {
        while !rest.is_empty() {
            rest = match rest {
                ["x", quantity, more @ ..] => {
                    request["quantity"] = json!(decimal(quantity, 3)?);
                    more
                }
                ["at", price, more @ ..] => {
                    request["price"] = json!(decimal(price, 6)?);
                    more
                }
                ["return", more @ ..] => {
                    request["direction"] = json!("return");
                    more
                }
                other => return Err(format!("not understood: {}", other.join(" "))),
            };
        }
        Ok(())
    }

    fn open_sale(&mut self) -> Result<Value, String> {
        let current: Value = self.ask("sale.current", json!({})).map_err(|body| body.to_string())?;
        Ok(current["sale"]["sale"].clone())
    }

    /// The open sale, or the one completed last: a late call is a case worth a script.
    pub(super) fn sale_meant(&mut self) -> Result<Value, String> {
        let open = self.open_sale()?;
        Ok(if open.is_null() { json!(self.last_completed) } else { open })
    }

    fn on_line(&mut self, operation: &str, line: &str, mut request: Value, rest: &[&str]) -> Played {
        request["sale"] = self.sale_meant()?;
        request["line"] = json!(number::<u32>(line)?);
        let approval = self.approval(rest)?;
        self.command(operation, request, approval, |view| transcript::sale(&view))
    }

    pub(super) fn approval(&self, words: &[&str]) -> Result<Option<Approval>, String> {
        match words {
            [] => Ok(None),
            ["approved", "by", name, pin] => {
                let operator = *self.operators.get(*name).ok_or("no such operator")?;
                Ok(Some(Approval::Pin { operator, pin: (*pin).to_owned() }))
            }
            ["approved", "with", badge] => Ok(Some(Approval::Badge { badge: (*badge).to_owned() })),
            other => Err(format!("not understood: {}", other.join(" "))),
        }
    }

    /// `discount 10% [of LINE] [for REASON] [approved by …]`, `discount 5.00 …`, `discount none …`
    fn discount(&mut self, off: &str, mut rest: &[&str]) -> Played {
        let by = match off.strip_suffix('%') {
            Some(part) => json!({ "by": "part", "ppm": decimal(part, 4)? }),
            None if off == "none" => Value::Null,
            None => {
                let decimals = usize::try_from(self.currency.decimals()).unwrap_or(2);
                json!({ "by": "amount", "minor": decimal(off, decimals)? })
            }
        };
        let mut request = json!({ "sale": self.sale_meant()?, "by": by, "reason": "goodwill" });
        if let ["of", line, more @ ..] = rest {
            request["line"] = json!(number::<u32>(line)?);
            rest = more;
        }
        if let ["for", reason, more @ ..] = rest {
            request["reason"] = json!(reason);
            rest = more;
        }
        let approval = self.approval(rest)?;
        self.command("sale.discount", request, approval, |view| transcript::sale(&view))
    }

    /// `return from RECEIPT LINE x QUANTITY … [for REASON] [to scrap] [approved by …]`
    fn return_from(&mut self, receipt: &str, mut rest: &[&str]) -> Played {
        let found: Value = match self.ask("sale.returnable", json!({ "number": receipt })) {
            Ok(found) => found,
            Err(body) => return Ok(transcript::error(&body)),
        };
        let mut lines = Vec::new();
        while let [line, "x", quantity, more @ ..] = rest {
            lines.push(json!({ "line": number::<u32>(line)?, "quantity": decimal(quantity, 3)? }));
            rest = more;
        }
        let mut request =
            json!({ "from": found["sale"], "lines": lines, "restock": true, "reason": "unwanted" });
        if let ["for", reason, more @ ..] = rest {
            request["reason"] = json!(reason);
            rest = more;
        }
        if let ["to", "scrap", more @ ..] = rest {
            request["restock"] = json!(false);
            rest = more;
        }
        let approval = self.approval(rest)?;
        self.command("sale.take_back", request, approval, |view| transcript::sale(&view))
    }

    /// `reverse RECEIPT [approved by …]`
    fn reverse(&mut self, receipt: &str, rest: &[&str]) -> Played {
        let found: Value = match self.ask("sale.returnable", json!({ "number": receipt })) {
            Ok(found) => found,
            Err(body) => return Ok(transcript::error(&body)),
        };
        let approval = self.approval(rest)?;
        let request = json!({ "sale": found["sale"], "reason": "mistake" });
        self.command("sale.reverse", request, approval, |view| transcript::sale(&view))
    }

    fn suspend(&mut self, name: Option<&str>) -> Played {
        let request = json!({ "sale": self.sale_meant()?, "name": name });
        self.command("sale.suspend", request, None, |list| transcript::suspended(&list))
    }

    /// The one at this place of the list, from 1.
    fn resume(&mut self, place: &str) -> Played {
        let list: Value = self.ask("sale.suspended", json!({})).map_err(|body| body.to_string())?;
        let place = number::<usize>(place)?.saturating_sub(1);
        let request = json!({ "sale": list["sales"][place]["sale"] });
        self.sale("sale.resume", request)
    }

    fn cancel(&mut self, reason: &Value) -> Played {
        let sale = self.sale_meant()?;
        self.command("sale.cancel", json!({ "sale": sale, "reason": reason }), None, |_: Value| {
            vec!["cancelled".to_owned()]
        })
    }

    fn cash(&mut self, words: &[&str]) -> Played {
        let (amount, rest) = match words {
            ["for", ..] | [] => (Value::Null, words),
            [amount, rest @ ..] => {
                let minor = decimal(amount, usize::try_from(self.currency.decimals()).unwrap_or(2))?;
                (json!({ "amount": minor, "currency": self.currency.code() }), rest)
            }
        };
        let total = match rest {
            [] => Value::Null,
            ["for", total] => {
                let minor = decimal(total, usize::try_from(self.currency.decimals()).unwrap_or(2))?;
                json!({ "amount": minor, "currency": self.currency.code() })
            }
            other => return Err(format!("not understood: {}", other.join(" "))),
        };
        self.complete(json!([{ "kind": "cash", "amount": amount }]), total)
    }

    fn complete(&mut self, tenders: Value, total: Value) -> Played {
        self.complete_with(tenders, total, None)
    }

    fn complete_with(&mut self, tenders: Value, total: Value, approval: Option<Approval>) -> Played {
        let sale = self.sale_meant()?;
        let request = json!({ "sale": sale, "tenders": tenders, "total": total });
        let (_, answer) =
            self.command_with::<wire::sale::SaleCompleted>("sale.complete", request, approval)?;
        match answer {
            Some(done) => {
                self.last_completed = Some(done.sale);
                Ok(transcript::completed(&done))
            }
            None => Ok(self.last_refusal()),
        }
    }

    /// Changes fields of a part of the shop's settings: which tenders it takes and how, what its receipts look like.
    fn shop_part(&mut self, part: &str, fields: &str) -> Played {
        let fields: Value =
            serde_json::from_str(&fields.replace('\'', "\"")).map_err(|error| error.to_string())?;
        let view: Value = self.ask("shop.settings", json!({})).map_err(|body| body.to_string())?;
        let base = view["shop"].clone();
        let mut shop = base.clone();
        for (name, value) in fields.as_object().into_iter().flatten() {
            shop[part][name] = value.clone();
        }
        let request = json!({ "base": base, "shop": shop });
        self.command("shop.save_settings", request, None, |_: Value| Vec::new())
    }

    fn amount(&self, amount: &str) -> Result<Value, String> {
        let minor = decimal(amount, usize::try_from(self.currency.decimals()).unwrap_or(2))?;
        Ok(json!({ "amount": minor, "currency": self.currency.code() }))
    }

    /// `card`, `card 5.00`, `card back 1`.
    fn card(&mut self, words: &[&str]) -> Played {
        let sale = self.sale_meant()?;
        let mut request = json!({ "sale": sale, "kind": "card" });
        match words {
            [] => {}
            ["back", tender] => request["gives_back"] = json!(number::<u32>(tender)?),
            [amount] => request["amount"] = self.amount(amount)?,
            other => return Err(format!("not understood: {}", other.join(" "))),
        }
        self.sale("payment.begin", request)
    }

    /// What became of the payment that waits, or of the one that waited last.
    fn ended(&mut self, result: &str, words: &[&str]) -> Played {
        let current: Value = self.ask("sale.current", json!({})).map_err(|body| body.to_string())?;
        let waits = &current["sale"]["payment"]["payment"];
        if !waits.is_null() {
            self.last_payment = waits.clone();
        }
        let request = json!({
            "sale": self.sale_meant()?, "payment": self.last_payment, "result": result,
            "reference": words.first(),
        });
        self.sale("payment.end", request)
    }

    fn take(&mut self, kind: &str, amount: &str, words: &[&str]) -> Played {
        let tender = json!({ "kind": kind, "amount": self.amount(amount)?, "reference": words.first() });
        let sale = self.sale_meant()?;
        self.sale("sale.take_tender", json!({ "sale": sale, "tender": tender }))
    }

    /// Store credit, as much as there is of what is due.
    fn credit(&mut self) -> Played {
        let tender = json!({ "kind": "store_credit", "amount": null, "reference": null });
        let sale = self.sale_meant()?;
        self.sale("sale.take_tender", json!({ "sale": sale, "tender": tender }))
    }

    /// `on account [AMOUNT] [approved by …]`: all that is due, or a part of it.
    fn on_account(&mut self, rest: &[&str]) -> Played {
        let (amount, rest) = match rest {
            [amount, rest @ ..] if *amount != "approved" => (self.amount(amount)?, rest),
            rest => (Value::Null, rest),
        };
        let tender = json!({ "kind": "on_account", "amount": amount, "reference": null });
        let (sale, approval) = (self.sale_meant()?, self.approval(rest)?);
        let request = json!({ "sale": sale, "tender": tender });
        self.command("sale.take_tender", request, approval, |view| transcript::sale(&view))
    }

    fn take_back(&mut self, tender: &str) -> Played {
        let sale = self.sale_meant()?;
        self.sale("sale.return_tender", json!({ "sale": sale, "tender": number::<u32>(tender)? }))
    }

    /// What the customer gives beside what is due; `off` takes it back.
    fn tip(&mut self, amount: &str) -> Played {
        let sale = self.sale_meant()?;
        let amount = if amount == "off" { Value::Null } else { self.amount(amount)? };
        self.sale("sale.set_tip", json!({ "sale": sale, "amount": amount }))
    }

    fn receipt(&mut self) -> Played {
        let sale = self.last_completed.ok_or("nothing was completed yet")?;
        self.query("receipt.preview", json!({ "sale": sale }), |view| transcript::receipt(&view))
    }

    fn reprint(&mut self) -> Played {
        let sale = self.last_completed.ok_or("nothing was completed yet")?;
        self.command("receipt.reprint", json!({ "sale": sale }), None, |_: Value| Vec::new())
    }

    fn jobs(&mut self) -> Played {
        self.query("print_job.list", json!({}), |list: wire::receipt::PrintJobList| {
            let job = |job: &wire::receipt::PrintJobView| {
                let reason = job.reason.map(|reason| format!(" ({reason:?})")).unwrap_or_default();
                format!(
                    "job {} {:?} {} copy {}: {:?}{reason}",
                    job.id, job.kind, job.receipt_number, job.copy, job.state
                )
            };
            // Of those that are done, what a person might want to know of.
            let is_worth_telling = |job: &&wire::receipt::PrintJobView| {
                use wire::receipt::PrintJobState::{Cancelled, Expired, Failed, Unconfirmed};
                matches!(job.state, Unconfirmed | Expired | Failed | Cancelled)
            };
            list.jobs.iter().map(job).chain(list.done.iter().filter(is_worth_telling).map(job)).collect()
        })
    }

    /// The drawer's own line, where it gets one, and what a printer can tell of it; and the second one.
    fn drawer(&mut self, words: &[&str]) -> Played {
        let drawer = match words {
            ["two", "on", "pin", pins] => {
                let connection = json!({ "via": "printer", "pins": pins });
                return self.save_devices(|devices| devices["second_drawer"] = connection);
            }
            ["two", "has", "a", "line"] => {
                let connection = json!({ "via": "serial", "port": "/dev/two", "baud": 9600, "bytes": "07" });
                return self.save_devices(|devices| devices["second_drawer"] = connection);
            }
            ["two", "is", "gone"] => {
                return self.save_devices(|devices| {
                    devices.as_object_mut().map(|devices| devices.remove("second_drawer"));
                });
            }
            ["has", "a", "line"] => {
                json!({ "connection": { "via": "serial", "port": "/dev/drawer", "baud": 9600, "bytes": "07" } })
            }
            ["has", "a", "sensor"] => {
                json!({ "connection": { "via": "printer", "pins": "both" }, "sensor": "open_when_high" })
            }
            ["is", "closed"] => {
                self.devices.printer().close_drawer();
                return Ok(Vec::new());
            }
            ["is", "off"] => {
                self.devices.drawer().misbehave(Misbehaviour::Unreachable);
                return Ok(Vec::new());
            }
            ["works"] => {
                self.devices.drawer().behave();
                return Ok(Vec::new());
            }
            _ => {
                return Err(
                    "drawer [two … | has a line | has a sensor | is closed | is off | works]".to_owned()
                );
            }
        };
        self.save_devices(|devices| devices["drawer"] = drawer)
    }

    fn device_status(&mut self) -> Played {
        self.query("device.status", json!({}), |list: wire::device::DeviceStatusList| {
            let told = |device: &wire::device::DeviceStatus| {
                let reason = device.reason.map(|reason| format!(" ({reason:?})")).unwrap_or_default();
                let open = match device.is_open {
                    Some(true) => ", open",
                    Some(false) => ", closed",
                    None => "",
                };
                format!("{:?}: {:?}{reason}{open}", device.role, device.state)
            };
            list.devices.iter().map(told).collect()
        })
    }

    fn resolve(&mut self, job: &str, came_out: bool) -> Played {
        let request = json!({ "id": number::<i64>(job)?, "came_out": came_out });
        self.command("print_job.resolve", request, None, |_: Value| Vec::new())
    }

    // -- Time, power, raw calls

    fn wait(&mut self, seconds: &str) -> Played {
        self.till()?.clock.pass(decimal(seconds, 3)?);
        Ok(Vec::new())
    }

    fn power_cut(&mut self) -> Played {
        let passed = self.till()?.clock.passed_ms();
        self.till = None;
        self.open(passed + 60_000)?;
        Ok(vec!["the till starts again".to_owned()])
    }

    fn again(&mut self) -> Played {
        let envelope = self.last.clone().ok_or("nothing was called yet")?;
        let till = self.till()?;
        Ok(match self.enter(till, &envelope) {
            Ok(answer) => vec![format!("answered again: {}", shorten(answer.get()))],
            Err(body) => transcript::error(&body),
        })
    }

    fn raw(&mut self, operation: &str, payload: &str) -> Played {
        let request: Value =
            serde_json::from_str(&payload.replace('\'', "\"")).map_err(|error| error.to_string())?;
        self.command(operation, request, None, |answer: Value| vec![shorten(&answer.to_string())])
    }
}

pub(super) fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}

/// Characters of a raw answer that a transcript shows.
const RAW_SHOWN: usize = 100;

fn shorten(text: &str) -> String {
    match text.char_indices().nth(RAW_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
