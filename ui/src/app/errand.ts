//! A code one screen hands to another: an unknown code of the sale becomes the code of a new product.

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
