//! Views arrive by answers and by reads, in any order: the screen never goes back.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CurrentSale, LineView, SaleView } from "../../api";
import { notice } from "../../app/notices.svelte";
import { sale } from "./sale.svelte";

const eur = (amount: number) => ({ amount, currency: "EUR" });

function line(number: number, name = `Line ${number}`): LineView {
  return {
    number,
    direction: "sale",
    product: null,
    name,
    quantity: 1000,
    unit: "each",
    price: 1_000_000,
    list_price: null,
    exempt: null,
    note: null,
    seller: null,
    amount: eur(100),
    tax_rate: 0,
    imprint: {},
    pack: null,
    discount: null,
    returns: null,
    with: null,
    voided: false,
  };
}

function view(id: string, revision: number, changed: LineView[]): SaleView {
  return {
    sale: id,
    revision,
    opened_at: 0,
    armed: { quantity: null, return_next: false },
    customer: null,
    takeaway: false,
    exempt: null,
    note: null,
    totals: { taxes: [], net: eur(0), tax: eur(0), total: eur(100 * revision) },
    balance: { amount: 0, currency: "EUR" },
    cash_due: { amount: 0, currency: "EUR" },
    tenders: [],
    refund: [],
    payment: null,
    tip: null,
    tip_offers: [],
    quick_cash: [],
    discount: null,
    lines_active: revision,
    pieces: revision,
    changed_lines: changed,
    age_check: null,
    seller: null,
    undo: null,
    selected: changed.at(-1)?.number ?? null,
  };
}

function current(open: SaleView | null): CurrentSale {
  return { sale: open, completed: null, suspended: 0, refused_scan: null, scans: { read: 0, taken: 0, refused: 0 } };
}

/** Answers of the till by operation, each given when the test says so. */
const waiting = new Map<string, ((answer: unknown) => void)[]>();

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}

async function answer(operation: string, value: unknown): Promise<void> {
  await vi.waitFor(() => expect(waiting.get(operation) ?? []).not.toHaveLength(0));
  waiting.get(operation)!.shift()!(value);
  await settled();
}

beforeEach(() => {
  waiting.clear();
  sale.forget();
  vi.stubGlobal("fetch", (address: string) => {
    const operation = address.replace("/api/", "");
    return new Promise((resolve) => {
      const queue = waiting.get(operation) ?? [];
      queue.push((value) => {
        const refused = typeof value === "object" && value !== null && "class" in value;
        resolve({ ok: !refused, status: refused ? 422 : 200, text: async () => JSON.stringify(value) });
      });
      waiting.set(operation, queue);
    });
  });
});
afterEach(() => vi.unstubAllGlobals());

const numbers = () => sale.lines.map((each) => each.number);

describe("the open sale", () => {
  it("grows with each answer and selects what the answer was about", async () => {
    const scanned = sale.scan("1");
    await answer("sale.scan", view("a", 1, [line(1)]));
    await scanned;
    void sale.scan("2");
    await answer("sale.scan", view("a", 2, [line(2)]));
    expect(numbers()).toEqual([1, 2]);
    expect(sale.selected).toBe(2);
  });

  it("ignores a read that is older than an answer, and reads again", async () => {
    void sale.scan("1");
    await answer("sale.scan", view("b", 1, [line(1)]));
    const reading = sale.read();
    void sale.scan("2");
    await answer("sale.scan", view("b", 2, [line(2)]));
    await answer("sale.current", current(view("b", 1, [line(1)])));
    expect(numbers()).toEqual([1, 2]);
    await answer("sale.current", current(view("b", 3, [line(1), line(2), line(3)])));
    await reading;
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("ignores a view of a sale that is over", async () => {
    void sale.scan("1");
    await answer("sale.scan", view("c", 1, [line(1)]));
    const paying = sale.pay(null);
    const completed = { sale: "c", receipt_number: "1", change: eur(0), tenders: [], totals: view("c", 1, []).totals };
    await answer("sale.complete", completed);
    await paying;
    expect(sale.view).toBeNull();
    expect(sale.completed?.receipt_number).toBe("1");
    const reading = sale.read();
    await answer("sale.current", current(view("c", 1, [line(1)])));
    await reading;
    expect(sale.view).toBeNull();
  });

  it("reads again when lines between were never seen", async () => {
    void sale.scan("1");
    await answer("sale.scan", view("d", 1, [line(1)]));
    void sale.scan("2");
    await answer("sale.scan", view("d", 5, [line(5)]));
    await answer(
      "sale.current",
      current(
        view(
          "d",
          5,
          [1, 2, 3, 4, 5].map((number) => line(number)),
        ),
      ),
    );
    expect(numbers()).toEqual([1, 2, 3, 4, 5]);
  });

  it("reads older lines page by page", async () => {
    const reading = sale.read();
    await answer("sale.current", current(view("e", 100, [line(99), line(100)])));
    await reading;
    expect(sale.hasOlder).toBe(true);
    const older = sale.readOlder();
    await answer("sale.lines", { lines: [line(97), line(98)], more: false });
    await older;
    expect(numbers()).toEqual([97, 98, 99, 100]);
    expect(sale.hasOlder).toBe(false);
  });

  it("takes lines that were taken out off the screen, and selects another", async () => {
    void sale.scan("1");
    await answer("sale.scan", view("f", 2, [line(1), line(2)]));
    void sale.call("sale.void_line", { sale: "f", line: 2 });
    await answer("sale.void_line", view("f", 3, [{ ...line(2), voided: true }]));
    expect(numbers()).toEqual([1]);
    expect(sale.selected).toBe(1);
  });

  it("names every code that came back because nobody is signed on any more", async () => {
    const refused = { code: "people.not_signed_on", class: "refusal", message: "", details: {}, reference: null };
    for (const code of ["111", "222"]) {
      const scanned = sale.scan(code);
      await answer("sale.scan", refused);
      await scanned;
    }
    expect(notice()).toMatchObject({ kind: "bad", text: expect.stringMatching(/111, 222/) });
    expect(sale.refusal).toBeNull();
  });
});
