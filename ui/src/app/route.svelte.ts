//! Which screen is shown: one value, kept in the address after `#` so that a reload comes back to it.

import type { Permission } from "../api";

/** The screens of a signed-on operator. */
export const SCREENS = [
  "sell",
  "receipts",
  "shift",
  "products",
  "import",
  "customers",
  "reports",
  "audit",
  "people",
  "devices",
  "settings",
  "backups",
  "health",
] as const;

/** A screen. */
export type Screen = (typeof SCREENS)[number];

/** What a role has to allow for a screen; the till checks every call again. */
export const NEEDS: Readonly<Record<Screen, Permission | null>> = {
  sell: null,
  receipts: "sell",
  shift: "sell",
  products: "manage_products",
  import: "manage_products",
  customers: "manage_customers",
  reports: "view_reports",
  audit: "view_reports",
  people: "manage_people",
  devices: "manage_devices",
  settings: "manage_settings",
  backups: "manage_settings",
  health: null,
};

function read(): Screen {
  const name = location.hash.replace(/^#\/?/, "");
  return SCREENS.find((screen) => screen === name) ?? "sell";
}

let current = $state<Screen>(read());

window.addEventListener("hashchange", () => {
  current = read();
});

/** The screen that is shown. */
export function screen(): Screen {
  return current;
}

/** Shows a screen. */
export function show(next: Screen): void {
  current = next;
  location.hash = `/${next}`;
}
