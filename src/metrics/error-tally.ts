import type { ErrorSamples } from './cell-samples.ts';
import { maskedMessage } from './masked-message.ts';
import { earliestFirst, placeOf } from './merge-errors.ts';

/** Called with the first error of each code, operation and shard. */
export type NewError = (error: ErrorSamples) => void;

interface CountedError extends ErrorSamples {
  count: number;
  lastNs: number;
}

/** Counts errors; what it keeps is bounded by codes x operations x shards. */
export class ErrorTally {
  private readonly byPlace = new Map<string, CountedError>();
  private readonly seen: NewError;

  constructor(seen: NewError = () => undefined) {
    this.seen = seen;
  }

  /** The earliest first. */
  samples(): ErrorSamples[] {
    return Array.from(this.byPlace.values(), (error) => ({ ...error })).toSorted(earliestFirst);
  }

  add(code: string, message: string, operation: number, shard: number | null, nowNs: number): void {
    const place = placeOf(code, operation, shard);
    const known = this.byPlace.get(place);
    if (known !== undefined) {
      known.count += 1;
      known.lastNs = nowNs;
      return;
    }
    const masked = maskedMessage(code, message);
    const error = {
      code,
      message: masked,
      operation,
      shard,
      count: 1,
      firstNs: nowNs,
      lastNs: nowNs,
    };
    this.byPlace.set(place, error);
    this.seen(error);
  }
}

/** Errors of each code, and the message of its first one; `errors` has the earliest first. */
export function errorsByCode(
  errors: readonly ErrorSamples[],
): ReadonlyMap<string, { readonly count: number; readonly message: string }> {
  const codes = new Map<string, { count: number; message: string }>();
  for (const { code, count, message } of errors) {
    const known = codes.get(code);
    if (known === undefined) codes.set(code, { count, message });
    else known.count += count;
  }
  return codes;
}
