import type { Script, ScriptParameter, Table, TableSet } from '../scenario/table-types.ts';
import type { Block } from './blocks.ts';
import { classesOf, type Classes } from './classes.ts';
import { exported } from './conditions.ts';
import { instancesOf } from './instances.ts';
import type { AnswerOf } from './parameter-facts.ts';
import type { StatementFacts } from './script-facts.ts';
import type { Term } from './terms.ts';

type Answer = ReturnType<AnswerOf>;

/**
 * What a column of a statement's answer is known to be before it runs: a parameter that it was
 * pinned to, or a column of a draw's row where that row is what the statement looked up.
 */
export function answerFrom(
  { analysis: { block }, statement, parameters }: StatementFacts,
  column: string,
  script: Script,
  set: TableSet,
  updated: ReadonlySet<string>,
): Answer {
  if (block === null || block.kind === 'set') return null;
  const term = block.outputs.find(({ name }) => name === column)?.term ?? null;
  if (term === null) return null;
  const classes = classesOf(exported(block));
  const values = classes.of(term).flatMap((each): NonNullable<Answer>[] => {
    if (each.kind !== 'parameter') return [];
    const value = parameters[each.number - 1]?.value ?? null;
    if (value !== null && 'draw' in value) return [value];
    const parameter = statement.parameters[each.number - 1];
    return isOneRow(parameter, script) ? [{ draw: parameter.draw, column: parameter.column }] : [];
  });
  const [first] = values;
  if (first !== undefined) return first;
  return lookedUp(term, block, classes, statement.parameters, script, set, updated);
}

function isOneRow(
  parameter: ScriptParameter | undefined,
  script: Script,
): parameter is Extract<ScriptParameter, { kind: 'row' }> {
  if (parameter?.kind !== 'row' || parameter.form !== 'value') return false;
  return script.draws[parameter.draw]?.rows === 1;
}

/** A column of the table whose unique columns are those of one draw's row of it. */
function lookedUp(
  term: Term,
  block: Block,
  classes: Classes,
  parameters: readonly ScriptParameter[],
  script: Script,
  set: TableSet,
  updated: ReadonlySet<string>,
): Answer {
  if (term.kind !== 'column') return null;
  const instance = instancesOf(block).find(({ id }) => id === term.instance);
  const table = set.tables.find(({ name }) => name === instance?.table);
  if (table === undefined || !isFixed(table, term.column, updated)) return null;
  const uniques = [table.primary, ...table.unique].filter((columns) => columns.length > 0);
  for (const [draw, drawn] of script.draws.entries()) {
    if (drawn.table !== table.name || drawn.rows !== 1) continue;
    const isPinned = (column: string): boolean =>
      parameters.some((parameter, index) => {
        const { kind } = parameter;
        if (kind !== 'row' || parameter.draw !== draw || parameter.column !== column) return false;
        if (parameter.form !== 'value') return false;
        const own: Term = { kind: 'column', instance: term.instance, column };
        return classes.same(own, { kind: 'parameter', number: index + 1 });
      });
    if (uniques.some((columns) => columns.every(isPinned))) return { draw, column: term.column };
  }
  return null;
}

/** Whether a row still has the value that it was made with. */
function isFixed({ name, columns }: Table, column: string, updated: ReadonlySet<string>): boolean {
  const { generator = null, nulls = 0 } = columns.find((each) => each.name === column) ?? {};
  return generator !== null && nulls === 0 && !updated.has(`${name}.${column}`);
}
