//! The words for devices: what they are called, how they are, why, and what to do.

import type { DeviceReason, DeviceRole, DeviceStatus } from "../api";
import { healthMessage, t } from "./text.svelte";

/** What a device is called; the first drawer has a number where there are two. */
export function deviceName(role: DeviceRole, ofTwo = false): string {
  return role === "drawer" && ofTwo ? t("drawer-number", { number: 1 }) : t(`device-${role}`);
}

/** How a device is, in a word. */
export function deviceWord(device: Pick<DeviceStatus, "role" | "state">): string {
  return t(`device-${device.state}`, { role: device.role });
}

/** Why a device does not work, and what to do. */
export function reasonTold(reason: DeviceReason): { text: string; next: string } {
  const key = `reason-${reason}` as const;
  return { text: healthMessage(key), next: healthMessage(key, "next") };
}

/** What a device is called and how it is. */
export function deviceSays(device: DeviceStatus, ofTwo = false): string {
  return t("device-says", { name: deviceName(device.role, ofTwo), text: deviceWord(device) });
}

/** How a device is, in a sentence, and what to do. */
export function deviceTold(device: DeviceStatus, ofTwo = false): { text: string; next: string } {
  if (device.reason) {
    const told = reasonTold(device.reason);
    return { text: t("device-says", { name: deviceName(device.role, ofTwo), text: told.text }), next: told.next };
  }
  const text = deviceSays(device, ofTwo);
  if (device.state === "absent") return { text, next: t(`device-${device.role}-absent-next`) };
  return { text, next: t("device-fine") };
}
