import { afterEach, describe, expect, it, vi } from "vitest";
import { sha256 } from "./pictures";

// FIPS 180-4, and what `sha256sum` says of a million letters.
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const MILLION = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

afterEach(() => vi.unstubAllGlobals());

describe("the hash of a file", () => {
  it.each([true, false])("is the same by the browser and by a script (secure: %s)", async (isSecure) => {
    vi.stubGlobal("isSecureContext", isSecure);
    const digest = vi.spyOn(crypto.subtle, "digest");
    expect(await sha256(new Blob(["abc"]))).toBe(ABC);
    expect(await sha256(new Blob(["a".repeat(1_000_000)]))).toBe(MILLION);
    expect(digest).toHaveBeenCalledTimes(isSecure ? 2 : 0);
    digest.mockRestore();
  });
});
