// Runs every *.test.mjs of this folder, one after the other, and ends with `N passed, N failed`.
//
//   node run.mjs PATH-OF-TILLKEEPER [PART-OF-A-FILE-NAME]

import { runTests } from '../runner.mjs';

runTests({
  folder: import.meta.dirname,
  program: 'tillkeeper',
  variable: 'TILLKEEPER',
  limitMs: 10 * 60 * 1000,
});
