import { describe, expect, it } from 'vitest';
import { ranking } from '../result/ranking.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { cellsOnShards } from '../testing/cells-on-shards.ts';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { sampleTables } from '../testing/sample-tables.ts';
import { headline } from './headline.ts';
import { strategySentence } from './strategy-sentence.ts';

/** The sample with cells that failed and were saturated. */
function damaged(): RunResult {
  const result = sampleResult();
  const cells = result.cells.map((cell, index) => {
    if (index === 1) return saturatedCell(cell);
    return index === 2 ? failedCell(cell, 'no disk') : cell;
  });
  return { ...result, cells };
}

function withCells(change: (cell: Cell) => Cell | null): RunResult {
  const result = sampleResult();
  return { ...result, cells: result.cells.flatMap((cell) => change(cell) ?? []) };
}

/** As if each operation asked all shards: they carry no more than one database. */
const useless = (cell: Cell): Cell => ({
  ...cell,
  ...(cell.work && {
    work: { ...cell.work, relativeCapacity: { placement: 0.97, band: null } },
  }),
});

describe('headline', () => {
  it('says which shard key to take, whether to believe it, and what decides', () => {
    expect(headline(sampleResult())).toEqual([
      'Take shard key tenant_id with router directory: 4 shards do the work of 2.75 databases ' +
        '(2.62 with tenant_id/range and 2.17 to 2.20 with order_id/jump). Its placement follows ' +
        'the present load of the keys, and is worse when that changes.',
      'All 7 cells are VALID: their numbers can be used.',
      'All shards are asked by 15 % of the operations with shard key tenant_id and 27 % of ' +
        'the operations with shard key order_id.',
      'One database without shards does the work of 1; each operation counts as the same work, ' +
        'for its cost is not known.',
    ]);
  });

  it('names strategies together whose bands overlap', () => {
    const hashed = withCells((cell) => (cell.hash === null ? null : cell));
    expect(headline(hashed)[0]).toBe(
      'The shard keys order_id and tenant_id carry alike, for no difference between the ' +
        'strategies can be shown: 4 shards do the work of 2.01 to 2.61 databases.',
    );
    const worse = hashed.cells.map((cell) => (cell.shardKey === 'order_id' ? useless(cell) : cell));
    expect(headline({ ...hashed, cells: worse })[0]).toBe(
      'Take shard key tenant_id; no difference between tenant_id/mod, tenant_id/jump and ' +
        'tenant_id/ring:150 can be shown: 4 shards do the work of 2.01 to 2.61 databases (0.97 ' +
        'with order_id/jump).',
    );
  });

  it('says what costs count where the scenario states them', () => {
    const stated = withCells((cell) => {
      const [, , , , summary] = cell.work?.operations ?? [];
      if (summary !== undefined)
        Object.assign(summary, { cost: 20, costSource: 'given', scan: true });
      return cell;
    });
    expect(headline(stated).at(-1)).toBe(
      'One database without shards does the work of 1; each operation counts with its cost, as ' +
        'the scenario gives it: summary 20.0 (scan); 1 for every other operation.',
    );
  });

  it('declines without a VALID cell, without shards, and for one strategy', () => {
    const declines = (result: RunResult) => headline(result)[0];
    expect(declines(withCells(saturatedCell))).toBe(
      'This result cannot say which shard key to take: no strategy has the verdict VALID.',
    );
    expect(declines(withCells((cell) => (cell.router === null ? cell : null)))).toBe(
      'This result cannot say which shard key to take: it has no strategy on several shards.',
    );
    expect(declines(withCells((cell) => (cell.router === 'mod' ? cell : null)))).toBe(
      'This result cannot say which shard key to take: tenant_id/mod is the only strategy on 4 ' +
        'shards. With it 4 shards do the work of 2.06 to 2.61 databases.',
    );
    const single = withCells((cell) => (cell.router === 'mod' ? cell : saturatedCell(cell)));
    expect(declines(single)).toContain('of 6 strategies on 4 shards only tenant_id/mod has the');
  });

  it('declines for a document that knows no work, and says what it does know', () => {
    const old = withCells((cell) => ({ ...cell, work: undefined }));
    expect(headline(old)).toEqual([
      'This result cannot say which shard key to take: an earlier version of shardlab wrote it, ' +
        'without the work of each shard. Run the scenario again.',
      'All 7 cells are VALID: their numbers can be used.',
      'The balance of writes, which leaves out reads and fan-out, is best with ' +
        'tenant_id/directory and order_id/jump.',
    ]);
  });

  it('advises no shard key with which shards carry no more than one database', () => {
    expect(headline(withCells(useless))[0]).toBe(
      'Take none of these shard keys for capacity: even with tenant_id/mod 4 shards do the work ' +
        'of 0.97 databases, and one database without shards does that of 1.',
    );
  });

  it('answers for each shard count', () => {
    const result = sampleResult();
    const wider = cellsOnShards(result.cells, 8);
    const [four, eight] = headline({ ...result, cells: [...result.cells, ...wider] });
    expect(four).toContain('4 shards do the work of 2.75 databases');
    expect(four).toContain('with tenant_id/range on 4 shards');
    expect(eight).toContain('8 shards do the work of 2.75 databases');
  });

  it('names what is not valid with its word', () => {
    expect(headline(damaged())[1]).toBe(
      '5 of 7 cells are VALID; SATURATED is tenant_id/mod; FAILED is tenant_id/jump. The numbers ' +
        'of a cell that is not VALID show what happened, but not what its strategy can do.',
    );
  });

  it('says that nothing was measured', () => {
    expect(headline(withCells(() => null))).toEqual([
      'Nothing was measured: the result has no cells.',
    ]);
  });
});

describe('strategySentence', () => {
  const sentences = (result: RunResult) => {
    const ranks = ranking(result);
    return result.cells.map((cell) => strategySentence(cell, ranks));
  };

  it('gives rank and what it is of, balance, fan-out and tail', () => {
    const [single, mod] = sentences(sampleResult());
    expect(single).toBe('The baseline on one shard; p99 17.2 ms.');
    expect(mod).toBe(
      'Rank 2 to 6 of 6 by capacity: 4 shards do the work of 2.06 to 2.61 databases (over 200 ' +
        'hash salts); the hottest shard got 1.35× the mean of the writes (over hash salts 1.10× ' +
        'to 1.58×); an operation asks 1.45 shards on average and the busiest shard answers 351 ' +
        'queries/s; p99 14.1 ms.',
    );
  });

  it('says why there is one placement, and no false reason', () => {
    const reasonFor = (hash: string | null): string => {
      const bare = withCells((cell) => {
        const { work } = cell;
        if (cell.router !== 'mod' || work === undefined) return null;
        const { placement } = work.relativeCapacity;
        return { ...cell, hash, work: { ...work, relativeCapacity: { placement, band: null } } };
      });
      return sentences(bare)[0] ?? '';
    };
    expect(reasonFor(null)).toContain('(this router uses no hash, so it has one placement)');
    expect(reasonFor('identity')).toContain('(the hash identity takes no salt, so');
    expect(reasonFor('xxh64')).toContain('(placements with other salts were not counted)');
    expect(reasonFor('xxh64')).not.toContain('no hash');
  });

  it('says how much was accepted where the cell is not valid', () => {
    const [, saturated, failed] = sentences(damaged());
    expect(saturated).toContain('3,790 of 200,000 operations/s were accepted');
    expect(saturated).not.toContain('p99');
    expect(failed).toBe('Nothing was measured.');
  });
});

describe('headline where a strategy cannot run the whole workload', () => {
  const only = (...keys: string[]): RunResult => {
    const result = sampleTables();
    return {
      ...result,
      cells: result.cells.filter(({ shardKey }) => keys.includes(shardKey ?? '')),
    };
  };

  it('says what a strategy leaves out wherever it is named', () => {
    const [answer, , leftOut] = headline(sampleTables());
    expect(answer).toContain(
      '2.17 to 2.20 with order_id/jump, which leaves out 25.0 % of the workload (recent_orders))',
    );
    expect(leftOut).toBe(
      'Operations that a strategy cannot run on shards are not in its numbers: order_id/jump ' +
        'leaves out 25.0 % of the workload (recent_orders).',
    );
    expect(headline(only('tenant_id')).join(' ')).not.toContain('leaves out');
  });

  it('says so of the only strategy, and where all of them leave out a part', () => {
    expect(headline(only('order_id'))[0]).toMatch(
      /With it 4 shards do .*, without 25\.0 % of the workload \(recent_orders\)\.$/,
    );
    const { cells, ...result } = only('order_id');
    const [cell] = cells;
    if (cell === undefined) throw new Error('no cell');
    const two = { ...result, cells: [cell, { ...cell, strategy: 'order_id/mod', router: 'mod' }] };
    expect(headline(two)[0]).toMatch(/^No strategy can run the whole workload, /);
  });

  it('says that what carries more leaves out a part, where the rest carries less than one', () => {
    const { cells, ...result } = sampleTables();
    const weak = cells.map((cell) => (cell.shardKey === 'tenant_id' ? useless(cell) : cell));
    expect(headline({ ...result, cells: weak })[0]).toMatch(
      /^Take none .* More is done by what leaves out a part of the workload: order_id\/jump, /,
    );
  });
});
