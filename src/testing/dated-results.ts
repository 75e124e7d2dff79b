import type { Cell, RunResult } from '../result/types.ts';
import { sampleResult } from './sample-result.ts';

/**
 * Results of one scenario on one day after the other, of two strategies; `timesAs` says how many
 * times as long a day's responses took as those of the first.
 */
export function datedResults(days: number, timesAs: (day: number) => number): RunResult[] {
  const whole = sampleResult();
  return Array.from({ length: days }, (_, day) => ({
    ...whole,
    startedAt: new Date(Date.UTC(2026, 8, 1 + day, 3)).toISOString(),
    cells: whole.cells.slice(1, 3).map((cell) => scaled(cell, timesAs(day))),
  }));
}

function scaled(cell: Cell, factor: number): Cell {
  if (cell.overall === null) return cell;
  const { p50, p99, ...rest } = cell.overall.responseMs;
  const times = (value: number | null): number | null => value && value * factor;
  return { ...cell, overall: { responseMs: { ...rest, p50: times(p50), p99: times(p99) } } };
}
