//! What the ways to pay are called: one that is missing here does not compile.

import type { TenderKind } from "../api";
import { t } from "./text.svelte";

const NAMES: Record<TenderKind, () => string> = {
  cash: () => t("cash"),
  card: () => t("card"),
  voucher: () => t("voucher"),
  store_credit: () => t("store-credit"),
  on_account: () => t("on-account"),
};

/** What a way to pay is called. */
export function tenderName(kind: TenderKind): string {
  return NAMES[kind]();
}
