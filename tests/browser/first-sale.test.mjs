// The sale a till makes all day: something is scanned, cash is taken. Counted in keys and in taps.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, hindrances } from './browser.mjs';
import { Hand, scan, shows, signOn, typePin } from './cashier.mjs';
import { BAGUETTE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('the first sale', () => {
  const stage = useTill();

  const salesOf = async (page) => (await ask(page, 'sale.list', { after: null })).sales.length;

  test('by keys alone: a PIN, a scan, one key, and the next scan begins the next sale', async (t) => {
    const page = await stage.open(t);
    const who = page.getByRole('button', { name: 'Jonas' });
    await who.waitFor();
    // Nothing is clicked: arrows pick, digits are the PIN.
    for (let turns = 0; (await who.getAttribute('aria-pressed')) !== 'true'; turns += 1) {
      assert.ok(turns < 5, 'arrows reach everybody');
      await page.keyboard.press('ArrowRight');
    }
    await typePin(page, '2580');
    await page.getByTestId('total').waitFor();
    const before = await salesOf(page);

    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    assert.deepEqual(await hindrances(page), []);
    const hand = new Hand(page);
    await hand.press('F12');
    await shows(page, 'change', '0.00');
    assert.deepEqual(await hindrances(page), []);
    assert.equal(await page.getByRole('dialog').count(), 0, 'there is nothing to close');
    assert.deepEqual([hand.keys, hand.taps], [1, 0]);

    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    assert.equal(await page.getByTestId('change').count(), 0);
    await hand.press('F12');
    await shows(page, 'change', '0.00');
    assert.deepEqual([hand.keys, hand.taps], [2, 0]);
    assert.equal(await salesOf(page), before + 2);
  });

  test('by touch alone: a PIN pad, a tile, one tap, and the next tap begins the next sale', async (t) => {
    const page = await stage.open(t, { hasTouch: true });
    const hand = new Hand(page);
    await hand.tap(page.getByRole('button', { name: 'Chloé' }));
    for (const digit of '3690') await hand.tap(page.getByRole('button', { name: digit, exact: true }));
    await hand.tap(page.getByRole('button', { name: 'Enter', exact: true }));
    await page.getByTestId('total').waitFor();
    assert.equal(hand.taps, 6);

    const tile = (name) => page.getByTestId('tile').filter({ hasText: name });
    await hand.tap(tile('Baguette'));
    await shows(page, 'total', '1.30');
    hand.taps = 0;
    await hand.tap(page.getByTestId('cash'));
    await shows(page, 'change', '0.00');
    assert.equal(await page.getByRole('dialog').count(), 0, 'there is nothing to close');
    assert.deepEqual([hand.keys, hand.taps], [0, 1]);

    await hand.tap(tile('Country sourdough loaf'));
    await shows(page, 'total', '4.20');
    await hand.tap(page.getByTestId('cash'));
    await shows(page, 'change', '0.00');
    assert.deepEqual([hand.keys, hand.taps], [0, 3]);
  });

  test('a note the customer gives is one tap, or one key', async (t) => {
    const page = await stage.open(t, { hasTouch: true });
    await signOn(page, 'Amina');
    for (const [pay, expected] of [
      [(hand, place) => hand.tap(page.getByTestId(`quick-${place}`)), [0, 1]],
      [(hand, place) => hand.press(`Alt+${place}`), [1, 0]],
    ]) {
      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      const { sale } = await ask(page, 'sale.current');
      const place = 1 + sale.quick_cash.findIndex(({ amount }) => amount === 500);
      assert.ok(place > 0, 'a note of 5.00 is among the amounts for 4.20');
      await shows(page, `quick-${place}`, '5.00');
      const hand = new Hand(page);
      await pay(hand, place);
      await shows(page, 'change', '0.80');
      assert.deepEqual([hand.keys, hand.taps], expected);
    }
  });

  test('signing on is the PIN and one key', async (t) => {
    const page = await stage.open(t);
    const hand = new Hand(page);
    await page.getByRole('button', { name: 'Amina' }).waitFor();
    await hand.type('1470');
    await hand.press('Enter');
    await page.getByTestId('total').waitFor();
    assert.deepEqual([hand.keys, hand.taps], [5, 0]);
  });
});
