import { type PlacedKey, placedKey } from '../placement/placed-key.ts';
import { present } from '../base/assert.ts';
import type { Placed } from '../placement/movement.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import { assumptions } from './assumptions.ts';
import { type Candidate, instanceCandidate, shardedCandidate } from './candidate.ts';
import { capacityRow } from './capacity-row.ts';
import { costRow, type Present } from './cost-row.ts';
import { writeFraction } from './demand.ts';
import { decidingAssumptions } from './deciding-assumptions.ts';
import { growthFindings } from './findings.ts';
import {
  type GrowthCase,
  type GrowthContext,
  growthContext,
  type GrowthStrategy,
} from './growth-case.ts';
import { largestTenant, type LargestTenantStudy } from './largest-tenant.ts';
import { movePlan } from './move-schedule.ts';
import { oneInstance } from './one-instance.ts';
import { recommend } from './recommendation.ts';
import { type PlacementBands, placementBands } from './placement-bands.ts';
import type { Strategy } from '../scenario/types.ts';
import { drawnPlacement, isUnbanded, placementDraws, saltedBy } from './placement-draws.ts';
import type { Weighed } from './weighed.ts';

/** A strategy worked out: one candidate for each of its placements. */
interface Study {
  readonly grown: GrowthStrategy;
  readonly key: PlacedKey;
  /** Of the scenario's own salt: what is moved. */
  readonly candidates: readonly Candidate[];
  /** What each row shows, and what it stands for; null where there is one placement. */
  readonly shown: readonly Candidate[];
  readonly bands: readonly PlacementBands[] | null;
  readonly largest: LargestTenantStudy | null;
}

/**
 * What a path of shard counts buys and costs under each strategy, how each step is carried out, and
 * which one is right: 1. candidates, 2. their rows, 3. plans, 4. the recommendation. All of the
 * document but what is about the run itself and what moves (`growth`). Pure; the seed of the
 * scenario decides the futures.
 */
export function growthParts(asked: GrowthCase): GrowthFacts {
  const context = growthContext(asked);
  const { workload, now } = context;
  const studies = asked.strategies.map((grown) => studyOf(context, grown));
  const instance = instanceCandidate(context);
  // By which strategy the present shards are filled nobody said: none of them is the measure.
  const before = { shardCount: now.shards, instances: now.shards === 1 ? 1 : null };
  const alone = weighed(context, instance, before, now.shards === 1);
  const sharded = studies.flatMap((study) => weighedStudy(context, study));
  const all = [alone, ...sharded];
  const listed = all.filter(({ remedy }) => remedy === null);
  const advice = recommend(context, all);
  const assumed = assumptions(context, asked.stated);
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
    recommendation: {
      ...advice,
      restsOn: decidingAssumptions(context, advice, all, assumed),
    },
    assumptions: assumed,
    findings: growthFindings(
      context,
      studies.flatMap(({ candidates }) => candidates),
      studies.flatMap(({ grown, key }) => (isUnbanded(grown, key) ? [grown.strategy.name] : [])),
    ),
  };
}

function studyOf(context: GrowthContext, grown: GrowthStrategy): Study {
  const key = placedKey(context.workload, grown.strategy);
  const candidates = grown.placements.map((placed) =>
    shardedCandidate(context, grown.strategy, key, placed),
  );
  const draws = placementDraws(context, grown, key, candidates);
  if (draws === null) {
    const largest = largestTenant(context, grown, key, candidates);
    return { grown, key, candidates, shown: candidates, bands: null, largest };
  }
  const bands = candidates.map((_, step) => placementBands(context, draws, step));
  const placements = bands.map(({ middle }, step) =>
    draws.over === 'salts'
      ? drawnPlacement(grown, key, middle, step)
      : present(grown.placements[step], 'placement of a step'),
  );
  const shown = bands.map(({ candidates: drawn, middle }, step) =>
    draws.over === 'salts'
      ? shardedCandidate(context, grown.strategy, key, present(placements[step], 'placement'))
      : present(drawn[middle], 'draw in the middle'),
  );
  const saltedAt = (step: number): Strategy =>
    draws.over === 'salts'
      ? saltedBy(grown.strategy, present(bands[step], 'bands of a step').middle)
      : grown.strategy;
  const largest = largestTenant(context, { ...grown, placements }, key, shown, saltedAt);
  return { grown, key, candidates, shown, bands, largest };
}

function weighed(
  context: GrowthContext,
  candidate: Candidate,
  before: Present,
  isPresent: boolean,
  { remedy = null, bands = null }: Partial<Weighed> & { bands?: PlacementBands | null } = {},
): Weighed {
  const placements = bands?.placements ?? null;
  const capacity = capacityRow(context, candidate, before.instances, placements);
  return {
    capacity,
    instances: candidate.instances,
    cost: costRow(context, candidate, capacity, before, isPresent, bands),
    isPresent,
    lasting: bands?.lasting ?? 1,
    remedy,
  };
}

/** Its placements and, where one tenant limits them, what could be done about it. */
function weighedStudy(context: GrowthContext, { shown, bands, largest }: Study): Weighed[] {
  const before = present(shown[0], 'present placement');
  const placements = shown.flatMap((candidate, index) => {
    // Where there is one instance today it has its row already, whatever the strategy.
    if (index === 0 && context.now.shards === 1) return [];
    const band = bands?.[index] ?? null;
    return [weighed(context, candidate, before, index === 0, { bands: band })];
  });
  const remedies = (largest?.remedies ?? []).map(({ remedy, candidate }) =>
    weighed(context, candidate, before, false, { remedy }),
  );
  return [...placements, ...remedies];
}

/** One for each step of the path. */
function plansOf(context: GrowthContext, { grown, key, candidates }: Study): GrowthFacts['plans'] {
  const { strategy, placements } = grown;
  return placements.slice(1).map((after: Placed, step) => {
    const before = present(placements[step], 'placement before the step');
    const from = present(candidates[step], 'candidate before the step');
    const to = present(candidates[step + 1], 'candidate after the step');
    return movePlan(context, { strategy, key, before, after, from, to });
  });
}
