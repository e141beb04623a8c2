//! The entry buffer: digits first, then the key that says what they are. One buffer for the keyboard and the keypad.

/** Characters at most: the longest trade number with room to spare. */
const LONGEST = 20;

/** The buffer after a key of the keypad: digits, `separator`, `back` or `clear`. */
export function pressEntry(text: string, key: string): string {
  if (/^\d+$/.test(key)) return (text + key).slice(0, LONGEST);
  if (key === "separator") return text.includes(".") ? text : `${text === "" ? "0" : text}.`;
  if (key === "back") return text.slice(0, -1);
  if (key === "clear") return "";
  return text;
}
