//! The words of the screens: Fluent messages from the same files the paper is written from.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Language } from "../api";
import type { AuditMessages, ErrorMessages, HealthMessages, ReportMessages, ScreenMessages } from "./keys";
import english from "./words/en";

/** A language the screens speak. */
export type ScreenLanguage = "en" | "fr";

/** A file of words. */
type File = "screen" | "error" | "audit" | "report" | "health";

/** The words of a language, as they are written; of a language without screens only some. */
type Files = Partial<Record<File, string>>;

/** What a till speaks is loaded when it begins to; English is there from the start. */
const LOAD: Readonly<Record<Exclude<Language, "en">, () => Promise<{ default: Files }>>> = {
  fr: () => import("./words/fr"),
  ar: () => import("./words/ar"),
};

const files = new Map<Language, Files>([["en", english]]);
const bundles = new Map<string, FluentBundle>();

/** The messages of a file. They are read when the first of them is asked for: most files never are on most days. */
function messages(language: Language, file: File): FluentBundle {
  const name = `${language}-${file}`;
  const known = bundles.get(name);
  if (known) return known;
  // Where a language runs from left to right, isolating marks around values would only be in the way of copying them.
  const made = new FluentBundle(language, { useIsolating: language === "ar" });
  const [problem] = made.addResource(new FluentResource(files.get(language)?.[file] ?? ""));
  if (problem) throw problem;
  bundles.set(name, made);
  return made;
}

let current = $state.raw<ScreenLanguage>("en");
let shop = $state.raw<Language>("en");
/** What was asked for last: words that come later than the wish for others are not spoken. */
let wanted: Language = "en";

/** The language of the shop: the screens speak it where they have its words. */
export function shopLanguage(): Language {
  return shop;
}

/** The language the screens speak now. */
export function screenLanguage(): ScreenLanguage {
  return current;
}

/**
 * Lets the screens speak a language, at once where its words are there. Those that have no screens yet are shown in
 * English. Rejected when the words cannot be loaded: then they speak as before.
 */
export async function speak(language: Language): Promise<void> {
  wanted = language;
  if (language !== "en" && !files.has(language)) {
    const { default: loaded } = await LOAD[language]();
    files.set(language, loaded);
    if (wanted !== language) return;
  }
  shop = language;
  current = language === "fr" ? "fr" : "en";
  document.documentElement.lang = current;
}

/** The values of a message; none for one that takes none. */
type Values<V> = V extends undefined ? [] : [V];

/** The text of a screen's message. */
export function t<K extends keyof ScreenMessages>(key: K, ...values: Values<ScreenMessages[K]>): string {
  return format(messages(current, "screen"), key, null, values[0]);
}

/** The text of an error, or its next step. Values the error does not carry are left as their names. */
export function errorMessage(
  key: keyof ErrorMessages,
  attribute: "next" | null,
  values: Record<string, FluentVariable>,
): string {
  return format(messages(current, "error"), key, attribute, values);
}

/** What a text about something that was done begins with: what, which field, which value. */
type AuditKey = `did-${string}` | `field-${string}` | `value-${string}`;

/** A text about something that was done; `null` for what has no words. */
export function auditMessage(key: keyof AuditMessages | AuditKey): string | null {
  const words = messages(current, "audit");
  return words.hasMessage(key) ? format(words, key, null, undefined) : null;
}

/** What a text of reports begins with: a report, a column, a word in a row, a weekday. */
type ReportKey = `report-${string}` | `column-${string}` | `word-${string}` | `weekday-${number}`;

/** A text of reports; `null` for what has no words. */
export function reportMessage(key: keyof ReportMessages | ReportKey): string | null {
  const words = messages(current, "report");
  return words.hasMessage(key) ? format(words, key, null, undefined) : null;
}

/** A text about how the till itself is, in the language of the shop; or its next step. */
export function healthMessage(
  key: keyof HealthMessages,
  attribute: "next" | null = null,
  values: Record<string, FluentVariable> = {},
): string {
  return format(messages(shop, "health"), key, attribute, values);
}

function format(
  words: FluentBundle,
  key: string,
  attribute: string | null,
  values: Record<string, FluentVariable> | undefined,
): string {
  const message = words.getMessage(key);
  const pattern = attribute === null ? message?.value : message?.attributes[attribute];
  if (!pattern) return key;
  const problems: Error[] = [];
  const text = words.formatPattern(pattern, values ?? null, problems);
  if (problems.length > 0) console.error(key, ...problems);
  return text;
}
