//! When letters are typed on the screen, and that nothing moves under a finger.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { typedOnScreen, watchTouch } from "./touch.svelte";

let stop: () => void;
let field: HTMLInputElement;
let button: HTMLButtonElement;

beforeEach(() => {
  vi.useFakeTimers();
  field = document.createElement("input");
  button = document.createElement("button");
  document.body.append(field, button);
  stop = watchTouch(document);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
  vi.useRealTimers();
});

/** What a real finger does: the till heeds no other. */
function finger(name: string, target: Element) {
  const event = new Event(name, { bubbles: true });
  Object.defineProperties(event, { isTrusted: { value: true }, pointerType: { value: "touch" } });
  target.dispatchEvent(event);
}

async function tapInto() {
  finger("pointerdown", field);
  finger("pointerup", field);
  field.focus();
  await Promise.resolve();
}

it("comes when a finger went into a field, and goes behind the click that leaves it", async () => {
  await tapInto();
  finger("click", field);
  vi.advanceTimersByTime(1_000);
  expect(typedOnScreen()).toBe(field);
  finger("pointerdown", button);
  field.blur();
  await Promise.resolve();
  expect(typedOnScreen()).toBe(field);
  finger("pointerup", button);
  finger("click", button);
  vi.advanceTimersByTime(0);
  expect(typedOnScreen()).toBeNull();
});

it("stays under the next finger, however quickly that comes behind the last one", async () => {
  await tapInto();
  // The first finger pressed nothing, so no click ended its wait.
  vi.advanceTimersByTime(200);
  finger("pointerdown", button);
  vi.advanceTimersByTime(200);
  field.blur();
  await Promise.resolve();
  expect(typedOnScreen()).toBe(field);
  finger("click", button);
  vi.advanceTimersByTime(0);
  expect(typedOnScreen()).toBeNull();
});
