import type { ComparedShardKey } from '../result/router-comparison.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { classify } from '../workload/classify.ts';
import { type KeyWrites, knownKeys, type LoadedKeys, writesByKey } from '../workload/key-usage.ts';
import type { Workload } from '../workload/types.ts';
import type { KeyAmounts } from './movement.ts';
import type { Overlay } from '../router/overlays/overlay-keys.ts';
import { sampledAmounts } from './sampled-keys.ts';
import { strategySplit } from './strategy-split.ts';

/** Everything about a shard key that routers are compared by. Plain data. */
export interface ComparedKey {
  readonly shardKey: string;
  /** Keys of the loaded rows: what routers are built from. */
  readonly known: LoadedKeys;
  /** Shard of each known key today, where somebody said it; absent: the router's own placement. */
  readonly present?: Uint32Array;
  /** What moves with each of them. */
  readonly amounts: KeyAmounts;
  /** The same of at most 20,000 keys, for many draws. */
  readonly sample: KeyAmounts;
  /** The load that is placed. */
  readonly load: KeyWrites;
  readonly loadIs: ComparedShardKey['load'];
  readonly scatterFraction: number;
}

/** A fraction of so many keys is good to 0.3 of a per cent. */
const sampleMost = 20_000;

/** A shard key of the workload; `rowBytes` is the estimated size of a row. */
export function comparedKey(
  workload: Workload,
  plan: ArrivalPlan,
  shardKey: string,
  rowBytes: number,
): ComparedKey {
  const { standsFor } = workload.rows;
  const known = knownKeys(workload, shardKey);
  const writes = writesByKey(workload, plan, shardKey);
  const isWritten = writes.counts.some((count) => count > 0);
  const weights: KeyWrites = {
    keys: known,
    counts: known.weights,
    everywhere: 0,
    exact: true,
  };
  const amounts: KeyAmounts = {
    keys: known,
    rows: Float64Array.from(known.rows, (rows) => rows * standsFor),
    bytes: known.bytesOf ?? Float64Array.from(known.rows, (rows) => rows * standsFor * rowBytes),
    load: known.weights,
  };
  return {
    shardKey,
    known,
    amounts,
    sample: sampledAmounts(amounts, sampleMost),
    load: isWritten ? writes : weights,
    loadIs: isWritten ? 'writes' : 'weights',
    scatterFraction: scatterFraction(workload, plan, shardKey),
  };
}

/**
 * The same for a strategy that splits some of the keys: each piece has a load of its own. What
 * moves is still counted by whole keys.
 */
export function withSplitLoad(
  key: ComparedKey,
  workload: Workload,
  plan: ArrivalPlan,
  overlay: Overlay,
): ComparedKey {
  const { shardKey, known, loadIs } = key;
  const split = strategySplit(workload, { ...overlay, key: shardKey }, known);
  if (split === null || loadIs === 'weights') return key;
  return { ...key, load: writesByKey(workload, plan, shardKey, split) };
}

/** Share of the measured operations that every router must send to all shards. */
function scatterFraction(workload: Workload, plan: ArrivalPlan, shardKey: string): number {
  let scattered = 0;
  for (const [index, operation] of workload.operations.entries()) {
    if (classify(operation, shardKey) !== 'scatter-gather') continue;
    scattered += plan.byOperation[index] ?? 0;
  }
  return plan.measure.arrivals === 0 ? 0 : scattered / plan.measure.arrivals;
}
