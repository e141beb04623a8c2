// Several pages on one till: other operators, other tabs, other pages of other programs.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask } from './browser.mjs';
import { scan, shows, signOn } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('side by side', () => {
  const stage = useTill();

  test('two operators have a sale each, and neither sees the other’s', async (t) => {
    const amina = await stage.signedOn(t, 'Amina');
    const jonas = await stage.signedOn(t, 'Jonas');
    await scan(amina, BAGUETTE);
    await scan(jonas, LOAF);
    await shows(amina, 'total', '1.30');
    await shows(jonas, 'total', '4.20');
    await scan(amina, BAGUETTE);
    await shows(amina, 'total', '2.60');
    await amina.keyboard.press('F12');
    await shows(amina, 'change', '0.00');
    await shows(jonas, 'total', '4.20');
    assert.equal(await jonas.getByTestId('change').count(), 0);
    await jonas.keyboard.press('F12');
    await shows(jonas, 'change', '0.00');
    const { sales } = await ask(amina, 'sale.list', { after: null });
    assert.deepEqual(
      sales.map((sale) => sale.total.amount),
      [420, 260],
    );
  });

  test('a second tab of the same operator follows the first, and sells on', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const tab = await stage.tab(page);
    await shows(tab, 'total', '0.00');
    await scan(page, LOAF);
    await shows(tab, 'total', '4.20');
    await scan(tab, BAGUETTE);
    await shows(page, 'total', '5.50');
    await page.keyboard.press('Delete');
    await shows(tab, 'total', '4.20');
    await tab.keyboard.press('F12');
    await shows(tab, 'change', '0.00');
    await shows(page, 'change', '0.00');
  });

  test('a tab learns that its operator signed off in another', async (t) => {
    const page = await stage.signedOn(t, 'Jonas');
    const tab = await stage.tab(page);
    await tab.getByTestId('total').waitFor();
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    await tab.getByText('Who is at the till?').waitFor();
  });

  test('an open sale waits for whoever signed off, and nobody else gets it', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    await signOn(page, 'Chloé');
    await shows(page, 'total', '0.00');
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    await signOn(page, 'Amina');
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });
});
