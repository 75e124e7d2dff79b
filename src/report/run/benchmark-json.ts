// customSmallerIsBetter of https://github.com/benchmark-action/github-action-benchmark
import { cellName } from '../../result/cells.ts';
import type { RunResult } from '../../result/types.ts';
import { thresholdCell, thresholdCells } from '../threshold-lines.ts';

interface Benchmark {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly extra: string;
}

/**
 * Response times and balance of each cell, and the values that limits are about, as
 * github-action-benchmark reads them. What is better when larger is left out: there is one
 * direction in a file. Times of one runner are not those of the next.
 */
export function runBenchmarks(result: RunResult): string {
  const { cells, thresholds = [], environment } = result;
  const extra = `${result.source}; ${environment.cpu}`;
  const benchmarks: Benchmark[] = [];
  const add = (name: string, unit: string, value: number | null | undefined): void => {
    if (value === null || value === undefined) return;
    benchmarks.push({ name, unit, value, extra });
  };
  for (const cell of cells) {
    const name = cellName(cell, cells);
    const response = cell.overall?.responseMs;
    add(`${name}: response time p50`, 'ms', response?.p50);
    add(`${name}: response time p99`, 'ms', response?.p99);
    add(`${name}: writes max/mean`, 'ratio', cell.imbalance?.writeQps.maxOverMean);
  }
  const named = thresholdCells(thresholds);
  for (const each of thresholds.filter(({ operator }) => operator.startsWith('<'))) {
    const unit = each.metric.endsWith('_ms') ? 'ms' : each.aggregate;
    add(`${thresholdCell(each, named)}: ${each.expression}`, unit, each.value);
  }
  return `${JSON.stringify(benchmarks, null, 2)}\n`;
}
