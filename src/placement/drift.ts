import { rngFrom } from '../base/rng.ts';
import { bandOf, bandSalt } from '../metrics/placement-band.ts';
import type { DriftedPlacement } from '../result/router-comparison.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Router, RouterTopology } from '../router/contract.ts';
import type { TenantWrites } from '../workload/key-usage.ts';
import type { ComparedKey } from './compared-key.ts';
import { maxOverDue } from './comparison.ts';
import { drawKind } from './draws.ts';
import { relabelledKeys } from './relabelled-keys.ts';
import type { RouterCandidate } from './router-candidates.ts';

const drawsMax = 1000;
/** Placing all keys costs more than adding up a drift: each placement is used for several. */
const driftsOfPlacement = 5;
const drawsMin = 10;
/** Factors that are drawn: with so many tenants fewer draws tell the same. */
const factorsMax = 4_000_000;

/** As many drifts as there is memory and time for, with so many tenants. */
export function driftDraws(tenants: number): number {
  return Math.max(drawsMin, Math.min(drawsMax, Math.floor(factorsMax / tenants)));
}

/**
 * What each tenant's weight is multiplied by until the placement is looked at again, of many
 * possible futures: exp(sigma z), z standard normal. The same for every router that is compared.
 */
export class DriftFactors {
  readonly draws: number;
  private readonly tenants: number;
  private readonly factors: Float64Array;

  constructor(tenants: number, sigma: number, draws: number) {
    this.draws = draws;
    this.tenants = tenants;
    this.factors = new Float64Array(tenants * draws);
    const uniform = new Float64Array(tenants + (tenants % 2));
    for (let draw = 0; draw < draws; draw += 1) {
      const own = this.of(draw);
      // Not from the scenario's seed: which future comes is not the user's choice.
      const rng = rngFrom(0, `drift/${draw}`);
      for (let i = 0; i < uniform.length; i += 1) uniform[i] = rng.double();
      for (let i = 0; i < tenants; i += 1) own[i] = Math.exp(sigma * normal(uniform, i));
    }
  }

  of(draw: number): Float64Array {
    return this.factors.subarray(draw * this.tenants, (draw + 1) * this.tenants);
  }
}

/** Box and Muller 1958: two uniform numbers make two normal ones. */
function normal(uniform: Float64Array, index: number): number {
  const first = index - (index % 2);
  const radius = Math.sqrt(-2 * Math.log(1 - (uniform[first] ?? 0)));
  const angle = 2 * Math.PI * (uniform[first + 1] ?? 0);
  return radius * (index === first ? Math.cos(angle) : Math.sin(angle));
}

/**
 * max/mean of the placement that there is, after the tenants' weights have drifted while no key has
 * moved. For a router whose placement is one draw of many the placements differ as well.
 */
export function placementAfterDrift(
  candidate: RouterCandidate,
  topology: RouterTopology,
  { known }: ComparedKey,
  load: TenantWrites,
  factors: DriftFactors,
  draws: number,
): DriftedPlacement {
  const shardOf = new Uint32Array(load.keys.count);
  const byShard = new Float64Array(topology.shardCount);
  const place = (router: Router, { bytes, offsets, count }: TenantWrites['keys']): void => {
    for (let key = 0; key < count; key += 1) {
      shardOf[key] = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    }
  };
  const build = (spec: RouterCandidate['spec']): Router =>
    buildRouter(spec, topology, known.type, known);
  const kind = drawKind(candidate);
  place(build(candidate.spec), load.keys);
  const fixed = kind === 'keys' ? build(candidate.spec) : null;
  const ratios = Float64Array.from({ length: Math.min(draws, factors.draws) }, (_, draw) => {
    const placement = draw / driftsOfPlacement;
    if (kind !== null && Number.isInteger(placement)) {
      if (fixed !== null) place(fixed, relabelledKeys(load.keys, placement));
      else place(build({ ...candidate.spec, salt: bandSalt(placement) }), load.keys);
    }
    addDrifted(load, shardOf, factors.of(draw), byShard);
    return maxOverDue(byShard, topology.weights);
  });
  return { ...bandOf(ratios), draws: ratios.length };
}

/** The load of each shard; what the keys carry is as much in all as it was before. */
function addDrifted(
  load: TenantWrites,
  shardOf: Uint32Array,
  factors: Float64Array,
  byShard: Float64Array,
): void {
  const { key, tenant, counts, everywhere } = load;
  let before = 0;
  let after = 0;
  byShard.fill(0);
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    const drifted = count * (factors[tenant[i] ?? 0] ?? 1);
    const shard = shardOf[key[i] ?? 0] ?? 0;
    byShard[shard] = (byShard[shard] ?? 0) + drifted;
    before += count;
    after += drifted;
  }
  for (let shard = 0; shard < byShard.length; shard += 1) {
    byShard[shard] = ((byShard[shard] ?? 0) * before) / after + everywhere;
  }
}
