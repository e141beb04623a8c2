//! Makes a shop of what was typed: the shop with its owner, who signs on, and its tax rates. What failed half-way is gone on
//! with where it stopped.

import { api } from "../../api";
import { till } from "../../app/till.svelte";
import { linesOf } from "../../i18n/lines";
import { dayOf } from "../../i18n/numbers.svelte";
import { draft, settingUp } from "./draft.svelte";

/** Makes the shop; what it throws is shown, and it can be called again. */
export async function openShop(pin: string, rates: readonly { name: string; rate: number }[]): Promise<void> {
  let made = (await api.shop.greeting()).set_up;
  settingUp.opening = true;
  try {
    if (!made) await setUp(pin);
    made = true;
    await signOn(pin);
    await addRates(rates);
    settingUp.leave("code");
    await till.readWho();
    made = false;
  } finally {
    // Where it failed after the shop was made, the steps stay: the same button goes on.
    settingUp.opening = made;
  }
}

async function setUp(pin: string): Promise<void> {
  await api.shop.set_up({
    shop: {
      name: draft.name.trim(),
      address: linesOf(draft.address),
      tax_number: draft.taxNumber.trim(),
      currency: draft.currency,
      language: draft.language,
      tax_policy: { mode: draft.mode, scope: "document", rounding: "half_up" },
      receipt_header: [],
      receipt_footer: [],
      lock_after_min: null,
      tenders: {
        cash: true,
        card: true,
        voucher: false,
        voucher_change: false,
        store_credit: false,
        on_account: false,
        tips: false,
        cash_rounding: null,
      },
      receipt_layout: {
        logo_size: "medium",
        address: true,
        tax_number: true,
        till_name: true,
        operator: true,
        customer: false,
        unit_prices: false,
        taxes: "at_end",
        large_total: true,
        code: "code128",
      },
      logo: null,
      till_name: draft.tillName.trim(),
      shift: { day_turns_at: 0, difference_free: 0 },
    },
    owner_name: draft.ownerName.trim(),
    owner_pin: pin,
  });
}

async function signOn(pin: string): Promise<void> {
  const { operators } = await api.shop.greeting();
  const owner = operators.find(({ name }) => name === draft.ownerName.trim()) ?? operators[0];
  if (owner) await api.session.sign_in({ operator: owner.id, pin });
}

async function addRates(rates: readonly { name: string; rate: number }[]): Promise<void> {
  const { tax_categories: there } = await api.tax_category.list();
  const from = dayOf(new Date()).replace(/-\d\d-\d\d$/, "-01-01");
  for (const { name, rate } of rates) {
    if (there.some(({ tax_category: known }) => known.name === name)) continue;
    await api.tax_category.save({ id: null, base: null, tax_category: { name, rates: [{ from, rate }] } });
  }
}
