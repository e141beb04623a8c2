// The page is loaded in parts: it begins with what sells, every other screen comes when it is first opened.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPage } from './browser.mjs';
import { signOn } from './cashier.mjs';
import { useTill } from './stage.mjs';

/** Collects the names of the parts that a page asks for, without their hashes. */
function partsOf(page) {
  const parts = [];
  page.on('request', (request) => {
    const [, part] = /\/assets\/([\w.-]+?)-[\w-]{8}\.js$/.exec(request.url()) ?? [];
    if (part !== undefined) parts.push(part);
  });
  return parts;
}

describe('the parts of the page', () => {
  const stage = useTill();

  test('come when they are wanted, once, and the screen before stays until then', async (t) => {
    let parts;
    const prepare = async (page) => {
      parts = partsOf(page);
      await page.reload();
      await page.locator('.who').waitFor();
    };
    const page = await stage.signedOn(t, 'Amina', { prepare });
    for (const later of ['Receipts', 'Products', 'Reports', 'Import', 'SetUp', 'fr', 'ar', 'sha2']) {
      assert.ok(!parts.includes(later), `${later} was loaded to sell: ${parts.join(' ')}`);
    }
    await page.getByTestId('tile').first().waitFor();
    const held = [];
    await page.route(/\/assets\/Receipts-/, (route) => void held.push(route));
    const asked = page.waitForRequest(/\/assets\/Receipts-/);
    await page.keyboard.press('F8');
    await asked;
    assert.equal(await page.getByTestId('tile').first().isVisible(), true, 'the sale stays');
    await Promise.all(held.map((route) => route.continue()));
    await page.getByTestId('tile').first().waitFor({ state: 'detached' });
    assert.equal(parts.filter((part) => part === 'Receipts').length, 1);
    await page.keyboard.press('F8');
    await page.getByTestId('tile').first().waitFor();
    await page.keyboard.press('F8');
    await page.getByTestId('tile').first().waitFor({ state: 'detached' });
    assert.equal(parts.filter((part) => part === 'Receipts').length, 1, 'it is not asked for again');
  });

  test('that do not come are told, and the sale goes on', async (t) => {
    const { page } = await openPage(stage.browser, stage.till.address);
    t.after(() => page.context().close());
    await signOn(page, 'Amina');
    await page.getByTestId('tile').first().waitFor();
    await page.route(/\/assets\/Receipts-/, (route) => route.abort());
    await page.keyboard.press('F8');
    await page.getByText('The till does not answer.').waitFor();
    assert.match(page.url(), /#\/sell$/);
    assert.equal(await page.getByTestId('tile').first().isVisible(), true);
  });
});
