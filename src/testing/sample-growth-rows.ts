import { textOnly } from '../result/finding.ts';
import type { GrowthDocument, MovePlan } from '../result/growth-document.ts';

type Step = GrowthDocument['growth'][number];

export interface SampleStrategy {
  readonly strategy: string;
  readonly router: string;
  /** max/mean of the load that the key directs. */
  readonly maxOverMean: number;
  readonly scatter: number;
  /** Share of the keys that moves from n to m shards. */
  readonly moved: (n: number, m: number) => number;
  readonly monotone: boolean;
}

const least = (n: number, m: number): number => (m - n) / m;
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

export const strategies: readonly SampleStrategy[] = [
  {
    strategy: 'tenant_id/mod',
    router: 'mod',
    maxOverMean: 1.36,
    scatter: 0.1,
    moved: (n, m) => 1 - divisor(n, m) / m,
    monotone: false,
  },
  {
    strategy: 'tenant_id/ring:150',
    router: 'ring:150',
    maxOverMean: 1.3,
    scatter: 0.1,
    moved: (n, m) => least(n, m) * 1.04,
    monotone: true,
  },
  {
    strategy: 'tenant_id/directory',
    router: 'directory',
    maxOverMean: 1.01,
    scatter: 0.1,
    moved: least,
    monotone: true,
  },
  {
    strategy: 'order_id/jump',
    router: 'jump',
    maxOverMean: 1.03,
    scatter: 0.352,
    moved: least,
    monotone: true,
  },
];

export const path = [4, 5, 8, 16] as const;
export const tenants = 2248;
const rows = 131_072;
export const bytes = 48 * 2 ** 30;
export const nowQps = 809;

function flowsOf(one: SampleStrategy, from: number, to: number): Step['flows'] {
  const share = one.moved(from, to);
  const sources = Array.from({ length: from }, (_, shard) => shard);
  return sources.flatMap((source) => {
    const targets = Array.from({ length: to }, (_, shard) => shard).filter(
      (shard) => shard !== source && (!one.monotone || shard >= from),
    );
    const part = share / from / targets.length;
    return targets.map((target) => ({
      from: source,
      to: target,
      keys: Math.round(tenants * part),
      rows: Math.round(rows * part),
      bytes: bytes * part,
      load: part,
    }));
  });
}

const bandOf = (share: number, spread: number) => ({
  p5: share * (1 - spread),
  p50: share,
  p95: Math.min(1, share * (1 + spread)),
});

export function stepOf(
  one: SampleStrategy,
  from: number,
  to: number,
  span: Step['span'] = 'step',
): Step {
  const share = one.moved(from, to);
  return {
    strategy: one.strategy,
    router: one.router,
    span,
    from,
    to,
    counted: { of: 'loaded keys', keys: tenants },
    keysMovedFraction: share,
    rowsMovedFraction: share * 0.98,
    bytesMovedFraction: share * 0.98,
    loadMovedFraction: Math.min(1, share * 1.02),
    optimalFraction: least(from, to),
    expectedFraction: one.router === 'directory' ? null : share,
    expectedSd:
      one.router === 'directory' ? null : { keys: 0.009, rows: 0.02, bytes: 0.02, load: 0.03 },
    expectedBy: one.router === 'directory' ? null : { formula: 'k/(n + k)', of: 'keys' },
    band:
      one.router === 'directory'
        ? null
        : {
            samples: 200,
            over: 'salts',
            keys: bandOf(share, 0.05),
            rows: bandOf(share, 0.1),
            bytes: bandOf(share, 0.1),
            load: bandOf(share, 0.15),
          },
    monotone: one.monotone,
    strayKeys: one.monotone ? 0 : Math.round(tenants * share * 0.6),
    flows: flowsOf(one, from, to),
  };
}

export function planOf(one: SampleStrategy, from: number, to: number): MovePlan {
  const share = one.moved(from, to);
  const moved = bytes * share;
  const copySeconds = moved / (20 * 2 ** 20);
  const isPast = one.router === 'mod';
  return {
    strategy: one.strategy,
    router: one.router,
    from,
    to,
    tenants: Math.round(tenants * share),
    rows: Math.round(rows * share),
    bytes: moved,
    throttleBytesPerSecond: 20 * 2 ** 20,
    copySeconds,
    verifySeconds: copySeconds / 3,
    soakSeconds: 86_400,
    dualWriteSeconds: copySeconds * (4 / 3) + 86_400,
    shards: Array.from({ length: to }, (_, shard) => ({
      shard,
      role: shard < from ? (one.monotone ? 'source' : 'both') : 'target',
      bytesOut: shard < from ? moved / from : 0,
      bytesIn: shard < from && one.monotone ? 0 : moved / to,
      utilisation: { before: shard < from ? 0.31 : 0, during: isPast ? 0.83 : 0.41, after: 0.24 },
      isPastHeadroom: isPast,
    })),
    warnings: isPast
      ? [textOnly('shard 0 reaches 83 % while rows are copied: more than 70 %')]
      : [],
    rule:
      one.router === 'directory'
        ? {
            units: 'tenants',
            moves: [0, 1].map((index) => ({
              unit: `t${index}`,
              from: index,
              to: from,
              loadFraction: 0.03,
              rows: 400,
              bytes: 2e8,
              reason: textOnly(
                'shard 0 has 1.31 of the mean, shard 4 none; after it both are within 10 %',
              ),
            })),
            movesTotal: 212,
            rowsTotal: Math.round(rows * share),
            bytesTotal: moved,
            ignored: [
              {
                unit: 't35013cd52d',
                shard: 1,
                loadFraction: 0.0626,
                reason: textOnly('its target would be fuller than its source is now'),
              },
            ],
            ignoredTotal: 1,
            maxOverMean: { before: 1.31, after: 1.08, byRouter: 1.01 },
          }
        : null,
  };
}
