import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Cell } from '../../result/types.ts';
import {
  cellNamed,
  fatesOf,
  shareOf,
  simulatedScenario,
  standardErrors,
} from './shipped-tables-fixture.ts';
import { crossingShare, placedCrossingShare } from './tpcc-share-fixture.ts';

/** What the headers of shipped scenarios with tables promise, in virtual time. */

const crossShardFraction = ({ fanOut }: Cell): number =>
  present(fanOut?.crossShardFraction, 'share across shards');

describe('tpcc', () => {
  const rowsOf = (cell: Cell, table: string): readonly number[] =>
    present(cell.tables?.find((each) => each.table === table)?.rows, table);
  /** What is drawn of a workload counts, not its rows. */
  const small = (text: string): string =>
    text
      .replaceAll('rows: 30\n', 'rows: 1\n')
      .replaceAll('rows: 500\n', 'rows: 5\n')
      .replace('rows: 5..15\n', 'rows: 1\n');

  test('many warehouses: 5.42, 8.09, 9.41, 10.07 % of the transactions cross shards', async () => {
    const { loaded, cells } = await simulatedScenario(
      'tpcc',
      {
        shards: '2,4,8,16',
        tenants: '1000',
        rate: '5000',
        duration: '20s',
        strategies: ['warehouse/mod'],
      },
      small,
    );
    const { arrivals } = loaded.plan.measure;
    expect(arrivals).toBeGreaterThan(95_000);
    expect(cells.map(({ shardCount }) => shardCount)).toEqual([2, 4, 8, 16]);
    for (const [index, percent] of [5.42, 8.09, 9.41, 10.07].entries()) {
      const cell = present(cells[index], 'cell');
      const expected = crossingShare((cell.shardCount - 1) / cell.shardCount);
      expect(100 * expected).toBeCloseTo(percent, 2);
      expect(standardErrors(crossShardFraction(cell), expected, arrivals)).toBeLessThan(3);
      const { fanOut } = cell;
      expect(fanOut?.scatterFraction).toBe(0);
    }
  });
});
