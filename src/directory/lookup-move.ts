import { assert, present } from '../base/assert.ts';
import type { KnownKeys, Router, RouterTopology } from '../router/contract.ts';
import { leastLoaded } from '../router/algorithms/greedy-placement.ts';
import { shardCountsOf } from '../scenario/shard-counts.ts';
import type { Scenario } from '../scenario/types.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import { measurePhase } from '../workload/phases.ts';
import type { Phase, Workload } from '../workload/types.ts';

/** One entry of the directory that changes while its cached copies do not. */
export interface PlannedMove {
  /** Its canonical bytes. */
  readonly key: Uint8Array;
  readonly tenant: number;
  readonly from: number;
  readonly to: number;
  /** The phase in which it is switched, and the arrival before which that is, counted from 0. */
  readonly phase: string;
  readonly arrival: number;
}

export const heaviest = 'heaviest';

/**
 * The tenant that a move names, or the one with the largest share of the load; -1 where there is
 * none of that name.
 */
export function movedTenant({ tenants }: Workload, named: string): number {
  if (named !== heaviest) return tenants.ids.indexOf(named);
  return tenants.weights.reduce(
    (best, weight, tenant) => (weight > (tenants.weights[best] ?? 0) ? tenant : best),
    0,
  );
}

/** Moves that the workload does not allow, each in a sentence: only it knows the tenants. */
export function lookupMoveProblems(scenario: Scenario, workload: Workload): string[] {
  return scenario.strategies.flatMap(({ name, lookup }) => {
    const move = lookup?.move ?? null;
    if (move === null) return [];
    const problems: string[] = [];
    if (movedTenant(workload, move.tenant) < 0) {
      const allowed = `the id of a tenant (${workload.tenants.ids[0]}, ...), or ${heaviest}`;
      problems.push(`lookup.move.tenant: found "${move.tenant}"; allowed: ${allowed}`);
    }
    // The command line may have asked for fewer shards,
    if (Math.min(...shardCountsOf(scenario.topology)) === 1) {
      problems.push('lookup.move: with one shard there is none to move to');
    }
    // or shortened the window since the scenario was parsed.
    if (move.atMs >= scenario.durationMs) {
      const window = `the window of ${scenario.durationMs} ms`;
      problems.push(`lookup.move.at: found ${move.atMs} ms; allowed: a moment within ${window}`);
    }
    return problems.map((problem) => `strategy ${name}: ${problem}`);
  });
}

/** Moves a tenant to the least loaded of the other shards; `known` are the tenants' own keys. */
export function planLookupMove(
  workload: Workload,
  known: KnownKeys,
  router: Router,
  topology: RouterTopology,
  asked: { readonly tenant: string; readonly atMs: number },
): PlannedMove {
  const tenant = movedTenant(workload, asked.tenant);
  // Which rows its arrivals address makes no difference here.
  const phase = measurePhase(workload, workload.rows.count);
  assert(tenant >= 0 && topology.shardCount > 1, 'a tenant and a shard to move it to');
  const loads = new Float64Array(topology.shardCount);
  const shardOf = (key: number): number =>
    router.route(known.bytes, known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0);
  for (let key = 0; key < known.count; key += 1) {
    const shard = shardOf(key);
    loads[shard] = (loads[shard] ?? 0) + (known.weights[key] ?? 0);
  }
  const from = shardOf(tenant);
  const others = topology.weights.map((weight, shard) => (shard === from ? 0 : weight));
  const start = present(known.offsets[tenant], 'key of the tenant');
  return {
    key: known.bytes.slice(start, known.offsets[tenant + 1]),
    tenant,
    from,
    to: leastLoaded(loads, others),
    phase: phase.name,
    arrival: arrivalsBefore(workload, phase, asked.atMs),
  };
}

/** Arrivals that are intended before a moment of the phase. */
function arrivalsBefore(workload: Workload, phase: Phase, atMs: number): number {
  const stream = arrivalStream(workload, phase);
  let before = 0;
  while (stream.next() && stream.intendedNs < atMs * 1e6) before += 1;
  return before;
}
