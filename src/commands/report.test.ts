import { describe, expect, it } from 'vitest';
import { formatRunResult } from '../result/parse.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { report, reportFormats } from './report.ts';

const text = formatRunResult(sampleResult());

describe('report', () => {
  it.each(reportFormats)('writes %s beside the result', async (format) => {
    const [file, ...others] = await report(text, 'runs/one/result.json', { format });
    expect(others).toEqual([]);
    expect(file?.path).toBe(`runs/one/report.${format}`);
    expect(file?.content).toContain('order_id/jump');
  });

  it('never writes over the result', async () => {
    const [file] = await report(text, 'night.json', { format: 'json' });
    expect(file?.path).toBe('night.report.json');
    expect(file?.content).toBe(text);
  });

  it('rejects what is no result', async () => {
    await expect(report('{}', 'x.json', { format: 'md' })).rejects.toThrow('x.json');
  });
});
