//! What stands on the keys of the on-screen keyboard: letters as people who type a language expect them, what is held
//! behind a letter, and the signs. Pure.

/** A language whose letters can be typed. */
export type Letters = "en" | "fr" | "ar";

/** What the keys show. */
export type Layer = "letters" | "accents" | "signs" | "numbers";

const LETTERS: Record<Letters, readonly string[]> = {
  en: ["qwertyuiop", "asdfghjkl", "zxcvbnm"],
  fr: ["azertyuiop", "qsdfghjklm", "wxcvbn’"],
  ar: ["ضصثقفغعهخحج", "شسيبلاتنمكط", "ئءؤرىةوزظدذ"],
};

const ACCENTS: Record<Letters, readonly string[]> = {
  en: ["éèêëàâäáãå", "îïíìçñôöóõ", "ûüúùÿýœæøß"],
  fr: ["éèêëàâäçæ", "îïôöœûüùÿ", "ñáíóúãõøß"],
  ar: ["أإآٱةىئؤء", "پچژگڤکیھے", "ًٌٍَُِّْـ"],
};

const SIGNS: readonly string[] = ["1234567890", "-/:;()&@€£", "'\"!?%+=#*_"];

/** A field for a number needs no more. */
const NUMBERS: readonly string[] = ["789-", "456%", "123/", ".0,:"];

/** Letters behind a letter, the likeliest first. */
const HELD: Record<string, string> = {
  a: "àâäáæãå",
  c: "ç",
  e: "éèêë",
  i: "îïíì",
  n: "ñ",
  o: "ôöóœõø",
  s: "ß",
  u: "ûüúù",
  y: "ÿý",
  "’": "'\"«»",
  ا: "أإآٱ",
  ه: "ة",
  ي: "ىئ",
  و: "ؤ",
  ك: "گ",
};

/** The rows of keys. */
export function rowsOf(letters: Letters, layer: Layer): readonly (readonly string[])[] {
  const rows = { letters: LETTERS[letters], accents: ACCENTS[letters], signs: SIGNS, numbers: NUMBERS }[layer];
  return rows.map((row) => [...row]);
}

/** What is held behind a key. */
export function heldBehind(key: string): readonly string[] {
  return [...(HELD[key] ?? "")];
}

/** A key as it is written with shift held: ß has no capital that a shop would print. */
export function shifted(key: string, shift: boolean): string {
  if (!shift) return key;
  const upper = key.toLocaleUpperCase("fr");
  return [...upper].length === 1 ? upper : key;
}
