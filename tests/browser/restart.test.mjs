// A till that ends while its screens are open: told to, and by a power cut. What was paid stays paid.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, openBrowser, openPage } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { openTill } from './till.mjs';

describe('a till that ends', () => {
  /** A till and a page of its own on it. What the browser says of a till that is gone is no fault of the page. */
  async function open(t) {
    const till = await openTill();
    const browser = await openBrowser();
    t.after(async () => {
      await browser.close();
      await till.close();
    });
    const { page, faults } = await openPage(browser, till.address);
    const real = () => faults.filter((fault) => !/net::ERR_|status of 503/.test(fault));
    return { till, page, faultsOf: real };
  }

  const pill = (page) => page.locator('header [role=status]');

  test('the page says that its till is away, and goes on where it was after signing on again', async (t) => {
    const { till, page, faultsOf } = await open(t);
    await signOn(page, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await pill(page).getByText('On this till').waitFor();

    assert.equal(await till.stop(), 0);
    await pill(page).getByText('Reconnecting…').waitFor();
    // A scan in between is not in the way.
    await scan(page, BAGUETTE);
    await shows(page, 'total', '4.20');

    await till.startAgain();
    // Sign-ons end with the till, so the code could not be rung up: that is said. The open sale does not end.
    await page.getByText('Who is at the till?').waitFor();
    await page.getByText(BAGUETTE).first().waitFor();
    await signOn(page, 'Amina');
    await pill(page).getByText('On this till').waitFor();
    await shows(page, 'total', '4.20');
    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.50');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    assert.equal((await ask(page, 'sale.list', { after: null })).sales[0].total.amount, 550);
    assert.deepEqual(faultsOf(), []);
  });

  test('what was shown as paid is paid after a power cut, under the same number', async (t) => {
    const { till, page, faultsOf } = await open(t);
    await signOn(page, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    await till.kill();

    const number = /[A-Z]-\d{6}/.exec(await page.locator('.paid').innerText())?.[0];
    assert.notEqual(number, undefined);
    await pill(page).getByText('Reconnecting…').waitFor();
    await till.startAgain();
    await page.getByText('Who is at the till?').waitFor();
    await signOn(page, 'Amina');
    const { sales } = await ask(page, 'sale.list', { after: null });
    assert.deepEqual(
      sales.map((sale) => [sale.receipt_number, sale.total.amount]),
      [[number, 420]],
    );
    await page.keyboard.press('F8');
    await page.locator('.rows').getByText(number).waitFor();
    assert.deepEqual(faultsOf(), []);
  });
});
