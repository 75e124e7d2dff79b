import { describe, expect, test } from 'vitest';
import { createHistogram } from '../base/histogram.ts';
import type { TenantClassName, TenantClassResult } from '../result/tenant-class.ts';
import { worded } from '../wording/worded.ts';
import { neighbourFinding } from './neighbour-findings.ts';
import { responseDistributionMs } from './percentiles.ts';

interface Times {
  readonly ok: number;
  readonly ms: number;
  /** Of every hundred successes so many take ten times as long. */
  readonly slow?: number;
  readonly failed?: number;
}

function classOf(
  name: TenantClassName,
  { ok, ms, slow = 0, failed = 0 }: Times,
  changes: Partial<TenantClassResult> = {},
): TenantClassResult {
  const times = createHistogram();
  for (let i = 0; i < ok; i += 1) times.record(ms * 1e6 * (i % 100 < slow ? 10 : 1));
  const responseMs = responseDistributionMs(times, failed);
  const arrivals = ok + failed;
  return {
    class: name,
    tenants: 1,
    arrivals,
    ok,
    responseMs,
    singleShardMs: responseMs,
    ...changes,
  };
}

const largest = classOf('largest', { ok: 2000, ms: 40 }, { shards: [3] });
const beside = (times: Times) => classOf('others-beside-largest', times);
const elsewhere = (times: Times) => classOf('others-elsewhere', times);

const sentencesOf = (...tenantClasses: TenantClassResult[]): string[] =>
  neighbourFinding({ strategy: 'tenant_id/jump', place: '/cells/1', tenantClasses }).map(
    (found) => worded(found).text,
  );

describe('neighbours of the largest tenant', () => {
  test('that wait longer', () => {
    const pair = [beside({ ok: 1000, ms: 41 }), elsewhere({ ok: 3000, ms: 10 })];
    expect(sentencesOf(largest, ...pair)).toEqual([
      'With tenant_id/jump the other tenants that share a shard with the largest tenant ' +
        '(shard 3) have a p99 of 41.0 ms for operations on one shard, where tenants elsewhere ' +
        'have 10.0 ms: 4.1× as much.',
    ]);
    expect(sentencesOf({ ...largest, tenants: 10, shards: [0, 2] }, ...pair)[0]).toContain(
      'that share a shard with one of the 10 largest tenants (2 shards) have',
    );
  });

  test('that fail where the others do not', () => {
    const failing = beside({ ok: 900, ms: 10, failed: 100 });
    expect(sentencesOf(largest, failing, elsewhere({ ok: 3000, ms: 10 }))).toEqual([
      'With tenant_id/jump 10 % of the operations on one shard of the other tenants that share ' +
        'a shard with the largest tenant (shard 3) failed, timed out or were dropped, where ' +
        'tenants elsewhere have a p99 of 10.0 ms.',
    ]);
  });

  test.each<[string, TenantClassResult[]]>([
    ['too few of them', [largest, beside({ ok: 999, ms: 41 }), elsewhere({ ok: 3000, ms: 10 })]],
    ['too few others', [largest, beside({ ok: 3000, ms: 41 }), elsewhere({ ok: 999, ms: 10 })]],
    [
      'no more than chance',
      [largest, beside({ ok: 3000, ms: 14 }), elsewhere({ ok: 3000, ms: 10 })],
    ],
    ['less', [largest, beside({ ok: 3000, ms: 5 }), elsewhere({ ok: 3000, ms: 10 })]],
    [
      'a p99 alone, as one stop of a server makes it',
      [largest, beside({ ok: 3000, ms: 10, slow: 2 }), elsewhere({ ok: 3000, ms: 10 })],
    ],
    [
      'others that fail, too',
      [
        largest,
        beside({ ok: 900, ms: 41, failed: 300 }),
        elsewhere({ ok: 3000, ms: 10, failed: 100 }),
      ],
    ],
    ['nobody beside it', [largest, elsewhere({ ok: 3000, ms: 10 })]],
    ['nobody elsewhere', [largest, beside({ ok: 3000, ms: 41 })]],
    ['no classes', []],
  ])('nothing is claimed: %s', (_, classes) => {
    expect(sentencesOf(...classes)).toEqual([]);
  });
});
