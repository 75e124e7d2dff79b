import { exitCodes } from '../base/exit-codes.ts';
import { type Fact, fact, type Unworded } from '../result/finding.ts';
import type { QueriesDocument, QueryStatus } from '../result/queries-document.ts';
import type { Allowance } from './allowances.ts';
import type { JudgedFile, JudgedQuery, QueryFile } from './judged-query.ts';
import { KnownOffences, type KnownOffence } from './known-offences.ts';
import { maskedSql } from './masked-sql.ts';

type Parts = Unworded<Pick<QueriesDocument, 'statements' | 'remarks' | 'counts' | 'verdict'>>;

export interface JudgedQueryFile {
  readonly file: QueryFile;
  readonly judged: JudgedFile;
}

export interface Settling {
  /** Whether what cannot be read fails. */
  readonly strict: boolean;
  /** What the base has; null: there is no base. */
  readonly known: readonly KnownOffence[] | null;
  /** About the whole, beside what is found in files. */
  readonly notes: readonly Fact[];
}

/** What of the base counts as known: an objection that was allowed there is none. */
export const knownOf = (files: readonly JudgedFile[]): readonly KnownOffence[] =>
  files
    .flatMap(({ queries }) => queries)
    .filter((query) => isObjectedTo(query) && allowanceOf(query) === undefined);

const isObjectedTo = ({ offence, unread }: JudgedQuery): boolean => offence !== null || unread;

const allowanceOf = ({ offence, allowances }: JudgedQuery): Allowance | undefined =>
  allowances.find((each) => each.offence === offence);

/** What fails, what the base has already, what is allowed, and what all that comes to. */
export function settle(files: readonly JudgedQueryFile[], settling: Settling): Parts {
  const { strict, known, notes } = settling;
  const queries = files.flatMap(({ judged }) => judged.queries);
  const objected = queries.filter((each) => isObjectedTo(each) && allowanceOf(each) === undefined);
  const logs = new Set(
    files.filter(({ file }) => file.kind !== 'sql').map(({ file }) => file.file),
  );
  const indexes = new KnownOffences(known ?? []).knownAmong(objected, (file) => logs.has(file));
  const old = new Set([...indexes].map((index) => objected[index]));
  const statuses = queries.map((query) => statusOf(query, old.has(query), strict));
  const remarks = [
    ...notes.map((finding) => ({ file: null, line: null, finding })),
    ...files.flatMap(({ file: { file }, judged: { facts } }) =>
      facts.map(({ line, fact: finding }) => ({ file, line, finding })),
    ),
    ...queries.flatMap(unusedAllowances),
  ];
  const statements = queries.map((query, index) => {
    const isLog = logs.has(query.file);
    return statementOf(query, statuses[index] ?? 'failed', isLog);
  });
  const counts = countsOf(statements, files);
  const faults = remarks.filter(({ finding: { severity } }) => severity === 'error').length;
  return { statements, remarks, counts, verdict: verdictOf(statements, faults, known !== null) };
}

function statusOf(query: JudgedQuery, isKnown: boolean, strict: boolean): QueryStatus {
  if (query.unread) return strict && !isKnown ? 'failed' : 'unread';
  if (query.fate === null) return 'not-judged';
  if (query.offence === null) return 'passed';
  if (allowanceOf(query) !== undefined) return 'allowed';
  return isKnown ? 'known' : 'failed';
}

/** One that allows what is not there hides what may come. */
function unusedAllowances({ file, fate, offence, allowances }: JudgedQuery) {
  if (fate === null) return [];
  return allowances
    .filter((each) => each.offence !== offence)
    .map(({ line, offence: allowed }) => {
      const names = { offence: allowed };
      return { file, line, finding: fact('allow-unused', { severity: 'warning', names }) };
    });
}

const shownMost = 200;

function statementOf(query: JudgedQuery, status: QueryStatus, isLog: boolean) {
  const { file, of, statement, fingerprint, fate, offence, reason } = query;
  const { line, column, endLine, calls } = statement;
  const words = (isLog ? maskedSql(statement.sql) : statement.sql).replaceAll(/\s+/g, ' ');
  const sql = words.slice(0, shownMost).replace(/[\ud800-\udbff]$/, '');
  const place = { file, line, column, endLine, of, calls };
  const allowedFor = status === 'allowed' ? (allowanceOf(query)?.reason ?? null) : null;
  return { ...place, sql, fingerprint, fate, offence, status, allowedFor, reason };
}

function countsOf(
  statements: Parts['statements'],
  files: readonly JudgedQueryFile[],
): Parts['counts'] {
  const single = statements.filter(({ of }) => of === 'statement');
  const byFate = (fate: string): number => single.filter((each) => each.fate === fate).length;
  const byStatus = (status: QueryStatus): number =>
    statements.filter((each) => each.status === status).length;
  const passedOver = { definitions: 0, settings: 0, transactions: 0, routines: 0, loads: 0 };
  for (const { judged } of files) {
    for (const [kind, count] of Object.entries(judged.passedOver)) {
      passedOver[kind as keyof typeof passedOver] += count;
    }
  }
  return {
    statements: single.length,
    single: byFate('single'),
    reference: byFate('reference'),
    multi: byFate('multi'),
    scatter: byFate('scatter'),
    notRunnable: byFate('notRunnable'),
    notJudged: byStatus('not-judged'),
    unread: single.filter(({ reason }) => reason?.code === 'statement-unread').length,
    failed: byStatus('failed'),
    known: byStatus('known'),
    allowed: byStatus('allowed'),
    passedOver,
  };
}

function verdictOf(
  statements: Parts['statements'],
  faults: number,
  hasBase: boolean,
): Parts['verdict'] {
  const failed = statements.filter(({ status }) => status === 'failed');
  const count = (offence: string | null): number =>
    failed.filter((each) => each.offence === offence).length;
  const base = hasBase ? 'yes' : 'no';
  const numbers = {
    failed: failed.length,
    scatter: count('scatter'),
    crossShard: count('cross-shard'),
    notRunnable: count('not-runnable'),
    keyUpdate: count('key-update'),
    unread: count(null),
  };
  const reasons = [
    ...(failed.length > 0
      ? [fact('queries-failed', { severity: 'error', numbers, names: { base } })]
      : []),
    ...(faults > 0
      ? [fact('query-remarks-failed', { severity: 'error', numbers: { faults } })]
      : []),
  ];
  if (reasons.length > 0) return { status: 'failed', exitCode: exitCodes.failed, reasons };
  const judged = statements.filter(({ fate, of }) => fate !== null && of === 'statement').length;
  const passed = fact('queries-passed', { numbers: { judged }, names: { base } });
  return { status: 'passed', exitCode: exitCodes.ok, reasons: [passed] };
}
