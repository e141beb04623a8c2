//! The till as every screen needs it: who it is, who is signed on, how its devices are. Read again when it changes.

import {
  api,
  client,
  ReplyLost,
  type Contact,
  type DeviceStatusList,
  type Greeting,
  type Health,
  type Permission,
  type PrintJobView,
  type Session,
  type Topic,
} from "../api";
import { writeAs } from "../i18n/numbers.svelte";
import { speak } from "../i18n/text.svelte";
import { useKeyboardScanner } from "./keyboard.svelte";
import { sayFailed } from "./notices.svelte";

const RETRY_MS = 1_000;

/** What is known about the till. */
class Till {
  /** Who it is; `null` until it answered the first time. */
  greeting = $state.raw<Greeting | null>(null);
  /** Who is signed on; `undefined` until that is known. */
  session = $state.raw<Session | null | undefined>(undefined);
  /** How its devices are. */
  devices = $state.raw<DeviceStatusList | null>(null);
  /** How it is itself. */
  health = $state.raw<Health | null>(null);
  /** Print jobs that need attention. */
  jobs = $state.raw<readonly PrintJobView[]>([]);
  /** The last prints that are done, for better or worse. */
  jobsDone = $state.raw<readonly PrintJobView[]>([]);
  /** Whether it answers. */
  contact = $state<Contact>("connecting");

  /** How often it was said who is signed on. */
  #said = 0;
  readonly #listeners = new Set<(topics: ReadonlySet<Topic>) => void>();

  /** Whether the operator's role allows something. A convenience: the till decides. */
  can(permission: Permission): boolean {
    return this.session?.grants.some((grant) => grant.permission === permission) ?? false;
  }

  /** Tells a screen what changed, until the returned function is called. */
  onChanged(listener: (topics: ReadonlySet<Topic>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects, finishes what a page before this one left, and reads. */
  async start(): Promise<void> {
    client.onContact((contact) => {
      this.contact = contact;
    });
    client.onChanged((topics) => {
      const all: readonly Topic[] = [
        "sale",
        "session",
        "shop",
        "people",
        "products",
        "customers",
        "devices",
        "health",
        "mail",
      ];
      this.#read(new Set(topics === "all" ? all : topics));
    });
    client.start();
    try {
      await client.resume();
    } catch (error) {
      sayFailed(error);
    }
    await this.readWho();
  }

  /** Reads who the till is and who is signed on. */
  async readWho(): Promise<void> {
    const before = this.#said;
    const [greeting, current] = await Promise.all([api.shop.greeting(), api.session.current()]);
    await this.#greet(greeting);
    // Somebody signed on or off meanwhile: what was asked before may be older. The sign-on screen would come back for a
    // moment and take the first scan for a badge.
    if (this.#said !== before) return this.readWho();
    await this.signedOn(current.session);
  }

  /** Takes note of who signed on or off. */
  async signedOn(session: Session | null): Promise<void> {
    this.#said += 1;
    const same = this.session?.operator === session?.operator;
    this.session = session;
    if (session === null) {
      this.devices = null;
      this.jobs = [];
      this.jobsDone = [];
      this.health = null;
    } else if (!same || this.devices === null) {
      await Promise.all([this.readDevices(), this.readHealth()]);
    }
  }

  /** Takes note of who the till is. */
  async #greet(greeting: Greeting): Promise<void> {
    // Before anything is shown: no word stands there in another language first.
    await speak(greeting.language);
    this.greeting = greeting;
    writeAs(greeting.currency, greeting.currency_decimals);
  }

  /** Reads how the devices are. */
  async readDevices(): Promise<void> {
    if (!this.session) return;
    const [devices, list] = await Promise.all([api.device.status(), api.print_job.list()]);
    this.devices = devices;
    useKeyboardScanner(devices.keyboard ?? null);
    this.jobs = list.jobs;
    this.jobsDone = list.done;
  }

  /** Reads how the till itself is. */
  async readHealth(): Promise<void> {
    if (this.session) this.health = await api.health.show();
  }

  #read(topics: ReadonlySet<Topic>): void {
    const reads: Promise<void>[] = [];
    if (topics.has("shop") || topics.has("session") || topics.has("people")) reads.push(this.readWho());
    if (topics.has("devices")) reads.push(this.readDevices());
    if (topics.has("health")) reads.push(this.readHealth());
    Promise.all(reads).then(
      () => this.#listeners.forEach((listener) => listener(topics)),
      (error: unknown) => {
        console.warn(String(error));
        // The stream of pushes may be back already: nothing else would ask again.
        if (error instanceof ReplyLost) setTimeout(() => this.#read(topics), RETRY_MS);
      },
    );
  }
}

/** The till. */
export const till = new Till();
