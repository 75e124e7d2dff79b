import { tagNames } from './threshold-metrics.ts';
import type { Aggregate, Expression, Selector } from './threshold-types.ts';

/** The whole limit as the command line takes it. */
export function thresholdText(threshold: Selector & Expression): string {
  return `${selectorText(threshold)}: ${expressionText(threshold)}`;
}

/** `p(99)<50`. */
export function expressionText({ aggregate, operator, limit }: Expression): string {
  return `${aggregateText(aggregate)}${operator}${limit}`;
}

export const aggregateText = ({ name, percentile }: Aggregate): string =>
  percentile === null ? name : `p(${percentile})`;

/** `response_ms{operation:place_order,shard:2}`, tags in the order in which they are listed. */
export function selectorText({ metric, tags }: Selector): string {
  const pairs = tagNames.flatMap((name) => {
    const value = tags[name];
    return value === undefined ? [] : [`${name}:${quoted(String(value))}`];
  });
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`;
}

/** A value with a mark of the grammar in it needs quotes, of the kind that it does not have. */
function quoted(value: string): string {
  if (!/^\s|\s$|[,{}"']|^$/.test(value)) return value;
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
