import { assert, present } from '../../base/assert.ts';
import type { ExpectedMovement, RouterTopology } from '../contract.ts';
import { endsOf } from '../expected-movement.ts';

/** Whole numbers of slots that add up to `slots`, as near to the weights as they get. */
export function slotQuotas(slots: number, weights: readonly number[]): Uint32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (slots * weight) / total);
  const quotas = Uint32Array.from(exact, Math.floor);
  const left = slots - quotas.reduce((sum, quota) => sum + quota, 0);
  // Largest remainder first; equal ones in the order of the shards.
  const order = weights.map((_, shard) => shard);
  const remainder = (shard: number): number => (exact[shard] ?? 0) % 1;
  order.sort((a, b) => remainder(b) - remainder(a) || a - b);
  for (const shard of order.slice(0, left)) quotas[shard] = (quotas[shard] ?? 0) + 1;
  return quotas;
}

/** The first table: each shard owns one run of neighbouring slots. */
export function contiguousSlots(slots: number, weights: readonly number[]): Uint32Array {
  const table = new Uint32Array(slots);
  let from = 0;
  for (const [shard, quota] of slotQuotas(slots, weights).entries()) {
    table.fill(shard, from, from + quota);
    from += quota;
  }
  return table;
}

/** Index of the entry with the largest value among those that may give; ties to the first. */
function largest(values: readonly number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) {
    if ((values[i] ?? 0) > (values[best] ?? 0)) best = i;
  }
  return best;
}

/** How many slots each shard of `counts` keeps, when `taken` of them go; fullest give first. */
function reduce(counts: number[], weights: readonly number[], taken: number): void {
  const fullness = (shard: number): number => {
    const count = counts[shard] ?? 0;
    return count === 0 ? -1 : count / (weights[shard] ?? 0);
  };
  const full = counts.map((_, shard) => fullness(shard));
  for (let i = 0; i < taken; i += 1) {
    const giver = largest(full);
    assert((counts[giver] ?? 0) > 0, 'no slots left to take');
    counts[giver] = (counts[giver] ?? 0) - 1;
    full[giver] = fullness(giver);
  }
}

/**
 * The table after a change of topology, moving as few slots as there are to move. Shards that are
 * gone or have weight 0 give all their slots to those furthest below their quotas; new shards take
 * their quotas from the fullest. No slot moves between two shards that stay.
 */
export function resizedSlots(
  previous: Uint32Array,
  previousShards: number,
  weights: readonly number[],
): Uint32Array {
  const table = previous.slice();
  const shardCount = weights.length;
  const quotas = slotQuotas(table.length, weights);
  const isNew = (shard: number): boolean => shard >= previousShards;
  const stays = (shard: number): boolean => shard < shardCount && (weights[shard] ?? 0) > 0;

  const counts = Array.from({ length: shardCount }, () => 0);
  let orphans = 0;
  for (const owner of table) {
    if (stays(owner)) counts[owner] = (counts[owner] ?? 0) + 1;
    else orphans += 1;
  }
  const wanted = counts.map((_, shard) => (isNew(shard) ? (quotas[shard] ?? 0) : 0));
  const wantedTotal = wanted.reduce((sum, each) => sum + each, 0);
  // Orphans go to the new shards first; what is still wanted comes from the fullest that stay.
  const keeps = counts.slice();
  if (wantedTotal > orphans) reduce(keeps, weights, wantedTotal - orphans);
  const takes = keeps.map((keep, shard) => Math.max(0, keep - (counts[shard] ?? 0)));
  for (const [shard, want] of wanted.entries()) takes[shard] = want;
  for (let left = orphans - wantedTotal; left > 0; left -= 1) {
    const emptiest = largest(
      keeps.map((keep, shard) =>
        (weights[shard] ?? 0) > 0
          ? -(keep + (takes[shard] ?? 0) + 1) / (weights[shard] ?? 1)
          : Number.NEGATIVE_INFINITY,
      ),
    );
    takes[emptiest] = (takes[emptiest] ?? 0) + 1;
  }
  deal(table, counts, keeps, takes, stays);
  return table;
}

/** Walks the table once: each shard keeps its first slots, the others go to those that take. */
function deal(
  table: Uint32Array,
  counts: readonly number[],
  keeps: readonly number[],
  takes: number[],
  stays: (shard: number) => boolean,
): void {
  const seen = counts.map(() => 0);
  let taker = 0;
  for (const [slot, owner] of table.entries()) {
    if (stays(owner)) {
      seen[owner] = (seen[owner] ?? 0) + 1;
      if ((seen[owner] ?? 0) <= (keeps[owner] ?? 0)) continue;
    }
    while ((takes[taker] ?? 0) === 0) {
      taker += 1;
      assert(taker < takes.length, 'more slots to move than takers');
    }
    takes[taker] = (takes[taker] ?? 0) - 1;
    table[slot] = taker;
  }
}

/** Slots that change their shard along a path, of all S: a fraction in steps of 1 / S. */
export function slotsMovement(
  path: readonly RouterTopology[],
  from: number,
  slots: number,
): ExpectedMovement {
  const first = present(path[0], 'first topology');
  assert(endsOf(path, from).after.shardCount <= slots, 'a slot for each shard');
  let table = contiguousSlots(slots, first.weights);
  let start = table;
  for (const [step, topology] of path.entries()) {
    const shardsBefore = path[step - 1]?.shardCount;
    if (shardsBefore !== undefined) table = resizedSlots(table, shardsBefore, topology.weights);
    if (step === from) start = table;
  }
  const moved = start.reduce((sum, owner, slot) => sum + (owner === table[slot] ? 0 : 1), 0);
  return {
    meanFraction: moved / slots,
    sdFraction: 0,
    of: 'keys',
    formula: `${moved} of ${slots} slots`,
  };
}
