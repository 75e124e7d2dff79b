import { suggest } from '../../base/suggest.ts';
import { mismatch, mismatchAmong } from '../problem.ts';
import type { Reading } from './threshold-expression.ts';
import {
  isMetric,
  metricNames,
  metricOf,
  type MetricName,
  type TagName,
} from '../../base/thresholds/threshold-metrics.ts';
import type { Selector } from '../../base/thresholds/threshold-types.ts';

/** What the values of tags may be; what is undefined is not known, and not checked. */
export interface KnownNames {
  readonly operations?: readonly string[] | undefined;
  readonly strategies?: readonly string[] | undefined;
  /** The most shards that a cell has. */
  readonly shards?: number | undefined;
}

const shape = /^\s*([^{}\s]*)\s*(?:\{(.*)\})?\s*$/s;
/** A tag and its value, which may stand in quotes; then a comma, or the end. */
const pair = /\s*([^:,{}"]*?)\s*(?::\s*(?:"([^"]*)"|'([^']*)'|([^,"']*?)))?\s*(,|$)/y;

/** `response_ms{operation:place_order,shard:2}`. */
export function readSelector(text: string, known: KnownNames): Reading<Selector> {
  const found = shape.exec(text);
  if (found === null) {
    const allowed = 'a metric, with tags if any, such as response_ms{operation:place_order}';
    return { faults: [mismatch(text, allowed)] };
  }
  const [, metric = '', list] = found;
  if (!isMetric(metric)) {
    return { faults: [mismatchAmong(metric, metricNames, suggest(metric, metricNames))] };
  }
  const pairs = list === undefined ? [] : readPairs(list);
  if (pairs === undefined) {
    const allowed = `tags and their values, such as {operation:place_order,shard:2}`;
    return { faults: [mismatch(`{${list}}`, allowed)] };
  }
  const faults: string[] = [];
  const tags: Record<string, string | number> = {};
  for (const [name, value] of pairs) {
    const fault = Object.hasOwn(tags, name)
      ? `found the tag ${name} for the second time; allowed: each tag once`
      : tagFault(metric, name, value, known);
    if (fault !== undefined) faults.push(fault);
    tags[name] = name === 'shard' ? Number(value) : value;
  }
  if (faults.length > 0) return { faults };
  return { read: { metric, tags } };
}

function readPairs(list: string): [string, string][] | undefined {
  if (list.trim() === '') return undefined;
  const pairs: [string, string][] = [];
  pair.lastIndex = 0;
  for (;;) {
    const found = pair.exec(list);
    if (found === null) return undefined;
    const [, name = '', double, single, plain, end] = found;
    pairs.push([name, double ?? single ?? plain ?? '']);
    if (end === '') return pairs;
  }
}

function tagFault(
  metric: MetricName,
  name: string,
  value: string,
  known: KnownNames,
): string | undefined {
  const allowed = metricOf(metric).tags;
  const tag = allowed.find((each) => each === name);
  if (tag === undefined) {
    return `tag: ${mismatch(name, `${allowed.join(', ')} (${metric})`, suggest(name, allowed))}`;
  }
  const fault = valueFault(tag, value, known);
  return fault === undefined ? undefined : `tag ${tag}: ${fault}`;
}

function valueFault(
  tag: TagName,
  value: string,
  { operations, strategies, shards = Number.MAX_SAFE_INTEGER }: KnownNames,
): string | undefined {
  if (tag === 'shard') {
    if (/^\d{1,7}$/.test(value) && Number(value) < shards) return undefined;
    return mismatch(value, `the number of a shard, from 0 to ${shards - 1}`);
  }
  const names = { operation: operations, strategy: strategies, kind: ['read', 'write'] }[tag];
  if (names === undefined || names.includes(value)) return undefined;
  return mismatchAmong(value, names, suggest(value, names));
}
