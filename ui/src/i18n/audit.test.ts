//! Everything an auditor is shown has words in both languages: what is done, what changed, what it became.

import { beforeEach, describe, expect, it } from "vitest";
import ledgerFormat from "../../../docs/ledger-format.md?raw";
import operations from "../../../docs/operations.md?raw";
import { actName, fieldName, valueTold } from "./audit";
import { auditMessage, speak } from "./text.svelte";

const NAMES = new Map([["0190a1b2-0000-7000-8000-0000000000aa", "Food"]]);

/** Operations whose rows of the table say that they are audited. */
function audited(): string[] {
  const rows = operations.matchAll(/^\| `([\w.]+)` \|.*\| command,.*audited.*\|$/gm);
  return Array.from(rows, ([, name]) => name!);
}

/** Kinds of facts: what stands first in a row of their table, which may be two. */
function kinds(): string[] {
  const rows = ledgerFormat.matchAll(/^\| ((?:`[a-z_]+\.[a-z_]+`(?:, )?)+) \|/gm);
  return Array.from(rows, ([, names]) => names!.replaceAll("`", "").split(", ")).flat();
}

describe.each(["en", "fr"] as const)("in %s", (language) => {
  beforeEach(() => speak(language));

  it("names every audited operation and every kind of fact", () => {
    const acts = [...audited(), ...kinds()];
    expect(audited().length).toBeGreaterThan(20);
    expect(kinds().length).toBeGreaterThan(10);
    expect(acts.filter((name) => auditMessage(`did-${name.replace(".", "-")}`) === null)).toEqual([]);
  });
});

describe("the audit", () => {
  beforeEach(() => speak("en"));

  it("shows what it does not know by its name", () => {
    expect(actName("robot.danced")).toBe("robot.danced");
    expect(fieldName("odd_field")).toBe("Odd field");
  });

  it("writes values as people read them", () => {
    expect(valueTold("prices", '[{"from":"2026-11-20","price":4200000}]', NAMES)).toBe("€4.20 from 20 Nov 2026");
    expect(valueTold("rates", '[{"from":"2026-11-20","rate":55000}]', NAMES)).toBe("5.5 % from 20 Nov 2026");
    expect(valueTold("codes", '["5901234123457","40170725"]', NAMES)).toBe("5901234123457, 40170725");
    expect(valueTold("grants", '[{"permission":"override_price","limit":100000}]', NAMES)).toBe("Change prices (10 %)");
    expect(valueTold("tax_category", "0190a1b2-0000-7000-8000-0000000000aa", NAMES)).toBe("Food");
    expect(valueTold("role", "0190a1b2-0000-7000-8000-0000000000bb", NAMES)).toBe("…000000bb");
    expect(valueTold("picture", "ab".repeat(32), NAMES)).toBe("abababab…");
    expect(valueTold("status", "archived", NAMES)).toBe("no longer in use");
    expect(valueTold("receipt_header", "[]", NAMES)).toBe("nothing");
    expect(valueTold("tax_policy", '{"mode":"included","scope":"line","rounding":"half_up"}', NAMES)).toBe(
      "Prices on the shelf: with tax, Tax rounded: on each line, Rounded: to the nearest",
    );
    expect(
      valueTold(
        "receipt_printer",
        '{"profile":"epson","connection":{"via":"serial","port":"/dev/ttyS0","baud":9600}}',
        NAMES,
      ),
    ).toBe("Model: epson, Connected by: serial port, Port: /dev/ttyS0, Speed: 9600");
  });

  it("leaves alone what people wrote, also where it reads like a word of the till", () => {
    expect(valueTold("name", "new", NAMES)).toBe("new");
    expect(valueTold("name", "[odd", NAMES)).toBe("[odd");
  });
});
