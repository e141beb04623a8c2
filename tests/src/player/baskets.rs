//! Acts for a day with hundreds of customers: a shelf of real products, and baskets filled from it by a seed, paid in every
//! way. What is in a basket is drawn; what it comes to, what is refused and what comes back the till says.

use super::{Played, Player};
use crate::goods;
use crate::seed::draw::Draw;
use domain::tender::{TenderDirection, TenderKind};
use serde_json::{Value, json};
use wire::envelope::Approval;
use wire::fact::Fact;
use wire::fact::header::Header;
use wire::sale::{ReturnableSale, SaleCompleted, SaleView};

/// Facts of a day at most.
const FACTS_MAX: u32 = 20_000;
/// Time that a customer takes.
const CUSTOMER_MS: i64 = 75_000;

/// What became of some baskets.
#[derive(Default)]
struct Sold {
    sales: u32,
    lines: u32,
    total: i64,
    with_returns: u32,
    given_up: u32,
    receipts: u32,
    openings: u32,
}

impl Player {
    /// `goods COUNT`: so many real products, with prices from the seed.
    pub(super) fn goods(&mut self, count: &str) -> Played {
        let count: usize = super::acts::number(count)?;
        let all = goods::first(count)?;
        let taxes: Vec<_> = self.tax_categories.values().copied().collect();
        let mut draw = Draw::new(self.seed, 40);
        for good in all.iter().take(count) {
            let price = 250_000 + i64::try_from(draw.skewed(4_000)).unwrap_or(0) * 10_000;
            let request = json!({ "product": {
                "name": good.name, "sku": null, "codes": [good.code], "unit": "each",
                "prices": [{ "from": "2020-01-01", "price": price }],
                "tax_category": draw.one(&taxes), "category": null, "picture": null, "status": "active",
            }});
            let (refused, saved) = self.command_with::<Value>("product.save", request, None)?;
            if saved.is_none() {
                return Ok(refused);
            }
            self.shelf.push(good.code.clone());
        }
        Ok(vec![format!("{} products", self.shelf.len())])
    }

    /// `sell COUNT baskets seed SEED [approved by NAME PIN]`: whoever is signed on serves so many customers; what they may not
    /// do alone is allowed by the other.
    pub(super) fn sell(&mut self, count: &str, seed: &str, approval: Option<Approval>) -> Played {
        let (count, seed): (u32, u64) = (super::acts::number(count)?, super::acts::number(seed)?);
        let mut draw = Draw::new(self.seed, 100 + seed);
        let mut sold = Sold::default();
        for _ in 0..count {
            self.basket(&mut draw, approval.as_ref(), &mut sold)?;
            // The drawer springs open and the paper comes out while the customer is there.
            let till = self.till.as_mut().ok_or("the till is off")?;
            for told in self.aftermath.of(till, &self.devices)? {
                sold.receipts += u32::from(told == "receipt prints");
                sold.openings += u32::from(told == "drawer opens");
            }
            till.clock.pass(CUSTOMER_MS);
        }
        let Sold { sales, lines, total, with_returns, given_up, receipts, openings } = sold;
        Ok(vec![
            format!("{sales} sales of {lines} lines come to {}.{:02}", total / 100, total % 100),
            format!("{with_returns} take goods back, {given_up} are given up"),
            format!("{receipts} receipts print, the drawer opens {openings} times"),
        ])
    }

    fn basket(
        &mut self,
        draw: &mut Draw,
        approval: Option<&Approval>,
        sold: &mut Sold,
    ) -> Result<(), String> {
        if !self.receipts.is_empty() && draw.happens(70) {
            sold.with_returns += u32::from(self.goods_come_back(draw, approval)?);
        }
        let mut view = None;
        for _ in 0..draw.between(1, 7) {
            if draw.happens(120) {
                let armed = json!({ "quantity": draw.between(2, 6) * 1_000, "return_next": false });
                self.must::<SaleView>("sale.arm", json!({ "armed": armed }), approval)?;
            }
            let code = self.shelf[usize::try_from(draw.skewed(self.shelf.len() as u64)).unwrap_or(0)].clone();
            view = Some(self.must::<SaleView>("sale.scan", json!({ "code": code }), approval)?);
        }
        let view = view.ok_or("a basket has something in it")?;
        let (sale, line) = (view.sale, view.selected);
        if draw.happens(80) {
            let off = json!({ "by": "part", "ppm": draw.between(1, 9) * 10_000 });
            let request = json!({ "sale": sale, "line": line, "by": off, "reason": "short_dated" });
            self.must::<SaleView>("sale.discount", request, approval)?;
        }
        if draw.happens(60) {
            let off = json!({ "by": "amount", "minor": draw.between(5, 150) });
            let request = json!({ "sale": sale, "by": off, "reason": "goodwill" });
            self.must::<SaleView>("sale.discount", request, approval)?;
        }
        if draw.happens(40) {
            let price = draw.between(10, 900) * 10_000;
            let request = json!({ "sale": sale, "line": line, "price": price });
            self.must::<SaleView>("sale.override_price", request, approval)?;
        } else if view.lines_active > 1 && draw.happens(60) {
            self.must::<SaleView>("sale.void_line", json!({ "sale": sale, "line": line }), approval)?;
        }
        if draw.happens(30) {
            self.must::<Value>("sale.cancel", json!({ "sale": sale, "reason": "customer_left" }), approval)?;
            sold.given_up += 1;
            return Ok(());
        }
        let done = self.pay(draw, approval)?;
        sold.sales += 1;
        sold.lines += done.lines_active;
        sold.total += done.totals.total.minor();
        self.receipts.push(done.receipt_number);
        Ok(())
    }

    /// Goods come back from an earlier receipt, into the open sale; `false` where nothing of that one is left.
    fn goods_come_back(&mut self, draw: &mut Draw, approval: Option<&Approval>) -> Result<bool, String> {
        let number = draw.one(&self.receipts).clone();
        let found: ReturnableSale =
            self.ask("sale.returnable", json!({ "number": number })).map_err(|body| body.to_string())?;
        let Some(line) = found.lines.iter().find(|line| line.left.as_thousandths() >= 1_000) else {
            return Ok(false);
        };
        let lines = json!([{ "line": line.line, "quantity": 1_000 }]);
        let request = json!({
            "from": found.sale, "lines": lines, "restock": draw.happens(700), "reason": "unwanted",
        });
        self.must::<SaleView>("sale.take_back", request, approval)?;
        Ok(true)
    }

    /// Pays the open sale: in cash with what a customer has, by card, or by a voucher and the rest in cash.
    fn pay(&mut self, draw: &mut Draw, approval: Option<&Approval>) -> Result<SaleCompleted, String> {
        let current: Value = self.ask("sale.current", json!({})).map_err(|body| body.to_string())?;
        let view: SaleView =
            serde_json::from_value(current["sale"].clone()).map_err(|error| error.to_string())?;
        let (sale, total) = (view.sale, view.totals.total.minor());
        let money = |minor: i64| json!({ "amount": minor, "currency": view.totals.total.currency().code() });
        let way = draw.below(10);
        let mut tenders = json!([{ "kind": "cash", "amount": null }]);
        if way < 3 && total != 0 {
            let begin = json!({ "sale": sale, "kind": "card" });
            let asked = self.must::<SaleView>("payment.begin", begin, approval)?;
            let payment = asked.payment.ok_or("a payment waits for its answer")?.payment;
            let end = json!({ "sale": sale, "payment": payment, "result": "approved", "reference": "4711" });
            self.must::<SaleView>("payment.end", end, approval)?;
            tenders = json!([]);
        } else if way == 3 && total > 500 {
            let voucher = json!({ "kind": "voucher", "amount": money(500), "reference": "V-500" });
            self.must::<SaleView>("sale.take_tender", json!({ "sale": sale, "tender": voucher }), approval)?;
        } else if way < 9 && total > 0 {
            // The next note: ten, twenty, fifty.
            let note = [1_000, 2_000, 5_000].into_iter().find(|note| *note >= total).unwrap_or(total);
            tenders = json!([{ "kind": "cash", "amount": money(note) }]);
        }
        let request = json!({ "sale": sale, "tenders": tenders, "total": money(total) });
        self.must("sale.complete", request, approval)
    }

    /// Calls a command; what needs an approval is called again with it, and nothing else may be refused.
    fn must<A: serde::de::DeserializeOwned>(
        &mut self,
        operation: &str,
        request: Value,
        approval: Option<&Approval>,
    ) -> Result<A, String> {
        let (refused, answer) = self.command_with(operation, request.clone(), None)?;
        if let Some(answer) = answer {
            return Ok(answer);
        }
        let allowed = approval.filter(|_| refused.iter().any(|line| line.contains("needs_approval")));
        let Some(approval) = allowed else { return Err(format!("{operation}: {}", refused.join(" "))) };
        let (refused, answer) = self.command_with(operation, request, Some(approval.clone()))?;
        answer.ok_or_else(|| format!("{operation}: {}", refused.join(" ")))
    }

    /// What lies in the drawer when so much really was there at the beginning of the shift: every note and coin since, added
    /// up from the facts by somebody who stood beside it.
    pub(super) fn by_hand(&self, float: &str) -> Result<Value, String> {
        let mut cash = crate::act::decimal(float, usize::try_from(self.currency.decimals()).unwrap_or(2))?;
        let facts = self.terminal()?.database().read(|reader| reader.facts_after(0, FACTS_MAX));
        let facts = facts.map_err(|error: database::error::DatabaseError| error.to_string())?;
        let begin = cash;
        for stored in &facts {
            let header = Header::decode(&stored.envelope).map_err(|error| error.to_string())?;
            let fact = Fact::parse(&header.kind, header.kind_version, &stored.payload)
                .map_err(|error| error.to_string())?;
            match fact {
                Fact::ShiftClosed(_) => cash = begin,
                Fact::CashMoved(moved) if moved.kind.comes_in() => cash += moved.amount,
                Fact::CashMoved(moved) => cash -= moved.amount,
                Fact::SaleCompleted(sale) => {
                    for tender in &sale.tenders {
                        let handed = if tender.kind == TenderKind::Cash { tender.tendered } else { 0 };
                        cash += match tender.direction {
                            TenderDirection::Taken => handed - tender.change,
                            TenderDirection::Given => -handed,
                        };
                    }
                }
                _ => {}
            }
        }
        Ok(json!({ "amount": cash, "currency": self.currency.code() }))
    }
}
