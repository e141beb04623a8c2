//! A count of the shelves that is under way: what was scanned or picked, and how much of it was typed. Kept while the screen
//! is away; the till says how it differs, and is told of all of it at once.

import { api, type CountReason, type StockCount, type Tile, type Unit } from "../../api";
import { sayFailed } from "../../app/notices.svelte";
import { typedCount } from "../../i18n/typed";

/** A product that is counted. */
export interface CountedRow {
  product: string;
  name: string;
  unit: Unit;
  /** How much there is, as it is typed. */
  typed: string;
}

/** Milliseconds a person may pause between two digits. */
const PAUSE_MS = 250;
/** Products of one count, as many as the till takes. */
export const COUNTS_MAX = 500;

/** The count under way. */
class Counting {
  /** The newest first. */
  rows = $state<CountedRow[]>([]);
  reason = $state<CountReason>("stocktake");
  /** How what was typed differs from what should be there, by product. */
  compared = $state.raw<ReadonlyMap<string, StockCount>>(new Map());

  /** What can be said: every row whose quantity can be read. */
  readonly counts = $derived(
    this.rows.flatMap(({ product, typed }) => {
      const counted = typedCount(typed);
      return counted === null ? [] : [{ product, counted }];
    }),
  );

  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** Takes a product into the count, at its top; one that is there already stays where it is. */
  take(tile: Tile): void {
    if (this.rows.some((row) => row.product === tile.product) || this.rows.length >= COUNTS_MAX) return;
    this.rows.unshift({ product: tile.product, name: tile.name, unit: tile.unit, typed: "" });
  }

  /** Takes a product out of it. */
  leave(product: string): void {
    this.rows = this.rows.filter((row) => row.product !== product);
  }

  /** Asks how what is typed differs, once a person pauses. */
  compareSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compare(), PAUSE_MS);
  }

  /** Says all of it. Returns how it differed. */
  async complete(): Promise<readonly StockCount[]> {
    const done = await api.stock.count_many({ counts: this.counts, reason: this.reason });
    this.rows = [];
    this.compared = new Map();
    return done.rows;
  }

  async #compare(): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const { rows } = await api.stock.compare({ counts: this.counts, reason: this.reason });
      if (asked === this.#asked) this.compared = new Map(rows.map((row) => [row.product, row]));
    } catch (error) {
      sayFailed(error);
    }
  }
}

/** The count of the products screen. */
export const counting = new Counting();
