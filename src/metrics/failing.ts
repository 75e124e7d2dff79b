import type { ErrorCount } from '../result/types.ts';
import { shareLowerBound } from './failure-bound.ts';
import { listed, percent } from './wording.ts';

export interface OperationOutcomes {
  readonly operation: string;
  readonly ok: number;
  readonly failed: number;
  readonly timedOut: number;
}

export interface Failures {
  readonly operations: readonly OperationOutcomes[];
  readonly errors: readonly ErrorCount[];
  /** `limits.errors`: the share of an operation that may fail or time out. */
  readonly limit: number;
}

const codesNamed = 3;
const shardsNamed = 6;

/** One sentence for each operation that fails more often than allowed, beyond chance. */
export function failing({ operations, errors, limit }: Failures): string[] {
  return operations.flatMap((one) => {
    const { operation, ok, failed, timedOut } = one;
    const hits = failed + timedOut;
    const trials = ok + hits;
    const bound = trials === 0 ? 0 : shareLowerBound(hits, trials);
    if (bound <= limit) return [];
    const own = errors.filter((error) => error.operation === operation);
    return [
      `Operation ${operation} ${verb(one)} ${hits} times of ${trials} (${percent(hits / trials)}; ` +
        `with 95 % confidence at least ${percent(bound)}, and limits.errors allows ` +
        `${percent(limit)})${causes(own)}.`,
    ];
  });
}

function verb({ failed, timedOut }: OperationOutcomes): string {
  if (timedOut === 0) return 'failed';
  return failed === 0 ? 'timed out' : 'failed or timed out';
}

/** Each code with how often, where, and what the server said. */
function causes(errors: readonly ErrorCount[]): string {
  const codes = [...Map.groupBy(errors, ({ code }) => code)]
    .map(([code, own]) => ({ code, own, count: own.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => b.count - a.count);
  if (codes.length === 0) return '';
  const named = codes.slice(0, codesNamed).map(({ code, own, count }) => {
    const message = (own[0]?.message ?? '').replace(/[.\s]+$/, '');
    return `${code}${places(own)}, ${count} times: ${message}`;
  });
  const more = codes.length - named.length;
  return `: ${named.join('; ')}${more > 0 ? `; and ${more} more codes` : ''}`;
}

function places(errors: readonly ErrorCount[]): string {
  const shards = [...new Set(errors.flatMap(({ shard }) => (shard === null ? [] : [shard])))];
  if (shards.length === 0) return '';
  const named = shards.toSorted((a, b) => a - b).slice(0, shardsNamed);
  const more = shards.length - named.length;
  const list = more > 0 ? [...named, `${more} more`] : named;
  return ` on shard${shards.length === 1 ? '' : 's'} ${listed(list)}`;
}
