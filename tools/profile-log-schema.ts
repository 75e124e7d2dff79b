import type { ColumnEvidence, SchemaEvidence, TableEvidence } from '../src/profile/evidence.ts';

/** The tables that the statements of `logged-statement-fixture.ts` are about. */
export const loggedSchema: SchemaEvidence = {
  tables: [
    table('tenants', ['id'], { id: 'bigint', orders: 'integer' }),
    {
      ...table('orders', ['tenant_id', 'id'], {
        tenant_id: 'bigint',
        id: 'bigint',
        total: 'numeric(12,2)',
        note: 'text',
      }),
      foreign: [
        { columns: ['tenant_id'], table: 'tenants', references: ['id'], onDelete: 'no action' },
      ],
    },
  ],
  views: [],
};

function table(
  name: string,
  primary: readonly string[],
  columns: Readonly<Record<string, string>>,
): TableEvidence {
  return {
    name,
    stored: { schema: 'public', name },
    kind: 'table',
    columns: Object.entries(columns).map(([column, type]) => columnOf(column, type)),
    primary,
    unique: [],
    exclusions: [],
    foreign: [],
    checks: [],
    indexes: [],
    rows: { count: 0, basis: 'none' },
    bytes: { heap: 0, indexes: 0, toast: 0 },
    partitions: null,
    inherits: [],
    activity: null,
    readable: true,
  };
}

function columnOf(name: string, type: string): ColumnEvidence {
  return {
    name,
    stored: name,
    type,
    typeKind: 'base',
    base: type,
    enumLabels: [],
    notNull: true,
    default: null,
    generated: null,
    identity: null,
    stats: null,
    readable: true,
  };
}
