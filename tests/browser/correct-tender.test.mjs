// How a sale was paid is corrected on its receipt: by a manager, or with one's consent, and shown there from then on.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, smallTargets, takePicture } from './browser.mjs';
import { shows, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { show, useTill } from './stage.mjs';

describe('a payment is corrected', () => {
  const stage = useTill();

  /** The receipts of an operator who has just sold a loaf for cash. */
  async function receipts(t, name, options) {
    const page = await stage.signedOn(t, name, options);
    await ask(page, 'sale.scan', { code: LOAF });
    const { sale } = await ask(page, 'sale.current');
    await ask(page, 'sale.complete', { sale: sale.sale, tenders: [{ kind: 'cash', amount: null }] });
    await shows(page, 'change', '0.00');
    await show(page, 'receipts');
    return { page, sale: sale.sale };
  }

  const sheet = (page) => page.getByRole('dialog', { name: 'How was it paid?' });

  test('a manager says it was the card, and why, by keys', async (t) => {
    const { page, sale } = await receipts(t, 'Amina');
    await page.getByRole('button', { name: 'Paid wrongly?' }).click();
    await sheet(page).getByRole('button', { name: 'Correct', exact: true }).waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    assert.deepEqual(await smallTargets(page), []);
    await takePicture(page, 'correct-payment');
    await sheet(page).getByLabel('Reason').selectOption('Paid another way');
    await sheet(page).getByLabel("Number of the voucher, or the card reader's code").fill('482913');
    await page.keyboard.press('Enter');
    await sheet(page).waitFor({ state: 'detached' });
    await page.getByText('Card, not Cash: €4.20').waitFor();
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'corrected-payment');
    const { tenders, corrections } = await ask(page, 'payment.of_sale', { sale });
    assert.deepEqual([tenders[0].kind, tenders[0].reference], ['card', '482913']);
    assert.deepEqual(corrections[0].reason, 'paid_otherwise');
  });

  test('a cashier by finger, with the consent of a manager', async (t) => {
    const { page, sale } = await receipts(t, 'Jonas', { hasTouch: true });
    await page.getByRole('button', { name: 'Paid wrongly?' }).tap();
    await sheet(page).getByRole('button', { name: 'Correct', exact: true }).tap();
    const amina = page.getByRole('radio', { name: /Amina/ });
    await page.getByText('Correct how a sale was paid').waitFor();
    const pin = /\d{4}/.exec(await amina.innerText())[0];
    await amina.tap();
    await typePin(page, pin);
    await page.getByText('Card, not Cash: €4.20').waitFor();
    const { corrections } = await ask(page, 'payment.of_sale', { sale });
    assert.equal(corrections[0].operator_name, 'Jonas');
  });
});
