import { fact } from '../result/finding.ts';
import { worded } from '../wording/worded.ts';
import type { Cell, ResponseDistribution } from '../result/types.ts';

/** A cell that failed before anything was measured. */
export function failedCell(cell: Cell, error: string): Cell {
  return {
    ...cell,
    status: 'failed',
    error,
    verdict: null,
    load: null,
    generator: null,
    overall: null,
    shards: [],
    operations: [],
    imbalance: null,
    fanOut: null,
    errors: [],
    work: undefined,
    alarms: [],
    server: null,
  };
}

function censor(one: ResponseDistribution): ResponseDistribution {
  return { ...one, p95: null, p99: null, p999: null, mean: null, max: null, censored: true };
}

/** A cell under more load than its shards could take: percentiles fall among dropped operations. */
export function saturatedCell(cell: Cell): Cell {
  return {
    ...cell,
    verdict: {
      status: 'SATURATED',
      reasons: [
        worded(
          fact('shard-full', {
            severity: 'error',
            numbers: {
              shard: 1,
              fullFraction: 0.972,
              limitFraction: 0.9,
              droppedQueries: 2_943_100,
            },
            names: { span: 'window' },
            place: '/cells/0/shards/1',
          }),
        ),
      ],
    },
    load: {
      offeredQps: 200_000,
      acceptedQps: 3_790.4,
      arrivals: 3_000_000,
      ok: 56_856,
      failed: 12,
      timedOut: 32,
      dropped: 2_943_100,
      errorsByCode: { '57014': 32, '53300': 12 },
      errorMessages: { '57014': 'canceling statement due to statement timeout' },
    },
    errors: [
      {
        code: '57014',
        message: 'canceling statement due to statement timeout',
        operation: 'place_order',
        shard: 1,
        count: 32,
        firstMs: 5012.4,
        lastMs: 14_987.1,
      },
    ],
    overall: cell.overall && { responseMs: censor(cell.overall.responseMs) },
    shards: cell.shards.map((shard) => ({ ...shard, responseMs: censor(shard.responseMs) })),
    alarms: cell.alarms.map((alarm, index) =>
      index === 0
        ? { ...alarm, shard: 1, value: 2.31, heldMs: 9000, sinceSecond: 3, state: 'fired' }
        : alarm,
    ),
  };
}
