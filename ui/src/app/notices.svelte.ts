//! The status line: what just happened, with one thing to do about it. It goes by itself; nobody has to dismiss it.

import { told, type Told } from "../i18n/errors";

/** What the status line says. */
export interface Notice {
  /** `bad` is read out at once. */
  kind: "done" | "bad";
  /** What happened. */
  text: string;
  /** What to do now. */
  next: string | null;
  /** The number to read out, where it is worth it. */
  reference: string | null;
  /** A thing that can be done about it. */
  action: { label: string; key: string | null; run: () => void } | null;
}

const STAYS_MS = 10_000;
/** A number takes longer to read out. */
const REFERENCE_STAYS_MS = 60_000;

let current = $state.raw<Notice | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

function put(notice: Notice | null): void {
  clearTimeout(timer);
  current = notice;
  if (notice) timer = setTimeout(() => put(null), notice.reference ? REFERENCE_STAYS_MS : STAYS_MS);
}

/** What the status line says now. */
export function notice(): Notice | null {
  return current;
}

/** Says that something was done. */
export function sayDone(text: string, action: Notice["action"] = null): void {
  put({ kind: "done", text, next: null, reference: null, action });
}

/** Says what went wrong and what to do. */
export function sayFailed(error: unknown): void {
  sayTold(told(error));
}

/** Says what went wrong and what to do, in words that are there already. */
export function sayTold(failure: Told): void {
  put({ kind: "bad", text: failure.text, next: failure.next, reference: failure.reference, action: null });
}

/** Takes a notice away: what it said is over. */
export function sayNothing(): void {
  put(null);
}
