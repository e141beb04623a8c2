//! A form says what it waits for when a large import is being written, and nothing otherwise.

import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Form from "./Form.svelte";

const { list } = vi.hoisted(() => ({ list: vi.fn() }));
vi.mock("../api", async (whole) => ({ ...(await whole<object>()), api: { import: { list } } }));

const children = createRawSnippet(() => ({ render: () => "<span></span>" }));

/** A form whose saving ends when it is told to. */
function form(): { end: () => void } {
  let end = () => {};
  const saved = new Promise<void>((resolve) => (end = resolve));
  render(Form, { onsave: () => saved, label: "Save", children });
  return { end };
}

const importing = (state: string | null) => {
  list.mockReset();
  list.mockResolvedValue({ current: state && { state }, imports: [] });
};

describe("a form that is being saved", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("says after a while that it waits for an import, until it is saved", async () => {
    importing("importing");
    const { end } = form();
    await fireEvent.click(screen.getByRole("button", { name: /Save/ }));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(list).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(screen.getByRole("status").textContent).toContain("An import is being written");
    end();
    await vi.advanceTimersByTimeAsync(1);
    expect(screen.queryByRole("status")).toBeNull();
  });

  it("says nothing of an import that is only looked at, or of none", async () => {
    for (const state of ["checking", null]) {
      importing(state);
      const { end } = form();
      await fireEvent.click(screen.getAllByRole("button", { name: /Save/ }).at(-1)!);
      await vi.advanceTimersByTimeAsync(3_000);
      expect(screen.queryByRole("status")).toBeNull();
      end();
      await vi.advanceTimersByTimeAsync(1);
    }
  });
});
