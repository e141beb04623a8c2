// Tips: a part of the total by one key, or what was typed; by card and by cash, taken off again, and told after the sale.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, cutWords, hindrances, openPage, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows, signOn, typeDigits } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('tips', () => {
  const stage = useTill();

  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    await page.goto(`${stage.till.address}/#/settings`);
    await page.getByLabel('Tips', { exact: true }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    const { tenders } = (await ask(page, 'shop.settings')).shop;
    assert.equal(tenders.tips, true);
    await page.context().close();
  });

  /** A page with two loaves: 8.40. */
  async function selling(t, options, who = 'Jonas') {
    const page = await stage.signedOn(t, who, options);
    const current = await ask(page, 'sale.current');
    if (current.sale) await ask(page, 'sale.cancel', { sale: current.sale.sale });
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await scan(page, LOAF);
    await shows(page, 'total', '8.40');
    return page;
  }

  /** The tenders of the last sale: kind, handed over, change and tip. */
  const last = async (page) => {
    const { sales } = await ask(page, 'sale.list', {});
    const sale = await ask(page, 'sale.completed', { sale: sales[0].sale });
    return sale.tenders.map(({ kind, tendered, change, tip }) => [kind, tendered.amount, change.amount, tip?.amount ?? 0]);
  };

  for (const viewport of [
    { width: 1024, height: 768 },
    { width: 768, height: 1024 },
  ]) {
    test(`by key: ten percent with a card, then what was typed with cash (${viewport.width})`, async (t) => {
      const page = await selling(t, { viewport });
      const hand = new Hand(page);
      await hand.press('F9');
      await page.getByRole('button', { name: 'Type a tip' }).waitFor();
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `tip-pay-${viewport.width}`);
      await hand.press('Alt+8');
      await shows(page, 'due', '9.24');
      await shows(page, 'tip', '0.84');
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      assert.deepEqual(await cutWords(page), []);
      await takePicture(page, `tip-said-${viewport.width}`);
      await hand.press('F10');
      await shows(page, 'payment', '9.24');
      await hand.press('Enter');
      await shows(page, 'tip-given', '0.84');
      await settled(page);
      assert.deepEqual(await hindrances(page), []);
      await takePicture(page, `tip-given-${viewport.width}`);
      assert.deepEqual(await last(page), [['card', 924, 0, 84]]);
      assert.deepEqual([hand.keys, hand.taps], [4, 0]);

      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      await typeDigits(page, '80');
      await page.keyboard.press('Alt+0');
      await shows(page, 'cash', '5.00');
      await typeDigits(page, '1000');
      await page.keyboard.press('F12');
      await shows(page, 'change', '5.00');
      assert.deepEqual(await last(page), [['cash', 1000, 500, 80]]);
    });
  }

  test('by finger, and off again; a declined card takes its tip away; a slip of the finger is told', async (t) => {
    const page = await selling(t, { hasTouch: true });
    await page.getByTestId('pay').tap();
    await page.getByRole('button', { name: '15 %' }).tap();
    await shows(page, 'due', '9.66');
    await page.getByRole('button', { name: 'No tip' }).tap();
    await shows(page, 'due', '8.40');
    await page.getByRole('button', { name: '5 %', exact: false }).first().tap();
    await shows(page, 'due', '8.82');
    await page.getByTestId('card').tap();
    await shows(page, 'payment', '8.82');
    await page.getByRole('button', { name: 'Declined' }).tap();
    await shows(page, 'due', '8.40');
    await typeDigits(page, '900');
    await page.keyboard.press('Alt+0');
    await page.getByText('A tip on this sale is at most €8.40.').waitFor();
    for (let digit = 0; digit < 3; digit += 1) await page.keyboard.press('Backspace');
    await page.getByTestId('cash').tap();
    await shows(page, 'change', '0.00');
    assert.deepEqual(await last(page), [['cash', 840, 0, 0]]);
  });

  test('in French too nothing is cut', async (t) => {
    const page = await selling(t, { locale: 'fr-FR' }, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    await page.reload();
    await page.getByTestId('total').waitFor();
    await page.keyboard.press('F9');
    await page.getByTestId('due').waitFor();
    await page.keyboard.press('Alt+7');
    await page.getByTestId('tip').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'tip-french');
    await page.keyboard.press('F12');
    await page.getByTestId('tip-given').waitFor();
  });
});
