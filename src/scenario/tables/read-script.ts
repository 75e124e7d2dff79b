import type { Path, Problems } from '../problem.ts';
import type { Group, Repeat, Script, ScriptStatement } from '../table-types.ts';
import type { KnownNames, SqlReader } from '../vocabulary.ts';
import { type DrawInputs, type FlatScript, flatScript } from './flat-script.ts';
import { ScriptDraws } from './script-draws.ts';
import type { StepInput } from './script-input.ts';
import { reportFaults } from './sql-problems.ts';
import { checkScriptNames } from './script-name-faults.ts';
import { readParameters } from './script-parameters.ts';
import type { TableTree } from './table-tree.ts';

/** What scripts are read with. */
export interface ScriptContext {
  readonly tree: TableTree;
  readonly known: KnownNames;
  readonly reader: SqlReader;
  readonly problems: Problems;
}

/** A script as it is written. */
export interface WrittenScript {
  readonly steps: readonly StepInput[];
  readonly draws: { readonly inputs: DrawInputs | undefined; readonly path: Path };
  /** Of the list of steps, or of the operation whose only statement it is. */
  readonly path: Path;
  readonly isList: boolean;
  readonly kind: 'read' | 'write';
  readonly transaction: Script['transaction'];
  /** Whether it is the way round: it need not use all that the operation draws. */
  readonly isInstead: boolean;
}

/** Draws, groups and statements; undefined where something is wrong. */
export function readScript(written: WrittenScript, context: ScriptContext): Script | undefined {
  const { problems, tree, reader } = context;
  const before = problems.all.length;
  const flat = flatScript(written.steps, written.draws, written.path, written.isList, reader);
  checkSql(flat, written, context);
  checkScriptNames(flat, tree, problems);
  const draws = new ScriptDraws(flat, tree, problems);
  const statements = readStatements(flat, draws, context);
  const groups = flat.groups.map(
    ({ repeat, steps }): Group => ({
      repeat: repeat === null ? once : repeatOf(repeat.input, draws, repeat.path),
      steps,
    }),
  );
  if (problems.all.length === before && !written.isInstead) draws.reportUnused();
  if (problems.all.length > before) return undefined;
  const { transaction } = written;
  return { transaction, draws: draws.draws, values: draws.values, groups, statements };
}

const once: Repeat = { kind: 'times', from: 1, to: 1 };

function readStatements(
  flat: FlatScript,
  draws: ScriptDraws,
  { tree, problems }: ScriptContext,
): ScriptStatement[] {
  const begun = new Set<number>();
  draws.makeEntries(0);
  return flat.statements.map((statement, index): ScriptStatement => {
    const { group, read, input, path } = statement;
    if (group !== 0 && !begun.has(group)) draws.makeEntries(group);
    begun.add(group);
    const parameters = readParameters(statement, index, { flat, draws, tree, problems });
    return {
      sql: read.sql,
      text: read.text,
      parameters: parameters ?? [],
      as: input.as ?? null,
      group,
      path: path.slice(1),
      ...(input.deletedBelow && { deletedBelow: input.deletedBelow }),
    };
  });
}

function repeatOf(
  input: NonNullable<FlatScript['groups'][number]['repeat']>['input'],
  draws: ScriptDraws,
  path: Path,
): Repeat {
  if (input.kind === 'times') return input;
  const of = draws.drawOf(input.of, 0, path) ?? 0;
  return { kind: 'children', table: input.children, of, limit: input.limit };
}

const noOwnEnd = 'a way round ends as its operation does; allowed: no ROLLBACK';

const writeVerbs = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'copy']);

/** They would begin or end a transaction within that of the operation. */
const ownTransaction = new Set(['begin', 'start', 'commit', 'end', 'abort']);
/** What is no work of an application's operation, and cannot be prepared. */
const noWork = new Set(['create', 'alter', 'drop', 'grant', 'revoke', 'comment', 'vacuum', 'copy']);

/** What the grammar refuses, and names of no table or column. */
function checkSql(
  flat: FlatScript,
  { kind, isInstead }: WrittenScript,
  context: ScriptContext,
): void {
  const { reader, known, problems } = context;
  for (const { read, path } of flat.statements) {
    const faulty = reportFaults(read, path, problems);
    if (kind === 'read' && writeVerbs.has(read.verb)) {
      problems.add(path, `begins with ${read.verb.toUpperCase()} in an operation of kind read`);
    }
    if (read.verb === 'rollback') {
      problems.add(
        path,
        isInstead ? noOwnEnd : 'ROLLBACK may stand only at the end of several statements',
      );
    }
    if (ownTransaction.has(read.verb)) {
      const verb = read.verb.toUpperCase();
      const text = `${verb} is sent by itself; allowed: transaction: interactive`;
      problems.add(path, text);
    }
    if (noWork.has(read.verb)) {
      const verb = read.verb.toUpperCase();
      problems.add(path, `found ${verb}; allowed: SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES`);
    }
    if (faulty) continue;
    for (const { text, at } of reader.unknownNames(read, known)) problems.add(path, text, at);
  }
}
