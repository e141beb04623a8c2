// The window shows our own page and nothing else.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { MANAGER, openShop } from './till.mjs';

describe('going elsewhere', () => {
  let shop, till;
  before(async () => {
    shop = await openShop();
    till = await shop.open();
    await till.signOn(MANAGER);
  });
  after(async () => {
    await till?.stop();
    await shop?.close();
  });

  test('the page cannot go to another address', async () => {
    const denied = () => till.log().filter((line) => line.includes('the page wanted to go elsewhere')).length;
    await till.driver.evaluate('() => { window.mark = "the same page"; }');
    // WebKit refuses this one by itself.
    await till.driver.evaluate('() => { location.href = "file:///etc/passwd"; }');
    for (const address of ['http://localhost/', 'data:text/html,hello', 'tauri://elsewhere/', 'till-blob://localhost/']) {
      const before = denied();
      await till.driver.evaluate('(address) => { location.href = address; }', address);
      await until(`the way to ${address} is denied`, () => denied() > before);
    }
    assert.match(await till.driver.address(), /^tauri:\/\/localhost/);
    assert.equal(await till.driver.evaluate('() => window.mark'), 'the same page');
  });

  test('the page cannot open a window', async () => {
    const opened = await till.driver.evaluate('() => window.open("tauri://localhost/") === null');
    assert.equal(opened, true);
    assert.equal(await till.driver.windows(), 1);
  });

  test('there are no tools for developers in the page but its own door', async () => {
    const found = await till.driver.evaluate('() => typeof window.__TAURI__');
    assert.equal(found, 'undefined');
    const frozen = await till.driver.evaluate('() => Object.isFrozen(Object.prototype)');
    assert.equal(frozen, true);
  });

  test('a picture goes in by chunks and comes out whole', async () => {
    const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(700_000, 'picture')]);
    const sha256 = createHash('sha256').update(picture).digest('hex');
    const shown = await till.driver.evaluateLater(
      `async (base64, sha256) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const door = 'till-blob://localhost';
        const type = 'application/json';
        const send = async (path, method, body, type) => {
          const response = await fetch(door + path, { method, body, headers: { 'content-type': type } });
          if (!response.ok) throw (await response.text());
          return response.json();
        };
        const begun = JSON.stringify({ length: bytes.length, sha256 });
        const { upload } = await send('', 'POST', begun, type);
        for (let offset = 0; offset < bytes.length; offset += 262144) {
          const chunk = bytes.slice(offset, offset + 262144);
          await send('/' + upload + '?offset=' + offset, 'PUT', chunk, 'application/octet-stream');
        }
        const { hash } = await send('/' + upload + '/finish', 'POST', '{}', type);
        const read = await fetch(door + '/' + hash);
        return { hash, type: read.headers.get('content-type'), length: (await read.arrayBuffer()).byteLength };
      }`,
      picture.toString('base64'),
      sha256,
    );
    assert.deepEqual(shown, { hash: sha256, type: 'image/png', length: picture.length });
    assert.equal(await till.violations(), '0');
  });
});
