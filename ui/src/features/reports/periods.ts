//! The periods reports are asked for, counted from the business day it is.

import type { BusinessDay } from "../../api";

/** A period by name; `days` are picked by hand. */
export const PERIODS = [
  "today",
  "yesterday",
  "week",
  "last-week",
  "month",
  "last-month",
  "year",
  "last-year",
  "days",
] as const;

/** A period. */
export type Period = (typeof PERIODS)[number];

/** Days, both included. */
export interface Days {
  from: BusinessDay;
  to: BusinessDay;
}

const at = (day: BusinessDay) => new Date(`${day}T00:00:00Z`);
const written = (date: Date): BusinessDay => date.toISOString().slice(0, 10);

/** The day so many days later. */
export function plusDays(day: BusinessDay, days: number): BusinessDay {
  const date = at(day);
  date.setUTCDate(date.getUTCDate() + days);
  return written(date);
}

/** The first day of the month so many months later. */
function month(day: BusinessDay, later: number): BusinessDay {
  const date = at(day);
  return written(new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)));
}

/** The days of a period; weeks begin on Monday (ISO 8601). What is under way ends today. */
export function daysOf(period: Exclude<Period, "days">, today: BusinessDay): Days {
  const monday = plusDays(today, -((at(today).getUTCDay() + 6) % 7));
  const year = at(today).getUTCFullYear();
  switch (period) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: plusDays(today, -1), to: plusDays(today, -1) };
    case "week":
      return { from: monday, to: today };
    case "last-week":
      return { from: plusDays(monday, -7), to: plusDays(monday, -1) };
    case "month":
      return { from: month(today, 0), to: today };
    case "last-month":
      return { from: month(today, -1), to: plusDays(month(today, 0), -1) };
    case "year":
      return { from: `${year}-01-01`, to: today };
    case "last-year":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  }
}
