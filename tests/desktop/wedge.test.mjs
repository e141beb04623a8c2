// Scanners that act as keyboards, in the real window, under the layouts a computer may have: what arrives is what was
// scanned, whatever letters the layout makes of the keys. A scanner presses places: here they are pressed by number.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { MANAGER, openShop } from './till.mjs';

const LOAF = '2900000001015';
/** The same with a digit the scanner dropped: no product has it. */
const DROPPED = '290000001015';
/** On nothing; of letters that layouts move, capitals, and the sign between them. */
const LETTERS = 'AZQWMYabz-7';
/** A burst that a busy machine stretched is a hand's, not a scanner's: it is scanned again, so often at most. */
const TRIES = 40;
const SETTLED_MS = 1_500;

/** Numbers of keys by what they write on an American keyboard; every layout gives them other letters. */
const PLACES = new Map(
  [
    ['1234567890-', 10],
    ['qwertyuiop', 24],
    ['asdfghjkl', 38],
    ['zxcvbnm', 52],
  ].flatMap(([row, first]) => [...row].map((letter, index) => [letter, first + index])),
);
const [ENTER, SHIFT, CAPS_LOCK] = [36, 50, 66];

/** The words that have a scan pressed: capitals with Shift, everything at once, Enter at the end. */
function strokes(code) {
  const words = [];
  for (const letter of code) {
    const place = String(PLACES.get(letter.toLowerCase()));
    const isCapital = letter !== letter.toLowerCase();
    if (isCapital) words.push('keydown', String(SHIFT));
    words.push('key', '--delay', '0', place);
    if (isCapital) words.push('keyup', String(SHIFT));
  }
  return [...words, 'key', '--delay', '0', String(ENTER)];
}

describe('a scanner that is a keyboard', () => {
  let shop, till;
  before(async () => {
    shop = await openShop();
    till = await shop.open();
    await till.signOn(MANAGER);
    const window = await shop.screen.xdotool('search', '--onlyvisible', '--name', 'Tillkeeper');
    await shop.screen.xdotool('windowfocus', window.split('\n')[0]);
  });
  after(async () => {
    await till?.stop();
    await shop?.close();
  });

  async function layout(name) {
    const child = spawn('setxkbmap', [name], { env: shop.screen.environment, stdio: 'inherit' });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  }

  const words = (selector) => till.driver.evaluate('(selector) => document.querySelector(selector)?.innerText', selector);
  const entry = () => words('[data-testid="entry"] span');

  /** Whether it comes to that in the time a burst may take. */
  async function soon(isSo) {
    const deadline = Date.now() + SETTLED_MS;
    while (Date.now() < deadline) if (await isSo()) return true;
    return false;
  }

  /** Scans until it came to something; what a slow burst left in the entry is taken back before it is tried again. */
  async function scan(code, isSo) {
    for (let tried = 0; tried < TRIES; tried += 1) {
      await shop.screen.xdotool(...strokes(code));
      if (await soon(isSo)) return;
      await shop.screen.xdotool('key', 'Escape');
    }
    throw new Error(`${code} never came to anything`);
  }

  const pieces = async () => (await till.call('sale.current')).sale?.pieces ?? 0;

  /** The loaf is scanned: there is one more of it, and nothing on the screen about a refusal. */
  async function rings() {
    const before = await pieces();
    await scan(LOAF, async () => (await pieces()) > before && (await words('[role="alert"] .code bdi')) == null);
    assert.equal(await pieces(), before + 1);
  }

  /** A code nobody has is scanned: the card says it letter by letter, and nothing is rung up. */
  async function refuses(code) {
    const before = await pieces();
    await scan(code, async () => (await words('[role="alert"] .code bdi')) === code);
    assert.equal(await pieces(), before);
  }

  for (const name of ['us', 'fr', 'de', 'ara']) {
    test(`arrives as it was scanned under the layout ${name}`, async () => {
      await layout(name);
      await rings();
      await refuses(LETTERS);
    });
  }

  test('a key that was dropped makes a code that nobody has, and it is said which', async () => {
    await layout('us');
    await refuses(DROPPED);
    await rings();
  });

  test('with Caps Lock on, capitals stay capitals and small letters small', async () => {
    await layout('fr');
    await shop.screen.xdotool('key', String(CAPS_LOCK));
    try {
      await refuses(LETTERS);
      await rings();
    } finally {
      await shop.screen.xdotool('key', String(CAPS_LOCK));
    }
  });

  /**
   * Types a digit, and scans: the scan is rung up and the digit stands where it was. A busy machine may stretch the burst,
   * which then is typed digits too: it is taken back, and done again.
   */
  async function keepsTheDigit(type) {
    await layout('us');
    for (let tried = 0; tried < TRIES; tried += 1) {
      const before = await pieces();
      await type();
      if (await soon(async () => (await pieces()) > before)) {
        assert.equal(await pieces(), before + 1);
        await until('the digit stands in the entry', async () => (await entry()) === '6');
        await shop.screen.xdotool('key', 'Escape');
        return;
      }
      await shop.screen.xdotool('key', 'Escape');
    }
    throw new Error('the scan behind a digit was never rung up');
  }

  test('a scan behind typed digits leaves the digits where they were', async () => {
    await keepsTheDigit(async () => {
      await shop.screen.xdotool('key', String(PLACES.get('6')));
      await until('the digit stands in the entry', async () => (await entry()) === '6');
      await shop.screen.xdotool(...strokes(LOAF));
    });
  });

  test('a scan glued to a typed digit, within the gap of a scanner, is told from it', async () => {
    // One process presses both: between two, more time passes than a scanner leaves between its keys.
    await keepsTheDigit(() => {
      return shop.screen.xdotool('key', String(PLACES.get('6')), 'sleep', '0.03', ...strokes(LOAF));
    });
  });
});
