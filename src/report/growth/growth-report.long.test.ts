import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { formatGrowthDocument, parseGrowthDocument } from '../../result/growth-parse.ts';
import { hostileGrowth } from '../../testing/hostile-growth.ts';
import { sampleGrowth, sampleWithoutCapacity } from '../../testing/sample-growth.ts';
import { chartGroupsOf } from '../document.ts';
import { visible } from '../text.ts';
import { partsOf } from './charts/bought.ts';
import { growthHtml, growthMarkdown, growthReport } from './growth-report.ts';

const documents = [
  ['sample', sampleGrowth],
  ['hostile', hostileGrowth],
] as const;

describe.each(documents)('the capacity report of %s', (_, document) => {
  it('is one file of less than 1 MB that asks for nothing and steers nothing', async () => {
    const html = await growthHtml(document());
    expect(html.length).toBeLessThan(1_000_000);
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
    expect(html).not.toMatch(/\b(src|href|xlink:href)="(?!#)/);
    expect(html.split('\n').map(visible).join('\n')).toBe(html);
  });

  it('is the same for the same document, also after it was stored', async () => {
    const stored = parseGrowthDocument(formatGrowthDocument(document()), 'growth.json');
    expect(await growthHtml(stored)).toBe(await growthHtml(document()));
    expect(growthMarkdown(stored)).toBe(growthMarkdown(document()));
  });

  it('has charts that compile without a warning and say what they show in words', () => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    const groups = chartGroupsOf(growthReport(document()));
    expect(groups.map(({ design }) => design)).toEqual([
      'summary',
      'keys-moved',
      'flows',
      'work-bought',
      'months-to-full',
      'monthly-cost',
    ]);
    for (const { spec, description } of groups.flatMap(({ charts }) => charts)) {
      expect(description).toMatch(/\d/);
      compile(present(spec, 'spec'), { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
  });

  it('has headings in order and a scope on every table head', async () => {
    const html = await growthHtml(document());
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    for (const [index, level] of levels.entries()) {
      expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1);
    }
    expect(html).not.toMatch(/<th(?![^>]*scope=)[\s>]/);
  });
});

/** Rows of a table of the Markdown, as lists of their cells. */
function rowsAfter(markdown: string, heading: string): string[][] {
  const [, rest = ''] = markdown.split(`## ${heading}\n`);
  return rest
    .split('\n## ', 1)
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
}

describe('the first page', () => {
  it('says what to do, why, what it costs and when', () => {
    const [, text = ''] = growthMarkdown(sampleGrowth()).split('\n## ');
    expect(text).toContain('Grow from 4 to 8 shards with tenant_id/directory.');
    expect(text).toContain('Begin within 14 months');
    expect(text).toContain('USD 15,200 (11,000 to 19,500); today 7,610; infrastructure 2.0×');
    expect(text).toContain('16 shards cost twice as much as 8 and buy 1.4 times the capacity.');
    // From the 4 there are, not from 5, the step before.
    expect(text).toMatch(/Moves from 4\W+ 50 % of the keys, .*; copying takes /);
  });

  it('marks the recommended count, and none where a tenant is to be split', () => {
    const marked = (markdown: string) =>
      rowsAfter(markdown, 'Recommendation').flatMap(([head = '']) =>
        head.includes('◂') ? [head] : [],
      );
    const document = sampleGrowth();
    expect(marked(growthMarkdown(document))).toEqual(['8 shards ◂']);
    const split = { ...document.recommendation, kind: 'split' as const, shardCount: 16 };
    const markdown = growthMarkdown({ ...document, recommendation: split });
    expect(marked(markdown)).toEqual([]);
    expect(markdown).toContain('max/mean 1.05 instead of 1.31');
    expect(markdown).toContain('split: { tenants: \\[t35013cd52d\\], by: order_id, over: 4 }');
  });

  it('begins with what needs a measured capacity, where none is known', async () => {
    const document = sampleWithoutCapacity();
    const markdown = growthMarkdown(document);
    const [, first = ''] = markdown.split('\n## ');
    expect(first).toMatch(
      /^Recommendation\n\n\**No shard count is recommended and no date is given/,
    );
    expect(first).toContain('Measure it: ');
    expect(first).not.toMatch(/◂|Begin|Lasts/);
    expect(markdown).toContain('it needs a measured capacity');
    expect(markdown).not.toMatch(/NaN|undefined|Infinity/);
    expect(await growthHtml(document)).toContain('No shard count is recommended');
    const specs = chartGroupsOf(growthReport(document)).flatMap(({ charts }) => charts);
    expect(specs.some(({ spec }) => spec === null)).toBe(true);
  });

  it('has the assumptions that decide beside the recommendation', () => {
    const [, first = ''] = growthMarkdown(sampleGrowth()).split('\n## ');
    expect(first).toMatch(/Depends on\W+growth\.load 5% \+- 2% \(default\); capacity\.shard 1000/);
  });

  it('stands without any strategy', () => {
    const document = sampleGrowth();
    const alone = {
      ...document,
      growth: [],
      plans: [],
      largestTenants: [],
      capacity: document.capacity.filter(({ strategy }) => strategy === null),
      cost: document.cost.filter(({ strategy }) => strategy === null),
      recommendation: {
        ...document.recommendation,
        kind: 'one instance' as const,
        strategy: null,
        shardCount: 1,
      },
    };
    expect(growthMarkdown(alone)).toContain('one instance ◂');
  });
});

describe('the detail', () => {
  it('sets what moves against theory and the least possible', () => {
    const rows = rowsAfter(growthMarkdown(sampleGrowth()), 'What moves');
    // 1 - gcd(4, 5)/5 and (5 - 4)/5.
    expect(rows.find(([name]) => name === 'tenant_id/mod')).toEqual([
      'tenant_id/mod',
      '4 to 5',
      '80 %',
      '78.4 %',
      '78.4 %',
      '81.6 %',
      '20 %',
      '80 % ± 0.9 %',
      '76 % to 84 %',
      'no',
    ]);
  });

  it('shows from where to where', () => {
    const markdown = growthMarkdown(sampleGrowth());
    expect(markdown).toContain('Sources and destinations: tenant_id/directory');
    // 2,248 keys, a fifth of them in even parts from 4 shards to the new one: 112 each.
    expect(markdown).toMatch(/\| 3 \| 112 \| 112 \| 2\.58 GB \| 5 % \|/);
  });

  it('names every assumption with its place', () => {
    const rows = rowsAfter(growthMarkdown(sampleGrowth()), 'Assumptions');
    expect(rows.slice(2).map(([path, , from]) => `${path} ${from}`)).toEqual([
      'growth.load default',
      'cost.instance scenario',
    ]);
  });
});

describe('the parts of what shards do', () => {
  it('add up to their number: with 10 % scatter-gather 16 shards do the work of 6.4', () => {
    const row = sampleGrowth().capacity.find(({ shardCount }) => shardCount === 16);
    const { hottest, ...rest } = present(row, 'row');
    const even = { ...hottest, keyedWork: 0.9 / 16, evenKeyedWork: 0.9 / 16, scatterWork: 0.1 };
    const parts = partsOf({ ...rest, effectiveShards: 6.4, hottest: even });
    expect(parts.done).toBe(6.4);
    expect(parts.skew).toBeCloseTo(0, 12);
    expect(parts.spread).toBeCloseTo(9.6, 12);
  });

  it('are what skew and scatter-gather take', () => {
    for (const row of sampleGrowth().capacity) {
      const { done, skew, spread } = partsOf(row);
      expect(done + skew + spread).toBeCloseTo(row.shardCount, 9);
    }
  });
});
