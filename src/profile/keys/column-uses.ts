import type { Instance } from '../../sql/blocks.ts';
import { keySetOf } from '../../sql/key-sets.ts';
import type { Cond, Term } from '../../sql/terms.ts';
import type { Template } from '../evidence.ts';
import { type AnalysedSql, type TemplateAnalyst, tableUses } from './analysed-templates.ts';
import { byText, columnId } from './key-columns.ts';

/** What templates do with columns; columns are called `table.column`. */
export interface ColumnUses {
  /** Calls of all templates that use a table. */
  readonly calls: number;
  /** Calls of templates whose WHERE (or join) fixes the column to values. */
  readonly fixed: ReadonlyMap<string, number>;
  /** Calls of templates that insert a value of it. */
  readonly inserted: ReadonlyMap<string, number>;
  /** Pairs of tables that templates join, each with the columns that are equal. */
  readonly joins: readonly JoinedTables[];
}

export interface JoinedTables {
  readonly left: string;
  readonly right: string;
  /** Columns of the left and of the right. */
  readonly pairs: readonly (readonly [string, string])[];
}

export function columnUses(templates: readonly Template[], analyst: TemplateAnalyst): ColumnUses {
  const fixed = new Map<string, number>();
  const inserted = new Map<string, number>();
  const joins = new Map<string, JoinedTables>();
  let calls = 0;
  for (const template of templates) {
    const analysed = analyst.of(template.sql);
    const { read, made } = tableUses(analysed.analysis);
    if (read.length + made.length === 0) continue;
    calls += template.calls;
    for (const id of fixedIn(read, analysed)) add(fixed, id, template.calls);
    for (const id of fixedIn(made, analysed)) add(inserted, id, template.calls);
    for (const join of joinsIn(read)) joins.set(JSON.stringify(join), join);
  }
  return {
    calls,
    fixed,
    inserted,
    joins: [...joins.keys()].toSorted(byText).flatMap((key) => joins.get(key) ?? []),
  };
}

const add = (counts: Map<string, number>, id: string, calls: number): void => {
  counts.set(id, (counts.get(id) ?? 0) + calls);
};

/** Columns that a statement fixes in some use of their table. */
function fixedIn(instances: readonly Instance[], { parameters }: AnalysedSql): Set<string> {
  const found = new Set<string>();
  for (const instance of instances) {
    for (const column of columnsIn(instance.conds, instance)) {
      if (keySetOf(instance, [column], parameters)?.kind !== 'keys') continue;
      found.add(columnId(instance.table ?? '', column));
    }
  }
  return found;
}

function columnsIn(conds: readonly Cond[], instance: Instance): Set<string> {
  const found = new Set<string>();
  const waiting = [...conds];
  for (let cond = waiting.pop(); cond !== undefined; cond = waiting.pop()) {
    if (cond.kind === 'either') waiting.push(...cond.branches.flat());
    const terms = cond.kind === 'equal' ? [cond.left, cond.right] : [];
    if (cond.kind === 'list') terms.push(cond.term);
    for (const term of terms) {
      if (term.kind === 'column' && term.instance === instance.id) found.add(term.column);
    }
  }
  return found;
}

/** Only what stands there as `a = b`: two columns that one parameter fixes need not be alike. */
function joinsIn(instances: readonly Instance[]): JoinedTables[] {
  const tables = new Map(instances.map(({ id, table }) => [id, table ?? '']));
  const joins = new Map<string, Map<string, readonly [string, string]>>();
  for (const { conds } of instances) {
    for (const cond of conds) {
      const found = cond.kind === 'equal' ? joinOf(cond.left, cond.right, tables) : undefined;
      if (found === undefined) continue;
      const pairs = joins.get(found.between) ?? new Map<string, readonly [string, string]>();
      joins.set(found.between, pairs.set(found.pair.join('='), found.pair));
    }
  }
  return [...joins].map(([between, pairs]) => {
    const [left = '', right = ''] = between.split('.');
    const sorted = [...pairs.values()].toSorted((one, other) => byText(one.join(), other.join()));
    return { left: left.split('#')[0] ?? '', right: right.split('#')[0] ?? '', pairs: sorted };
  });
}

function joinOf(
  one: Term,
  other: Term,
  tables: ReadonlyMap<number, string>,
): { readonly between: string; readonly pair: readonly [string, string] } | undefined {
  if (one.kind !== 'column' || other.kind !== 'column') return undefined;
  const [left, right] = [tables.get(one.instance), tables.get(other.instance)];
  if (left === undefined || right === undefined || left === right) return undefined;
  if (left > right) return joinOf(other, one, tables);
  const between = `${left}#${one.instance}.${right}#${other.instance}`;
  return { between, pair: [one.column, other.column] };
}
