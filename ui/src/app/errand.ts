//! What one screen hands to another: an unknown code of the sale becomes the code of a new product, a receipt of the list
//! is what goods come back from.

let waiting: string | null = null;

/** Leaves a code for the products screen. */
export function leaveCode(code: string): void {
  waiting = code;
}

/** Takes the code that was left, once. */
export function takeCode(): string | null {
  const code = waiting;
  waiting = null;
  return code;
}

let receipt: string | null = null;

/** Leaves a receipt's number for the sell screen. */
export function leaveReceipt(number: string): void {
  receipt = number;
}

/** Takes the number that was left, once. */
export function takeReceipt(): string | null {
  const number = receipt;
  receipt = null;
  return number;
}
