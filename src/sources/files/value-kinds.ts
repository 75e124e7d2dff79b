/**
 * Types that values of text files are read as. A value fits one by its spelling, for DuckDB's own
 * casts take more than that and lose what they do not understand: '5.5' as BIGINT is 6, a date
 * with a time is the date, and an integer of 20 digits as DOUBLE is another one.
 */
export interface ValueKind {
  readonly duckdb: string;
  /** For JavaScript and for RE2, of the whole value without spaces around it. */
  readonly pattern: string;
  /** What it becomes where a later value does not fit but is of that kind. */
  readonly wider: readonly string[];
}

const date = String.raw`\d{4}-\d{2}-\d{2}`;
const time = String.raw`\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?`;
const zone = String.raw`(Z|[+-]\d{2}(:?\d{2})?)`;
/** More digits than 15 a double would change. */
const integer = String.raw`(0|[1-9]\d{0,14})`;
const fraction = String.raw`(0|[1-9]\d{0,14})?\.\d{1,20}`;
const exponent = String.raw`[eE][-+]?\d{1,3}`;
const hex = '[0-9a-fA-F]';

/** The first that all values fit is taken; none: text. */
export const valueKinds: readonly ValueKind[] = [
  // Of 19 digits not all fit, which the cast says. A zero before other digits is a spelling.
  { duckdb: 'BIGINT', pattern: '0|-?[1-9][0-9]{0,18}', wider: ['DOUBLE'] },
  { duckdb: 'DOUBLE', pattern: `-?(${fraction}|${integer}[.]?)(${exponent})?`, wider: [] },
  { duckdb: 'DATE', pattern: date, wider: ['TIMESTAMP'] },
  { duckdb: 'TIMESTAMP', pattern: `${date}([ T]${time})?`, wider: [] },
  { duckdb: 'TIMESTAMPTZ', pattern: `${date}[ T]${time} ?${zone}`, wider: [] },
  { duckdb: 'TIME', pattern: time, wider: [] },
  { duckdb: 'UUID', pattern: `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`, wider: [] },
  { duckdb: 'BOOLEAN', pattern: '[Tt]|[Ff]|[Tt]rue|[Ff]alse|TRUE|FALSE', wider: [] },
];

const whole = new Map(valueKinds.map((kind) => [kind, new RegExp(`^(?:${kind.pattern})$`)]));

/** The kind of all these values; null: text, also where there is no value. */
export function kindOfValues(values: readonly string[]): ValueKind | null {
  if (values.length === 0) return null;
  const fits = (kind: ValueKind, value: string): boolean =>
    whole.get(kind)?.test(value.trim()) === true;
  return valueKinds.find((kind) => values.every((value) => fits(kind, value))) ?? null;
}

export const isMissing = (value: string): boolean => value === '' || value === String.raw`\N`;
