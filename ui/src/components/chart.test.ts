import { expect, test } from "vitest";
import { everyLabel, scaleOf } from "./chart";

test("a scale has round marks, nothing among them, and holds every value", () => {
  expect(scaleOf([0]).marks).toEqual([0, 1]);
  expect(scaleOf([]).marks).toEqual([0, 1]);
  expect(scaleOf([3, 10]).marks).toEqual([0, 5, 10]);
  expect(scaleOf([123_456]).marks).toEqual([0, 50_000, 100_000, 150_000]);
  expect(scaleOf([-400, 900]).marks).toEqual([-500, 0, 500, 1000]);
  for (const most of [1, 7, 99, 101, 12_345, 9_007_199_254_740_991]) {
    const { high, marks } = scaleOf([most]);
    expect(high).toBeGreaterThanOrEqual(most);
    expect(marks.length).toBeLessThanOrEqual(6);
  }
});

test("labels that have no room are left out evenly", () => {
  expect(everyLabel(7, 700, 60)).toBe(1);
  expect(everyLabel(24, 480, 60)).toBe(3);
  expect(everyLabel(365, 600, 80)).toBe(53);
  expect(everyLabel(5, 10, 80)).toBe(5);
});
