//! The words for what was done: the act, the field that changed, the value it had. What has no words is shown by its
//! name, readable.

import type { BusinessDay, Permission, Price, Quantity, TaxRate } from "../api";
import { permissionName } from "./errors";
import type { ScreenMessages } from "./keys";
import { day, decimal, price, quantity, rate, typedMoney } from "./numbers.svelte";
import { auditMessage, t } from "./text.svelte";

const SCREENS: Partial<Record<string, keyof ScreenMessages>> = {
  sell: "sell",
  receipts: "receipts",
  products: "products",
  import: "import",
  customers: "customers",
  reports: "reports",
  audit: "audit",
  people: "people",
  devices: "devices",
  settings: "settings",
  backups: "backups",
  health: "health",
  "sign-in": "audit-screen-sign-in",
  "set-up": "audit-screen-set-up",
};

/** How many characters of a hash or an id are shown. */
const SHORT = 8;

function readable(name: string): string {
  const words = name.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

/** What was done: an operation, or a kind of fact. */
export function actName(operation: string): string {
  return auditMessage(`did-${operation.replace(".", "-")}`) ?? operation;
}

/** What a field is called. */
export function fieldName(field: string): string {
  return auditMessage(`field-${field}`) ?? readable(field);
}

/** What a screen is called. */
export function screenName(screen: string): string {
  const key = SCREENS[screen];
  return key ? t(key as "sell") : readable(screen);
}

/** What records are called, by id. */
export type Names = ReadonlyMap<string, string>;

/** A value as it stands in the audit, in words. */
export function valueTold(field: string, text: string, names: Names): string {
  if (/^[[{]/.test(text)) {
    try {
      return told(field, JSON.parse(text), names);
    } catch {
      // A name that begins like a list is no list.
      return text;
    }
  }
  return told(field, text, names);
}

function told(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined) return t("audit-nothing");
  if (Array.isArray(value)) {
    return value.length === 0 ? t("audit-nothing") : value.map((one) => told(field, one, names)).join(", ");
  }
  if (typeof value === "object") return parts(value as Record<string, unknown>, names);
  const text = String(value);
  if (text === "") return t("audit-nothing");
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)) return names.get(text) ?? `…${text.slice(-SHORT)}`;
  if (/^[\da-f]{64}$/.test(text)) return `${text.slice(0, SHORT)}…`;
  // Of records, quantities are thousandths and prices millionths; of sales they come as they are read.
  if (typeof value === "number" && field === "quantity") return quantity(value as Quantity);
  if (typeof value === "number" && field === "price") return price(value as Price);
  if (field === "low_stock" && /^\d+$/.test(text)) return quantity(Number(text) as Quantity);
  if ((field === "price" || field === "quantity") && /^-?\d+(\.\d+)?$/.test(text)) return decimal(text);
  // Names that people chose are theirs, also where they read like a word of ours.
  return (WORDED.has(field) ? auditMessage(`value-${text}`) : null) ?? text;
}

/** Fields whose values are words of the till. */
const WORDED = new Set(["status", "unit", "reason", "kept_in", "mode", "scope", "rounding", "kind", "via"]);

function parts(value: Record<string, unknown>, names: Names): string {
  if (typeof value.from === "string" && typeof value.price === "number") {
    return t("price-from", { price: price(value.price as Price), day: day(value.from as BusinessDay) });
  }
  if (typeof value.from === "string" && typeof value.rate === "number") {
    return t("price-from", { price: rate(value.rate as TaxRate), day: day(value.from as BusinessDay) });
  }
  if (typeof value.permission === "string") {
    const name = permissionName(value.permission as Permission);
    // Some limits are amounts, the others are parts per million.
    if (typeof value.limit !== "number") return name;
    const amounts = ["refund", "refund_elsewhere", "move_cash", "close_shift", "raise_account_limit", "write_off_debt"];
    const isAmount = amounts.includes(value.permission);
    const limit = isAmount ? typedMoney(value.limit) : rate(value.limit as TaxRate);
    return `${name} (${limit})`;
  }
  return (
    Object.entries(value)
      .filter(([, one]) => one !== null)
      // How a device is connected says itself what it is.
      .map(([field, one]) => {
        const value = told(field, one, names);
        return field === "via" ? value : t("audit-part", { field: fieldName(field), value });
      })
      .join(", ")
  );
}
