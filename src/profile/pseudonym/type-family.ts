export type TypeFamily =
  | 'kept'
  | 'number'
  | 'uuid'
  | 'time'
  | 'clock'
  | 'bytes'
  | 'address'
  | 'json'
  | 'interval'
  | 'text';

/** Of types as Postgres and DuckDB write them; what is not known is told by the value's form. */
export function familyOf(type: string, value: string): TypeFamily {
  const name = type.toLowerCase().trim();
  if (name === '' || name === 'unknown') return familyOfForm(value);
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}

const patterns: readonly (readonly [RegExp, TypeFamily])[] = [
  // What an enum may hold is schema.
  [/^(?:bool|boolean|enum)\b/, 'kept'],
  [/^u?(?:smallint|integer|bigint|tinyint|hugeint|int\d*|oid|serial|bigserial)\b/, 'number'],
  [/^(?:numeric|decimal|real|double|float\d*|money)\b/, 'number'],
  [/^uuid\b/, 'uuid'],
  [/^(?:date|timestamp|timestamptz|datetime)\b|^timestamp_/, 'time'],
  [/^(?:time|timetz)\b/, 'clock'],
  [/^(?:bytea|blob)\b/, 'bytes'],
  [/^(?:inet|cidr)\b/, 'address'],
  [/^jsonb?\b/, 'json'],
  [/^interval\b/, 'interval'],
];

function familyOfForm(value: string): TypeFamily {
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return 'number';
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) return 'uuid';
  if (/^\d{4}-\d\d-\d\d/.test(value)) return 'time';
  return /^(?:true|false|t|f)$/i.test(value) ? 'kept' : 'text';
}

/** Names of whole numbers as `number-text.ts` knows them. */
export function wholeType(type: string): string {
  const name = type.toLowerCase().trim();
  if (/^(?:smallint|int2)\b/.test(name)) return 'smallint';
  if (/^(?:integer|int|int4|serial)\b/.test(name)) return 'integer';
  return /^(?:bigint|int8|bigserial)\b/.test(name) ? 'bigint' : '';
}

/** Characters that a text of the type may have; null: any number. */
export function lengthOf(type: string): number | null {
  const [, length] =
    /^(?:character varying|varchar|character|char|bpchar)\s*\((\d+)\)/i.exec(type.trim()) ?? [];
  return length === undefined ? null : Number(length);
}
