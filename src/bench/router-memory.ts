import { attempt, inOtherUnits } from '../placement/comparison.ts';
import { buildRouter, routerProblems, type RouterSpec } from '../router/build-router.ts';
import type { KnownKeys, RouterTopology } from '../router/contract.ts';

/**
 * What one of the values keeps in memory, given a time to find out, over `least` of them or more.
 */
export type RetainedBytes = (
  make: (index: number) => unknown,
  budgetMs: number,
  least: number,
) => number;

/** A router that takes longer than this to build is large enough that one copy tells. */
const slowMs = 20;
const budgetMs = 10;

/**
 * Bytes that one router holds; null where it cannot be built. To be asked before there are keys to
 * measure routes with: each full collection of garbage goes over all of them.
 */
export function routerMemory(
  spec: RouterSpec,
  topology: RouterTopology,
  known: KnownKeys,
  retainedBytes: RetainedBytes,
): number | null {
  if (routerProblems(spec, topology, known.type).length > 0) return null;
  const found = attempt(() => {
    const make = (index: number) =>
      buildRouter(spec, inOtherUnits(topology, index), known.type, known);
    const start = performance.now();
    make(0);
    const slow = performance.now() - start > slowMs;
    return retainedBytes((index) => make(index + 1), budgetMs, slow ? 1 : 5);
  });
  return 'value' in found ? found.value : null;
}
