import type { CapacityRow, CostRow, GrowthDocument } from '../../result/growth-document.ts';
import { months } from './amounts.ts';
import { capacityOf, costOf, strategiesOf } from './rows.ts';
import { ratio, times } from '../../wording/format.ts';

/** A row of a router with a hash, as all its placements show it. */
export interface PlacementRow {
  readonly row: CapacityRow;
  /** `3.1 to 3.8`: how many databases' work, by 9 of 10 placements. */
  readonly databases: string;
  readonly buys: string;
  /** Of the middle trend; null: not known. */
  readonly months: string | null;
  /** `sound 187, no gain 13`. */
  readonly verdicts: string;
}

/** Rows that stand for many placements, by strategy. */
export function placementRows(document: GrowthDocument, to = ' to '): readonly PlacementRow[] {
  return strategiesOf(document).flatMap((strategy) =>
    capacityOf(document, strategy).flatMap((row): PlacementRow[] => {
      const { placements, horizonMonths } = row;
      if (!placements) return [];
      const { effectiveShards, capacityRatio, monthsToFull } = placements;
      const month = (value: number | null): string => months(value, horizonMonths);
      const isOpen = row.bound !== 'known' && monthsToFull?.p50 === 0;
      return [
        {
          row,
          databases: `${ratio(effectiveShards.p5)}${to}${ratio(effectiveShards.p95)}`,
          buys: `${times(capacityRatio.p5)}${to}${times(capacityRatio.p95)}`,
          months:
            monthsToFull === null || isOpen
              ? null
              : `${month(monthsToFull.p5)}${to}${month(monthsToFull.p95)}`,
          verdicts: verdictsOf(costOf(document, row)),
        },
      ];
    }),
  );
}

/** `sound 187 of 200`: the verdict of most placements. */
export function mostOften(cost: CostRow | null): string {
  const { status = '', placements = [] } = cost?.verdict ?? {};
  const [most] = placements.toSorted((a, b) => b.count - a.count);
  const all = placements.reduce((sum, { count }) => sum + count, 0);
  return most === undefined ? status : `${most.status} ${most.count} of ${all}`;
}

function verdictsOf(cost: CostRow | null): string {
  const { status = '', placements = [] } = cost?.verdict ?? {};
  if (placements.length === 0) return status;
  return placements.map(({ status: each, count }) => `${each} ${count}`).join(', ');
}

/** What is common to all of them, for a note; null where no row stands for placements. */
export function placementsOf({ capacity }: GrowthDocument): CapacityRow['placements'] | null {
  return capacity.find(({ placements }) => placements)?.placements ?? null;
}

/** What is drawn. */
export function drawnText({ count, over }: NonNullable<CapacityRow['placements']>): string {
  return over === 'salts'
    ? `${count} salts of the hash`
    : `${count} sets of other ids for the tenants`;
}
