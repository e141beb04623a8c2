// Training: begun and ended from the menu, unmistakable on every screen, and gone without a trace.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

const SCREENS = ['sell', 'receipts', 'shift', 'products', 'reports', 'settings'];

describe('training', () => {
  const stage = useTill();

  test('what is sold in it is gone when it ends, and no screen hides that it runs', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const train = async (name) => {
      await page.keyboard.press('Control+m');
      await page.getByRole('navigation', { name: 'Menu' }).getByRole('button', { name }).click();
    };
    // A real sale is not trained on.
    await train('Start training');
    await page.getByTestId('notice').waitFor();
    assert.equal(await page.getByTestId('training').count(), 0);
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    const before = (await ask(page, 'sale.list', { after: null })).sales.length;

    await train('Start training');
    const band = page.getByTestId('training');
    await band.getByText('TRAINING').waitFor();
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    for (const size of [{ width: 1024, height: 768 }, { width: 768, height: 1024 }, { width: 1366, height: 768 }]) {
      await page.setViewportSize(size);
      for (const screen of SCREENS) {
        await show(page, screen);
        await page.locator('main').first().waitFor();
        await settled(page);
        assert.ok(await band.isVisible(), screen);
        const wrong = [...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))];
        assert.deepEqual(wrong, [], `${screen} ${size.width}`);
        await takePicture(page, `training-${screen}-${size.width}`);
      }
    }
    await page.setViewportSize({ width: 1024, height: 768 });
    await show(page, 'sell');
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    // What counts is refused with a way out.
    await assert.rejects(ask(page, 'shift.move_cash', { kind: 'drop', amount: { amount: 100, currency: 'EUR' }, reason: 'safe' }), /people.in_training/);
    await page.reload();
    await band.waitFor();
    assert.equal((await ask(page, 'sale.list', { after: null })).sales.length, before, 'nothing of it is a receipt of the shop');

    await train('Stop training');
    await band.waitFor({ state: 'detached' });
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    const { sales } = await ask(page, 'sale.list', { after: null });
    assert.equal(sales.length, before + 1);
    assert.match(sales[0].receipt_number, /-000002$/, 'its numbers go on where they were');
  });
});
