//! What is said of an act that was taken back.

import type { SaleAct, SaleUndone } from "../../api";
import { t } from "../../i18n/text.svelte";

/** An act that is missing here does not compile. */
const WORDS: Record<SaleAct, (name: string) => string> = {
  line_added: (name) => t("undone-line_added", { name }),
  counted: (name) => t("undone-counted", { name }),
  quantity_changed: (name) => t("undone-quantity_changed", { name }),
  price_overridden: (name) => t("undone-price_overridden", { name }),
  discounted: (name) => t("undone-discounted", { name }),
  line_voided: (name) => t("undone-line_voided", { name }),
  noted: (name) => t("undone-noted", { name }),
  customer_set: () => t("undone-customer_set"),
  takeaway_set: () => t("undone-takeaway_set"),
  tax_exempted: () => t("undone-tax_exempted"),
  age_confirmed: () => t("undone-age_confirmed"),
  seller_set: () => t("undone-seller_set"),
  taken_back: () => t("undone-taken_back"),
  reversed: () => t("undone-reversed"),
};

/** What was taken back, with the name of the line it was about. */
export function wordsOf(undone: SaleUndone): string {
  return WORDS[undone.what](undone.name ?? t("undone-whole-sale"));
}
