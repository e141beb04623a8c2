// What a cashier and a manager open on the screens, each as it is seen at the ends of the sizes, light and dark, in French,
// with `--deep` in every size and language; the screens themselves are in screens.test.mjs.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, openPage, overlaps } from './browser.mjs';
import { scan, signOn, typeDigits } from './cashier.mjs';
import { BAGUETTE, CAKE, CHEESE, LOAF, MILK, NOBODY_HAS_IT, OIL } from './goods.mjs';
import { ENDS, LONGEST, look } from './looks.mjs';
import { useTill } from './stage.mjs';

/** Whom the shop knows: a name for every day, and one that fits on no line. */
const CUSTOMERS = [
  { name: 'Ada Vandenbroucke', number: '990011', status: 'active', phone: '+33 6 12 34 56 78', email: 'ada@example.org' },
  { name: 'Maximiliana-Alexandrina von Hohenstaufen-Wittelsbach', number: '990012', status: 'active' },
  { name: 'بقالة الزاوية', number: '990013', status: 'active' },
];

const TABLE = ['SKU;Name;Barcode;Price', 'T-1;Tulip bulbs;2010000000001;1,50', 'T-2;;2010000000002;cheap', 'T-3;Crocus;;2'];

const customer = (page, place) => page.locator('[role=grid] [role=row]:has([role=gridcell])').nth(place);

/** Puts goods into the sale. */
async function ring(page, ...codes) {
  for (const [place, code] of codes.entries()) {
    await scan(page, code);
    await page.locator('.cart li').nth(place).waitFor();
  }
}

/** Ends the open sale, however far it came. */
async function endSale(page) {
  const { sale: open } = await ask(page, 'sale.current');
  if (!open) return;
  const { sale, payment, tenders } = open;
  if (payment) await ask(page, 'payment.end', { sale, payment: payment.payment, result: 'declined' });
  if (tenders.length === 0) await ask(page, 'sale.cancel', { sale });
  else await ask(page, 'sale.complete', { sale, tenders: [{ kind: 'cash', amount: null }] });
}

/** Opens the account of the first customer of the list. */
async function account(page) {
  await customer(page, 0).click();
  await page.getByTestId('account-owed').waitFor();
}

/** What is opened: on which screen, how, and what is there then. The sale is empty before each. */
const OPENED = [
  {
    name: 'pay',
    async open(page) {
      await ring(page, CAKE, LOAF, OIL);
      await page.keyboard.press('F9');
    },
    ready: (page) => page.getByTestId('due'),
  },
  {
    name: 'paid-in-part',
    async open(page) {
      await ring(page, CAKE, LOAF, OIL);
      await page.keyboard.press('F9');
      await page.getByTestId('due').waitFor();
      await typeDigits(page, '5000');
      await page.keyboard.press('F12');
    },
    ready: (page) => page.getByTestId('tender'),
  },
  {
    name: 'card-asked',
    async open(page) {
      await ring(page, LOAF);
      await page.keyboard.press('F10');
    },
    ready: (page) => page.getByTestId('payment'),
  },
  {
    name: 'paid-on-account',
    async open(page) {
      await ring(page, CAKE);
      await scan(page, '990011');
      await page.getByTestId('sale-customer').waitFor();
      await page.keyboard.press('F9');
      await page.keyboard.press('Alt+6');
    },
    ready: (page) => page.getByTestId('owed'),
  },
  {
    name: 'customer-of-sale',
    async open(page) {
      await ring(page, LOAF);
      await page.keyboard.press('F11');
      await page.keyboard.type('99001', { delay: 120 });
    },
    ready: (page) => page.locator('[role=option]').nth(2),
  },
  {
    name: 'more',
    async open(page) {
      await ring(page, LOAF);
      await page.keyboard.press('Home');
    },
    ready: (page) => page.locator('.reasons button').first(),
  },
  {
    name: 'price-check',
    async open(page) {
      await page.keyboard.press('F3');
      await scan(page, CHEESE);
    },
    ready: (page) => page.getByTestId('price-check').locator('.name').first(),
  },
  {
    name: 'discount',
    async open(page) {
      await ring(page, CAKE, LOAF);
      await page.keyboard.press('%');
    },
    ready: (page) => page.locator('.how').first(),
  },
  {
    name: 'note',
    async open(page) {
      await ring(page, CAKE, LOAF);
      await page.keyboard.press('/');
    },
    ready: (page) => page.locator('textarea, main form input').last(),
  },
  {
    name: 'seller',
    async open(page) {
      await ring(page, CAKE, LOAF);
      await page.keyboard.press('Control+k');
    },
    ready: (page) => page.locator('.seller .people button').first(),
  },
  {
    name: 'explain',
    async open(page) {
      await ring(page, CAKE, LOAF);
      await page.keyboard.press('?');
    },
    ready: (page) => page.locator('.explain .sum'),
  },
  {
    name: 'create',
    async open(page) {
      await scan(page, NOBODY_HAS_IT);
      await page.getByText(NOBODY_HAS_IT).first().waitFor();
      await page.locator('section', { hasText: NOBODY_HAS_IT }).getByRole('button').last().click();
    },
    // Behind what was said of the scan.
    ready: (page) => page.locator('.code', { hasText: NOBODY_HAS_IT }).nth(1),
  },
  {
    name: 'suspended',
    async open(page) {
      // One alone would be taken up at once.
      for (const codes of [[CAKE, LOAF, MILK], [OIL]]) {
        await ring(page, ...codes);
        await page.keyboard.press('F8');
        await page.locator('.cart li').first().waitFor({ state: 'detached' });
      }
      await page.keyboard.press('F8');
    },
    ready: (page) => page.locator('.suspended .pick').nth(1),
  },
  {
    name: 'return',
    async open(page) {
      for (const code of [BAGUETTE, BAGUETTE, CAKE]) await ask(page, 'sale.scan', { code });
      const { sale } = await ask(page, 'sale.current');
      const tenders = [{ kind: 'cash', amount: null }];
      const { receipt_number } = await ask(page, 'sale.complete', { sale: sale.sale, tenders });
      await page.getByTestId('change').waitFor();
      await scan(page, receipt_number.toLowerCase());
      await page.locator('.return li').first().waitFor();
      await scan(page, BAGUETTE);
    },
    ready: (page) => page.locator('.return output').filter({ hasText: '1' }).first(),
  },
  {
    name: 'receipt-lines',
    hash: 'receipts',
    open: (page) => page.keyboard.type('ba', { delay: 120 }),
    ready: (page) => page.locator('.hints button').first(),
  },
  {
    name: 'customers',
    hash: 'customers',
    open: async () => {},
    ready: (page) => customer(page, 2),
  },
  {
    name: 'customer',
    hash: 'customers',
    open: (page) => account(page),
    ready: (page) => page.getByTestId('account-owed'),
  },
  {
    name: 'statement',
    hash: 'customers',
    async open(page) {
      await account(page);
      await page.locator('.acts button:not(:disabled)').nth(1).click();
    },
    ready: (page) => page.getByTestId('statement-closing'),
  },
  {
    name: 'write-off',
    hash: 'customers',
    async open(page) {
      await account(page);
      await page.locator('.acts button').nth(2).click();
    },
    ready: (page) => page.locator('dialog select'),
  },
  ...['paid-in', 'paid-out', 'expense', 'drop'].map((name, place) => ({
    name: `shift-${name}`,
    hash: 'shift',
    open: (page) => page.locator('.acts button').nth(place + 1).click(),
    ready: (page) => page.locator('dialog form'),
  })),
  {
    name: 'shift-x',
    hash: 'shift',
    open: (page) => page.locator('.acts button').nth(5).click(),
    ready: (page) => page.locator('dialog pre'),
  },
  {
    name: 'closed-shift',
    hash: 'shift',
    async open(page) {
      const { shifts } = await ask(page, 'shift.list');
      if (shifts.length === 0) {
        await ask(page, 'shift.count', { counted: { amount: 20_000, currency: 'EUR' }, denominations: [] });
        await ask(page, 'shift.close', { reason: 'unknown', left: null });
      }
      await page.locator('main header fieldset label').last().click();
    },
    ready: (page) => page.locator('main pre'),
  },
  {
    name: 'import-columns',
    hash: 'import',
    async open(page) {
      const { current } = await ask(page, 'import.list');
      if (current) {
        await ask(page, 'import.cancel', { import: current.import });
        await page.reload();
      }
      const file = { name: 'bulbs.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE.join('\n')) };
      await page.locator('input[type=file]').setInputFiles(file);
    },
    ready: (page) => page.locator('thead select').nth(3),
  },
  {
    name: 'import-checked',
    hash: 'import',
    async open(page) {
      await page.locator('thead select').nth(3).waitFor();
      await page.locator('main button[type=submit]').click();
    },
    // The columns have rows as well.
    ready: (page) => page.locator('tbody td').filter({ hasText: 'cheap' }).and(page.locator('.cell')),
  },
  ...[1, 2].map((part) => ({
    name: `settings-${part}`,
    hash: 'settings',
    open: (page) => page.locator('.form section, .form fieldset').nth(part * 2).scrollIntoViewIfNeeded(),
    ready: (page) => page.locator('.sample .paper'),
  })),
];

describe('what opens', () => {
  const stage = useTill();

  test('words that stand on words are seen, and such that are cut away are not', async (t) => {
    const page = await stage.open(t);
    const lay = (style) =>
      page.evaluate((style) => {
        const box = document.createElement('div');
        box.style.cssText = `position: absolute; inset: 20px auto auto 20px; inline-size: 200px; ${style}`;
        for (const words of ['Crocus', 'Numbers']) {
          const line = document.createElement('p');
          line.textContent = words;
          line.style.cssText = 'margin: 0 0 -1em';
          box.append(line);
        }
        document.body.replaceChildren(box);
      }, style);
    await lay('');
    assert.deepEqual(await overlaps(page), ['“Crocus” stands on “Numbers”']);
    await lay('block-size: 0; overflow: hidden');
    assert.deepEqual(await overlaps(page), []);
  });

  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    const tenders = { ...shop.tenders, on_account: true, store_credit: true };
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, tenders } });
    for (const known of CUSTOMERS) {
      const { id } = await ask(page, 'customer.save', { customer: known });
      await ask(page, 'account.save', { customer: id, account: { limit: { amount: 5_000_000, currency: 'EUR' } } });
    }
    await page.context().close();
  });

  for (const language of LONGEST) {
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

      for (const { name, hash = 'sell', open, ready } of OPENED) {
        test(`${name} in ${language}`, async () => {
          await endSale(page);
          await page.goto(`${stage.till.address}/#/${hash}`);
          await page.reload();
          await page.locator('main button').first().waitFor();
          await open(page);
          await ready(page).waitFor();
          assert.deepEqual(await look(page, `${name}-${language}`, ENDS), []);
        });
      }
    });
  }
});
