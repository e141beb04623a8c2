// What an owner changes: the shop, its logo, a product's picture, who works here.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, openPage } from './browser.mjs';
import { scan, shows, signOn, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { picture } from './picture.mjs';
import { show, useTill } from './stage.mjs';
import { openTill } from './till.mjs';

describe('the settings', () => {
  const stage = useTill();

  /** The owner on a screen. */
  const ownerOn = (t, screen) => stage.signedOn(t, 'Amina', { screen });

  const saved = (page, text) => page.getByTestId('notice').getByText(text).waitFor();
  const receiptOf = async (page) => {
    const { sales } = await ask(page, 'sale.list', { after: null });
    return (await ask(page, 'receipt.preview', { sale: sales[0].sale })).lines.join('\n');
  };

  async function sellOne(page) {
    await show(page, 'sell');
    await page.getByTestId('total').waitFor();
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  }

  test('the name and the end of the receipt change on the screen, on paper, and for the next sale', async (t) => {
    const page = await ownerOn(t, 'settings');
    await page.getByLabel('Name of the shop').fill('Quay Corner');
    await page.getByLabel('At its end').fill('Come again\nOpen until eight');
    // The draft follows while it is written.
    await page.locator('.draft').getByText('Open until eight').waitFor();
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    await page.locator('.shell > header').getByText('Quay Corner').waitFor();
    assert.match(await page.title(), /Quay Corner/);
    await sellOne(page);
    const receipt = await receiptOf(page);
    for (const words of ['Quay Corner', 'Come again', 'Open until eight']) assert.match(receipt, new RegExp(words));
  });

  test('the layout of receipts is shown while it is picked, dot by dot as it is printed, and holds for the next sale', async (t) => {
    const page = await ownerOn(t, 'settings');
    const draft = page.locator('.draft');
    await draft.getByText('Served by').waitFor();
    await page.getByLabel('Who served').uncheck();
    await draft.getByText('Served by').waitFor({ state: 'detached' });
    // The taxes go over the total.
    await page.getByText('Before the total').click();
    const order = () => draft.innerText().then((text) => text.indexOf('Gross') - text.indexOf('TOTAL'));
    await page.waitForFunction(() => {
      const text = document.querySelector('.draft').innerText;
      return text.indexOf('Gross') > 0 && text.indexOf('Gross') < text.indexOf('TOTAL');
    });
    assert.ok((await order()) < 0);
    await page.getByText('As printed').click();
    await page.waitForFunction(() => document.querySelector('.draft .sample > img')?.naturalWidth === 576);
    await page.getByText('Gift receipt').click();
    await page.waitForFunction(() => document.querySelector('.draft .sample > img')?.alt.includes('GIFT RECEIPT'));
    await page.getByText('Invoice', { exact: true }).click();
    await page.waitForFunction(() => document.querySelector('.draft .sample > img')?.naturalWidth === 1152);
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    await sellOne(page);
    const receipt = await receiptOf(page);
    assert.doesNotMatch(receipt, /Served by/);
    assert.ok(receipt.indexOf('Gross') < receipt.indexOf('TOTAL'));
  });

  test('the currency is fixed once something was sold', async (t) => {
    const page = await ownerOn(t, 'settings');
    const currency = page.getByLabel('Currency');
    await currency.waitFor();
    if (await currency.isEnabled()) {
      await sellOne(page);
      await show(page, 'settings');
    }
    await page.getByText('Fixed, because sales were made in it').waitFor();
    assert.equal(await currency.isEnabled(), false);
    // Nor does the till take it from a page that asks all the same.
    const { shop } = await ask(page, 'shop.settings');
    await assert.rejects(ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, currency: 'USD' } }));
  });

  test('a shop that sold nothing yet may change its currency', async () => {
    const fresh = await openTill();
    const { page, faults } = await openPage(stage.browser, fresh.address);
    await signOn(page, 'Amina');
    await show(page, 'settings');
    await page.getByLabel('Currency').selectOption('CHF');
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    assert.equal((await ask(page, 'shop.settings')).shop.currency, 'CHF');
    assert.deepEqual(faults, []);
    await page.context().close();
    await fresh.close();
  });

  test('a logo goes in through the blob door and comes back as it was', async (t) => {
    const page = await ownerOn(t, 'settings');
    const doors = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/api/blobs')) doors.push(request.method());
    });
    const file = picture(512, 256);
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: file });
    const shown = page.locator('.draft img');
    await shown.waitFor();
    await page.waitForFunction(() => document.querySelector('.draft img').naturalWidth === 512);
    assert.deepEqual([doors[0], doors[1], doors.includes('GET')], ['POST', 'PUT', true]);
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    const { shop } = await ask(page, 'shop.settings');
    const back = await page.context().request.get(`${stage.till.address}/api/blobs/${shop.logo}`);
    assert.ok(file.equals(await back.body()));
  });

  test('a file that is no picture is refused in words', async (t) => {
    const page = await ownerOn(t, 'settings');
    const input = page.locator('input[type=file]');
    const { shop } = await ask(page, 'shop.settings');
    await input.setInputFiles({
      name: 'logo.png',
      mimeType: 'image/png',
      buffer: Buffer.from('<svg onload=alert(1)>'),
    });
    // Either the upload is refused, or saving is; nothing else becomes a logo.
    const refused = page.getByRole('alert').filter({ hasText: /./ });
    await refused.or(page.locator('.picker').getByText('Remove')).first().waitFor();
    if ((await refused.count()) === 0) {
      await page.keyboard.press('Control+s');
      await refused.first().waitFor();
    }
    assert.equal((await ask(page, 'shop.settings')).shop.logo, shop.logo);
  });

  test('a product gets a picture, and its tile shows it', async (t) => {
    const page = await ownerOn(t, 'products');
    await page.getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('Name').fill('Aardvark biscuits');
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('2.75');
    await page.locator('.detail').getByLabel('Category').selectOption({ label: 'Bread' });
    const file = picture(200, 200);
    await page.locator('input[type=file]').setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: file });
    await page.locator('.picker img').waitFor();
    await page.keyboard.press('Control+s');
    await saved(page, 'Aardvark biscuits is saved.');
    await show(page, 'sell');
    await page.reload();
    const tile = page.getByTestId('tile').filter({ hasText: 'Aardvark biscuits' });
    await tile.locator('img').waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.tile img')].some((image) => image.naturalWidth === 200),
    );
    await tile.click();
    await shows(page, 'total', '2.75');
    await ask(page, 'sale.cancel', { sale: (await ask(page, 'sale.current')).sale.sale });
  });

  test('an operator who is added signs on with the PIN given, and one who left does not', async (t) => {
    const page = await ownerOn(t, 'people');
    await page.getByRole('button', { name: 'New operator' }).click();
    await page.getByLabel('Name').fill('Zoltan');
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Cashier' });
    await page.getByLabel('PIN').fill('7412');
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: 'Zoltan' }).click();
    await typePin(page, '7411');
    await page.getByText('This PIN is not right').waitFor();
    await typePin(page, '7412');
    await page.getByTestId('total').waitFor();
    // A cashier is not offered what is the owner's.
    await page.keyboard.press('Control+m');
    await page.getByRole('navigation').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Shop', exact: true }).count(), 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+l');

    await signOn(page, 'Amina');
    await show(page, 'people');
    await page.locator('.rows').getByText('Zoltan').click();
    await page.getByText('Left', { exact: true }).click();
    await page.keyboard.press('Control+s');
    await saved(page, 'Saved.');
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    await page.getByRole('button', { name: 'Zoltan' }).waitFor({ state: 'detached' });
  });
});
