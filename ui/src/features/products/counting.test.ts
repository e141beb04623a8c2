//! A count under way: what the browser keeps of it, and scans that add up.

import { beforeEach, describe, expect, it } from "vitest";
import type { Tile } from "../../api";
import { counting, keptCount } from "./counting.svelte";

const row = (typed: string) => ({ product: "p", name: "Milk", unit: "each" as const, typed });

describe("what is kept of a count", () => {
  it("is read as it was", () => {
    const kept = { rows: [row("12"), { ...row("1,5"), product: "q", unit: "kilogram" as const }], reason: "loss" };
    expect(keptCount(JSON.stringify(kept))).toEqual(kept);
  });

  it("is nothing where it cannot be read", () => {
    const nothing = { rows: [], reason: "stocktake" };
    for (const text of [
      null,
      "",
      "{",
      "null",
      "[]",
      '{"rows":1}',
      '{"rows":[1,null,{"product":"p"}],"reason":"whim"}',
    ]) {
      expect(keptCount(text)).toEqual(nothing);
    }
    const strange = { ...row("1"), unit: "bushel" };
    expect(keptCount(JSON.stringify({ rows: [strange, row("2")], reason: "loss" }))).toEqual({
      rows: [row("2")],
      reason: "loss",
    });
  });
});

describe("scans of a count", () => {
  const tile = (product: string, unit: Tile["unit"]) => ({ product, name: "Milk", unit }) as Tile;
  beforeEach(() => (counting.rows = []));

  it("add up by the piece, to what was typed too", () => {
    counting.scan(tile("p", "each"));
    expect(counting.rows.map(({ typed }) => typed)).toEqual([""]);
    counting.scan(tile("p", "each"));
    counting.scan(tile("p", "each"));
    expect(counting.rows.map(({ typed }) => typed)).toEqual(["3"]);
    counting.rows[0]!.typed = "12";
    counting.scan(tile("p", "each"));
    expect(counting.rows.map(({ typed }) => typed)).toEqual(["13"]);
  });

  it("change nothing of what is weighed, or of what cannot be read", () => {
    counting.scan(tile("w", "kilogram"));
    counting.rows[0]!.typed = "1,5";
    counting.scan(tile("w", "kilogram"));
    expect(counting.rows[0]!.typed).toBe("1,5");
    counting.scan(tile("p", "each"));
    counting.rows[0]!.typed = "many";
    counting.scan(tile("p", "each"));
    expect(counting.rows.map(({ typed }) => typed)).toEqual(["many", "1,5"]);
  });
});
