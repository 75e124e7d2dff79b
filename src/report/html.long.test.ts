import { describe, expect, it } from 'vitest';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { hostileResult } from '../testing/hostile-result.ts';
import { largeResult } from '../testing/large-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { htmlReport } from './html.ts';
import { visible } from './text.ts';

describe('htmlReport', () => {
  it('is one file of less than 1 MB that asks for nothing', async () => {
    for (const html of await Promise.all([sampleResult(), hostileResult()].map(htmlReport))) {
      expect(html.length).toBeLessThan(1_000_000);
      expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
      expect(html).not.toMatch(/\b(src|href|xlink:href)="(?!#)/);
      expect(html).not.toMatch(/url\(|@import/);
    }
  });

  it('lets no character through that steers the text', async () => {
    const html = await htmlReport(hostileResult());
    expect(html.split('\n').map(visible).join('\n')).toBe(html);
  });

  it('writes the same bytes for the same result', async () => {
    expect(await htmlReport(sampleResult())).toBe(await htmlReport(sampleResult()));
  });

  it('shows why a number is missing', async () => {
    const result = sampleResult();
    const cells = result.cells.map((cell, index) => {
      if (index === 1) return saturatedCell(cell);
      return index === 2 ? failedCell(cell, 'no space left on device') : cell;
    });
    const html = await htmlReport({ ...result, cells });
    expect(html).toContain('title="not known: it falls among operations that failed');
    expect(html).toContain('<bdi>no space left on device</bdi>');
    expect(html).toContain('title="not measured: failed"');
    expect(html).toContain('SATURATED');
  });

  it('draws what there is when cells have lost everything', async () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => failedCell(cell, 'no disk'));
    expect(await htmlReport({ ...result, cells })).toContain('nothing measured: failed');
    expect(await htmlReport({ ...result, cells: [] })).toContain('the result has no cells');
  });

  it('holds 40 strategies on 64 shards in less than 1 MB and says what it left out', async () => {
    const html = await htmlReport(largeResult(40, 64));
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).toContain('Drawn are 3 of 40 strategies');
    expect(html).toContain('the hottest and the coolest 2 shards of each strategy');
    expect(html).toContain('rows of the seconds are left out');
  });

  it('has headings in order and a scope on every table head', async () => {
    const html = await htmlReport(hostileResult());
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1);
    }
    expect(html).not.toMatch(/<th(?![^>]*scope=)[\s>]/);
  });
});
