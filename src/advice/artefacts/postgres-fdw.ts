// One PostgreSQL in front of the shards: partitions that are foreign tables of postgres_fdw.
import { fact } from '../../result/finding.ts';
import type { Artefact, Chosen } from './artefact-types.ts';
import { createTable, type PlacedTable, placedTables, tablesDdl } from './artefact-tables.ts';
import type { RouterPlan } from './router-plan.ts';
import { slotFunction, sqlRouter, sqlSelfTest } from './sql/sql-router.ts';
import { dollarQuoted, sqlName, sqlNames, sqlText } from './sql/sql-text.ts';

/** Where the DDL of the scenario's own tables is made for their columns, and dropped again. */
const templates = 'shardlab_templates';

/** What shards run, what the front says of them, and the partitioned tables. */
export function postgresFdw(chosen: Chosen & { plan: RouterPlan }): Artefact[] {
  const { scenario, layout, plan, header, vectors, shardCount, strategy } = chosen;
  const head = header.map((line) => `-- ${line}`).join('\n');
  const tables = placedTables(scenario, layout, strategy.key);
  const byHash = isPartitionHash(plan);
  const left = tables.filter((table) => !isPlaced(table, plan)).map(({ name }) => name);
  const note = fact(byHash ? 'artefact-fdw-by-hash' : 'artefact-fdw-by-list', {
    names: { left },
  });
  const artefact = (path: string, parts: readonly string[]): Artefact => ({
    path: `postgres-fdw/${path}`,
    text: `${parts.filter((part) => part !== '').join('\n\n')}\n`,
    placement: 'exact',
    note: path.startsWith('3') ? note : fact('artefact-fdw-part', { names: { path } }),
  });
  return [
    artefact('1-on-each-shard.sql', [
      `${head}\n-- Run on each shard: its tables, with the constraints that a shard can hold`,
      tablesDdl(scenario, layout),
    ]),
    artefact('2-servers.sql', [
      `${head}
-- Run on the server in front of the shards, once you have put in your own hosts and users`,
      'create extension if not exists postgres_fdw;',
      ...Array.from({ length: shardCount }, (_, shard) => serverText(shard)),
    ]),
    artefact('3-in-front.sql', [
      `${head}\n-- Run on the server in front of the shards, after 2-servers.sql`,
      ...(byHash ? [] : [sqlRouter(plan, []).trim(), sqlSelfTest(plan, vectors)]),
      templatesText(chosen),
      ...tables.map((table) => frontTable(table, chosen, byHash)),
      scenario.tables === undefined ? `drop schema ${templates} cascade;` : '',
    ]),
  ];
}

/** Whether PARTITION BY HASH itself is the router. */
export function isPartitionHash({ core, pins, split, numbering }: RouterPlan): boolean {
  return (
    core.kind === 'partition-hash' && pins.length === 0 && split === null && numbering === null
  );
}

/** Whether partitions can be made of it. */
function isPlaced({ placement, isBits, columns }: PlacedTable, { split }: RouterPlan): boolean {
  if (isBits || placement === 'own-key') return false;
  if (placement !== 'sharded' || split === null) return true;
  return columns?.includes(split.by) === true;
}

const server = (shard: number): string => `shardlab_shard_${shard}`;

const serverText = (shard: number): string => `create server ${server(shard)}
  foreign data wrapper postgres_fdw
  options (host 'shard-${shard}.example', port '5432', dbname 'app', batch_size '100');
create user mapping for current_user server ${server(shard)}
  options (user 'app', password 'change-me');`;

/** In the short form only the scenario's DDL knows all columns. */
function templatesText({ scenario }: Chosen): string {
  if (scenario.tables !== undefined) return '';
  const statements = scenario.schema.ddl.map((each) => `  execute ${sqlText(each.trim())};`);
  return `-- Your own DDL, in a schema that goes again: only the columns are taken from it.
create schema ${templates};
do ${dollarQuoted(`declare
  before text := current_setting('search_path');
begin
  perform set_config('search_path', '${templates}, ' || before, true);
${statements.join('\n')}
  perform set_config('search_path', before, true);
end`)};`;
}

function frontTable(table: PlacedTable, chosen: Chosen & { plan: RouterPlan }, byHash: boolean) {
  const { scenario, plan, shardCount } = chosen;
  const { name, placement } = table;
  const own = scenario.tables?.tables.find((each) => each.name === name);
  const columns =
    own === undefined
      ? `create table ${sqlName(name)} (like ${templates}.${sqlName(name)} including defaults);`
      : createTable(own);
  if (!isPlaced(table, plan)) {
    return `-- ${name} lies by a key of its own and is not written here`;
  }
  if (placement === 'reference') {
    return `-- ${name} is the same everywhere: keep it here and on each shard\n${columns}`;
  }
  if (placement === 'home') {
    const foreign = columns
      .replace('create table', 'create foreign table')
      .replace(/;$/, `\n  server ${server(0)} options (table_name ${sqlText(name)});`);
    return `-- ${name} has no column of the key: it lies whole on shard 0.\n${foreign}`;
  }
  const by = partitionKey(table, plan, byHash);
  const parts = Array.from({ length: shardCount }, (_, shard) => {
    const values = byHash ? `with (modulus ${shardCount}, remainder ${shard})` : `in (${shard})`;
    return `create foreign table ${sqlName(`${name}_shard_${shard}`)} partition of ${sqlName(name)}
  for values ${values}
  server ${server(shard)} options (table_name ${sqlText(name)});`;
  });
  return `${columns.replace(/;$/, ` partition by ${by};`)}\n\n${parts.join('\n\n')}`;
}

function partitionKey({ keyColumns }: PlacedTable, { split }: RouterPlan, byHash: boolean): string {
  if (byHash) return `hash (${sqlNames(keyColumns)})`;
  const second = split === null ? [] : [split.by];
  return `list (${slotFunction}(${sqlNames([...keyColumns, ...second])}))`;
}
