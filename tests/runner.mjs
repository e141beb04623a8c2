// Runs test files by Node's own runner, one after the other, and ends with `N passed, N failed`.

import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';

/**
 * Runs every `*.test.mjs` of a folder, or those whose name has the part named on the command line.
 *
 * @param {object} what
 * @param {string} what.folder where the test files are
 * @param {string} what.program the name of the program that is tested; its path is the first word of the command line
 * @param {string} what.variable where the test files, which run in processes of their own, read the path
 * @param {number} what.limitMs how long one file may take
 */
export function runTests({ folder, program, variable, limitMs }) {
  const [path, part = ''] = process.argv.slice(2);
  if (path === undefined || !existsSync(path)) {
    const words = `node run.mjs PATH-OF-${program.toUpperCase()} [PART-OF-A-FILE-NAME]`;
    console.error(`say where the built program \`${program}\` is: ${words}`);
    process.exit(2);
  }
  process.env[variable] = resolve(path);

  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs') && name.includes(part))
    .map((name) => resolve(folder, name));

  const count = { passed: 0, failed: 0 };
  // One at a time: a screen and its till fill two cores.
  const tests = run({ files, concurrency: 1, timeout: limitMs });
  tests.on('test:pass', (event) => {
    if (event.details.type === 'suite') return;
    // A test that is left out proves nothing, so it does not pass.
    const isLeftOut = event.skip !== undefined || event.todo !== undefined;
    count[isLeftOut ? 'failed' : 'passed'] += 1;
    console.log(`${isLeftOut ? 'left out' : 'ok'}  ${event.name}  ${Math.round(event.details.duration_ms)} ms`);
  });
  tests.on('test:fail', (event) => {
    const { error, type } = event.details;
    const isSuite = type === 'suite';
    // A suite fails with its tests, which tell why themselves; only its preparation fails on its own.
    if (isSuite && error?.failureType !== 'hookFailed') return;
    if (!isSuite) count.failed += 1;
    console.log(`FAILED  ${event.name}\n${error?.cause?.stack ?? error?.cause ?? error}`);
  });
  tests.on('test:stdout', (event) => process.stdout.write(event.message));
  tests.on('test:stderr', (event) => process.stdout.write(event.message));
  tests.on('end', () => {
    console.log(`${count.passed} passed, ${count.failed} failed`);
    process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
  });
  tests.resume();
}
