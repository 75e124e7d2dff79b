import { type Fact, fact } from '../result/finding.ts';
import type { TenantClassResult } from '../result/tenant-class.ts';
import type { WriteSpread } from '../result/types.ts';
import { neighbourFinding } from './neighbour-findings.ts';
import { overlayFinding } from './overlay-findings.ts';

/** What findings are drawn from: one strategy on one topology. */
export interface StrategyFacts {
  readonly strategy: string;
  /** JSON pointer to its cell. */
  readonly place: string;
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
  /** Of a scenario with several tables: transactions across shards; null in the short form. */
  readonly crossShard: { readonly fraction: number; readonly shardsTouched: number | null } | null;
  readonly shardQueriesPerOperation: number;
  /** Empty where no tenant is larger than another. */
  readonly tenantClasses: readonly TenantClassResult[];
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

/** What the numbers of a run mean together; none where nothing stands out. */
export function findings(cells: readonly StrategyFacts[]): Fact[] {
  const found: Fact[] = [];
  for (const group of groupsOf(cells, ({ shardKey, shardCount }) => `${shardKey}\n${shardCount}`)) {
    // Pieces of a split key are keys of their own, and have a floor of their own.
    found.push(...floorFinding(group.filter(({ overlay }) => !overlay?.split)));
    for (const alike of groupsOf(group, overlayKind)) found.push(...bandFinding(alike));
    for (const cell of group) {
      found.push(...hotShardFinding(cell), ...scatterFinding(cell), ...crossShardFinding(cell));
      found.push(...neighbourFinding(cell));
      const plain = group.find(({ strategy }) => strategy === cell.overlay?.plain);
      if (cell.overlay === null || plain === undefined) continue;
      found.push(...overlayFinding({ ...cell, split: cell.overlay.split }, plain));
    }
  }
  return found;
}

/** Bands are compared among routers without overlays, with pins, and with the same split. */
function overlayKind({ overlay }: StrategyFacts): string {
  if (overlay === null) return '';
  return overlay.split === null ? 'pin' : `${overlay.split.by}\n${overlay.split.over}`;
}

function groupsOf<T>(all: readonly T[], nameOf: (each: T) => string): T[][] {
  return [...Map.groupBy(all, nameOf).values()];
}

/** The cells of one shard key and shard count have the same floor: it is the arrivals'. */
function floorFinding([cell]: readonly StrategyFacts[]): Fact[] {
  if (cell === undefined || cell.tenantFloor === null || cell.topKeyShare === null) return [];
  const { shardCount, tenantFloor, topKeyShare, keyedByTenant, shardKey, place } = cell;
  if (tenantFloor < floorWorthSaying) return [];
  // Above what the largest key alone would do, two large ones share a shard.
  const isShared = shardCount * topKeyShare < tenantFloor - 1e-9;
  return [
    fact(isShared ? 'large-keys-share-a-shard' : 'largest-key-fills-a-shard', {
      severity: 'warning',
      numbers: { shardCount, tenantFloor, topKeyFraction: topKeyShare },
      names: { shardKey, of: keyedByTenant ? 'tenant' : 'value' },
      place: `${place}/imbalance/writeQps/tenantFloor`,
    }),
  ];
}

function bandFinding(group: readonly StrategyFacts[]): Fact[] {
  const banded = group.flatMap(({ band, strategy }) => (band === null ? [] : [{ strategy, band }]));
  const [first] = group;
  if (first === undefined || banded.length < 2) return [];
  const lows = banded.map(({ band }) => band.p5);
  const highs = banded.map(({ band }) => band.p95);
  if (Math.max(...lows) > Math.min(...highs)) return [];
  return [
    fact('balance-alike', {
      numbers: {
        shardCount: first.shardCount,
        maxOverMeanP5: Math.min(...lows),
        maxOverMeanP95: Math.max(...highs),
      },
      names: { strategies: banded.map(({ strategy }) => strategy) },
      place: '/cells',
    }),
  ];
}

function hotShardFinding(cell: StrategyFacts): Fact[] {
  const { writes, shardCount, topKeyShare, strategy, shardKey, place } = cell;
  let total = 0;
  let hottest = 0;
  for (let shard = 0; shard < writes.length; shard += 1) {
    total += writes[shard] ?? 0;
    if ((writes[shard] ?? 0) > (writes[hottest] ?? 0)) hottest = shard;
  }
  const writesFraction = (writes[hottest] ?? 0) / total;
  if (shardCount < 2 || !(writesFraction >= nearlyAll)) return [];
  // One giant key is the floor's finding.
  if (topKeyShare !== null && topKeyShare >= nearlyAll) return [];
  return [
    fact('neighbours-on-one-shard', {
      severity: 'warning',
      numbers: { shard: hottest, writesFraction },
      names: { strategy, shardKey },
      place: `${place}/shards/${hottest}`,
    }),
  ];
}

function scatterFinding(cell: StrategyFacts): Fact[] {
  const { strategy, scatterFraction, shardCount, overlay, place } = cell;
  if (shardCount < 2 || scatterFraction < scatterWorthSaying) return [];
  const everywhere = overlay?.split?.over === shardCount;
  return [
    fact(everywhere ? 'operations-on-all-shards-of-split' : 'operations-on-all-shards', {
      severity: 'warning',
      numbers: { scatterFraction, shardCount },
      names: { strategy },
      place: `${place}/fanOut/scatterFraction`,
    }),
  ];
}

function crossShardFinding(cell: StrategyFacts): Fact[] {
  const { strategy, crossShard, crossShardWrites, place } = cell;
  if (crossShard !== null && crossShard.fraction > 0) {
    return [
      fact('transactions-across-shards', {
        severity: 'warning',
        numbers: {
          crossShardFraction: crossShard.fraction,
          shardsTouched: crossShard.shardsTouched,
        },
        names: { strategy },
        place: `${place}/fanOut/crossShardFraction`,
      }),
    ];
  }
  if (crossShardWrites === 0) return [];
  return [
    fact('writes-not-atomic', {
      severity: 'warning',
      numbers: { crossShardWrites },
      names: { strategy },
      place: `${place}/fanOut/crossShardWrites`,
    }),
  ];
}
