// Taking back what was done to a sale: by the key and by the button, step by step, and over a reload.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE, LOAF, OIL } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('undo', () => {
  const stage = useTill();

  async function signedOn(t, options) {
    const page = await stage.signedOn(t, 'Amina', options);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  const notice = (page) => page.getByTestId('notice');
  const lines = (page) => page.locator('.cart li');
  const button = (page) => page.getByRole('button', { name: 'Undo the last act' });

  test('Ctrl Z takes one act back after the other and says which', async (t) => {
    const page = await signedOn(t);
    await button(page).waitFor();
    assert.equal(await button(page).isDisabled(), true);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await scan(page, BAGUETTE);
    await shows(page, 'total', '5.50');
    await typeDigits(page, '3');
    await page.keyboard.press('=');
    await shows(page, 'total', '8.10');
    await page.keyboard.press('ArrowUp');
    await typeDigits(page, '300');
    await page.keyboard.press('F6');
    await shows(page, 'total', '6.90');
    await typeDigits(page, '10');
    await page.keyboard.press('%');
    await shows(page, 'total', '6.60');
    await page.keyboard.press('Delete');
    await shows(page, 'total', '3.90');
    for (const [words, total] of [
      ['Undone: Country sourdough loaf taken out', '6.60'],
      ['Undone: discount on Country sourdough loaf', '6.90'],
      ['Undone: price of Country sourdough loaf', '8.10'],
    ]) {
      await page.keyboard.press('Control+z');
      await notice(page).getByText(words).waitFor();
      await shows(page, 'total', total);
    }
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'undone');
    // What was done is known to the till and not to the page.
    await page.reload();
    await shows(page, 'total', '8.10');
    for (const [words, total] of [
      ['Undone: quantity of Baguette', '5.50'],
      ['Undone: Baguette rung up', '4.20'],
      ['Undone: Country sourdough loaf rung up', '0.00'],
    ]) {
      await page.keyboard.press('Control+z');
      await notice(page).getByText(words).waitFor();
      await shows(page, 'total', total);
    }
    assert.equal(await lines(page).count(), 0);
    assert.equal(await button(page).isDisabled(), true);
  });

  test('a finger takes back what it took out', async (t) => {
    const page = await signedOn(t, { hasTouch: true });
    await scan(page, OIL);
    await shows(page, 'total', '12.90');
    await page.getByRole('button', { name: 'Take the item out' }).tap();
    await shows(page, 'total', '0.00');
    await button(page).tap();
    await shows(page, 'total', '12.90');
    await notice(page).getByText('taken out').waitFor();
    assert.equal(await lines(page).count(), 1);
    await button(page).tap();
    await shows(page, 'total', '0.00');
  });
});
