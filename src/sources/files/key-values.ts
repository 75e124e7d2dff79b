import type { CandidateKey, KeyValues } from '../../profile/evidence.ts';
import { type ColumnGroups, groupColumns } from './column-groups.ts';
import type { FileEngine } from './file-engine.ts';
import type { FileRows } from './file-rows.ts';
import type { CountedColumn } from './file-table.ts';
import { isTime } from './postgres-type.ts';

/** Of those candidates that the file has columns of. */
export async function keyValues(
  engine: FileEngine,
  rows: FileRows,
  candidates: readonly CandidateKey[],
): Promise<KeyValues[]> {
  const { name } = rows.evidence;
  const values: KeyValues[] = [];
  for (const { key, columns } of candidates) {
    for (const own of columns.filter(({ table }) => table === name)) {
      const counted = own.columns.map((column) => countedColumn(rows, column));
      const [first, ...others] = counted;
      if (first === undefined) continue;
      const groups =
        others.length === 0
          ? first.groups
          : await groupColumns(
              engine,
              rows.loaded,
              counted.map(({ loaded }) => loaded),
            );
      values.push(valuesOf(key, rows, first, groups));
    }
  }
  return values;
}

function countedColumn(rows: FileRows, name: string): CountedColumn {
  const index = rows.evidence.columns.findIndex((each) => each.name === name);
  const counted = rows.counted[index];
  if (counted === undefined) throw new Error(`assertion failed: a column ${name}`);
  return counted;
}

function valuesOf(
  key: string,
  { evidence, loaded }: FileRows,
  first: CountedColumn,
  groups: ColumnGroups,
): KeyValues {
  const known = loaded.rows - groups.nulls;
  return {
    key,
    table: evidence.name,
    basis: 'exact',
    rows: loaded.rows,
    looked: loaded.rows,
    distinct: groups.distinct,
    distinctDoubtful: false,
    nullFraction: loaded.rows === 0 ? 0 : groups.nulls / loaded.rows,
    top: groups.top.map(({ value, rows }) => ({ value, share: rows / known })),
    sumOfSquares: groups.sumOfSquares,
    rowsPerValue: groups.rowsPerValue,
    physicalCorrelation: first.sample.physicalCorrelation,
    monotonic: monotonic(first, groups, known),
  };
}

/** Of neighbours in the sample; of values that occur once. */
const nearly = { descents: 0.001, distinct: 0.9 };

/** Of fewer, chance makes one in a few thousand rise. */
const fewestRows = 8;

/**
 * Whether the first column rises through the file. Times may stand still, for many things happen
 * in one second; a number or a text that does is only what the file was sorted by.
 */
function monotonic(
  { loaded, groups, sample }: CountedColumn,
  { distinct }: ColumnGroups,
  known: number,
): boolean | null {
  if (sample.descents === null || known < fewestRows) return null;
  if (sample.descents > nearly.descents || groups.distinct < 2) return false;
  return isTime(loaded.type) || distinct >= nearly.distinct * known;
}
