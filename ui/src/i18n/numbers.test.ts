//! Amounts are written exactly, whatever their size and currency.

import { afterEach, expect, it } from "vitest";
import {
  decimalText,
  money,
  plainAmount,
  plainPrice,
  price,
  priceFor,
  quantity,
  rate,
  writeAs,
} from "./numbers.svelte";
import { speak } from "./text.svelte";
import { formAmount } from "./typed";

afterEach(() => {
  speak("en");
  writeAs("EUR", 2);
});

it("moves the point without a float", () => {
  expect(decimalText(5, 2)).toBe("0.05");
  expect(decimalText(-5, 2)).toBe("-0.05");
  expect(decimalText(9_007_199_254_740_991, 2)).toBe("90071992547409.91");
  expect(decimalText(500, 0)).toBe("500");
});

it("writes money, prices, quantities and rates as the shop does", async () => {
  writeAs("GBP", 2);
  expect(money({ amount: 123_456, currency: "GBP" })).toBe("£1,234.56");
  expect(price(2_553_000)).toBe("£2.553");
  expect(priceFor(1_500_000, "kilogram")).toBe("£1.50 / kg");
  expect(plainPrice(1_500_000)).toBe("1.50");
  expect(quantity(1_250)).toBe("1.25");
  expect(rate(55_000)).toBe("5.5 %");
  writeAs("JPY", 0);
  expect(money({ amount: 500, currency: "JPY" })).toBe("¥500");
  await speak("fr");
  writeAs("TND", 3);
  expect(money({ amount: 1_500, currency: "TND" }).replace(/\s/g, " ")).toBe("1,500 TND");
});

it("fills fields with what is read back as the same amount", async () => {
  expect(plainAmount(123_456)).toBe("1234.56");
  await speak("fr");
  writeAs("EUR", 2);
  expect(plainAmount(123_456)).toBe("1234,56");
  expect(formAmount(plainAmount(123_456), 2)).toBe(123_456);
  writeAs("JPY", 0);
  expect(plainAmount(500)).toBe("500");
});
