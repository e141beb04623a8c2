//! The words of the screens: Fluent messages from the same files the paper is written from.

import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import enError from "../../../assets/i18n/en-error.ftl?raw";
import enScreen from "../../../assets/i18n/en-screen.ftl?raw";
import frError from "../../../assets/i18n/fr-error.ftl?raw";
import frScreen from "../../../assets/i18n/fr-screen.ftl?raw";
import type { Language } from "../api";
import type { ErrorMessages, ScreenMessages } from "./keys";

/** A language the screens speak. */
export type ScreenLanguage = "en" | "fr";

function bundle(language: ScreenLanguage, ...files: string[]): FluentBundle {
  // Both languages run from left to right: isolating marks around values would only be in the way of copying them.
  const made = new FluentBundle(language, { useIsolating: false });
  for (const file of files) {
    const [problem] = made.addResource(new FluentResource(file));
    if (problem) throw problem;
  }
  return made;
}

const BUNDLES = { en: bundle("en", enScreen, enError), fr: bundle("fr", frScreen, frError) };

let current = $state.raw<ScreenLanguage>("en");

/** The language the screens speak now. */
export function screenLanguage(): ScreenLanguage {
  return current;
}

/** Lets the screens speak a language. Those that have no screens yet are shown in English. */
export function speak(language: Language): void {
  current = language === "fr" ? "fr" : "en";
  document.documentElement.lang = current;
}

/** The values of a message; none for one that takes none. */
type Values<V> = V extends undefined ? [] : [V];

/** The text of a screen's message. */
export function t<K extends keyof ScreenMessages>(key: K, ...values: Values<ScreenMessages[K]>): string {
  return format(key, null, values[0]);
}

/** The text of an error, or its next step. Values the error does not carry are left as their names. */
export function errorMessage(
  key: keyof ErrorMessages,
  attribute: "next" | null,
  values: Record<string, FluentVariable>,
): string {
  return format(key, attribute, values);
}

function format(key: string, attribute: string | null, values: Record<string, FluentVariable> | undefined): string {
  const words = BUNDLES[current];
  const message = words.getMessage(key);
  const pattern = attribute === null ? message?.value : message?.attributes[attribute];
  if (!pattern) return key;
  const problems: Error[] = [];
  const text = words.formatPattern(pattern, values ?? null, problems);
  if (problems.length > 0) console.error(key, ...problems);
  return text;
}
