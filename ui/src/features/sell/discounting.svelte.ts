//! What the next discount is given on, and why: kept while the panel is closed, so that digits and % are enough.

import type { DiscountReason, DiscountView } from "../../api";
import { rate } from "../../i18n/numbers.svelte";
import { t } from "../../i18n/text.svelte";

/** Why it may cost less, the most usual first: one that is missing here does not compile. */
const REASONS: Record<DiscountReason, true> = {
  goodwill: true,
  faulty: true,
  short_dated: true,
  price_match: true,
  staff: true,
  other: true,
};

/** The reasons, in the order they are offered in. */
export const DISCOUNT_REASONS = Object.keys(REASONS) as DiscountReason[];

/** What a discount is on, and why it is given. */
class Discounting {
  of = $state<"line" | "sale">("line");
  reason = $state<DiscountReason>("goodwill");

  /** Begins anew with the next customer. */
  forget(): void {
    this.of = "line";
    this.reason = "goodwill";
  }
}

/** What the next discount is on, and why. */
export const discounting = new Discounting();

/** "−10 %", or the word where an amount was taken off. */
export function discountName(discount: DiscountView): string {
  return discount.by.by === "part" ? `−${rate(discount.by.ppm)}` : t("discount");
}
