import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from '../base/statistics/quantile.ts';

/** Of each round. */
const copiesMax = 100;
/** For values that take long to make: a few kilobytes of the runtime's own are spread over them. */
const copiesMin = 4;
const rounds = 3;

/** A full collection, without `--expose-gc` on the command line: contexts read the flag when made. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('assertion failed: a context with gc');
  return () => {
    collect();
    // Array buffers that the first one found dead are given back by then.
    collect();
  };
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  // `external` counts the array buffers too.
  return heapUsed + external;
}

/**
 * Bytes that one value made by `make` keeps in memory by itself: what several more of them add
 * after a full collection, so that what they share (code, tables of a hash) is not counted. The
 * median of three rounds of up to 100, as many as fit into `budgetMs`, and at least four.
 */
export function retainedBytes(make: () => unknown, budgetMs: number): number {
  const collect = collector();
  // The first ones bring what all share.
  const kept: unknown[] = [make(), make()];
  const added = (): number => {
    const count = kept.length;
    const before = usedBytes();
    const start = performance.now();
    for (let made = 0; made < copiesMax; made += 1) {
      if (made >= copiesMin && performance.now() - start > budgetMs / rounds) break;
      kept.push(make());
    }
    collect();
    return (usedBytes() - before) / (kept.length - count);
  };
  collect();
  return Math.max(0, Math.round(median(Array.from({ length: rounds }, added))));
}
