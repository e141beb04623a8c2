// A real till without a window, on a data directory of its own that is gone afterwards.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const START_LIMIT_MS = 60_000;
const END_LIMIT_MS = 15_000;

/**
 * Starts a till, and waits until it listens.
 *
 * @param {{ demo?: boolean }} [wanted] `demo`: with the demo shop in it (the default); otherwise empty
 */
export async function openTill({ demo = true } = {}) {
  const program = process.env.TILLKEEPER_HEADLESS;
  if (program === undefined) throw new Error('start the tests by run.mjs, which says where `headless` is');
  const folder = await mkdtemp(join(tmpdir(), 'tillkeeper-'));
  const words = ['--data-dir', join(folder, 'data'), '--guard-dir', join(folder, 'guard')];
  if (demo) words.push('--demo');
  let running = await start(program, [...words, '--listen', '127.0.0.1:0']);
  const { address } = running;

  return {
    address,

    /** Everything the till has said since it was started last. */
    get said() {
      return running.said;
    },

    /** Calls an operation as a client of its own that is not signed on. Returns the status and the answer. */
    async call(operation, payload = {}) {
      const response = await fetch(`${address}/api/${operation}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ payload }),
      });
      return { status: response.status, answer: await response.json() };
    },

    /** Asks the till to end, and keeps its data. Returns the code it ended with. */
    async stop() {
      return running.end();
    },

    /** Ends the till at once, as a power cut does, and keeps its data. */
    async kill() {
      await running.kill();
    },

    /** Starts it again on its data, at the same address. */
    async startAgain() {
      running = await start(program, [...words, '--listen', new URL(address).host]);
    },

    /** Asks the till to end, and removes its data. Returns the code; a till that does not end is an error. */
    async close() {
      const code = await running.end();
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

async function start(program, words) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const said = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const address = await new Promise((found, failed) => {
    const fail = (why) => failed(new Error(`the till ${why}; it said:\n${said.join('\n')}`));
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      fail('did not listen in time');
    }, START_LIMIT_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const listening = /^listening on (http:\/\/\S+)/.exec(line);
      if (listening) {
        clearTimeout(limit);
        found(listening[1]);
      }
    });
  });

  return {
    address,
    said,

    async end() {
      if (child.exitCode !== null) {
        throw new Error(`the till ended by itself with ${child.exitCode}; it said:\n${said.join('\n')}`);
      }
      const limit = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
      child.kill('SIGTERM');
      const [code, signal] = await ended;
      clearTimeout(limit);
      if (signal !== null) throw new Error(`the till did not end by itself: ${signal}`);
      return code;
    },

    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
