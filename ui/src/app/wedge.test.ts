//! Scanners and people at the same keyboard.

import { describe, expect, it } from "vitest";
import { KNOWN } from "./known-codes";
import { learnKeyboard, meant } from "./layout";
import { Wedge, type Outcome, type Stroke } from "./wedge";

const CODES: Record<string, string> = { "-": "Minus", ".": "Period", "\n": "Enter", "\t": "Tab", " ": "Space" };

function codeOf(character: string): string {
  if (/\d/.test(character)) return `Digit${character}`;
  if (/[a-z]/i.test(character)) return `Key${character.toUpperCase()}`;
  return CODES[character]!;
}

/** A keyboard with a clock of its own. */
class Keyboard {
  readonly wedge = new Wedge();
  readonly scans: string[] = [];
  typed = "";
  at = 1_000;
  field = false;

  note(outcome: Outcome, stroke?: Stroke): void {
    this.typed += outcome.typed.map((typed) => typed.key).join("");
    if (outcome.scan !== null) this.scans.push(outcome.scan);
    if (stroke && !outcome.take) this.typed += stroke.key;
  }

  press(code: string, more: Partial<Stroke> = {}): Outcome {
    const stroke: Stroke = {
      code,
      key: "",
      shift: false,
      modified: false,
      at: this.at,
      repeat: false,
      composing: false,
      field: this.field,
      ...more,
    };
    const outcome = this.wedge.press(stroke);
    this.note(outcome, stroke);
    return outcome;
  }

  /** Presses the keys of a text with equal gaps. */
  send(text: string, gap: number): this {
    for (const character of text) {
      this.at += gap;
      const upper = /[A-Z]/.test(character);
      if (upper) this.press("ShiftLeft", { key: "", shift: true });
      const key = character === "\n" ? "⏎" : character;
      this.press(codeOf(character), { key, shift: upper });
    }
    return this;
  }

  wait(ms: number): this {
    this.at += ms;
    this.note(this.wedge.rest(this.at));
    return this;
  }
}

describe("the keyboard wedge", () => {
  it("takes a scan that ends with Enter or Tab", () => {
    const keys = new Keyboard().send("3270190119357\n", 5).wait(200).send("ABC-123\t", 12).wait(200);
    expect(keys.scans).toEqual(["3270190119357", "ABC-123"]);
    expect(keys.typed).toBe("");
  });

  it("takes a scan that ends with a line feed, a key without a place", () => {
    const keys = new Keyboard().send("3270190119357", 5);
    keys.at += 5;
    keys.press("Unidentified", { key: "\n" });
    expect(keys.wait(200).scans).toEqual(["3270190119357"]);
    expect(keys.typed).toBe("");
  });

  it("takes scans sent back to back", () => {
    const keys = new Keyboard().send("1111\n2222\n3333\n", 1).wait(200);
    expect(keys.scans).toEqual(["1111", "2222", "3333"]);
  });

  it("takes a scan whose Enter was dropped, and the next one too", () => {
    const keys = new Keyboard().send("40084963", 5).wait(100).send("50159474\n", 5).wait(200);
    expect(keys.scans).toEqual(["40084963", "50159474"]);
    // Also when nobody had time to tell the silence in between.
    const late = new Keyboard().send("40084963", 5);
    late.at += 90;
    expect(late.send("50159474\n", 5).scans).toEqual(["40084963", "50159474"]);
  });

  it("leaves what a person types", () => {
    const keys = new Keyboard().send("1000", 90).wait(100).send("\n", 60);
    expect(keys.scans).toEqual([]);
    expect(keys.typed).toBe("1000⏎");
    const fast = new Keyboard().send("12", 30).wait(60).send("milk", 60).send("\n", 60).wait(100);
    expect(fast.scans).toEqual([]);
    expect(fast.typed).toBe("12milk⏎");
    // Keys that roll over each other for a moment, and nothing that ends them.
    const rolled = new Keyboard().send("milk", 45).wait(100);
    expect(rolled.scans).toEqual([]);
    expect(rolled.typed).toBe("milk");
  });

  it("takes codes without a digit: what was typed tells nothing, how it was typed does", () => {
    const keys = new Keyboard().send("ABCDEF\n", 8).wait(200).send("lot-x\t", 40).wait(200).send("QRSTUV", 8).wait(200);
    expect(keys.scans).toEqual(["ABCDEF", "lot-x", "QRSTUV"]);
    expect(keys.typed).toBe("");
    const field = new Keyboard();
    field.field = true;
    expect(field.send("ABCD\n", 8).wait(200).send("BATCHNUMBER", 8).wait(200).scans).toEqual(["ABCD", "BATCHNUMBER"]);
  });

  it("keeps digits typed before a scan", () => {
    const keys = new Keyboard().send("6", 100).wait(60).send("4008496300\n", 4).wait(100).send("7", 100).wait(60);
    expect(keys.scans).toEqual(["4008496300"]);
    expect(keys.typed).toBe("67");
  });

  it("tells a scan from digits that were typed right before it, within the gap of a scanner", () => {
    const keys = new Keyboard().send("12", 45);
    keys.at += 35;
    expect(keys.send("4008496300013\n", 4).wait(100).scans).toEqual(["4008496300013"]);
    expect(keys.typed).toBe("12");
    // With the Enter dropped, too.
    const bare = new Keyboard().send("6", 100);
    bare.at += 26;
    expect(bare.send("96385074", 4).wait(200).scans).toEqual(["96385074"]);
    expect(bare.typed).toBe("6");
  });

  it("takes no digit from a code, whatever gap a busy machine made in it", () => {
    const stalled = (code: string) => {
      const keys = new Keyboard().send(code[0]!, 100);
      keys.at += 40;
      return keys.send(`${code.slice(1)}\n`, 1).wait(200);
    };
    // The first two check as a whole, although the first does without its first digit too; the others never do without.
    for (const code of ["04008496300013", "4008496300013", "a40084", "123456", "64008496300014"]) {
      const keys = stalled(code);
      expect(keys.scans).toEqual([code]);
      expect(keys.typed).toBe("");
    }
  });

  it("gives back what another key interrupts, before that key", () => {
    const keys = new Keyboard().send("1000", 5);
    keys.at += 5;
    const outcome = keys.press("F12", { key: "" });
    expect(outcome.take).toBe(false);
    expect(keys.typed).toBe("1000");
    expect(keys.wait(200).scans).toEqual([]);
  });

  it("reads places and not letters: French layouts and caps lock", () => {
    const keys = new Keyboard();
    for (const [code, key] of [
      ["Digit1", "&"],
      ["Digit2", "é"],
      ["Digit3", '"'],
      ["Digit4", "'"],
      ["KeyQ", "A"],
    ] as const) {
      keys.at += 5;
      keys.press(code, { key });
    }
    keys.at += 5;
    keys.press("Enter");
    expect(keys.scans).toEqual(["1234q"]);
  });

  it("is no scan when a key is held down, with Ctrl, or while composing", () => {
    const keys = new Keyboard().send("0", 100);
    for (let count = 0; count < 8; count += 1) {
      keys.at += 30;
      keys.press("Digit0", { key: "0", repeat: true });
    }
    expect(keys.wait(200).scans).toEqual([]);
    expect(keys.typed).toBe("000000000");
    const composing = new Keyboard();
    for (const character of "12345678") {
      composing.at += 5;
      composing.press(codeOf(character), { key: character, composing: true });
    }
    expect(composing.wait(200).scans).toEqual([]);
  });

  it("lets a field write and tells when to remember what it said", () => {
    const keys = new Keyboard();
    keys.field = true;
    keys.at += 100;
    expect(keys.press("Digit1", { key: "1" })).toMatchObject({ take: false, begins: true });
    keys.at += 5;
    expect(keys.press("Digit2", { key: "2" })).toMatchObject({ take: false, begins: false });
    keys.send("34\n", 5);
    expect(keys.scans).toEqual(["1234"]);
    // Without an ending key only what is as long as a trade number counts.
    expect(new Keyboard().send("", 0).scans).toEqual([]);
    const short = new Keyboard();
    short.field = true;
    expect(short.send("Shop 12", 5).wait(200).scans).toEqual([]);
    expect(short.send("40084963", 5).wait(200).scans).toEqual(["40084963"]);
  });

  it("takes a fast hand at the PIN for a hand", () => {
    const keys = new Keyboard();
    keys.wedge.shortest = 8;
    keys.send("1234\n", 5).wait(200);
    expect(keys.scans).toEqual([]);
    expect(keys.typed).toBe("1234⏎");
  });
});

/** What a system with a layout makes of the places, and the places of a scanner that is set to it. */
const FRENCH: Record<string, [string, boolean]> = {
  ...Object.fromEntries([..."1234567890"].map((digit) => [digit, [`Digit${digit}`, true]])),
  "-": ["Digit6", false],
  a: ["KeyQ", false],
  A: ["KeyQ", true],
  Q: ["KeyA", true],
  "!": ["Slash", false],
};
const GERMAN: Record<string, [string, boolean]> = {
  "-": ["Slash", false],
  y: ["KeyZ", false],
  Y: ["KeyZ", true],
  "!": ["Digit1", true],
};
const ROW = "&é\"'(-è_çà";

/** The keys of a scanner that means a text: set to a layout, at a system that makes its own letters of the places. */
function keysOf(
  text: string,
  layout: Record<string, [string, boolean]>,
  system: (code: string, shift: boolean) => string,
) {
  return [...text].map((character, index) => {
    const [code, shift] = layout[character] ?? [codeOf(character), /[A-Z]/.test(character)];
    const times = { modified: false, at: 1_000 + index * 5, repeat: false, composing: false, field: false };
    return { code, shift, key: system(code, shift), ...times };
  });
}

/** What a French system makes of the places of digits; nothing anybody reads of the others. */
const french = (code: string, shift: boolean) => {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (!digit) return "?";
  return shift ? digit : ROW.charAt((Number(digit) + 9) % 10);
};

describe("a scanner's keyboard is learnt from two codes that are known", () => {
  const learn = (layout: Record<string, [string, boolean]>, system: typeof french, around = (code: string) => code) =>
    learnKeyboard(
      KNOWN,
      KNOWN.map((code) => keysOf(around(code), layout, system)),
    );

  it("American keys at a French system come as signs, and are read by their places", () => {
    const [first] = keysOf("4", {}, french);
    expect(first?.key).toBe("'");
    expect(learn({}, french)).toEqual({ layout: "american", prefix: "", suffix: "" });
  });

  it("French and German keys at a system of another layout are learnt, with what stands around the codes", () => {
    const other = () => "?";
    expect(learn(FRENCH, other)).toEqual({ layout: "french", prefix: "", suffix: "" });
    expect(learn(GERMAN, other, (code) => `!${code}1`)).toEqual({ layout: "german", prefix: "!", suffix: "1" });
  });

  it("keys of whatever layout the system has too are read as it reads them", () => {
    const turned = (code: string, shift: boolean) => (meant("german", { code, shift, key: "" }) ?? "").normalize();
    expect(learn(GERMAN, turned)?.layout).toBe("system");
  });

  it("keys that no layout makes the codes of teach nothing, nor do codes with other signs around each", () => {
    expect(learnKeyboard(KNOWN, [keysOf("12345", {}, french), keysOf("6789", {}, french)])).toBeNull();
    let count = 0;
    expect(learn({}, french, (code) => `${code}${(count += 1)}`)).toBeNull();
  });

  it("what was learnt is how codes are read afterwards", () => {
    for (const [layout, keys] of [
      ["french", FRENCH],
      ["german", GERMAN],
    ] as const) {
      const wedge = new Wedge();
      [wedge.layout, wedge.prefix, wedge.suffix] = [layout, "!", "-9"];
      const scans = ["!3270190119357-9", "!aAyY-Q-9"].map((text) => {
        for (const stroke of keysOf(text, keys, () => "?")) expect(wedge.press(stroke).scan).toBeNull();
        const enter = { code: "Enter", key: "Enter", shift: false, modified: false, repeat: false, composing: false };
        return wedge.press({ ...enter, at: 1_000 + text.length * 5, field: false }).scan;
      });
      expect(scans).toEqual(["3270190119357", "aAyY-Q"]);
    }
  });
});
