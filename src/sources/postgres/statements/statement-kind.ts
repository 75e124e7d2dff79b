import type { ParseResult } from 'libpg-query';

/**
 * template: it reads or writes tables (or none). catalog: it asks the server about itself only.
 * utility: anything else, such as BEGIN, SET, COPY and DDL.
 */
export type StatementKind = 'template' | 'catalog' | 'utility';

const templates = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** @param isTable whether a name that could be the system's is one of the user's tables */
export function statementKind(
  tree: ParseResult,
  isTable: (name: string) => boolean,
): StatementKind {
  const statements = tree.stmts ?? [];
  const kinds = statements.flatMap(({ stmt }) => Object.keys(stmt ?? {}));
  if (kinds.length !== 1 || !kinds.every((kind) => templates.has(kind))) return 'utility';
  const { tables, functions } = namesIn(tree);
  if (tables.length > 0)
    return tables.every((name) => isSystem(name, isTable)) ? 'catalog' : 'template';
  const onlyAsks = functions.length > 0 && functions.every((name) => isSystem(name, isTable));
  return onlyAsks && kinds[0] === 'SelectStmt' ? 'catalog' : 'template';
}

interface Named {
  readonly schema: string;
  readonly name: string;
}

function isSystem({ schema, name }: Named, isTable: (name: string) => boolean): boolean {
  if (['pg_catalog', 'information_schema', 'pg_toast'].includes(schema)) return true;
  return name.startsWith('pg_') && !isTable(name);
}

function namesIn(tree: ParseResult): { tables: Named[]; functions: Named[] } {
  const tables: Named[] = [];
  const functions: Named[] = [];
  const own = new Set<string>();
  const waiting: unknown[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { RangeVar, relation, FuncCall, CommonTableExpr } = node as Nodes;
    // The target of a write stands without the name of its node.
    for (const table of [RangeVar, relation]) {
      if (table?.relname !== undefined) {
        tables.push({ schema: table.schemaname ?? '', name: table.relname });
      }
    }
    if (CommonTableExpr?.ctename !== undefined) own.add(CommonTableExpr.ctename);
    const words = (FuncCall?.funcname ?? []).map((word) => word.String?.sval ?? '');
    if (words.length > 0) functions.push({ schema: words.at(-2) ?? '', name: words.at(-1) ?? '' });
    waiting.push(...Object.values(node));
  }
  const real = tables.filter(({ schema, name }) => schema !== '' || !own.has(name));
  return { tables: real, functions };
}

interface Nodes {
  readonly RangeVar?: RangeName;
  readonly relation?: RangeName;
  readonly FuncCall?: { readonly funcname?: readonly { String?: { sval?: string } }[] };
  readonly CommonTableExpr?: { readonly ctename?: string };
}

interface RangeName {
  readonly schemaname?: string;
  readonly relname?: string;
}
