import type { StatementLayout } from '../scenario/layout-types.ts';
import type { Offence } from '../result/queries-document.ts';

/** What the gate objects to in a statement; null: it stays on one shard, or any shard will do. */
export function offenceOf({ fate, reason }: StatementLayout): Offence | null {
  if (fate === 'scatter') return 'scatter';
  if (fate === 'multi') return 'cross-shard';
  if (fate !== 'notRunnable') return null;
  return reason?.code === 'key-changed' ? 'key-update' : 'not-runnable';
}
