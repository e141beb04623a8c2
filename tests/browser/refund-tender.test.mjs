// A refund goes back the way it was paid: proposed, done by one key, and another way only with consent.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { Hand, shows, typePin } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('refunds to what was paid with', () => {
  const stage = useTill();

  /** A page of a cashier who takes back a sale of 5.50, of which the card paid so much and cash the rest. */
  async function refunding(t, card, options) {
    const page = await stage.signedOn(t, 'Jonas', options);
    for (const code of [BAGUETTE, LOAF]) await ask(page, 'sale.scan', { code });
    const { sale } = await ask(page, 'sale.current');
    const currency = sale.totals.total.currency;
    const begun = await ask(page, 'payment.begin', {
      sale: sale.sale,
      kind: 'card',
      amount: { amount: card, currency },
    });
    const { payment } = begun.payment;
    await ask(page, 'payment.end', { sale: sale.sale, payment, result: 'approved' });
    const tenders = card === sale.totals.total.amount ? [] : [{ kind: 'cash', amount: null }];
    const completed = await ask(page, 'sale.complete', { sale: sale.sale, tenders });
    const found = await ask(page, 'sale.returnable', { number: completed.receipt_number });
    const lines = found.lines.map(({ line, left }) => ({ line, quantity: left }));
    await ask(page, 'sale.take_back', { from: found.sale, lines, restock: true, reason: 'unwanted' });
    await shows(page, 'total', '-€5.50');
    return page;
  }

  const last = async (page) => {
    const { sales } = await ask(page, 'sale.list');
    const { tenders } = await ask(page, 'sale.completed', { sale: sales[0].sale });
    return tenders.map(({ kind, direction, tendered }) => [kind, direction, tendered.amount]);
  };

  test('what the card paid goes back to the card by the key of every refund', async (t) => {
    const page = await refunding(t, 550, { hasTouch: true });
    const key = page.getByTestId('give-back');
    await key.waitFor();
    assert.match(await key.textContent(), /Give back\s*Card/);
    assert.match(await key.innerText(), /5\.50/);
    await settled(page);
    assert.deepEqual(await hindrances(page), []);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'refund-to-card');
    const hand = new Hand(page);
    await hand.press('F12');
    await shows(page, 'payment', '5.50');
    await hand.press('Enter');
    await shows(page, 'change', '5.50');
    assert.equal(hand.keys, 2, 'one key, and one for what the card reader said');
    assert.deepEqual(await last(page), [['card', 'given', 550]]);
  });

  test('by finger, first what the card paid, then the rest in cash', async (t) => {
    const page = await refunding(t, 400, { hasTouch: true });
    await page.getByTestId('give-back').filter({ hasText: '4.00' }).tap();
    await shows(page, 'payment', '4.00');
    await page.getByRole('button', { name: 'Approved' }).tap();
    const cash = page.getByTestId('cash').filter({ hasText: '1.50' });
    await cash.waitFor();
    await cash.tap();
    await shows(page, 'change', '1.50');
    assert.deepEqual(await last(page), [
      ['card', 'given', 400],
      ['cash', 'given', 150],
    ]);
  });

  test('cash for what a card paid takes the consent of somebody who may', async (t) => {
    const page = await refunding(t, 550);
    await page.keyboard.press('F9');
    await page.getByTestId('cash').waitFor();
    await page.keyboard.press('F12');
    const consent = page.getByRole('region', { name: 'Another operator has to agree' });
    await consent.getByText('Refund another way than it was paid').waitFor();
    await settled(page);
    assert.deepEqual(await cutWords(page), []);
    await takePicture(page, 'refund-elsewhere');
    const amina = consent.getByRole('radio', { name: /Amina/ });
    const pin = /\d{4}/.exec(await amina.innerText())[0];
    await amina.click();
    await typePin(page, pin);
    await shows(page, 'change', '5.50');
    assert.deepEqual(await last(page), [['cash', 'given', 550]]);
  });
});
