//! The till's own scanner, while a screen wants its codes: the till is asked for them, which holds the lease on it. A screen
//! that goes away lets them go into the sale again; so does one that stops asking.

import { api } from "../api";
import { till } from "./till.svelte";

/** Milliseconds between two questions: well within the lease. */
const ASK_MS = 1_500;

/** Takes the scanner's codes until the returned function is called. */
export function leaseScanner(deliver: (code: string) => void): () => void {
  let last: number | null = null;
  let stopped = false;
  let asking = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    clearTimeout(timer);
    try {
      do {
        again = false;
        const heard = await api.scanner.listen({ after: last });
        const codes = last === null ? [] : heard.codes;
        last ??= heard.last;
        for (const { number, code } of codes) {
          // Who went away meanwhile takes nothing more: the till says so of the rest.
          if (stopped || number <= last) continue;
          last = number;
          deliver(code);
          again = true;
        }
      } while (again && !stopped);
    } catch (error) {
      // Without a reply the lease ends by itself, and the next question begins it again.
      console.warn(String(error));
    } finally {
      asking = false;
    }
    if (stopped) await leave();
    else timer = setTimeout(() => void ask(), ASK_MS);
  }

  async function leave(): Promise<void> {
    if (last === null) return;
    await api.scanner.leave({ after: last }).catch((error: unknown) => console.warn(String(error)));
  }

  void ask();
  const quiet = till.onChanged((topics) => {
    if (topics.has("sale")) void ask();
  });
  return () => {
    stopped = true;
    quiet();
    clearTimeout(timer);
    if (!asking) void leave();
  };
}
