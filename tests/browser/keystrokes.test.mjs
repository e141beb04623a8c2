// What the eleven things take that a cashier does all day, in keys and in taps, after the scans. The figures are the most
// that any of them may take; a task that takes more is a defect of the screen.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, callsOf } from './browser.mjs';
import { Hand, scan, shows, signOn } from './cashier.mjs';
import { BAGUETTE, LOAF, MILK } from './goods.mjs';
import { useTill } from './stage.mjs';

const OWNER_PIN = '1470';
const BADGE = 'badge-4711-0815';
const OWNER_BADGE = 'badge-4711-0900';

describe('what the eleven tasks take', () => {
  const stage = useTill();

  /** A page of this operator, without an open sale, and a hand that is counted. */
  async function ready(t, name = 'Jonas') {
    const page = await stage.open(t, { hasTouch: true });
    await signOn(page, name);
    const { sale } = await ask(page, 'sale.current');
    if (sale) await ask(page, 'sale.cancel', { sale: sale.sale });
    await shows(page, 'total', '0.00');
    return { page, hand: new Hand(page) };
  }

  async function scanned(page, total, ...codes) {
    for (const code of codes) await scan(page, code);
    await shows(page, 'total', total);
  }

  const within = (hand, [keys, taps], what) => {
    assert.ok(hand.keys <= keys && hand.taps <= taps, `${what}: ${hand.keys} keys and ${hand.taps} taps`);
    console.log(`${what}: ${hand.keys} keys, ${hand.taps} taps`);
    hand.keys = 0;
    hand.taps = 0;
  };

  test('1: scan, exact cash, receipt, ready for the next: 1 key or 1 tap', async (t) => {
    const { page, hand } = await ready(t);
    await scanned(page, '1.30', BAGUETTE);
    await hand.press('F12');
    await shows(page, 'change', '0.00');
    within(hand, [1, 0], 'exact cash by key');
    // Ready: the next scan begins the next sale.
    await scanned(page, '4.20', LOAF);
    await hand.tap(page.getByTestId('cash'));
    await shows(page, 'change', '0.00');
    within(hand, [0, 1], 'exact cash by touch');
  });

  test('2: scan, the customer gives a note: 1 key or 1 tap', async (t) => {
    const { page, hand } = await ready(t);
    const place = async () => {
      const { sale } = await ask(page, 'sale.current');
      return 1 + sale.quick_cash.findIndex(({ amount }) => amount === 500);
    };
    await scanned(page, '4.20', LOAF);
    const quick = await place();
    assert.ok(quick > 0, 'five euros are offered for 4.20');
    await shows(page, `quick-${quick}`, '5.00');
    await hand.press(`Alt+${quick}`);
    await shows(page, 'change', '0.80');
    within(hand, [1, 0], 'a note by key');
    await scanned(page, '4.20', LOAF);
    await shows(page, `quick-${quick}`, '5.00');
    await hand.tap(page.getByTestId(`quick-${quick}`));
    await shows(page, 'change', '0.80');
    within(hand, [0, 1], 'a note by touch');
  });

  test('3: three scans, card on a card reader that stands by itself: 2 keys or 2 taps', async (t) => {
    const { page, hand } = await ready(t);
    await scanned(page, '7.15', BAGUETTE, LOAF, MILK);
    await hand.press('F10');
    await shows(page, 'payment', '7.15');
    await hand.press('Enter');
    await shows(page, 'change', '0.00');
    within(hand, [2, 0], 'card by keys');
    await scanned(page, '7.15', BAGUETTE, LOAF, MILK);
    await hand.tap(page.getByTestId('card'));
    await hand.tap(page.getByRole('button', { name: 'Approved' }));
    await shows(page, 'change', '0.00');
    within(hand, [0, 2], 'card by touch');
  });

  test('4: one item comes back, receipt in hand: two scans and 1 key', async (t) => {
    const { page, hand } = await ready(t, 'Amina');
    await scanned(page, '5.50', BAGUETTE, LOAF);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', { after: null });
    await scan(page, sales[0].receipt_number.toLowerCase());
    await page.getByRole('region', { name: 'Return', exact: true }).waitFor();
    await scan(page, BAGUETTE);
    await page.getByLabel('Baguette comes back').filter({ hasText: '1' }).waitFor();
    await hand.press('F12');
    await shows(page, 'change', '1.30');
    within(hand, [1, 0], 'a return');
    const after = await ask(page, 'sale.list', { after: null });
    assert.equal(after.sales[0].total.amount, -130);
  });

  test('4: the same by touch, without a scanner: 3 taps and the digits of its number', async (t) => {
    const { page, hand } = await ready(t, 'Amina');
    await scanned(page, '5.50', BAGUETTE, LOAF);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const { sales } = await ask(page, 'sale.list', { after: null });
    const digits = String(Number(/\d+$/.exec(sales[0].receipt_number)[0]));
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).tap();
    await hand.tap(page.getByRole('button', { name: 'Return', exact: true }));
    const back = page.getByRole('region', { name: 'Return', exact: true });
    await hand.tap(back.getByRole('button', { name: 'One Baguette more' }));
    await page.getByLabel('Baguette comes back').filter({ hasText: '1' }).waitFor();
    await hand.tap(page.getByTestId('cash'));
    await shows(page, 'change', '1.30');
    within(hand, [0, 3], 'a return by touch');
  });

  test('5: put aside and taken up again: 1 and 1', async (t) => {
    const { page, hand } = await ready(t);
    await scanned(page, '4.20', LOAF);
    await hand.press('F8');
    await shows(page, 'total', '0.00');
    within(hand, [1, 0], 'put aside');
    await hand.press('F8');
    await shows(page, 'total', '4.20');
    within(hand, [1, 0], 'taken up again');
    await hand.tap(page.getByRole('button', { name: 'Put the sale aside' }));
    await shows(page, 'total', '0.00');
    within(hand, [0, 1], 'put aside by touch');
    await hand.tap(page.getByRole('button', { name: /^Take up a sale/ }));
    await shows(page, 'total', '4.20');
    within(hand, [0, 1], 'taken up again by touch');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('6: a price that a colleague allows by PIN: 10 keys', async (t) => {
    const { page, hand } = await ready(t);
    const calls = callsOf(page, 'sale.override_price');
    await scanned(page, '4.20', LOAF);
    await hand.press('F6');
    await hand.type('150');
    await hand.press('Enter');
    await page.getByRole('region', { name: 'Another operator has to agree' }).waitFor();
    await hand.type(OWNER_PIN);
    await hand.press('Enter');
    await shows(page, 'total', '1.50');
    within(hand, [10, 0], 'a price with another’s PIN');
    assert.equal(calls.length, 2, 'asked, and asked again with the approval');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('8: signing on: the PIN and one key, or a badge and none', async (t) => {
    const { page, hand } = await ready(t, 'Amina');
    const { operators } = (await stage.till.call('shop.greeting')).answer;
    await ask(page, 'operator.save', { id: operators.find(({ name }) => name === 'Jonas').id, badge: BADGE });
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    await scan(page, BADGE);
    await page.getByTestId('total').waitFor();
    within(hand, [0, 0], 'a badge');
    await page.keyboard.press('Control+l');
    await page.getByText('Who is at the till?').waitFor();
    const other = await stage.open(t);
    const typing = new Hand(other);
    await other.getByRole('button', { name: 'Amina' }).waitFor();
    await typing.type(OWNER_PIN);
    await typing.press('Enter');
    await other.getByTestId('total').waitFor();
    within(typing, [5, 0], 'a PIN');
  });

  test('6: the same, allowed by a badge: 5 keys and a scan', async (t) => {
    const { page, hand } = await ready(t);
    const owner = await stage.signedOn(t, 'Amina');
    const { operators } = (await stage.till.call('shop.greeting')).answer;
    await ask(owner, 'operator.save', { id: operators.find(({ name }) => name === 'Amina').id, badge: OWNER_BADGE });
    await scanned(page, '4.20', LOAF);
    await hand.press('F6');
    await hand.type('150');
    await hand.press('Enter');
    await page.getByRole('region', { name: 'Another operator has to agree' }).waitFor();
    await scan(page, OWNER_BADGE);
    await shows(page, 'total', '1.50');
    within(hand, [5, 0], 'a price with another’s badge');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('9: six of the same: 2 keys', async (t) => {
    const { page, hand } = await ready(t);
    await hand.type('6');
    await hand.press('*');
    await page.getByText('6 × next item').waitFor();
    await scanned(page, '7.80', BAGUETTE);
    within(hand, [2, 0], 'six of the same');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('10: ten per cent off a line: 3 keys or 2 taps', async (t) => {
    const { page, hand } = await ready(t);
    await scanned(page, '4.20', LOAF);
    await hand.type('10');
    await hand.press('%');
    await shows(page, 'total', '3.78');
    within(hand, [3, 0], 'ten per cent by keys');
    await scanned(page, '5.08', BAGUETTE);
    await hand.tap(page.getByRole('button', { name: 'Discount' }));
    await hand.tap(page.getByRole('region', { name: 'Discount' }).getByRole('button', { name: /^10\s*%$/ }));
    await shows(page, 'total', '4.95');
    within(hand, [0, 2], 'ten per cent by touch');
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('11: the last receipt once more: 1 key', async (t) => {
    const { page, hand } = await ready(t);
    await scanned(page, '1.30', BAGUETTE);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
    const prints = callsOf(page, 'receipt.reprint');
    await hand.press('Control+p');
    await page.getByTestId('notice').waitFor();
    assert.equal(prints.length, 1);
    within(hand, [1, 0], 'the last receipt');
    await Promise.all([
      page.waitForRequest(/receipt\.reprint/),
      hand.tap(page.getByRole('button', { name: 'Print again' })),
    ]);
    assert.equal(prints.length, 2);
    within(hand, [0, 1], 'the last receipt by touch');
  });

  // Last: the day is over behind it.
  test('7: the shift is counted by notes and coins, and closed: 2, 2 for each of them, and 2', async (t) => {
    const { page, hand } = await ready(t);
    const before = await ask(page, 'shift.show');
    const kinds = before.denominations.length;
    assert.ok(kinds >= 12, `${kinds} kinds of notes and coins`);
    // One of each lies there: a float that was stated so, with what was sold taken out of the drawer before.
    const one = before.denominations.map(({ amount }) => ({ value: amount, count: 1 }));
    await ask(page, 'shift.count', { counted: null, denominations: one });
    await ask(page, 'shift.close', { reason: 'unknown', left: null });
    await ask(page, 'shift.open', { float: null, denominations: one });
    await hand.press('Control+d');
    await page.getByRole('heading', { name: 'The shift is open' }).waitFor();
    await hand.press('5');
    const count = page.getByRole('dialog', { name: 'Count the drawer' });
    await count.getByRole('textbox').first().waitFor();
    for (let kind = 0; kind < kinds; kind += 1) {
      await hand.type('1');
      // What was counted is added up before the last key sends it.
      if (kind + 1 === kinds) await page.waitForFunction(() => document.querySelector('[data-testid=cash-sum]')?.textContent);
      await hand.press('Enter');
    }
    await page.getByRole('dialog', { name: 'Close the shift' }).getByTestId('over-short').waitFor();
    await hand.press('Control+s');
    await page.getByRole('dialog', { name: /-Z\d+ is closed$/ }).waitFor();
    within(hand, [2 + 2 * kinds + 2, 0], `the close, with ${kinds} kinds of notes and coins`);
  });
});
