import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { csvText, type CsvColumn } from '../csv.ts';
import { instanceLabel } from './rows.ts';

const columns: readonly CsvColumn<AdvisedCandidate>[] = [
  ['strategy', (candidate) => candidate.strategy ?? instanceLabel(candidate)],
  ['key', ({ key }) => key],
  ['router', ({ router }) => router],
  ['shardCount', ({ shardCount }) => shardCount],
  ['status', ({ status }) => status],
  ['reasons', ({ reasons }) => reasons.map(({ code }) => code).join(' ')],
  ['capacityQps', ({ capacityQps }) => capacityQps],
  ['capacityRatio', ({ capacityRatio }) => capacityRatio],
  ['capacityRatioP5', ({ capacityRatioP5 }) => capacityRatioP5],
  ['monthsToFullFast', ({ monthsToFull }) => monthsToFull?.fast ?? null],
  ['monthsToFullTrend', ({ monthsToFull }) => monthsToFull?.trend ?? null],
  ['p99Ms', ({ p99Ms }) => p99Ms],
  ['p99MsAtTwice', ({ p99MsAtTwice }) => p99MsAtTwice],
  ['monthlyCost', ({ monthlyCost }) => monthlyCost],
  ['singleShardFraction', ({ singleShardFraction }) => singleShardFraction],
  ['crossShardFraction', ({ crossShardFraction }) => crossShardFraction],
  ['scatterFraction', ({ scatterFraction }) => scatterFraction],
  ['fanOut', ({ fanOut }) => fanOut],
  ['notRunnableFraction', ({ notRunnableFraction }) => notRunnableFraction],
  ['lostConstraints', ({ lostConstraints }) => lostConstraints],
  ['maxOverMeanP5', ({ band }) => band?.p5 ?? null],
  ['maxOverMeanP50', ({ band }) => band?.p50 ?? null],
  ['maxOverMeanP95', ({ band }) => band?.p95 ?? null],
  ['tenantFloor', ({ tenantFloor }) => tenantFloor],
  ['usefulShards', ({ usefulShards }) => usefulShards],
  ['largestFraction', ({ largestFraction }) => largestFraction],
  ['movedFraction', ({ movedFraction }) => movedFraction],
  ['onFront', ({ onFront }) => String(onFront)],
];

/** One row for each candidate, in the order of the document. */
export function adviceCsv({ candidates }: AdviceDocument): string {
  return csvText(columns, candidates);
}
