//! Countries and their rates.

import { describe, expect, it } from "vitest";
import { currencyOptions } from "../../i18n/currencies";
import { COUNTRIES, countryOf, countryOptions, likelyCountry } from "./countries";

describe("countries", () => {
  it("have rates in parts per million, none twice, and a currency the till knows", () => {
    expect(countryOf("FR")?.rates).toEqual([200_000, 55_000, 100_000, 21_000]);
    expect(countryOf("CH")?.rates).toEqual([81_000, 26_000, 38_000]);
    const known = new Set(currencyOptions().map(({ value }) => value));
    for (const { code, currency, rates } of COUNTRIES) {
      expect(new Set(rates).size, code).toBe(rates.length);
      expect(
        rates.every((rate) => Number.isInteger(rate) && rate > 0 && rate <= 300_000),
        code,
      ).toBe(true);
      expect(known.has(currency), `${code} ${currency}`).toBe(true);
    }
  });

  it("stand once in the list, and none is offered of which nothing is known", () => {
    const codes = countryOptions().map(({ value }) => value);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.toSorted()).toEqual(COUNTRIES.map(({ code }) => code).toSorted());
    expect(countryOf("US")).toEqual({ code: "US", currency: "USD", mode: "added", rates: [] });
  });

  it("are guessed from the system's settings", () => {
    expect(likelyCountry(["de-AT", "en"])).toBe("AT");
    expect(likelyCountry(["fr", "sr-Latn-RS", "fr-CH"])).toBe("CH");
    expect(likelyCountry(["eo"])).toBe("GB");
  });
});
