import type { ComparisonDocument } from '../../result/comparison-document.ts';
import type { Difference, DifferenceVerdict } from '../../result/difference.ts';
import {
  fineRatio,
  hundredths,
  integer,
  percent,
  rate,
  ratio,
  significant,
} from '../../wording/format.ts';
import type { Tone } from '../document.ts';
import { name, shortened, visible } from '../text.ts';

/** The value of a metric as tables have it; its unit stands in the metric's name. */
export function metricText(metric: string, value: number | string | null): string {
  if (value === null) return '—';
  if (typeof value === 'string') return name(value);
  if (metric.includes('_ms.')) return significant(value);
  if (metric === 'accepted_qps') return rate(value);
  if (metric.endsWith('over_mean') || /band|floor|queries_per/.test(metric))
    return fineRatio(value);
  if (metric === 'fan_out.cross_shard_writes') return integer(value);
  if (metric.startsWith('fan_out.')) return percent(value);
  return integer(value);
}

/** What a difference is of: `place_order`, `shard 2`; '' is the whole strategy. */
export function tagsText(tags: Difference['tags']): string {
  return Object.entries(tags)
    .map(([tag, value]) => (tag === 'shard' ? `shard ${name(value)}` : name(value)))
    .join(', ');
}

/** By how much, in per cent: `+9.8 %`, `-3.1 %`; 0 is `±0 %`. */
export function changeText(factor: number | null): string {
  if (factor === null) return '—';
  const change = factor - 1;
  const shown = hundredths(Math.abs(change));
  if (Number(shown) === 0) return '±0 %';
  if (factor >= 10) return `${ratio(factor)}×`;
  return `${change < 0 ? '-' : '+'}${shown} %`;
}

export const intervalText = ({ interval }: Pick<Difference, 'interval'>): string =>
  interval === null ? '—' : `${changeText(interval.low)} to ${changeText(interval.high)}`;

const words: Readonly<Record<DifferenceVerdict, string>> = {
  better: 'better',
  worse: 'WORSE',
  none: 'none',
  'not-comparable': 'not comparable',
};

/** Where nothing could be claimed, that is what the word says. */
export function verdictText({ verdict, primary, interval }: Difference): string {
  return verdict === 'none' && !primary && interval !== null ? 'exploratory' : words[verdict];
}

const tones: Readonly<Record<DifferenceVerdict, Tone>> = {
  better: 'good',
  worse: 'bad',
  none: 'plain',
  'not-comparable': 'doubtful',
};

export const verdictTone = ({ verdict }: Difference): Tone => tones[verdict];

/** A field's value on one side, on one line. */
export const fieldText = (value: unknown): string =>
  value === undefined ? '(not there)' : visible(shortened(JSON.stringify(value), 60));

/** `quickstart.json (quickstart, 5 runs from 2026-11-21)`. */
export function sideText({ given, commit, name: of, runs }: ComparisonDocument['sides'][number]) {
  const date = runs[0]?.startedAt.slice(0, 10) ?? '';
  const count = runs.length === 1 ? 'one run' : `${integer(runs.length)} runs`;
  const at = commit === null ? '' : `, commit ${commit.slice(0, 12)}`;
  return `${name(given)} (${name(of)}, ${count}, ${date}${at})`;
}
