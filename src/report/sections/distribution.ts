import type { Cell, RunResult } from '../../result/types.ts';
import { distributionCharts } from '../charts/distribution.ts';
import { type CellDistribution, distributionOf } from '../../result/quantiles.ts';
import type { Block, Value } from '../document.ts';
import { integer, significant } from '../../wording/format.ts';
import { column, missing, missingNote, numberOr, strategyValue, value } from '../values.ts';

const fractions = [0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999];
const response = { group: 'Response of shard queries, ms' };

const columns = [
  column('Strategy', { align: 'text' }),
  column('shard queries'),
  ...['p10', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'p99.99'].map((head) => column(head, response)),
];

/** How the response times of each strategy spread: the chart, and its numbers. */
export function distributionBlocks(result: RunResult): readonly Block[] {
  const known = new Map(
    result.cells.flatMap((cell) => {
      const distribution = distributionOf(cell);
      return distribution === null ? [] : [[cell, distribution] as const];
    }),
  );
  const charts: Block = { kind: 'charts', group: distributionCharts(result, known) };
  if (known.size === 0) return [charts];
  const rows = result.cells.map((cell) => rowOf(cell, known.get(cell)));
  return [
    charts,
    {
      kind: 'table',
      caption: 'Response time of shard queries by strategy, all shards merged',
      columns,
      rows,
      note: missingNote(rows),
    },
  ];
}

function rowOf(cell: Cell, distribution: CellDistribution | undefined): readonly Value[] {
  if (distribution === undefined) {
    const why = cell.status === 'ok' ? 'no histograms' : `not measured: ${cell.status}`;
    return [strategyValue(cell), ...columns.slice(1).map(() => missing(why))];
  }
  return [
    strategyValue(cell),
    value(integer(distribution.count)),
    ...fractions.map((fraction) =>
      numberOr(distribution.at(fraction), significant, 'too few samples, or failures, above it'),
    ),
  ];
}
