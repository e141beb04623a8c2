// A sale is found again without its number at hand: by scan, number, amount, item and person, by keys and by finger.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan } from './cashier.mjs';
import { BAGUETTE, CHEESE, LOAF, OIL } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('finding a sale', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };
  const list = (page) => page.getByRole('list', { name: 'Receipts' }).getByRole('button');
  const hints = (page) => page.getByRole('list', { name: 'What is meant' }).getByRole('button');
  const box = (page) => page.getByRole('searchbox', { name: 'Number, amount, item or person' });

  async function sell(page, ...codes) {
    for (const code of codes) await ask(page, 'sale.scan', { code });
    const { sale } = await ask(page, 'sale.current');
    return ask(page, 'sale.complete', { sale: sale.sale, tenders: [{ kind: 'cash', amount: null }] });
  }

  /** Waits until the list holds these receipts, the first first. */
  const listed = (page, ...numbers) =>
    page.waitForFunction(
      (wanted) => {
        const rows = [...document.querySelectorAll('ul[aria-label="Receipts"] strong')].map((row) => row.textContent);
        return rows.join(' ') === wanted;
      },
      numbers.join(' '),
      { timeout: 10_000 },
    );

  test('by number, amount, item and person; the list is whole again by Escape', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const bread = (await sell(page, BAGUETTE)).receipt_number;
    const oil = (await sell(page, OIL, BAGUETTE)).receipt_number;
    const loaf = (await sell(page, LOAF)).receipt_number;
    await show(page, 'receipts');
    await list(page).nth(2).waitFor();
    await fine(page);
    await takePicture(page, 'receipts-en');

    // What is typed anywhere is looked for.
    await page.keyboard.type('14.20', { delay: 60 });
    await listed(page, oil);
    await page.keyboard.press('Escape');
    await list(page).nth(2).waitFor();
    await page.keyboard.type(String(Number(bread.slice(-6))), { delay: 60 });
    await listed(page, bread);
    await page.keyboard.press('Escape');

    await page.keyboard.press('/');
    await box(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('baguette', { delay: 60 });
    await hints(page).filter({ hasText: 'Baguette' }).first().waitFor();
    await fine(page);
    await takePicture(page, 'receipts-hints-en');
    await page.keyboard.press('Enter');
    await listed(page, oil, bread);
    // Within these, the amount.
    await box(page).fill('1,30');
    await listed(page, bread);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await list(page).nth(2).waitFor();

    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByLabel('Operator').selectOption('Jonas');
    await page.getByText('Nothing found').waitFor();
    await page.getByLabel('Operator').selectOption('Amina');
    await listed(page, loaf, oil, bread);
    await page.getByLabel('From hour').selectOption('0');
    await page.getByLabel('To hour').selectOption('23');
    await listed(page, loaf, oil, bread);
    await fine(page);
    await takePicture(page, 'receipts-filters-en');
  });

  test('a receipt that is scanned is shown, an item shows its sales, and nothing goes into the sale', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const cheese = (await sell(page, CHEESE)).receipt_number;
    const bread = (await sell(page, LOAF)).receipt_number;
    await show(page, 'receipts');
    await list(page).filter({ hasText: bread }).waitFor();
    await scan(page, cheese.toLowerCase());
    await listed(page, cheese);
    await page.locator('pre', { hasText: cheese }).waitFor();
    await scan(page, CHEESE);
    await listed(page, cheese);
    await page.getByRole('button', { name: /^Show everything/ }).waitFor();
    assert.equal((await ask(page, 'sale.current')).sale, null, 'a code on this screen is no goods');
  });

  test('by finger, in French, on a small screen', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { viewport: { width: 1024, height: 768 }, hasTouch: true });
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    const last = (await sell(page, LOAF, LOAF, LOAF)).receipt_number;
    await show(page, 'receipts');
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    await page.getByRole('searchbox').fill('12,60');
    await page.locator('ul strong', { hasText: last }).waitFor();
    await page.getByRole('button', { name: 'Filtrer' }).tap();
    await fine(page);
    await takePicture(page, 'receipts-filters-fr');
    await ask(page, 'shop.save_settings', { base: { ...shop, language: 'fr' }, shop });
  });
});
