//! What was found of the things that were done: pages in a row, the newest first.

import { api, type AuditEntry, type AuditPlace, type FindAudit } from "../../api";
import { told, type Told } from "../../i18n/errors";
import { longDay } from "../../i18n/numbers.svelte";

/** What is looked for; what is left out is not asked about. */
export type Wanted = Omit<FindAudit, "after">;

/** The entries of one day. */
export interface Day {
  /** The day in words; no two days in a row have the same. */
  title: string;
  entries: AuditEntry[];
}

/** The entries that were found so far. */
export class Entries {
  /** By day; `null` until the first page is there. */
  days = $state.raw<readonly Day[] | null>(null);
  /** Where the next page begins; `null` at the end. */
  next = $state.raw<AuditPlace | null>(null);
  /** Everything that was ever done, to choose from. */
  operations = $state.raw<readonly string[]>([]);
  failure = $state.raw<Told | null>(null);
  busy = $state(false);

  #wanted: Wanted = { from: null, to: null, operator: null, operation: null, text: null };
  #asked = 0;

  /** Looks for something else. What was found before stays until there is an answer. */
  async find(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    await this.#read(null);
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    if (!this.busy && this.next) await this.#read(this.next);
  }

  async #read(after: AuditPlace | null): Promise<void> {
    this.#asked += 1;
    const mine = this.#asked;
    this.busy = true;
    this.failure = null;
    try {
      const page = await api.audit.list({ ...this.#wanted, after });
      if (mine !== this.#asked) return;
      this.days = byDay(after === null ? [] : (this.days ?? []), page.entries);
      this.next = page.next;
      this.operations = page.operations;
    } catch (error) {
      if (mine === this.#asked) this.failure = told(error);
    } finally {
      if (mine === this.#asked) this.busy = false;
    }
  }
}

/** Adds entries to those before, each to its day. */
export function byDay(before: readonly Day[], entries: readonly AuditEntry[]): Day[] {
  const days = [...before];
  for (const entry of entries) {
    const title = longDay(entry.at, entry.zone_min);
    const last = days.at(-1);
    if (last?.title === title) days[days.length - 1] = { title, entries: [...last.entries, entry] };
    else days.push({ title, entries: [entry] });
  }
  return days;
}
