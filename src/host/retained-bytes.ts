import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const copiesMax = 200;
/** For values that take long to make: a few kilobytes of the runtime's own are spread over them. */
const copiesUsual = 5;
/** Code that is thrown away in the middle can outweigh a few small copies: then another time. */
const attemptsMax = 3;

/**
 * A full collection, without `--expose-gc` on the command line: contexts read the flag when made.
 */
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
 * after a full collection, so that what they share (code, tables of a hash) is not counted. Up to
 * 200 are made, as many as fit into `budgetMs`, and at least `copiesMin`: one will do for a value
 * that takes long to make because it is large.
 */
export function retainedBytes(
  make: (index: number) => unknown,
  budgetMs: number,
  copiesMin = copiesUsual,
): number {
  const collect = collector();
  // The first ones bring what all share.
  const kept: unknown[] = Array.from({ length: Math.min(2, copiesMin) }, (_, index) => make(index));
  const added = (): number => {
    const count = kept.length;
    collect();
    const before = usedBytes();
    const start = performance.now();
    for (let made = 0; made < copiesMax; made += 1) {
      if (made >= copiesMin && performance.now() - start > budgetMs) break;
      kept.push(make(kept.length));
    }
    collect();
    return (usedBytes() - before) / (kept.length - count);
  };
  let bytes = 0;
  for (let attempt = 0; attempt < attemptsMax && bytes <= 0; attempt += 1) bytes = added();
  return Math.max(0, Math.round(bytes));
}
