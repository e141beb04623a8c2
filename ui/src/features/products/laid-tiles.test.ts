import { describe, expect, it, vi } from "vitest";
import type { TileLayout } from "../../api";
import { LaidTiles, isSame, moved } from "./laid-tiles.svelte";

const { tile } = vi.hoisted(() => ({ tile: { layout: vi.fn(), save_layout: vi.fn(), page: vi.fn() } }));
vi.mock("../../api", async (whole) => ({ ...(await whole<object>()), api: { tile } }));

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

describe("what was laid out", () => {
  it("is undone as often as one presses, however long saving takes", async () => {
    const saved: TileLayout[] = [];
    tile.layout.mockResolvedValue({ layout: { pages: [] } });
    tile.page.mockResolvedValue({ tiles: [] });
    tile.save_layout.mockImplementation(async ({ layout }: { layout: TileLayout }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      saved.push(layout);
      return { layout };
    });
    const laid = new LaidTiles();
    await laid.read();
    for (const name of ["Favourites", "Counter"]) {
      await laid.change([...(laid.layout?.pages ?? []), { name, tiles: [] }]);
    }
    // The third finds nothing left.
    await Promise.all([laid.undo(), laid.undo(), laid.undo()]);
    expect(saved.map(({ pages }) => pages.length)).toEqual([1, 2, 1, 0]);
    expect([laid.layout?.pages.length, laid.canUndo, laid.failure]).toEqual([0, false, null]);
  });
});
