import type { Cell, ErrorCount, RunResult } from '../result/types.ts';
import { integer, listed, significant } from '../wording/format.ts';
import { folded } from './terminal-layout.ts';
import { name, sentence } from './text.ts';

const shownOfCell = 5;

/** What failed, a paragraph for each operation and code of a cell; '' where nothing did. */
export function errorLines({ cells }: RunResult, width: number): string {
  return cells
    .flatMap(linesOf)
    .flatMap((line) => folded(line, width))
    .join('\n');
}

function linesOf({ strategy, errors = [] }: Cell): readonly string[] {
  const groups = [
    ...Map.groupBy(errors, ({ code, operation }) => `${operation}\n${code}`).values(),
  ];
  const shown = groups.slice(0, shownOfCell).map((group) => lineOf(strategy, group));
  const more = groups.length - shown.length;
  const rest = `errors of ${name(strategy)}: ${more} more kinds; the report has them.`;
  return more > 0 ? [...shown, rest] : shown;
}

function lineOf(strategy: string, group: readonly ErrorCount[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const count = group.reduce((sum, one) => sum + one.count, 0);
  const times = count === 1 ? 'once' : `${integer(count)} times`;
  const from = significant(Math.min(...group.map(({ firstMs }) => firstMs)) / 1000);
  const to = significant(Math.max(...group.map(({ lastMs }) => lastMs)) / 1000);
  const when = count === 1 ? `at ${from} s` : `between ${from} s and ${to} s`;
  return (
    `errors of ${name(strategy)}: ${name(first.operation)}, ${name(first.code)}${places(group)}, ` +
    `${times} ${when}: ${sentence(first.message)}`
  );
}

function places(group: readonly ErrorCount[]): string {
  const shards = [...new Set(group.flatMap(({ shard }) => (shard === null ? [] : [shard])))];
  if (shards.length === 0) return '';
  const named = shards
    .toSorted((a, b) => a - b)
    .slice(0, 8)
    .map(String);
  const more = shards.length - named.length;
  return (
    ` on shard${shards.length === 1 ? '' : 's'} ` +
    listed(more > 0 ? [...named, `${more} more`] : named)
  );
}
