//! The lines of a sale as the screen knows them: what arrives is merged by number, whatever its order.

import type { LineView } from "../../api";

/** Merges lines into those known, by number. */
export function mergeLines(known: readonly LineView[], arrived: readonly LineView[]): readonly LineView[] {
  if (arrived.length === 0) return known;
  const last = known.at(-1);
  // The usual case: one new line behind all others.
  if (arrived.length === 1 && (last === undefined || arrived[0]!.number > last.number)) return [...known, arrived[0]!];
  const byNumber = new Map(known.map((line) => [line.number, line]));
  for (const line of arrived) byNumber.set(line.number, line);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** Whether lines that arrive join those known: nothing between them was missed. */
export function follows(known: readonly LineView[], arrived: readonly LineView[]): boolean {
  const [last, first] = [known.at(-1), arrived[0]];
  return last === undefined || first === undefined || first.number <= last.number + 1;
}

/** The lines that count. */
export function activeLines(lines: readonly LineView[]): readonly LineView[] {
  return lines.filter((line) => !line.voided);
}

/** The number of the line `steps` further down, within the list; the last one when none is selected. */
export function stepSelection(lines: readonly LineView[], selected: number | null, steps: number): number | null {
  const index = lines.findIndex((line) => line.number === selected);
  if (index < 0) return lines.at(-1)?.number ?? null;
  return lines[Math.min(Math.max(index + steps, 0), lines.length - 1)]?.number ?? null;
}
