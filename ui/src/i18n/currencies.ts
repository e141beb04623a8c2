//! Currencies with the names people know them by.

import { locale } from "./numbers.svelte";
import { screenLanguage } from "./text.svelte";

/** Stand first: those of the shops that are most likely to read this language. */
const FIRST = {
  en: ["EUR", "GBP", "USD", "CAD", "AUD"],
  fr: ["EUR", "CHF", "CAD", "XOF", "XAF", "TND", "MAD", "DZD"],
} as const;

/** Currencies a shop can be run in, by code: those the till knows the decimals of. */
const CODES = [
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD",
  "CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF",
  "GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK",
  "LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD",
  "OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN",
  "SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF",
  "XPF YER ZAR ZMW ZWG",
].flatMap((line) => line.split(" "));

/** Currencies to pick from. */
export function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: "currency" });
  const first: readonly string[] = FIRST[screenLanguage()];
  const name = (code: string) => names.of(code) ?? code;
  const rest = CODES.filter((code) => !first.includes(code)).sort((a, b) => name(a).localeCompare(name(b), locale()));
  return [...first, ...rest].map((code) => ({ value: code, label: `${code} · ${name(code)}` }));
}
