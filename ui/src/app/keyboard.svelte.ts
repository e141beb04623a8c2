//! The keyboard of the till: one listener on the window. Scans go to whoever wants codes, keys to the screen on top.

import type { KeyboardScanner } from "../api";
import { Wedge, type Outcome, type Stroke } from "./wedge";

/** A key for the screens. */
export interface KeyPress {
  /** What the system makes of it. */
  key: string;
  /** Where it is. */
  code: string;
  ctrl: boolean;
  alt: boolean;
  /** It is held down. */
  repeat: boolean;
  /** A field has the focus: letters, arrows and Enter are its own. */
  field: boolean;
  /** A button or link has the focus: Enter and Space press it. */
  button: boolean;
}

/** `true`: done; `"native"`: the browser's, nobody else is asked; `false`: ask the next. */
export type Taken = boolean | "native";

const keyListeners: ((press: KeyPress) => Taken)[] = [];
const scanListeners: ((code: string) => void)[] = [];
const scanKeysListeners: ((keys: readonly Stroke[]) => void)[] = [];
let scansWanted = $state(0);
const wedge = new Wedge();

function listen<T>(list: T[], listener: T): () => void {
  list.push(listener);
  return () => {
    const index = list.indexOf(listener);
    if (index >= 0) list.splice(index, 1);
  };
}

/** Takes keys until the returned function is called; who came last is asked first. */
export function onKey(listener: (press: KeyPress) => Taken): () => void {
  return listen(keyListeners, listener);
}

/** Takes scanned codes until the returned function is called; who came last gets them. */
export function onScan(listener: (code: string) => void): () => void {
  const stop = listen(scanListeners, listener);
  scansWanted = scanListeners.length;
  return () => {
    stop();
    scansWanted = scanListeners.length;
  };
}

/** How many want scanned codes: the first is the sale, and who came behind it wants them instead. */
export function wantScans(): number {
  return scansWanted;
}

/** Takes the keys of scanned codes instead of the codes until the returned function is called: their scanner is learnt. */
export function onScanKeys(listener: (keys: readonly Stroke[]) => void): () => void {
  return listen(scanKeysListeners, listener);
}

/** Notes what was learnt of the scanner that acts as a keyboard. */
export function useKeyboardScanner(scanner: KeyboardScanner | null): void {
  wedge.layout = scanner?.layout ?? "american";
  wedge.prefix = scanner?.prefix ?? "";
  wedge.suffix = scanner?.suffix ?? "";
}

/** Hands a code that was read by another scanner than the keyboard to whoever wants it. */
export function deliverScan(code: string): void {
  scanListeners.at(-1)?.(code);
}

/** Sets how many characters a code has at least: more where people type digits fast, as at a PIN. */
export function shortestScan(characters: number): void {
  wedge.shortest = characters;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const NO_TEXT = new Set(["checkbox", "radio", "button", "submit", "file", "range", "color"]);

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !NO_TEXT.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** What a field said before a burst of keys, to put it back when the burst was a scan. */
class Memory {
  #field: Field | null = null;
  #value = "";
  #from: number | null = null;
  #to: number | null = null;

  remember(target: EventTarget | null): void {
    const writes = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    this.#field = writes ? target : null;
    if (!this.#field) return;
    this.#value = this.#field.value;
    this.#from = this.#field.selectionStart;
    this.#to = this.#field.selectionEnd;
  }

  /** Puts back what the field said, with what was typed into it before the scan. */
  restore(typed: string): void {
    const field = this.#field;
    this.#field = null;
    const from = this.#from ?? this.#value.length;
    const value = this.#value.slice(0, from) + typed + this.#value.slice(this.#to ?? from);
    const said = typed === "" ? this.#value : value;
    if (!field || field.value === said) return;
    field.value = said;
    if (this.#from !== null) {
      if (typed === "") field.setSelectionRange(this.#from, this.#to);
      else field.setSelectionRange(from + typed.length, from + typed.length);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const memory = new Memory();
let timer: ReturnType<typeof setTimeout> | undefined;

/** A timer this much late says that the page was busy: keys may be waiting that came in time. */
const LATE_MS = 20;

function waitForSilence(): void {
  clearTimeout(timer);
  const deadline = wedge.deadline;
  if (deadline === null) return;
  const delay = Math.max(deadline - performance.now(), 0) + 2;
  const expected = performance.now() + delay;
  timer = setTimeout(() => {
    const now = performance.now();
    if (now - expected > LATE_MS) {
      timer = setTimeout(() => settle(wedge.rest(performance.now())), LATE_MS);
    } else {
      settle(wedge.rest(now));
      waitForSilence();
    }
  }, delay);
}

function settle(outcome: Outcome): void {
  const written = outcome.typed.filter((stroke) => stroke.field);
  for (const stroke of outcome.typed) {
    const { key, code, repeat } = stroke;
    if (!stroke.field) ask({ key, code, repeat, ctrl: false, alt: false, field: false, button: false });
  }
  if (outcome.scan !== null) {
    memory.restore(written.map((stroke) => stroke.key).join(""));
    const learns = scanKeysListeners.at(-1);
    if (learns) learns(outcome.keys);
    else scanListeners.at(-1)?.(outcome.scan);
  }
}

/** Hands a key to the screens, the one on top first. */
export function ask(press: KeyPress): Taken {
  for (const listener of [...keyListeners].reverse()) {
    const taken = listener(press);
    if (taken !== false) return taken;
  }
  return false;
}

/** Keys that would reload, zoom or leave the page. */
function isSwallowed(event: KeyboardEvent): boolean {
  if (event.key === "F5" || event.key === "F11" || event.key === "F3") return true;
  if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) return true;
  const zoomOrReload = ["r", "R", "+", "-", "=", "0", "p", "P", "s", "S", "u", "U"].includes(event.key);
  return (event.ctrlKey || event.metaKey) && !event.altKey && zoomOrReload;
}

function down(event: KeyboardEvent): void {
  if (isSwallowed(event)) event.preventDefault();
  const field = isField(event.target);
  const stroke: Stroke = {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    modified: event.ctrlKey || event.altKey || event.metaKey,
    at: event.timeStamp,
    repeat: event.repeat,
    composing: event.isComposing || event.keyCode === 229,
    field,
  };
  const outcome = wedge.press(stroke);
  settle(outcome);
  if (outcome.begins && field) memory.remember(event.target);
  waitForSilence();
  if (outcome.take) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (stroke.composing) return;
  const button = event.target instanceof HTMLElement && event.target.closest("button, a, summary, label") !== null;
  const { key, code, repeat, altKey: alt } = event;
  if (ask({ key, code, repeat, ctrl: event.ctrlKey || event.metaKey, alt, field, button }) === true) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Starts listening. Returns how to stop. */
export function startKeyboard(window: Window): () => void {
  window.addEventListener("keydown", down, { capture: true });
  return () => {
    window.removeEventListener("keydown", down, { capture: true });
    clearTimeout(timer);
  };
}
