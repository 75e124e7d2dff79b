import type { Node } from 'libpg-query';
import type { Grammar } from '../sql/grammar.ts';
import { nodeOf } from '../sql/tree.ts';

/** Why a template is no work on rows that an operation could do. */
export type NoOperation =
  /** The role may not see its text. */
  | 'hidden'
  /** Cut at a length, such as that of track_activity_query_size. */
  | 'cut-short'
  | 'not-parsed'
  | 'several-statements'
  | 'transaction-control'
  | 'session'
  | 'cursor'
  | 'copy'
  | 'explain'
  | 'procedure'
  | 'execute'
  | 'definition'
  | 'utility'
  | 'empty';

const kinds: Readonly<Record<string, NoOperation>> = {
  TransactionStmt: 'transaction-control',
  VariableSetStmt: 'session',
  VariableShowStmt: 'session',
  ConstraintsSetStmt: 'session',
  DiscardStmt: 'session',
  ListenStmt: 'session',
  UnlistenStmt: 'session',
  NotifyStmt: 'session',
  DeallocateStmt: 'session',
  FetchStmt: 'cursor',
  ClosePortalStmt: 'cursor',
  DeclareCursorStmt: 'cursor',
  CopyStmt: 'copy',
  ExplainStmt: 'explain',
  CallStmt: 'procedure',
  DoStmt: 'procedure',
  ExecuteStmt: 'execute',
  PrepareStmt: 'execute',
  CreateTableAsStmt: 'definition',
};

const work = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** null: it may be an operation, or part of one. @param sql mended */
export function noOperation(sql: string, grammar: Grammar): NoOperation | null {
  const text = sql.trim();
  if (text === '') return 'empty';
  if (/^<[a-z ]+>$/.test(text)) return 'hidden';
  const byVerb = verbs[/^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? ''];
  const parsed = grammar.parse(text);
  // Postgres shows `set x to $1`, which its own grammar refuses: the verb says enough.
  if ('fault' in parsed) return byVerb ?? faultOf(text, parsed.fault, grammar);
  const statements = parsed.tree.stmts ?? [];
  if (statements.length === 0) return 'empty';
  return statements.length > 1 ? 'several-statements' : noOperationOf(statements[0]?.stmt);
}

const verbs: Readonly<Record<string, NoOperation>> = {
  begin: 'transaction-control',
  commit: 'transaction-control',
  rollback: 'transaction-control',
  savepoint: 'transaction-control',
  release: 'transaction-control',
  set: 'session',
  deallocate: 'session',
  fetch: 'cursor',
  move: 'cursor',
  close: 'cursor',
  copy: 'copy',
  explain: 'explain',
  call: 'procedure',
  do: 'procedure',
  execute: 'execute',
  create: 'definition',
  alter: 'definition',
  drop: 'definition',
  vacuum: 'utility',
  analyze: 'utility',
};

/** Postgres says it at the end of the text, or of something that is not closed. */
function faultOf(text: string, fault: { message: string }, grammar: Grammar): NoOperation {
  const isOpen = grammar.tokens(text).open !== undefined;
  const isEnd = fault.message.endsWith('at end of input') || /(?:\.\.\.|\u2026)$/.test(text);
  return isOpen || isEnd ? 'cut-short' : 'not-parsed';
}

function noOperationOf(statement: Node | undefined): NoOperation | null {
  const kind = Object.keys(statement ?? {})[0] ?? '';
  // SELECT INTO makes a table.
  if (nodeOf(statement, 'SelectStmt')?.intoClause !== undefined) return 'definition';
  if (work.has(kind)) return null;
  const isDefinition = /^(?:Create|Alter|Drop|Index|View|Rename|Grant|Comment|Rule)/.test(kind);
  return kinds[kind] ?? (isDefinition ? 'definition' : 'utility');
}
