//! What a person typed, as integers: minor units, millionths, thousandths. Done on the digits, never with fractions.

/** Digits before and after the separator. */
const NUMBER = /^(\d*)(?:[.,](\d*))?$/;

/** Reads digits with at most `places` decimals as an integer of that many places; `null` when it is no such number. */
function scaled(text: string, places: number): number | null {
  const match = NUMBER.exec(text.replace(/[\s\u00a0\u202f]/g, ""));
  const [whole = "", decimals = ""] = match?.slice(1) ?? [];
  if (!match || whole + decimals === "") return null;
  const kept = decimals.replace(/0+$/, "");
  if (kept.length > places) return null;
  const value = Number(whole + kept.padEnd(places, "0"));
  return Number.isSafeInteger(value) ? value : null;
}

/** Whether a separator was typed. */
function separated(text: string): boolean {
  return /[.,]/.test(text);
}

/** An amount in minor units: digits alone are minor units, digits with a separator are major ones. */
export function typedMinor(text: string, decimals: number): number | null {
  return separated(text) ? scaled(text, decimals) : scaled(text, 0);
}

/** An amount in minor units, typed into a form: digits alone are major units. */
export function formAmount(text: string, decimals: number): number | null {
  return scaled(text, decimals);
}

/** A price per unit in millionths, typed like an amount. */
export function typedPrice(text: string, decimals: number): number | null {
  if (separated(text)) return scaled(text, 6);
  const minor = scaled(text, 0);
  return minor === null ? null : scaled(minor + "0".repeat(6 - decimals), 0);
}

/** A price per unit in millionths, typed into a form: digits alone are major units. */
export function formPrice(text: string): number | null {
  return scaled(text, 6);
}

/** A quantity in thousandths. */
export function typedQuantity(text: string): number | null {
  const value = scaled(text, 3);
  return value === 0 ? null : value;
}

/** How much was counted, in thousandths; there may be nothing. */
export function typedCount(text: string): number | null {
  return scaled(text, 3);
}

/** A rate typed in per cent, in parts per million. */
export function typedRate(text: string): number | null {
  const value = scaled(text, 4);
  return value !== null && value <= 1_000_000 ? value : null;
}

/** How much prices go up or down, typed in per cent with or without a sign, in parts per million; `null` for none. */
export function typedPart(text: string): number | null {
  const match = /^\s*([+\-−]?)(.*?)\s*%?\s*$/.exec(text);
  const value = scaled(match?.[2] ?? "", 4);
  if (value === null || value === 0 || value > 10_000_000) return null;
  const down = match![1] === "-" || match![1] === "−";
  return down && value > 1_000_000 ? null : down ? -value : value;
}
