import { compile } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { present } from '../../base/assert.ts';
import { formatBenchDocument, parseBenchDocument } from '../../result/bench-parse.ts';
import { sampleBench } from '../../testing/sample-bench.ts';
import { chartGroupsOf } from '../document.ts';
import { benchHtml, benchMarkdown, benchReport } from './bench-report.ts';
import { benchTable } from './terminal.ts';

describe('the report of look-ups', () => {
  it('is one file that asks for nothing, the same after it was stored', async () => {
    const html = await benchHtml(sampleBench());
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
    expect(html).not.toMatch(/\b(src|href|xlink:href)="(?!#)/);
    const stored = parseBenchDocument(formatBenchDocument(sampleBench()), 'bench.json');
    expect(await benchHtml(stored)).toBe(html);
    expect(benchMarkdown(stored)).toBe(benchMarkdown(sampleBench()));
  });

  it('has charts that compile without a warning and say what they show in words', () => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    const groups = chartGroupsOf(benchReport(sampleBench()));
    expect(groups.map(({ design, charts }) => [design, charts.length])).toEqual([
      ['lookup-cost', 1],
      ['cost-by-shards', 3],
    ]);
    for (const { spec, description } of groups.flatMap(({ charts }) => charts)) {
      expect(description).toMatch(/\d/);
      compile(present(spec, 'spec'), { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
  });

  it('says how cost grows: rendezvous 42 times, the other not at all', () => {
    const [, group] = chartGroupsOf(benchReport(sampleBench()));
    expect(group?.title).toContain('of 1 of 2 routers costs at most twice');
    expect(group?.charts[0]?.title).toBe('120 ns on 4, 5,000 ns on 1,024 shards');
    expect(group?.charts[2]?.title).toBe('120 ns on 4');
  });

  it('gives the reason where nothing was measured, and the quartiles of what was', async () => {
    const markdown = benchMarkdown(sampleBench());
    expect(markdown).toContain(
      'slots:512, xxh64, 1024 shards: slots:512 has too few slots for 1024 shards',
    );
    expect(markdown).toContain('vitess-hash, xxh64, 4 shards: one shard more: it has no room');
    expect(await benchHtml(sampleBench())).toContain('half of 80 batches: 108 to 144');
  });

  it('says that it was stopped', () => {
    const stopped = { ...sampleBench(), interrupted: true };
    expect(benchMarkdown(stopped)).toContain(
      'the measurement was stopped before all were measured',
    );
  });

  it('stands without any row', async () => {
    const none = { ...sampleBench(), rows: [] };
    expect(benchMarkdown(none)).toContain('No look-up was measured');
    expect(await benchHtml(none)).toContain('No look-up was measured');
    expect(benchTable(none, { width: 80, colour: false })).toContain('measured on EPYC');
  });
});

describe('the table', () => {
  const table = benchTable(sampleBench(), { width: 80, colour: false });

  it('fits into 80 columns and names each router with its checksum', () => {
    expect(table.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(table).toContain('rendezvous, xxh64 (checksum text 0c39d466, int8 bbc7bef7)');
    expect(table).toContain('vitess-hash, xxh64 (checksum int8 e9e81e35)');
  });

  it('has the median of each form, what is allocated, and a dash where nothing is known', () => {
    const lines = table.split('\n').map((line) => line.trim().split(/ +/));
    expect(lines[2]).toEqual([
      '4',
      '120',
      '100',
      '98',
      '11',
      '0.004',
      '0.002',
      '400',
      'B',
      '0',
      '1.10',
      '1.05',
    ]);
    expect(lines[5]?.slice(0, 4)).toEqual(['4', '—', '—', '58']);
    expect(lines[5]).toContain('16');
  });

  it('gives reasons below', () => {
    expect(table).toContain('\n  1024 shards: slots:512 has too few slots for 1024 shards\n');
  });
});
