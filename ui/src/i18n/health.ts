//! The words for how the till itself is: what is so, and one next step.

import type { HealthArea, HealthItem, HealthReason, HealthState } from "../api";
import { deviceName, reasonTold } from "./devices";
import type { HealthMessages } from "./keys";
import { mailReason } from "./mail";
import { bytes, dateTime } from "./numbers.svelte";
import { healthMessage } from "./text.svelte";

// A reason, an area or a state without a message does not compile.
type Needed =
  `health-${HealthReason}` | `health-area-${HealthArea}` | `health-state-${HealthState}` | `health-all-${HealthState}`;
type Missing = Exclude<Needed, keyof HealthMessages>;
const everyReasonHasWords: [Missing] extends [never] ? true : Missing = true;

/** What an area is called. */
export function areaName(area: HealthArea): string {
  void everyReasonHasWords;
  return healthMessage(`health-area-${area}`);
}

/** How something is, in a word. */
export function stateWord(state: HealthState): string {
  return healthMessage(`health-state-${state}`);
}

/** How everything is, in a sentence. */
export function allTold(state: HealthState): string {
  return healthMessage(`health-all-${state}`);
}

/** Why something is as it is, and what to do. */
export function itemTold(item: HealthItem): { text: string; next: string } {
  const device = item.device;
  const trouble = device ? reasonTold(device.reason) : item.mail ? mailReason(item.mail) : { text: "", next: "" };
  const values = {
    bytes: item.bytes === null ? "" : bytes(item.bytes),
    at: item.at === null ? "" : dateTime(item.at),
    count: item.count ?? 0,
    device: device ? deviceName(device.role) : "",
    problem: trouble.text,
    step: trouble.next,
  };
  const key = `health-${item.reason}` as const;
  return { text: healthMessage(key, null, values), next: healthMessage(key, "next", values) };
}
