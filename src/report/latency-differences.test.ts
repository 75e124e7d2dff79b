import { describe, expect, test } from 'vitest';
import { repeatedResult } from '../testing/sample-repeats.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { distributionCharts } from './charts/distribution.ts';
import { latencySentences } from './latency-differences.ts';
import { fact } from '../result/finding.ts';
import { worded } from '../wording/worded.ts';
import { markdownReport } from './markdown.ts';
import { terminalTable } from './terminal.ts';

const terminal = { width: 80, colour: false };

describe('which latency differences are real', () => {
  test('the largest claims in words, and how much the whole may be wrong', () => {
    const [head, first, ...rest] = latencySentences(repeatedResult(10));
    expect(head).toBe(
      'Latency: 30 of 105 differences are real (105 comparisons of median service times, by ' +
        'operation and pair of strategies, each over 10 repeats; the chance of one false claim ' +
        'or more among them is 1 %).',
    );
    expect(first).toMatch(
      /^place_order takes less time with tenant_id\/jump than with tenant_id\/mod: 0\.67× \(0\.6/,
    );
    expect(rest.at(-1)).toBe('25 more are in the report.');
  });

  test('with three repeats nothing is claimed, and it is said what to do', () => {
    expect(latencySentences(repeatedResult(3))).toEqual([
      'Latency: 3 repeats of each cell give intervals, but no claim which difference is real and ' +
        'no ranks; that takes 5 repeats of each cell (--repeat 5).',
    ]);
  });

  test('alike strategies are told apart by nothing', () => {
    const result = repeatedResult(10);
    const differences = result.comparison?.differences.filter(
      ({ strategy, against }) => ![strategy, against].includes('tenant_id/mod'),
    );
    const alike = { ...result, comparison: { ...result.comparison, differences } };
    expect(latencySentences(alike as typeof result)[0]).toMatch(
      /^Latency: no difference between strategies can be shown \(75 comparisons/,
    );
  });

  test('what cannot be compared is counted, with the reason', () => {
    const result = repeatedResult(10);
    const note = { code: 'x', severity: 'info', numbers: {}, place: '', text: 'It did not run.' };
    for (const one of result.comparison?.differences ?? []) {
      if (one.tags['operation'] !== 'summary') continue;
      Object.assign(one, { verdict: 'not-comparable', note, ratio: null, interval: null });
    }
    expect(latencySentences(result).at(-1)).toBe('21 of 105 cannot be compared. It did not run.');
  });

  test('where nothing could be compared, no comparison is said to have shown nothing', () => {
    const result = repeatedResult(10);
    const note = { code: 'x', severity: 'info', numbers: {}, place: '', text: 'It was late.' };
    for (const one of result.comparison?.differences ?? []) {
      Object.assign(one, { verdict: 'not-comparable', note, ratio: null, interval: null });
    }
    expect(latencySentences(result)).toEqual([
      'Latency: nothing can be compared (median service times, by operation and pair of ' +
        'strategies).',
      '105 of 105 cannot be compared. It was late.',
    ]);
    for (const cell of result.cells) delete cell.latencyRank;
    const text = terminalTable(result, terminal).replaceAll(/\s+/g, ' ');
    expect(text).toContain('not ranked: no cell has times that stand for its strategy.');
  });

  test('of a run that ended early it is said, and no flag is advised that was given', () => {
    const result = repeatedResult(3);
    const numbers = { measured: 3, planned: 5 };
    for (const cell of result.cells) {
      cell.notes.push(worded(fact('repeats-missing', { severity: 'warning', numbers })));
    }
    expect(latencySentences(result)).toEqual([
      'The run ended early: cells have 3 of the 5 repeats that were asked for, so their numbers ' +
        'are those of shorter windows.',
      'Latency: 3 repeats of each cell give intervals, but no claim which difference is real and ' +
        'no ranks; that takes 5 repeats of each cell, and the run ended before.',
    ]);
    const text = terminalTable(result, terminal).replaceAll(/\s+/g, ' ');
    expect(text).toContain('not ranked: that takes 5 repeats of each cell, and the run ended');
  });

  test('without repeats there is nothing to say', () => {
    expect(latencySentences(sampleResult())).toEqual([]);
  });
});

describe('a report of repeats', () => {
  test('has places by median response time in the terminal, in 80 columns', () => {
    const text = terminalTable(repeatedResult(10), terminal);
    expect(text).toMatch(/tenant_id\/mod +VALID .* 7\n/);
    expect(text).toMatch(/tenant_id\/jump +VALID .* 1-6\n/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain('by p50: place by median response time');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('says in the terminal what ranks take, where there are none', () => {
    const text = terminalTable(sampleResult(), terminal).replaceAll(/\s+/g, ' ');
    expect(text).toContain('not ranked: that takes 5 repeats of each cell (--repeat 5).');
    expect(text).not.toContain('Latency:');
  });

  test('has a section with the claims first, and counts the rows that it leaves out', () => {
    const text = markdownReport(repeatedResult(10));
    const from = text.indexOf('## Which latency differences are real');
    const section = text.slice(from, text.indexOf('\n## ', from + 1));
    expect(section.match(/\| (faster|slower) \|/g)).toHaveLength(20);
    expect(section).toContain('85 more rows: comparison in result.json has them.');
    expect(section).toContain('response time p50');
    expect(section).toContain('25 more are in the table below or in result.json.');
    expect(markdownReport(sampleResult())).not.toContain('Which latency differences are real');
  });

  test('has places by latency in its table, and no sentence that denies them', () => {
    const [ranked, once] = [repeatedResult(10), sampleResult()].map(markdownReport);
    expect(once).toContain('and by nothing else');
    expect(ranked).not.toContain('and by nothing else');
    const [drawn, drawnOnce] = [repeatedResult(10), sampleResult()].map(
      (result) => distributionCharts(result, new Map()).legend,
    );
    expect(drawnOnce).toContain('One run cannot tell a difference');
    expect(drawn).not.toContain('One run cannot tell a difference');
    expect(once).not.toContain('by p50');
    expect(ranked).toContain('by p50');
    expect(ranked).toMatch(/tenant_id\/mod \| VALID \|[^\n]* 7 \|/);
  });
});
