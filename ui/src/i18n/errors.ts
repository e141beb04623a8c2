//! The words for every error: what happened and one next step.

import { CallFailed, type ErrorBody, type ErrorCode, type Money, type Permission, type Quantity } from "../api";
import type { ErrorMessages } from "./keys";
import { money, quantity } from "./numbers.svelte";
import { errorMessage, t } from "./text.svelte";

/** `noun.problem` as the key of its message. */
type KeyOf<Code extends ErrorCode> = Code extends `${infer Noun}.${infer Problem}` ? `error-${Noun}-${Problem}` : never;

// A code without a message does not compile.
type Missing = Exclude<KeyOf<ErrorCode>, keyof ErrorMessages>;
const everyCodeHasWords: [Missing] extends [never] ? true : Missing = true;

/** What a person is told about a failure. */
export interface Told {
  /** What happened. */
  text: string;
  /** What to do now. */
  next: string;
  /** The number to read out, where it is worth it. */
  reference: string | null;
}

function keyOf(code: ErrorCode): keyof ErrorMessages {
  void everyCodeHasWords;
  return `error-${code.replace(".", "-")}` as keyof ErrorMessages;
}

function isMoney(value: unknown): value is Money {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

/** What a permission is called. */
export function permissionName(permission: Permission): string {
  return t(`permission-${permission}`);
}

function value(name: string, field: unknown): string | number {
  if (isMoney(field)) return money(field);
  if (name === "quantity") return quantity(field as Quantity);
  if (name === "permission") return permissionName(field as Permission);
  if (Array.isArray(field)) return field.join(", ");
  return typeof field === "number" ? field : String(field ?? "");
}

/** The words for the error body of a failed call. */
export function toldOf(body: ErrorBody): Told {
  const key = keyOf(body.code);
  const fields = Object.entries(body.details ?? {}).map(([name, field]) => [name, value(name, field)] as const);
  const values = { ...Object.fromEntries(fields), reference: body.reference };
  return {
    text: errorMessage(key, null, values),
    next: errorMessage(key, "next", values),
    reference: body.class === "refusal" ? null : body.reference,
  };
}

/** The words for a failure that is known by its code alone. */
export function toldOfCode(code: ErrorCode, reference: string): Told {
  const key = keyOf(code);
  return { text: errorMessage(key, null, { reference }), next: errorMessage(key, "next", { reference }), reference };
}

/** The words for anything a call can be rejected with. */
export function told(error: unknown): Told {
  if (error instanceof CallFailed) return toldOf(error.body);
  return { text: t("unreachable"), next: t("unreachable-next"), reference: null };
}
