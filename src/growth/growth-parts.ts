import { present } from '../base/assert.ts';
import type { Placed } from '../placement/movement.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { assumptions } from './assumptions.ts';
import { type Candidate, instanceCandidate, placedDemand, shardedCandidate } from './candidate.ts';
import { capacityRow } from './capacity-row.ts';
import { costRow, type Present } from './cost-row.ts';
import { effectiveShards, meanWeight, writeFraction } from './demand.ts';
import { growthFindings } from './findings.ts';
import {
  type GrowthCase,
  type GrowthContext,
  growthContext,
  type GrowthStrategy,
  placedKey,
} from './growth-case.ts';
import { largestTenant, type LargestTenantStudy } from './largest-tenant.ts';
import { movePlan } from './move-schedule.ts';
import { oneInstance } from './one-instance.ts';
import { recommend, type Weighed } from './recommendation.ts';
import type { PlacedKey } from './touches.ts';

/** All of the document but what is about the run itself and what moves (`growth`). */
export type GrowthParts = Pick<
  GrowthDocument,
  | 'now'
  | 'capacity'
  | 'cost'
  | 'plans'
  | 'largestTenants'
  | 'oneInstance'
  | 'recommendation'
  | 'assumptions'
  | 'findings'
>;

/** A strategy worked out: one candidate for each of its placements. */
interface Study {
  readonly grown: GrowthStrategy;
  readonly key: PlacedKey;
  readonly candidates: readonly Candidate[];
  readonly largest: LargestTenantStudy | null;
}

/**
 * What a path of shard counts buys and costs under each strategy, how each step is carried out, and
 * which one is right: 1. candidates, 2. their rows, 3. plans, 4. the recommendation. Pure; the seed
 * of the scenario decides the futures.
 */
export function growthParts(asked: GrowthCase): GrowthParts {
  const context = growthContext(asked, leastPressure(asked));
  const { scenario, workload, now } = context;
  const studies = asked.strategies.map((grown) => studyOf(context, grown));
  const instance = instanceCandidate(context);
  const alone = weighed(context, instance, bestPresent(studies), now.shards === 1);
  const sharded = studies.flatMap((study) => weighedStudy(context, study));
  const all = [alone, ...sharded];
  const listed = all.filter(({ remedy }) => remedy === null);
  return {
    now: {
      shardCount: now.shards,
      qps: now.qps,
      writeFraction: writeFraction(instance.mix),
      bytes: now.bytes,
      tenants: workload.tenants.count,
    },
    capacity: listed.map(({ capacity }) => capacity),
    cost: listed.map(({ cost }) => cost),
    plans: studies.flatMap((study) => plansOf(context, study)),
    largestTenants: studies.flatMap(({ largest }) => (largest === null ? [] : [largest.tenant])),
    oneInstance: oneInstance(context, instance),
    recommendation: recommend(context, all),
    assumptions: assumptions(scenario, asked.stated),
    findings: growthFindings(
      context,
      studies.flatMap(({ candidates }) => candidates),
    ),
  };
}

/** Work of the fullest present shard for each operation, under the strategy where it is least. */
function leastPressure({ scenario, workload, plan, strategies }: GrowthCase): number {
  const costs = scenario.capacity.operations;
  const all = strategies.map(({ strategy, placements }) => {
    const placed = present(placements[0], 'present placement');
    const { demand } = placedDemand(
      { workload, plan, costs, unitWeight: meanWeight(placed.topology.weights) },
      placedKey(workload, strategy),
      placed,
    );
    return 1 / effectiveShards(demand).shards;
  });
  return Math.min(...all);
}

function studyOf(context: GrowthContext, grown: GrowthStrategy): Study {
  const key = placedKey(context.workload, grown.strategy);
  const candidates = grown.placements.map((placed) =>
    shardedCandidate(context, grown.strategy, key, placed),
  );
  return { grown, key, candidates, largest: largestTenant(context, grown, key, candidates) };
}

function presentOf({ candidates }: Study): Present {
  return present(candidates[0], 'present placement');
}

/** What one instance is held against: which strategy is in use today is not known. */
function bestPresent(studies: readonly Study[]): Present {
  const all = studies.map(presentOf);
  const [best] = all.toSorted((a, b) => b.capacityQps - a.capacityQps);
  return present(best, 'strategy to grow');
}

function weighed(
  context: GrowthContext,
  candidate: Candidate,
  before: Present,
  isPresent: boolean,
  remedy: Weighed['remedy'] = null,
): Weighed {
  const capacity = capacityRow(context, candidate, before.capacityQps);
  return {
    capacity,
    cost: costRow(context, candidate, capacity, before, isPresent),
    isPresent,
    remedy,
  };
}

/** Its placements and, where one tenant limits them, what could be done about it. */
function weighedStudy(context: GrowthContext, study: Study): Weighed[] {
  const before = presentOf(study);
  const placements = study.candidates.map((candidate, index) =>
    weighed(context, candidate, before, index === 0),
  );
  const remedies = (study.largest?.remedies ?? []).map(({ remedy, candidate }) =>
    weighed(context, candidate, before, false, remedy),
  );
  return [...placements, ...remedies];
}

/** One for each step of the path. */
function plansOf(context: GrowthContext, { grown, key, candidates }: Study): GrowthParts['plans'] {
  const { strategy, placements } = grown;
  return placements.slice(1).map((after: Placed, step) => {
    const before = present(placements[step], 'placement before the step');
    const from = present(candidates[step], 'candidate before the step');
    const to = present(candidates[step + 1], 'candidate after the step');
    return movePlan(context, { strategy, key, before, after, from, to });
  });
}
