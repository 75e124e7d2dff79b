import type { KeyType } from '../../base/keys.ts';
import type { Artefact, Chosen } from './artefact-types.ts';
import { type PlacedTable, placedTables } from './artefact-tables.ts';
import { engineArtefacts } from './engine-map.ts';
import { isPartitionHash } from './postgres-fdw.ts';
import type { PlacedText, RouterPlan } from './router-plan.ts';

const dataTypes: Readonly<Record<KeyType, string>> = {
  int8: 'bigint',
  text: 'varchar',
  uuid: 'uuid',
};

/** pgdog.toml: https://docs.pgdog.dev/configuration/pgdog.toml/sharded_tables/ */
export function pgdogArtefacts(chosen: Chosen & { plan: RouterPlan }): Artefact[] {
  const { scenario, layout, plan, header, strategy, shardCount } = chosen;
  const tables = placedTables(scenario, layout, strategy.key);
  const sharded = tables.filter(
    ({ placement, keyColumns, isBits }) =>
      placement === 'sharded' && keyColumns.length === 1 && !isBits,
  );
  const mappings = mappingsOf(plan);
  const whole = tables.filter(({ placement }) => placement === 'reference').map(({ name }) => name);
  const parts = [
    header.map((line) => `# ${line}`).join('\n'),
    '[general]\nhost = "0.0.0.0"\nport = 6432',
    ...Array.from(
      { length: shardCount },
      (_, shard) => `[[databases]]
name = "app"
host = "shard-${shard}.example"
port = 5432
database_name = "app"
shard = ${shard}`,
    ),
    ...sharded.map(({ name, keyColumns: [column = ''] }) =>
      section('sharded_tables', [
        ['name', name],
        ['column', column],
        ['data_type', dataTypes[plan.keyType]],
      ]),
    ),
    ...(mappings ?? []).flatMap((mapping) => sharded.map((table) => mappingText(table, mapping))),
    ...(whole.length === 0
      ? []
      : [`[[omnisharded_tables]]\ndatabase = "app"\ntables = ${JSON.stringify(whole)}`]),
    ...tables
      .filter((table) => table.placement !== 'reference' && !sharded.includes(table))
      .map(({ name }) => `# ${name} lies by no single column of the key: not written here`),
  ];
  const isExact = isPartitionHash(plan) || mappings !== null;
  const text = `${parts.join('\n\n')}\n`;
  return engineArtefacts('PgDog', chosen, {
    path: 'pgdog/pgdog.toml',
    text,
    isExact,
    parameter: null,
  });
}

type Lines = readonly (readonly [name: string, value: string | number])[];

function section(name: string, lines: Lines): string {
  const own = lines.map(([key, value]) => `${key} = ${tomlValue(value)}`);
  return [`[[${name}]]`, 'database = "app"', ...own].join('\n');
}

/** A basic string of TOML escapes as JSON does, but for DEL. */
const tomlValue = (value: string | number): string =>
  JSON.stringify(value).replaceAll('\u007f', String.raw`\u007f`);

interface Mapping {
  readonly kind: 'list' | 'range' | 'default';
  readonly shard: number;
  readonly rest: string;
}

function mappingText({ name, keyColumns: [column = ''] }: PlacedTable, mapping: Mapping): string {
  const head = section('sharded_mappings', [
    ['table', name],
    ['column', column],
    ['kind', mapping.kind],
  ]);
  return `${head}\n${mapping.rest}shard = ${mapping.shard}`;
}

/** The same placement by lists or ranges of PgDog's own; null where it has nothing like it. */
function mappingsOf({ core, pins, split, numbering, keyType, isTableOnly }: RouterPlan) {
  if (pins.length > 0 || split !== null || numbering !== null || isTableOnly) return null;
  const literal = (key: string): string => (keyType === 'int8' ? key : tomlValue(key));
  if (core.kind === 'bounds' && keyType === 'int8') {
    return core.runs.map(({ low, shard }, i): Mapping => {
      const end = core.runs[i + 1]?.low ?? null;
      const rest = [low === null ? '' : `start = ${low}\n`, end === null ? '' : `end = ${end}\n`];
      return { kind: 'range', shard, rest: rest.join('') };
    });
  }
  if (core.kind !== 'list') return null;
  const byShard = Map.groupBy(core.entries, ({ shard }: PlacedText) => shard);
  const lists = Array.from(byShard, ([shard, entries]): Mapping => {
    return {
      kind: 'list',
      shard,
      rest: `values = [${entries.map(({ key }) => literal(key)).join(', ')}]\n`,
    };
  });
  if (core.otherwise === null) return lists;
  return [...lists, { kind: 'default', shard: core.otherwise, rest: '' } satisfies Mapping];
}
