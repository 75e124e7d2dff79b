import { maskedMessage } from './masked-message.ts';

/** Failed shard queries of one code, operation and shard. Times count from the start of the window. */
export interface CountedError {
  readonly code: string;
  /** Of the first one, without values of rows. */
  readonly message: string;
  readonly operation: number;
  /** null: the operation timed out as a whole. */
  readonly shard: number | null;
  count: number;
  readonly firstNs: number;
  lastNs: number;
}

/** Called with the first error of each code, operation and shard. */
export type NewError = (error: CountedError) => void;

/** Counts errors; what it keeps is bounded by codes x operations x shards. */
export class ErrorTally {
  private readonly byPlace = new Map<string, CountedError>();
  private readonly seen: NewError;

  constructor(seen: NewError = () => undefined) {
    this.seen = seen;
  }

  get all(): readonly CountedError[] {
    return [...this.byPlace.values()];
  }

  add(code: string, message: string, operation: number, shard: number | null, nowNs: number): void {
    const place = `${code} ${operation} ${shard ?? ''}`;
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

  byCode(): ReadonlyMap<string, { readonly count: number; readonly message: string }> {
    const codes = new Map<string, { count: number; message: string }>();
    for (const { code, count, message } of this.byPlace.values()) {
      const known = codes.get(code);
      if (known === undefined) codes.set(code, { count, message });
      else known.count += count;
    }
    return codes;
  }
}
