import { familyOfType } from '../../sql/families.ts';

/** A text that is a value of each of these types. */
const samples: Readonly<Record<string, string>> = {
  text: 'a',
  bpchar: 'a',
  boolean: 'true',
  date: '2026-01-01',
  timestamp: '2026-01-01',
  timestamptz: '2026-01-01',
  time: '12:00',
  'time without time zone': '12:00',
  timetz: '12:00+00',
  interval: '1 day',
  uuid: '00000000-0000-4000-8000-000000000001',
  json: '{}',
  jsonb: '{}',
  jsonpath: '$.a',
  bytea: '\\x00',
  inet: '10.0.0.1',
  cidr: '10.0.0.0/8',
  tsvector: 'a',
  tsquery: 'a',
  int4range: '[1,2)',
  int8range: '[1,2)',
  numrange: '[1,2)',
  daterange: '[2026-01-01,2026-02-01)',
  tsrange: '[2026-01-01,2026-02-01)',
  tstzrange: '[2026-01-01,2026-02-01)',
  point: '(1,1)',
  xml: '<a/>',
};

/**
 * A constant that Postgres takes where a value of the type is wanted: in quotes and without a type
 * of its own.
 */
export function sampleValue(type: string): string {
  if (type.trim().endsWith(']')) return "'{}'";
  return `'${samples[familyOfType(type)] ?? '1'}'`;
}

const numeric = new Set(['int', 'numeric', 'float4', 'float8', 'money', 'oid']);

export const isNumeric = (type: string): boolean =>
  !type.endsWith(']') && numeric.has(familyOfType(type));

const times = new Set(['timestamp', 'timestamptz', 'time', 'timetz', 'interval']);

export const isTime = (type: string): boolean => times.has(familyOfType(type));
