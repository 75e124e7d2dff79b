import { allSteps } from '../src/base/steps.ts';
import { mean } from '../src/base/statistics/moments.ts';
import type { CapacityStrategy } from '../src/result/capacity-document.ts';
import { routingSteps } from '../src/study/cells/cell-routing.ts';
import { cellSpecs } from '../src/study/cells/cell-specs.ts';
import { PlacedKeys } from '../src/study/cells/placed-keys.ts';
import { visitArrivals } from '../src/workload/arrivals.ts';
import { classify } from '../src/workload/classify.ts';
import { measurePhase } from '../src/workload/phases.ts';
import { present } from '../src/base/assert.ts';
import type { Searched } from './capacity-shards.ts';

/** What four shards should sustain by what one database does. */
export interface ExpectedRate {
  readonly qps: number;
  /** Work of the fullest shard as a share of what one database would have to do. */
  readonly fullestShare: number;
  readonly fullest: number;
}

/**
 * C / max over shards of the sum over operations of share x P(it touches the shard) x cost: shares
 * and touches by counting the arrivals of a window, costs from the service times of the calmest
 * window of either search, for a query to all shards costs less where each has fewer rows.
 */
export function expectedRate(single: CapacityStrategy, { loaded, found }: Searched): ExpectedRate {
  const { scenario, workload, plan } = loaded;
  const [spec] = cellSpecs(scenario);
  const { shardOf } = allSteps(
    routingSteps(present(spec, 'the strategy'), loaded, new PlacedKeys(loaded)),
  );
  const { operations } = scenario;
  const isKeyed = operations.map((each) => classify(each, found.shardKey) === 'single-shard');
  const [whole, parts] = [single, found].map((each) => costsOf(each, operations, isKeyed));
  const work = new Float64Array(found.shardCount);
  let atOnce = 0;
  const phase = measurePhase(workload, plan.measure.firstNewRow);
  visitArrivals(workload, phase, (_, tenant, operation, row) => {
    const cost = parts?.[operation] ?? 0;
    atOnce += whole?.[operation] ?? 0;
    if (isKeyed[operation] === true) {
      const shard = shardOf(tenant, row);
      work[shard] = (work[shard] ?? 0) + cost;
    } else work.forEach((before, shard) => (work[shard] = before + cost));
  });
  const most = Math.max(...work);
  const fullestShare = most / atOnce;
  return {
    qps: (single.sustainedQps ?? 0) / fullestShare,
    fullestShare,
    fullest: work.indexOf(most),
  };
}

/**
 * Mean service time of each operation's queries in the calmest window, relative to those that go by
 * the key: they cost as much on one database as on four, and what else is in their times (the way
 * to the shard, others that run beside) differs between the two.
 */
function costsOf(
  { steps }: CapacityStrategy,
  operations: readonly { readonly name: string }[],
  isKeyed: readonly boolean[],
): readonly number[] {
  const [calm] = steps.toSorted((a, b) => a.rateQps - b.rateQps);
  const times = operations.map(({ name }) => {
    const own = calm?.operations.find(({ operation }) => operation === name);
    return present(own?.serviceMs?.mean, `service time of ${name}`);
  });
  const unit = mean(times.filter((_, operation) => isKeyed[operation] === true));
  return times.map((ms) => ms / unit);
}
