//! An import as the screen follows it: what the till says of it, asked again while something is under way.

import { api, type ImportEntry, type ImportKind, type ImportMapping, type ImportView, uploadData } from "../../api";
import { told, type Told } from "../../i18n/errors";

/** Milliseconds between two looks at what is under way. */
const LOOK_MS = 300;

/** The import of this screen. */
export class Importing {
  /** Under way, or the last one; `null` while a file is chosen. */
  view = $state.raw<ImportView | null>(null);
  /** Those that were made, the newest first. */
  made = $state.raw<readonly ImportEntry[] | null>(null);
  /** How much of the file has arrived, from 0 to 1; `null` while none is on its way. */
  arriving = $state<number | null>(null);
  /** A call is under way. */
  busy = $state(false);
  failure = $state.raw<Told | null>(null);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;
  /** Whoever chooses a file at once waits until it is known where the till stands. */
  #started: Promise<void> = Promise.resolve();

  /** Reads where the till stands. An import that ended before this screen came is history. */
  async start(): Promise<void> {
    this.#started = this.#act(async () => {
      const { current, imports } = await api.import.list();
      this.made = imports;
      const open = current !== null && !["done", "cancelled", "failed"].includes(current.state);
      this.#take(open ? current : null);
    });
    await this.#started;
  }

  /** Stops looking. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
  }

  /** Brings a file to the till, which guesses its columns. */
  async choose(file: File, kind: ImportKind): Promise<void> {
    await this.#started;
    await this.#act(async () => {
      this.arriving = 0;
      try {
        const blob = await uploadData(file, (sent) => (this.arriving = sent));
        this.#take(await api.import.begin({ blob, file: file.name, kind }));
      } finally {
        this.arriving = null;
      }
    });
  }

  /** Lets every row be read. */
  async check(mapping: ImportMapping): Promise<void> {
    await this.#with((of) => api.import.check({ import: of, mapping }));
  }

  /** Imports what was checked. */
  async commit(options: { accept_warnings: boolean; skip_errors: boolean }): Promise<void> {
    await this.#with((of) => api.import.commit({ import: of, ...options }));
  }

  /** Gives it up. */
  async cancel(): Promise<void> {
    await this.#with((of) => api.import.cancel({ import: of }));
  }

  /** Takes one that was made back. */
  async undo(of: string): Promise<void> {
    await this.#act(async () => this.#take(await api.import.undo({ import: of })));
  }

  /** Makes room for another file. */
  async another(): Promise<void> {
    this.#take(null);
    await this.#readMade();
  }

  async #with(call: (of: string) => Promise<ImportView>): Promise<void> {
    const view = this.view;
    if (view) await this.#act(async () => this.#take(await call(view.import)));
  }

  async #act(act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await act();
    } catch (error) {
      this.failure = told(error);
    } finally {
      this.busy = false;
    }
  }

  async #readMade(): Promise<void> {
    try {
      this.made = (await api.import.list()).imports;
    } catch (error) {
      this.failure = told(error);
    }
  }

  #take(view: ImportView | null): void {
    this.view = view;
    clearTimeout(this.#timer);
    if (this.#over || view === null) return;
    if (view.state === "checking" || view.state === "importing") {
      this.#timer = setTimeout(() => void this.#look(view.import), LOOK_MS);
    } else if (view.state === "done") void this.#readMade();
  }

  async #look(of: string): Promise<void> {
    try {
      const view = await api.import.show({ import: of });
      if (this.view?.import === of) this.#take(view);
    } catch (error) {
      console.warn(String(error));
      if (!this.#over) this.#timer = setTimeout(() => void this.#look(of), LOOK_MS);
    }
  }
}
