//! Sales put aside and taken up again: one key each, where there is nothing to choose.

import { api, type SuspendedView } from "../../api";
import { approval } from "../../app/approval.svelte";
import { sayDone, sayFailed } from "../../app/notices.svelte";
import { t } from "../../i18n/text.svelte";
import { openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";

/** Sales that have a number to be picked by. */
export const NUMBERED = 9;

/** The sales that are put aside. */
class Suspending {
  /** The one that waits longest first. */
  sales = $state.raw<readonly SuspendedView[]>([]);

  /** Puts the open sale aside, under a name if there is one. */
  async suspend(name: string | null): Promise<void> {
    const { view } = sale;
    if (!view) return;
    try {
      const list = await approval.call("sale.suspend", { sale: view.sale, name });
      if (!list) return;
      this.sales = list.sales;
      sale.putAside(list.sales.length);
      sayDone(t("suspended-done"), { label: t("resume"), key: "F8", run: () => void this.resume(view.sale) });
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Takes up the only one that waits, or shows which there are. */
  async choose(): Promise<void> {
    try {
      this.sales = (await api.sale.suspended()).sales;
      const [first, ...others] = this.sales;
      if (first && others.length === 0) await this.resume(first.sale);
      else openPanel("suspended");
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Shows which there are, however few. */
  async list(): Promise<void> {
    try {
      this.sales = (await api.sale.suspended()).sales;
      openPanel("suspended");
    } catch (error) {
      sayFailed(error);
    }
  }

  /** Takes a sale up again. */
  async resume(which: string): Promise<void> {
    if (panel() === "suspended") openPanel(null);
    if (await sale.call("sale.resume", { sale: which })) await sale.read();
  }

  /** Gives a sale that waits another name. */
  async rename(which: string, name: string): Promise<void> {
    try {
      const list = await approval.call("sale.suspend", { sale: which, name });
      if (list) this.sales = list.sales;
    } catch (error) {
      sayFailed(error);
    }
  }

  /** The one with this number, from 1. */
  at(number: number): SuspendedView | null {
    return number <= NUMBERED ? (this.sales[number - 1] ?? null) : null;
  }
}

/** The sales that are put aside at this till. */
export const suspending = new Suspending();
