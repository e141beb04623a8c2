//! The keypad is usable by touch and by name.

import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import Keypad from "./Keypad.svelte";

afterEach(cleanup);

it("tells which key was pressed, and names those that show a sign", () => {
  const pressed: string[] = [];
  render(Keypad, { kind: "amount", onpress: (key) => void pressed.push(key) });
  for (const name of ["7", "00", "Decimal separator", "Times: how many", "Clear", "Enter"]) {
    screen.getByRole("button", { name }).click();
  }
  expect(pressed).toEqual(["7", "00", "separator", "times", "clear", "enter"]);
});

it("has no amounts at a PIN", () => {
  render(Keypad, { kind: "pin", onpress: () => undefined });
  expect(screen.queryByRole("button", { name: "00" })).toBeNull();
  expect(screen.getAllByRole("button")).toHaveLength(12);
});
