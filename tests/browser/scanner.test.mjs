// Twenty scans a second on a serial line while the page is blocked a second at a time: none is lost, none changes its
// place, and all are counted. Five minutes when TILLKEEPER_DEEP is set.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { layLine } from '../desktop/line.mjs';
import { until } from '../desktop/screen.mjs';
import { ask } from './browser.mjs';
import { shows } from './cashier.mjs';
import { BAGUETTE, CAKE, LOAF, MILK, NOBODY_HAS_IT, OIL, ROLL } from './goods.mjs';
import { useTill } from './stage.mjs';

const FEED_MS = process.env.TILLKEEPER_DEEP === undefined ? 60_000 : 300_000;
const BETWEEN_SCANS_MS = 50;
const SCANS_OF_A_SALE = 40;
const LINES_OF_THE_LONG_SALE = 500;
const BLOCK_MS = 1_000;
const GOODS = [BAGUETTE, LOAF, ROLL, CAKE, MILK, OIL];

/** Codes with numbers of their own, no two neighbours the same, each seventeenth one that is on nothing. */
function* codes() {
  let place = 0;
  for (let scan = 1; ; scan += 1) {
    if (scan % 17 === 0) {
      yield NOBODY_HAS_IT;
      continue;
    }
    // Steps of one, two and three through six things never end where they began, and do not come round soon.
    place = (place + 1 + ((scan * scan) % 3)) % GOODS.length;
    yield GOODS[place];
  }
}

/** Sends what `next` gives as a scanner does that reads twenty codes a second. Where it is late, it catches up. */
async function feed(line, count, next) {
  const sent = [];
  const start = Date.now();
  for (let scan = 0; scan < count; scan += 1) {
    const early = start + scan * BETWEEN_SCANS_MS - Date.now();
    if (early > 0) await pause(early);
    const code = next();
    line.scan(code);
    sent.push(code);
  }
  return { sent, tookMs: Date.now() - start };
}

/** Keeps the page's only thread busy, a second at a time, with a moment between in which it does what has piled up. */
function block(page) {
  return page.evaluate((ms) => {
    globalThis.blocked = 0;
    const work = () => {
      if (globalThis.blocked === null) return;
      const end = performance.now() + ms;
      while (performance.now() < end);
      globalThis.blocked += 1;
      setTimeout(work, 20);
    };
    setTimeout(work);
  }, BLOCK_MS);
}

/** Lets the page go. Gives how often it was blocked. */
const release = (page) =>
  page.evaluate(() => {
    const { blocked } = globalThis;
    globalThis.blocked = null;
    return blocked;
  });

/** Every line of a sale, in order. */
async function linesOf(page, sale) {
  const lines = [];
  for (let before = null, more = true; more; before = lines[0].number) {
    const found = await ask(page, 'sale.lines', { sale, before });
    lines.unshift(...found.lines);
    more = found.more;
  }
  return lines;
}

describe('a scanner that does not wait', () => {
  const stage = useTill();

  test('is heard out, in order, while the page is blocked and another client takes the cash', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'tillkeeper-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const line = await layLine(join(folder, 'scanner'));
    t.after(() => line.close());
    const page = await stage.signedOn(t, 'Amina');
    const { devices } = await ask(page, 'device.settings');
    const connection = { via: 'serial', port: line.path, baud: 9600 };
    const scanner = { connection, prefix: '', suffix: '', same_within_ms: 0 };
    await ask(page, 'device.save_settings', { base: devices, devices: { ...devices, scanner } });
    await until('the scanner is ready', async () => {
      const status = await ask(page, 'device.status');
      return status.devices.some(({ role, state }) => role === 'scanner' && state === 'ready');
    });
    const nameOf = new Map();
    for (const code of GOODS) {
      const { products } = await ask(page, 'code.find', { code });
      nameOf.set(code, products[0].tile.name);
    }

    const total = { read: 0, taken: 0, refused: 0 };
    let feeding = 0;
    const endless = codes();
    const next = () => endless.next().value;

    /** Feeds, and lets the second client take the cash once the till has read it all; then looks at what was sold. */
    async function sell(count, wanted) {
      const { sent, tookMs } = await feed(line, count, wanted);
      const taken = sent.filter((code) => code !== NOBODY_HAS_IT);
      total.read += sent.length;
      total.taken += taken.length;
      total.refused += sent.length - taken.length;
      feeding += tookMs;
      const { sale, scans } = await until(`the till has dealt with ${total.read} codes`, async () => {
        const current = await ask(page, 'sale.current');
        return current.scans.taken + current.scans.refused >= total.read && current;
      });
      assert.deepEqual(scans, total);
      assert.deepEqual([sale.lines_active, sale.pieces], [taken.length, taken.length]);
      const paid = await ask(page, 'sale.complete', {
        sale: sale.sale,
        tenders: [{ kind: 'cash', amount: null }],
        total: sale.totals.total,
      });
      assert.equal(paid.lines_active, taken.length);
      const lines = await linesOf(page, sale.sale);
      assert.deepEqual(
        lines.map(({ name }) => name),
        taken.map((code) => nameOf.get(code)),
      );
    }

    await block(page);
    const begun = Date.now();
    const ends = begun + FEED_MS;
    let sales = 0;
    while (Date.now() < ends) {
      await sell(SCANS_OF_A_SALE, next);
      sales += 1;
    }
    // Once a sale as long as a large family's: nothing refused in it.
    const good = () => {
      const code = next();
      return code === NOBODY_HAS_IT ? good() : code;
    };
    await sell(LINES_OF_THE_LONG_SALE, good);
    sales += 1;
    const tookMs = Date.now() - begun;
    const blocked = await release(page);
    assert.ok(blocked >= tookMs / (2 * BLOCK_MS), `the page was blocked ${blocked} times in ${tookMs} ms`);
    const perSecond = (total.read * 1_000) / feeding;
    assert.ok(perSecond >= 19, `the scanner read ${perSecond} codes a second`);

    // What was piled up for the page is shown when it comes to itself: the change of the last sale.
    await shows(page, 'change', '0.00');
    let listed = 0;
    for (let after = null, more = true; more; more = after !== null) {
      const list = await ask(page, 'sale.list', { after });
      listed += list.sales.length;
      after = list.next;
    }
    assert.equal(listed, sales);
    console.log(`${total.read} codes in ${sales} sales, ${perSecond.toFixed(1)} a second, ${blocked} blocks`);
  });
});
