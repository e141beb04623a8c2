//! Device settings while they are edited: texts and choices of a form, and the settings they stand for.

import type {
  Connection,
  Devices,
  DrawerConnection,
  DrawerPins,
  DrawerSensor,
  DrawerSettings,
  KeyboardLayout,
  KeyboardScanner,
  PrinterSettings,
  ScannerConnection,
  ScannerSettings,
  SimulatedFault,
} from "../../api";

type PrinterVia = Connection["via"] | "none";

/** A printer in a form. */
export class PrinterDraft {
  via = $state<PrinterVia>("none");
  profile = $state("");
  port = $state("");
  baud = $state("9600");
  host = $state("");
  tcpPort = $state("9100");
  path = $state("");
  queue = $state("");
  /** Number of maker and model, hexadecimal, with a colon between them. */
  usb = $state("");
  serial = $state<string | null>(null);
  fault = $state<SimulatedFault | "none">("none");
  asks = $state<"yes" | "no">("yes");
  /** The column of the calibration page that read right, by its code page, or nothing for the pages of the profile. */
  column = $state("");
  /** The line of it that read right. */
  line = $state("");

  constructor(settings: PrinterSettings | null, profile: string) {
    this.profile = settings?.profile ?? profile;
    this.asks = settings?.asks_status === false ? "no" : "yes";
    this.column = settings?.code_page ? String(settings.code_page.page) : "";
    this.line = settings?.code_page ? String(settings.code_page.slot) : "";
    if (settings) this.reach(settings.connection);
  }

  /** Takes over how a printer is reached. */
  reach(connection: Connection): void {
    this.via = connection.via;
    switch (connection.via) {
      case "serial":
        this.port = connection.port;
        this.baud = String(connection.baud);
        break;
      case "tcp":
        this.host = connection.host;
        this.tcpPort = String(connection.port);
        break;
      case "usb_port":
      case "file":
        this.path = connection.path;
        break;
      case "usb":
        this.usb = numbers(connection.vendor, connection.product);
        this.serial = connection.serial;
        break;
      case "queue":
        this.queue = connection.name;
        break;
      case "simulated":
        this.fault = connection.fault ?? "none";
    }
  }

  /** What it stands for. */
  get settings(): PrinterSettings | null {
    const connection = this.#connection();
    const code_page = this.column === "" ? null : { slot: Number(this.line), page: Number(this.column) };
    return connection && { profile: this.profile, connection, code_page, asks_status: this.asks === "yes" };
  }

  #connection(): Connection | null {
    const via = this.via;
    switch (via) {
      case "none":
        return null;
      case "serial":
        return { via, port: this.port.trim(), baud: Number(this.baud) };
      case "tcp":
        return { via, host: this.host.trim(), port: Number(this.tcpPort) };
      case "usb_port":
      case "file":
        return { via, path: this.path.trim() };
      case "usb":
        return { via, ...maker(this.usb), serial: this.serial };
      case "queue":
        return { via, name: this.queue.trim() };
      case "simulated":
        return { via, fault: this.fault === "none" ? null : this.fault };
    }
  }
}

/** A drawer in a form. */
export class DrawerDraft {
  via = $state<DrawerConnection["via"] | "none">("printer");
  pins = $state<DrawerPins>("profile");
  port = $state("");
  baud = $state("9600");
  bytes = $state("07");
  sensor = $state<DrawerSensor | "none">("none");

  constructor(settings: DrawerSettings | null) {
    if (!settings) return;
    this.sensor = settings.sensor ?? "none";
    this.reach(settings.connection);
  }

  /** The second drawer: none, until somebody says how it is opened. It is never that of a model: that is the first. */
  static second(connection: DrawerConnection | null): DrawerDraft {
    const draft = new DrawerDraft(null);
    draft.via = "none";
    draft.pins = "five";
    if (connection) draft.reach(connection);
    return draft;
  }

  /** Takes over how a drawer is opened. */
  reach(connection: DrawerConnection): void {
    this.via = connection.via;
    if (connection.via === "printer") {
      this.pins = connection.pins;
    } else {
      this.port = connection.port;
      this.baud = String(connection.baud);
      this.bytes = connection.bytes;
    }
  }

  /** How it is opened; nothing where there is none. */
  get connection(): DrawerConnection | null {
    const { via, pins } = this;
    if (via === "none") return null;
    if (via === "printer") return { via, pins };
    return { via, port: this.port.trim(), baud: Number(this.baud), bytes: this.bytes.trim() };
  }

  /** What it stands for; nothing where all is as usual. */
  get settings(): DrawerSettings | null {
    const { connection } = this;
    if (connection?.via !== "printer") return connection && { connection, sensor: null };
    const sensor = this.sensor === "none" ? null : this.sensor;
    return connection.pins === "profile" && sensor === null ? null : { connection, sensor };
  }
}

/** A scanner in a form. */
export class ScannerDraft {
  via = $state<ScannerConnection["via"] | "wedge">("wedge");
  port = $state("");
  baud = $state("9600");
  usb = $state("");
  serial = $state<string | null>(null);
  prefix = $state("");
  suffix = $state("");
  same = $state("0");
  /** Of one that acts as a keyboard. */
  layout = $state<KeyboardLayout>("american");

  constructor(settings: ScannerSettings | null, keyboard: KeyboardScanner | null) {
    if (!settings) {
      this.prefix = keyboard?.prefix ?? "";
      this.suffix = keyboard?.suffix ?? "";
      this.layout = keyboard?.layout ?? "american";
      return;
    }
    this.prefix = settings.prefix;
    this.suffix = settings.suffix;
    this.same = String(settings.same_within_ms);
    this.reach(settings.connection);
  }

  /** Takes over how a scanner is reached. */
  reach(connection: ScannerConnection): void {
    this.via = connection.via;
    if (connection.via === "serial") {
      this.port = connection.port;
      this.baud = String(connection.baud);
    } else if (connection.via === "hid") {
      this.usb = numbers(connection.vendor, connection.product);
      this.serial = connection.serial;
    }
  }

  /** What it stands for. */
  get settings(): ScannerSettings | null {
    const connection = this.#connection();
    const same_within_ms = Number(this.same);
    return connection && { connection, prefix: this.prefix, suffix: this.suffix, same_within_ms };
  }

  /** What it stands for when it acts as a keyboard; nothing where all is as usual. */
  get keyboard(): KeyboardScanner | null {
    const { via, layout, prefix, suffix } = this;
    const usual = layout === "american" && prefix === "" && suffix === "";
    return via !== "wedge" || usual ? null : { layout, prefix, suffix };
  }

  #connection(): ScannerConnection | null {
    const via = this.via;
    switch (via) {
      case "wedge":
        return null;
      case "serial":
        return { via, port: this.port.trim(), baud: Number(this.baud) };
      case "hid":
        return { via, ...maker(this.usb), serial: this.serial };
      case "simulated":
        return { via };
    }
  }
}

/** All devices in a form. */
export class DevicesDraft {
  printer: PrinterDraft;
  backup: PrinterDraft;
  drawer: DrawerDraft;
  second: DrawerDraft;
  scanner: ScannerDraft;

  constructor(devices: Devices, profile: string) {
    this.printer = new PrinterDraft(devices.receipt_printer, profile);
    this.backup = new PrinterDraft(devices.backup_printer, profile);
    this.drawer = new DrawerDraft(devices.drawer);
    this.second = DrawerDraft.second(devices.second_drawer ?? null);
    this.scanner = new ScannerDraft(devices.scanner, devices.keyboard ?? null);
  }

  /** Whether both drawers hang on the printer: then nobody can tell which is open. */
  get onePrinter(): boolean {
    return this.drawer.via === "printer" && this.second.via === "printer";
  }

  /** What they stand for. */
  get devices(): Devices {
    const second = this.second.connection;
    return {
      receipt_printer: this.printer.settings,
      backup_printer: this.backup.settings,
      drawer: this.drawer.settings,
      ...(second && { second_drawer: second }),
      scanner: this.scanner.settings,
      keyboard: this.scanner.keyboard,
    };
  }
}

const digits = (number: number) => number.toString(16).padStart(4, "0");
const numbers = (vendor: number, product: number) => `${digits(vendor)}:${digits(product)}`;

/** The numbers of maker and model; 0, which nobody has, where they cannot be read. */
function maker(text: string): { vendor: number; product: number } {
  const found = /^\s*([0-9a-f]{1,4})\s*:\s*([0-9a-f]{1,4})\s*$/i.exec(text);
  return { vendor: parseInt(found?.[1] ?? "0", 16), product: parseInt(found?.[2] ?? "0", 16) };
}
