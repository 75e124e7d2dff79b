import { metricOf, type MetricName } from '../../base/thresholds/threshold-metrics.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { mismatch } from '../problem.ts';
import type { KnownNames } from './metric-selector.ts';
import { typedThreshold } from './read-thresholds.ts';

/** Metrics that get worse with the rate, which is what is searched for. */
const objectiveMetrics = [
  'response_ms',
  'service_ms',
  'queue_wait_ms',
  'errors',
  'dropped',
] as const satisfies readonly MetricName[];

const worsens = (metric: MetricName): boolean => objectiveMetrics.some((each) => each === metric);

/** Where nobody says what is to hold. */
export const assumedObjective = 'response_ms: p(99)<50';

/**
 * What a rate must hold, in the grammar of limits; an expression alone, such as `p(99)<50ms`, is of
 * the response time. What is wrong with any of them is added to the problems.
 */
export function readObjectives(
  texts: readonly string[],
  known: KnownNames,
  problems: string[],
): Threshold[] {
  return texts.flatMap((text) => {
    const isExpression = /^[^:{}]*[<>=!][^:{}]*$/.test(text);
    const read = typedThreshold(isExpression ? `response_ms: ${text}` : text, known);
    const faults = 'faults' in read ? read.faults : faultsOf(read, text);
    problems.push(...faults.map((fault) => `--objective '${text}': ${fault}`));
    return 'faults' in read || faults.length > 0 ? [] : [read];
  });
}

function faultsOf({ metric, tags, operator, limit }: Threshold, text: string): string[] {
  const faults: string[] = [];
  if (!worsens(metric)) {
    const allowed = `${objectiveMetrics.join(', ')}, which get worse as the rate rises`;
    faults.push(mismatch(metric, allowed));
  }
  if (tags.strategy !== undefined) {
    faults.push('the tag strategy is not allowed here; choose strategies with --strategy');
  }
  if (operator !== '<' && operator !== '<=') {
    faults.push(mismatch(operator, 'only < or <=, as every number of an objective has a largest'));
  }
  if (!(limit > 0) && metricOf(metric).kind === 'times') {
    faults.push(mismatch(text, 'a time above 0'));
  }
  return faults;
}

/** Limits of a scenario that can be an objective of every strategy: they follow from the rate. */
export function objectivesAmong(thresholds: readonly Threshold[]): Threshold[] {
  return thresholds.filter(
    ({ metric, tags, operator }) =>
      worsens(metric) && tags.strategy === undefined && (operator === '<' || operator === '<='),
  );
}
