import { expect, test } from "vitest";
import { daysOf, plusDays } from "./periods";

test("periods begin where a shop begins them, over the ends of months and years", () => {
  const of = (period: Parameters<typeof daysOf>[0], today: string) => Object.values(daysOf(period, today)).join(" ");
  // A Thursday.
  expect(of("today", "2026-03-05")).toBe("2026-03-05 2026-03-05");
  expect(of("yesterday", "2026-03-01")).toBe("2026-02-28 2026-02-28");
  expect(of("week", "2026-03-05")).toBe("2026-03-02 2026-03-05");
  expect(of("week", "2026-03-02")).toBe("2026-03-02 2026-03-02");
  expect(of("week", "2026-03-01")).toBe("2026-02-23 2026-03-01");
  expect(of("last-week", "2026-01-01")).toBe("2025-12-22 2025-12-28");
  expect(of("month", "2026-03-05")).toBe("2026-03-01 2026-03-05");
  expect(of("last-month", "2024-03-31")).toBe("2024-02-01 2024-02-29");
  expect(of("last-month", "2026-01-15")).toBe("2025-12-01 2025-12-31");
  expect(of("year", "2026-03-05")).toBe("2026-01-01 2026-03-05");
  expect(of("last-year", "2026-03-05")).toBe("2025-01-01 2025-12-31");
});

test("days are counted without hours that a summer takes or gives", () => {
  expect(plusDays("2026-03-29", 1)).toBe("2026-03-30");
  expect(plusDays("2026-10-25", -1)).toBe("2026-10-24");
});
