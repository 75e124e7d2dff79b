import type { CapacityRow, GrowthDocument } from '../../result/growth-document.ts';
import { csvText, type CsvColumn } from '../csv.ts';
import { costOf, planTo, stepTo } from './rows.ts';

interface Row {
  readonly document: GrowthDocument;
  readonly row: CapacityRow;
}

const step = ({ document, row }: Row) => stepTo(document, row.strategy, row.shardCount);
const cost = ({ document, row }: Row) => costOf(document, row);

const columns: readonly CsvColumn<Row>[] = [
  ['strategy', ({ row }) => row.strategy ?? 'one instance'],
  ['shardCount', ({ row }) => row.shardCount],
  ['bound', ({ row }) => row.bound ?? null],
  ['capacityQps', ({ row }) => row.capacityQps],
  ['writeCapacityQps', ({ row }) => row.writeCapacityQps],
  ['capacityRatio', ({ row }) => row.capacityRatio],
  ['effectiveShards', ({ row }) => row.effectiveShards],
  ['hottestShard', ({ row }) => row.hottest.shard],
  ['utilisationMax', ({ row }) => row.utilisation?.max ?? null],
  ['monthsToFullP10', ({ row }) => row.monthsToFull?.p10 ?? null],
  ['monthsToFullP50', ({ row }) => row.monthsToFull?.p50 ?? null],
  ['monthsToFullP90', ({ row }) => row.monthsToFull?.p90 ?? null],
  ['horizonMonths', ({ row }) => row.horizonMonths],
  ['keysMovedFraction', (one) => step(one)?.keysMovedFraction ?? null],
  ['rowsMovedFraction', (one) => step(one)?.rowsMovedFraction ?? null],
  ['bytesMovedFraction', (one) => step(one)?.bytesMovedFraction ?? null],
  ['loadMovedFraction', (one) => step(one)?.loadMovedFraction ?? null],
  ['optimalFraction', (one) => step(one)?.optimalFraction ?? null],
  [
    'copySeconds',
    ({ document, row }) => planTo(document, row.strategy, row.shardCount)?.copySeconds ?? null,
  ],
  ['currency', (one) => cost(one)?.currency ?? null],
  ['monthlyCost', (one) => cost(one)?.monthlyCost.total.mid ?? null],
  ['monthlyCostLow', (one) => cost(one)?.monthlyCost.total.low ?? null],
  ['monthlyCostHigh', (one) => cost(one)?.monthlyCost.total.high ?? null],
  ['costRatio', (one) => cost(one)?.costRatio ?? null],
  ['billRatio', (one) => cost(one)?.billRatio ?? null],
  ['verdict', (one) => cost(one)?.verdict.status ?? null],
];

/** One row for each shard count of each strategy; months are empty beyond the horizon. */
export function growthCsv(document: GrowthDocument): string {
  return csvText(
    columns,
    document.capacity.map((row) => ({ document, row })),
  );
}
