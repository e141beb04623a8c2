//! The parts of a product that come in numbers, as they are typed: packs, dated prices, what tells variants apart. Each
//! row becomes part of the product when all of it can be read.

import type { BusinessDay, Pack, PriceFrom, VariantOption } from "../../api";
import { formPrice, typedQuantity } from "../../i18n/typed";

/** A pack as it is typed. */
export interface PackDraft {
  code: string;
  quantity: string;
  name: string;
  price: string;
}

/** A dated price as it is typed. */
export interface PriceDraft {
  /** The id of the price list; empty for the ordinary price. */
  list: string;
  from: BusinessDay;
  price: string;
}

/** A pack; `null` when its code or quantity is missing or cannot be read. */
export function packOf(draft: PackDraft): Pack | null {
  const quantity = typedQuantity(draft.quantity);
  const price = draft.price.trim() === "" ? null : formPrice(draft.price);
  if (draft.code.trim() === "" || quantity === null || (draft.price.trim() !== "" && price === null)) return null;
  const name = draft.name.trim();
  return { code: draft.code.trim(), quantity, name: name === "" ? null : name, price };
}

/** A dated price; `null` when it cannot be read. */
export function priceOf(draft: PriceDraft): PriceFrom | null {
  const price = formPrice(draft.price);
  if (price === null || draft.from === "") return null;
  return draft.list === "" ? { from: draft.from, price } : { from: draft.from, price, list: draft.list };
}

/** The options of a variant that are named. */
export function optionsOf(drafts: readonly VariantOption[]): VariantOption[] {
  return drafts
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== "" && value !== "");
}

/** The ordinary prices, of no list. */
export function ordinary(prices: readonly PriceFrom[]): PriceFrom[] {
  return prices.filter((price) => (price.list ?? null) === null);
}
