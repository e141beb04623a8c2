//! What the keys of the sell screen do: the entry buffer and the acts of a cashier, in the order pressed.

import type { Armed, FoundProduct, LineView, Tile } from "../../api";
import { approval } from "../../app/approval.svelte";
import { sayDone, sayFailed, sayTold } from "../../app/notices.svelte";
import { currencyDecimals } from "../../i18n/numbers.svelte";
import { t } from "../../i18n/text.svelte";
import { typedMinor, typedPrice, typedQuantity } from "../../i18n/typed";
import { chooser } from "./chooser.svelte";
import { pressEntry } from "./entry";
import { enterPanel, openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";
import { search } from "./search.svelte";

/** A quantity of one, in thousandths. */
const ONE = 1_000;

const NOTHING_ARMED: Armed = { quantity: null, return_next: false };

/** What a cashier does. */
class Selling {
  /** What was typed on the keypad. */
  entry = $state("");
  /** The sale is being paid. */
  paying = $state(false);
  /** Giving the sale up was asked for once: asked twice, it is done. */
  cancelAsked = $state(false);

  /** What was typed as an amount in minor units; `null` when nothing was. */
  readonly typedMinor = $derived(this.entry === "" ? null : typedMinor(this.entry, currencyDecimals()));

  /** What was typed belongs to the open panel: it is a price, and no cash. */
  readonly typesPrice = $derived((panel() === "price" || panel() === "open_item") && this.entry !== "");

  #turn: Promise<unknown> = Promise.resolve();
  #voided: LineView | null = null;
  #cancelTimer: ReturnType<typeof setTimeout> | undefined;

  /** Runs acts that look at the sale one after the other, so that each sees what the one before made. */
  #inTurn(act: () => Promise<unknown>): Promise<unknown> {
    this.#turn = this.#turn.then(act, act);
    return this.#turn;
  }

  /** Takes a key of the keypad. */
  press(key: string): void {
    if (approval.permission) return approval.press(key);
    if (key === "enter") return this.enter();
    if (key === "times") return this.times();
    if (key === "clear") return this.clear();
    this.entry = pressEntry(this.entry, key);
  }

  /** Enter: what was typed belongs to the open panel, or else it is a code. */
  enter(): void {
    if (enterPanel()) return;
    if (this.entry === "") return;
    const code = this.entry;
    this.entry = "";
    void sale.scan(code);
  }

  /** Clears the nearest thing: the panel, what was typed, the refused code, the search. */
  clear(): void {
    if (panel()) openPanel(null);
    else if (this.entry === "") sale.refusal = null;
    this.entry = "";
    search.clear();
  }

  /** ×: what was typed is how many of the next item. */
  times(): void {
    const quantity = typedQuantity(this.entry);
    if (quantity === null) return this.#notANumber();
    this.entry = "";
    this.#arm((armed) => ({ ...armed, quantity }));
  }

  /** The next item comes back, or not after all. */
  returnNext(): void {
    this.#arm((armed) => ({ ...armed, return_next: !armed.return_next }));
  }

  /**
   * Changes what waits for the next item. What waits is known when the commands before are answered: a scan that is
   * under way uses it up, another key may have changed it.
   */
  #arm(change: (armed: Armed) => Armed): void {
    void sale.call("sale.arm", () => ({ armed: change(sale.view?.armed ?? NOTHING_ARMED) }));
  }

  /** =: what was typed is how much there is of the selected line. */
  setQuantity(): void {
    const quantity = typedQuantity(this.entry);
    if (quantity === null) return this.#notANumber();
    this.entry = "";
    void this.#inTurn(async () => {
      const { view, line } = sale;
      if (view && line) await sale.call("sale.set_quantity", { sale: view.sale, line: line.number, quantity });
    });
  }

  /** + and −: one more or one less of the selected line; less than one takes it out. */
  step(by: 1 | -1): void {
    void this.#inTurn(async () => {
      const { view, line } = sale;
      if (!view || !line) return;
      const quantity = line.quantity + by * ONE;
      if (quantity <= 0) await this.#void(line);
      else await sale.call("sale.set_quantity", { sale: view.sale, line: line.number, quantity });
    });
  }

  /** Takes the selected line out. */
  voidLine(): void {
    void this.#inTurn(async () => {
      if (sale.line) await this.#void(sale.line);
    });
  }

  async #void(line: LineView): Promise<void> {
    const view = sale.view;
    if (!view) return;
    if (!(await sale.call("sale.void_line", { sale: view.sale, line: line.number }))) return;
    this.#voided = line;
    const undo = { label: t("undo"), key: "Ctrl Z", run: () => this.undo() };
    sayDone(t("line-taken-out", { name: line.name }), line.product === null ? null : undo);
  }

  /** Puts the line back that was taken out last: the same product, as it was. */
  undo(): void {
    const line = this.#voided;
    if (!line || line.product === null) return;
    this.#voided = null;
    const { product, quantity, direction } = line;
    const price = line.list_price === null ? null : line.price;
    void sale.call("sale.add_product", { product, code: null, quantity, direction, price });
  }

  /** Rings up a product that was picked. */
  async add(tile: Tile): Promise<void> {
    openPanel(null);
    search.clear();
    sale.refusal = null;
    const anyhow = { code: null, quantity: null, direction: null, price: null };
    await sale.call("sale.add_product", { product: tile.product, ...anyhow });
  }

  /** Rings up one of several products of a code, with what the code says of the piece. */
  pick(product: FoundProduct): void {
    const { code } = chooser;
    sale.refusal = null;
    chooser.products = [];
    void sale.call("sale.add_product", {
      product: product.tile.product,
      code,
      quantity: null,
      direction: null,
      price: null,
    });
  }

  /** F5: the customer is as old as the goods ask for. */
  confirmAge(): void {
    void this.#inTurn(async () => {
      const view = sale.view;
      if (view && view.age_check !== null) {
        await sale.call("sale.confirm_age", { sale: view.sale, age: view.age_check });
      }
    });
  }

  /** ?: how the price of the selected line came to be. */
  explain(): void {
    if (sale.line) openPanel(panel() === "explain" ? null : "explain");
  }

  /** F6: the typed price for the selected line; without one, the panel asks for it. */
  price(): void {
    const { view, line } = sale;
    if (!view || !line) return;
    if (this.entry === "") return openPanel(panel() === "price" ? null : "price");
    const price = typedPrice(this.entry, currencyDecimals());
    if (price === null) return this.#notANumber();
    this.entry = "";
    openPanel(null);
    void sale.call("sale.override_price", { sale: view.sale, line: line.number, price });
  }

  /** Rings up something that is in no catalogue, for the typed price. Says whether it was rung up. */
  async addOpenItem(name: string, taxCategory: string): Promise<boolean> {
    const price = typedPrice(this.entry, currencyDecimals());
    if (price === null) {
      this.#notANumber();
      return false;
    }
    const item = { name, price, tax_category: taxCategory, quantity: null, direction: null };
    if (!(await sale.call("sale.add_open_item", item))) return false;
    this.entry = "";
    sale.refusal = null;
    openPanel(null);
    return true;
  }

  /** CASH: what was typed, in minor units, or exactly what is due. */
  pay(minor: number | null): void {
    if (this.paying || this.typesPrice) return;
    if (minor === null && this.entry !== "" && this.typedMinor === null) return this.#notANumber();
    this.paying = true;
    this.#voided = null;
    openPanel(null);
    void this.#inTurn(async () => {
      try {
        if (await sale.pay(minor)) this.entry = "";
      } finally {
        this.paying = false;
      }
    });
  }

  /** Gives the sale up: asked once, it asks back; asked again, it is done. */
  cancel(): void {
    clearTimeout(this.#cancelTimer);
    if (!sale.view) return;
    if (!this.cancelAsked) {
      this.cancelAsked = true;
      this.#cancelTimer = setTimeout(() => (this.cancelAsked = false), 5_000);
      return;
    }
    this.cancelAsked = false;
    void this.#inTurn(async () => {
      if (await sale.cancel()) sayDone(t("sale-cancelled"));
    });
  }

  /** Prints the receipt of the last sale again. */
  async reprint(): Promise<void> {
    const completed = sale.completed;
    if (!completed) return;
    try {
      const job = await approval.call("receipt.reprint", { sale: completed.sale });
      if (job) sayDone(t("receipt-reprinted", { number: completed.receipt_number }));
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Forgets what was typed: somebody else comes to the till. */
  forget(): void {
    this.entry = "";
    this.#voided = null;
    openPanel(null);
    search.clear();
  }

  #notANumber(): void {
    if (this.entry === "") return;
    sayTold({ text: t("not-a-number", { typed: this.entry }), next: t("not-a-number-next"), reference: null });
  }
}

/** The acts of the cashier at this till. */
export const selling = new Selling();
