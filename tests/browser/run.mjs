// Runs every *.test.mjs of this folder, one after the other, and ends with `N passed, N failed`.
//
//   node run.mjs PATH-OF-HEADLESS [PART-OF-A-FILE-NAME]

import { runTests } from '../runner.mjs';

runTests({
  folder: import.meta.dirname,
  program: 'headless',
  variable: 'TILLKEEPER_HEADLESS',
  limitMs: 10 * 60 * 1000,
});
