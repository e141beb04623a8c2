//! Acts about the drawer: its float, cash that is moved, the count, the close, and the papers of it.

use super::{Played, Player};
use crate::act::decimal;
use crate::transcript;
use domain::money::Money;
use serde_json::{Value, json};
use wire::envelope::Approval;
use wire::shift::{CashSum, ShiftList, ShiftPaper, ShiftSummary, ShiftView};

impl Player {
    /// `shift` and what follows it.
    pub(super) fn shift(&mut self, words: &[&str]) -> Played {
        match words {
            [] => self.query("shift.show", json!({}), |view| shown(&view)),
            ["open", money @ ..] => {
                let request = self.money_counted("float", money)?;
                self.command("shift.open", request, None, |view| shown(&view))
            }
            ["move", kind, amount, reason, rest @ ..] => {
                let request =
                    json!({ "kind": kind, "amount": self.in_shop_money(amount)?, "reason": reason });
                let approval = self.approved(rest)?;
                self.command("shift.move_cash", request, approval, |view| shown(&view))
            }
            ["count", "by", "hand", "from", float] => {
                let counted = self.by_hand(float)?;
                self.command(
                    "shift.count",
                    json!({ "counted": counted, "denominations": [] }),
                    None,
                    |view| shown(&view),
                )
            }
            ["count", money @ ..] => {
                let request = self.money_counted("counted", money)?;
                self.command("shift.count", request, None, |view| shown(&view))
            }
            ["sum", money @ ..] => {
                let request = self.money_counted("counted", money)?;
                self.query("shift.add_up", request, |sum: CashSum| {
                    let rows: Vec<String> = sum.rows.iter().map(ToString::to_string).collect();
                    vec![format!("{} = {}", rows.join(" + "), sum.total)]
                })
            }
            ["take", drawer] => {
                let request = json!({ "drawer": super::acts::number::<u8>(drawer)? });
                self.command("drawer.choose", request, None, |view| shown(&view))
            }
            ["close", rest @ ..] => self.close(rest),
            ["x"] => self.query("shift.preview", json!({}), |paper| lines(&paper)),
            ["read"] => self.paper("shift.read", json!({})),
            ["paper"] => {
                let id = self.last_paper.ok_or("no paper was made yet")?;
                self.query("shift.paper", json!({ "id": id }), |paper| lines(&paper))
            }
            ["slip"] => {
                let view: ShiftView = self.ask("shift.show", json!({})).map_err(|body| body.to_string())?;
                let id = view.movements.first().ok_or("nothing was moved")?.id;
                self.paper_of(id)
            }
            ["reprint"] => {
                let id = self.last_paper.ok_or("no paper was made yet")?;
                self.command("shift.reprint", json!({ "id": id }), None, |_: Value| Vec::new())
            }
            ["list"] => {
                self.query("shift.list", json!({}), |list: ShiftList| list.shifts.iter().map(told).collect())
            }
            ["rules", hour, free] => self.shift_rules(hour, free),
            _ => {
                Err("shift [open | take | move | count | close | x | read | paper | slip | reprint | list | rules]"
                    .to_owned())
            }
        }
    }

    fn in_shop_money(&self, text: &str) -> Result<Value, String> {
        let minor = decimal(text, usize::try_from(self.currency.decimals()).unwrap_or(2))?;
        Ok(json!({ "amount": minor, "currency": self.currency.code() }))
    }

    /// A sum, or notes and coins as `3x20`.
    fn money_counted(&self, field: &str, words: &[&str]) -> Result<Value, String> {
        let mut request = json!({ "denominations": [] });
        request[field] = Value::Null;
        let mut rows = Vec::new();
        for word in words {
            match word.split_once('x') {
                None => request[field] = self.in_shop_money(word)?,
                Some((count, value)) => {
                    let count: u32 = super::acts::number(count)?;
                    rows.push(json!({ "value": self.in_shop_money(value)?["amount"], "count": count }));
                }
            }
        }
        request["denominations"] = json!(rows);
        Ok(request)
    }

    fn approved(&self, words: &[&str]) -> Result<Option<Approval>, String> {
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

    fn close(&mut self, words: &[&str]) -> Played {
        let (mut request, mut rest) = (json!({ "reason": null, "left": null }), words);
        let mut approval = None;
        while !rest.is_empty() {
            rest = match rest {
                ["because", reason, more @ ..] => {
                    request["reason"] = json!(reason);
                    more
                }
                ["left", amount, more @ ..] => {
                    request["left"] = self.in_shop_money(amount)?;
                    more
                }
                other => {
                    approval = self.approved(other)?;
                    &[]
                }
            };
        }
        let (played, closed) = self.command_with::<ShiftSummary>("shift.close", request, approval)?;
        Ok(match closed {
            Some(closed) => {
                self.last_paper = Some(closed.id);
                vec![told(&closed)]
            }
            None => played,
        })
    }

    fn paper(&mut self, operation: &str, request: Value) -> Played {
        let (played, paper) = self.command_with::<ShiftPaper>(operation, request, None)?;
        Ok(match paper {
            Some(paper) => {
                self.last_paper = paper.id;
                lines(&paper)
            }
            None => played,
        })
    }

    fn paper_of(&mut self, id: uuid::Uuid) -> Played {
        self.last_paper = Some(id);
        self.query("shift.paper", json!({ "id": id }), |paper| lines(&paper))
    }

    fn shift_rules(&mut self, hour: &str, free: &str) -> Played {
        let view: Value = self.ask("shop.settings", json!({})).map_err(|body| body.to_string())?;
        let (base, mut shop) = (view["shop"].clone(), view["shop"].clone());
        let hour: u8 = super::acts::number(hour)?;
        shop["shift"] =
            json!({ "day_turns_at": hour, "difference_free": self.in_shop_money(free)?["amount"] });
        let request = json!({ "base": base, "shop": shop });
        self.command("shop.save_settings", request, None, |_: Value| Vec::new())
    }
}

fn lines(paper: &ShiftPaper) -> Vec<String> {
    transcript::receipt(&paper.preview)
}

fn told(closed: &ShiftSummary) -> String {
    let open = match closed.open_sales {
        0 => String::new(),
        count => format!(", {count} open sales go on"),
    };
    let drawer = closed.drawer.map(|drawer| format!(" (drawer {drawer})")).unwrap_or_default();
    format!(
        "{}{drawer} of {} by {}: turnover {}, should be {}, counted {}, difference {}{open}",
        closed.z_number,
        closed.business_day,
        closed.operator_name,
        closed.turnover,
        closed.expected,
        closed.counted,
        closed.over_short
    )
}

fn shown(view: &ShiftView) -> Vec<String> {
    let money = |money: &Option<Money>| money.map_or_else(|| "hidden".to_owned(), |money| money.to_string());
    let by = view.opened_by.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    let held = match &view.held {
        Some(held) if held.minor() != 0 => format!(", {held} of it on open sales"),
        _ => String::new(),
    };
    let drawer = if view.drawers > 1 { format!("drawer {}: ", view.drawer) } else { String::new() };
    let mut text = vec![format!(
        "{drawer}shift {:?}{by}: float {}, {} sales, {} open, should be {}{held}",
        view.state,
        view.float,
        view.sales,
        view.open_sales,
        money(&view.expected)
    )];
    for moved in view.movements.iter().rev() {
        text.push(format!(
            "{:?} {} for {:?} by {}",
            moved.kind, moved.amount, moved.reason, moved.operator_name
        ));
    }
    if let Some(count) = &view.count {
        let reason = if count.needs_reason { ", needs a reason" } else { "" };
        text.push(format!(
            "counted {} of {}: {} ({}){reason}",
            count.counted, count.expected, count.over_short, count.counts
        ));
    }
    text
}
