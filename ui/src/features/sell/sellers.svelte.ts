//! Who sells: whoever is signed on, or a colleague, for a line or for what is rung up from now on.

import { till } from "../../app/till.svelte";
import { openPanel, panel } from "./panel.svelte";
import { sale } from "./sale.svelte";

/** What a colleague is called who sells. */
export function sellerName(seller: string): string {
  return till.greeting?.operators.find((colleague) => colleague.id === seller)?.name ?? "–";
}

/** Whether somebody else than whoever is signed on sells. */
export function isColleague(seller: string | null): seller is string {
  return seller !== null && seller !== till.session?.operator;
}

class Sellers {
  /** What it is said of. */
  of = $state<"line" | "next">("line");

  /** Ctrl K: asks who sells, or asks no more. */
  open(): void {
    if (panel() === "seller") return openPanel(null);
    this.of = sale.line ? "line" : "next";
    openPanel("seller");
  }

  /** Says who sells; `null`: whoever is signed on. */
  async say(seller: string | null): Promise<void> {
    const line = this.of === "line" && sale.line ? sale.line.number : null;
    if (await sale.call("sale.set_seller", { line, seller })) openPanel(null);
  }
}

/** Who sells at this till. */
export const sellers = new Sellers();
