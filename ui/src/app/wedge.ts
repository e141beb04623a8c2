//! Tells a scanner that acts as a keyboard from a person: by the gaps between keys, and by the key a scanner ends with.
//! What the keys say does not matter: a code may be of letters alone. Pure; time comes with each key.
//!
//! Outside of fields keys are held back until they are known to be typed (one gap later). In a field they are written
//! at once and taken back when they turn out to be a scan.

import type { KeyboardLayout } from "../api";
import { characterAt, meant } from "./layout";

/** Milliseconds between two keys of a scanner at most. */
const GAP_MS = 50;
/** Milliseconds of silence that end a scan whose Enter is missing. */
const SILENCE_MS = 80;
/** Milliseconds between two keys of a scan whose Enter is missing, on average at most: no hand keeps that up. */
const BARE_PACE_MS = 30;
/** Characters of a scan in a field whose Enter is missing, at least: what is shorter stays where it was written. */
const BARE_IN_FIELD = 8;

/**
 * Milliseconds before a scan that came right behind a typed key, at least, and how many times the longest gap within the
 * scan that is at least.
 */
const GLUED_MS = 15;
const GLUED_TIMES = 3;

/** A key that went down. */
export interface Stroke {
  /** Where it is. */
  code: string;
  /** What the system makes of it. */
  key: string;
  /** Shift is held. */
  shift: boolean;
  /** Ctrl, Alt or Meta is held. */
  modified: boolean;
  /** Milliseconds, by the event's own clock. */
  at: number;
  /** The key is held down. */
  repeat: boolean;
  /** An input method is composing. */
  composing: boolean;
  /** A field has the focus and writes what is typed. */
  field: boolean;
}

/** What came of a key, or of silence. */
export interface Outcome {
  /** The code that was scanned. */
  scan: string | null;
  /** The keys of the code that was scanned. */
  keys: readonly Stroke[];
  /**
   * Keys held back so far that were typed by a person. With a scan: those right before it, which in a field are taken back
   * with it and have to be written again.
   */
  typed: Stroke[];
  /** The key must not reach the page: it is held back, or it ended a scan. */
  take: boolean;
  /** The key begins what may become a scan: now is the time to remember what the field says. */
  begins: boolean;
}

const NOTHING: Outcome = { scan: null, keys: [], typed: [], take: false, begins: false };

const isShift = (code: string) => code.startsWith("Shift") || code === "CapsLock";
/** A scanner that ends with a line feed sends a key that has a character and no place. */
const ends = ({ code, key }: Stroke) => code === "Enter" || code === "NumpadEnter" || code === "Tab" || key === "\n";

/** Whether a text is a GTIN of any length whose check digit is right (GS1 General Specifications, 7.9). */
function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = [...text].reverse().map(Number);
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0;
}

/** The state between two keys. */
export class Wedge {
  #burst: Stroke[] = [];
  #text = "";
  /** Characters of a code at least; more where people type fast themselves, as at a PIN. */
  shortest = 4;
  /** What the scanner means by its keys. */
  layout: KeyboardLayout = "american";
  /** What it puts before each code; taken off where it stands. */
  prefix = "";
  /** What it puts behind each code beside its last key; taken off where it stands. */
  suffix = "";

  /** When silence has to be told; `null` when nothing waits. */
  get deadline(): number | null {
    const last = this.#burst.at(-1);
    if (!last) return null;
    return last.at + (this.#text.length < this.shortest ? GAP_MS : SILENCE_MS);
  }

  /** A key went down. */
  press(stroke: Stroke): Outcome {
    if (isShift(stroke.code) && !stroke.modified) return NOTHING;
    const character = meant(this.layout, stroke) ?? characterAt(stroke.code, stroke.shift);
    const last = this.#burst.at(-1);
    const follows = last !== undefined && stroke.at - last.at <= GAP_MS && last.field === stroke.field;
    const plain = !stroke.repeat && !stroke.composing && !stroke.modified;

    if (plain && follows && ends(stroke) && this.#isCode()) return { ...NOTHING, ...this.#scan(), take: true };
    if (plain && follows && character !== null) {
      this.#burst.push(stroke);
      this.#text += character;
      return { ...NOTHING, take: !stroke.field };
    }

    const before = this.#settle(stroke.at);
    // A space by itself presses buttons and opens lists.
    if (!plain || character === null || (character === " " && !stroke.field)) return before;
    this.#burst = [stroke];
    this.#text = character;
    return { ...before, take: !stroke.field, begins: true };
  }

  /** Nothing came until now. */
  rest(now: number): Outcome {
    const deadline = this.deadline;
    return deadline === null || now < deadline ? NOTHING : this.#settle(now);
  }

  /** Whether what was read so far is long enough for a code. */
  #isCode(): boolean {
    return this.#text.length >= this.shortest;
  }

  /** Whether what was read so far came as no hand types. */
  #isPaced(): boolean {
    const [first, last] = [this.#burst[0], this.#burst.at(-1)];
    return first !== undefined && last !== undefined && last.at - first.at <= BARE_PACE_MS * (this.#burst.length - 1);
  }

  /** What was read so far as a scan, without what a person typed right before it. */
  #scan(): Pick<Outcome, "scan" | "typed" | "keys"> {
    const count = this.#glued();
    const typed = this.#burst.slice(0, count);
    const keys = this.#burst.slice(count);
    return { typed, keys, scan: this.#bare(this.#end().slice(count)) };
  }

  /**
   * How many keys a person typed right before the scan. A gap alone does not tell: a busy machine makes gaps too, and a code
   * must not lose its first digit. So the rest has to be a number that checks, and the whole must not be one.
   */
  #glued(): number {
    if (isGtin(this.#bare(this.#text))) return 0;
    let longest = 1;
    for (let count = this.#burst.length - 1; count > 0; count -= 1) {
      const gap = this.#burst[count]!.at - this.#burst[count - 1]!.at;
      const stands = gap >= GLUED_MS && gap >= GLUED_TIMES * longest;
      if (stands && isGtin(this.#bare(this.#text.slice(count)))) return count;
      longest = Math.max(longest, gap);
    }
    return 0;
  }

  /** A code without what the scanner puts around it, where something is left between. */
  #bare(text: string): string {
    const { prefix, suffix } = this;
    const begun = text.startsWith(prefix) ? text.slice(prefix.length) : text;
    const inner = suffix !== "" && begun.endsWith(suffix) ? begun.slice(0, -suffix.length) : begun;
    return inner === "" ? text : inner;
  }

  #end(): string {
    const text = this.#text;
    this.#burst = [];
    this.#text = "";
    return text;
  }

  /** Decides about what was read before a pause. */
  #settle(now: number): Outcome {
    const last = this.#burst.at(-1);
    if (!last) return NOTHING;
    const silent = now - last.at >= SILENCE_MS;
    const long = !last.field || this.#text.length >= BARE_IN_FIELD;
    const typed = last.field ? [] : this.#burst;
    const isScan = silent && long && this.#isCode() && this.#isPaced();
    if (isScan) return { ...NOTHING, ...this.#scan() };
    this.#end();
    return { ...NOTHING, typed };
  }
}
