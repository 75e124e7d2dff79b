import { present } from '../../base/assert.ts';
import { aggregateText, thresholdText } from '../../base/thresholds/threshold-text.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { edgeOf, intervalOf } from '../../growth/capacity/edge.ts';
import { limitedBy, programsBeside } from '../../growth/capacity/limited-by.ts';
import { triedRates } from '../../growth/capacity/search-step.ts';
import { namingPrograms } from '../../metrics/machine-reason.ts';
import type { CapacityStrategy, LimitedBy } from '../../result/capacity-document.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { type Fact, fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import { routerName } from '../cells/cell-outcome.ts';
import type { CellSpec } from '../cells/cell-specs.ts';
import type { CapacityChoices } from './capacity-choices.ts';

/** A strategy as far as its search has come. */
export interface StrategySearch {
  readonly spec: CellSpec;
  readonly steps: readonly CapacityStep[];
  readonly status: CapacityStrategy['status'];
  readonly error: string | null;
}

/** Its part of the document: the answer follows from the steps alone. */
export function strategyResult(
  { spec, steps, status, error }: StrategySearch,
  { bounds, objectives }: CapacityChoices,
  place: string,
): CapacityStrategy {
  const rates = triedRates(
    steps.map(({ rateQps, outcome, isClear }) => ({ ratePerSecond: rateQps, outcome, isClear })),
  );
  const { held, broken } = edgeOf(rates);
  const limited = limitedBy(steps, broken?.ratePerSecond ?? null, bounds.highestPerSecond);
  const sustainedQps = held?.ratePerSecond ?? null;
  const notes = [
    ...(status === 'not-met' && limited?.kind !== 'machine'
      ? objectives.flatMap((each) => notMet(each, steps))
      : []),
    ...(status === 'unfinished'
      ? [
          fact('capacity-unfinished', {
            severity: 'warning',
            numbers: { stepsMax: bounds.stepsMax },
          }),
        ]
      : []),
    ...spoilt(steps),
    ...doubtful(steps, sustainedQps),
  ];
  const { strategy } = spec;
  return {
    strategy: spec.name,
    shardKey: strategy?.key ?? null,
    router: routerName(spec),
    hash: strategy?.hash ?? null,
    shardCount: spec.shardCount,
    status: statusOf(status, limited?.kind),
    error,
    sustainedQps,
    interval: steps.length === 0 ? null : { ...intervalOf(rates) },
    limitedBy:
      limited === null
        ? null
        : { ...limited, reason: worded({ ...limited.reason, place: `${place}/limitedBy` }) },
    steps: [...steps],
    notes: notes.map((note) => worded({ ...note, place })),
  };
}

/** What only others bound is a lower bound; what other programs broke says nothing for sure. */
function statusOf(
  status: StrategySearch['status'],
  kind: LimitedBy['kind'] | undefined,
): StrategySearch['status'] {
  if (status === 'found' && kind === 'generator') return 'at-least';
  const isOver = status === 'found' || status === 'not-met';
  return isOver && kind === 'machine' ? 'unfinished' : status;
}

/** The least value that was seen of a part of the objective which the lowest rate does not hold. */
function notMet(objective: Threshold, steps: readonly CapacityStep[]): Fact[] {
  const expression = thresholdText(objective);
  const seen = steps.map((step) => ({
    step,
    found: present(
      step.objectives.find((each) => each.expression === expression),
      expression,
    ),
  }));
  const lowestQps = Math.min(...steps.map(({ rateQps }) => rateQps));
  if (seen.every(({ step, found }) => step.rateQps !== lowestQps || found.ok)) return [];
  const [least] = seen
    .flatMap(({ step, found }) => (found.value === null ? [] : [{ step, value: found.value }]))
    .toSorted((a, b) => a.value - b.value);
  return [
    fact('capacity-not-met', {
      severity: 'error',
      numbers: {
        value: least?.value,
        atQps: least?.step.rateQps,
        limit: objective.limit,
        lowestQps,
      },
      names: {
        expression,
        metric: objective.metric,
        aggregate: aggregateText(objective.aggregate),
      },
    }),
  ];
}

/** How many windows other programs have spoilt, and which they were. */
function spoilt(steps: readonly CapacityStep[]): Fact[] {
  const own = steps.filter(({ outcome }) => outcome === 'spoilt');
  if (own.length === 0) return [];
  const numbers = { windows: own.length };
  const said = fact('capacity-spoilt', { severity: 'warning', numbers });
  return [namingPrograms(said, programsBeside(own))];
}

/** Verdicts that leave a rate without meaning, whatever its times are. */
const meaningless: ReadonlySet<string> = new Set(['EMPTY', 'EXTRAPOLATED']);

function doubtful(steps: readonly CapacityStep[], sustainedQps: number | null): Fact[] {
  const own = steps.filter(({ rateQps }) => rateQps === sustainedQps);
  const found = own.find(({ verdict }) => meaningless.has(verdict.status));
  if (found === undefined) return [];
  const { status, reasons } = found.verdict;
  return [
    fact('capacity-doubtful', {
      severity: 'error',
      numbers: { rateQps: found.rateQps },
      names: { status, reason: reasons[0]?.text ?? '' },
    }),
  ];
}
