import type { ColumnEvidence, TableEvidence } from '../../profile/evidence.ts';
import { ScenarioNames } from '../../profile/scenario-names.ts';
import type { ColumnGroups } from './column-groups.ts';
import type { ColumnSample } from './column-sample.ts';
import type { LoadedColumn, LoadedTable } from './loaded-table.ts';
import { canIdentify } from './postgres-type.ts';

/** What is known of one column. */
export interface CountedColumn {
  readonly loaded: LoadedColumn;
  readonly groups: ColumnGroups;
  readonly sample: ColumnSample;
}

/** The most frequent values are listed of columns with few values only. */
const fewValues = 100;

/** The evidence of a file's rows, in names of the scenario. */
export function fileTable(
  name: string,
  path: string,
  { rows }: LoadedTable,
  counted: readonly CountedColumn[],
): TableEvidence {
  const names = new ScenarioNames();
  const columns = counted.map((column) => columnEvidence(names, column, rows));
  const identifying = counted.findIndex(
    ({ loaded, groups }) =>
      rows > 0 && loaded.nulls === 0 && groups.distinct === rows && canIdentify(loaded.type),
  );
  const primary = columns[identifying]?.name;
  return {
    name,
    stored: { schema: '', name: path },
    kind: 'file',
    columns,
    primary: primary === undefined ? [] : [primary],
    unique: [],
    exclusions: [],
    foreign: [],
    checks: [],
    indexes: [],
    rows: { count: rows, basis: 'exact' },
    bytes: { heap: heapBytes(rows, counted), indexes: 0, toast: 0 },
    partitions: null,
    inherits: [],
    activity: null,
    readable: true,
  };
}

function columnEvidence(
  names: ScenarioNames,
  { loaded, groups, sample }: CountedColumn,
  rows: number,
): ColumnEvidence {
  return {
    name: names.add(loaded.stored),
    stored: loaded.stored,
    type: loaded.type,
    typeKind: 'base',
    base: loaded.type,
    enumLabels: [],
    notNull: rows > 0 && loaded.nulls === 0,
    default: null,
    generated: null,
    identity: null,
    stats: {
      distinct: groups.distinct,
      nullFraction: rows === 0 ? 0 : loaded.nulls / rows,
      averageWidth: sample.averageWidth,
      mostCommon:
        groups.distinct > fewValues
          ? []
          : groups.top.map((each) => ({ value: each.value, fraction: each.rows / rows })),
      // As in pg_stats, where all values are listed there is nothing between them.
      histogram: groups.distinct > fewValues ? sample.histogram : [],
      physicalCorrelation: sample.physicalCorrelation,
    },
    readable: true,
  };
}

/** Header and line pointer of a row in Postgres, and its share of the page's header. */
const rowBytes = 28;

/** An estimate of what the rows would take in Postgres, without alignment. */
function heapBytes(rows: number, counted: readonly CountedColumn[]): number {
  const width = counted.reduce(
    (sum, { loaded, sample }) =>
      sum + (rows === 0 ? 0 : sample.averageWidth * (1 - loaded.nulls / rows)),
    0,
  );
  return Math.round(rows * (rowBytes + width));
}
