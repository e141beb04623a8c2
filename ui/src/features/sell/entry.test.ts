//! The entry buffer.

import { describe, expect, it } from "vitest";
import { keypadKey } from "../../app/keypad-keys";
import { pressEntry } from "./entry";

const type = (...keys: string[]) => keys.reduce(pressEntry, "");

describe("the entry buffer", () => {
  it("collects digits and one separator", () => {
    expect(type("1", "0", "00")).toBe("1000");
    expect(type("1", "separator", "5", "separator", "0")).toBe("1.50");
    expect(type("separator", "5")).toBe("0.5");
  });

  it("takes back and clears", () => {
    expect(type("1", "2", "back")).toBe("1");
    expect(type("1", "2", "clear")).toBe("");
    expect(type("back")).toBe("");
  });

  it("has an end", () => {
    expect(type(...Array.from({ length: 40 }, () => "1"))).toHaveLength(20);
  });

  it("knows the keys of the keyboard", () => {
    expect(["7", ",", ".", "Backspace", "Escape", "Enter", "*", "F4", "a"].map(keypadKey)).toEqual([
      "7",
      "separator",
      "separator",
      "back",
      "clear",
      "enter",
      "times",
      null,
      null,
    ]);
  });
});
