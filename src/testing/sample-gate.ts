import type { GateCounters, GateDocument } from '../result/gate-document.ts';
import type { GateTiming, RouterTiming, TimingStatus } from '../result/gate-timing.ts';
import { textOnly } from '../result/finding.ts';
import { gateVerdict } from '../gate/gate-verdict.ts';
import { worded } from '../wording/worded.ts';

/** Documents of the gate for tests: figures are made up, but fit together. */

const ratios: Readonly<Record<TimingStatus, readonly [number, number, number] | null>> = {
  pass: [0.99, 1.001, 1.012],
  regressed: [1.1, 1.12, 1.14],
  undecided: [1.01, 1.04, 1.07],
  missing: null,
};

export function sampleRouter(
  router: string,
  status: TimingStatus,
  hash: string | null = 'xxh64',
): RouterTiming {
  const [low, ratio, high] = ratios[status] ?? [];
  const levels = { lowLevel: 0.001, highLevel: 0.001 };
  const some = low !== undefined && ratio !== undefined && high !== undefined;
  const order: RouterTiming['rounds'][number]['order'] = ['base', 'head', 'control'];
  return {
    router,
    hash,
    shards: 16,
    keyType: 'text',
    status,
    problem: status === 'missing' ? 'base: SyntaxError: Unexpected token' : null,
    decidedAtLook: status === 'pass' || status === 'regressed' ? 1 : null,
    head: some ? { ratio, low, high, ...levels } : null,
    control: some ? { ratio: 1, low: 0.985, high: 1.015, ...levels } : null,
    noise: some ? 0.015 : null,
    regressedAbove: some ? 1.05 : null,
    pairs: some ? 1 : 0,
    baseNs: some ? 40 : null,
    headNs: some ? 40 * ratio : null,
    answersDiffer: false,
    rounds: some ? [{ order, baseNs: 40, headNs: 40 * ratio, controlNs: 40 }] : [],
  };
}

export function sampleTiming(routers: readonly RouterTiming[]): GateTiming {
  return {
    seed: 42,
    maxTimeMs: 60_000,
    elapsedMs: 21_000,
    tolerance: 0.05,
    passBelow: 1.045,
    alpha: 0.01,
    spending: 'in words',
    resamples: 2000,
    looks: {
      planned: [{ fraction: 1, level: 0.01 }],
      taken: [{ look: 1, atMs: 20_000, level: 0.01 }],
    },
    rounds: 1,
    ended: 'time is up',
    routers: [...routers],
  };
}

export function sampleCounters(): GateCounters {
  return {
    routers: ['jump', 'ring'],
    hashes: 8,
    compared: 50,
    against: ['results/baseline/router-counters.json'],
    differences: [],
    problems: [],
  };
}

export function sampleGate(
  timing: GateTiming | null,
  changes: Partial<GateDocument> = {},
): GateDocument {
  const counters = changes.counters ?? sampleCounters();
  return {
    schema: 'shardlab/gate/v2',
    startedAt: '2026-01-02T03:04:05.678Z',
    environment: { shardlab: '0.1.0', node: '24.0.0', os: 'Linux', cpu: 'a cpu', cores: 2 },
    head: { commit: 'a'.repeat(40), branch: 'feature', changedFiles: 0 },
    base: { name: 'origin/main', commit: 'b'.repeat(40) },
    notes: [textOnly('head is feature at aaaaaaaaaaaa; the base is origin/main (bbbbbbbbbbbb)')],
    counters,
    timing,
    verdict: sampleVerdict(counters, timing),
    ...changes,
  };
}

function sampleVerdict(counters: GateCounters, timing: GateTiming | null): GateDocument['verdict'] {
  const { reasons, ...verdict } = gateVerdict(counters, timing, []);
  return { ...verdict, reasons: reasons.map(worded) };
}
