import { duration, integer, percent, rate, significant } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** A number with its unit; in all its digits where fewer would show the limit itself. */
export function limitValue(
  { metric, aggregate }: { readonly metric: string; readonly aggregate: string },
  value: number,
  limit: number,
): string {
  const shown = inUnit(metric, aggregate, value);
  const isTheSame = value !== limit && shown === inUnit(metric, aggregate, limit);
  return isTheSame ? String(value) : shown;
}

function inUnit(metric: string, aggregate: string, value: number): string {
  if (metric.endsWith('_ms')) return `${significant(value)} ms`;
  if (aggregate === 'count') return integer(value);
  if (aggregate === 'rate') return percent(value);
  if (aggregate === 'max_over_mean') return significant(value);
  if (metric.endsWith('_qps')) return `${rate(value)}/s`;
  return metric === 'fan_out' ? significant(value) : integer(value);
}

/** What became of the limits of a run. */
export const thresholdSentences: Sentences = {
  'limit-kept': (fact) => `${valueOf(fact)}; the limit is ${limitOf(fact)}.`,
  'limit-broken': (fact) => `${valueOf(fact)}; the limit is ${limitOf(fact)}.${endedText(fact)}`,
  'limit-no-samples': () => 'There are no samples, and so the limit is not kept.',
  'limit-too-few-samples': (fact) =>
    `There are too few samples for ${fact.name('aggregate')}: ${integer(fact.number('samples'))} ` +
    `of the ${integer(fact.number('needed'))} needed.`,
  'limit-among-failures': (fact) =>
    `${fact.name('aggregate')} falls among operations that failed, timed out or were dropped; ` +
    `these rank as slower than every success.${endedText(fact)}`,
  'limit-unknown-with-failures': (fact) =>
    `Some operations failed, timed out or were dropped: ${fact.name('aggregate')} of all is not ` +
    `known then. A percentile is, as long as it does not fall among them.${endedText(fact)}`,
  'limit-not-measured': () => 'This cell has no such number, and so the limit is not kept.',
  'limit-not-reached': () => 'The run ended before the turn of this cell.',
  'limit-of-unmeasured-cell': () => 'The cell was not measured to its end.',
  'limit-of-no-cell': () => 'No cell of this run is what the limit is about.',
};

function valueOf(fact: Said): string {
  const aggregate = fact.name('aggregate');
  const metric = fact.name('metric');
  const value = limitValue({ metric, aggregate }, fact.number('value'), fact.number('limit'));
  return `${aggregate} is ${value}`;
}

function limitOf(fact: Said): string {
  const named = { metric: fact.name('metric'), aggregate: fact.name('aggregate') };
  const limit = fact.number('limit');
  return `${fact.name('operator')} ${withoutZeros(limitValue(named, limit, limit))}`;
}

/** A limit has the digits that somebody wrote: `50 ms`, not `50.0 ms`. */
const withoutZeros = (text: string): string =>
  text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');

function endedText(fact: Said): string {
  const atMs = fact.perhaps('atMs');
  return atMs === null ? '' : ` It ended the run ${duration(atMs)} after the window began.`;
}
