// A browser whose pages remember what went wrong in them.

import { chromium } from 'playwright-core';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

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

/** The sizes of screens a till has: the one it is designed for, a laptop, a desktop. */
export const SIZES = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

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
  const context = await browser.newContext({ viewport: SIZES[0], locale: 'en-GB', ...options });
  /** What must be empty at the end: broken policies, errors, calls to other places. */
  const faults = [];
  await context.exposeFunction('reportViolation', (violation) => faults.push(`policy: ${violation}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
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
  return { page, faults };
}

/**
 * What hinders people who see, hear or move differently, one line each.
 *
 * @param {import('playwright-core').Page} page
 */
export async function hindrances(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return result.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' ')})`);
}
