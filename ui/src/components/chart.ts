//! Where things stand on a chart: a scale with round marks, and which labels have room under it.

/** Marks on a scale at most, without the one at nothing. */
const MARKS_MAX = 4;

/** A scale from its lowest mark to its highest. */
export interface Scale {
  low: number;
  high: number;
  marks: readonly number[];
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below a number. */
function round(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= step) ?? 10;
  return factor * power;
}

/** A scale that holds all values and nothing, with round marks. Values are whole: money in minor units, counts. */
export function scaleOf(values: readonly number[]): Scale {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const step = Math.max(1, round(Math.max(most - least, 1) / MARKS_MAX));
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const marks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, place) => low + place * step);
  return { low, high, marks };
}

/** Every how manyth label is written when each needs so much room. */
export function everyLabel(count: number, room: number, needed: number): number {
  const fit = Math.max(1, Math.floor(room / needed));
  return Math.max(1, Math.ceil(count / fit));
}
