// Discounts by key and by touch: on a line, on the whole sale, as far as the cashier may go.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows, typeDigits, typePin } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

const OWNER_PIN = '1470';

describe('discounts', () => {
  const stage = useTill();

  async function signedOn(t, name) {
    const page = await stage.signedOn(t, name);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  test('ten per cent off the selected line are three keys, or two taps', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const hand = new Hand(page);
    await hand.type('10');
    await hand.press('%');
    await shows(page, 'total', '3.78');
    assert.equal(hand.keys, 3);
    await page.locator('.cart li button').getByText('−10').waitFor();

    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.08');
    await page.getByRole('button', { name: 'Discount' }).click();
    const panel = page.getByRole('region', { name: 'Discount' });
    await panel.getByRole('button', { name: /^10\s*%$/ }).click();
    await shows(page, 'total', '4.95');
    await panel.waitFor({ state: 'detached' });
  });

  test('an amount off the whole sale, with its reason; more than the cashier may give is asked for in place', async (t) => {
    const page = await signedOn(t, 'Jonas');
    const calls = callsOf(page, 'sale.discount');
    await scan(page, LOAF);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.50');
    await page.keyboard.press('%');
    const panel = page.getByRole('region', { name: 'Discount' });
    await panel.getByRole('heading', { name: /Discount on/ }).waitFor();
    await page.keyboard.press('%');
    await panel.getByRole('heading', { name: 'Discount on the whole sale' }).waitFor();
    await panel.getByLabel('Reason').selectOption('Staff');
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'discount-panel');
    await typeDigits(page, '100');
    // What is typed is a discount: nobody pays with it.
    await page.keyboard.press('F12');
    await page.keyboard.press('Enter');
    const consent = page.getByRole('region', { name: 'Another operator has to agree' });
    await consent.getByText('Give discounts').waitFor();
    await typePin(page, OWNER_PIN);
    await shows(page, 'total', '4.50');
    assert.deepEqual(calls.map((call) => call.payload.by), [
      { by: 'amount', minor: 100 },
      { by: 'amount', minor: 100 },
    ]);
    assert.deepEqual([calls[0].payload.line, calls[0].payload.reason], [null, 'staff']);
    await page.getByLabel('Total').getByText('Discount').waitFor();
    await takePicture(page, 'discount-given');

    await page.keyboard.press('?');
    const explained = page.getByRole('region', { name: 'How the price came to be' });
    await explained.getByText('Part of the discount on the sale').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });
});
