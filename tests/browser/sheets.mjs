// Puts the pictures that screens.test.mjs leaves in `target/browser` together: one sheet per language, size and theme, so
// that all screens can be looked at beside each other.
//
//   node sheets.mjs [FOLDER-OF-PICTURES]
//
// The sheets are written to the folder `sheets` within.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './browser.mjs';

const COLUMNS = 4;
/** Across, in pixels: what a picture is drawn at, so that its words can still be read. */
const WIDTH = 640;

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, '../../target/browser'));
const sheets = new Map();
for (const file of (await readdir(folder)).sort()) {
  // `receipts-en-1024-light.png`
  const [, name, language, width, theme] = /^(.+)-(en|fr)-(\d+)-(light|dark)\.png$/.exec(file) ?? [];
  if (name === undefined) continue;
  const sheet = `${language}-${width}-${theme}`;
  sheets.set(sheet, [...(sheets.get(sheet) ?? []), { name, file }]);
}
if (sheets.size === 0) {
  console.error(`there are no pictures of screens in ${folder}: run screens.test.mjs first`);
  process.exit(2);
}

await mkdir(join(folder, 'sheets'), { recursive: true });
const browser = await openBrowser();
for (const [sheet, pictures] of sheets) {
  const figures = pictures.map(({ name, file }) => {
    const source = pathToFileURL(join(folder, file)).href;
    return `<figure><img src="${source}"><figcaption>${name}</figcaption></figure>`;
  });
  const style = `body { display: grid; grid-template-columns: repeat(${COLUMNS}, ${WIDTH}px); gap: 12px; margin: 12px;
    font: 14px sans-serif; background: #888; color: #fff } figure { margin: 0 } img { inline-size: 100% }`;
  const place = join(folder, 'sheets', `${sheet}.html`);
  await writeFile(place, `<!doctype html><title>${sheet}</title><style>${style}</style>${figures.join('\n')}`);
  const page = await browser.newPage({ viewport: { width: COLUMNS * (WIDTH + 12) + 12, height: 800 } });
  await page.goto(pathToFileURL(place).href);
  await page.screenshot({ path: join(folder, 'sheets', `${sheet}.png`), fullPage: true });
  await page.close();
  console.log(`${sheet}: ${pictures.length} screens`);
}
await browser.close();
