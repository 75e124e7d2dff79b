import type { BatchSpread, BenchDocument, BenchRow, HotPath } from '../../result/bench-document.ts';
import { csvText, type CsvColumn } from '../csv.ts';

const spread = (
  name: string,
  of: (hotPath: HotPath) => BatchSpread | null,
): readonly CsvColumn<BenchRow>[] =>
  (['p25', 'p50', 'p75'] as const).map(
    (part): CsvColumn<BenchRow> => [
      `${name}${part.toUpperCase()}`,
      ({ hotPath }) => (hotPath === null ? null : (of(hotPath)?.[part] ?? null)),
    ],
  );

const columns: readonly CsvColumn<BenchRow>[] = [
  ['router', ({ router }) => router],
  ['hash', ({ hash }) => hash],
  ['shardCount', ({ shardCount }) => shardCount],
  ...spread('lookupNsString', ({ lookupNsString }) => lookupNsString),
  ...spread('lookupNsBytes', ({ lookupNsBytes }) => lookupNsBytes),
  ...spread('lookupNsInt64', ({ lookupNsInt64 }) => lookupNsInt64),
  ...spread('bulkKeysPerSecond', ({ bulkKeysPerSecond }) => bulkKeysPerSecond),
  ['buildMs', ({ hotPath }) => hotPath?.buildMs ?? null],
  ['addShardMs', ({ hotPath }) => hotPath?.addShardMs ?? null],
  ['memoryBytes', ({ hotPath }) => hotPath?.memoryBytes ?? null],
  ['peakToMean', ({ hotPath }) => hotPath?.peakToMean.value ?? null],
  ['peakToMeanIdeal', ({ hotPath }) => hotPath?.peakToMean.ideal ?? null],
  ['checksumText', ({ hotPath }) => hotPath?.checksums.text ?? null],
  ['checksumInt8', ({ hotPath }) => hotPath?.checksums.int8 ?? null],
  ['reasons', ({ reasons }) => reasons.map(({ text }) => text).join(' ')],
];

/** One row for each router and shard count, also for those that were not measured. */
export function benchCsv({ rows }: BenchDocument): string {
  return csvText(columns, rows);
}
