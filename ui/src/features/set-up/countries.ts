//! Countries with what a shop there begins with: its currency, whether its prices hold the tax, and its usual tax rates.
//!
//! Rates: those of the mainland, without the ones of single regions, as "eu-vat-rates-data" gives them (version
//! 2026-03-27, github.com/vatnode/eu-vat-rates-data, made from the European Commission's "Taxes in Europe" database).
//! Where none was read, none is offered: the owner types it.

import type { TaxMode } from "../../api";
import { locale } from "../../i18n/numbers.svelte";
import { screenLanguage } from "../../i18n/text.svelte";

/** What a shop in a country begins with. */
export interface Country {
  /** ISO 3166-1. */
  code: string;
  /** ISO 4217. */
  currency: string;
  mode: TaxMode;
  /** Parts per million, the usual one first. */
  rates: readonly number[];
}

/** Country, currency, rates in per cent; `+` where tax is added to the prices. */
const LINES = [
  "AT EUR 20 10 13",
  "BE EUR 21 6 12",
  "BG EUR 20 9",
  "CH CHF 8.1 2.6 3.8",
  "CY EUR 19 3 5 9",
  "CZ CZK 21 12",
  "DE EUR 19 7",
  "DK DKK 25",
  "EE EUR 24 9 13",
  "ES EUR 21 4 10",
  "FI EUR 25.5 10 13.5",
  "FR EUR 20 5.5 10 2.1",
  "GB GBP 20 5",
  "GR EUR 24 6 13",
  "HR EUR 25 5 13",
  "HU HUF 27 5 18",
  "IE EUR 23 9 13.5",
  "IS ISK 24 11",
  "IT EUR 22 4 5 10",
  "LI CHF 8.1 2.6 3.8",
  "LT EUR 21 5 12",
  "LU EUR 17 3 8 14",
  "LV EUR 21 5 12",
  "MC EUR 20 5.5 10 2.1",
  "MT EUR 18 5 7",
  "NL EUR 21 9",
  "NO NOK 25 12 15",
  "PL PLN 23 5 8",
  "PT EUR 23 6 13",
  "RO RON 21 11",
  "SE SEK 25 6 12",
  "SI EUR 22 5 9.5",
  "SK EUR 23 5 19",
  "AE AED",
  "AU AUD",
  "BF XOF",
  "BJ XOF",
  "CA CAD +",
  "CI XOF",
  "CM XAF",
  "DZ DZD",
  "GA XAF",
  "IN INR",
  "JP JPY",
  "KW KWD",
  "MA MAD",
  "MG MGA",
  "ML XOF",
  "NZ NZD",
  "SA SAR",
  "SG SGD",
  "SN XOF",
  "TG XOF",
  "TN TND",
  "US USD +",
  "ZA ZAR",
];

/** Stand first: where most shops are that read this language. */
const FIRST = {
  en: ["GB", "IE", "US", "CA", "AU"],
  fr: ["FR", "BE", "CH", "LU", "CA"],
} as const;

/** A rate written in per cent, with a point, as parts per million. */
function ppm(percent: string): number {
  const [whole = "", decimals = ""] = percent.split(".");
  return Number(whole + decimals.padEnd(4, "0"));
}

function read(line: string): Country {
  const [code = "", currency = "", ...rest] = line.split(" ");
  const rates = rest.filter((word) => word !== "+").map(ppm);
  return { code, currency, mode: rest.includes("+") ? "added" : "included", rates };
}

/** The countries that are offered. */
export const COUNTRIES: readonly Country[] = LINES.map(read);

/** A country by its code; `null` for one that is not offered. */
export function countryOf(code: string): Country | null {
  return COUNTRIES.find((country) => country.code === code) ?? null;
}

/** The country a shop is likely in: that of the system's settings, or the first that reads the language. */
export function likelyCountry(settings: readonly string[]): string {
  for (const each of settings) {
    const region = each.split("-").find((part) => /^[A-Z]{2}$/.test(part));
    if (region !== undefined && countryOf(region)) return region;
  }
  return FIRST[screenLanguage()][0];
}

/** Countries to pick from, by their names. */
export function countryOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: "region" });
  const first: readonly string[] = FIRST[screenLanguage()];
  const name = (code: string) => names.of(code) ?? code;
  const rest = COUNTRIES.map(({ code }) => code).filter((code) => !first.includes(code));
  rest.sort((a, b) => name(a).localeCompare(name(b), locale()));
  return [...first, ...rest].map((code) => ({ value: code, label: name(code) }));
}
