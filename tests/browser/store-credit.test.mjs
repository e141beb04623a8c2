// Store credit: what comes back is kept for the customer by one key, and pays the next sale as far as it goes.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows, signOn } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('store credit', () => {
  const stage = useTill();

  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    const tenders = { ...shop.tenders, store_credit: true };
    await ask(page, 'shop.save_settings', {
      base: shop,
      shop: { ...shop, tenders },
    });
    await ask(page, 'customer.save', {
      customer: {
        name: 'Ada Vandenbroucke',
        number: '990011',
        status: 'active',
      },
    });
    await page.context().close();
  });

  /** A page on which a loaf and a baguette that were paid in cash come back. */
  async function refunding(t, options) {
    const page = await stage.signedOn(t, 'Jonas', options);
    const current = await ask(page, 'sale.current');
    if (current.sale) await ask(page, 'sale.cancel', { sale: current.sale.sale });
    for (const code of [BAGUETTE, LOAF]) await ask(page, 'sale.scan', { code });
    const { sale } = await ask(page, 'sale.current');
    const completed = await ask(page, 'sale.complete', {
      sale: sale.sale,
      tenders: [{ kind: 'cash', amount: null }],
    });
    const found = await ask(page, 'sale.returnable', {
      number: completed.receipt_number,
    });
    const lines = found.lines.map(({ line, left }) => ({
      line,
      quantity: left,
    }));
    await ask(page, 'sale.take_back', {
      from: found.sale,
      lines,
      restock: true,
      reason: 'unwanted',
    });
    await shows(page, 'total', '-€5.50');
    return page;
  }

  const last = async (page) => {
    const { sales } = await ask(page, 'sale.list', {});
    const sale = await ask(page, 'sale.completed', { sale: sales[0].sale });
    return [sale.tenders.map(({ kind, tendered }) => [kind, tendered.amount]), sale.credit_left?.amount ?? null];
  };

  for (const viewport of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
  ]) {
    test(`a refund is kept, and pays as far as it goes (${viewport.width})`, async (t) => {
      const page = await refunding(t, { viewport });
      const hand = new Hand(page);
      // Whose it is, is asked first.
      await hand.press('Alt+5');
      await page.getByRole('region', { name: 'Customer of the sale' }).waitFor();
      await page.keyboard.type('ada', { delay: 60 });
      await page.getByRole('option').waitFor();
      await page.keyboard.press('Enter');
      await shows(page, 'sale-customer', 'Ada Vandenbroucke');
      await page.getByTestId('to-credit').waitFor();
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `store-credit-refund-${viewport.width}`);
      await page.keyboard.press('Alt+5');
      await shows(page, 'credit-left', '5.50');
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      await takePicture(page, `store-credit-kept-${viewport.width}`);
      assert.deepEqual(await last(page), [[['store_credit', 550]], 550]);

      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      await scan(page, LOAF);
      await shows(page, 'total', '8.40');
      await scan(page, '990011');
      await shows(page, 'credit', '5.50');
      await page.keyboard.press('F9');
      await page.getByRole('button', { name: 'Store credit €5.50' }).waitFor();
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `store-credit-pay-${viewport.width}`);
      // More than she has is told by her name.
      await page.keyboard.type('600');
      await page.keyboard.press('Alt+5');
      await page.getByText('Ada Vandenbroucke has €5.50 of store credit.').waitFor();
      for (let digit = 0; digit < 3; digit += 1) await page.keyboard.press('Backspace');
      await page.keyboard.press('Alt+5');
      await shows(page, 'due', '2.90');
      await page.getByTestId('credit').waitFor({ state: 'detached' });
      await page.keyboard.press('F12');
      await shows(page, 'credit-left', '0.00');
      assert.deepEqual(await last(page), [
        [
          ['store_credit', 550],
          ['cash', 290],
        ],
        0,
      ]);
    });
  }

  test('by finger: the refund goes to credit, and Pay… takes from it', async (t) => {
    const page = await refunding(t, { hasTouch: true });
    await page.getByTestId('to-credit').tap();
    await page.getByRole('combobox').fill('990011');
    await page.getByRole('option').tap();
    await page.getByTestId('to-credit').tap();
    await shows(page, 'credit-left', '5.50');
    await scan(page, LOAF);
    await page.getByTestId('pay').tap();
    await page.getByRole('button', { name: 'Store credit: whose?' }).tap();
    await page.getByRole('combobox').fill('990011');
    await page.getByRole('option').tap();
    await page.getByTestId('pay').tap();
    await page.getByRole('button', { name: 'Store credit €5.50' }).tap();
    await shows(page, 'credit-left', '1.30');
  });
});
