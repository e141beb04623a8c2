//! The open sale as the screen knows it. The till owns it; here are its latest views, merged, with older ones ignored.

import {
  api,
  CallFailed,
  client,
  type AnswerOf,
  type CancelReason,
  type CurrentSale,
  type ErrorBody,
  type LineView,
  type OperationName,
  type SaleCompleted,
  type SaleUndone,
  type SaleView,
  type TenderRequest,
} from "../../api";
import type { RequestInTurn } from "../../api/client";
import { approval } from "../../app/approval.svelte";
import { sayFailed, sayNothing, sayTold } from "../../app/notices.svelte";
import { till } from "../../app/till.svelte";
import { t } from "../../i18n/text.svelte";
import { activeLines, follows, mergeLines } from "./lines";

/** Lines that an answer carries at most. */
const LINES_SHOWN = 60;

/** A code that was not rung up. */
export interface Refusal {
  code: string;
  error: ErrorBody;
  /** Codes refused in a row. */
  count: number;
}

/** Operations that answer with the open sale. */
type SaleOperation = { [N in OperationName]: AnswerOf<N> extends SaleView ? N : never }[OperationName];

/** The open sale, the change of the last one, and the last code that was refused. */
class Sale {
  /** The latest view; `null` when no sale is open. */
  view = $state.raw<SaleView | null>(null);
  /** Its lines as far as they were read. */
  known = $state.raw<readonly LineView[]>([]);
  /** The sale completed last, until the next one opens. */
  completed = $state.raw<SaleCompleted | null>(null);
  /** The last code that was refused, until the next line. */
  refusal = $state.raw<Refusal | null>(null);
  /** How many sales are put aside. */
  suspended = $state(0);
  /** The number of the selected line. */
  selected = $state<number | null>(null);
  /** Whether the till was asked once. */
  ready = $state(false);
  /** Whether lines before the known ones have not been read. */
  hasOlder = $state(false);

  /** The lines that count. */
  readonly lines = $derived(activeLines(this.known));
  /** The selected line. */
  readonly line = $derived(this.lines.find((line) => line.number === this.selected) ?? null);

  /** Sales that are over: a view of them that arrives late says nothing. */
  readonly #over = new Set<string>();
  /** Goes up with every answer to a command: what was read before it is out of date. */
  #answers = 0;
  #reading: Promise<void> | null = null;
  /** Codes that came back because nobody was signed on any more. */
  #lost: readonly string[] = [];
  #again = false;
  #readingOlder = false;

  /** Reads where this sign-on stands. Calls while it reads make it read once more. */
  read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#readUntilSettled().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readUntilSettled(): Promise<void> {
    do {
      this.#again = false;
      const before = this.#answers;
      const current = await api.sale.current();
      if (before === this.#answers && client.pending === 0) this.#takeCurrent(current);
      else {
        // A command ran beside the read: its answer is newer. What else changed is read when it is done.
        await client.idle();
        this.#again = true;
      }
    } while (this.#again);
  }

  /** Reads the sale and its lines anew: more of them changed than an answer carries. */
  async readAnew(): Promise<void> {
    this.known = [];
    await this.read();
    this.hasOlder = (this.known[0]?.number ?? 1) > 1;
  }

  /** Reads lines before the known ones. */
  async readOlder(): Promise<void> {
    const [view, first] = [this.view, this.known[0]];
    if (!view || !first || !this.hasOlder || this.#readingOlder) return;
    this.#readingOlder = true;
    try {
      const page = await api.sale.lines({ sale: view.sale, before: first.number });
      if (this.view?.sale !== view.sale) return;
      this.known = mergeLines(this.known, page.lines);
      this.hasOlder = page.more;
    } finally {
      this.#readingOlder = false;
    }
  }

  /** Calls a command that answers with the open sale. Failures are told in the status line. */
  async call<N extends SaleOperation>(operation: N, payload: RequestInTurn<N>): Promise<SaleView | null> {
    try {
      const view = (await approval.call(operation, payload)) as SaleView | null;
      this.#answers += 1;
      if (view === null) return null;
      sayNothing();
      this.#take(view);
      return view;
    } catch (error) {
      this.#answers += 1;
      sayFailed(error);
      return null;
    }
  }

  /** Takes the last act on the sale back. Says what it was; `null` when nothing was taken back. */
  async undo(): Promise<SaleUndone | null> {
    const view = this.view;
    if (!view || view.undo === null) return null;
    try {
      const undone = await approval.call("sale.undo", { sale: view.sale });
      this.#answers += 1;
      if (!undone) return null;
      this.#take(undone.sale);
      // More lines changed than an answer carries.
      if (undone.sale.changed_lines.length >= LINES_SHOWN) await this.readAnew();
      return undone;
    } catch (error) {
      this.#answers += 1;
      sayFailed(error);
      return null;
    }
  }

  /** Rings up a code. A code that is refused is shown until the next line; the next scan goes on. */
  async scan(code: string): Promise<SaleView | null> {
    try {
      const view = await approval.call("sale.scan", { code });
      this.#answers += 1;
      if (view) {
        this.refusal = null;
        this.#take(view);
        this.#lost = [];
      } else sayTold({ text: t("scan-refused", { code }), next: t("scan-not-agreed"), reference: null });
      return view;
    } catch (error) {
      this.#answers += 1;
      if (error instanceof CallFailed && error.body.code === "people.not_signed_on") this.#sayLost(code);
      else if (error instanceof CallFailed) {
        const count = this.refusal ? this.refusal.count + 1 : 1;
        this.refusal = { code, error: error.body, count };
      } else sayFailed(error);
      return null;
    }
  }

  /** The till was away and came back without the sign-on: what was scanned meanwhile is in no sale. */
  #sayLost(code: string): void {
    this.#lost = [...this.#lost, code];
    const text = t("scan-before-sign-in", { code: this.#lost.join(", ") });
    sayTold({ text, next: t("scan-before-sign-in-next"), reference: null });
  }

  /**
   * Settles the sale in cash: exactly, or with what was handed over in minor units. What was paid already counts; where
   * nothing is due any more, it settles the sale alone.
   */
  pay(minor: number | null): Promise<SaleCompleted | null> {
    return this.#complete((view) => {
      const { currency } = view.totals.total;
      const amount = minor === null ? null : { amount: minor, currency };
      const done = minor === null && view.tenders.length > 0 && view.balance.amount === 0;
      return done ? [] : [{ kind: "cash", amount, reference: null }];
    });
  }

  /** Completes the sale when all of it is paid. */
  async settleIfPaid(): Promise<void> {
    const view = this.view;
    if (view && view.payment === null && view.tenders.length > 0 && view.balance.amount === 0) {
      await this.#complete(() => []);
    }
  }

  async #complete(tenders: (view: SaleView) => TenderRequest[]): Promise<SaleCompleted | null> {
    // Keys are taken in the order pressed: what was scanned before is on the screen first.
    await client.idle();
    const view = this.view;
    if (!view) return null;
    const { total } = view.totals;
    try {
      const completed = await approval.call("sale.complete", {
        sale: view.sale,
        tenders: tenders(view),
        total,
      });
      this.#answers += 1;
      if (!completed) return null;
      sayNothing();
      this.#end(view.sale);
      this.completed = completed;
      return completed;
    } catch (error) {
      this.#answers += 1;
      sayFailed(error);
      await this.read();
      return null;
    }
  }

  /** Gives the sale up, and says why where the cashier did. */
  async cancel(reason: CancelReason | null): Promise<boolean> {
    const view = this.view;
    if (!view) return false;
    try {
      const cancelled = await approval.call("sale.cancel", { sale: view.sale, reason });
      this.#answers += 1;
      if (!cancelled) return false;
      this.#end(view.sale);
      return true;
    } catch (error) {
      this.#answers += 1;
      sayFailed(error);
      return false;
    }
  }

  /** The open sale was put aside: so many are now. */
  putAside(count: number): void {
    this.#answers += 1;
    if (this.view) {
      this.view = null;
      this.known = [];
      this.selected = null;
      this.refusal = null;
    }
    this.suspended = count;
  }

  /** Forgets everything: somebody else signed on. */
  forget(): void {
    this.#answers += 1;
    this.view = null;
    this.known = [];
    this.completed = null;
    this.refusal = null;
    this.selected = null;
    this.ready = false;
    this.#lost = [];
  }

  #takeCurrent(current: CurrentSale): void {
    this.ready = true;
    this.completed = current.completed ?? null;
    this.suspended = current.suspended;
    const refused = current.refused_scan;
    if (refused) this.refusal = { code: refused.code, error: refused.error, count: refused.count };
    if (!current.sale) {
      if (this.view) this.#end(this.view.sale);
      return;
    }
    const grew = (this.view?.sale === current.sale.sale ? this.view.lines_active : 0) < current.sale.lines_active;
    if (grew && !refused) this.refusal = null;
    const page = current.sale.changed_lines;
    if (this.view?.sale !== current.sale.sale || follows(this.known, page) === false) {
      this.known = [];
      this.hasOlder = (page[0]?.number ?? 1) > 1;
    }
    this.#take(current.sale);
  }

  #take(view: SaleView): void {
    if (this.#over.has(view.sale)) return;
    const same = this.view?.sale === view.sale;
    if (same && view.revision < this.view!.revision) return;
    const news = !same || view.revision > this.view!.revision;
    // Some lines between were never seen: a push was missed.
    if (same && !follows(this.known, view.changed_lines)) void this.read();
    this.known = mergeLines(same ? this.known : [], view.changed_lines);
    this.view = view;
    this.completed = null;
    if (news && view.selected !== null && view.selected !== undefined) this.selected = view.selected;
    if (!this.lines.some((line) => line.number === this.selected)) this.selected = this.lines.at(-1)?.number ?? null;
  }

  #end(sale: string): void {
    this.#over.add(sale);
    this.view = null;
    this.known = [];
    this.selected = null;
    this.refusal = null;
  }
}

/** The open sale of this sign-on. */
export const sale = new Sale();

/** Reads the sale and keeps it read while somebody who may sell is signed on. Returns how to stop. */
export function followSale(): () => void {
  sale.forget();
  if (!till.can("sell")) return () => undefined;
  const read = () => {
    sale.read().catch((error: unknown) => console.warn(String(error)));
  };
  read();
  return till.onChanged((topics) => {
    if (topics.has("sale")) read();
  });
}
