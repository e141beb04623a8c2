//! Completed sales as they are looked for: what is typed, what the list is narrowed to, and the pages read so far.

import { api, type FoundSales, type SaleHint, type SaleRow } from "../../api";
import { told, type Told } from "../../i18n/errors";

/** A sale in the list. */
export type Row = SaleRow & { id: string };

/** Milliseconds a person may pause between two letters. */
const PAUSE_MS = 150;

/** What is looked for. */
export class Finding {
  /** What is typed: a number, an amount, words. */
  text = $state("");
  from = $state("");
  to = $state("");
  hourFrom = $state("");
  hourTo = $state("");
  operator = $state("");
  /** The product or customer that was picked of the hints. */
  about = $state.raw<SaleHint | null>(null);

  rows = $state.raw<readonly Row[] | null>(null);
  hints = $state.raw<readonly SaleHint[]>([]);
  next = $state<string | null>(null);
  failure = $state.raw<Told | null>(null);
  busy = $state(false);

  /** How many ways the list is narrowed, besides what is typed. */
  readonly filters = $derived(
    [this.from || this.to, this.hourFrom !== "" && this.hourTo !== "", this.operator].filter(Boolean).length,
  );
  readonly narrowed = $derived(this.text.trim() !== "" || this.filters > 0 || this.about !== null);

  /** Counts what was asked: the last one wins, whichever answers first. */
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** What is asked; reading it in an effect follows every part of it. */
  get wanted() {
    const { about } = this;
    return {
      text: this.text.trim(),
      from: this.from || null,
      to: this.to || null,
      hours:
        this.hourFrom !== "" && this.hourTo !== "" ? { from: Number(this.hourFrom), to: Number(this.hourTo) } : null,
      operator: about?.kind === "operator" ? about.id : this.operator || null,
      customer: about?.kind === "customer" ? about.id : null,
      product: about?.kind === "product" ? about.id : null,
    };
  }

  /** Looks soon: while letters are typed, not for every one. */
  soon(typing: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), typing ? PAUSE_MS : 0);
  }

  /** Looks now, from the newest on. */
  async look(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#read(null);
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    if (this.next !== null) await this.#read(this.next);
  }

  async #read(after: string | null): Promise<void> {
    const mine = ++this.#asked;
    this.busy = true;
    try {
      const found: FoundSales = this.narrowed
        ? await api.sale.find({ ...this.wanted, after })
        : { ...(await api.sale.list({ after })), hints: [] };
      if (mine !== this.#asked) return;
      const page = found.sales.map((sale) => ({ ...sale, id: sale.sale }));
      this.rows = after === null ? page : [...(this.rows ?? []), ...page];
      if (after === null) this.hints = found.hints;
      this.next = found.next;
      this.failure = null;
    } catch (error) {
      if (mine === this.#asked) this.failure = told(error);
    } finally {
      if (mine === this.#asked) this.busy = false;
    }
  }

  /** Narrows to what a hint says; what was typed has done its part. */
  pick(hint: SaleHint): void {
    this.about = hint;
    this.text = "";
  }

  /** A code was read: a receipt is shown, a product or whoever it leads to is what is looked for. */
  async scanned(code: string): Promise<void> {
    this.text = code;
    await this.look();
    const [hint, ...others] = this.hints;
    if (this.rows?.length === 0 && hint && others.length === 0) {
      this.pick(hint);
      await this.look();
    }
  }

  /** Shows everything again. */
  clear(): void {
    this.text = this.from = this.to = this.hourFrom = this.hourTo = this.operator = "";
    this.about = null;
  }
}
