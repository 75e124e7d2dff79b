import type {
  ColumnEvidence,
  ColumnStats,
  Evidence,
  ForeignEvidence,
  SchemaEvidence,
  TableEvidence,
} from '../evidence.ts';
import { candidateKeys } from '../candidates.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';

/** For tests: a column as `name type`, `name type!` where it is NOT NULL, and more of it. */
export type ColumnFixture = string | readonly [string, Partial<ColumnEvidence>];

export function column(given: ColumnFixture): ColumnEvidence {
  const [text, more] = typeof given === 'string' ? [given, {}] : given;
  const [, name = '', type = '', mark] = /^(\S+) (.*?)(!?)$/.exec(text) ?? [];
  return {
    name,
    stored: name,
    type,
    typeKind: type.endsWith('[]') ? 'array' : 'base',
    base: type.replace(/\[\]$/, ''),
    enumLabels: [],
    notNull: mark === '!',
    default: null,
    generated: null,
    identity: null,
    stats: null,
    readable: true,
    ...more,
  };
}

export const stats = (more: Partial<ColumnStats>): ColumnStats => ({
  distinct: 10,
  nullFraction: 0,
  averageWidth: 8,
  mostCommon: [],
  histogram: [],
  physicalCorrelation: null,
  ...more,
});

interface More extends Partial<Omit<TableEvidence, 'name' | 'columns' | 'rows' | 'foreign'>> {
  /** `columns -> table(columns)`, separated by commas. */
  readonly foreign?: readonly string[];
}

export function table(
  name: string,
  rows: number,
  columns: readonly ColumnFixture[],
  { foreign = [], ...more }: More = {},
): TableEvidence {
  return {
    name,
    stored: { schema: 'public', name },
    kind: 'table',
    columns: columns.map(column),
    primary: [],
    unique: [],
    exclusions: [],
    foreign: foreign.map(foreignKey),
    checks: [],
    indexes: [],
    rows: { count: rows, basis: 'exact' },
    bytes: { heap: rows * 80, indexes: rows * 20, toast: 0 },
    partitions: null,
    inherits: [],
    activity: null,
    readable: true,
    ...more,
  };
}

function foreignKey(text: string): ForeignEvidence {
  const [, columns = '', other = '', references = ''] = /^(.*) -> (\w+)\((.*)\)$/.exec(text) ?? [];
  return {
    columns: columns.split(', '),
    table: other,
    references: references.split(', '),
    onDelete: 'no action',
  };
}

/** Evidence of a schema alone, with the keys that it suggests. */
export function evidenceOf(schema: SchemaEvidence, more: Partial<Evidence> = {}): Evidence {
  return {
    sources: [{ kind: 'postgres', name: 'postgres://localhost/shop', read: {}, about: {} }],
    schema,
    queries: null,
    candidates: candidateKeys(schema, [], sqlReaderFixture),
    values: [],
    shapes: [],
    load: [],
    health: [],
    unparsed: [],
    unseen: [],
    ...more,
  };
}
