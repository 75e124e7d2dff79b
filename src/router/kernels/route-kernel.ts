import { assert } from '../../base/assert.ts';
import type { HashCode } from '../../base/hash/hash-kernel.ts';
import type { KeyHash, KeyHashName } from '../../base/hash/key-hash.ts';
import { keyHashes } from '../../base/hash/key-hashes.ts';
import {
  instantiate,
  kernelModule,
  type KernelMemory,
  pageBytes,
} from '../../base/web-assembly.ts';
import type { Router } from '../contract.ts';
import { routeKernelCode } from './route-kernel-code.ts';
import type { Placing } from './placing.ts';
import type { RingPoints } from '../algorithms/ring-points.ts';

type Words = (
  a: number,
  b: number,
  c: number,
  d: number,
  length: number,
  shardCount: number,
) => number;

/** Functions of the kernel for one hash; hash and router are fused in each. */
export interface FusedRoutes {
  /** The shard of a text; -1 where it is not ASCII, or too long for the kernel. */
  readonly text: (key: string) => number;
  /** The shard of an int8 key within +-(2^53 - 1). */
  readonly int8: (key: number) => number;
  readonly bigint: (key: bigint) => number;
  /** Shards of so many int8 keys at one address of the memory to another one. */
  readonly bulk: (keys: number, shards: number, count: number) => void;
}

/** Of one router: its own instance of the kernel. */
export interface RouteKernel extends FusedRoutes {
  readonly memory: KernelMemory;
  /** Where its tables end: a multiple of 8. */
  readonly free: number;
}

type Exports = Readonly<
  Record<`${HashCode}Text`, FusedRoutes['text']> &
    Record<`${HashCode}Int8`, FusedRoutes['int8']> &
    Record<`${HashCode}Bigint`, FusedRoutes['bigint']> &
    Record<`${HashCode}Bulk`, FusedRoutes['bulk']> &
    Record<`${HashCode}Remainder` | `${HashCode}Jump`, Words>
> & {
  readonly memory: KernelMemory;
  readonly configure: (
    kind: number,
    count: number,
    shift: number,
    starts: number,
    points: number,
    owners: number,
  ) => void;
};

function isKernel(exports: object): exports is Exports {
  return 'configure' in exports && 'fnv1a64Bulk' in exports && 'xxh64Jump' in exports;
}

let module: object | null = null;

function newInstance(): Exports {
  module ??= kernelModule(routeKernelCode);
  const exports = instantiate(module);
  assert(isKernel(exports), 'the exports of the kernel');
  return exports;
}

const codes: Readonly<Partial<Record<KeyHashName, HashCode>>> = {
  xxh64: 'xxh64',
  'murmur3-128': 'murmur3x128',
  'murmur3-32': 'murmur3x32',
  'fnv1a-64': 'fnv1a64',
};

/** What the kernel calls this hash; null where it has none, as of a hash behind a salt. */
function codeOf(hash: KeyHash): HashCode | null {
  return keyHashes[hash.name] === hash ? (codes[hash.name] ?? null) : null;
}

let shared: Exports | null = null;

/**
 * The shard of a key of at most 16 bytes in four little-endian words, by the remainder or by jump
 * consistent hash: what needs no tables. null where the kernel does not have the hash.
 */
export function fusedWords(hash: KeyHash, kind: 'remainder' | 'jump-bucket'): Words | null {
  const code = codeOf(hash);
  if (code === null) return null;
  shared ??= newInstance();
  return kind === 'jump-bucket' ? shared[`${code}Jump`] : shared[`${code}Remainder`];
}

/** Below are the kernel's scratch memory and its data. */
const tablesAddress = 4096;
/** Larger tables stay with the router: the kernel's would be copies. */
const tableBytesMax = 2 ** 28;

/** Tables in the order in which they stand in memory, and what `configure` is told of them. */
interface Tables {
  readonly kind: number;
  readonly count: number;
  readonly shift: number;
  readonly starts: number;
  readonly points: number;
  readonly owners: number;
  readonly end: number;
}

const without = { shift: 0, starts: 0, points: 0, owners: 0, end: tablesAddress };

function tablesOf(placing: Placing, shardCount: number, bits: 32 | 64): Tables {
  if (placing.kind === 'remainder') return { ...without, kind: 0, count: shardCount };
  if (placing.kind === 'jump-bucket') return { ...without, kind: 1, count: shardCount };
  if (placing.kind === 'table') {
    const count = placing.table.length;
    return { ...without, kind: 3, count, owners: tablesAddress, end: tablesAddress + 4 * count };
  }
  const { count } = placing.points;
  // Two to four entries a point: the scan from where an entry points to is then a step or none.
  const topBits = 33 - Math.clz32(count);
  const points = tablesAddress + 4 * 2 ** topBits;
  const owners = points + 8 * (count + 1);
  const end = owners + 4 * (count + 1);
  return { kind: 2, count, shift: bits - topBits, starts: tablesAddress, points, owners, end };
}

function writeRing(
  view: DataView,
  { starts, points, owners, shift, count }: Tables,
  ring: RingPoints,
) {
  const wide = shift >= 32;
  const entries = (points - starts) / 4;
  let first = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    // The upper word decides of a wide hash, the lower one of a narrow one.
    const top = wide ? ring.hi : ring.lo;
    while (first < count && (top[first] ?? 0) >>> (wide ? shift - 32 : shift) < entry) first += 1;
    view.setUint32(starts + 4 * entry, first, true);
  }
  for (let point = 0; point <= count; point += 1) {
    const isPoint = point < count;
    view.setUint32(points + 8 * point, isPoint ? (ring.lo[point] ?? 0) : 0xffff_ffff, true);
    view.setUint32(points + 8 * point + 4, isPoint ? (ring.hi[point] ?? 0) : 0xffff_ffff, true);
    view.setUint32(owners + 4 * point, ring.owner[isPoint ? point : 0] ?? 0, true);
  }
}

/** The kernel of this router, with a memory of its own; null where it has none for its kind. */
export function routeKernel({ byHash, shardCount }: Router): RouteKernel | null {
  const placing = byHash?.placing;
  const code = byHash === undefined ? null : codeOf(byHash.hash);
  if (byHash === undefined || placing === undefined || code === null) return null;
  const tables = tablesOf(placing, shardCount, byHash.hash.bits);
  if (tables.end > tableBytesMax) return null;
  const exports = newInstance();
  const { memory } = exports;
  memory.grow(Math.ceil(tables.end / pageBytes) - 1);
  const view = new DataView(memory.buffer);
  if (placing.kind === 'points') writeRing(view, tables, placing.points);
  if (placing.kind === 'table') {
    for (const [at, shard] of placing.table.entries()) {
      view.setUint32(tables.owners + 4 * at, shard, true);
    }
  }
  const { kind, count, shift, starts, points, owners } = tables;
  exports.configure(kind, count, shift, starts, points, owners);
  return {
    memory,
    free: 8 * Math.ceil(tables.end / 8),
    text: exports[`${code}Text`],
    int8: exports[`${code}Int8`],
    bigint: exports[`${code}Bigint`],
    bulk: exports[`${code}Bulk`],
  };
}
