//! The products of a code that several have: the cashier picks one, by its number or by a tap. Nothing waits for it: the
//! next scan goes on, and then this code stays in no sale until it is scanned again.

import { api, type FoundProduct } from "../../api";
import { sayFailed } from "../../app/notices.svelte";
import type { Refusal } from "./sale.svelte";

/** Products that have a number to be picked by. */
export const NUMBERED = 9;

/** What there is to pick from. */
class Chooser {
  /** The products, in the order of their numbers. */
  products = $state.raw<readonly FoundProduct[]>([]);
  /** The code as it was read. */
  code = $state("");

  #asked = 0;

  /** Follows what was refused: asks for the products of a code that several have. */
  async follow(refusal: Refusal | null): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (refusal?.error.code !== "sale.code_ambiguous") {
      this.products = [];
      return;
    }
    const { code } = refusal;
    if (code !== this.code) this.products = [];
    try {
      const found = await api.code.find({ code });
      if (asked !== this.#asked) return;
      this.code = code;
      this.products = found.products;
    } catch (error) {
      if (asked === this.#asked) sayFailed(error);
    }
  }

  /** The product with this number, from 1. */
  at(number: number): FoundProduct | null {
    return number <= NUMBERED ? (this.products[number - 1] ?? null) : null;
  }
}

/** The chooser of this till. */
export const chooser = new Chooser();
