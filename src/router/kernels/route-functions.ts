import { assert } from '../../base/assert.ts';
import { littleEndian, pageBytes } from '../../base/web-assembly.ts';
import type { Router } from '../contract.ts';
import { routeKernel } from './route-kernel.ts';

/** Keys of this many UTF-16 units, and no more, fit into the scratch memory at first. */
const usualLength = 256;

const toUtf8 = new TextEncoder();

/**
 * The shard of a text key, read as UTF-8 (half a surrogate pair as U+FFFD). Allocates nothing but
 * room for a key longer than any before.
 */
export function textRoute(router: Router): (key: string) => number {
  const others = writtenTextRoute(router);
  const kernel = routeKernel(router);
  if (kernel === null) return others;
  const { text } = kernel;
  return (key) => {
    const shard = text(key);
    return shard < 0 ? others(key) : shard;
  };
}

/** Writes the text as UTF-8 and routes the bytes. */
function writtenTextRoute(router: Router): (key: string) => number {
  let bytes = new Uint8Array(3 * usualLength);
  return (key) => {
    const { length } = key;
    if (3 * length > bytes.length) bytes = new Uint8Array(6 * length);
    for (let i = 0; i < length; i += 1) {
      const code = key.charCodeAt(i);
      if (code > 0x7f) return router.route(bytes, 0, toUtf8.encodeInto(key, bytes).written);
      bytes[i] = code;
    }
    return router.route(bytes, 0, length);
  };
}

/** The shard of an int8 key that is a whole number within +-(2^53 - 1). Allocates nothing. */
export function int8Route(router: Router): (key: number) => number {
  const kernel = routeKernel(router);
  if (kernel !== null) return kernel.int8;
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  return (key) => {
    view.setInt32(0, key | 0, true);
    view.setInt32(4, Math.floor(key / 0x1_0000_0000), true);
    return router.route(bytes, 0, 8);
  };
}

/** The shard of any int8 key, as a BigInt from -2^63 to 2^63 - 1. Allocates nothing. */
export function bigintRoute(router: Router): (key: bigint) => number {
  const kernel = routeKernel(router);
  if (kernel !== null) return kernel.bigint;
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  return (key) => {
    view.setBigInt64(0, key, true);
    return router.route(bytes, 0, 8);
  };
}

/**
 * Many int8 keys at once: the first `count` of `keys` are written, `run`, and `shards` are read.
 */
export interface BulkRoute {
  readonly keys: BigInt64Array;
  readonly shards: Uint32Array;
  run(count: number): void;
}

/** Routes up to `capacity` int8 keys in one call. */
export function bulkRoute(router: Router, capacity: number): BulkRoute {
  const fused = fusedBulkRoute(router, capacity);
  if (fused !== null) return fused;
  const keys = new BigInt64Array(capacity);
  const shards = new Uint32Array(capacity);
  const bytes = new Uint8Array(keys.buffer);
  return {
    keys,
    shards,
    run(count) {
      assert(count >= 0 && count <= capacity, 'no more keys than there is room for');
      for (let i = 0; i < count; i += 1) shards[i] = router.route(bytes, 8 * i, 8 * i + 8);
    },
  };
}

/** The same where a kernel does all of it, 2 to 25 ns a key; null where there is none. */
export function fusedBulkRoute(router: Router, capacity: number): BulkRoute | null {
  // The views below are over the kernel's memory, whose numbers are little-endian.
  const kernel = littleEndian ? routeKernel(router) : null;
  if (kernel === null) return null;
  const { memory, free, bulk } = kernel;
  const shardsAt = free + 8 * capacity;
  const missing = shardsAt + 4 * capacity - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
  return {
    keys: new BigInt64Array(memory.buffer, free, capacity),
    shards: new Uint32Array(memory.buffer, shardsAt, capacity),
    run(count) {
      assert(count >= 0 && count <= capacity, 'no more keys than there is room for');
      bulk(free, shardsAt, count);
    },
  };
}
