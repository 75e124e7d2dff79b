import { familyOfType } from '../../sql/families.ts';
import { type ExpressionType, isNumericType } from './expression-types.ts';
import { constant, type Hint } from './parameter-hint.ts';
import { isTime, sampleValue } from './sample-values.ts';

const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

const fixed: Readonly<Record<string, string>> = {
  '~~': "'a%'",
  '~~*': "'a%'",
  '!~~': "'a%'",
  '!~~*': "'a%'",
  '~': "'a'",
  '~*': "'a'",
  '!~': "'a'",
  '!~*': "'a'",
  '->': "'a'",
  '->>': "'a'",
  '#>': "'{a}'",
  '#>>': "'{a}'",
  '?': "'a'",
  '?|': "'{a}'",
  '?&': "'{a}'",
  '@?': "'$.a'",
  '@@': "'a'",
};

/** What stands beside a parameter says what it is. @param other undefined: not known */
export function operatorHint(operator: string, other: ExpressionType | undefined): Hint {
  const sql = fixed[operator];
  if (sql !== undefined) return constant(sql);
  if (comparisons.has(operator)) return comparedHint(operator === '=', other);
  if (operator === '||') return constant(joined(other));
  if (['+', '-', '*', '/', '%', '^'].includes(operator)) return amountHint(operator, other);
  return constant(sampleValue(other?.type ?? ''));
}

export function comparedHint(isEqual: boolean, other: ExpressionType | undefined): Hint {
  const column = other?.column;
  if (column !== undefined) return { kind: 'compared', column, by: isEqual ? 'equal' : 'other' };
  return constant(sampleValue(other?.type ?? ''));
}

/** Text goes with text, and what has parts with more of them. */
function joined(other: ExpressionType | undefined): string {
  const type = other?.type ?? 'text';
  const hasParts = type.endsWith(']') || ['json', 'jsonb'].includes(familyOfType(type));
  return hasParts ? sampleValue(type) : "'a'";
}

function amountHint(operator: string, other: ExpressionType | undefined): Hint {
  if (other === undefined) return constant('1');
  const isSum = operator === '+' || operator === '-';
  if (isSum && isTime(other.type)) return constant("interval '1 day'");
  if (familyOfType(other.type) === 'date' || !isNumericType(other)) return constant('1');
  // By which it is multiplied: 1, so that it neither grows nor ends.
  return isSum && other.column !== undefined ? { kind: 'amount' } : constant('1');
}

/** Arguments of functions that take no value of just any kind, by their place. */
const byFunction: Readonly<Record<string, readonly (string | undefined)[]>> = {
  date_trunc: ["'day'", undefined, "'UTC'"],
  date_part: ["'day'"],
  extract: ["'day'"],
  timezone: ["'UTC'"],
  to_char: [undefined, "'YYYY-MM-DD'"],
  to_date: ["'2026-01-01'", "'YYYY-MM-DD'"],
  to_timestamp: ['1', "'YYYY-MM-DD'"],
  date_bin: ["'1 day'", undefined, "'2026-01-01'"],
  like_escape: ["'a%'", "''"],
  round: [undefined, '1'],
  trunc: [undefined, '1'],
  left: ["'a'", '1'],
  right: ["'a'", '1'],
  lpad: ["'a'", '1', "'a'"],
  rpad: ["'a'", '1', "'a'"],
  repeat: ["'a'", '1'],
  substring: ["'a'", '1', '1'],
  substr: ["'a'", '1', '1'],
  overlay: ["'a'", "'a'", '1', '1'],
  split_part: ["'a'", "','", '1'],
  string_agg: ["'a'", "','"],
  string_to_array: ["'a'", "','"],
  array_to_string: [undefined, "','"],
  regexp_replace: ["'a'", "'a'", "'a'", "'g'"],
  regexp_matches: ["'a'", "'a'", "'g'"],
  generate_series: ['1', '10', '1'],
  unnest: ["'{}'::text[]"],
  percentile_cont: ['0.5'],
  percentile_disc: ['0.5'],
  ntile: ['4'],
  nth_value: [undefined, '1'],
  lag: [undefined, '1'],
  lead: [undefined, '1'],
  mod: [undefined, '1'],
  power: [undefined, '1'],
  sum: ['1'],
  avg: ['1'],
  count: ['1'],
  max: ['1'],
  min: ['1'],
  width_bucket: [undefined, undefined, undefined, '4'],
  make_interval: ['1', '1', '1', '1', '1', '1', '1'],
  make_date: ['2026', '1', '1'],
  to_tsvector: ["'simple'", "'a'"],
  to_tsquery: ["'simple'", "'a'"],
  plainto_tsquery: ["'simple'", "'a'"],
  phraseto_tsquery: ["'simple'", "'a'"],
  websearch_to_tsquery: ["'simple'", "'a'"],
  jsonb_set: [undefined, "'{a}'", "'1'"],
  jsonb_path_exists: [undefined, "'$.a'"],
  jsonb_path_query: [undefined, "'$.a'"],
  jsonb_array_length: ["'[]'"],
  jsonb_array_elements: ["'[]'"],
  jsonb_array_elements_text: ["'[]'"],
  json_array_elements: ["'[]'"],
  jsonb_each: ["'{}'"],
  jsonb_to_recordset: ["'[]'"],
  json_to_recordset: ["'[]'"],
  pg_advisory_xact_lock: ['1', '1'],
  pg_try_advisory_xact_lock: ['1', '1'],
  setseed: ['0.5'],
  random: ['1', '10'],
};

/** undefined: any value. @param count of its arguments */
export function argumentHint(name: string, place: number, count: number): Hint | undefined {
  const isSearch = name.endsWith('to_tsquery') || name === 'to_tsvector';
  // The configuration may be left out.
  const at = isSearch && count === 1 ? 1 : place;
  const sql = byFunction[name]?.[at];
  return sql === undefined ? undefined : constant(sql);
}
