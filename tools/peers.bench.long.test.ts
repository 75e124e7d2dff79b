import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type PeerAnswers, peerAnswers, wrongAnswers } from './peer-answers.bench.ts';
import { type Peer, shardOf } from './peer-packages.bench.ts';
import { benchPeers } from './peers.bench.ts';
import { peersMarkdown, peersText, reachRows } from './peers-table.bench.ts';

test('the benchmark runs at a small size; C has the same shards, where it compiles', async () => {
  const document = await benchPeers(
    {
      shards: 16,
      keys: 1024,
      rounds: 1,
      ms: 2,
      answerKeys: 256,
      peers: ['jumphash', 'ketama'],
      hashes: ['murmur3-32', 'fnv1a-64'],
    },
    () => undefined,
  );
  expect(document.ours.map(({ router, hash }) => `${router}, ${hash}`)).toEqual(
    ['mod', 'jump', 'ring'].flatMap((each) => [`${each}, murmur3-32`, `${each}, fnv1a-64`]),
  );
  // It throws where C has other checksums; other routers and hashes have others.
  expect(new Set(document.ours.map(({ checksums }) => checksums.text)).size).toBe(6);
  for (const { ns, inC } of document.ours) {
    expect(Math.min(ns.string, ns.bytes, ns.bulk)).toBeGreaterThan(0);
    expect(inC === null).toBe(!hasCompiler());
  }
  const [jumphash, ketama] = document.peers;
  expect(jumphash).toMatchObject({ version: '0.2.2', answers: { golden: 20, unstable: 0 } });
  expect(ketama?.answers).toMatchObject({ unstable: 0, byOrder: 0, byGrowth: 0, strayed: 0 });
  const text = peersText(document);
  expect(text).toContain('ketama 1.0.0');
  expect(text).toMatch(/jump beside jumphash +>= 25 times faster +\d+ +reached/);
  expect(peersMarkdown(document)).toContain('| contender | string | bytes | bulk |');
  expect(reachRows(document)).toHaveLength(hasCompiler() ? 19 : 1);
}, 60_000);

function hasCompiler(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v gcc || command -v cc'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const keys = Array.from({ length: 400 }, (_, index) => `tenant-${index}`);
const plain: Omit<Peer, 'build'> = {
  name: 'made up',
  version: '1.0.0',
  does: '',
  counterpart: { router: 'mod', hash: 'xxh64' },
  leastKeys: 0,
  ordered: true,
  jump: null,
};
const number = (key: string): number => Number(key.slice(7));
const answersOf = (peer: Partial<Peer> & Pick<Peer, 'build'>): PeerAnswers =>
  peerAnswers({ ...plain, ...peer }, 4, keys);
const found = (peer: Partial<Peer> & Pick<Peer, 'build'>): string =>
  wrongAnswers(answersOf(peer), 4).join('\n');

describe('wrong answers are found', () => {
  test('modulo moves nearly all keys, and between old shards', () => {
    const modulo: Peer['build'] = ({ length }) => ({
      lookup: (key) => number(key) % length,
      add: null,
    });
    // Of 20 numbers in a row 16 are elsewhere modulo 5 than modulo 4, 4 of these on the new shard.
    expect(answersOf({ build: modulo })).toMatchObject({
      moved: 0.8,
      strayed: 0.6,
      maxOverMean: 1,
    });
    expect(found({ build: modulo })).toBe(
      'one shard more moves 60.0 % between old shards\none shard more moves 80.0 %, optimum 20.0 %',
    );
  });

  test('routers built alike that differ', () => {
    let built = 0;
    // The first, one with a shard more, and the second.
    const build: Peer['build'] = () => {
      const shard = built;
      built += 1;
      return { lookup: () => shard, add: null };
    };
    expect(found({ build })).toContain('unstable: 100.0 % of the keys elsewhere');
  });

  test('the order of the shards, growth that is not as if built anew, and uneven shares', () => {
    const build: Peer['build'] = (shards) => ({
      lookup: () => `shard-${shards[0] ?? 0}`,
      add: () => undefined,
    });
    const words = found({ build, ordered: false });
    expect(words).toContain('the order of the shards moves 100.0 %');
    expect(words).toContain('max/mean 4.00');
    const alternating: Peer['build'] = (shards) => ({
      lookup: () => (shards.length === 5 ? 'shard-4' : 'shard-0'),
      add: () => undefined,
    });
    expect(found({ build: alternating })).toContain('grown, it has 100.0 % elsewhere');
  });

  test('answers that are no shard, and another jump', () => {
    const build: Peer['build'] = () => ({ lookup: () => undefined, add: null });
    const words = found({ build, jump: (key) => Number(BigInt(key) % 100n) });
    expect(words).toContain('no shard for 100.0 % of the keys');
    expect(words).toMatch(/^1 of 20 buckets as published$/m);
    expect(words).toMatch(/^0 of 5 int64 keys/m);
  });

  test.each([
    [3, 3],
    ['shard-12', 12],
    ['7', 7],
    ['other', -1],
    [undefined, -1],
    [1.5, -1],
  ])('the shard of the answer %j is %d', (answer, shard) => expect(shardOf(answer)).toBe(shard));
});
