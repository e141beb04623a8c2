// Devices: a printer is set up, tried, and goes wrong in every way a simulated one can; what is said of it, and what waits.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, openBrowser, openPage } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show } from './stage.mjs';
import { openTill } from './till.mjs';

describe('the devices', () => {
  let browser, till;
  before(async () => {
    till = await openTill();
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await till?.close();
  });

  async function ownerOn(t, screen) {
    const { page, faults } = await openPage(browser, till.address);
    t.after(async () => {
      await page.context().close();
      assert.deepEqual(faults, []);
    });
    await signOn(page, 'Amina');
    await show(page, screen);
    return page;
  }

  const printer = (page) => page.getByRole('region', { name: 'Printer', exact: true });
  const state = (page) => page.getByRole('region', { name: 'How they are' });

  /** Sets the simulated printer up, with what it does wrong. */
  async function simulated(page, fault, model = 'epson-tm-t20') {
    await show(page, 'devices');
    await printer(page).getByLabel('Connected by').selectOption({ label: 'Simulated' });
    await printer(page).getByLabel('Model').selectOption(model);
    await printer(page).getByLabel('What it does wrong').selectOption({ label: fault });
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
  }

  async function sellOne(page) {
    await show(page, 'sell');
    // What was paid last is shown until the next scan.
    await page.getByTestId('total').or(page.getByTestId('change')).waitFor();
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    await show(page, 'devices');
  }

  test('a printer is tried, and it is seen what was said', async (t) => {
    const page = await ownerOn(t, 'devices');
    await simulated(page, 'Nothing');
    const card = state(page).locator('[data-role=receipt_printer]');
    await card.getByText('ready').waitFor();
    await card.getByRole('button', { name: 'Try' }).click();
    const row = state(page).locator('[data-job=printed]').filter({ hasText: 'Test page' });
    await row.getByText('the printer says it came out').waitFor();
    await card.getByRole('button', { name: 'What was said' }).click();
    // DLE EOT 1, and its answer: all is well.
    await card.getByText('10 04 01').first().waitFor();
    await card.locator('code').filter({ hasText: /^1[26]/ }).first().waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
  });

  test('without paper the receipt waits, says why, and comes out by itself', async (t) => {
    const page = await ownerOn(t, 'devices');
    await simulated(page, 'No paper');
    await sellOne(page);
    const waits = state(page).locator('[data-job=queued]').filter({ hasText: 'Receipt' });
    await waits.getByText('there is no paper').waitFor();
    await state(page).getByText('Put in a new roll. What waits comes out by itself.').first().waitFor();
    await simulated(page, 'Nothing');
    await waits.waitFor({ state: 'detached' });
    await state(page).locator('[data-job=printed]').filter({ hasText: 'Receipt' }).first().waitFor();
  });

  test('a line that breaks half way leaves a question, and the second print says what it is', async (t) => {
    const page = await ownerOn(t, 'devices');
    await simulated(page, 'Line breaks half way');
    await sellOne(page);
    await page.getByRole('complementary', { name: 'Question about a print' }).waitFor();
    await state(page).locator('[data-job=uncertain]').waitFor();
    await simulated(page, 'Nothing');
    await page.getByRole('button', { name: 'No, print again' }).click();
    const { sales } = await ask(page, 'sale.list', { after: null });
    await state(page).locator('[data-job=cancelled]').filter({ hasText: sales[0].receipt_number }).waitFor();
    await state(page).locator('[data-job=printed]').filter({ hasText: sales[0].receipt_number }).first().waitFor();
  });

  test('a receipt that waits is given up, and nothing is said to be fine that is not known', async (t) => {
    const page = await ownerOn(t, 'devices');
    await simulated(page, 'Cover open');
    await sellOne(page);
    await state(page).getByRole('button', { name: 'Give up' }).click();
    await state(page).getByText('None. Everything came out.').waitFor();
    await simulated(page, 'Says nothing', 'generic-80');
    await sellOne(page);
    await state(page).locator('[data-job=unconfirmed]').first().waitFor();
  });

  test('the drawer is opened without a sale, with a reason, from any screen', async (t) => {
    const page = await ownerOn(t, 'devices');
    await simulated(page, 'Nothing');
    await show(page, 'sell');
    await page.keyboard.press('Control+o');
    await page.getByRole('dialog', { name: 'Open the drawer' }).waitFor();
    await page.keyboard.press('2');
    await page.getByTestId('notice').getByText('The drawer is being opened.').waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    const kicks = ({ jobs, done }) =>
      [...jobs, ...done].filter(({ kind, receipt_number }) => kind === 'kick' && receipt_number === '');
    assert.equal(kicks(await ask(page, 'print_job.list')).length, 1);
    const { entries } = await ask(page, 'audit.list', { operation: 'drawer.no_sale' });
    assert.equal(entries.length, 1);
  });

  test('what cannot work is refused before it is saved', async (t) => {
    const page = await ownerOn(t, 'devices');
    await printer(page).getByLabel('Connected by').selectOption({ label: 'File' });
    await printer(page).getByLabel('Path').fill('receipts.prn');
    await page.keyboard.press('Control+s');
    await page.getByText('These device settings cannot work.').waitFor();
    await page.getByRole('button', { name: 'Look for devices' }).click();
    await page.getByText('Nothing was found.').or(page.getByRole('button', { name: /dev/ })).first().waitFor();
  });
});
