import { decodeHistogram } from '../../base/histogram.ts';
import { thresholdText } from '../../base/thresholds/threshold-text.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { cellValue, watchedTimesOf } from '../../gate/thresholds/cell-value.ts';
import { isKept, noteOf } from '../../gate/thresholds/judged-thresholds.ts';
import { shareLowerBound } from '../../metrics/failure-bound.ts';
import { isMachineTaken } from '../../metrics/spoilt.ts';
import type { ObjectiveValue } from '../../result/capacity-step.ts';
import type { Unworded } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import type { StepOutcome } from './search-step.ts';

/**
 * Operations that are late come together, behind one stall or in one busy period: they are taken
 * to be so many to a cluster, each of which is one observation.
 */
const clusterSize = 8;
const confidence = 0.95;
/** Other numbers than percentiles: a value further from its limit than this is clear. */
const clearRatio = 1.25;

export interface JudgedWindow {
  readonly outcome: StepOutcome;
  readonly isClear: boolean;
  /** Whether it was broken while other programs took the machine. */
  readonly machineTaken: boolean;
  readonly objectives: readonly Unworded<ObjectiveValue>[];
}

/**
 * What a measured window says of the objective, which holds where all of its parts do. A shard that
 * takes no more, or a queue that grows, breaks it whatever the times are: a longer window would
 * show them. A late load generator breaks nothing: where the objective holds beside it, it holds.
 * What is broken while others take the machine is no clear evidence, even where it counts.
 *
 * @param mayBeSpoilt whether a window that other programs broke may be left out
 */
export function judgedWindow(
  cell: Cell,
  objectives: readonly Threshold[],
  mayBeSpoilt: boolean,
): JudgedWindow {
  const window = asItStands(cell, objectives);
  const machineTaken = isOthersDoing(cell, window.outcome);
  if (!machineTaken) return { ...window, machineTaken };
  const outcome = mayBeSpoilt ? 'spoilt' : window.outcome;
  return { ...window, machineTaken, outcome, isClear: false };
}

/** A shard that its quota held back in more of the periods had all that it is given. */
const usedUp = 0.5;

/** Whether it may be other programs, or other machines on the same host, that broke the window. */
function isOthersDoing({ verdict, generator, shards }: Cell, outcome: StepOutcome): boolean {
  const machine = generator?.machine ?? [];
  if (outcome === 'held' || !isMachineTaken(verdict?.status ?? 'VALID', machine)) return false;
  const isOwn = shards.some(({ throttledFraction }) => (throttledFraction ?? 0) > usedUp);
  return outcome === 'generator' || !isOwn;
}

function asItStands(
  cell: Cell,
  objectives: readonly Threshold[],
): Omit<JudgedWindow, 'machineTaken'> {
  const judged = objectives.map((objective) => judgedObjective(cell, objective));
  const parts = judged.map(({ value }) => value);
  const held = parts.every(({ ok }) => ok);
  const status = cell.verdict?.status;
  if (status === 'SATURATED' || status === 'FAILING') {
    return { outcome: 'broken', isClear: true, objectives: parts };
  }
  if (hasGrowingQueue(cell)) return { outcome: 'broken', isClear: !held, objectives: parts };
  if (held) {
    const isClear = status !== 'DRIFTING' && judged.every((each) => each.isClear);
    return { outcome: 'held', isClear, objectives: parts };
  }
  if (status === 'GENERATOR-BOUND') {
    return { outcome: 'generator', isClear: false, objectives: parts };
  }
  const isClear = judged.some((each) => !each.value.ok && each.isClear);
  return { outcome: 'broken', isClear, objectives: parts };
}

/** Whether more waited at the end than at the beginning, or less of what arrived was done. */
function hasGrowingQueue({ verdict }: Cell): boolean {
  if (verdict?.status !== 'DRIFTING') return false;
  return verdict.reasons.some(({ code, numbers }) => {
    const { firstQueued = 0, lastQueued = 0, firstFraction = 0, lastFraction = 0 } = numbers;
    if (code === 'queue-drifting') return lastQueued > firstQueued;
    return code === 'accepted-drifting' && lastFraction < firstFraction;
  });
}

interface JudgedObjective {
  readonly value: Unworded<ObjectiveValue>;
  readonly isClear: boolean;
}

function judgedObjective(cell: Cell, objective: Threshold): JudgedObjective {
  const measured = cellValue(cell, objective);
  const { limit, aggregate } = objective;
  const late = aggregate.name === 'p' ? lateOf(cell, objective) : null;
  const { value } = measured;
  return {
    value: {
      expression: thresholdText(objective),
      value,
      limit,
      ok: isKept(objective, measured),
      lateFraction: late === null || late.all === 0 ? null : late.late / late.all,
      note: noteOf(objective, measured),
    },
    isClear:
      late !== null
        ? isClearShare(late, 1 - (aggregate.percentile ?? 50) / 100)
        : value !== null && (value > limit * clearRatio || value * clearRatio < limit),
  };
}

interface Late {
  readonly late: number;
  readonly all: number;
}

/** Operations that took longer than the limit, failures among them. */
function lateOf(cell: Cell, objective: Threshold): Late | null {
  const times = watchedTimesOf(cell, objective);
  if (times === null) return null;
  let late = times.failures;
  decodeHistogram(times.histogramNs).eachBucket((lowNs, highNs, count) => {
    if ((lowNs + highNs) / 2 > objective.limit * 1e6) late += count;
  });
  return { late, all: times.ok.count + times.failures };
}

/** Whether the share that may be late lies outside of the exact interval of the share that is. */
function isClearShare({ late, all }: Late, allowed: number): boolean {
  const trials = Math.floor(all / clusterSize);
  const hits = Math.min(trials, Math.round(late / clusterSize));
  const least = shareLowerBound(hits, trials, confidence);
  const most = 1 - shareLowerBound(trials - hits, trials, confidence);
  return least > allowed || most < allowed;
}
