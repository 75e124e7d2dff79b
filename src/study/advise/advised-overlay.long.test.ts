import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { artefactsOf } from '../../advice/artefacts/artefacts.ts';
import { present } from '../../base/assert.ts';
import { buildRouter } from '../../router/build-router.ts';
import { findRouter } from '../../router/registry.ts';
import { parseScenario } from '../../scenario/parse.ts';
import type { Scenario, Strategy } from '../../scenario/types.ts';
import { loadGrammar } from '../../sql/grammar.ts';
import { sqlReader } from '../../sql/sql-reader.ts';
import { knownKeys, type LoadedKeys } from '../../workload/key-usage.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { scenarioVocabulary } from '../scenario/vocabulary.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';
import { equalShards } from './measure.ts';
import { withOverlays } from './overlay-candidates.ts';
import { withPieces } from './split-pieces.ts';
import { artefactInput } from './write-artefacts.ts';

const scenarios = join(import.meta.dirname, '..', '..', '..', 'scenarios');
const vocabulary = {
  ...scenarioVocabulary(sqlReader(await loadGrammar()), { usable: new Map(), unusable: new Map() }),
};

interface Asked {
  readonly name: string;
  readonly key: string;
  readonly router: string;
  readonly shards: number;
  readonly qps: number;
}

/** What is advised, and the scenario with the overlay that was written in place of its own. */
async function overlaidBy({ name, key, router, shards, qps }: Asked) {
  const path = join(scenarios, `${name}.yaml`);
  const asked = { keys: [key], routers: [findRouter(router)] };
  const loaded = (scenario: Scenario): Scenario => {
    const { growth, capacity } = scenario;
    const now = { ...growth.now, loadPerSecond: qps };
    const shardPerSecond = { value: 600, spread: 0 };
    const known = { ...scenario, growth: { ...growth, now } };
    return { ...known, capacity: { ...capacity, shardPerSecond, instancePerSecond: null } };
  };
  const planned = await loadPlanned(
    path,
    {},
    () => undefined,
    (scenario) => loaded(withCandidates(scenario, asked)),
  );
  const all = withOverlays(planned, asked.routers, [shards]);
  const document = await advise({
    loaded: all,
    shardCounts: [shards],
    draws: 20,
    about: { startedAt: '', command: '', shardlab: '' },
    report: () => undefined,
  });
  const { overlay, strategy } = document.recommendation;
  const chosen = present(
    all.scenario.strategies.find((each) => each.name === strategy),
    'strategy',
  );
  const files = artefactsOf(artefactInput(all, chosen, shards, overlay));
  const written = present(
    files.find((each) => each.path === 'overlay.yaml'),
    'overlay.yaml',
  );
  const text = readFileSync(path, 'utf8')
    .replace(/^strategies:\n(?:[ #].*\n|\n)*/m, written.text)
    .replace(/^topology: \{ shards: \d+/m, `topology: { shards: ${shards}`)
    // A path of growth does not begin with the shards that there are.
    .replace(/^growth: \{ to: \[8, 16\], /m, 'growth: { ');
  const { strategies } = parseScenario(text, path, vocabulary);
  const known = knownKeys(all.workload, key);
  return { document, chosen, parsed: present(strategies[0], 'strategy'), known, written };
}

const placedBy = (strategy: Strategy, known: LoadedKeys, shards: number): number[] => {
  const router = buildRouter(strategy, equalShards(shards), known.type, known);
  const { count, bytes, offsets } = withPieces(known, strategy);
  return Array.from({ length: count }, (_, key) =>
    router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0),
  );
};

describe('overlay.yaml goes into the scenario as it is', () => {
  test('quickstart: the listed tenants, each key where the recommendation has it', async () => {
    const asked = { name: 'quickstart', key: 'tenant_id', router: 'jump', shards: 16, qps: 1100 };
    const { document, chosen, parsed, known, written } = await overlaidBy(asked);
    expect(document.recommendation.strategy).toBe('tenant_id/jump+pin');
    expect(written.placement).toBe('exact');
    expect(parsed.pin?.tenants).toHaveLength(
      known.weights.filter((weight) => weight >= 0.5 / 16).length,
    );
    expect(placedBy(parsed, known, 16)).toEqual(placedBy(chosen, known, 16));
  });

  test('quickstart on 17: the largest is split', async () => {
    const asked = { name: 'quickstart', key: 'tenant_id', router: 'jump', shards: 17, qps: 1100 };
    const { document, chosen, parsed, known } = await overlaidBy(asked);
    expect(document.recommendation.strategy).toBe('tenant_id/jump+split');
    const [hot] = document.hotTenants;
    expect(hot).toMatchObject({ of: 'tenant', advised: 'split', splitAbove: 1.05 / 17 });
    expect(hot?.share).toBeGreaterThan(1.05 / 17);
    expect(parsed.split?.tenants).toEqual([hot?.value]);
    expect(placedBy(parsed, known, 17)).toEqual(placedBy(chosen, known, 17));
  });

  test('shop: the hot tenant has a remedy, and a split is refused with its reason', async () => {
    const asked = { name: 'shop', key: 'tenant', router: 'directory', shards: 8, qps: 2400 };
    const { document, parsed, known } = await overlaidBy(asked);
    expect(document.recommendation.strategy).toMatch(/^tenant\//);
    const [hot] = document.hotTenants;
    expect(hot).toMatchObject({ value: '1', moveAbove: 0.0625, advised: 'list' });
    const split = hot?.options.find(({ remedy }) => remedy === 'split');
    expect(split).toMatchObject({ possible: false, capacityQps: null });
    expect(split?.reasons[0]?.text).toContain('has no split');
    const [nothing, list, alone] = hot?.options ?? [];
    expect(list?.maxOverMean?.p95).toBeLessThan(nothing?.maxOverMean?.p95 ?? 0);
    // Nobody else is on a shard of its own.
    expect(alone?.noisyReach).toEqual({ keysFraction: 0, loadFraction: 0 });
    // The tenants of a zipf distribution are numbered from the largest on.
    const shard = parsed.pin?.tenants.find(({ id }) => id === '1')?.shard;
    const largest = known.weights.indexOf(Math.max(...known.weights));
    expect(placedBy(parsed, known, 8)[largest]).toBe(shard);
  });
});
