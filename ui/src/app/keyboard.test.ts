//! The one listener on the window: scans in fields, keys for the screen on top, keys nobody may use.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onKey, onScan, startKeyboard, type KeyPress } from "./keyboard.svelte";

let at = 0;

/** Presses a key as a browser would, and writes into the field unless somebody took the key. */
function press(target: HTMLElement, key: string, gap: number, more: KeyboardEventInit = {}): boolean {
  at += gap;
  const code = /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "timeStamp", { value: at });
  const free = target.dispatchEvent(event);
  if (free && target instanceof HTMLInputElement && key.length === 1) {
    target.value += key;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return free;
}

describe("the keyboard", () => {
  const stops: (() => void)[] = [];
  const scans: string[] = [];
  const keys: KeyPress[] = [];

  beforeEach(() => {
    at = performance.now();
    scans.length = 0;
    keys.length = 0;
    document.body.replaceChildren();
    stops.push(
      startKeyboard(window),
      onScan((code) => void scans.push(code)),
      onKey((key) => {
        keys.push(key);
        return key.key === "F12";
      }),
    );
  });
  afterEach(() => stops.splice(0).forEach((stop) => stop()));

  it("takes a scan out of a field and leaves what was typed there", () => {
    const field = document.body.appendChild(document.createElement("input"));
    for (const key of "ba") press(field, key, 150);
    at += 200;
    for (const key of "4008496300") press(field, key, 4);
    expect(press(field, "Enter", 4)).toBe(false);
    expect(scans).toEqual(["4008496300"]);
    expect(field.value).toBe("ba");
  });

  it("leaves a price in a field that a scan came right behind", () => {
    const field = document.body.appendChild(document.createElement("input"));
    for (const key of "12") press(field, key, 150);
    press(field, "5", 45);
    for (const [place, key] of [..."4008496300013"].entries()) press(field, key, place === 0 ? 40 : 4);
    expect(press(field, "Enter", 4)).toBe(false);
    expect(scans).toEqual(["4008496300013"]);
    expect(field.value).toBe("125");
    expect(keys.filter(({ field: inField }) => !inField)).toEqual([]);
  });

  it("takes a scan anywhere else before any screen sees a key of it", () => {
    for (const key of "4008496300") press(document.body, key, 4);
    press(document.body, "Enter", 4);
    expect(scans).toEqual(["4008496300"]);
    expect(keys).toEqual([]);
  });

  it("gives keys to who came last, and stops at who takes them", () => {
    const last: string[] = [];
    stops.push(
      onKey((key) => {
        last.push(key.key);
        return key.key === "F4" ? "native" : false;
      }),
    );
    expect(press(document.body, "F12", 200)).toBe(false);
    expect(press(document.body, "F4", 200)).toBe(true);
    expect(last).toEqual(["F12", "F4"]);
    expect(keys.map((key) => key.key)).toEqual(["F12"]);
  });

  it("swallows what would reload or zoom", () => {
    expect(press(document.body, "F5", 200)).toBe(false);
    expect(press(document.body, "r", 200, { ctrlKey: true })).toBe(false);
    expect(press(document.body, "+", 200, { ctrlKey: true })).toBe(false);
    expect(press(document.body, "F11", 200)).toBe(false);
    expect(press(document.body, "c", 200, { ctrlKey: true })).toBe(true);
  });
});
