// What a cashier does: signs on, scans, presses keys, taps. Whoever counts what it takes, counts here.

/**
 * Signs an operator of the demo shop on, by the PIN the sign-in page shows.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name
 */
export async function signOn(page, name) {
  const tile = page.getByRole('button', { name });
  await tile.click();
  const pin = /\d{4}/.exec(await tile.innerText())?.[0];
  if (pin === undefined) throw new Error(`the sign-in page shows no PIN of ${name}`);
  await typePin(page, pin);
  await page.getByTestId('total').waitFor();
  // The screen is whole when its tiles are.
  await page.getByTestId('tile').first().waitFor();
}

/** Types a PIN and Enter. Slower than a scanner: a person types this. */
export async function typePin(page, pin) {
  await page.keyboard.type(pin, { delay: 80 });
  await page.keyboard.press('Enter');
}

/** Seconds between two keys of a scanner. */
const SCANNER_GAP_S = 0.008;
/** Seconds before a scan at least: nobody moves goods faster. */
const BETWEEN_SCANS_S = 0.2;
/** Seconds the keys of a scan are ahead of the clock: longer than a busy machine takes to send them. */
const AHEAD_S = 0.6;
/** When the last scan of a page ended, in seconds. */
const ended = new WeakMap();

/** F7, which takes the next item back. */
export const F7 = { key: 'F7', code: 'F7', windowsVirtualKeyCode: 118 };
const ENTER = { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 };

function keyOf(character) {
  if (character === '-') return { key: '-', code: 'Minus', text: '-', windowsVirtualKeyCode: 189 };
  const code = /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`;
  return { key: character, code, text: character, windowsVirtualKeyCode: character.toUpperCase().charCodeAt(0) };
}

/**
 * Scans a code of digits, small letters and hyphens as a keyboard scanner does, which ends with Enter. The keys leave together
 * and carry the times a scanner gives them, a moment ahead of the clock, so that a busy machine does not make a slow
 * hand of it. What a hand presses right behind leaves with them.
 */
export async function scan(page, code, ...behind) {
  const session = await page.context().newCDPSession(page);
  const keys = [...[...code].map(keyOf), ENTER, ...behind];
  const start = Math.max(Date.now() / 1000 + AHEAD_S, (ended.get(page) ?? 0) + BETWEEN_SCANS_S);
  ended.set(page, start + keys.length * SCANNER_GAP_S);
  await Promise.all(
    keys.flatMap((key, place) => {
      const timestamp = start + place * SCANNER_GAP_S;
      const { text: _, ...released } = key;
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, ...released }),
      ];
    }),
  );
  await session.detach();
}

/** Types digits as a person does. */
export async function typeDigits(page, digits) {
  await page.keyboard.type(digits, { delay: 120 });
}

/** Waits until the total, or another thing with this name, shows these digits. */
export async function shows(page, what, digits) {
  await page.getByTestId(what).filter({ hasText: digits }).waitFor({ timeout: 10_000 });
}

/** A hand that is counted: how many keys and how many taps something takes. */
export class Hand {
  /** Keys pressed so far. */
  keys = 0;
  /** Taps so far. */
  taps = 0;

  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Presses one key, or one key while others are held: `Alt+1` is one. */
  async press(key) {
    this.keys += 1;
    await this.#page.keyboard.press(key);
  }

  /** Types digits, one key each. */
  async type(digits) {
    this.keys += digits.length;
    await typeDigits(this.#page, digits);
  }

  /** Taps a thing with a finger; the page has to be opened with `hasTouch`. */
  async tap(what) {
    this.taps += 1;
    await what.tap();
  }
}
