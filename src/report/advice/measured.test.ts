import { expect, test } from 'vitest';
import { formatAdviceDocument, parseAdviceDocument } from '../../result/advice-parse.ts';
import { sampleAdvice } from '../../testing/sample-advice.ts';
import { hostileTexts } from '../../testing/hostile-result.ts';
import { sampleMeasured } from '../../testing/sample-measured.ts';
import { visible } from '../text.ts';
import { adviceHtml, adviceMarkdown } from './advice-report.ts';
import { adviceTable } from './terminal.ts';

const measured = sampleMeasured((strategy) => strategy);
const document = { ...sampleAdvice(), measured };
const view = { width: 80, colour: false };

test('the terminal: predicted beside measured, bounds as bounds, the better one named', () => {
  const text = adviceTable(document, view);
  for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  expect(rows).toContainEqual([
    'tenant/directory',
    '1',
    '3.80',
    '1',
    '400',
    '388',
    'to',
    '412',
    '41.0',
  ]);
  expect(rows).toContainEqual(['user/jump', '3', '2.20', '3', '120', '≥', '116', '41.0']);
  const flowing = text.replaceAll(/\s+/g, ' ');
  expect(flowing).toContain('The ranking held: of 3 pairs 1 is surely in the predicted order');
  expect(flowing).toContain('tenant/directory took more than the recommended tenant/jump');
  expect(flowing).toContain('p(99)<250 (assumed)');
  expect(adviceTable(sampleAdvice(), view)).not.toContain('predicted ');
});

test('the page has the same, and every pair', async () => {
  const markdown = adviceMarkdown(document);
  const [, section = ''] = markdown.split('## What real shards say');
  expect(section).toContain(measured.reason.text);
  expect(section).toMatch(/tenant\/directory \| tenant\/jump \| 1\.23 \| 1\.29 \| as predicted/);
  expect(section).toMatch(/tenant\/jump \| user\/jump \| 1\.41 \| 2\.58 \| they overlap/);
  expect(adviceMarkdown(sampleAdvice())).not.toContain('What real shards say');
  const html = await adviceHtml(document);
  const stored = parseAdviceDocument(formatAdviceDocument(document), 'advice.json');
  expect(await adviceHtml(stored)).toBe(html);
});

test.each(hostileTexts.map((text) => [text]))('names steer nothing: %j', async (text) => {
  const hostile = { ...document, measured: sampleMeasured((strategy) => `${strategy}${text}`) };
  const html = await adviceHtml(hostile);
  expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
  const all = html + adviceMarkdown(hostile) + adviceTable(hostile, view);
  expect(all.split('\n').map(visible).join('\n')).toBe(all);
});
