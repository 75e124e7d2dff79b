import { compile } from 'vega-lite';
import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { repeatedResult } from '../../testing/sample-repeats.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { drawSvgs } from './draw.ts';
import { drawnRatios, latencyRatioCharts } from './latency-ratios.ts';

const chartOf = (repeats: number) =>
  present(latencyRatioCharts(repeatedResult(repeats)).charts[0], 'chart');

test('has the golden spec', async () => {
  const { title, description, spec } = chartOf(10);
  const golden = JSON.stringify({ title, description, spec }, null, 2);
  await expect(`${golden}\n`).toMatchFileSnapshot('golden/latency-ratios.golden');
});

test('its title is the largest claim; without one it says so', () => {
  expect(latencyRatioCharts(repeatedResult(10)).title).toMatch(/^place_order takes 0\.67× as long/);
  expect(latencyRatioCharts(repeatedResult(3)).title).toBe(
    'No latency difference between strategies can be claimed',
  );
});

test('draws the largest, and counts the rest', () => {
  const { legend } = latencyRatioCharts(repeatedResult(10));
  expect(legend).toContain(`Drawn are the ${drawnRatios} largest; 85 more are not drawn.`);
});

test('compiles without a warning and draws the same bytes twice, wide intervals too', async () => {
  const warnings: string[] = [];
  const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
  const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
  // Three repeats leave intervals from nothing to any size: they are cut.
  for (const repeats of [3, 10]) {
    const spec = present(chartOf(repeats).spec, 'spec');
    compile(spec, { logger: Object.assign(logger) });
    expect(await drawSvgs([spec])).toEqual(await drawSvgs([spec]));
    expect(JSON.stringify(spec)).not.toMatch(/"(low|high|ratio)":null/);
  }
  expect(warnings).toEqual([]);
});

test('draws nothing where there are no repeats, and says so', () => {
  const [chart] = latencyRatioCharts(sampleResult()).charts;
  expect(chart?.spec).toBeNull();
  expect(chart?.title).toMatch(/^no strategy/);
});
