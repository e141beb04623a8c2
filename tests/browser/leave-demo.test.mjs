// Leaving the demo shop for one's own, as whoever tried it does: from the menu to the first page of a new shop.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cutWords, hindrances, openBrowser, openPage, settled, smallTargets, takePicture } from './browser.mjs';
import { signOn } from './cashier.mjs';
import { openTill } from './till.mjs';

describe('the demo shop', () => {
  test('is left by those who may change the shop, who are told what stays', async (t) => {
    const till = await openTill({ demo: true });
    const browser = await openBrowser();
    t.after(async () => {
      await browser.close();
      await till.close();
    });
    const { page, faults } = await openPage(browser, till.address);
    const menu = page.getByRole('navigation', { name: 'Menu' });
    await signOn(page, 'Jonas');
    await page.keyboard.press('Control+m');
    await menu.waitFor();
    assert.equal(await menu.getByText('Begin your own shop').count(), 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+l');

    await signOn(page, 'Amina');
    await page.keyboard.press('Control+m');
    await menu.getByText('Begin your own shop').click();
    await page.getByText('The demo shop stays in its folder').waitFor();
    await settled(page);
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page)), ...(await cutWords(page))], []);
    await takePicture(page, 'leave-demo');
    await page.getByRole('button', { name: 'Begin my shop' }).click();
    await page.getByText('Let’s set up your shop').waitFor();
    // What the browser says of a till that starts again is no fault of the page.
    assert.deepEqual(faults.filter((fault) => !/net::ERR_|status of 503/.test(fault)), []);
  });
});
