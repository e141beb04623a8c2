// Sales put aside and taken up again: one key each, by whoever is at the till.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('sales put aside', () => {
  const stage = useTill();

  async function signedOn(t, name) {
    const page = await stage.signedOn(t, name);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  test('F8 puts it aside, F8 takes it up: one key each', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.50');
    const hand = new Hand(page);
    await hand.press('F8');
    await shows(page, 'total', '0.00');
    await hand.press('F8');
    await shows(page, 'total', '5.50');
    assert.equal(hand.keys, 2);
    await page.locator('.cart li button', { hasText: 'Country sourdough loaf' }).waitFor();
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('of several one is picked by its number or a tap; another operator takes it up, under its name', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await typeDigits(page, '12');
    await page.keyboard.press('F8');
    await shows(page, 'total', '0.00');
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.getByRole('button', { name: 'Put the sale aside' }).click();
    await shows(page, 'total', '0.00');

    const other = await signedOn(t, 'Amina');
    await other.keyboard.press('F8');
    const panel = other.getByRole('region', { name: 'Put aside', exact: true });
    await panel.getByText('Jonas').first().waitFor();
    await panel.getByRole('button', { name: 'Name of Baguette' }).click();
    await panel.getByLabel('Name', { exact: true }).fill('The lady in red');
    await panel.getByRole('button', { name: 'Name it' }).click();
    await panel.getByText('The lady in red').waitFor();
    await settled(other);
    assert.deepEqual(await hindrances(other), []);
    assert.deepEqual(await cutWords(other), []);
    await takePicture(other, 'suspended-panel');
    await other.keyboard.press('1');
    await shows(other, 'total', '4.20');
    await other.keyboard.press('F12');
    await shows(other, 'change', '0.00');
    // The one that is left is taken up without a question.
    await other.getByRole('button', { name: 'Take up a sale that was put aside' }).click();
    await shows(other, 'total', '1.30');
    await other.getByRole('button', { name: 'Cancel sale' }).click();
    await takePicture(other, 'cancel-reasons');
    await other.getByRole('button', { name: 'Customer left' }).click();
    await shows(other, 'total', '0.00');
  });
});
