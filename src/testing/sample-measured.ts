import { rankingHeld, ranksOf } from '../advice/ranking-held.ts';
import type { AdviceMeasured } from '../result/advice-measured.ts';
import { worded } from '../wording/worded.ts';
import { sampleResult } from './sample-result.ts';

/** Databases and measured rates of three candidates; the last one is only known not to be less. */
const known = [
  { strategy: 'tenant/directory', databases: 3.8, qps: 400, isBound: false },
  { strategy: 'tenant/jump', databases: 3.1, qps: 310, isBound: false },
  { strategy: 'user/jump', databases: 2.2, qps: 120, isBound: true },
];

/** A ranking that was measured, decided and worded as any other. */
export function sampleMeasured(named: (strategy: string) => string): AdviceMeasured {
  const rates = known.map(({ qps, isBound }) => {
    return { qps, low: 0.97 * qps, high: isBound ? null : 1.03 * qps };
  });
  const ranked = known.map(({ strategy, databases }, index) => {
    return { strategy: named(strategy), databases, measured: rates[index] ?? null };
  });
  const { reason, findings, ...held } = rankingHeld(ranked, named('tenant/jump'));
  const ranks = ranksOf(known.map(({ qps }) => qps));
  return {
    startedAt: '2026-03-01T12:00:00.000Z',
    environment: sampleResult().environment,
    shardCount: 4,
    recommendedShardCount: 16,
    objective: { expressions: ['response_ms: p(99)<250'], from: 'assumed' },
    search: { rounds: 2, durationMs: 6000, warmupMs: 2000, startQps: 100, stepsMax: 20 },
    candidates: known.map(({ strategy, databases, qps, isBound }, index) => {
      const [key = '', router = ''] = strategy.split('/');
      return {
        strategy: named(strategy),
        key,
        router,
        chosen: key === 'user' ? 'other-key' : 'best',
        predicted: {
          databases,
          band: { p5: databases - 0.2, p50: databases, p95: databases + 0.2 },
          capacityQps: null,
          rank: index + 1,
        },
        sustainedQps: qps,
        interval: { low: 0.97 * qps, high: isBound ? null : 1.03 * qps },
        rank: ranks[index] ?? null,
        searches: [],
        atRate: { rateQps: 100, windows: 2, p50Ms: 3, p99Ms: 41 },
        notes: isBound
          ? [
              worded({
                code: 'advice-measured-unfinished',
                severity: 'warning',
                numbers: { round: 1, windows: 20 },
                place: '/measured/candidates/2',
              }),
            ]
          : [],
      };
    }),
    ...held,
    reason: worded({ ...reason, place: '/measured' }),
    findings: findings.map((each) => worded({ ...each, place: '/measured' })),
  };
}
