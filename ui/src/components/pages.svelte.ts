//! A long list as far as it was read: pages next to each other, read on in both directions, with a limit to what is kept.

/** A page as the till gives it. */
export interface Page<T> {
  rows: readonly T[];
  /** Asks for the page before; `null` at the beginning. */
  before: string | null;
  /** Asks for the page after; `null` at the end. */
  after: string | null;
}

/** Reads a page: behind a place or before it; without a place the first, or backward the last. */
export type ReadPage<T> = (from: string | null, backward: boolean) => Promise<Page<T>>;

/** Rows that are kept at most; those farthest from where one reads are forgotten first. */
const ROWS_MAX = 1_500;

/** The pages of one list. Only what was asked for last counts. */
export class Pages<T> {
  /** The rows that are known, in order; `null` until the first were read. */
  rows = $state.raw<readonly T[] | null>(null);
  /** Goes up when the list begins anew: at another place, or as another list. */
  begun = $state(0);
  /** The list was begun at its end. */
  fromEnd = $state(false);
  /** Something is being read. */
  reading = $state(false);
  /** Nothing stands before the first row. */
  atStart = $state(true);
  /** Nothing stands after the last row. */
  atEnd = $state(true);

  #pages: readonly Page<T>[] = [];
  #read: ReadPage<T> | null = null;
  #asked = 0;

  /** Reads another list from its beginning. What was there stays until the answer. */
  async begin(read: ReadPage<T>): Promise<Page<T> | null> {
    this.#read = read;
    return this.#beginAt(false);
  }

  /** Goes to the beginning of the list. */
  async toStart(): Promise<void> {
    if (!this.atStart) await this.#beginAt(false);
  }

  /** Goes to the end of the list. */
  async toEnd(): Promise<void> {
    if (!this.atEnd) await this.#beginAt(true);
  }

  /** Reads what is known again: it has changed. */
  async readAgain(): Promise<void> {
    const [read, known] = [this.#read, this.#pages];
    const first = known[0];
    if (!read || !first) return;
    const asked = (this.#asked += 1);
    const pages: Page<T>[] = [];
    // The first row may be gone; the place before it is not.
    let from = first.before === null ? null : await this.#placeBefore(read, first.before);
    while (pages.length < known.length) {
      const page = await read(from, false);
      pages.push(page);
      from = page.after;
      if (from === null) break;
    }
    if (asked === this.#asked) this.#hold(pages);
  }

  /** Reads the next rows. Says whether there were any. */
  async more(): Promise<boolean> {
    return this.#further(false);
  }

  /** Reads the rows before. Says whether there were any. */
  async earlier(): Promise<boolean> {
    return this.#further(true);
  }

  async #placeBefore(read: ReadPage<T>, before: string): Promise<string | null> {
    return (await read(before, true)).after;
  }

  async #beginAt(end: boolean): Promise<Page<T> | null> {
    const read = this.#read;
    if (!read) return null;
    const asked = (this.#asked += 1);
    this.reading = true;
    try {
      let page = await read(null, end);
      const pages = [page];
      // A filter that few pass is answered in steps: until something is there, the next step is asked for.
      while (asked === this.#asked && page.rows.length === 0) {
        const from = end ? page.before : page.after;
        if (from === null) break;
        page = await read(from, end);
        pages.splice(0, 1, page);
      }
      if (asked !== this.#asked) return null;
      this.begun += 1;
      this.fromEnd = end;
      this.#hold(pages);
      return pages[0]!;
    } finally {
      if (asked === this.#asked) this.reading = false;
    }
  }

  async #further(backward: boolean): Promise<boolean> {
    const read = this.#read;
    if (!read || this.reading) return false;
    const asked = this.#asked;
    let from = backward ? this.#pages[0]?.before : this.#pages.at(-1)?.after;
    if (from === null || from === undefined) return false;
    this.reading = true;
    try {
      while (from !== null) {
        const page: Page<T> = await read(from, backward);
        if (asked !== this.#asked) return false;
        const next = backward ? page.before : page.after;
        if (page.rows.length > 0 || next === null) {
          this.#hold(backward ? this.#joined(page, true) : this.#joined(page, false), backward);
          return page.rows.length > 0;
        }
        from = next;
      }
      return false;
    } finally {
      if (asked === this.#asked) this.reading = false;
    }
  }

  /** The known pages with one more; an empty one only says that the list ends there. */
  #joined(page: Page<T>, backward: boolean): Page<T>[] {
    const known = [...this.#pages];
    if (page.rows.length > 0) return backward ? [page, ...known] : [...known, page];
    const edge = backward ? 0 : known.length - 1;
    known[edge] = backward ? { ...known[edge]!, before: null } : { ...known[edge]!, after: null };
    return known;
  }

  #hold(pages: readonly Page<T>[], forgetLast = false): void {
    const held = [...pages];
    let rows = held.reduce((sum, page) => sum + page.rows.length, 0);
    while (rows > ROWS_MAX && held.length > 1) {
      const gone = forgetLast ? held.pop()! : held.shift()!;
      rows -= gone.rows.length;
    }
    this.#pages = held;
    this.rows = held.flatMap((page) => page.rows);
    this.atStart = (held[0]?.before ?? null) === null;
    this.atEnd = (held.at(-1)?.after ?? null) === null;
  }
}
