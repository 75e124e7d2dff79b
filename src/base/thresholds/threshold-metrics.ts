/** What limits may be set on: names that the result has, and what may be asked of each. */

export const tagNames = ['operation', 'kind', 'shard', 'strategy'] as const;

export type TagName = (typeof tagNames)[number];

export type AggregateName =
  | 'avg'
  | 'min'
  | 'med'
  | 'max'
  | 'p'
  | 'value'
  | 'max_over_mean'
  | 'rate'
  | 'count';

interface Metric {
  /** times: many values in ms; shards: one for each shard; the others are one number. */
  readonly kind: 'times' | 'shards' | 'number' | 'share';
  readonly aggregates: readonly AggregateName[];
  readonly tags: readonly TagName[];
}

const ofTimes = ['avg', 'min', 'med', 'max', 'p'] as const;
const ofShards = ['value', 'avg', 'min', 'max', 'max_over_mean'] as const;
const ofShare = ['rate', 'count'] as const;

const times = (...tags: TagName[]): Metric => ({ kind: 'times', aggregates: ofTimes, tags });
const shards = (...tags: TagName[]): Metric => ({ kind: 'shards', aggregates: ofShards, tags });
const share = (...tags: TagName[]): Metric => ({ kind: 'share', aggregates: ofShare, tags });

export const metrics = {
  response_ms: times('operation', 'kind', 'shard', 'strategy'),
  service_ms: times('operation', 'kind', 'shard', 'strategy'),
  queue_wait_ms: times('operation', 'kind', 'shard', 'strategy'),
  schedule_lag_ms: times('operation', 'kind', 'strategy'),
  write_qps: shards('operation', 'shard', 'strategy'),
  read_qps: shards('operation', 'shard', 'strategy'),
  accepted_qps: { kind: 'number', aggregates: ['value'], tags: ['operation', 'kind', 'strategy'] },
  errors: share('operation', 'kind', 'shard', 'strategy'),
  dropped: share('operation', 'kind', 'strategy'),
  fan_out: { kind: 'number', aggregates: ['avg'], tags: ['strategy'] },
  scatter: { kind: 'number', aggregates: ['rate'], tags: ['strategy'] },
  rows: shards('shard', 'strategy'),
  bytes: shards('shard', 'strategy'),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof metrics;

export const metricNames = Object.keys(metrics).filter(isMetric);

export function isMetric(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}

export const metricOf = (name: MetricName): Metric => metrics[name];

/** As they are written; of one shard there is one number. */
export function aggregatesOf(name: MetricName, ofOneShard: boolean): readonly AggregateName[] {
  const { kind, aggregates } = metricOf(name);
  return kind === 'shards' && ofOneShard ? ['value'] : aggregates;
}
