// A screen that nobody sees, with a driver for windows on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { coloursOf, pictureOf } from './picture.mjs';

const START_LIMIT_MS = 30_000;
const COLOURS_OF_TEXT = 40;
const PICTURES = resolve(import.meta.dirname, '../../target/desktop');

/** Opens a screen, and starts the driver that opens windows on it. */
export async function openScreen() {
  // The screen is a file here, so that everything on it can be looked at. It must not wait for a disk.
  const memory = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'screen-'));
  const words = ['-displayfd', '3', '-screen', '0', '1024x768x24', '-nolisten', 'tcp', '-fbdir', memory];
  const server = spawn('Xvfb', words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(server.stdio[3], 'data', { signal: AbortSignal.timeout(START_LIMIT_MS) });
  const display = `:${String(number).trim()}`;
  const environment = {
    ...process.env,
    DISPLAY: display,
    LANG: 'C.UTF-8', // as bare systems have it; the program has to make a language of it
    NO_AT_BRIDGE: '1', // the accessibility bus is not there, and looking for it takes long
    TAURI_WEBVIEW_AUTOMATION: 'true',
  };
  delete environment.LC_ALL;

  const port = await freePort();
  const driver = spawn('dbus-run-session', ['--', 'WebKitWebDriver', `--port=${port}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  /** Every line that was said by the driver and by the programs it started. */
  const said = [];
  for (const stream of [driver.stdout, driver.stderr]) {
    createInterface({ input: stream }).on('line', (line) => said.push(line));
  }
  const address = `http://127.0.0.1:${port}`;
  await until('the driver answers', async () => (await fetch(`${address}/status`).catch(() => null))?.ok);

  return {
    address,
    display,
    environment,
    said,

    /** Keeps a picture of everything on the screen in target/desktop. */
    async keep(name) {
      mkdirSync(PICTURES, { recursive: true });
      writeFileSync(join(PICTURES, `${name}.png`), pictureOf(await readFile(join(memory, 'Xvfb_screen0'))));
    },

    /** Whether there is more on the screen than an empty window. */
    async isDrawn() {
      return coloursOf(await readFile(join(memory, 'Xvfb_screen0'))) > COLOURS_OF_TEXT;
    },

    /** Runs `xdotool` on this screen and gives what it says. */
    async xdotool(...words) {
      const child = spawn('xdotool', words, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
      let out = '';
      child.stdout.on('data', (data) => (out += data));
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`xdotool ${words.join(' ')} ended with ${code}`);
      return out.trim();
    },

    /** Ends the driver, its windows, and the screen. */
    async close() {
      const ended = once(driver, 'exit');
      // Its group is its own: the bus and the driver end together, and whatever they started.
      process.kill(-driver.pid, 'SIGTERM');
      await ended;
      const blank = once(server, 'exit');
      server.kill('SIGTERM');
      await blank;
      await rm(memory, { recursive: true, force: true });
    },
  };
}

/**
 * Waits until something is so.
 *
 * @param {string} what in words, for when it never is
 * @param {() => unknown} isSo
 */
export async function until(what, isSo, limitMs = START_LIMIT_MS) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await isSo();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`it never came to this: ${what}`);
    await pause(50);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
