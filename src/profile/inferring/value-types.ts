/** Types that values in text form show by themselves. */
export type ValueType =
  | 'bigint'
  | 'numeric'
  | 'uuid'
  | 'boolean'
  | 'date'
  | 'timestamp with time zone'
  | 'jsonb'
  | 'bytea'
  | 'bigint[]'
  | 'text[]'
  | 'text';

const forms: readonly (readonly [RegExp, ValueType])[] = [
  // A number with zeros before it is a code of digits.
  [/^-?(?:0|[1-8]\d{0,18}|9[01]\d{17}|9\d{0,17})$/, 'bigint'],
  [/^-?(?:\d+\.\d*|\.\d+|0|[1-9]\d*)(?:e[+-]?\d+)?$/i, 'numeric'],
  [/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i, 'uuid'],
  [/^(?:t|f|true|false)$/i, 'boolean'],
  [/^\d{4}-\d\d-\d\d$/, 'date'],
  [
    /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d(?::?\d\d)?))?$/,
    'timestamp with time zone',
  ],
  [/^\s*(?:\{\s*(?:"[^]*:[^]*)?\}|\[[^]*\])\s*$/, 'jsonb'],
  [/^\{-?\d{1,18}(?:,-?\d{1,18})*\}$/, 'bigint[]'],
  [/^\{[^]*\}$/, 'text[]'],
  [/^\\x(?:[\da-f]{2})*$/i, 'bytea'],
];

/** A value may be very long, and its beginning says enough. */
const longest = 1000;

export function typeOfValue(text: string): ValueType {
  if (text.length > longest) return /^\s*(?:\{\s*"[^"]*"\s*:|\[)/.test(text) ? 'jsonb' : 'text';
  return forms.find(([form]) => form.test(text))?.[1] ?? 'text';
}

/** The type that takes values of both. */
export function typeOfBoth(one: ValueType, other: ValueType): ValueType {
  if (one === other) return one;
  const both = new Set([one, other]);
  const only = (...types: ValueType[]): boolean => [...both].every((each) => types.includes(each));
  if (only('bigint', 'numeric')) return 'numeric';
  if (only('date', 'timestamp with time zone')) return 'timestamp with time zone';
  return only('bigint[]', 'text[]') ? 'text[]' : 'text';
}
