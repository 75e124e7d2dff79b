import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { formatBenchDocument } from '../result/bench-parse.ts';
import { formatGrowthDocument } from '../result/growth-parse.ts';
import { formatRunResult } from '../result/parse.ts';
import { formatAdviceDocument } from '../result/advice-parse.ts';
import { sampleAdvice } from '../testing/sample-advice.ts';
import { sampleBench } from '../testing/sample-bench.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { reportImages } from './report-images.ts';
import { report } from './report.ts';
import { reportFormats } from './report-other.ts';

const text = formatRunResult(sampleResult());

/** What `run`, `grow` and `bench` write, with something that every report of it names. */
const documents = [
  ['result', text, 'order_id/jump'],
  ['growth', formatGrowthDocument(sampleGrowth()), 'tenant_id/directory'],
  ['bench', formatBenchDocument(sampleBench()), 'rendezvous'],
  ['advice', formatAdviceDocument(sampleAdvice()), 'tenant/directory'],
] as const;

describe.each(documents)('a document of %s', (stem, document, named) => {
  it.each(reportFormats)('comes as %s', async (format) => {
    const [file, ...others] = await report(document, `runs/one/${stem}.json`, { format });
    expect(others).toEqual([]);
    expect(file?.path).toBe(`runs/one/report.${format}`);
    expect(file?.content).toContain(named);
  });

  it('comes as a table of comma-separated values whose rows are all as long', async () => {
    const [file] = await report(document, `${stem}.json`, { format: 'csv' });
    const rows: string[][] = parse(file?.content ?? '');
    expect(rows.length).toBeGreaterThan(3);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(new Set(rows[0]).size).toBe(rows[0]?.length);
  });

  it('comes as pictures', async () => {
    const files = await reportImages(document, `runs/one/${stem}.json`, { format: 'svg' });
    expect(files.length).toBeGreaterThan(1);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const { path, content } of files) {
      expect(path).toMatch(/^runs\/one\/charts\/[A-Za-z0-9-]+\.svg$/);
      expect(new TextDecoder().decode(content)).toMatch(/^<svg /);
    }
  });
});

describe('report', () => {
  it('never writes over the result', async () => {
    const [file] = await report(text, 'night.json', { format: 'json' });
    expect(file?.path).toBe('night.report.json');
    expect(file?.content).toBe(text);
  });

  it('rejects what is no result', async () => {
    await expect(report('{}', 'x.json', { format: 'md' })).rejects.toThrow('x.json');
  });
});
