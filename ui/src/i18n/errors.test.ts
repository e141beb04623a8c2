//! Every error says what happened and what to do, in every language of the screens.

import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { CallFailed, type ErrorBody } from "../api";
import { told, toldOf } from "./errors";
import { writeAs } from "./numbers.svelte";
import { speak } from "./text.svelte";

function eur(amount: number) {
  return { amount, currency: "EUR" };
}

const body = (code: ErrorBody["code"], details: ErrorBody["details"] = {}): ErrorBody => ({
  code,
  class: "refusal",
  message: "",
  details,
  reference: "T-1",
});

/** A value for every field an error can have. */
const FIELDS = {
  ...{ receipt_number: "1", line: 1, max: 1, min: 1, quantity: 1, unit: "each", code: "1", count: 2, name: "x" },
  ...{ sku: "x", wait_s: 5, fields: ["x"], field: "name", permission: "sell", limit: null },
  ...Object.fromEntries(["due", "tendered", "missing", "seen", "total"].map((name) => [name, eur(1)])),
};

afterEach(() => {
  speak("en");
  writeAs("EUR", 2);
});

describe("errors", () => {
  it("write amounts as the shop does", async () => {
    const error = body("sale.tender_insufficient", { due: eur(526), tendered: eur(500), missing: eur(26) });
    expect(toldOf(error).text).toBe("€0.26 is missing: €5.00 does not cover €5.26.");
    await speak("fr");
    writeAs("EUR", 2);
    expect(toldOf(error).text.replace(/\s/g, " ")).toBe("Il manque 0,26 € : 5,00 € ne couvre pas 5,26 €.");
  });

  it("show their reference where something is broken", () => {
    expect(toldOf(body("sale.empty")).reference).toBeNull();
    expect(toldOf({ ...body("till.bug"), class: "bug" }).reference).toBe("T-1");
  });

  it("have a text and a next step for every code", async () => {
    const contract = readFileSync("src/api/generated/contract.ts", "utf8");
    const codes = [.../export type ErrorCode = (.*);/.exec(contract)![1]!.matchAll(/"([\w.]+)"/g)].map(
      ([, code]) => code!,
    );
    expect(codes.length).toBeGreaterThan(50);
    for (const language of ["en", "fr"] as const) {
      await speak(language);
      for (const code of codes) {
        const words = toldOf(body(code as ErrorBody["code"], FIELDS));
        expect(words.text, code).not.toContain("error-");
        expect(words.next.length, code).toBeGreaterThan(3);
      }
    }
  });

  it("tell what a lost reply means", () => {
    expect(told(new Error("x")).text).toBe("The till does not answer.");
    expect(told(new CallFailed(body("sale.empty"))).next).toBe("Scan something first.");
  });
});
