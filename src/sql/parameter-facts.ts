import type { KeyValue } from '../scenario/layout-types.ts';
import type {
  Draw,
  DrawnValue,
  Script,
  ScriptParameter,
  ScriptStatement,
  Table,
  TableSet,
} from '../scenario/table-types.ts';
import { type Family, familyOfType } from './families.ts';
import type { ParameterFacts } from './key-sets.ts';

/** A column of a draw's row that an answer is known to be; null: its value is not known before. */
export type AnswerOf = (
  statement: number,
  column: string,
) => { readonly draw: number; readonly column: string } | { readonly constant: string } | null;

/** What is known of a statement's parameters before it runs. */
export function parameterFacts(
  { parameters, group }: ScriptStatement,
  script: Script,
  set: TableSet,
  answerOf: AnswerOf,
): ParameterFacts[] {
  const rows = new RowIdentities(script, set);
  return parameters.map((parameter, index): ParameterFacts => {
    if (parameter.kind === 'row') return rows.facts(parameter, { parameter: index + 1 });
    if (parameter.kind === 'value') {
      const { generator } = script.values[parameter.value] ?? {};
      const identity = `value ${parameter.value}`;
      return { identity, value: { parameter: index + 1 }, family: familyOfValue(generator) };
    }
    const identity = `answer ${parameter.statement} ${parameter.column}`;
    const known = answerOf(parameter.statement, parameter.column);
    if (known === null) return { identity, value: null, family: undefined };
    if ('constant' in known) {
      return { identity: `constant ${known.constant}`, value: known, family: undefined };
    }
    // What a group draws is there as long as its repetition lasts.
    const drawn = script.draws[known.draw];
    if (drawn === undefined || (drawn.group !== 0 && drawn.group !== group)) {
      return { identity, value: null, family: undefined };
    }
    return rows.facts({ kind: 'row', form: 'value', ...known }, known);
  });
}

function familyOfValue(generator: DrawnValue['generator'] | undefined): Family | undefined {
  if (generator?.kind === 'number') return generator.decimals === 0 ? 'int' : 'numeric';
  if (generator?.kind === 'date' || generator?.kind === 'json') return generator.kind;
  return 'text';
}

/** Names for values that are the same in every arrival, though different draws have them. */
class RowIdentities {
  readonly #script: Script;
  readonly #tables: ReadonlyMap<string, Table>;

  constructor(script: Script, set: TableSet) {
    this.#script = script;
    this.#tables = new Map(set.tables.map((table) => [table.name, table]));
  }

  facts(
    { draw, column, form }: Extract<ScriptParameter, { kind: 'row' }>,
    value: KeyValue,
  ): ParameterFacts {
    const drawn = this.#script.draws[draw];
    const table = this.#tables.get(drawn?.table ?? '');
    const type = table?.columns.find(({ name }) => name === column)?.type;
    const family = type === undefined ? undefined : familyOfType(type);
    const identity = form === 'value' ? this.#identity(draw, column) : `${form} ${draw} ${column}`;
    return { identity, value, family };
  }

  /** A parent's column is followed up to the row that it comes from. */
  #identity(draw: number, column: string): string {
    const drawn = this.#script.draws[draw];
    if (drawn === undefined || drawn.rows !== 1) return `row ${draw} ${column}`;
    return this.#from(this.#rowOf(draw, drawn), drawn.table, column, drawn);
  }

  #from(row: string, table: string, column: string, drawn: Draw): string {
    const { per, columns } = this.#tables.get(table) ?? { per: null, columns: [] };
    const generator = columns.find(({ name }) => name === column)?.generator;
    if (generator?.kind === 'tenant') return `tenant of ${this.#tenantOf(drawn)}`;
    if (generator?.kind !== 'parent' || per?.kind !== 'table') return `${row} ${table}.${column}`;
    // One step up at a time: the column may be that of a table further above.
    const parent = per.table;
    const above = this.#parentRow(row, parent);
    if (generator.table === parent) return this.#from(above, parent, generator.column, drawn);
    return this.#climb(above, parent, generator.table, generator.column, drawn);
  }

  #climb(row: string, table: string, to: string, column: string, drawn: Draw): string {
    const { per } = this.#tables.get(table) ?? { per: null };
    if (per?.kind !== 'table') return `${row} ${to}.${column}`;
    const above = this.#parentRow(row, per.table);
    return per.table === to
      ? this.#from(above, to, column, drawn)
      : this.#climb(above, per.table, to, column, drawn);
  }

  /** The row above one; a draw's own ancestor or parent by the name that it has as a draw. */
  #parentRow(row: string, parent: string): string {
    const index = /^row (\d+)$/.exec(row)?.[1];
    const from = index === undefined ? undefined : this.#script.draws[Number(index)]?.from;
    if (from?.kind === 'new' && from.parent !== null && this.#isOf(from.parent, parent))
      return this.#rowAt(from.parent);
    const isBelow = from?.kind === 'descendant' || from?.kind === 'eachChild';
    if (isBelow && this.#isOf(from.draw, parent)) return this.#rowAt(from.draw);
    return `${row} up ${parent}`;
  }

  #isOf(draw: number, table: string): boolean {
    return this.#script.draws[draw]?.table === table;
  }

  #rowAt(draw: number): string {
    const drawn = this.#script.draws[draw];
    return drawn === undefined ? `row ${draw}` : this.#rowOf(draw, drawn);
  }

  /** An ancestor is the row above another draw's. */
  #rowOf(draw: number, { from, table }: Draw): string {
    if (from.kind !== 'ancestor') return `row ${draw}`;
    let row = this.#rowAt(from.draw);
    let at = this.#script.draws[from.draw]?.table;
    while (at !== undefined && at !== table) {
      const per = this.#tables.get(at)?.per;
      if (per?.kind !== 'table') return `row ${draw}`;
      row = this.#parentRow(row, per.table);
      at = per.table;
    }
    return row;
  }

  #tenantOf(drawn: Draw): string {
    const { from } = drawn;
    if (from.kind === 'tenant') return 'arrival';
    if (from.kind === 'remote' || from.kind === 'nurand') return `draw ${drawn.name}`;
    const next = from.kind === 'new' ? from.parent : from.draw;
    const other = next === null ? undefined : this.#script.draws[next];
    return other === undefined ? 'arrival' : this.#tenantOf(other);
  }
}
