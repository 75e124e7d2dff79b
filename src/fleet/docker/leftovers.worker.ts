import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from './engine.ts';
import { removeRun } from './leftovers.ts';

/**
 * What the watchdog runs when shardlab was killed: removes the containers of one run. The engine
 * may have been creating one at that moment, or be restarting: hence the further rounds.
 */
const rounds = 8;
const pauseMs = 500;
const run = process.argv[2];
let quiet = 0;
for (let round = 0; run !== undefined && round < rounds && quiet < 3; round++) {
  try {
    const { docker } = await connectEngine();
    const { containers, volumes } = await removeRun(docker, run);
    quiet = containers + volumes === 0 ? quiet + 1 : 0;
  } catch {
    // Nobody is left to be told; `shardlab doctor --clean` finds what stays.
    quiet = 0;
  }
  await sleep(pauseMs);
}
process.exit(0);
