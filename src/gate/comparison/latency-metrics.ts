import type { Cell } from '../../result/types.ts';

/** A quantity that is measured, and varies from run to run. */
export interface Latency {
  readonly metric: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly read: (cell: Cell) => number | null;
}

const percentiles = ['p50', 'p99'] as const;

/** Everything measured of one strategy that the two sides may be compared by. */
export function latenciesOf(cells: readonly Cell[]): readonly Latency[] {
  const names = (of: (cell: Cell) => readonly string[]): readonly string[] => [
    ...new Set(cells.flatMap(of)),
  ];
  const operations = names((cell) => cell.operations.map(({ operation }) => operation));
  const shards = names((cell) => cell.shards.map(({ shard }) => String(shard)));
  return [
    ...operations.flatMap((operation) => ofOperation(operation)),
    ...percentiles.map((percentile) => ({
      metric: `response_ms.${percentile}`,
      tags: {},
      read: (cell: Cell) => cell.overall?.responseMs[percentile] ?? null,
    })),
    {
      metric: 'accepted_qps',
      tags: {},
      read: ({ load }: Cell) => load?.acceptedQps ?? null,
    },
    ...shards.map((shard) => ({
      metric: 'response_ms.p99',
      tags: { shard },
      read: (cell: Cell) =>
        cell.shards.find((each) => String(each.shard) === shard)?.responseMs.p99 ?? null,
    })),
  ];
}

function ofOperation(operation: string): readonly Latency[] {
  const tags = { operation };
  const within = (cell: Cell) => cell.operations.find((each) => each.operation === operation);
  return percentiles.flatMap((percentile) => [
    {
      metric: `service_ms.${percentile}`,
      tags,
      read: (cell: Cell) => within(cell)?.serviceMs?.[percentile] ?? null,
    },
    {
      metric: `response_ms.${percentile}`,
      tags,
      read: (cell: Cell) => within(cell)?.responseMs[percentile] ?? null,
    },
  ]);
}
