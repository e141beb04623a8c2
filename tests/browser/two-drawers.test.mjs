// Two drawers on one till: the second is set up, somebody takes it by key and by touch, the one in use is named quietly, its pin is
// kicked, and each is closed by itself. With one drawer nothing of it is shown.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIZES, ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('two drawers', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };
  const strip = (page, name) => page.locator('.strip').getByRole('button', { name });
  /** The connectors that were kicked: 0 for pin 2, 1 for pin 5. */
  const kicked = async (page) => {
    const { exchanges } = await ask(page, 'device.log', { role: 'receipt_printer' });
    return exchanges.filter(({ sent }) => sent).flatMap(({ hex }) => [...hex.matchAll(/1b70(0[01])/g)].map((found) => found[1]));
  };
  const kicksOf = async (page, act) => {
    const before = (await kicked(page)).length;
    await act();
    await assertSoon(async () => (await kicked(page)).length > before);
    return (await kicked(page)).slice(before);
  };
  /** Waits for the answer of the page's own clock, not of ours. */
  const assertSoon = async (holds) => {
    for (let tries = 0; tries < 200; tries += 1) if (await holds()) return;
    assert.fail('the drawer was not kicked');
  };

  test('a second drawer is set up, taken, and kicked', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'shift', viewport: SIZES[0] });
    await page.getByTestId('expected').waitFor();
    assert.equal(await page.getByTestId('drawer').count(), 0, 'with one drawer nothing tells of it');
    assert.equal(await page.getByRole('button', { name: /Use drawer/ }).count(), 0);

    await show(page, 'devices');
    const printer = page.getByRole('region', { name: 'Printer', exact: true });
    await printer.getByLabel('Connected by').selectOption({ label: 'Simulated' });
    await printer.getByLabel('Model').selectOption('epson-tm-t20');
    const second = page.getByRole('region', { name: 'Drawer 2', exact: true });
    // On the pin of the first it is refused, in words.
    await second.getByText('The printer', { exact: true }).click();
    await second.getByLabel('Pins of the printer’s socket').selectOption({ label: 'Pin 2' });
    await page.keyboard.press('Control+s');
    await page.getByText('Both drawers would open at once.').waitFor();
    await second.getByLabel('Pins of the printer’s socket').selectOption({ label: 'Pin 5' });
    await fine(page);
    await takePicture(page, 'two-drawers-devices-en');
    await page.keyboard.press('Control+s');
    await page.getByTestId('notice').getByText('Saved.').waitFor();
    await strip(page, /^Drawer 1/).waitFor();

    // By key.
    await show(page, 'shift');
    await page.getByTestId('drawer').getByText('You use drawer 1').waitFor();
    const take = page.getByRole('button', { name: 'Use drawer 2' });
    await page.keyboard.press(await take.locator('kbd').innerText());
    await page.getByTestId('drawer').getByText('You use drawer 2').waitFor();
    await strip(page, /^Drawer 2/).waitFor();
    assert.equal(await strip(page, /^Drawer/).count(), 1, 'the other is somebody else’s');
    await fine(page);
    await takePicture(page, 'two-drawers-shift-en');

    // What is paid in cash opens the second, and only that one.
    await show(page, 'sell');
    await page.getByTestId('total').waitFor();
    const pins = await kicksOf(page, async () => {
      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      await page.keyboard.press('F12');
      await shows(page, 'change', '0.00');
    });
    assert.deepEqual(pins, ['01']);

    // Paid in part: what lies in it keeps Amina there.
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.take_tender', { sale: sale.sale, tender: { kind: 'cash', amount: { amount: 100, currency: 'EUR' } } });
    await show(page, 'shift');
    await page.getByRole('button', { name: 'Use drawer 1' }).click();
    await page.getByText('Cash of your open sale is in your drawer.').waitFor();
    await page.getByTestId('drawer').getByText('You use drawer 2').waitFor();
    await ask(page, 'sale.return_tender', { sale: sale.sale, tender: 1 });
    await page.getByRole('button', { name: 'Use drawer 1' }).click();
    await page.getByTestId('drawer').getByText('You use drawer 1').waitFor();
    assert.deepEqual(await kicksOf(page, () => ask(page, 'drawer.no_sale', { reason: 'count' })), ['00']);
  });

  test('upright and in French, by touch: each is closed by itself', async (t) => {
    const amina = await stage.signedOn(t, 'Amina');
    const { shop } = await ask(amina, 'shop.settings');
    await ask(amina, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    const page = await stage.signedOn(t, 'Jonas', { viewport: { width: 768, height: 1024 }, locale: 'fr-FR', hasTouch: true, screen: 'shift' });
    await page.getByTestId('drawer').getByText('Vous utilisez le tiroir 1').waitFor();
    await page.getByRole('button', { name: 'Utiliser le tiroir 2' }).tap();
    await page.getByTestId('drawer').getByText('Vous utilisez le tiroir 2').waitFor();
    await strip(page, /^Tiroir 2/).waitFor();
    await fine(page);
    await takePicture(page, 'two-drawers-shift-fr-768');
    await ask(page, 'shift.count', { counted: { amount: 420, currency: 'EUR' }, denominations: [] });
    const closed = await ask(page, 'shift.close', { reason: null, left: null });
    assert.deepEqual([closed.drawer, closed.over_short.amount], [2, 0]);
    await page.getByText('Services clôturés', { exact: true }).tap();
    await page.locator('.rows').getByText('Tiroir 2').waitFor();
    await page.locator('pre').getByText('Tiroir').first().waitFor();
    await fine(page);
    await takePicture(page, 'two-drawers-closed-fr-768');
    assert.equal((await ask(amina, 'shift.show')).drawer, 1, 'the other is as it was');
    await show(amina, 'devices');
    await amina.getByRole('region', { name: 'Tiroir 2', exact: true }).waitFor();
    await fine(amina);
    await takePicture(amina, 'two-drawers-devices-fr');
  });
});
