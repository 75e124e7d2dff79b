// Redis Cluster: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
import { assert } from '../../base/assert.ts';
import { crc16 } from '../../base/hash/crc16.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition, RouterTopology } from '../contract.ts';
import { KeyText } from './key-text.ts';
import { firstSlots, rebalancedSlots, redisSlots } from './redis-slots.ts';

const openBrace = 0x7b;
const closeBrace = 0x7d;

function indexOf(bytes: Uint8Array, byte: number, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== byte) at += 1;
  return at;
}

/**
 * The slot of the key bytes[start .. end). Where it holds `{tag}`, only what stands between the
 * first brace and the next closing one is hashed; when that is nothing, the whole key is.
 */
export function redisSlot(bytes: Uint8Array, start: number, end: number): number {
  const open = indexOf(bytes, openBrace, start, end);
  const close = indexOf(bytes, closeBrace, open + 1, end);
  const tagged = close < end && close > open + 1;
  const checksum = tagged ? crc16(bytes, open + 1, close) : crc16(bytes, start, end);
  return checksum & (redisSlots - 1);
}

class RedisRouter implements Router {
  readonly shardCount: number;
  /** Owner of each slot. */
  readonly table: Uint32Array;
  readonly #text: KeyText;

  constructor(shardCount: number, table: Uint32Array, keyType: RoutedKeyType) {
    this.shardCount = shardCount;
    this.table = table;
    this.#text = new KeyText(keyType);
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#text.read(bytes, start, end);
    const { bytes: text, start: from, end: to } = this.#text;
    return this.table[redisSlot(text, from, to)] ?? 0;
  }
}

function requirePossible({ shardCount }: RouterTopology): void {
  if (shardCount <= redisSlots) return;
  throw new UserError(`redis-cluster has ${redisSlots} slots, too few for ${shardCount} shards`, {
    exitCode: exitCodes.usage,
  });
}

/**
 * Reproduced: the slot of every key, hash tags included; the slots of each master as
 * `redis-cli --cluster create` deals them, shard i being the i-th master that it lists; and which
 * slots move when `redis-cli --cluster rebalance --cluster-use-empty-masters` takes new masters in,
 * follows the shards' weights, or empties a master of weight 0. (Unequal weights from the start:
 * create, then rebalance.)
 *
 * Redis knows only strings: an integer is its decimal digits, a UUID its hyphenated lower-case
 * text.
 *
 * Not reproduced: fewer than three masters, which redis-cli refuses; the order in which it takes
 * masters of equal balance (qsort leaves it open; here by number); and beyond 151 masters, where
 * its rounding moves single slots between old masters.
 */
export const redisCluster: RouterDefinition = {
  name: 'redis-cluster',
  summary: 'Redis Cluster: CRC16 of the key or its {hash tag}, 16,384 slots, redis-cli deals them',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    removesAny: true,
    lookup: 'O(1)',
    memory: 'O(1)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  reproduces: {
    system: 'Redis Cluster, slots by redis-cli --cluster create and rebalance',
    except: 'fewer than 3 masters, which redis-cli refuses; single slots beyond 151 masters',
  },
  build(topology, { keyType }, previous) {
    requirePossible(topology);
    const { shardCount, weights } = topology;
    if (previous === undefined) return new RedisRouter(shardCount, firstSlots(weights), keyType);
    assert(previous instanceof RedisRouter, 'redis-cluster grows from its own kind only');
    return new RedisRouter(shardCount, rebalancedSlots(previous.table, weights), keyType);
  },
};
