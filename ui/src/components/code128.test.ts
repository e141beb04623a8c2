//! Bar codes held against the rules every Code 128 keeps, and against one worked by hand.

import { expect, it } from "vitest";
import { code128 } from "./code128";

/** Ones are bars: the code without its white, module by module. */
function modules(data: string): string {
  const { bars, width } = code128(data)!;
  const row = Array<string>(width).fill("0");
  for (const bar of bars) row.fill("1", bar.at, bar.at + bar.width);
  return row.join("").replace(/^0{10}|0{10}$/g, "");
}

it("starts, checks and stops a text of single characters", () => {
  // Start B, "A" (33), check 104 + 33 = 137, less 103 = 34, stop.
  expect(modules("A")).toBe("11010010000" + "10100011000" + "10001011000" + "1100011101011");
});

it("puts the digits of a receipt's number in pairs", () => {
  // Start B, "A", "-", change to pairs, three pairs, check: eight symbols, where single characters take ten.
  expect(modules("A-000001")).toHaveLength(11 * 8 + 13);
  // Start of pairs, 12, 34, check 105 + 12 + 2 * 34 = 185, less 103 = 82, stop.
  expect(modules("1234")).toBe("11010011100" + "10110011100" + "10001011000" + "10010011110" + "1100011101011");
});

it("gives every symbol three bars in eleven modules", () => {
  for (let code = 32; code < 127; code += 1) {
    const row = modules(String.fromCharCode(code));
    expect(row).toHaveLength(11 * 3 + 13);
    expect(row.slice(11, 22)).toMatch(/^(1+0+){3}$/);
  }
});

it("leaves what it cannot carry", () => {
  expect(code128("")).toBeNull();
  expect(code128("n°1")).toBeNull();
  expect(code128("a\tb")).toBeNull();
});
