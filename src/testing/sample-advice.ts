import { adviceFacts, decide } from '../advice/advice.ts';
import { candidateOf, settingAt } from '../advice/advice-fixture.ts';
import { comparedPlacements, workByShard } from '../advice/compared-placements.ts';
import { firmness } from '../advice/firmness.ts';
import type { AdviceDocument } from '../result/advice-document.ts';
import { fact } from '../result/finding.ts';
import { wordedAdvice } from '../study/advise/worded-advice.ts';
import { worded } from '../wording/worded.ts';
import { hostileTexts } from './hostile-result.ts';
import { sampleHotTenants } from './sample-hot-tenants.ts';
import { sampleTime } from './sample-advice-time.ts';

const counts = [4, 8, 16];

/** Keys with what of their work goes to all shards, and their heaviest value. */
const keys = [
  { key: 'tenant', scatter: 0.02, heaviest: [0.07, 0.03, 0.001] },
  { key: 'user', scatter: 0.3, heaviest: [0.002, 0.001] },
  { key: 'order', scatter: 0.6, heaviest: [0.001] },
  { key: 'region', scatter: 0.2, heaviest: [0.4, 0.3, 0.2, 0.1], values: 4 },
] as const;

/** Routers with how uneven their placements are on 4 shards. */
const routers = [
  { router: 'directory', ratios: [1], over: null },
  { router: 'jump', ratios: [1.1, 1.2, 1.3], over: 'salts' },
  { router: 'ring:150', ratios: [1.15, 1.2, 1.4], over: 'salts' },
  { router: 'range', ratios: [1.3], over: null },
] as const;

/** Advice on made-up candidates, decided and worded as any other; placements are made up too. */
export function sampleAdvice(qps = 3000): AdviceDocument {
  const candidates = keys.flatMap(({ key, ...rest }) =>
    routers.flatMap(({ router, ratios, over }) =>
      counts.map((shards) =>
        candidateOf({ ...rest, strategy: `${key}/${router}`, shards, ratios, over }),
      ),
    ),
  );
  const setting = settingAt(qps);
  const decision = decide({ candidates, refused: [], setting });
  const facts = {
    ...adviceFacts(decision),
    firmness: firmness(decision, 42, 0.04),
    ...sampleTime(decision),
    hotTenants: sampleHotTenants,
    overlay: null,
  };
  return {
    schema: 'shardlab/advice/v1',
    name: 'sample',
    description: 'A shop platform with four shard keys to choose from',
    seed: 42,
    startedAt: '2026-03-01T12:00:00.000Z',
    command: 'shardlab advise scenarios/sample.yaml --seed 42',
    shardlab: '0.1.0',
    now: { ...setting.now, tenants: 1000 },
    objectives: { ...setting.objectives, shardCounts: counts },
    basis: {
      shardQps: 600,
      instanceQps: 1000,
      utilisation: setting.utilisation,
      leadMonths: setting.leadMonths,
      horizonMonths: setting.horizonMonths,
      draws: 3,
      arrivals: 16_000,
      currency: setting.currency,
    },
    ...wordedAdvice(facts, []),
    loadByShard: comparedPlacements(decision.judged, decision.choice).map(({ role, candidate }) => {
      const { strategy, shardCount } = candidate;
      // The further a shard is from the first, the less it has.
      const parts = Array.from({ length: shardCount }, (_, shard) => 2 * shardCount - shard);
      const total = parts.reduce((sum, part) => sum + part, 0);
      const load = parts.map((part) => part / total);
      return { role, strategy, shardCount, shards: workByShard(candidate, load) };
    }),
    next: [
      {
        path: 'next/shard-map.json',
        placement: 'exact',
        note: worded(fact('artefact-shard-map', { place: '/next/0' })),
      },
    ],
    assumptions: [
      { path: 'growth.lead', value: '3 months', meaning: 'time until it stands', isDefault: true },
      { path: 'capacity.instance', value: '1000/s', meaning: 'what it can do', isDefault: false },
    ],
  };
}

/** The sample with hostile texts wherever a text of the user's may stand. */
export function hostileAdvice(): AdviceDocument {
  const document = sampleAdvice();
  const names = [...new Set(document.candidates.flatMap(({ strategy }) => strategy ?? []))];
  const text = (index: number) => hostileTexts[index % hostileTexts.length] ?? '';
  // Two strategies must stay two.
  const named = <T extends string | null>(strategy: T) =>
    strategy === null ? strategy : `${names.indexOf(strategy)}${text(names.indexOf(strategy))}`;
  const { recommendation } = document;
  const strategy = named(recommendation.strategy);
  return {
    ...document,
    name: text(0),
    description: text(1),
    command: text(2),
    basis: { ...document.basis, currency: '<b>' },
    recommendation: { ...recommendation, strategy, sentence: text(1) },
    candidates: document.candidates.map((each, index) => ({
      ...each,
      strategy: named(each.strategy),
      key:
        each.key === null
          ? null
          : `${each.key}${text(keys.findIndex(({ key }) => key === each.key))}`,
      router: each.router === null ? null : `${each.router}${text(index % routers.length)}`,
      reasons: each.reasons.map((reason) => ({ ...reason, text: text(index) })),
    })),
    loadByShard: document.loadByShard.map((each, index) => ({ ...each, strategy: text(index) })),
    next: document.next.map((each, index) => ({ ...each, path: text(index + 1) })),
    assumptions: document.assumptions.map(({ path, meaning, isDefault }, index) => {
      return { path, value: text(index), meaning, isDefault };
    }),
  };
}
