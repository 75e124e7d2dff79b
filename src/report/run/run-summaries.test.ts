import { expect, test } from 'vitest';
import type { Cell, RunResult } from '../../result/types.ts';
import { documentMarkdown } from '../markdown.ts';
import { runDocument } from '../run-document.ts';
import { terminalTable } from '../terminal.ts';
import { columnsOf } from '../text.ts';
import { runBenchmarks } from './benchmark-json.ts';
import { runJunit } from './junit.ts';
import { limitOf, validSample } from './limit-fixture.ts';
import { runMarkdown } from './markdown.ts';

const { cells } = validSample;
const [first, second] = cells as [Cell, Cell];
const mixed: RunResult = {
  ...validSample,
  thresholds: [limitOf(first, 12.5), limitOf(second, 83.21), limitOf(second, null)],
};

test('the terminal names each limit, who breaks it and by how much, within 80 columns', () => {
  const text = terminalTable(mixed, { width: 80, colour: false });
  const flat = text.replaceAll(/\s+/g, ' ');
  expect(flat).toContain('2 of 3 limits are broken.');
  expect(flat).toContain(
    `response_ms{operation:place_order,kind:write}: p(99)<50: BROKEN by ` +
      `${cells[1]?.strategy} (83.2 ms)`,
  );
  expect(flat).toContain(`kept by ${cells[0]?.strategy} (12.5 ms)`);
  expect(Math.max(...text.split('\n').map(columnsOf))).toBeLessThanOrEqual(80);
});

test('the report has a section of limits, and none where none is set', () => {
  const markdown = documentMarkdown(runDocument(mixed));
  expect(markdown).toContain('## Limits');
  expect(markdown).toContain('p(99) is 83.2 ms; the limit is &lt; 50 ms.');
  expect(documentMarkdown(runDocument(validSample))).not.toContain('## Limits');
  expect(terminalTable(validSample, { width: 80, colour: false })).not.toContain('limits');
});

test.each([
  ['PASS', [limitOf(first, 12)]],
  ['FAILED', [limitOf(first, 12), limitOf(first, 70)]],
  ['VALID', []],
] as const)('the summary for a pull request begins with %s', (word, thresholds) => {
  const result = { ...validSample, thresholds: [...thresholds] };
  expect(headOf(result)).toBe(`## shardlab ${validSample.name}: ${word}`);
});

const headOf = (result: RunResult): string => runMarkdown(result).split('\n')[0] ?? '';

test('limits say nothing where numbers are not valid', () => {
  const noisy = { status: 'NOISY' as const, reasons: [] };
  const spoilt = cells.map((cell) => ({ ...cell, verdict: noisy }));
  expect(headOf({ ...mixed, cells: spoilt })).toContain(': NOT VALID');
  const ended = cells.map((cell) => ({ ...cell, status: 'interrupted' as const, verdict: null }));
  expect(headOf({ ...mixed, cells: ended })).toContain(': INTERRUPTED');
});

test('JUnit counts verdicts and limits', () => {
  const xml = runJunit(mixed);
  expect(xml).toContain(
    `name="shardlab" tests="${cells.length + 3}" failures="2" errors="0" skipped="0"`,
  );
  expect(xml).toContain('p(99)&lt;50');
  expect(xml).not.toMatch(/[^&]<50/);
});

test('benchmarks are numbers that are better when they are smaller', () => {
  const above = { ...limitOf(first, 12), operator: '>' as const, expression: 'accepted' };
  const all = JSON.parse(
    runBenchmarks({ ...mixed, thresholds: [...(mixed.thresholds ?? []), above] }),
  ) as { name: string; value: number }[];
  expect(all.every(({ value }) => Number.isFinite(value))).toBe(true);
  expect(all.filter(({ name }) => name.includes('p(99)<50'))).toHaveLength(2);
  expect(all.some(({ name }) => name.includes('accepted'))).toBe(false);
});
