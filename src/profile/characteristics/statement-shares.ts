import type { Fate, StatementLayout } from '../../scenario/layout-types.ts';
import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import { fact, type Unworded } from '../../result/finding.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import { statementFate } from '../../sql/statement-fate.ts';
import type { CandidateKey } from '../evidence.ts';
import { writesOf } from '../keys/analysed-templates.ts';
import { byText } from '../keys/key-columns.ts';
import type { KeyPlacing } from './key-placing.ts';
import { shownSql } from './query-rows.ts';
import type { WeighedStatement, WeighedStatements } from './weighed-statements.ts';

type BindShare = NonNullable<CandidateCharacteristics['bindShare']>;

/** What becomes of the statements under one key. */
export type StatementShares = Pick<
  Unworded<CandidateCharacteristics>,
  | 'bindShare'
  | 'bindShareReads'
  | 'bindShareWrites'
  | 'bindShareByTime'
  | 'ninetyPercentRule'
  | 'frequent'
  | 'keyUpdates'
  | 'coLocatedJoins'
>;

export interface KeyShares {
  readonly shares: StatementShares;
  /**
   * Share of the calls that go to one shard by this very key, or to any: tables that lie by keys of
   * their own, or on one shard, do not speak for it. null without queries.
   */
  readonly boundByKey: number | null;
  /** Share of the calls that write the key with all of a row, as many libraries save objects. */
  readonly writtenWithRow: number;
}

interface Fated {
  readonly statement: WeighedStatement;
  readonly layout: StatementLayout;
}

export function statementShares(
  candidate: CandidateKey,
  { statements, calls }: WeighedStatements,
  { placing, set }: KeyPlacing,
): KeyShares {
  const fated = statements.map((statement): Fated => {
    const layout = statementFate(statement.analysis, statement.parameters, placing);
    return { statement, layout };
  });
  const of = (kind: WeighedStatement['kind']) =>
    fated.filter(({ statement }) => statement.kind === kind);
  const bindShare = shares(fated, callsOf);
  const changing = fated.filter((each) => changesKey(each, candidate));
  const isWhole = ({ statement }: Fated): boolean => savesWholeRows(statement, set);
  const bound = fated.filter(({ layout }) => isByKey(layout));
  const boundByKey = calls === 0 ? null : sumOf(bound) / calls;
  const all: StatementShares = {
    bindShare,
    bindShareReads: shares(of('read'), callsOf),
    bindShareWrites: shares(of('write'), callsOf),
    bindShareByTime: shares(
      fated.filter(({ statement }) => statement.template.totalMs !== null),
      ({ statement }) => statement.template.totalMs ?? 0,
    ),
    ninetyPercentRule: bindShare === null ? null : boundBy(bindShare) >= ninetyPercent,
    frequent: frequentOf(fated, calls),
    keyUpdates: calls === 0 ? null : sumOf(changing.filter((each) => !isWhole(each))) / calls,
    coLocatedJoins: joinsOf(fated, calls),
  };
  const writtenWithRow = calls === 0 ? 0 : sumOf(changing.filter(isWhole)) / calls;
  return { shares: all, boundByKey, writtenWithRow };
}

function isByKey({ fate, route }: StatementLayout): boolean {
  if (fate === 'reference') return true;
  return fate === 'single' && route.to === 'keys' && route.router === 'main';
}

/** What one shard (or any) answers. */
const boundBy = ({ single, reference }: BindShare): number => single + reference;

/** Sums of shares are off by rounding. */
const ninetyPercent = 0.9 - 1e-9;

const callsOf = ({ statement }: Fated): number => statement.template.calls;

/** null where there is nothing to share out. */
function shares(fated: readonly Fated[], weightOf: (each: Fated) => number): BindShare | null {
  const sums: Record<Fate, number> = {
    single: 0,
    multi: 0,
    scatter: 0,
    reference: 0,
    notRunnable: 0,
  };
  let all = 0;
  for (const each of fated) {
    const weight = weightOf(each);
    sums[each.layout.fate] += weight;
    all += weight;
  }
  if (all === 0) return null;
  const { single, multi, scatter, reference, notRunnable } = sums;
  return {
    single: single / all,
    multi: multi / all,
    scatter: scatter / all,
    reference: reference / all,
    notRunnable: notRunnable / all,
  };
}

const frequentMost = 3;

function frequentOf(fated: readonly Fated[], calls: number): StatementShares['frequent'] {
  const sorted = fated.toSorted(
    (one, other) =>
      callsOf(other) - callsOf(one) ||
      byText(one.statement.template.sql, other.statement.template.sql),
  );
  return sorted.slice(0, frequentMost).map(({ statement, layout }) => {
    const sql = shownSql(statement.template.sql);
    const { fate, reason } = layout;
    const share = calls === 0 ? 0 : statement.template.calls / calls;
    if (reason === undefined) return { sql, share, fate };
    const names = [...new Set(reason.names.filter((name) => name !== ''))];
    const of = names.length === 0 ? {} : { names: { names } };
    return { sql, share, fate, reason: fact(`statement-${reason.code}`, of) };
  });
}

/** Whether it gives a row of one of the key's tables another value of the key, or may do so. */
function changesKey({ layout: { reason } }: Fated, { columns }: CandidateKey): boolean {
  const [table] = reason?.names ?? [];
  return reason?.code === 'key-changed' && columns.some((each) => each.table === table);
}

const sumOf = (list: readonly Fated[]): number =>
  list.reduce((sum, each) => sum + callsOf(each), 0);

const wholeShareLeast = 0.8;
const wholeColumnsLeast = 3;

/** Sets about all columns: what has changed of them, if anything, it does not say. */
function savesWholeRows({ analysis }: WeighedStatement, { tables }: TableSet): boolean {
  return writesOf(analysis).some(({ table, sets }) => {
    const { columns = [], primary = [] } = tables.find(({ name }) => name === table) ?? {};
    const others = columns.filter(({ name }) => !primary.includes(name)).length;
    return sets.length >= Math.max(wholeColumnsLeast, wholeShareLeast * others);
  });
}

const apart: ReadonlySet<string> = new Set(['join-not-co-located', 'home-and-sharded']);

function joinsOf(fated: readonly Fated[], calls: number): StatementShares['coLocatedJoins'] {
  const joining = fated.filter(({ statement }) => statement.joins);
  const local = joining.filter(({ layout: { fate, reason } }) => {
    return fate !== 'notRunnable' || !apart.has(reason?.code ?? '');
  });
  const shareOf = (list: readonly Fated[]): number => (calls === 0 ? 0 : sumOf(list) / calls);
  const [all, met] = [shareOf(joining), shareOf(local)];
  return { local: met, joins: all, share: all === 0 ? null : met / all };
}
