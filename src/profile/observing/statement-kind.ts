import type { Node, ParseResult, TransactionStmt } from 'libpg-query';

export type Control = 'begin' | 'commit' | 'rollback';

export interface StatementKind {
  /** catalog: it reads nothing but Postgres' own tables. */
  readonly kind: 'template' | 'utility' | 'catalog';
  /** What it does to the transaction; null: nothing. */
  readonly control: Control | null;
  /** COMMIT AND CHAIN: another one begins. */
  readonly chains: boolean;
  /** Its word, of utility statements that read or write rows all the same; null of others. */
  readonly opaque: string | null;
}

const templates = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

export function statementKind(tree: ParseResult): StatementKind {
  const statement = tree.stmts?.[0]?.stmt;
  const [name = ''] = Object.keys(statement ?? {});
  if (templates.has(name)) {
    const kind = isOfCatalog(tree) ? 'catalog' : 'template';
    return { kind, control: null, chains: false, opaque: null };
  }
  const transaction = (statement as { TransactionStmt?: TransactionStmt }).TransactionStmt;
  const control = controls[transaction?.kind ?? ''] ?? null;
  const chains = transaction?.chain === true;
  return { kind: 'utility', control, chains, opaque: opaque[name] ?? null };
}

/** What these do to rows, no template says. */
const opaque: Readonly<Record<string, string>> = {
  CopyStmt: 'COPY',
  CallStmt: 'CALL',
  DoStmt: 'DO',
  ExecuteStmt: 'EXECUTE',
  CreateTableAsStmt: 'CREATE TABLE AS',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  TruncateStmt: 'TRUNCATE',
};

const controls: Readonly<Record<string, Control>> = {
  TRANS_STMT_BEGIN: 'begin',
  TRANS_STMT_START: 'begin',
  TRANS_STMT_COMMIT: 'commit',
  TRANS_STMT_PREPARE: 'commit',
  TRANS_STMT_ROLLBACK: 'rollback',
};

const catalogs = new Set(['pg_catalog', 'information_schema']);

function isOfCatalog(tree: ParseResult): boolean {
  let tables = 0;
  const waiting: unknown[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    const { RangeVar: table } = node as Extract<Node, { RangeVar: unknown }>;
    if (table !== undefined) {
      const { schemaname: schema, relname: name = '' } = table;
      if (schema === undefined ? !name.startsWith('pg_') : !catalogs.has(schema)) return false;
      tables += 1;
    }
    waiting.push(...Object.values(node));
  }
  return tables > 0;
}

/**
 * Statements about the session, often with names made for one use (`deallocate pdo_stmt_00a1`):
 * they are told by their first words, so that none of them takes a place among the keys.
 */
const ofSession = new RegExp(
  '^[\\s(]*(?:savepoint|release|rollback\\s+(?:work\\s+|transaction\\s+)?to|deallocate|prepare|' +
    'fetch|move|close|listen|unlisten|notify|set|reset|show|discard|checkpoint)\\b' +
    '(?!\\s+transaction\\b)',
  'i',
);

export const isOfSession = (sql: string): boolean => ofSession.test(sql);
