// Pages of strangers in the same browser, while an owner is signed on: whatever they send at the till is refused.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { ask, openPage } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

/** How long an answer may take to be seen. */
const ARRIVAL_LIMIT_MS = 10_000;

describe('a page of a stranger', () => {
  const stage = useTill();
  let server;
  before(async () => {
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><html lang="en"><title>Free pictures</title><p id="out">');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    server?.close();
  });

  /**
   * The owner with an open sale, and a stranger's page in the same browser. A page at another port of this address
   * counts as the same site: the browser sends the owner's cookie along. One at `localhost` is another site.
   */
  async function open(t, host) {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const stranger = await page.context().newPage();
    await stranger.goto(`http://${host}:${server.address().port}/`);
    // What the till answered is seen below the page: the browser keeps refused answers from it.
    const answers = [];
    const wire = await page.context().newCDPSession(stranger);
    await wire.send('Network.enable');
    wire.on('Network.responseReceivedExtraInfo', ({ statusCode, headers }) => {
      // The stranger's own server sends no such header.
      if ('x-content-type-options' in headers) answers.push(statusCode);
    });
    /** Waits until so many of its requests were answered: the browser tells it a little later than the page. */
    const arrived = async (count) => {
      const end = Date.now() + ARRIVAL_LIMIT_MS;
      while (answers.length < count) {
        assert.ok(Date.now() < end, `only ${answers.length} arrived at the till`);
        await once(wire, 'Network.responseReceivedExtraInfo', { signal: AbortSignal.timeout(ARRIVAL_LIMIT_MS) });
      }
    };
    t.after(async () => {
      // What is there is as it was.
      const { sale } = await ask(page, 'sale.current');
      assert.equal(sale.totals.total.amount, 420);
      await ask(page, 'sale.cancel', { sale: sale.sale });
      await page.context().close();
    });
    return { page, stranger, answers, arrived };
  }

  const CALLS = ['session.sign_out', 'sale.current', 'shop.settings'];

  for (const host of ['127.0.0.1', 'localhost']) {
    test(`at ${host} that calls by script learns nothing and changes nothing`, async (t) => {
      const { stranger, answers, arrived } = await open(t, host);
      const read = await stranger.evaluate(
        async ([address, calls]) => {
          const outcomes = [];
          for (const call of calls) {
            for (const [mode, type] of [
              ['cors', 'application/json'],
              ['cors', 'text/plain'],
              ['no-cors', 'text/plain'],
            ]) {
              const outcome = await fetch(`${address}/api/${call}`, {
                method: 'POST',
                mode,
                credentials: 'include',
                headers: { 'content-type': type },
                body: JSON.stringify({ request_id: crypto.randomUUID?.() ?? '', payload: {} }),
              }).then(
                async (response) => (response.type === 'opaque' ? '' : await response.text()),
                () => '',
              );
              outcomes.push(outcome);
            }
          }
          return outcomes;
        },
        [stage.till.address, CALLS],
      );
      assert.deepEqual(
        read.filter((text) => text !== ''),
        [],
      );
      // Of three tries the one that looks like a real call is asked for beforehand, and that is refused too.
      await arrived(3 * CALLS.length);
      assert.deepEqual(
        answers.filter((status) => status < 400),
        [],
      );
    });

    test(`at ${host} that posts a form is refused`, async (t) => {
      const { stranger, answers, arrived } = await open(t, host);
      for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        await Promise.all([
          stranger.waitForNavigation(),
          stranger.evaluate(
            ([address, type]) => {
              const form = document.createElement('form');
              Object.assign(form, { method: 'POST', action: `${address}/api/session.sign_out`, enctype: type });
              const field = document.createElement('input');
              // With text/plain this is what a call looks like.
              Object.assign(field, {
                name: '{"payload":{},"request_id":"',
                value: '01890000-0000-7000-8000-000000000000"}',
              });
              form.append(field);
              document.body.append(form);
              form.submit();
            },
            [stage.till.address, enctype],
          ),
        ]);
        assert.match(stranger.url(), /session\.sign_out$/);
        await stranger.goBack();
      }
      await arrived(3);
      assert.deepEqual(
        answers.filter((status) => status < 400),
        [],
      );
    });

    test(`at ${host} sees no picture, no pushes and no screen of the till in a frame`, async (t) => {
      const { page, stranger } = await open(t, host);
      const { tiles } = await ask(page, 'product.tiles', { category: null, after: null });
      const picture = `${stage.till.address}/api/blobs/${tiles.find((tile) => tile.picture).picture}`;
      const seen = await stranger.evaluate(
        async ([address, source]) => {
          const image = new Promise((resolve) => {
            const node = new Image();
            node.onload = () => resolve('shown');
            node.onerror = () => resolve('refused');
            node.src = source;
          });
          const pushes = new Promise((resolve) => {
            const events = new EventSource(`${address}/api/events`, { withCredentials: true });
            events.onopen = () => resolve('open');
            events.onerror = () => resolve('refused');
          });
          const frame = new Promise((resolve) => {
            const node = document.createElement('iframe');
            node.onload = () => {
              // A page that may not be framed is replaced by one of another origin without anything in it.
              resolve(node.contentWindow.length);
            };
            node.src = address;
            document.body.append(node);
          });
          return { image: await image, pushes: await pushes, frames: await frame };
        },
        [stage.till.address, picture],
      );
      assert.deepEqual(seen, { image: 'refused', pushes: 'refused', frames: 0 });
      const framed = stranger.frames().find((frame) => frame !== stranger.mainFrame());
      assert.doesNotMatch(framed?.url() ?? '', /^http/, 'the till is not shown in a frame');
    });
  }

  test('the owner’s own page is not refused what strangers are', async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const status = await page.evaluate(async () => {
      const response = await fetch('/api/shop.settings', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"payload":{}}',
      });
      return response.status;
    });
    assert.equal(status, 200);
    await page.context().close();
  });
});
