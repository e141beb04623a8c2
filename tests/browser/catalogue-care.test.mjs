// Looking after the catalogue: doubles become one, shelves are counted, what runs low is found, prices change as shown, and
// numbers are read as the shop's scale prints them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { Hand, scan, shows } from './cashier.mjs';
import { BAGUETTE, CHEESE, LOAF, MILK } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('looking after the catalogue', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    return [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
  };
  const row = (page, name) => page.locator('[role=grid] [role=row]', { hasText: name });
  const owner = async (t, options) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products', ...options });
    await page.locator('[role=grid] .title').first().waitFor();
    return page;
  };
  const idOf = async (page, text) => (await ask(page, 'product.find', { text })).tiles[0].product;
  const onHand = async (page, text) => (await ask(page, 'product.get', { id: await idOf(page, text) })).on_hand;

  test('by touch: two that are the same become one, once it was seen what goes along', async (t) => {
    const page = await owner(t, { hasTouch: true });
    const loaf = await ask(page, 'product.get', { id: await idOf(page, LOAF) });
    const double = { ...loaf.product, name: 'Country loaf', sku: null, codes: ['5000000000067'], picture: null };
    await ask(page, 'product.save', { id: null, base: null, product: double });
    await ask(page, 'stock.count', { product: await idOf(page, '5000000000067'), counted: 3000, reason: 'opening' });
    await page.getByRole('searchbox', { name: 'Find products' }).fill('country');
    await page.locator('.foot').getByText('2 products').waitFor();
    const hand = new Hand(page);
    for (const name of ['Country loaf', 'Country sourdough loaf']) {
      await row(page, name).waitFor();
      await hand.tap(row(page, name).locator('.mark'));
    }
    await hand.tap(page.getByRole('button', { name: 'Make one of both…' }));
    await page.getByRole('heading', { name: 'Two that are one' }).waitFor();
    // What more is known of stays; the other may be picked.
    assert.equal(await page.getByRole('radio', { name: /Country sourdough loaf/ }).isChecked(), true);
    await page.getByText('Barcodes 5000000000067').waitFor();
    await page.getByText('Stock 3').waitFor();
    await page.getByText('This cannot be undone.').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'merge-en');
    await hand.tap(page.getByRole('button', { name: 'Make them one' }));
    await page.getByTestId('notice').getByText('Both are Country sourdough loaf now.').waitFor();
    assert.equal(hand.taps, 4);
    assert.equal(await idOf(page, '5000000000067'), loaf.id);
    assert.equal(await onHand(page, LOAF), 3000);
    await row(page, /Country loaf/).waitFor({ state: 'detached' });
  });

  test('what is typed before a scanned product is there is counted as its own', async (t) => {
    const page = await owner(t);
    await page.getByText('Count stock', { exact: true }).click();
    await scan(page, BAGUETTE);
    const fields = page.locator('[data-product] input');
    await fields.first().waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-product] input'));
    let found;
    const looked = new Promise((resolve) => (found = resolve));
    await page.route('**/api/code.find', async (route) => {
      await looked;
      await route.continue();
    });
    const asked = page.waitForRequest('**/api/code.find');
    await scan(page, MILK);
    await asked;
    await page.keyboard.type('12', { delay: 90 });
    found();
    await fields.nth(1).waitFor();
    await page.keyboard.type('3', { delay: 90 });
    await page.waitForFunction(() => document.querySelector('[data-product] input')?.value === '123');
    assert.equal(await fields.nth(1).inputValue(), '', 'the product before waits still');
    await page.unroute('**/api/code.find');
    assert.deepEqual(await fine(page), []);
    for (const left of [1, 0]) {
      await page.getByRole('button', { name: /out of the count$/ }).first().click();
      await page.waitForFunction((many) => document.querySelectorAll('[data-product]').length === many, left);
    }
  });

  test('by keys: what is scanned is counted, what differs is shown, and all of it is said at once', async (t) => {
    const page = await owner(t);
    await ask(page, 'stock.count', { product: await idOf(page, MILK), counted: 10_000, reason: 'opening' });
    const milk = await ask(page, 'product.get', { id: await idOf(page, MILK) });
    await ask(page, 'product.save', {
      id: milk.id,
      base: milk.product,
      product: { ...milk.product, low_stock: 8000 },
    });
    await page.getByText('Count stock', { exact: true }).click();
    await page.getByText('Nothing is counted yet').waitFor();
    await scan(page, MILK);
    const counted = (name) => page.getByRole('textbox', { name: `How much of ${name}` });
    await counted(milk.product.name).waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-product] input'));
    await page.keyboard.type('7', { delay: 90 });
    await page.getByText('expected 10').waitFor();
    await shows(page, 'difference', '-3');
    // A code nobody has is said, and a product is picked by its name.
    await scan(page, '2911111111111');
    await page.getByTestId('notice').getByText('No product has the code 2911111111111.').waitFor();
    await page.getByRole('combobox', { name: 'What is counted' }).fill('baguette');
    await page.getByRole('option', { name: 'Baguette' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('One of them waits for how much there is.').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-product] input'));
    await page.keyboard.type('0', { delay: 90 });
    await page.getByTestId('difference').filter({ hasText: /^0$/ }).waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'count-en');
    // Nothing was said so far; what is typed stays while something else is looked at.
    assert.equal(await onHand(page, MILK), 10_000);
    await page.getByText('Tax rates', { exact: true }).click();
    await page.getByText('Count stock', { exact: true }).click();
    await shows(page, 'difference', '-3');
    // And when the page is read anew.
    await page.reload();
    await page.getByText('Count stock', { exact: true }).click();
    await shows(page, 'difference', '-3');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('2 products are counted, 1 differed.').waitFor();
    assert.equal(await onHand(page, MILK), 7000);
    assert.equal(await onHand(page, BAGUETTE), 0);

    await page.getByText('Products', { exact: true }).last().click();
    await page.getByLabel('Show').selectOption('low');
    await row(page, milk.product.name).getByLabel('Runs low').waitFor();
    assert.equal(await page.locator('[role=grid] .title').count(), 1);
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'low-stock-en');
  });

  test('codes that are misread or another product’s are told of while they are typed', async (t) => {
    const page = await owner(t);
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Baton');
    await page.getByLabel('Barcodes').fill(`${BAGUETTE}\n5000000000028`);
    const notes = page.getByTestId('code-notes');
    await notes.getByText(`${BAGUETTE}: Baguette has it already`).waitFor();
    await notes.getByText('5000000000028: the last digit of such a number would be 9.').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'code-notes-en');
    await page.getByLabel('Barcodes').fill('5000000000029');
    await notes.waitFor({ state: 'detached' });
    // It is a warning: such a code is saved if that is wanted.
    await page.getByLabel('Barcodes').fill('5000000000028');
    await notes.waitFor();
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Baton is saved.').waitFor();
  });

  test('prices that would change are shown before and after, and come out so', async (t) => {
    const page = await owner(t);
    for (const name of ['Bananas', 'Basmati rice']) await row(page, name).locator('.mark').click();
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.getByLabel('Prices up or down by').fill('-10');
    const preview = page.getByTestId('preview');
    await preview.getByText('2 products change.').waitFor();
    await preview.locator('li', { hasText: 'Bananas' }).getByText('€1.70').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'many-preview-en');
    await page.getByRole('button', { name: 'Save' }).click();
    await row(page, 'Bananas').getByText('€1.70').waitFor();
  });

  test('a number of the scale is read live by the rules that are typed, and sold so once they are saved', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'settings' });
    await page.getByText('Numbers of the scale', { exact: true }).click();
    await page.getByText('No number is read in this way yet').waitFor();
    await page.getByLabel('Begin with the rules of').selectOption('SE');
    const sample = page.getByTestId('sample');
    await page.getByLabel('A number to try').fill('2388888812341');
    await sample.getByText('Product 888888').waitFor();
    await sample.getByText('weighs 1.234 kg').waitFor();
    await page.getByLabel('A number to try').fill('2388888812342');
    await sample.getByText('No rule reads this number.').waitFor();
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByText('A layout says nothing yet.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save' }).last().isDisabled(), true);
    await page.getByRole('textbox', { name: 'Layout' }).last().fill('29iiiiivvvvvc');
    await page.getByText('A layout says nothing yet.').waitFor({ state: 'detached' });
    await page.getByLabel('A number to try').fill('2388888812341');
    await sample.getByText('weighs 1.234 kg').waitFor();
    assert.deepEqual(await fine(page), []);
    await takePicture(page, 'code-rules-en');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    const { rules } = await ask(page, 'code.rules');
    assert.equal(rules.rules.at(-1).layout, '29IIIIIVVVVVC');
    // The demo's cheese has a whole number of its own, which goes before every rule.
    await show(page, 'sell');
    await page.getByTestId('total').waitFor();
    await scan(page, CHEESE);
    await page.getByTestId('total').filter({ hasText: /[1-9]/ }).waitFor();
    await ask(page, 'sale.cancel', { sale: (await ask(page, 'sale.current')).sale.sale });
  });
});
