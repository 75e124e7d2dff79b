import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { failedCell } from '../testing/damaged-cells.ts';
import { hostileResult } from '../testing/hostile-result.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { csvReport } from './csv.ts';

describe('csvReport', () => {
  it('has one row a cell and shard, numbers in full', () => {
    const result = sampleResult();
    const rows: Record<string, string>[] = parse(csvReport(result), { columns: true });
    expect(rows).toHaveLength(1 + 6 * 4);
    const last = rows.at(-1);
    expect(last?.['strategy']).toBe('order_id/jump');
    expect(Number(last?.['writeQps'])).toBe(result.cells.at(-1)?.shards.at(-1)?.writeQps);
    expect(last?.['responseMsP999']).toBe('');
  });

  it('keeps a cell that failed as one row without a shard', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => failedCell(cell, 'no disk'));
    const rows: Record<string, string>[] = parse(csvReport({ ...result, cells }), {
      columns: true,
    });
    expect(rows.map((row) => [row['status'], row['shard']])).toEqual(
      cells.map(() => ['failed', '']),
    );
  });

  it('quotes hostile names and starts no formula', () => {
    const result = hostileResult();
    const cells = result.cells.map((cell) => ({ ...cell, strategy: `=cmd|"${cell.strategy}",1` }));
    const rows: string[][] = parse(csvReport({ ...result, cells }));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(rows.at(-1)?.[0]).toMatch(/^'=cmd\|"/);
  });
});
