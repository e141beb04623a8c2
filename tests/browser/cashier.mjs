// What a cashier does: signs on, scans, presses keys. By keyboard, as a scanner and a keypad do.

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
  // Slower than a scanner: a person types this.
  await page.keyboard.type(pin, { delay: 80 });
  await page.keyboard.press('Enter');
  await page.getByTestId('total').waitFor();
  // The screen is whole when its tiles are.
  await page.getByRole('button', { name: 'Baguette' }).waitFor();
}

/** Seconds between two keys of a scanner. */
const SCANNER_GAP_S = 0.004;

/**
 * Scans a code of digits as a keyboard scanner does, which ends with Enter. The keys leave together and carry the
 * times a scanner gives them, so that a busy machine does not make a slow hand of it.
 */
export async function scan(page, code) {
  const session = await page.context().newCDPSession(page);
  const keys = [...code].map((digit) => ({
    key: digit,
    code: `Digit${digit}`,
    text: digit,
    windowsVirtualKeyCode: digit.charCodeAt(0),
  }));
  keys.push({ key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 });
  const start = Date.now() / 1000 - keys.length * SCANNER_GAP_S;
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
