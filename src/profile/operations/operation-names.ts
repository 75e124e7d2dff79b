import { nodeOf, soleStatement, textsOf } from '../../sql/tree.ts';
import { boundParameters } from './bound-parameters.ts';
import { StatementColumns } from './statement-columns.ts';
import type { WritingTables } from './written-statement.ts';

const longest = 40;

/** Names of operations, each given once: `read_orders_by_tenant_id`, `insert_lines`. */
export class OperationNames {
  readonly #taken = new Set<string>();

  add(wanted: string): string {
    for (let number = 1; ; number += 1) {
      const end = number === 1 ? '' : `_${number}`;
      const name = `${wanted.slice(0, longest - end.length).replace(/_+$/, '')}${end}`;
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}

/** What a statement does, to which table, by which columns. */
export function statementName(sql: string, tables: WritingTables): string {
  const verb = verbOf(sql, tables);
  const { analysis } = tables.analyst.of(sql);
  const { block } = analysis;
  const own = block?.kind === 'write' && block.table !== null ? [block.table] : undefined;
  const node = soleStatement(tables.reader.readNumbered(sql).tree);
  const used = own ?? new StatementColumns(node, tables.byName).relations();
  const start = [verb, ...used.slice(0, 2)].join('_');
  if (verb === 'insert' || verb === 'upsert') return start;
  const bound = [...boundParameters(analysis).values()].flat();
  const columns = [...new Set(bound.filter(({ by }) => by !== 'high').map(({ column }) => column))];
  const by = columns.slice(0, 3);
  while (by.length > 0 && `${start}_by_${by.join('_')}`.length > longest) by.pop();
  return by.length === 0 ? start : `${start}_by_${by.join('_')}`;
}

function verbOf(sql: string, { reader }: WritingTables): string {
  const node = soleStatement(reader.readNumbered(sql).tree);
  const insert = nodeOf(node, 'InsertStmt');
  if (insert !== undefined) {
    return insert.onConflictClause?.action === 'ONCONFLICT_UPDATE' ? 'upsert' : 'insert';
  }
  const verbs = { UpdateStmt: 'update', DeleteStmt: 'delete', MergeStmt: 'merge' } as const;
  const kind = Object.keys(node ?? {})[0] ?? '';
  if (kind in verbs) return verbs[kind as keyof typeof verbs];
  const targets = nodeOf(node, 'SelectStmt')?.targetList ?? [];
  const isCount =
    targets.length === 1 &&
    textsOf(nodeOf(nodeOf(targets[0], 'ResTarget')?.val, 'FuncCall')?.funcname).at(-1) === 'count';
  return isCount ? 'count' : 'read';
}
