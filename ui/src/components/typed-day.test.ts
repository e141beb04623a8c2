//! Days as they are typed, in the order of the till's locale.

import { describe, expect, it } from "vitest";
import {
  beside,
  dayTyped,
  left,
  maskOf,
  NOTHING,
  placeOf,
  press,
  readDay,
  segmentAt,
  step,
  textOf,
  typedDay,
  type Mask,
  type Segment,
  type TypedDay,
} from "./typed-day";

const GB = maskOf("en-GB");
const FR = maskOf("fr-FR");
const US = maskOf("en-US");

/** Types digits from the first segment on, as the field does. */
function type(mask: Mask, digits: string): TypedDay {
  let typed = NOTHING;
  let segment: Segment = mask.order[0];
  let count = 0;
  for (const digit of digits) {
    const pressed = press(typed, segment, count, Number(digit));
    typed = pressed.typed;
    count += 1;
    if (pressed.full) {
      segment = beside(mask, segment, 1) ?? segment;
      count = 0;
    }
  }
  return left(typed);
}

describe("a typed day", () => {
  it("is written in the order of its locale", () => {
    const day = typedDay("2026-04-05");
    expect(textOf(GB, day)).toBe("05/04/2026");
    expect(textOf(FR, day)).toBe("05/04/2026");
    expect(textOf(US, day)).toBe("04/05/2026");
    expect(textOf(maskOf("fr-CH"), day)).toBe("05.04.2026");
    expect(textOf(maskOf("fr-CA"), day)).toBe("2026-04-05");
  });

  it("shows letters of its language where nothing is typed", () => {
    expect(textOf(GB, NOTHING)).toBe("dd/mm/yyyy");
    expect(textOf(FR, NOTHING)).toBe("jj/mm/aaaa");
    expect(textOf(US, { ...NOTHING, day: 3 })).toBe("mm/03/yyyy");
  });

  it("is typed digit by digit without its separators", () => {
    expect(dayTyped(type(GB, "05042026"))).toBe("2026-04-05");
    expect(dayTyped(type(US, "04052026"))).toBe("2026-04-05");
    // A digit that no other can follow is enough.
    expect(dayTyped(type(GB, "542026"))).toBe("2026-04-05");
    // Two digits of a year are one of this century.
    expect(dayTyped(type(GB, "050426"))).toBe("2026-04-05");
    expect(dayTyped({ day: 29, month: 2, year: 24 })).toBe("2024-02-29");
  });

  it("is none while something is missing, or when there is no such day", () => {
    expect(dayTyped(type(GB, "0504"))).toBeNull();
    expect(dayTyped(type(GB, "31042026"))).toBeNull();
    expect(dayTyped(type(GB, "29022026"))).toBeNull();
    expect(dayTyped(type(GB, "29022028"))).toBe("2028-02-29");
    expect(dayTyped(type(GB, "00012026"))).toBeNull();
    expect(dayTyped(type(GB, "39012026"))).toBeNull();
  });

  it("goes up and down within the month, the year, and around their ends", () => {
    const last = typedDay("2026-02-28");
    expect(step(last, "day", 1, "2026-11-20")).toEqual({ ...last, day: 1 });
    expect(step({ ...last, day: 1 }, "day", -1, "2026-11-20")).toEqual(last);
    expect(step(typedDay("2026-12-01"), "month", 1, "2026-11-20").month).toBe(1);
    expect(step(last, "year", -1, "2026-11-20").year).toBe(2025);
    expect(step(NOTHING, "month", 1, "2026-11-20")).toEqual({ ...NOTHING, month: 11 });
  });

  it("knows which number a place of the text belongs to", () => {
    expect([0, 2, 3, 5, 6, 10].map((place) => segmentAt(GB, place))).toEqual([
      "day",
      "day",
      "month",
      "month",
      "year",
      "year",
    ]);
    expect(placeOf(US, "day")).toEqual({ from: 3, to: 5 });
    expect(beside(GB, "year", 1)).toBeNull();
  });

  it("is read back from the text of the field, and from what is pasted", () => {
    for (const mask of [GB, FR, US, maskOf("fr-CA")]) {
      for (const typed of [typedDay("2026-04-05"), NOTHING, { ...NOTHING, month: 4 }]) {
        expect(readDay(mask, textOf(mask, typed))).toEqual(typed);
      }
    }
    expect(dayTyped(readDay(GB, "2026-04-05"))).toBe("2026-04-05");
    expect(dayTyped(left(readDay(GB, " 5.4.26 ")))).toBe("2026-04-05");
    expect(readDay(GB, "tomorrow")).toEqual(NOTHING);
  });
});
