//! Keys are pressed faster than the till answers, and what is typed means one thing at a time.

import { afterEach, expect, it, vi } from "vitest";
import { openPanel } from "./panel.svelte";
import { sale } from "./sale.svelte";
import { selling } from "./selling.svelte";

afterEach(() => vi.unstubAllGlobals());

it("keeps how many of the next item while the till has not answered, when it comes back as well", async () => {
  const armed: unknown[] = [];
  vi.stubGlobal("fetch", async (_: string, request: { body: string }) => {
    armed.push(JSON.parse(request.body).payload.armed);
    return { ok: false, status: 422, text: async () => "{}" };
  });
  sale.forget();
  selling.press("6");
  selling.times();
  selling.returnNext();
  await vi.waitFor(() => expect(armed).toHaveLength(2));
  expect(armed[1]).toEqual({ quantity: 6000, return_next: true });
});

it("takes no cash while a price is typed", () => {
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  openPanel("price");
  selling.press("5");
  selling.pay(selling.typedMinor);
  expect(selling.paying).toBe(false);
  expect(selling.entry).toBe("5");
  selling.clear();
  openPanel(null);
  selling.press("5");
  selling.pay(selling.typedMinor);
  expect(selling.paying).toBe(true);
});
