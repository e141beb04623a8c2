//! Lines that arrive in any order.

import { describe, expect, it } from "vitest";
import type { LineView } from "../../api";
import { activeLines, mergeLines, stepSelection, follows } from "./lines";

function line(number: number, more: Partial<LineView> = {}): LineView {
  return {
    number,
    direction: "sale",
    product: null,
    name: `Line ${number}`,
    quantity: 1000,
    unit: "each",
    price: 1_000_000,
    list_price: null,
    exempt: null,
    seller: null,
    note: null,
    amount: { amount: 100, currency: "EUR" },
    tax_rate: 200_000,
    imprint: {},
    pack: null,
    discount: null,
    returns: null,
    with: null,
    voided: false,
    ...more,
  };
}

const numbers = (lines: readonly LineView[]) => lines.map((each) => each.number);

describe("lines", () => {
  it("are merged by number", () => {
    const known = [line(1), line(2)];
    expect(numbers(mergeLines(known, [line(3)]))).toEqual([1, 2, 3]);
    const changed = mergeLines(known, [line(1, { quantity: 6000 })]);
    expect(changed[0]!.quantity).toBe(6000);
    expect(numbers(changed)).toEqual([1, 2]);
    expect(numbers(mergeLines([line(5), line(6)], [line(3), line(4)]))).toEqual([3, 4, 5, 6]);
    expect(mergeLines(known, [])).toBe(known);
  });

  it("join those known, or something between was missed", () => {
    expect(follows([line(1), line(2)], [line(3)])).toBe(true);
    expect(follows([line(1), line(2)], [line(1)])).toBe(true);
    expect(follows([], [line(7)])).toBe(true);
    expect(follows([line(1), line(2)], [line(7), line(8)])).toBe(false);
  });

  it("count unless voided, and are walked through", () => {
    const lines = activeLines([line(1), line(2, { voided: true }), line(3)]);
    expect(numbers(lines)).toEqual([1, 3]);
    expect(stepSelection(lines, 3, -1)).toBe(1);
    expect(stepSelection(lines, 1, -1)).toBe(1);
    expect(stepSelection(lines, 2, 1)).toBe(3);
    expect(stepSelection([], null, 1)).toBeNull();
  });
});
