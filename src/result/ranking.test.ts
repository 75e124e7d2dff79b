import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../base/assert.ts';
import { cellsOnShards } from '../testing/cells-on-shards.ts';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { sampleTables } from '../testing/sample-tables.ts';
import { textOnly } from './finding.ts';
import {
  hasWriteBalance,
  rankIntervals,
  ranking,
  scatteredWrites,
  writeBalances,
} from './ranking.ts';
import type { Cell, RunResult, Verdict } from './types.ts';

const rankOf = (strategy: string, result = sampleResult()) =>
  ranking(result).ranks.find((rank) => rank.strategy === strategy);

/** As an earlier version wrote it. */
function withoutWork(result: RunResult): RunResult {
  return { ...result, cells: result.cells.map((cell) => ({ ...cell, work: undefined })) };
}

/** Every write on all shards, as with a key that no write names. */
function scattering(cell: Cell): Cell {
  return {
    ...cell,
    operations: cell.operations.map((one) =>
      one.kind === 'write' ? { ...one, routing: 'scatter-gather' } : one,
    ),
  };
}

describe('ranking', () => {
  it('is of capacity: even writes do not lead where reads ask all shards', () => {
    const { by, ranks } = ranking(sampleResult());
    expect(by).toBe('capacity');
    expect(ranks[0]).toMatchObject({ strategy: 'tenant_id/directory', from: 1, to: 1, of: 6 });
    // order_id/jump has writes as even as the directory, but 27 % of its operations ask all shards.
    const order = ranks.find(({ strategy }) => strategy === 'order_id/jump');
    expect(order?.from).toBeGreaterThan(1);
    expect(order?.high).toBeLessThan(ranks[0]?.low ?? 0);
  });

  it('sees no difference where bands overlap, whatever one placement showed', () => {
    const mod = rankOf('tenant_id/mod');
    expect(mod).toMatchObject({ overSalts: true });
    expect(mod?.noDifferenceFrom).toEqual(
      expect.arrayContaining(['tenant_id/jump', 'tenant_id/ring:150']),
    );
    expect(rankOf('tenant_id/jump')).toMatchObject({ from: mod?.from, to: mod?.to });
  });

  it('leaves out a cell whose operations fail, band or not', () => {
    const result = sampleResult();
    const verdict: Verdict = { status: 'FAILING', reasons: [textOnly('add failed')] };
    const cells = result.cells.map((cell) => (cell.router === 'mod' ? { ...cell, verdict } : cell));
    expect(rankOf('tenant_id/mod', { ...result, cells })).toBeUndefined();
    expect(rankOf('tenant_id/jump', { ...result, cells })?.noDifferenceFrom).not.toContain(
      'tenant_id/mod',
    );
    expect(writeBalances({ ...result, cells }).map(({ name }) => name)).not.toContain(
      'tenant_id/mod',
    );
  });

  it('takes VALID cells alone', () => {
    const result = sampleResult();
    const cells = result.cells.map((cell) => {
      if (cell.router === 'mod') return failedCell(cell, 'no disk');
      return cell.router === 'directory' ? saturatedCell(cell) : cell;
    });
    const { ranks } = ranking({ ...result, cells });
    expect(ranks.map(({ strategy }) => strategy).toSorted()).toEqual([
      'order_id/jump',
      'tenant_id/jump',
      'tenant_id/range',
      'tenant_id/ring:150',
    ]);
    expect(ranking({ ...result, cells: result.cells.map(saturatedCell) }).ranks).toEqual([]);
  });

  it('ranks each shard count by itself', () => {
    const result = sampleResult();
    const wider = cellsOnShards(result.cells, 8);
    const { ranks } = ranking({ ...result, cells: [...result.cells, ...wider] });
    expect(ranks.map(({ shardCount }) => shardCount)).toEqual([
      ...Array.from({ length: 6 }, () => 4),
      ...Array.from({ length: 6 }, () => 8),
    ]);
    expect(new Set(ranks.map(({ of }) => of))).toEqual(new Set([6]));
  });

  it('is of the writes in documents that know no work', () => {
    const { by, ranks } = ranking(withoutWork(sampleResult()));
    expect(by).toBe('write balance');
    const order = ranks.map((rank) => rank.high);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(ranks[0]?.strategy).toBe('tenant_id/directory');
  });
});

describe('rankIntervals', () => {
  const band = fc.tuple(
    fc.double({ min: 0, max: 9, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  );

  it('removing a strategy never puts another one behind one that it was not behind', () => {
    fc.assert(
      fc.property(fc.array(band, { minLength: 2, maxLength: 8 }), (bands) => {
        const all = bands.map(([low, width], index) => {
          return { strategy: `s${index}`, low, high: low + width, overSalts: true };
        });
        const fewer = new Map(rankIntervals(all.slice(1)).map((rank) => [rank.strategy, rank]));
        for (const rank of rankIntervals(all)) {
          const other = fewer.get(rank.strategy);
          if (other === undefined) continue;
          expect(other.from).toBeLessThanOrEqual(rank.from);
          expect(other.to).toBeLessThanOrEqual(rank.to);
          expect(other.from).toBeGreaterThanOrEqual(rank.from - 1);
        }
      }),
    );
  });
});

describe('the balance of writes', () => {
  it('is none where the writes go to all shards', () => {
    const result = sampleResult();
    const cell = scattering(present(result.cells.at(-1), 'cell'));
    expect(scatteredWrites(cell)).toBe(1);
    expect(hasWriteBalance(cell)).toBe(false);
    const cells = [...result.cells.slice(0, -1), cell];
    const names = writeBalances({ ...result, cells }).map(({ name }) => name);
    expect(names).not.toContain('order_id/jump');
    expect(names).toHaveLength(5);
    const old = ranking(withoutWork({ ...result, cells }));
    expect(old.ranks.map(({ strategy }) => strategy)).not.toContain('order_id/jump');
  });
});

describe('ranking of strategies that cannot run the whole workload', () => {
  /** The sample with what `order_id/jump` carries. */
  function carrying(placement: number): RunResult {
    const result = sampleTables();
    for (const { strategy, work } of result.cells) {
      if (strategy !== 'order_id/jump' || work === undefined) continue;
      work.relativeCapacity = { placement, band: null };
    }
    return result;
  }

  it('puts them behind all others, whatever they carry of a lighter workload', () => {
    for (const placement of [0.5, 2.2, 40]) {
      expect(rankOf('order_id/jump', carrying(placement))).toMatchObject({ from: 6, to: 6 });
      expect(ranking(carrying(placement)).ranks[0]?.strategy).toBe('tenant_id/directory');
    }
  });

  it('goes by what they carry as soon as they leave out nothing', () => {
    const whole = carrying(40);
    for (const cell of whole.cells) delete cell.notRunnable;
    expect(rankOf('order_id/jump', whole)).toMatchObject({ from: 1, to: 1 });
  });

  it('compares those that leave out the same, and not those that leave out something else', () => {
    const band = { low: 1, high: 1, overSalts: false };
    const left = (strategy: string, low: number, operations: string, share = 0.2) => ({
      ...band,
      strategy,
      low,
      high: low,
      leftOut: { share, operations },
    });
    const ranks = rankIntervals([
      left('a', 1, 'feed'),
      left('b', 2, 'feed'),
      left('c', 1.5, 'search'),
      left('d', 0.1, 'search', 0.3),
    ]);
    const places = ranks.map(({ strategy, from, to }) => ({ strategy, from, to }));
    expect(places).toEqual([
      { strategy: 'a', from: 1, to: 2 },
      { strategy: 'c', from: 1, to: 3 },
      { strategy: 'b', from: 2, to: 3 },
      { strategy: 'd', from: 4, to: 4 },
    ]);
  });
});
