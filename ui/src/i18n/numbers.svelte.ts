//! Numbers as the shop writes them. Amounts come as integers with their decimals told; they are shown, never computed.

import type { BusinessDay, Money, Price, Quantity, TaxRate, Timestamp, Unit } from "../api";
import { screenLanguage, t } from "./text.svelte";

interface Style {
  currency: string;
  decimals: number;
}

let style = $state.raw<Style>({ currency: "EUR", decimals: 2 });

/** Where a language is written differently in the land of a currency. */
const LOCALES: Record<string, Record<string, string>> = {
  en: { USD: "en-US", CAD: "en-CA", AUD: "en-AU", NZD: "en-NZ", INR: "en-IN" },
  fr: { CHF: "fr-CH", CAD: "fr-CA" },
};

/** Writes money as the shop does. */
export function writeAs(currency: string, decimals: number): void {
  style = { currency, decimals };
}

/** The locale numbers and dates are written in: of the screen's language, in the land of the shop's currency. It is always
 * told: the system's may be `C`. */
export function locale(): string {
  const language = screenLanguage();
  return LOCALES[language]?.[style.currency] ?? (language === "fr" ? "fr-FR" : "en-GB");
}

/** The decimals of the shop's currency. */
export function currencyDecimals(): number {
  return style.decimals;
}

/** What stands between whole and decimals. */
export function decimalSeparator(): string {
  const parts = numberFormat({}).formatToParts(1.5);
  return parts.find((part) => part.type === "decimal")?.value ?? ".";
}

/** An integer with its point moved `places` to the left, as decimal text; exact, whatever its size. */
export function decimalText(value: number, places: number): string {
  const digits = Math.abs(value)
    .toString()
    .padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const sign = value < 0 ? "-" : "";
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - places)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale() + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(), options);
    formats.set(key, format);
  }
  return format;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** A way of writing dates. Making one costs a hundred times what writing with it does. It keeps the zone the clock had then:
 * when somebody sets another, another is made. */
function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + new Date().getTimezoneOffset() + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale(), options);
    dateFormats.set(key, format);
  }
  return format;
}

function write(text: string, options: Intl.NumberFormatOptions): string {
  return numberFormat(options).format(text as Intl.StringNumericLiteral);
}

/** Money with its currency. */
export function money(value: Money): string {
  return write(decimalText(value.amount, style.decimals), {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: style.decimals,
    maximumFractionDigits: style.decimals,
  });
}

/** Money without decimals, for the marks of a scale. */
export function wholeMoney(value: Money): string {
  return write(decimalText(value.amount, style.decimals), {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 0,
    maximumFractionDigits: Number.isInteger(value.amount / 10 ** style.decimals) ? 0 : style.decimals,
  });
}

/** Money without its currency, for columns that name it once. */
export function amount(value: Money): string {
  return write(decimalText(value.amount, style.decimals), {
    minimumFractionDigits: style.decimals,
    maximumFractionDigits: style.decimals,
  });
}

/** An amount in minor units as it stands in a field: what a person could have typed. */
export function plainAmount(minor: number): string {
  return write(decimalText(minor, style.decimals), {
    useGrouping: false,
    minimumFractionDigits: style.decimals,
    maximumFractionDigits: style.decimals,
  });
}

/** An amount in minor units that was typed, with the shop's currency. */
export function typedMoney(minor: number): string {
  return money({ amount: minor, currency: style.currency });
}

const MINUTE_MS = 60_000;
const PRICE_PLACES = 6;

/** A price per unit with its currency; shows more decimals than the currency has only where it has them. */
export function price(value: Price): string {
  return write(decimalText(value, PRICE_PLACES), {
    style: "currency",
    currency: style.currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: style.decimals,
    maximumFractionDigits: PRICE_PLACES,
  });
}

/** A price per unit as it can be typed, without its currency. */
export function plainPrice(value: Price): string {
  return write(decimalText(value, PRICE_PLACES), {
    useGrouping: false,
    minimumFractionDigits: style.decimals,
    maximumFractionDigits: PRICE_PLACES,
  });
}

/** A quantity without its unit. */
export function quantity(value: Quantity): string {
  return write(decimalText(value, 3), { maximumFractionDigits: 3 });
}

/** A quantity as it can be typed, without its unit. */
export function plainQuantity(value: Quantity): string {
  return write(decimalText(value, 3), { useGrouping: false, maximumFractionDigits: 3 });
}

/** The sign of a unit; nothing for pieces. */
export function unitSign(unit: Unit): string {
  const signs = { each: "", kilogram: "kg", litre: "L", metre: "m" } as const;
  return signs[unit];
}

/** A price with what it is for. */
export function priceFor(value: Price, unit: Unit): string {
  return unit === "each" ? price(value) : t("price-for", { price: price(value), unit: unitSign(unit) });
}

/** A tax rate. */
export function rate(value: TaxRate): string {
  // Parts per million with the point moved to per cent.
  return `${write(decimalText(value, 4), { maximumFractionDigits: 4 })} %`;
}

/** A tax rate as it can be typed, in per cent. */
export function plainRate(value: TaxRate): string {
  return write(decimalText(value, 4), { useGrouping: false, maximumFractionDigits: 4 });
}

/** By how much something is more or less, in parts per million of what it was; to a tenth of a per cent. */
export function change(ppm: number): string {
  return write(decimalText(ppm, 6), {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  });
}

/** An hour of the day, by its beginning. */
export function hour(value: number): string {
  const at = new Date(Date.UTC(2000, 0, 1, value));
  return dateFormat({ hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(at);
}

/** A count. */
export function count(value: number): string {
  return numberFormat({}).format(value);
}

const BYTE_UNITS = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** How large a file is, or how much room there is. */
export function bytes(value: number): string {
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(value, 1)) / 3), 1), BYTE_UNITS.length);
  const unit = BYTE_UNITS[power - 1]!;
  return numberFormat({ style: "unit", unit, maximumSignificantDigits: 3 }).format(value / 1000 ** power);
}

/** A decimal number that comes as text, as the shop writes it. */
export function decimal(text: string): string {
  return write(text, { maximumFractionDigits: PRICE_PLACES });
}

/** The time of day. */
export function timeOfDay(at: Timestamp): string {
  return dateFormat({ timeStyle: "short" }).format(at);
}

/** A date with the time of day. */
export function dateTime(at: Timestamp): string {
  return dateFormat({ dateStyle: "medium", timeStyle: "short" }).format(at);
}

/** The long date of a moment. */
export function longDate(at: Timestamp): string {
  return dateFormat({ weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** The time of day with its seconds where a clock stood `zone` minutes east of UTC. */
export function exactTime(at: Timestamp, zone: number): string {
  return dateFormat({ timeStyle: "medium", timeZone: "UTC" }).format(at + zone * MINUTE_MS);
}

/** The long day, with its year, of a moment where a clock stood `zone` minutes east of UTC. */
export function longDay(at: Timestamp, zone: number): string {
  return dateFormat({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(at + zone * MINUTE_MS);
}

/** A business day. */
export function day(value: BusinessDay): string {
  return dateFormat({ dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${value}T00:00:00Z`));
}

/** A business day by its day and month. */
export function dayOfMonth(value: BusinessDay): string {
  const form = { day: "numeric", month: "short", timeZone: "UTC" } as const;
  return dateFormat(form).format(new Date(`${value}T00:00:00Z`));
}

/** A business day with its day of the week, without its year. */
export function shortDay(value: BusinessDay): string {
  const form = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
  return dateFormat(form).format(new Date(`${value}T00:00:00Z`));
}

/** The day of the week of a business day. */
export function weekdayOf(value: BusinessDay): string {
  const form = { weekday: "long", timeZone: "UTC" } as const;
  return dateFormat(form).format(new Date(`${value}T00:00:00Z`));
}

/** The business day of a moment by this till's clock, as it stands in requests. */
export function dayOf(at: Date): BusinessDay {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
}
