//! A long list that is read page by page in both directions.

import { expect, it } from "vitest";
import { Pages, type Page } from "./pages.svelte";

/** A list of the numbers below `length`, in pages of ten; `from` is the number at an edge. */
function numbers(length: number, wanted: (value: number) => boolean = () => true) {
  return async (from: string | null, backward: boolean): Promise<Page<number>> => {
    const edge = from === null ? (backward ? length : -1) : Number(from);
    const step = backward ? -1 : 1;
    const looked = Array.from({ length: 10 }, (_, index) => edge + step * (index + 1)).filter(
      (value) => value >= 0 && value < length,
    );
    const last = looked.at(-1);
    const goesOn = last !== undefined && (backward ? last > 0 : last < length - 1);
    const rows = looked.filter(wanted);
    const near = from === null ? null : String(looked[0] ?? from);
    const far = goesOn ? String(last) : null;
    if (backward) rows.reverse();
    return { rows, before: backward ? far : near, after: backward ? near : far };
  };
}

it("holds what was read in order, from either end", async () => {
  const pages = new Pages<number>();
  await pages.begin(numbers(45));
  expect([pages.rows?.length, pages.atStart, pages.atEnd]).toEqual([10, true, false]);
  await pages.more();
  await pages.more();
  expect(pages.rows).toEqual(Array.from({ length: 30 }, (_, index) => index));
  await pages.toEnd();
  expect([pages.rows?.[0], pages.rows?.at(-1), pages.atEnd, pages.atStart]).toEqual([35, 44, true, false]);
  while (await pages.earlier());
  expect(pages.rows).toEqual(Array.from({ length: 45 }, (_, index) => index));
  expect([pages.atStart, pages.atEnd]).toEqual([true, true]);
});

it("forgets what is farthest away and reads it again when one comes back", async () => {
  const pages = new Pages<number>();
  await pages.begin(numbers(4_000));
  while (await pages.more());
  expect(pages.rows?.length).toBe(1_500);
  expect([pages.rows?.[0], pages.rows?.at(-1), pages.atStart]).toEqual([2_500, 3_999, false]);
  await pages.earlier();
  expect([pages.rows?.[0], pages.rows?.at(-1), pages.atEnd]).toEqual([2_490, 3_989, false]);
  await pages.more();
  expect(pages.rows?.at(-1)).toBe(3_999);
});

it("asks on while a step finds nothing, and knows the end", async () => {
  const pages = new Pages<number>();
  await pages.begin(numbers(500, (value) => value === 237 || value === 400));
  expect(pages.rows).toEqual([237]);
  expect(await pages.more()).toBe(true);
  expect(pages.rows).toEqual([237, 400]);
  expect(await pages.more()).toBe(false);
  expect(pages.atEnd).toBe(true);
});

it("reads what is shown again in place", async () => {
  const pages = new Pages<number>();
  await pages.begin(numbers(100));
  await pages.more();
  const begun = pages.begun;
  await pages.readAgain();
  expect(pages.rows).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(pages.begun).toBe(begun);
});

it("lets only the list count that was asked for last", async () => {
  const pages = new Pages<number>();
  let answer: (page: Page<number>) => void = () => undefined;
  const slow = pages.begin(() => new Promise((resolve) => (answer = resolve)));
  await pages.begin(numbers(5));
  answer({ rows: [99], before: null, after: null });
  expect(await slow).toBeNull();
  expect(pages.rows).toEqual([0, 1, 2, 3, 4]);
});
