// What every story of a screen begins with: a till, a browser, and pages in which nothing may go wrong.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { openBrowser, openPage, openTab, takePicture } from './browser.mjs';
import { signOn } from './cashier.mjs';
import { openTill } from './till.mjs';

/**
 * A till and a browser for the tests of a suite: both are there before the first and gone after the last. To be called
 * in `describe`.
 *
 * @param {{ demo?: boolean }} [wanted] which till; see `openTill`
 */
export function useTill(wanted) {
  /** What went wrong in the context of each page. */
  const faults = new WeakMap();
  const stage = {
    /** The till. */
    till: undefined,
    /** The browser. */
    browser: undefined,

    /** A page before anybody signed on; when the test ends it is closed, and nothing may have gone wrong in it. */
    async open(t, options) {
      const opened = await openPage(stage.browser, stage.till.address, options);
      faults.set(opened.page, opened.faults);
      t.after(async () => {
        if (!t.passed) {
          console.log(`the page of what failed: ${await said(opened.page)}`);
          if (!opened.page.isClosed()) await takePicture(opened.page, `failed-${t.name.replace(/\W+/g, '-')}`);
        }
        // What is still being answered in the till's place when a page goes is no fault of anybody.
        if (!opened.page.isClosed()) await opened.page.unrouteAll({ behavior: 'ignoreErrors' });
        await opened.page.context().close();
        assert.deepEqual(opened.faults, []);
      });
      return opened.page;
    },

    /**
     * A page on which an operator of the demo shop is signed on.
     *
     * @param {string} name
     * @param {{ screen?: string, prepare?: (page) => Promise<void> }} [more] `screen`: the one to go to; `prepare`: what
     *   to do before signing on; the rest are options of the browser's context
     */
    async signedOn(t, name, { screen, prepare, ...options } = {}) {
      const page = await stage.open(t, options);
      await prepare?.(page);
      await signOn(page, name);
      if (screen !== undefined) await show(page, screen);
      return page;
    },

    /** One more tab beside a page: the same cookies, the same operator. */
    async tab(page) {
      return openTab(page.context(), stage.till.address, faults.get(page));
    },
  };

  before(async () => {
    stage.till = await openTill(wanted);
    stage.browser = await openBrowser();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.till?.close();
  });
  return stage;
}

/** What a page shows, for whoever reads of a test that failed. */
async function said(page) {
  if (page.isClosed()) return 'nothing: it was closed';
  const text = await page.evaluate(() => document.body.innerText.replace(/\n+/g, ' | ').slice(-1_200));
  return `${page.url()} | ${text}`;
}

/** Goes to a screen, and waits until it stands there: it is loaded when it is first opened. */
export async function show(page, screen) {
  await page.evaluate((name) => (location.hash = `/${name}`), screen);
  const stands = page.locator(`[data-screen="${screen}"]`);
  await (screen === 'sell' ? stands : stands.locator('h1').first()).waitFor();
}
