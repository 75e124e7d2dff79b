import { rngFrom } from '../base/rng.ts';
import { idealMaxOverMean, maxOverMean } from '../metrics/imbalance.ts';
import type { HotPath } from '../result/bench-document.ts';
import type { KnownKeys, Router } from '../router/contract.ts';
import { bulkRoute } from '../router/kernels/route-functions.ts';

/** So many keys on each shard show its share to about 3 %. */
const keysPerShard = 1000;
/** With few shards that would be few keys. */
const keysLeast = 65_536;
const fewestPerShard = 4;
const block = 1024;

/**
 * Keys of the fullest shard over the mean, over `keysPerShard` keys for each shard where `most`
 * allows. Uniform integers, or uniform texts of 15 characters; the known keys of a router that
 * places them.
 */
export function peakToMean(
  router: Router,
  type: 'text' | 'int8',
  known: KnownKeys | null,
  most: number,
  seed: number,
): HotPath['peakToMean'] {
  const { shardCount } = router;
  const counts = new Float64Array(shardCount);
  if (known !== null && known.count > 0) {
    const { bytes, offsets, count } = known;
    for (let i = 0; i < count; i += 1) {
      const shard = router.route(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    return found(counts, count);
  }
  const many = Math.max(keysLeast, keysPerShard * shardCount);
  const wanted = Math.max(fewestPerShard * shardCount, Math.min(many, most));
  const blocks = Math.max(1, Math.ceil(wanted / block));
  if (type === 'int8') countIntegers(router, blocks, seed, counts);
  else countTexts(router, blocks, counts);
  return found(counts, blocks * block);
}

function found(counts: Float64Array, keys: number): HotPath['peakToMean'] {
  return { value: maxOverMean(counts), keys, ideal: idealMaxOverMean(counts.length, keys) };
}

function countIntegers(router: Router, blocks: number, seed: number, counts: Float64Array): void {
  const rng = rngFrom(seed, 'bench/balance');
  const bulk = bulkRoute(router, block);
  const words = new Uint32Array(bulk.keys.buffer, bulk.keys.byteOffset, 2 * block);
  for (let done = 0; done < blocks; done += 1) {
    for (let i = 0; i < words.length; i += 1) words[i] = rng.uint32();
    bulk.run(block);
    for (let i = 0; i < block; i += 1) {
      const shard = bulk.shards[i] ?? 0;
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
  }
}

/** `tenant-00000000` and on: all different, and no hash should mind that they are in order. */
function countTexts(router: Router, blocks: number, counts: Float64Array): void {
  const bytes = new TextEncoder().encode('tenant-00000000');
  for (let i = 0; i < blocks * block; i += 1) {
    const shard = router.route(bytes, 0, bytes.length);
    counts[shard] = (counts[shard] ?? 0) + 1;
    let digit = bytes.length - 1;
    while (bytes[digit] === 0x39) {
      bytes[digit] = 0x30;
      digit -= 1;
    }
    bytes[digit] = (bytes[digit] ?? 0) + 1;
  }
}
