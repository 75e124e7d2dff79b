import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { buildRouter } from '../../router/build-router.ts';
import { findRouter } from '../../router/registry.ts';
import { strategySplit } from '../../placement/strategy-split.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { type LoadedScenario, loadPlanned } from '../scenario/load-scenario.ts';
import { withCandidates } from './asked-scenario.ts';
import { equalShards, measure, type Measured, measuring } from './measure.ts';
import { withOverlays } from './overlay-candidates.ts';
import { withPieces } from './split-pieces.ts';

const scenarios = join(import.meta.dirname, '..', '..', '..', 'scenarios');

async function overlaid(name: string, key: string): Promise<LoadedScenario> {
  const asked = { keys: [key], routers: [findRouter('jump')] };
  const planned = await loadPlanned(
    join(scenarios, `${name}.yaml`),
    {},
    () => undefined,
    (scenario) => withCandidates(scenario, asked),
  );
  return withOverlays(planned, asked.routers, [4, 16]);
}

const measured = (loaded: LoadedScenario): Promise<Measured> =>
  measure(measuring(loaded, 1e9, 20), [4, 16], () => undefined);

const strategyOf = ({ scenario }: LoadedScenario, name: string) =>
  present(
    scenario.strategies.find((each) => each.name === name),
    'strategy',
  );

describe('the tenants of quickstart', () => {
  let loaded: LoadedScenario;
  let found: Measured;
  beforeAll(async () => {
    loaded = await overlaid('quickstart', 'tenant_id');
    found = await measured(loaded);
  });
  const candidate = (strategy: string, shards: number) =>
    present(
      found.candidates.find((each) => each.strategy === strategy && each.shardCount === shards),
      'candidate',
    );

  test('the largest has 6.3 % of the load: it is pinned, alone or split', () => {
    const names = found.candidates.map(({ strategy }) => strategy);
    expect(new Set(names)).toEqual(
      new Set([
        'tenant_id/jump',
        'tenant_id/jump+pin',
        'tenant_id/jump+pin:exclusive',
        'tenant_id/jump+split',
      ]),
    );
    expect(found.refused).toEqual([]);
    // Those with half of a sixteenth, by the file of the scenario.
    const heavy = loaded.workload.tenants.weights.filter((weight) => weight >= 0.5 / 16).length;
    expect(candidate('tenant_id/jump+pin', 16).overlay?.keys).toBe(heavy);
  });

  test('a list evens out the shards; that its keys are listed is known', () => {
    const worst = (strategy: string) => Math.max(...candidate(strategy, 16).placed.largest);
    expect(worst('tenant_id/jump+pin')).toBeLessThan(0.9 * worst('tenant_id/jump'));
    expect(candidate('tenant_id/jump+pin', 16).traits).toMatchObject({
      listed: true,
      splits: false,
    });
  });

  test('reads of a split tenant ask its pieces, and no others do', () => {
    const { split } = strategyOf(loaded, 'tenant_id/jump+split');
    const over = present(split, 'split').over;
    const [whole, cut] = ['tenant_id/jump', 'tenant_id/jump+split'].map((name) => {
      return candidate(name, 16).asked.fanOut;
    });
    // recent_orders, 25 %, names no second column; the others name the order, or go to all shards.
    const split16 = 0.25 * 0.063 * (over - 1);
    expect((cut ?? 0) - (whole ?? 0)).toBeGreaterThan(0.8 * split16);
    expect((cut ?? 0) - (whole ?? 0)).toBeLessThan(1.2 * split16);
    expect(candidate('tenant_id/jump+split', 16).asked.singleShardFraction).toBeLessThan(
      candidate('tenant_id/jump', 16).asked.singleShardFraction,
    );
  });

  test('pieces carry what the whole tenant did, on shards of their own', () => {
    const strategy = strategyOf(loaded, 'tenant_id/jump+split');
    const known = knownKeys(loaded.workload, 'tenant_id');
    const placed = withPieces(known, strategy);
    const total = (amounts: ArrayLike<number>) =>
      Array.from(amounts).reduce((sum, each) => sum + each, 0);
    expect(total(placed.weights)).toBeCloseTo(total(known.weights), 9);
    const router = buildRouter(strategy, equalShards(16), known.type, known);
    const { over = 0 } = strategy.split ?? {};
    const count = strategySplit(loaded.workload, strategy, known)?.count ?? 0;
    expect(placed.count).toBe(known.count + over * count);
    for (let first = known.count; first < placed.count; first += over) {
      const shards = Array.from({ length: over }, (_, piece) => {
        const at = first + piece;
        return router.route(placed.bytes, placed.offsets[at] ?? 0, placed.offsets[at + 1] ?? 0);
      });
      expect(new Set(shards).size).toBe(over);
    }
  });
});

test('with tables nothing is split, and that is said', async () => {
  const { candidates, refused } = await measured(await overlaid('shop', 'tenant'));
  expect(candidates.map(({ strategy }) => strategy)).toContain('tenant/jump+pin');
  expect(refused.map(({ strategy, shardCount }) => [strategy, shardCount])).toEqual([
    ['tenant/jump+split', 16],
  ]);
  expect(refused[0]?.problems).toEqual(['a scenario with `tables` has no split; allowed: pin']);
});
