//! The panel that stands in for the tiles while something is typed for a line: its price, or an item that is in no
//! catalogue. The keypad goes on working and writes into it.

/** What the panel is for. */
export type PanelKind = "price" | "open_item";

let current = $state<PanelKind | null>(null);

/** The panel that is open. */
export function panel(): PanelKind | null {
  return current;
}

/** Opens a panel, or closes it. */
export function openPanel(kind: PanelKind | null): void {
  current = kind;
}
