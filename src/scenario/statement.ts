import { suggest } from '../base/suggest.ts';
import type { StatementInput } from './operation-input.ts';
import { mismatch, type Path, type Problems } from './problem.ts';
import type { Binding, Column, Parameter, Statement } from './types.ts';
import { foundBinds, checkFound } from './found-binds.ts';
import type { FixedColumn, ReadSql } from './vocabulary.ts';

const suffixes = [
  ['_from', 'from'],
  ['_to', 'to'],
  ['_list', 'list'],
] as const;

/**
 * Turns a statement's named parameters into positional ones and checks them against its binds and
 * the table's columns. `path` is where the statement stands; undefined when it has problems.
 */
export function readStatement(
  input: StatementInput,
  read: ReadSql,
  fixed: readonly FixedColumn[],
  kind: 'read' | 'write',
  columns: readonly Column[],
  path: Path,
  problems: Problems,
): Statement | undefined {
  const before = problems.all.length;
  const sqlPath = [...path, 'sql'];
  for (const { text } of read.problems) problems.add(sqlPath, text);
  if (kind === 'read' && writeVerbs.has(read.verb)) {
    problems.add(sqlPath, `begins with ${read.verb.toUpperCase()} in an operation of kind read`);
  }
  const parameters: Parameter[] = [];
  for (const name of read.names) {
    const parameter = readParameter(name, columns);
    if (parameter) parameters.push(parameter);
    else problems.add(sqlPath, unknownParameter(name, columns));
  }
  const binds = input.binds ?? foundBinds(fixed, columns);
  checkBinds(binds, columns, [...path, 'binds'], problems);
  if (problems.all.length === before) checkUse(binds, parameters, path, problems);
  if (problems.all.length === before && input.binds !== undefined && read.fault === undefined) {
    checkFound(input.binds, fixed, [...path, 'binds'], problems);
  }
  if (problems.all.length > before) return undefined;
  const { text, verb } = read;
  return { sql: input.sql, text, parameters, binds, insert: verb === 'insert' };
}

const writeVerbs = new Set(['insert', 'update', 'delete', 'merge', 'truncate', 'copy']);

/** A column's own name goes before a suffix, so that a column may be called valid_from. */
function readParameter(name: string, columns: readonly Column[]): Parameter | undefined {
  const other = name.startsWith(otherPrefix);
  const bare = other ? name.slice(otherPrefix.length) : name;
  if (columnNamed(bare, columns)) return { column: bare, form: 'value', other };
  for (const [suffix, form] of suffixes) {
    const column = bare.slice(0, -suffix.length);
    if (bare.endsWith(suffix) && columnNamed(column, columns)) return { column, form, other };
  }
  return undefined;
}

const otherPrefix = 'other.';

function columnNamed(name: string, columns: readonly Column[]): Column | undefined {
  return columns.find((column) => column.name === name);
}

function unknownParameter(name: string, columns: readonly Column[]): string {
  const prefix = name.startsWith(otherPrefix) ? otherPrefix : '';
  const bare = name.slice(prefix.length);
  const names = columns.map((column) => column.name);
  const endings = ['', ...suffixes.map(([suffix]) => suffix)];
  const meant = suggest(
    bare,
    endings.flatMap((ending) => names.map((column) => column + ending)),
  );
  const allowed = `:column, :column_list, :column_from, :column_to of ${names.join(', ')}`;
  const end = meant === undefined ? '' : `; did you mean :${prefix}${meant}?`;
  return `found the unknown parameter :${name}; allowed: ${allowed}${end}`;
}

function checkBinds(
  binds: readonly Binding[],
  columns: readonly Column[],
  path: Path,
  problems: Problems,
): void {
  const names = columns.map((column) => column.name);
  const seen = new Set<string>();
  for (const [index, bind] of binds.entries()) {
    const here = [...path, index];
    const column = columnNamed(bind.column, columns);
    const shown = nameOf(bind);
    if (!column) {
      problems.add(here, mismatch(shown, names.join(', '), suggest(bind.column, names)));
    } else if (bind.by === 'range' && !rising(column)) {
      const allowed = columns.filter(rising).map((each) => each.name);
      problems.add(
        here,
        `a range of ${shown} is not a range of adjacent rows; allowed: a range of ` +
          allowed.join(', '),
      );
    }
    if (seen.has(shown)) problems.add(here, `binds ${shown} twice`);
    seen.add(shown);
  }
}

/** Rows next to each other in time have values next to each other. */
function rising({ generator }: Column): boolean {
  if (generator.kind === 'id') return generator.style !== 'uuid4';
  return generator.kind === 'timestamp';
}

function nameOf(of: { readonly column: string; readonly other: boolean }): string {
  return of.other ? otherPrefix + of.column : of.column;
}

/** Parameters that a bind needs in the statement. */
function neededBy(bind: Binding): Parameter[] {
  const { column, other } = bind;
  if (bind.by === 'range') {
    return [
      { column, form: 'from', other },
      { column, form: 'to', other },
    ];
  }
  return [{ column, form: bind.by, other }];
}

/** A bind is a claim about the statement: the statement must make it true, and the reverse. */
function checkUse(
  binds: readonly Binding[],
  parameters: readonly Parameter[],
  path: Path,
  problems: Problems,
): void {
  const used = new Set(parameters.map(parameterName));
  const claimed = new Set(binds.flatMap(neededBy).map(parameterName));
  for (const [index, bind] of binds.entries()) {
    const missing = neededBy(bind)
      .map(parameterName)
      .filter((name) => !used.has(name));
    if (missing.length === 0) continue;
    const what = `binds ${nameOf(bind)}, but the sql does not use ${missing.join(' and ')}`;
    problems.add([...path, 'binds', index], what);
  }
  for (const parameter of parameters) {
    const name = parameterName(parameter);
    if (parameter.form === 'value' || claimed.has(name)) continue;
    const column = nameOf(parameter);
    const bind =
      parameter.form === 'list'
        ? `{ list: ${column}, count: 5 }`
        : `{ range: ${column}, rows: 100 }`;
    problems.add([...path, 'sql'], `uses ${name}, which needs a bind such as ${bind}`);
  }
}

function parameterName(parameter: Parameter): string {
  const suffix = parameter.form === 'value' ? '' : `_${parameter.form}`;
  return `:${nameOf(parameter)}${suffix}`;
}
