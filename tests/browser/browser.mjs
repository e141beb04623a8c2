// A browser whose pages remember what went wrong in them.

import { chromium } from 'playwright-core';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  // Tests also run as root, where Chromium's sandbox does not start. Nothing but our own till is opened.
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The sizes of screens a till has: the one it is designed for, a laptop, a desktop, a tablet that stands upright. */
export const SIZES = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 768, height: 1024 },
];

/** Where pictures of screens are left, to be looked at. */
const PICTURES = resolve(import.meta.dirname, '../../target/browser');

/** The rules a screen keeps: WCAG 2.2 A and AA, and what is known to help beside them. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the browser. */
export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('no Chromium is installed: apt-get install chromium');
  return chromium.launch({ executablePath, args: FLAGS });
}

/**
 * Opens the till's screens in a page of their own, with cookies of their own.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openPage(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: SIZES[0],
    locale: 'en-GB',
    // A colour half way from one to the other has no contrast to judge.
    reducedMotion: 'reduce',
    ...options,
  });
  /** What must be empty at the end: broken policies, errors, calls to other places. */
  const faults = [];
  await context.exposeFunction('reportViolation', (violation) => faults.push(`policy: ${violation}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
    globalThis.shifted = 0;
    // A page that moves after a key or a tap was told to; one that moves by itself makes people miss.
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) if (!shift.hadRecentInput) globalThis.shifted += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return { page: await openTab(context, address, faults), faults };
}

/**
 * Opens one more tab beside those of a context: the same cookies, the same operator.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address
 * @param {string[]} faults where to note what goes wrong
 */
export async function openTab(context, address, faults) {
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The browser notes every refused call; a refusal is an answer. A till that breaks (5xx) is not.
    const isRefusal = message.location().url.startsWith(`${address}/api/`) && /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:' && origin !== address) faults.push(`elsewhere: ${request.url()}`);
  });
  await page.goto(address);
  return page;
}

/**
 * What hinders people who see, hear or move differently, one line each.
 *
 * @param {import('playwright-core').Page} page
 * @param {string[]} [only] the rules to ask by name; all of them, if nothing is said
 */
export async function hindrances(page, only) {
  await settled(page);
  await page.evaluate(axe);
  const result = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    only === undefined ? { type: 'tag', values: RULES } : { type: 'rule', values: only },
  );
  return result.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' ')})`);
}

/** How far the page moved by itself since it was loaded; 0 is not at all, 1 is all of it by its own height. */
export async function shifted(page) {
  return page.evaluate(() => globalThis.shifted);
}

/** What a finger needs, in CSS pixels. */
const TARGET = 48;

/**
 * What can be pressed and is smaller than a finger needs, one line each. A field that is drawn by its label or its box
 * is as large as that.
 *
 * @param {import('playwright-core').Page} page
 */
export async function smallTargets(page) {
  return page.evaluate((least) => {
    const targets = document.querySelectorAll('button, a[href], input, select, textarea, summary, [role=tab]');
    const small = [];
    for (const target of targets) {
      const drawn = target.matches('input') ? (target.closest('label, .box') ?? target) : target;
      const { width, height } = drawn.getBoundingClientRect();
      // What is there for screen readers alone is a pixel wide.
      const isShown = drawn.checkVisibility({ checkVisibilityCSS: true }) && width > 1;
      // Half a pixel may be lost to rounding.
      if (isShown && (width < least - 0.5 || height < least - 0.5)) {
        small.push(`${Math.round(width)} × ${Math.round(height)}: ${drawn.outerHTML.slice(0, 120)}`);
      }
    }
    return small;
  }, TARGET);
}

/**
 * Words that are cut at the side by what they stand in, or stick out of the button they stand on, one line each. Where a text may end in an ellipsis it is not cut,
 * nor in what is meant to be scrolled sideways (`data-sideways`).
 *
 * @param {import('playwright-core').Page} page
 */
export async function cutWords(page) {
  return page.evaluate(() => {
    const cut = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (!/\S/.test(texts.currentNode.data) || !parent.checkVisibility({ checkVisibilityCSS: true })) continue;
      range.selectNodeContents(texts.currentNode);
      const { left, right } = range.getBoundingClientRect();
      for (let box = parent; box !== null && box !== document.body; box = box.parentElement) {
        const { overflowX, textOverflow, position } = getComputedStyle(box);
        const frame = box.getBoundingClientRect();
        // What is there for screen readers alone is a pixel wide.
        const scrolls = /auto|scroll/.test(overflowX) && box.dataset.sideways !== undefined;
        if (textOverflow === 'ellipsis' || scrolls) break;
        if (box.matches('button') && (left < frame.left - 1 || right > frame.right + 1)) {
          cut.push(`sticks out of ${box.className}: ${texts.currentNode.data.trim().slice(0, 60)}`);
          break;
        }
        if (overflowX !== 'visible' && (left < frame.left - 1 || right > frame.right + 1)) {
          if (frame.width > 1) cut.push(`cut by ${box.className}: ${texts.currentNode.data.trim().slice(0, 60)}`);
          break;
        }
        if (position === 'fixed') break;
      }
    }
    return cut;
  });
}

/**
 * Words that stand on other words, one line each pair. What hovers above the page, such as a notice, may.
 *
 * @param {import('playwright-core').Page} page
 */
export async function overlaps(page) {
  return page.evaluate(() => {
    /** The part of a box that those around it leave to be seen. */
    const seenOf = (rect, parent) => {
      let { left, right, top, bottom } = rect;
      for (let box = parent; box !== null && box !== document.body; box = box.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(box);
        const frame = box.getBoundingClientRect();
        if (overflowX !== 'visible') [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
        if (position === 'fixed') break;
      }
      return { left, right, top, bottom };
    };
    const top = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
    const texts = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const seen = [];
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (!/\S/.test(texts.currentNode.data) || !parent.checkVisibility({ checkVisibilityCSS: true })) continue;
      let hovers = false;
      for (let box = parent; box !== null && box !== top; box = box.parentElement) {
        hovers ||= getComputedStyle(box).position === 'fixed';
      }
      if (hovers) continue;
      range.selectNodeContents(texts.currentNode);
      for (const rect of range.getClientRects()) {
        const { left, right, top, bottom } = seenOf(rect, parent);
        // Above and below its letters a line has room, which another may use.
        const room = rect.height / 8;
        const words = texts.currentNode.data.trim().slice(0, 60);
        seen.push({ node: texts.currentNode, words, left, right, top: top + room, bottom: bottom - room });
      }
    }
    const found = [];
    for (const [place, a] of seen.entries()) {
      for (const b of seen.slice(place + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (a.node !== b.node && across > 2 && down > 1) found.push(`“${a.words}” stands on “${b.words}”`);
      }
    }
    return found;
  });
}

/** Waits until every picture in sight is there and nothing moves any more. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const inSight = ({ top, bottom, width }) => width > 0 && top < innerHeight && bottom > 0;
    const pictures = [...document.images].filter((image) => inSight(image.getBoundingClientRect()));
    return pictures.every((image) => image.complete) && document.getAnimations().length === 0;
  });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Leaves a picture of the page in `target/browser`. */
export async function takePicture(page, name) {
  await page.screenshot({ path: resolve(PICTURES, `${name}.png`) });
}

/**
 * Calls an operation with the cookies of a page, as another program on the same sign-on would. Commands get a request
 * id of their own. Returns the answer; a refusal is an error.
 */
export async function ask(page, operation, payload = {}) {
  const data = { request_id: crypto.randomUUID(), payload };
  const response = await page.context().request.post(new URL(`/api/${operation}`, page.url()).href, { data });
  const answer = await response.json();
  if (!response.ok()) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer;
}

/** Lets the till answer that its disk is full. */
export async function fillDisk(page) {
  await page.route('**/api/health.show', async (route) => {
    const response = await route.fetch();
    const health = await response.json();
    const [disk] = health.items;
    Object.assign(disk, { state: 'trouble', reason: 'disk_full', bytes: 61_234_567 });
    await route.fulfill({ response, json: { ...health, state: 'trouble' } });
  });
}

/** The calls of one operation a page sends from now on: their bodies, in order. */
export function callsOf(page, operation) {
  const bodies = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === `/api/${operation}`) bodies.push(request.postDataJSON());
  });
  return bodies;
}
