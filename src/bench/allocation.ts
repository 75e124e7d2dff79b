import type { RouteLoop } from './route-loops.ts';

const passes = 7;

const heapBytes = (): number => process.memoryUsage().heapUsed;

/**
 * Bytes of the heap that one route takes: the least of several passes over `count` of them. What
 * a route allocates it allocates every time; whatever else comes on top (the compiler, the
 * reading itself, which is taken off) only ever adds. A pass in which garbage was collected ends
 * below its start and does not count; NaN when all did.
 */
export function allocatedBytes(loop: RouteLoop, count: number): number {
  loop(0, count);
  const taken = (run: () => unknown): number => {
    const before = heapBytes();
    run();
    return heapBytes() - before;
  };
  const least = (run: () => unknown): number => {
    const grown = Array.from({ length: passes }, () => taken(run)).filter((bytes) => bytes >= 0);
    return grown.length === 0 ? Number.NaN : Math.min(...grown);
  };
  const reading = least(() => undefined);
  return Math.max(0, least(() => loop(0, count)) - reading) / count;
}
