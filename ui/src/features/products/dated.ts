//! Things that hold from a day on: prices and rates. A new value begins today; the past is left as it was.

import type { BusinessDay } from "../../api";

/** What holds on a day: the latest that has begun; `null` when nothing has. */
export function holding<T extends { from: BusinessDay }>(all: readonly T[], on: BusinessDay): T | null {
  const begun = all.filter((each) => each.from <= on);
  return begun.reduce<T | null>((last, each) => (last === null || each.from >= last.from ? each : last), null);
}

/** All of them with one more, which takes the place of what begins on the same day. */
export function beginning<T extends { from: BusinessDay }>(all: readonly T[], one: T): T[] {
  return [...all.filter((each) => each.from !== one.from), one].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** What has not begun yet, the next first. */
export function coming<T extends { from: BusinessDay }>(all: readonly T[], on: BusinessDay): T[] {
  return all.filter((each) => each.from > on).sort((a, b) => (a.from < b.from ? -1 : 1));
}
