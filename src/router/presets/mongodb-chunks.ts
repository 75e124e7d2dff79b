// Initial chunks of a hashed shard key: mongodb/mongo, src/mongo/db/s/config/
// initial_split_policy.cpp, calculateHashedSplitPoints and generateShardCollectionInitialChunks.
import { present } from '../../base/assert.ts';
import type { RouterTopology } from '../contract.ts';
import { type HashRange, hashSpace, rangeEnd } from './hash-ranges.ts';

/** Hashes are signed: adding 2^63 keeps their order and makes them unsigned. */
const signed = 2n ** 63n;

/** Where `chunks` initial chunks meet, ascending signed hashes, symmetric around 0. */
export function splitPoints(chunks: number): bigint[] {
  const width = ((signed - 1n) / BigInt(chunks)) * 2n;
  const points: bigint[] = [];
  const even = chunks % 2 === 0;
  if (even) points.push(0n);
  let current = even ? width : width / 2n;
  for (let i = 0; i < Math.floor((chunks - 1) / 2); i += 1) {
    points.push(current, -current);
    current += width;
  }
  return points.toSorted((a, b) => (a < b ? -1 : 1));
}

function activeShards({ weights }: RouterTopology): number[] {
  return weights.flatMap((weight, shard) => (weight > 0 ? [shard] : []));
}

/** Neighbouring chunks, so many for each shard in turn. */
export function initialChunks(topology: RouterTopology, chunksPerShard: number): HashRange[] {
  const shards = activeShards(topology);
  const points = splitPoints(shards.length * chunksPerShard);
  return [0n, ...points.map((point) => point + signed)].map((start, chunk) => ({
    start,
    shard: present(shards[Math.floor(chunk / chunksPerShard)], 'shard of a chunk'),
  }));
}

/** A chunk on its way, or staying where it is. */
interface Piece {
  start: bigint;
  readonly end: bigint;
  readonly shard: number;
}

function piecesOf(ranges: readonly HashRange[]): Piece[] {
  return ranges.map(({ start, shard }, index) => ({ start, end: rangeEnd(ranges, index), shard }));
}

function sizesOf(pieces: readonly Piece[], shardCount: number): bigint[] {
  const sizes = Array.from({ length: shardCount }, () => 0n);
  for (const { shard, start, end } of pieces) {
    if (shard < shardCount) sizes[shard] = (sizes[shard] ?? 0n) + end - start;
  }
  return sizes;
}

/** Cuts what shards have above the target off the front of their chunks, `need` in all. */
function cutSurplus(staying: Piece[], sizes: bigint[], target: bigint, need: bigint): Piece[] {
  const cuts: Piece[] = [];
  let left = need;
  for (const piece of staying) {
    const wanted = [(sizes[piece.shard] ?? 0n) - target, piece.end - piece.start, left];
    const cut = wanted.reduce((least, each) => (each < least ? each : least));
    if (cut <= 0n) continue;
    cuts.push({ ...piece, end: piece.start + cut });
    piece.start += cut;
    sizes[piece.shard] = (sizes[piece.shard] ?? 0n) - cut;
    left -= cut;
  }
  return cuts;
}

/** Fills the receivers up to the target, the last one with all that is left. */
function dealPool(
  pool: readonly Piece[],
  receivers: readonly number[],
  sizes: readonly bigint[],
  target: bigint,
): Piece[] {
  const dealt: Piece[] = [];
  const roomOf = (index: number): bigint =>
    index === receivers.length - 1 ? hashSpace : target - (sizes[receivers[index] ?? 0] ?? 0n);
  let index = 0;
  let room = roomOf(0);
  for (const { start: from, end } of pool) {
    let start = from;
    while (start < end) {
      while (room <= 0n) {
        index += 1;
        room = roomOf(index);
      }
      const width = end - start < room ? end - start : room;
      dealt.push({ start, end: start + width, shard: receivers[index] ?? 0 });
      start += width;
      room -= width;
    }
  }
  return dealt;
}

/**
 * The chunks after the balancer has done its work on another topology: a drained shard's chunks go
 * to the others until all have the same; empty shards get what the others have too much, from
 * the front of each chunk. Nothing moves between two shards that had chunks and stay.
 */
export function balancedChunks(
  previous: readonly HashRange[],
  topology: RouterTopology,
): HashRange[] {
  const active = activeShards(topology);
  const pieces = piecesOf(previous);
  const stays = ({ shard }: Piece): boolean => (topology.weights[shard] ?? 0) > 0;
  const staying = pieces.filter(stays);
  const drained = pieces.filter((piece) => !stays(piece));
  const sizes = sizesOf(staying, topology.shardCount);
  const empty = active.filter((shard) => sizes[shard] === 0n);
  const target = hashSpace / BigInt(active.length);
  const free = drained.reduce((sum, { start, end }) => sum + end - start, 0n);
  const cuts = cutSurplus(staying, sizes, target, BigInt(empty.length) * target - free);
  const others = active.filter((shard) => !empty.includes(shard));
  const dealt = dealPool([...drained, ...cuts], [...empty, ...others], sizes, target);
  const all = [...staying.filter(({ start, end }) => start < end), ...dealt];
  all.sort((a, b) => (a.start < b.start ? -1 : 1));
  return all
    .filter(({ shard }, index) => index === 0 || all[index - 1]?.shard !== shard)
    .map(({ start, shard }) => ({ start, shard }));
}
