import { expect, test } from 'vitest';
import { planned } from './artefact-routers-fixture.ts';
import { typescriptRouter } from './typescript/typescript-router.ts';

/** The file that a user gets, as a module. */
async function written(router: string, shards: number, parameter: number | null = null) {
  const { plan } = planned({ router, type: 'int8', shards, parameter }, 0);
  const text = typescriptRouter(plan, ['A router.'], []);
  const { stripTypeScriptTypes } = await import('node:module');
  const source = stripTypeScriptTypes(text);
  const url = `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as { readonly shardOf: (key: number) => number };
}

// The first ids of each hash partition of 1 to 500: postgresml/pgcat, src/sharding.rs,
// test_pg_bigint_hash, which had them of PostgreSQL.
test("PgDog's and PostgreSQL's router places ids as PostgreSQL's partitions do", async () => {
  const ids = [
    [1, 4, 5, 14, 19, 39, 40, 46, 47, 53],
    [2, 3, 11, 17, 21, 23, 30, 49, 51, 54],
    [6, 7, 15, 16, 18, 20, 25, 28, 34, 35],
    [8, 12, 13, 22, 29, 31, 33, 36, 41, 43],
    [9, 10, 24, 26, 27, 32, 37, 38, 42, 45],
  ];
  for (const router of ['postgres-hash', 'pgdog']) {
    const { shardOf } = await written(router, 5);
    expect(ids.map((each) => each.map((id) => shardOf(id)))).toEqual(
      ids.map((each, shard) => each.map(() => shard)),
    );
  }
});

// worker_hash(3) = -28094569 and worker_hash(123) = -205084363, in the range from -1073741824 to -1
// of four: citusdata/citus, src/test/regress/expected/multi_utilities.out and
// multi_distribution_metadata.out.
test("Citus' router places ids in the ranges of Citus' regression tests", async () => {
  const { shardOf } = await written('citus', 4, 4);
  expect([3, 123].map((id) => shardOf(id))).toEqual([1, 1]);
});
