//! Which way a refund goes by one key.

import type { RefundPart, SaleView } from "../../api";

/** The first part of a refund that goes back otherwise than in cash; `null` where none does. */
export function otherWay(view: SaleView | null): RefundPart | null {
  return view?.refund.find((part) => part.kind !== "cash") ?? null;
}
