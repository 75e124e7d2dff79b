import { searchLength } from '../../growth/capacity/search-length.ts';
import { windowMs } from '../../growth/capacity/step-window.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { CellSpec } from '../cells/cell-specs.ts';
import { estimate } from '../run/run-estimate.ts';
import type { CapacityChoices } from './capacity-choices.ts';

/** How long a search takes on real shards, said before it begins. */
export interface SearchTime {
  /** Until the shards answer. */
  readonly startMs: number;
  /** Of one strategy until its first step: loading and warming up. */
  readonly prepareMs: number;
  readonly stepMs: number;
  /** Of all strategies together. */
  readonly usualMs: number;
  readonly mostMs: number;
}

/** Looking at the servers before and after a window, what is still on its way, and judging it. */
const besideWindowMs = 1000;

export function searchTime(
  scenario: Scenario,
  specs: readonly CellSpec[],
  { bounds, needed }: Pick<CapacityChoices, 'bounds' | 'needed'>,
): SearchTime {
  const { turnStartMs, stageStartMs } = estimate({ ...scenario, repeat: 1 }, specs);
  const startMs = turnStartMs(0);
  const prepareMs = stageStartMs(0, 'measure') ?? 0;
  const stepMs = scenario.durationMs + besideWindowMs;
  const { usual, most } = searchLength(bounds);
  const timeOf = (steps: number, eachMs: number): number =>
    startMs + specs.length * (prepareMs + steps * eachMs);
  // Windows are longest at the lowest rate, and last until the last operation has timed out.
  const longestMs =
    windowMs(bounds.lowestPerSecond, scenario.durationMs, needed) +
    scenario.limits.operationTimeoutMs +
    besideWindowMs;
  return {
    startMs,
    prepareMs,
    stepMs,
    usualMs: timeOf(usual, stepMs),
    mostMs: timeOf(most, longestMs),
  };
}
