//! When a till locks itself.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchIdle, type Watch } from "./idle";

let watch: Watch | null = null;
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  watch?.stop();
  vi.useRealTimers();
});

it("locks once when nobody did anything for so long, and not before", () => {
  const lock = vi.fn();
  watch = watchIdle(2, lock);
  vi.advanceTimersByTime(119_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  expect(lock).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(300_000);
  expect(lock).toHaveBeenCalledTimes(1);
});

it("waits anew after a key, a tap and a scan", () => {
  const lock = vi.fn();
  watch = watchIdle(1, lock);
  for (const sign of [
    () => dispatchEvent(new Event("keydown")),
    () => dispatchEvent(new Event("pointerdown")),
    () => watch!.touched(),
  ]) {
    vi.advanceTimersByTime(50_000);
    sign();
  }
  vi.advanceTimersByTime(50_000);
  expect(lock).not.toHaveBeenCalled();
  vi.advanceTimersByTime(11_000);
  expect(lock).toHaveBeenCalledTimes(1);
});
