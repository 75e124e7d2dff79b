import type { BatchSpread, BenchDocument, BenchRow, HotPath } from '../../result/bench-document.ts';
import { contentOf } from '../../result/finding-content.ts';
import { twoDigits } from '../../wording/format.ts';
import { name } from '../text.ts';

/** What the parts of a report of look-ups take from its document. */

/** The rows of one router, by their shards. */
export interface RouterRows {
  readonly router: string;
  readonly hash: string | null;
  readonly measured: readonly MeasuredRow[];
  readonly refused: readonly BenchRow[];
}

export interface MeasuredRow {
  readonly shardCount: number;
  readonly hotPath: HotPath;
}

export function routersOf({ rows }: BenchDocument): readonly RouterRows[] {
  return [...Map.groupBy(rows, ({ router }) => router)].map(([router, own]) => ({
    router,
    hash: own[0]?.hash ?? null,
    measured: own.flatMap(({ shardCount, hotPath }) =>
      hotPath === null ? [] : [{ shardCount, hotPath }],
    ),
    refused: own.filter(({ hotPath }) => hotPath === null),
  }));
}

/** `mod, murmur3-32`: the hash where the router takes one. */
export function titleOf({ router, hash }: RouterRows): string {
  return hash === null ? name(router) : `${name(router)}, ${name(hash)}`;
}

/**
 * The look-up that routers are compared by: of a text, or of an integer where texts are not taken.
 */
export function comparedNs({ lookupNsString, lookupNsInt64 }: HotPath): BatchSpread | null {
  return lookupNsString ?? lookupNsInt64;
}

/** The most that a look-up of any form allocates; null where none is known. */
export function allocated({ allocatedBytesPerLookup }: HotPath): number | null {
  const known = Object.values(allocatedBytesPerLookup).filter((each) => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Bytes a look-up: what is below a tenth is one object among many look-ups. */
export function allocation(value: number): string {
  return value < 0.1 ? '0' : twoDigits(value);
}

/** The reasons, each once with the counts that it is of. */
export function refusals({ refused }: RouterRows): readonly string[] {
  const all = refused.flatMap(({ shardCount, reasons }) =>
    reasons.map((reason) => ({ shardCount, reason })),
  );
  return [...Map.groupBy(all, ({ reason }) => contentOf(reason)).values()].map((own) => {
    const counts = own.map(({ shardCount }) => shardCount).join(', ');
    return `${counts} shards: ${own[0]?.reason.text ?? ''}`;
  });
}
