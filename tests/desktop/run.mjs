// Runs every *.test.mjs of this folder, one after the other, and ends with `N passed, N failed`.
//
//   node run.mjs PATH-OF-TILLKEEPER [PART-OF-A-FILE-NAME]

import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';

const TEST_LIMIT_MS = 10 * 60 * 1000;

const [program, part = ''] = process.argv.slice(2);
if (program === undefined || !existsSync(program)) {
  console.error('say where the built program `tillkeeper` is: node run.mjs PATH-OF-TILLKEEPER [PART-OF-A-FILE-NAME]');
  process.exit(2);
}
// The test files run in processes of their own and read it there.
process.env.TILLKEEPER = resolve(program);

const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.mjs') && name.includes(part))
  .map((name) => resolve(import.meta.dirname, name));

const count = { passed: 0, failed: 0 };
// One at a time: a window and its till fill two cores.
const tests = run({ files, concurrency: 1, timeout: TEST_LIMIT_MS });
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
