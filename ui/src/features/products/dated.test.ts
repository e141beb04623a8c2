//! Values that hold from a day on.

import { expect, it } from "vitest";
import { beginning, coming, holding } from "./dated";

const all = [
  { from: "2026-01-01", price: 1 },
  { from: "2026-12-01", price: 3 },
  { from: "2026-06-01", price: 2 },
];

it("knows what holds, what comes, and what was", () => {
  expect(holding(all, "2026-11-20")?.price).toBe(2);
  expect(holding(all, "2025-12-31")).toBeNull();
  expect(coming(all, "2026-11-20").map((each) => each.price)).toEqual([3]);
  const changed = beginning(all, { from: "2026-11-20", price: 9 });
  expect(changed.map((each) => each.price)).toEqual([1, 2, 9, 3]);
  expect(beginning(changed, { from: "2026-11-20", price: 8 }).map((each) => each.price)).toEqual([1, 2, 8, 3]);
});
