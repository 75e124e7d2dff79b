import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { Draw, DrawFrom } from '../table-types.ts';
import { relatedRow } from './draw-rules.ts';
import type { RowInput } from './script-input.ts';
import type { TableTree } from './table-tree.ts';

/** The table of an entry of `draw`; undefined, and what is wrong, where it has none. */
export function tableOfEntry(
  name: string,
  input: RowInput,
  tree: TableTree,
  path: Path,
  problems: Problems,
): string | undefined {
  const table = input.table ?? name;
  const names = tree.tables.map((each) => each.name);
  if (!names.includes(table)) {
    const isNamed = input.table !== undefined;
    const end = isNamed ? '' : ' (as `table`, where the name is another)';
    const text = mismatchAmong(table, names, suggest(table, names)) + end;
    problems.add(isNamed ? [...path, 'table'] : path, text);
    return undefined;
  }
  if (!names.includes(name) || table === name) return table;
  const text = `${name} is the name of another table; allowed: another name for the draw`;
  problems.all.push({ path, at: 'key', text });
  return undefined;
}

/** Where its row comes from, unless that is another draw's row (`of`). */
export function ownWay(
  table: string,
  { of, remote, nurand }: RowInput,
  tree: TableTree,
  path: Path,
  problems: Problems,
): DrawFrom | 'of' | undefined {
  const ways = Object.entries({ of, remote, nurand }).filter(([, value]) => value !== undefined);
  if (ways.length > 1) {
    const text = `found ${ways.map(([way]) => way).join(' and ')}; allowed: one of them`;
    problems.add(path, text);
    return undefined;
  }
  if (of !== undefined) return 'of';
  const hasTenants = tree.hasTenants(table);
  if (nurand !== undefined) {
    if (!hasTenants) return { kind: 'nurand', a: nurand };
    problems.add([...path, 'nurand'], `${table} has tenants; allowed: a table without`);
    return undefined;
  }
  if (remote === undefined) return { kind: 'tenant' };
  if (hasTenants) return { kind: 'remote', fraction: remote };
  problems.add([...path, 'remote'], `${table} has no tenants; allowed: a table with them`);
  return undefined;
}

/** The draw that `of` names. */
interface Other {
  readonly index: number;
  readonly draw: Draw;
  readonly of: string;
  /** Of the entry itself. */
  readonly rows: number;
}

export function relatedWay(
  table: string,
  { index, draw, of, rows }: Other,
  tree: TableTree,
  path: Path,
  problems: Problems,
): DrawFrom | undefined {
  const from = relatedRow(table, { table: draw.table, draw: index }, tree);
  const problem = (key: string, text: string): undefined => {
    problems.add([...path, key], text);
    return undefined;
  };
  if (from === undefined) {
    const what = `nothing relates ${table} to ${draw.table}`;
    return problem('of', `${what}; allowed: a table above or below it`);
  }
  if (from.kind === 'descendant' && draw.from.kind === 'new') {
    return problem('of', `${of} is a new row, below which there is none; allowed: a loaded row`);
  }
  if (from.kind !== 'ancestor' || rows === 1) return from;
  const what = `found ${rows}, but there is one row of ${table} above that of ${of}`;
  return problem('rows', `${what}; allowed: 1`);
}
