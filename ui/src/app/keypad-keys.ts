//! The keys of the keyboard that stand for keys of the keypad.

/** The key of the keypad a key of the keyboard stands for; `null` when none. */
export function keypadKey(key: string): string | null {
  if (/^\d$/.test(key)) return key;
  if (key === "." || key === "," || key === "Decimal") return "separator";
  if (key === "Backspace") return "back";
  if (key === "Escape" || key === "Clear") return "clear";
  if (key === "Enter") return "enter";
  if (key === "*" || key === "×") return "times";
  return null;
}
