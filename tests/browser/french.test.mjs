// A shop that speaks French: one sale from signing on to the receipt, with words and numbers as they are written there.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ask, openPage } from './browser.mjs';
import { scan, signOn, typeDigits, typePin } from './cashier.mjs';
import { CAKE, LOAF } from './goods.mjs';
import { useTill } from './stage.mjs';

/** Spaces as typed; the ones in numbers do not break. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').trim();

describe('in French', () => {
  const stage = useTill();
  before(async () => {
    const { page } = await openPage(stage.browser, stage.till.address);
    await signOn(page, 'Amina');
    const { shop } = await ask(page, 'shop.settings');
    await ask(page, 'shop.save_settings', { base: shop, shop: { ...shop, language: 'fr' } });
    await page.context().close();
  });

  async function reads(page, what, text) {
    const place = page.getByTestId(what);
    // The spaces differ by kind, so that the digits are waited for and all of it is compared then.
    await place.filter({ hasText: text.replace(/ .*$/, '') }).waitFor();
    assert.equal(plain(await place.innerText()), text);
  }

  test('a sale from signing on to the receipt', async (t) => {
    const { page, faults } = await openPage(stage.browser, stage.till.address, { locale: 'fr-FR' });
    t.after(() => page.context().close());
    await page.getByText('Qui est à la caisse ?').waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
    await page.getByRole('button', { name: 'Amina' }).click();
    await typePin(page, '1471');
    await page.getByRole('alert').filter({ hasText: 'PIN' }).waitFor();
    await typePin(page, '1470');
    await page.getByText('Prêt pour le client suivant').waitFor();

    await scan(page, LOAF);
    await reads(page, 'total', '4,20 €');
    await typeDigits(page, '7');
    await page.keyboard.press('*');
    await page.getByText('7 × le prochain').waitFor();
    await scan(page, CAKE);
    await reads(page, 'total', '1 040,20 €');
    const line = page.locator('.cart li', { hasText: 'Celebration cake' });
    assert.match(plain(await line.innerText()), /à 148,00 €/);
    assert.match(plain(await line.innerText()), /1 036,00/);
    assert.match(plain(await page.locator('.totals').innerText()), /8 articles\s+TVA 5,5 % 54,23/);

    await typeDigits(page, '1100');
    await page.keyboard.press(',');
    await typeDigits(page, '5');
    await page.getByTestId('entry').filter({ hasText: '1100' }).waitFor();
    assert.match(plain(await page.getByTestId('entry').innerText()), /1 100,50 €/);
    await page.keyboard.press('F12');
    await reads(page, 'change', '60,30 €');
    await page.getByText('À rendre').waitFor();
    await page.getByText('Le prochain scan commence la vente suivante.').waitFor();

    await page.keyboard.press('F9');
    const paper = page.getByRole('dialog').locator('.paper');
    await paper.waitFor();
    const receipt = plain(await paper.innerText());
    assert.match(receipt, /Country sourdough loaf\s+4,20/);
    assert.match(receipt, /TOTAL\s+1 ?040,20/);
    assert.match(receipt, /Espèces\s+1 ?100,50/);
    assert.match(receipt, /60,30/);
    assert.match(receipt, /5,5 ?%/);
    await page.keyboard.press('Escape');

    await page.keyboard.press('F8');
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    assert.match(plain(await page.locator('.rows').innerText()), /1 040,20 €/);
    assert.deepEqual(faults, []);
  });

  test('refusals are told in French', async (t) => {
    const { page, faults } = await openPage(stage.browser, stage.till.address, { locale: 'fr-FR' });
    t.after(() => page.context().close());
    await signOn(page, 'Jonas');
    await scan(page, LOAF);
    await reads(page, 'total', '4,20 €');
    await typeDigits(page, '100');
    await page.keyboard.press('F12');
    const words = await page.getByTestId('notice').innerText();
    assert.match(words, /[éèàç’]/, words);
    await page.keyboard.press('Escape');
    await typeDigits(page, '100');
    await page.keyboard.press('F6');
    await page.getByText('Changer les prix').waitFor();
    assert.deepEqual(faults, []);
  });
});
