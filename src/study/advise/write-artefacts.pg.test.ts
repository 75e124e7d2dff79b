import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { artefactsOf } from '../../advice/artefacts/artefacts.ts';
import type { Artefact, ArtefactInput } from '../../advice/artefacts/artefact-types.ts';
import { drawnKey } from '../../advice/artefacts/vectors.ts';
import { present } from '../../base/assert.ts';
import { decodeKey, encodeKey, keyTypes } from '../../base/keys.ts';
import { rngFrom } from '../../base/rng.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { recreateDatabase, withClient } from '../../postgres/database.ts';
import { buildRouter } from '../../router/build-router.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import type { Strategy } from '../../scenario/types.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { type LoadedScenario, loadPlanned } from '../scenario/load-scenario.ts';
import { artefactInput } from './write-artefacts.ts';

// The SQL that is written runs on PostgreSQL, and places keys as the recommendation does.
const keyCount = 10_000;
const shardCount = 3;

let fleet: RunningFleet;
let server: ShardAddress;
let quickstart: LoadedScenario;
let shop: LoadedScenario;

const load = (name: string): Promise<LoadedScenario> =>
  loadPlanned(
    fileURLToPath(new URL(`../../../scenarios/${name}.yaml`, import.meta.url)),
    {},
    () => undefined,
  );

beforeAll(async () => {
  const started = await startShards(1);
  fleet = started.fleet;
  server = present(started.servers[0], 'server');
  quickstart = await load('quickstart');
  shop = await load('shop');
});
afterAll(() => fleet.stop());

const strategyOf = (key: string, router: string, rest: Partial<Strategy> = {}): Strategy => {
  return { name: `${key}/${router}`, key, router, parameter: null, hash: null, salt: '', ...rest };
};

const textOf = (artefacts: readonly Artefact[], path: string): string =>
  present(
    artefacts.find((each) => each.path === path),
    path,
  ).text;

/** The databases of the shards and the one in front of them, with everything run on them. */
async function installed(artefacts: readonly Artefact[]) {
  const shards: ShardAddress[] = [];
  for (let shard = 0; shard < shardCount; shard += 1) {
    const address = await recreateDatabase(server, `advised_${shard}`);
    await withClient(address, (client) =>
      client.query(textOf(artefacts, 'postgres-fdw/1-on-each-shard.sql')),
    );
    shards.push(address);
  }
  const front = await recreateDatabase(server, 'advised_front');
  // A user puts in hosts and passwords of their own; so does this test.
  const { host, port, user, password } = server;
  const servers = textOf(artefacts, 'postgres-fdw/2-servers.sql')
    .replaceAll(
      /host 'shard-(\d)\.example'/g,
      (_, shard) => `host '${host}', dbname 'advised_${shard}'`,
    )
    .replaceAll("port '5432', dbname 'app'", `port '${port}'`)
    .replaceAll("user 'app', password 'change-me'", `user '${user}', password '${password}'`);
  await withClient(front, async (client) => {
    await client.query(servers);
    await client.query(textOf(artefacts, 'postgres-fdw/3-in-front.sql'));
  });
  return { shards, front };
}

/** Keys that are known, the ends of their type, and drawn ones; their shards by our own router. */
function placedKeys({ strategy, scenario, known }: ArtefactInput, isClosed: boolean) {
  const type = present(
    keyTypes.find((each) => each === known.type),
    'one column',
  );
  const router = buildRouter(strategy, topologyOf(scenario.topology, shardCount), type, known);
  const keys = new Set<string>();
  for (let key = 0; key < Math.min(known.count, keyCount / 2); key += 1) {
    keys.add(decodeKey(type, known.bytes, known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0));
  }
  const rng = rngFrom(5, 'fdw');
  while (!isClosed && keys.size < keyCount) keys.add(drawnKey(type, rng));
  return Array.from(keys, (key) => {
    const bytes = encodeKey(type, key);
    return { key, shard: router.route(bytes, 0, bytes.length) };
  });
}

/** The keys that each shard has after all of them were inserted in front. */
async function keysOnShards(
  { shards, front }: Awaited<ReturnType<typeof installed>>,
  table: string,
  column: string,
  insert: string,
  keys: readonly string[],
) {
  await withClient(front, (client) => client.query(insert, [keys]));
  return Promise.all(
    shards.map((address) =>
      withClient(address, async (client) => {
        const { rows } = await client.query<{ key: string }>(
          `select ${column}::text as key from ${table}`,
        );
        return rows.map(({ key }) => key).toSorted();
      }),
    ),
  );
}

const expectedOn = (placed: readonly { key: string; shard: number }[]) =>
  Array.from({ length: shardCount }, (_, shard) =>
    placed
      .filter((each) => each.shard === shard)
      .map(({ key }) => key)
      .toSorted(),
  );

describe('partitions of foreign tables', () => {
  const heavy = { tenants: [], above: 0.02 };
  const strategies = [
    strategyOf('tenant_id', 'mod'),
    strategyOf('tenant_id', 'ring', { parameter: 150, salt: 'chosen' }),
    strategyOf('tenant_id', 'range'),
    strategyOf('tenant_id', 'directory'),
    strategyOf('tenant_id', 'postgres-hash'),
    strategyOf('tenant_id', 'jump', { pin: heavy }),
  ];

  test.each(strategies.map((strategy) => [strategy.name, strategy] as const))(
    'of one table, %s',
    async (_, strategy) => {
      const input = artefactInput(quickstart, strategy, shardCount);
      const artefacts = artefactsOf(input);
      const placed = placedKeys(input, false);
      expect(placed).toHaveLength(keyCount);
      const insert = `insert into orders
          (tenant_id, user_id, order_id, region, created_at, total, payload)
        select key, 1, i, 'eu', now(), 1, '' from unnest($1::text[]) with ordinality as t (key, i)`;
      const keys = placed.map(({ key }) => key);
      const found = await keysOnShards(
        await installed(artefacts),
        'orders',
        'tenant_id',
        insert,
        keys,
      );
      expect(found).toEqual(expectedOn(placed));
    },
  );

  test('of one table some of whose tenants are split by the order', async () => {
    const split = { tenants: [], above: 0.01, by: 'order_id', over: 2 };
    const input = artefactInput(quickstart, strategyOf('tenant_id', 'mod', { split }), shardCount);
    const artefacts = artefactsOf(input);
    const map = JSON.parse(textOf(artefacts, 'shard-map.json')) as {
      vectors: [key: string, by: string, shard: number][];
      pieces: [key: string, shards: number[]][];
    };
    const whole = new Set(map.pieces.map(([key]) => key));
    const insert = `insert into orders
        (tenant_id, user_id, order_id, region, created_at, total, payload)
      select pair->>0, 1, (pair->>1)::int8, 'eu', now(), 1, ''
      from unnest($1::jsonb[]) as pair`;
    // An order's number is the primary key; short ones were drawn more than once.
    const vectors = [...new Map(map.vectors.map((each) => [each[1], each])).values()];
    expect(vectors.filter(([key]) => whole.has(key)).length).toBeGreaterThan(5);
    const pairs = vectors.map(([key, by]) => JSON.stringify([key, by]));
    const databases = await installed(artefacts);
    const key = `tenant_id || ' ' || order_id`;
    const found = await keysOnShards(databases, 'orders', `(${key})`, insert, pairs);
    const placed = vectors.map(([tenant, by, shard]) => ({ key: `${tenant} ${by}`, shard }));
    expect(found).toEqual(expectedOn(placed));
  });

  test('of many tables, by the tenant; one shard answers where the slot is said', async () => {
    const input = artefactInput(shop, strategyOf('tenant', 'jump'), shardCount);
    const artefacts = artefactsOf(input);
    const placed = placedKeys(input, false);
    const databases = await installed(artefacts);
    const insert = `insert into tenants (id, name, region)
      select key::int8, '', 'eu' from unnest($1::text[]) as key`;
    const keys = placed.map(({ key }) => key);
    const found = await keysOnShards(databases, 'tenants', 'id', insert, keys);
    expect(found).toEqual(expectedOn(placed));
    await withClient(databases.front, async (client) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select * from tenants where id = 17 and shardlab_slot(id) = shardlab_slot(17)`,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan.match(/Foreign Scan/g)).toHaveLength(1);
    });
  });

  test('what no constraint forbids any more, a query finds', async () => {
    const input = artefactInput(shop, strategyOf('user', 'jump'), shardCount);
    const artefacts = artefactsOf(input);
    const checks = textOf(artefacts, 'constraints.sql');
    const { front, shards } = await installed(artefacts);
    const pointed = `insert into countries (code, name) values ('001', 'One');
      insert into tenants (id, name, region) values (1, 'One', 'eu')`;
    for (const shard of shards) await withClient(shard, (client) => client.query(pointed));
    await withClient(front, async (client) => {
      await client.query(
        `insert into users (tenant_id, id, region, country, email, joined_on)
         select distinct on (shardlab_slot(i)) 1, i, 'eu', '001', 'same', date '2024-01-01'
         from generate_series(1, 20) as i`,
      );
      const found: Record<string, number> = {};
      for (const check of checks.split('\n\n').slice(1)) {
        const [title = '', ...query] = check.split('\n');
        found[title.slice(3)] = (await client.query(query.join('\n'))).rowCount ?? -1;
      }
      expect(found).toEqual({
        'primary key (tenant_id, id) of orders holds within each shard only': 0,
        'primary key (tenant_id, order_id, number) of lines holds within each shard only': 0,
        'unique (tenant_id, email) of users holds within each shard only': 1,
      });
    });
  });
});

test('the tables of the shard map say what the router says', async () => {
  const input = artefactInput(quickstart, strategyOf('tenant_id', 'slots'), shardCount);
  const artefacts = artefactsOf(input);
  const database = await recreateDatabase(server, 'advised_map');
  await withClient(database, async (client) => {
    await client.query(textOf(artefacts, 'shard-map.sql'));
    await client.query(textOf(artefacts, 'router/router.sql'));
    const { rows } = await client.query(
      `select count(*)::int as keys,
        count(*) filter (where shardlab_slot(key) = shard)::int as same
       from shardlab_known_keys`,
    );
    expect(rows).toEqual([{ keys: 2248, same: 2248 }]);
    const slots = await client.query('select count(*)::int as slots from shardlab_slots');
    expect(slots.rows).toEqual([{ slots: 1024 }]);
  });
});
