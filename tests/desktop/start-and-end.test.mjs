// Starting and ending: what the program says and ends with, what is kept when it is killed, and what comes back.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { until } from './screen.mjs';
import { MANAGER, descendant, openShop } from './till.mjs';
import { KEY } from './webdriver.mjs';

const LOAF = '2900000001015';

const started = [];

/** Starts the program by itself, not under the driver; or another one that is built beside it. */
function start(words, environment, program = process.env.TILLKEEPER) {
  const child = spawn(program, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => said.push(line));
  }
  const called = (operation) => said.filter((line) => line.includes(`operation="${operation}" door="window"`)).length;
  return { child, said, called, ended: once(child, 'exit') };
}

describe('starting and ending', () => {
  let shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    // What a failed test has left behind.
    for (const child of started.splice(0)) child.kill('SIGKILL');
    await shop.close();
  });

  test('a till that is killed right after "paid" has the sale', async () => {
    let till = await shop.open();
    await till.signOn(MANAGER);
    await till.call('sale.scan', { code: LOAF });
    await till.see('.cart button');
    await till.driver.keys(KEY.f12);
    const change = await till.see('[data-testid="change"]');
    await till.kill();
    assert.match(change, /0\.00/);

    till = await shop.open();
    await till.signOn(MANAGER);
    const { sales } = await till.call('sale.list');
    assert.equal(sales.length, 1);
    await till.keep('after-a-power-cut');
    await till.stop();
  });

  test('a till that is told to stop ends in order, and its open sale waits', async () => {
    let till = await shop.open();
    await till.signOn(MANAGER);
    await till.call('sale.scan', { code: LOAF });
    await till.stop();
    assert.ok(!till.log().some((line) => line.includes('panicked')), till.log().join('\n'));

    till = await shop.open();
    await till.signOn(MANAGER);
    await till.see('.cart button');
    await till.stop();
  });

  test('a second start on the same data brings the window to the front, and ends', async () => {
    const first = start(shop.words, shop.screen.environment);
    await until('the first is open', () => first.called('shop.greeting') > 0);
    const [window] = await windows();
    const cover = start(shop.wordsFor('cover'), shop.screen.environment);
    await until('the cover is open', () => cover.called('shop.greeting') > 0);
    const covering = (await windows()).find((each) => each !== window);
    await shop.screen.xdotool('windowfocus', covering);
    await until('what is typed goes to the cover', async () => (await typedInto()) === covering);

    const second = start(shop.words, shop.screen.environment);
    assert.deepEqual(await second.ended, [0, null]);
    assert.deepEqual(second.said.filter((line) => line.startsWith('tillkeeper:')), []);
    await until('what is typed goes to the first', async () => (await typedInto()) === window);

    // Whoever is killed leaves the place where it was knocked at; the next one takes it.
    first.child.kill('SIGKILL');
    await first.ended;
    const next = start(shop.words, shop.screen.environment);
    await until('the next is open', () => next.called('shop.greeting') > 0);
    const again = start(shop.words, shop.screen.environment);
    assert.deepEqual(await again.ended, [0, null]);
    for (const till of [next, cover]) {
      till.child.kill('SIGTERM');
      assert.deepEqual(await till.ended, [0, null]);
    }

    /** The windows of tills. */
    async function windows() {
      return (await shop.screen.xdotool('search', '--onlyvisible', '--name', '^Tillkeeper')).split('\n');
    }

    /** The window that has the keyboard. */
    function typedInto() {
      return shop.screen.xdotool('getwindowfocus');
    }
  });

  test('a till on data that a program without a window uses says so, and ends with 3', async () => {
    const headless = join(dirname(process.env.TILLKEEPER), 'headless');
    const holder = start([...shop.words, '--listen', '127.0.0.1:0'], shop.screen.environment, headless);
    await until('the till without a window is open', () => holder.said.some((line) => line.includes('127.0.0.1')));
    const second = start(shop.words, shop.screen.environment);
    await until('it says so', () => second.said.some((line) => /is open already/.test(line)));
    const message = await until('a message is on the screen', async () => {
      const found = await shop.screen.xdotool('search', '--onlyvisible', '--name', '^Tillkeeper$').catch(() => '');
      return found.split('\n').at(-1);
    });
    await shop.screen.keep('second-till');
    await shop.screen.xdotool('windowfocus', message, 'key', 'Return');
    assert.deepEqual(await second.ended, [3, null]);
    holder.child.kill('SIGTERM');
    assert.deepEqual(await holder.ended, [0, null]);
  });

  test('the page that dies comes back by itself, and after too many deaths the program starts over', async () => {
    const till = start(shop.words, shop.screen.environment);
    let [greetings, deaths] = [0, 0];
    for (const remedy of ['Reload', 'Reload', 'Reload', 'StartOver']) {
      await until('the page asks who the till is', () => till.called('shop.greeting') > greetings);
      const page = await until('the page has a process', () => descendant(till.child.pid, 'WebKitWebProces'));
      greetings = till.called('shop.greeting');
      process.kill(page, 'SIGKILL');
      const remedies = () => till.said.filter((line) => line.includes('the page died'));
      deaths += 1;
      await until('its death is noticed', () => remedies().length === deaths);
      assert.match(remedies().at(-1), new RegExp(`remedy=${remedy}`));
    }
    await until('the new page asks', () => till.called('shop.greeting') > greetings);
    await until('the new page is drawn', () => shop.screen.isDrawn());
    await shop.screen.keep('page-that-died');
    till.child.kill('SIGTERM');
    assert.deepEqual(await till.ended, [0, null], 'it is the same process, and it ends in order');
  });

  test('without a screen it says so and ends with 1', async () => {
    const environment = { ...shop.screen.environment };
    delete environment.DISPLAY;
    delete environment.WAYLAND_DISPLAY;
    const till = start(shop.words, environment);
    assert.deepEqual(await till.ended, [1, null]);
    assert.match(till.said.join('\n'), /no display/);
  });
});
