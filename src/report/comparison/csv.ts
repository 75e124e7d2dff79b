import type { ComparisonDocument } from '../../result/comparison-document.ts';
import type { Difference } from '../../result/difference.ts';
import { csvText, type CsvColumn } from '../csv.ts';

const columns: readonly CsvColumn<Difference>[] = [
  ['strategy', ({ strategy }) => strategy],
  ['metric', ({ metric }) => metric],
  ['operation', ({ tags }) => tags['operation'] ?? null],
  ['shard', ({ tags }) => tags['shard'] ?? null],
  ['a', ({ a }) => a],
  ['b', ({ b }) => b],
  ['ratio', ({ ratio }) => ratio],
  ['low', ({ interval }) => interval?.low ?? null],
  ['high', ({ interval }) => interval?.high ?? null],
  ['runsA', ({ samples }) => samples.a],
  ['runsB', ({ samples }) => samples.b],
  ['verdict', ({ verdict }) => verdict],
  ['primary', ({ primary }) => String(primary)],
  ['note', ({ note }) => note?.text ?? ''],
];

/** One row for each difference. */
export const comparisonCsv = ({ differences }: ComparisonDocument): string =>
  csvText(columns, differences);
