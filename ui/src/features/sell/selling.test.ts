//! Keys are pressed faster than the till answers.

import { afterEach, expect, it, vi } from "vitest";
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
