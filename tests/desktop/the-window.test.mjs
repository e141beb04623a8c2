// The window as the system sees it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { openShop } from './till.mjs';

describe('the window', () => {
  let shop, till;

  /** Opens the till by itself, not under the driver, and waits until its page asks who it is. */
  async function open(words) {
    const child = spawn(process.env.TILLKEEPER, [...shop.words, ...words], {
      env: shop.screen.environment,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const said = [];
    createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
    till = { child, said, ended: once(child, 'exit') };
    await until('the page asks', () => said.some((line) => line.includes('operation="shop.greeting" door="window"')));
    await until('the page is drawn', () => shop.screen.isDrawn());
    [till.window] = (await shop.screen.xdotool('search', '--onlyvisible', '--name', 'Tillkeeper')).split('\n');
    return till;
  }

  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    till?.child.kill('SIGKILL');
    await shop.close();
  });

  test('covers the screen on a counter', async () => {
    const { window, child, ended } = await open(['--kiosk']);
    const place = await shop.screen.xdotool('getwindowgeometry', window);
    assert.match(place, /Position: 0,0 [^]*Geometry: 1024x768/);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });
});
