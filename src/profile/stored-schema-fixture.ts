import type { ColumnEvidence, IndexEvidence, SchemaEvidence, TableEvidence } from './evidence.ts';
import { ScenarioNames } from './scenario-names.ts';

/** `"AlbumId" int4`, the stored name first; `order_status enum(a,b)`. */
export function columnFixture(
  stored: string,
  more: Partial<ColumnEvidence> = {},
  names = new ScenarioNames(),
): ColumnEvidence {
  return {
    name: names.add(stored),
    stored,
    type: 'integer',
    typeKind: 'base',
    base: more.type ?? 'integer',
    enumLabels: [],
    notNull: true,
    default: null,
    generated: null,
    identity: null,
    stats: null,
    readable: true,
    ...more,
  };
}

const nothing = { heap: 0, indexes: 0, toast: 0 };

/** A table of a schema; the scenario's names follow from those of the database. */
export function tableFixture(
  [schema, stored]: readonly [string, string],
  name: string,
  columns: readonly (readonly [string, Partial<ColumnEvidence>])[],
  more: Partial<TableEvidence> = {},
): TableEvidence {
  const names = new ScenarioNames();
  return {
    name,
    stored: { schema, name: stored },
    kind: 'table',
    columns: columns.map(([column, rest]) => columnFixture(column, rest, names)),
    primary: [],
    unique: [],
    exclusions: [],
    foreign: [],
    checks: [],
    indexes: [],
    rows: { count: 1000, basis: 'exact' },
    bytes: nothing,
    partitions: null,
    inherits: [],
    activity: null,
    readable: true,
    ...more,
  };
}

const uniqueIndex = (name: string, columns: readonly string[]): IndexEvidence => ({
  name,
  columns,
  unique: true,
  partial: false,
  bytes: 0,
  scans: null,
});

const status: Partial<ColumnEvidence> = {
  type: 'sales.order_status',
  typeKind: 'enum',
  base: 'sales.order_status',
  enumLabels: ['new', 'paid'],
};

/** Names of all kinds: in quotes, of two schemas, of types that only the database has. */
export const storedSchemaFixture: SchemaEvidence = {
  tables: [
    tableFixture(['public', 'Album'], 'album', [
      ['AlbumId', {}],
      ['Title', { type: 'text' }],
      ['ArtistId', {}],
      ['order', {}],
    ]),
    tableFixture(['public', 'Artist'], 'artist', [
      ['ArtistId', {}],
      ['Name', { type: 'text' }],
    ]),
    tableFixture(
      ['sales', 'orders'],
      'orders',
      [
        ['id', {}],
        ['Id', { type: 'bigint' }],
        ['tenant_id', {}],
        ['status', status],
        ['was', { ...status, type: 'sales.order_status[]', typeKind: 'array' }],
        ['price', { type: 'sales.money', typeKind: 'domain', base: 'numeric(12,2)' }],
        ['lower', { type: 'text' }],
        ['email', { type: 'ext.citext' }],
        ['place', { type: 'crm.address', typeKind: 'composite' }],
      ],
      { indexes: [uniqueIndex('orders_pkey', ['tenant_id', 'id'])] },
    ),
    tableFixture(['crm', 'orders'], 'crm_orders', [
      ['id', {}],
      ['Id', { type: 'bigint' }],
      ['Note', { type: 'text' }],
    ]),
    tableFixture(['public', 'user'], 'user', [
      ['id', {}],
      ['email', { type: 'text' }],
    ]),
  ],
  views: [
    {
      name: 'titles',
      stored: { schema: 'public', name: 'Titles' },
      materialized: false,
      sql: 'select a.title, a.album_id as "The Id" from album a;',
    },
  ],
};
