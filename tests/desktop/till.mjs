// The real till with its window, on a data directory of its own that is gone afterwards.

import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { layLine } from './line.mjs';
import { openScreen, until } from './screen.mjs';
import { Driver, KEY } from './webdriver.mjs';

/** The manager of the demo shop. */
export const MANAGER = { name: 'Amina', pin: '1470' };

/** A folder with a data directory, and a screen for tills on it. */
export async function openShop() {
  const folder = await mkdtemp(join(tmpdir(), 'tillkeeper-'));
  const screen = await openScreen();
  const lines = [];
  /** The words that open the till on a data directory of this name. */
  const wordsFor = (name) => ['--demo', '--data-dir', join(folder, name), '--guard-dir', join(folder, 'guard'), '--log', 'debug'];
  return {
    screen,
    wordsFor,
    words: wordsFor('data'),

    /** Lays a serial line with this name. */
    async line(name) {
      const line = await layLine(join(folder, name));
      lines.push(line);
      return line;
    },

    /** Opens the till. */
    open(words = []) {
      return openTill(screen, [...this.words, ...words]);
    },

    async close() {
      await screen.close();
      lines.forEach((line) => line.close());
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openTill(screen, words) {
  const program = process.env.TILLKEEPER;
  if (program === undefined) throw new Error('start the tests by run.mjs, which says where `tillkeeper` is');
  const from = screen.said.length;
  const driver = await Driver.open(screen.address, program, words).catch((error) => {
    throw new Error(`${error.message}; it said:\n${screen.said.slice(from).join('\n')}`);
  });
  const pid = await processOf(program, words);
  const till = {
    driver,
    pid,

    /** The lines of the till's log. */
    log: () => screen.said.slice(from),

    /** How often an operation was called, successfully or not. */
    called: (operation) => till.log().filter((line) => line.includes(`operation="${operation}" door=`)).length,

    /** Calls an operation as the page does. */
    call(operation, payload = {}) {
      const envelope = { request_id: randomUUID(), operation, payload };
      return driver.evaluateLater('(envelope) => window.__TAURI_INTERNALS__.invoke("call", { envelope })', envelope);
    },

    /** Waits for an element. */
    see(selector) {
      const look = () => driver.evaluate('(selector) => document.querySelector(selector)?.innerText', selector);
      return until(`${selector} is there`, look);
    },

    /** Waits for a line of the sale. */
    seeLine(name) {
      const look = () =>
        driver.evaluate('(name) => document.querySelector(".cart")?.innerText.includes(name)', name);
      return until(`the sale has a line ${name}`, look);
    },

    /** Signs on with the keyboard. */
    async signOn({ name, pin }) {
      await till.see('.who button');
      const index = await driver.evaluate(
        '(name) => [...document.querySelectorAll(".who button")].findIndex((each) => each.innerText.includes(name))',
        name,
      );
      await driver.click(`.who li:nth-child(${index + 1}) button`);
      await driver.keys(pin + KEY.enter);
      await till.see('[data-testid="cash"]');
    },

    /** Sets up the devices: the printer with the drawer, and the scanner. */
    async setUpDevices({ printer, scanner }) {
      const { devices, profiles } = await till.call('device.settings');
      const profile = profiles.find((name) => name.startsWith('generic'));
      const wanted = {
        // What the other end keeps is looked at byte by byte: nothing is asked in between.
        receipt_printer: {
          profile,
          connection: { via: 'serial', port: printer.path, baud: 38400 },
          asks_status: false,
        },
        scanner: {
          connection: { via: 'serial', port: scanner.path, baud: 9600 },
          prefix: '',
          suffix: '',
          same_within_ms: 0,
        },
      };
      await till.call('device.save_settings', { base: devices, devices: wanted });
      await until('the devices are ready', async () => {
        const { devices } = await till.call('device.status');
        return devices.every(({ state }) => state === 'ready');
      });
    },

    /** How often the page's security policy was broken. */
    violations: () => driver.evaluate('() => document.documentElement.dataset.cspViolations'),

    /**
     * Keeps a picture of the window, as the screen shows it. The driver's own pictures wait for the page to draw something
     * new, and a till that rests draws nothing before the minute changes.
     */
    keep: (name) => screen.keep(name),

    /** Ends it in order, as the system does when it shuts down. */
    async stop() {
      process.kill(pid, 'SIGTERM');
      await gone(pid);
      await driver.close().catch(() => undefined); // the driver may have noticed by itself
    },

    /** Ends it as a power cut does. */
    async kill() {
      process.kill(pid, 'SIGKILL');
      await gone(pid);
      await driver.close().catch(() => undefined);
    },
  };
  return till;
}

/** The process of the till, which the driver has started and does not name. */
export function processOf(program, words) {
  const line = [program, ...words].join('\0');
  return until('the till runs', async () => {
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const found = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
      if (found.startsWith(line)) return Number(name);
    }
    return undefined;
  });
}

/** The process of this name that `ancestor` has started, itself or through others. */
export async function descendant(ancestor, name) {
  const stats = new Map();
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, called, parent] = /\((.*)\) \S (\d+) /.exec(stat) ?? [];
    if (called !== undefined) stats.set(Number(pid), { called, parent: Number(parent) });
  }
  for (const [pid, { called }] of stats) {
    if (called !== name) continue;
    for (let each = pid; each > 1; each = stats.get(each)?.parent ?? 0) if (each === ancestor) return pid;
  }
  return undefined;
}

/** Waits until a process has ended. */
export async function gone(pid) {
  await until(`process ${pid} has ended`, async () => {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // Ended, or ended and not yet buried by the driver.
    return status === '' || /\) [ZX] /.test(status);
  });
  await pause(0);
}
