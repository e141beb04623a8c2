// What each key of the sell screen does: digits, then the key that says what they are.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf, hindrances } from './browser.mjs';
import { F7, Hand, scan, shows, typeDigits } from './cashier.mjs';
import { BAGUETTE, LOAF, MILK, NOBODY_HAS_IT, ROLL } from './goods.mjs';
import { useTill } from './stage.mjs';

/** The demo shop's own number of the loaf, 4.20. */
const LOAF_SKU = '101';
const OWNER_PIN = '1470';

describe('the keys of the sell screen', () => {
  const stage = useTill();

  /** A page on which this operator is signed on, without an open sale. */
  async function signedOn(t, name = 'Amina') {
    const page = await stage.signedOn(t, name);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return page;
  }

  const line = (page, text) => page.locator('.cart li button', { hasText: text });
  const refusals = (page) => page.getByRole('alert');
  const notice = (page) => page.getByTestId('notice');

  test('6 × and a scan are six, in two keys', async (t) => {
    const page = await signedOn(t);
    const hand = new Hand(page);
    await hand.type('6');
    await hand.press('*');
    await page.getByText('6 × next item').waitFor();
    await scan(page, BAGUETTE);
    await shows(page, 'total', '7.80');
    await page.getByText('6 × next item').waitFor({ state: 'detached' });
    assert.equal(hand.keys, 2);
    // Armed for one line alone.
    await scan(page, BAGUETTE);
    await shows(page, 'total', '9.10');
  });

  test('F7 right behind a scan comes after it: what the scan used up is not armed again', async (t) => {
    const page = await signedOn(t);
    const arms = callsOf(page, 'sale.arm');
    const order = [];
    page.on('request', (request) => {
      const operation = new URL(request.url()).pathname.slice('/api/'.length);
      if (operation === 'sale.arm' || operation === 'sale.scan') order.push(operation);
    });
    // A till that takes its time: the key is pressed long before the scan is answered.
    await page.route('**/api/sale.scan', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await route.continue();
    });
    await typeDigits(page, '6');
    await page.keyboard.press('*');
    await page.getByText('6 × next item').waitFor();
    await scan(page, BAGUETTE, F7);
    await page.getByText('Next item comes back').waitFor();
    await shows(page, 'total', '7.80');
    assert.deepEqual(order, ['sale.arm', 'sale.scan', 'sale.arm']);
    assert.deepEqual(arms[1].payload.armed, { quantity: null, return_next: true });
    await scan(page, LOAF);
    // One loaf comes back: six baguettes and not six loaves less.
    await shows(page, 'total', '€3.60');
  });

  test('each of two scans has the F7 pressed before it', async (t) => {
    const page = await signedOn(t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.keyboard.press('F7');
    await scan(page, BAGUETTE, F7);
    await scan(page, LOAF);
    await shows(page, 'total', '-€4.20');
  });

  test('a code without a digit is a scan like any other', async (t) => {
    const page = await signedOn(t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.keyboard.type('croi', { delay: 120 });
    await page.getByRole('option', { name: /Butter croissant/ }).waitFor();
    await scan(page, 'nobodyhasit');
    await refusals(page).getByText('nobodyhasit').waitFor();
    // Nothing of it went into the search, and nothing found was rung up by its Enter.
    assert.equal(await page.getByRole('combobox', { name: 'Find products' }).inputValue(), 'croi');
    await shows(page, 'total', '1.30');
  });

  test('digits and Enter are a code, digits and CASH what was handed over', async (t) => {
    const page = await signedOn(t);
    await typeDigits(page, LOAF_SKU);
    await shows(page, 'entry', LOAF_SKU);
    await page.keyboard.press('Enter');
    await shows(page, 'total', '4.20');
    await typeDigits(page, '1000');
    await shows(page, 'cash', '10.00');
    await page.keyboard.press('F12');
    await shows(page, 'change', '5.80');
  });

  test('less than what is due is refused in words, and the sale goes on', async (t) => {
    const page = await signedOn(t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await typeDigits(page, '100');
    await page.keyboard.press('F12');
    await notice(page).filter({ hasText: /./ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('Alt and 1 to 4 are the amounts beside CASH', async (t) => {
    const page = await signedOn(t);
    for (const place of [1, 2, 3, 4]) {
      await scan(page, LOAF);
      await shows(page, 'total', '4.20');
      const { sale } = await ask(page, 'sale.current');
      const amount = sale.quick_cash[place - 1].amount;
      await page.keyboard.press(`Alt+${place}`);
      await shows(page, 'change', ((amount - 420) / 100).toFixed(2));
    }
  });

  test('F6 takes a typed price; more than a cashier may needs the owner, in the same panel and request', async (t) => {
    const page = await signedOn(t, 'Jonas');
    const calls = callsOf(page, 'sale.override_price');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    // Within the tenth a cashier may give.
    await typeDigits(page, '400');
    await page.keyboard.press('F6');
    await shows(page, 'total', '4.00');
    assert.equal(calls.length, 1);

    const hand = new Hand(page);
    await hand.press('F6');
    await hand.type('100');
    await hand.press('Enter');
    const panel = page.getByRole('region', { name: 'Another operator has to agree' });
    await panel.getByText('Change prices').waitFor();
    assert.deepEqual(await hindrances(page), []);
    await shows(page, 'total', '4.00');
    await hand.type(OWNER_PIN);
    await hand.press('Enter');
    await shows(page, 'total', '1.00');
    await panel.waitFor({ state: 'detached' });
    assert.equal(hand.keys, 10);

    const [, refused, allowed] = calls;
    assert.equal(calls.length, 3);
    assert.equal(refused.approval, undefined);
    assert.equal(allowed.request_id, refused.request_id);
    assert.deepEqual(allowed.payload, refused.payload);
    const { operators } = (await stage.till.call('shop.greeting')).answer;
    assert.equal(allowed.approval.operator, operators.find(({ name }) => name === 'Amina').id);
    // It held once: the next one is asked for again.
    await typeDigits(page, '50');
    await page.keyboard.press('F6');
    await panel.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await shows(page, 'total', '1.00');
  });

  test('a wrong PIN does not agree, and says so', async (t) => {
    const page = await signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await typeDigits(page, '100');
    await page.keyboard.press('F6');
    const panel = page.getByRole('region', { name: 'Another operator has to agree' });
    await panel.waitFor();
    await typeDigits(page, '9999');
    await page.keyboard.press('Enter');
    await panel.getByText('This PIN is not right').waitFor();
    await shows(page, 'total', '4.20');
    await typeDigits(page, OWNER_PIN);
    await page.keyboard.press('Enter');
    await shows(page, 'total', '1.00');
  });

  test('F7 takes the next item back; a cashier needs somebody who may, in words', async (t) => {
    const owner = await signedOn(t);
    await owner.keyboard.press('F7');
    await owner.getByText('Next item comes back').waitFor();
    await scan(owner, LOAF);
    await shows(owner, 'total', '-€4.20');
    await line(owner, 'Country sourdough loaf').getByText('Return').waitFor();
    await owner.keyboard.press('F12');
    await shows(owner, 'change', '4.20');

    const page = await signedOn(t, 'Jonas');
    await page.keyboard.press('F7');
    await scan(page, LOAF);
    const panel = page.getByRole('region', { name: 'Another operator has to agree' });
    await panel.getByText('Take returns without receipt').waitFor();
    await shows(page, 'total', '0.00');
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.keyboard.press('F7');
    await page.getByText('Next item comes back').waitFor({ state: 'detached' });
    await scan(page, LOAF);
    await shows(page, 'total', '€4.20');
  });

  test('arrows select, + and − step, = sets, Del takes out and Ctrl Z puts back', async (t) => {
    const page = await signedOn(t);
    for (const [code, total] of [
      [BAGUETTE, '1.30'],
      [LOAF, '5.50'],
      [ROLL, '8.10'],
    ]) {
      await scan(page, code);
      await shows(page, 'total', total);
    }
    const selected = page.locator('.cart [aria-current=true]');
    await selected.getByText('Cinnamon roll').waitFor();
    await page.keyboard.press('ArrowUp');
    await selected.getByText('Country sourdough loaf').waitFor();
    await page.keyboard.press('ArrowUp');
    await selected.getByText('Baguette').waitFor();
    await page.keyboard.press('ArrowDown');
    await selected.getByText('Country sourdough loaf').waitFor();
    await page.keyboard.press('+');
    await shows(page, 'total', '12.30');
    await page.keyboard.press('-');
    await shows(page, 'total', '8.10');
    await typeDigits(page, '3');
    await page.keyboard.press('=');
    await shows(page, 'total', '16.50');
    await page.keyboard.press('Delete');
    await shows(page, 'total', '3.90');
    await notice(page).getByText('Country sourdough loaf was taken out.').waitFor();
    assert.equal(await line(page, 'Country sourdough loaf').count(), 0);
    await page.keyboard.press('Control+z');
    await shows(page, 'total', '16.50');
  });

  test('− on the last one takes the line out', async (t) => {
    const page = await signedOn(t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await page.keyboard.press('-');
    await shows(page, 'total', '0.00');
    assert.equal(await line(page, 'Baguette').count(), 0);
  });

  test('letters find products without a click; Enter adds, Esc leaves', async (t) => {
    const page = await signedOn(t);
    await page.keyboard.type('croi', { delay: 120 });
    await page.getByRole('option', { name: /Butter croissant/ }).waitFor();
    await page.keyboard.press('Enter');
    await shows(page, 'total', '1.50');
    await page.getByTestId('tile').first().waitFor();
    await page.keyboard.type('bag', { delay: 120 });
    await page.getByRole('option').nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.locator('[role=option][aria-selected=true]#found-1').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('tile').first().waitFor();
    // The keys are the till's again.
    await typeDigits(page, LOAF_SKU);
    await shows(page, 'entry', LOAF_SKU);
  });

  test('a scan while the search is open goes into the sale and leaves the search as it was', async (t) => {
    const page = await signedOn(t);
    await page.keyboard.type('croi', { delay: 120 });
    await page.getByRole('option', { name: /Butter croissant/ }).waitFor();
    await scan(page, MILK);
    await shows(page, 'total', '1.65');
    assert.equal(await page.getByRole('combobox', { name: 'Find products' }).inputValue(), 'croi');
  });

  test('a scan in the middle of typed digits keeps the digits', async (t) => {
    const page = await signedOn(t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    await typeDigits(page, '20');
    await shows(page, 'entry', '20');
    await scan(page, LOAF);
    await shows(page, 'total', '8.40');
    await shows(page, 'entry', '20');
    await typeDigits(page, '00');
    await page.keyboard.press('F12');
    await shows(page, 'change', '11.60');
  });

  test('a code nobody has is a red card, and the next scan goes on', async (t) => {
    const page = await signedOn(t);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '1.30');
    await scan(page, NOBODY_HAS_IT);
    await refusals(page).getByText(NOBODY_HAS_IT).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await shows(page, 'total', '1.30');
    assert.deepEqual(await hindrances(page), []);
    await scan(page, BAGUETTE);
    await shows(page, 'total', '2.60');
    await refusals(page).getByText(NOBODY_HAS_IT).waitFor({ state: 'detached' });
  });

  test('an open item is a price, a name and Enter', async (t) => {
    const page = await signedOn(t);
    await page.keyboard.press('Insert');
    await page.getByText('Type its price on the keypad').waitFor();
    await typeDigits(page, '350');
    assert.deepEqual(await hindrances(page), []);
    await page.keyboard.press('Enter');
    await shows(page, 'total', '3.50');
    await line(page, 'Miscellaneous').waitFor();
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('whoever may not sell open items sees that, and is not offered the key', async (t) => {
    const page = await signedOn(t, 'Chloé');
    assert.equal(await page.getByRole('button', { name: 'Open item' }).isEnabled(), false);
  });

  test('a sale is given up when it is asked for twice', async (t) => {
    const page = await signedOn(t);
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const cancel = page.getByRole('button', { name: /cancel/i });
    await cancel.click();
    await page.getByRole('button', { name: 'Really cancel?' }).waitFor();
    await shows(page, 'total', '4.20');
    await cancel.click();
    await notice(page).getByText('The sale was cancelled.').waitFor();
    await shows(page, 'total', '0.00');
    assert.equal((await ask(page, 'sale.current')).sale, null);
  });

  test('F1 shows the keys, Esc closes them', async (t) => {
    const page = await signedOn(t);
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.getByText('Cash, exactly').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  });

  test('keys that would load, zoom or leave the page do nothing', async (t) => {
    const page = await signedOn(t);
    await typeDigits(page, '12');
    let loads = 0;
    page.on('framenavigated', () => (loads += 1));
    const kept = await page.evaluate(() => {
      globalThis.refused = [];
      addEventListener('keydown', (event) => globalThis.refused.push([event.key, event.defaultPrevented]));
      return devicePixelRatio;
    });
    for (const key of ['F5', 'Control+r', 'Control+Shift+R', 'Control+=', 'Control+-', 'Control+0']) {
      await page.keyboard.press(key);
    }
    const refused = await page.evaluate(() =>
      globalThis.refused.filter(([key]) => !['Control', 'Shift'].includes(key)),
    );
    assert.equal(refused.length, 6);
    assert.deepEqual(
      refused.filter(([, isRefused]) => !isRefused),
      [],
    );
    await shows(page, 'entry', '12');
    assert.equal(loads, 0);
    assert.equal(await page.evaluate(() => devicePixelRatio), kept);
  });
});
