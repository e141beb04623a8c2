//! A count of the shelves that is under way: what was scanned or picked, and how much of it was typed. Kept while the screen
//! is away, and by the browser when the page is read anew; the till says how it differs, and is told of all of it at once.

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

const KEY = "count";
const REASONS: readonly CountReason[] = ["stocktake", "opening", "correction", "damage", "loss"];
const UNITS: readonly Unit[] = ["each", "kilogram", "litre", "metre"];

/** What the browser kept of a count; nothing where that cannot be read. */
export function keptCount(text: string | null): { rows: CountedRow[]; reason: CountReason } {
  const nothing = { rows: [], reason: REASONS[0]! };
  if (text === null) return nothing;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return nothing;
  }
  if (typeof kept !== "object" || kept === null || !("rows" in kept) || !Array.isArray(kept.rows)) return nothing;
  const reason = REASONS.find((each) => "reason" in kept && kept.reason === each) ?? nothing.reason;
  const rows = kept.rows.flatMap((row: unknown): CountedRow[] => {
    if (typeof row !== "object" || row === null) return [];
    if (!("product" in row && "name" in row && "unit" in row && "typed" in row)) return [];
    const unit = UNITS.find((each) => each === row.unit);
    const { product, name, typed } = row;
    const isRow = typeof product === "string" && typeof name === "string" && typeof typed === "string";
    return isRow && unit ? [{ product, name, unit, typed }] : [];
  });
  return { rows: rows.slice(0, COUNTS_MAX), reason };
}

/** Milliseconds a person may pause between two digits. */
const PAUSE_MS = 250;
/** Products of one count, as many as the till takes. */
export const COUNTS_MAX = 500;

/** The count under way. */
class Counting {
  /** The newest first. */
  rows = $state<CountedRow[]>([]);
  reason = $state<CountReason>(REASONS[0]!);
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

  constructor() {
    ({ rows: this.rows, reason: this.reason } = keptCount(localStorage.getItem(KEY)));
    $effect.root(() => {
      $effect(() => {
        const { rows, reason } = this;
        if (rows.length === 0) localStorage.removeItem(KEY);
        else localStorage.setItem(KEY, JSON.stringify({ rows, reason }));
      });
    });
  }

  /** Takes a product that was scanned. One that is there already is one more of it, where it is counted by the piece. */
  scan(tile: Tile): void {
    const row = this.rows.find((each) => each.product === tile.product);
    if (!row) this.take(tile);
    else if (row.unit === "each") {
      // The first scan said that there is one, unless somebody typed how many.
      const before = row.typed.trim() === "" ? 1_000 : typedCount(row.typed);
      if (before !== null && before % 1_000 === 0) row.typed = String(before / 1_000 + 1);
    }
  }

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
