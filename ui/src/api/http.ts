//! The HTTP door: calls by `POST /api/{operation}`, pushes by server-sent events.

import type { Changed } from "./generated/contract";
import {
  CallFailed,
  isErrorBody,
  ReplyLost,
  unexpected,
  type Envelope,
  type Listener,
  type Transport,
} from "./transport";

/** Calls over HTTP at the page's own origin. */
export class HttpTransport implements Transport {
  async send(envelope: Envelope): Promise<unknown> {
    const { operation, ...body } = envelope;
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(`/api/${operation}`, {
        method: "POST",
        credentials: "same-origin",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      answer = text === "" ? {} : JSON.parse(text);
    } catch (cause) {
      // Cut before or within the answer: nobody knows whether it was done.
      throw new ReplyLost(cause);
    }
    if (response.ok) return answer;
    throw isErrorBody(answer) ? new CallFailed(answer) : unexpected(`HTTP ${response.status}`);
  }

  listen(listener: Listener): void {
    const events = new EventSource("/api/events");
    events.addEventListener("open", () => listener.connected());
    events.addEventListener("error", () => {
      listener.disconnected();
      // The browser tries again by itself unless it was refused for good.
      if (events.readyState === EventSource.CLOSED) setTimeout(() => this.listen(listener), 2_000);
    });
    events.addEventListener("changed", (event: MessageEvent<string>) => {
      const changed = JSON.parse(event.data) as Changed;
      listener.changed(changed.topics);
    });
  }
}
