//! The shell's door: one command `call`, pushes by the event `changed`.

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Changed } from "./generated/contract";
import { CallFailed, isErrorBody, unexpected, type Envelope, type Listener, type Transport } from "./transport";

/** Calls to the program that shows this page. */
export class TauriTransport implements Transport {
  async send(envelope: Envelope): Promise<unknown> {
    try {
      return await invoke("call", { envelope });
    } catch (error) {
      throw isErrorBody(error) ? new CallFailed(error) : unexpected(String(error));
    }
  }

  listen(listener: Listener): void {
    listen<Changed>("changed", (event) => listener.changed(event.payload.topics)).then(
      () => listener.connected(),
      () => listener.disconnected(),
    );
  }
}

/** Whether the page is shown by the shell. */
export function inShell(): boolean {
  return "__TAURI_INTERNALS__" in window;
}
