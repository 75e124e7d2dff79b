import type { Table, TableColumn } from '../../scenario/table-types.ts';
import type { SqlToken } from '../../sql/tokens.ts';
import type { SqlEdit } from '../sql-edits.ts';
import { quotedName } from './quoted-name.ts';

/** What an INSERT needs so that it makes new rows whenever it runs. */
export interface InsertedRows {
  readonly edits: readonly SqlEdit[];
  /** How many rows it makes; one of them stays. */
  readonly rows: number;
  /** What is cut out: nothing in it is edited by itself. */
  readonly cut: { readonly start: number; readonly end: number } | null;
  /** Columns that have to have a value, but cannot be given one here. */
  readonly missing: readonly string[];
  /** Those that are given one, though the template leaves them to the database. */
  readonly filled: readonly string[];
}

/** @param fresh SQL of a column of a new row; undefined: the default holds */
export function insertedRows(
  tokens: readonly SqlToken[],
  table: Table,
  columns: readonly string[] | undefined,
  fresh: (column: TableColumn) => string | undefined,
): InsertedRows {
  const at = outerWord(tokens, 'values');
  const isDefault = at > 0 && tokens[at - 1]?.text.toLowerCase() === 'default';
  const groups = at === -1 || isDefault ? [] : groupsFrom(tokens, at + 1);
  const [first] = groups;
  const last = groups.at(-1);
  const all = table.columns.map(({ name }) => name);
  // Fewer values than columns are those of the first columns.
  const values = first === undefined ? 0 : valuesIn(tokens, first).length;
  const names = columns ?? (first === undefined && !isDefault ? all : all.slice(0, values));
  const needed = table.columns.filter(
    ({ name, nulls, default: sql }) => nulls === 0 && sql === null && !names.includes(name),
  );
  if (first === undefined || last === undefined) {
    const missing = needed.map(({ name }) => name);
    return { edits: [], rows: 1, cut: null, missing, filled: [] };
  }
  const cut = first === last ? null : { start: endOf(tokens, first), end: endOf(tokens, last) };
  const edits = [
    ...(cut === null ? [] : [{ ...cut, text: '' }]),
    ...withoutOverriding(tokens, at),
    ...columnEdits(tokens, at, columns === undefined ? names : [], needed),
    ...valueEdits(tokens, first, names, table, fresh),
    ...needed.map((column) => insertion(startOfClose(tokens, first), fresh(column))),
  ];
  const filled = needed.map(({ name }) => name);
  return { edits, rows: groups.length, cut, missing: [], filled };
}

/** Index of a word outside of all brackets; -1 without one. */
function outerWord(tokens: readonly SqlToken[], word: string): number {
  let depth = 0;
  return tokens.findIndex(({ text }) => {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return depth === 0 && text.toLowerCase() === word;
  });
}

/** Indexes of the first and the last token within brackets. */
interface Group {
  readonly open: number;
  readonly close: number;
}

function groupsFrom(tokens: readonly SqlToken[], from: number): Group[] {
  const groups: Group[] = [];
  for (let open = from; tokens[open]?.text === '('; ) {
    const close = closeOf(tokens, open);
    groups.push({ open, close });
    if (tokens[close + 1]?.text !== ',') break;
    open = close + 2;
  }
  return groups;
}

function closeOf(tokens: readonly SqlToken[], open: number): number {
  let depth = 0;
  const at = tokens.findIndex(({ text }, index) => {
    if (index < open) return false;
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    return depth === 0;
  });
  return at === -1 ? tokens.length - 1 : at;
}

const endOf = (tokens: readonly SqlToken[], { close }: Group): number => tokens[close]?.end ?? 0;

const startOfClose = (tokens: readonly SqlToken[], { close }: Group): number =>
  tokens[close]?.start ?? 0;

const insertion = (at: number, sql = 'default'): SqlEdit => ({
  start: at,
  end: at,
  text: `, ${sql}`,
});

/** OVERRIDING SYSTEM VALUE speaks of identity columns, which a scenario does not have. */
function withoutOverriding(tokens: readonly SqlToken[], values: number): SqlEdit[] {
  const first = tokens[values - 3];
  const last = tokens[values - 1];
  if (first?.text.toLowerCase() !== 'overriding' || last === undefined) return [];
  return [{ start: first.start, end: last.end, text: '' }];
}

/** All columns where none are named, and those that must have a value. */
function columnEdits(
  tokens: readonly SqlToken[],
  values: number,
  all: readonly string[],
  needed: readonly TableColumn[],
): SqlEdit[] {
  const names = [...all, ...needed.map(({ name }) => name)];
  if (names.length === 0) return [];
  const isOverriding = tokens[values - 3]?.text.toLowerCase() === 'overriding';
  const before = tokens[values - (isOverriding ? 4 : 1)];
  if (before === undefined) return [];
  const list = names.map(quotedName).join(', ');
  return all.length > 0
    ? [{ start: before.end, end: before.end, text: ` (${list})` }]
    : [{ start: before.start, end: before.start, text: `, ${list}` }];
}

/** DEFAULT and nextval of columns that have their values from the scenario. */
function valueEdits(
  tokens: readonly SqlToken[],
  group: Group,
  names: readonly string[],
  table: Table,
  fresh: (column: TableColumn) => string | undefined,
): SqlEdit[] {
  return valuesIn(tokens, group).flatMap(({ first, last }, index) => {
    const column = table.columns.find(({ name }) => name === names[index]);
    const [start, end] = [tokens[first], tokens[last]];
    if (column === undefined || start === undefined || end === undefined) return [];
    const word = start.text.toLowerCase();
    const isOwn = word === 'nextval' || (word === 'default' && column.default === null);
    const sql = isOwn ? fresh(column) : undefined;
    return sql === undefined ? [] : [{ start: start.start, end: end.end, text: sql }];
  });
}

function valuesIn(
  tokens: readonly SqlToken[],
  { open, close }: Group,
): { readonly first: number; readonly last: number }[] {
  const found: { first: number; last: number }[] = [];
  let depth = 0;
  let first = open + 1;
  for (let at = open + 1; at <= close; at += 1) {
    const text = tokens[at]?.text;
    if (text === '(' || text === '[') depth += 1;
    if ((text === ',' && depth === 0) || at === close) {
      found.push({ first, last: at - 1 });
      first = at + 1;
    }
    if (text === ')' || text === ']') depth -= 1;
  }
  return found;
}
