import { textOnly } from '../result/finding.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { capacityRow, costRow } from './sample-growth-costs.ts';
import { bytes, nowQps, path, planOf, stepOf, strategies, tenants } from './sample-growth-rows.ts';

/** Growth of a scenario from 4 shards to 5, 8 and 16, made up but consistent. */
export function sampleGrowth(): GrowthDocument {
  const steps = path.slice(1).map((to, index) => [path[index] ?? 4, to] as const);
  return {
    schema: 'shardlab/growth/v2',
    name: 'sample',
    description: 'A shop platform with 2,248 tenants of real inequality on four shards',
    seed: 42,
    arrivalsDigest: '0123456789abcdef',
    startedAt: '2026-03-01T12:00:00.000Z',
    command: 'shardlab grow scenarios/quickstart.yaml --to 5,8,16 --seed 42',
    shardlab: '0.1.0',
    scenario: { name: 'sample', seed: 42 },
    now: { shardCount: 4, qps: nowQps, writeFraction: 0.6, bytes, tenants },
    growth: strategies.flatMap((one) => [
      ...steps.map(([from, to]) => stepOf(one, from, to)),
      ...steps.slice(1).map(([, to]) => stepOf(one, 4, to, 'path')),
    ]),
    capacity: [
      capacityRow(null, 1),
      ...strategies.flatMap((one) => path.map((count) => capacityRow(one, count))),
    ],
    cost: [
      costRow(null, 1),
      ...strategies.flatMap((one) => path.map((count) => costRow(one, count))),
    ],
    plans: strategies.flatMap((one) => steps.map(([from, to]) => planOf(one, from, to))),
    largestTenants: [
      {
        strategy: 'tenant_id/directory',
        tenant: 't35013cd52d',
        loadFraction: 0.0626,
        usefulShards: 15.98,
        noShardCountHelps: false,
        limit: textOnly(
          'The largest tenant has 6.26 % of the load: beyond 15 shards nothing is gained.',
        ),
        remedies: [
          {
            kind: 'dedicated shard',
            tenant: 't35013cd52d',
            loadFraction: 0.0626,
            shardCount: 16,
            by: null,
            over: null,
            maxOverMean: { before: 1.31, after: 1.1 },
            capacityQps: 6400,
            capacityRatio: 2.1,
            how: textOnly('pin: { tenants: { t35013cd52d: 15 } }'),
          },
          {
            kind: 'split',
            tenant: 't35013cd52d',
            loadFraction: 0.0626,
            shardCount: 16,
            by: 'order_id',
            over: 4,
            maxOverMean: { before: 1.31, after: 1.05 },
            capacityQps: 6500,
            capacityRatio: 2.2,
            how: textOnly('split: { tenants: [t35013cd52d], by: order_id, over: 4 }'),
          },
        ],
      },
    ],
    oneInstance: {
      limits: [
        {
          limit: 'CPU',
          now: nowQps,
          allowed: 1166,
          unit: 'operations/s',
          monthsP50: 7.5,
          meaning: textOnly('the fastest machine on offer is about three times the present one'),
        },
        {
          limit: 'size',
          now: 48,
          allowed: 10_240,
          unit: 'GB',
          monthsP50: null,
          meaning: textOnly('backups and restores take hours before it hurts'),
        },
      ],
      advice: [
        'Partition the largest table by time before sharding it.',
        'A pooler in transaction mode carries thousands of clients on a few connections.',
      ].map(textOnly),
    },
    recommendation: {
      kind: 'grow',
      strategy: 'tenant_id/directory',
      shardCount: 8,
      advice: textOnly('Grow from 4 to 8 shards with tenant_id/directory.'),
      reasons: [
        '8 shards carry 1.5 times as much as 4, for 2.0 times the infrastructure.',
        '5 shards would be full again within 18 months in more than 1 of 10 futures.',
        '16 shards cost twice as much as 8 and buy 1.4 times the capacity.',
      ].map(textOnly),
      actWithinMonths: 14.2,
      act: textOnly(
        'Begin within 14 months: 4 shards are full in 17 months at the earliest (p10), and the ' +
          'move takes 3.',
      ),
      restsOn: [
        { path: 'growth.load', value: '5% +- 2%', isDefault: true },
        { path: 'capacity.shard', value: '1000/s, given with --capacity', isDefault: false },
      ],
    },
    assumptions: [
      {
        path: 'growth.load',
        value: '5% +- 2%',
        meaning: 'Growth of the operations a month; +- one standard deviation',
        isDefault: true,
      },
      {
        path: 'cost.instance',
        value: '1000 +- 10% USD',
        meaning: 'Machine of the present instance',
        isDefault: false,
      },
    ],
    findings: [
      'Nothing was measured here: capacities are computed from what one shard is said to take.',
      'Placement is one draw of the hash: another salt gives another fullest shard.',
    ].map(textOnly),
  };
}

/** The same where nobody knows what a shard takes. */
export function sampleWithoutCapacity(): GrowthDocument {
  const document = sampleGrowth();
  return {
    ...document,
    recommendation: {
      kind: 'measure',
      strategy: null,
      shardCount: 4,
      advice: textOnly(
        'No shard count is recommended and no date is given: both need a measured capacity.',
      ),
      reasons: [textOnly('What needs no capacity is in the tables.')],
      actWithinMonths: null,
      act: textOnly('Measure it: `npx shardlab run s.yaml --rate 800/s --out run-1`.'),
      restsOn: [],
    },
    capacity: document.capacity.map((row) => ({
      ...row,
      bound: 'unknown',
      capacityQps: null,
      capacityQpsHigh: null,
      writeCapacityQps: null,
      databaseQps: null,
      utilisation: null,
      shards: row.shards.map((shard) => ({ ...shard, utilisation: null })),
      monthsToFull: null,
      monthsToFullBy: { ...row.monthsToFullBy, load: null },
      firstToFill: null,
    })),
    cost: document.cost.map((row) => {
      const { status, reasons } = row.verdict;
      const isKnown = status === 'wrong' || status === 'present';
      return { ...row, verdict: { status: isKnown ? status : 'unknown', reasons } };
    }),
    plans: document.plans.map((plan) => {
      const shards = plan.shards.map((shard) => {
        return { ...shard, utilisation: null, isPastHeadroom: null };
      });
      return Object.assign({}, plan, { shards, warnings: [] });
    }),
  };
}
