// A receipt for whoever is given the goods: by one key when the sale is paid, and from the list of receipts later.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { BAGUETTE } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('gift receipts', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };

  /** How many gift receipts of a number were queued, done ones too. */
  async function gifts(page, number) {
    const { jobs, done } = await ask(page, 'print_job.list');
    return [...jobs, ...done].filter((job) => job.kind === 'gift' && job.receipt_number === number).length;
  }

  test('when the sale is paid by a key, from the list by a finger; goods that came back are given to nobody', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true });
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const [{ receipt_number: number }] = (await ask(page, 'sale.list')).sales;
    await fine(page);
    await takePicture(page, 'change-gift-en');
    await page.keyboard.press('Control+g');
    await page.getByTestId('notice').getByText(`A gift receipt for ${number} is printed.`).waitFor();
    assert.equal(await gifts(page, number), 1);

    await show(page, 'receipts');
    await page.locator('pre', { hasText: number }).waitFor();
    await fine(page);
    await takePicture(page, 'receipt-acts-en');
    const printed = page.waitForResponse((response) => response.url().endsWith('/receipt.print_gift'));
    await page.getByRole('button', { name: 'Gift receipt' }).tap();
    assert.equal((await printed).status(), 200);
    assert.equal(await gifts(page, number), 2);

    await page.getByRole('button', { name: 'Reverse the sale' }).tap();
    await shows(page, 'total', '-€1.30');
    await page.keyboard.press('F12');
    await shows(page, 'change', '1.30');
    assert.equal(await page.getByRole('button', { name: 'Gift receipt' }).count(), 0);
    await show(page, 'receipts');
    await page.locator('pre', { hasText: 'RETURN' }).waitFor();
    await page.getByRole('button', { name: 'Gift receipt' }).tap();
    await page.getByTestId('notice').getByText('goods only came back').waitFor();
  });
});
