//! What is typed while a shop is set up. It is kept at this screen until the shop is there, so that a reload loses nothing
//! of it; a PIN is kept nowhere.

import type { Language, TaxMode } from "../../api";
import { plainRate } from "../../i18n/numbers.svelte";
import { screenLanguage, t, type ScreenLanguage } from "../../i18n/text.svelte";
import { typedRate } from "../../i18n/typed";
import { countryOf, likelyCountry } from "./countries";

/** The steps, in their order. */
export const STEPS = ["country", "shop", "money", "owner", "goods"] as const;

/** A step. */
export type Step = (typeof STEPS)[number];

/** A tax rate as it is typed. */
export interface TypedRate {
  name: string;
  rate: string;
}

/** What is typed. */
export interface Draft {
  step: Step;
  language: Language;
  country: string;
  name: string;
  tillName: string;
  address: string;
  taxNumber: string;
  currency: string;
  mode: TaxMode;
  rates: TypedRate[];
  ownerName: string;
}

const KEY = "tillkeeper.set-up";
/** Kept beside the draft once the shop is there and something is left to do. */
const LEFT_KEY = "tillkeeper.set-up.left";

/** What is left to do once the shop is there: the recovery code is not confirmed yet, or nothing is sold yet. */
export type Left = "code" | "goods";

/** A draft to begin with. */
function newDraft(language: ScreenLanguage, country: string): Draft {
  const made: Draft = {
    step: "country",
    language,
    country,
    name: "",
    tillName: t("till-name-first"),
    address: "",
    taxNumber: "",
    currency: "EUR",
    mode: "included",
    rates: [],
    ownerName: "",
  };
  settleIn(made, country);
  return made;
}

/** Takes over what a shop in a country begins with. */
export function settleIn(into: Draft, code: string): void {
  const country = countryOf(code);
  into.country = code;
  if (!country) return;
  into.currency = country.currency;
  into.mode = country.mode;
  into.rates = suggestedRates(code);
}

/** The rates that a country suggests, as they are typed. */
export function suggestedRates(code: string): TypedRate[] {
  const rates = countryOf(code)?.rates ?? [];
  return rates.map((rate, place) => ({ name: rateName(place), rate: plainRate(rate) }));
}

/** What a rate is called that nobody named yet. */
export function rateName(place: number): string {
  return place === 0 ? t("rate-standard") : t("rate-reduced", { number: place });
}

/** The rates that are typed, in parts per million; `null` where one of them is wrong. Rows without a rate are no rates. */
export function typedRates(rates: readonly TypedRate[]): { name: string; rate: number }[] | null {
  const read: { name: string; rate: number }[] = [];
  for (const { name, rate } of rates.filter((each) => each.rate.trim() !== "")) {
    const typed = typedRate(rate);
    const named = name.trim();
    if (typed === null || named === "" || read.some((each) => each.name === named)) return null;
    read.push({ name: named, rate: typed });
  }
  return read;
}

function isDraft(kept: unknown): kept is Draft {
  return typeof kept === "object" && kept !== null && "step" in kept && STEPS.some((step) => step === kept.step);
}

/** The draft of before a reload; `null` where there was none. */
function keptDraft(): Draft | null {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return null;
  try {
    const read: unknown = JSON.parse(kept);
    return isDraft(read) ? read : null;
  } catch {
    // What cannot be read is what nobody typed.
    return null;
  }
}

/** What is typed. */
export const draft: Draft = $state(keptDraft() ?? newDraft(screenLanguage(), likelyCountry(navigator.languages)));

/** Keeps the draft as it is now. */
export function keepDraft(): void {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

/** Whether the first start goes on although there is a shop. */
class SettingUp {
  /** The shop is being made, and whoever makes it signed on. */
  opening = $state(false);
  /** What is left to do. */
  left = $state<Left | null>(readLeft());

  /** Notes what is left to do; `null` when all is done. */
  leave(left: Left | null): void {
    this.left = left;
    if (left === null) {
      sessionStorage.removeItem(LEFT_KEY);
      sessionStorage.removeItem(KEY);
    } else sessionStorage.setItem(LEFT_KEY, left);
  }
}

function readLeft(): Left | null {
  const kept = sessionStorage.getItem(LEFT_KEY);
  return kept === "code" || kept === "goods" ? kept : null;
}

/** The first start. */
export const settingUp = new SettingUp();
