import type { TableActivity, TableEvidence } from '../../../profile/evidence.ts';
import { noActivity } from '../../../profile/no-activity.ts';

const activity: TableActivity = {
  ...noActivity,
  seconds: 1000,
  lastVacuum: '2026-01-02T03:04:05.000Z',
};

/** A table with two columns, `id` and `parent_id`, and what a test changes of it. */
export function tableWith(
  name: string,
  changes: Partial<Omit<TableEvidence, 'activity'>> & {
    readonly activity?: Partial<TableActivity> | null;
  } = {},
): TableEvidence {
  const columns = ['id', 'parent_id'].map((column) => ({
    name: column,
    stored: column,
    type: 'bigint',
    typeKind: 'base' as const,
    base: 'bigint',
    enumLabels: [],
    notNull: true,
    default: null,
    generated: null,
    identity: null,
    stats: null,
    readable: true,
  }));
  return {
    name,
    stored: { schema: 'public', name },
    kind: 'table',
    columns,
    primary: ['id'],
    unique: [],
    exclusions: [],
    foreign: [],
    checks: [],
    indexes: [],
    rows: { count: changes.activity?.liveRows ?? 0, basis: 'estimated' },
    bytes: { heap: 0, indexes: 0, toast: 0 },
    partitions: null,
    inherits: [],
    readable: true,
    ...changes,
    activity: changes.activity === null ? null : { ...activity, ...changes.activity },
  };
}
