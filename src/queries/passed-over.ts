import type { Node } from 'libpg-query';
import { nodeOf } from '../sql/tree.ts';

/** Why a statement is none that rows are read or written by. */
export const passedOverKinds = [
  'definitions',
  'settings',
  'transactions',
  'routines',
  'loads',
] as const;

export type PassedOver = (typeof passedOverKinds)[number];

const kinds: Readonly<Record<string, PassedOver>> = {
  TransactionStmt: 'transactions',
  // What they run stands in their body, which is text to the grammar.
  DoStmt: 'routines',
  CallStmt: 'routines',
  CreateFunctionStmt: 'routines',
  CopyStmt: 'loads',
  VariableSetStmt: 'settings',
  VariableShowStmt: 'settings',
  ConstraintsSetStmt: 'settings',
  DiscardStmt: 'settings',
  ListenStmt: 'settings',
  UnlistenStmt: 'settings',
  NotifyStmt: 'settings',
  LockStmt: 'settings',
  FetchStmt: 'settings',
  ClosePortalStmt: 'settings',
  ExecuteStmt: 'settings',
  DeallocateStmt: 'settings',
  CheckPointStmt: 'settings',
  LoadStmt: 'settings',
};

const queries = new Set(['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/** null: it reads or writes rows. What is not named here makes or changes what holds data. */
export function passedOver(
  node: Node,
): { readonly as: PassedOver; readonly control?: 'begin' | 'end' } | null {
  const [kind = ''] = Object.keys(node);
  if (queries.has(kind)) return null;
  const control = controlOf(nodeOf(node, 'TransactionStmt')?.kind);
  return { as: kinds[kind] ?? 'definitions', ...(control !== undefined && { control }) };
}

/** Savepoints, and two-phase commits of transactions that are prepared already, are neither. */
function controlOf(kind: string | undefined): 'begin' | 'end' | undefined {
  if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') return 'begin';
  const ends = ['TRANS_STMT_COMMIT', 'TRANS_STMT_ROLLBACK', 'TRANS_STMT_PREPARE'];
  return kind !== undefined && ends.includes(kind) ? 'end' : undefined;
}
