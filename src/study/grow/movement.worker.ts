import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../base/assert.ts';
import { SyntheticCounter } from '../../placement/synthetic-counter.ts';
import type { CountAnswer, CountRequest } from './count-movement.ts';

/**
 * Takes the next chunk of keys until none is left, of each movement in turn, and says what it
 * counted.
 */
const port = present(parentPort, 'parent: this file runs as a worker');
const { movements, chunkKeys, next } = workerData as CountRequest;
for (const [index, movement] of movements.entries()) {
  let counter: SyntheticCounter | null = null;
  for (;;) {
    const first = Atomics.add(next, index, 1) * chunkKeys;
    if (first >= movement.keys) break;
    counter ??= new SyntheticCounter(movement);
    counter.add(first, Math.min(first + chunkKeys, movement.keys));
  }
  if (counter !== null) {
    port.postMessage({ movement: index, counts: counter.counts } satisfies CountAnswer);
  }
}
