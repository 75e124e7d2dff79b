import { suggest } from '../../base/suggest.ts';
import type { Problems } from '../problem.ts';
import type { ScriptParameter } from '../table-types.ts';
import type { FlatScript, FlatStatement } from './flat-script.ts';
import type { ScriptDraws } from './script-draws.ts';
import { columnForm, type ColumnForm, parameterName, tableOfNew } from './script-names.ts';
import { risesWithTime } from './rising.ts';
import type { TableTree } from './table-tree.ts';

export interface ParameterContext {
  readonly flat: FlatScript;
  readonly draws: ScriptDraws;
  readonly tree: TableTree;
  readonly problems: Problems;
}

/** What $1, $2 ... of a statement stand for; undefined where one of them is nothing. */
export function readParameters(
  statement: FlatStatement,
  index: number,
  context: ParameterContext,
): readonly ScriptParameter[] | undefined {
  const read = statement.read.names.map((name) => {
    const found = readParameter(name, statement, index, context);
    if (typeof found !== 'string') return found;
    const within = statement.read.sql.indexOf(`:${name}`);
    context.problems.add(statement.path, found, within === -1 ? undefined : within);
    return undefined;
  });
  const sound = read.filter((each) => each !== undefined);
  return sound.length === read.length ? sound : undefined;
}

/** The parameter, or what is wrong with it; undefined where that has been reported. */
function readParameter(
  name: string,
  { group, path }: FlatStatement,
  index: number,
  context: ParameterContext,
): ScriptParameter | string | undefined {
  const parsed = parameterName(name);
  if (parsed === undefined) return bareRow(name, context) ?? unknown(name, group, context);
  const { draws, flat } = context;
  if (parsed.kind === 'word') {
    const value = draws.valueOf(parsed.word, group);
    if (value !== undefined) return { kind: 'value', value };
    return bareRow(name, context) ?? unknown(name, group, context);
  }
  const answered = flat.statements.findIndex(({ input }) => input.as === parsed.of);
  if (answered !== -1) return answer(parsed, answered, index, context);
  if (!draws.knows(parsed.of, group)) return unknown(name, group, context);
  draws.use(parsed.of, group);
  const draw = draws.drawOf(parsed.of, group, path);
  const { table = '', rows = 1 } = draw === undefined ? {} : (draws.draws[draw] ?? {});
  if (draw === undefined) return undefined;
  const columns = context.tree.table(table)?.columns.map((column) => column.name) ?? [];
  const form = columnForm(parsed.column, columns);
  if (form === undefined) {
    const meant = suggest(parsed.column, columns);
    const end = meant === undefined ? '' : `; did you mean :${parsed.of}.${meant}?`;
    const allowed = `:${parsed.of}. and a column of ${table}: ${columns.join(', ')}`;
    return `found :${name}; allowed: ${allowed}${end}`;
  }
  return formFault(name, parsed.of, table, form, rows, context) ?? { kind: 'row', draw, ...form };
}

/** `:orders` and `:new.orders` name a row without saying which column of it. */
function bareRow(name: string, { tree }: ParameterContext): string | undefined {
  const table = tree.table(tableOfNew(name) ?? name);
  if (table === undefined) return undefined;
  const columns = table.columns.map((column) => column.name).join(', ');
  return `found the row :${name}; allowed: :${name}. and a column: ${columns}`;
}

function answer(
  { of, column }: { readonly of: string; readonly column: string },
  answered: number,
  index: number,
  { flat }: ParameterContext,
): ScriptParameter | string {
  const from = flat.statements[answered]?.group ?? 0;
  const group = flat.statements[index]?.group ?? 0;
  if (answered >= index) {
    const allowed = "an earlier statement's answer";
    return `found :${of}.${column}, but ${of} is answered later; allowed: ${allowed}`;
  }
  if (from !== 0 && from !== group) {
    return (
      `found :${of}.${column}, but ${of} is answered within another repetition; ` +
      'allowed: an answer of the operation itself, or of the same repetition'
    );
  }
  return { kind: 'answer', statement: answered, column };
}

/** Lists and ranges are of several rows, and ranges of rows that follow one another. */
function formFault(
  name: string,
  of: string,
  table: string,
  { column, form }: ColumnForm,
  rows: number,
  { tree }: ParameterContext,
): string | undefined {
  if (form === 'value') return undefined;
  if (rows === 1) {
    const own = of === table ? '' : `table: ${table}, `;
    const several = `draw: { ${of}: { ${own}rows: 5 } }`;
    return `found :${name}, of one row; allowed: with several, such as ${several}`;
  }
  if (form === 'list') return undefined;
  const columns = tree.table(table)?.columns ?? [];
  const rising = columns.filter((each) => risesWithTime(each.generator)).map((each) => each.name);
  if (rising.includes(column)) return undefined;
  return (
    `a range of ${of}.${column} is not a range of adjacent rows; allowed: a range of ` +
    (rising.length === 0 ? `no column of ${table}` : rising.join(', '))
  );
}

function unknown(name: string, group: number, { draws, flat }: ParameterContext): string {
  const rows = draws.namesSeen(group);
  const answers = flat.statements.flatMap(({ input }) => input.as ?? []);
  const values = draws.values.map((value) => value.name);
  const [first = ''] = name.split('.');
  const forms = [
    ':table.column, :draw.column, :new.table.column',
    ...(values.length === 0 ? [] : [`the values ${values.map((each) => `:${each}`).join(', ')}`]),
    ...(answers.length === 0
      ? []
      : [`answers ${answers.map((each) => `:${each}.column`).join(', ')}`]),
  ];
  if (first === 'other') {
    return (
      `found :${name}; allowed: a draw of another tenant's row, such as ` +
      `draw: { other_row: { table: ${rows[0] ?? 'users'}, remote: 1 } }`
    );
  }
  const isWord = !name.includes('.');
  const [head, ...rest] = first === 'new' ? name.split('.').slice(1) : name.split('.');
  const near = suggest(head ?? '', isWord ? values : [...rows, ...answers]);
  const prefix = first === 'new' ? 'new.' : '';
  const end =
    near === undefined ? '' : `; did you mean :${[`${prefix}${near}`, ...rest].join('.')}?`;
  return `found the unknown parameter :${name}; allowed: ${forms.join('; ')}${end}`;
}
