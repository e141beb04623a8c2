//! Codes that a scanner is learnt from.

/** Unlike each other from the first to the last letter, what no shop sells, and other characters on every keyboard. */
export const KNOWN: readonly string[] = ["TILL-4815", "ready-2016-Q"];
