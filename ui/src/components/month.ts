//! The days of a month as they stand on a calendar. Pure.

import type { BusinessDay } from "../api";

/** A month of a year: 1 is January. */
export interface Month {
  year: number;
  month: number;
}

/** Days of a week by number: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Lands whose calendars begin on Sunday, of those whose locales the screens know (CLDR, `weekData`). */
const SUNDAY_FIRST = new Set(["US", "CA", "IN"]);

/** The day a week begins with where a locale is spoken. */
export function firstWeekday(locale: string): Weekday {
  return SUNDAY_FIRST.has(new Intl.Locale(locale).region ?? "") ? 7 : 1;
}

/** The month a day is in. */
export function monthOf(day: BusinessDay): Month {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return { year, month };
}

/** A month so many months later, or earlier. */
export function later({ year, month }: Month, by: number): Month {
  const index = year * 12 + month - 1 + by;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** How many places of the first week stand empty before the first of the month. */
export function emptyPlaces({ year, month }: Month, first: Weekday): number {
  const weekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return (weekday - (first % 7) + 7) % 7;
}

/** The days of a month, in order. */
export function daysOf({ year, month }: Month): BusinessDay[] {
  // The day before the first of the next month.
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const pad = (value: number) => String(value).padStart(2, "0");
  return Array.from({ length: count }, (_, index) => `${year}-${pad(month)}-${pad(index + 1)}`);
}
