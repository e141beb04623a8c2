// Payments whose reply is lost: the same request goes out again, and one sale is made.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, openPage } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('a lost reply', () => {
  const stage = useTill();

  /** Signs on and scans a loaf. Gives the page, the payments it sends, and how many sales there are. */
  async function atPayment() {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    return { page, calls: callsOf(page, 'sale.complete'), count: await salesOf(page) };
  }

  const salesOf = async (page) => (await ask(page, 'sale.list', { after: null })).sales.length;

  test('a page that is loaded again before the reply came asks again, and one sale was made', async (t) => {
    const { page, calls, count } = await atPayment();
    t.after(() => page.context().close());
    let paid;
    const atTheTill = new Promise((resolve) => (paid = resolve));
    // The till has the payment and has answered; its answer never reaches the page.
    await page.route('**/api/sale.complete', async (route) => {
      if (calls.length > 1) return route.continue();
      const response = await route.fetch();
      return paid(await response.json());
    });
    await page.keyboard.press('F12');
    const first = await atTheTill;
    assert.equal(await salesOf(page), count + 1);
    assert.equal(await page.getByTestId('change').count(), 0, 'nobody has told the page');
    await page.reload();

    await shows(page, 'change', '0.00');
    await page.getByText(first.receipt_number).waitFor();
    assert.equal(calls.length, 2);
    assert.equal(calls[1].request_id, calls[0].request_id);
    assert.deepEqual(calls[1].payload, calls[0].payload);
    assert.equal(await salesOf(page), count + 1);
    // And it is over: another load asks no more.
    await page.reload();
    await shows(page, 'change', '0.00');
    assert.equal(calls.length, 2);
  });

  test('a page whose connection breaks before the reply asks again by itself', async (t) => {
    const { page, calls, count } = await atPayment();
    t.after(() => page.context().close());
    let cuts = 0;
    await page.route('**/api/sale.complete', async (route) => {
      await route.fetch();
      cuts += 1;
      if (cuts < 3) return route.abort('connectionreset');
      return route.continue();
    });
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    assert.equal(calls.length, 3);
    assert.equal(new Set(calls.map((call) => call.request_id)).size, 1);
    assert.equal(await salesOf(page), count + 1);
  });

  test('CASH pressed twice in a hurry pays once', async (t) => {
    const { page, calls, count } = await atPayment();
    t.after(() => page.context().close());
    await Promise.all([page.keyboard.press('F12'), page.keyboard.press('F12')]);
    await shows(page, 'change', '0.00');
    await page.keyboard.press('F12');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    assert.equal(calls.length, 1);
    assert.equal(await salesOf(page), count + 1);
  });
});
