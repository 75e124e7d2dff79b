import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { StatedCapacity } from '../../growth/database-capacity.ts';
import { growthParts } from '../../growth/growth-parts.ts';
import { inUse, isPlacementKnown, presentShards } from '../../growth/present-placement.ts';
import { placementCount } from '../../growth/placement-draws.ts';
import { comparedKey, type ComparedKey, withSplitLoad } from '../../placement/compared-key.ts';
import { attempt } from '../../placement/comparison.ts';
import { pathMovement, type PathMovement, routersAlong } from '../../placement/path-movement.ts';
import { type RouterCandidate, routerCandidates } from '../../placement/router-candidates.ts';
import { syntheticProblems } from '../../placement/synthetic-movement.ts';
import { changeProblems, topologiesAlong } from '../../placement/topology-changes.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { GrowthDocument } from '../../result/growth-document.ts';
import { definitionOf, type RouterSpec } from '../../router/build-router.ts';
import type { RouterDefinition, RouterTopology } from '../../router/contract.ts';
import type { Strategy } from '../../scenario/types.ts';
import { storedBytes } from '../../workload/tables/stored-tables.ts';
import { layoutOf } from '../../workload/tables/table-writes.ts';
import type { Workload } from '../../workload/types.ts';
import { countMovement } from './count-movement.ts';
import { drawnRowsNotes } from '../scenario/drawn-rows.ts';
import { growthRows } from './growth-rows.ts';
import { type LoadedScenario, routerSpec } from '../scenario/load-scenario.ts';
import { presentMap } from './present-map.ts';
import { publicScenario } from '../cells/run-head.ts';
import { wordedGrowth } from './worded-growth.ts';

/** What is to be worked out; nothing of it needs a database. */
export interface GrowRequest {
  readonly loaded: LoadedScenario;
  /** The scenario's file. */
  readonly path: string;
  readonly strategies: readonly Strategy[];
  /** Shard counts after the present one. */
  readonly to: readonly number[];
  readonly stated: StatedCapacity | null;
  readonly samples: number;
  /** Size of a key space of integers to count movement over; null: the keys of the scenario. */
  readonly keys: number | null;
  readonly about: Pick<GrowthDocument, 'startedAt' | 'command' | 'shardlab'>;
  /** Hears what is being done, and how much of the whole is. */
  readonly report: (text: string, fraction: number) => void;
}

/** A strategy that can take every step. */
interface Grown {
  readonly strategy: Strategy;
  readonly candidate: RouterCandidate;
  readonly key: ComparedKey;
}

/**
 * The document of `grow`: 1. check every step of every strategy, 2. count what moves, 3. work out
 * what it buys and costs. A UserError says everything that is wrong with the path.
 */
export async function grow(request: GrowRequest): Promise<GrowthDocument> {
  const { loaded, stated, about } = request;
  const { scenario, workload, plan } = loaded;
  const path = pathOf(request);
  const grown = grownAlong(request, path, await presentMap(request));
  const { growth, notes } = await movements(request, grown, path);
  request.report('capacity and cost', 0.8);
  const facts = growthParts({
    scenario,
    path: request.path,
    workload,
    plan,
    stated,
    placements: placementCount,
    strategies: grown.map(({ strategy, candidate, key }) => ({
      strategy,
      isKnown: isPlacementKnown(strategy, scenario.growth, workload),
      placements: routersAlong(candidate.spec, path, key).map((router, index) => ({
        router,
        topology: present(path[index], 'topology'),
      })),
    })),
  });
  return {
    schema: 'shardlab/growth/v2',
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    arrivalsDigest: plan.digest,
    ...about,
    scenario: publicScenario(scenario),
    growth,
    ...wordedGrowth({
      ...facts,
      findings: [...drawnRowsNotes(loaded), ...notes, ...facts.findings],
    }),
  };
}

function pathOf({ loaded, to }: GrowRequest): readonly RouterTopology[] {
  const { shards, weights } = loaded.scenario.topology;
  const counts = [shards, ...to];
  const repeated = counts.find((count, index) => counts.indexOf(count) < index);
  if (repeated !== undefined) {
    throw new UserError(
      `the path ${counts.join(' -> ')} has ${repeated} shards twice; allowed: each count once`,
      {
        exitCode: exitCodes.usage,
        hint: 'Give other shard counts with --to, such as --to 5,8,16.',
      },
    );
  }
  return topologiesAlong({ shardCount: shards, weights }, to);
}

/** Every strategy with its keys; a UserError with everything that keeps one from taking a step. */
function grownAlong(
  { loaded, strategies }: GrowRequest,
  path: readonly RouterTopology[],
  map: Uint32Array | null,
): Grown[] {
  const { scenario, workload, plan } = loaded;
  const keys = new Map<string, ComparedKey>();
  const problems: string[] = [];
  const grown = strategies.flatMap((listed) => {
    const strategy = inUse(listed, scenario.growth);
    const spec = routerSpec(strategy, loaded);
    const definition = definitionOf(spec);
    const candidate = candidateOf(spec, definition);
    const plain = keys.get(strategy.key) ?? {
      ...comparedKey(workload, plan, strategy.key, scenario.data.rowBytes),
      ...presentShards(workload, strategy.key, map),
    };
    keys.set(strategy.key, plain);
    const key = withSplitLoad(plain, workload, plan, strategy);
    const found = path
      .slice(1)
      .flatMap((after, step) => changeProblems(definition, path[step] ?? after, after));
    const built = attempt(() => routersAlong(candidate.spec, path, key));
    if ('problem' in built) found.push(...built.problem.split('\n'));
    const counts = path.map(({ shardCount }) => shardCount).join(' -> ');
    problems.push(
      ...[...new Set(found)].map((one) => `${strategy.name}, ${counts} shards: ${one}`),
    );
    return [{ strategy: spec, candidate, key }];
  });
  if (problems.length > 0) {
    throw new UserError(problems.join('\n'), {
      exitCode: exitCodes.usage,
      hint: 'Give another path with --to, or choose only some of the routers with --router.',
    });
  }
  return grown;
}

/**
 * The strategy as one of the routers that can be compared, with its definition where it is its own.
 */
function candidateOf(
  strategy: RouterSpec & Strategy,
  definition: RouterDefinition,
): RouterCandidate {
  const [found] = routerCandidates(strategy.key, [strategy], [definition]);
  const candidate = present(found, 'candidate of the strategy');
  if (strategy.definition === undefined) return candidate;
  return { ...candidate, spec: { ...candidate.spec, definition } };
}

/** What moves under each strategy, and which of them could not be counted as asked. */
async function movements(
  request: GrowRequest,
  grown: readonly Grown[],
  path: readonly RouterTopology[],
): Promise<{ growth: GrowthDocument['growth']; notes: Fact[] }> {
  const { keys, samples } = request;
  const growth: GrowthDocument['growth'] = [];
  const notes: Fact[] = [];
  if (keys !== null) notes.push(...keySpaceNotes(grown, path, keys));
  const counted = new Map<string, PathMovement>();
  for (const [index, { strategy, candidate, key }] of grown.entries()) {
    request.report(`what moves under ${strategy.name}`, (0.8 * index) / grown.length);
    if (keys !== null && keySpaceProblems({ candidate, key }, path, keys).length === 0) {
      const { spec } = candidate;
      // The shard key makes no difference to integers that are not its values.
      const identity = JSON.stringify(spec);
      const movement = counted.get(identity) ?? (await countMovement({ spec, path, keys }));
      counted.set(identity, movement);
      growth.push(...growthRows(strategy, movement, { of: 'integers', keys }));
    } else {
      const movement = pathMovement(candidate, key, path, samples);
      const all = key.amounts.keys.count;
      const counts = { of: 'loaded keys', keys: all } as const;
      const reference = referenceBytes(request.loaded.workload, strategy.key);
      growth.push(...growthRows(strategy, movement, counts, reference));
    }
  }
  return { growth, notes };
}

/** Of one copy. */
function referenceBytes(workload: Workload, keyName: string): number {
  const layout = layoutOf(workload, keyName);
  return layout === null ? 0 : storedBytes(workload, layout).reference;
}

function keySpaceProblems(
  { candidate: { spec }, key }: Pick<Grown, 'candidate' | 'key'>,
  path: readonly RouterTopology[],
  keys: number,
): string[] {
  if (key.present !== undefined) {
    return ['growth.present gives the shards of tenants, not of integers'];
  }
  // Functions cannot be sent to the workers that count.
  if (spec.definition !== undefined) return ['a router of your own is not part of shardlab'];
  return syntheticProblems({ spec, path, keys });
}

/** A UserError where no strategy can be counted over integers, else a note for each that cannot. */
function keySpaceNotes(
  grown: readonly Grown[],
  path: readonly RouterTopology[],
  keys: number,
): Fact[] {
  const refused = grown.flatMap(({ strategy, candidate, key }) => {
    const problems = keySpaceProblems({ candidate, key }, path, keys);
    return problems.length === 0 ? [] : [{ name: strategy.name, problems }];
  });
  if (refused.length === grown.length) {
    const lines = refused.map(({ name, problems }) => `${name}: ${problems.join('; ')}`);
    throw new UserError(`--keys ${keys}: ${lines.join('\n')}`, {
      exitCode: exitCodes.usage,
      hint: 'Leave out --keys: then what moves is counted over the keys of the scenario.',
    });
  }
  return [
    fact('integers-counted', { numbers: { keys }, place: '/growth' }),
    ...refused.map(({ name, problems }) =>
      fact('integers-not-counted', { names: { strategy: name, problems }, place: '/growth' }),
    ),
  ];
}
