import type {
  Offence,
  QueriesDocument,
  QueryRemark,
  QueryStatement,
} from '../../result/queries-document.ts';
import { counted, integer, listed } from '../../wording/format.ts';
import { name } from '../text.ts';

export const offenceWords: Readonly<Record<Offence, string>> = {
  scatter: 'asks all shards',
  'cross-shard': 'crosses shards',
  'not-runnable': 'cannot run on shards',
  'key-update': 'changes the shard key',
};

export const verdictWords = { passed: 'PASSED', failed: 'FAILED' } as const;

/** By which strategy, and against what. */
export function aboutText({ files, scenario, strategy, base }: QueriesDocument): string {
  const by = `${name(strategy.key)} (strategy ${name(strategy.name)} of ${name(scenario.name)})`;
  const commit = base?.commit === null ? '' : ` (${(base?.commit ?? '').slice(0, 12)})`;
  const against = base === null ? '' : `, compared with ${name(base.name)}${commit}`;
  return `${counted(files.length, 'file')} under the shard key ${by}${against}`;
}

/** `sql/orders.sql:12:1`; nobody finds a column in a log. */
export function placeText({ file, line, column }: QueryStatement, kind: string): string {
  return kind === 'sql' ? `${name(file)}:${line}:${column}` : `${name(file)}:${line}`;
}

export const kindsOf = ({ files }: QueriesDocument): ReadonlyMap<string, string> =>
  new Map(files.map(({ file, kind }) => [file, kind]));

/** What the gate says of a statement: `crosses shards`. */
export const statementWords = ({ offence }: QueryStatement): string =>
  offence === null ? 'cannot be read' : offenceWords[offence];

export const failedOf = ({ statements }: QueriesDocument): readonly QueryStatement[] =>
  statements.filter(({ status }) => status === 'failed');

/** Statements without a fate that do not fail. */
export const unknownOf = ({ statements }: QueriesDocument): readonly QueryStatement[] =>
  statements.filter(({ status }) => status === 'unread' || status === 'not-judged');

export const remarkPlace = ({ file, line }: QueryRemark): string | null =>
  file === null ? null : `${name(file)}:${line ?? 1}`;

/** Fates in words, and how many statements have each. */
export function fateCounts({ counts }: QueriesDocument): readonly (readonly [string, number])[] {
  const { single, reference, multi, scatter, notRunnable, notJudged, unread } = counts;
  const all = [
    ['one shard', single],
    ['any shard', reference],
    ['some shards', multi],
    ['all shards', scatter],
    ['not runnable', notRunnable],
    ['not judged: other tables', notJudged],
    ['not judged: cannot be read', unread],
  ] as const;
  return all.filter(([, count]) => count > 0);
}

/** What the counts do not show. */
export function countsText({ counts, base }: QueriesDocument): string {
  const { known, allowed, passedOver } = counts;
  const { definitions, settings, transactions, routines, loads } = passedOver;
  const other = [
    [definitions, 'DDL'],
    [settings, 'SET and the like'],
    [transactions, 'BEGIN, COMMIT and the like'],
    [routines, 'DO, CALL, CREATE FUNCTION'],
    [loads, 'COPY'],
  ] as const;
  const passed = other.flatMap(([count, what]) => (count === 0 ? [] : `${integer(count)} ${what}`));
  const parts = [
    ...(allowed === 0 ? [] : [`${integer(allowed)} allowed by a comment`]),
    ...(base === null || known === 0 ? [] : [`${integer(known)} known from the base`]),
    ...(passed.length === 0 ? [] : [`passed over: ${listed(passed)}`]),
  ];
  return parts.join('; ');
}
