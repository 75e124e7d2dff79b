import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { simulateCapacity } from '../capacity/simulate-capacity.ts';
import { measuredAdvice } from './measure-advice-fixture.ts';

const scenario = (topology: string): string => `
name: virtual
seed: 7
rate: 1000/s
duration: 6s
tenants: { zipf: 0.6, count: 400 }
data: { total: 1MB }
topology: ${topology}
strategies:
  - { key: tenant_id, router: jump }
  - { key: order_id, router: jump }
simulation: { service: { exponential: 2ms } }
capacity: { instance: 500/s }
growth: { now: { load: 1500/s, bytes: 50GB } }
`;

const asked = {
  keys: [],
  shardCounts: [4, 8],
  best: 2,
  effort: { rounds: 1, stepsMax: 20, windowMs: 6000, otherKeys: 1 },
  search: simulateCapacity,
};

test('in virtual time, where shards are as predicted, the ranking holds', async () => {
  const { document, exitCode, problem, kept } = await measuredAdvice({
    ...asked,
    text: scenario('{ shards: 4 }'),
  });
  expect([exitCode, problem]).toEqual([0, null]);
  const measured = present(document.measured, 'measurement');
  // Without a quota they are never more than the scenario's own.
  expect(measured.shardCount).toBe(4);
  expect(measured.candidates.length).toBeGreaterThan(2);
  expect([measured.verdict, measured.kendallTau]).toEqual(['held', 1]);
  const [first] = measured.candidates;
  for (const { predicted, sustainedQps } of measured.candidates) {
    const predictedRatio = predicted.databases / (first?.predicted.databases ?? 1);
    const measuredRatio = (sustainedQps ?? 0) / (first?.sustainedQps ?? 1);
    expect(Math.abs(measuredRatio / predictedRatio - 1)).toBeLessThan(0.15);
  }
  expect(first?.atRate).toMatchObject({ rateQps: 1000, windows: 1 });
  expect(kept.length).toBeGreaterThan(0);
}, 60_000);

test('one candidate is none to rank: said in the document, and no mistake', async () => {
  const { document, exitCode, kept } = await measuredAdvice({
    ...asked,
    text: scenario('{ shards: 4 }'),
    keys: ['tenant_id'],
    // Its placement is no draw, so that no salt is chosen for it.
    router: 'directory',
  });
  expect([exitCode, document.measured, kept]).toEqual([0, undefined, []]);
  expect(document.findings.at(-1)).toMatchObject({
    code: 'advice-not-measured',
    names: { why: 'alone' },
  });
});
