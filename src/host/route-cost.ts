import { assert } from '../base/assert.ts';
import type { PackedKeys } from '../base/keys.ts';
import type { Router } from '../router/contract.ts';

/** More keys would measure the machine's memory, not the router. */
const keysMax = 4096;
const passesMin = 5;

/**
 * Nanoseconds of one route, the hash of the key and one call included: the best of the passes
 * over up to 4,096 keys that fit into `budgetMs`, as whatever disturbs a pass can only make it
 * longer. The first half of the time warms up. NaN without keys.
 */
export function routeNs(router: Router, keys: PackedKeys, budgetMs: number): number {
  const count = Math.min(keys.count, keysMax);
  if (count === 0) return Number.NaN;
  // Few keys are routed several times in a pass, or the clock would be too coarse.
  const rounds = Math.ceil(512 / count);
  const start = performance.now();
  let bestMs = Number.POSITIVE_INFINITY;
  for (let measured = 0; ; ) {
    const from = performance.now();
    let checksum = 0;
    for (let round = 0; round < rounds; round += 1) checksum += routeAll(router, keys, count);
    const to = performance.now();
    // Uses the work, which could otherwise be left out.
    assert(checksum >= 0, 'shards are numbers from 0');
    if (to - start < budgetMs / 2) continue;
    bestMs = Math.min(bestMs, to - from);
    measured += 1;
    if (measured >= passesMin && to - start > budgetMs) break;
  }
  return (bestMs * 1e6) / (count * rounds);
}

function routeAll(router: Router, { bytes, offsets }: PackedKeys, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum += router.route(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0);
  }
  return sum;
}
