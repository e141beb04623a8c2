//! The keys of the on-screen keyboard.

import { expect, it } from "vitest";
import { heldBehind, rowsOf, shifted, type Letters } from "./letters";

const all = (letters: Letters) =>
  (["letters", "accents", "signs"] as const).flatMap((layer) => rowsOf(letters, layer).flat());

it("has every letter of each language once", () => {
  const english = rowsOf("en", "letters").flat();
  expect(english.toSorted().join("")).toBe("abcdefghijklmnopqrstuvwxyz");
  for (const letters of ["en", "fr", "ar"] as const) {
    for (const layer of ["letters", "accents", "signs"] as const) {
      const keys = rowsOf(letters, layer).flat();
      expect(new Set(keys).size, `${letters} ${layer}`).toBe(keys.length);
    }
  }
  for (const letter of "éèêëàâçîïôöœûüùÿæ") expect(all("fr")).toContain(letter);
  for (const letter of "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى") expect(all("ar")).toContain(letter);
});

it("has as many keys in a row as a finger has room for", () => {
  for (const letters of ["en", "fr", "ar"] as const) {
    for (const layer of ["letters", "accents", "signs"] as const) {
      for (const row of rowsOf(letters, layer)) expect(row.length).toBeLessThanOrEqual(11);
    }
  }
});

it("reaches what is held behind a letter without holding too", () => {
  for (const key of rowsOf("fr", "letters").flat()) {
    for (const held of heldBehind(key)) if (/\p{L}/u.test(held)) expect(all("fr").concat(all("en"))).toContain(held);
  }
});

it("writes capitals where there are any", () => {
  expect(shifted("é", true)).toBe("É");
  expect(shifted("ß", true)).toBe("ß");
  expect(shifted("œ", true)).toBe("Œ");
  expect(shifted("a", false)).toBe("a");
  expect(shifted("ش", true)).toBe("ش");
});
