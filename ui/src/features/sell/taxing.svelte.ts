//! How the sale is taxed beside its goods: taken away or eaten here, and not at all where the customer is exempt.

import { api, type ExemptReason } from "../../api";
import { sayFailed } from "../../app/notices.svelte";
import { openPanel } from "./panel.svelte";
import { sale } from "./sale.svelte";

/** Why a sale bears no tax: one that is missing here does not compile. */
const REASONS: Record<ExemptReason, true> = {
  diplomatic: true,
  export: true,
  resale: true,
  non_profit: true,
  other: true,
};
export const EXEMPT_REASONS = Object.keys(REASONS) as ExemptReason[];

/** Lines that come with an answer; more are read anew. */
const LINES_SHOWN = 60;

class Taxing {
  /** Whether some goods of the shop are taxed by where they are eaten. */
  byPlace = $state(false);

  /** Reads whether there is anything to switch. */
  async read(): Promise<void> {
    try {
      const { tax_categories } = await api.tax_category.list();
      this.byPlace = tax_categories.some(({ tax_category }) => tax_category.takeaway != null);
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Ctrl B: the goods are taken away, or eaten here after all. */
  async takeAway(): Promise<void> {
    if (!this.byPlace) return;
    // What was said is known when the commands before are answered.
    const view = await sale.call("sale.take_away", () => ({ takeaway: !(sale.view?.takeaway ?? false) }));
    if (view && view.lines_active > LINES_SHOWN) await sale.readAnew();
  }

  /** The sale bears no tax for this reason; `null`: it does. */
  async exempt(reason: ExemptReason | null): Promise<void> {
    openPanel(null);
    const view = await sale.call("sale.exempt_tax", { reason });
    if (view && view.lines_active > LINES_SHOWN) await sale.readAnew();
  }
}

/** How the open sale of this till is taxed. */
export const taxing = new Taxing();
