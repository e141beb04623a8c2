//! Remembers the command whose reply is still out across a reload of the page, so that the same command with the same
//! request id goes out again and nothing is done twice. Secrets and approvals are never remembered.

import { SECRETS } from "./generated/contract";
import type { Envelope } from "./transport";

const KEY = "tillkeeper.in-flight";

/** Where the command in flight is remembered. */
export class InFlight {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">) {
    this.#storage = storage;
  }

  /** Remembers a command before it is sent. An approval carries a PIN: it is left out, the till may ask again. */
  keep(envelope: Envelope): void {
    if (SECRETS.has(envelope.operation)) return;
    const { request_id, operation, payload, screen } = envelope;
    this.#storage.setItem(KEY, JSON.stringify({ request_id, operation, payload, screen }));
  }

  /** Forgets it: its reply is here. */
  drop(): void {
    this.#storage.removeItem(KEY);
  }

  /** The command a page before this one sent without seeing the reply. */
  left(): Envelope | null {
    const text = this.#storage.getItem(KEY);
    return text === null ? null : (JSON.parse(text) as Envelope);
  }
}
