//! The words for why an e-mail waits or was refused, and what to do.

import type { MailReason } from "../api";
import type { HealthMessages } from "./keys";
import { healthMessage } from "./text.svelte";

// A reason without a message does not compile.
type Missing = Exclude<`mail-reason-${MailReason}`, keyof HealthMessages>;
const everyReasonHasWords: [Missing] extends [never] ? true : Missing = true;

/** Why an e-mail waits, failed or is uncertain, and one next step. */
export function mailReason(reason: MailReason): { text: string; next: string } {
  void everyReasonHasWords;
  const key = `mail-reason-${reason}` as const;
  return { text: healthMessage(key), next: healthMessage(key, "next") };
}
