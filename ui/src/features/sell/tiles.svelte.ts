//! The pages of tiles: categories, and the tiles of each as far as they were read. Kept while the screen is away, so that
//! coming back and switching shows at once.

import { api, type CategoryView, type Tile } from "../../api";
import { sayFailed } from "../../app/notices.svelte";

interface Page {
  tiles: readonly Tile[];
  next: string | null;
}

/** The category of all products. */
export const ALL = "";

/** The pages of tiles. */
class Tiles {
  /** The categories; `null` until they were read. */
  categories = $state.raw<readonly CategoryView[] | null>(null);
  /** The id of the category that is shown. */
  shown = $state(ALL);

  #pages = $state.raw<ReadonlyMap<string, Page>>(new Map());
  #reading = new Set<string>();

  /** The tiles of the category that is shown; `null` until they were read. */
  readonly page = $derived(this.#pages.get(this.shown) ?? null);

  /** Reads the categories and the tiles of the one that is shown. */
  async read(): Promise<void> {
    try {
      const { categories } = await api.category.list({ status: "active" });
      const first = this.categories === null;
      this.categories = categories;
      const known = this.shown === ALL || categories.some((category) => category.id === this.shown);
      if (first || !known) this.shown = categories[0]?.id ?? ALL;
      await this.#readPage(this.shown, null);
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Reads everything again: products changed. */
  async readAgain(): Promise<void> {
    const shown = this.#pages.get(this.shown);
    this.#pages = new Map(shown ? [[this.shown, shown]] : []);
    await this.read();
  }

  /** Shows a category. */
  show(category: string): void {
    this.shown = category;
    if (!this.#pages.has(category)) void this.#readPage(category, null);
  }

  /** Shows the category `steps` further. */
  step(steps: number): void {
    const ids = [...(this.categories ?? []).map((category) => category.id), ALL];
    const index = ids.indexOf(this.shown) + steps;
    this.show(ids[(index + ids.length) % ids.length]!);
  }

  /** Reads the next page of the category that is shown. */
  async more(): Promise<void> {
    if (this.page?.next) await this.#readPage(this.shown, this.page.next);
  }

  async #readPage(category: string, after: string | null): Promise<void> {
    const key = `${category} ${after ?? ""}`;
    if (this.#reading.has(key)) return;
    this.#reading.add(key);
    try {
      const page = await api.product.tiles({ category: category === ALL ? null : category, after });
      const before = after === null ? [] : (this.#pages.get(category)?.tiles ?? []);
      const tiles = [...before, ...page.tiles];
      this.#pages = new Map(this.#pages).set(category, { tiles, next: page.next });
    } catch (error) {
      sayFailed(error);
    } finally {
      this.#reading.delete(key);
    }
  }
}

/** The tiles of the sell screen. */
export const tiles = new Tiles();
