//! Typed numbers become exact integers.

import { describe, expect, it } from "vitest";
import { formPrice, typedMinor, typedPrice, typedQuantity, typedRate, typedPart } from "./typed";

describe("what a person typed", () => {
  it("is minor units without a separator and major ones with it", () => {
    expect(typedMinor("1000", 2)).toBe(1000);
    expect(typedMinor("10.5", 2)).toBe(1050);
    expect(typedMinor("10,50", 2)).toBe(1050);
    expect(typedMinor("1500", 3)).toBe(1500);
    expect(typedMinor("1.5", 3)).toBe(1500);
    expect(typedMinor("500", 0)).toBe(500);
  });

  it("is refused when it cannot be said exactly", () => {
    expect(typedMinor("1.005", 2)).toBeNull();
    expect(typedMinor("1.5", 0)).toBeNull();
    expect(typedMinor("", 2)).toBeNull();
    expect(typedMinor(".", 2)).toBeNull();
    expect(typedMinor("1.2.3", 2)).toBeNull();
    expect(typedMinor("99999999999999999999", 2)).toBeNull();
  });

  it("makes prices in millionths, also where floats would not", () => {
    expect(typedPrice("450", 2)).toBe(4_500_000);
    expect(typedPrice("4.5", 2)).toBe(4_500_000);
    expect(typedPrice("500", 0)).toBe(500_000_000);
    expect(typedPrice("1500", 3)).toBe(1_500_000);
    expect(formPrice("1.1")).toBe(1_100_000);
    expect(formPrice("0,000001")).toBe(1);
    expect(formPrice("3")).toBe(3_000_000);
  });

  it("makes quantities in thousandths and rates in parts per million", () => {
    expect(typedQuantity("6")).toBe(6_000);
    expect(typedQuantity("1.25")).toBe(1_250);
    expect(typedQuantity("0")).toBeNull();
    expect(typedRate("20")).toBe(200_000);
    expect(typedRate("5,5")).toBe(55_000);
    expect(typedRate("101")).toBeNull();
    expect(typedPart("5")).toBe(50_000);
    expect(typedPart("+2,5 %")).toBe(25_000);
    expect(typedPart("-10")).toBe(-100_000);
    expect(typedPart("−100")).toBe(-1_000_000);
    for (const wrong of ["", "-", "0", "ten", "-101", "1001"]) expect(typedPart(wrong)).toBeNull();
  });
});
