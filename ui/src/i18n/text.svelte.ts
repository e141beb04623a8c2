//! The words of the screens: Fluent messages from the same files the paper is written from.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import arHealth from "../../../assets/i18n/ar-health.ftl?raw";
import enAudit from "../../../assets/i18n/en-audit.ftl?raw";
import enError from "../../../assets/i18n/en-error.ftl?raw";
import enHealth from "../../../assets/i18n/en-health.ftl?raw";
import enReport from "../../../assets/i18n/en-report.ftl?raw";
import enScreen from "../../../assets/i18n/en-screen.ftl?raw";
import frAudit from "../../../assets/i18n/fr-audit.ftl?raw";
import frError from "../../../assets/i18n/fr-error.ftl?raw";
import frHealth from "../../../assets/i18n/fr-health.ftl?raw";
import frReport from "../../../assets/i18n/fr-report.ftl?raw";
import frScreen from "../../../assets/i18n/fr-screen.ftl?raw";
import type { Language } from "../api";
import type { AuditMessages, ErrorMessages, HealthMessages, ReportMessages, ScreenMessages } from "./keys";

/** A language the screens speak. */
export type ScreenLanguage = "en" | "fr";

function bundle(language: Language, ...files: string[]): FluentBundle {
  // Where a language runs from left to right, isolating marks around values would only be in the way of copying them.
  const made = new FluentBundle(language, { useIsolating: language === "ar" });
  for (const file of files) {
    const [problem] = made.addResource(new FluentResource(file));
    if (problem) throw problem;
  }
  return made;
}

const BUNDLES = {
  en: bundle("en", enScreen, enError, enAudit, enReport),
  fr: bundle("fr", frScreen, frError, frAudit, frReport),
};

/** How the till itself is, in every language a shop has. */
const HEALTH: Record<Language, FluentBundle> = {
  en: bundle("en", enHealth),
  fr: bundle("fr", frHealth),
  ar: bundle("ar", arHealth),
};

let current = $state.raw<ScreenLanguage>("en");
let shop = $state.raw<Language>("en");

/** The language of the shop: the screens speak it where they have its words. */
export function shopLanguage(): Language {
  return shop;
}

/** The language the screens speak now. */
export function screenLanguage(): ScreenLanguage {
  return current;
}

/** Lets the screens speak a language. Those that have no screens yet are shown in English. */
export function speak(language: Language): void {
  shop = language;
  current = language === "fr" ? "fr" : "en";
  document.documentElement.lang = current;
}

/** The values of a message; none for one that takes none. */
type Values<V> = V extends undefined ? [] : [V];

/** The text of a screen's message. */
export function t<K extends keyof ScreenMessages>(key: K, ...values: Values<ScreenMessages[K]>): string {
  return format(BUNDLES[current], key, null, values[0]);
}

/** The text of an error, or its next step. Values the error does not carry are left as their names. */
export function errorMessage(
  key: keyof ErrorMessages,
  attribute: "next" | null,
  values: Record<string, FluentVariable>,
): string {
  return format(BUNDLES[current], key, attribute, values);
}

/** What a text about something that was done begins with: what, which field, which value. */
type AuditKey = `did-${string}` | `field-${string}` | `value-${string}`;

/** A text about something that was done; `null` for what has no words. */
export function auditMessage(key: keyof AuditMessages | AuditKey): string | null {
  return BUNDLES[current].hasMessage(key) ? format(BUNDLES[current], key, null, undefined) : null;
}

/** What a text of reports begins with: a report, a column, a word in a row, a weekday. */
type ReportKey = `report-${string}` | `column-${string}` | `word-${string}` | `weekday-${number}`;

/** A text of reports; `null` for what has no words. */
export function reportMessage(key: keyof ReportMessages | ReportKey): string | null {
  return BUNDLES[current].hasMessage(key) ? format(BUNDLES[current], key, null, undefined) : null;
}

/** A text about how the till itself is, in the language of the shop; or its next step. */
export function healthMessage(
  key: keyof HealthMessages,
  attribute: "next" | null = null,
  values: Record<string, FluentVariable> = {},
): string {
  return format(HEALTH[shop], key, attribute, values);
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
