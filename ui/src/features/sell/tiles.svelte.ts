//! The pages of tiles: those the shop laid out, or its categories; and the tiles of each as far as they were read. Kept
//! while the screen is away, so that coming back and switching shows at once.

import { api, type Tile, type TileColor } from "../../api";
import { sayFailed } from "../../app/notices.svelte";

/** A tile as it is shown. */
export interface ShownTile {
  /** What tells it from the others of its page. */
  key: string;
  name: string;
  color: TileColor | null;
  /** What it rings up; `null` of a category. */
  tile: Tile | null;
  /** The category it leads to; `null` of a product. */
  category: string | null;
}

interface Page {
  tiles: readonly ShownTile[];
  next: string | null;
}

/** A page's tab. */
interface Tab {
  id: string;
  name: string;
}

/** The page of all products. */
export const ALL = "";
/** What stands before the name of a page that was laid out, so that no category's id is taken for one. */
const LAID = "laid out: ";

function plain(tile: Tile): ShownTile {
  return { key: tile.product, name: tile.name, color: null, tile, category: null };
}

/** The pages of tiles. */
class Tiles {
  /** The pages without that of all products; `null` until they were read. */
  tabs = $state.raw<readonly Tab[] | null>(null);
  /** The id of the page that is shown: of a tab, or of a category that a tile led to. */
  shown = $state(ALL);

  #categories = new Set<string>();
  #pages = $state.raw<ReadonlyMap<string, Page>>(new Map());
  #reading = new Set<string>();

  /** The tiles of the page that is shown; `null` until they were read. */
  readonly page = $derived(this.#pages.get(this.shown) ?? null);

  /** Reads the pages and the tiles of the one that is shown. */
  async read(): Promise<void> {
    try {
      const [{ layout }, { categories }] = await Promise.all([
        api.tile.layout(),
        api.category.list({ status: "active" }),
      ]);
      const first = this.tabs === null;
      this.#categories = new Set(categories.map(({ id }) => id));
      this.tabs =
        layout.pages.length > 0
          ? layout.pages.map(({ name }) => ({ id: LAID + name, name }))
          : categories.map(({ id, category }) => ({ id, name: category.name }));
      const known = this.shown === ALL || this.#categories.has(this.shown) || this.tabs.some(this.#isShown);
      if (first || !known) this.shown = this.tabs[0]?.id ?? ALL;
      await this.#readPage(this.shown, null);
    } catch (error) {
      sayFailed(error);
    }
  }

  #isShown = ({ id }: Tab): boolean => id === this.shown;

  /** Reads everything again: products changed. */
  async readAgain(): Promise<void> {
    const shown = this.#pages.get(this.shown);
    this.#pages = new Map(shown ? [[this.shown, shown]] : []);
    await this.read();
  }

  /** Shows a page, or a category. */
  show(page: string): void {
    this.shown = page;
    if (!this.#pages.has(page)) void this.#readPage(page, null);
  }

  /** Shows the page `steps` further. */
  step(steps: number): void {
    const ids = [...(this.tabs ?? []).map(({ id }) => id), ALL];
    const index = ids.indexOf(this.shown) + steps;
    this.show(ids[(index + ids.length) % ids.length]!);
  }

  /** Reads the next part of the page that is shown. */
  async more(): Promise<void> {
    if (this.page?.next) await this.#readPage(this.shown, this.page.next);
  }

  async #readPage(page: string, after: string | null): Promise<void> {
    const key = `${page} ${after ?? ""}`;
    if (this.#reading.has(key)) return;
    this.#reading.add(key);
    try {
      const read = page.startsWith(LAID) ? await laid(page.slice(LAID.length)) : await listed(page, after);
      const before = after === null ? [] : (this.#pages.get(page)?.tiles ?? []);
      this.#pages = new Map(this.#pages).set(page, { tiles: [...before, ...read.tiles], next: read.next });
    } catch (error) {
      sayFailed(error);
    } finally {
      this.#reading.delete(key);
    }
  }
}

async function listed(category: string, after: string | null): Promise<Page> {
  const page = await api.product.tiles({ category: category === ALL ? null : category, after });
  return { tiles: page.tiles.map(plain), next: page.next };
}

/** A page that was laid out, without what is not sold any more. */
async function laid(name: string): Promise<Page> {
  const { tiles } = await api.tile.page({ page: name });
  const shown = tiles
    .filter(({ offered }) => offered)
    .map(({ target, color, name, tile }): ShownTile => {
      const category = "category" in target ? target.category : null;
      return { key: category ?? tile?.product ?? name, name, color, tile, category };
    });
  return { tiles: shown, next: null };
}

/** The tiles of the sell screen. */
export const tiles = new Tiles();
