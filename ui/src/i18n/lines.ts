//! Lines of text as a person writes them into one field.

/** The lines of a field; empty ones at its end do not count. */
export function linesOf(text: string): string[] {
  const trimmed = text.replace(/\s+$/, "");
  return trimmed === "" ? [] : trimmed.split("\n").map((line) => line.trim());
}
