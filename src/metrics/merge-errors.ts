import type { ErrorSamples } from './cell-samples.ts';

/** Errors of two generators, counted together, the earliest first. */
export function mergeErrors(
  a: readonly ErrorSamples[],
  b: readonly ErrorSamples[],
): ErrorSamples[] {
  const byPlace = new Map<string, ErrorSamples>();
  for (const error of [...a, ...b]) {
    const place = placeOf(error.code, error.operation, error.shard);
    const known = byPlace.get(place);
    byPlace.set(place, known === undefined ? error : mergeError(known, error));
  }
  return [...byPlace.values()].toSorted(earliestFirst);
}

/** Errors of one code, operation and shard are counted together. */
export const placeOf = (code: string, operation: number, shard: number | null): string =>
  `${code} ${operation} ${shard ?? ''}`;

/** The same order whatever came first of what happened at one moment. */
export function earliestFirst(a: ErrorSamples, b: ErrorSamples): number {
  const place = ({ code, operation, shard }: ErrorSamples): string =>
    placeOf(code, operation, shard);
  return a.firstNs - b.firstNs || (place(a) < place(b) ? -1 : 1);
}

function mergeError(a: ErrorSamples, b: ErrorSamples): ErrorSamples {
  const first = a.firstNs - b.firstNs || (a.message < b.message ? -1 : 1);
  return {
    ...a,
    message: first < 0 ? a.message : b.message,
    count: a.count + b.count,
    firstNs: Math.min(a.firstNs, b.firstNs),
    lastNs: Math.max(a.lastNs, b.lastNs),
  };
}
