// Rights belong to the till's own window: another window of the same program, with the same page, may do nothing.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { openScreen } from './screen.mjs';

test('another window may not call, listen, tell, open windows or read pictures', async (t) => {
  const folder = dirname(process.env.TILLKEEPER);
  const root = resolve(import.meta.dirname, '../..');
  // Of the whole workspace, as the till itself: for one package alone cargo would build most of it anew.
  await run('cargo', ['build', '--quiet', '--workspace', '--example', 'second-window'], {
    cwd: root,
    env: { ...process.env, CARGO_TARGET_DIR: dirname(folder) },
  });

  const screen = await openScreen();
  t.after(() => screen.close());
  const data = await mkdtemp(join(tmpdir(), 'tillkeeper-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const environment = { ...screen.environment, LANG: 'en_US.UTF-8', WEBKIT_DISABLE_DMABUF_RENDERER: '1' };
  const said = await run(join(folder, 'examples/second-window'), [data], { env: environment });

  const outcomes = Object.fromEntries(
    said
      .trim()
      .split('\n')
      .map((line) => [line.split(' ', 1)[0], JSON.parse(line.slice(line.indexOf(' ')))]),
  );
  const { main, other } = outcomes;
  assert.deepEqual([main.call, main.listen], ['done', 'done']);
  assert.equal(main.picture, '422', 'nobody is signed on');
  assert.match(other.call, /not allowed on window "other"/);
  assert.match(other.listen, /not allowed on window "other"/);
  assert.equal(other.picture, '403');
  for (const window of [main, other]) {
    assert.match(window.emit, /not allowed/);
    assert.match(window.window, /not allowed/);
  }
});

/** Runs a program to its good end and gives what it says. */
async function run(program, words, options) {
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  child.stdout.on('data', (data) => (out += data));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${program} ended with ${code}`);
  return out;
}
