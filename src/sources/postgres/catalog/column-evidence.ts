import type { ColumnEvidence } from '../../../profile/evidence.ts';
import { columnStats, type StatisticsRow } from './column-statistics.ts';
import type { ColumnType } from './column-types.ts';
import type { Column } from './columns.ts';

type Types = ReadonlyMap<string, ColumnType>;

export interface ColumnParts {
  readonly name: string;
  readonly types: Types;
  /** Of its default, or of what generates it, in names of the scenario. */
  readonly sql: string | null;
  readonly statistics: StatisticsRow | undefined;
  /** Of the table, as far as they are known. */
  readonly rows: number;
}

export function columnEvidence(column: Column, parts: ColumnParts): ColumnEvidence {
  const { types, sql, statistics } = parts;
  const type = types.get(column.typeId);
  const isGenerated = column.generated !== '';
  return {
    name: parts.name,
    stored: column.name,
    type: bareName(column.type, type),
    typeKind: type?.kind ?? 'base',
    base: belowOf(type, types) ?? bareName(column.type, type),
    enumLabels: labelsOf(type, types),
    notNull: column.notNull || refusesNull(type, types),
    default: isGenerated ? null : sql,
    generated: isGenerated ? { sql: sql ?? '', stored: column.generated === 's' } : null,
    identity: column.identity === '' ? null : column.identity === 'a' ? 'always' : 'by default',
    stats: statistics === undefined ? null : columnStats(statistics, parts.rows),
    readable: column.readable,
  };
}

/** Without the schema: a scenario has one only. */
function bareName(name: string, type: ColumnType | undefined): string {
  const prefix = `${type?.schema ?? ''}.`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** The type below an array, or below all domains that stand on one another. */
function belowOf(type: ColumnType | undefined, types: Types): string | null {
  if (type?.below === undefined || type.below === null) return null;
  const below = types.get(type.below);
  const further = below?.kind === 'domain' ? belowOf(below, types) : null;
  return further ?? bareName(type.belowName ?? '', below);
}

function labelsOf(type: ColumnType | undefined, types: Types): readonly string[] {
  if (type === undefined) return [];
  return type.below === null ? type.labels : labelsOf(types.get(type.below), types);
}

const refusesNull = (type: ColumnType | undefined, types: Types): boolean =>
  type?.kind === 'domain' && (type.notNull || refusesNull(types.get(type.below ?? ''), types));

/** Casts in expressions, to types without their schemas. */
export function withoutTypeSchemas(sql: string, types: Types): string {
  let text = sql;
  for (const schema of new Set([...types.values()].map((type) => type.schema))) {
    if (schema !== 'pg_catalog') text = text.replaceAll(`::${schema}.`, '::');
  }
  return text;
}
