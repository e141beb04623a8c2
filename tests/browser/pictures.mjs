// Takes the pictures of docs/pictures from the demo shop.
//
//   node pictures.mjs PATH-OF-HEADLESS [FOLDER]
//
// They come out with all their colours; 256 are enough and a third of the size:
//
//   python3 -c "import sys; from PIL import Image
//   for name in sys.argv[1:]:
//       Image.open(name).convert('RGB').quantize(256, dither=Image.Dither.NONE).save(name, optimize=True)" FOLDER/*.png

import { join, resolve } from 'node:path';
import { SIZES, openBrowser, openPage, settled } from './browser.mjs';
import { scan, shows, signOn, typeDigits } from './cashier.mjs';
import { openTill } from './till.mjs';

const [program, folder = resolve(import.meta.dirname, '../../docs/pictures')] = process.argv.slice(2);
if (program === undefined) {
  console.error('say where the built program `headless` is: node pictures.mjs PATH-OF-HEADLESS [FOLDER]');
  process.exit(2);
}
process.env.TILLKEEPER_HEADLESS = resolve(program);

/** What a customer of the demo shop buys: how many, the code, and the total afterwards. */
const BASKET = [
  [null, '2900000001015', '4.20'],
  ['2', '2900000002012', '7.20'],
  [null, '2900000003095', '11.15'],
  [null, '2900000004047', '14.35'],
  [null, '2900000006027', '17.25'],
  [null, '2900000005020', '26.15'],
];

const till = await openTill();
const browser = await openBrowser();
const { page } = await openPage(browser, till.address, { viewport: SIZES[1], reducedMotion: 'reduce' });

async function take(name) {
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

await page.getByRole('button', { name: 'Amina' }).waitFor();
await take('sign-in');
await signOn(page, 'Amina');
for (const [many, code, total] of BASKET) {
  if (many !== null) {
    await typeDigits(page, many);
    await page.keyboard.press('*');
    await page.getByText('next item').waitFor();
  }
  await scan(page, code);
  await shows(page, 'total', total);
}
await take('sell');
await page.emulateMedia({ colorScheme: 'dark' });
await take('sell-dark');
await page.emulateMedia({ colorScheme: 'light' });
await page.getByRole('button', { name: /50\.00/ }).click();
await page.getByTestId('change').waitFor();
await take('change');
await page.goto(`${till.address}/#/shift`);
await page.getByText('Should be there').waitFor();
await take('shift');
await page.goto(`${till.address}/#/reports`);
await page.getByText('Best sellers').waitFor();
await take('reports');
await page.goto(`${till.address}/#/settings`);
await page.locator('.draft .paper').waitFor();
await take('settings');

await browser.close();
await till.close();
