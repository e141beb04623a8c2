//! What the keys of the sell screen do: the entry buffer and the acts of a cashier, in the order pressed.

import {
  api,
  client,
  type Armed,
  type CancelReason,
  type DiscountBy,
  type FoundProduct,
  type LineView,
  type Money,
  type OpenTenderView,
  type PaymentResult,
  type RefundPart,
  type SaleView,
  type TenderKind,
  type Tile,
} from "../../api";
import { approval } from "../../app/approval.svelte";
import { sayDone, sayFailed, sayTold } from "../../app/notices.svelte";
import { till } from "../../app/till.svelte";
import { currencyDecimals } from "../../i18n/numbers.svelte";
import { t } from "../../i18n/text.svelte";
import { typedMinor, typedPrice, typedQuantity, typedRate } from "../../i18n/typed";
import { buying } from "./buying.svelte";
import { chooser } from "./chooser.svelte";
import { discounting } from "./discounting.svelte";
import { pressEntry } from "./entry";
import { enterPanel, openPanel, panel } from "./panel.svelte";
import { otherWay } from "./refund";
import { returning } from "./returning.svelte";
import { sale } from "./sale.svelte";
import { search } from "./search.svelte";
import { suspending } from "./suspending.svelte";
import { wordsOf } from "./undone";

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
  readonly typesPrice = $derived(["price", "open_item", "discount"].includes(panel() ?? "") && this.entry !== "");

  #turn: Promise<unknown> = Promise.resolve();
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

  /**
   * F7: what was typed is the number of a receipt that goods come back from; while one is open, everything of it does.
   * Without either, the next item comes back, or not after all.
   */
  returnNext(): void {
    if (panel() === "return") return returning.all();
    if (this.entry !== "") {
      const number = this.entry;
      this.entry = "";
      void returning.open(number);
      return;
    }
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
    const undo = { label: t("undo"), key: "Ctrl Z", run: () => this.undo() };
    sayDone(t("line-taken-out", { name: line.name }), undo);
  }

  /** Ctrl Z: takes the last act on the sale back, and says which it was. Every scan before it is answered first. */
  undo(): void {
    void this.#inTurn(async () => {
      await client.idle();
      const undone = await sale.undo();
      if (undone) sayDone(wordsOf(undone));
    });
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

  /** /: a note on the selected line, or on the sale. */
  note(): void {
    if (sale.view) openPanel(panel() === "note" ? null : "note");
  }

  /**
   * %: what was typed is a part that is taken off the selected line, or off the sale where the panel says so. Without
   * anything typed the panel asks; there it changes from the line to the sale.
   */
  discount(): void {
    if (!sale.view || !sale.line) return;
    if (this.entry === "") {
      if (panel() === "discount") discounting.of = discounting.of === "line" ? "sale" : "line";
      else openPanel("discount");
      return;
    }
    const ppm = typedRate(this.entry);
    if (ppm === null || ppm === 0) return this.#notANumber();
    this.give({ by: "part", ppm });
  }

  /** What was typed is an amount that is taken off. */
  discountAmount(): void {
    if (this.entry === "") return;
    const minor = this.typedMinor;
    if (minor === null || minor === 0) return this.#notANumber();
    this.give({ by: "amount", minor });
  }

  /** Gives a discount where and why the panel says; `null` takes it back. */
  give(by: DiscountBy | null): void {
    this.entry = "";
    openPanel(null);
    const { of, reason } = discounting;
    void this.#inTurn(async () => {
      const { view, line } = sale;
      if (!view || (of === "line" && !line)) return;
      const number = of === "line" && line ? line.number : null;
      await sale.call("sale.discount", { sale: view.sale, line: number, by, reason });
    });
  }

  /** Enter in the panel of a receipt: what was typed is a code of it, or else what was chosen comes back. */
  returnChosen(): void {
    if (this.entry === "") return void this.#inTurn(() => returning.take());
    const code = this.entry;
    this.entry = "";
    void returning.scan(code);
  }

  /** Whether there is a sale to put aside, or one that waits. */
  get canSuspend(): boolean {
    return (sale.view?.lines_active ?? 0) > 0 || sale.suspended > 0 || panel() === "suspended";
  }

  /** F8: puts the sale aside, under what was typed if anything was; without a sale, takes one up that waits. */
  suspend(): void {
    if (panel() === "suspended") return openPanel(null);
    const name = this.entry === "" ? null : this.entry;
    const aside = sale.view !== null && sale.view.lines_active > 0;
    if (aside) this.entry = "";
    openPanel(null);
    void this.#inTurn(() => (aside ? suspending.suspend(name) : suspending.choose()));
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
    // Where the parts of a sale are looked at, less than is due is a part.
    const { view } = sale;
    if (panel() === "pay" && view && minor !== null && minor < Math.abs(view.cash_due.amount)) {
      return this.take("cash", null);
    }
    this.paying = true;
    // Where the parts of a sale are looked at, the key is for cash and nothing else.
    const anyWay = minor === null && panel() !== "pay";
    // What was chosen of a receipt comes back first: one key refunds it.
    const comesBack = panel() === "return" && returning.any;
    if (!comesBack) openPanel(null);
    void this.#inTurn(async () => {
      try {
        if (comesBack && !(await returning.take())) return;
        const way = anyWay ? otherWay(sale.view) : null;
        if (way) return await this.#giveBack(way);
        if (await sale.pay(minor)) {
          this.entry = "";
          discounting.forget();
        }
      } finally {
        this.paying = false;
      }
    });
  }

  /** Gives a part of a refund back the way it was paid. */
  async #giveBack({ kind, amount }: RefundPart): Promise<void> {
    const { view } = sale;
    if (!view) return;
    if (kind === "store_credit" || kind === "on_account") return await this.#takeOf(kind, view, amount);
    // A voucher has a number, which somebody has to say.
    if (kind !== "card") return openPanel("pay");
    const begin = { sale: view.sale, kind, amount, gives_back: null, total: view.totals.total };
    if (await sale.call("payment.begin", begin)) this.entry = "";
  }

  /** Gives the sale up for a reason that was picked. */
  cancelFor(reason: CancelReason): void {
    clearTimeout(this.#cancelTimer);
    this.cancelAsked = false;
    void this.#inTurn(async () => {
      if (await sale.cancel(reason)) sayDone(t("sale-cancelled"));
    });
  }

  /** CARD: what was typed, in minor units, or what is due goes to the card reader. Its answer is asked for. */
  card(minor: number | null): void {
    if (!till.greeting?.tenders.card || this.typesPrice) return;
    if (minor === null && this.entry !== "" && this.typedMinor === null) return this.#notANumber();
    this.#paying(async (view) => {
      const { total } = view.totals;
      // A refund goes to the card up to what the card paid.
      const back = view.refund.find((part) => part.kind === "card")?.amount ?? null;
      const amount = minor === null ? back : { amount: minor, currency: total.currency };
      const begin = { sale: view.sale, kind: "card" as const, amount, gives_back: null, total };
      if (await sale.call("payment.begin", begin)) this.entry = "";
    });
  }

  /** Says what became of the payment that waits. */
  endPayment(result: PaymentResult, reference = ""): void {
    this.#paying(async (view) => {
      if (!view.payment) return;
      const { payment } = view.payment;
      const proof = reference.trim() === "" ? null : reference.trim();
      const ended = await sale.call("payment.end", { sale: view.sale, payment, result, reference: proof });
      if (ended && result === "approved") await sale.settleIfPaid();
    });
  }

  /** Takes what was typed, or what is due, in another way than by card. Says whether it was taken. */
  take(kind: TenderKind, reference: string | null): void {
    if (this.entry !== "" && this.typedMinor === null) return this.#notANumber();
    const minor = this.typedMinor;
    this.#paying(async (view) => {
      const { currency } = view.totals.total;
      // A tip is given in no way but cash and card.
      const due = kind === "cash" || view.tip ? null : view.balance;
      const amount = minor === null ? due && { ...due, amount: Math.abs(due.amount) } : { amount: minor, currency };
      const tender = { kind, amount, reference };
      if (!(await sale.call("sale.take_tender", { sale: view.sale, tender }))) return;
      this.entry = "";
      await sale.settleIfPaid();
    });
  }

  /**
   * Alt 5: store credit of the customer: what was typed, or as much of what is due as there is. What comes back goes there
   * whole. Without a customer it asks whose.
   */
  credit(): void {
    this.#ofAccount("store_credit");
  }

  /** Alt 6: on the customer's account: what was typed, or what is due. Without a customer it asks whose. */
  onAccount(): void {
    this.#ofAccount("on_account");
  }

  #ofAccount(kind: "store_credit" | "on_account"): void {
    if (!till.greeting?.tenders[kind] || this.typesPrice) return;
    if (this.entry !== "" && this.typedMinor === null) return this.#notANumber();
    if (panel() === "return" && returning.any) {
      void this.#inTurn(async () => {
        if (await returning.take()) this.#ofAccount(kind);
      });
      return;
    }
    if (sale.view && sale.view.customer === null) return buying.open();
    const minor = this.typedMinor;
    this.#paying(async (view) => {
      const { currency } = view.totals.total;
      await this.#takeOf(kind, view, minor === null ? null : { amount: minor, currency });
    });
  }

  /** Takes what is of the customer's account, or gives it back there. */
  async #takeOf(kind: "store_credit" | "on_account", view: SaleView, amount: Money | null): Promise<void> {
    const tender = { kind, amount, reference: null };
    if (!(await sale.call("sale.take_tender", { sale: view.sale, tender }))) return;
    this.entry = "";
    await sale.settleIfPaid();
  }

  /** Alt 7…9: what the customer gives beside what is due, with what is paid next; `null` takes it off. */
  tip(amount: Money | null): void {
    this.#paying(async (view) => {
      await sale.call("sale.set_tip", { sale: view.sale, amount });
    });
  }

  /** Alt 0: what was typed is the tip; with nothing typed there is none. */
  typedTip(): void {
    const minor = this.typedMinor;
    if (this.entry === "") return this.tip(null);
    if (minor === null || this.typesPrice) return this.#notANumber();
    this.#paying(async (view) => {
      const amount = { amount: minor, currency: view.totals.total.currency };
      if (await sale.call("sale.set_tip", { sale: view.sale, amount })) this.entry = "";
    });
  }

  /** Gives back what was taken: by the card reader what came from there. */
  takeBack(tender: OpenTenderView): void {
    this.#paying(async (view) => {
      if (tender.kind === "card") {
        const back = { sale: view.sale, kind: tender.kind, amount: null, gives_back: tender.number, total: null };
        await sale.call("payment.begin", back);
      } else await sale.call("sale.return_tender", { sale: view.sale, tender: tender.number });
    });
  }

  /** Runs an act that moves money, when those before it are done, and no second one beside it. */
  #paying(act: (view: SaleView) => Promise<void>): void {
    if (this.paying) return;
    this.paying = true;
    void this.#inTurn(async () => {
      try {
        await client.idle();
        if (sale.view) await act(sale.view);
      } finally {
        this.paying = false;
        // What was paid last is told where the sale was.
        if (!sale.view) openPanel(null);
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
      if (await sale.cancel(null)) sayDone(t("sale-cancelled"));
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

  /** Prints the receipt of the last sale without its prices, for whoever is given the goods. */
  async gift(): Promise<void> {
    const completed = sale.completed;
    if (!completed) return;
    try {
      await api.receipt.print_gift({ sale: completed.sale });
      sayDone(t("receipt-gift-printed", { number: completed.receipt_number }));
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Forgets what was typed: somebody else comes to the till. */
  forget(): void {
    this.entry = "";
    discounting.forget();
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
