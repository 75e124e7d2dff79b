import { maxOverMean } from '../../metrics/imbalance.ts';
import { bandOf } from '../../metrics/placement-band.ts';
import { relabelledKeys } from '../../placement/relabelled-keys.ts';
import { buildRouter } from '../../router/build-router.ts';
import type { Engine, KnownKeys, Router } from '../../router/contract.ts';
import { routers } from '../../router/registry.ts';
import type { Chosen } from './artefact-types.ts';

/** max/mean of the load: of the keys as they are, and over other ids of the same tenants. */
export interface EnginePlacement {
  readonly router: Router;
  readonly maxOverMean: number;
  readonly band: ReturnType<typeof bandOf>;
}

/** Placements that a band is over where there are few keys; of many keys fewer say the same. */
const drawsMost = 200;
const drawsLeast = 20;
const routesMax = 4_000_000;

/** The heaviest keys, which alone are drawn; the load of the others is even but for a trace. */
const drawnKeysMax = 50_000;

/** null: the system takes no keys of this type, as far as is known here. */
export function enginePlacement(
  engine: Engine,
  { topology, known }: Chosen,
  parameter: number | null,
): EnginePlacement | null {
  const definition = routers.find(
    ({ reproduces, keyTypes }) => reproduces?.engine === engine && keyTypes.includes(known.type),
  );
  if (definition === undefined) return null;
  const spec = { router: definition.name, definition, parameter, hash: null, salt: '' };
  const router = buildRouter(spec, topology, known.type, known);
  const drawn = heaviestKeys(known);
  const affordable = Math.floor(routesMax / Math.max(1, drawn.count));
  const draws = Math.max(drawsLeast, Math.min(drawsMost, affordable));
  const ratios = Float64Array.from({ length: draws }, (_, index) =>
    loadRatio(router, { ...drawn, ...relabelledKeys(drawn, index) }),
  );
  return { router, maxOverMean: loadRatio(router, known), band: bandOf(ratios) };
}

/** The load that `keys` do not have is taken to be even: weights of all keys sum to 1. */
function loadRatio(router: Router, { bytes, offsets, count, weights }: KnownKeys): number {
  const load = new Float64Array(router.shardCount);
  let rest = 1;
  for (let key = 0; key < count; key += 1) {
    const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    const weight = weights[key] ?? 0;
    load[shard] = (load[shard] ?? 0) + weight;
    rest -= weight;
  }
  const even = Math.max(0, rest) / router.shardCount;
  return maxOverMean(load.map((each) => each + even));
}

function heaviestKeys(known: KnownKeys): KnownKeys {
  if (known.count <= drawnKeysMax) return known;
  const order = Uint32Array.from({ length: known.count }, (_, key) => key);
  order.sort((a, b) => (known.weights[b] ?? 0) - (known.weights[a] ?? 0) || a - b);
  const chosen = order.slice(0, drawnKeysMax);
  const offsets = new Uint32Array(chosen.length + 1);
  for (const [i, key] of chosen.entries()) {
    const length = (known.offsets[key + 1] ?? 0) - (known.offsets[key] ?? 0);
    offsets[i + 1] = (offsets[i] ?? 0) + length;
  }
  const bytes = new Uint8Array(offsets[chosen.length] ?? 0);
  for (const [i, key] of chosen.entries()) {
    const own = known.bytes.subarray(known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0);
    bytes.set(own, offsets[i] ?? 0);
  }
  return {
    type: known.type,
    count: chosen.length,
    bytes,
    offsets,
    rows: Float64Array.from(chosen, (key) => known.rows[key] ?? 0),
    weights: Float64Array.from(chosen, (key) => known.weights[key] ?? 0),
  };
}
