import { describe, expect, it } from 'vitest';
import type { RunResult } from '../result/types.ts';
import { failedCell, saturatedCell } from '../testing/damaged-cells.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { headline, namesOf } from './headline.ts';
import { rankByWriteBalance } from '../result/ranking.ts';
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

describe('headline', () => {
  it('says whether to believe it, who leads, and at what price', () => {
    expect(headline(sampleResult())).toEqual([
      'All 7 cells are VALID: their numbers may be taken at their word.',
      'On write balance tenant_id/directory and order_id/jump lead; between them no difference ' +
        'shows.',
      'An operation asks 1.81 shards on average with order_id/jump, 1.45 with tenant_id/directory.',
    ]);
  });

  it('names what is not valid with its word', () => {
    expect(headline(damaged())[0]).toBe(
      '5 of 7 cells are VALID; tenant_id/mod SATURATED; tenant_id/jump FAILED: those numbers ' +
        'show what happened, not what the strategy can do.',
    );
  });

  it('names no leader where all bands overlap, and none of one strategy', () => {
    const result = sampleResult();
    const alike = result.cells.filter(({ router }) => router === 'mod' || router === 'jump');
    const cells = alike.filter(({ shardKey }) => shardKey === 'tenant_id');
    expect(headline({ ...result, cells })[1]).toBe(
      'On write balance no strategy leads: all their bands overlap.',
    );
    expect(headline({ ...result, cells: cells.slice(0, 1) })).toEqual([
      'The cell is VALID: its numbers may be taken at their word.',
    ]);
    expect(headline({ ...result, cells: [] })).toEqual([
      'Nothing was measured: the result has no cells.',
    ]);
  });
});

describe('namesOf', () => {
  it('counts the names it has no room for, and spares nobody alone', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(namesOf(names)).toBe('a, b, c, d, e and 2 more');
    expect(namesOf(names.slice(0, 6))).toBe('a, b, c, d, e and f');
  });
});

describe('strategySentence', () => {
  const sentences = (result: RunResult) => {
    const ranks = rankByWriteBalance(result);
    return result.cells.map((cell) => strategySentence(cell, ranks));
  };

  it('gives rank, balance, fan-out and tail', () => {
    const [single, mod, , , , directory] = sentences(sampleResult());
    expect(single).toBe('The baseline on one shard; p99 17.2 ms.');
    expect(mod).toBe(
      'Rank 4 to 6 of 6 on write balance: the hottest shard took 1.35× the mean, over salts ' +
        '1.10× to 1.58×; an operation asks 1.45 shards; p99 14.1 ms.',
    );
    expect(directory).toContain('1.02× the mean (no hash, so no other draw)');
  });

  it('says how much was accepted where the cell is not valid', () => {
    const [, saturated, failed] = sentences(damaged());
    expect(saturated).toContain('3,790 of 200,000 operations/s were accepted');
    expect(saturated).not.toContain('p99');
    expect(failed).toBe('Nothing was measured.');
  });
});
