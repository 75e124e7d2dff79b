import { describe, expect, it } from 'vitest';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { rankByWriteBalance } from './ranking.ts';
import type { Verdict } from './types.ts';

function rankOf(strategy: string, result = sampleResult()) {
  return rankByWriteBalance(result).find((rank) => rank.strategy === strategy);
}

describe('rankByWriteBalance', () => {
  it('sees no difference where bands overlap, whatever one placement showed', () => {
    // mod drew 1.36 and jump 1.28, both from the band 1.10 to 1.58.
    const mod = rankOf('tenant_id/mod');
    expect(mod).toMatchObject({ from: 4, to: 6, overSalts: true });
    expect(mod?.noDifferenceFrom).toEqual(['tenant_id/jump', 'tenant_id/ring:150']);
    expect(rankOf('tenant_id/jump')).toMatchObject({ from: 4, to: 6 });
  });

  it('ranks a band below another whole band before it', () => {
    expect(rankOf('order_id/jump')?.from).toBe(1);
    expect(rankOf('order_id/jump')?.to).toBeLessThan(4);
  });

  it('orders by the end of the band, p95', () => {
    const order = rankByWriteBalance(sampleResult()).map((rank) => rank.high);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('takes a router without a hash as the one placement it is', () => {
    const directory = rankOf('tenant_id/directory');
    expect(directory?.overSalts).toBe(false);
    expect(directory?.low).toBe(directory?.high);
  });

  it('leaves out a cell whose operations fail, band or not', () => {
    const result = sampleResult();
    const verdict: Verdict = { status: 'FAILING', reasons: ['add failed'] };
    const cells = result.cells.map((cell) => (cell.router === 'mod' ? { ...cell, verdict } : cell));
    expect(rankOf('tenant_id/mod', { ...result, cells })).toBeUndefined();
    expect(rankOf('tenant_id/jump', { ...result, cells })?.noDifferenceFrom).not.toContain(
      'tenant_id/mod',
    );
  });

  it('leaves out the baseline, failed cells, and what a saturated cell measured', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => {
      if (cell.router === 'mod') return failedCell(cell, 'no disk');
      return cell.router === 'directory' ? saturatedCell(cell) : cell;
    });
    const names = rankByWriteBalance({ ...result, cells }).map((rank) => rank.strategy);
    expect(names.toSorted()).toEqual([
      'order_id/jump',
      'tenant_id/jump',
      'tenant_id/range',
      'tenant_id/ring:150',
    ]);
  });
});
