import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';

/** The points of a ring, ascending as unsigned 64-bit numbers, equal ones by shard. */
export interface RingPoints {
  readonly count: number;
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  readonly owner: Uint32Array;
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const highWord = littleEndian ? 1 : 0;

/** Labels `<salt>shard-<index>:<vnode>` as bytes, one after another in the same buffer. */
class LabelBuffer {
  readonly bytes: Uint8Array;
  readonly #salt: number;
  #prefix = 0;

  constructor(salt: string) {
    const fixed = new TextEncoder().encode(`${salt}shard-`);
    this.bytes = new Uint8Array(fixed.length + 24);
    this.bytes.set(fixed);
    this.#salt = fixed.length;
  }

  startShard(shard: number): void {
    this.#prefix = this.#writeNumber(shard, this.#salt);
    this.bytes[this.#prefix] = 0x3a;
    this.#prefix += 1;
  }

  /** Length of the label of the shard's vnode, which begins at byte 0. */
  writeVnode(vnode: number): number {
    return this.#writeNumber(vnode, this.#prefix);
  }

  #writeNumber(value: number, at: number): number {
    let digits = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
    let rest = value;
    for (let i = at + digits - 1; i >= at; i -= 1) {
      this.bytes[i] = 0x30 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    return at + digits;
  }
}

/** Index of the first point that is not below (hi, lo), in [from, to]; to when there is none. */
export function firstPoint(
  points: RingPoints,
  hi: number,
  lo: number,
  from: number,
  to: number,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const pointHi = points.hi[middle] ?? 0;
    if (pointHi < hi || (pointHi === hi && (points.lo[middle] ?? 0) < lo)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Hashes the labels of vnodes[shard] points of each shard and sorts them. */
export function ringPoints(hash: KeyHash, salt: string, vnodes: readonly number[]): RingPoints {
  const count = vnodes.reduce((sum, each) => sum + each, 0);
  const label = new LabelBuffer(salt);
  const out: Hash64 = { hi: 0, lo: 0 };
  // One 64-bit number a point, which the engine sorts natively; written as two words, so that no
  // BigInt is ever made.
  const sorted = new BigUint64Array(count);
  const words = new Uint32Array(sorted.buffer);
  const unsorted = new Uint32Array(2 * count);
  let next = 0;
  for (const [shard, points] of vnodes.entries()) {
    label.startShard(shard);
    for (let vnode = 0; vnode < points; vnode += 1, next += 1) {
      hash.hash(label.bytes, 0, label.writeVnode(vnode), out);
      unsorted[2 * next] = out.hi;
      unsorted[2 * next + 1] = out.lo;
      words[2 * next + highWord] = out.hi;
      words[2 * next + 1 - highWord] = out.lo;
    }
  }
  sorted.sort();
  const points: RingPoints = {
    count,
    hi: new Uint32Array(count).map((_, index) => words[2 * index + highWord] ?? 0),
    lo: new Uint32Array(count).map((_, index) => words[2 * index + 1 - highWord] ?? 0),
    owner: new Uint32Array(count).fill(0xffff_ffff),
  };
  claimPoints(points, unsorted, vnodes);
  return points;
}

/** Finds each shard's points among the sorted ones; equal ones go to the shards in their order. */
function claimPoints(points: RingPoints, unsorted: Uint32Array, vnodes: readonly number[]): void {
  let next = 0;
  for (const [shard, count] of vnodes.entries()) {
    for (let vnode = 0; vnode < count; vnode += 1, next += 1) {
      const hi = unsorted[2 * next] ?? 0;
      const lo = unsorted[2 * next + 1] ?? 0;
      let at = firstPoint(points, hi, lo, 0, points.count);
      while (points.owner[at] !== 0xffff_ffff) at += 1;
      points.owner[at] = shard;
    }
  }
}
