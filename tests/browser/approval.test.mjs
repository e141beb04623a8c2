// A manager's badge allows one act in place: no PIN is typed, and whoever is signed on stays.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, cutWords, hindrances, settled, takePicture } from './browser.mjs';
import { Hand, scan, shows } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

const BADGE = '900715560042';

describe('consent', () => {
  const stage = useTill();

  test('a scan of the badge gives it, goods and strangers’ badges do not', async (t) => {
    const manager = await stage.signedOn(t, 'Amina');
    const { operators } = await ask(manager, 'operator.list');
    const amina = operators.find(({ name }) => name === 'Amina');
    const save = { id: amina.id, name: null, role: null, pin: null, badge: BADGE, status: null };
    await ask(manager, 'operator.save', save);

    const page = await stage.signedOn(t, 'Jonas');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const hand = new Hand(page);
    await hand.type('200');
    await hand.press('F6');
    await page.getByText('Needs somebody who may').waitFor();
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await cutWords(page))], []);
    await takePicture(page, 'approval-badge');
    // Goods are no badge, and are not rung up either.
    await scan(page, LOAF);
    await page.getByRole('alert').waitFor();
    await shows(page, 'total', '4.20');
    await scan(page, BADGE);
    await shows(page, 'total', '2.00');
    assert.equal(hand.keys, 4);
    assert.equal((await ask(page, 'session.current')).session.name, 'Jonas');
    await page.keyboard.press('F12');
    await page.getByTestId('change').waitFor();
    const { entries } = await ask(manager, 'audit.list');
    assert.ok(entries.some(({ operation, approver_name: who }) => operation === 'sale.override_price' && who === 'Amina'));
  });
});
