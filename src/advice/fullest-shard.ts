import { quantileSorted } from '../base/statistics/quantile.ts';
import type { AdviceFacts } from '../result/advice-document.ts';
import type { Decision } from './advice.ts';
import type { Setting } from './candidate-figures.ts';
import { type Ceilings, ceilingsOf } from './ceilings.ts';
import type { Judged } from './choose.ts';

/** Ceilings as documents have them. */
export const ceilingFacts = ({ limits, first, notKnown }: Ceilings): AdviceFacts['instance'] => ({
  limits: structuredClone([...limits]),
  first: first?.limit ?? null,
  notKnown: [...notKnown],
});

/** Of what is recommended, or would be were one instance not enough; null: nothing. */
export function fullestShard({ choice, setting }: Decision): AdviceFacts['fullestShard'] {
  if (choice.best === null) return null;
  return ceilingFacts(shardCeilings(choice.best, setting));
}

/** The shard with most of everything in a placement that is as bad as one in twenty. */
function shardCeilings({ candidate, outlook }: Judged, setting: Setting): Ceilings {
  const { largest, bytes } = candidate.placed;
  return ceilingsOf(setting, {
    work: 1 / outlook.effective.p5,
    written: quantileSorted(largest.toSorted(), 0.95),
    bytes: bytes.p95,
    capacityQps: setting.capacity?.shard ?? null,
    machine: setting.capacityShare,
    diskBytes: setting.diskBytes,
  });
}
