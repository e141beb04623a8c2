// Input methods, which make letters of several keys: what is being composed is never taken for a scan, and a scan right
// behind it arrives. The browser is told to compose by its own protocol, as an input method does.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scan, shows } from './cashier.mjs';
import { LOAF, MILK } from './goods.mjs';
import { useTill } from './stage.mjs';

/** A key as the system sends it while an input method has it. */
const PROCESSED = { key: 'Process', code: 'KeyN', windowsVirtualKeyCode: 229 };

describe('an input method', () => {
  const stage = useTill();

  /** Composes text letter by letter, with the keys an input method takes for itself, faster than any hand. */
  async function compose(session, letters) {
    const start = Date.now() / 1_000;
    for (const [place, text] of letters.entries()) {
      const timestamp = start + place * 0.008;
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', timestamp, ...PROCESSED });
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...PROCESSED });
    }
  }

  test('writes into a field, and nothing of it is a scan', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    const search = page.getByRole('combobox', { name: 'Find products' });
    await search.focus();
    const session = await page.context().newCDPSession(page);
    const seen = await page.evaluateHandle(() => {
      const seen = [];
      for (const type of ['compositionstart', 'compositionend', 'keydown']) {
        addEventListener(type, (event) => seen.push(type === 'keydown' ? `${type} ${event.isComposing}` : type), true);
      }
      return seen;
    });
    await compose(session, ['n', 'ni', 'niu', 'niun', 'niuna', 'niunai', 'niunain', 'niunaini']);
    assert.equal(await search.inputValue(), 'niunaini');
    // It is chosen: the letters become others.
    await session.send('Input.insertText', { text: '牛奶' });
    assert.equal(await search.inputValue(), '牛奶');
    const events = await seen.jsonValue();
    assert.ok(events.includes('compositionstart') && events.includes('compositionend'), events.join());
    assert.ok(events.includes('keydown true'), events.join());
    // Nothing was rung up, refused or taken out of the field by it; what is scanned next is.
    await shows(page, 'total', '4.20');
    await scan(page, MILK);
    await shows(page, 'total', '5.85');
    assert.equal(await search.inputValue(), '牛奶');
    assert.equal(await page.getByRole('alert').count(), 0);
    await page.keyboard.press('F12');
    await shows(page, 'change', '0.00');
  });

  test('that is left in the middle does not swallow the scan that follows', async (t) => {
    const page = await stage.signedOn(t, 'Amina');
    const search = page.getByRole('combobox', { name: 'Find products' });
    await search.focus();
    const session = await page.context().newCDPSession(page);
    await compose(session, ['x', 'xi', 'xia']);
    await session.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
    await scan(page, LOAF);
    await shows(page, 'total', '4.20');
    assert.equal(await search.inputValue(), '');
  });
});
