// Selling on the demo shop, by keyboard and scanner, as a cashier does it all day.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { hindrances, openBrowser, openPage } from './browser.mjs';
import { scan, shows, signOn, typeDigits } from './cashier.mjs';
import { openTill } from './till.mjs';

/** 1.30 each. */
const BAGUETTE = '2900000001046';
/** 4.20 each. */
const LOAF = '2900000001015';
const NOBODY_HAS_IT = '2911111111111';

describe('a sale', () => {
  let browser, till;
  before(async () => {
    till = await openTill();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await till?.close();
  });

  /** A page on which this operator is signed on; at its end nothing may have gone wrong in it. */
  async function signedOn(name, t) {
    const { page, faults } = await openPage(browser, till.address);
    t.after(async () => {
      await page.context().close();
      assert.deepEqual(faults, []);
    });
    await signOn(page, name);
    return page;
  }

  test('a scan and one key sell for exact cash, and the next scan begins the next sale', async (t) => {
    const page = await signedOn('Amina', t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    assert.deepEqual(await hindrances(page), []);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    assert.deepEqual(await hindrances(page), []);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('a typed quantity holds for the next scan, and typed cash gives change', async (t) => {
    const page = await signedOn('Amina', t);
    await typeDigits(page, '3');
    await page.keyboard.press('F4');
    await scan(page, BAGUETTE);
    await shows(page, 'total', '3.90');
    await typeDigits(page, '1000');
    await page.keyboard.press('F12');
    await shows(page, 'change', '6.10');
  });

  test('a code nobody has is shown, and the sale goes on', async (t) => {
    const page = await signedOn('Amina', t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await scan(page, NOBODY_HAS_IT);
    await page.getByText(NOBODY_HAS_IT).first().waitFor();
    await scan(page, BAGUETTE);
    await shows(page, 'total', '2.60');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('a page that is loaded again has the sale as it was', async (t) => {
    const page = await signedOn('Amina', t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.reload();
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('two cashiers side by side have a sale each', async (t) => {
    const amina = await signedOn('Amina', t);
    const jonas = await signedOn('Jonas', t);
    await scan(amina, BAGUETTE);
    await scan(jonas, LOAF);
    await shows(amina, 'total', '1.30');
    await shows(jonas, 'total', '4.20');
    await amina.keyboard.press('F12');
    await shows(amina, 'change', '0.00');
    await shows(jonas, 'total', '4.20');
    await jonas.keyboard.press('F12');
    await shows(jonas, 'change', '0.00');
  });
});
