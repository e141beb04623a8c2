// Runs every *.test.mjs of this folder and ends with `N passed, N failed`.
//
//   node run.mjs PATH-OF-HEADLESS [PART-OF-A-FILE-NAME]

import { runTests } from '../runner.mjs';

runTests({
  folder: import.meta.dirname,
  program: 'headless',
  variable: 'TILLKEEPER_HEADLESS',
  limitMs: 20 * 60 * 1000,
  // Each has a till and a browser of its own, and waits for one of them most of the time. What is judged by time is alone.
  atOnce: process.env.TILLKEEPER_DEEP === undefined ? 2 : 1,
});
