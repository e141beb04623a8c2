// A serial line: the till holds one end, the test the other.

import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { until } from './screen.mjs';

/** Lays a line whose end for the till is at `path`. */
export async function layLine(path) {
  const child = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'STDIO'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await until(`the line ${path} is laid`, () => existsSync(path));
  // Held open, the line stays when the till lets go of it and takes it up again.
  const held = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  let received = Buffer.alloc(0);
  child.stdout.on('data', (data) => (received = Buffer.concat([received, data])));

  return {
    path,

    /** The bytes that have come from the till so far. */
    received: () => received,

    /** Forgets them, and gives them. */
    take() {
      const taken = received;
      received = Buffer.alloc(0);
      return taken;
    },

    /** Sends a code as a scanner does. */
    scan: (code) => child.stdin.write(`${code}\r`),

    close() {
      closeSync(held);
      child.kill('SIGTERM');
    },
  };
}
