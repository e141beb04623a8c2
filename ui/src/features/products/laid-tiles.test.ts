import { describe, expect, it } from "vitest";
import { isSame, moved } from "./laid-tiles.svelte";

describe("tiles that are moved", () => {
  it("stand where they were put, and the others in their order", () => {
    const list = ["a", "b", "c", "d"];
    expect(moved(list, 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(moved(list, 3, 0)).toEqual(["d", "a", "b", "c"]);
    expect(moved(list, 1, 1)).toEqual(list);
    expect(moved(list, 2, 99)).toEqual(["a", "b", "d", "c"]);
    expect(moved(list, 2, -5)).toEqual(["c", "a", "b", "d"]);
  });

  it("are the same when they are for the same", () => {
    expect(isSame({ product: "1" }, { product: "1" })).toBe(true);
    expect(isSame({ product: "1" }, { category: "2" })).toBe(false);
  });
});
