import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { failedCell, saturatedCell } from '../../testing/damaged-cells.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import type { ChartGroup } from './chart.ts';
import { drawSvgs } from './draw.ts';
import { textWidth } from './font-widths.ts';
import { responseMsCharts } from './response-ms.ts';
import { writeBandCharts } from './write-band.ts';
import { writeQpsCharts } from './write-qps.ts';

const designs: readonly [string, () => ChartGroup][] = [
  ['write-qps', () => writeQpsCharts(sampleResult())],
  ['response-ms', () => responseMsCharts(sampleResult())],
  ['write-band', () => writeBandCharts(sampleResult())],
];

const last = (group: ChartGroup) => present(group.charts.at(-1), 'chart');

describe.each(designs)('%s', (design, group) => {
  it('has the golden spec', async () => {
    const { title, description, spec } = last(group());
    const golden = JSON.stringify({ title, description, spec }, null, 2);
    await expect(`${golden}\n`).toMatchFileSnapshot(`golden/${design}.golden`);
  });

  it('compiles without a warning and draws the same bytes twice', async () => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    for (const { spec } of group().charts) {
      compile(present(spec, 'spec'), { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
    const specs = group().charts.map((chart) => present(chart.spec, 'spec'));
    expect(await drawSvgs(specs)).toEqual(await drawSvgs(specs));
  });
});

describe('findings in titles', () => {
  it('names the hottest shard and its excess', () => {
    const group = writeQpsCharts(sampleResult());
    expect(group.title).toBe(
      'The hottest shard takes 1.02× (tenant_id/directory) to 1.35× (tenant_id/mod) ' +
        'the mean write QPS',
    );
    expect(group.charts[0]?.title).toBe('shard 1 takes 1.35× the mean of 120 writes/s');
  });

  it('sees no difference where bands overlap', () => {
    expect(writeBandCharts(sampleResult()).title).toBe(
      'At the top, no difference between tenant_id/directory and order_id/jump',
    );
  });

  it('says why there is no p99 and takes no p99 from a cell that is not valid', () => {
    const result = sampleResult();
    const cells = result.cells.map(saturatedCell);
    const group = responseMsCharts({ ...result, cells });
    expect(group.title).toContain('no valid cell');
    expect(group.charts[1]?.title).toMatch(/^no p99: censored: .* \(SATURATED\)$/);
  });

  it('draws nothing for a cell that has nothing', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => failedCell(cell, 'no disk'));
    for (const charts of [writeQpsCharts, responseMsCharts, writeBandCharts]) {
      expect(charts({ ...result, cells }).charts.every((chart) => chart.spec === null)).toBe(true);
    }
  });
});

describe('textWidth', () => {
  it('knows narrow from wide letters', () => {
    // Liberation Sans: i has 222, W 944 thousandths.
    expect(textWidth('iiiiiiiiii', 10)).toBeCloseTo(22.2, 10);
    expect(textWidth('WWWWWWWWWW', 10)).toBeCloseTo(94.4, 10);
  });
});
