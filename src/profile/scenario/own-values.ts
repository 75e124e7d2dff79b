import type { ColumnEvidence, TableEvidence } from '../evidence.ts';
import type { ColumnType } from './column-types.ts';
import type { DraftColumn, Made } from './draft.ts';
import { dayRange, numberRange } from './value-ranges.ts';
import { literalOf, literalsIn, plainDefault } from './literal-default.ts';
import { flowMap, flowText } from './yaml-text.ts';

export interface PseudonymSource {
  of(value: string, type: string): string;
}

/** A column whose values do not come from another row, by its type and what was seen of it. */
export function ownColumn(
  table: TableEvidence,
  column: ColumnEvidence,
  type: ColumnType,
  pseudonyms: PseudonymSource,
): DraftColumn {
  const made = valuesOf(table, column, type, pseudonyms);
  const fallback = made.by === 'nothing' ? literalOf(type.type, averageWidth(column)) : null;
  const isEmpty =
    made.by === 'nothing' && (column.stats?.nullFraction ?? 0) > 0.5 && !column.notNull;
  return {
    name: column.name,
    made,
    type: type.type,
    default: isEmpty ? null : (fallback ?? plainDefault(column.default)),
    nulls: isEmpty ? 0 : nullsOf(column),
    comment: commentOf(column, type, made),
  };
}

/** Where NULL is allowed but none was seen: above 0, which would forbid it. */
export const nullsLeast = 0.0001;

export function nullsOf({ notNull, stats }: ColumnEvidence): number {
  if (notNull) return 0;
  return Number(
    Math.max(nullsLeast, Math.min(1, stats?.nullFraction ?? nullsLeast)).toPrecision(3),
  );
}

const widthOfText = 16;

function averageWidth({ stats }: ColumnEvidence): number {
  return stats === null || stats.averageWidth <= 0 ? widthOfText : stats.averageWidth;
}

function valuesOf(
  table: TableEvidence,
  column: ColumnEvidence,
  type: ColumnType,
  pseudonyms: PseudonymSource,
): Made {
  const few = fewValues(table, column, type, pseudonyms);
  if (few !== null) return few;
  switch (type.kind) {
    case 'integer':
    case 'number':
      return { by: 'values', flow: `number: ${flowMap(numberRange(column, type))}` };
    case 'boolean':
      return { by: 'values', flow: 'choice: { true: 50, false: 50 }' };
    case 'date':
      return { by: 'values', flow: `date: ${dayRange(column)}` };
    case 'timestamp':
      return { by: 'timestamp' };
    case 'uuid':
      return { by: 'id', style: uuidStyle(column) };
    case 'json':
      return { by: 'values', flow: `json: ${clamp(averageWidth(column), 2, 1_000_000)}` };
    case 'literal':
      return { by: 'nothing' };
    case 'text':
      return { by: 'values', flow: textFlow(table, column, type) };
  }
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value)));

/** Values that are counted one by one; more of them are made as texts or numbers. */
const fewMost = 40;
const coveredLeast = 0.9;

function fewValues(
  table: TableEvidence,
  column: ColumnEvidence,
  type: ColumnType,
  pseudonyms: PseudonymSource,
): Made | null {
  const { stats, enumLabels } = column;
  if (type.kind !== 'text' && type.kind !== 'boolean' && type.kind !== 'integer') return null;
  const common = stats?.mostCommon ?? [];
  const covered = common.reduce((sum, { fraction }) => sum + fraction, stats?.nullFraction ?? 0);
  const isEnum = enumLabels.length > 0 && type.kind === 'text';
  const isFew = common.length > 0 && common.length <= fewMost && covered >= coveredLeast;
  if (!isEnum && !isFew) return null;
  if (type.kind === 'integer' && common.length > 10) return null;
  const known = schemaTexts(table, column);
  const numbers = common.map(({ value }) => Number(value)).toSorted((a, b) => a - b);
  const weights = new Map<string, number>();
  const labels = isEnum ? enumLabels : [];
  for (const label of labels) weights.set(label, leastWeight);
  for (const { value, fraction } of common) {
    const isKept = isEnum || type.kind === 'boolean' || known.has(value);
    const shown = isKept
      ? booleanText(value, type)
      : type.kind === 'integer'
        ? // The order of numbers, and nothing else of them.
          String(numbers.indexOf(Number(value)) + 1)
        : pseudonyms.of(value, column.base);
    if (isEnum && !weights.has(shown)) continue;
    const fitting = type.length === null ? shown : shown.slice(0, type.length);
    weights.set(fitting, percent((weights.get(fitting) ?? 0) + fraction));
  }
  return { by: 'values', flow: `choice: ${flowMap(Object.fromEntries(weights))}` };
}

/** Of a label that was not seen: it could be. */
const leastWeight = 0.0001;

const percent = (fraction: number): number =>
  Math.max(leastWeight, Number(fraction.toPrecision(3)));

function booleanText(value: string, { kind }: ColumnType): string {
  if (kind !== 'boolean') return value;
  return value === 't' || value === 'true' ? 'true' : 'false';
}

/** Texts of the schema itself: of checks on the column's table, and of its default. */
function schemaTexts(table: TableEvidence, column: ColumnEvidence): ReadonlySet<string> {
  const own = table.checks.filter(
    (check) => check.includes(column.stored) || check.includes(column.name),
  );
  return new Set([...own, column.default ?? ''].flatMap(literalsIn));
}

function uuidStyle({ stats }: ColumnEvidence): string {
  const [value = ''] = [
    ...(stats?.histogram ?? []),
    ...(stats?.mostCommon ?? []).map((each) => each.value),
  ];
  return value.charAt(14) === '7' ? 'uuid7' : 'uuid4';
}

/** More of them hardly repeat in the rows that a scenario has. */
const distinctMost = 100_000;

/** Texts of few different values are put together from words, so that they repeat as seen. */
function textFlow(table: TableEvidence, column: ColumnEvidence, type: ColumnType): string {
  const width = clamp(averageWidth(column), 1, Math.min(1_000_000, type.length ?? 1_000_000));
  const { distinct = 0, nullFraction = 0 } = column.stats ?? {};
  const rows = table.rows.count * (1 - nullFraction);
  const repeats = distinct > 1 && distinct < rows / 2 && distinct <= distinctMost;
  if (!repeats) return `text: ${width}`;
  const count = Math.max(1, Math.min(5, Math.ceil(Math.log(distinct) / Math.log(12)), width));
  const words = Math.max(2, Math.round(distinct ** (1 / count)));
  const length = Math.max(Math.ceil(Math.log(words) / Math.log(20)), Math.floor(width / count));
  if (length * count > width && type.length !== null && length * count > type.length) {
    return `text: ${width}`;
  }
  const list = Array.from({ length: words }, (_, i) => flowText(wordOf(i, length)));
  return `words: [${list.join(', ')}], count: ${count}`;
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Word number i: its digits in base 20, then a filling up to the length. */
function wordOf(index: number, length: number): string {
  let text = '';
  for (let rest = index; text === '' || rest > 0; rest = Math.floor(rest / 20)) {
    text = `${letters.charAt(rest % 20)}${text}`;
  }
  const digits = Math.max(1, Math.min(length, 3));
  return text.padStart(digits, 'a').padEnd(length, 'z');
}

function commentOf(
  { stats, type: stored }: ColumnEvidence,
  { mapped }: ColumnType,
  made: Made,
): string {
  const isCounted = made.by === 'values';
  const from = !isCounted ? '' : stats === null ? 'assumed' : 'by its statistics';
  return [mapped ? stored : '', from].filter((part) => part !== '').join(', ');
}
