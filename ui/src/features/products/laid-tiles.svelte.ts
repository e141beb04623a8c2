//! The pages of tiles while they are edited: every change is saved at once, shows on every till screen, and can be undone.

import { api, type LaidPage, type LaidTile, type TileLayout, type TileTarget } from "../../api";
import { told, type Told } from "../../i18n/errors";

/** What can be undone at most. */
const STEPS_MAX = 50;

/** Whether two tiles are for the same. */
export function isSame(a: TileTarget, b: TileTarget): boolean {
  return keyOf(a) === keyOf(b);
}

/** What tells a tile from the others of its page. */
export function keyOf(target: TileTarget): string {
  return "product" in target ? target.product : target.category;
}

/** A list in which what stood at one place stands at another. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, index) => index !== from);
  const place = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, place), list[from]!, ...rest.slice(place)];
}

/** The pages, as they are edited. */
export class LaidTiles {
  /** The pages; `null` until they were read. */
  layout = $state.raw<TileLayout | null>(null);
  /** The place of the page that is shown. */
  at = $state(0);
  /** The tiles of that page, with what they are called. */
  tiles = $state.raw<readonly LaidTile[]>([]);
  failure = $state.raw<Told | null>(null);
  /** A change is being saved. */
  busy = $state(false);

  #before = $state.raw<readonly TileLayout[]>([]);
  /** What was begun last, done or not; it never fails. */
  #saving: Promise<void> = Promise.resolve();
  /** The last undo that was asked for. */
  #turn: Promise<void> = Promise.resolve();

  /** The page that is shown. */
  readonly page = $derived<LaidPage | null>(this.layout?.pages[this.at] ?? null);
  readonly canUndo = $derived(this.#before.length > 0);

  /** Reads the pages, and the tiles of the one that is shown. */
  async read(): Promise<void> {
    await this.#act(async () => {
      const { layout } = await api.tile.layout();
      await this.#show(layout, Math.min(this.at, Math.max(layout.pages.length - 1, 0)));
    });
  }

  /** Shows a page. */
  async show(at: number): Promise<void> {
    await this.#act(async () => {
      if (this.layout) await this.#show(this.layout, at);
    });
  }

  /** Changes all pages, and shows one. */
  async change(pages: readonly LaidPage[], at: number = this.at): Promise<void> {
    const base = this.layout;
    if (!base || this.busy) return;
    await this.#act(async () => {
      await this.#save(base, { pages: [...pages] }, at);
      this.#before = [...this.#before, base].slice(-STEPS_MAX);
    });
  }

  /** Changes the page that is shown. */
  async changePage(change: Partial<LaidPage>): Promise<void> {
    const pages = this.layout?.pages ?? [];
    await this.change(pages.map((page, index) => (index === this.at ? { ...page, ...change } : page)));
  }

  /** Takes the last change back; pressed again while that is being saved, the one before it too, in its turn. */
  async undo(): Promise<void> {
    const turn = this.#turn.then(() => this.#undoLast());
    this.#turn = turn;
    await turn;
  }

  async #undoLast(): Promise<void> {
    await this.#saving;
    const [base, last] = [this.layout, this.#before.at(-1)];
    if (!base || !last) return;
    await this.#act(async () => {
      await this.#save(base, last, Math.min(this.at, Math.max(last.pages.length - 1, 0)));
      this.#before = this.#before.slice(0, -1);
    });
  }

  async #save(base: TileLayout, layout: TileLayout, at: number): Promise<void> {
    const saved = await api.tile.save_layout({ base, layout });
    await this.#show(saved.layout, at);
  }

  async #show(layout: TileLayout, at: number): Promise<void> {
    const page = layout.pages[at];
    const { tiles } = page ? await api.tile.page({ page: page.name }) : { tiles: [] };
    this.layout = layout;
    this.at = at;
    this.tiles = tiles;
  }

  #act(act: () => Promise<void>): Promise<void> {
    this.#saving = this.#tell(act);
    return this.#saving;
  }

  async #tell(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await act();
      this.failure = null;
    } catch (error) {
      this.failure = told(error);
    } finally {
      this.busy = false;
    }
  }
}
