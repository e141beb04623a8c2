// The catalogue as whoever looks after it goes through it: by keys and by fingers, one product and many.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ask, callsOf, hindrances, shifted } from './browser.mjs';
import { Hand, scan } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

/** Products one shelf of the test holds beside those of the demo shop. */
const MANY = 400;

describe('the list of products', () => {
  const stage = useTill();

  const titles = (page) => page.locator('[role=grid] .title');
  const first = (page, name) => titles(page).first().filter({ hasText: name }).waitFor();
  const row = (page, name) => page.locator('[role=grid] [role=row]', { hasText: name });
  /** Waits until what is shown stands in this order: the heading says the new order before the rows come. */
  const inOrder = async (shown, wanted) => {
    const givenUp = Date.now() + 30_000;
    while (!isDeepStrictEqual(await shown(), wanted) && Date.now() < givenUp) await pause(30);
    assert.deepEqual(await shown(), wanted);
  };
  const detail = (page, name) => page.getByRole('heading', { level: 2, name });
  const owner = async (t, options) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'products', ...options });
    await titles(page).first().waitFor();
    return page;
  };

  test('by keys alone: a product is looked for, opened, changed and left', async (t) => {
    const page = await owner(t);
    const hand = new Hand(page);
    await hand.press('/');
    await page.keyboard.type('sourd', { delay: 90 });
    await first(page, 'Country sourdough loaf');
    await hand.press('Enter');
    await hand.press('Enter');
    await detail(page, 'Country sourdough loaf').waitFor();
    assert.deepEqual([hand.keys, hand.taps], [3, 0]);
    assert.deepEqual(await hindrances(page), []);
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('4.40');
    await hand.press('Control+s');
    await row(page, 'Country sourdough loaf').getByText('€4.40').waitFor();
    // Out of the field, out of the product, out of the list.
    await hand.press('Escape');
    await hand.press('Escape');
    await detail(page, 'Country sourdough loaf').waitFor({ state: 'detached' });
    await hand.press('Escape');
    await page.getByTestId('total').waitFor();
    const { tiles } = await ask(page, 'product.find', { text: 'sourdough' });
    assert.equal(tiles[0].price, 4_400_000);
    const view = await ask(page, 'product.get', { id: tiles[0].product });
    const product = structuredClone(view.product);
    product.prices.at(-1).price = 4_200_000;
    await ask(page, 'product.save', { id: view.id, base: view.product, product });
  });

  test('a filter and an order show what they say, and both are taken back', async (t) => {
    const page = await owner(t);
    await page.getByLabel('Category').selectOption({ label: 'Dairy & eggs' });
    await first(page, 'Brie de Meaux');
    const groups = await page.locator('[role=grid] small').allInnerTexts();
    assert.deepEqual([...new Set(groups)], ['Dairy & eggs']);
    await page.getByRole('button', { name: 'Price' }).click();
    await page.locator('[aria-sort=ascending]', { hasText: 'Price' }).waitFor();
    const prices = async () =>
      (await page.locator('[role=grid] .price').allInnerTexts()).map((text) => Number(/\d+\.\d+/.exec(text)[0]));
    const cheapest = (await prices()).toSorted((a, b) => a - b);
    await inOrder(prices, cheapest);
    await page.getByRole('button', { name: 'Price' }).click();
    await page.locator('[aria-sort=descending]', { hasText: 'Price' }).waitFor();
    await inOrder(prices, cheapest.toReversed());
    await page.getByLabel('Show').selectOption('archived');
    await page.getByText('Take a filter away').waitFor();
    await page.getByLabel('Show').selectOption('active');
    await page.getByLabel('Category').selectOption({ label: 'All' });
    await page.getByRole('button', { name: 'Name' }).click();
    await first(page, 'Apple tart');
  });

  test('what is searched comes in an order of its own, and how many there are is said', async (t) => {
    const page = await owner(t);
    const foot = page.locator('.foot');
    await page.locator('[aria-sort=ascending]', { hasText: 'Name' }).waitFor();
    const all = (await ask(page, 'product.list')).total.count;
    await foot.getByText(`${all} products`).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('sourd', { delay: 90 });
    await foot.getByText('1 product · the likeliest first').waitFor();
    // No head says that it orders this list, and none can be pressed.
    assert.equal(await page.locator('[aria-sort=ascending], [aria-sort=descending]').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Price', exact: true }).isDisabled(), true);
    await page.keyboard.press('Escape');
    await foot.getByText(`${all} products`).waitFor();
    await page.getByRole('button', { name: 'Price', exact: true }).click();
    await page.locator('[aria-sort=ascending]', { hasText: 'Price' }).waitFor();
    await foot.getByText(/\d+ products/).waitFor();
    // Nothing is found: a filter is only taken away where there is one.
    await page.keyboard.press('/');
    await page.keyboard.type('qqxqq', { delay: 90 });
    await page.getByText('Check the spelling').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('Show').selectOption('archived');
    await page.getByRole('button', { name: 'Take the filters away' }).click();
    await foot.getByText(/\d+ products/).waitFor();
    assert.equal(await page.getByLabel('Show').inputValue(), 'active');

    // What keeps a product from being saved stands beside the button.
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByText('Type a name first.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Quince');
    await page.getByText('Type a name first.').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'Save' }).isEnabled(), true);
  });

  test('by touch alone: two are marked and made dearer together, once', async (t) => {
    const page = await owner(t, { hasTouch: true });
    const calls = callsOf(page, 'product.change_many');
    const hand = new Hand(page);
    for (const name of ['Baguette', 'Bananas']) await hand.tap(row(page, name).locator('.mark'));
    await page.getByText('2 selected').waitFor();
    await hand.tap(page.getByRole('button', { name: 'Change…' }));
    await page.getByLabel('Prices up or down by').fill('10');
    assert.deepEqual(await hindrances(page), []);
    await hand.tap(page.getByRole('button', { name: 'Save' }));
    await page.getByTestId('notice').getByText('2 products were changed.').waitFor();
    await row(page, 'Baguette').getByText('€1.43').waitFor();
    await row(page, 'Bananas').getByText('€2.08').waitFor();
    assert.equal(hand.taps, 4);
    const { payload } = calls[0];
    assert.deepEqual(payload.change.price.by_ppm, 100_000);

    // The same call again is the same change, not one more.
    const again = await page.context().request.post(`${stage.till.address}/api/product.change_many`, { data: calls[0] });
    assert.deepEqual(await again.json(), { changed: 2, same: 0, unpriced: 0 });
    await row(page, 'Baguette').getByText('€1.43').waitFor();
    // And back, for whoever comes next.
    for (const [name, price] of [['Baguette', 1_300_000], ['Bananas', 1_890_000]]) {
      const { tiles } = await ask(page, 'product.find', { text: name });
      const view = await ask(page, 'product.get', { id: tiles[0].product });
      const product = structuredClone(view.product);
      product.prices.at(-1).price = price;
      await ask(page, 'product.save', { id: view.id, base: view.product, product });
    }
  });

  test('a six-pack, a deposit and an age are written into a product, and the till sells them so', async (t) => {
    const page = await owner(t);
    const { tax_categories: taxes } = await ask(page, 'tax_category.list');
    const bottle = {
      name: 'Bottle deposit',
      sku: null,
      codes: [],
      unit: 'each',
      prices: [{ from: '2020-01-01', price: 250_000 }],
      tax_category: taxes[0].id,
      category: null,
      picture: null,
      status: 'active',
    };
    await ask(page, 'product.save', { id: null, base: null, product: bottle });
    await page.getByRole('button', { name: 'New product' }).click();
    const form = page.locator('.detail');
    await form.getByLabel('Name', { exact: true }).fill('Quay bitter');
    await form.getByLabel('Price', { exact: true }).fill('2');
    await scan(page, '5000000000043');
    await form.getByText('Packs', { exact: true }).click();
    await form.getByRole('button', { name: 'Add a pack' }).click();
    // The pack that waits for its code gets the next one.
    await scan(page, '5000000000050');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.detail input')].some(({ value }) => value === '5000000000050'),
    );
    await form.getByLabel('Price of a pack').fill('11');
    await form.getByText('Deposit', { exact: true }).click();
    await form.getByLabel('What is rung up with it').fill('bottle dep');
    await form.getByRole('option', { name: 'Bottle deposit' }).click();
    await form.getByText('Age and stock', { exact: true }).click();
    await form.getByLabel('Age of the customer').fill('18');
    assert.deepEqual(await hindrances(page), []);
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Quay bitter is saved.').waitFor();
    await show(page, 'sell');
    await page.getByTestId('total').waitFor();
    await scan(page, '5000000000050');
    // Eleven for the pack, and a quarter for each of its six bottles.
    await page.getByTestId('total').filter({ hasText: '12.50' }).waitFor();
    const { sale } = await ask(page, 'sale.current');
    assert.equal(sale.age_check, 18);
    await ask(page, 'sale.cancel', { sale: sale.sale });
  });

  test('a scan opens its product, and an unknown one begins a new product', async (t) => {
    const page = await owner(t);
    await scan(page, LOAF);
    await detail(page, 'Country sourdough loaf').waitFor();
    await scan(page, '5000000000029');
    await detail(page, 'New product').waitFor();
    assert.match(await page.getByLabel('Barcodes').inputValue(), /^5000000000029$/m);
    await scan(page, '5000000000036');
    await page.waitForFunction(() => /5000000000036/.test(document.querySelector('textarea').value));
  });

  test('hundreds are gone through without being drawn: both ends, page by page, by scrolling', async (t) => {
    const page = await owner(t);
    const { tax_categories: taxes } = await ask(page, 'tax_category.list');
    for (let number = 0; number < MANY; number += 1) {
      await ask(page, 'product.save', {
        id: null,
        base: null,
        product: {
          name: `Zinnia seeds no. ${String(number).padStart(3, '0')}`,
          sku: null,
          codes: [],
          unit: 'each',
          prices: [],
          tax_category: taxes[0].id,
          category: null,
          picture: null,
          status: 'active',
        },
      });
    }
    await page.reload();
    await first(page, 'Apple tart');
    const drawn = () => page.locator('[role=grid] [role=row]').count();
    assert.ok((await drawn()) < 50, 'only rows in sight are drawn');

    await page.keyboard.press('End');
    await titles(page).filter({ hasText: 'no. 399' }).waitFor();
    assert.ok((await drawn()) < 50);
    await page.keyboard.press('PageUp');
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Enter');
    await detail(page, /Zinnia seeds no\. 3[78]\d/).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await first(page, 'Apple tart');

    // Down to the end by the wheel, however many pages that takes.
    const grid = page.getByRole('grid');
    await grid.hover();
    const last = titles(page).filter({ hasText: 'no. 399' });
    const givenUp = Date.now() + 30_000;
    while ((await last.count()) === 0 && Date.now() < givenUp) {
      await page.mouse.wheel(0, 1_500);
      await page.waitForTimeout(30);
    }
    await last.waitFor();
    assert.ok((await drawn()) < 50);
    await page.getByLabel('Show').selectOption('price');
    await first(page, 'Zinnia seeds no. 000');
    assert.ok((await shifted(page)) < 0.01, 'nothing moves by itself');
  });
});
