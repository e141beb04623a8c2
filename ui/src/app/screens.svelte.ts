//! The screens beside the sale. Each is loaded when it is first opened and kept from then on: a till that sells all day
//! holds in memory what it sells with.

import type { Component } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Screen } from "./route.svelte";

/** Every screen but the one that is always there. */
type Loaded = Exclude<Screen, "sell">;

const SCREENS: Readonly<Record<Loaded, () => Promise<{ default: Component }>>> = {
  receipts: () => import("../features/receipts/Receipts.svelte"),
  shift: () => import("../features/shift/Shift.svelte"),
  products: () => import("../features/products/Products.svelte"),
  import: () => import("../features/import/Import.svelte"),
  customers: () => import("../features/customers/Customers.svelte"),
  reports: () => import("../features/reports/Reports.svelte"),
  audit: () => import("../features/audit/Audit.svelte"),
  people: () => import("../features/people/People.svelte"),
  devices: () => import("../features/devices/Devices.svelte"),
  settings: () => import("../features/settings/Settings.svelte"),
  backups: () => import("../features/backups/Backups.svelte"),
  health: () => import("../features/health/Health.svelte"),
};

const loaded = new SvelteMap<Loaded, Component>();

/** A screen that is there; `undefined` until {@link loadScreen} has brought it. */
export function loadedScreen(name: Loaded): Component | undefined {
  return loaded.get(name);
}

/** Brings a screen. Fails only where the till that the page came from is gone: its own window has them all inside. */
export async function loadScreen(name: Loaded): Promise<void> {
  loaded.set(name, (await SCREENS[name]()).default);
}
