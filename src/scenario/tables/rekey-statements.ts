import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path } from '../problem.ts';
import type { Table } from '../table-types.ts';
import type { DrawInputs } from './flat-script.ts';
import type { ScriptContext } from './read-script.ts';
import { quoted, type RekeyedRow, RekeyedRows, type TableOfRow } from './rekeyed-rows.ts';
import type { RekeyInput, ScriptOperationInput, SqlInput } from './script-input.ts';

/** Draw of the new value. */
const toName = 'to';

/**
 * The statements of an operation that changes a key's value: updates, and where these would change
 * where rows lie, a way round that moves them; undefined, and what is wrong, where there are none.
 */
export function rekeyStatements(
  input: ScriptOperationInput,
  rekey: RekeyInput,
  path: Path,
  context: ScriptContext,
): ScriptOperationInput | undefined {
  if (input.kind === 'read') {
    context.problems.add([...path, 'kind'], 'found read, but rekey writes; allowed: write');
    return undefined;
  }
  const row = readRow(rekey, input.draw ?? {}, path, context);
  if (row === undefined) return undefined;
  const { to } = rekey;
  const draw = { ...input.draw, ...(typeof to !== 'string' && { [toName]: to }) };
  const rows = new RekeyedRows(row, context.tree);
  const fault = faultOf(rows);
  if (fault !== undefined) {
    context.problems.add([...path, 'rekey', 'column'], fault);
    return undefined;
  }
  const moves = rows.tables.toReversed().map((each) => leave(rows, each));
  moves.push(...rows.tables.map((each) => arrive(rows, each)));
  if (rows.isReferenced) return { ...input, draw, statements: moves };
  const updates = rows.tables.toReversed().map((each) => update(rows, each));
  return { ...input, draw, statements: updates, instead: moves };
}

function readRow(
  { row, column, to }: RekeyInput,
  draws: DrawInputs,
  path: Path,
  { tree, problems }: ScriptContext,
): RekeyedRow | undefined {
  const add = (key: string, text: string): undefined => {
    problems.add([...path, 'rekey', key], text);
    return undefined;
  };
  const entry = draws[row];
  const table = tree.table(entry?.kind === 'row' ? (entry.table ?? row) : row);
  if (table === undefined || entry?.kind === 'value') {
    const entries = Object.entries(draws).flatMap(([name, { kind }]) =>
      kind === 'row' ? [name] : [],
    );
    const names = [...new Set([...entries, ...tree.tables.map(({ name }) => name)])];
    return add('row', mismatchAmong(row, names, suggest(row, names)));
  }
  if (entry?.kind === 'row' && (entry.rows ?? 1) > 1) {
    return add('row', `${row} has ${entry.rows} rows; allowed: a draw of one row`);
  }
  if (table.primary.length === 0) {
    return add('row', `${table.name} has no primary key; allowed: a table with one`);
  }
  const filled = filledColumns(table);
  if (!filled.includes(column)) {
    return add('column', mismatchAmong(column, filled, suggest(column, filled)));
  }
  if (typeof to === 'string') return { draw: row, table, column, to: `:${to}` };
  if (draws[toName] !== undefined) {
    const text = `${toName} is the name of the new value; allowed: another name for the draw`;
    problems.all.push({ path: [...path, 'draw', toName], at: 'key', text });
    return undefined;
  }
  return { draw: row, table, column, to: `:${toName}` };
}

const filledColumns = ({ columns }: Table): readonly string[] =>
  columns.flatMap(({ name, generator }) => (generator === null ? [] : [name]));

/** Why the rows that hang on the row cannot be found, or cannot go along. */
function faultOf(rows: RekeyedRows): string | undefined {
  const { table: top, column } = rows.row;
  for (const { table } of rows.tables) {
    if (rows.conditions(table, true) !== undefined) continue;
    return (
      `${table.name} has a copy of ${top.name}.${column}, but nothing that says on which row of ` +
      `${top.name} it hangs; allowed: copies beside a parent column for each column of the ` +
      `primary key of ${top.name}`
    );
  }
  const left = rows.isReferenced ? rows.leftBehind[0] : undefined;
  return left === undefined
    ? undefined
    : `a foreign key holds it, and ${left.name} points to rows that would have to move but has ` +
        `no copy of it; allowed: a copy (parent: ${top.name}.${column}) in ${left.name}`;
}

function update(rows: RekeyedRows, { table, copies }: TableOfRow): SqlInput {
  const sets = copies.map((each) => `${quoted(each)} = ${rows.row.to}`).join(', ');
  return plain(`update ${quoted(table.name)} set ${sets} where ${where(rows, table, false)}`);
}

/**
 * Deletes rows, and answers with all of them in one; none where they have the new value already:
 * were they inserted at the same place, another move that waits for them would find some of them.
 */
function leave(rows: RekeyedRows, { table, copies }: TableOfRow): SqlInput {
  const moves = copies.map((each) => ` and ${quoted(each)} <> ${rows.row.to}`).join('');
  const sql =
    `with "gone rows" as (delete from ${quoted(table.name)} where ${where(rows, table, true)}` +
    `${moves} returning *) select coalesce(json_agg("gone rows"), '[]') as rows from "gone rows"`;
  return { ...plain(sql), as: leftName(table), deletedBelow: rows.pointingTo(table) };
}

/**
 * Inserts what was deleted. What is known of it from the row itself is said by that, so that the
 * grammar knows as well where it goes.
 */
function arrive(rows: RekeyedRows, { table, copies }: TableOfRow): SqlInput {
  const names = table.columns.map(({ name }) => name);
  const values = names.map((name) => {
    if (copies.includes(name)) return rows.row.to;
    const own = rows.ownColumn(table, name);
    return own === undefined ? quoted(name) : `:${rows.row.draw}.${own}`;
  });
  return plain(
    `insert into ${quoted(table.name)} (${names.map(quoted).join(', ')}) ` +
      `select ${values.join(', ')} from ` +
      `json_populate_recordset(null::${quoted(table.name)}, :${leftName(table)}.rows::json)`,
  );
}

const leftName = ({ name }: Table): string => `${name}_left`;

const where = (rows: RekeyedRows, table: Table, withKey: boolean): string =>
  (rows.conditions(table, withKey) ?? []).join(' and ');

const plain = (sql: string): SqlInput => ({
  kind: 'sql',
  sql,
  as: undefined,
  binds: undefined,
  isMap: false,
  deletedBelow: undefined,
});
