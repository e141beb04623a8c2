// What is looked at on every screen: in which sizes, light and dark, and what must not be seen there.

import { SIZES, cutWords, hindrances, overlaps, settled, smallTargets, takePicture } from './browser.mjs';

const DEEP = process.env.TILLKEEPER_DEEP !== undefined;
export const LANGUAGES = ['en', 'fr'];
/** The language with the longer words; with `--deep` every language. */
export const LONGEST = DEEP ? LANGUAGES : ['fr'];
/** The size it is designed for, and the narrowest; with `--deep` every size. */
export const ENDS = DEEP ? SIZES : [SIZES[0], SIZES.at(-1)];
const SCHEMES = ['light', 'dark'];
/** The rules a screen that keeps all of them in one size is likeliest to break in another, or in the dark. */
const CHANGING = [
  'aria-hidden-focus',
  'button-name',
  'color-contrast',
  'label',
  'link-in-text-block',
  'scrollable-region-focusable',
  'target-size',
];

/**
 * Looks at a page in sizes, light and dark: leaves a picture of each in `target/browser`, and returns what is too wide, cut,
 * stands on something else, hinders somebody, or is too small for a finger.
 */
export async function look(page, name, sizes = SIZES) {
  const wrong = [];
  // The rest is about names, roles and order, which the pictures share: with `--deep` it is asked in each.
  let rules;
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await settled(page);
      const words = `${name}-${size.width}-${colorScheme}`;
      await takePicture(page, words);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) wrong.push(`${words}: ${overflow} px too wide`);
      const found = [
        ...(await hindrances(page, rules)),
        ...(await smallTargets(page)),
        ...(await cutWords(page)),
        ...(await overlaps(page)),
      ];
      wrong.push(...found.map((line) => `${words}: ${line}`));
      if (!DEEP) rules = CHANGING;
    }
  }
  await page.setViewportSize(SIZES[0]);
  await page.emulateMedia({ colorScheme: 'light' });
  return wrong;
}
