//! A day as it is typed: day, month and year in the order of a locale, each with its digits or the letters that stand for
//! them. Pure; knows no field.

import type { BusinessDay } from "../api";

/** One of the three numbers of a day. */
export type Segment = "day" | "month" | "year";

/** How a locale writes a day in digits. */
export interface Mask {
  /** The segments from the start of the text to its end. */
  order: readonly [Segment, Segment, Segment];
  /** What stands between two of them. */
  separator: string;
  /** What stands where nothing is typed yet, as wide as the digits: `dd`, `mm`, `yyyy`. */
  letters: Readonly<Record<Segment, string>>;
}

/** The numbers typed so far; `null` where nothing is. */
export type TypedDay = Readonly<Record<Segment, number | null>>;

/** What a digit made of a segment, and whether no further digit fits. */
export interface Pressed {
  typed: TypedDay;
  full: boolean;
}

/** A day of which nothing is typed. */
export const NOTHING: TypedDay = { day: null, month: null, year: null };

const WIDTH: Readonly<Record<Segment, number>> = { day: 2, month: 2, year: 4 };
const MOST: Readonly<Record<Segment, number>> = { day: 31, month: 12, year: 9_999 };
/** Two digits of a year are one of this century. */
const CENTURY = 2_000;

function isSegment(type: string): type is Segment {
  return type === "day" || type === "month" || type === "year";
}

/** How days are written in a locale. Their letters are the first ones of the words for day, month and year there. */
export function maskOf(locale: string): Mask {
  const format = new Intl.DateTimeFormat(locale, {
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = format.formatToParts(0);
  const [first = "day", second = "month", third = "year"] = parts.map((part) => part.type).filter(isSegment);
  const separator = parts.find((part) => part.type === "literal")?.value.trim() ?? "";
  const names = new Intl.DisplayNames(locale, { type: "dateTimeField" });
  const letters = (segment: Segment) => ([...(names.of(segment) ?? segment)][0] ?? "").repeat(WIDTH[segment]);
  return {
    order: [first, second, third],
    separator: separator === "" ? "/" : separator,
    letters: { day: letters("day"), month: letters("month"), year: letters("year") },
  };
}

/** The text a field shows. */
export function textOf(mask: Mask, typed: TypedDay): string {
  const written = mask.order.map((segment) => {
    const value = typed[segment];
    return value === null ? mask.letters[segment] : String(value).padStart(WIDTH[segment], "0");
  });
  return written.join(mask.separator);
}

/** Where a segment stands in the text. */
export function placeOf(mask: Mask, segment: Segment): { from: number; to: number } {
  const before = mask.order.slice(0, mask.order.indexOf(segment));
  const from = before.reduce((sum, each) => sum + WIDTH[each] + mask.separator.length, 0);
  return { from, to: from + WIDTH[segment] };
}

/** The segment a place of the text is in, or just behind. */
export function segmentAt(mask: Mask, place: number): Segment {
  return mask.order.find((segment) => place <= placeOf(mask, segment).to) ?? mask.order[2];
}

/** The segment beside another; none beyond the ends. */
export function beside(mask: Mask, segment: Segment, by: 1 | -1): Segment | null {
  return mask.order[mask.order.indexOf(segment) + by] ?? null;
}

/**
 * A digit more in a segment, after `count` others. Keeps what is typed although it is no day: it is seen, and told to be
 * wrong.
 */
export function press(typed: TypedDay, segment: Segment, count: number, digit: number): Pressed {
  const value = (count === 0 ? 0 : (typed[segment] ?? 0)) * 10 + digit;
  const full = count + 1 >= WIDTH[segment] || value * 10 > MOST[segment];
  return { typed: { ...typed, [segment]: value }, full };
}

/** What is typed when its segment is left: two digits of a year become four. */
export function left(typed: TypedDay): TypedDay {
  const { year } = typed;
  return year !== null && year < 100 ? { ...typed, year: CENTURY + year } : typed;
}

/** One more or one less of a segment, around its ends; an empty one begins with today's. */
export function step(typed: TypedDay, segment: Segment, by: 1 | -1, today: BusinessDay): TypedDay {
  const value = typed[segment];
  if (value === null) return { ...typed, [segment]: typedDay(today)[segment] };
  const most = segment === "day" ? daysOf(typed) : MOST[segment];
  const next = value + by;
  return { ...typed, [segment]: next < 1 ? most : next > most ? 1 : next };
}

/** The days of the month that is typed; the most there are while none is. */
function daysOf({ month, year }: TypedDay): number {
  if (month === null || month < 1 || month > MOST.month) return MOST.day;
  // The day before the first of the next month; a leap year while no year is typed.
  return new Date(Date.UTC(year ?? CENTURY, month, 0)).getUTCDate();
}

/** The day that is typed; `null` while something is missing, or when there is no such day. */
export function dayTyped(typed: TypedDay): BusinessDay | null {
  const whole = left(typed);
  const { day, month, year } = whole;
  if (day === null || month === null || year === null) return null;
  const exists = year >= 1_000 && month >= 1 && month <= MOST.month && day >= 1 && day <= daysOf(whole);
  return exists ? [year, month, day].map((part) => String(part).padStart(2, "0")).join("-") : null;
}

/** A day as numbers; nothing for an empty text. */
export function typedDay(day: BusinessDay): TypedDay {
  const [year, month, date] = day.split("-").map(Number);
  return year && month && date ? { day: date, month, year } : NOTHING;
}

/** Reads a text of a field back, or one that was pasted: three numbers in the order of the mask, or a year first. */
export function readDay(mask: Mask, text: string): TypedDay {
  const parts = text.trim().split(/[^\p{L}\p{N}]+/u);
  if (parts.length !== 3) return NOTHING;
  const order = /^\d{4}$/.test(parts[0]!) ? (["year", "month", "day"] as const) : mask.order;
  const numbers = order.map((segment, index) => {
    const part = parts[index]!;
    return [segment, /^\d{1,4}$/.test(part) ? Number(part) : null];
  });
  return { ...NOTHING, ...Object.fromEntries(numbers) };
}

/** Whether nothing is typed. */
export function isEmpty(typed: TypedDay): boolean {
  return typed.day === null && typed.month === null && typed.year === null;
}
