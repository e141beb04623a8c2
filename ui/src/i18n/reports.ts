//! The names of reports and of their columns. One that has no words yet is shown by its name, readable.

import type { ScreenMessages } from "./keys";
import { t } from "./text.svelte";

const WORDS: Partial<Record<string, keyof ScreenMessages>> = {
  days: "report-days",
  taxes: "report-taxes",
  day: "column-day",
  sales: "column-sales",
  net: "column-net",
  tax: "column-tax",
  gross: "column-gross",
  total: "total",
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
