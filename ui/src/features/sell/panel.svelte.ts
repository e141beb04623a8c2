//! The panel that stands in for the tiles while something is asked for or told: whom the sale is for, a note, the price of a line, a discount,
//! what comes back of a receipt, how a
//! price came to be, an item that is in no catalogue, a product of an unknown code,
//! what something costs, what was paid of a sale. The keypad goes on working and writes into it.

/** What the panel is for. */
export type PanelKind =
  | "customer"
  | "note"
  | "seller"
  | "more"
  | "price"
  | "discount"
  | "return"
  | "suspended"
  | "open_item"
  | "create"
  | "explain"
  | "price_check"
  | "pay";

let current = $state<PanelKind | null>(null);

/** The panel that is open. */
export function panel(): PanelKind | null {
  return current;
}

let onEnter: (() => void) | null = null;

/** Lets a panel take the Enter key of keyboard and keypad while it is open. Returns how to stop. */
export function onPanelEnter(act: () => void): () => void {
  onEnter = act;
  return () => {
    if (onEnter === act) onEnter = null;
  };
}

/** Enter was pressed; says whether a panel took it. */
export function enterPanel(): boolean {
  if (current === null || onEnter === null) return false;
  onEnter();
  return true;
}

/** Opens a panel, or closes it. */
export function openPanel(kind: PanelKind | null): void {
  current = kind;
}
