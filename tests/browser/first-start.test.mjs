// The first start: from an empty directory to the first thing sold, as the owner of a new shop does it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIZES, ask, cutWords, hindrances, openPage, settled, shifted, smallTargets, takePicture } from './browser.mjs';
import { scan, shows, typeDigits } from './cashier.mjs';
import { look } from './looks.mjs';
import { useTill } from './stage.mjs';

const PIN = '2468';
const CODE = '5000000000012';

const save = (page) => page.keyboard.press('Control+s');
const saved = (page, text = 'Saved.') => page.getByTestId('notice').getByText(text).waitFor();

describe('the first start', () => {
  const stage = useTill({ demo: false });

  test('every step says how in both languages, fits and hinders nobody', async () => {
    const { page, faults } = await openPage(stage.browser, stage.till.address);
    const wrong = [];
    const words = {
      en: ['English', 'Let’s set up your shop', ['Country', 'Your shop', 'Money and taxes', 'You, the owner'], 'Continue'],
      fr: ['Français', 'Préparons votre magasin', ['Pays', 'Votre magasin', 'Monnaie et taxes', 'Vous, propriétaire'], 'Suivant'],
    };
    for (const [language, [name, title, steps, next]] of Object.entries(words)) {
      await page.getByText(name, { exact: true }).click();
      await page.getByText(title).waitFor();
      await page.getByLabel(language === 'en' ? 'Country' : 'Pays', { exact: true }).selectOption('FR');
      for (const [place, step] of steps.entries()) {
        await page.getByRole('heading', { name: step, exact: true }).waitFor();
        if (place === 1) await page.getByLabel(/^(Name of the shop|Nom du magasin)$/).fill('Épicerie du Coin');
        wrong.push(...(await look(page, `set-up-${place + 1}-${language}`)));
        if (place < 3) await page.getByRole('button', { name: next }).click();
      }
      for (let place = 3; place > 0; place -= 1) await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: steps[0], exact: true }).waitFor();
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(faults, []);
    await page.context().close();
  });

  test('a shop is set up with keys alone, a reload loses nothing, and it sells its first product', async () => {
    const { page, faults } = await openPage(stage.browser, stage.till.address);
    await page.getByText('Let’s set up your shop').waitFor();
    assert.ok((await shifted(page)) < 0.01);
    await page.getByLabel('Country', { exact: true }).selectOption({ label: 'United Kingdom' });
    await page.getByLabel('Country', { exact: true }).focus();
    await page.keyboard.press('Control+s');

    const next = page.getByRole('button', { name: 'Continue' });
    await page.getByText('What is your shop called?').waitFor();
    assert.equal(await next.isEnabled(), false, 'a shop has a name');
    await page.keyboard.type('Corner Shop');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Money and taxes' }).waitFor();

    // What the country suggests can be changed; what was typed stays over a reload and a step back.
    assert.equal(await page.getByLabel('Currency').inputValue(), 'GBP');
    assert.deepEqual(await page.getByLabel('Rate', { exact: true }).evaluateAll((all) => all.map(({ value }) => value)), ['20', '5']);
    await page.getByLabel('Rate', { exact: true }).last().fill('105');
    await page.getByText('Each rate needs a name').waitFor();
    assert.equal(await next.isEnabled(), false);
    await page.getByLabel('Rate', { exact: true }).last().fill('5.5');
    await page.reload();
    await page.getByRole('heading', { name: 'Money and taxes' }).waitFor();
    assert.deepEqual(await page.getByLabel('Rate', { exact: true }).evaluateAll((all) => all.map(({ value }) => value)), ['20', '5.5']);
    await page.keyboard.press('Escape');
    assert.equal(await page.getByLabel('Name of the shop').inputValue(), 'Corner Shop');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');

    const open = page.getByRole('button', { name: 'Open the shop' });
    await open.waitFor();
    assert.equal(await open.isEnabled(), false, 'there is nobody yet');
    await page.keyboard.type('Maya');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PIN);
    await page.keyboard.press('Tab');
    await page.keyboard.type('2467');
    await page.getByText('The two PINs are not the same').waitFor();
    assert.equal(await open.isEnabled(), false);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(PIN);
    await page.keyboard.press('Enter');

    // The code is shown once; a page that comes back makes another.
    const code = page.getByTestId('recovery-code');
    await code.filter({ hasText: /\S/ }).waitFor();
    const first = await code.innerText();
    await page.reload();
    await code.filter({ hasText: /\S/ }).waitFor();
    const second = await code.innerText();
    assert.notEqual(second, first);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settled(page);
      assert.deepEqual([...(await hindrances(page)), ...(await cutWords(page)), ...(await smallTargets(page))], []);
      await takePicture(page, `set-up-code-${size.width}`);
    }
    assert.equal(await next.isEnabled(), false, 'whoever did not keep it does not go on');
    await page.getByLabel('Type its last group').fill(first.split(/[\s-]+/).at(-1));
    await page.getByText('This is not the end of the code').waitFor();
    await page.getByLabel('Type its last group').fill(second.split(/[\s-]+/).at(-1).toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Corner Shop is open' }).waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await settled(page);
      assert.deepEqual([...(await hindrances(page)), ...(await cutWords(page)), ...(await smallTargets(page))], []);
      await takePicture(page, `set-up-5-${size.width}`);
    }
    await page.keyboard.press('4');
    await page.getByTestId('total').waitFor();
    await page.getByText('No products yet').waitFor();
    assert.deepEqual(await hindrances(page), []);
    const { tax_categories: rates } = await ask(page, 'tax_category.list');
    assert.deepEqual(
      rates.map(({ tax_category: { name, rates: [{ rate }] } }) => [name, rate]).toSorted(),
      [['Reduced 1', 55_000], ['Standard', 200_000]],
    );
    // The code that was confirmed is the one that holds.
    const { operators } = await ask(page, 'operator.list');
    assert.equal(operators.find(({ name }) => name === 'Maya').has_recovery, true);

    await page.keyboard.press('Control+m');
    await page.getByRole('navigation', { name: 'Menu' }).getByRole('button', { name: 'Products', exact: true }).click();
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
    await page.locator('.detail').getByLabel('Tax').selectOption({ label: 'Standard' });
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
