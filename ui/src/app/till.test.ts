//! Who is signed on: an answer that was asked for before somebody signed on does not sign them off again.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Session } from "../api";
import { till } from "./till.svelte";

const GREETING = { set_up: true, shop_name: "Corner Shop", language: "en", currency: "EUR", currency_decimals: 2 };
const AMINA = { operator: "amina", grants: [] } as unknown as Session;

/** How each question who is signed on is answered, in the order in which they were asked. */
let who: ((session: Session | null) => void)[] = [];

const answered = (value: unknown) => ({ ok: true, status: 200, text: async () => JSON.stringify(value) });

beforeEach(() => {
  who = [];
  vi.stubGlobal("fetch", (address: string) => {
    if (address !== "/api/session.current") return Promise.resolve(answered(GREETING));
    return new Promise((resolve) => who.push((session) => resolve(answered({ session }))));
  });
  vi.spyOn(till, "readDevices").mockResolvedValue();
  vi.spyOn(till, "readHealth").mockResolvedValue();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("asks again when somebody signed on while it asked", async () => {
  const reading = till.readWho();
  await vi.waitFor(() => expect(who).toHaveLength(1));
  await till.signedOn(AMINA);
  who[0]!(null);
  await vi.waitFor(() => expect(who).toHaveLength(2));
  expect(till.session?.operator).toBe("amina");
  who[1]!(AMINA);
  await reading;
  expect(till.session?.operator).toBe("amina");
});

it("believes what it asked for afterwards", async () => {
  await till.signedOn(AMINA);
  const reading = till.readWho();
  await vi.waitFor(() => expect(who).toHaveLength(1));
  who[0]!(null);
  await reading;
  expect(till.session).toBeNull();
});
