// redis-cli --cluster create and rebalance: redis/redis, src/redis-cli.c,
// clusterManagerCommandCreate and clusterManagerCommandRebalance; in single precision as there.
import { present } from '../../base/assert.ts';
import { unequalWeights } from '../weights.ts';

export const redisSlots = 16_384;

const { fround } = Math;

/** --cluster-threshold: nodes within 2 % of their due are left alone. */
const thresholdPercent = 2;

/** Owner of each slot of a new cluster: neighbouring slots, in the order of the masters. */
export function createdSlots(masters: readonly number[]): Uint32Array {
  const table = new Uint32Array(redisSlots);
  const perMaster = fround(redisSlots / masters.length);
  let first = 0;
  let cursor = 0;
  for (const [index, master] of masters.entries()) {
    const last = Math.round(fround(fround(cursor + perMaster) - 1));
    const end = index === masters.length - 1 ? redisSlots : Math.max(first, last) + 1;
    table.fill(master, first, end);
    first = end;
    cursor = fround(cursor + perMaster);
  }
  return table;
}

/** A master with the slots that it has too many (or, negative, too few). */
interface Balance {
  readonly master: number;
  readonly slots: number;
  readonly due: number;
  balance: number;
}

function balancesOf(table: Uint32Array, weights: readonly number[]): Balance[] {
  const counts: number[] = [];
  for (const master of table) counts[master] = (counts[master] ?? 0) + 1;
  const total = weights.reduce((sum, weight) => fround(sum + weight), 0);
  const balances: Balance[] = [];
  for (let master = 0; master < Math.max(weights.length, counts.length); master += 1) {
    const slots = counts[master] ?? 0;
    const weight = weights[master] ?? 0;
    const due = Math.trunc(fround(fround(redisSlots / total) * fround(weight)));
    // A node without slots and weight has left the cluster.
    if (slots > 0 || weight > 0) balances.push({ master, slots, due, balance: slots - due });
  }
  return balances;
}

function isOverThreshold({ slots, due }: Balance): boolean {
  if (slots === 0) return due > 1;
  return fround(Math.abs(100 - (100 * due) / slots)) > thresholdPercent;
}

/**
 * What is due is rounded down, so some slots are due to nobody: nodes that lack slots get one more
 * each, in turn. redis-cli counts nodes with just their due among these; here they come last, so
 * that growing never moves a slot between two old nodes. It makes no difference below 152 nodes.
 */
function dealRemainder(balances: readonly Balance[]): void {
  let left = balances.reduce((sum, { balance }) => sum + balance, 0);
  const lacking = balances.filter(({ balance }) => balance < 0);
  const takers = lacking.length > 0 ? lacking : balances.filter(({ balance }) => balance === 0);
  while (left > 0 && takers.length > 0) {
    for (const taker of takers) {
      if (left === 0) return;
      taker.balance -= 1;
      left -= 1;
    }
  }
}

/** Gives the lowest `count` slots of one master to another. */
function moveLowest(table: Uint32Array, from: number, to: number, count: number): void {
  let left = count;
  for (let slot = 0; slot < table.length && left > 0; slot += 1) {
    if (table[slot] !== from) continue;
    table[slot] = to;
    left -= 1;
  }
}

/**
 * The table after `redis-cli --cluster rebalance --cluster-use-empty-masters` with the weights; a
 * master of weight 0, or beyond them, gives up all its slots. Masters of equal balance are taken in
 * their order.
 */
export function rebalancedSlots(previous: Uint32Array, weights: readonly number[]): Uint32Array {
  const table = previous.slice();
  const balances = balancesOf(table, weights);
  if (!balances.some(isOverThreshold)) return table;
  dealRemainder(balances);
  balances.sort((a, b) => a.balance - b.balance || a.master - b.master);
  let low = 0;
  let high = balances.length - 1;
  while (low < high) {
    const target = present(balances[low], 'node that takes slots');
    const source = present(balances[high], 'node that gives slots');
    const count = Math.min(Math.abs(target.balance), Math.abs(source.balance));
    moveLowest(table, source.master, target.master, count);
    target.balance += count;
    source.balance -= count;
    if (target.balance === 0) low += 1;
    if (source.balance === 0) high -= 1;
  }
  return table;
}

/** A new cluster: created with even slots, and rebalanced when the weights differ. */
export function firstSlots(weights: readonly number[]): Uint32Array {
  const masters = weights.flatMap((weight, master) => (weight > 0 ? [master] : []));
  const table = createdSlots(masters);
  const active = masters.map((master) => weights[master] ?? 0);
  const uneven = unequalWeights({ shardCount: active.length, weights: active });
  return uneven ? rebalancedSlots(table, weights) : table;
}
