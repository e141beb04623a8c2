//! Finding products: what is typed, what was found, which of it is picked. Only the latest answer counts.

import { api, type Tile } from "../../api";
import { sayFailed } from "../../app/notices.svelte";

const PAUSE_MS = 60;

/** A search. */
class Search {
  /** What was typed. */
  text = $state("");
  /** What was found for `found`. */
  tiles = $state.raw<readonly Tile[]>([]);
  /** The text the tiles were found for; `null` until the first answer. */
  found = $state<string | null>(null);
  /** The index of the picked tile. */
  picked = $state(0);

  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes what was typed; finds after a short pause. */
  type(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    if (text.trim() === "") this.clear();
    else this.#timer = setTimeout(() => void this.#find(text.trim()), PAUSE_MS);
  }

  /** Picks the tile `steps` further down. */
  step(steps: number): void {
    this.picked = Math.min(Math.max(this.picked + steps, 0), Math.max(this.tiles.length - 1, 0));
  }

  /** The picked tile, once the answer is for what was typed. */
  async choose(): Promise<Tile | null> {
    const text = this.text.trim();
    if (text === "") return null;
    if (this.found !== text) {
      clearTimeout(this.#timer);
      await this.#find(text);
    }
    return this.tiles[this.picked] ?? null;
  }

  /** Ends the search. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.text = "";
    this.tiles = [];
    this.found = null;
    this.picked = 0;
  }

  async #find(text: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const page = await api.product.find({ text, after: null });
      if (asked !== this.#asked) return;
      this.tiles = page.tiles;
      this.found = text;
      this.picked = 0;
    } catch (error) {
      sayFailed(error);
    }
  }
}

/** The search of the sell screen. */
export const search = new Search();
