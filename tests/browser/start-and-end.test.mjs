// Starting and ending a till, seen from a browser. How its first pages look is in `screens` and `first-start`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, openPage } from './browser.mjs';
import { openTill } from './till.mjs';

test('a till ends by itself while a page is open', async (t) => {
  const till = await openTill();
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page, faults } = await openPage(browser, till.address);
  await page.getByText('Who is at the till?').waitFor();
  assert.deepEqual(faults, []);
  assert.equal(await till.close(), 0);
});

test('a till that has no shop yet says so, and one with the demo shop says who can sign on', async () => {
  for (const demo of [false, true]) {
    const till = await openTill({ demo });
    const { status, answer } = await till.call('shop.greeting');
    assert.equal(status, 200);
    assert.equal(answer.set_up, demo);
    assert.equal(await till.close(), 0);
  }
});
