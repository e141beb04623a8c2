// Several products with one code: the cashier picks by number or by tap, and no scan waits for it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask } from './browser.mjs';
import { scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE } from './goods.mjs';
import { useTill } from './stage.mjs';

/** On the packets of two different products. */
const SHARED = '2955555555555';

describe('the chooser', () => {
  const stage = useTill();

  /** A page on which the owner is signed on, two products share a code, and no sale is open. */
  async function signedOn(t) {
    const page = await stage.signedOn(t, 'Amina');
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    const { products } = await ask(page, 'code.find', { code: SHARED });
    if (products.length === 0) {
      const { tax_categories } = await ask(page, 'tax_category.list');
      for (const [name, price] of [['Honey, forest', 7_500_000], ['Honey, lime', 8_200_000]]) {
        const product = {
          name, sku: null, codes: [SHARED], unit: 'each', prices: [{ from: '2020-01-01', price }],
          tax_category: tax_categories[0].id, category: null, picture: null, status: 'active',
        };
        await ask(page, 'product.save', { id: null, base: null, product });
      }
    }
    await shows(page, 'total', '0.00');
    return page;
  }

  const choices = (page) => page.getByTestId('chooser').getByRole('button');

  test('a number picks, in one key', async (t) => {
    const page = await signedOn(t);
    await scan(page, SHARED);
    await choices(page).nth(1).waitFor();
    assert.equal(await choices(page).count(), 2);
    await page.keyboard.press('2');
    await shows(page, 'total', '8.20');
    await page.getByTestId('chooser').waitFor({ state: 'detached' });
    const { sale } = await ask(page, 'sale.current');
    assert.equal(sale.changed_lines.at(-1).name, 'Honey, lime');
  });

  test('a tap picks as well, and what is typed first is no pick', async (t) => {
    const page = await signedOn(t);
    await scan(page, SHARED);
    await choices(page).first().waitFor();
    // There is no sixth product: the digit is typed, and what follows it belongs to it.
    await typeDigits(page, '61');
    await page.getByTestId('entry').filter({ hasText: '61' }).waitFor();
    await page.keyboard.press('Escape');
    await choices(page).first().click();
    await shows(page, 'total', '7.50');
  });

  test('what something costs is said without selling it', async (t) => {
    const page = await signedOn(t);
    await page.keyboard.press('F3');
    await scan(page, SHARED);
    await page.getByTestId('price-check').filter({ hasText: '8.20' }).waitFor();
    await scan(page, BAGUETTE);
    await page.getByTestId('price-check').filter({ hasText: '1.30' }).waitFor();
    await shows(page, 'total', '0.00');
    await page.keyboard.press('Escape');
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
  });

  test('the next scan goes on, and every code is counted', async (t) => {
    const page = await signedOn(t);
    await scan(page, SHARED);
    await choices(page).first().waitFor();
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.getByTestId('chooser').waitFor({ state: 'detached' });
    await scan(page, SHARED);
    await scan(page, SHARED);
    await page.getByText('2 codes in a row').waitFor();
    await page.keyboard.press('1');
    await shows(page, 'total', '8.80');
  });
});
