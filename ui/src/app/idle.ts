//! Locks the till when nobody touches it: no key, no tap, no scan for as long as the shop says.

/** Milliseconds between two looks at the clock. */
const LOOK_MS = 1_000;

const MINUTE_MS = 60_000;

/** What a person does at a till. */
const SIGNS = ["keydown", "pointerdown", "wheel"] as const;

/** A till that is watched. */
export interface Watch {
  /** Somebody did something that is no key and no tap: scanned with the till's own scanner. */
  touched: () => void;
  /** Stops watching. */
  stop: () => void;
}

/**
 * Calls `lock` once nobody has done anything for so many minutes. `now` is the clock: one that goes on while the machine
 * sleeps, so that a till that wakes up is locked.
 */
export function watchIdle(minutes: number, lock: () => void, now: () => number = Date.now): Watch {
  let last = now();
  let locked = false;
  const touched = () => {
    last = now();
  };
  const timer = setInterval(() => {
    // A clock that was set back begins the wait anew.
    if (now() < last) touched();
    if (locked || now() - last < minutes * MINUTE_MS) return;
    locked = true;
    lock();
  }, LOOK_MS);
  for (const sign of SIGNS) addEventListener(sign, touched, { capture: true, passive: true });
  return {
    touched,
    stop: () => {
      clearInterval(timer);
      for (const sign of SIGNS) removeEventListener(sign, touched, { capture: true });
    },
  };
}
