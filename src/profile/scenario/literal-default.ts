/** A value of each type that has no generator, and how many characters may follow to fill it. */
const literals: readonly (readonly [RegExp, (bytes: number) => string])[] = [
  [/\[\]$/, () => "'{}'"],
  [/^bytea/, (bytes) => `decode(repeat('5a', ${bytes}), 'hex')`],
  [/^time/, () => "'12:00'"],
  [/^interval/, () => "'1 day'"],
  [/^(inet|cidr)/, () => "'10.0.0.0'"],
  [/^macaddr8/, () => "'08:00:2b:01:02:03:04:05'"],
  [/^macaddr/, () => "'08:00:2b:01:02:03'"],
  [/^(bit varying|varbit)/, () => "B'1'"],
  [/^tsvector/, (bytes) => `'${'word '.repeat(Math.max(1, Math.round(bytes / 20))).trim()}'`],
  [/^tsquery/, () => "'word'"],
  [/^xml/, (bytes) => `'<a>${'x'.repeat(Math.max(0, bytes - 7))}</a>'`],
  [/^point/, () => "'(1,1)'"],
  [/^line/, () => "'{1,1,1}'"],
  [/^lseg/, () => "'[(0,0),(1,1)]'"],
  [/^box/, () => "'((0,0),(1,1))'"],
  [/^(path|polygon)/, () => "'((0,0),(1,1),(1,0))'"],
  [/^circle/, () => "'<(0,0),1>'"],
  [/^pg_lsn/, () => "'0/1'"],
  [/^jsonpath/, () => "'$.a'"],
  [/multirange$/, () => "'{}'"],
  [/^(daterange|tsrange|tstzrange)/, () => "'[2026-01-01,2026-02-01)'"],
  [/range$/, () => "'[1,10)'"],
];

const widest = 2000;

/** SQL of a value of the type of about so many bytes; null: none is known. */
export function literalOf(type: string, bytes: number): string | null {
  const arrays = /^(.*?)((?:\[\])+)$/.exec(type);
  if (arrays !== null) return arrayLiteral(arrays[1] ?? '', bytes);
  const bits = /^bit\((\d+)\)$/.exec(type);
  if (bits !== null) return `B'${'0'.repeat(Number(bits[1]))}'`;
  if (type === 'bit') return "B'0'";
  const width = Math.max(1, Math.min(widest, Math.round(bytes)));
  return literals.find(([pattern]) => pattern.test(type))?.[1](width) ?? null;
}

/** Header of an array in bytes, and of each text in it. */
const [arrayHeader, textHeader] = [24, 4];

function arrayLiteral(element: string, bytes: number): string {
  const room = Math.max(0, Math.min(widest, bytes) - arrayHeader);
  if (/^(text|character|varchar)/.test(element)) {
    const words = Math.round(room / (4 + textHeader));
    return `'{${Array.from({ length: words }, (_, i) => `w${i}`).join(',')}}'`;
  }
  if (/^(smallint|integer|bigint|numeric|real|double)/.test(element)) {
    return `'{${Array.from({ length: Math.round(room / 8) }, (_, i) => i + 1).join(',')}}'`;
  }
  return "'{}'";
}

const functions: readonly RegExp[] = [
  /^(now|(clock|statement|transaction)_timestamp|gen_random_uuid)\(\)$/i,
  /^(CURRENT_(TIMESTAMP|DATE|TIME)|LOCALTIMESTAMP|true|false|NULL::[\w ]+)$/i,
];

/**
 * A default of the database as far as it needs nothing of the database's own: constants without
 * their types, and functions that Postgres has.
 */
export function plainDefault(sql: string | null): string | null {
  const text = sql?.trim().replace(/^\((.*)\)$/, '$1') ?? '';
  const quoted = /^('(?:[^']|'')*')(?:::[\w\s."()[\],]+)?$/.exec(text);
  if (quoted !== null) return /^'now'$/i.test(quoted[1] ?? '') ? null : (quoted[1] ?? null);
  const number = /^\(?(-?\d+(?:\.\d+)?)\)?(?:::[\w\s."()[\],]+)?$/.exec(text);
  if (number !== null) return number[1] ?? null;
  return functions.some((each) => each.test(text)) ? text : null;
}

/** Texts in quotes in SQL of the schema: they are no data. */
export function literalsIn(sql: string): string[] {
  return [...sql.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'"));
}
