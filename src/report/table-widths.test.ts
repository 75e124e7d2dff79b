import { describe, expect, it } from 'vitest';
import { hostileGrowth } from '../testing/hostile-growth.ts';
import { hostileResult } from '../testing/hostile-result.ts';
import { hostileAdvice, sampleAdvice } from '../testing/sample-advice.ts';
import { sampleBench } from '../testing/sample-bench.ts';
import { comparedKey, comparedRouter, sampleComparison } from '../testing/sample-comparison.ts';
import { sampleGate, sampleRouter, sampleTiming } from '../testing/sample-gate.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { sampleTables } from '../testing/sample-tables.ts';
import { adviceTable } from './advice/terminal.ts';
import { benchTable } from './bench/terminal.ts';
import { gateTable } from './gate/terminal.ts';
import { growthTable } from './growth/terminal.ts';
import { comparisonTable } from './router-comparison.ts';
import type { TerminalOptions } from './terminal-layout.ts';
import { terminalTable } from './terminal.ts';
import { columnsOf } from './text.ts';

const gate = sampleGate(
  sampleTiming(
    (['regressed', 'pass', 'undecided', 'missing'] as const).map((status, index) =>
      sampleRouter(`router-${index}`, status),
    ),
  ),
);

const comparison = sampleComparison(
  comparedKey({
    routers: [comparedRouter('jump'), comparedRouter('a-router-of-my-own-with-a-long-name:150')],
  }),
);

/** Every table that the program prints; the hostile ones have the longest names. */
const tables: readonly [string, (options: TerminalOptions) => string][] = [
  ['run', (options) => terminalTable(sampleResult(), options)],
  ['run on several tables', (options) => terminalTable(sampleTables(), options)],
  ['run, hostile', (options) => terminalTable(hostileResult(), options)],
  ['grow', (options) => growthTable(sampleGrowth(), options)],
  ['grow, hostile', (options) => growthTable(hostileGrowth(), options)],
  ['advise', (options) => adviceTable(sampleAdvice(), options)],
  ['advise, hostile', (options) => adviceTable(hostileAdvice(), options)],
  ['bench', (options) => benchTable(sampleBench(), options)],
  ['gate', (options) => gateTable(gate, options)],
  ['route --compare', (options) => comparisonTable(comparison, options)],
];

const hint = /columns? had no room \(--wide shows all\)/;

describe.each(tables)('the table of %s', (_, draw) => {
  it.each([60, 80, 100, 120])('chooses columns for %d and never wraps', (width) => {
    for (const line of draw({ width, colour: false }).split('\n')) {
      expect(columnsOf(line), line).toBeLessThanOrEqual(width);
    }
  });

  it('has every column in the widest view, and says nothing of room', () => {
    const wide = draw({ width: Number.POSITIVE_INFINITY, colour: false });
    expect(wide.replaceAll(/\n */g, ' ')).not.toMatch(hint);
    const narrow = draw({ width: 60, colour: false });
    const longest = (text: string) => Math.max(...text.split('\n').map(columnsOf));
    expect(longest(wide)).toBeGreaterThan(longest(narrow));
  });

  it('is as wide as its own sentences at the most, not as what surrounds it', () => {
    const wide = draw({ width: Number.POSITIVE_INFINITY, colour: false });
    const sentences = wide.split('\n').filter((line) => /[.!?:,] \w+ \w+ \w+/.test(line));
    for (const line of sentences) expect(columnsOf(line)).toBeLessThanOrEqual(120);
  });
});

describe('what had no room', () => {
  it('is said by name', () => {
    const narrow = terminalTable(sampleResult(), { width: 60, colour: false });
    const text = narrow.replaceAll(/\n */g, ' ');
    expect(text).toMatch(hint);
    expect(text).toMatch(/shows all\): (?:[\w/ -]+, )+[\w/ -]+/);
  });
});
