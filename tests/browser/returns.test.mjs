// Goods come back with their receipt: found by scan and by number, chosen by scan, key and finger, refunded by one key.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('returns from the receipt', () => {
  const stage = useTill();

  /** A page of this operator, with a sale of three baguettes and a loaf behind it. */
  async function sold(t, name = 'Amina') {
    const page = await stage.signedOn(t, name);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    for (const code of [BAGUETTE, BAGUETTE, BAGUETTE, LOAF]) await ask(page, 'sale.scan', { code });
    const open = (await ask(page, 'sale.current')).sale;
    const completed = await ask(page, 'sale.complete', {
      sale: open.sale,
      tenders: [{ kind: 'cash', amount: null }],
    });
    await shows(page, 'change', '0.00');
    return { page, number: completed.receipt_number, sale: completed.sale };
  }

  const panel = (page) => page.getByRole('region', { name: 'Return', exact: true });

  test('the receipt is scanned, the item is scanned, one key refunds it', async (t) => {
    const { page, number } = await sold(t);
    const hand = new Hand(page);
    await scan(page, number.toLowerCase());
    await panel(page).getByRole('heading', { name: `Return from ${number}` }).waitFor();
    await scan(page, BAGUETTE);
    await panel(page).getByLabel('Baguette comes back').filter({ hasText: '1' }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'return-panel');
    await hand.press('F12');
    await shows(page, 'change', '1.30');
    assert.equal(hand.keys, 1);
    const { sales } = await ask(page, 'sale.list');
    assert.equal(sales[0].total.amount, -130);
    // What came back cannot come back again.
    const found = await ask(page, 'sale.returnable', { number });
    assert.deepEqual(
      found.lines.map(({ sold, returned, left }) => [sold, returned, left]),
      [
        [3000, 1000, 2000],
        [1000, 0, 1000],
      ],
    );
  });

  test('by its digits and keys: everything, one less, exchanged for something else', async (t) => {
    const { page, number } = await sold(t);
    const takes = callsOf(page, 'sale.take_back');
    await typeDigits(page, String(Number(number.slice(-6))));
    await page.keyboard.press('F7');
    await panel(page).waitFor();
    await page.keyboard.press('F7');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('-');
    await panel(page).getByLabel('Baguette comes back').filter({ hasText: '2' }).waitFor();
    await panel(page).getByLabel('Reason').selectOption('Faulty');
    await panel(page).getByText('To waste').click();
    await page.keyboard.press('Enter');
    await shows(page, 'total', '-€6.80');
    await page.locator('.cart li button').first().getByText(`Return ${number}`).waitFor();
    assert.deepEqual([takes[0].payload.restock, takes[0].payload.reason], [false, 'faulty']);
    await scan(page, LOAF);
    await shows(page, 'total', '-€2.60');
    await takePicture(page, 'exchange');
    await page.keyboard.press('F12');
    await shows(page, 'change', '2.60');
  });

  test('from the list of receipts, by finger; and a sale is reversed as a whole', async (t) => {
    const { page, number } = await sold(t);
    await show(page, 'receipts');
    await page.getByRole('button', { name: 'Return items' }).click();
    await panel(page).getByRole('heading', { name: `Return from ${number}` }).waitFor();
    await panel(page).getByRole('button', { name: 'Close' }).click();
    await show(page, 'receipts');
    await page.getByRole('button', { name: 'Reverse the sale' }).click();
    await shows(page, 'total', '-€8.10');
    await page.keyboard.press('F12');
    await shows(page, 'change', '8.10');
    const found = await ask(page, 'sale.returnable', { number });
    assert.deepEqual([found.reversible, found.lines.every(({ left }) => left === 0)], [false, true]);
  });

  test('more than a cashier may refund is asked for in place', async (t) => {
    const page = await stage.signedOn(t, 'Jonas');
    const { sale: open } = await ask(page, 'sale.current');
    if (open) await ask(page, 'sale.cancel', { sale: open.sale });
    await typeDigits(page, '20');
    await page.keyboard.press('*');
    await scan(page, LOAF);
    await shows(page, 'total', '84.00');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const [{ receipt_number: number }] = (await ask(page, 'sale.list')).sales;
    await scan(page, number.toLowerCase());
    await panel(page).waitFor();
    await page.keyboard.press('F7');
    await page.keyboard.press('Enter');
    const consent = page.getByRole('region', { name: 'Another operator has to agree' });
    await consent.getByText('Take back from receipts').waitFor();
    await page.keyboard.press('Escape');
    await consent.waitFor({ state: 'detached' });
    assert.equal((await ask(page, 'sale.current')).sale, null);
  });
});
