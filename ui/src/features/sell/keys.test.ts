//! A key means what it means in the sale that is open: where that is not known yet, the key waits.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CurrentSale, Session } from "../../api";
import { onKey, type KeyPress } from "../../app/keyboard.svelte";
import { till } from "../../app/till.svelte";
import { forgetKeys, takeKey } from "./keys";
import { openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";
import { selling } from "./selling.svelte";

const hands = { focusSearch: vi.fn(), leaveField: vi.fn(), preview: vi.fn() };
const eur = { amount: 0, currency: "EUR" };
const open = {
  sale: {
    sale: "a",
    revision: 3,
    opened_at: 0,
    armed: { quantity: null, return_next: false },
    totals: { taxes: [], net: eur, tax: eur, total: eur },
    balance: eur,
    cash_due: eur,
    tenders: [],
    tip_offers: [],
    quick_cash: [],
    lines_active: 0,
    changed_lines: [],
    selected: null,
  },
  suspended: 0,
} as unknown as CurrentSale;

/** Somebody who sells. */
function signedOn(operator: string): Session {
  return { operator, grants: [{ permission: "sell", from: "role" }] } as unknown as Session;
}

const none = { suspended: 0 } as unknown as CurrentSale;

function press(key: string, more: Partial<KeyPress> = {}): void {
  const plain = { code: key, ctrl: false, alt: false, repeat: false, field: false, button: false };
  expect(takeKey({ key, ...plain, ...more }, hands)).toBe(true);
}

/** A till that answers when it is told to. */
function slow(): (current: CurrentSale | null) => void {
  let answer: (current: CurrentSale | null) => void = () => undefined;
  const said = new Promise<CurrentSale | null>((resolve) => (answer = resolve));
  vi.stubGlobal("fetch", async () => {
    const current = await said;
    if (current === null) throw new TypeError("no network");
    return { ok: true, status: 200, text: async () => JSON.stringify(current) };
  });
  return answer;
}

/** Who is asked behind the sale. */
const shell = vi.fn(() => true);
let stops: (() => void)[] = [];

beforeEach(() => {
  stops = [onKey(shell), onKey((press) => takeKey(press, hands))];
  shell.mockClear();
  till.session = signedOn("jonas");
  sale.forget();
  selling.clear();
  openPanel(null);
  hands.preview.mockClear();
});

afterEach(() => {
  stops.forEach((stop) => stop());
  vi.unstubAllGlobals();
  till.session = undefined;
});

it("opens what is to pay although the till has not said yet that a sale is open", async () => {
  const answer = slow();
  press("F9");
  expect(panel()).toBe(null);
  answer(open);
  await vi.waitFor(() => expect(panel()).toBe("pay"));
  expect(hands.preview).not.toHaveBeenCalled();
});

it("takes keys in the order they were pressed, those behind the one that waits too", async () => {
  const answer = slow();
  press("F9");
  press("5");
  press("0");
  expect(selling.entry).toBe("");
  answer(open);
  await vi.waitFor(() => expect(selling.entry).toBe("50"));
  expect(panel()).toBe("pay");
});

it("pays nothing and says nothing of a card by a key from before the sale was seen", async () => {
  const pays = vi.spyOn(selling, "pay").mockImplementation(() => undefined);
  const card = vi.spyOn(selling, "card").mockImplementation(() => undefined);
  const ends = vi.spyOn(selling, "endPayment").mockImplementation(() => undefined);
  const answer = slow();
  for (const key of ["5", "F12", "F10", "Enter", "Delete", "?"]) press(key);
  answer({ ...open, sale: { ...open.sale!, payment: {} } } as unknown as CurrentSale);
  await vi.waitFor(() => expect(selling.entry).toBe("5"));
  for (const act of [pays, card, ends]) {
    expect(act).not.toHaveBeenCalled();
    act.mockRestore();
  }
});

it("leaves to others at once what has nothing to do with the sale, even behind a key that waits", async () => {
  const answer = slow();
  press("F9");
  const plain = { ctrl: false, alt: false, repeat: false, field: false, button: false };
  expect(takeKey({ key: "m", code: "KeyM", ...plain, ctrl: true }, hands)).toBe(false);
  expect(takeKey({ key: "F1", code: "F1", ...plain }, hands)).toBe(false);
  answer(open);
  await vi.waitFor(() => expect(panel()).toBe("pay"));
  expect(shell).not.toHaveBeenCalled();
});

it("shows the last receipt where no sale turns out to be open", async () => {
  const answer = slow();
  press("F9");
  answer(none);
  await vi.waitFor(() => expect(hands.preview).toHaveBeenCalledOnce());
  press("F9");
  expect(hands.preview).toHaveBeenCalledTimes(2);
});

it("forgets them when somebody else is signed on meanwhile", async () => {
  const answer = slow();
  press("F9");
  till.session = signedOn("noor");
  answer(open);
  await vi.waitFor(() => expect(sale.view).not.toBe(null));
  expect(panel()).toBe(null);
});

it("opens what was asked for last, whatever waited before it", async () => {
  const answer = slow();
  press("F9");
  press("Insert");
  expect(panel()).toBe(null);
  answer(open);
  await vi.waitFor(() => expect(panel()).toBe("open_item"));
});

it("hands none of them to another screen that came meanwhile", async () => {
  const answer = slow();
  press("2");
  forgetKeys();
  answer(open);
  await vi.waitFor(() => expect(sale.view).not.toBe(null));
  expect(selling.entry).toBe("");
  // Those of whoever is here now are not lost with them.
  sale.forget();
  press("3");
  await vi.waitFor(() => expect(selling.entry).toBe("3"));
});

it("keeps them when the till says once more who is signed on", async () => {
  const answer = slow();
  press("F9");
  till.session = signedOn("jonas");
  answer(open);
  await vi.waitFor(() => expect(panel()).toBe("pay"));
});

it("leaves letters to the field they are typed into", () => {
  slow();
  const typed = { key: "b", code: "b", ctrl: false, alt: false, repeat: false, field: true, button: false };
  expect(takeKey(typed, hands)).toBe(false);
});
