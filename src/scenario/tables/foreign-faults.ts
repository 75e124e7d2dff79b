import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { ForeignKey, Table } from '../table-types.ts';
import { checkList } from './column-faults.ts';
import type { TableTree } from './table-tree.ts';

/** What is wrong with a table's foreign keys. */
export function checkForeignKeys(table: Table, tree: TableTree, problems: Problems): void {
  for (const [index, key] of table.foreign.entries()) {
    const path: Path = ['tables', table.name, 'foreign', index];
    checkList(table, key.columns, [...path, 'columns'], problems);
    const fault = referenceFault(key, tree) ?? typeFault(key, table, tree);
    if (fault !== undefined) problems.add([...path, 'references'], fault);
    if (key.onDelete !== 'set null') continue;
    const fixed = table.columns.filter(({ name, nulls }) => key.columns.includes(name) && !nulls);
    for (const { name } of fixed) {
      const text = `set null, but ${name} is never NULL; allowed: with \`null:\` at ${name}`;
      problems.add([...path, 'on_delete'], text);
    }
  }
}

function referenceFault(key: ForeignKey, tree: TableTree): string | undefined {
  const names = tree.tables.map(({ name }) => name);
  const other = tree.table(key.table);
  if (other === undefined) return mismatchAmong(key.table, names, suggest(key.table, names));
  const columns = other.columns.map(({ name }) => name);
  const stranger = key.references.find((name) => !columns.includes(name));
  if (stranger !== undefined) {
    return mismatchAmong(stranger, columns, suggest(stranger, columns));
  }
  if (key.references.length !== key.columns.length) {
    const found = `${counted(key.columns)} to ${counted(key.references)}`;
    return `${found}; allowed: as many as in \`columns\``;
  }
  const unique = [other.primary, ...other.unique].filter((each) => each.length > 0);
  if (unique.some((each) => sameSet(each, key.references))) return undefined;
  const allowed = unique.map((each) => `(${each.join(', ')})`).join(', ');
  return (
    `${other.name} has no primary key or unique constraint on (${key.references.join(', ')}); ` +
    `allowed: ${allowed === '' ? 'a table with one' : allowed}`
  );
}

/** Postgres compares numbers with numbers only, texts with texts. */
function typeFault(key: ForeignKey, table: Table, tree: TableTree): string | undefined {
  const other = tree.table(key.table);
  for (const [index, name] of key.columns.entries()) {
    const referred = key.references[index];
    const [own, its] = [typeOf(table, name), typeOf(other, referred)];
    const [one, two] = [comparedAs(own), comparedAs(its)];
    if (one === undefined || two === undefined || one === two) continue;
    return (
      `${name} is ${own} and ${key.table}.${referred} is ${its}; ` +
      `allowed: types that can be compared`
    );
  }
  return undefined;
}

const typeOf = (table: Table | undefined, column: string | undefined): string =>
  table?.columns.find(({ name }) => name === column)?.type ?? '';

const comparable: readonly RegExp[] = [
  /^(?:small|big)?int(?:eger|[248])?$|^numeric|^decimal/,
  /^text$|^varchar|^char|^character/,
  /^uuid$/,
  /^(?:date$|timestamp)/,
];

/** undefined: a type of which it is not known here. */
const comparedAs = (type: string): RegExp | undefined =>
  comparable.find((each) => each.test(type.toLowerCase()));

const counted = (columns: readonly string[]): string =>
  `${columns.length} ${columns.length === 1 ? 'column' : 'columns'} (${columns.join(', ')})`;

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((each) => b.includes(each));
