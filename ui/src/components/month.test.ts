//! Months on a calendar.

import { expect, it } from "vitest";
import { daysOf, emptyPlaces, firstWeekday, later, monthOf } from "./month";

it("begins its weeks as the land does", () => {
  expect(firstWeekday("en-US")).toBe(7);
  expect(firstWeekday("fr-CA")).toBe(7);
  expect(firstWeekday("en-GB")).toBe(1);
  expect(firstWeekday("fr-CH")).toBe(1);
});

it("puts the first of a month under its weekday", () => {
  // 1 November 2026 is a Sunday, 1 June 2026 a Monday.
  expect(emptyPlaces({ year: 2026, month: 11 }, 1)).toBe(6);
  expect(emptyPlaces({ year: 2026, month: 11 }, 7)).toBe(0);
  expect(emptyPlaces({ year: 2026, month: 6 }, 1)).toBe(0);
  expect(emptyPlaces({ year: 2026, month: 6 }, 7)).toBe(1);
});

it("has all its days", () => {
  expect(daysOf({ year: 2028, month: 2 })).toHaveLength(29);
  expect(daysOf({ year: 2026, month: 2 }).at(-1)).toBe("2026-02-28");
  expect(daysOf({ year: 2026, month: 12 })[8]).toBe("2026-12-09");
});

it("goes over the end of a year", () => {
  expect(later(monthOf("2026-12-31"), 1)).toEqual({ year: 2027, month: 1 });
  expect(later(monthOf("2026-01-01"), -1)).toEqual({ year: 2025, month: 12 });
});
