//! Whom the sale is for: who that is, found by what is typed, put on and taken off.

import { api, type SaleCustomerView } from "../../api";
import { sayFailed } from "../../app/notices.svelte";
import { openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";

/** Lines that come with an answer; more are read anew. */
const LINES_SHOWN = 60;

/** The customer of the open sale. */
class Buying {
  /** Who it is; `null` while nobody is, or while that is being read. */
  customer = $state.raw<SaleCustomerView | null>(null);
  /** What was typed to find one. */
  text = $state("");
  /** Those that were found. */
  found = $state.raw<readonly SaleCustomerView[]>([]);
  /** Whether more were found than are shown. */
  more = $state(false);
  /** Whether what was typed has been looked for. */
  looked = $state(false);
  /** The place of the one Enter takes. */
  at = $state(0);

  #id: string | null = null;
  #tenders = 0;

  /** Reads who the customer of the sale is, when it is another one, and what they have when something was paid. */
  async follow(id: string | null, tenders: number): Promise<void> {
    if (id === this.#id && tenders === this.#tenders) return;
    this.#id = id;
    this.#tenders = tenders;
    if (this.customer?.id !== id) this.customer = null;
    if (id === null) return;
    try {
      const customer = await api.sale.customer({ id });
      if (this.#id === id) this.customer = customer;
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Opens the panel, or closes it. */
  open(): void {
    this.text = "";
    this.found = [];
    this.looked = false;
    openPanel(panel() === "customer" ? null : "customer");
  }

  /** Looks for what is typed. */
  async find(text: string): Promise<void> {
    this.text = text;
    this.at = 0;
    if (text.trim() === "") {
      this.found = [];
      this.looked = false;
      return;
    }
    try {
      const answer = await api.sale.find_customers({ text, after: null });
      if (this.text !== text) return;
      this.found = answer.customers;
      this.more = answer.more;
      this.looked = true;
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Moves to another of those that were found. */
  step(by: 1 | -1): void {
    this.at = Math.min(Math.max(this.at + by, 0), Math.max(this.found.length - 1, 0));
  }

  /** Enter: the one that is marked. */
  choose(): void {
    const customer = this.found[this.at];
    if (customer) void this.set(customer);
  }

  /** Puts a customer on the sale, or takes the one off that is on it. */
  async set(customer: SaleCustomerView | null): Promise<void> {
    openPanel(null);
    const view = await sale.call("sale.set_customer", { customer: customer?.id ?? null });
    if (!view) return;
    if (customer && view.customer === customer.id) {
      this.#id = customer.id;
      this.#tenders = view.tenders.length;
      this.customer = customer;
    }
    if (view.lines_active > LINES_SHOWN) await sale.readAnew();
  }
}

/** Whom the open sale of this till is for. */
export const buying = new Buying();
