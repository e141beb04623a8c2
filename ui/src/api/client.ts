//! The client: typed calls, commands in the order sent with one in flight, each with a request id that stays the same
//! however often it has to be sent.

import { COMMANDS, type Approval, type Nothing, type Operations, type Topic } from "./generated/contract";
import type { InFlight } from "./in-flight";
import { ReplyLost, type Envelope, type Transport } from "./transport";

/** The name of an operation. */
export type OperationName = keyof Operations;
/** What an operation takes. */
export type RequestOf<N extends OperationName> = Operations[N]["request"];
/** A request that is known now, or that is made when its turn has come: out of what the commands before it made. */
export type RequestInTurn<N extends OperationName> = RequestOf<N> | (() => RequestOf<N>);
/** What an operation answers. */
export type AnswerOf<N extends OperationName> = Operations[N]["answer"];

/** What goes with a call beside its payload. */
export interface CallOptions {
  /** Another operator's consent; the call is then repeated with the request id of the one that was refused. */
  approval?: Approval;
  /** The request id of a call that is repeated. */
  requestId?: string;
}

type NounOf<N extends string> = N extends `${infer Noun}.${string}` ? Noun : never;
type Caller<N extends OperationName> =
  // Where nothing has to be given, nothing has to be written.
  Nothing extends RequestOf<N>
    ? (payload?: RequestOf<N>, options?: CallOptions) => Promise<AnswerOf<N>>
    : (payload: RequestOf<N>, options?: CallOptions) => Promise<AnswerOf<N>>;

/** `api.noun.verb(payload)` for every operation of the list. */
export type Api = {
  [Noun in NounOf<OperationName>]: {
    [N in OperationName as N extends `${Noun}.${infer Verb}` ? Verb : never]: Caller<N>;
  };
};

/** Whether replies come: `lost` while a command or the pushes wait for the till to be back. */
export type Contact = "connecting" | "open" | "lost";

/** How long the till may be out of reach before anybody is told: streams end and begin again at every sign-on. */
const LOST_MS = 1_000;
const RETRY_FIRST_MS = 200;
const RETRY_LAST_MS = 2_000;

/** Makes a request id: a UUID version 7, so that ids sort by the time they were made. */
export function makeRequestId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = now;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Calls operations through a transport. */
export class Client {
  readonly #transport: Transport;
  readonly #inFlight: InFlight;
  readonly #changed = new Set<(topics: readonly Topic[] | "all") => void>();
  readonly #contact = new Set<(contact: Contact) => void>();
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #lost: ReturnType<typeof setTimeout> | undefined;
  #screen: string | null = null;

  constructor(transport: Transport, inFlight: InFlight) {
    this.#transport = transport;
    this.#inFlight = inFlight;
  }

  /** Commands that are under way or wait for their turn. */
  get pending(): number {
    return this.#pending;
  }

  /** Takes note of the screen that is shown: calls from here on say that they were made on it. */
  onScreen(screen: string): void {
    this.#screen = screen;
  }

  /** Starts listening for pushes. */
  start(): void {
    this.#transport.listen({
      changed: (topics) => this.#changed.forEach((listener) => listener(topics)),
      connected: () => {
        this.#reached();
        this.#changed.forEach((listener) => listener("all"));
      },
      disconnected: () => this.#outOfReach(),
    });
  }

  /** Tells what changed (`all` after a connection was made: pushes may have been missed). Returns how to stop. */
  onChanged(listener: (topics: readonly Topic[] | "all") => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  /** Tells whether replies come. Returns how to stop. */
  onContact(listener: (contact: Contact) => void): () => void {
    this.#contact.add(listener);
    return () => this.#contact.delete(listener);
  }

  /**
   * Calls an operation. Commands run one after the other in the order of the calls; queries run beside them.
   *
   * Rejects with `CallFailed` when the till says no; a query also with `ReplyLost` when the till does not answer. A
   * command whose reply is lost is sent again with the same request id until there is a reply. A request that is given
   * as a function is made when the commands before it are answered and whoever called them has taken the answers.
   */
  call<N extends OperationName>(
    operation: N,
    request: RequestInTurn<N>,
    options: CallOptions = {},
  ): Promise<AnswerOf<N>> {
    const payload = typeof request === "function" ? null : request;
    const make = typeof request === "function" ? request : null;
    if (!COMMANDS.has(operation)) {
      return this.#transport.send({ operation, payload: payload ?? make?.(), ...this.#from() }) as Promise<AnswerOf<N>>;
    }
    const envelope: Envelope = {
      request_id: options.requestId ?? makeRequestId(),
      operation,
      payload,
      // Where it is called, not where its turn comes.
      ...this.#from(),
    };
    if (options.approval) envelope.approval = options.approval;
    return this.#enqueue(envelope, make) as Promise<AnswerOf<N>>;
  }

  /** Resolves when every command called so far has its reply, good or bad. */
  async idle(): Promise<void> {
    await this.#last.catch(() => undefined);
  }

  /** Sends the command again whose reply a page before this one did not see. Resolves with its operation, or `null`. */
  async resume(): Promise<OperationName | null> {
    const left = this.#inFlight.left();
    if (left === null) return null;
    await this.#enqueue(left);
    return left.operation as OperationName;
  }

  #from(): Pick<Envelope, "screen"> {
    return this.#screen === null ? {} : { screen: this.#screen };
  }

  #enqueue(envelope: Envelope, make: (() => unknown) | null = null): Promise<unknown> {
    this.#pending += 1;
    const send = async () => {
      // Not a turn of microtasks but of the page: the answer before is taken by then.
      if (make) await pause(0);
      return this.#untilAnswered(make ? { ...envelope, payload: make() } : envelope);
    };
    const run = this.#last.then(send, send);
    const done = run.finally(() => {
      this.#pending -= 1;
    });
    this.#last = done;
    // Whoever called handles the failure; the queue itself goes on.
    done.catch(() => undefined);
    return done;
  }

  async #untilAnswered(envelope: Envelope): Promise<unknown> {
    this.#inFlight.keep(envelope);
    let wait = RETRY_FIRST_MS;
    for (;;) {
      try {
        const answer = await this.#transport.send(envelope);
        this.#answered(wait);
        return answer;
      } catch (error) {
        if (!(error instanceof ReplyLost)) {
          this.#answered(wait);
          throw error;
        }
        this.#outOfReach();
        await pause(wait);
        wait = Math.min(wait * 2, RETRY_LAST_MS);
      }
    }
  }

  #answered(wait: number): void {
    this.#inFlight.drop();
    if (wait > RETRY_FIRST_MS) this.#reached();
  }

  #reached(): void {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    this.#say("open");
  }

  #outOfReach(): void {
    this.#lost ??= setTimeout(() => this.#say("lost"), LOST_MS);
  }

  #say(contact: Contact): void {
    this.#contact.forEach((listener) => listener(contact));
  }
}

/** Gives a client the form `api.noun.verb(payload)`. */
export function apiOf(client: Pick<Client, "call">): Api {
  const nouns = new Map<string, unknown>();
  return new Proxy({} as Api, {
    get(_target, noun: string) {
      const known = nouns.get(noun);
      if (known !== undefined) return known;
      const verbs = new Proxy(
        {},
        {
          get:
            (_verbs, verb: string) =>
            (payload: RequestOf<OperationName> = {}, options?: CallOptions) =>
              client.call(`${noun}.${verb}` as OperationName, payload, options),
        },
      );
      nouns.set(noun, verbs);
      return verbs;
    },
  });
}
