/**
 * Types whose equal values are the same key: a router hashes an int4 as it does the same int8. Text
 * of fixed length is another family, because it is equal whatever blanks follow.
 */
export type Family = string;

/** @param type as CREATE TABLE has it, such as `numeric(8,2)` or `text collate "C"` */
export function familyOfType(type: string): Family {
  const bare = type
    .toLowerCase()
    .replace(/\s+collate\s.*$/, '')
    .replace(/\([^)]*\)/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return families[bare] ?? bare;
}

const families: Readonly<Record<string, Family>> = {
  smallint: 'int',
  integer: 'int',
  bigint: 'int',
  int: 'int',
  int2: 'int',
  int4: 'int',
  int8: 'int',
  smallserial: 'int',
  serial: 'int',
  bigserial: 'int',
  varchar: 'text',
  'character varying': 'text',
  char: 'bpchar',
  character: 'bpchar',
  decimal: 'numeric',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  bool: 'boolean',
  real: 'float4',
  'double precision': 'float8',
};

/** The family of a column's values as keys; undefined where no router takes them. */
export const isKeyFamily = (family: Family | undefined): boolean =>
  family === 'int' || family === 'text' || family === 'uuid';

/** One text for each value of a family, of a constant in SQL; undefined where it is not sure. */
export function canonical(text: string, family: Family | undefined): string | undefined {
  if (family === 'text') return text;
  if (family === 'int')
    return /^\s*[+-]?\d+\s*$/.test(text) ? String(BigInt(text.trim().replace('+', ''))) : undefined;
  if (family === 'uuid') return uuidPattern.test(text) ? text.toLowerCase() : undefined;
  return undefined;
}

const uuidPattern = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
