//! What a scanner that acts as a keyboard means by a key. Most are set to the American layout whatever layout the computer
//! has, so the place of the key counts and not the letter the system makes of it. Others are set to a layout of their own.

import type { KeyboardLayout } from "../api";

const PLAIN: Record<string, string> = {
  Space: " ",
  Minus: "-",
  Equal: "=",
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  Semicolon: ";",
  Quote: "'",
  Backquote: "`",
  Comma: ",",
  Period: ".",
  Slash: "/",
  NumpadDecimal: ".",
  NumpadAdd: "+",
  NumpadSubtract: "-",
  NumpadMultiply: "*",
  NumpadDivide: "/",
};

const SHIFTED: Record<string, string> = {
  Minus: "_",
  Equal: "+",
  BracketLeft: "{",
  BracketRight: "}",
  Backslash: "|",
  Semicolon: ":",
  Quote: '"',
  Backquote: "~",
  Comma: "<",
  Period: ">",
  Slash: "?",
};

/** The two rows of digits of other layouts, from the key of the 1 to that of the 0, and where other characters are. */
interface Layout {
  digits: string;
  shifted: string;
  places: Record<string, string>;
}

const FRENCH: Layout = {
  digits: "&é\"'(-è_çà",
  shifted: "1234567890",
  places: {
    KeyQ: "aA",
    KeyW: "zZ",
    KeyA: "qQ",
    KeyZ: "wW",
    KeyM: ",?",
    Semicolon: "mM",
    Comma: ";.",
    Period: ":/",
    Slash: "!§",
    Minus: ")°",
    Equal: "=+",
    BracketRight: "$£",
    Quote: "ù%",
    Backslash: "*µ",
    Backquote: "²",
    IntlBackslash: "<>",
  },
};

const GERMAN: Layout = {
  digits: "1234567890",
  shifted: '!"§$%&/()=',
  places: {
    KeyY: "zZ",
    KeyZ: "yY",
    Minus: "ß?",
    BracketLeft: "üÜ",
    BracketRight: "+*",
    Semicolon: "öÖ",
    Quote: "äÄ",
    Backslash: "#'",
    Comma: ",;",
    Period: ".:",
    Slash: "-_",
    Backquote: "^°",
    IntlBackslash: "<>",
  },
};

const SHIFTED_DIGITS = ")!@#$%^&*(";

/** The character at a place of the American layout; `null` for keys that write nothing. Caps lock plays no part. */
export function characterAt(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^(Digit|Numpad)(\d)$/.exec(code);
  if (digit) return shift && digit[1] === "Digit" ? SHIFTED_DIGITS.charAt(Number(digit[2])) : digit[2]!;
  return (shift ? SHIFTED[code] : undefined) ?? PLAIN[code] ?? null;
}

/** A key as far as it says which character is meant. */
export interface Place {
  code: string;
  key: string;
  shift: boolean;
}

function inLayout({ digits, shifted, places }: Layout, { code, shift }: Place): string | null {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  // The 0 stands behind the 9.
  if (digit) return (shift ? shifted : digits).charAt((Number(digit) + 9) % 10);
  const place = places[code];
  if (place === undefined) return characterAt(code, shift);
  return place.charAt(shift ? 1 : 0) || null;
}

/** The character that a scanner of a layout means by a key; `null` for keys that write nothing. */
export function meant(layout: KeyboardLayout, place: Place): string | null {
  switch (layout) {
    case "american":
      return characterAt(place.code, place.shift);
    case "system":
      return [...place.key].length === 1 ? place.key : null;
    case "french":
      return inLayout(FRENCH, place);
    case "german":
      return inLayout(GERMAN, place);
  }
}

/** The layouts a scanner may be set to, the likely ones first. */
const LAYOUTS: readonly KeyboardLayout[] = ["american", "system", "french", "german"];

/** What was learnt of a scanner that acts as a keyboard. */
export interface LearntKeyboard {
  layout: KeyboardLayout;
  prefix: string;
  suffix: string;
}

/**
 * What a scanner means by its keys and what it puts around each code, from codes that are known and the keys it pressed for
 * each; nothing when no layout makes the codes of the keys, or it does not put the same around each.
 */
export function learnKeyboard(known: readonly string[], read: readonly (readonly Place[])[]): LearntKeyboard | null {
  for (const layout of LAYOUTS) {
    const around = known.map((code, index) => {
      const text = (read[index] ?? []).map((place) => meant(layout, place) ?? "").join("");
      const at = text.indexOf(code);
      return at < 0 ? null : { prefix: text.slice(0, at), suffix: text.slice(at + code.length) };
    });
    const first = around[0];
    if (first && around.every((each) => each?.prefix === first.prefix && each.suffix === first.suffix)) {
      return { layout, ...first };
    }
  }
  return null;
}
