import type { Node } from 'libpg-query';
import type { Grammar } from '../../sql/grammar.ts';
import { nodeOf, soleStatement, textsOf } from '../../sql/tree.ts';
import type { Template } from '../evidence.ts';
import { mendedTemplate } from '../mended-template.ts';
import { hasTextLiteral, numberedLiterals } from '../numbered-literals.ts';
import { type NoOperation, noOperation } from '../no-operation.ts';
import { isKnownFunction } from './known-functions.ts';
import type { WritingTables } from './written-statement.ts';

/** Why a template is no operation of its own. */
export type LeftOut =
  | NoOperation
  /** It reads tables of the system only. */
  | 'catalog'
  /** It reads and writes no table. */
  | 'no-table'
  | 'unknown-table'
  | 'unknown-function';

/** Templates that are one statement. */
export interface TemplateWork {
  /** Indexes of the templates, that of most calls first. */
  readonly templates: readonly number[];
  readonly sql: string;
  readonly calls: number;
  readonly rowsPerCall: number | null;
  readonly meanMs: number | null;
}

export interface SortedTemplates {
  readonly works: readonly TemplateWork[];
  /** By index of the template: the reason, and the name that it is about. */
  readonly leftOut: ReadonlyMap<number, { readonly reason: LeftOut; readonly name?: string }>;
}

/** What stands for no work on rows of the tables; all other calls count. */
const uncounted: ReadonlySet<LeftOut> = new Set<LeftOut>([
  'transaction-control',
  'session',
  'cursor',
  'copy',
  'explain',
  'definition',
  'utility',
  'empty',
  'catalog',
  'no-table',
]);

export const counts = (reason: LeftOut): boolean => !uncounted.has(reason);

/** Templates that differ in nothing that matters are one, the heaviest first. */
export function sortedTemplates(
  templates: readonly Template[],
  tables: WritingTables,
): SortedTemplates {
  const leftOut = new Map<number, { reason: LeftOut; name?: string }>();
  const groups = new Map<string, { templates: number[] }>();
  const { grammar } = tables.reader;
  const mended = templates.map(({ sql }) => withoutTexts(mendedTemplate(sql, grammar), grammar));
  for (const [index, { fingerprint }] of templates.entries()) {
    const sql = mended[index] ?? '';
    const refused = refusalOf(sql, tables);
    if (refused !== undefined) leftOut.set(index, refused);
    else {
      const key = fingerprint === '' ? sql : fingerprint;
      const group = groups.get(key) ?? { templates: [] };
      group.templates.push(index);
      groups.set(key, group);
    }
  }
  const works = [...groups.values()].map((group) => workOf(group.templates, templates, mended));
  return { works: works.toSorted(byCalls), leftOut };
}

/** No text of a query may reach a scenario; that of most templates is none. */
const withoutTexts = (sql: string, grammar: Grammar): string =>
  hasTextLiteral(sql, grammar) ? numberedLiterals(sql, grammar) : sql;

const byCalls = (one: TemplateWork, other: TemplateWork): number =>
  other.calls - one.calls || (one.sql < other.sql ? -1 : one.sql > other.sql ? 1 : 0);

function workOf(
  indexes: readonly number[],
  templates: readonly Template[],
  mended: readonly string[],
): TemplateWork {
  const sorted = indexes.toSorted(
    (one, other) => (templates[other]?.calls ?? 0) - (templates[one]?.calls ?? 0) || one - other,
  );
  const all = sorted.flatMap((index) => templates[index] ?? []);
  const calls = sum(all.map((each) => each.calls));
  const perCall = (of: (template: Template) => number | null): number | null => {
    const known = all.filter((each) => of(each) !== null);
    const ofThese = sum(known.map((each) => each.calls));
    return ofThese === 0 ? null : sum(known.map((each) => of(each) ?? 0)) / ofThese;
  };
  return {
    templates: sorted,
    sql: mended[sorted[0] ?? 0] ?? '',
    calls,
    rowsPerCall: perCall(({ rows }) => rows),
    meanMs: perCall(({ totalMs }) => totalMs),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);

function refusalOf(
  sql: string,
  tables: WritingTables,
): { readonly reason: LeftOut; readonly name?: string } | undefined {
  try {
    const reason = noOperation(sql, tables.reader.grammar);
    return reason === null ? reasonOf(sql, tables) : { reason };
  } catch (error) {
    // Expressions of thousands of levels: the stack ends before they do.
    if (error instanceof RangeError) return { reason: 'not-parsed' };
    throw error;
  }
}

/** undefined: an operation can do it. */
function reasonOf(
  sql: string,
  { reader, byName, set }: WritingTables,
): { readonly reason: LeftOut; readonly name?: string } | undefined {
  const node = soleStatement(reader.readNumbered(sql).tree);
  const { relations, queries, functions } = namesIn(node);
  // The scenario gives new keys itself.
  const isInsert = nodeOf(node, 'InsertStmt') !== undefined;
  const strange = functions.find(
    (name) => !isKnownFunction(name) && !(isInsert && name === 'nextval'),
  );
  const views = new Set(set.views.map(({ name }) => name));
  const own = relations.filter(({ schema, name }) => schema !== undefined || !queries.has(name));
  const system = own.filter(isOfSystem);
  const unknown = own.find(
    (each) => !isOfSystem(each) && !byName.has(each.name) && !views.has(each.name),
  );
  if (unknown !== undefined) return { reason: 'unknown-table', name: unknown.name };
  if (own.length > 0 && system.length > 0) return { reason: 'catalog' };
  if (strange !== undefined) return { reason: 'unknown-function', name: strange };
  return own.length === 0 ? { reason: 'no-table' } : undefined;
}

const isOfSystem = ({ schema, name }: Relation): boolean =>
  schema === 'pg_catalog' ||
  schema === 'information_schema' ||
  (schema === undefined && name.startsWith('pg_'));

interface Relation {
  readonly schema: string | undefined;
  readonly name: string;
}

function namesIn(statement: Node | undefined): {
  readonly relations: readonly Relation[];
  readonly queries: ReadonlySet<string>;
  readonly functions: readonly string[];
} {
  const relations: Relation[] = [];
  const queries = new Set<string>();
  const functions: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    const relation: { readonly relname?: string; readonly schemaname?: string } | undefined =
      key === 'relation' ? value : nodeOf(node, 'RangeVar');
    if (relation?.relname !== undefined) {
      relations.push({ schema: relation.schemaname, name: relation.relname });
    }
    const query = nodeOf(node, 'CommonTableExpr')?.ctename;
    if (query !== undefined) queries.add(query);
    const call = nodeOf(node, 'FuncCall');
    if (call !== undefined) functions.push(textsOf(call.funcname).join('.'));
    // FOR UPDATE OF speaks of aliases.
    for (const [name, below] of Object.entries(value))
      if (name !== 'lockedRels') visit(below, name);
  };
  visit(statement, '');
  return { relations, queries, functions };
}
