import type { WriteSpread } from '../result/types.ts';
import { overlayFinding } from './overlay-findings.ts';
import { percent } from './wording.ts';

/** What findings are drawn from: one strategy on one topology. */
export interface CellFacts {
  readonly strategy: string;
  readonly shardKey: string;
  /** Whether the shard key is the tenant's id. */
  readonly keyedByTenant: boolean;
  readonly shardCount: number;
  /** Share of the writes that the largest value of the shard key has; null if unknown. */
  readonly topKeyShare: number | null;
  readonly tenantFloor: number | null;
  /** Writes of each shard, in any unit. */
  readonly writes: ArrayLike<number>;
  readonly band: WriteSpread['band'];
  /** Share of the operations that go to all shards. */
  readonly scatterFraction: number;
  readonly crossShardWrites: number;
  readonly shardQueriesPerOperation: number;
  /** What pins or splits keys over the router; null where nothing does. */
  readonly overlay: {
    readonly split: { readonly by: string; readonly over: number } | null;
    /** The strategy with the same router and no overlay, if it is one of the run. */
    readonly plain: string | null;
  } | null;
}

/** A floor below this is within what one placement gains or loses by luck. */
const floorWorthSaying = 1.05;
/** A shard with this share of the writes leaves the others without work. */
const nearlyAll = 0.9;
const scatterWorthSaying = 0.05;

/** What the numbers of a run mean together, in full sentences; none where nothing stands out. */
export function findings(cells: readonly CellFacts[]): string[] {
  const found: string[] = [];
  for (const group of groupsOf(cells, ({ shardKey, shardCount }) => `${shardKey}\n${shardCount}`)) {
    // Pieces of a split key are keys of their own, and have a floor of their own.
    found.push(...floorFinding(group.filter(({ overlay }) => !overlay?.split)));
    for (const alike of groupsOf(group, overlayKind)) found.push(...bandFinding(alike));
    for (const cell of group) {
      found.push(...hotShardFinding(cell), ...scatterFinding(cell), ...crossShardFinding(cell));
      const plain = group.find(({ strategy }) => strategy === cell.overlay?.plain);
      if (cell.overlay === null || plain === undefined) continue;
      found.push(...overlayFinding({ ...cell, split: cell.overlay.split }, plain));
    }
  }
  return found;
}

/** Bands are compared among routers without overlays, with pins, and with the same split. */
function overlayKind({ overlay }: CellFacts): string {
  if (overlay === null) return '';
  return overlay.split === null ? 'pin' : `${overlay.split.by}\n${overlay.split.over}`;
}

function groupsOf<T>(all: readonly T[], nameOf: (each: T) => string): T[][] {
  return [...Map.groupBy(all, nameOf).values()];
}

/** The cells of one shard key and shard count have the same floor: it is the arrivals'. */
function floorFinding([cell]: readonly CellFacts[]): string[] {
  if (cell === undefined || cell.tenantFloor === null || cell.topKeyShare === null) return [];
  const { shardCount, tenantFloor, topKeyShare, keyedByTenant, shardKey } = cell;
  if (tenantFloor < floorWorthSaying) return [];
  const what = keyedByTenant ? 'tenant' : `value of ${shardKey}`;
  const router = keyedByTenant ? 'tenant-keyed router' : `router on ${shardKey}`;
  const limit = `at ${shardCount} shards max/mean is at least ${tenantFloor.toFixed(2)}`;
  if (shardCount * topKeyShare < tenantFloor - 1e-9) {
    return [
      `Of the ${shardCount + 1} largest (by ${what}) two must share one of ${shardCount} shards, ` +
        `so no ${router} can help: ${limit}. Fewer shards would help, or splitting the largest of them.`,
    ];
  }
  return [
    `The largest ${what} has ${percent(topKeyShare)} of the writes, so no ${router} can put less ` +
      `than that on one shard: ${limit}, and no more than ${(1 / topKeyShare).toFixed(1)} shards ` +
      `are useful (1/p1). Another router will not help. What helps is a finer shard key, or to split ` +
      `that ${what} over ${Math.max(2, Math.ceil(shardCount * topKeyShare))} shards or more ` +
      '(`split` of a strategy).',
  ];
}

function bandFinding(group: readonly CellFacts[]): string[] {
  const bands = group.flatMap(({ band }) => (band === null ? [] : [band]));
  const [first] = group;
  if (first === undefined || bands.length < 2) return [];
  const low = Math.max(...bands.map(({ p5 }) => p5));
  const high = Math.min(...bands.map(({ p95 }) => p95));
  if (low > high) return [];
  const names = group.filter(({ band }) => band !== null).map(({ strategy }) => strategy);
  const least = Math.min(...bands.map(({ p5 }) => p5));
  const most = Math.max(...bands.map(({ p95 }) => p95));
  return [
    `${names.join(', ')}: no difference in balance. Where a hash puts the keys is chance: over other ` +
      `salts of the hash their max/mean lies between ${least.toFixed(2)} and ${most.toFixed(2)} (p5 ` +
      `to p95) at ${first.shardCount} shards, and their bands overlap.`,
  ];
}

function hotShardFinding(cell: CellFacts): string[] {
  const { writes, shardCount, topKeyShare, strategy, shardKey } = cell;
  let total = 0;
  let hottest = 0;
  for (let shard = 0; shard < writes.length; shard += 1) {
    total += writes[shard] ?? 0;
    if ((writes[shard] ?? 0) > (writes[hottest] ?? 0)) hottest = shard;
  }
  const share = (writes[hottest] ?? 0) / total;
  if (shardCount < 2 || !(share >= nearlyAll)) return [];
  // One giant key is the floor's finding.
  if (topKeyShare !== null && topKeyShare >= nearlyAll) return [];
  return [
    `${strategy} sent ${percent(share)} of the writes to shard ${hottest}: the values of ` +
      `${shardKey} that are written at one time lie next to each other, and this router keeps ` +
      'neighbours together. The other shards take over none of that load. A router that hashes the ' +
      'key would spread it.',
  ];
}

function scatterFinding(cell: CellFacts): string[] {
  const { strategy, scatterFraction, shardCount, overlay } = cell;
  if (shardCount < 2 || scatterFraction < scatterWorthSaying) return [];
  const everywhere = overlay?.split?.over === shardCount;
  const why = everywhere ? 'the shard key, or the second column of a split key' : 'the shard key';
  return [
    `With ${strategy} ${percent(scatterFraction)} of the operations do not fix ${why}, so they go to ` +
      `all ${shardCount} shards. That part of the work does not get cheaper with more shards.`,
  ];
}

function crossShardFinding({ strategy, crossShardWrites }: CellFacts): string[] {
  if (crossShardWrites === 0) return [];
  return [
    `With ${strategy} ${crossShardWrites} writes touched more than one shard. Each of them was several ` +
      'transactions, so it was not atomic.',
  ];
}
