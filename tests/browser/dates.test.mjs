// Fields for a day: written as the shop writes days, whatever the browser's own language is, and typed without a mouse.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, hindrances, smallTargets } from './browser.mjs';
import { scan, typeDigits } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('days', () => {
  const stage = useTill();

  /** The owner at a screen, in a browser that writes days as they are written in America. */
  const ownerOn = (t, screen) => stage.signedOn(t, 'Amina', { screen, locale: 'en-US' });

  /** Reports over days that are typed; by places, as their names depend on the language. */
  async function typedDays(page) {
    await page.locator('main header fieldset label').nth(1).click();
    await page.locator('form select').nth(1).selectOption('days');
    await page.locator('form .days').waitFor();
  }

  /** The owner at the reports, where days are typed. */
  async function ownerAtReports(t) {
    const page = await ownerOn(t, 'reports');
    await typedDays(page);
    return page;
  }

  const from = (page) => page.getByLabel('From', { exact: true });

  test('a period is typed in the order of the till, number by number, and asked for by Enter', async (t) => {
    const page = await ownerAtReports(t);
    const calls = callsOf(page, 'report.run');
    await from(page).focus();
    await typeDigits(page, '05042026');
    assert.equal(await from(page).inputValue(), '05/04/2026');
    await page.keyboard.press('Tab');
    await typeDigits(page, '9');
    await page.keyboard.press('/');
    await typeDigits(page, '4');
    await typeDigits(page, '26');
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/report.run'));
    await page.keyboard.press('Enter');
    await answered;
    assert.equal(await page.getByLabel('To', { exact: true }).inputValue(), '09/04/2026');
    const { from: first, to: last } = calls.at(-1).payload;
    assert.deepEqual([first, last], ['2026-04-05', '2026-04-09']);
  });

  test('arrows go through the numbers and change them; Backspace empties one', async (t) => {
    const page = await ownerAtReports(t);
    await from(page).focus();
    await typeDigits(page, '31012026');
    const reads = (text) => page.waitForFunction(([input, wanted]) => input.value === wanted, [handle, text]);
    const handle = await from(page).elementHandle();
    await page.keyboard.press('ArrowUp');
    await reads('31/01/2027');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await reads('31/12/2027');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    await reads('01/12/2027');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await reads('01/12/yyyy');
    assert.equal(await page.getByRole('button', { name: 'Show' }).isEnabled(), false);
    await page.keyboard.press('ArrowUp');
    await reads(`01/12/${new Date().getFullYear()}`);
  });

  test('a day that does not exist is told to be wrong, and holds nothing', async (t) => {
    const page = await ownerAtReports(t);
    await from(page).focus();
    await typeDigits(page, '31042026');
    await page.keyboard.press('Tab');
    await page.getByText('There is no such day').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Show' }).isEnabled(), false);
    await from(page).focus();
    await typeDigits(page, '30');
    await page.keyboard.press('Tab');
    await page.getByText('There is no such day').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'Show' }).isEnabled(), true);
  });

  test('a scan while a day is typed goes into the sale and leaves the day as it was', async (t) => {
    const page = await ownerAtReports(t);
    await from(page).focus();
    await typeDigits(page, '0504');
    const before = await from(page).inputValue();
    await scan(page, LOAF);
    await page.getByTestId('notice').getByText('Country sourdough loaf').waitFor();
    assert.equal(await from(page).inputValue(), before);
    const { sale } = await ask(page, 'sale.current');
    assert.equal(sale.lines_active, 1);
    await ask(page, 'sale.cancel', { sale: sale.sale });
  });

  test('a day is picked from a month with a finger, and the month stays where it is', async (t) => {
    const page = await ownerAtReports(t);
    await from(page).focus();
    await typeDigits(page, '31012026');
    await page.getByRole('button', { name: 'From: pick a day' }).click();
    const sheet = page.getByRole('dialog', { name: 'From' });
    await sheet.getByText('January 2026').waitFor();
    assert.equal(await sheet.locator('[aria-pressed=true]').innerText(), '31');
    const next = sheet.getByRole('button', { name: 'The month after' });
    const place = await next.boundingBox();
    await next.click();
    await sheet.getByText('February 2026').waitFor();
    assert.deepEqual(await next.boundingBox(), place);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
    // A scan goes into the sale while the sheet is open.
    await scan(page, LOAF);
    await page.getByTestId('notice').getByText('Country sourdough loaf').waitFor();
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.cancel', { sale: sale.sale });
    await sheet.getByRole('button', { name: /28 February 2026/ }).click();
    await sheet.waitFor({ state: 'detached' });
    assert.equal(await from(page).inputValue(), '28/02/2026');
  });

  test('a rate begins on the day that is typed', async (t) => {
    const page = await ownerOn(t, 'products');
    await page.getByText('Tax rates', { exact: true }).click();
    await page.locator('.rows').getByText('Standard').click();
    await page.getByLabel('Rate', { exact: true }).fill('21');
    await page.getByLabel('Holds from', { exact: true }).focus();
    await typeDigits(page, '01022031');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    await page.getByText('From 1 Feb 2031').waitFor();
    const { tax_categories: taxes } = await ask(page, 'tax_category.list');
    const { rates } = taxes.find(({ tax_category: tax }) => tax.name === 'Standard').tax_category;
    assert.deepEqual(rates.at(-1), { from: '2031-02-01', rate: 210_000 });
  });

  // The last one: the till goes on in French.
  test('in French the letters are French, and the order is that of the land', async (t) => {
    const page = await ownerAtReports(t);
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    await page.reload();
    await typedDays(page);
    const field = page.getByLabel('Du', { exact: true });
    await field.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    assert.equal(await field.inputValue(), 'jj/mm/aaaa');
    await typeDigits(page, '14072026');
    assert.equal(await field.inputValue(), '14/07/2026');
  });
});
