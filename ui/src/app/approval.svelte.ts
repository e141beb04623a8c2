//! Another operator's consent, where the one signed on may not: the same request, with the same id, is sent again with
//! the approver's PIN.

import {
  api,
  CallFailed,
  client,
  makeRequestId,
  type AnswerOf,
  type OperationName,
  type OperatorTile,
  type Permission,
} from "../api";
import type { RequestInTurn, RequestOf } from "../api/client";
import { told, type Told } from "../i18n/errors";
import type { KeyPress, Taken } from "./keyboard.svelte";
import { keypadKey } from "./keypad-keys";
import { till } from "./till.svelte";

const PIN_MOST = 12;

/** How somebody consents: by their PIN, or by their badge, which tells who they are. */
export type Consent = { operator: string; pin: string } | { badge: string };

/** A request that waits for consent. */
class Approval {
  /** What has to be allowed; `null` while nothing waits. */
  permission = $state.raw<Permission | null>(null);
  /** Who could allow it. */
  approvers = $state.raw<readonly OperatorTile[]>([]);
  /** Who was picked. */
  approver = $state<string | null>(null);
  /** The PIN as typed so far. */
  pin = $state("");
  /** What was wrong with the last try. */
  failure = $state.raw<Told | null>(null);
  /** The request is on its way. */
  busy = $state(false);

  #send: ((approval: Consent) => Promise<void>) | null = null;
  #giveUp: (() => void) | null = null;

  /**
   * Calls a command; when it needs consent, asks for it and resolves with the answer once it is given. Resolves with
   * `null` when nobody consents. Rejects as a call does.
   */
  async call<N extends OperationName>(operation: N, request: RequestInTurn<N>): Promise<AnswerOf<N> | null> {
    const requestId = makeRequestId();
    const payload = typeof request === "function" ? madeOnce(request) : request;
    try {
      return await client.call(operation, payload, { requestId });
    } catch (error) {
      if (!(error instanceof CallFailed) || error.body.code !== "people.needs_approval") throw error;
      const permission = error.body.details.permission as Permission;
      const limit = error.body.details.limit;
      await this.#prepare(permission, typeof limit === "number" ? limit : null);
      return await new Promise((resolve, reject) => {
        this.#giveUp = () => resolve(null);
        this.#send = async (approval) => {
          try {
            resolve(await client.call(operation, payload, { requestId, approval }));
            this.#close();
          } catch (failure) {
            if (isAboutThePin(failure)) throw failure;
            this.#close();
            reject(failure);
          }
        };
      });
    }
  }

  /** Takes a key of the keypad. */
  press(key: string): void {
    if (this.busy) return;
    if (/^\d+$/.test(key)) {
      this.pin = (this.pin + key).slice(0, PIN_MOST);
      this.failure = null;
    } else if (key === "back") this.pin = this.pin.slice(0, -1);
    else if (key === "clear") {
      if (this.pin === "") this.giveUp();
      else this.pin = "";
    } else if (key === "enter") void this.submit();
  }

  /** Takes a key of the keyboard. */
  takeKey(press: KeyPress): Taken {
    const key = keypadKey(press.key);
    if (key === null || press.ctrl || press.alt || (press.button && key === "enter" && this.pin === "")) return false;
    this.press(key);
    return true;
  }

  /** Sends the request again with what was typed. */
  async submit(): Promise<void> {
    if (this.approver === null || this.pin === "") return;
    await this.#consent({ operator: this.approver, pin: this.pin });
  }

  /** Sends the request again with a badge that was scanned. Where their role asks for the PIN too, who it is stands there. */
  async badge(code: string): Promise<void> {
    await this.#consent({ badge: code });
  }

  async #consent(consent: Consent): Promise<void> {
    if (!this.#send || this.busy) return;
    this.busy = true;
    try {
      await this.#send(consent);
    } catch (error) {
      if (error instanceof CallFailed && error.body.code === "people.badge_needs_pin") {
        const whose = String(error.body.details.operator);
        if (this.approvers.some(({ id }) => id === whose)) this.approver = whose;
      }
      this.failure = told(error);
    } finally {
      this.pin = "";
      this.busy = false;
    }
  }

  /** Nobody consents: the request is given up. */
  giveUp(): void {
    this.#giveUp?.();
    this.#close();
  }

  async #prepare(permission: Permission, limit: number | null): Promise<void> {
    this.giveUp();
    const { roles } = await api.role.list();
    const able = new Set(
      roles
        .filter(({ role }) =>
          role.grants.some(
            (grant) =>
              grant.permission === permission && (grant.limit === null || limit === null || grant.limit >= limit),
          ),
        )
        .map(({ role }) => role.name),
    );
    const others = (till.greeting?.operators ?? []).filter((operator) => operator.id !== till.session?.operator);
    const approvers = others.filter((operator) => able.has(operator.role));
    this.approvers = approvers.length > 0 ? approvers : others;
    this.approver = this.approvers[0]?.id ?? null;
    this.permission = permission;
  }

  #close(): void {
    this.permission = null;
    this.pin = "";
    this.failure = null;
    this.#send = null;
    this.#giveUp = null;
  }
}

/** A request that stays as it was made first: with consent, the very same is sent again. */
function madeOnce<N extends OperationName>(make: () => RequestOf<N>): () => RequestOf<N> {
  let made: RequestOf<N> | null = null;
  return () => (made ??= make());
}

/** Whether a failure leaves the question open: the PIN can be tried again, or somebody else asked. */
function isAboutThePin(error: unknown): boolean {
  if (!(error instanceof CallFailed)) return false;
  return [
    "people.pin_wrong",
    "people.pin_blocked",
    "people.pin_invalid",
    "people.needs_approval",
    "people.badge_unknown",
    "people.badge_invalid",
    "people.badge_needs_pin",
  ].includes(error.body.code);
}

/** The consent that is waited for. */
export const approval = new Approval();
