// Who is at the till: badges, the till that locks itself, and the code that helps whoever lost their PIN.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ask, hindrances } from './browser.mjs';
import { Hand, scan, shows, signOn, typePin } from './cashier.mjs';
import { LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

const BADGE = '900715560042';

describe('people', () => {
    const stage = useTill();

    test('a badge signs on without a key, and a locked till tells of a code that is none', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await page.goto(`${stage.till.address}/#/people`);
        await page.getByRole('button', { name: 'Jonas' }).click();
        await page.getByLabel('Badge', { exact: true }).waitFor();
        // The badge is scanned where it is given.
        await scan(page, BADGE);
        await page.waitForFunction(
            (badge) => [...document.querySelectorAll('input')].some((each) => each.value === badge),
            BADGE,
        );
        assert.deepEqual(await hindrances(page), []);
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('The badge they have').waitFor();
        await page.keyboard.press('Control+l');
        await page.getByText('Who is at the till?').waitFor();
        const hand = new Hand(page);
        await scan(page, LOAF);
        await page.getByText(LOAF).first().waitFor();
        await scan(page, BADGE);
        await page.getByTestId('total').waitFor();
        await page.getByText('Jonas').first().waitFor();
        assert.deepEqual([hand.keys, hand.taps], [0, 0]);
    });

    test('a till that nobody touches locks itself, and the sale waits for whoever began it', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        const { shop } = await ask(page, 'shop.settings');
        await ask(page, 'shop.save_settings', {
            base: shop,
            shop: { ...shop, lock_after_min: 5 },
        });
        await scan(page, LOAF);
        await shows(page, 'total', '4.20');
        await page.clock.install();
        await page.reload();
        await shows(page, 'total', '4.20');
        await page.clock.fastForward('04:30');
        await page.keyboard.press('ArrowDown');
        await page.clock.fastForward('04:30');
        await shows(page, 'total', '4.20');
        await page.clock.fastForward('00:40');
        await page.getByText('Who is at the till?').waitFor();
        await signOn(page, 'Amina');
        await shows(page, 'total', '4.20');
        await ask(page, 'shop.save_settings', {
            base: { ...shop, lock_after_min: 5 },
            shop,
        });
        await page.keyboard.press('F12');
        await shows(page, 'change', '0.00');
    });

    test('a lost PIN is made anew with the code that was written down', async (t) => {
        const page = await stage.open(t);
        await signOn(page, 'Amina');
        await page.goto(`${stage.till.address}/#/people`);
        await page.getByText('You have no recovery code yet').waitFor();
        await page.getByRole('button', { name: 'New recovery code' }).click();
        const code = await page.getByTestId('recovery-code').innerText();
        assert.match(code, /^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
        assert.deepEqual(await hindrances(page), []);
        await page.getByRole('button', { name: 'I have kept it' }).click();
        await page.getByText('You have no recovery code yet').waitFor({ state: 'detached' });
        await page.keyboard.press('Control+l');
        await page.getByRole('button', { name: 'Amina' }).click();
        await page.getByRole('button', { name: 'PIN forgotten?' }).click();
        await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.toLowerCase().replaceAll('-', ' '));
        await page.getByRole('textbox', { name: 'New PIN' }).fill('8642');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('The PIN is changed').waitFor();
        await typePin(page, '8642');
        await page.getByTestId('total').waitFor();
    });
});
