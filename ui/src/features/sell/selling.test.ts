//! Keys are pressed faster than the till answers, and what is typed means one thing at a time.

import { afterEach, expect, it, vi } from "vitest";
import { openPanel } from "./panel.svelte";
import { sale } from "./sale.svelte";
import { selling } from "./selling.svelte";

afterEach(() => vi.unstubAllGlobals());

const NOTHING_ARMED = { quantity: null, return_next: false };

/** A till that keeps what is armed until something is scanned. Returns what it was told to arm. */
function arming(): unknown[] {
  const told: unknown[] = [];
  let armed = NOTHING_ARMED;
  let revision = 0;
  const eur = { amount: 0, currency: "EUR" };
  vi.stubGlobal("fetch", async (address: string, request: { body: string }) => {
    if (address.endsWith("sale.arm")) {
      armed = JSON.parse(request.body).payload.armed;
      told.push(armed);
    } else armed = NOTHING_ARMED;
    revision += 1;
    const view = {
      sale: "a",
      revision,
      opened_at: 0,
      armed,
      totals: { taxes: [], net: eur, tax: eur, total: eur },
      balance: eur,
      cash_due: eur,
      tenders: [],
      payment: null,
      tip: null,
      tip_offers: [],
      quick_cash: [],
      discount: null,
      lines_active: 0,
      pieces: 0,
      changed_lines: [],
      selected: null,
    };
    return { ok: true, status: 200, text: async () => JSON.stringify(view) };
  });
  sale.forget();
  return told;
}

it("keeps how many of the next item while the till has not answered, when it comes back as well", async () => {
  const told = arming();
  selling.press("6");
  selling.times();
  selling.returnNext();
  await vi.waitFor(() => expect(told).toHaveLength(2));
  expect(told[1]).toEqual({ quantity: 6000, return_next: true });
});

it("arms nothing again that a scan used up while the key was pressed", async () => {
  const told = arming();
  selling.press("6");
  selling.times();
  await vi.waitFor(() => expect(sale.view?.armed.quantity).toBe(6000));
  void sale.scan("2900000001046");
  selling.returnNext();
  await vi.waitFor(() => expect(told).toHaveLength(2));
  expect(told[1]).toEqual({ quantity: null, return_next: true });
});

it("takes no cash while a price is typed", () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  openPanel("price");
  selling.press("5");
  selling.pay(selling.typedMinor);
  expect(selling.paying).toBe(false);
  expect(selling.entry).toBe("5");
  selling.clear();
  openPanel(null);
  selling.press("5");
  selling.pay(selling.typedMinor);
  expect(selling.paying).toBe(true);
});
