//! How a call leaves the page: one interface, two doors (the shell's and HTTP). Nothing outside `api` knows which.

import type { Approval, ErrorBody, Topic } from "./generated/contract";

/** A call as it travels. */
export interface Envelope {
  /** Made by the client for commands; queries need none. */
  request_id?: string;
  /** `noun.verb`. */
  operation: string;
  /** The request of the operation. */
  payload: unknown;
  /** Another operator's consent to this one act. */
  approval?: Approval;
  /** The screen it was made on; kept with what happened. */
  screen?: string;
}

/** What a transport tells about what happened behind it. */
export interface Listener {
  /** Something changed; read it again. */
  changed(topics: readonly Topic[]): void;
  /** The way for pushes is open (again): read everything again, pushes may have been missed. */
  connected(): void;
  /** The way for pushes is cut. */
  disconnected(): void;
}

/** A door to the till. */
export interface Transport {
  /**
   * Sends a call and gives its answer.
   *
   * Throws `CallFailed` when the till said no and `ReplyLost` when nobody knows whether it was done.
   */
  send(envelope: Envelope): Promise<unknown>;
  /** Starts telling what changes. */
  listen(listener: Listener): void;
}

/** The till answered with an error. */
export class CallFailed extends Error {
  /** The code, its class and its fields. */
  readonly body: ErrorBody;

  constructor(body: ErrorBody) {
    super(`${body.code}: ${body.message} (${body.reference})`);
    this.name = "CallFailed";
    this.body = body;
  }
}

/** No reply came: the call may or may not have been done. */
export class ReplyLost extends Error {
  constructor(cause: unknown) {
    super("the reply was lost", { cause });
    this.name = "ReplyLost";
  }
}

/** Whether something is the error body of a failed call. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as ErrorBody).code === "string" &&
    typeof (value as ErrorBody).class === "string"
  );
}

/** A failure that speaks no vocabulary of ours, as a bug with what is known about it. */
export function unexpected(message: string): CallFailed {
  return new CallFailed({ code: "till.bug", class: "bug", message, details: {}, reference: "-" });
}
