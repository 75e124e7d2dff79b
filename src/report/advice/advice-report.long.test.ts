import { compile } from 'vega-lite';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { formatAdviceDocument, parseAdviceDocument } from '../../result/advice-parse.ts';
import { hostileAdvice, sampleAdvice } from '../../testing/sample-advice.ts';
import { money, times } from '../../wording/format.ts';
import { chartGroupsOf } from '../document.ts';
import { visible } from '../text.ts';
import { adviceHtml, adviceMarkdown, adviceReport } from './advice-report.ts';
import { cellsOf } from './charts/key-router.ts';
import { frontOf, pointsOf } from './charts/pareto-front.ts';
import { adviceCsv } from './csv.ts';
import { bestOf } from './rows.ts';

const documents = [
  ['sample', () => sampleAdvice()],
  ['of an instance that is enough', () => sampleAdvice(200)],
  ['hostile', hostileAdvice],
] as const;

describe.each(documents)('the report of advice, %s', (_, document) => {
  test('is one file that asks for nothing and steers nothing, the same once stored', async () => {
    const html = await adviceHtml(document());
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
    expect(html.split('\n').map(visible).join('\n')).toBe(html);
    const stored = parseAdviceDocument(formatAdviceDocument(document()), 'advice.json');
    expect(await adviceHtml(stored)).toBe(html);
    expect(adviceMarkdown(stored)).toBe(adviceMarkdown(document()));
  });

  test('has charts that compile without a warning and say what they show in words', () => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    const groups = chartGroupsOf(adviceReport(document()));
    expect(groups.map(({ design }) => design)).toEqual([
      'key-router',
      'pareto-front',
      'load-by-shard',
    ]);
    for (const { spec, description } of groups.flatMap(({ charts }) => charts)) {
      expect(description).toMatch(/\d/);
      compile(present(spec, 'spec'), { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
  });
});

describe('the parts of the page', () => {
  const document = sampleAdvice();
  const markdown = adviceMarkdown(document);

  test('the answer comes first, with the figures of the recommended candidate', () => {
    const { recommendation } = document;
    const [, , answer = ''] = markdown.split('\n## ');
    const all = markdown.slice(0, markdown.indexOf('\n## What it was chosen from'));
    expect(all).toContain(recommendation.sentence);
    for (const { text } of recommendation.reasons) expect(all).toContain(text);
    const best = present(bestOf(document), 'best');
    expect(best.status).toBe('recommended');
    expect(all).toContain(`${times(best.capacityRatio)} that of the instance`);
    expect(all).toContain(`${money(best.monthlyCost)} USD a month`);
    expect(answer).toContain('What capacity costs');
  });

  test('a cell for each key and router, of the first and so the best candidate of both', () => {
    const cells = cellsOf(document);
    expect(cells).toHaveLength(16);
    for (const { key, router, candidate, isExcluded } of cells) {
      const own = document.candidates.filter((each) => each.key === key && each.router === router);
      expect(own).toHaveLength(3);
      expect(isExcluded).toBe(own.every(({ status }) => status === 'excluded'));
      const isHere = own.some(({ status }) => status === 'recommended');
      expect(candidate.status === 'recommended').toBe(isHere);
    }
    // Two fifths of the load on one value are 1.6 of 4 equal parts.
    expect(cells.filter(({ isExcluded }) => isExcluded).map(({ key }) => key)).toContain('region');
  });

  test('on the front each point costs more than the one before, and does more', () => {
    const front = frontOf(pointsOf(document));
    expect(front.length).toBeGreaterThan(2);
    const beaten = pointsOf(document).filter((each) => !front.includes(each));
    for (const one of beaten) {
      const isBetter = front.some(
        ({ cost, capacity }) => cost <= one.cost && capacity >= one.capacity,
      );
      expect(isBetter, one.candidate.strategy ?? '').toBe(true);
    }
    const capacities = front.map(({ capacity }) => capacity);
    expect(capacities).toEqual(capacities.toSorted((a, b) => a - b));
  });

  test('every candidate stands in it with its reasons, and one line of CSV', () => {
    const rows: string[][] = parse(adviceCsv(document));
    expect(rows).toHaveLength(document.candidates.length + 1);
    for (const { reasons } of document.candidates) {
      for (const { text } of reasons) expect(markdown).toContain(text);
    }
  });

  test('what changes the answer and what does not', () => {
    const { flips, kept, firstChange } = document.recommendation.firmness;
    expect(flips.length + kept.length).toBeGreaterThanOrEqual(5);
    expect(markdown).toContain(firstChange.text);
    expect(markdown.match(/\| the same \|/g)).toHaveLength(kept.length);
  });

  test('times of simulated candidates have columns of their own where there are any', () => {
    expect(markdown).not.toContain('p99, ms');
    const [first, ...others] = document.candidates;
    const simulated = { arrivals: 20_000, usedFraction: 0.6, usedFractionAtTwice: 1.2 };
    const timed = { ...present(first, 'candidate'), p99Ms: 12.34, p99MsAtTwice: null, simulated };
    const page = adviceMarkdown({ ...document, candidates: [timed, ...others] });
    expect(page).toContain('p99, ms');
    expect(page).toContain('| 12.3 | full |');
  });

  test('the heaviest tenant, with what can be done and what cannot', () => {
    expect(markdown).toContain('### tenant acme: 7 % of the load');
    expect(markdown).toContain('| list it | advised | 2,210 | 2.2× | 1.20 to 1.40 |');
    expect(markdown).toContain('| split it | not possible | — |');
    expect(markdown).toContain('split it: It cannot be built: it has no split.');
  });

  test('what waiting costs, and each alarm with its months', () => {
    const [, time = ''] = markdown.split('\n## What time does to it\n');
    expect(time).toContain(present(document.waiting, 'waiting').finding.text);
    expect(time).toMatch(/fullest shard, of what it can do \| 70 % \| 9 \| 13 \| 20 \| 100 %/);
    expect(time).toMatch(/fullest shard, of the mean \| 1.3× \| 11 \| never \| never \| 40 %/);
  });

  test('load by shard: all shards do the work of the mix, and what each does besides', () => {
    for (const { strategy, shardCount, shards } of document.loadByShard) {
      const candidate = present(
        document.candidates.find(
          (each) => each.strategy === strategy && each.shardCount === shardCount,
        ),
        'candidate',
      );
      const work = shards.reduce((sum, each) => sum + each.workFraction, 0);
      const everywhere = candidate.everywhereFraction ?? 0;
      expect(work).toBeCloseTo(1 - everywhere + everywhere * shardCount, 9);
    }
    expect(document.loadByShard.map(({ role }) => role)).toEqual([
      'best',
      'runner-up',
      'best-of-another-key',
    ]);
  });

  test('nothing is written where the answer is to stay', () => {
    const stays = { ...sampleAdvice(200), next: [] };
    expect(stays.recommendation.kind).toBe('stay');
    expect(adviceMarkdown(stays)).toContain('Nothing is written: the answer is to stay');
  });
});
