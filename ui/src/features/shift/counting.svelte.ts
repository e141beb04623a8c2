//! Notes and coins as they are typed, and what they come to: the till adds them up.

import { api, type Denominated, type Money } from "../../api";
import { sayFailed } from "../../app/notices.svelte";
import { currencyDecimals } from "../../i18n/numbers.svelte";
import { formAmount } from "../../i18n/typed";

/** Milliseconds a person may pause between two digits. */
const PAUSE_MS = 150;

/** What a form of cash says: the notes and coins, or the sum of them. */
export class CashCount {
  /** How many of each, as typed, by place. */
  typed = $state<string[]>([]);
  /** The sum as typed, where notes and coins are not counted. */
  sum = $state("");
  /** Whether only the sum is typed. */
  summed = $state(false);
  /** What the notes and coins come to; `null` until the till has added up what is typed. */
  total = $state.raw<Money | null>(null);

  readonly #values: readonly Money[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** A count of notes and coins of these values; of none, only a sum can be typed. */
  constructor(values: readonly Money[]) {
    this.#values = values;
    this.typed = values.map(() => "");
    this.summed = values.length === 0;
  }

  /** Whether a row is no count. */
  wrong(place: number): boolean {
    const text = (this.typed[place] ?? "").trim();
    return text !== "" && !/^\d{1,6}$/.test(text);
  }

  /** What is said, or `null` while it is nothing that can be said. */
  said(currency: string): { total: Money | null; denominations: Denominated[] } | null {
    if (this.summed) {
      const amount = formAmount(this.sum, currencyDecimals());
      return amount === null ? null : { total: { amount, currency }, denominations: [] };
    }
    if (this.typed.some((_, place) => this.wrong(place)) || this.typed.every((text) => text.trim() === "")) return null;
    return { total: null, denominations: this.#rows() };
  }

  /** Asks what is typed comes to, once a person pauses. */
  addUpSoon(): void {
    clearTimeout(this.#timer);
    // Nothing was typed before the first time: that sum stands there with the rest.
    this.#timer = setTimeout(() => void this.#addUp(), this.#asked === 0 ? 0 : PAUSE_MS);
  }

  #rows(): Denominated[] {
    return this.#values.map((value, place) => ({
      value: value.amount,
      count: this.wrong(place) ? 0 : Number((this.typed[place] ?? "").trim() || "0"),
    }));
  }

  async #addUp(): Promise<void> {
    const asked = (this.#asked += 1);
    try {
      const added = await api.shift.add_up({ counted: null, denominations: this.#rows() });
      if (asked !== this.#asked) return;
      this.total = added.total;
    } catch (error) {
      sayFailed(error);
    }
  }
}
