import { exitCodes } from '../../base/exit-codes.ts';
import { type Steps, within } from '../../base/steps.ts';
import { UserError } from '../../base/user-error.ts';
import { inTurns } from '../../host/turns.ts';
import { judgedFile } from '../../queries/judged-file.ts';
import type { JudgedFile } from '../../queries/judged-query.ts';
import { type QueryTables, queryTables } from '../../queries/query-tables.ts';
import { type JudgedQueryFile, knownOf, settle } from '../../queries/settled-queries.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { QueriesDocument } from '../../result/queries-document.ts';
import type { Scenario } from '../../scenario/types.ts';
import { type Grammar, loadGrammar } from '../../sql/grammar.ts';
import { sqlReader } from '../../sql/sql-reader.ts';
import { worded } from '../../wording/worded.ts';
import { readScenario } from '../scenario/load-scenario.ts';
import { queryBase, type QueryBase } from './base-queries.ts';
import { chosenStrategy, keysOf, type QueryFlags } from './query-choices.ts';
import { type QueryReading, readQueryFile, type ReadQueryFile } from './query-file.ts';
import { givenPaths, sqlEndings, sqlFilesIn } from './query-paths.ts';

export interface QueryCheck {
  /** Files of SQL, folders of them, and logs, as they were given. */
  readonly given: readonly string[];
  readonly flags: QueryFlags;
  readonly about: Pick<QueriesDocument, 'startedAt' | 'environment'>;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction: number) => void;
}

/** What becomes of each statement under a shard key, and which of them fail. */
export async function checkQueries(check: QueryCheck): Promise<QueriesDocument> {
  const { flags, signal, about } = check;
  const given = await givenPaths(check.given);
  const read = await readScenario(flags.scenario, {}, 'plan');
  const { scenario, layouts } = read;
  const strategy = chosenStrategy(scenario.strategies, flags.strategy);
  const grammar = await loadGrammar();
  const tables = queryTables(scenario, strategy, layouts, sqlReader(grammar));
  const reading: QueryReading = {
    signal,
    report: (done) => check.report(done, 0),
    ...(flags.prefix !== undefined && { prefix: flags.prefix }),
  };
  const head = await headFiles(given, reading);
  const base =
    flags.base === undefined
      ? null
      : await queryBase({ named: flags.base, given, head, key: strategy.key }, reading);
  const judging = { tables, grammar, report: check.report, signal };
  const judged = await judgeAll(head, judging);
  const before = await judgeAll(base?.files ?? [], judging);
  const settled = settle(judged, {
    strict: flags.strict === true,
    known: base && [...base.known, ...knownOf(before.map((each) => each.judged))],
    notes: notesOf(scenario, strategy.key, flags, base, judged),
  });
  return {
    schema: 'shardlab/queries/v1',
    ...about,
    scenario: { name: scenario.name, file: flags.scenario },
    strategy: { name: strategy.name, key: strategy.key, router: strategy.router },
    strict: flags.strict === true,
    base: base?.about ?? null,
    files: judged.map(({ file: { file, kind }, judged: { queries } }) => {
      const statements = queries.filter(({ of }) => of === 'statement').length;
      return { file, kind, statements };
    }),
    counts: settled.counts,
    statements: settled.statements.map(({ reason, ...statement }) => {
      return { ...statement, reason: reason && worded(reason) };
    }),
    remarks: settled.remarks.map(({ finding, ...place }) => {
      return { ...place, finding: worded(finding) };
    }),
    verdict: { ...settled.verdict, reasons: settled.verdict.reasons.map(worded) },
  };
}

async function headFiles(
  given: Awaited<ReturnType<typeof givenPaths>>,
  reading: QueryReading,
): Promise<readonly ReadQueryFile[]> {
  const names = new Set<string>();
  for (const { name, isFolder } of given) {
    if (!isFolder) names.add(name);
    else for (const file of await sqlFilesIn(name, '.')) names.add(file);
  }
  if (names.size === 0) {
    const folders = given.map(({ name }) => name).join(', ');
    throw new UserError(`there is no file of SQL in ${folders}`, {
      exitCode: exitCodes.usage,
      hint: `looked for: ${sqlEndings.map((ending) => `*.${ending}`).join(', ')}`,
    });
  }
  const files: ReadQueryFile[] = [];
  for (const name of names) files.push(await readQueryFile(name, name, reading));
  return files;
}

interface Judging extends Pick<QueryCheck, 'report' | 'signal'> {
  readonly tables: QueryTables;
  readonly grammar: Grammar;
}

function judgeAll(
  files: readonly ReadQueryFile[],
  { tables, grammar, report, signal }: Judging,
): Promise<readonly JudgedQueryFile[]> {
  const steps = function* (): Steps<JudgedQueryFile[]> {
    const judged: JudgedQueryFile[] = [];
    for (const [index, file] of files.entries()) {
      const own = judgedFile(file, tables, grammar);
      const share = 1 / files.length;
      const found = yield* within(own, index * share, (index + 1) * share);
      signal.throwIfAborted();
      judged.push({ file, judged: withFacts(found, file) });
    }
    return judged;
  };
  return inTurns(steps(), (fraction) => {
    signal.throwIfAborted();
    report('judging statements', fraction);
  });
}

const withFacts = (judged: JudgedFile, { facts }: ReadQueryFile): JudgedFile => ({
  ...judged,
  facts: [...facts, ...judged.facts],
});

/** What concerns all files. */
function notesOf(
  { strategies }: Scenario,
  key: string,
  { strategy }: QueryFlags,
  base: QueryBase | null,
  judged: readonly JudgedQueryFile[],
): readonly Fact[] {
  const keys = keysOf(strategies).filter((each) => each !== key);
  const files = base?.missing ?? [];
  const routines = judged.reduce((sum, each) => sum + each.judged.passedOver.routines, 0);
  return [
    ...(strategy === undefined && keys.length > 0 ? [fact('other-keys', { names: { keys } })] : []),
    ...(base === null || files.length === 0
      ? []
      : [fact('files-not-in-base', { names: { base: base.about.name, files } })]),
    ...(routines === 0
      ? []
      : [fact('routines-not-read', { severity: 'warning', numbers: { routines } })]),
  ];
}
