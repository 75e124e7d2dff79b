import { buildRouter, type RouterSpec } from '../../router/build-router.ts';
import type { KnownKeys } from '../../router/contract.ts';
import { topologyOf } from '../../router/fixtures.suite.ts';
import { rngFrom } from '../../base/rng.ts';
import { type KeyType, packKeys } from '../../base/keys.ts';
import { type RouterPlan, routerPlan, type SplitColumn } from './router-plan.ts';
import { drawnKey, type Vector, vectorsOf } from './vectors.ts';

/** A router as artefacts get it, and keys with the shards that it has for them. */
export interface PlannedRouter {
  readonly name: string;
  readonly plan: RouterPlan;
  readonly vectors: readonly Vector[];
}

/** So many distinct keys of a type, with falling weights. */
export function someKnownKeys(type: KeyType, count: number): KnownKeys {
  const rng = rngFrom(3, `known ${type}`);
  const texts = new Set<string>();
  while (texts.size < count) texts.add(drawnKey(type, rng));
  const packed = packKeys(type, [...texts]);
  const weights = Float64Array.from({ length: count }, (_, i) => 1 / (i + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    ...packed,
    rows: new Uint32Array(count).fill(1),
    weights: weights.map((weight) => weight / total),
  };
}

interface Choice extends Partial<RouterSpec> {
  readonly router: string;
  readonly type: KeyType;
  readonly shards?: number;
  readonly weights?: readonly number[];
  readonly splitBy?: SplitColumn;
  /** Known keys. */
  readonly keys?: number;
}

export function planned(choice: Choice, vectorCount: number): PlannedRouter {
  const { type, shards = 7, splitBy = null, weights, keys = 500, ...rest } = choice;
  const spec: RouterSpec = { parameter: null, hash: null, salt: '', ...rest };
  const known = someKnownKeys(type, keys);
  const even = topologyOf(shards);
  const topology = weights === undefined ? even : { ...even, weights };
  const router = buildRouter(spec, topology, type, known);
  const plan = routerPlan(router, known, splitBy);
  if (plan === null) throw new Error('keys of one column');
  const parts = [spec.router, spec.parameter, spec.hash, spec.salt && 'salted', type];
  const overlays = [spec.pin && 'pin', spec.split && 'split', spec.pin?.exclusive && 'exclusive'];
  const name = [...parts, ...overlays].filter(Boolean).join(' ');
  return { name, plan, vectors: vectorsOf(plan, router, known, vectorCount) };
}

const types: readonly KeyType[] = ['text', 'int8', 'uuid'];
const hashes = ['fnv1a-32', 'fnv1a-64', 'murmur3-32', 'murmur3-128', 'md5', 'sha256'];

/** Every rule with every type of key, every hash, salts, weights, and what lies over a router. */
export function plannedRouters(vectorCount: number): PlannedRouter[] {
  const heavy = { tenants: [], above: 0.02 };
  const split = { tenants: [], above: 0.05, by: 'user_id', over: 3 };
  const byType = (type: KeyType): SplitColumn => ({ name: 'user_id', type, over: 3 });
  const choices: Choice[] = [
    ...types.flatMap((type) =>
      ['mod', 'range', 'directory', 'postgres-hash', 'citus'].map(
        (router): Choice => ({ router, type }),
      ),
    ),
    ...types.map(
      (type): Choice => ({ router: 'mod', type, hash: 'murmur3-32', split, splitBy: byType(type) }),
    ),
    ...['jump', 'ring', 'slots', 'rendezvous', 'interleaved', 'pgdog', 'anchor'].map(
      (router): Choice => ({ router, type: 'text' }),
    ),
    { router: 'ring', type: 'int8' },
    { router: 'maglev', type: 'text', parameter: 701 },
    { router: 'jump', type: 'text', salt: 'ünïque ', pin: heavy },
    { router: 'ring', type: 'uuid', salt: 's', shards: 20, pin: { ...heavy, exclusive: true } },
    ...hashes.map((hash): Choice => ({ router: 'jump', type: 'text', hash })),
    { router: 'ring', type: 'int8', hash: 'fnv1a-32', parameter: 20 },
    { router: 'ring', type: 'int8', hash: 'murmur3-32', parameter: 20 },
    { router: 'mod', type: 'int8', hash: 'identity' },
    { router: 'rendezvous', type: 'text', salt: 'x', weights: [1, 1, 0, 1, 1, 1, 1] },
    { router: 'slots', type: 'uuid', salt: 'x', weights: [1, 2, 3, 1, 1, 1, 1] },
  ];
  return choices.map((choice) => planned(choice, vectorCount));
}
