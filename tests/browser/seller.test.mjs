// Who sells: said for an item and from now on, by keys and by a finger, and seen on the lines.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('who sells', () => {
  const stage = useTill();

  async function signedOn(t, options) {
    const page = await stage.signedOn(t, 'Amina', options);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  const lines = (page) => page.locator('.cart li');
  const panel = (page) => page.getByRole('region', { name: 'Sales person' });

  test('Ctrl K: a colleague sells the item; Ctrl Z takes that back', async (t) => {
    const page = await signedOn(t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('Control+k');
    await panel(page).getByRole('button', { name: 'Jonas' }).waitFor();
    assert.equal(await panel(page).getByRole('button', { name: 'Amina' }).getAttribute('aria-pressed'), 'true');
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'seller-panel');
    await panel(page).getByRole('button', { name: 'Jonas' }).press('Enter');
    await lines(page).filter({ hasText: 'Sold by Jonas' }).waitFor();
    await scan(page, LOAF);
    await shows(page, 'total', '8.40');
    assert.equal(await lines(page).count(), 2);
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'seller-on-line');
    await page.keyboard.press('Control+z');
    await page.getByTestId('notice').getByText('rung up').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByTestId('notice').getByText('Undone: sales person').waitFor();
    assert.equal(await lines(page).filter({ hasText: 'Sold by' }).count(), 0);
  });

  test('a finger says it from now on', async (t) => {
    const page = await signedOn(t, { hasTouch: true });
    await page.getByRole('button', { name: 'More of this sale' }).tap();
    await page.getByRole('region', { name: 'More of this sale' }).getByRole('button', { name: 'Sales person' }).tap();
    await panel(page).getByRole('button', { name: 'Jonas' }).tap();
    await shows(page, 'sale-marks', 'Sold by Jonas');
    await scan(page, BAGUETTE);
    await lines(page).filter({ hasText: 'Sold by Jonas' }).waitFor();
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', {});
    const sold = await ask(page, 'sale.lines', { sale: sales[0].sale });
    const { operators } = await ask(page, 'shop.greeting');
    assert.equal(sold.lines[0].seller, operators.find(({ name }) => name === 'Jonas').id);
  });
});
