import type { Cell, OperationResult } from '../../result/types.ts';

type Tags = Readonly<Record<string, string>>;

/** One thing that was counted, or that follows from the seed without being measured. */
export interface Count {
  readonly metric: string;
  readonly tags: Tags;
  readonly value: number | string | null;
}

const one = (metric: string, value: Count['value'] | undefined, tags: Tags = {}): Count => ({
  metric,
  tags,
  value: value ?? null,
});

/** What of a cell follows from its arrivals and its routes alone, where no operation fails. */
export function countsOf(cell: Cell): readonly Count[] {
  const { load, fanOut, imbalance, shards, operations, lostConstraints } = cell;
  const { tenantFloor, band } = imbalance?.writeQps ?? { tenantFloor: null, band: null };
  return [
    one('shards', cell.shardCount),
    one('arrivals', load?.arrivals),
    one('arrivals.skipped', load?.skipped ?? 0),
    ...operations.flatMap(ofOperation),
    ...shards.flatMap(({ shard, writesSent, readsSent, rows }) => {
      const tags = { shard: String(shard) };
      return [
        one('writes_sent', writesSent, tags),
        one('reads_sent', readsSent, tags),
        one('rows', rows, tags),
      ];
    }),
    one('fan_out.single_shard', fanOut?.singleShardFraction),
    one('fan_out.multi_shard', fanOut?.multiShardFraction),
    one('fan_out.scatter', fanOut?.scatterFraction),
    one('fan_out.queries_per_operation', fanOut?.shardQueriesPerOperation),
    one('fan_out.cross_shard_writes', fanOut?.crossShardWrites),
    one('write_qps.tenant_floor', tenantFloor),
    one('write_qps.band_p5', band?.p5),
    one('write_qps.band_p50', band?.p50),
    one('write_qps.band_p95', band?.p95),
    one('constraints_lost', lostConstraints?.length ?? 0),
  ];
}

function ofOperation({ operation, arrivals, routing, fate }: OperationResult): readonly Count[] {
  const tags = { operation };
  return [
    one('arrivals', arrivals, tags),
    one('routing', routing, tags),
    // Documents of earlier versions do not have it, and that is no difference.
    ...(fate === undefined ? [] : [one('fate', fate, tags)]),
  ];
}

/** Of which less is better, and which are compared as numbers too. */
export const routingMetrics = {
  'write_qps.max_over_mean': (cell: Cell) => cell.imbalance?.writeQps.maxOverMean ?? null,
  'rows.max_over_mean': (cell: Cell) => cell.imbalance?.rows.maxOverMean ?? null,
  'fan_out.cross_shard': ({ fanOut }: Cell) =>
    fanOut === null ? null : fanOut.multiShardFraction + fanOut.scatterFraction,
  'fan_out.queries_per_operation': ({ fanOut }: Cell) => fanOut?.shardQueriesPerOperation ?? null,
} as const satisfies Readonly<Record<string, (cell: Cell) => number | null>>;
