// A page that breaks every rule, so that the checks of the others are known to see what they look for.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { hindrances, openBrowser, openPage, shifted, smallTargets } from './browser.mjs';

const PAGE = `<!doctype html><html lang="en"><title>Broken</title>
<script>'an inline script'</script>
<script defer src="/broken.js"></script>
<img src="http://elsewhere.invalid/picture.png">
<button></button>
<div id="late"></div><p>Moved down</p>`;

const SCRIPT = `fetch("/api/a");
setTimeout(() => (document.getElementById("late").style.height = "300px"), 300);
throw new Error("out of paper");`;

test('a page with faults is noticed', async (t) => {
  const server = createServer((request, response) => {
    if (request.url === '/broken.js') return response.end(SCRIPT);
    if (request.url === '/api/a') {
      response.statusCode = 500;
      return response.end();
    }
    response.setHeader('content-security-policy', "default-src 'none'; script-src 'self'; connect-src 'self'");
    response.setHeader('content-type', 'text/html');
    return response.end(PAGE);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const browser = await openBrowser();
  t.after(() => browser.close());

  const { page, faults } = await openPage(browser, `http://127.0.0.1:${server.address().port}`);
  const hinders = await hindrances(page);
  const seen = faults.join('\n');
  assert.match(seen, /^policy: script-src/m);
  assert.match(seen, /^policy: img-src .*elsewhere/m);
  assert.match(seen, /^elsewhere: http:\/\/elsewhere\.invalid/m);
  assert.match(seen, /^error: out of paper/m);
  assert.match(seen, /^console: .*status of 500/m);
  assert.ok(
    hinders.some((line) => line.startsWith('button-name')),
    hinders.join('\n'),
  );
  const small = await smallTargets(page);
  assert.ok(
    small.some((line) => line.endsWith('<button></button>')),
    small.join('\n'),
  );
  await page.waitForFunction(() => globalThis.shifted > 0.01);
  assert.ok((await shifted(page)) > 0.01);
});
