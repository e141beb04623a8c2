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

/**
 * Scans a code of digits as a keyboard scanner does, which ends with Enter. All keys come in one task of the page: sent
 * from outside one by one, a busy machine would make a slow hand of the scanner.
 */
export async function scan(page, code) {
  const keys = [...code].map((digit) => ({ key: digit, code: `Digit${digit}` }));
  keys.push({ key: 'Enter', code: 'Enter' });
  await page.evaluate((pressed) => {
    for (const key of pressed) {
      for (const type of ['keydown', 'keyup']) {
        const event = new KeyboardEvent(type, { ...key, bubbles: true, cancelable: true });
        (document.activeElement ?? document.body).dispatchEvent(event);
      }
    }
  }, keys);
}

/** Types digits as a person does. */
export async function typeDigits(page, digits) {
  await page.keyboard.type(digits, { delay: 120 });
}

/** Waits until the total, or another thing with this name, shows these digits. */
export async function shows(page, what, digits) {
  await page.getByTestId(what).filter({ hasText: digits }).waitFor({ timeout: 10_000 });
}
