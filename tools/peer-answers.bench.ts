import { maxOverMean } from '../src/metrics/imbalance.ts';
import { jumpBucket } from '../src/router/algorithms/jump-bucket.ts';
import { type Peer, type PeerRouter, shardOf } from './peer-packages.bench.ts';

/** What a peer answers, over some keys: fractions of the keys where nothing else is said. */
export interface PeerAnswers {
  /** Keys that a second router, built alike, has elsewhere. */
  readonly unstable: number;
  /** The same of one that was built from its shards in the opposite order; null: they have one. */
  readonly byOrder: number | null;
  /** The same of one that a shard was added to, against one built with it; null: it cannot grow. */
  readonly byGrowth: number | null;
  /** Keys of the fullest shard over the mean. */
  readonly maxOverMean: number;
  /** Answers that are no shard. */
  readonly none: number;
  /** Keys that one shard more moves, and those of them that do not go to it. */
  readonly moved: number;
  readonly strayed: number;
  /**
   * Integers from 0 to 19 on 100 shards that are where jump's reference has them; null: no jump.
   */
  readonly golden: number | null;
  /** Of some int64 keys that are negative or above 2^53 (see `hardIntegers`). */
  readonly hardIntegers: number | null;
  readonly keys: number;
}

/** google/guava, HashingTest.java: testConsistentHash_linearCongruentialGeneratorCompatibility. */
const golden100 = [
  0, 55, 62, 8, 45, 59, 86, 97, 82, 59, 73, 37, 17, 56, 86, 21, 90, 37, 38, 83,
] as const;

/** int8 keys that a double does not hold, or that are negative. */
const hardIntegers = [-1n, -12345n, 2n ** 53n + 1n, 2n ** 62n + 12345n, -(2n ** 63n)] as const;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export function peerAnswers(peer: Peer, shards: number, keys: readonly string[]): PeerAnswers {
  const all = (router: PeerRouter): number[] => keys.map((key) => shardOf(router.lookup(key)));
  const built = (from: readonly number[]): number[] => all(peer.build(from));
  const first = built(upTo(shards));
  const larger = built(upTo(shards + 1));
  const differing = (others: readonly number[], from: readonly number[]): number =>
    others.filter((shard, key) => shard !== from[key]).length / keys.length;
  const counts = upTo(shards).map((shard) => first.filter((each) => each === shard).length);
  return {
    unstable: differing(built(upTo(shards)), first),
    byOrder: peer.ordered ? null : differing(built(upTo(shards).toReversed()), first),
    byGrowth: grownDiffers(peer, shards, (router) => differing(all(router), larger)),
    maxOverMean: maxOverMean(counts),
    none: first.filter((shard) => shard < 0 || shard >= shards).length / keys.length,
    moved: differing(larger, first),
    strayed:
      larger.filter((shard, key) => shard !== first[key] && shard !== shards).length / keys.length,
    golden: peer.jump === null ? null : goldenHits(peer.jump),
    hardIntegers: peer.jump === null ? null : hardHits(peer.jump),
    keys: keys.length,
  };
}

function grownDiffers(
  peer: Peer,
  shards: number,
  differing: (router: PeerRouter) => number,
): number | null {
  const router = peer.build(upTo(shards));
  if (router.add === null) return null;
  router.add(shards);
  return differing(router);
}

type Jump = NonNullable<Peer['jump']>;

const goldenHits = (jump: Jump): number =>
  golden100.filter((bucket, key) => jump(key, 100) === bucket).length;

const hardHits = (jump: Jump): number =>
  hardIntegers.filter((key) => {
    const word = BigInt.asUintN(64, key);
    return jump(key, 100) === jumpBucket(Number(word >> 32n), Number(word & 0xffff_ffffn), 100);
  }).length;

/** What is wrong with the answers, each in words; none when nothing is. */
export function wrongAnswers(answers: PeerAnswers, shards: number): readonly string[] {
  const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
  const { unstable, byOrder, byGrowth, none, moved, strayed, golden, hardIntegers: hard } = answers;
  const optimum = 1 / (shards + 1);
  const said: readonly (readonly [boolean, string])[] = [
    [unstable > 0, `unstable: ${percent(unstable)} of the keys elsewhere in a second router`],
    [none > 0, `no shard for ${percent(none)} of the keys`],
    [(byOrder ?? 0) > 0, `the order of the shards moves ${percent(byOrder ?? 0)}`],
    [(byGrowth ?? 0) > 0, `grown, it has ${percent(byGrowth ?? 0)} elsewhere than built anew`],
    [strayed > 0, `one shard more moves ${percent(strayed)} between old shards`],
    [moved > 2 * optimum, `one shard more moves ${percent(moved)}, optimum ${percent(optimum)}`],
    [answers.maxOverMean > 1.5, `max/mean ${answers.maxOverMean.toFixed(2)}`],
    [golden !== null && golden < golden100.length, `${golden} of 20 buckets as published`],
    [
      hard !== null && hard < hardIntegers.length,
      `${hard} of ${hardIntegers.length} int64 keys below 0 or above 2^53 as published`,
    ],
  ];
  return said.filter(([wrong]) => wrong).map(([, words]) => words);
}
