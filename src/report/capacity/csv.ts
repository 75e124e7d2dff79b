import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { csvText, type CsvColumn } from '../csv.ts';

interface Row {
  readonly strategy: CapacityStrategy;
  readonly step: CapacityStep;
}

const columns: readonly CsvColumn<Row>[] = [
  ['strategy', ({ strategy }) => strategy.strategy],
  ['shardCount', ({ strategy }) => strategy.shardCount],
  ['sustainedQps', ({ strategy }) => strategy.sustainedQps],
  ['rateQps', ({ step }) => step.rateQps],
  ['purpose', ({ step }) => step.purpose],
  ['offeredQps', ({ step }) => step.offeredQps],
  ['acceptedQps', ({ step }) => step.acceptedQps],
  ['arrivals', ({ step }) => step.arrivals],
  ['failures', ({ step }) => step.failures],
  ['responseMsP50', ({ step }) => step.responseMs.p50],
  ['responseMsP95', ({ step }) => step.responseMs.p95],
  ['responseMsP99', ({ step }) => step.responseMs.p99],
  ['verdict', ({ step }) => step.verdict.status],
  ['outcome', ({ step }) => step.outcome],
];

/** One row for each window. */
export function capacityCsv({ strategies }: CapacityDocument): string {
  const rows = strategies.flatMap((strategy) => strategy.steps.map((step) => ({ strategy, step })));
  return csvText(columns, rows);
}
