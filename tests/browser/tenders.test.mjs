// How a sale is paid otherwise than by the cash that is due: by card, in parts, by voucher, rounded. Counted in keys.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, hindrances } from './browser.mjs';
import { Hand, scan, shows, signOn, typeDigits, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

describe('tenders', () => {
    const stage = useTill();

    const last = async (page) => {
        const { sales } = await ask(page, 'sale.list', { after: null });
        return ask(page, 'sale.completed', { sale: sales[0].sale });
    };

    /** Changes which ways to pay the shop takes. */
    async function take(page, tenders) {
        const { shop } = await ask(page, 'shop.settings');
        const wanted = { ...shop, tenders: { ...shop.tenders, ...tenders } };
        await ask(page, 'shop.save_settings', { base: shop, shop: wanted });
    }

    test('a card is one key, and one more for what the card reader said', async (t) => {
        const page = await stage.open(t, { hasTouch: true });
        await signOn(page, 'Amina');
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        const hand = new Hand(page);
        await hand.press('F10');
        await shows(page, 'payment', '4.20');
        assert.deepEqual(await hindrances(page), []);
        await hand.press('Enter');
        await shows(page, 'change', '0.00');
        assert.deepEqual([hand.keys, hand.taps], [2, 0]);
        const sale = await last(page);
        assert.deepEqual([sale.tenders[0].kind, sale.opens_drawer], ['card', false]);
        assert.ok(sale.tenders[0].payment, 'the payment stands behind it');

        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await hand.tap(page.getByTestId('card'));
        await hand.tap(page.getByRole('button', { name: 'Approved' }));
        await shows(page, 'change', '0.00');
        assert.deepEqual([hand.keys, hand.taps], [2, 2]);
    });

    test('a payment nobody knows the end of waits through a power cut, and is asked about again', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await page.keyboard.press('F10');
        await shows(page, 'payment', '4.20');
        // Cash has to wait: nobody pays twice.
        assert.equal(await page.getByTestId('cash').isDisabled(), true);
        await page.goto('about:blank');
        await stage.till.kill();
        await stage.till.startAgain();
        await page.goto(stage.till.address);
        const tile = page.getByRole('button', { name: 'Amina' });
        await tile.click();
        await typePin(page, /\d{4}/.exec(await tile.innerText())[0]);
        // What was asked before the power went is asked again, before anything else.
        await shows(page, 'payment', '4.20');
        await page.keyboard.press('?');
        await page.getByText('Look at the list of the card reader').waitFor();
        // What is scanned meanwhile is not lost, and not paid by it.
        await scan(page, LOAF);
        await shows(page, 'total', '8.40');
        await page.keyboard.press('Delete');
        await page.getByTestId('payment').waitFor({ state: 'detached' });
        await page.keyboard.press('F12');
        await shows(page, 'change', '0.00');
        assert.deepEqual(
            (await last(page)).tenders.map((tender) => tender.kind),
            ['cash'],
        );
    });

    test('parts: what is still due stands there after each, and what was taken goes back', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await take(page, { voucher: true });
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await page.keyboard.press('F9');
        await shows(page, 'due', '4.20');
        await page.getByTestId('entry').waitFor();
        await typeDigits(page, '200');
        await page.getByLabel('Number of the voucher').fill('V-1001');
        await page.getByRole('button', { name: 'Take voucher' }).click();
        await shows(page, 'due', '2.20');
        await shows(page, 'still-due', '2.20');
        await typeDigits(page, '100');
        await page.keyboard.press('F10');
        await shows(page, 'payment', '1.00');
        await page.keyboard.press('Enter');
        await shows(page, 'due', '1.20');
        assert.equal(await page.getByTestId('tender').count(), 2);
        assert.deepEqual(await hindrances(page), []);
        await page
            .getByTestId('tender')
            .filter({ hasText: 'V-1001' })
            .getByRole('button', { name: 'Take back' })
            .click();
        await shows(page, 'due', '3.20');
        await typeDigits(page, '20');
        await page.keyboard.press('F12');
        await shows(page, 'due', '3.00');
        await typeDigits(page, '500');
        await page.keyboard.press('F12');
        await shows(page, 'change', '2.00');
        assert.deepEqual(
            (await last(page)).tenders.map((tender) => tender.kind),
            ['card', 'cash', 'cash'],
        );
        await take(page, { voucher: false });
    });

    test('cash is rounded where the shop says so, in its own line, and a card is not', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await take(page, { cash_rounding: { step: 50, tie: 'up' } });
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await shows(page, 'still-due', '4.00');
        await shows(page, 'cash', '4.00');
        await page.keyboard.press('F12');
        await shows(page, 'change', '0.00');
        await page.getByText('Cash rounding').waitFor();
        const sale = await last(page);
        assert.deepEqual([sale.totals.total.amount, sale.cash_rounding.amount], [420, -20]);
        await take(page, { cash_rounding: null });
    });

    test('the keys are those of the ways to pay the shop takes', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await take(page, { card: false });
        await page.getByTestId('card').waitFor({ state: 'detached' });
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await page.keyboard.press('F10');
        assert.equal(await page.getByTestId('payment').count(), 0);
        await take(page, { card: true });
        await page.getByTestId('card').waitFor();
        await page.keyboard.press('F12');
        await shows(page, 'change', '0.00');
    });

    test('a manager says in the settings which ways to pay there are', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await page.goto(`${stage.till.address}/#/settings`);
        await page.getByLabel('Vouchers, by their number').check();
        await page.getByLabel('Cash rounding').selectOption({ label: '€0.05' });
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved').waitFor();
        const { tenders } = (await ask(page, 'shop.settings')).shop;
        assert.deepEqual([tenders.voucher, tenders.cash_rounding], [true, { step: 5, tie: 'up' }]);
        await take(page, { voucher: false, cash_rounding: null });
    });
});
