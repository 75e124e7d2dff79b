import type {
  CandidateKey,
  ChildShape,
  KeyLoad,
  KeyValues,
  SchemaEvidence,
  Unseen,
} from '../../../profile/evidence.ts';
import type { ReadOnlySession } from '../session-types.ts';
import { childShape, type MeasuredShape } from './child-shapes.ts';
import { type KeyTable, keyTable } from './key-table.ts';
import { type MeasureOptions, Measuring } from './measuring.ts';
import { refinedValues } from './refined-values.ts';
import { tableValues } from './table-values.ts';
import { wantedShapes } from './wanted-shapes.ts';
import { writtenLoad } from './written-load.ts';

export interface MeasuredKeys {
  readonly values: KeyValues[];
  readonly shapes: ChildShape[];
  readonly load: KeyLoad[];
  readonly unseen: Unseen[];
  /** Rows that were looked at: `countedRows`, `sampledRows`. */
  readonly read: Record<string, number>;
}

/**
 * What the rows of a database say of candidate keys: how they spread over values, how many children
 * parents have, and which values are written most. Everything is asked in short transactions that
 * only read; where the database does not answer in time, `unseen` says so and the rest goes on.
 */
export async function measureKeys(
  session: ReadOnlySession,
  schema: SchemaEvidence,
  candidates: readonly CandidateKey[],
  options: MeasureOptions,
): Promise<MeasuredKeys> {
  const measuring = await Measuring.start(session, options);
  const placesByKey = candidates.map((candidate) => placesOf(measuring, schema, candidate));
  const values: KeyValues[] = [];
  const known = new Set<KeyTable>();
  for (const place of placesByKey.flat()) {
    const measured = await tableValues(measuring, place);
    if (measured !== null) {
      values.push(measured);
      known.add(place);
    }
    options.report(`${place.key}, ${place.table.name}`);
  }
  const load: KeyLoad[] = [];
  const bulkOnly = new Set<string>();
  for (const [at, candidate] of candidates.entries()) {
    const written = await writtenLoad(
      measuring,
      bulkOnly,
      candidate,
      (placesByKey[at] ?? []).filter((place) => known.has(place)),
      distinctOf(values, candidate),
    );
    if (written !== null) load.push(written);
    options.report(candidate.key);
  }
  const measured: MeasuredShape[] = [];
  for (const wanted of wantedShapes(schema, candidates)) {
    const shape = await childShape(measuring, wanted);
    if (shape !== null) measured.push(shape);
    options.report(`${wanted.parent.table.name}, ${wanted.child.table.name}`);
  }
  const byParents = measured.filter((each) => each.byParents).map(({ shape }) => shape);
  return {
    values: refinedValues(values, candidates, byParents),
    shapes: measured.map(({ shape }) => shape),
    load,
    unseen: measuring.unseen.list(),
    read: measuring.read,
  };
}

function placesOf(
  measuring: Measuring,
  schema: SchemaEvidence,
  { key, columns }: CandidateKey,
): KeyTable[] {
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  return columns.flatMap(({ table, columns: names }) => {
    const place = keyTable(key, tables.get(table), names);
    if (place === null) measuring.unseen.add('key-of-no-table', { key, tables: [table] });
    return place === null || place.table.kind === 'file' ? [] : [place];
  });
}

/** Of the table with the most: others have some of its values. */
const distinctOf = (values: readonly KeyValues[], { key }: CandidateKey): number =>
  Math.max(0, ...values.filter((each) => each.key === key).map(({ distinct }) => distinct));
