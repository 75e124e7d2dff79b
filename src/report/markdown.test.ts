import { describe, expect, it } from 'vitest';
import { hostileResult } from '../testing/hostile-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { inline, markdownReport } from './markdown.ts';

/** Cells of a row: bars that are not escaped separate them. */
const cellsOf = (line: string) => line.split(/(?<!\\)\|/).length;

describe('markdownReport', () => {
  it('has the sections of the report in their order', () => {
    const heads = markdownReport(sampleResult()).match(/^## .*$/gm);
    expect(heads).toEqual([
      '## Verdict',
      '## Findings',
      '## By strategy',
      '## By strategy and shard',
      '## Fan-out',
      '## Over time',
      '## Alarms',
      '## What the servers did',
      '## How it was measured',
    ]);
  });

  it('gives the command that repeats the run', () => {
    expect(markdownReport(sampleResult())).toContain(
      '```\nshardlab run scenarios/quickstart.yaml --seed 42\n```',
    );
  });

  it('keeps every table rectangular, whatever the names', () => {
    const tables = markdownReport(hostileResult()).matchAll(/(?:^\|.*\n)+/gm);
    const counts = [...tables].map(([table]) => new Set(table.trim().split('\n').map(cellsOf)));
    expect(counts.length).toBeGreaterThanOrEqual(3);
    for (const sizes of counts) expect(sizes.size).toBe(1);
  });

  it('lets no hostile text become markup', () => {
    const outsideCode = markdownReport(hostileResult()).replaceAll(/^(```+)\n[^]*?\n\1$/gm, '');
    expect(outsideCode).not.toMatch(/<(?!\/?(details|summary)>)/);
    expect(outsideCode).not.toMatch(/(?<!\\)\[a(?<!\\)\]/);
  });
});

describe('inline', () => {
  it.each([
    ['tenant_id/ring:150', 'tenant_id/ring:150'],
    ['_a_ *b* `c`', String.raw`\_a\_ \*b\* \`c\``],
    ['a|b', String.raw`a\|b`],
    ['&lt;<', '&amp;lt;&lt;'],
    ['# x', String.raw`\# x`],
    ['1. x', String.raw`\1. x`],
  ])('%s', (text, markdown) => {
    expect(inline(text)).toBe(markdown);
  });
});
