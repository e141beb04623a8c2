//! The names of reports and of their columns. One that has no words yet is shown by its name, readable.

import type { ScreenMessages } from "./keys";
import { t } from "./text.svelte";

const WORDS: Partial<Record<string, keyof ScreenMessages>> = {
  sales_by_day: "report-sales_by_day",
  sales_by_product: "report-sales_by_product",
  sales_by_operator: "report-sales_by_operator",
  taxes: "report-taxes",
  day: "column-day",
  sales: "column-sales",
  returns: "column-returns",
  receipts: "column-receipts",
  net: "column-net",
  tax: "column-tax",
  gross: "column-gross",
  total: "total",
  quantity: "column-quantity",
  product: "column-product",
  operator: "column-operator",
  rate: "column-rate",
  lines: "column-lines",
};

/** What a report or one of its columns is called. */
export function reportWord(name: string): string {
  const key = WORDS[name];
  if (key) return t(key as "total");
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
