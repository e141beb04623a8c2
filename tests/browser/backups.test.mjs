// Backups as an owner meets them: one is made, put back, and taken over by an empty till.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, hindrances, openBrowser, openPage, settled, smallTargets } from './browser.mjs';
import { scan, shows, signOn, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show } from './stage.mjs';
import { openTill } from './till.mjs';

describe('backups', () => {
  /** A till and a page of its own on it. What the browser says of a till that starts again is no fault of the page. */
  async function open(t, wanted) {
    const till = await openTill(wanted);
    const browser = await openBrowser();
    t.after(async () => {
      await browser.close();
      await till.close();
    });
    const { page, faults } = await openPage(browser, till.address);
    return { till, page, faultsOf: () => faults.filter((fault) => !/net::ERR_|status of 503/.test(fault)) };
  }

  async function sell(page) {
    await show(page, 'sell');
    await page.getByTestId('tile').first().waitFor();
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  }

  /** Makes a backup on the owner's screen, and returns where it is. */
  async function makeOne(page) {
    await show(page, 'backups');
    await page.getByRole('button', { name: 'Make a backup now' }).click();
    await page.getByText('Read back and found whole').waitFor();
    const { backups } = await ask(page, 'backup.list');
    return backups[0].path;
  }

  test('one is made and put back; the till starts again by itself, with new numbers', async (t) => {
    const { page, faultsOf } = await open(t);
    await signOn(page, 'Amina');
    await show(page, 'backups');
    await page.getByText('No backup yet').waitFor();
    assert.deepEqual(await hindrances(page), []);
    await sell(page);
    await makeOne(page);
    await sell(page);
    await show(page, 'backups');
    await page.getByRole('button', { name: 'Put back' }).click();
    await page.getByText('What was sold after').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await smallTargets(page), []);
    await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();
    await page.getByText('Who is at the till?').waitFor();
    // Nobody is signed on: no screen stands yet.
    await page.evaluate(() => (location.hash = '/sell'));
    await signOn(page, 'Amina');
    await sell(page);
    const { sales } = await ask(page, 'sale.list', { after: null });
    assert.match(sales[0].receipt_number, /^B\w{4}-000001$/);
    assert.equal(sales[1].receipt_number, 'A-000001');
    assert.equal(sales.length, 2, 'the sale after the backup is in what was kept aside');
    assert.deepEqual(faultsOf(), []);
  });

  test('an empty till goes on with the backup of another, and its people sign on with their PINs', async (t) => {
    const old = await open(t);
    await signOn(old.page, 'Amina');
    await sell(old.page);
    const path = await makeOne(old.page);

    const { page, faultsOf } = await open(t, { demo: false });
    await page.getByRole('button', { name: 'Go on with a backup' }).click();
    await page.getByLabel('Backup or folder').fill('/no/such/place');
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await page.getByText('No backup found').waitFor();
    assert.deepEqual(await hindrances(page), []);
    await page.getByLabel('Backup or folder').fill(path);
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await page.getByRole('button', { name: 'Choose', exact: true }).click();
    await page.getByText('Do not use the old till any more').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click();
    await page.getByText('Who is at the till?').waitFor();
    await page.getByRole('button', { name: 'Amina' }).click();
    await typePin(page, '1470');
    await page.getByTestId('total').waitFor();
    const { sales } = await ask(page, 'sale.list', { after: null });
    assert.deepEqual(
      sales.map((sale) => sale.receipt_number),
      ['A-000001'],
    );
    assert.deepEqual(faultsOf(), []);
  });
});
