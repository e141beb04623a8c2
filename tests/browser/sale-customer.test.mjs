// A customer on the sale: found by name, put on by a key or a tap, known by their card; their prices hold.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('the customer of a sale', () => {
  const stage = useTill();

  async function signedOn(t, name, options) {
    const page = await stage.signedOn(t, name, options);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  /** A list by which a loaf costs 3.90, and who pays by it. */
  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { id } = await ask(page, 'price_list.save', { price_list: { name: 'Regulars', status: 'active' } });
    const { products } = await ask(page, 'code.find', { code: LOAF });
    const found = await ask(page, 'product.get', { id: products[0].tile.product });
    const prices = [...found.product.prices, { from: '2020-01-01', price: 3_900_000, list: id }];
    await ask(page, 'product.save', { id: found.id, base: found.product, product: { ...found.product, prices } });
    const customer = { name: 'Eloïse Vandenbroucke-Delacroix', number: 'K-4711', phone: '+32 2 555 01 02' };
    await ask(page, 'customer.save', { customer: { ...customer, price_list: id, status: 'active' } });
    await ask(page, 'customer.save', { customer: { name: 'Elodie Petit', status: 'active' } });
    await page.context().close();
  });

  test('F11, a few letters, Enter: her prices hold for what is there and what comes', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.50');
    await page.keyboard.press('F11');
    const panel = page.getByRole('region', { name: 'Customer of the sale' });
    await panel.getByText('Type a name').waitFor();
    await page.keyboard.type('elo', { delay: 120 });
    await panel.getByRole('option').nth(1).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'customer-panel');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows(page, 'total', '5.20');
    await shows(page, 'sale-customer', 'Eloïse Vandenbroucke-Delacroix');
    await scan(page, LOAF);
    await shows(page, 'total', '9.10');
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    await takePicture(page, 'customer-on-sale');
    // A page that begins anew knows her too.
    await page.reload();
    await shows(page, 'sale-customer', 'Eloïse Vandenbroucke-Delacroix');
    await page.getByRole('button', { name: 'Take the customer off' }).click();
    await shows(page, 'total', '9.70');
    await page.getByTestId('sale-customer').waitFor({ state: 'detached' });
  });

  test('her card is scanned; a finger puts another one on', async (t) => {
    const page = await signedOn(t, 'Jonas', { hasTouch: true });
    await scan(page, 'k-4711');
    await page.getByTestId('sale-customer').waitFor({ state: 'detached' });
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.getByRole('button', { name: 'Customer of the sale', exact: true }).tap();
    const panel = page.getByRole('region', { name: 'Customer of the sale' });
    await panel.getByRole('searchbox', { name: 'Find customers' }).or(panel.getByRole('combobox')).fill('4711');
    await panel.getByRole('option').tap();
    await shows(page, 'total', '3.90');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', {});
    const completed = await ask(page, 'sale.completed', { sale: sales[0].sale });
    assert.notEqual(completed.customer, null);
  });
});
