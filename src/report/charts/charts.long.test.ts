import { readFileSync } from 'node:fs';
import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseRunResult } from '../../result/parse.ts';
import type { RunResult } from '../../result/types.ts';
import { failedCell, saturatedCell } from '../../testing/damaged-cells.ts';
import { hostileResult } from '../../testing/hostile-result.ts';
import { largeResult } from '../../testing/large-result.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { ratio } from '../../wording/format.ts';
import type { ChartGroup } from './chart.ts';
import { distributionCharts } from './distribution.ts';
import { drawSvgs } from './draw.ts';
import { fanOutMsCharts } from './fan-out-ms.ts';
import { distributionOf } from '../../result/quantiles.ts';
import { responseMsCharts } from './response-ms.ts';
import { seriesCharts } from './series.ts';
import { writeBandCharts } from './write-band.ts';
import { writeQpsCharts } from './write-qps.ts';

function distributions(result: RunResult): ChartGroup {
  const known = result.cells.flatMap((cell) => {
    const one = distributionOf(cell);
    return one === null ? [] : [[cell, one] as const];
  });
  return distributionCharts(result, new Map(known));
}

const designs: readonly [string, (result: RunResult) => ChartGroup][] = [
  ['write-qps', writeQpsCharts],
  ['response-ms', responseMsCharts],
  ['write-balance', writeBandCharts],
  ['distribution', distributions],
  ['over-time', seriesCharts],
  ['fan-out-ms', fanOutMsCharts],
];

/** Measured on containers with quotas; results/baseline says when and where. */
const committedResult = (): RunResult => {
  const url = new URL('../../../results/baseline/hot-shard/result.json', import.meta.url);
  return parseRunResult(readFileSync(url, 'utf8'), 'result.json');
};

const last = (group: ChartGroup) => present(group.charts.at(-1), 'chart');

describe.each(designs)('%s', (design, group) => {
  it('has the golden spec', async () => {
    expect(group(sampleResult()).design).toBe(design);
    const { title, description, spec } = last(group(sampleResult()));
    const golden = JSON.stringify({ title, description, spec }, null, 2);
    await expect(`${golden}\n`).toMatchFileSnapshot(`golden/${design}.golden`);
  });

  it('has the golden spec for the committed result of scenarios/hot-shard.yaml', async () => {
    const { title, description, spec } = last(group(committedResult()));
    const golden = JSON.stringify({ title, description, spec }, null, 2);
    await expect(`${golden}\n`).toMatchFileSnapshot(`golden/hot-shard/${design}.golden`);
  });

  it.each([sampleResult, hostileResult])('compiles without a warning: %o', (result) => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    for (const { spec } of group(result()).charts) {
      if (spec !== null) compile(spec, { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
  });

  it('draws the same bytes twice', async () => {
    const specs = [present(last(group(sampleResult())).spec, 'spec')];
    expect(await drawSvgs(specs)).toEqual(await drawSvgs(specs));
  });

  it('draws nothing for cells that have nothing, and says so', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => failedCell(cell, 'no disk'));
    for (const chart of group({ ...result, cells }).charts) {
      expect(chart.spec).toBeNull();
      expect(chart.title).toMatch(/failed|^no strategy/);
    }
  });
});

describe('findings in titles', () => {
  it('names the hottest shard and its excess', () => {
    const group = writeQpsCharts(sampleResult());
    expect(group.title).toBe(
      'In this run the hottest shard got 1.02× (tenant_id/directory) to ' +
        '1.35× (tenant_id/mod) the mean of the writes',
    );
    expect(group.charts[0]?.title).toBe('shard 1 got 1.35× the mean of 120 writes/s');
  });

  it('has the ratio of the tables in the chart, and names another one as what it is', () => {
    const result = sampleResult();
    const [, mod] = result.cells;
    const shard = present(mod?.shards[1], 'hottest shard');
    // Some that were sent had not come back when the window ended.
    shard.writeQps *= 0.97;
    const title = present(writeQpsCharts(result).charts[0], 'panel').title;
    expect(title).toContain(`got ${ratio(mod?.imbalance?.writeQps.maxOverMean ?? 0)}× the mean`);
    expect(title).toMatch(/ \(1\.3\d× of those that succeeded\) of \d+ writes\/s$/);
  });

  it('gives a panel that would flatten the others a scale of its own, and says so', () => {
    const result = sampleResult();
    const [, mod] = result.cells;
    for (const shard of mod?.shards ?? []) shard.writeQps *= 9;
    const group = writeQpsCharts(result);
    expect(group.legend).toContain('except those marked “own scale”');
    expect(group.charts.map(({ title }) => title.includes('own scale'))).toEqual([
      true,
      ...Array.from({ length: 5 }, () => false),
    ]);
    expect(JSON.stringify(group.charts[1]?.spec)).not.toContain(
      JSON.stringify(group.charts[0]?.spec).match(/"domain":\[0,[\d.]+\]/)?.[0],
    );
  });

  it('takes bands from routers that have salts', () => {
    expect(writeBandCharts(sampleResult()).title).toBe(
      'With an unlucky salt (p95) the hottest shard takes from 1.04× (order_id/jump) to ' +
        '1.63× (tenant_id/ring:150) the mean',
    );
  });

  it('says what asking all shards costs', () => {
    // 4.4 ms against 2.6 ms in the sample.
    expect(fanOutMsCharts(sampleResult()).title).toBe(
      'At the median, operations on all shards take 1.69× as long as those on one ' +
        '(a lower bound: no network between, one machine)',
    );
  });

  it('says why there is no p99 and takes none from a cell that is not valid', () => {
    const result = sampleResult();
    const cells = result.cells.map(saturatedCell);
    const group = responseMsCharts({ ...result, cells });
    expect(group.title).toContain('no valid cell');
    expect(group.charts[1]?.title).toMatch(/^no p99: not known: .* \(SATURATED\)$/);
    expect(fanOutMsCharts({ ...result, cells }).title).toContain('no valid cell');
    expect(distributions({ ...result, cells }).title).toContain('no valid cell');
    expect(seriesCharts({ ...result, cells }).title).toContain('no valid cell');
  });

  it('finds the second in which the slowest shard was slowest', () => {
    const result = sampleResult();
    for (const row of result.cells[2]?.shards[3]?.series ?? []) {
      if (row.second === 9) row.responseMsP50 = 30;
    }
    expect(seriesCharts(result).title).toMatch(/× its median \(tenant_id\/jump, second 9\)$/);
  });
});

describe('checkpoints', () => {
  it('are drawn in their second', () => {
    const group = seriesCharts(sampleResult());
    expect(group.legend).toContain('vertical line');
    expect(JSON.stringify(last(group).spec)).toContain('"values":[{"second":7}]');
  });

  it('are said to be unknown where nobody looked', () => {
    const result = sampleResult();
    for (const { shards } of result.cells) {
      for (const shard of shards) {
        for (const row of shard.series) delete row.checkpoints;
      }
    }
    const group = seriesCharts(result);
    expect(group.legend).toContain(
      'This result does not record in which seconds its 7 checkpoints ended.',
    );
    expect(JSON.stringify(last(group).spec)).not.toContain('"values":[{"second":7}]');
  });
});

describe('many strategies on many shards', () => {
  it('get fewer panels, and the legend says which', () => {
    const result = largeResult(40, 64);
    expect(writeQpsCharts(result).charts).toHaveLength(3);
    expect(seriesCharts(result).charts).toHaveLength(6);
    expect(seriesCharts(result).legend).toContain(
      'Drawn are 6 of 40 strategies, the first 4 and the last 2 by capacity',
    );
    expect(writeQpsCharts(largeResult(12, 8)).charts).toHaveLength(12);
  });
});

describe('more write operations than colours', () => {
  it('stand together as the last part', () => {
    const result = sampleResult();
    const [, cell] = result.cells;
    const shard = present(cell?.shards[0], 'shard');
    const write = present(cell?.operations[0], 'write');
    result.cells = [present(cell, 'cell')];
    const names = Array.from({ length: 7 }, (_, index) => `write_${index}`);
    result.cells[0]?.operations.splice(
      0,
      Number.POSITIVE_INFINITY,
      ...names.map((operation) => ({ ...write, operation })),
    );
    shard.byOperation = names.map((operation) => ({ operation, qps: 10 }));
    shard.writeQps = 70;
    const drawn = JSON.stringify(writeQpsCharts(result).charts[0]?.spec);
    expect(drawn).toContain('"shard":0,"operation":"3 other operations","order":4,"writeQps":30');
    expect(drawn).not.toContain('write_4');
  });
});
