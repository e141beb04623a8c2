// Every screen as it is seen: in every size, light and dark, in both languages. Each leaves a picture in
// `target/browser`, hinders nobody, fits, and does not move when its data comes.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, fillDisk, openPage, settled, shifted } from './browser.mjs';
import { scan, signOn, typeDigits } from './cashier.mjs';
import { BAGUETTE, CAKE, CHEESE, LOAF, MILK, NOBODY_HAS_IT, OIL, ROLL } from './goods.mjs';
import { ENDS, LANGUAGES, look } from './looks.mjs';
import { useTill } from './stage.mjs';
import { openTill } from './till.mjs';

/** How far a page may move by itself. */
const SHIFT_MOST = 0.01;
/** What an answer takes on a slow till: longer than a page needs to draw what it has. */
const SLOW_MS = 80;

/** A sale with short and long names, low and high prices. */
const BASKET = [BAGUETTE, LOAF, CAKE, ROLL, MILK, OIL];

/** A tab of the products or people screen, by its place: its name depends on the language. */
const tab = (page, place) => page.locator('main header fieldset label').nth(place);
const row = (page, place) => page.locator('.rows button').nth(place);
/** A product of the list, by its place. */
const product = (page, place) => page.locator('[role=grid] [role=row]:has(.title)').nth(place);

/** What is shown at `#/…` when it has its data. */
const SCREENS = [
  { name: 'receipts', hash: 'receipts', ready: (page) => page.locator('pre') },
  { name: 'shift', hash: 'shift', ready: (page) => page.locator('.acts button').nth(5) },
  { name: 'products', hash: 'products', ready: (page) => product(page, 3) },
  { name: 'import', hash: 'import', ready: (page) => page.locator('.choose button') },
  { name: 'today', hash: 'reports', ready: (page) => page.locator('.attention li').first() },
  { name: 'people', hash: 'people', ready: (page) => row(page, 2) },
  { name: 'devices', hash: 'devices', ready: (page) => page.locator('form') },
  { name: 'settings', hash: 'settings', ready: (page) => page.locator('.sample .paper') },
  { name: 'audit', hash: 'audit', ready: (page) => page.locator('.entry').nth(5) },
  { name: 'backups', hash: 'backups', ready: (page) => page.locator('.plan form') },
  { name: 'health', hash: 'health', ready: (page) => page.locator('.lines li').nth(6) },
];

/** A name that fits on no line. */
const LONG_NAME = 'Maximiliana-Alexandrina von Hohenstaufen-Wittelsbach';

async function hire(page) {
  const { roles } = await ask(page, 'role.list');
  return ask(page, 'operator.save', { name: LONG_NAME, role: roles[0].id, pin: '9753' });
}

/** What is opened on a screen by hand. */
const PARTS = [
  {
    name: 'product',
    hash: 'products',
    open: (page) => product(page, 0).click(),
    ready: (page) => page.locator('textarea'),
  },
  {
    name: 'shift-float',
    hash: 'shift',
    open: (page) => page.locator('.acts button').first().click(),
    ready: (page) => page.locator('dialog form'),
  },
  {
    name: 'shift-count',
    hash: 'shift',
    open: (page) => page.locator('.acts button').last().click(),
    ready: (page) => page.locator('dialog form'),
  },
  {
    name: 'many-products',
    hash: 'products',
    async open(page) {
      for (const place of [0, 2]) await product(page, place).locator('.mark').click();
      await page.locator('.chosen button').last().click();
    },
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'categories',
    hash: 'products',
    async open(page) {
      await tab(page, 2).click();
      await row(page, 1).click();
    },
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'price-lists',
    hash: 'products',
    async open(page) {
      await tab(page, 3).click();
      await page.locator('.list .head button').click();
    },
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'tiles',
    hash: 'products',
    open: (page) => tab(page, 5).click(),
    ready: (page) => page.locator('.tiles button'),
  },
  {
    name: 'product-parts',
    hash: 'products',
    async open(page) {
      await product(page, 1).click();
      const parts = page.locator('.detail summary');
      await parts.first().waitFor();
      for (const part of await parts.all()) await part.click();
      for (const part of [0, 1]) await page.locator('.detail details').nth(part).getByRole('button').last().click();
      await page.locator('.detail details').nth(1).scrollIntoViewIfNeeded();
    },
    ready: (page) => page.locator('.detail details .row').nth(1),
  },
  {
    name: 'taxes',
    hash: 'products',
    async open(page) {
      await tab(page, 4).click();
      await row(page, 0).click();
    },
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'stock-count',
    hash: 'products',
    async open(page) {
      await tab(page, 1).click();
      for (const code of [CAKE, MILK]) {
        await scan(page, code);
        await page.waitForFunction(() => document.activeElement?.matches('[data-product] input'));
        await page.keyboard.type('12', { delay: 90 });
      }
    },
    ready: (page) => page.getByTestId('difference').filter({ hasText: /\d/ }).nth(1),
  },
  {
    name: 'doubles',
    hash: 'products',
    async open(page) {
      for (const place of [0, 3]) await product(page, place).locator('.mark').click();
      await page.locator('.chosen button').first().click();
    },
    ready: (page) => page.locator('.detail form input[type=radio]').nth(1),
  },
  {
    name: 'code-rules',
    hash: 'settings',
    async open(page) {
      await tab(page, 1).click();
      await page.locator('.more select').selectOption('GB');
      await page.locator('.sample input').fill('2012345804991');
    },
    ready: (page) => page.getByTestId('sample').locator('span').first(),
  },
  {
    name: 'operator',
    hash: 'people',
    open: (page) => row(page, 1).click(),
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'role',
    hash: 'people',
    async open(page) {
      await tab(page, 1).click();
      await row(page, 1).click();
    },
    ready: (page) => page.locator('.detail form'),
  },
  {
    name: 'reports',
    hash: 'reports',
    open: (page) => tab(page, 1).click(),
    ready: (page) => page.locator('tfoot'),
  },
  {
    name: 'report-of-products',
    hash: 'reports',
    async open(page) {
      await tab(page, 1).click();
      await page.locator('form select').nth(0).selectOption('products');
      await page.locator('form select').nth(2).selectOption('weeks_before');
    },
    ready: (page) => page.locator('td .bar').first(),
  },
  {
    name: 'report-file',
    hash: 'reports',
    async open(page) {
      await tab(page, 1).click();
      await page.locator('.acts button').nth(1).click();
    },
    ready: (page) => page.locator('dialog button').nth(2),
  },
  {
    name: 'calendar',
    hash: 'reports',
    async open(page) {
      await tab(page, 1).click();
      await page.locator('form select').nth(1).selectOption('days');
      await page.locator('form .field button').first().click();
    },
    ready: (page) => page.locator('dialog .calendar'),
  },
  {
    name: 'found-nothing',
    hash: 'audit',
    open: (page) => page.locator('.filters input').last().fill('no such thing'),
    ready: (page) => page.locator('.empty button'),
  },
  {
    name: 'put-back',
    hash: 'backups',
    async open(page) {
      await page.locator('main header button').last().click();
      await page.locator('.all li button').first().click();
    },
    ready: (page) => page.locator('dialog button').nth(1),
  },
  {
    name: 'backup-elsewhere',
    hash: 'backups',
    open: (page) => page.locator('main header button').first().click(),
    ready: (page) => page.locator('dialog form'),
  },
  {
    name: 'erase',
    hash: 'people',
    async open(page) {
      const { operators } = await ask(page, 'operator.list');
      const { id } = operators.find(({ name }) => name === LONG_NAME) ?? (await hire(page));
      await ask(page, 'operator.save', { id, status: 'archived' });
      await page.locator('.rows button', { hasText: LONG_NAME }).click();
      await page.locator('.fields section button').click();
    },
    ready: (page) => page.locator('.fields section button').nth(1),
  },
  {
    name: 'serial-devices',
    hash: 'devices',
    async open(page) {
      // What was found stands first, then the printer; the scanner is behind both drawers.
      for (const part of [1, 4]) {
        await page.locator('form section').nth(part).locator('select').first().selectOption('serial');
      }
    },
    ready: (page) => page.locator('form input[type=text]').nth(1),
  },
  {
    name: 'menu',
    hash: 'sell',
    open: (page) => page.keyboard.press('Control+m'),
    ready: (page) => page.locator('nav'),
  },
  {
    name: 'keys',
    hash: 'sell',
    open: (page) => page.keyboard.press('F1'),
    ready: (page) => page.locator('dialog dl').first(),
  },
  {
    name: 'search',
    hash: 'sell',
    open: (page) => page.keyboard.type('bre', { delay: 120 }),
    ready: (page) => page.getByRole('option').first(),
  },
];

describe('the screens', () => {
  const stage = useTill();

  for (const language of LANGUAGES) {
    describe(`in ${language}`, () => {
      let page, faults;
      before(async () => {
        ({ page, faults } = await openPage(stage.browser, stage.till.address));
        await signOn(page, 'Amina');
        const { shop } = await ask(page, 'shop.settings');
        await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language } });
        await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
      });
      after(async () => {
        await page?.context().close();
        assert.deepEqual(faults, []);
      });

      test(`signing on in ${language}`, async () => {
        const { page: nobody, faults: others } = await openPage(stage.browser, stage.till.address);
        await nobody.getByRole('button', { name: 'Jonas' }).waitFor();
        const wrong = await look(nobody, `sign-in-${language}`);
        await nobody.keyboard.type('99', { delay: 120 });
        await nobody.keyboard.press('Enter');
        await nobody.getByRole('alert').filter({ hasText: /./ }).waitFor();
        wrong.push(...(await look(nobody, `wrong-pin-${language}`, ENDS)));
        assert.deepEqual(wrong, []);
        assert.deepEqual(others, []);
        await nobody.context().close();
      });

      test(`selling and paying in ${language}`, async () => {
        const wrong = await look(page, `sell-empty-${language}`);
        for (const [place, code] of BASKET.entries()) {
          await scan(page, code);
          await page.locator('.cart li').nth(place).waitFor();
        }
        // Weighed goods have the longest quantities; the line goes again so that the others fit.
        await typeDigits(page, '1.525');
        await page.keyboard.press('*');
        await scan(page, CHEESE);
        await page.locator('.cart li').nth(BASKET.length).waitFor();
        wrong.push(...(await look(page, `sell-lines-${language}`)));
        await page.keyboard.press('Delete');
        await page.locator('.cart li').nth(BASKET.length).waitFor({ state: 'detached' });
        await page.keyboard.press('F6');
        await typeDigits(page, '1250');
        wrong.push(...(await look(page, `price-${language}`, ENDS)));
        await page.keyboard.press('Escape');
        await page.keyboard.press('Insert');
        await typeDigits(page, '350');
        wrong.push(...(await look(page, `open-item-${language}`, ENDS)));
        await page.keyboard.press('Escape');
        await scan(page, NOBODY_HAS_IT);
        await page.getByText(NOBODY_HAS_IT).waitFor();
        await typeDigits(page, '6');
        await page.keyboard.press('F4');
        await page.keyboard.press('F7');
        await page.locator('.armed .return').waitFor();
        wrong.push(...(await look(page, `refused-${language}`, ENDS)));
        await page.keyboard.press('F7');
        await page.keyboard.press('Escape');
        await page.keyboard.press('F12');
        await page.getByTestId('change').waitFor();
        wrong.push(...(await look(page, `change-${language}`)));
        await page.keyboard.press('F9');
        await page.locator('dialog pre').waitFor();
        wrong.push(...(await look(page, `receipt-${language}`, ENDS)));
        await page.keyboard.press('Escape');
        assert.deepEqual(wrong, []);
      });

      for (const { name, hash, ready } of SCREENS) {
        test(`${name} in ${language}`, async () => {
          await page.goto(`${stage.till.address}/#/${hash}`);
          await ready(page).waitFor();
          assert.deepEqual(await look(page, `${name}-${language}`), []);
        });
      }

      test(`a full disk in ${language}`, async () => {
        await fillDisk(page);
        await page.goto(`${stage.till.address}/#/sell`);
        await page.reload();
        await page.locator('header').getByRole('button', { name: /Dis[kq]/ }).waitFor();
        const wrong = await look(page, `trouble-sell-${language}`, ENDS);
        await page.goto(`${stage.till.address}/#/health`);
        await page.locator('.lines li.trouble').waitFor();
        wrong.push(...(await look(page, `trouble-${language}`, ENDS)));
        await page.unroute('**/api/health.show');
        assert.deepEqual(wrong, []);
      });

      test(`an empty till that looks for a backup in ${language}`, async () => {
        const empty = await openTill({ demo: false });
        const { page: owner, faults: others } = await openPage(stage.browser, empty.address);
        await owner.getByText(language === 'en' ? 'English' : 'Français', { exact: true }).click();
        await owner.locator('main header > button').click();
        await owner.locator('dialog').locator('.empty, li').first().waitFor();
        const wrong = await look(owner, `adopt-${language}`, ENDS);
        await owner.context().close();
        await empty.close();
        assert.deepEqual(wrong, []);
        assert.deepEqual(others, []);
      });

      test(`asking for consent in ${language}`, async () => {
        const { page: cashier, faults: others } = await openPage(stage.browser, stage.till.address);
        await signOn(cashier, 'Jonas');
        await scan(cashier, LOAF);
        await cashier.locator('.cart li').waitFor();
        await typeDigits(cashier, '100');
        await cashier.keyboard.press('F6');
        await cashier.locator('.approval').waitFor();
        assert.deepEqual(await look(cashier, `consent-${language}`, ENDS), []);
        await cashier.keyboard.press('Escape');
        await cashier.locator('.approval').waitFor({ state: 'detached' });
        const { sale } = await ask(cashier, 'sale.current');
        await ask(cashier, 'sale.cancel', { sale: sale.sale });
        assert.deepEqual(others, []);
        await cashier.context().close();
      });

      for (const { name, hash, open, ready } of PARTS) {
        test(`${name} in ${language}`, async () => {
          await page.goto(`${stage.till.address}/#/${hash}`);
          await page.reload();
          await page.locator('main button').first().waitFor();
          await open(page);
          await ready(page).waitFor();
          assert.deepEqual(await look(page, `${name}-${language}`, ENDS), []);
          await page.keyboard.press('Escape');
        });
      }
    });
  }

  test('no screen moves when its data comes', async () => {
    const { page, faults } = await openPage(stage.browser, stage.till.address);
    // Answers take longer than drawing does, so that what has no place yet is seen to get one.
    await page.route('**/api/**', async (route) => {
      if (route.request().url().endsWith('/events')) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
      return route.continue();
    });
    const moved = [];
    const load = async (name, hash, ready) => {
      await page.goto(`${stage.till.address}/#/${hash}`);
      await page.reload();
      await ready.waitFor();
      await settled(page);
      const by = await shifted(page);
      if (by >= SHIFT_MOST) moved.push(`${name}: ${by}`);
    };
    await load('sign-in', '', page.getByRole('button', { name: 'Jonas' }));
    await signOn(page, 'Jonas');
    await load('sell, empty', 'sell', page.getByTestId('tile').first());
    await scan(page, LOAF);
    await page.locator('.cart li').waitFor();
    await load('sell, with a line', 'sell', page.locator('.cart li'));
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    await load('sell, paid', 'sell', page.getByTestId('change'));
    await page.keyboard.press('Control+l');
    await page.getByRole('button', { name: 'Amina' }).waitFor();
    await signOn(page, 'Amina');
    for (const { name, hash, ready } of SCREENS) await load(name, hash, ready(page));
    assert.deepEqual(moved, []);
    assert.deepEqual(faults, []);
    await page.context().close();
  });
});
