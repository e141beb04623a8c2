//! What can be chosen for a device, in the order it is offered.

/** Speeds of serial lines. */
export const BAUDS = ["9600", "19200", "38400", "57600", "115200"].map((value) => ({ value, label: value }));

/** Ways to a printer. */
export const PRINTER_VIAS = ["none", "usb_port", "tcp", "serial", "usb", "queue", "file", "simulated"] as const;

/** What a simulated printer can do wrong. */
export const FAULTS = [
  "none",
  "paper_out",
  "paper_low",
  "cover_open",
  "cutter_stuck",
  "stall",
  "reset",
  "mute",
  "garbage",
  "stale_status",
  "unplugged",
] as const;

/** Pins of the drawer's socket. */
export const PINS = ["profile", "two", "five", "both"] as const;

/** What the drawer's switch says. */
export const SENSORS = ["none", "open_when_high", "open_when_low"] as const;

/** Ways to a scanner. */
export const SCANNER_VIAS = ["wedge", "serial", "hid", "simulated"] as const;

/** Keyboards that a scanner may be set to. */
export const KEYBOARD_LAYOUTS = ["american", "system", "french", "german"] as const;
