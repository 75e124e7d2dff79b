import type { ColumnEvidence } from '../evidence.ts';

/** What kind of values a column has, as far as it matters for making them. */
export type ValueKind =
  | 'integer'
  | 'number'
  | 'text'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'uuid'
  | 'json'
  | 'literal';

export interface ColumnType {
  readonly kind: ValueKind;
  /** A type that Postgres has without extensions and without types of the user's own. */
  readonly type: string;
  /** Whether it is another one than in the database. */
  readonly mapped: boolean;
  /** Characters or digits at most; null: no limit. */
  readonly length: number | null;
  readonly decimals: number | null;
}

const kinds: readonly (readonly [RegExp, ValueKind])[] = [
  [/^(smallint|integer|bigint|int[248]?|oid)$/, 'integer'],
  [/^(numeric|decimal|real|double precision|float[48]|money)$/, 'number'],
  [/^(text|character varying|varchar|character|char|bpchar|name|"char")$/, 'text'],
  [/^bool(ean)?$/, 'boolean'],
  [/^date$/, 'date'],
  [/^timestamp(tz)?( with(out)? time zone)?$/, 'timestamp'],
  [/^uuid$/, 'uuid'],
  [/^jsonb?$/, 'json'],
];

/** Types whose values stand here as a literal, which Postgres knows by itself. */
const plainTypes: readonly RegExp[] = [
  /^(bytea|time(tz)?( with(out)? time zone)?|interval|inet|cidr|macaddr8?)$/,
  /^(bit( varying)?|varbit|tsvector|tsquery|xml|pg_lsn|jsonpath)$/,
  /^(point|line|lseg|box|path|polygon|circle|(int[48]|num|ts|tstz|date)(multi)?range)$/,
];

export function columnType(column: Pick<ColumnEvidence, 'type' | 'typeKind' | 'base'>): ColumnType {
  const { type, typeKind, base } = column;
  if (typeKind === 'enum') return typeOf('text', true);
  if (typeKind === 'array') return arrayType(type, base);
  if (typeKind === 'domain') return typeOf(base, true);
  return typeOf(type, false);
}

function typeOf(written: string, mapped: boolean): ColumnType {
  const parts = /^(.*?)(?:\((\d+)(?:,\s*(-?\d+))?\))?( with(?:out)? time zone)?$/.exec(
    written.trim(),
  );
  const bare = `${parts?.[1] ?? ''}${parts?.[4] ?? ''}`.trim().toLowerCase();
  const kind = kinds.find(([pattern]) => pattern.test(bare))?.[1];
  const limits = {
    length: parts?.[2] === undefined ? null : Number(parts[2]),
    decimals: parts?.[3] === undefined ? null : Number(parts[3]),
  };
  if (kind !== undefined) return { kind, type: written, mapped, ...limits };
  if (plainTypes.some((each) => each.test(bare)))
    return { kind: 'literal', type: written, mapped, ...limits };
  if (written.endsWith('[]')) return arrayType(written, written.replaceAll('[]', ''));
  // What an extension or the database itself defines: its values are written as text.
  return { kind: 'text', type: 'text', mapped: true, length: null, decimals: null };
}

function arrayType(type: string, base: string): ColumnType {
  const element = typeOf(base.replaceAll('[]', ''), false);
  const dimensions = /(\[\])+$/.exec(type)?.[0] ?? '[]';
  return {
    kind: 'literal',
    type: `${element.type}${dimensions}`,
    mapped: element.mapped,
    length: null,
    decimals: null,
  };
}
