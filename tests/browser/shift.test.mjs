// A shift at the drawer, as a cashier keeps it: the float is stated, cash is moved, the drawer is counted without seeing what
// should be in it, and the shift is closed and printed again.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SIZES, ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { scan, shows } from './cashier.mjs';
import { MILK } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('the shift', () => {
  const stage = useTill();

  const fine = async (page) => {
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
  };

  test('from the float to the close, by keys, and what should be there is told after the count', async (t) => {
    const page = await stage.signedOn(t, 'Jonas', { viewport: SIZES[0] });
    await scan(page, MILK);
    await page.keyboard.press('F12');
    await page.getByTestId('change').or(page.getByText('Change')).first().waitFor();
    await page.keyboard.press('Control+d');
    await page.getByRole('heading', { name: 'The float was not stated' }).waitFor();
    assert.equal(await page.getByTestId('expected').count(), 0, 'it is not the cashier’s to see');
    await fine(page);
    await takePicture(page, 'shift-begun-en');

    // The float, by notes and coins: the till adds them up.
    await page.keyboard.press('1');
    const float = page.getByRole('dialog', { name: 'State the float' });
    await float.getByLabel('€20.00').fill('5');
    await float.getByLabel('€1.00').fill('10');
    await shows(page, 'cash-sum', '110.00');
    await fine(page);
    await takePicture(page, 'shift-float-en');
    await page.keyboard.press('Control+s');
    await page.getByRole('heading', { name: 'The shift is open' }).waitFor();

    // Cash is dropped, with a reason.
    await page.keyboard.press('4');
    const drop = page.getByRole('dialog', { name: 'Drop' });
    await drop.getByLabel('Amount').fill('50');
    await fine(page);
    await takePicture(page, 'shift-move-en');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'To the safe' }).waitFor();

    // The count is blind: only once it is committed the difference is told, and a reason is asked.
    await page.keyboard.press('5');
    const count = page.getByRole('dialog', { name: 'Count the drawer' });
    await count.getByText('told afterwards').waitFor();
    await count.getByText('Only the sum', { exact: true }).click();
    await count.getByLabel('Counted').fill('58');
    await fine(page);
    await takePicture(page, 'shift-count-en');
    await page.keyboard.press('Enter');
    const close = page.getByRole('dialog', { name: 'Close the shift' });
    const { expected, over_short } = (await ask(page, 'shift.show')).count;
    assert.equal(over_short.amount, 5_800 - expected.amount);
    assert.notEqual(over_short.amount, 0);
    await close.getByTestId('over-short').waitFor();
    await close.getByText('Say why it differs').waitFor();
    await close.getByLabel('Why it differs').selectOption('wrong_change');
    await fine(page);
    await takePicture(page, 'shift-close-en');
    await page.keyboard.press('Control+s');
    const closed = page.getByRole('dialog', { name: /-Z0001 is closed$/ });
    await closed.locator('pre').waitFor();
    await fine(page);
    await takePicture(page, 'shift-z-en');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'No shift is open' }).waitFor();

    // It is found again, and printed again.
    await page.getByText('Closed shifts', { exact: true }).click();
    await page.locator('.rows button').filter({ hasText: '-Z0001' }).waitFor();
    await page.locator('pre').waitFor();
    await fine(page);
    await takePicture(page, 'shift-closed-en');
    await page.getByRole('button', { name: 'Print again' }).click();
    await page.getByTestId('notice').getByText('It is being printed.').waitFor();
  });

  test('whoever may see what should be there reads it, and prints it', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { screen: 'shift', viewport: SIZES.at(-1) });
    await page.getByTestId('expected').waitFor();
    await page.getByRole('button', { name: 'Report (X)' }).click();
    const report = page.getByRole('dialog', { name: 'Report (X)' });
    await report.locator('pre').getByText('X report').waitFor();
    await fine(page);
    await report.getByRole('button', { name: 'Print it' }).click();
    await page.getByTestId('notice').getByText('It is being printed.').waitFor();
  });

  test('somebody who may not moves cash once a colleague allows it', async (t) => {
    const page = await stage.signedOn(t, 'Chloé', { screen: 'shift' });
    await page.getByRole('button', { name: 'Pay in' }).click();
    const form = page.getByRole('dialog', { name: 'Pay in' });
    await form.getByLabel('Amount').fill('20');
    await page.keyboard.press('Enter');
    await page.getByText('Move cash').first().waitFor();
  });
});
