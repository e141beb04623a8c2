// Installs the package of the till in a Debian that has nothing else, as a new till would, and opens it there on a screen
// that nobody sees.
//
//   node installed.mjs PATH-OF-DEB      (as root)

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { openScreen, until } from './screen.mjs';

const OPEN_LIMIT_MS = 120_000;
const SOURCES = ['sources.list', 'sources.list.d', 'apt.conf.d'];

const [given] = process.argv.slice(2);
if (given === undefined || !existsSync(given)) {
  console.error('say where the package is: node installed.mjs PATH-OF-DEB');
  process.exit(2);
}
const deb = resolve(given);
const workspace = resolve(import.meta.dirname, '../../target/installed');
const base = join(workspace, 'base');
const root = join(workspace, 'root');

let passed = 0;
function ok(what) {
  passed += 1;
  console.log(`ok  ${what}`);
}

/** Runs a program and gives what it says; anything but success ends the test. */
function run(program, ...words) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(status, 0, `${program} ${words.join(' ')} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}
const inside = (...words) => run('chroot', root, ...words);

/** A Debian of its own, like the one this runs on. Kept, since it takes minutes to make. */
function makeBase() {
  if (existsSync(base)) return;
  // It has its name only when it is whole.
  const half = `${base}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const { VERSION_CODENAME: suite } = Object.fromEntries(
    readFileSync('/etc/os-release', 'utf8')
      .split('\n')
      .map((line) => line.split('=')),
  );
  console.log(`making a Debian ${suite} in ${base}`);
  run('debootstrap', '--variant=minbase', suite, half);
  renameSync(half, base);
}

function mountInside() {
  for (const [kind, place] of [['proc', 'proc'], ['sysfs', 'sys'], ['devpts', 'dev/pts'], ['tmpfs', 'dev/shm']]) {
    mkdirSync(join(root, place), { recursive: true });
    run('mount', '-t', kind, kind, join(root, place));
  }
}

function unmountInside() {
  for (const place of ['dev/shm', 'dev/pts', 'sys', 'proc']) {
    // What was never mounted cannot be unmounted.
    spawnSync('umount', ['--lazy', join(root, place)]);
  }
}

async function opens() {
  const screen = await openScreen();
  const words = ['--demo', '--data-dir', '/srv/till/shop', '--log', 'debug'];
  const till = spawn('chroot', ['--userspec=cashier:cashier', root, 'env', 'HOME=/srv/till', 'tillkeeper', ...words], {
    env: { PATH: process.env.PATH, DISPLAY: screen.display, NO_AT_BRIDGE: '1', LANG: 'C.UTF-8' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const said = [];
  createInterface({ input: till.stderr }).on('line', (line) => said.push(line));
  const ended = once(till, 'exit');
  try {
    const asks = () => {
      assert.ok(!said.some((line) => line.startsWith('tillkeeper:')), 'it does not open');
      return said.some((line) => line.includes('operation="shop.greeting" door="window"'));
    };
    await until('the page asks who the till is', asks, OPEN_LIMIT_MS);
    await until('the page is drawn', () => screen.isDrawn());
    await screen.keep('installed');
    ok('the installed till opens, for a user without rights, and draws its page');
    till.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    ok('it ends in order when it is told to');
  } catch (error) {
    till.kill('SIGKILL');
    throw new Error(`${error.message}; it said:\n${said.slice(-30).join('\n')}`);
  } finally {
    await screen.close();
  }
}

makeBase();
unmountInside();
rmSync(root, { recursive: true, force: true });
run('cp', '--archive', '--one-file-system', '--reflink=auto', base, root);
let failure;
try {
  mountInside();
  for (const from of SOURCES.map((name) => join('/etc/apt', name)).filter((path) => existsSync(path))) {
    run('cp', '--recursive', '--force', from, join(root, 'etc/apt'));
  }
  copyFileSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'));
  copyFileSync(deb, join(root, basename(deb)));
  inside('apt-get', 'update', '-qq');
  const installed = inside('apt-get', 'install', '-y', '-qq', '--no-install-recommends', `/${basename(deb)}`);
  ok('the package installs with what it depends on');
  assert.match(installed, /dialout/, 'whoever installs it is told about groups');
  ok('whoever installs it is told what else a port may need');

  const version = /_([^_]+)_/.exec(basename(deb))[1];
  assert.equal(inside('tillkeeper', '--version').trim(), `tillkeeper ${version}`);
  const files = inside('dpkg', '-L', 'tillkeeper').split('\n');
  for (const file of ['/usr/bin/tillkeeper', '/usr/lib/udev/rules.d/70-tillkeeper.rules', '/usr/share/applications/Tillkeeper.desktop']) {
    assert.ok(files.includes(file), `${file} is not in the package`);
  }
  ok('program, device rules and menu entry are in their places');

  inside('useradd', '--create-home', '--home-dir', '/srv/till', 'cashier');
  await opens();

  inside('apt-get', 'remove', '-y', '-qq', 'tillkeeper');
  assert.ok(!existsSync(join(root, 'usr/bin/tillkeeper')));
  assert.ok(existsSync(join(root, 'srv/till/shop/ledger.db')));
  ok('removing the program leaves the ledger where it is');
} catch (error) {
  failure = error;
} finally {
  unmountInside();
}
if (failure !== undefined) console.log(`FAILED  ${failure.stack}`);
console.log(`${passed} passed, ${failure === undefined ? 0 : 1} failed`);
process.exitCode = failure === undefined ? 0 : 1;
