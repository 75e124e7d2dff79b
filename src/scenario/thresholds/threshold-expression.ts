// The grammar of k6's thresholds: https://grafana.com/docs/k6/latest/using-k6/thresholds/
import { suggest } from '../../base/suggest.ts';
import { mismatch } from '../problem.ts';
import {
  aggregatesOf,
  type AggregateName,
  metricOf,
  type MetricName,
} from '../../base/thresholds/threshold-metrics.ts';
import {
  type Aggregate,
  type Expression,
  type Operator,
  operators,
} from '../../base/thresholds/threshold-types.ts';

/** Either what was read, or what is wrong with it, in one line for each fault. */
export type Reading<T> = { readonly read: T } | { readonly faults: readonly string[] };

const shape = /^\s*([^<>=!]*?)\s*(===|==|!=|<=|>=|<|>)\s*(.*?)\s*$/s;
const percentileShape = /^p\(\s*(\d{1,2}(?:\.\d{1,4})?)\s*\)$/;
const numberShape = /^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(ms|s|%)?$/;

/** `p(99)<50` of this metric; `ofOneShard`: its tags name a shard. */
export function readExpression(
  text: string,
  metric: MetricName,
  ofOneShard: boolean,
): Reading<Expression> {
  const found = shape.exec(text);
  const names = aggregatesOf(metric, ofOneShard);
  if (found === null) {
    const allowed = `an aggregate, an operator and a number, such as ${exampleOf(names)}`;
    return { faults: [mismatch(text, allowed)] };
  }
  const [, written = '', operator = '', number = ''] = found;
  const aggregate = readAggregate(written, names);
  const limit = readLimit(number, metric, written);
  const faults = [
    ...(aggregate === undefined ? [aggregateFault(written, names, metric, ofOneShard)] : []),
    ...(limit === undefined ? [mismatch(number, limitAllowed(metric, written))] : []),
  ];
  if (aggregate === undefined || limit === undefined) return { faults };
  return { read: { aggregate, operator: operatorOf(operator), limit } };
}

const operatorOf = (written: string): Operator =>
  operators.find((operator) => operator === written) ?? '==';

function readAggregate(written: string, names: readonly AggregateName[]): Aggregate | undefined {
  const percentile = Number(percentileShape.exec(written)?.[1] ?? Number.NaN);
  if (percentile > 0 && percentile < 100 && names.includes('p')) return { name: 'p', percentile };
  const name = names.find((each) => each === written && each !== 'p');
  return name === undefined ? undefined : { name, percentile: null };
}

const shown = (name: AggregateName): string => (name === 'p' ? 'p(N)' : name);

function aggregateFault(
  written: string,
  names: readonly AggregateName[],
  metric: MetricName,
  ofOneShard: boolean,
): string {
  const within = names.includes('p') ? ', N above 0 and below 100' : '';
  const of = ofOneShard ? `${metric} of one shard` : metric;
  const allowed = `${names.map(shown).join(', ')}${within} (${of})`;
  return mismatch(written, allowed, suggestion(written, names));
}

function suggestion(written: string, names: readonly AggregateName[]): string | undefined {
  const digits = /^[pP]\(?(\d{1,2}(?:\.\d{1,4})?)\)?$/.exec(written)?.[1];
  if (digits !== undefined && Number(digits) > 0 && names.includes('p')) return `p(${digits})`;
  return suggest(
    written,
    names.filter((name) => name !== 'p'),
  );
}

const exampleOf = (names: readonly AggregateName[]): string =>
  names.includes('p') ? 'p(99)<50' : names.includes('rate') ? 'rate<0.01' : `${names.at(-1)}<2`;

/** Times may have a unit, shares a percent sign. */
function readLimit(text: string, metric: MetricName, aggregate: string): number | undefined {
  const [, digits, unit] = numberShape.exec(text) ?? [];
  const number = Number(digits ?? Number.NaN);
  if (!Number.isFinite(number)) return undefined;
  if (unit === undefined) return number;
  if (unit === '%') {
    // 0.7 / 100 is 0.006999999999999999.
    return aggregate === 'rate' ? Number((number / 100).toPrecision(15)) : undefined;
  }
  if (metricOf(metric).kind !== 'times') return undefined;
  return unit === 's' ? Number((number * 1000).toPrecision(15)) : number;
}

function limitAllowed(metric: MetricName, aggregate: string): string {
  if (metricOf(metric).kind === 'times') return 'a number of milliseconds, such as 50 or 50ms';
  return aggregate === 'rate' ? 'a number such as 0.01 or 1%' : 'a number';
}
