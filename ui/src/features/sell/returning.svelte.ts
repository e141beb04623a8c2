//! What comes back of a receipt, while the cashier chooses it: the till says how much can, and for how much.

import { api, type ReturnableLine, type ReturnableSale, type ReturnReason, type Quantity } from "../../api";
import { sayFailed, sayTold } from "../../app/notices.svelte";
import { t } from "../../i18n/text.svelte";
import { openPanel, panel } from "./panel.svelte";
import { sale, type Refusal } from "./sale.svelte";

/** A quantity of one, in thousandths. */
const ONE = 1_000;

/** Why goods come back, the most usual first: one that is missing here does not compile. */
const REASONS: Record<ReturnReason, true> = { unwanted: true, faulty: true, mistake: true, other: true };

/** The reasons, in the order they are offered in. */
export const RETURN_REASONS = Object.keys(REASONS) as ReturnReason[];

/** A receipt that goods come back from. */
class Returning {
  /** The receipt; `null` while none is asked about. */
  receipt = $state.raw<ReturnableSale | null>(null);
  /** How much of each line comes back, by its number. */
  wanted = $state<Record<number, Quantity>>({});
  /** Why. */
  reason = $state<ReturnReason>("unwanted");
  /** Whether the goods go back on the shelf. */
  place = $state<"shelf" | "scrap">("shelf");
  /** The number of the line that keys are about. */
  selected = $state<number | null>(null);

  /** Whether anything comes back. */
  readonly any = $derived(Object.values(this.wanted).some((quantity) => quantity > 0));

  /** Asks for a receipt by its number, and shows what can come back of it. */
  async open(number: string): Promise<void> {
    try {
      const receipt = await api.sale.returnable({ number });
      this.receipt = receipt;
      this.wanted = Object.fromEntries(receipt.lines.map((line) => [line.line, line.in_sale]));
      this.reason = "unwanted";
      this.place = "shelf";
      this.selected = receipt.lines.find((line) => line.left > 0)?.line ?? null;
      openPanel("return");
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Follows what was refused: a receipt that was scanned is opened. */
  follow(refusal: Refusal | null): void {
    if (refusal?.error.code !== "sale.code_of_receipt") return;
    sale.refusal = null;
    void this.open(refusal.code);
  }

  /** One more or one less of a line; of what is weighed, all of it or nothing. */
  step(line: ReturnableLine, by: 1 | -1): void {
    const now = this.wanted[line.line] ?? 0;
    const next = line.unit === "each" ? now + by * ONE : by > 0 ? line.left : 0;
    this.wanted[line.line] = Math.min(Math.max(next, 0), line.left);
    this.selected = line.line;
  }

  /** Everything that can still come back. */
  all(): void {
    for (const line of this.receipt?.lines ?? []) this.wanted[line.line] = line.left;
  }

  /** One of what was scanned comes back; another receipt takes this one's place. */
  async scan(code: string): Promise<void> {
    try {
      const { products } = await api.code.find({ code });
      const found = products.map((product) => product.tile.product);
      const line = this.receipt?.lines.find(
        (each) => each.product !== null && found.includes(each.product) && (this.wanted[each.line] ?? 0) < each.left,
      );
      if (line) return this.step(line, 1);
      if (found.length === 0) return await this.open(code);
      sayTold({ text: t("return-not-on-it", { code }), next: t("return-not-on-it-next"), reference: null });
    } catch (error) {
      sayFailed(error);
    }
  }

  /** A key while the panel is open; says whether it was one of its keys. */
  takeKey(key: string): boolean {
    const lines = this.receipt?.lines ?? [];
    const index = lines.findIndex((line) => line.line === this.selected);
    if (key === "ArrowUp" || key === "ArrowDown") {
      const next = lines[Math.min(Math.max(index + (key === "ArrowUp" ? -1 : 1), 0), lines.length - 1)];
      this.selected = next?.line ?? null;
      return true;
    }
    const line = lines[index];
    if ((key !== "+" && key !== "-") || !line) return false;
    this.step(line, key === "+" ? 1 : -1);
    return true;
  }

  /** Puts what was chosen into the open sale. Says whether it is there. */
  async take(): Promise<boolean> {
    const { receipt } = this;
    if (!receipt) return false;
    const lines = receipt.lines
      .map(({ line, in_sale }) => ({ line, quantity: this.wanted[line] ?? 0, in_sale }))
      .filter(({ quantity, in_sale }) => quantity !== in_sale)
      .map(({ line, quantity }) => ({ line, quantity }));
    const { reason } = this;
    if (lines.length > 0) {
      const request = { from: receipt.sale, lines, restock: this.place === "shelf", reason };
      if (!(await sale.call("sale.take_back", request))) return false;
    }
    this.receipt = null;
    if (panel() === "return") openPanel(null);
    return true;
  }
}

/** What comes back at this till. */
export const returning = new Returning();
