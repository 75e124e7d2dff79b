import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { md5Words } from '../../base/hash/md5.ts';
import { UserError } from '../../base/user-error.ts';
import { buildRouter, type RouterSpec } from '../build-router.ts';
import { buildFor, knownKeys, shardsOf, topologyOf } from '../fixtures.suite.ts';
import { firstPoint } from '../algorithms/ring-points.ts';
import { digestsOf, ketamaPoints } from './ketama-points.ts';
import { ketamaServers } from './ketama-servers.ts';
import { ketama } from './ketama.ts';

const rows = z.array(z.object({ key: z.string(), hash: z.int(), server: z.string() }));
const shape = z.object({
  servers_weights_port_11211: z.array(z.tuple([z.string(), z.int()])),
  wraparound_case: z.object({ key: z.string(), hash_hex: z.string() }),
  ketama_weighted: z.array(rows.element.extend({ point: z.int() })),
  ketama_spy: rows,
});
const file = readVectors('ketama-libmemcached.json', shape);

const words = new Uint32Array(4);
function hashOf(key: string): number {
  const bytes = Buffer.from(key);
  md5Words(bytes, 0, bytes.length, words);
  return words[0] ?? 0;
}

// awesomized/libmemcached, test/fixtures/ketama.hpp.
const servers = ['10.0.1.1', '10.0.1.2', '10.0.1.3', '10.0.1.4', '10.0.1.5', '10.0.1.6'];
servers.push('10.0.1.7', '10.0.1.8');
const weights = [600, 300, 200, 350, 1000, 800, 950, 100];
const known = { settings: servers, weights };

describe('ketama', () => {
  it('places keys as libmemcached does', () => {
    const keys = knownKeys('text', ['SVa_]_V41)', '*/Z;?V(.\\8', '30C1*Z*S/_', 'VDEAAAAA']);
    const shards = shardsOf(buildFor(ketama, 8, keys, known), keys);
    expect(shards.slice(0, 3).map((shard) => servers[shard])).toEqual([
      '10.0.1.7',
      '10.0.1.1',
      '10.0.1.2',
    ]);
    // Beyond the last point: around to the first.
    const points = ketamaPoints(servers.map((label, i) => ({ label, weight: weights[i] ?? 0 })));
    expect(hashOf('VDEAAAAA')).toBe(0xfffcd1b5);
    expect(points.lo.at(-1)).toBeLessThan(0xfffcd1b5);
    expect(shards[3]).toBe(points.owner[0]);
  });

  it.skipIf(file === null)('agrees with every weighted vector: hash, point and server', () => {
    const vectors = shape.parse(file);
    const given = vectors.servers_weights_port_11211.map(([label, weight]) => ({ label, weight }));
    const points = ketamaPoints(given);
    expect(given).toEqual(servers.map((label, i) => ({ label, weight: weights[i] })));
    for (const { key, hash, point, server } of vectors.ketama_weighted) {
      expect(hashOf(key)).toBe(hash);
      const at = firstPoint(points, 0, hash, 0, points.count) % points.count;
      expect(points.lo[at]).toBe(point);
      expect(given[points.owner[at] ?? -1]?.label).toBe(server);
    }
    const keys = knownKeys('text', [...new Set(vectors.ketama_weighted.map(({ key }) => key))]);
    const expected = new Map(vectors.ketama_weighted.map(({ key, server }) => [key, server]));
    const shards = shardsOf(buildFor(ketama, 8, keys, known), keys);
    expect(shards.map((shard) => servers[shard])).toEqual([...expected.values()]);
    expect(hashOf(vectors.wraparound_case.key)).toBe(
      Number.parseInt(vectors.wraparound_case.hash_hex, 16),
    );
  });

  it.skipIf(file === null)("gives spymemcached's servers from spymemcached's labels", () => {
    const vectors = shape.parse(file);
    // "/host:11211", the same weights: what the preset does not take, its points do.
    const points = ketamaPoints(
      vectors.servers_weights_port_11211.map(([host, weight]) => ({
        label: `/${host}:11211`,
        weight,
      })),
    );
    for (const { key, hash, server } of vectors.ketama_spy) {
      expect(hashOf(key)).toBe(hash);
      const at = firstPoint(points, 0, hash, 0, points.count) % points.count;
      expect(servers[points.owner[at] ?? -1]).toBe(server);
    }
  });

  it('counts digests in single precision', () => {
    expect([1, 2, 4, 24].map((count) => digestsOf(1, count, count))).toEqual([40, 40, 40, 40]);
    // 1/25 in single precision is a little less, and 40 x 25 x that is rounded down.
    expect([25, 47, 100].map((count) => digestsOf(1, count, count))).toEqual([39, 39, 39]);
  });

  it('moves keys between old servers where their points are recounted', () => {
    const keys = knownKeys(
      'text',
      Array.from({ length: 20_000 }, (_, i) => `key-${i}`),
    );
    const strays = (from: number, to: number): number => {
      const before = shardsOf(buildFor(ketama, from, keys), keys);
      const after = shardsOf(buildFor(ketama, to, keys), keys);
      return after.filter((shard, key) => shard < from && shard !== before[key]).length;
    };
    expect(strays(4, 5)).toBe(0);
    expect(strays(24, 25)).toBeGreaterThan(0);
    expect(ketama.traits.monotone).toBe(false);
  });
});

describe('servers of ketama', () => {
  const read = (input: unknown, shards = 2) =>
    ketamaServers.read(input, topologyOf(shards), 'text');

  it('are hosts with or without a port', () => {
    const given = { servers: ['a', 'b:11211', 'c:11212', '[::1]:11213'] };
    expect(read(given)).toEqual({ value: ['a', 'b', 'c:11212', '[::1]:11213'] });
    expect(read(undefined)).toEqual({ value: null });
  });

  it.each([
    [[], ['the settings of ketama must have the form { servers:']],
    [{ server: ['a'] }, ['no setting "server" (did you mean servers?)', 'needs a list of servers']],
    [
      { servers: ['a', 'b c', 'a:11211', 7, 'd:0'] },
      [
        'server 1 of ketama, "b c", is not a host',
        'server 2 of ketama, "a:11211", is the same as server 0',
        'server 3 of ketama, 7, is not a host',
        'server 4 of ketama, "d:0", is not a host',
      ],
    ],
    [{ servers: ['a'] }, ['1 servers for 2 shards']],
  ])('%j are refused', (input, expected) => {
    const answer = read(input);
    const problems = 'problems' in answer ? answer.problems : [];
    expect(problems).toEqual(expected.map((each) => expect.stringContaining(each)));
  });

  it('are named in the message of a router that cannot be built', () => {
    const spec: RouterSpec = { router: 'ketama', parameter: null, hash: 'md5', salt: '' };
    const build = (): unknown =>
      buildRouter(
        { ...spec, settings: { servers: ['a'] } },
        topologyOf(2),
        'text',
        knownKeys('text', []),
      );
    expect(build).toThrow(UserError);
    expect(build).toThrow('ketama takes no hash');
    expect(build).toThrow('name one for each');
  });
});
