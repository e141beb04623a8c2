// What comes up at the counter and is done there: a code nobody knew, an age to look at, a price a customer asks about.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, hindrances, smallTargets, takePicture } from './browser.mjs';
import { Hand, scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE, CHEESE, LOAF, NOBODY_HAS_IT } from './goods.mjs';
import { useTill } from './stage.mjs';

const BEER = '5000000000067';

describe('at the counter', () => {
  const stage = useTill();

  /** The owner, without an open sale. */
  async function owner(t, options) {
    const page = await stage.signedOn(t, 'Amina', options);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  test('an unknown code becomes a product in three fields, while scans go on', async (t) => {
    const page = await owner(t);
    await scan(page, NOBODY_HAS_IT);
    await page.getByRole('button', { name: 'New product' }).click();
    const panel = page.getByRole('region', { name: 'New product' });
    await panel.getByText(NOBODY_HAS_IT).waitFor();
    await page.keyboard.type('Sea salt', { delay: 90 });
    // Somebody scans the next thing in the middle of it.
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    assert.equal(await panel.getByLabel('Name').inputValue(), 'Sea salt');
    await page.keyboard.press('Tab');
    await page.keyboard.type('3.20', { delay: 90 });
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
    await takePicture(page, 'create-en');
    await page.keyboard.press('Enter');
    await shows(page, 'total', '4.50');
    await panel.waitFor({ state: 'detached' });
    await page.locator('.cart li', { hasText: 'Sea salt' }).waitFor();
    await scan(page, NOBODY_HAS_IT);
    await shows(page, 'total', '7.70');
    await ask(page, 'sale.cancel', { sale: (await ask(page, 'sale.current')).sale.sale });
  });

  test('an age is asked for beside the scans and confirmed with one key or one tap', async (t) => {
    const page = await owner(t, { hasTouch: true });
    const { tax_categories: taxes } = await ask(page, 'tax_category.list');
    const beer = {
      name: 'Quay bitter',
      sku: null,
      codes: [BEER],
      unit: 'each',
      prices: [{ from: '2020-01-01', price: 2_000_000 }],
      tax_category: taxes[0].id,
      category: null,
      picture: null,
      age_min: 18,
      status: 'active',
    };
    await ask(page, 'product.save', { id: null, base: null, product: beer });
    for (const confirm of [
      (hand) => hand.press('F5'),
      (hand) => hand.tap(page.getByRole('button', { name: '18 or older' })),
    ]) {
      const hand = new Hand(page);
      await scan(page, BEER);
      const card = page.getByRole('region', { name: 'Age of the customer' });
      await card.waitFor();
      assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
      // Nothing is in the way of the next thing, nor is the sale paid before somebody looked.
      await scan(page, LOAF);
      await shows(page, 'total', '6.20');
      await takePicture(page, 'age-en');
      await page.keyboard.press('F12');
      await page.getByTestId('notice').getByText('18').waitFor();
      assert.equal(await page.getByTestId('change').count(), 0);
      await confirm(hand);
      await card.waitFor({ state: 'detached' });
      assert.equal(hand.keys + hand.taps, 1);
      await page.keyboard.press('F12');
      await shows(page, 'change', '0.00');
    }
  });

  test('a price is explained step by step: list, quantity, rounding, tax, and who typed another', async (t) => {
    const page = await owner(t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('?');
    const panel = page.getByRole('region', { name: 'How the price came to be' });
    await panel.getByText('Ordinary price').waitFor();
    await panel.getByText(/^1 × €4\.20$/).waitFor();
    await panel.getByText(/Reduced 5\.5 % in it/).waitFor();
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
    await takePicture(page, 'explain-en');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.type('350', { delay: 120 });
    await page.keyboard.press('F6');
    await shows(page, 'total', '3.50');
    await page.keyboard.press('?');
    await panel.getByText('Amina typed a price').waitFor();
    await page.keyboard.press('Escape');
    // What had to be rounded says so.
    await typeDigits(page, '1.525');
    await page.keyboard.press('*');
    await scan(page, CHEESE);
    await shows(page, 'total', '46.05');
    await page.keyboard.press('?');
    await panel.getByText('1.525 kg × €27.90 = 42.5475, rounded').waitFor();
    await page.keyboard.press('Escape');
    await ask(page, 'sale.cancel', { sale: (await ask(page, 'sale.current')).sale.sale });
  });
});
