// The first page of a till, before anybody signs on: in every size, light and dark, on the demo shop and on an empty
// till.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SIZES, hindrances, openBrowser, openPage } from './browser.mjs';
import { openTill } from './till.mjs';

/** Something a person can act on is what makes the page ready. */
async function ready(page) {
  await page.locator('button:visible, input:visible').first().waitFor({ timeout: 20_000 });
}

for (const [name, demo] of [['the demo shop', true], ['an empty till', false]]) {
  describe(name, () => {
    let browser, till;
    before(async () => {
      till = await openTill({ demo });
      browser = await openBrowser();
    });
    after(async () => {
      await browser?.close();
      await till?.close();
    });

    for (const size of SIZES) {
      for (const colorScheme of ['light', 'dark']) {
        const words = `${size.width} × ${size.height}, ${colorScheme}`;
        test(`${name} opens at ${words} without a fault or a hindrance`, async () => {
          const { page, faults } = await openPage(browser, till.address, { viewport: size, colorScheme });
          await ready(page);
          assert.deepEqual(await hindrances(page), []);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(overflow <= 0, `the page is ${overflow} px too wide`);
          assert.deepEqual(faults, []);
          await page.context().close();
        });
      }
    }
  });
}

test('a till ends by itself while a page is open', async (t) => {
  const till = await openTill();
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page } = await openPage(browser, till.address);
  await ready(page);
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
