// Who did what, as an owner looks it up: found by person, act, word and day, page by page, saved as a table; and the
// name of somebody who left, erased.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { ask, hindrances, settled, smallTargets } from './browser.mjs';
import { scan, shows, typeDigits, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

/** Entries of a page of the till. */
const PAGE = 50;

const entries = (page) => page.locator('.list .entry');

describe('who did what', () => {
  const stage = useTill();

  test('a price a colleague agreed to stands there with both, the screen, before and after', async (t) => {
    const cashier = await stage.signedOn(t, 'Jonas');
    await scan(cashier, LOAF);
    await shows(cashier, 'total', '4.20');
    await typeDigits(cashier, '100');
    await cashier.keyboard.press('F6');
    await cashier.locator('.approval').waitFor();
    await cashier.locator('.approval').getByText('Amina').click();
    await typePin(cashier, '1470');
    await shows(cashier, 'total', '1.00');
    await cashier.keyboard.press('F12');
    await cashier.getByTestId('change').waitFor();

    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'reports');
    await page.getByRole('button', { name: 'Who did what' }).click();
    const price = entries(page).filter({ hasText: 'Changed a price' });
    await price.waitFor();
    const words = (await price.innerText()).replace(/\s+/g, ' ');
    assert.match(words, /A-000001/);
    assert.match(words, /Price 4\.20? 1(\.00)? /);
    assert.match(words, /Jonas Amina agreed/);
    const sale = entries(page).filter({ hasText: 'Completed a sale' });
    assert.match((await sale.innerText()).replace(/\s+/g, ' '), /Jonas Screen Sell €1\.00/);

    // By person, then by act, then by a word that nothing has.
    await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Amina' });
    await price.waitFor({ state: 'detached' });
    await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Jonas' });
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Signed in' });
    await entries(page).first().filter({ hasText: 'Signed in' }).filter({ hasText: 'Jonas' }).waitFor();
    assert.match((await entries(page).first().innerText()).replace(/\s+/g, ' '), /Signed in Jonas Screen Signing in/);
    await page.getByLabel('Word', { exact: true }).fill('no such thing');
    await page.getByText('Nothing found').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await smallTargets(page), []);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await sale.waitFor();
  });

  test('it reads on as one scrolls, and nothing jumps', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const view = await ask(page, 'shop.settings');
    let { shop } = view;
    const first = shop.till_name;
    for (let turn = 0; turn < PAGE * 3; turn += 1) {
      const next = { ...shop, till_name: `Till ${turn}` };
      await ask(page, 'shop.save_settings', { base: shop, shop: next });
      shop = next;
    }
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, till_name: first } });
    await show(page, 'audit');
    await entries(page).first().waitFor();
    assert.match(await entries(page).first().innerText(), /Another program/);
    let seen = 0;
    for (;;) {
      const count = await entries(page).count();
      const last = entries(page).nth(count - 1);
      await last.scrollIntoViewIfNeeded();
      const before = await last.boundingBox();
      if (await page.getByText('This is where it began.').isVisible()) break;
      assert.ok(count > seen, `${count} entries, and no more come`);
      seen = count;
      await page.waitForFunction((known) => document.querySelectorAll('.list .entry').length > known, count);
      assert.deepEqual(await last.boundingBox(), before, 'what is looked at stays where it is');
    }
    const texts = (await entries(page).allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
    for (let turn = 0; turn < PAGE * 3; turn += 1) {
      const after = turn === PAGE * 3 - 1 ? first : `Till ${turn + 1}`;
      const both = texts.filter((text) => text.includes(`Till ${turn} ${after} Amina`));
      assert.equal(both.length, 1, `Till ${turn} → ${after} stands there once`);
    }
    assert.match(texts.at(-1), /A new log began/);
  });

  test('what was found is saved as a table', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'audit');
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Completed a sale' });
    await page.waitForFunction(() => document.querySelectorAll('.list .entry').length === 1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a table' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'tillkeeper-audit.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
    assert.equal(lines.length, 2);
    assert.match(lines[1], /,Jonas,sale\.complete,sell,http,/);
    await page.getByText('1 entry is saved in tillkeeper-audit.csv.').waitFor();
  });

  test('what breaks is said with its number, and what was found stays', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'audit');
    await entries(page).first().waitFor();
    const failure = { code: 'ledger.disk_fault', class: 'fault', message: '', details: {}, reference: 'AB12-CD34' };
    await page.route('**/api/audit.list', (route) => route.fulfill({ status: 409, json: failure }));
    await page.getByLabel('Word', { exact: true }).fill('sale');
    await page.getByRole('alert').getByText('AB12-CD34').waitFor();
    assert.ok((await entries(page).count()) > 0);
    await page.unroute('**/api/audit.list');
    await page.getByLabel('Word', { exact: true }).fill('');
    await page.getByRole('alert').filter({ hasText: 'AB12' }).waitFor({ state: 'detached' });
  });

  test('a cashier is not shown the way there', async (t) => {
    const page = await stage.signedOn(t, 'Jonas');
    await page.keyboard.press('Control+m');
    await page.getByRole('dialog').waitFor();
    assert.equal(await page.getByText('Who did what').count(), 0);
  });

  test('the name and PIN of somebody who left are erased once it was asked again; what they did stays', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await show(page, 'people');
    await page.locator('.rows button').filter({ hasText: 'Jonas' }).click();
    const erase = page.getByRole('button', { name: 'Erase name and PIN' });
    await page.locator('.detail form').waitFor();
    assert.equal(await erase.count(), 0, 'whoever works here has a name');
    await page.getByText('Left', { exact: true }).click();
    await page.keyboard.press('Control+s');
    await erase.click();
    await page.getByText('Name and PIN of Jonas are emptied').waitFor();
    assert.deepEqual(await hindrances(page), []);
    await page.getByRole('button', { name: 'Keep' }).click();
    await erase.click();
    await page.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByTestId('notice').getByText('Name and PIN are erased.').waitFor();
    const gone = page.locator('.rows button').filter({ hasText: '(erased)' });
    await gone.waitFor();
    assert.equal(await page.locator('.rows').getByText('Jonas').count(), 0);
    await page.getByText('What this person did stays.').waitFor();

    await show(page, 'audit');
    const sale = entries(page).filter({ hasText: 'Completed a sale' });
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Completed a sale' });
    await sale.filter({ hasText: '(erased)' }).waitFor();
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Erased a name and a PIN' });
    await entries(page).filter({ hasText: 'Screen People' }).waitFor();
    const { operators } = await ask(page, 'operator.list');
    assert.equal(operators.filter(({ name }) => name === '').length, 1);
  });
});
