import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { embeddedFleet } from '../../fleet/embedded/fleet.ts';
import { parseAdviceDocument, formatAdviceDocument } from '../../result/advice-parse.ts';
import { measureCapacity } from '../capacity/measure-capacity.ts';
import { measuredAdvice } from './measure-advice-fixture.ts';

// Nothing breaks the objective within few steps, so that each is a lower bound.
const text = `
name: tiny
seed: 7
rate: 200/s
duration: 1s
warmup: 200ms
tenants: { zipf: 0.8, count: 100 }
data: { total: 1MB }
topology: { shards: 2 }
strategies: [{ key: tenant_id, router: jump }, { key: order_id, router: jump }]
thresholds: { response_ms: ['p(90)<5s'] }
capacity: { instance: 1000/s }
growth: { now: { load: 3000/s, bytes: 50GB } }
`;

test('two candidates on real shards: windows of each, and what bounds them', async () => {
  const { document, problem } = await measuredAdvice({
    text,
    keys: ['tenant_id', 'order_id'],
    shardCounts: [2],
    best: 2,
    effort: { rounds: 1, stepsMax: 5, windowMs: 6000, otherKeys: 1 },
    search: (options) => measureCapacity(embeddedFleet, options),
  });
  expect(problem).toBeNull();
  const measured = present(document.measured, 'measurement');
  expect([measured.shardCount, measured.environment.fleet]).toEqual([2, 'embedded']);
  expect(measured.candidates.map(({ strategy }) => strategy).toSorted()).toEqual([
    'order_id/jump',
    'tenant_id/jump',
  ]);
  for (const { searches, notes, atRate } of measured.candidates) {
    expect(searches).toHaveLength(1);
    expect(searches[0]?.status).not.toBe('failed');
    expect(searches[0]?.windows).toBe(5);
    expect(atRate?.rateQps).toBe(200);
    expect(atRate?.p50Ms).toBeGreaterThan(0);
    // Five windows confirm nothing, and that is said.
    expect(notes.length).toBeGreaterThan(0);
  }
  expect(measured.findings.map(({ code }) => code)).toContain('capacity-machine-shared');
  const full = { ...document, startedAt: new Date().toISOString() };
  expect(parseAdviceDocument(formatAdviceDocument(full), 'advice.json')).toEqual(full);
}, 120_000);
