// A program of others prints on our simulated printer and says what it thinks became of that: what it says has to be what
// we told the printer to do. Ours prints on the same twin in all other tests.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

const CLIENT = resolve(import.meta.dirname, 'node_modules/receiptio/bin/cli.js');
/** A markdown for receipts that the client knows; see its own pages. */
const RECEIPT = 'Corner Shop\n---\nCountry loaf | 4.20\n^TOTAL | ^4.20\n';
const WAIT_S = 20;
/** How long it waits for a printer that says nothing. */
const WAIT_IN_VAIN_S = 2;
/** An address that is this run's own, as the client knows one port only. */
const ADDRESS = `127.${[16, 8, 0].map((bits) => (process.pid >> bits) & 255).join('.')}`;

/** A simulated printer of this run. */
async function openPrinter() {
  const program = resolve(dirname(process.env.TILLKEEPER_HEADLESS), 'examples/simulated-printer');
  const child = spawn(program, [`${ADDRESS}:9100`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value: listens } = await lines.next();
  assert.equal(listens, `${ADDRESS}:9100`);
  return {
    /** Tells it something, and gives what it says until it is done. */
    async tell(word) {
      child.stdin.write(`${word}\n`);
      const said = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`the printer ended at ${word}`);
        if (value === 'done') return said;
        said.push(value);
      }
    },

    async close() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** What the client says became of a receipt. */
async function print(waitS = WAIT_S) {
  const words = [CLIENT, '-d', ADDRESS, '-p', 'epson', '-t', String(waitS)];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (said += data));
  child.stdin.end(RECEIPT);
  const [code] = await once(child, 'close');
  return { code, said: said.trim() };
}

describe('a client of others', () => {
  let printer;
  before(async () => (printer = await openPrinter()));
  after(() => printer?.close());

  test('says that a receipt came out that did', async () => {
    await printer.tell('fine');
    assert.deepEqual(await print(), { code: 0, said: 'success' });
    const paper = await printer.tell('paper');
    assert.ok(paper.some((line) => /Country loaf *4\.20/.test(line)), paper.join('\n'));
    assert.equal(paper.filter((line) => line === '[cut]').length, 1, paper.join('\n'));
  });

  test('says that there is no paper, and nothing comes out', async () => {
    const before = await printer.tell('paper');
    await printer.tell('paper-out');
    assert.deepEqual(await print(), { code: 102, said: 'paperempty' });
    assert.deepEqual(await printer.tell('paper'), before);
  });

  test('says that the cover is open', async () => {
    await printer.tell('cover-open');
    assert.deepEqual(await print(), { code: 101, said: 'coveropen' });
  });

  test('takes a printer that says nothing for one that is off', async () => {
    await printer.tell('mute');
    assert.deepEqual(await print(WAIT_IN_VAIN_S), { code: 104, said: 'offline' });
  });
});
