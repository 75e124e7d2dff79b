import { describe, expect, it } from 'vitest';
import { route, type RouteOptions } from './route.ts';

async function* once(text: string) {
  yield text;
}

/** The shards of the keys, as `shardlab route` prints them. */
async function shardsOf(
  options: Partial<RouteOptions> & Pick<RouteOptions, 'router' | 'shards'>,
  ...keys: readonly string[]
): Promise<number[]> {
  let written = '';
  const input = once(keys.map((key) => `${key}\n`).join(''));
  await route({ keyType: 'text', ...options }, input, { write: (text) => (written += text) });
  const lines = written.trimEnd().split('\n');
  return lines.map((line) => Number(line.slice(line.lastIndexOf('\t') + 1)));
}

describe('route with a preset', () => {
  it('postgres-hash: remainders that PostgreSQL 18 gives', async () => {
    const postgres = { router: 'postgres-hash', shards: 100 };
    const integers = { ...postgres, keyType: 'int8' };
    expect(await shardsOf(integers, '0', '1', '2')).toEqual([68, 40, 46]);
    // A document of a third party: partition 9 of 16.
    const uuid = '40e142fd-1038-48e6-93ae-15edba5c5c43';
    expect(await shardsOf({ ...postgres, shards: 16, keyType: 'uuid' }, uuid)).toEqual([9]);
    // PostgreSQL 18, a table partitioned by hash (int8, text), modulus 5; the second key has a
    // NULL.
    const pairs = { ...postgres, shards: 5, keyType: 'int8,text' };
    expect(await shardsOf(pairs, '1\tx', '\\N\tx', '-5\ttenant-42')).toEqual([2, 3, 0]);
  });

  it('pgdog: the partitions that pgcat publishes, modulus 5', async () => {
    // postgresml/pgcat, src/sharding.rs, test_pg_bigint_hash.
    const pgdog = { router: 'pgdog', shards: 5, keyType: 'int8' };
    expect(await shardsOf(pgdog, '1', '4', '2', '3', '6', '8', '9')).toEqual([0, 0, 1, 1, 2, 3, 4]);
  });

  it('citus: shards 540006 to 540009 of its regression tests', async () => {
    // citusdata/citus, src/test/regress/expected/multi_metadata_sync.out.
    const citus = { router: 'citus:4', shards: 4, keyType: 'int8' };
    expect(await shardsOf(citus, '1', '2', '3', '4')).toEqual([0, 3, 1, 1]);
  });

  it('vitess-hash and vitess-xxhash: keyspace ids in -40, 40-80, 80-c0 and c0-', async () => {
    // Keyspace ids 16.., 4e.., d2.. (vitessio/vitess, hash_test.go), d0.., 87.. (xxhash_test.go).
    const integers = { router: 'vitess-hash', shards: 4, keyType: 'int8' };
    expect(await shardsOf(integers, '1', '3', '4')).toEqual([0, 1, 3]);
    expect(await shardsOf({ router: 'vitess-xxhash', shards: 4 }, 'test1', 'test2')).toEqual([
      3, 2,
    ]);
  });

  it('mongodb-hashed: the signs of its hashes on two shards', async () => {
    // mongodb/mongo, src/mongo/db/hasher_test.cpp: -9.4e17 for 42, 4.9e18 for 0, 8.5e18 for "abc".
    const integers = { router: 'mongodb-hashed', shards: 2, keyType: 'int8' };
    expect(await shardsOf(integers, '42', '0')).toEqual([0, 1]);
    expect(await shardsOf({ router: 'mongodb-hashed', shards: 2 }, 'abc')).toEqual([1]);
  });

  it('redis-cluster: the slots of go-redis, hash tags included', async () => {
    // Slots 12182, 2515, 2515, 8363 (redis/go-redis, hashtag_test.go); masters from 0, 5461, 10923.
    const keys = ['foo', 'foo{hash_tag}', 'bar{hash_tag}', 'foo{}{bar}'];
    expect(await shardsOf({ router: 'redis-cluster', shards: 3 }, ...keys)).toEqual([2, 0, 0, 1]);
  });

  it('ketama: shards called shard-0, shard-1 and so on', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const shards = await shardsOf({ router: 'ketama', shards: 3 }, ...keys);
    // MD5 points of "shard-<i>-<0..39>", reckoned with Python's hashlib and bisect.
    expect(shards).toEqual([0, 2, 2, 1, 2, 2, 2, 2]);
  });

  it.each([
    ['vitess-hash', 'text', 'vitess-hash takes int8 keys, not text'],
    ['vitess-xxhash', 'uuid', 'vitess-xxhash takes text, int8 keys, not uuid'],
  ])('%s refuses %s keys', async (router, keyType, message) => {
    await expect(shardsOf({ router, shards: 4, keyType }, 'x')).rejects.toThrow(message);
    await expect(shardsOf({ router, shards: 4, keyType }, 'x')).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  it('takes no hash and no salt', async () => {
    const options = { router: 'citus', shards: 4, hash: 'md5', salt: 'x' };
    await expect(shardsOf(options, 'x')).rejects.toThrow(
      'citus takes no hash, but md5 is named\ncitus takes no salt, but "x" is given',
    );
  });
});
