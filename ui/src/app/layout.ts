//! What a scanner that acts as a keyboard means by a key. Scanners are set to the American layout whatever layout the
//! computer has, so the place of the key counts and not the letter the system makes of it.

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

const SHIFTED_DIGITS = ")!@#$%^&*(";

/** The character at a place of the American layout; `null` for keys that write nothing. Caps lock plays no part. */
export function characterAt(code: string, shift: boolean): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  const digit = /^(Digit|Numpad)(\d)$/.exec(code);
  if (digit) return shift && digit[1] === "Digit" ? SHIFTED_DIGITS.charAt(Number(digit[2])) : digit[2]!;
  return (shift ? SHIFTED[code] : undefined) ?? PLAIN[code] ?? null;
}
