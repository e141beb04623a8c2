// The first start: from an empty directory to the first thing sold, as the owner of a new shop does it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIZES, ask, hindrances, openPage, settled, shifted, takePicture } from './browser.mjs';
import { scan, shows, typeDigits, typePin } from './cashier.mjs';
import { useTill } from './stage.mjs';

const PIN = '2468';
const CODE = '5000000000012';

const save = (page) => page.keyboard.press('Control+s');
const saved = (page, text = 'Saved.') => page.getByTestId('notice').getByText(text).waitFor();

describe('the first start', () => {
  const stage = useTill({ demo: false });

  test('the set-up page says how in both languages, fits and hinders nobody', async () => {
    const { page, faults } = await openPage(stage.browser, stage.till.address);
    const wrong = [];
    for (const [language, title] of [
      ['en', 'Let’s set up your shop'],
      ['fr', 'Préparons votre magasin'],
    ]) {
      await page.getByText(language === 'en' ? 'English' : 'Français', { exact: true }).click();
      await page.getByText(title).waitFor();
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await settled(page);
          const words = `set-up-${language}-${size.width}-${colorScheme}`;
          await takePicture(page, words);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (overflow > 0) wrong.push(`${words}: ${overflow} px too wide`);
          wrong.push(...(await hindrances(page)).map((line) => `${words}: ${line}`));
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('a shop is set up, gets a tax rate, a category and a product, and sells it', async () => {
    const { page, faults } = await openPage(stage.browser, stage.till.address);
    await page.getByText('Let’s set up your shop').waitFor();
    assert.ok((await shifted(page)) < 0.01);
    const open = page.getByRole('button', { name: 'Open the shop' });
    assert.equal(await open.isEnabled(), false, 'there is nothing to save yet');
    await page.getByLabel('Name of the shop').fill('Corner Shop');
    await page.getByLabel('Your name').fill('Maya');
    await page.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.getByLabel('PIN again').fill('2467');
    await page.getByText('The two PINs are not the same').waitFor();
    assert.equal(await open.isEnabled(), false);
    await page.getByLabel('PIN again').fill(PIN);
    await open.click();

    await page.getByRole('button', { name: 'Maya' }).waitFor();
    await typePin(page, PIN);
    await page.getByTestId('total').waitFor();
    await page.getByText('No products yet').waitFor();
    assert.deepEqual(await hindrances(page), []);

    await page.getByRole('button', { name: 'Products', exact: true }).click();
    await page.getByText('Tax rates', { exact: true }).click();
    await page.getByText('No tax rates yet').waitFor();
    await page.getByRole('button', { name: 'New tax rate' }).click();
    await page.getByLabel('Name').fill('Standard');
    await page.getByLabel('Rate', { exact: true }).fill('20');
    await save(page);
    await saved(page);

    await page.getByText('Categories', { exact: true }).click();
    await page.getByRole('button', { name: 'New category' }).click();
    await page.getByLabel('Name').fill('Tea');
    await save(page);
    await page.locator('.rows').getByText('Tea').waitFor();

    await page.locator('main header').getByText('Products', { exact: true }).last().click();
    // The empty list names it as the next step, in its own middle.
    await page.getByRole('grid', { name: 'Products' }).getByRole('button', { name: 'New product' }).click();
    await page.getByLabel('Name').fill('Green tea, 100 g');
    await page.getByRole('textbox', { name: 'Price', exact: true }).fill('6.50');
    await page.locator('.detail').getByLabel('Category').selectOption({ label: 'Tea' });
    await page.getByLabel('Barcodes').fill(CODE);
    await save(page);
    await saved(page, 'Green tea, 100 g is saved.');

    await page.keyboard.press('Control+m');
    await page.getByRole('button', { name: 'Sell', exact: true }).click();
    await page.getByTestId('tile').filter({ hasText: 'Green tea' }).waitFor();
    await scan(page, CODE);
    await shows(page, 'total', '6.50');
    await typeDigits(page, '1000');
    await page.keyboard.press('F12');
    await shows(page, 'change', '3.50');
    const { sales } = await ask(page, 'sale.list', { after: null });
    assert.deepEqual(
      sales.map(({ total, tax }) => [total.amount, tax?.amount].filter((value) => value !== undefined)),
      [[650]],
    );
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('it is set up once', async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await page.getByText('Who is at the till?').waitFor();
    const { status } = await stage.till.call('shop.set_up', {});
    assert.ok(status >= 400);
    await page.context().close();
  });
});
