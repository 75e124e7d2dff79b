import { fact } from '../result/finding.ts';
import type {
  ComparedKeyFacts,
  ComparedMovement,
  ComparedPlacement,
  ComparedRouterFacts,
  ComparedTraits,
  DriftedPlacement,
  RefusedRouterFacts,
  RouterCost,
} from '../result/router-comparison.ts';
import { rankIntervals } from '../result/ranking.ts';
import type { Router, RouterTraits } from '../router/contract.ts';
import { unequalWeights } from '../router/weights.ts';
import type { ComparedKey } from './compared-key.ts';
import type { GrowthStep } from './comparison.ts';
import { optimalFraction } from './movement.ts';
import type { RouterCandidate } from './router-candidates.ts';
import { placementLimits } from './write-placement.ts';

/** What was found of one candidate, before it is ranked among the others. */
export interface CandidateFindings {
  readonly candidate: RouterCandidate;
  readonly router: Router;
  readonly placement: Pick<ComparedPlacement, 'maxOverMean' | 'band'>;
  readonly afterDrift: DriftedPlacement | null;
  /** Or in words why there is none. */
  readonly movement: { readonly value: ComparedMovement } | { readonly problem: string };
  readonly cost: RouterCost;
}

/** The part of the document about one shard key: candidates by rank, the best first. */
export function comparedShardKey(
  key: ComparedKey,
  step: GrowthStep,
  findings: readonly CandidateFindings[],
  refused: readonly RefusedRouterFacts[],
): ComparedKeyFacts {
  const ranks = rankIntervals(findings.map(bandOfCandidate));
  const driftRanks = rankIntervals(findings.flatMap(driftOfCandidate));
  const byName = new Map(findings.map((each) => [each.candidate.name, each]));
  const routers = ranks.flatMap(({ strategy, from, to, noDifferenceFrom }) => {
    const found = byName.get(strategy);
    if (found === undefined) return [];
    const drifted = driftRanks.find((other) => other.strategy === strategy);
    const afterDrift = found.afterDrift && drifted && { ...found.afterDrift, ...placeOf(drifted) };
    const place = { rank: { from, to }, noDifferenceFrom, afterDrift: afterDrift ?? null };
    return [comparedRouter(found, place)];
  });
  const limits = unequalWeights(step.now)
    ? { idealMaxOverMean: null, tenantFloor: null }
    : placementLimits(step.now.shardCount, key.load);
  return {
    shardKey: key.shardKey,
    keyType: key.known.type,
    loadedKeys: key.known.count,
    loadKeys: key.load.keys.count,
    load: key.loadIs,
    scatterFraction: key.scatterFraction,
    ...limits,
    optimalFraction: optimalFraction(step.now, step.next),
    routers,
    refused,
  };
}

function bandOfCandidate({ candidate, placement }: CandidateFindings) {
  const { band, maxOverMean } = placement;
  return {
    strategy: candidate.name,
    low: band?.p5 ?? maxOverMean,
    high: band?.p95 ?? maxOverMean,
    overSalts: band !== null,
  };
}

function driftOfCandidate({ candidate, afterDrift }: CandidateFindings) {
  if (afterDrift === null) return [];
  const { p5, p95 } = afterDrift;
  return [{ strategy: candidate.name, low: p5, high: p95, overSalts: true }];
}

const placeOf = ({ from, to, noDifferenceFrom }: ReturnType<typeof rankIntervals>[number]) => ({
  rank: { from, to },
  noDifferenceFrom,
});

function comparedRouter(
  { candidate, router, placement, movement, cost }: CandidateFindings,
  place: Pick<ComparedPlacement, 'rank' | 'noDifferenceFrom' | 'afterDrift'>,
): ComparedRouterFacts {
  const { name, strategy, definition, spec } = candidate;
  const severity = 'warning';
  const notes = (router.warnings ?? []).map((warning) =>
    fact('router-warns', { severity, names: { router: name, warning } }),
  );
  if ('problem' in movement) {
    const names = { problem: movement.problem };
    notes.push(fact('next-shard-refused', { severity, names }));
  }
  return {
    router: name,
    hash: spec.hash,
    strategy,
    placement: { ...placement, ...place },
    movement: 'value' in movement ? movement.value : null,
    cost,
    traits: comparedTraits(definition.traits),
    reproduces: definition.reproduces?.system ?? null,
    notes,
  };
}

/** The traits by which a person chooses. */
function comparedTraits(traits: RouterTraits): ComparedTraits {
  const { lookup, memory, monotone, weighted, ordered, removesAny } = traits;
  return { lookup, memory, monotone, weighted, ordered, removesAny };
}
