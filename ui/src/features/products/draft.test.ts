//! Packs and prices as they are typed.

import { expect, it } from "vitest";
import { optionsOf, ordinary, packOf, priceOf } from "./draft";

it("makes a pack of a code and a quantity, and of nothing less", () => {
  const typed = { code: " 5449000000439 ", quantity: "6", name: "", price: "" };
  expect(packOf(typed)).toEqual({ code: "5449000000439", quantity: 6_000, name: null, price: null });
  expect(packOf({ ...typed, name: " six-pack", price: "4,50" })).toEqual({
    code: "5449000000439",
    quantity: 6_000,
    name: "six-pack",
    price: 4_500_000,
  });
  for (const wrong of [{ code: "" }, { quantity: "" }, { quantity: "0" }, { quantity: "x" }, { price: "cheap" }]) {
    expect(packOf({ ...typed, ...wrong })).toBeNull();
  }
});

it("makes dated prices of a list or of none", () => {
  expect(priceOf({ list: "", from: "2026-12-01", price: "3" })).toEqual({ from: "2026-12-01", price: 3_000_000 });
  const club = { from: "2026-12-01", price: 2_500_000, list: "l" };
  expect(priceOf({ list: "l", from: "2026-12-01", price: "2.50" })).toEqual(club);
  expect(priceOf({ list: "", from: "", price: "3" })).toBeNull();
  expect(priceOf({ list: "", from: "2026-12-01", price: "" })).toBeNull();
  expect(ordinary([club, { from: "2026-01-01", price: 1 }, { from: "2026-02-01", price: 2, list: null }])).toHaveLength(
    2,
  );
});

it("leaves out options without a name or a value", () => {
  expect(
    optionsOf([
      { name: " size ", value: "L" },
      { name: "", value: "x" },
      { name: "y", value: " " },
    ]),
  ).toEqual([{ name: "size", value: "L" }]);
});
