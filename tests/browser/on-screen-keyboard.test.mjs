// A till without a keyboard: letters are typed on the screen, by fingers alone.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hindrances, shifted, smallTargets } from './browser.mjs';
import { Hand } from './cashier.mjs';
import { useTill } from './stage.mjs';

describe('the on-screen keyboard', () => {
  const stage = useTill();

  const keyboard = (page) => page.getByRole('region', { name: 'On-screen keyboard' });
  const key = (page, name) => keyboard(page).getByRole('button', { name, exact: true });
  const type = async (page, hand, text) => {
    for (const letter of text) await hand.tap(letter === ' ' ? key(page, 'Space') : key(page, letter));
  };
  /** Whether the whole of a field can be seen over the keyboard. */
  const isInSight = (page, field) =>
    field.evaluate((node) => {
      const [box, top] = [node.getBoundingClientRect(), document.querySelector('section.under').offsetTop];
      const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return box.bottom <= top && box.top >= 0 && middle === node;
    });

  test('a product is found and sold by fingers alone', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true });
    const hand = new Hand(page);
    const box = page.getByRole('combobox');
    assert.equal(await keyboard(page).count(), 0);
    await hand.tap(box);
    await keyboard(page).waitFor();
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
    await type(page, hand, 'bague');
    assert.equal(await box.inputValue(), 'bague');
    await page.getByRole('option', { name: 'Baguette' }).waitFor();
    await hand.tap(key(page, 'Enter'));
    await page.getByTestId('total').filter({ hasText: '1.30' }).waitFor();
    await keyboard(page).waitFor({ state: 'detached' });
    await hand.tap(page.getByTestId('cash'));
    await page.getByTestId('change').waitFor();
    assert.equal(hand.keys, 0);
    assert.ok((await shifted(page)) < 0.01, 'nothing moves by itself');
  });

  test('capitals, accents on keys of their own or held behind a letter, signs, another language', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true, screen: 'products' });
    const hand = new Hand(page);
    await page.getByRole('row', { name: /Apple tart/ }).tap();
    const name = page.locator('.detail').getByLabel('Name');
    await hand.tap(name);
    await name.evaluate((node) => node.select());
    await hand.tap(key(page, 'Capitals'));
    await hand.tap(key(page, 'C'));
    await type(page, hand, 'r');
    await hand.tap(key(page, 'éàü Accents'));
    await hand.tap(key(page, 'è'));
    await hand.tap(key(page, 'éàü Accents'));
    await type(page, hand, 'me ');
    await hand.tap(keyboard(page).getByRole('button', { name: '123' }));
    await type(page, hand, '35%');
    assert.equal(await name.inputValue(), 'Crème 35%');
    await hand.tap(key(page, 'Delete the last letter'));
    assert.equal(await name.inputValue(), 'Crème 35');
    assert.ok(await isInSight(page, name));

    // Held, a letter shows what is behind it.
    await hand.tap(keyboard(page).getByRole('button', { name: 'abc' }));
    const box = await key(page, 'o').boundingBox();
    const touch = await page.context().newCDPSession(page);
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    await key(page, 'œ').waitFor();
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await hand.tap(key(page, 'œ'));
    assert.equal(await name.inputValue(), 'Crème 35œ');

    await hand.tap(key(page, 'EN Other letters'));
    assert.equal(await keyboard(page).locator('button[lang]').first().innerText(), 'a', 'French letters begin with a');
    await hand.tap(key(page, 'FR Other letters'));
    await type(page, hand, 'شاي');
    assert.equal(await name.inputValue(), 'Crème 35œشاي');
    assert.deepEqual([...(await hindrances(page)), ...(await smallTargets(page))], []);
  });

  test('a number has digits alone, and the field stays in sight', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true, screen: 'products' });
    const hand = new Hand(page);
    await page.getByRole('row', { name: /Apple tart/ }).tap();
    const price = page.locator('.detail').getByRole('textbox', { name: 'Price', exact: true });
    await hand.tap(price);
    await keyboard(page).waitFor();
    assert.equal(await key(page, 'q').count(), 0);
    await price.evaluate((node) => node.select());
    await type(page, hand, '17.25');
    assert.equal(await price.inputValue(), '17.25');
    assert.ok(await isInSight(page, price));
  });

  test('whoever has a keyboard never sees it, and it goes when it is sent away', async (t) => {
    const page = await stage.signedOn(t, 'Amina', { hasTouch: true });
    await page.keyboard.press('F2');
    await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
    assert.equal(await keyboard(page).count(), 0);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').tap();
    await key(page, 'Put the keyboard away').tap();
    await keyboard(page).waitFor({ state: 'detached' });
    await page.getByRole('combobox').tap();
    await keyboard(page).waitFor();

    // Told once, it stays away from this screen.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+m');
    await page.getByText('Never', { exact: true }).tap();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').tap();
    await page.getByRole('combobox').and(page.locator(':focus')).waitFor();
    assert.equal(await keyboard(page).count(), 0);
  });
});
