// Runs test files by Node's own runner and ends with `N passed, N failed`.

import { existsSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { run } from 'node:test';

/** Failed tests at most whose files are run a second time: more of them are no coincidence. */
const UNSTEADY_MAX = 3;

/**
 * Runs every `*.test.mjs` of a folder, or those whose name has the part named on the command line. The files of up to
 * three tests that failed are run once more, alone: on a machine that does other things beside, a screen can be later than
 * a test waits. What passes only then is told (`second try`), since it may be the program that is unsteady.
 *
 * @param {object} what
 * @param {string} what.folder where the test files are
 * @param {string} what.program the name of the program that is tested; its path is the first word of the command line
 * @param {string} what.variable where the test files, which run in processes of their own, read the path
 * @param {number} what.limitMs how long one file may take
 * @param {number} [what.atOnce] how many files are run beside each other; one, if nothing is said
 */
export async function runTests({ folder, program, variable, limitMs, atOnce = 1 }) {
  const words = process.argv.slice(2);
  const once = words.includes('--once');
  const [path, part = ''] = words.filter((word) => word !== '--once');
  if (path === undefined || !existsSync(path)) {
    const usage = `node run.mjs PATH-OF-${program.toUpperCase()} [PART-OF-A-FILE-NAME] [--once]`;
    console.error(`say where the built program \`${program}\` is: ${usage}`);
    process.exit(2);
  }
  process.env[variable] = resolve(path);

  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs') && name.includes(part))
    .map((name) => resolve(folder, name));
  const first = await runFiles(files, limitMs, atOnce);
  const failed = new Set(first.failed);
  if (!once && failed.size > 0 && failed.size <= UNSTEADY_MAX) {
    const again = [...new Set(first.failed.map(({ file }) => file))];
    console.log(`once more: ${again.map((file) => basename(file)).join(', ')}`);
    const second = await runFiles(again, limitMs, 1);
    const same = (one) => (other) => one.name === other.name && one.file === other.file;
    for (const test of first.failed) {
      if (second.failed.some(same(test)) || !second.passed.some(same(test))) continue;
      failed.delete(test);
      console.log(`second try  ${test.name}`);
    }
    for (const test of second.failed) {
      if (!first.failed.some(same(test))) failed.add(test);
    }
  }
  const passed = first.passed.length + first.failed.length - failed.size;
  console.log(`${passed} passed, ${failed.size} failed`);
  process.exitCode = failed.size === 0 && passed > 0 ? 0 : 1;
}

/**
 * Runs test files, each in a process of its own.
 *
 * @returns {Promise<{passed: {name: string, file: string}[], failed: {name: string, file: string}[]}>}
 */
function runFiles(files, limitMs, atOnce) {
  const result = { passed: [], failed: [] };
  const tests = run({ files, concurrency: atOnce, timeout: limitMs });
  tests.on('test:pass', ({ name, file, skip, todo, details }) => {
    if (details.type === 'suite') return;
    // A test that is left out proves nothing, so it does not pass.
    const isLeftOut = skip !== undefined || todo !== undefined;
    result[isLeftOut ? 'failed' : 'passed'].push({ name, file });
    console.log(`${isLeftOut ? 'left out' : 'ok'}  ${name}  ${Math.round(details.duration_ms)} ms`);
  });
  tests.on('test:fail', ({ name, file, details }) => {
    const { error, type } = details;
    const isSuite = type === 'suite';
    // A suite fails with its tests, which tell why themselves; only its preparation fails on its own.
    if (isSuite && error?.failureType !== 'hookFailed') return;
    if (!isSuite) result.failed.push({ name, file });
    console.log(`FAILED  ${name}\n${error?.cause?.stack ?? error?.cause ?? error}`);
  });
  // What a test left behind and nobody waited for fails its file, and is told here alone.
  tests.on('test:diagnostic', ({ message }) => {
    if (message.includes('asynchronous activity')) console.log(`left behind: ${message}`);
  });
  tests.on('test:stdout', (event) => process.stdout.write(event.message));
  tests.on('test:stderr', (event) => process.stdout.write(event.message));
  return new Promise((done) => {
    tests.on('end', () => done(result));
    tests.resume();
  });
}
