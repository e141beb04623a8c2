//! Commands go one after the other and are never done twice, whatever happens to the replies.

import { describe, expect, it, vi } from "vitest";
import { apiOf, Client, makeRequestId } from "./client";
import { InFlight } from "./in-flight";
import { CallFailed, ReplyLost, unexpected, type Envelope, type Listener, type Transport } from "./transport";

/** A door whose answers the test gives by hand. */
class Door implements Transport {
  readonly sent: Envelope[] = [];
  readonly #open: { resolve: (answer: unknown) => void; reject: (error: unknown) => void }[] = [];
  listener: Listener | null = null;

  send(envelope: Envelope): Promise<unknown> {
    this.sent.push(structuredClone(envelope));
    return new Promise((resolve, reject) => this.#open.push({ resolve, reject }));
  }

  listen(listener: Listener): void {
    this.listener = listener;
  }

  async answer(answer: unknown): Promise<void> {
    this.#open.shift()!.resolve(answer);
    await settled();
  }

  async fail(error: unknown): Promise<void> {
    this.#open.shift()!.reject(error);
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

/** Storage that lives as long as the test. */
class Memory {
  readonly #kept = new Map<string, string>();
  getItem = (key: string) => this.#kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.#kept.set(key, value);
  removeItem = (key: string) => void this.#kept.delete(key);
  get all(): string {
    return [...this.#kept.values()].join();
  }
}

function setUp() {
  const door = new Door();
  const memory = new Memory();
  const client = new Client(door, new InFlight(memory));
  return { door, memory, client, api: apiOf(client) };
}

describe("the client", () => {
  it("makes a request that is given as a function when its turn has come, and the answer before is taken", async () => {
    const { door, client } = setUp();
    let seen = 0;
    const take = async () => {
      const view = await client.call("sale.scan", { code: "1" });
      seen = view.revision;
    };
    void take();
    const armed = vi.fn(() => ({ armed: { quantity: seen, return_next: false } }));
    void client.call("sale.arm", armed);
    await settled();
    expect(armed).not.toHaveBeenCalled();
    await door.answer({ revision: 7 });
    await vi.waitFor(() => expect(door.sent).toHaveLength(2));
    expect(door.sent[1]).toMatchObject({ operation: "sale.arm", payload: { armed: { quantity: 7 } } });
    expect(armed).toHaveBeenCalledTimes(1);
  });

  it("keeps one command in flight, in the order sent, with queries beside it", async () => {
    const { door, api, client } = setUp();
    const first = api.sale.scan({ code: "1" });
    const second = api.sale.scan({ code: "2" });
    void api.sale.current();
    await settled();
    expect(door.sent.map((each) => each.operation)).toEqual(["sale.current", "sale.scan"]);
    expect(client.pending).toBe(2);
    await door.answer({ query: true });
    await door.answer({ revision: 1 });
    expect(door.sent.map((each) => (each.payload as { code?: string }).code)).toEqual([undefined, "1", "2"]);
    await door.answer({ revision: 2 });
    expect(await Promise.all([first, second])).toEqual([{ revision: 1 }, { revision: 2 }]);
    expect(client.pending).toBe(0);
    const ids = door.sent.map((each) => each.request_id).filter(Boolean);
    expect(new Set(ids).size).toBe(2);
  });

  it("goes on after a refusal", async () => {
    const { door, api } = setUp();
    const refused = api.sale.scan({ code: "1" });
    const next = api.sale.scan({ code: "2" });
    await settled();
    const watched = expect(refused).rejects.toBeInstanceOf(CallFailed);
    await door.fail(unexpected("no"));
    await watched;
    await door.answer({ revision: 1 });
    expect(await next).toEqual({ revision: 1 });
  });

  it("sends a command whose reply was lost again, with the same id, until there is a reply", async () => {
    vi.useFakeTimers();
    const { door, api, client, memory } = setUp();
    const said: string[] = [];
    client.onContact((contact) => said.push(contact));
    const paid = api.sale.complete({ sale: "s", tenders: [], total: null });
    await settled();
    await door.fail(new ReplyLost("cut"));
    expect(memory.all).toContain("sale.complete");
    await vi.advanceTimersByTimeAsync(200);
    await door.fail(new ReplyLost("cut"));
    await vi.advanceTimersByTimeAsync(400);
    await door.fail(new ReplyLost("cut"));
    expect(said).toEqual([]);
    await vi.advanceTimersByTimeAsync(800);
    await door.answer({ receipt_number: "1" });
    expect(await paid).toEqual({ receipt_number: "1" });
    expect(door.sent).toHaveLength(4);
    expect(new Set(door.sent.map((each) => each.request_id)).size).toBe(1);
    expect(said).toEqual(["lost", "open"]);
    expect(memory.all).toBe("");
    vi.useRealTimers();
  });

  it("finishes after a reload what the page before it left", async () => {
    const { door, api, memory } = setUp();
    void api.sale.complete({ sale: "s", tenders: [], total: null });
    await settled();
    // The page goes away here; another one begins with what is remembered.
    const again = new Door();
    const client = new Client(again, new InFlight(memory));
    const resumed = client.resume();
    await settled();
    expect(again.sent).toEqual(door.sent);
    await again.answer({});
    expect(await resumed).toBe("sale.complete");
    expect(await client.resume()).toBeNull();
  });

  it("says on which screen a command was called, also when another one is shown by the time it is sent", async () => {
    const { door, api, client, memory } = setUp();
    client.onScreen("products");
    void api.sale.scan({ code: "1" });
    void api.sale.cancel({ sale: "s", reason: null });
    client.onScreen("sell");
    await settled();
    expect(memory.all).toContain("products");
    await door.answer({});
    expect(door.sent.map((each) => each.screen)).toEqual(["products", "products"]);
    void api.sale.current();
    expect(door.sent.at(-1)!.screen).toBe("sell");
  });

  it("remembers no secret and no approval", async () => {
    const { door, api, memory } = setUp();
    void api.session.sign_in({ operator: "o", pin: "1470" });
    await settled();
    expect(memory.all).toBe("");
    await door.answer({});
    const approval = { operator: "o", pin: "2580" };
    const price = { sale: "s", line: 1, price: 1 };
    void api.sale.override_price(price, { approval, requestId: "r" });
    await settled();
    expect(door.sent.at(-1)).toEqual({ request_id: "r", operation: "sale.override_price", payload: price, approval });
    expect(memory.all).toContain("override_price");
    expect(memory.all).not.toContain("2580");
  });

  it("reads everything again after a connection was made", () => {
    const { door, client } = setUp();
    const told: unknown[] = [];
    client.onChanged((topics) => told.push(topics));
    client.start();
    door.listener!.connected();
    door.listener!.changed(["sale"]);
    expect(told).toEqual(["all", ["sale"]]);
  });

  it("makes ids that are UUIDs and sort by time", () => {
    const early = makeRequestId(1_000);
    const late = makeRequestId(1_700_000_000_000);
    expect(late).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(early < late).toBe(true);
  });
});
