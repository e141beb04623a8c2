// What is said of a sale and its lines: notes, taken away, exempt from tax; by keys and by a finger.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { scan, shows, signOn, typePin } from './cashier.mjs';
import { BAGUETTE, LOAF, OIL } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('what is said of a sale', () => {
  const stage = useTill();

  async function signedOn(t, name, options) {
    const page = await stage.signedOn(t, name, options);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  /** The loaf's tax category, and another that holds for it when it is taken away. */
  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { products } = await ask(page, 'code.find', { code: LOAF });
    const { product } = await ask(page, 'product.get', { id: products[0].tile.product });
    const away = { name: 'To go', rates: [{ from: '2020-01-01', rate: 20_000 }] };
    const { id } = await ask(page, 'tax_category.save', { tax_category: away });
    const { tax_categories } = await ask(page, 'tax_category.list');
    const { tax_category: base } = tax_categories.find((each) => each.id === product.tax_category);
    const tax_category = { ...base, takeaway: id };
    await ask(page, 'tax_category.save', { id: product.tax_category, base, tax_category });
    await page.context().close();
  });

  test('a note by its key, on the item and on the sale; it is on the receipt', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('/');
    const panel = page.getByRole('region', { name: 'Note', exact: true });
    await panel.getByLabel('Note', { exact: true }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'note-panel');
    await page.keyboard.type('sliced, thin', { delay: 120 });
    await page.keyboard.press('Enter');
    await page.locator('.cart li', { hasText: 'sliced, thin' }).waitFor();
    await page.keyboard.press('/');
    await panel.getByText('The whole sale').click();
    await panel.getByLabel('Note', { exact: true }).fill('for the Saturday party');
    await panel.getByRole('button', { name: 'Note it' }).click();
    await shows(page, 'sale-note', 'for the Saturday party');
    await scan(page, LOAF);
    await shows(page, 'total', '8.40');
    assert.equal(await page.locator('.cart li').count(), 2);
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    await takePicture(page, 'notes-on-sale');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', {});
    const { lines } = await ask(page, 'receipt.preview', { sale: sales[0].sale });
    const paper = lines.join('\n');
    assert.match(paper, /sliced, thin/);
    assert.match(paper, /for the Saturday party/);
  });

  test('Ctrl B: the price stays, the tax in it follows', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    const taxed = page.getByRole('region', { name: 'Total' });
    await taxed.getByText('5.5 % tax 0.22').waitFor();
    await page.keyboard.press('Control+b');
    await taxed.getByText('2 % tax 0.08').waitFor();
    await shows(page, 'sale-marks', 'Take-away');
    await scan(page, BAGUETTE);
    await taxed.getByText('2 % tax 0.11').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'take-away');
    await page.getByRole('button', { name: 'Take-away' }).click();
    await taxed.getByText('5.5 % tax 0.29').waitFor();
    await page.getByTestId('sale-marks').waitFor({ state: 'detached' });
  });

  test('without tax, with a colleague’s consent; a finger does it', async (t) => {
    const page = await signedOn(t, 'Jonas', { hasTouch: true });
    await scan(page, OIL);
    await shows(page, 'total', '12.90');
    await page.getByRole('button', { name: 'More of this sale' }).tap();
    const panel = page.getByRole('region', { name: 'More of this sale' });
    await panel.getByRole('button', { name: 'Diplomatic' }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'more-panel');
    await panel.getByRole('button', { name: 'Diplomatic' }).tap();
    const colleague = page.locator('.approval').getByRole('radio', { name: 'Amina' });
    await colleague.tap();
    await typePin(page, /\d{4}/.exec(await colleague.innerText())[0]);
    await shows(page, 'sale-marks', 'Exempt from tax · Diplomatic');
    await page.locator('.cart li', { hasText: 'without' }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    await takePicture(page, 'exempt-sale');
    await page.keyboard.press('Home');
    await panel.getByRole('button', { name: 'It bears tax' }).click();
    await shows(page, 'total', '12.90');
  });
});
