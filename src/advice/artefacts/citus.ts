import type { Table } from '../../scenario/table-types.ts';
import type { Artefact, Chosen } from './artefact-types.ts';
import { createTable, type PlacedTable, placedTables } from './artefact-tables.ts';
import { engineArtefacts } from './engine-map.ts';
import type { RouterPlan } from './router-plan.ts';
import { sqlKey, sqlName, sqlNames, sqlText } from './sql/sql-text.ts';

/** Hash ranges for each node: enough that a further node can take some. */
const rangesPerNode = 4;
const usualRanges = 32;

/** SQL for the coordinator: tables, their distribution, tenants on their own, then constraints. */
export function citusArtefacts(chosen: Chosen & { plan: RouterPlan }): Artefact[] {
  const { scenario, layout, plan, header, strategy, shardCount } = chosen;
  const tables = placedTables(scenario, layout, strategy.key);
  const { core, pins, split, numbering } = plan;
  const isExact =
    core.kind === 'hash32-ranges' && pins.length === 0 && split === null && numbering === null;
  const ranges =
    core.kind === 'hash32-ranges'
      ? core.table.length
      : Math.max(usualRanges, rangesPerNode * shardCount);
  const parts = [
    `${header.map((line) => `-- ${line}`).join('\n')}
-- Run on the coordinator of a cluster of ${shardCount} workers, before there are rows`,
    createText(chosen),
    ...tables
      .filter(({ placement }) => placement === 'reference')
      .map(({ name }) => `select create_reference_table(${named(name)});`),
    ...distributed(tables, ranges),
    ...tables
      .filter(({ placement }) => placement === 'home')
      .map(({ name }) => `-- ${name} has no column of the key: it stays on the coordinator`),
    isolated(tables, plan),
    ...(scenario.tables?.tables ?? []).flatMap((table) => constraints(table, tables)),
  ];
  const text = `${parts.filter((part) => part !== '').join('\n\n')}\n`;
  return engineArtefacts('Citus', chosen, {
    path: 'citus/tables.sql',
    text,
    isExact,
    parameter: ranges,
  });
}

const named = (table: string): string => sqlText(sqlName(table));

function createText({ scenario }: Chosen): string {
  const { tables, schema } = scenario;
  if (tables !== undefined) return tables.tables.map(createTable).join('\n\n');
  return [...schema.ddl, ...schema.indexes].map((each) => `${each.trim()};`).join('\n\n');
}

/** The first table of a key begins a group, and the others lie with it. */
function distributed(tables: readonly PlacedTable[], ranges: number): string[] {
  const first = tables.find(({ placement }) => placement === 'sharded');
  const own = tables.filter(({ placement }) => placement === 'own-key');
  return [
    ...tables
      .filter(({ placement }) => placement === 'sharded')
      .map((table) => distribution(table, table === first ? null : (first?.name ?? null), ranges)),
    ...own.map((table) => distribution(table, null, ranges)),
  ];
}

function distribution(table: PlacedTable, withTable: string | null, ranges: number): string {
  const { name, keyColumns, isBits } = table;
  const [column, ...more] = keyColumns;
  if (column === undefined || more.length > 0 || isBits) {
    return `-- ${name} lies by more or less than one column, which Citus cannot do`;
  }
  const where =
    withTable === null
      ? `colocate_with => 'none', shard_count => ${ranges}`
      : `colocate_with => ${named(withTable)}`;
  return `select create_distributed_table(${named(name)}, ${sqlText(column)},
  ${where});`;
}

function isolated(tables: readonly PlacedTable[], { pins, split, keyType }: RouterPlan): string {
  const first = tables.find(({ placement }) => placement === 'sharded');
  if (first === undefined) return '';
  const alone = pins.map(
    ({ key, shard }) =>
      `-- Then move it: citus_move_shard_placement(its id, ..., the node of shard ${shard}).
select isolate_tenant_to_new_shard(${named(first.name)}, ${sqlKey(keyType, key)}, 'CASCADE');`,
  );
  const whole = (split?.keys ?? []).map(
    ({ key }) => `-- ${JSON.stringify(key)} is split here; Citus keeps a key whole:
select isolate_tenant_to_new_shard(${named(first.name)}, ${sqlKey(keyType, key)}, 'CASCADE');`,
  );
  return [...alone, ...whole].join('\n\n');
}

/** Citus takes keys with the distribution column only, and foreign keys between neighbours. */
function constraints(table: Table, tables: readonly PlacedTable[]): string[] {
  const own = tables.find(({ name }) => name === table.name);
  const quoted = sqlName(table.name);
  const holds = (columns: readonly string[]): boolean =>
    own?.keyColumns.every((column) => columns.includes(column)) === true;
  const unique = (kind: string, columns: readonly string[]): string =>
    holds(columns)
      ? `alter table ${quoted} add ${kind} (${sqlNames(columns)});`
      : `-- Goes: ${kind} (${sqlNames(columns)}) on ${quoted}, which lacks the key`;
  return [
    ...(table.primary.length === 0 ? [] : [unique('primary key', table.primary)]),
    ...table.unique.map((columns) => unique('unique', columns)),
    ...table.indexes.map((columns) => `create index on ${quoted} (${sqlNames(columns)});`),
    ...table.foreign.map((key) => {
      const text =
        `foreign key (${sqlNames(key.columns)}) ` +
        `references ${sqlName(key.table)} (${sqlNames(key.references)})`;
      return foreignHolds(key, own, tables)
        ? `alter table ${quoted} add ${text} on delete ${key.onDelete};`
        : `-- Goes: ${text} on ${quoted}`;
    }),
  ];
}

function foreignHolds(
  { columns, table, references }: Table['foreign'][number],
  child: PlacedTable | undefined,
  tables: readonly PlacedTable[],
): boolean {
  const parent = tables.find(({ name }) => name === table);
  if (child === undefined || parent === undefined) return false;
  if (parent.placement === 'reference') return true;
  if (child.placement !== 'sharded' || parent.placement !== 'sharded') return false;
  return child.keyColumns.every((column, i) => {
    const at = columns.indexOf(column);
    return at >= 0 && references[at] === parent.keyColumns[i];
  });
}
